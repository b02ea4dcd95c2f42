//! What happens to broadcasts by itself: their time comes, recipients are gathered, rings open one after the other, errors stop them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{BroadcastError, Broadcasts, Result};
use crate::domain::broadcast::{Broadcast, BroadcastId, Class, Ring, Standing, errors_too_many};
use crate::engine::announce::draw_all;
use crate::store::audience::{self, Source};
use crate::store::{broadcast, recipient};

/// Candidates looked at in one transaction: short enough that answers never wait for it.
const PART: u32 = 1_000;
/// People of the pilot ring when nobody named a hamlet.
const PILOT: u32 = 50;
/// How often it is looked whether something is to be done.
const EVERY: Duration = Duration::from_secs(1);
/// Pause between two parts, as a share of what a part took: the one writer of SQLite is left to answers for as long.
const BREATH: Duration = Duration::from_millis(3);

impl Broadcasts {
    /// Works until `stop`.
    pub async fn run(self, wake: Arc<Notify>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.conduct(&stop).await {
                tracing::error!(%error, "broadcasts");
            }
            tokio::select! {
                () = wake.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Does what is to be done now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conduct(&self, stop: &CancellationToken) -> Result<()> {
        let now = self.clock.now();
        let standing = async |standing| broadcast::standing(&mut self.store.read().await?, standing).await;
        for due in standing(Standing::Approved).await? {
            if due.draft.starts_at.is_none_or(|at| at <= now) && due.draft.class.may_send_at(now) {
                self.begin(due.id, stop).await?;
            }
        }
        for running in standing(Standing::Running).await? {
            self.look_after(&running).await?;
        }
        for cancelled in standing(Standing::Cancelled).await? {
            if cancelled.ended_at.is_none() {
                self.wind_up(cancelled.id, stop).await?;
            }
        }
        Ok(())
    }

    /// Gathers the recipients, then begins to send. What was begun before, here or elsewhere, is gone on with.
    async fn begin(&self, id: BroadcastId, stop: &CancellationToken) -> Result<()> {
        let mut tx = self.store.write().await?;
        broadcast::hold(&mut tx, id).await?;
        let Some(mut of) = broadcast::load(&mut tx, id).await?.filter(|of| of.standing == Standing::Approved) else {
            return Ok(());
        };
        if broadcast::cursor(&mut tx, id).await?.is_none() {
            if !self.still_fits(&of) {
                (of.standing, of.why) = (Standing::Draft, "cast-why-faulty".to_owned());
                self.save(&mut tx, &mut of).await?;
                self.noted(&mut tx, "motcua", "broadcast put back", &of).await?;
                return Ok(tx.commit().await?);
            }
            let library = self.library.load_full();
            broadcast::draw(&mut tx, id, &draw_all(&self.world(&library), id, &of.draft)).await?;
            if of.draft.amends.is_none() && of.draft.class == Class::Ordinary {
                audience::gather_staff(&mut tx, id).await?;
            }
            broadcast::set_cursor(&mut tx, id, &(String::new(), String::new())).await?;
        }
        tx.commit().await?;
        while self.gather_part(id).await? {
            if stop.is_cancelled() {
                return Ok(());
            }
            tokio::time::sleep(BREATH).await;
        }
        self.start(id).await
    }

    /// Puts the next part of the audience into the ledger. False when there is none, or it is not to be gathered any more.
    async fn gather_part(&self, id: BroadcastId) -> Result<bool> {
        let mut tx = self.store.write().await?;
        broadcast::hold(&mut tx, id).await?;
        let Some(of) = broadcast::load(&mut tx, id).await?.filter(|of| of.standing == Standing::Approved) else {
            return Ok(false);
        };
        let after = broadcast::cursor(&mut tx, id).await?.unwrap_or_default();
        let source = source(&of);
        let Some(part) = audience::part(&mut tx, source, &after, PART).await? else { return Ok(false) };
        let now = self.clock.now();
        audience::gather(&mut tx, id, source, &of.draft.audience, &part, now).await?;
        broadcast::set_cursor(&mut tx, id, &(part.channel, part.until)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn start(&self, id: BroadcastId) -> Result<()> {
        let mut tx = self.store.write().await?;
        broadcast::hold(&mut tx, id).await?;
        let Some(mut of) = broadcast::load(&mut tx, id).await?.filter(|of| of.standing == Standing::Approved) else {
            return Ok(());
        };
        let rings = of.draft.class == Class::Ordinary && of.draft.amends.is_none();
        if rings && of.draft.audience.pilot.is_none() {
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

    /// Stops one that fails too often, opens the next ring of one that is through, ends one that is done.
    async fn look_after(&self, running: &Broadcast) -> Result<()> {
        let mut tx = self.store.read().await?;
        let counts = broadcast::counts(&mut tx, running.id).await?;
        let failing = errors_too_many(running.ring, &counts, running.forgiven);
        let open = recipient::is_open(&mut tx, running.id, running.ring).await?;
        drop(tx);
        if open && !failing {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        let mut of = running.clone();
        let action = match of.ring.next() {
            // Of one that is through nothing is left to stop.
            _ if failing && recipient::is_open(&mut tx, of.id, Ring::All).await? => {
                (of.standing, of.why) = (Standing::Paused, "cast-why-errors".to_owned());
                tracing::error!(broadcast = of.id, ring = of.ring.name(), "a broadcast stopped by itself: too many errors");
                "broadcast stopped by errors"
            }
            _ if open => return Ok(()),
            Some(ring) => {
                of.ring = ring;
                "broadcast goes on"
            }
            None => {
                (of.standing, of.ended_at) = (Standing::Done, Some(self.clock.now()));
                "broadcast done"
            }
        };
        match self.save(&mut tx, &mut of).await {
            Ok(()) => {}
            // Somebody paused or cancelled it, or another process was faster.
            Err(BroadcastError::Meanwhile) => return Ok(()),
            Err(error) => return Err(error),
        }
        self.noted(&mut tx, "motcua", action, &of).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// Skips whoever still waits for a broadcast that was cancelled.
    async fn wind_up(&self, id: BroadcastId, stop: &CancellationToken) -> Result<()> {
        loop {
            let mut tx = self.store.write().await?;
            broadcast::hold(&mut tx, id).await?;
            let some = recipient::cancel(&mut tx, id, self.clock.now()).await?;
            // Sends under way end by themselves, or by their lease.
            if !some && !recipient::is_open(&mut tx, id, Ring::All).await? {
                let Some(mut of) = broadcast::load(&mut tx, id).await? else { return Ok(()) };
                of.ended_at = Some(self.clock.now());
                self.save(&mut tx, &mut of).await?;
            }
            tx.commit().await?;
            if !some || stop.is_cancelled() {
                return Ok(());
            }
            tokio::time::sleep(BREATH).await;
        }
    }
}

/// Whom a broadcast is chosen from.
pub(super) fn source(of: &Broadcast) -> Source {
    match (of.draft.amends, of.draft.class) {
        (Some(amends), _) => Source::Had(amends.of),
        (None, Class::Emergency) => Source::Everybody,
        (None, Class::Ordinary) => Source::Subscribers,
    }
}
