//! What an officer does with a ticket: each act one transaction, each by compare-and-set.

use uuid::Uuid;

use super::{Handoff, LONGEST_ANSWER, MOST_TAKEN};
use crate::channel::{Capabilities, fit};
use crate::domain::officer::{Officer, Right};
use crate::domain::ticket::{DeskEvent, Ending};
use crate::domain::{Block, Message, Priority, Span, Text};
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, agency, officer, ticket};

impl Handoff {
    /// Takes a waiting ticket. False when somebody was faster, or this officer has as many as one can look after.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, id: Uuid, officer: &Officer) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if !officer.may(Right::Answer, found.at.as_deref())
            || !ticket::claim(&mut tx, id, &officer.login, MOST_TAKEN, now).await?
        {
            return Ok(false);
        }
        self.noted(&mut tx, officer, "ticket taken", id).await?;
        self.tell(&mut tx, &found.from, DeskEvent::Taken { ticket: id, officer: officer.name.clone() }).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Writes to the citizen of a ticket that this officer has. False when they do not have it, or said nothing.
    ///
    /// # Errors
    /// When the database fails; nothing is sent then.
    pub async fn say(&self, id: Uuid, officer: &Officer, words: &str) -> Result<bool> {
        let words: String = words.trim().replace('\0', " ").chars().take(LONGEST_ANSWER).collect();
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if words.is_empty() || !ticket::answered(&mut tx, id, &officer.login, now).await? {
            return Ok(false);
        }
        let fresh = self.clock.fresh_id();
        for (n, message) in fit(answer_of(officer, &words), Capabilities::of(found.from.channel)).into_iter().enumerate() {
            let outbound =
                Outbound { id: format!("{fresh}.s{n:02}"), to: found.from.clone(), priority: Priority::Reply, message };
            add(&mut tx, &outbound, now).await?;
        }
        self.noted(&mut tx, officer, &format!("answered by message {fresh}"), id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Adds a note that only officers read. False when it is empty.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, id: Uuid, officer: &Officer, body: &str) -> Result<bool> {
        let body: String = body.trim().replace('\0', " ").chars().take(LONGEST_ANSWER).collect();
        if body.is_empty() {
            return Ok(false);
        }
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        ticket::add_note(&mut tx, self.clock.fresh_id(), id, &officer.login, &body, now).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Offers a ticket to a colleague, who has to say yes. False when it is not this officer's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn offer(&self, id: Uuid, officer: &Officer, to: &str) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let colleague = officer::by_login(&mut tx, to).await?.filter(|stored| stored.ended_at.is_none());
        let place = ticket::load(&mut tx, id).await?.and_then(|found| found.at);
        let can = colleague.is_some_and(|stored| stored.officer.may(Right::Answer, place.as_deref()));
        if !can || !ticket::offer(&mut tx, id, &officer.login, to, now).await? {
            return Ok(false);
        }
        self.noted(&mut tx, officer, &format!("ticket offered to {to}"), id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Says yes or no to a ticket that was offered. False when it is not offered to this officer any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decide(&self, id: Uuid, officer: &Officer, yes: bool) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        officer::hold(&mut tx, &officer.login).await?;
        if !ticket::decide_offer(&mut tx, id, &officer.login, yes, MOST_TAKEN, now).await? {
            return Ok(false);
        }
        if yes {
            self.tell(&mut tx, &found.from, DeskEvent::Taken { ticket: id, officer: officer.name.clone() }).await?;
        }
        self.noted(&mut tx, officer, if yes { "ticket accepted" } else { "ticket declined" }, id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Lets a ticket wait again, for everybody or for the officers of an agency. False when it is not this officer's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_back(&self, id: Uuid, officer: &Officer, place: Option<&str>) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        // A place that nobody looks after would hide it from everybody.
        let known = match place {
            Some(place) => agency::load(&mut tx, place).await?.is_some(),
            None => true,
        };
        if !known || !ticket::put_back(&mut tx, id, &officer.login, place, now).await? {
            return Ok(false);
        }
        self.tell(&mut tx, &found.from, DeskEvent::Returned { ticket: id }).await?;
        let to = place.map_or_else(|| "ticket put back".to_owned(), |place| format!("ticket put back for {place}"));
        self.noted(&mut tx, officer, &to, id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Ends a ticket: the conversation is the program's again. False when it is not this officer's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(&self, id: Uuid, officer: &Officer, ending: Ending) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if !ticket::close(&mut tx, id, Some(&officer.login), ending, now).await? {
            return Ok(false);
        }
        self.tell(&mut tx, &found.from, DeskEvent::Closed { ticket: id }).await?;
        self.noted(&mut tx, officer, &format!("ticket closed: {}", ending.name()), id).await?;
        self.commit(tx).await?;
        Ok(true)
    }
}

/// What an officer wrote, with their name before it.
fn answer_of(officer: &Officer, words: &str) -> Message {
    let mut blocks: Vec<Block> = vec![Block::Paragraph(vec![Span::Bold(format!("{}:", officer.name))])];
    blocks.extend(words.lines().filter(|line| !line.trim().is_empty()).map(Block::plain));
    Message { text: Text(blocks), ..Message::default() }
}
