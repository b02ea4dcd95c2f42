//! Processes that share a database wake one another: what arrived at one is answered by another, and what was written by one is sent,
//! or shown in an open page, by another.
//!
//! A call that is lost costs a moment: everybody looks from time to time as well.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::channel::web::Hub;
use crate::store::Store;

/// Pages named in one call: ids of 32 signs, and a call has 8,000 at most.
const PAGES: usize = 200;
/// Pages that wait to be named; more than that look by themselves.
pub(super) const WAITING: usize = 10_000;
/// Pause after the server could not be reached.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// What is called out, and who hears it.
pub(super) struct Calls {
    pub(super) store: Store,
    /// Tells our own calls from those of others.
    pub(super) me: Uuid,
    /// Rung when something arrived here, and when something was written here.
    pub(super) arrived_here: Arc<Notify>,
    pub(super) written_here: Arc<Notify>,
    /// Pages that have something new, wherever they are open.
    pub(super) pages: mpsc::Receiver<String>,
    /// Rung when something arrived elsewhere, and when something was written there.
    pub(super) arrived: Vec<Arc<Notify>>,
    pub(super) written: Vec<Arc<Notify>>,
    /// Our own open pages.
    pub(super) hub: Arc<Hub>,
}

impl Calls {
    /// Calls and listens until `stop`. With one process there is nobody to call.
    pub(super) async fn run(self, stop: CancellationToken) {
        if !self.store.is_shared() {
            return;
        }
        let Self { store, me, arrived_here, written_here, mut pages, arrived, written, hub } = self;
        let listening = listen(&store, me, &arrived, &written, &hub);
        let calling = async {
            let mut named = Vec::new();
            loop {
                let words = tokio::select! {
                    () = arrived_here.notified() => format!("{me} arrived"),
                    () = written_here.notified() => format!("{me} written"),
                    count = pages.recv_many(&mut named, PAGES) => {
                        if count == 0 {
                            return;
                        }
                        let words = format!("{me} pages {}", named.join(" "));
                        named.clear();
                        words
                    }
                };
                if let Err(error) = store.in_time(store.call_out(&words)).await {
                    tracing::warn!(%error, "other processes are not told; they look by themselves");
                }
            }
        };
        tokio::select! {
            () = listening => {}
            () = calling => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn listen(store: &Store, me: Uuid, arrived: &[Arc<Notify>], written: &[Arc<Notify>], hub: &Hub) {
    let me = me.to_string();
    loop {
        let listening = async {
            let Some(mut listener) = store.listen().await? else { return Ok(()) };
            // Whatever was called out before is looked for once.
            arrived.iter().chain(written).for_each(|wake| wake.notify_one());
            loop {
                let words = listener.heard().await?;
                match words.split_once(' ') {
                    Some((from, _)) if from == me => {}
                    Some((_, "arrived")) => arrived.iter().for_each(|wake| wake.notify_one()),
                    Some((_, "written")) => written.iter().for_each(|wake| wake.notify_one()),
                    Some((_, call)) => {
                        call.strip_prefix("pages ").unwrap_or_default().split(' ').for_each(|peer| hub.ping(peer));
                    }
                    None => {}
                }
            }
        };
        let ended: crate::store::Result<()> = listening.await;
        if let Err(error) = ended {
            tracing::warn!(%error, "other processes are not heard; looking by ourselves");
        }
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}
