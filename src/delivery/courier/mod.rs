//! The courier of one channel: a loop that marks what was sent, claims what may go, and sends it.
//!
//! Marks and claims share a transaction, so that a busy channel costs one flush of the disk a round, not two a message.

mod recall;
mod written;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::bulk::{self, Bulk, Taken};
use super::journal::Journal;
use super::mark::apply;
use super::pace::Pacer;
use super::retry::before;
use crate::channel::Channel;
use crate::domain::switch::Switches;
use crate::domain::{Clock, Priority, SendError, Sent, Timestamp, Unreachable, Window};
use crate::store::outbox::{self, Claimed};
use crate::store::{Result, Store, Tx, conversation, recipient};

/// Sends under way at once.
const CONCURRENCY: usize = 128;
/// Messages written by another process are seen at the latest after this.
const IDLE: Duration = Duration::from_secs(2);
/// The part of its lease that a send may take: nobody else takes the message over while it is under way.
const OF_LEASE: f32 = 0.75;
/// Pause after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The courier of one channel.
pub struct Courier {
    channel: Arc<dyn Channel>,
    store: Store,
    clock: Arc<dyn Clock>,
    wake: Arc<Notify>,
    /// A claim not heard of for this long belongs to a process that died.
    lease: Duration,
    pacer: Pacer,
    sends: JoinSet<Ended>,
    done: Vec<Done>,
    bulk: Bulk,
    switches: Arc<ArcSwap<Switches>>,
    /// Where the journal is, and the journal once it is open.
    journal_at: Option<PathBuf>,
    journal: Option<Arc<Journal>>,
    /// When a journal that another process had is tried again.
    journal_again: Timestamp,
}

/// A send of either kind that ended.
enum Ended {
    Message(Box<Done>),
    Bulk(bulk::Done),
}

/// A send of a reply or a notice that ended.
pub(super) struct Done {
    pub(super) claimed: Claimed,
    pub(super) began: Timestamp,
    pub(super) result: std::result::Result<Sent, SendError>,
}

impl Courier {
    /// A courier for `channel`; `wake` is notified when something was written to the outbox. A send that takes three
    /// quarters of `lease` is given up as uncertain.
    pub fn new(channel: Arc<dyn Channel>, store: Store, clock: Arc<dyn Clock>, wake: Arc<Notify>, lease: Duration) -> Self {
        Self {
            lease,
            channel,
            store,
            clock,
            wake,
            pacer: Pacer::default(),
            sends: JoinSet::new(),
            done: Vec::new(),
            bulk: Bulk::default(),
            switches: Arc::default(),
            journal_at: None,
            journal: None,
            journal_again: Timestamp(0),
        }
    }

    /// Notes there what it sends, until it is marked.
    #[must_use]
    pub fn with_journal(self, at: PathBuf) -> Self {
        Self { journal_at: Some(at), ..self }
    }

    /// While its channel is switched off, notices and announcements wait; answers go out.
    #[must_use]
    pub fn heeding(self, switches: Arc<ArcSwap<Switches>>) -> Self {
        Self { switches, ..self }
    }

    /// Works until `stop`, then waits for the sends under way and marks them.
    pub async fn run(mut self, stop: CancellationToken) {
        let store = self.store.clone();
        while let Err(error) = store.in_time(self.recall()).await {
            tracing::error!(%error, channel = %self.channel.name(), "outbox");
            tokio::select! {
                () = tokio::time::sleep(AFTER_FAILURE) => {}
                () = stop.cancelled() => return,
            }
        }
        loop {
            let stopping = stop.is_cancelled();
            let free = if stopping { 0 } else { CONCURRENCY - self.sends.len() };
            let wait = match store.in_time(self.round(free)).await {
                Ok(next) => self.clock.now().until(next).min(IDLE),
                Err(error) if error.is_collision() => {
                    tracing::debug!(%error, "a round is done again");
                    Duration::ZERO
                }
                Err(error) => {
                    tracing::error!(%error, channel = %self.channel.name(), "outbox");
                    tokio::time::sleep(AFTER_FAILURE).await;
                    Duration::ZERO
                }
            };
            if stopping && self.sends.is_empty() && self.done.is_empty() && self.bulk.done.is_empty() {
                return;
            }
            let room = !stopping && self.sends.len() < CONCURRENCY;
            tokio::select! {
                Some(done) = self.sends.join_next() => self.ended(done.ok()),
                () = self.wake.notified(), if room => {}
                () = tokio::time::sleep(wait), if room => {}
                () = stop.cancelled(), if room => {}
                else => {}
            }
            while let Some(done) = self.sends.try_join_next() {
                self.ended(done.ok());
            }
        }
    }

    fn ended(&mut self, ended: Option<Ended>) {
        match ended {
            Some(Ended::Message(done)) => self.done.push(*done),
            Some(Ended::Bulk(done)) => {
                self.bulk.going -= 1;
                self.bulk.done.push(done);
            }
            None => {}
        }
    }

    /// Sends everything that may be sent now and marks it; for tests, which hold the clock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deliver_due(&mut self) -> Result<usize> {
        let mut sent = 0;
        loop {
            self.round(CONCURRENCY - self.sends.len()).await?;
            if self.sends.is_empty() {
                return Ok(sent);
            }
            while let Some(done) = self.sends.join_next().await {
                self.ended(done.ok());
                sent += 1;
            }
        }
    }

    /// Marks what was sent, claims up to `free` messages and begins to send them. Returns when to look again at the
    /// latest.
    async fn round(&mut self, free: usize) -> Result<Timestamp> {
        match self.round_at_once(free).await {
            Err(error) if error.is_refusal() && !(self.done.is_empty() && self.bulk.done.is_empty()) => {
                tracing::error!(%error, channel = %self.channel.name(), "a round is refused; each send is marked by itself");
                self.write_down_each().await?;
                self.round_at_once(free).await
            }
            done => done,
        }
    }

    async fn round_at_once(&mut self, free: usize) -> Result<Timestamp> {
        let now = self.clock.now();
        self.open_journal(now).await?;
        let overall = self.channel.overall_rate();
        let free = u32::try_from(free).unwrap_or(u32::MAX);
        if self.pacer.room(overall, now).min(free) == 0 && self.done.is_empty() && self.bulk.done.is_empty() {
            return Ok(self.pacer.next_room(overall, now));
        }
        let mut tx = self.store.write().await?;
        self.write_down(&mut tx, now).await?;
        // Only now: what was marked may have been told to wait.
        let limit = self.pacer.room(overall, now).min(free);
        let off = self.switches.load().channel(self.channel.name()).is_some();
        let most = if off { Priority::Reply } else { Priority::Bulk };
        let claimed = match limit {
            0 => Vec::new(),
            limit => outbox::claim(&mut tx, self.channel.name(), most, now, now.plus(self.lease), limit).await?,
        };
        let full = claimed.len() == limit as usize;
        let mut going = Vec::with_capacity(claimed.len());
        for claimed in claimed {
            if self.may_go(&mut tx, &claimed, now).await? {
                let window = self.window(&mut tx, &claimed, now).await?;
                going.push((claimed, window));
            }
        }
        let next = match full {
            true => self.pacer.next_room(overall, now),
            false if off => now.plus(IDLE),
            false => outbox::next_due(&mut tx, self.channel.name()).await?.unwrap_or(now.plus(IDLE)),
        };
        let room = if full || off { 0 } else { limit.saturating_sub(u32::try_from(going.len()).unwrap_or(u32::MAX)) };
        let taken = self.claim_bulk(&mut tx, room, now).await?;
        tx.commit().await?;
        self.is_written_down();
        self.pacer.tidy(now);
        // The vendor counts from when a message leaves, not from when it was taken on.
        let leaves = self.clock.now();
        for (claimed, window) in going {
            self.pacer.sent(overall, leaves);
            self.start(claimed, window, now);
        }
        for taken in taken {
            self.pacer.sent(overall, leaves);
            self.start_bulk(taken);
        }
        Ok(if !off && self.bulk.more && self.bulk.going < bulk::MOST {
            next.min(self.pacer.next_bulk_room(overall, leaves))
        } else {
            next
        })
    }

    /// Takes on broadcasts' recipients, at most `room`: evenly, and some sends are left for answers.
    async fn claim_bulk(&mut self, tx: &mut Tx, room: u32, now: Timestamp) -> Result<Vec<Taken>> {
        let overall = self.channel.overall_rate();
        let idle = u32::try_from(bulk::MOST.saturating_sub(self.bulk.going)).unwrap_or_default();
        let room = room.min(idle).min(self.pacer.bulk_room(overall, now));
        if room == 0 {
            return Ok(Vec::new());
        }
        let mut taken = self.bulk.claim(tx, self.channel.as_ref(), self.clock.as_ref(), now.plus(self.lease), room).await?;
        let (channel, pacer) = (&self.channel, &mut self.pacer);
        let mut waiting = Vec::new();
        taken.retain(|taken| {
            let peer = channel.paced_with(&taken.recipient.to.peer);
            let rate = channel.rate_to(peer);
            let ready = pacer.ready(peer, rate, now);
            if ready > now {
                waiting.push((taken.recipient.clone(), ready));
                return false;
            }
            pacer.sent_to(peer, rate, now);
            true
        });
        for (recipient, ready) in waiting {
            recipient::put_back(tx, &recipient, ready, false).await?;
        }
        self.pacer.bulk_taken(overall, u32::try_from(taken.len()).unwrap_or(u32::MAX), now);
        Ok(taken)
    }

    fn start_bulk(&mut self, taken: Taken) {
        let (channel, patience) = (Arc::clone(&self.channel), self.lease.mul_f32(OF_LEASE));
        self.bulk.going += 1;
        self.sends.spawn(async move {
            let sent = tokio::time::timeout(patience, bulk::carry_out(channel.as_ref(), &taken)).await;
            let result = sent.unwrap_or_else(|_| Err(SendError::Unknown("the send took too long".to_owned())));
            Ended::Bulk(bulk::Done { taken, result })
        });
    }

    /// Whether a claimed message goes out now. If not, it is put back or ended.
    async fn may_go(&mut self, tx: &mut Tx, claimed: &Claimed, now: Timestamp) -> Result<bool> {
        let id = &claimed.outbound.id;
        if let Some(fate) = before(claimed) {
            outbox::note(tx, id, now, "unknown", "no outcome was written; not repeated again").await?;
            apply(tx, claimed, fate, None, now, now).await?;
            return Ok(false);
        }
        let peer = self.channel.paced_with(&claimed.outbound.to.peer);
        let rate = self.channel.rate_to(peer);
        let ready = self.pacer.ready(peer, rate, now);
        if ready > now {
            outbox::hold(tx, claimed, ready, claimed.in_flight - 1).await?;
            return Ok(false);
        }
        if claimed.in_flight > 1 {
            outbox::note(tx, id, now, "repeated", "the outcome of the last send is unknown").await?;
        }
        self.pacer.sent_to(peer, rate, now);
        Ok(true)
    }

    /// What may be sent to this recipient.
    async fn window(&self, tx: &mut Tx, claimed: &Claimed, now: Timestamp) -> Result<Window> {
        let Some(windows) = self.channel.windows() else { return Ok(Window::Free) };
        let last = conversation::last_interaction(tx, &claimed.outbound.to).await?;
        Ok(windows.at(last, now))
    }

    fn start(&mut self, claimed: Claimed, window: Window, began: Timestamp) {
        let (channel, patience) = (Arc::clone(&self.channel), self.lease.mul_f32(OF_LEASE));
        let journal = self.journal.clone();
        self.sends.spawn(async move {
            let (peer, message) = (&claimed.outbound.to.peer, &claimed.outbound.message);
            let send = async {
                match (window, &message.template) {
                    (Window::Free | Window::Paid, _) => channel.send(peer, message).await,
                    (Window::Closed, Some(template)) => channel.send_template(peer, template).await,
                    (Window::Closed, None) => Err(SendError::Unreachable(Unreachable::Closed)),
                }
            };
            let sent = tokio::time::timeout(patience, send).await;
            let result = sent.unwrap_or_else(|_| Err(SendError::Unknown("the send took too long".to_owned())));
            if let (Ok(sent), Some(journal)) = (&result, journal) {
                journal.note(&claimed.outbound.id, sent.external_id.as_deref());
            }
            Ended::Message(Box::new(Done { claimed, began, result }))
        });
    }
}
