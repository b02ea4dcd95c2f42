//! Tokens that a vendor replaces: sealed, replaced by one process at a time, and the consents that bring new ones.

use super::{Result, Tx, on};
use crate::domain::Timestamp;

/// A credential, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Grows by one with every new one.
    pub version: i64,
    /// The credential, sealed.
    pub sealed: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Since when the vendor refuses to replace it.
    pub lost_since: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    sealed: String,
    expires_at: i64,
    lost_since: Option<i64>,
}

/// The credential of that name.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, name: &str) -> Result<Option<Stored>> {
    const SQL: &str = "SELECT version, sealed, expires_at, lost_since FROM credential WHERE name = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(name).fetch_optional(connection).await?);
    Ok(row.map(|row| Stored {
        version: row.version,
        sealed: row.sealed,
        expires_at: Timestamp(row.expires_at),
        lost_since: row.lost_since.map(Timestamp),
    }))
}

/// Takes on to replace what is there at `version`, until then. False when another process does, or has done.
///
/// # Errors
/// When the database fails.
pub async fn lease(tx: &mut Tx, name: &str, version: i64, now: Timestamp, until: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE credential SET lease_until = $4 WHERE name = $1 AND version = $2 AND lease_until <= $3";
    Ok(
        on!(tx, connection => sqlx::query(SQL).bind(name).bind(version).bind(now.0).bind(until.0).execute(connection).await?.rows_affected())
            > 0,
    )
}

/// Writes a credential in the place of whatever there is.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, name: &str, sealed: &str, expires_at: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO credential (name, version, sealed, expires_at, lease_until) VALUES ($1, 1, $2, $3, 0)
        ON CONFLICT (name) DO UPDATE SET version = credential.version + 1, sealed = excluded.sealed,
            expires_at = excluded.expires_at, lease_until = 0, lost_since = NULL";
    on!(tx, connection => sqlx::query(SQL).bind(name).bind(sealed).bind(expires_at.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Ends a lease: the credential stays as it is; `lost` when the vendor will not replace it.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, name: &str, version: i64, lost: Option<Timestamp>) -> Result<()> {
    const SQL: &str =
        "UPDATE credential SET lease_until = 0, lost_since = COALESCE(lost_since, $3) WHERE name = $1 AND version = $2";
    let lost = lost.map(|at| at.0);
    on!(tx, connection => sqlx::query(SQL).bind(name).bind(version).bind(lost).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes a consent that was asked for: what its answer must name, and the verifier, sealed.
///
/// # Errors
/// When the database fails.
pub async fn offer(tx: &mut Tx, state: &str, sealed: &str, until: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO consent_offer (state, sealed, offered_until) VALUES ($1, $2, $3)";
    on!(tx, connection => sqlx::query(SQL).bind(state).bind(sealed).bind(until.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Takes the verifier of a consent that was asked for and is not too late; it can be taken once. Those that are go.
///
/// # Errors
/// When the database fails.
pub async fn take_offer(tx: &mut Tx, state: &str, now: Timestamp) -> Result<Option<String>> {
    const OLD: &str = "DELETE FROM consent_offer WHERE offered_until <= $1";
    const SQL: &str = "DELETE FROM consent_offer WHERE state = $1 RETURNING sealed";
    on!(&mut *tx, connection => sqlx::query(OLD).bind(now.0).execute(connection).await?.rows_affected());
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(state).fetch_optional(connection).await?))
}
