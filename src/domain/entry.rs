//! What was said in a conversation, by both sides.

use super::{Message, Said, Timestamp};

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// By the citizen.
    Citizen {
        /// Its id; ids sort in the order of the conversation.
        id: String,
        /// When.
        at: Timestamp,
        /// What.
        said: Said,
    },
    /// By us.
    Us {
        /// Its id; that of a reply begins with the id of what it answers.
        id: String,
        /// When.
        at: Timestamp,
        /// What.
        message: Message,
    },
}

impl Entry {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Citizen { id, .. } | Self::Us { id, .. } => id,
        }
    }

    /// When it was said.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Citizen { at, .. } | Self::Us { at, .. } => *at,
        }
    }
}
