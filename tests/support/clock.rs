//! A clock that a test moves.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use motcua::domain::{Clock, Timestamp};
use uuid::Uuid;

/// Noon of 21 November 2026 in Viet Nam.
pub const NOON: Timestamp = Timestamp(1_795_237_200_000);

/// Stands still until told. Ids count up, so they sort in the order in which they were made.
#[derive(Debug)]
pub struct ManualClock {
    now: AtomicI64,
    ids: AtomicU64,
}

impl Default for ManualClock {
    fn default() -> Self {
        Self { now: AtomicI64::new(NOON.0), ids: AtomicU64::new(1) }
    }
}

impl ManualClock {
    /// The clock was set wrong, and somebody puts it back.
    pub fn step_back(&self, by: Duration) {
        self.now.fetch_sub(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub fn advance(&self, by: Duration) {
        self.now.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn fresh_id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.ids.fetch_add(1, Ordering::SeqCst)))
    }

    fn secret(&self) -> Uuid {
        Uuid::from_u128(u128::MAX - u128::from(self.ids.fetch_add(1, Ordering::SeqCst)))
    }
}
