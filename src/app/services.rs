//! The use cases, built of what the house stands on.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;

use super::bells::Bells;
use super::broadcasts::broadcasts;
use super::ground::Ground;
use super::lines::Lines;
use crate::media::Files;
use crate::seal::Keyring;
use crate::service::agency::Agencies;
use crate::service::broadcast::Broadcasts;
use crate::service::dossier::{FollowLinks, Intake, Letters, Pusher};
use crate::service::editing::Editing;
use crate::service::handoff::{Handoff, Trouble};
use crate::service::officers::Officers;
use crate::service::privacy::Privacy;
use crate::service::{Conversations, InHand};

/// Pings kept for a slow page; it reads everything new at the first one anyway.
const PINGS: usize = 4;

/// The use cases of every house, and those that need the key.
pub(super) struct Services {
    pub conversations: Conversations,
    pub privacy: Privacy,
    pub sealed: Option<Sealed>,
}

/// What says something about persons: dossiers, officers, what citizens and officers say to each other.
pub(super) struct Sealed {
    pub keys: Keyring,
    pub files: Files,
    pub officers: Officers,
    pub handoff: Handoff,
    pub trouble: Trouble,
    pub broadcasts: Broadcasts,
    pub editing: Editing,
    pub pusher: Pusher,
    pub intake: Intake,
    pub agencies: Agencies,
    pub follow_links: FollowLinks,
    pub letters: Letters,
}

impl Services {
    pub(super) fn of(ground: &Ground, bells: &Bells, lines: &Lines) -> Self {
        let Ground { config, clock, store, keys, library, wording, office, .. } = ground;
        let conversations = Conversations {
            in_hand: InHand::default(),
            store: store.clone(),
            switches: Arc::clone(&ground.switches),
            library: Arc::clone(library),
            wording: Arc::clone(wording),
            office: Arc::clone(office),
            site: config.public_url.clone(),
            keys: keys.clone(),
            clock: Arc::clone(clock),
            arrived: Arc::clone(&bells.arrived),
            written: bells.writing_here(),
        };
        let privacy = Privacy { store: store.clone(), clock: Arc::clone(clock), keys: keys.clone() };
        let sealed = keys.clone().zip(ground.files.clone());
        let sealed = sealed.map(|(keys, files)| Sealed {
            officers: Officers::new(store.clone(), Arc::clone(clock), keys.clone()),
            handoff: Handoff {
                store: store.clone(),
                clock: Arc::clone(clock),
                office: Arc::clone(office),
                library: Arc::clone(library),
                wording: Arc::clone(wording),
                site: config.public_url.clone(),
                keys: keys.clone(),
                arrived: Arc::clone(&bells.arrived),
                written: bells.writing_here(),
                news: broadcast::channel(PINGS).0,
            },
            trouble: Trouble::default(),
            broadcasts: broadcasts(config, keys.clone(), &conversations, &lines.channels(), &bells.announced),
            editing: Editing {
                store: store.clone(),
                clock: Arc::clone(clock),
                keys: keys.clone(),
                library: Arc::clone(library),
                layers: ground.layers.clone(),
                changed: Arc::clone(&bells.changed),
                arrived: Arc::clone(&bells.arrived),
                trouble: Arc::default(),
            },
            pusher: Pusher {
                store: store.clone(),
                keys: keys.clone(),
                library: Arc::clone(library),
                wording: Arc::clone(wording),
                clock: Arc::clone(clock),
                written: bells.writing_here(),
            },
            intake: Intake {
                store: store.clone(),
                clock: Arc::clone(clock),
                keys: keys.clone(),
                gather: Duration::from_secs(config.gather_seconds.into()),
            },
            agencies: Agencies { store: store.clone(), clock: Arc::clone(clock), keys: keys.clone() },
            follow_links: FollowLinks { store: store.clone(), clock: Arc::clone(clock) },
            letters: Letters {
                store: store.clone(),
                library: Arc::clone(library),
                wording: Arc::clone(wording),
                clock: Arc::clone(clock),
            },
            keys,
            files,
        });
        Self { conversations, privacy, sealed }
    }
}
