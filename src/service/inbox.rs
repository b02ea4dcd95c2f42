//! Storing what arrives before anybody acknowledges it, many arrivals to one flush of the disk.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::channel::{Inbox, InboxError, Overheard, Received};
use crate::domain::{Clock, Inbound, Receipt, Said};
use crate::store::{Result, Store, forum, inbox, receipt};

/// Arrivals committed together at most.
const BATCH: usize = 128;
/// Arrivals that may wait for the database; beyond that channels are told to come back.
const QUEUE: usize = 4096;

type Waiting = (Arrival, oneshot::Sender<Result<(), InboxError>>);

/// What is to be stored.
enum Arrival {
    /// What was said, and the words as they were typed where numbers of persons in them were covered.
    Said(Received, Option<String>),
    Told(Vec<Receipt>),
    Overheard(Overheard),
}

/// What one place may say: so many at once, and so many a minute after that. Nobody reads faster.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(40).unwrap();
const A_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// Places that were quiet are forgotten every so many arrivals.
const TIDY: u32 = 4_096;

/// The inbox on the store.
#[derive(Clone)]
pub struct StoreInbox {
    queue: mpsc::Sender<Waiting>,
    floods: Arc<Floods>,
}

/// Places that say more than anybody can mean: the rest is not stored, and they are told so once.
struct Floods {
    each: DefaultKeyedRateLimiter<String>,
    told: DefaultKeyedRateLimiter<String>,
    checks: AtomicU32,
}

impl Default for Floods {
    fn default() -> Self {
        let each = RateLimiter::keyed(Quota::per_minute(A_MINUTE).allow_burst(AT_ONCE));
        Self { each, told: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)), checks: AtomicU32::new(0) }
    }
}

impl Floods {
    /// What is left of what was said; nothing when it is too much.
    fn passed(&self, received: Received) -> Option<Received> {
        // What is not their doing is never too much: that they left, that they took their consent back.
        if !matches!(
            received.said,
            Said::Text(_) | Said::Edited(_) | Said::Chose(_) | Said::Joined(_) | Said::Attached(_) | Said::Sent(_)
        ) {
            return Some(received);
        }
        if self.checks.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY) {
            self.each.retain_recent();
            self.told.retain_recent();
        }
        let from = received.from.to_string();
        if self.each.check_key(&from).is_ok() {
            return Some(received);
        }
        metrics::counter!("motcua_flooded_total", "channel" => received.from.channel.as_str()).increment(1);
        self.told.check_key(&from).is_ok().then_some(Received { said: Said::TooMuch, raw: None, ..received })
    }
}

impl StoreInbox {
    /// Begins to take arrivals; `wake` is notified when some were stored, each of them. The task ends when the last clone is gone.
    pub fn start(store: Store, clock: Arc<dyn Clock>, wake: Vec<Arc<Notify>>) -> (Self, tokio::task::JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(QUEUE);
        (Self { queue, floods: Arc::default() }, tokio::spawn(write_down(store, clock, wake, waiting)))
    }
}

#[async_trait]
impl Inbox for StoreInbox {
    /// Secrets are taken out here, before anything is written down.
    async fn accept(&self, received: Received) -> Result<(), InboxError> {
        let Some(received) = self.floods.passed(received) else { return Ok(()) };
        let typed = received.said.uncovered().map(|words| words.replace('\0', " "));
        self.put(Arrival::Said(Received { said: received.said.without_secrets().printable(), ..received }, typed)).await
    }

    async fn accept_overheard(&self, overheard: Overheard) -> Result<(), InboxError> {
        self.put(Arrival::Overheard(overheard)).await
    }

    async fn accept_receipts(&self, receipts: Vec<Receipt>) -> Result<(), InboxError> {
        self.put(Arrival::Told(receipts)).await
    }
}

impl StoreInbox {
    async fn put(&self, arrival: Arrival) -> Result<(), InboxError> {
        let (done, stored) = oneshot::channel();
        self.queue.try_send((arrival, done)).map_err(|_| InboxError("too much is waiting".to_owned()))?;
        stored.await.map_err(|_| InboxError("the program is stopping".to_owned()))?
    }
}

async fn write_down(store: Store, clock: Arc<dyn Clock>, wake: Vec<Arc<Notify>>, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let together = store.in_time(store_all(&store, clock.as_ref(), &batch)).await;
        for waiting in batch.drain(..) {
            let stored = match &together {
                Ok(()) => Ok(()),
                // One arrival that the database refuses must not fail those that came with it.
                Err(error) if error.is_refusal() || error.is_collision() => {
                    let alone = store_all(&store, clock.as_ref(), std::slice::from_ref(&waiting));
                    store.in_time(alone).await.map_err(|error| InboxError(error.to_string()))
                }
                // Each alone would wait as long, and in vain.
                Err(error) => Err(InboxError(error.to_string())),
            };
            if let Err(error) = &stored {
                tracing::error!(%error, "an arrival is not stored");
            }
            // A channel that no longer waits will be told again by its vendor; the repeat does nothing.
            let _ = waiting.1.send(stored);
        }
        for wake in &wake {
            wake.notify_one();
        }
    }
}

async fn store_all(store: &Store, clock: &dyn Clock, batch: &[Waiting]) -> Result<()> {
    let said = batch.iter().filter_map(|(arrival, _)| match arrival {
        Arrival::Said(received, typed) => Some((received, typed)),
        _ => None,
    });
    let inbounds: Vec<(Inbound, &Received, &Option<String>)> = said
        .map(|(received, typed)| {
            let inbound = Inbound {
                id: clock.fresh_id(),
                external_id: received.external_id.clone(),
                from: received.from.clone(),
                at: clock.now(),
                said: received.said.clone(),
                lang_hint: received.lang_hint,
            };
            (inbound, received, typed)
        })
        .collect();
    let mut tx = store.write().await?;
    let rows = inbounds.iter().map(|(inbound, received, _)| (inbound, received.raw.as_deref()));
    let new = inbox::add_all(&mut tx, rows).await?;
    for (inbound, _, typed) in &inbounds {
        if let Some(typed) = typed.as_deref().filter(|_| new.contains(&inbound.id)) {
            inbox::keep_uncovered(&mut tx, inbound.id, typed).await?;
        }
    }
    for (arrival, _) in batch {
        match arrival {
            Arrival::Said(..) => {}
            Arrival::Overheard(Overheard { external_id, word }) => {
                if let Some(word) = word {
                    forum::hear(&mut tx, clock.fresh_id(), external_id, word, clock.now()).await?;
                }
            }
            Arrival::Told(receipts) => {
                for told in receipts {
                    receipt::add(&mut tx, told).await?;
                }
            }
        }
    }
    tx.commit().await
}
