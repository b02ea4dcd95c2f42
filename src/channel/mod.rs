//! The edge: how messages come in and go out.
//!
//! **Invariants.** A channel never sees the database: it hands what arrives to an [`Inbox`], which has stored it when
//! it returns, and sends what it is given. A channel acknowledges nothing to its vendor before the inbox has it. What
//! a channel cannot show (buttons, bold) it renders as plain text; nothing is dropped silently.

mod fetch;
pub mod fit;
pub mod plain;
pub mod telegram;
pub mod terminal;
pub mod web;
pub mod zalo;
pub mod zalo_bot;

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::forum::ForumWord;
use crate::domain::{Address, ChannelName, Lang, Message, Receipt, Said, SendError, Sent, Template, Unreachable, Windows};

pub use fetch::Fetcher;
pub use fit::{Capabilities, fit, fit_notice};
pub use plain::plain;

/// What arrived, before it has an id and a time of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The channel's own id of it: a second arrival of the same id does nothing.
    pub external_id: String,
    /// From whom.
    pub from: Address,
    /// What was said.
    pub said: Said,
    /// The language of the citizen's app, if the channel tells.
    pub lang_hint: Option<Lang>,
    /// The body it came in, to be kept when it could not be read.
    pub raw: Option<String>,
}

/// The inbox could not store what arrived; the vendor is to send it again.
#[derive(Debug, thiserror::Error)]
#[error("the inbox cannot store: {0}")]
pub struct InboxError(pub String);

/// Where channels put what arrives.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Stores `received`. When this returns `Ok`, it is on disk.
    async fn accept(&self, received: Received) -> Result<(), InboxError>;

    /// Stores what happened in the hotline's group. A repeat does nothing.
    async fn accept_overheard(&self, overheard: Overheard) -> Result<(), InboxError>;

    /// Stores what the channel tells about messages that it took. A repeat does nothing.
    async fn accept_receipts(&self, receipts: Vec<Receipt>) -> Result<(), InboxError>;
}

/// Something that happened in the hotline's group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overheard {
    /// The channel's own id of it: a second arrival of the same id does nothing.
    pub external_id: String,
    /// What; `None` when it is nothing to us.
    pub word: Option<ForumWord>,
}

/// A group with topics, in which staff answer.
#[async_trait]
pub trait Forum: Send + Sync {
    /// The group is under that id from now on.
    fn follow(&self, chat: &str);

    /// Whether topics can be made there: an error when the group is gone, or the program has lost its rights.
    async fn check(&self) -> Result<(), SendError>;

    /// Makes a topic; its peer.
    async fn open(&self, name: &str) -> Result<String, SendError>;

    /// Closes a topic.
    async fn close(&self, topic: &str) -> Result<(), SendError>;

    /// Opens a closed topic again.
    async fn reopen(&self, topic: &str) -> Result<(), SendError>;

    /// Deletes a topic with everything in it.
    async fn delete(&self, topic: &str) -> Result<(), SendError>;
}

/// Where files are: those that arrive with their bytes wait there until somebody looks at them.
#[async_trait]
pub trait Spool: Send + Sync {
    /// Keeps `bytes` that are called `name` (letters and digits), in the place of what was called so before; the name by which they
    /// are found again.
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<String, InboxError>;

    /// The bytes of a file that is kept; `None` when it is not there any more.
    async fn get(&self, stored: &str) -> Result<Option<Vec<u8>>, InboxError>;
}

/// Why a file cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It is larger than is taken.
    #[error("too large")]
    TooLarge,
    /// It is not there any more, or is nowhere where files of this channel may be.
    #[error("not there")]
    Gone,
    /// It may be tried again.
    #[error("{0}")]
    NotNow(String),
}

/// So many messages in any span of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub messages: u32,
    /// In which span.
    pub span: Duration,
}

/// A way out.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Which one.
    fn name(&self) -> ChannelName;

    /// How fast it may be used altogether; `None` for as fast as it goes.
    fn overall_rate(&self) -> Option<Rate>;

    /// How fast one recipient may be written to.
    fn rate_to(&self, peer: &str) -> Option<Rate>;

    /// What its rate is counted with: topics of one chat share the chat's.
    fn paced_with<'a>(&self, peer: &'a str) -> &'a str {
        peer
    }

    /// How long after somebody's last word they may be written to; `None` for always.
    fn windows(&self) -> Option<Windows> {
        None
    }

    /// Sends a form that the vendor approved to somebody whose window is closed. Where there is none, they stay unreachable.
    async fn send_template(&self, _peer: &str, _template: &Template) -> Result<Sent, SendError> {
        Err(SendError::Unreachable(Unreachable::Closed))
    }

    /// Fetches a file that somebody sent, of at most `most` bytes. `source` is what the channel itself told when it arrived.
    async fn fetch(&self, _source: &str, _most: usize) -> Result<Vec<u8>, FetchError> {
        Err(FetchError::Gone)
    }

    /// Sends one message, already [`fit()`] for this channel.
    async fn send(&self, peer: &str, message: &Message) -> Result<Sent, SendError>;

    /// Whether messages that were sent can be changed and taken back.
    fn amends(&self) -> bool {
        false
    }

    /// Gives a message that was sent other words; `external_id` is what [`send`](Self::send) told.
    async fn edit(&self, _peer: &str, _external_id: &str, _message: &Message) -> Result<Sent, SendError> {
        Err(SendError::Rejected("messages cannot be changed there".to_owned()))
    }

    /// Takes a message back that was sent.
    async fn take_back(&self, _peer: &str, _external_id: &str) -> Result<Sent, SendError> {
        Err(SendError::Rejected("messages cannot be taken back there".to_owned()))
    }
}
