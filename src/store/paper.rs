//! Missing papers that citizens sent.

use std::collections::HashSet;

use uuid::Uuid;

use super::sealed::{Seal, VERDICT};
use super::{Result, Tx, address, from_json, id, on, to_json};
use crate::domain::dossier::{Paper, Verdict};
use crate::domain::file::Kept;
use crate::domain::{Address, Timestamp};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    dossier: String,
    name: String,
    channel: String,
    peer: String,
    hash: String,
    stored: String,
    kind: String,
    bytes: i64,
    sent_at: i64,
    verdict: Option<String>,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Paper> {
        Ok(Paper {
            id: id("paper", &self.id)?,
            dossier: self.dossier,
            name: self.name,
            from: address(&self.channel, self.peer)?,
            file: Kept {
                hash: self.hash,
                stored: self.stored,
                kind: from_json("kind of a file", &self.kind)?,
                bytes: u64::try_from(self.bytes).unwrap_or_default(),
            },
            sent_at: Timestamp(self.sent_at),
            verdict: self.verdict.map(|verdict| seal.read_json(VERDICT, verdict)).transpose()?,
        })
    }
}

/// Keeps a paper. False when the same waits already.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, paper: &Paper) -> Result<bool> {
    const SQL: &str = "INSERT INTO paper (id, dossier, name, channel, peer, hash, stored, kind, bytes, sent_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let Paper { file, from, .. } = paper;
    let added = on!(tx, connection => sqlx::query(SQL).bind(paper.id.to_string()).bind(&paper.dossier).bind(&paper.name)
        .bind(from.channel.as_str()).bind(&from.peer).bind(&file.hash).bind(&file.stored).bind(to_json(&file.kind))
        .bind(i64::try_from(file.bytes).unwrap_or_default()).bind(paper.sent_at.0).execute(connection).await?.rows_affected());
    Ok(added > 0)
}

/// The paper of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, id: Uuid) -> Result<Option<Paper>> {
    const SQL: &str =
        "SELECT id, dossier, name, channel, peer, hash, stored, kind, bytes, sent_at, verdict FROM paper WHERE id = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(id.to_string()).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// Papers of a dossier, in the order in which they came.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, dossier: &str) -> Result<Vec<Paper>> {
    const SQL: &str = "SELECT id, dossier, name, channel, peer, hash, stored, kind, bytes, sent_at, verdict FROM paper
        WHERE dossier = $1 ORDER BY sent_at, id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(dossier).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// Papers that wait for an officer of an agency (or of any), the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, agency: Option<&str>) -> Result<Vec<Paper>> {
    const SQL: &str = "SELECT paper.id, paper.dossier, paper.name, paper.channel, paper.peer, paper.hash, paper.stored,
            paper.kind, paper.bytes, paper.sent_at, paper.verdict
        FROM paper JOIN dossier ON dossier.key = paper.dossier
        WHERE paper.verdict IS NULL AND (dossier.agency = $1 OR $1 = '') ORDER BY paper.sent_at, paper.id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(agency.unwrap_or_default()).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
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
    let sealed = tx.seal.json(VERDICT, verdict);
    let decided = on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(sealed).bind(by).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(decided > 0)
}

/// Names of all files that must still be there.
///
/// # Errors
/// When the database fails.
pub async fn stored(tx: &mut Tx) -> Result<HashSet<String>> {
    const SQL: &str = "SELECT stored FROM paper WHERE stored <> '' UNION SELECT stored FROM enclosure";
    let rows: Vec<(String,)> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(stored,)| stored).collect())
}

/// A file is to be taken off the disk that no paper names.
///
/// # Errors
/// When the database fails.
pub async fn discard(tx: &mut Tx, stored: &str) -> Result<()> {
    const SQL: &str = "INSERT INTO file_gone (stored) VALUES ($1) ON CONFLICT DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(stored).execute(connection).await?.rows_affected());
    Ok(())
}

/// Files that are to be taken off the disk, by name, behind `after`.
///
/// # Errors
/// When the database fails.
pub async fn discarded(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<String>> {
    const SQL: &str = "SELECT stored FROM file_gone WHERE stored > $1 ORDER BY stored LIMIT $2";
    let rows: Vec<(String,)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(after).bind(i64::from(limit)).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(stored,)| stored).collect())
}

/// A file is off the disk.
///
/// # Errors
/// When the database fails.
pub async fn gone(tx: &mut Tx, stored: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM file_gone WHERE stored = $1";
    on!(tx, connection => sqlx::query(SQL).bind(stored).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets the file of a paper that will not do; what was decided stays.
///
/// # Errors
/// When the database fails.
pub async fn drop_file(tx: &mut Tx, paper: &Paper) -> Result<()> {
    const SQL: &str = "UPDATE paper SET stored = '' WHERE id = $1";
    discard(tx, &paper.file.stored).await?;
    on!(tx, connection => sqlx::query(SQL).bind(paper.id.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets what a place sent.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, from: &Address) -> Result<()> {
    const FILES: &str = "INSERT INTO file_gone (stored) SELECT stored FROM paper
        WHERE channel = $1 AND peer = $2 AND stored <> '' ON CONFLICT DO NOTHING";
    const SQL: &str = "DELETE FROM paper WHERE channel = $1 AND peer = $2";
    for sql in [FILES, SQL] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(from.channel.as_str()).bind(&from.peer).execute(connection).await?.rows_affected());
    }
    Ok(())
}

/// Forgets papers that were sent before `sent`, and those of dossiers that are gone or ended before `closed`.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, sent: Timestamp, closed: Timestamp) -> Result<u64> {
    macro_rules! old {
        ($($head:literal)?, $($tail:literal)?) => {
            concat!($($head,)? " FROM paper WHERE (sent_at < $1 OR NOT EXISTS (SELECT 1 FROM dossier WHERE dossier.key = paper.dossier
                AND NOT (dossier.status IN (3, 7, 8, 10) AND dossier.updated_at < $2)))" $(, $tail)?)
        };
    }
    const FILES: &str = old!("INSERT INTO file_gone (stored) SELECT stored", " AND stored <> '' ON CONFLICT DO NOTHING");
    const SQL: &str = old!("DELETE",);
    let mut gone = 0;
    for sql in [FILES, SQL] {
        gone =
            on!(&mut *tx, connection => sqlx::query(sql).bind(sent.0).bind(closed.0).execute(connection).await?.rows_affected());
    }
    Ok(gone)
}
