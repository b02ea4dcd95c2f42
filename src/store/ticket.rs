//! Conversations that citizens gave to staff.

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Result, StoreError, Tx, address, id, on};
use crate::domain::officer::Places;
use crate::domain::ticket::{Ending, Stage, Ticket};
use crate::domain::{Address, Timestamp};

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
}

impl Row {
    fn read(self) -> Result<Ticket> {
        let unknown = |what: &'static str, cause: &str| StoreError::Unreadable { what, cause: cause.to_owned() };
        let stage = [Stage::Waiting, Stage::Taken, Stage::Closed].into_iter().find(|stage| stage.name() == self.stage);
        let ending = self.ending.as_deref().map(|name| {
            let all = [Ending::Answered, Ending::Referred, Ending::Silent, Ending::Idle, Ending::Withdrawn];
            all.into_iter().find(|ending| ending.name() == name).ok_or_else(|| unknown("ending", name))
        });
        Ok(Ticket {
            id: id("ticket", &self.id)?,
            from: address(&self.channel, self.peer)?,
            at: Some(self.place).filter(|place| !place.is_empty()),
            stage: stage.ok_or_else(|| unknown("stage", &self.stage))?,
            officer: self.officer,
            offered: self.offered,
            question: self.question,
            topic: self.topic,
            opened_at: Timestamp(self.opened_at),
            taken_at: self.taken_at.map(Timestamp),
            answered_at: self.answered_at.map(Timestamp),
            citizen_at: Timestamp(self.citizen_at),
            officer_at: self.officer_at.map(Timestamp),
            closed_at: self.closed_at.map(Timestamp),
            ending: ending.transpose()?,
        })
    }
}

/// Tickets that fulfil a condition.
macro_rules! tickets {
    ($condition:literal) => {
        concat!(
            "SELECT id, channel, peer, place, stage, officer, offered, question, topic, opened_at, taken_at, answered_at,
                citizen_at, officer_at, closed_at, ending FROM ticket WHERE ",
            $condition
        )
    };
}

/// Opens a ticket. False when the conversation is with staff already.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, ticket: &Ticket, consent: &str) -> Result<bool> {
    const SQL: &str =
        "INSERT INTO ticket (id, channel, peer, place, stage, question, topic, consent, opened_at, citizen_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9) ON CONFLICT DO NOTHING";
    let opened = on!(tx, connection => sqlx::query(SQL).bind(ticket.id.to_string()).bind(ticket.from.channel.as_str())
        .bind(&ticket.from.peer).bind(ticket.at.as_deref().unwrap_or_default()).bind(ticket.stage.name()).bind(&ticket.question)
        .bind(&ticket.topic).bind(consent).bind(ticket.opened_at.0).execute(connection).await?.rows_affected());
    Ok(opened > 0)
}

/// The ticket of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, ticket: Uuid) -> Result<Option<Ticket>> {
    const SQL: &str = tickets!("id = $1");
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(ticket.to_string()).fetch_optional(connection).await?);
    row.map(Row::read).transpose()
}

/// The open ticket of a conversation.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, from: &Address) -> Result<Option<Ticket>> {
    const SQL: &str = tickets!("channel = $1 AND peer = $2 AND closed_at IS NULL");
    let row: Option<Row> =
        on!(tx, connection => sqlx::query_as(SQL).bind(from.channel.as_str()).bind(&from.peer).fetch_optional(connection).await?);
    row.map(Row::read).transpose()
}

/// How many there are at each stage, of these places.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx, places: &Places) -> Result<Vec<(String, i64)>> {
    Ok(on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT stage, COUNT(*) FROM ticket WHERE closed_at IS NULL");
        if let Places::Some(places) = places {
            sql.push(" AND place IN ");
            if places.is_empty() {
                sql.push("('\u{1}')"); // nowhere
            } else {
                sql.push_tuples(places, |mut row, place| { row.push_bind(place); });
            }
        }
        sql.push(" GROUP BY stage");
        sql.build_query_as().fetch_all(connection).await?
    }))
}

/// Gives the tickets of a conversation that moved its new address.
///
/// # Errors
/// When the database fails.
pub async fn relocate(tx: &mut Tx, from: &Address, peer: &str) -> Result<()> {
    const SQL: &str = "UPDATE ticket SET peer = $3 WHERE channel = $1 AND peer = $2";
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
        if let Places::Some(places) = which.places {
            sql.push(" AND place IN ");
            if places.is_empty() {
                sql.push("('\u{1}')"); // nowhere
            } else {
                sql.push_tuples(places, |mut row, place| { row.push_bind(place); });
            }
        }
        let closed = which.stages.contains(&Stage::Closed);
        sql.push(if closed { " ORDER BY opened_at DESC, id DESC LIMIT " } else { " ORDER BY opened_at, id LIMIT " });
        sql.push_bind(i64::from(which.limit));
        sql.build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// Takes a waiting ticket, unless the officer has `most` already. Of two who try, one succeeds.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, ticket: Uuid, officer: &str, most: u32, now: Timestamp) -> Result<bool> {
    const SQL: &str =
        "UPDATE ticket SET stage = 'taken', officer = $2, offered = NULL, taken_at = COALESCE(taken_at, $3), claimed_at = $3,
            changed_at = $3 WHERE id = $1 AND stage = 'waiting'
        AND (SELECT COUNT(*) FROM ticket AS theirs WHERE theirs.officer = $2 AND theirs.stage = 'taken') < $4";
    let taken = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(officer).bind(now.0).bind(i64::from(most))
        .execute(connection).await?.rows_affected());
    Ok(taken > 0)
}

/// Notes that its officer wrote. False when it is not theirs (any more).
///
/// # Errors
/// When the database fails.
pub async fn answered(tx: &mut Tx, ticket: Uuid, officer: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET officer_at = $3, answered_at = COALESCE(answered_at, $3), changed_at = $3
        WHERE id = $1 AND officer = $2 AND stage = 'taken'";
    let noted = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(officer).bind(now.0).execute(connection).await?.rows_affected());
    Ok(noted > 0)
}

/// Notes that the citizen said something.
///
/// # Errors
/// When the database fails.
pub async fn spoken(tx: &mut Tx, ticket: Uuid, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE ticket SET citizen_at = $2, changed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Offers it to a colleague. False when it is not this officer's.
///
/// # Errors
/// When the database fails.
pub async fn offer(tx: &mut Tx, ticket: Uuid, officer: &str, to: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET offered = $3, changed_at = $4 WHERE id = $1 AND officer = $2 AND stage = 'taken'";
    let offered = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(officer).bind(to).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(offered > 0)
}

/// The colleague says yes, or no. False when it was not offered to them.
///
/// # Errors
/// When the database fails.
pub async fn decide_offer(tx: &mut Tx, ticket: Uuid, officer: &str, yes: bool, most: u32, now: Timestamp) -> Result<bool> {
    let sql = if yes {
        "UPDATE ticket SET officer = $2, offered = NULL, claimed_at = $3, changed_at = $3 WHERE id = $1 AND offered = $2 AND stage = 'taken'
        AND (SELECT COUNT(*) FROM ticket AS theirs WHERE theirs.officer = $2 AND theirs.stage = 'taken') < $4"
    } else {
        "UPDATE ticket SET offered = NULL, changed_at = $3 WHERE id = $1 AND offered = $2 AND stage = 'taken' AND $4 > 0"
    };
    let decided = on!(tx, connection => sqlx::query(sql).bind(ticket.to_string()).bind(officer).bind(now.0).bind(i64::from(most))
        .execute(connection).await?.rows_affected());
    Ok(decided > 0)
}

/// Lets a taken ticket wait again, at `place`. False when it is not this officer's.
///
/// # Errors
/// When the database fails.
pub async fn put_back(tx: &mut Tx, ticket: Uuid, officer: &str, place: Option<&str>, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET stage = 'waiting', officer = NULL, offered = NULL, place = $3, changed_at = $4
        WHERE id = $1 AND officer = $2 AND stage = 'taken'";
    let back = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(officer).bind(place.unwrap_or_default())
        .bind(now.0).execute(connection).await?.rows_affected());
    Ok(back > 0)
}

/// Ends a ticket, once: by its officer, or by the citizen (`officer` is `None`).
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, ticket: Uuid, officer: Option<&str>, ending: Ending, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET stage = 'closed', closed_at = $2, ending = $3, offered = NULL, changed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND (officer = $4 OR $4 = '')";
    let closed = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(now.0).bind(ending.name())
        .bind(officer.unwrap_or_default()).execute(connection).await?.rows_affected());
    Ok(closed > 0)
}

/// Taken tickets that were not answered since before `taken`, whose citizen waits for a word since before `left`, or in which
/// nobody said anything since before `quiet`.
///
/// # Errors
/// When the database fails.
pub async fn neglected(tx: &mut Tx, taken: Timestamp, left: Timestamp, quiet: Timestamp) -> Result<Vec<Ticket>> {
    const SQL: &str = tickets!(
        "stage = 'taken' AND (
            (claimed_at < $1 AND COALESCE(officer_at, 0) < claimed_at)
            OR (citizen_at < $2 AND COALESCE(officer_at, 0) < citizen_at AND claimed_at < $2)
            OR (citizen_at < $3 AND COALESCE(officer_at, 0) < $3 AND claimed_at < $3))"
    );
    let rows: Vec<Row> =
        on!(tx, connection => sqlx::query_as(SQL).bind(taken.0).bind(left.0).bind(quiet.0).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
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

/// Writes down how content the citizen was, once.
///
/// # Errors
/// When the database fails.
pub async fn score(tx: &mut Tx, ticket: Uuid, from: &Address, score: u8, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE ticket SET score = $4, changed_at = $5
        WHERE id = $1 AND channel = $2 AND peer = $3 AND closed_at IS NOT NULL AND score IS NULL";
    on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(from.channel.as_str()).bind(&from.peer)
        .bind(i64::from(score)).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Adds a note that only officers read.
///
/// # Errors
/// When the database fails.
pub async fn add_note(tx: &mut Tx, note: Uuid, ticket: Uuid, officer: &str, body: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO ticket_note (id, ticket, at, officer, body) VALUES ($1, $2, $3, $4, $5)";
    const CHANGED: &str = "UPDATE ticket SET changed_at = $2 WHERE id = $1";
    on!(&mut *tx, connection => sqlx::query(SQL).bind(note.to_string()).bind(ticket.to_string()).bind(now.0).bind(officer).bind(body)
        .execute(connection).await?.rows_affected());
    on!(tx, connection => sqlx::query(CHANGED).bind(ticket.to_string()).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes of a ticket: when, who, what.
///
/// # Errors
/// When the database fails.
pub async fn notes(tx: &mut Tx, ticket: Uuid) -> Result<Vec<(Timestamp, String, String)>> {
    const SQL: &str = "SELECT at, officer, body FROM ticket_note WHERE ticket = $1 ORDER BY at, id";
    let rows: Vec<(i64, String, String)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(ticket.to_string()).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(at, officer, body)| (Timestamp(at), officer, body)).collect())
}

/// When any ticket last changed, and how many are open: what a list's page watches.
///
/// # Errors
/// When the database fails.
pub async fn pulse(tx: &mut Tx) -> Result<(i64, i64)> {
    const SQL: &str = "SELECT COALESCE(MAX(changed_at), 0), COUNT(CASE WHEN closed_at IS NULL THEN 1 END) FROM ticket";
    Ok(on!(tx, connection => sqlx::query_as(SQL).fetch_one(connection).await?))
}

/// Forgets the tickets of a conversation, with their notes and files, and what was posted of them in the group.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, from: &Address) -> Result<()> {
    const NOTES: &str = "DELETE FROM ticket_note WHERE ticket IN (SELECT id FROM ticket WHERE channel = $1 AND peer = $2)";
    const POSTS: &str = "DELETE FROM outbox WHERE channel = 'telegram' AND (peer IN (SELECT topic.peer FROM topic JOIN ticket
        ON ticket.id = topic.ticket WHERE ticket.channel = $1 AND ticket.peer = $2)
        OR peer IN (SELECT 'desk/' || id FROM ticket WHERE channel = $1 AND peer = $2))";
    const FILES: &str = "INSERT INTO file_gone (stored) SELECT stored FROM enclosure WHERE ticket IN
        (SELECT id FROM ticket WHERE channel = $1 AND peer = $2) ON CONFLICT DO NOTHING";
    const ENCLOSURES: &str = "DELETE FROM enclosure WHERE ticket IN (SELECT id FROM ticket WHERE channel = $1 AND peer = $2)";
    const SQL: &str = "DELETE FROM ticket WHERE channel = $1 AND peer = $2";
    for sql in [NOTES, POSTS, FILES, ENCLOSURES, SQL] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(from.channel.as_str()).bind(&from.peer).execute(connection).await?.rows_affected());
    }
    Ok(())
}

/// Forgets tickets that ended before then.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, closed: Timestamp) -> Result<()> {
    const NOTES: &str = "DELETE FROM ticket_note WHERE ticket IN (SELECT id FROM ticket WHERE closed_at < $1)";
    const SQL: &str = "DELETE FROM ticket WHERE closed_at < $1";
    for sql in [NOTES, SQL] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(closed.0).execute(connection).await?.rows_affected());
    }
    Ok(())
}
