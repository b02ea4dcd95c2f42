//! What goes on by itself: pages told of changes, tickets that were taken and forgotten, tickets that wait too long.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::Handoff;
use crate::domain::Timestamp;
use crate::domain::ticket::{DeskEvent, Ending};
use crate::service::audit::note;
use crate::store::{Result, ticket};

/// A ticket that was taken and not answered for so long waits again.
const NEGLECTED: Duration = Duration::from_secs(10 * 60);
/// A citizen's word that was not answered for so long brings the ticket back, and the program with it.
const LEFT: Duration = Duration::from_secs(30 * 60);
/// A ticket in which nobody said anything for so long is over.
const QUIET: Duration = Duration::from_secs(12 * 60 * 60);
/// After so much of the desk's hours the next step is taken for a ticket that waits.
const LADDER: [Duration; 2] = [Duration::from_secs(10 * 60), Duration::from_secs(30 * 60)];
/// How often it is looked for neglected tickets, and for what another process changed.
const RELEASE_EVERY: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_secs(1);

impl Handoff {
    /// Tells open pages when a ticket changed, also by another process, and lets neglected tickets wait again.
    pub async fn watch(self, turned: Arc<Notify>, stop: CancellationToken) {
        let mut last = (0, 0);
        let mut released = Timestamp(0);
        while !stop.is_cancelled() {
            let now = self.clock.now();
            if released.until(now) >= RELEASE_EVERY {
                released = now;
                if let Err(error) = self.store.in_time(self.release_neglected()).await {
                    tracing::error!(%error, "neglected tickets");
                }
                if let Err(error) = self.store.in_time(self.escalate()).await {
                    tracing::error!(%error, "waiting tickets");
                }
            }
            let pulse = async { ticket::pulse(&mut self.store.read().await?).await };
            match self.store.in_time(pulse).await {
                Ok(pulse) if pulse != last => {
                    last = pulse;
                    // Nobody has a page open: nobody to tell.
                    let _ = self.news.send(());
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "tickets"),
            }
            tokio::select! {
                () = turned.notified() => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Lets tickets wait again that were taken and not answered, or whose officer left a citizen's word unanswered for long; ends
    /// those in which nobody said anything any more. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_neglected(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let neglected = ticket::neglected(&mut tx, now.minus(NEGLECTED), now.minus(LEFT)).await?;
        let silent = ticket::silent(&mut tx, now.minus(QUIET)).await?;
        drop(tx);
        let mut released = 0;
        let found = neglected.into_iter().map(|found| (found, false)).chain(silent.into_iter().map(|found| (found, true)));
        for (found, quiet) in found {
            let Some(officer) = &found.officer else { continue };
            let mut tx = self.store.write().await?;
            let (done, event, action) = if quiet {
                let closed = ticket::close(&mut tx, found.id, Some(officer), Ending::Silent, now).await?;
                (closed, DeskEvent::Closed { ticket: found.id }, "ticket closed: nobody said anything")
            } else {
                let back = ticket::put_back(&mut tx, found.id, officer, found.at.as_deref(), now).await?;
                (back, DeskEvent::Returned { ticket: found.id }, "ticket not answered, waits again")
            };
            if done {
                self.post(&mut tx, &found, if quiet { "group-quiet" } else { "group-neglected" }, !quiet).await?;
                self.tell(&mut tx, &found.from, event).await?;
                note(&mut tx, &self.keys, self.clock.as_ref(), officer, action, &found.id.to_string()).await?;
                self.commit(tx).await?;
                released += 1;
            }
        }
        Ok(released)
    }

    /// Makes sure that somebody sees what waits: the log and a counter after ten minutes of the desk's hours; after thirty the
    /// citizen is told whom to call. Returns how many steps were taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn escalate(&self) -> Result<usize> {
        let Some(hours) = &self.office.desk else { return Ok(0) };
        let now = self.clock.now();
        let library = self.library.load();
        let mut tx = self.store.read().await?;
        let waiting = ticket::waiting_below(&mut tx, LADDER.len() as i64).await?;
        drop(tx);
        let mut steps = 0;
        for (id, from, opened, level) in waiting {
            let worked = hours.worked(library.calendar(), opened, now);
            let reached = LADDER.iter().filter(|after| worked >= **after).count() as i64;
            if reached <= level {
                continue;
            }
            let mut tx = self.store.write().await?;
            if ticket::escalate(&mut tx, id, reached, now).await? {
                tracing::warn!(%id, minutes = worked.as_secs() / 60, "a citizen waits and nobody has answered");
                metrics::counter!("motcua_tickets_late_total").increment(1);
                if let Some(found) = ticket::load(&mut tx, id).await? {
                    self.post(&mut tx, &found, "group-late", true).await?;
                }
                if reached == LADDER.len() as i64 {
                    self.tell(&mut tx, &from, DeskEvent::Late { ticket: id }).await?;
                }
                steps += 1;
            }
            self.commit(tx).await?;
        }
        Ok(steps)
    }
}
