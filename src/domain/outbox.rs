//! Words of delivery: how urgent a message is, what a channel answers to it, and what it tells later.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ChannelName, Timestamp};

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
    /// The vendor's window after their last word is over; opens again when they write.
    Closed,
    /// The topic was deleted; the chat is there.
    NoTopic,
    /// The chat goes on under another peer.
    Moved(String),
}

/// Why a message was not sent, in the terms that decide what happens next.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The vendor asks to wait; nothing was sent.
    #[error("asked to wait {0:?}")]
    RetryAfter(Duration),
    /// The vendor asks the whole channel to wait; nothing was sent.
    #[error("the channel is asked to wait {0:?}")]
    Throttled(Duration),
    /// Nobody can be reached there.
    #[error("unreachable: {0:?}")]
    Unreachable(Unreachable),
    /// The vendor refuses this message and would refuse it again: our bug.
    #[error("rejected: {0}")]
    Rejected(String),
    /// The request left and no answer came: it may or may not have arrived.
    #[error("unknown outcome: {0}")]
    Unknown(String),
    /// The vendor answers that it failed (5xx): as far as it knows nothing was sent. A later try may succeed.
    #[error("failed: {0}")]
    Failed(String),
    /// Nothing was sent, and a later try may succeed.
    #[error("not sent: {0}")]
    Transient(String),
}

/// What a channel tells about a message that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which channel.
    pub channel: ChannelName,
    /// The channel's id of the message.
    pub external_id: String,
    /// What happened to it.
    pub event: ReceiptEvent,
    /// When, by the channel's clock.
    pub at: Timestamp,
}

/// What can happen to a message after it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReceiptEvent {
    /// It reached the phone.
    Delivered,
    /// It was looked at.
    Seen,
}

impl ReceiptEvent {
    /// Its name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Seen => "seen",
        }
    }
}
