//! What is kept beside tickets: labels, notes, scores, links to what was said; and forgetting it all.

use uuid::Uuid;

use super::{Row, tickets};
use crate::domain::broadcast::BroadcastId;
use crate::domain::ticket::Ticket;
use crate::domain::{Address, Timestamp};
use crate::store::sealed::NOTE;
use crate::store::{Result, Tx, on, to_json};

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

/// Gives a ticket these labels, in the place of those it had.
///
/// # Errors
/// When the database fails.
pub async fn label(tx: &mut Tx, ticket: Uuid, labels: &[String], now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE ticket SET labels = $2, changed_at = $3 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(to_json(&labels)).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Gives a ticket of this conversation a link to what was said; the one before it ends. False when it is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn transcribe(tx: &mut Tx, ticket: Uuid, from: &Address, hash: &str, until: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET transcript_hash = $4, transcript_until = $5
        WHERE id = $1 AND channel = $2 AND peer = $3 AND closed_at IS NOT NULL";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(from.channel.as_str()).bind(&from.peer).bind(hash)
        .bind(until.0).execute(connection).await?.rows_affected())
        > 0)
}

/// The ticket whose link this is, while it is good.
///
/// # Errors
/// When the database fails.
pub async fn by_transcript(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<Ticket>> {
    const SQL: &str = tickets!("transcript_hash = $1 AND transcript_until > $2");
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(hash).bind(now.0).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// Questions that a broadcast led to, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn led_by_broadcast(tx: &mut Tx, broadcast: BroadcastId) -> Result<Vec<Ticket>> {
    const SQL: &str = tickets!("broadcast = $1 ORDER BY opened_at DESC LIMIT 100");
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(broadcast).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// What somebody asked officers: when, and what.
///
/// # Errors
/// When the database fails.
pub async fn questions_of(tx: &mut Tx, from: &Address) -> Result<Vec<(Timestamp, String)>> {
    const SQL: &str = tickets!("channel = $1 AND peer = $2 ORDER BY opened_at");
    let rows: Vec<Row> =
        on!(tx, connection => sqlx::query_as(SQL).bind(from.channel.as_str()).bind(&from.peer).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal).map(|ticket| (ticket.opened_at, ticket.question))).collect()
}

/// Adds a note that only officers read.
///
/// # Errors
/// When the database fails.
pub async fn add_note(tx: &mut Tx, note: Uuid, ticket: Uuid, officer: &str, body: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO ticket_note (id, ticket, at, officer, body) VALUES ($1, $2, $3, $4, $5)";
    const CHANGED: &str = "UPDATE ticket SET changed_at = $2 WHERE id = $1";
    let body = tx.seal.text(NOTE, body);
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
    rows.into_iter().map(|(at, officer, body)| Ok((Timestamp(at), officer, tx.seal.read(NOTE, body)?))).collect()
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
pub async fn forget_before(tx: &mut Tx, closed: Timestamp) -> Result<u64> {
    const NOTES: &str = "DELETE FROM ticket_note WHERE ticket IN (SELECT id FROM ticket WHERE closed_at < $1)";
    // What could never be posted in the group.
    const POSTS: &str = "DELETE FROM outbox WHERE channel = 'telegram' AND settled_at IS NULL
        AND (peer IN (SELECT 'desk/' || id FROM ticket WHERE closed_at < $1)
        OR peer IN (SELECT topic.peer FROM topic JOIN ticket ON ticket.id = topic.ticket WHERE ticket.closed_at < $1))";
    const SQL: &str = "DELETE FROM ticket WHERE closed_at < $1";
    let mut gone = 0;
    for sql in [NOTES, POSTS, SQL] {
        gone = on!(&mut *tx, connection => sqlx::query(sql).bind(closed.0).execute(connection).await?.rows_affected());
    }
    Ok(gone)
}
