//! Which conversations are open in a browser right now.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{broadcast, mpsc};

/// Pings kept for a slow listener; it reads everything new at the first one anyway.
const PINGS: usize = 4;

/// Tells open pages that there is something new. Nothing is carried and nothing is lost with it: pages read the store.
#[derive(Debug, Default)]
pub struct Hub {
    // A std mutex: it is held for a map lookup only, never across an await.
    open: Mutex<Open>,
    /// Where other processes are told, whose pages may be open.
    far: Option<mpsc::Sender<String>>,
}

#[derive(Debug, Default)]
struct Open {
    peers: HashMap<String, broadcast::Sender<()>>,
    /// Size at which conversations nobody listens to any more are swept out.
    sweep_at: usize,
    closed: bool,
}

/// Below this size nothing is swept.
const SMALL: usize = 256;

impl Hub {
    /// Tells `far` too, of everybody who has something new.
    pub fn with_others(far: mpsc::Sender<String>) -> Self {
        Self { far: Some(far), ..Self::default() }
    }

    /// Tells open pages of `peer`, here and in other processes.
    pub(super) fn announce(&self, peer: &str) {
        self.ping(peer);
        if let Some(far) = &self.far {
            // Too many wait: those pages look by themselves.
            let _ = far.try_send(peer.to_owned());
        }
    }

    /// Listens for news of `peer`. After [`Hub::close`] there is none: the receiver is closed.
    pub fn listen(&self, peer: &str) -> broadcast::Receiver<()> {
        let mut open = self.lock();
        if open.closed {
            return broadcast::channel(PINGS).1;
        }
        if open.peers.len() >= open.sweep_at.max(SMALL) {
            open.peers.retain(|_, listeners| listeners.receiver_count() > 0);
            open.sweep_at = open.peers.len() * 2;
        }
        open.peers.entry(peer.to_owned()).or_insert_with(|| broadcast::channel(PINGS).0).subscribe()
    }

    /// How many listen for news of `peer`.
    pub(super) fn listeners(&self, peer: &str) -> usize {
        self.lock().peers.get(peer).map_or(0, broadcast::Sender::receiver_count)
    }

    /// Ends all listening: the program stops, and open pages are to come back later.
    pub fn close(&self) {
        let mut open = self.lock();
        open.closed = true;
        open.peers.clear();
    }

    /// Tells the listeners of `peer`, if there are any.
    pub fn ping(&self, peer: &str) {
        let mut open = self.lock();
        let heard = open.peers.get(peer).is_some_and(|listeners| listeners.send(()).is_ok());
        if !heard {
            open.peers.remove(peer);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_left_is_forgotten_and_a_closed_hub_tells_nothing() {
        let hub = Hub::default();
        for peer in 0..10_000 {
            drop(hub.listen(&peer.to_string()));
        }
        assert!(hub.lock().peers.len() <= 2 * SMALL);
        hub.close();
        assert!(matches!(hub.listen("a").try_recv(), Err(broadcast::error::TryRecvError::Closed)));
    }
}
