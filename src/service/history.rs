//! What was said in a conversation, by both sides, in order: for channels that show it themselves.

use std::time::Duration;

use crate::domain::ticket::Ticket;
use crate::domain::{Address, Entry, Lang, Timestamp};
use crate::engine::handoff::DESK;
use crate::seal::token_hash;
use crate::service::state::state_at;
use crate::store::{
    Result, Store, Tx, citizen, conversation, edition, follow, inbox, look, outbox, paper, recipient, subscriber, ticket, walk,
};

/// The newest entries that are shown.
const MOST: u32 = 60;
/// The same of a conversation with staff: it is read as a whole.
const MOST_OF_TICKET: u32 = 400;
/// How long before the question what was said belongs to it.
const LATELY: Duration = Duration::from_secs(12 * 60 * 60);

/// Reading and forgetting conversations.
#[derive(Clone, Debug)]
pub struct History {
    /// The database.
    pub store: Store,
}

impl History {
    /// The ticket whose transcript this is the token of, while it is good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_transcript(&self, token: &str, now: Timestamp) -> Result<Option<Ticket>> {
        ticket::by_transcript(&mut self.store.read().await?, &token_hash(token), now).await
    }

    /// The newest entries of a conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(&self, address: &Address) -> Result<Vec<Entry>> {
        self.until(address, Timestamp::END, MOST).await
    }

    /// What belongs to a ticket: what was said lately before it, until it ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_ticket(&self, ticket: &Ticket) -> Result<Vec<Entry>> {
        let mut entries = self.until(&ticket.from, ticket.closed_at.unwrap_or(Timestamp::END), MOST_OF_TICKET).await?;
        entries.retain(|entry| entry.at() >= ticket.opened_at.minus(LATELY));
        Ok(entries)
    }

    /// The language in which somebody is answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lang(&self, address: &Address) -> Result<Lang> {
        let state = state_at(&mut self.store.read().await?, address).await?;
        Ok(state.lang.unwrap_or_default())
    }

    /// Everything that is kept of a conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whole(&self, address: &Address) -> Result<Vec<Entry>> {
        self.until(address, Timestamp::END, u32::MAX).await
    }

    async fn until(&self, address: &Address, until: Timestamp, most: u32) -> Result<Vec<Entry>> {
        let mut tx = self.store.read().await?;
        let said = inbox::history(&mut tx, address, until, most).await?;
        let told = outbox::history(&mut tx, address, until, most).await?;
        let mut entries: Vec<Entry> =
            said.into_iter().map(|said| Entry::Citizen { id: said.id.to_string(), at: said.at, said: said.said }).collect();
        entries.extend(told.into_iter().map(|(id, at, message)| Entry::Us { id, at, message }));
        entries.sort_by(|a, b| a.id().cmp(b.id()));
        let old = entries.len().saturating_sub(most as usize);
        Ok(entries.split_off(old))
    }

    /// Whether something said there waits for its turn, or to be looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_waiting(&self, address: &Address) -> Result<bool> {
        let mut tx = self.store.read().await?;
        Ok(inbox::is_waiting(&mut tx, address).await? || look::is_waiting(&mut tx, address).await?)
    }

    /// The name of the photo or file that the conversation waits for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn asks_file(&self, address: &Address) -> Result<Option<String>> {
        let state = state_at(&mut self.store.read().await?, address).await?;
        if state.is_with_officer() {
            return Ok(Some(DESK.to_owned()));
        }
        Ok(state.asking.filter(|_| state.helper.is_none()).and_then(|asking| asking.file()))
    }

    /// Deletes a conversation and everything said in it, and what waits to be taken up elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self, address: &Address) -> Result<()> {
        let mut tx = self.store.write().await?;
        Self::forget_in(&mut tx, address).await?;
        tx.commit().await
    }

    /// The same within a transaction.
    pub(super) async fn forget_in(tx: &mut Tx, address: &Address) -> Result<()> {
        let state = state_at(tx, address).await?;
        for progress in &state.walks {
            walk::forget(tx, progress.run).await?;
        }
        citizen::forget_place(tx, address).await?;
        follow::forget(tx, address).await?;
        look::forget(tx, address).await?;
        ticket::forget(tx, address).await?;
        edition::forget(tx, address).await?;
        subscriber::remove(tx, address).await?;
        recipient::forget(tx, address).await?;
        paper::forget(tx, address).await?;
        conversation::forget(tx, address).await
    }
}
