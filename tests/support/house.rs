//! A whole bot without a network: real store, real engine, real couriers, a channel that writes down what it is sent.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use arc_swap::ArcSwap;
use async_trait::async_trait;
use motcua::channel::{Channel, Rate};
use motcua::delivery::Courier;
use motcua::domain::{Address, ChannelName, Clock, Inbound, Message, Said, SendError, Sent};
use motcua::engine::Office;
use motcua::i18n::Wording;
use motcua::knowledge::{Library, Origin};
use motcua::service::Conversations;
use motcua::store::{Store, inbox};
use tokio::sync::Notify;

use super::ManualClock;

/// The shipped guides, indexed once for all tests of a process.
pub static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(Library::load(&[Origin::Folder("knowledge".into())], None).unwrap()));

/// A channel that keeps what it is sent, and fails as told.
#[derive(Default)]
pub struct Recorder {
    pub sent: Mutex<Vec<(String, Message)>>,
    /// Results of the next sends; when empty, sends succeed.
    pub script: Mutex<VecDeque<Result<Sent, SendError>>>,
    pub overall: Option<Rate>,
    pub per_peer: Option<Rate>,
}

#[async_trait]
impl Channel for Recorder {
    fn name(&self) -> ChannelName {
        ChannelName::Telegram
    }

    fn overall_rate(&self) -> Option<Rate> {
        self.overall
    }

    fn rate_to(&self, _peer: &str) -> Option<Rate> {
        self.per_peer
    }

    async fn send(&self, peer: &str, message: &Message) -> Result<Sent, SendError> {
        let result = self.script.lock().unwrap().pop_front().unwrap_or_else(|| Ok(Sent::default()));
        if matches!(result, Ok(_) | Err(SendError::Unknown(_))) {
            // With an unknown outcome the message did arrive: that is what a repeat has to live with.
            self.sent.lock().unwrap().push((peer.to_owned(), message.clone()));
        }
        result
    }
}

/// The bot.
pub struct House {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub channel: Arc<Recorder>,
    pub conversations: Conversations,
    pub courier: Courier,
}

impl House {
    pub fn new(store: Store) -> Self {
        Self::with_channel(store, Recorder::default())
    }

    pub fn with_channel(store: Store, channel: Recorder) -> Self {
        let clock = Arc::new(ManualClock::default());
        let channel = Arc::new(channel);
        let wake = Arc::new(Notify::new());
        let conversations = Conversations {
            store: store.clone(),
            library: Arc::new(ArcSwap::new(Arc::clone(&LIBRARY))),
            wording: Arc::new(Wording::default()),
            office: Arc::new(Office::default()),
            site: None,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            arrived: Arc::new(Notify::new()),
            written: vec![Arc::clone(&wake)],
        };
        let courier = Courier::new(
            Arc::clone(&channel) as Arc<dyn Channel>,
            store.clone(),
            Arc::clone(&clock) as Arc<dyn Clock>,
            wake,
            Duration::from_secs(60),
        );
        Self { store, clock, channel, conversations, courier }
    }

    /// Somebody says something; it is stored and nothing more.
    pub async fn arrives(&self, external_id: &str, peer: &str, said: Said) -> bool {
        let inbound = Inbound {
            id: self.clock.fresh_id(),
            external_id: external_id.to_owned(),
            from: Address::new(ChannelName::Telegram, peer),
            at: self.clock.now(),
            said,
            lang_hint: None,
        };
        let mut tx = self.store.write().await.unwrap();
        let added = inbox::add(&mut tx, &inbound, None).await.unwrap();
        tx.commit().await.unwrap();
        added
    }

    /// Takes all turns and sends all that is due.
    pub async fn settle(&mut self) {
        while self.conversations.take_turns().await.unwrap() > 0 {}
        self.courier.deliver_due().await.unwrap();
    }

    /// Time passes, and what became due is sent.
    pub async fn later(&mut self, by: Duration) {
        self.clock.advance(by);
        self.courier.deliver_due().await.unwrap();
    }

    /// What was sent so far, as text, to whom.
    pub fn sent(&self) -> Vec<(String, String)> {
        self.channel.sent.lock().unwrap().iter().map(|(peer, message)| (peer.clone(), message.to_plain())).collect()
    }
}
