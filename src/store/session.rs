//! Sessions of officers: from signing in until they end.

use uuid::Uuid;

use super::{Result, Tx, from_json, id, on};
use crate::domain::Timestamp;
use crate::domain::officer::Officer;

/// A session that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Whose.
    pub officer: Officer,
    /// When they last did something.
    pub seen_at: Timestamp,
    /// How many changes to how they sign in they have not looked at.
    pub alerts: i64,
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub async fn begin(tx: &mut Tx, officer: Uuid, token_hash: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO session (token_hash, officer, begun_at, seen_at) VALUES ($1, $2, $3, $3)";
    on!(tx, connection => sqlx::query(SQL).bind(token_hash).bind(officer.to_string()).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The session of that secret: begun after `begun`, seen after `seen`, not ended.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, token_hash: &str, begun: Timestamp, seen: Timestamp) -> Result<Option<Open>> {
    const SQL: &str =
        "SELECT officer.id, login, name, grants, seen_at, alerts FROM session JOIN officer ON officer.id = session.officer
        WHERE token_hash = $1 AND begun_at > $2 AND seen_at > $3 AND ended_at IS NULL";
    let row: Option<(String, String, String, String, i64, i64)> = on!(tx, connection => sqlx::query_as(SQL).bind(token_hash)
        .bind(begun.0).bind(seen.0).fetch_optional(connection).await?);
    row.map(|(key, login, name, grants, seen, alerts)| {
        let officer = Officer { id: id("officer", &key)?, login, name, grants: from_json("grants", &grants)? };
        Ok(Open { officer, seen_at: Timestamp(seen), alerts })
    })
    .transpose()
}

/// Sessions of an officer that go on, the newest first: the hash of the secret, when it began, when it was last in use.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, officer: Uuid, begun: Timestamp, seen: Timestamp) -> Result<Vec<(String, Timestamp, Timestamp)>> {
    const SQL: &str = "SELECT token_hash, begun_at, seen_at FROM session WHERE officer = $1 AND begun_at > $2 AND seen_at > $3
        ORDER BY begun_at DESC";
    let rows: Vec<(String, i64, i64)> = on!(tx, connection => sqlx::query_as(SQL).bind(officer.to_string()).bind(begun.0)
        .bind(seen.0).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(hash, begun, seen)| (hash, Timestamp(begun), Timestamp(seen))).collect())
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database fails.
pub async fn seen(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE session SET seen_at = $2 WHERE token_hash = $1";
    on!(tx, connection => sqlx::query(SQL).bind(token_hash).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Ends a session. Its officer, if it went on.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, token_hash: &str) -> Result<Option<String>> {
    const SQL: &str =
        "DELETE FROM session WHERE token_hash = $1 RETURNING (SELECT login FROM officer WHERE id = session.officer)";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(token_hash).fetch_optional(connection).await?))
}

/// Ends all sessions of an officer, or all but one.
///
/// # Errors
/// When the database fails.
pub async fn end_all(tx: &mut Tx, officer: Uuid, but: Option<&str>) -> Result<()> {
    const SQL: &str = "DELETE FROM session WHERE officer = $1 AND token_hash <> $2";
    on!(tx, connection => sqlx::query(SQL).bind(officer.to_string()).bind(but.unwrap_or_default()).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets sessions begun before that.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, begun: Timestamp) -> Result<()> {
    const SQL: &str = "DELETE FROM session WHERE begun_at < $1";
    on!(tx, connection => sqlx::query(SQL).bind(begun.0).execute(connection).await?.rows_affected());
    Ok(())
}
