//! The parts that dossiers need, built together.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::Router;
use tokio::sync::Notify;
use url::Url;

use crate::api;
use crate::domain::Clock;
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::service::agency::Agencies;
use crate::service::broadcast::Broadcasts;
use crate::service::dossier::{FollowLinks, Intake, Letters, Pusher};
use crate::store::Store;

/// What they are built of.
pub(super) struct Dossiers<'a> {
    pub store: &'a Store,
    pub clock: &'a Arc<dyn Clock>,
    pub keys: Keyring,
    pub public_url: Option<Url>,
    pub gather: Duration,
    pub mappings: Option<PathBuf>,
}

impl Dossiers<'_> {
    pub(super) fn pusher(&self, library: Arc<ArcSwap<Library>>, wording: Arc<Wording>, written: Vec<Arc<Notify>>) -> Pusher {
        Pusher { store: self.store.clone(), keys: self.keys.clone(), library, wording, clock: Arc::clone(self.clock), written }
    }

    pub(super) fn letters(&self, library: Arc<ArcSwap<Library>>, wording: Arc<Wording>) -> Router {
        api::letters::routes(Letters { store: self.store.clone(), library, wording, clock: Arc::clone(self.clock) })
    }

    pub(super) fn routes(self, broadcasts: Broadcasts) -> Router {
        let clock = || Arc::clone(self.clock);
        let agencies = Agencies { store: self.store.clone(), clock: clock(), keys: self.keys.clone() };
        let intake = Intake { store: self.store.clone(), clock: clock(), keys: self.keys, gather: self.gather };
        let links = FollowLinks { store: self.store.clone(), clock: clock() };
        api::routes(agencies, intake, links, broadcasts, self.public_url, self.mappings)
    }
}
