//! Taking messages on to send them.

use std::time::Duration;

use super::{Claimed, Outcome, Row, delay, settle};
use crate::domain::{ChannelName, Priority, Timestamp};
use crate::store::{Result, StoreError, Tx, on};

/// How long a message waits for its key, and how often it is tried: keys are replaced on one machine after another.
const KEY_COMES: Duration = Duration::from_secs(24 * 60 * 60);
const KEY_TRIED: Duration = Duration::from_secs(60);

/// Takes on up to `limit` messages of `channel` until `lease_until`: of each recipient and priority the oldest open one
/// only, so that nothing overtakes; replies first, and none less urgent than `most`, but for what officers read in their group. Another process skips what is being taken.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    channel: ChannelName,
    most: Priority,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Claimed>> {
    macro_rules! sql {
        ($lock:literal) => {
            concat!(
                "UPDATE outbox SET lease_until = $3, in_flight = in_flight + 1 WHERE id IN (
                    SELECT id FROM outbox AS due WHERE channel = $1 AND settled_at IS NULL AND not_before <= $2 AND lease_until <= $2
                    AND priority >= 0 AND (priority <= $5 OR EXISTS (SELECT 1 FROM topic WHERE topic.peer = due.peer))
                    AND id = (SELECT MIN(first.id) FROM outbox AS first WHERE first.channel = due.channel AND first.peer = due.peer
                        AND first.priority = due.priority AND first.settled_at IS NULL)
                    ORDER BY priority, id LIMIT $4 ",
                $lock,
                ") RETURNING id, channel, peer, priority, message, created_at, lease_until, in_flight, attempts"
            )
        };
    }
    let sql = if tx.is_shared() { sql!("FOR UPDATE SKIP LOCKED") } else { sql!("") };
    let rows = on!(tx, connection => sqlx::query_as::<_, Row>(sql)
        .bind(channel.as_str()).bind(now.0).bind(lease_until.0).bind(i64::from(limit)).bind(most.rank()).fetch_all(connection).await?);
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, created_at) = (row.id.clone(), Timestamp(row.created_at));
        match row.read(&tx.seal) {
            Ok(message) => claimed.push(message),
            // Its key may be with the next process that starts.
            Err(error @ StoreError::KeyMissing(_)) if created_at.plus(KEY_COMES) > now => {
                tracing::error!(%error, id, "a message waits for its key");
                delay(tx, &id, now.plus(KEY_TRIED)).await?;
            }
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

/// Lets go of all messages of a channel that somebody has taken on: whoever it was is gone.
///
/// # Errors
/// When the database fails.
pub async fn end_leases(tx: &mut Tx, channel: ChannelName) -> Result<()> {
    const SQL: &str =
        "UPDATE outbox SET lease_until = 0 WHERE channel = $1 AND settled_at IS NULL AND priority >= 0 AND lease_until > 0";
    on!(tx, connection => sqlx::query(SQL).bind(channel.as_str()).execute(connection).await?.rows_affected());
    Ok(())
}
