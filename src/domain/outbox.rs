//! Words of delivery: how urgent a message is, and what a channel answers to it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Which messages go first. A waiting broadcast never delays an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// An answer somebody waits for.
    Reply,
    /// News for one person, such as the status of a dossier.
    Notice,
    /// The same words to many.
    Bulk,
}

impl Priority {
    /// The number it has in the store; smaller goes first.
    pub fn rank(self) -> i64 {
        match self {
            Self::Reply => 0,
            Self::Notice => 1,
            Self::Bulk => 2,
        }
    }

    /// The priority of a stored number; numbers of a later version count as bulk.
    pub fn from_rank(rank: i64) -> Self {
        match rank {
            0 => Self::Reply,
            1 => Self::Notice,
            _ => Self::Bulk,
        }
    }
}

/// The channel took the message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The channel's id of what it sent, for the ledger.
    pub external_id: Option<String>,
}

/// Why nobody is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// The citizen blocked the bot, left, or never opened it; comes back by writing to us.
    Blocked,
    /// The account or chat is gone.
    Gone,
    /// The chat goes on under another peer.
    Moved(String),
}

/// Why a message was not sent, in the terms that decide what happens next.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The vendor asks to wait; nothing was sent.
    #[error("asked to wait {0:?}")]
    RetryAfter(Duration),
    /// Nobody can be reached there.
    #[error("unreachable: {0:?}")]
    Unreachable(Unreachable),
    /// The vendor refuses this message and would refuse it again: our bug.
    #[error("rejected: {0}")]
    Rejected(String),
    /// The request left and no answer came: it may or may not have arrived.
    #[error("unknown outcome: {0}")]
    Unknown(String),
    /// Nothing was sent, and a later try may succeed.
    #[error("not sent: {0}")]
    Transient(String),
}
