//! Forgetting in time.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::domain::Clock;
use crate::store::{Result, Store, conversation, lesson};

/// How often old conversations are looked for.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Days for which lessons are kept: long enough for two rounds of work on the content.
const LESSONS_KEPT: u32 = 180;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Deletes what is older than may be kept.
pub struct Upkeep {
    /// The database.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Days a conversation is kept after its last message.
    pub keep_days: u16,
}

impl Upkeep {
    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            match self.forget().await {
                Ok(0) => {}
                Ok(gone) => tracing::info!(gone, "old conversations deleted"),
                Err(error) => tracing::error!(%error, "upkeep"),
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// Deletes what is too old now. Returns how many conversations went.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self) -> Result<u64> {
        let mut tx = self.store.write().await?;
        let now = self.clock.now();
        let gone = conversation::forget_before(&mut tx, now.minus(DAY * u32::from(self.keep_days))).await?;
        lesson::forget_before(&mut tx, &now.minus(DAY * LESSONS_KEPT).date().to_string()).await?;
        tx.commit().await?;
        Ok(gone)
    }
}
