//! Conversations that citizens gave to staff.

mod act;
mod beside;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::places::only;
use super::sealed::{QUESTION, Seal};
use super::{Result, StoreError, Tx, address, from_json, id, on};
use crate::domain::broadcast::BroadcastId;
use crate::domain::officer::Places;
use crate::domain::ticket::{Ending, Stage, Ticket};
use crate::domain::{Address, Timestamp};

pub use act::*;
pub use beside::*;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    channel: String,
    peer: String,
    place: String,
    stage: String,
    officer: Option<String>,
    offered: Option<String>,
    question: String,
    topic: Option<String>,
    opened_at: i64,
    taken_at: Option<i64>,
    answered_at: Option<i64>,
    citizen_at: i64,
    officer_at: Option<i64>,
    closed_at: Option<i64>,
    ending: Option<String>,
    labels: String,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Ticket> {
        let unknown = |what: &'static str, cause: &str| StoreError::Unreadable { what, cause: cause.to_owned() };
        let stage = [Stage::Waiting, Stage::Taken, Stage::Closed].into_iter().find(|stage| stage.name() == self.stage);
        let ending = self
            .ending
            .as_deref()
            .map(|name| Ending::ALL.into_iter().find(|ending| ending.name() == name).ok_or_else(|| unknown("ending", name)));
        Ok(Ticket {
            id: id("ticket", &self.id)?,
            from: address(&self.channel, self.peer)?,
            at: Some(self.place).filter(|place| !place.is_empty()),
            stage: stage.ok_or_else(|| unknown("stage", &self.stage))?,
            officer: self.officer,
            offered: self.offered,
            question: seal.read(QUESTION, self.question)?,
            topic: self.topic,
            opened_at: Timestamp(self.opened_at),
            taken_at: self.taken_at.map(Timestamp),
            answered_at: self.answered_at.map(Timestamp),
            citizen_at: Timestamp(self.citizen_at),
            officer_at: self.officer_at.map(Timestamp),
            closed_at: self.closed_at.map(Timestamp),
            ending: ending.transpose()?,
            labels: from_json("labels", &self.labels)?,
        })
    }
}

/// Tickets that fulfil a condition.
macro_rules! tickets {
    ($condition:literal) => {
        concat!(
            "SELECT id, channel, peer, place, stage, officer, offered, question, topic, opened_at, taken_at, answered_at,
                citizen_at, officer_at, closed_at, ending, labels FROM ticket WHERE ",
            $condition
        )
    };
}
use tickets;

/// Opens a ticket. False when the conversation is with staff already.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, ticket: &Ticket, consent: &str) -> Result<bool> {
    const SQL: &str =
        "INSERT INTO ticket (id, channel, peer, place, stage, question, topic, consent, opened_at, citizen_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9) ON CONFLICT DO NOTHING";
    let question = tx.seal.text(QUESTION, &ticket.question);
    let opened = on!(tx, connection => sqlx::query(SQL).bind(ticket.id.to_string()).bind(ticket.from.channel.as_str())
        .bind(&ticket.from.peer).bind(ticket.at.as_deref().unwrap_or_default()).bind(ticket.stage.name()).bind(question)
        .bind(&ticket.topic).bind(consent).bind(ticket.opened_at.0).execute(connection).await?.rows_affected());
    Ok(opened > 0)
}

/// Notes the broadcast that led somebody to ask.
///
/// # Errors
/// When the database fails.
pub async fn led_by(tx: &mut Tx, ticket: Uuid, broadcast: BroadcastId) -> Result<()> {
    const SQL: &str = "UPDATE ticket SET broadcast = $2 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(broadcast).execute(connection).await?.rows_affected());
    Ok(())
}

/// The broadcast that led to a ticket.
///
/// # Errors
/// When the database fails.
pub async fn broadcast_of(tx: &mut Tx, ticket: Uuid) -> Result<Option<BroadcastId>> {
    const SQL: &str = "SELECT broadcast FROM ticket WHERE id = $1";
    let of: Option<Option<i64>> =
        on!(tx, connection => sqlx::query_scalar(SQL).bind(ticket.to_string()).fetch_optional(connection).await?);
    Ok(of.flatten())
}

/// The ticket of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, ticket: Uuid) -> Result<Option<Ticket>> {
    const SQL: &str = tickets!("id = $1");
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(ticket.to_string()).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// The open ticket of a conversation.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, from: &Address) -> Result<Option<Ticket>> {
    const SQL: &str = tickets!("channel = $1 AND peer = $2 AND closed_at IS NULL");
    let row: Option<Row> =
        on!(tx, connection => sqlx::query_as(SQL).bind(from.channel.as_str()).bind(&from.peer).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// How many there are at each stage, of these places.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx, places: &Places) -> Result<Vec<(String, i64)>> {
    Ok(on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT stage, COUNT(*) FROM ticket WHERE closed_at IS NULL");
        only(&mut sql, "place", places);
        sql.push(" GROUP BY stage");
        sql.build_query_as().fetch_all(connection).await?
    }))
}

/// Gives the tickets of a conversation that moved its new address; one that is open stays where another is open there.
///
/// # Errors
/// When the database fails.
pub async fn relocate(tx: &mut Tx, from: &Address, peer: &str) -> Result<()> {
    const SQL: &str = "UPDATE ticket SET peer = $3 WHERE channel = $1 AND peer = $2 AND (closed_at IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM ticket AS there WHERE there.channel = $1 AND there.peer = $3 AND there.closed_at IS NULL))";
    on!(tx, connection => sqlx::query(SQL).bind(from.channel.as_str()).bind(&from.peer).bind(peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Which tickets to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Which<'a> {
    /// Where they stand.
    pub stages: &'a [Stage],
    /// Whose they are, or are offered to; anybody's without.
    pub officer: Option<&'a str>,
    /// Of these places.
    pub places: &'a Places,
    /// How many.
    pub limit: u32,
}

/// Tickets: open ones the longest waiting first, closed ones the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, which: &Which<'_>) -> Result<Vec<Ticket>> {
    let rows: Vec<Row> = on!(tx, connection => {
        let mut sql = QueryBuilder::new(tickets!(""));
        sql.push("stage IN ");
        sql.push_tuples(which.stages, |mut row, stage| { row.push_bind(stage.name()); });
        if let Some(officer) = which.officer {
            sql.push(" AND (officer = ").push_bind(officer).push(" OR offered = ").push_bind(officer).push(")");
        }
        only(&mut sql, "place", which.places);
        let closed = which.stages.contains(&Stage::Closed);
        sql.push(if closed { " ORDER BY opened_at DESC, id DESC LIMIT " } else { " ORDER BY opened_at, id LIMIT " });
        sql.push_bind(i64::from(which.limit));
        sql.build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// Taken tickets in which whoever took them before `taken` has said nothing, or whose citizen waits for a word since before `left`.
///
/// # Errors
/// When the database fails.
pub async fn neglected(tx: &mut Tx, taken: Timestamp, left: Timestamp) -> Result<Vec<Ticket>> {
    const SQL: &str = tickets!(
        "stage = 'taken' AND (
            (claimed_at < $1 AND COALESCE(officer_at, 0) < claimed_at)
            OR (citizen_at < $2 AND COALESCE(officer_at, 0) < citizen_at AND claimed_at < $2))"
    );
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(taken.0).bind(left.0).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// Taken tickets whose officer had the last word, before `since`.
///
/// # Errors
/// When the database fails.
pub async fn silent(tx: &mut Tx, since: Timestamp) -> Result<Vec<Ticket>> {
    const SQL: &str = tickets!("stage = 'taken' AND officer_at < $1 AND officer_at >= claimed_at AND officer_at >= citizen_at");
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(since.0).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// Waiting tickets that were escalated less than so far: id, whose conversation, since when, how far.
///
/// # Errors
/// When the database fails.
pub async fn waiting_below(tx: &mut Tx, level: i64) -> Result<Vec<(Uuid, Address, Timestamp, i64)>> {
    const SQL: &str =
        "SELECT id, channel, peer, opened_at, level FROM ticket WHERE stage = 'waiting' AND level < $1 ORDER BY opened_at";
    let rows: Vec<(String, String, String, i64, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(level).fetch_all(connection).await?);
    let read = |(key, channel, peer, opened, level): (String, String, String, i64, i64)| {
        Ok((id("ticket", &key)?, address(&channel, peer)?, Timestamp(opened), level))
    };
    rows.into_iter().map(read).collect()
}

/// Notes how far a waiting ticket was escalated. False when somebody took it, or it was noted before.
///
/// # Errors
/// When the database fails.
pub async fn escalate(tx: &mut Tx, ticket: Uuid, level: i64, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET level = $2, changed_at = $3 WHERE id = $1 AND stage = 'waiting' AND level < $2";
    let noted = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(level).bind(now.0).execute(connection).await?.rows_affected());
    Ok(noted > 0)
}

/// How many wait at a place that were opened before then.
///
/// # Errors
/// When the database fails.
pub async fn ahead(tx: &mut Tx, place: Option<&str>, opened: Timestamp) -> Result<u32> {
    const SQL: &str = "SELECT COUNT(*) FROM ticket WHERE stage = 'waiting' AND place = $1 AND opened_at < $2";
    let count: i64 = on!(tx, connection => sqlx::query_scalar(SQL).bind(place.unwrap_or_default()).bind(opened.0).fetch_one(connection).await?);
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How long tickets waited that were taken since then: opened and taken.
///
/// # Errors
/// When the database fails.
pub async fn waits(tx: &mut Tx, since: Timestamp) -> Result<Vec<(Timestamp, Timestamp)>> {
    const SQL: &str = "SELECT opened_at, taken_at FROM ticket WHERE taken_at >= $1";
    let rows: Vec<(i64, i64)> = on!(tx, connection => sqlx::query_as(SQL).bind(since.0).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(opened, taken)| (Timestamp(opened), Timestamp(taken))).collect())
}

/// When any ticket last changed, and how many are open: what a list's page watches.
///
/// # Errors
/// When the database fails.
pub async fn pulse(tx: &mut Tx) -> Result<(i64, i64)> {
    const SQL: &str =
        "SELECT COALESCE((SELECT MAX(changed_at) FROM ticket), 0), (SELECT COUNT(*) FROM ticket WHERE closed_at IS NULL)";
    Ok(on!(tx, connection => sqlx::query_as(SQL).fetch_one(connection).await?))
}
