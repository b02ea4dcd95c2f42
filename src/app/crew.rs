//! Who works in the house, and how they are sent home.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lead::Leading;
use crate::config::Role;
use crate::store::Store;

/// How long open requests and sends may take to end when the program stops.
pub(super) const LAST_CALL: Duration = Duration::from_secs(15);

/// The tasks of a process, told to stop from the street inwards and out again.
pub(super) struct Crew {
    pub role: Role,
    /// Nothing new is taken in any more.
    pub street: CancellationToken,
    /// No turns are taken any more.
    pub turns: CancellationToken,
    /// Nothing is sent any more.
    pub sends: CancellationToken,
    tasks: TaskTracker,
    /// Somebody ended who must not.
    died: CancellationToken,
    leading: Leading,
    asking: JoinHandle<()>,
    leads: CancellationToken,
}

impl Crew {
    pub(super) fn gathered(role: Role, store: &Store) -> Self {
        let leads = CancellationToken::new();
        let (leading, asking) = Leading::start(store, leads.clone());
        let (street, turns, sends, died) = Default::default();
        Self { role, street, turns, sends, tasks: TaskTracker::new(), died, leading, asking, leads }
    }

    /// Somebody works until they are done.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(work);
    }

    /// Somebody works who must not end before they are told to: when they do, by a bug, the whole program stops and its supervisor
    /// starts it again, instead of looking healthy while it is deaf.
    pub(super) fn vital(&self, work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        let alarm = self.died.clone().drop_guard();
        self.tasks.spawn(async move {
            let _alarm = alarm;
            work.await;
        })
    }

    /// The same for what only one process does at a time: begun wherever the lead called `name` is.
    pub(super) fn alone<F, W>(&self, name: &'static str, stop: &CancellationToken, work: F)
    where
        F: Fn(CancellationToken) -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        self.vital(self.leading.clone().alone(name, stop.clone(), work));
    }

    /// Waits until somebody tells the program to stop, or a vital part has ended by itself: true then.
    ///
    /// # Errors
    /// When signals cannot be heard.
    pub(super) async fn has_failed(&self) -> anyhow::Result<bool> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = self.died.cancelled() => tracing::error!("a part of the program ended by itself; stopping, to be started anew"),
        }
        Ok(self.died.is_cancelled())
    }

    /// The last go home: sends under way are marked, then leads are given up.
    pub(super) async fn leaves(self) {
        self.sends.cancel();
        self.tasks.close();
        if tokio::time::timeout(LAST_CALL, self.tasks.wait()).await.is_err() {
            tracing::warn!("some sends did not end in time; they are repeated at the next start");
        }
        self.leads.cancel();
        let _ = tokio::time::timeout(LAST_CALL, self.asking).await;
    }
}
