//! What everything in the house stands on.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::{SystemClock, open_store, reload};
use crate::config::Config;
use crate::domain::Clock;
use crate::domain::switch::Switches;
use crate::engine::Office;
use crate::i18n::Wording;
use crate::knowledge::{Fault, Library, Origin};
use crate::media::Files;
use crate::seal::Keyring;
use crate::service::Switchboard;
use crate::service::editing::live_editions;
use crate::store::Store;

/// Settings, time, database, keys, content, words, people; what changes while the program runs is swapped whole.
pub(super) struct Ground {
    pub config: Config,
    pub clock: Arc<dyn Clock>,
    pub store: Store,
    pub keys: Option<Keyring>,
    /// Where content comes from on disk, the lowest first.
    pub layers: Vec<Origin>,
    pub library: Arc<ArcSwap<Library>>,
    pub wording: Arc<Wording>,
    pub office: Arc<Office>,
    pub switchboard: Switchboard,
    pub switches: Arc<ArcSwap<Switches>>,
    /// Photos and files of citizens; none are taken without a key.
    pub files: Option<Files>,
}

impl Ground {
    /// Opens the database and reads the content. Returns what is wrong with content that can be served all the same.
    ///
    /// # Errors
    /// When the database cannot be used, the content is broken, or the key is none.
    pub(super) async fn laid(config: Config) -> anyhow::Result<(Self, Vec<Fault>)> {
        let layers = Origin::layers(&config.knowledge);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let store = open_store(&config).await?;
        let edited = live_editions(&store, clock.now()).await?;
        let (library, faults) = reload::load_edited(&layers, edited, &config, clock.as_ref())?;
        let keys = config.key.as_ref().map(Keyring::read).transpose()?;
        let files = keys.clone().map(|keys| Files::new(config.files.clone(), keys, Arc::clone(&clock)));
        // Without a key there is no console for officers to answer in, and no group either; without Telegram no group.
        let desk = config.office.desk.clone().filter(|_| keys.is_some());
        let group = config.office.group.clone().filter(|_| desk.is_some() && config.telegram.token.is_some());
        let office = Arc::new(Office { desk, group, ..config.office.clone() });
        let switchboard = Switchboard { store: store.clone(), clock: Arc::clone(&clock), keys: keys.clone() };
        let switches = Arc::new(ArcSwap::from_pointee(switchboard.all().await?));
        let library = Arc::new(ArcSwap::from_pointee(library));
        let wording = Arc::new(Wording::default());
        Ok((Self { config, clock, store, keys, layers, library, wording, office, switchboard, switches, files }, faults))
    }

    /// Whether browsers reach us by https.
    pub(super) fn is_secure(&self) -> bool {
        self.config.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}
