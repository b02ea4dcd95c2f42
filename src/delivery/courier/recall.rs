//! What an earlier process left: sends it noted and did not mark, leases, and how much of a vendor's limit it has used.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use super::super::journal::Journal;
use super::Courier;
use crate::domain::Timestamp;
use crate::store::{Result, outbox};

/// What left so long ago counts when sending begins: the longest span of any vendor.
const RECALLED: Duration = Duration::from_secs(60);
/// Sends of an earlier process that are marked with one statement.
const MARKED_AT_ONCE: usize = 1_000;
/// How long a journal is left to another process that has it.
const JOURNAL_AGAIN: Duration = Duration::from_secs(5);

impl Courier {
    /// Marks what was sent before a crash, and takes into account what left a moment ago, by another process or before a restart: the
    /// vendor counts it too.
    pub(super) async fn recall(&mut self) -> Result<()> {
        let (overall, name, now) = (self.channel.overall_rate(), self.channel.name(), self.clock.now());
        // Before leases are ended: what was being sent may have left.
        let left = outbox::left_since(&mut self.store.read().await?, name, now.minus(RECALLED), now).await?;
        self.open_journal(now).await?;
        for (peer, at) in left {
            let peer = self.channel.paced_with(&peer);
            self.pacer.sent(overall, at);
            self.pacer.sent_to(peer, self.channel.rate_to(peer), at);
        }
        Ok(())
    }

    /// Opens the journal and marks what an earlier process noted in it. One that another process still has is tried again later.
    pub(super) async fn open_journal(&mut self, now: Timestamp) -> Result<()> {
        let Some(path) = self.journal_at.as_ref().filter(|_| self.journal.is_none() && now >= self.journal_again) else {
            return Ok(());
        };
        match Journal::open(path) {
            Ok((journal, noted)) => {
                let sent: Vec<_> = noted.iter().map(|(id, external_id)| (id.as_str(), external_id.as_deref())).collect();
                let mut tx = self.store.write().await?;
                for sent in sent.chunks(MARKED_AT_ONCE) {
                    outbox::settle_sent(&mut tx, sent, now).await?;
                }
                let is_idle = self.sends.is_empty() && self.done.is_empty() && self.bulk.done.is_empty();
                if !self.store.is_shared() && is_idle {
                    // Whoever has the journal is alone with a database of one process: what was being sent, nobody sends.
                    outbox::end_leases(&mut tx, self.channel.name()).await?;
                }
                tx.commit().await?;
                journal.marked(sent.iter().map(|(id, _)| *id));
                self.journal = Some(Arc::new(journal));
            }
            // A process that is about to end, or one that should not be there.
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                tracing::warn!(path = %path.display(), "another process has the journal of sends; a crash may repeat some");
                self.journal_again = now.plus(JOURNAL_AGAIN);
            }
            Err(error) => {
                tracing::warn!(%error, path = %path.display(), "no journal of sends; a crash may repeat some");
                self.journal_at = None;
            }
        }
        Ok(())
    }
}
