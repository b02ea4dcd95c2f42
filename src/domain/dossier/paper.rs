//! Missing papers that a citizen sent in the conversation: an office looks at them before anybody travels.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::file::Kept;
use crate::domain::{Address, Timestamp};

/// A file that was sent as a missing paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: Uuid,
    /// Key of the dossier.
    pub dossier: String,
    /// The paper, in the office's words.
    pub name: String,
    /// Who sent it, and is told what becomes of it.
    pub from: Address,
    /// The file.
    pub file: Kept,
    /// When it came.
    pub sent_at: Timestamp,
    /// What the officer says of it; nothing yet while it waits.
    pub verdict: Option<Verdict>,
}

/// What an officer says of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It will do.
    Accepted,
    /// It must be sent again, and why.
    Again(String),
}
