//! The web chat's view of the house.

use std::sync::Arc;

use arc_swap::ArcSwap;
use async_trait::async_trait;

use crate::channel::InboxError;
use crate::channel::web::Desk;
use crate::domain::{Address, Clock, Entry, Lang, Message, Said};
use crate::engine::{Office, State, World, turn};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::service::History;
use crate::service::privacy::Privacy;

/// What the page reads.
pub(super) struct WebDesk {
    pub history: History,
    pub privacy: Privacy,
    pub library: Arc<ArcSwap<Library>>,
    pub wording: Arc<Wording>,
    pub office: Arc<Office>,
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl Desk for WebDesk {
    async fn history(&self, of: &Address) -> Result<Vec<Entry>, InboxError> {
        self.history.of(of).await.map_err(|error| InboxError(error.to_string()))
    }

    async fn is_waiting(&self, of: &Address) -> Result<bool, InboxError> {
        self.history.is_waiting(of).await.map_err(|error| InboxError(error.to_string()))
    }

    async fn asks_file(&self, of: &Address) -> Result<Option<String>, InboxError> {
        self.history.asks_file(of).await.map_err(|error| InboxError(error.to_string()))
    }

    async fn forget(&self, of: &Address) -> Result<Option<String>, InboxError> {
        let library = self.library.load();
        self.privacy.erase(of, library.calendar()).await.map_err(|error| InboxError(error.to_string()))
    }

    fn greeting(&self, lang: Lang) -> Message {
        let library = self.library.load();
        let world = World::bare(&library, &self.wording, &self.office, self.clock.now(), self.clock.secret());
        turn(&world, State::default(), &Said::Joined(None), Some(lang)).replies.into_iter().next().unwrap_or_default()
    }

    fn wording(&self, lang: Lang, key: &str) -> String {
        self.wording.get(lang, key)
    }

    fn secret(&self) -> String {
        self.clock.secret().simple().to_string()
    }
}
