//! Taking turns: read what waits ([`due`]), let the engine think, write down what it decided.

mod due;
mod in_hand;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rayon::prelude::*;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use url::Url;
use uuid::Uuid;

use self::due::{BATCH, Batch, Due};
pub use self::in_hand::InHand;
use super::{dossier, effects, handoff, kept, links, privacy};
use crate::channel::{Capabilities, fit};
use crate::domain::privacy::Use;
use crate::domain::switch::Switches;
use crate::domain::ticket::DeskEvent;
use crate::domain::{Block, Clock, Inbound, Lang, Message, Priority, Purpose, Said, Timestamp};
use crate::engine::{Effect, Found, Office, Turn, WALK_CONSENT, World, gone_on, turn, turned_away};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::store::conversation::NewState;
use crate::store::outbox::{Outbound, add_all, release};
use crate::store::tally::Counts;
use crate::store::{Result, Store, Tx, citizen, conversation, inbox, look, privacy as consent, walk};

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

/// What the turns of a batch add, to be written down for all of them at once.
#[derive(Default)]
struct Written {
    outbounds: Vec<Outbound>,
    counts: Counts,
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
        let mut finished = HashSet::with_capacity(count);
        for for_officer in [false, true] {
            let kind = taken.iter().filter(|(_, turn)| turn.effects.iter().any(Effect::is_for_officers) == for_officer);
            let ids: Vec<Uuid> = kind.map(|(due, _)| due.inbound.id).collect();
            finished.extend(inbox::finish(&mut tx, &ids, for_officer, now).await?);
        }
        let mut written = Written::default();
        for (due, turn) in taken {
            if !finished.contains(&due.inbound.id) {
                continue; // another process took this turn, or the citizen had the conversation deleted meanwhile
            }
            if due.inbound.said == Said::Withdrawn {
                let library = self.library.load();
                let (keys, clock) = (self.keys.as_ref(), self.clock.as_ref());
                privacy::erase(&mut tx, keys, clock, library.calendar(), &due.inbound.from).await?;
                continue;
            }
            if self.is_too_late(&mut tx, &due, &turn).await? {
                continue;
            }
            if !self.write(&mut tx, &due, turn, now, &mut written).await? {
                // Another turn was faster, or a code is taken: this one is taken again.
                inbox::reopen(&mut tx, due.inbound.id).await?;
            }
        }
        add_all(&mut tx, &written.outbounds, now).await?;
        written.counts.write(&mut tx, now).await?;
        tx.commit().await?;
        metrics::counter!("motcua_turns_total").increment(count as u64);
        for wake in &self.written {
            wake.notify_one();
        }
        Ok(count)
    }

    /// Whether this was said to an officer who ended the conversation in the same moment, so that nobody would read it: it is put
    /// behind the news of that, for the program to answer.
    async fn is_too_late(&self, tx: &mut Tx, due: &Due, turn: &Turn) -> Result<bool> {
        let Some(ticket) = turn.effects.iter().find_map(Effect::for_desk) else { return Ok(false) };
        let ended = |waiting: &Inbound| match waiting.said {
            Said::Desk(DeskEvent::Closed { ticket: ended } | DeskEvent::Shut { ticket: ended, .. }) => ended == ticket,
            _ => false,
        };
        if !inbox::pending_of(tx, &due.inbound.from).await?.iter().any(ended) {
            return Ok(false);
        }
        let again = format!("late:{}", due.inbound.id);
        let behind = Inbound { id: self.clock.fresh_id(), external_id: again, ..due.inbound.clone() };
        inbox::add(tx, &behind, None).await?;
        inbox::redact(tx, due.inbound.id).await?;
        Ok(true)
    }

    /// Writes a turn down, with everything that follows from it; its replies and counts are put to `written`. False when it must be
    /// taken again: what was written of it until then is what taking it again writes, too.
    async fn write(&self, tx: &mut Tx, due: &Due, turn: Turn, now: Timestamp, written: &mut Written) -> Result<bool> {
        let (inbound, from) = (&due.inbound, &due.inbound.from);
        // What is written beside the state needs the state to be ours for certain.
        let beside = turn.effects.iter().any(Effect::writes_beside);
        if beside && due.version > 0 && !conversation::hold(tx, from, due.version).await? {
            return Ok(false);
        }
        if let Some(citizen) = &due.citizen
            && !citizen::hold(tx, &citizen.id, citizen.version).await?
        {
            return Ok(false);
        }
        let erases = turn.effects.contains(&Effect::EraseData);
        let turn = self.answered(tx, due, turn, now).await?;
        if !self.keep(tx, inbound, &turn).await? {
            return Ok(false);
        }
        let json = serde_json::to_string(&turn.state).unwrap_or_default();
        let state = NewState {
            json: &json,
            spoke: inbound.said.is_interaction().then_some(inbound.at),
            left: inbound.said == Said::Left,
            wake_at: turn.state.wakes_at(),
            holds_notices: turn.state.keeps_notices(),
        };
        if !conversation::save(tx, from, due.version, &state, now).await? {
            return Ok(false);
        }
        let seen = self.seen();
        let world = self.world(&seen, now);
        effects::carry_out(tx, &world, inbound, due.citizen.as_ref(), &turn, &mut written.counts).await?;
        // What a helper had put aside is older than what was shared meanwhile.
        if let (Some(citizen), Some(shared)) = (&due.citizen, turn.state.shared().map(|shared| links::json(&shared)))
            && due.state.helper.is_none()
            && !erases
            && shared != citizen.shared
        {
            citizen::share(tx, &citizen.id, &shared).await?;
        }
        if due.state.keeps_notices() && !turn.state.keeps_notices() {
            let night = turn.state.quiet_nights && now.is_night();
            release(tx, from, if night { now.after_night() } else { now }).await?;
        }
        // Where a file is that nobody wants is not kept either.
        if let Said::Attached(file) = &inbound.said
            && !turn.effects.iter().any(|effect| matches!(effect, Effect::Look(..)))
        {
            look::add(tx, inbound.id, from, file, &Purpose::Nothing, now).await?;
        }
        written.outbounds.extend(outbounds(&world, inbound, &turn));
        if due.notices_kept && inbound.said.is_interaction() && !turn.state.keeps_notices() {
            kept::take_up(tx, from, now).await?;
        }
        Ok(true)
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

    /// The turn, gone on with when it asks for what only the store knows.
    async fn answered(&self, tx: &mut Tx, due: &Due, taken: Turn, now: Timestamp) -> Result<Turn> {
        let Some(asks) = taken.effects.iter().find(|effect| effect.asks()) else { return Ok(taken) };
        let seen = self.seen();
        let world = self.world(&seen, now);
        let found = match asks {
            Effect::Fetch(code) => match walk::kept(tx, code, now).await?.and_then(|json| serde_json::from_str(&json).ok()) {
                Some(progress) => Found::Walk(progress),
                None => links::offered(tx, code, &due.inbound.from, now).await?,
            },
            Effect::Link(code) => {
                let ours = taken.state.shared().unwrap_or_default();
                links::link(tx, &world, self.clock.as_ref(), &due.inbound, code, ours).await?
            }
            Effect::ShowData | Effect::EraseData | Effect::AskAboutData(_) => {
                let (keys, clock) = (self.keys.as_ref(), self.clock.as_ref());
                privacy::answer(tx, keys, clock, &world, &due.inbound, asks).await?.unwrap_or(Found::Nothing)
            }
            Effect::HandOver { .. } => {
                let opened = handoff::answer(tx, &world, self.clock.as_ref(), &due.inbound, asks).await?;
                opened.unwrap_or(Found::Nothing)
            }
            other => match &self.keys {
                Some(keys) => dossier::desk::answer(tx, keys, self.clock.as_ref(), &due.inbound, other, now).await?,
                None => None,
            }
            .unwrap_or(Found::Nothing),
        };
        Ok(guarded(&world, due, || gone_on(&world, taken.clone(), found.clone(), due.inbound.lang_hint)))
    }

    /// Keeps what is to wait under a code. False when the code is taken.
    async fn keep(&self, tx: &mut Tx, inbound: &Inbound, turn: &Turn) -> Result<bool> {
        for effect in &turn.effects {
            let free = match effect {
                Effect::Keep(kept) => {
                    let progress = serde_json::to_string(&kept.progress).unwrap_or_default();
                    consent::agree(tx, &inbound.from, Use::Walks, WALK_CONSENT, inbound.at).await?;
                    walk::keep(tx, &kept.code, kept.progress.run, &progress, kept.until).await?
                }
                Effect::Offer(code, until) => citizen::offer(tx, code, &inbound.from, *until).await?,
                _ => true,
            };
            if !free {
                return Ok(false);
            }
        }
        Ok(true)
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

/// The messages of a turn, cut for their channel. Ids follow from the inbound's and sort behind it.
fn outbounds(world: &World<'_>, inbound: &Inbound, turn: &Turn) -> Vec<Outbound> {
    let capabilities = Capabilities::of(inbound.from.channel);
    let lang = turn.state.lang.or(inbound.lang_hint).unwrap_or_default();
    let parts = turn.replies.iter().flat_map(|reply| {
        let mut reply = reply.clone();
        if !capabilities.buttons && !reply.choices.is_empty() {
            reply.text.0.push(Block::quiet(world.wording.get(lang, "type-number")));
        }
        fit(reply, capabilities)
    });
    // Nobody waits for what they asked long ago: where they cannot be reached, it goes to another place of theirs.
    let priority = if matches!(inbound.said, Said::Answerable { .. }) { Priority::Notice } else { Priority::Reply };
    let outbound = |(n, message)| Outbound { id: format!("{}.{n:02}", inbound.id), to: inbound.from.clone(), priority, message };
    parts.enumerate().map(outbound).collect()
}
