//! Topics of the hotline's group: made when something is to be posted, closed, opened and deleted as their tickets are, and made
//! again when somebody deleted them.

use std::time::Duration;

use uuid::Uuid;

use super::Hotline;
use super::group::{fresh, line, put};
use super::hotline::QUOTED;
use crate::domain::{Address, ChannelName, Message, Priority, SendError, Unreachable, shorten};
use crate::store::Result;
use crate::store::forum::{self, Amiss};

/// What could not be done with a topic is tried again after this; longer than making one takes.
const AGAIN: Duration = Duration::from_secs(60);
/// A topic is deleted so long after its ticket ended: as long as the files in it are kept.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Hotline {
    /// Looks after topics: makes those that are wanted, closes, opens and deletes those that are not as they should be; tells
    /// whoever wrote something that did not arrive. What goes wrong with one holds up none of the others.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tend(&self) -> Result<()> {
        let (store, clock) = (&self.handoff.store, &self.handoff.clock);
        let present = forum::present(&mut store.read().await?, &self.configured).await?;
        self.forum.follow(&present);
        if let Err(error) = self.tell_undelivered().await {
            tracing::error!(%error, "messages of officers that did not arrive");
        }
        for (id, question) in forum::wanting(&mut store.read().await?, clock.now()).await? {
            self.open(id, &question).await?;
        }
        let now = clock.now();
        for amiss in forum::amiss(&mut store.read().await?, now, now.minus(KEPT)).await? {
            self.put_right(&amiss).await?;
        }
        Ok(())
    }

    async fn put_right(&self, amiss: &Amiss) -> Result<()> {
        let (topic, done) = match amiss {
            Amiss::Open(topic) => (topic, self.forum.close(topic).await),
            Amiss::Closed(topic) => (topic, self.forum.reopen(topic).await),
            Amiss::Forgotten(topic) => (topic, self.forum.delete(topic).await),
        };
        let mut tx = self.handoff.store.write().await?;
        match (amiss, done) {
            (Amiss::Forgotten(_), Ok(()) | Err(SendError::Unreachable(Unreachable::NoTopic))) => {
                forum::deleted(&mut tx, topic).await?;
            }
            (_, Err(SendError::Unreachable(Unreachable::NoTopic))) => {
                forum::lost(&mut tx, &Address::new(ChannelName::Telegram, topic)).await?;
            }
            // Refused because it is so already.
            (Amiss::Open(_), Ok(()) | Err(SendError::Rejected(_))) => forum::set_open(&mut tx, topic, false).await?,
            (Amiss::Closed(_), Ok(()) | Err(SendError::Rejected(_))) => forum::set_open(&mut tx, topic, true).await?,
            (_, Err(error)) => {
                tracing::warn!(%error, "a topic of the hotline's group");
                forum::later(&mut tx, topic, self.handoff.clock.now().plus(AGAIN)).await?;
            }
        }
        tx.commit().await
    }

    /// Makes the topic of a ticket.
    async fn open(&self, ticket: Uuid, question: &str) -> Result<()> {
        let (store, clock) = (&self.handoff.store, &self.handoff.clock);
        let mut tx = store.write().await?;
        if let Some((peer, _)) = forum::topic_of(&mut tx, ticket).await? {
            forum::place(&mut tx, ticket, &peer.peer, clock.now()).await?;
            return self.handoff.commit(tx).await;
        }
        let now = clock.now();
        if !forum::take(&mut tx, ticket, now, now.plus(AGAIN)).await? {
            return Ok(());
        }
        tx.commit().await?;
        match self.forum.open(question).await {
            Ok(peer) => {
                let mut tx = store.write().await?;
                forum::made(&mut tx, ticket, &peer, clock.now()).await?;
                self.handoff.commit(tx).await
            }
            Err(SendError::Unreachable(Unreachable::Moved(chat))) => {
                self.forum.follow(&chat);
                let mut tx = store.write().await?;
                forum::moved(&mut tx, &self.configured, &chat).await?;
                tx.commit().await
            }
            Err(error) => {
                tracing::warn!(%error, "no topic can be made in the hotline's group");
                Ok(())
            }
        }
    }

    async fn tell_undelivered(&self) -> Result<()> {
        if !forum::asks_after(&mut self.handoff.store.read().await?).await? {
            return Ok(());
        }
        let mut tx = self.handoff.store.write().await?;
        let failed = forum::undelivered(&mut tx).await?;
        for (ticket, message) in &failed {
            let words = shorten(&message.as_ref().map(Message::to_plain).unwrap_or_default(), QUOTED);
            let told = line(&self.handoff.wording, "group-undelivered", [("words", words)]);
            let (id, now) = fresh(self.handoff.clock.as_ref());
            put(&mut tx, *ticket, &id, told, Priority::Reply, now).await?;
        }
        // Nobody is woken for what went well.
        if failed.is_empty() { tx.commit().await } else { self.handoff.commit(tx).await }
    }
}
