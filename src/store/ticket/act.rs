//! What happens to tickets, each by compare-and-set.

use uuid::Uuid;

use crate::domain::ticket::Ending;
use crate::domain::{Address, Timestamp};
use crate::store::{Result, Tx, on};

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

/// Gives a closed ticket another ending. False when it is open, or ended like that.
///
/// # Errors
/// When the database fails.
pub async fn end_otherwise(tx: &mut Tx, ticket: Uuid, ending: Ending, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE ticket SET ending = $2, changed_at = $3 WHERE id = $1 AND closed_at IS NOT NULL AND ending <> $2";
    let ended = on!(tx, connection => sqlx::query(SQL).bind(ticket.to_string()).bind(ending.name()).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(ended > 0)
}

/// When conversations of this place were ended for abuse, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn abused(tx: &mut Tx, from: &Address, since: Timestamp) -> Result<Vec<Timestamp>> {
    const SQL: &str = "SELECT closed_at FROM ticket WHERE channel = $1 AND peer = $2 AND ending = $3 AND closed_at > $4
        ORDER BY closed_at DESC";
    let ended: Vec<i64> = on!(tx, connection => sqlx::query_scalar(SQL).bind(from.channel.as_str()).bind(&from.peer)
        .bind(Ending::Abused.name()).bind(since.0).fetch_all(connection).await?);
    Ok(ended.into_iter().map(Timestamp).collect())
}
