//! What became of sends, written down: all at once, and one by one when the database refuses one of them.
//!
//! A send stays in the lists until its mark is on disk: a round that is cut off in the middle finds it there again.

use super::super::bulk::Bulk;
use super::super::mark::mark;
use super::super::pace::Pacer;
use super::{Courier, Done};
use crate::channel::Channel;
use crate::domain::Timestamp;
use crate::store::{Result, StoreError, Tx, outbox};

impl Courier {
    /// Marks every send that ended, in a few statements however many there are.
    pub(super) async fn write_down(&mut self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let channel = self.channel.as_ref();
        marked(&self.done, tx, channel, &mut self.pacer, now).await?;
        Bulk::mark(&self.bulk.done, tx, channel, &mut self.pacer, now).await
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
    ///
    /// # Errors
    /// When the database is in trouble itself; what is not marked then stays.
    pub(super) async fn write_down_each(&mut self) -> Result<()> {
        let (channel, now) = (self.channel.as_ref(), self.clock.now());
        while let Some(done) = self.done.last() {
            let mut tx = self.store.write().await?;
            let written = marked(std::slice::from_ref(done), &mut tx, channel, &mut self.pacer, now).await;
            if committed(tx, written).await?
                && let Some(journal) = &self.journal
            {
                journal.marked([done.claimed.outbound.id.as_str()]);
            }
            self.done.pop();
        }
        while let Some(done) = self.bulk.done.last() {
            let mut tx = self.store.write().await?;
            let written = Bulk::mark(std::slice::from_ref(done), &mut tx, channel, &mut self.pacer, now).await;
            committed(tx, written).await?;
            self.bulk.done.pop();
        }
        Ok(())
    }
}

async fn marked(done: &[Done], tx: &mut Tx, channel: &dyn Channel, pacer: &mut Pacer, now: Timestamp) -> Result<()> {
    let taken = done.iter().filter_map(|done| {
        let sent = done.result.as_ref().ok()?;
        Some((done.claimed.outbound.id.as_str(), sent.external_id.as_deref()))
    });
    outbox::settle_sent(tx, &taken.collect::<Vec<_>>(), now).await?;
    for done in done {
        mark(tx, channel, pacer, done, now).await?;
    }
    Ok(())
}

/// Whether what was `written` is on disk; not when the database refuses it.
async fn committed(tx: Tx, written: Result<()>) -> Result<bool> {
    let done = match written {
        Ok(()) => tx.commit().await,
        refused => refused,
    };
    match done {
        Err(error) if StoreError::is_refusal(&error) => {
            tracing::error!(%error, "what became of a send cannot be written down");
            Ok(false)
        }
        done => done.map(|()| true),
    }
}
