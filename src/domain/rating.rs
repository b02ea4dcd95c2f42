//! What citizens think of how their dossier was handled.

use serde::{Deserialize, Serialize};

/// Three questions, each answered with 1 (not satisfied) to 3 (satisfied), and a free word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// How the officers were.
    pub attitude: u8,
    /// How long it took.
    pub time: u8,
    /// How clear everything was.
    pub clarity: u8,
    /// In their own words.
    #[serde(default)]
    pub words: String,
}

/// Fewer ratings than that are shown to nobody: they would lead to who gave them.
pub const LEAST_SHOWN: usize = 5;
