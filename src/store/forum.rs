//! The hotline's group: topics of tickets, what officers did there, and what waits to be posted.
//!
//! What is to be posted waits in the outbox like everything else: under the topic's peer, or, held back, under a name of the
//! ticket's own until there is a topic.

use uuid::Uuid;

use super::outbox::{Outbound, add, hold_back, redirect, release};
use super::sealed::{MESSAGE, QUESTION, WORD};
use super::{Result, StoreError, Tx, id, on};
use crate::domain::forum::ForumWord;
use crate::domain::{Address, ChannelName, Message, Priority, Timestamp};

/// Where the group of that configured id is now.
///
/// # Errors
/// When the database fails.
pub async fn present(tx: &mut Tx, configured: &str) -> Result<String> {
    const SQL: &str = "SELECT present FROM forum WHERE configured = $1";
    let row: Option<String> = on!(tx, connection => sqlx::query_scalar(SQL).bind(configured).fetch_optional(connection).await?);
    Ok(row.unwrap_or_else(|| configured.to_owned()))
}

/// The configured group goes on under another id.
///
/// # Errors
/// When the database fails.
pub async fn moved(tx: &mut Tx, configured: &str, present: &str) -> Result<()> {
    const SQL: &str = "INSERT INTO forum (configured, present) VALUES ($1, $2) ON CONFLICT (configured) DO UPDATE SET present = excluded.present";
    on!(tx, connection => sqlx::query(SQL).bind(configured).bind(present).execute(connection).await?.rows_affected());
    Ok(())
}

/// The topic of a ticket, and whether it is open in the group.
///
/// # Errors
/// When the database fails.
pub async fn topic_of(tx: &mut Tx, ticket: Uuid) -> Result<Option<(Address, bool)>> {
    const SQL: &str = "SELECT peer, open FROM topic WHERE ticket = $1";
    let row: Option<(String, bool)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(ticket.to_string()).fetch_optional(connection).await?);
    Ok(row.map(|(peer, open)| (Address::new(ChannelName::Telegram, peer), open)))
}

/// The ticket of a topic.
///
/// # Errors
/// When the database fails.
pub async fn ticket_at(tx: &mut Tx, peer: &str) -> Result<Option<Uuid>> {
    const SQL: &str = "SELECT ticket FROM topic WHERE peer = $1";
    let row: Option<String> = on!(tx, connection => sqlx::query_scalar(SQL).bind(peer).fetch_optional(connection).await?);
    row.map(|key| id("ticket", &key)).transpose()
}

/// Notes whether a topic is open in the group.
///
/// # Errors
/// When the database fails.
pub async fn set_open(tx: &mut Tx, peer: &str, open: bool) -> Result<()> {
    const SQL: &str = "UPDATE topic SET open = $2 WHERE peer = $1";
    on!(tx, connection => sqlx::query(SQL).bind(peer).bind(open).execute(connection).await?.rows_affected());
    Ok(())
}

/// Posts something to a ticket's topic as soon as there is one. An id that is there already is not posted again.
///
/// # Errors
/// When the database fails.
pub async fn post(tx: &mut Tx, ticket: Uuid, id: String, message: Message, priority: Priority, now: Timestamp) -> Result<()> {
    let topic = topic_of(tx, ticket).await?;
    let waits = topic.is_none();
    let to = topic.map_or_else(|| unplaced(ticket), |(peer, _)| peer);
    add(tx, &Outbound { id: id.clone(), to, priority, message }, now).await?;
    if waits { hold_back(tx, &id).await } else { Ok(()) }
}

/// What a ticket's posts wait under while it has no topic.
fn unplaced(ticket: Uuid) -> Address {
    Address::new(ChannelName::Telegram, format!("desk/{ticket}"))
}

/// Tickets whose posts wait for a topic that may be made now: their ids and what they are about.
///
/// # Errors
/// When the database fails.
pub async fn wanting(tx: &mut Tx, now: Timestamp) -> Result<Vec<(Uuid, String)>> {
    // From what waits, not from tickets: of those there are many, and hardly one wants a topic.
    const SQL: &str = "SELECT id, question FROM ticket WHERE topic_due <= $1
        AND id IN (SELECT SUBSTR(peer, 6) FROM outbox WHERE channel = 'telegram' AND settled_at IS NULL AND priority >= 0
            AND SUBSTR(peer, 1, 5) = 'desk/')
        ORDER BY topic_due LIMIT 20";
    let rows: Vec<(String, String)> = on!(tx, connection => sqlx::query_as(SQL).bind(now.0).fetch_all(connection).await?);
    rows.into_iter().map(|(key, question)| Ok((id("ticket", &key)?, tx.seal.read(QUESTION, question)?))).collect()
}

/// Takes it on to make a topic; nobody else does until then. False when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, ticket: Uuid, now: Timestamp, until: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET topic_due = $3 WHERE id = $1 AND topic_due <= $2
        AND NOT EXISTS (SELECT 1 FROM topic WHERE topic.ticket = ticket.id)";
    Ok(
        on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(now.0).bind(until.0).execute(connection).await?.rows_affected())
            > 0,
    )
}

/// The topic of a ticket is made: what waited for it goes there.
///
/// # Errors
/// When the database fails.
pub async fn made(tx: &mut Tx, ticket: Uuid, peer: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO topic (ticket, peer, open) VALUES ($1, $2, TRUE)";
    on!(&mut *tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(peer).execute(connection).await?.rows_affected());
    place(tx, ticket, peer, now).await
}

/// What waits for a topic goes to this one.
///
/// # Errors
/// When the database fails.
pub async fn place(tx: &mut Tx, ticket: Uuid, peer: &str, now: Timestamp) -> Result<()> {
    release(tx, &unplaced(ticket), now).await?;
    redirect(tx, &unplaced(ticket), peer).await
}

/// A topic was deleted in the group: what is not posted waits for another. False when it was no topic of a ticket.
///
/// # Errors
/// When the database fails.
pub async fn lost(tx: &mut Tx, peer: &Address) -> Result<bool> {
    const GONE: &str = "DELETE FROM topic WHERE peer = $1 RETURNING ticket";
    const OPEN: &str = "UPDATE ticket SET topic_due = 0 WHERE id = $1";
    const MOVED: &str = "UPDATE outbox SET peer = $3 WHERE channel = $1 AND peer = $2";
    const POSTS: &str = "SELECT id FROM outbox WHERE channel = $1 AND peer = $2 AND settled_at IS NULL";
    let row: Option<String> =
        on!(&mut *tx, connection => sqlx::query_scalar(GONE).bind(&peer.peer).fetch_optional(connection).await?);
    let Some(key) = row else { return Ok(false) };
    on!(&mut *tx, connection => sqlx::query(OPEN).bind(&key).execute(connection).await?.rows_affected());
    let posts: Vec<(String,)> = on!(&mut *tx, connection => sqlx::query_as(POSTS)
        .bind(peer.channel.as_str()).bind(&peer.peer).fetch_all(connection).await?);
    for (post,) in posts {
        hold_back(tx, &post).await?;
    }
    // What was posted already goes along: it is forgotten with the ticket.
    on!(tx, connection => sqlx::query(MOVED).bind(peer.channel.as_str()).bind(&peer.peer).bind(&unplaced(id("ticket", &key)?).peer)
        .execute(connection).await?.rows_affected());
    Ok(true)
}

/// Topics that are not in the group as they should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amiss {
    /// Open, though nobody in the group has anything to do with its ticket any more.
    Open(String),
    /// Closed by hand, though its ticket is open.
    Closed(String),
    /// There, though its ticket was forgotten.
    Forgotten(String),
}

/// Topics that are not as they should be, and that may be tried now; those of tickets that ended before `closed` are forgotten.
///
/// # Errors
/// When the database fails.
pub async fn amiss(tx: &mut Tx, now: Timestamp, closed: Timestamp) -> Result<Vec<Amiss>> {
    const SQL: &str = "SELECT topic.peer, ticket.closed_at IS NULL AND ticket.place = '',
            ticket.id IS NULL OR COALESCE(ticket.closed_at < $2, FALSE)
        FROM topic LEFT JOIN ticket ON ticket.id = topic.ticket
        WHERE topic.due <= $1 AND (ticket.id IS NULL OR ticket.closed_at < $2
            OR topic.open <> (ticket.closed_at IS NULL AND ticket.place = '')) ORDER BY topic.due, topic.ticket LIMIT 20";
    let rows: Vec<(String, Option<bool>, bool)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(now.0).bind(closed.0).fetch_all(connection).await?);
    let amiss = |(peer, wanted, forgotten): (String, Option<bool>, bool)| match (forgotten, wanted) {
        (true, _) => Amiss::Forgotten(peer),
        (false, Some(true)) => Amiss::Closed(peer),
        (false, _) => Amiss::Open(peer),
    };
    Ok(rows.into_iter().map(amiss).collect())
}

/// A topic that could not be put right is tried again then.
///
/// # Errors
/// When the database fails.
pub async fn later(tx: &mut Tx, peer: &str, due: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE topic SET due = $2 WHERE peer = $1";
    on!(tx, connection => sqlx::query(SQL).bind(peer).bind(due.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The topic is gone from the group.
///
/// # Errors
/// When the database fails.
pub async fn deleted(tx: &mut Tx, peer: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM topic WHERE peer = $1";
    on!(tx, connection => sqlx::query(SQL).bind(peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Keeps something that happened in the group until it is carried out. A repeat of the channel's id does nothing.
///
/// # Errors
/// When the database fails.
pub async fn hear(tx: &mut Tx, key: Uuid, external_id: &str, word: &ForumWord, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "INSERT INTO forum_word (id, external_id, body, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let body = tx.seal.json(WORD, word);
    on!(tx, connection => sqlx::query(SQL).bind(key.to_string()).bind(external_id).bind(body).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// The oldest thing that happened in the group and is not carried out; held until the end of the transaction. What cannot be read
/// is `None` within.
///
/// # Errors
/// When the database fails.
pub async fn next(tx: &mut Tx) -> Result<Option<(Uuid, Option<ForumWord>)>> {
    macro_rules! sql {
        ($lock:literal) => {
            concat!("SELECT id, body FROM forum_word WHERE done_at IS NULL ORDER BY id LIMIT 1", $lock)
        };
    }
    // Not skipped: what comes later in a topic waits for what came before.
    let sql = if tx.is_shared() { sql!(" FOR UPDATE") } else { sql!("") };
    let row: Option<(String, String)> = on!(tx, connection => sqlx::query_as(sql).fetch_optional(connection).await?);
    row.map(|(key, body)| Ok((id("word", &key)?, legible(tx.seal.read_json(WORD, body))?))).transpose()
}

/// What was read, or `None` when nobody can read it; what another process has the key of waits for that process.
fn legible<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Err(error @ StoreError::KeyMissing(_)) => Err(error),
        read => Ok(read.ok()),
    }
}

/// Whether something of the group is not carried out.
///
/// # Errors
/// When the database fails.
pub async fn is_waiting(tx: &mut Tx) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM forum_word WHERE done_at IS NULL";
    let count: i64 = on!(tx, connection => sqlx::query_scalar(SQL).fetch_one(connection).await?);
    Ok(count > 0)
}

/// It is carried out; what was said is not kept here.
///
/// # Errors
/// When the database fails.
pub async fn heard(tx: &mut Tx, key: Uuid, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE forum_word SET done_at = $2, body = '' WHERE id = $1 AND done_at IS NULL";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(key.to_string()).bind(now.0).execute(connection).await?.rows_affected()) > 0)
}

/// Forgets what was carried out before then.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, done: Timestamp) -> Result<()> {
    const SQL: &str = "DELETE FROM forum_word WHERE done_at < $1";
    on!(tx, connection => sqlx::query(SQL).bind(done.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes a message of an officer, to be asked after.
///
/// # Errors
/// When the database fails.
pub async fn answered(tx: &mut Tx, message: &str, ticket: Uuid) -> Result<()> {
    const SQL: &str = "INSERT INTO answer (id, ticket) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(message).bind(ticket.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// Messages of officers that did not arrive, each told once: ticket, and what they said where it can be read. Those that did are asked after no more.
///
/// # Errors
/// When the database fails.
pub async fn undelivered(tx: &mut Tx) -> Result<Vec<(Uuid, Option<Message>)>> {
    const SENT: &str = "DELETE FROM answer WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = answer.id
        AND (outbox.settled_at IS NULL OR outbox.outcome <> 'sent'))";
    const FAILED: &str = "SELECT answer.id, answer.ticket, outbox.message FROM answer JOIN outbox ON outbox.id = answer.id
        WHERE outbox.settled_at IS NOT NULL ORDER BY answer.id";
    const TOLD: &str = "DELETE FROM answer WHERE id = $1";
    on!(&mut *tx, connection => sqlx::query(SENT).execute(connection).await?.rows_affected());
    let rows: Vec<(String, String, String)> = on!(&mut *tx, connection => sqlx::query_as(FAILED).fetch_all(connection).await?);
    let mut failed = Vec::with_capacity(rows.len());
    for (message, ticket, body) in rows {
        let told = on!(&mut *tx, connection => sqlx::query(TOLD).bind(&message).execute(connection).await?.rows_affected());
        if told > 0 {
            failed.push((id("ticket", &ticket)?, legible(tx.seal.read_json(MESSAGE, body))?));
        }
    }
    Ok(failed)
}

/// Whether the fate of some message became known, without a lock.
///
/// # Errors
/// When the database fails.
pub async fn asks_after(tx: &mut Tx) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM answer WHERE NOT EXISTS
        (SELECT 1 FROM outbox WHERE outbox.id = answer.id AND outbox.settled_at IS NULL)";
    let count: i64 = on!(tx, connection => sqlx::query_scalar(SQL).fetch_one(connection).await?);
    Ok(count > 0)
}

/// Whether a place is a topic of a ticket.
///
/// # Errors
/// When the database fails.
pub async fn is_topic(tx: &mut Tx, peer: &Address) -> Result<bool> {
    Ok(peer.channel == ChannelName::Telegram && peer.peer.starts_with('-') && ticket_at(tx, &peer.peer).await?.is_some())
}
