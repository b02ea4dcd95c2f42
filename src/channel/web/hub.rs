//! Which conversations are open in a browser right now.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast;

/// Pings kept for a slow listener; it reads everything new at the first one anyway.
const PINGS: usize = 4;

/// Tells open pages that there is something new. Nothing is carried and nothing is lost with it: pages read the store.
#[derive(Debug, Default)]
pub struct Hub {
    // A std mutex: it is held for a map lookup only, never across an await.
    open: Mutex<HashMap<String, broadcast::Sender<()>>>,
}

impl Hub {
    /// Listens for news of `peer`.
    pub fn listen(&self, peer: &str) -> broadcast::Receiver<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.entry(peer.to_owned()).or_insert_with(|| broadcast::channel(PINGS).0).subscribe()
    }

    /// Ends all listening: the program stops, and open pages are to come back later.
    pub fn close(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Tells the listeners of `peer`, if there are any.
    pub fn ping(&self, peer: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = open.get(peer).is_some_and(|listeners| listeners.send(()).is_ok());
        if !heard {
            open.remove(peer);
        }
    }
}
