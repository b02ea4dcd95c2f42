//! What became of sends, written down: all at once, and one by one when the database refuses one of them.

use super::super::mark::mark;
use super::Courier;
use crate::domain::Timestamp;
use crate::store::{Result, Tx, outbox};

impl Courier {
    /// Marks every send that ended, in a few statements however many there are.
    pub(super) async fn write_down(&mut self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let taken = self.done.iter().filter_map(|done| {
            let sent = done.result.as_ref().ok()?;
            Some((done.claimed.outbound.id.as_str(), sent.external_id.as_deref()))
        });
        outbox::settle_sent(tx, &taken.collect::<Vec<_>>(), now).await?;
        for done in &self.done {
            mark(tx, self.channel.as_ref(), &mut self.pacer, done, now).await?;
        }
        self.bulk.mark(tx, self.channel.as_ref(), &mut self.pacer, now).await
    }

    /// Forgets the sends whose marks are on disk.
    pub(super) fn is_written_down(&mut self) {
        if let Some(journal) = &self.journal {
            journal.marked(self.done.iter().map(|done| done.claimed.outbound.id.as_str()));
        }
        self.done.clear();
        self.bulk.done.clear();
    }

    /// Marks each send by itself: one that the database refuses must not keep the others, and the whole channel, waiting. That one is
    /// left to the end of its lease.
    pub(super) async fn write_down_each(&mut self) {
        let (messages, bulk) = (std::mem::take(&mut self.done), std::mem::take(&mut self.bulk.done));
        let (mut later, mut bulk_later) = (Vec::new(), Vec::new());
        for done in messages {
            self.done.push(done);
            self.write_down_alone().await;
            later.append(&mut self.done);
        }
        for done in bulk {
            self.bulk.done.push(done);
            self.write_down_alone().await;
            bulk_later.append(&mut self.bulk.done);
        }
        (self.done, self.bulk.done) = (later, bulk_later);
    }

    /// Marks what is there, which stays only when the database is in trouble itself.
    async fn write_down_alone(&mut self) {
        let (store, now) = (self.store.clone(), self.clock.now());
        let written = async {
            let mut tx = store.write().await?;
            self.write_down(&mut tx, now).await?;
            tx.commit().await
        };
        match store.in_time(written).await {
            Ok(()) => self.is_written_down(),
            Err(error) if error.is_refusal() => {
                tracing::error!(%error, channel = %self.channel.name(), "what became of a send cannot be written down");
                self.done.clear();
                self.bulk.done.clear();
            }
            Err(error) => tracing::error!(%error, channel = %self.channel.name(), "outbox"),
        }
    }
}
