//! What happens to broadcasts by itself: their time comes, recipients are gathered, rings open one after the other, errors stop them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{BroadcastError, Broadcasts, Result};
use crate::domain::broadcast::{Broadcast, BroadcastId, Class, Outcome, Ring, Standing, errors_too_many};
use crate::domain::officer::Grant;
use crate::engine::announce::draw_all;
use crate::knowledge::search::unmarked;
use crate::store::audience::{self, Gathering, Source};
use crate::store::{Tx, broadcast, officer, recipient};

/// Candidates looked at in one transaction: short enough that answers never wait for it.
const PART: u32 = 1_000;
/// Parts that are gathered before the others are looked after.
const PARTS: u32 = 20;
/// People of the pilot ring when nobody is in the one that was named.
const PILOT: u32 = 50;
/// How long a ring has it before the next one does, when anybody is in it: time to cry out.
const RING_RESTS: Duration = Duration::from_secs(2 * 60);
/// How long a broadcast waits for people who talk with an officer.
const WITH_OFFICER: Duration = Duration::from_secs(6 * 60 * 60);
/// How often it is looked whether something is to be done.
const EVERY: Duration = Duration::from_secs(1);
/// Pause between two parts: the one writer of SQLite is left to answers.
const BREATH: Duration = Duration::from_millis(3);

impl Broadcasts {
    /// Works until `stop`.
    pub async fn run(self, wake: Arc<Notify>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let more = self.conduct(&stop).await.unwrap_or_else(|error| {
                tracing::error!(%error, "broadcasts");
                false
            });
            tokio::select! {
                () = wake.notified() => {}
                () = tokio::time::sleep(if more { BREATH } else { EVERY }) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Does what is to be done now, some of it: true when there is more. What goes wrong with one stops no other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conduct(&self, stop: &CancellationToken) -> Result<bool> {
        let now = self.clock.now();
        let standing = async |standing| broadcast::standing(&mut self.store.read().await?, standing).await;
        let done = |id: BroadcastId, done: Result<bool>| {
            done.unwrap_or_else(|error| {
                tracing::error!(%error, broadcast = id, "a broadcast cannot go on");
                false
            })
        };
        let mut more = false;
        for due in standing(Standing::Approved).await? {
            let time = due.gathering || due.draft.starts_at.is_none_or(|at| at <= now);
            if time && due.draft.class.may_send_at(now) {
                more |= done(due.id, self.begin(due.id, stop).await);
            }
        }
        if recipient::is_expired(&mut self.store.read().await?, now).await? {
            let mut tx = self.store.write().await?;
            recipient::expire(&mut tx, now).await?;
            tx.commit().await?;
        }
        for running in standing(Standing::Running).await? {
            done(running.id, self.look_after(&running).await);
        }
        let cancelled = broadcast::cancelled(&mut self.store.read().await?).await?;
        for id in cancelled {
            done(id, self.wind_up(id, stop).await);
        }
        Ok(more)
    }

    /// A broadcast that was approved and has not begun, held until the end of the transaction.
    async fn approved(&self, tx: &mut Tx, id: BroadcastId) -> Result<Option<Broadcast>> {
        broadcast::hold(tx, id).await?;
        Ok(broadcast::load(tx, id).await?.filter(|of| of.standing == Standing::Approved))
    }

    /// Gathers some recipients; with the last of them it begins to send. True when there are more. What was begun before, here or
    /// elsewhere, is gone on with.
    async fn begin(&self, id: BroadcastId, stop: &CancellationToken) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let Some(mut of) = self.approved(&mut tx, id).await? else { return Ok(false) };
        if !of.gathering {
            if !self.still_fits(&of) {
                (of.standing, of.why) = (Standing::Draft, "cast-why-faulty".to_owned());
                self.save(&mut tx, &mut of).await?;
                broadcast::void_approvals(&mut tx, id).await?;
                self.noted(&mut tx, "motcua", "broadcast put back", &of).await?;
                tx.commit().await?;
                return Ok(false);
            }
            let library = self.library.load_full();
            broadcast::draw(&mut tx, id, &draw_all(&self.world(&library), id, &of.draft)).await?;
            // A mistake is seen by officers first; whoever corrects one has seen it.
            if has_rings(&of) {
                let place = of.place.as_deref();
                let there = |grants: &[Grant]| grants.iter().any(|grant| grant.at.is_none() || grant.at.as_deref() == place);
                let all = officer::all(&mut tx).await?.into_iter().map(|stored| stored.officer);
                let staff: Vec<String> = all.filter(|officer| there(&officer.grants)).map(|officer| officer.login).collect();
                audience::gather_staff(&mut tx, id, &staff).await?;
            }
            broadcast::set_cursor(&mut tx, id, &(String::new(), String::new())).await?;
        }
        tx.commit().await?;
        for _ in 0..PARTS {
            if !self.gather_part(id).await? {
                self.start(id).await?;
                return Ok(false);
            }
            if stop.is_cancelled() {
                return Ok(false);
            }
            tokio::time::sleep(BREATH).await;
        }
        Ok(true)
    }

    /// Puts the next part of the audience into the ledger. False when there is none, or it is not to be gathered any more.
    async fn gather_part(&self, id: BroadcastId) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let Some(of) = self.approved(&mut tx, id).await? else { return Ok(false) };
        let after = broadcast::cursor(&mut tx, id).await?.unwrap_or_default();
        let source = source(&of);
        let Some(part) = audience::part(&mut tx, source, &after, PART).await? else { return Ok(false) };
        let now = self.clock.now();
        let open = self.open_channels(of.draft.pays, now);
        let hamlet = of.draft.audience.pilot.as_deref().map(unmarked).unwrap_or_default();
        let gathering = Gathering { source, audience: &of.draft.audience, hamlet: &hamlet, open: &open, now };
        audience::gather(&mut tx, id, gathering, &part).await?;
        broadcast::set_cursor(&mut tx, id, &(part.channel, part.until)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn start(&self, id: BroadcastId) -> Result<()> {
        let mut tx = self.store.write().await?;
        let Some(mut of) = self.approved(&mut tx, id).await? else { return Ok(()) };
        let rings = has_rings(&of);
        if rings {
            audience::choose_pilot(&mut tx, id, PILOT).await?;
        }
        of.ring = if rings { Ring::Staff } else { Ring::All };
        (of.standing, of.gathered, of.began_at) = (Standing::Running, true, Some(self.clock.now()));
        self.save(&mut tx, &mut of).await?;
        self.noted(&mut tx, "motcua", "broadcast begun", &of).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// Stops one that fails too often, opens the next ring of one that is through, ends one that is done. True when something
    /// changed.
    async fn look_after(&self, running: &Broadcast) -> Result<bool> {
        let (now, ring) = (self.clock.now(), running.ring);
        let mut tx = self.store.read().await?;
        let counts = broadcast::counts(&mut tx, running.id).await?;
        let failing =
            errors_too_many(ring, &counts, running.forgiven) && recipient::is_open(&mut tx, running.id, Ring::All).await?;
        let moving = recipient::is_moving(&mut tx, running.id, ring).await?;
        let waiting = recipient::is_open(&mut tx, running.id, ring).await?;
        drop(tx);
        let had = counts.iter().any(|count| count.ring == ring && count.outcome == Outcome::Sent);
        let rests = had && ring.next().is_some() && running.changed_at.plus(RING_RESTS) > now;
        // People who talk with an officer hold up no ring; the last ring waits for them, not for ever.
        let patient = ring.next().is_none() && waiting && running.began_at.is_some_and(|began| began.plus(WITH_OFFICER) > now);
        if !failing && (moving || rests || patient) {
            return Ok(false);
        }
        let mut tx = self.store.write().await?;
        let mut of = running.clone();
        let action = match ring.next() {
            _ if failing => {
                (of.standing, of.why) = (Standing::Paused, "cast-why-errors".to_owned());
                tracing::error!(broadcast = of.id, ring = ring.name(), "a broadcast stopped by itself: too many errors");
                "broadcast stopped by errors"
            }
            Some(next) => {
                of.ring = next;
                "broadcast goes on"
            }
            None => {
                recipient::skip_waiting(&mut tx, of.id, now).await?;
                (of.standing, of.ended_at) = (Standing::Done, Some(now));
                "broadcast done"
            }
        };
        match self.save(&mut tx, &mut of).await {
            Ok(()) => {}
            // Somebody paused or cancelled it, or another process was faster.
            Err(BroadcastError::Meanwhile) => return Ok(false),
            Err(error) => return Err(error),
        }
        self.noted(&mut tx, "motcua", action, &of).await?;
        tx.commit().await?;
        self.wake();
        Ok(true)
    }

    /// Skips whoever still waits for a broadcast that was cancelled. True when somebody did.
    async fn wind_up(&self, id: BroadcastId, stop: &CancellationToken) -> Result<bool> {
        loop {
            let mut tx = self.store.write().await?;
            broadcast::hold(&mut tx, id).await?;
            let some = recipient::cancel(&mut tx, id, self.clock.now()).await?;
            // Sends under way end by themselves, or by their lease.
            if !some && !recipient::is_open(&mut tx, id, Ring::All).await? {
                let Some(mut of) = broadcast::load(&mut tx, id).await? else { return Ok(false) };
                of.ended_at = Some(self.clock.now());
                self.save(&mut tx, &mut of).await?;
            }
            tx.commit().await?;
            if !some || stop.is_cancelled() {
                return Ok(some);
            }
            tokio::time::sleep(BREATH).await;
        }
    }
}

/// Whether few have it before all do: not in danger, nor where something is put right.
fn has_rings(of: &Broadcast) -> bool {
    of.draft.class == Class::Ordinary && of.draft.amends.is_none()
}

/// Whom a broadcast is chosen from.
pub(super) fn source(of: &Broadcast) -> Source {
    match (of.draft.amends, of.draft.class) {
        (Some(amends), _) => Source::Had(amends.of),
        (None, Class::Emergency) => Source::Everybody,
        (None, Class::Ordinary) => Source::Subscribers,
    }
}
