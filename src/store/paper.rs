//! Missing papers that citizens sent.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Result, Tx, address, from_json, id, on, to_json};
use crate::domain::dossier::{Paper, Verdict};
use crate::domain::{Address, Timestamp};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    dossier: String,
    name: String,
    channel: String,
    peer: String,
    file: String,
    sent_at: i64,
    verdict: Option<String>,
}

impl Row {
    fn read(self) -> Result<Paper> {
        Ok(Paper {
            id: id("paper", &self.id)?,
            dossier: self.dossier,
            name: self.name,
            from: address(&self.channel, self.peer)?,
            file: from_json("file", &self.file)?,
            sent_at: Timestamp(self.sent_at),
            verdict: self.verdict.map(|verdict| from_json("verdict", &verdict)).transpose()?,
        })
    }
}

/// Keeps a paper. Nothing is done when the same file waits already.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, paper: &Paper) -> Result<()> {
    const SQL: &str = "INSERT INTO paper (id, dossier, name, channel, peer, file, hash, sent_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(paper.id.to_string()).bind(&paper.dossier).bind(&paper.name)
        .bind(paper.from.channel.as_str()).bind(&paper.from.peer).bind(to_json(&paper.file)).bind(&paper.file.hash)
        .bind(paper.sent_at.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The paper of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, id: Uuid) -> Result<Option<Paper>> {
    const SQL: &str = "SELECT id, dossier, name, channel, peer, file, sent_at, verdict FROM paper WHERE id = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(id.to_string()).fetch_optional(connection).await?);
    row.map(Row::read).transpose()
}

/// Papers of a dossier, in the order in which they came.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, dossier: &str) -> Result<Vec<Paper>> {
    const SQL: &str =
        "SELECT id, dossier, name, channel, peer, file, sent_at, verdict FROM paper WHERE dossier = $1 ORDER BY sent_at, id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(dossier).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Papers that wait for an officer of an agency (or of any), the oldest first, and the code of the dossier is its key.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, agency: Option<&str>) -> Result<Vec<Paper>> {
    const SQL: &str =
        "SELECT paper.id, paper.dossier, paper.name, paper.channel, paper.peer, paper.file, paper.sent_at, paper.verdict
        FROM paper JOIN dossier ON dossier.key = paper.dossier
        WHERE paper.verdict IS NULL AND (dossier.agency = $1 OR $1 = '') ORDER BY paper.sent_at, paper.id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(agency.unwrap_or_default()).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// How many files a place sent since then.
///
/// # Errors
/// When the database fails.
pub async fn sent_since(tx: &mut Tx, from: &Address, since: Timestamp) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM paper WHERE channel = $1 AND peer = $2 AND sent_at >= $3";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(from.channel.as_str()).bind(&from.peer).bind(since.0)
        .fetch_one(connection).await?))
}

/// Writes an officer's verdict down, once. False when there was one.
///
/// # Errors
/// When the database fails.
pub async fn decide(tx: &mut Tx, id: Uuid, verdict: &Verdict, by: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE paper SET verdict = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND verdict IS NULL";
    let decided = on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(to_json(verdict)).bind(by).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(decided > 0)
}

/// Hashes of all files that must still be there: of papers that wait, or will do.
///
/// # Errors
/// When the database fails.
pub async fn hashes(tx: &mut Tx) -> Result<HashSet<String>> {
    const SQL: &str = "SELECT DISTINCT hash FROM paper WHERE hash <> ''";
    let rows: Vec<(String,)> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(hash,)| hash).collect())
}

/// Forgets the file of a paper that will not do; what was decided stays.
///
/// # Errors
/// When the database fails.
pub async fn drop_file(tx: &mut Tx, id: Uuid) -> Result<()> {
    const SQL: &str = "UPDATE paper SET hash = '' WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets what a place sent.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, from: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM paper WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(from.channel.as_str()).bind(&from.peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets papers that were sent before `sent`, and those of dossiers that ended before `closed`.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, sent: Timestamp, closed: Timestamp) -> Result<()> {
    const SQL: &str = "DELETE FROM paper WHERE sent_at < $1 OR dossier NOT IN (SELECT key FROM dossier)
        OR dossier IN (SELECT key FROM dossier WHERE status IN (3, 7, 8, 10) AND updated_at < $2)";
    on!(tx, connection => sqlx::query(SQL).bind(sent.0).bind(closed.0).execute(connection).await?.rows_affected());
    Ok(())
}
