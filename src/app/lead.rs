//! Work that only one process does at a time: it begins where the lead is, ends where it is lost, and goes on elsewhere.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::domain::ChannelName;
use crate::store::Store;

/// How often the leads are asked for: what another process did goes on here at the latest after that, and
/// [`QUIET`](crate::store::lead::QUIET) where it is cut off.
const ASK_EVERY: Duration = Duration::from_secs(2);
/// A server that does not answer for so long has given our leads away, or will.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long work may take to end that lost its lead; then it is left off where it stands: its transaction never happened.
const LAST_WORDS: Duration = Duration::from_secs(60);

/// Who leads what, as far as this process is concerned.
#[derive(Clone)]
pub(super) struct Leading {
    names: watch::Sender<BTreeSet<&'static str>>,
    held: watch::Receiver<BTreeSet<&'static str>>,
}

impl Leading {
    /// Begins to ask for leads as soon as something [waits](Self::alone) for one, until `stop`. The task gives them up when it
    /// ends: it is stopped when all work has ended.
    pub(super) fn start(store: &Store, stop: CancellationToken) -> (Self, JoinHandle<()>) {
        let (names, wanted) = watch::channel(BTreeSet::new());
        let (told, held) = watch::channel(BTreeSet::new());
        let asking = tokio::spawn(ask(store.clone(), wanted, told, stop));
        (Self { names, held }, asking)
    }

    /// Does `work` while this process has the lead called `name`: it is begun with a token that is cancelled when the lead is lost
    /// or the program stops, and anew when the lead comes back. Ends with `stop`, or when the work ends without being told to.
    pub(super) async fn alone<F, W>(self, name: &'static str, stop: CancellationToken, work: F)
    where
        F: Fn(CancellationToken) -> W + Send,
        W: Future<Output = ()> + Send,
    {
        self.names.send_if_modified(|names| names.insert(name));
        let mut held = self.held;
        loop {
            tokio::select! {
                led = held.wait_for(|held| held.contains(name)) => if led.is_err() { return },
                () = stop.cancelled() => return,
            }
            tracing::debug!(name, "leads");
            let ours = stop.child_token();
            let work = work(ours.clone());
            tokio::pin!(work);
            tokio::select! {
                () = &mut work => return,
                _ = held.wait_for(|held| !held.contains(name)) => {}
            }
            tracing::warn!(name, "another process may do this now");
            ours.cancel();
            // Work may be waiting for a server that is gone, and would never look at its token.
            if tokio::time::timeout(LAST_WORDS, work).await.is_err() {
                tracing::error!(name, "did not end when told to, and was left off");
            }
        }
    }
}

async fn ask(
    store: Store,
    mut wanted: watch::Receiver<BTreeSet<&'static str>>,
    told: watch::Sender<BTreeSet<&'static str>>,
    stop: CancellationToken,
) {
    let mut leads = store.leads();
    loop {
        let names: Vec<&'static str> = wanted.borrow_and_update().iter().copied().collect();
        let held = match tokio::time::timeout(PATIENCE, leads.hold(&names)).await {
            Ok(Ok(held)) => held,
            Ok(Err(error)) => {
                tracing::error!(%error, "leads");
                BTreeSet::new()
            }
            Err(_) => {
                tracing::error!("leads: the database does not answer");
                BTreeSet::new()
            }
        };
        told.send_if_modified(|now| {
            let changed = *now != held;
            *now = held;
            changed
        });
        tokio::select! {
            () = tokio::time::sleep(ASK_EVERY) => {}
            _ = wanted.changed() => {}
            () = stop.cancelled() => return,
        }
    }
}

/// The lead of sending on a channel: its pace is kept in one place, so that the vendor's limits hold for all processes together.
pub(super) fn courier(channel: ChannelName) -> &'static str {
    match channel {
        ChannelName::Telegram => "courier telegram",
        ChannelName::Web => "courier web",
        ChannelName::Zalo => "courier zalo",
        ChannelName::ZaloBot => "courier zalo bot",
    }
}
