//! Taking turns: read what waits, let the engine think, write down what it decided.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rayon::prelude::*;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{dossier, effects, handoff, kept, links, privacy};
use crate::channel::{Capabilities, fit};
use crate::domain::broadcast::{Amendment, BroadcastId, REPLIES_FOR, Standing};
use crate::domain::privacy::Use;
use crate::domain::ticket::DeskEvent;
use crate::domain::{Block, Clock, Inbound, Lang, Message, Priority, Purpose, Said, Timestamp};
use crate::engine::announce::{Announced, BUTTON, LINK};
use crate::engine::{Effect, Found, Office, State, Turn, WALK_CONSENT, World, gone_on, turn};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::store::citizen::Citizen;
use crate::store::conversation::NewState;
use crate::store::outbox::{Outbound, add, release};
use crate::store::{Result, Store, Tx, broadcast, citizen, conversation, inbox, look, privacy as consent, walk};

/// Turns of different conversations taken together, for one flush of the disk.
const BATCH: u32 = 64;
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
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Notified when something arrived.
    pub arrived: Arc<Notify>,
    /// Notified, each of them, when something was written to the outbox, or wants to be looked at.
    pub written: Vec<Arc<Notify>>,
}

/// A turn that was read and is to be taken.
struct Due {
    inbound: Inbound,
    version: i64,
    state: State,
    /// Who linked this place, and what they share.
    citizen: Option<Citizen>,
    /// A notice is kept for them.
    notices_kept: bool,
}

impl Conversations {
    /// Takes turns until `stop`; the ones in hand are finished.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.take_turns().await {
                Ok(0) => {
                    tokio::select! {
                        () = self.arrived.notified() => {}
                        () = tokio::time::sleep(IDLE) => {}
                        () = stop.cancelled() => {}
                    }
                }
                Ok(_) => {}
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
        let (held, due) = self.due().await?;
        if due.is_empty() {
            return Ok(0);
        }
        let count = due.len();
        let now = self.clock.now();
        let taken = self.think(due, now).await;
        let mut tx = match held {
            Some(held) => held,
            None => self.store.write().await?,
        };
        for (due, turn) in taken {
            let for_officer = turn.effects.iter().any(Effect::is_for_officers);
            if !inbox::finish(&mut tx, due.inbound.id, for_officer, now).await? {
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
            if !self.write(&mut tx, &due, turn, now).await? {
                // Another turn was faster, or a code is taken: this one is taken again.
                inbox::reopen(&mut tx, due.inbound.id).await?;
            }
        }
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

    /// Writes a turn down, with everything that follows from it. False when it must be taken again; nothing is written then.
    async fn write(&self, tx: &mut Tx, due: &Due, turn: Turn, now: Timestamp) -> Result<bool> {
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
        };
        if !conversation::save(tx, from, due.version, &state, now).await? {
            return Ok(false);
        }
        let library = self.library.load();
        let world = self.world(&library, now);
        effects::carry_out(tx, &world, inbound, due.citizen.as_ref(), &turn).await?;
        // What a helper had put aside is older than what was shared meanwhile.
        if let (Some(citizen), Some(shared)) = (&due.citizen, turn.state.shared().map(|shared| links::json(&shared)))
            && due.state.helper.is_none()
            && !erases
            && shared != citizen.shared
        {
            citizen::share(tx, &citizen.id, &shared).await?;
        }
        if due.state.is_with_officer() && !turn.state.is_with_officer() {
            release(tx, from, now).await?;
        }
        // Where a file is that nobody wants is not kept either.
        if let Said::Attached(file) = &inbound.said
            && !turn.effects.iter().any(|effect| matches!(effect, Effect::Look(..)))
        {
            look::add(tx, inbound.id, from, file, &Purpose::Nothing, now).await?;
        }
        for outbound in outbounds(&world, inbound, &turn) {
            add(tx, &outbound, now).await?;
        }
        if due.notices_kept && inbound.said.is_interaction() {
            kept::take_up(tx, from, now).await?;
        }
        Ok(true)
    }

    fn world<'a>(&'a self, library: &'a Library, now: Timestamp) -> World<'a> {
        let site = self.site.as_ref();
        World {
            library,
            wording: &self.wording,
            office: &self.office,
            now,
            chance: self.clock.secret(),
            site,
            dossiers: self.keys.is_some(),
            can_tell: self.keys.is_some(),
        }
    }

    /// The turn, gone on with when it asks for what only the store knows.
    async fn answered(&self, tx: &mut Tx, due: &Due, taken: Turn, now: Timestamp) -> Result<Turn> {
        let Some(asks) = taken.effects.iter().find(|effect| effect.asks()) else { return Ok(taken) };
        let library = self.library.load();
        let world = self.world(&library, now);
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

    /// What waits. Where several processes share a database the rows are held until their turns are written, in the transaction that
    /// is returned, so that no two think about the same; a process that dies lets go of them.
    async fn due(&self) -> Result<(Option<Tx>, Vec<Due>)> {
        let shared = self.store.is_shared();
        let mut tx = if shared { self.store.write().await? } else { self.store.read().await? };
        let pending = if shared { inbox::take_on(&mut tx, BATCH).await? } else { inbox::pending(&mut tx, BATCH).await? };
        let mut due = Vec::new();
        for inbound in pending {
            let (stored, citizen) = conversation::load_with_citizen(&mut tx, &inbound.from).await?;
            // A state that an older or newer program wrote and this one cannot read is begun again.
            let state = serde_json::from_str(&stored.state).unwrap_or_default();
            let mut state: State = match &citizen {
                Some(citizen) => links::overlaid(&mut tx, &inbound.from, citizen, state).await?,
                None => state,
            };
            state.announced = announced(&mut tx, &inbound, self.clock.now()).await?;
            due.push(Due { inbound, version: stored.version, state, citizen, notices_kept: stored.notices_kept });
        }
        Ok((shared.then_some(tx), due))
    }

    /// The turns, on all cores and off the threads that wait for the network.
    async fn think(&self, due: Vec<Due>, now: Timestamp) -> Vec<(Due, Turn)> {
        let this = self.clone();
        let think = move || {
            let library = this.library.load();
            let one = |due: Due| {
                let world = this.world(&library, now);
                let taken = guarded(&world, &due, || turn(&world, due.state.clone(), &due.inbound.said, due.inbound.lang_hint));
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

/// The broadcast that what is said may be about: the one whose button was pressed or whose code was read, else the last they had.
async fn announced(tx: &mut Tx, inbound: &Inbound, now: Timestamp) -> Result<Option<Announced>> {
    let named = match &inbound.said {
        Said::Chose(id) => id.as_str().strip_prefix(BUTTON).and_then(|rest| rest.split('/').next()),
        Said::Text(text) => text.strip_prefix(BUTTON).and_then(|rest| rest.split('/').next()),
        Said::Joined(Some(word)) => word.strip_prefix(LINK),
        _ => None,
    };
    if let Some(id) = named.and_then(|id| id.parse::<BroadcastId>().ok()) {
        let told = broadcast::load(tx, id).await?.filter(|of| of.began_at.is_some());
        let told = told.filter(|of| of.standing != Standing::Cancelled);
        return Ok(told.map(|of| Announced { id, draft: of.draft, at: now }));
    }
    if !matches!(inbound.said, Said::Text(_) | Said::Chose(_)) {
        return Ok(None);
    }
    let last = broadcast::last_to(tx, &inbound.from, now.minus(REPLIES_FOR)).await?;
    // What was taken back answers nothing any more.
    let last = last.filter(|(_, draft, _)| draft.amends.is_none_or(|amends| amends.how != Amendment::Delete));
    Ok(last.map(|(id, draft, at)| Announced { id, draft, at }))
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
