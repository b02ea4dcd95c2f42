//! What is to be said, and the ledger of what became of it.

use super::sealed::{MESSAGE, Seal};
use super::{Result, Tx, address, on};
use crate::domain::{Address, ChannelName, Message, Priority, Timestamp};

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    /// Unique, sortable in the order in which things are to be said. An id that is there already is not added again.
    pub id: String,
    /// To whom.
    pub to: Address,
    /// How urgent.
    pub priority: Priority,
    /// What.
    pub message: Message,
}

/// A message somebody took on to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub outbound: Outbound,
    /// Sends begun, this one included, since the last outcome was written: 1 in peace, more when a send was begun and
    /// nobody knows what became of it.
    pub in_flight: i64,
    /// Sends that failed for certain.
    pub attempts: i64,
    /// When it was written.
    pub created_at: Timestamp,
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The channel took it.
    Sent,
    /// It may have arrived; it will not be repeated.
    Unknown,
    /// Nobody is there; a notice is kept until they are.
    Unreachable,
    /// It goes to another place of the same citizen instead.
    Elsewhere,
    /// The channel will never take it.
    Rejected,
    /// Tried too often.
    GaveUp,
}

impl Outcome {
    /// The word in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::Unreachable => "unreachable",
            Self::Elsewhere => "elsewhere",
            Self::Rejected => "rejected",
            Self::GaveUp => "gave_up",
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    channel: String,
    peer: String,
    priority: i64,
    message: String,
    created_at: i64,
    in_flight: i64,
    attempts: i64,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Claimed> {
        let outbound = Outbound {
            to: address(&self.channel, self.peer)?,
            priority: Priority::from_rank(self.priority),
            message: seal.read_json(MESSAGE, self.message)?,
            id: self.id,
        };
        Ok(Claimed { outbound, in_flight: self.in_flight, attempts: self.attempts, created_at: Timestamp(self.created_at) })
    }
}

/// Adds a message, to be sent from now on.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, outbound: &Outbound, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "INSERT INTO outbox (id, channel, peer, priority, message, created_at, not_before, lease_until, in_flight, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, $6, 0, 0, 0) ON CONFLICT (id) DO NOTHING";
    let message = tx.seal.json(MESSAGE, &outbound.message);
    on!(tx, connection => sqlx::query(SQL)
        .bind(&outbound.id).bind(outbound.to.channel.as_str()).bind(&outbound.to.peer)
        .bind(outbound.priority.rank()).bind(message).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// Takes on up to `limit` messages of `channel` until `lease_until`: of each recipient and priority the oldest open one
/// only, so that nothing overtakes; replies first. Another process skips what is being taken.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    channel: ChannelName,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Claimed>> {
    macro_rules! sql {
        ($lock:literal) => {
            concat!(
                "UPDATE outbox SET lease_until = $3, in_flight = in_flight + 1 WHERE id IN (
                    SELECT id FROM outbox AS due WHERE channel = $1 AND settled_at IS NULL AND not_before <= $2 AND lease_until <= $2
                    AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.channel = due.channel AND earlier.peer = due.peer
                        AND earlier.priority = due.priority AND earlier.settled_at IS NULL AND earlier.id < due.id)
                    ORDER BY priority, id LIMIT $4 ",
                $lock,
                ") RETURNING id, channel, peer, priority, message, created_at, in_flight, attempts"
            )
        };
    }
    let sql = if tx.is_shared() { sql!("FOR UPDATE SKIP LOCKED") } else { sql!("") };
    let rows = on!(tx, connection => sqlx::query_as::<_, Row>(sql)
        .bind(channel.as_str()).bind(now.0).bind(lease_until.0).bind(i64::from(limit)).fetch_all(connection).await?);
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.id.clone();
        match row.read(&tx.seal) {
            Ok(message) => claimed.push(message),
            Err(error) => {
                // Written by another version: it must not keep everybody else's messages waiting.
                tracing::error!(%error, id, "a message cannot be read and is given up");
                settle(tx, &id, Outcome::Rejected, None, Some(&error.to_string()), now).await?;
            }
        }
    }
    claimed.sort_by(|a, b| (a.outbound.priority, &a.outbound.id).cmp(&(b.outbound.priority, &b.outbound.id)));
    Ok(claimed)
}

/// Ends a message.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    tx: &mut Tx,
    id: &str,
    outcome: Outcome,
    external_id: Option<&str>,
    error: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str =
        "UPDATE outbox SET settled_at = $2, outcome = $3, external_id = $4, error = $5, in_flight = 0 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL)
        .bind(id).bind(now.0).bind(outcome.as_str()).bind(external_id).bind(error).execute(connection).await?.rows_affected());
    Ok(())
}

/// What left on a channel since then, broadcasts too: to whom, and when. It may have left a moment before.
///
/// # Errors
/// When the database fails.
pub async fn left_since(tx: &mut Tx, channel: ChannelName, since: Timestamp) -> Result<Vec<(String, Timestamp)>> {
    const SQL: &str =
        "SELECT peer, settled_at FROM outbox WHERE channel = $1 AND settled_at > $2 AND outcome IN ('sent', 'unknown')
        UNION ALL SELECT peer, settled_at FROM recipient WHERE channel = $1 AND settled_at > $2 AND state IN (2, 5)";
    let mut rows: Vec<(String, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(channel.as_str()).bind(since.0).fetch_all(connection).await?);
    rows.sort_by_key(|(_, at)| *at);
    Ok(rows.into_iter().map(|(peer, at)| (peer, Timestamp(at))).collect())
}

/// Puts a message back that was certainly not sent, to be taken on again from `not_before`. `failed` counts it as an
/// attempt. What is not known of earlier sends stays unknown.
///
/// # Errors
/// When the database fails.
pub async fn put_back(tx: &mut Tx, id: &str, not_before: Timestamp, failed: bool) -> Result<()> {
    const SQL: &str =
        "UPDATE outbox SET not_before = $2, lease_until = 0, in_flight = in_flight - 1, attempts = attempts + $3 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(not_before.0).bind(i64::from(failed)).execute(connection).await?.rows_affected());
    Ok(())
}

/// Puts a message back until `not_before`, with so many sends whose outcome nobody knows: 0 when it was claimed only to
/// find that it must wait.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, id: &str, not_before: Timestamp, in_flight: i64) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET not_before = $2, lease_until = 0, in_flight = $3 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(not_before.0).bind(in_flight).execute(connection).await?.rows_affected());
    Ok(())
}

/// Not before somebody says so ([`release`]).
const HELD: i64 = i64::MAX / 4;

/// Holds a message back until [`release`]: an officer has the conversation.
///
/// # Errors
/// When the database fails.
pub async fn hold_back(tx: &mut Tx, id: &str) -> Result<()> {
    hold(tx, id, Timestamp(HELD), 0).await
}

/// Lets messages go that were held back for somebody.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, to: &Address, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "UPDATE outbox SET not_before = $3 WHERE channel = $1 AND peer = $2 AND settled_at IS NULL AND not_before >= $4";
    on!(tx, connection => sqlx::query(SQL).bind(to.channel.as_str()).bind(&to.peer).bind(now.0).bind(HELD).execute(connection).await?.rows_affected());
    Ok(())
}

/// Writes into the ledger what a send came to.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, id: &str, at: Timestamp, outcome: &str, detail: &str) -> Result<()> {
    const SQL: &str = "INSERT INTO delivery_attempt (outbox_id, at, outcome, detail) VALUES ($1, $2, $3, $4)";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(at.0).bind(outcome).bind(detail).execute(connection).await?.rows_affected());
    Ok(())
}

/// The ledger of one message: (when, outcome, detail), in order.
///
/// # Errors
/// When the database fails.
pub async fn ledger(tx: &mut Tx, id: &str) -> Result<Vec<(Timestamp, String, String)>> {
    const SQL: &str = "SELECT at, outcome, detail FROM delivery_attempt WHERE outbox_id = $1 ORDER BY at";
    let rows: Vec<(i64, String, String)> = on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(at, outcome, detail)| (Timestamp(at), outcome, detail)).collect())
}

/// Ends all open messages to somebody who cannot be reached. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn settle_all_of(tx: &mut Tx, to: &Address, outcome: Outcome, now: Timestamp) -> Result<u64> {
    const SQL: &str =
        "UPDATE outbox SET settled_at = $3, outcome = $4, in_flight = 0 WHERE channel = $1 AND peer = $2 AND settled_at IS NULL";
    Ok(on!(tx, connection => sqlx::query(SQL)
        .bind(to.channel.as_str()).bind(&to.peer).bind(now.0).bind(outcome.as_str()).execute(connection).await?.rows_affected()))
}

/// Adds a message that is to be sent in the place of `of`. Nothing is done when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn add_instead(tx: &mut Tx, of: &str, outbound: &Outbound, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET origin = $2 WHERE id = $1";
    add(tx, outbound, now).await?;
    on!(tx, connection => sqlx::query(SQL).bind(&outbound.id).bind(of).execute(connection).await?.rows_affected());
    Ok(())
}

/// The first message of the row of tries that `id` belongs to, and everywhere it was tried.
///
/// # Errors
/// When the database fails.
pub async fn tries(tx: &mut Tx, id: &str) -> Result<(String, Vec<Address>)> {
    const ORIGIN: &str = "SELECT COALESCE(origin, id) FROM outbox WHERE id = $1";
    const TRIES: &str = "SELECT channel, peer FROM outbox WHERE id = $1 OR origin = $1";
    let origin: String = on!(&mut *tx, connection => sqlx::query_scalar(ORIGIN).bind(id).fetch_one(connection).await?);
    let tried: Vec<(String, String)> = on!(tx, connection => sqlx::query_as(TRIES).bind(&origin).fetch_all(connection).await?);
    let tried = tried.into_iter().map(|(channel, peer)| address(&channel, peer)).collect::<Result<_>>()?;
    Ok((origin, tried))
}

/// The open notices for somebody, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn open_notices(tx: &mut Tx, to: &Address) -> Result<Vec<Outbound>> {
    const SQL: &str = "SELECT id, channel, peer, priority, message, created_at, in_flight, attempts FROM outbox
        WHERE channel = $1 AND peer = $2 AND priority = $3 AND settled_at IS NULL ORDER BY id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(to.channel.as_str()).bind(&to.peer).bind(Priority::Notice.rank()).fetch_all(connection).await?);
    Ok(rows.into_iter().filter_map(|row| row.read(&tx.seal).ok()).map(|claimed| claimed.outbound).collect())
}

/// Notices kept since then because nobody was at `from`, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn kept_for(tx: &mut Tx, from: &Address, since: Timestamp) -> Result<Vec<Outbound>> {
    const SQL: &str = "SELECT id, channel, peer, priority, message, created_at, in_flight, attempts FROM outbox
        WHERE channel = $1 AND peer = $2 AND outcome = 'unreachable' AND priority = $4 AND settled_at >= $3 ORDER BY id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(from.channel.as_str()).bind(&from.peer).bind(since.0).bind(Priority::Notice.rank()).fetch_all(connection).await?);
    Ok(rows.into_iter().filter_map(|row| row.read(&tx.seal).ok()).map(|claimed| claimed.outbound).collect())
}

/// Notices that reached nobody and are kept since then: channel, why, how many.
///
/// # Errors
/// When the database fails.
pub async fn kept_notices(tx: &mut Tx, since: Timestamp) -> Result<Vec<(String, String, i64)>> {
    const SQL: &str = "SELECT channel, COALESCE(error, ''), COUNT(*) FROM outbox
        WHERE outcome = 'unreachable' AND priority = $1 AND settled_at >= $2 GROUP BY channel, error ORDER BY channel";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(Priority::Notice.rank()).bind(since.0).fetch_all(connection).await?))
}

/// Sends what is open for `from` to another peer of the same channel.
///
/// # Errors
/// When the database fails.
pub async fn redirect(tx: &mut Tx, from: &Address, peer: &str) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET peer = $3 WHERE channel = $1 AND peer = $2 AND settled_at IS NULL";
    on!(tx, connection => sqlx::query(SQL).bind(from.channel.as_str()).bind(&from.peer).bind(peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// When the next message of `channel` that nothing stands before becomes due.
///
/// # Errors
/// When the database fails.
pub async fn next_due(tx: &mut Tx, channel: ChannelName) -> Result<Option<Timestamp>> {
    const SQL: &str = "SELECT MIN(CASE WHEN not_before > lease_until THEN not_before ELSE lease_until END)
        FROM outbox AS next WHERE channel = $1 AND settled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.channel = next.channel AND earlier.peer = next.peer
            AND earlier.priority = next.priority AND earlier.settled_at IS NULL AND earlier.id < next.id)";
    let due: Option<i64> = on!(tx, connection => sqlx::query_scalar(SQL).bind(channel.as_str()).fetch_one(connection).await?);
    Ok(due.map(Timestamp))
}

/// How many messages are open, over all channels.
///
/// # Errors
/// When the database fails.
pub async fn open_count(tx: &mut Tx) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM outbox WHERE settled_at IS NULL";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).fetch_one(connection).await?))
}

/// Since when the longest waiting message might have been sent.
///
/// # Errors
/// When the database fails.
pub async fn oldest_due(tx: &mut Tx, now: Timestamp) -> Result<Option<Timestamp>> {
    const SQL: &str = "SELECT MIN(not_before) FROM outbox WHERE settled_at IS NULL AND not_before <= $1";
    let oldest: Option<i64> = on!(tx, connection => sqlx::query_scalar(SQL).bind(now.0).fetch_one(connection).await?);
    Ok(oldest.map(Timestamp))
}

/// What was said to somebody until then, the newest `limit` in order: id, time written, message. What cannot be read is left out.
///
/// # Errors
/// When the database fails.
pub async fn history(tx: &mut Tx, to: &Address, until: Timestamp, limit: u32) -> Result<Vec<(String, Timestamp, Message)>> {
    const SQL: &str = "SELECT id, created_at, message FROM outbox
        WHERE channel = $1 AND peer = $2 AND created_at <= $4 ORDER BY id DESC LIMIT $3";
    let rows: Vec<(String, i64, String)> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(to.channel.as_str()).bind(&to.peer).bind(i64::from(limit)).bind(until.0).fetch_all(connection).await?);
    Ok(rows
        .into_iter()
        .rev()
        .filter_map(|(id, at, message)| Some((id, Timestamp(at), tx.seal.read_json(MESSAGE, message).ok()?)))
        .collect())
}

/// How a message ended, if it has.
///
/// # Errors
/// When the database fails.
pub async fn outcome(tx: &mut Tx, id: &str) -> Result<Option<String>> {
    const SQL: &str = "SELECT outcome FROM outbox WHERE id = $1";
    let row: Option<Option<String>> = on!(tx, connection => sqlx::query_scalar(SQL).bind(id).fetch_optional(connection).await?);
    Ok(row.flatten())
}
