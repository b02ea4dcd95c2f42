//! Who follows which dossier, by which links, and who tried in vain.

use std::collections::HashSet;

use sqlx::QueryBuilder;

use super::{Result, Tx, address, on};
use crate::domain::{Address, Timestamp};

/// Rows in one statement.
const ROWS: usize = 1_000;

/// Begins to follow. Nothing is done when they follow already.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, dossier: &str, at: &Address, consent: &str, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "INSERT INTO follow (dossier, channel, peer, since, consent) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(dossier).bind(at.channel.as_str()).bind(&at.peer).bind(now.0).bind(consent)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// Stops following.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, dossier: &str, at: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM follow WHERE dossier = $1 AND channel = $2 AND peer = $3";
    on!(tx, connection => sqlx::query(SQL).bind(dossier).bind(at.channel.as_str()).bind(&at.peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Keys of the dossiers that are followed at a place, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, at: &Address) -> Result<Vec<String>> {
    const SQL: &str = "SELECT dossier FROM follow WHERE channel = $1 AND peer = $2 ORDER BY since, dossier";
    let rows: Vec<(String,)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(at.channel.as_str()).bind(&at.peer).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(dossier,)| dossier).collect())
}

/// Followers of these dossiers: dossier, and where.
///
/// # Errors
/// When the database fails.
pub async fn followers(tx: &mut Tx, dossiers: &[String]) -> Result<Vec<(String, Address)>> {
    let mut found = Vec::new();
    for dossiers in dossiers.chunks(ROWS) {
        let rows: Vec<(String, String, String)> = on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new("SELECT dossier, channel, peer FROM follow WHERE dossier IN ");
            sql.push_tuples(dossiers, |mut row, dossier| { row.push_bind(dossier); });
            sql.push(" ORDER BY dossier, since");
            sql.build_query_as().fetch_all(connection).await?
        });
        for (dossier, channel, peer) in rows {
            found.push((dossier, address(&channel, peer)?));
        }
    }
    Ok(found)
}

/// Which of these dossiers anybody follows.
///
/// # Errors
/// When the database fails.
pub async fn followed(tx: &mut Tx, dossiers: &[String]) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    for dossiers in dossiers.chunks(ROWS) {
        let rows: Vec<(String,)> = on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new("SELECT DISTINCT dossier FROM follow WHERE dossier IN ");
            sql.push_tuples(dossiers, |mut row, dossier| { row.push_bind(dossier); });
            sql.build_query_as().fetch_all(connection).await?
        });
        found.extend(rows.into_iter().map(|(dossier,)| dossier));
    }
    Ok(found)
}

/// Makes a link that works once until then; `hash` is that of its token.
///
/// # Errors
/// When the database fails.
pub async fn add_link(tx: &mut Tx, hash: &str, dossier: &str, until: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO follow_link (token_hash, dossier, good_until) VALUES ($1, $2, $3)";
    on!(tx, connection => sqlx::query(SQL).bind(hash).bind(dossier).bind(until.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The dossier of a link that is still good.
///
/// # Errors
/// When the database fails.
pub async fn link(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<String>> {
    const SQL: &str = "SELECT dossier FROM follow_link WHERE token_hash = $1 AND good_until > $2";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(hash).bind(now.0).fetch_optional(connection).await?))
}

/// Uses up the links of a dossier: somebody follows it.
///
/// # Errors
/// When the database fails.
pub async fn use_links(tx: &mut Tx, dossier: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM follow_link WHERE dossier = $1";
    on!(tx, connection => sqlx::query(SQL).bind(dossier).execute(connection).await?.rows_affected());
    Ok(())
}

/// How often a second fact missed on `day`, at a place or for a dossier.
///
/// # Errors
/// When the database fails.
pub async fn misses(tx: &mut Tx, subject: &str, day: &str) -> Result<i64> {
    const SQL: &str = "SELECT times FROM miss WHERE subject = $1 AND day = $2";
    let times: Option<i64> =
        on!(tx, connection => sqlx::query_scalar(SQL).bind(subject).bind(day).fetch_optional(connection).await?);
    Ok(times.unwrap_or_default())
}

/// Counts a miss. Returns how many there are with it.
///
/// # Errors
/// When the database fails.
pub async fn missed(tx: &mut Tx, subject: &str, day: &str) -> Result<i64> {
    const SQL: &str = "INSERT INTO miss (subject, day, times) VALUES ($1, $2, 1)
        ON CONFLICT (subject, day) DO UPDATE SET times = miss.times + 1 RETURNING times";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(subject).bind(day).fetch_one(connection).await?))
}

/// Takes back one that was counted before it was known to be none.
///
/// # Errors
/// When the database fails.
pub async fn not_missed(tx: &mut Tx, subject: &str, day: &str) -> Result<()> {
    const SQL: &str = "UPDATE miss SET times = times - 1 WHERE subject = $1 AND day = $2 AND times > 0";
    on!(tx, connection => sqlx::query(SQL).bind(subject).bind(day).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets what was tried in vain of a subject.
///
/// # Errors
/// When the database fails.
pub async fn forgive(tx: &mut Tx, subject: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM miss WHERE subject = $1";
    on!(tx, connection => sqlx::query(SQL).bind(subject).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets what a place follows and rated. What was tried in vain today stays for the day: deleting buys no more tries.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, at: &Address) -> Result<()> {
    for sql in ["DELETE FROM follow WHERE channel = $1 AND peer = $2", "DELETE FROM rated WHERE channel = $1 AND peer = $2"] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(at.channel.as_str()).bind(&at.peer).execute(connection).await?.rows_affected());
    }
    Ok(())
}

/// Forgets misses before `day` and links that are over.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, day: &str, now: Timestamp) -> Result<()> {
    const MISSES: &str = "DELETE FROM miss WHERE day < $1";
    const LINKS: &str = "DELETE FROM follow_link WHERE good_until <= $1";
    on!(&mut *tx, connection => sqlx::query(MISSES).bind(day).execute(connection).await?.rows_affected());
    on!(tx, connection => sqlx::query(LINKS).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}
