//! What is to be said, and the ledger of what became of it.

mod asked;
mod claim;

use sqlx::QueryBuilder;

pub use self::asked::{history, kept_notices, ledger, oldest_due, open_count, outcomes};
pub use self::claim::{claim, end_leases};

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
    /// Until when it is ours: the name of this claim. Whoever took it on later has another.
    pub lease_until: Timestamp,
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
    lease_until: i64,
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
        Ok(Claimed {
            outbound,
            in_flight: self.in_flight,
            attempts: self.attempts,
            created_at: Timestamp(self.created_at),
            lease_until: Timestamp(self.lease_until),
        })
    }
}

/// Adds a message, to be sent from now on.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, outbound: &Outbound, now: Timestamp) -> Result<()> {
    add_all(tx, std::slice::from_ref(outbound), now).await
}

/// The same for many.
///
/// # Errors
/// When the database fails.
pub async fn add_all(tx: &mut Tx, outbounds: &[Outbound], now: Timestamp) -> Result<()> {
    if outbounds.is_empty() {
        return Ok(());
    }
    let seal = tx.seal.clone();
    on!(tx, connection => {
        let mut sql = QueryBuilder::new(
            "INSERT INTO outbox (id, channel, peer, priority, message, created_at, not_before, lease_until, in_flight, attempts) ",
        );
        sql.push_values(outbounds, |mut row, outbound| {
            row.push_bind(&outbound.id).push_bind(outbound.to.channel.as_str()).push_bind(&outbound.to.peer);
            row.push_bind(outbound.priority.rank()).push_bind(seal.json(MESSAGE, &outbound.message));
            row.push_bind(now.0).push_bind(now.0).push("0, 0, 0");
        });
        sql.push(" ON CONFLICT (id) DO NOTHING");
        sql.build().execute(connection).await?.rows_affected()
    });
    Ok(())
}

/// Gives up what was written before `created` and still waits to be sent. What is [held back](hold_back) waits on.
///
/// # Errors
/// When the database fails.
pub async fn give_up_before(tx: &mut Tx, created: Timestamp, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET settled_at = $2, outcome = 'gave_up', in_flight = 0
        WHERE settled_at IS NULL AND created_at < $1 AND not_before < $3 AND lease_until <= $2";
    on!(tx, connection => sqlx::query(SQL).bind(created.0).bind(now.0).bind(HELD).execute(connection).await?.rows_affected());
    Ok(())
}

/// Ends a message. False when it had ended before.
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
) -> Result<bool> {
    const SQL: &str = "UPDATE outbox SET settled_at = $2, outcome = $3, external_id = $4, error = $5, in_flight = 0
        WHERE id = $1 AND settled_at IS NULL";
    let ended = on!(tx, connection => sqlx::query(SQL)
        .bind(id).bind(now.0).bind(outcome.as_str()).bind(external_id).bind(error).execute(connection).await?.rows_affected());
    Ok(ended > 0)
}

/// A notice that reached nobody goes out after all, as another message.
///
/// # Errors
/// When the database fails.
pub async fn taken_up(tx: &mut Tx, id: &str, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "UPDATE outbox SET settled_at = $2, outcome = 'elsewhere', error = 'sent when they were back' WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Ends messages that the channel took, each with its id there.
///
/// # Errors
/// When the database fails.
pub async fn settle_sent(tx: &mut Tx, sent: &[(&str, Option<&str>)], now: Timestamp) -> Result<()> {
    if sent.is_empty() {
        return Ok(());
    }
    on!(tx, connection => {
        let mut sql = QueryBuilder::new("WITH sent (id, external_id) AS (");
        sql.push_values(sent, |mut row, (id, external_id)| { row.push_bind(*id).push_bind(*external_id); });
        sql.push(") UPDATE outbox SET outcome = 'sent', external_id = sent.external_id, error = NULL, in_flight = 0, settled_at = ");
        sql.push_bind(now.0).push(" FROM sent WHERE outbox.id = sent.id AND outbox.settled_at IS NULL");
        sql.build().execute(connection).await?.rows_affected()
    });
    Ok(())
}

/// What left on a channel since then, broadcasts too: to whom, and when. It may have left a moment before. What somebody is
/// sending, or was when they died, counts as having left `now`.
///
/// # Errors
/// When the database fails.
pub async fn left_since(tx: &mut Tx, channel: ChannelName, since: Timestamp, now: Timestamp) -> Result<Vec<(String, Timestamp)>> {
    const SQL: &str =
        "SELECT peer, settled_at FROM outbox WHERE channel = $1 AND settled_at > $2 AND outcome IN ('sent', 'unknown')
        UNION ALL SELECT peer, settled_at FROM recipient WHERE channel = $1 AND settled_at > $2 AND state IN (2, 5)
        UNION ALL SELECT peer, $3 FROM outbox WHERE channel = $1 AND settled_at IS NULL AND priority >= 0
            AND in_flight > 0 AND lease_until > $2";
    let mut rows: Vec<(String, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(channel.as_str()).bind(since.0).bind(now.0).fetch_all(connection).await?);
    rows.sort_by_key(|(_, at)| *at);
    Ok(rows.into_iter().map(|(peer, at)| (peer, Timestamp(at))).collect())
}

/// Puts a message back that was certainly not sent, to be taken on again from `not_before`. `failed` counts it as an
/// attempt. What is not known of earlier sends stays unknown. Nothing happens when somebody else has taken it on meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn put_back(tx: &mut Tx, claimed: &Claimed, not_before: Timestamp, failed: bool) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET not_before = $2, lease_until = 0, in_flight = in_flight - 1, attempts = attempts + $3
        WHERE id = $1 AND lease_until = $4";
    let (id, lease) = (&claimed.outbound.id, claimed.lease_until.0);
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(not_before.0).bind(i64::from(failed)).bind(lease).execute(connection).await?.rows_affected());
    Ok(())
}

/// Puts a message back until `not_before`, with so many sends whose outcome nobody knows: 0 when it was claimed only to
/// find that it must wait. Nothing happens when somebody else has taken it on meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, claimed: &Claimed, not_before: Timestamp, in_flight: i64) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET not_before = $2, lease_until = 0, in_flight = $3 WHERE id = $1 AND lease_until = $4";
    let (id, lease) = (&claimed.outbound.id, claimed.lease_until.0);
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(not_before.0).bind(in_flight).bind(lease).execute(connection).await?.rows_affected());
    Ok(())
}

/// Not before somebody says so ([`release`]).
const HELD: i64 = i64::MAX / 4;

/// Holds a message back until [`release`]: an officer has the conversation, or another person the phone.
///
/// # Errors
/// When the database fails.
pub async fn hold_back(tx: &mut Tx, id: &str) -> Result<()> {
    delay(tx, id, Timestamp(HELD)).await
}

/// Lets a message wait until `not_before` that nobody is sending.
///
/// # Errors
/// When the database fails.
pub async fn delay(tx: &mut Tx, id: &str, not_before: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE outbox SET not_before = $2, lease_until = 0, in_flight = 0 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(not_before.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Lets messages go that were held back for somebody, from then on.
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
    // A vendor's words; no text of PostgreSQL holds this sign.
    let detail = detail.replace('\0', "");
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(at.0).bind(outcome).bind(detail).execute(connection).await?.rows_affected());
    Ok(())
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

/// The first message of the row of tries that `id` belongs to, and everywhere it was tried. `None` when it was forgotten meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn tries(tx: &mut Tx, id: &str) -> Result<Option<(String, Vec<Address>)>> {
    const ORIGIN: &str = "SELECT COALESCE(origin, id) FROM outbox WHERE id = $1";
    const TRIES: &str = "SELECT channel, peer FROM outbox WHERE id = $1 OR origin = $1";
    let origin: Option<String> =
        on!(&mut *tx, connection => sqlx::query_scalar(ORIGIN).bind(id).fetch_optional(connection).await?);
    let Some(origin) = origin else { return Ok(None) };
    let tried: Vec<(String, String)> = on!(tx, connection => sqlx::query_as(TRIES).bind(&origin).fetch_all(connection).await?);
    let tried = tried.into_iter().map(|(channel, peer)| address(&channel, peer)).collect::<Result<_>>()?;
    Ok(Some((origin, tried)))
}

/// The open notices for somebody, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn open_notices(tx: &mut Tx, to: &Address) -> Result<Vec<Outbound>> {
    const SQL: &str = "SELECT id, channel, peer, priority, message, created_at, lease_until, in_flight, attempts FROM outbox
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
    const SQL: &str = "SELECT id, channel, peer, priority, message, created_at, lease_until, in_flight, attempts FROM outbox
        WHERE channel = $1 AND peer = $2 AND outcome = 'unreachable' AND priority = $4 AND settled_at + 0 >= $3 ORDER BY id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(from.channel.as_str()).bind(&from.peer).bind(since.0).bind(Priority::Notice.rank()).fetch_all(connection).await?);
    Ok(rows.into_iter().filter_map(|row| row.read(&tx.seal).ok()).map(|claimed| claimed.outbound).collect())
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
        FROM outbox AS next WHERE channel = $1 AND settled_at IS NULL AND priority >= 0
        AND id = (SELECT MIN(first.id) FROM outbox AS first WHERE first.channel = next.channel AND first.peer = next.peer
            AND first.priority = next.priority AND first.settled_at IS NULL)";
    let due: Option<i64> = on!(tx, connection => sqlx::query_scalar(SQL).bind(channel.as_str()).fetch_one(connection).await?);
    Ok(due.map(Timestamp))
}
