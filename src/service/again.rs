//! Doing a thing anew that another transaction was in the way of.

use crate::store::Result;

/// How often it is tried at most.
const TRIES: usize = 4;

/// Does what turns and other people may be in the way of (PostgreSQL), and would do another time. What it does must be one
/// transaction: nothing of the time before is left.
pub(super) async fn persistently<T, F: Future<Output = Result<T>>>(act: impl Fn() -> F) -> Result<T> {
    for _ in 1..TRIES {
        match act().await {
            Err(error) if error.is_collision() => tracing::debug!(%error, "it is done again"),
            done => return done,
        }
    }
    act().await
}
