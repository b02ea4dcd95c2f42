//! Taking turns: read what waits ([`due`]), let the engine think, [`mod@write`] down what it decided.

mod due;
mod in_hand;
mod write;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rayon::prelude::*;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use url::Url;

use self::due::{BATCH, Batch, Due};
pub use self::in_hand::InHand;
use crate::domain::switch::Switches;
use crate::domain::{Clock, Inbound, Lang, Message, Said, Timestamp};
use crate::engine::{Office, Turn, World, turn, turned_away};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::store::{Result, Store};

/// Batches in hand at once: one is thought about while the other is written down.
const HANDS: usize = 2;
/// Work left by another process is seen at the latest after this.
const IDLE: Duration = Duration::from_secs(2);
/// Pause after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Everything a turn needs.
#[derive(Clone)]
pub struct Conversations {
    /// The database.
    pub store: Store,
    /// What the bot knows; swapped whole when content changes.
    pub library: Arc<ArcSwap<Library>>,
    /// What the bot says.
    pub wording: Arc<Wording>,
    /// The people behind the bot.
    pub office: Arc<Office>,
    /// The public address of the pages.
    pub site: Option<Url>,
    /// What second facts of dossiers are hashed with; dossiers are off without.
    pub keys: Option<Keyring>,
    /// What the office switched off.
    pub switches: Arc<ArcSwap<Switches>>,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Conversations whose turns are being taken.
    pub in_hand: InHand,
    /// Notified when something arrived.
    pub arrived: Arc<Notify>,
    /// Notified, each of them, when something was written to the outbox, or wants to be looked at.
    pub written: Vec<Arc<Notify>>,
}

/// What can change between turns.
struct Seen {
    library: Arc<Library>,
    switches: Arc<Switches>,
}

impl Conversations {
    /// Takes turns until `stop`; the ones in hand are finished.
    pub async fn run(self, stop: CancellationToken) {
        futures::future::join_all((0..HANDS).map(|_| self.work(&stop))).await;
    }

    async fn work(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.store.in_time(self.take_turns()).await {
                Ok(0) => {
                    tokio::select! {
                        () = self.arrived.notified() => {}
                        () = tokio::time::sleep(IDLE) => {}
                        () = stop.cancelled() => {}
                    }
                }
                Ok(_) => {}
                Err(error) if error.is_collision() => tracing::debug!(%error, "turns are taken again"),
                Err(error) => {
                    tracing::error!(%error, "turns");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    /// Takes the oldest waiting turn of each conversation, some at a time. Returns how many were waiting; one that lost
    /// a race against another process is still waiting afterwards.
    ///
    /// # Errors
    /// When the database fails; nothing was written then.
    pub async fn take_turns(&self) -> Result<usize> {
        let Batch { held, due, _taken } = self.due().await?;
        if due.is_empty() {
            return Ok(0);
        }
        let count = due.len();
        if count >= BATCH as usize {
            // There is more: another hand takes it meanwhile.
            self.arrived.notify_one();
        }
        let now = self.clock.now();
        let taken = self.think(due, now).await;
        let mut tx = match held {
            Some(held) => held,
            None => self.store.write().await?,
        };
        self.write_all(&mut tx, taken, now).await?;
        tx.commit().await?;
        metrics::counter!("motcua_turns_total").increment(count as u64);
        for wake in &self.written {
            wake.notify_one();
        }
        Ok(count)
    }

    /// What turns look at, as it is now.
    fn seen(&self) -> Seen {
        Seen { library: self.library.load_full(), switches: self.switches.load_full() }
    }

    fn world<'a>(&'a self, seen: &'a Seen, now: Timestamp) -> World<'a> {
        let site = self.site.as_ref();
        World {
            library: &seen.library,
            wording: &self.wording,
            office: &self.office,
            now,
            chance: self.clock.secret(),
            site,
            dossiers: self.keys.is_some(),
            can_tell: self.keys.is_some(),
            switches: &seen.switches,
        }
    }

    /// The turns, on all cores and off the threads that wait for the network.
    async fn think(&self, due: Vec<Due>, now: Timestamp) -> Vec<(Due, Turn)> {
        let this = self.clone();
        let think = move || {
            let seen = this.seen();
            let one = |due: Due| {
                let world = this.world(&seen, now);
                let Inbound { said, lang_hint, .. } = &due.inbound;
                let taken = guarded(&world, &due, || {
                    let off = seen.switches.channel(due.inbound.from.channel);
                    let away = off.and_then(|off| turned_away(&world, &due.state, off, said, *lang_hint));
                    away.unwrap_or_else(|| turn(&world, due.state.clone(), said, *lang_hint))
                });
                (due, taken)
            };
            if due.len() == 1 { due.into_iter().map(one).collect() } else { due.into_par_iter().map(one).collect() }
        };
        match tokio::task::spawn_blocking(think).await {
            Ok(turns) => turns,
            Err(error) => unreachable!("turns are guarded against panics: {error}"),
        }
    }
}

/// A turn, or an apology when the engine has a bug: one question must not stop all others for ever.
fn guarded(world: &World<'_>, due: &Due, take: impl FnOnce() -> Turn) -> Turn {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(take)).unwrap_or_else(|_| {
        tracing::error!(id = %due.inbound.id, "the engine failed at this inbound");
        let lang = due.state.lang.or(due.inbound.lang_hint).unwrap_or(Lang::Vi);
        // Nobody is told of a failure that answers nobody; it is tried again.
        let asked = due.inbound.said != Said::Quiet;
        let replies = asked.then(|| Message::plain(&world.wording.get(lang, "sorry"))).into_iter().collect();
        Turn { state: due.state.clone(), replies, effects: Vec::new() }
    })
}
