//! The web chat: a plain page that works without JavaScript, and live over server-sent events with it.
//!
//! The page is drawn from what is stored, so a reload or a restart of the server loses nothing. The browser's cookie is
//! the only key to a conversation; the store knows a hash of it.

mod events;
mod hub;
mod limits;
mod page;
mod routes;
mod upload;

use async_trait::async_trait;

use super::{Channel, InboxError, Rate};
use crate::domain::{Address, ChannelName, Entry, Lang, Message, SendError, Sent};

pub use hub::Hub;
pub use limits::Limits;
pub use page::blocks;
pub use routes::{Web, is_foreign, page_lang, routes};
pub use upload::uploads;

/// What the page needs from the rest of the house.
#[async_trait]
pub trait Desk: Send + Sync {
    /// The newest entries of a conversation, in order.
    async fn history(&self, of: &Address) -> Result<Vec<Entry>, InboxError>;
    /// Whether something said there waits for its answer.
    async fn is_waiting(&self, of: &Address) -> Result<bool, InboxError>;
    /// The name of the photo or file that the conversation waits for ([`Message::asks_file`]).
    async fn asks_file(&self, of: &Address) -> Result<Option<String>, InboxError>;
    /// Deletes the conversation and everything else that is kept of whoever has it. Returns a receipt; none where nothing was kept.
    async fn forget(&self, of: &Address) -> Result<Option<String>, InboxError>;
    /// What is shown before anything was said.
    fn greeting(&self, lang: Lang) -> Message;
    /// The wording of `key`.
    fn wording(&self, lang: Lang, key: &str) -> String;
    /// A fresh random secret.
    fn secret(&self) -> String;
}

#[async_trait]
impl Channel for Hub {
    fn name(&self) -> ChannelName {
        ChannelName::Web
    }

    fn overall_rate(&self) -> Option<Rate> {
        None
    }

    fn rate_to(&self, _peer: &str) -> Option<Rate> {
        None
    }

    /// The page reads the message from the store; sending is telling open pages to look.
    async fn send(&self, peer: &str, _message: &Message) -> Result<Sent, SendError> {
        self.announce(peer);
        Ok(Sent::default())
    }
}
