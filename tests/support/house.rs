//! A whole bot without a network: real store, real engine, real couriers, a channel that writes down what it is sent.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use arc_swap::ArcSwap;
use async_trait::async_trait;
use motcua::channel::{Channel, FetchError, Rate};
use motcua::delivery::Courier;
use motcua::domain::{Address, ChannelName, Clock, Inbound, Message, Said, SendError, Sent, Template, Unreachable, Windows};
use motcua::engine::Office;
use motcua::i18n::Wording;
use motcua::knowledge::{Library, Origin};
use motcua::seal::Keyring;
use motcua::service::Conversations;
use motcua::store::{Store, inbox};
use tokio::sync::Notify;

use super::ManualClock;

/// The shipped guides, indexed once for all tests of a process.
pub static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(Library::load(&[Origin::Folder("knowledge".into())], None).unwrap()));

/// A key of tests only.
pub const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A channel that keeps what it is sent, and fails as told.
#[derive(Default)]
pub struct Recorder {
    pub sent: Mutex<Vec<(String, Message)>>,
    /// Results of the next sends; when empty, sends succeed.
    pub script: Mutex<VecDeque<Result<Sent, SendError>>>,
    pub overall: Option<Rate>,
    pub per_peer: Option<Rate>,
    /// Which channel it is; Telegram if nothing is said.
    pub channel: Option<ChannelName>,
    pub windows: Option<Windows>,
    /// Names of the forms it was approved, each of which it sends.
    pub approved: Vec<&'static str>,
    /// Files that can be fetched from it, by their source.
    pub files: Mutex<HashMap<String, Vec<u8>>>,
    /// How often fetching fails before it works.
    pub busy: AtomicUsize,
    /// Whether messages can be changed and taken back.
    pub amends: bool,
    /// Messages that were: to whom, and which.
    pub edited: Mutex<Vec<(String, String)>>,
    pub taken_back: Mutex<Vec<(String, String)>>,
}

#[async_trait]
impl Channel for Recorder {
    fn name(&self) -> ChannelName {
        self.channel.unwrap_or(ChannelName::Telegram)
    }

    fn windows(&self) -> Option<Windows> {
        self.windows
    }

    async fn send_template(&self, peer: &str, template: &Template) -> Result<Sent, SendError> {
        if !self.approved.contains(&template.name.as_str()) {
            return Err(SendError::Unreachable(Unreachable::Closed));
        }
        self.sent.lock().unwrap().push((peer.to_owned(), Message::plain(&format!("{template:?}"))));
        Ok(Sent::default())
    }

    fn overall_rate(&self) -> Option<Rate> {
        self.overall
    }

    fn rate_to(&self, _peer: &str) -> Option<Rate> {
        self.per_peer
    }

    async fn fetch(&self, source: &str, most: usize) -> Result<Vec<u8>, FetchError> {
        if self.busy.load(Ordering::SeqCst) > 0 {
            self.busy.fetch_sub(1, Ordering::SeqCst);
            return Err(FetchError::NotNow("busy".into()));
        }
        let bytes = self.files.lock().unwrap().get(source).cloned().ok_or(FetchError::Gone)?;
        if bytes.len() > most { Err(FetchError::TooLarge) } else { Ok(bytes) }
    }

    async fn send(&self, peer: &str, message: &Message) -> Result<Sent, SendError> {
        let result = self.script.lock().unwrap().pop_front().unwrap_or_else(|| Ok(Sent::default()));
        if matches!(result, Ok(_) | Err(SendError::Unknown(_))) {
            // With an unknown outcome the message did arrive: that is what a repeat has to live with.
            self.sent.lock().unwrap().push((peer.to_owned(), message.clone()));
        }
        let number = self.sent.lock().unwrap().iter().filter(|(to, _)| to == peer).count();
        result.map(|_| Sent { external_id: Some(number.to_string()) })
    }

    fn amends(&self) -> bool {
        self.amends
    }

    async fn edit(&self, peer: &str, external_id: &str, _message: &Message) -> Result<Sent, SendError> {
        self.edited.lock().unwrap().push((peer.to_owned(), external_id.to_owned()));
        Ok(Sent { external_id: Some(external_id.to_owned()) })
    }

    async fn take_back(&self, peer: &str, external_id: &str) -> Result<Sent, SendError> {
        self.taken_back.lock().unwrap().push((peer.to_owned(), external_id.to_owned()));
        Ok(Sent::default())
    }
}

/// The bot.
pub struct House {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub channel: Arc<Recorder>,
    pub conversations: Conversations,
    pub courier: Courier,
    others: Vec<(Arc<Recorder>, Courier)>,
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
            in_hand: Default::default(),
            switches: Arc::default(),
            store: store.clone(),
            library: Arc::new(ArcSwap::new(Arc::clone(&LIBRARY))),
            wording: Arc::new(Wording::default()),
            office: Arc::new(Office::default()),
            site: None,
            keys: Some(Keyring::read(&KEY.to_owned().into()).unwrap()),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            arrived: Arc::new(Notify::new()),
            written: vec![wake],
        };
        let courier = courier(&channel, &store, &clock).heeding(Arc::clone(&conversations.switches));
        Self { store, clock, channel, conversations, courier, others: Vec::new() }
    }

    /// Opens one more channel.
    pub fn open(&mut self, channel: Recorder) -> Arc<Recorder> {
        let channel = Arc::new(channel);
        let courier = courier(&channel, &self.store, &self.clock).heeding(Arc::clone(&self.conversations.switches));
        self.others.push((Arc::clone(&channel), courier));
        channel
    }

    /// Somebody says something; it is stored and nothing more.
    pub async fn arrives(&self, external_id: &str, peer: &str, said: Said) -> bool {
        self.arrives_at(external_id, Address::new(ChannelName::Telegram, peer), said).await
    }

    /// The same on any channel.
    pub async fn arrives_at(&self, external_id: &str, from: Address, said: Said) -> bool {
        let inbound = Inbound {
            id: self.clock.fresh_id(),
            external_id: external_id.to_owned(),
            from,
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
        self.deliver().await;
    }

    /// Sends all that is due on every channel, and what one channel passes on to another.
    pub async fn deliver(&mut self) {
        let mut sent = 1;
        while sent > 0 {
            sent = self.courier.deliver_due().await.unwrap();
            for (_, courier) in &mut self.others {
                sent += courier.deliver_due().await.unwrap();
            }
        }
    }

    /// Says something and reads the answers: what was sent to that place since.
    pub async fn talk(&mut self, at: &Address, words: &str) -> String {
        self.says(at, Said::Text(words.to_owned())).await
    }

    /// The same with anything that can be said.
    pub async fn says(&mut self, at: &Address, said: Said) -> String {
        let channels = std::iter::once(&self.channel).chain(self.others.iter().map(|(channel, _)| channel));
        let channel = Arc::clone(channels.into_iter().find(|channel| channel.name() == at.channel).expect("the channel is open"));
        let before = channel.sent.lock().unwrap().len();
        let id = self.clock.fresh_id().to_string();
        self.arrives_at(&id, at.clone(), said).await;
        self.settle().await;
        let sent = channel.sent.lock().unwrap();
        let to_them = sent[before..].iter().filter(|(peer, _)| *peer == at.peer);
        to_them.map(|(_, message)| message.to_plain()).collect::<Vec<_>>().join("\n")
    }

    /// Time passes, and what became due is sent.
    pub async fn later(&mut self, by: Duration) {
        self.clock.advance(by);
        self.deliver().await;
    }

    /// What was sent so far, as text, to whom.
    pub fn sent(&self) -> Vec<(String, String)> {
        self.channel.sent.lock().unwrap().iter().map(|(peer, message)| (peer.clone(), message.to_plain())).collect()
    }
}

fn courier(channel: &Arc<Recorder>, store: &Store, clock: &Arc<ManualClock>) -> Courier {
    let (channel, clock) = (Arc::clone(channel) as Arc<dyn Channel>, Arc::clone(clock) as Arc<dyn Clock>);
    Courier::new(channel, store.clone(), clock, Arc::new(Notify::new()), Duration::from_secs(60))
}
