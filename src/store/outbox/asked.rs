//! What is asked about the outbox: what was said, how it ended, what waits.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use crate::domain::{Address, Message, Priority, Timestamp};
use crate::store::sealed::MESSAGE;
use crate::store::{Result, Tx, on};

/// The ledger of one message: (when, outcome, detail), in order.
///
/// # Errors
/// When the database fails.
pub async fn ledger(tx: &mut Tx, id: &str) -> Result<Vec<(Timestamp, String, String)>> {
    const SQL: &str = "SELECT at, outcome, detail FROM delivery_attempt WHERE outbox_id = $1 ORDER BY at";
    let rows: Vec<(i64, String, String)> = on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(at, outcome, detail)| (Timestamp(at), outcome, detail)).collect())
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

/// How messages ended, by their ids: those that have.
///
/// # Errors
/// When the database fails.
pub async fn outcomes(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT id, outcome FROM outbox WHERE outcome IS NOT NULL AND id IN ");
        sql.push_tuples(ids, |mut row, id| { row.push_bind(*id); });
        sql.build_query_as().fetch_all(connection).await?
    });
    Ok(rows.into_iter().collect())
}
