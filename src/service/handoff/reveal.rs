//! Numbers of persons that a citizen told officers: covered, and shown to who may see them, for a reason that is written down.

use std::collections::HashSet;

use uuid::Uuid;

use super::Handoff;
use crate::domain::officer::{Officer, Right};
use crate::domain::personal::covered;
use crate::domain::shorten;
use crate::domain::ticket::Ticket;
use crate::service::audit::note;
use crate::store::{Result, inbox};

/// Letters that a reason has at least, and at most.
const SHORTEST_REASON: usize = 5;
const LONGEST_REASON: usize = 200;

impl Handoff {
    /// What was said in a ticket's conversation of which the numbers can be shown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn with_numbers(&self, of: &Ticket) -> Result<HashSet<Uuid>> {
        inbox::with_uncovered(&mut self.store.read().await?, &of.from).await
    }

    /// The words of `said` as they were typed. `None` when the officer may not see them, gives no reason, or there are none.
    ///
    /// # Errors
    /// When the database fails; nothing is shown then that was not noted.
    pub async fn reveal(&self, of: &Ticket, said: Uuid, officer: &Officer, reason: &str) -> Result<Option<String>> {
        let reason = covered(reason.trim());
        if !officer.may(Right::Reveal, of.at.as_deref()) || reason.chars().count() < SHORTEST_REASON {
            return Ok(None);
        }
        let mut tx = self.store.write().await?;
        let Some(words) = inbox::uncovered(&mut tx, &of.from, said).await? else { return Ok(None) };
        let action = format!("number shown: {}", shorten(&reason, LONGEST_REASON));
        note(&mut tx, &self.keys, self.clock.as_ref(), &officer.login, &action, &of.id.to_string()).await?;
        tx.commit().await?;
        Ok(Some(words))
    }
}
