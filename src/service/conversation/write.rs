//! Writing turns down, with everything that follows from them.
//!
//! Most turns answer, remember and count, and their states are written together; what touches other rows is written turn by turn.

use std::collections::HashSet;

use uuid::Uuid;

use super::due::Due;
use super::{Conversations, guarded};
use crate::channel::{Capabilities, fit};
use crate::domain::privacy::Use;
use crate::domain::ticket::DeskEvent;
use crate::domain::{Block, Inbound, Priority, Purpose, Said, Timestamp};
use crate::engine::{Effect, Found, Turn, WALK_CONSENT, World, gone_on};
use crate::service::{dossier, effects, handoff, kept, links, privacy};
use crate::store::conversation::NewState;
use crate::store::outbox::{Outbound, add_all, release};
use crate::store::tally::Counts;
use crate::store::{Result, Tx, citizen, conversation, inbox, look, privacy as consent, walk};

/// What the turns of a batch add, to be written down for all of them at once.
#[derive(Default)]
pub(super) struct Written {
    outbounds: Vec<Outbound>,
    counts: Counts,
}

impl Conversations {
    /// Writes down those of these turns that are still to be taken.
    pub(super) async fn write_all(&self, tx: &mut Tx, taken: Vec<(Due, Turn)>, now: Timestamp) -> Result<()> {
        let finished = finish(tx, &taken, now).await?;
        // Another process took the others, or the citizen had the conversation deleted meanwhile.
        let ours = taken.into_iter().filter(|(due, _)| finished.contains(&due.inbound.id));
        let (plain, others): (Vec<_>, Vec<_>) = ours.partition(|(due, turn)| is_plain(due, turn));
        let mut written = Written::default();
        self.write_plain(tx, plain, now, &mut written).await?;
        for (due, turn) in others {
            if due.inbound.said == Said::Withdrawn {
                let library = self.library.load();
                let (keys, clock) = (self.keys.as_ref(), self.clock.as_ref());
                privacy::erase(tx, keys, clock, library.calendar(), &due.inbound.from).await?;
                continue;
            }
            if self.is_too_late(tx, &due, &turn).await? {
                continue;
            }
            if !self.write(tx, &due, turn, now, &mut written).await? {
                // Another turn was faster, or a code is taken: this one is taken again.
                inbox::reopen(tx, due.inbound.id).await?;
            }
        }
        add_all(tx, &written.outbounds, now).await?;
        written.counts.write(tx, now).await
    }

    /// Writes down turns that touch nothing but their own conversation.
    async fn write_plain(&self, tx: &mut Tx, plain: Vec<(Due, Turn)>, now: Timestamp, written: &mut Written) -> Result<()> {
        let states: Vec<String> = plain.iter().map(|(_, turn)| json(turn)).collect();
        let states =
            plain.iter().zip(&states).map(|((due, turn), json)| (&due.inbound.from, due.version, remembered(due, turn, json)));
        let saved = conversation::save_all(tx, states, now).await?;
        for (due, turn) in &plain {
            if saved.contains(&due.inbound.from) {
                self.follow_up(tx, due, turn, now, written).await?;
            } else {
                inbox::reopen(tx, due.inbound.id).await?; // another turn was faster
            }
        }
        Ok(())
    }

    /// Writes a turn down, with everything that follows from it; its replies and counts are put to `written`. False when it must be
    /// taken again: what was written of it until then is what taking it again writes, too.
    async fn write(&self, tx: &mut Tx, due: &Due, turn: Turn, now: Timestamp, written: &mut Written) -> Result<bool> {
        let from = &due.inbound.from;
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
        if !self.keep(tx, &due.inbound, &turn).await? {
            return Ok(false);
        }
        if !conversation::save(tx, from, due.version, &remembered(due, &turn, &json(&turn)), now).await? {
            return Ok(false);
        }
        self.follow_up(tx, due, &turn, now, written).await?;
        // What a helper had put aside is older than what was shared meanwhile.
        if let (Some(citizen), Some(shared)) = (&due.citizen, turn.state.shared().map(|shared| links::json(&shared)))
            && due.state.helper.is_none()
            && !erases
            && shared != citizen.shared
        {
            citizen::share(tx, &citizen.id, &shared).await?;
        }
        Ok(true)
    }

    /// What follows from a turn whose state was written.
    async fn follow_up(&self, tx: &mut Tx, due: &Due, turn: &Turn, now: Timestamp, written: &mut Written) -> Result<()> {
        let (inbound, from) = (&due.inbound, &due.inbound.from);
        let seen = self.seen();
        let world = self.world(&seen, now);
        effects::carry_out(tx, &world, inbound, due.citizen.as_ref(), turn, &mut written.counts).await?;
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
        written.outbounds.extend(outbounds(&world, inbound, turn));
        if due.notices_kept && inbound.said.is_interaction() && !turn.state.keeps_notices() {
            kept::take_up(tx, from, now).await?;
        }
        Ok(())
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
}

/// Marks these turns as taken. The ids of those that still were to be.
async fn finish(tx: &mut Tx, taken: &[(Due, Turn)], now: Timestamp) -> Result<HashSet<Uuid>> {
    let mut finished = HashSet::with_capacity(taken.len());
    for for_officer in [false, true] {
        let kind = taken.iter().filter(|(_, turn)| turn.effects.iter().any(Effect::is_for_officers) == for_officer);
        let ids: Vec<Uuid> = kind.map(|(due, _)| due.inbound.id).collect();
        finished.extend(inbox::finish(tx, &ids, for_officer, now).await?);
    }
    Ok(finished)
}

/// Whether a turn touches nothing but its own conversation, and what is only counted.
fn is_plain(due: &Due, turn: &Turn) -> bool {
    due.citizen.is_none() && due.inbound.said != Said::Withdrawn && !turn.effects.iter().any(|of| of.writes_beside() || of.asks())
}

fn json(turn: &Turn) -> String {
    serde_json::to_string(&turn.state).unwrap_or_default()
}

/// What is remembered of a conversation after a turn; `json` is its state.
fn remembered<'a>(due: &Due, turn: &Turn, json: &'a str) -> NewState<'a> {
    let inbound = &due.inbound;
    NewState {
        json,
        spoke: inbound.said.is_interaction().then_some(inbound.at),
        left: inbound.said == Said::Left,
        wake_at: turn.state.wakes_at(),
        holds_notices: turn.state.keeps_notices(),
    }
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
