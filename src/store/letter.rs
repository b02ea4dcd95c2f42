//! Letters of apology, and what followers of a dossier were told.

use uuid::Uuid;

use super::sealed::APOLOGY;
use super::{Result, Tx, on};
use crate::domain::Timestamp;
use crate::domain::dossier::Apology;

/// Writes a draft.
///
/// # Errors
/// When the database fails.
pub async fn draft(tx: &mut Tx, id: Uuid, dossier: &str, apology: &Apology, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO apology (id, dossier, body, drafted_at) VALUES ($1, $2, $3, $4)";
    let body = tx.seal.json(APOLOGY, apology);
    on!(tx, connection => sqlx::query(SQL).bind(id.simple().to_string()).bind(dossier).bind(body).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// A letter: its dossier's key, what it says, and when it was signed.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, id: Uuid) -> Result<Option<(String, Apology, Option<Timestamp>)>> {
    const SQL: &str = "SELECT dossier, body, signed_at FROM apology WHERE id = $1";
    let row: Option<(String, String, Option<i64>)> =
        on!(&mut *tx, connection => sqlx::query_as(SQL).bind(id.simple().to_string()).fetch_optional(connection).await?);
    row.map(|(dossier, body, at)| Ok((dossier, tx.seal.read_json(APOLOGY, body)?, at.map(Timestamp)))).transpose()
}

/// The signed letters of a dossier, in order: id and when.
///
/// # Errors
/// When the database fails.
pub async fn signed(tx: &mut Tx, dossier: &str) -> Result<Vec<(Uuid, Timestamp)>> {
    const SQL: &str = "SELECT id, signed_at FROM apology WHERE dossier = $1 AND signed_at IS NOT NULL ORDER BY signed_at";
    let rows: Vec<(String, i64)> = on!(tx, connection => sqlx::query_as(SQL).bind(dossier).fetch_all(connection).await?);
    rows.into_iter().map(|(key, at)| Ok((super::id("letter", &key)?, Timestamp(at)))).collect()
}

/// Signs a draft. False when it was signed before: a letter is signed once.
///
/// # Errors
/// When the database fails.
pub async fn sign(tx: &mut Tx, id: Uuid, apology: &Apology, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE apology SET body = $2, signed_at = $3 WHERE id = $1 AND signed_at IS NULL";
    let body = tx.seal.json(APOLOGY, apology);
    let signed = on!(tx, connection => sqlx::query(SQL).bind(id.simple().to_string()).bind(body).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(signed > 0)
}

/// Notes that followers of a dossier are told something by this notice.
///
/// # Errors
/// When the database fails.
pub async fn noticed(tx: &mut Tx, notice: &str, dossier: &str, occasion: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO dossier_notice (notice, dossier, at, occasion) VALUES ($1, $2, $3, $4)";
    on!(tx, connection => sqlx::query(SQL).bind(notice).bind(dossier).bind(now.0).bind(occasion).execute(connection).await?.rows_affected());
    Ok(())
}

/// What became of a notice.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Noticed {
    /// When it was written.
    pub at: i64,
    /// Why.
    pub occasion: String,
    /// By which channel.
    pub channel: String,
    /// How it ended; empty while it is open.
    pub outcome: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// The last thing the channel told of it: delivered, seen.
    pub receipt: Option<String>,
}

/// What followers of a dossier were told and what became of it, in order. A notice that went to another place stands there with
/// its last try.
///
/// # Errors
/// When the database fails.
pub async fn notices(tx: &mut Tx, dossier: &str) -> Result<Vec<Noticed>> {
    const SQL: &str = "SELECT told.at, told.occasion, outbox.channel, outbox.outcome, outbox.error,
            (SELECT MAX(receipt.event) FROM receipt
                WHERE receipt.channel = outbox.channel AND receipt.external_id = outbox.external_id) AS receipt
        FROM dossier_notice AS told JOIN outbox ON outbox.id = told.notice OR outbox.origin = told.notice
        WHERE told.dossier = $1 ORDER BY told.at, outbox.id";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(dossier).fetch_all(connection).await?))
}
