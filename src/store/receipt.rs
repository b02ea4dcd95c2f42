//! What channels told about messages that they took.

use super::{Result, Tx, on};
use crate::domain::{ChannelName, Receipt, Timestamp};

/// Stores a receipt. The first of its kind counts.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, receipt: &Receipt) -> Result<()> {
    const SQL: &str = "INSERT INTO receipt (channel, external_id, event, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (channel, external_id, event) DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(receipt.channel.as_str()).bind(&receipt.external_id)
        .bind(receipt.event.as_str()).bind(receipt.at.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// What was told about a message: event and time, in order.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, channel: ChannelName, external_id: &str) -> Result<Vec<(String, Timestamp)>> {
    const SQL: &str = "SELECT event, at FROM receipt WHERE channel = $1 AND external_id = $2 ORDER BY at, event";
    let rows: Vec<(String, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(channel.as_str()).bind(external_id).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(event, at)| (event, Timestamp(at))).collect())
}

/// Forgets what was told before then.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<()> {
    const SQL: &str = "DELETE FROM receipt WHERE at < $1";
    on!(tx, connection => sqlx::query(SQL).bind(before.0).execute(connection).await?.rows_affected());
    Ok(())
}
