//! Who did what, one entry after another.

use super::{Result, Tx, on};
use crate::domain::Timestamp;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// Its number, without gaps.
    pub seq: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who: a login, a masked address, `clerk` for the command line.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Hash over it and the chain of the entry before it.
    pub chain: String,
}

/// Where the chain ends, and where what was deleted on time ended.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    /// Number of the last entry.
    pub seq: i64,
    /// Its chain.
    pub chain: String,
    /// Number of the last entry that was deleted on time.
    pub anchor_seq: i64,
    /// Its chain.
    pub anchor_chain: String,
    /// Hash over all of these.
    pub seal: String,
}

/// The head, held until the end of the transaction: entries are made one after another.
///
/// # Errors
/// When the database fails.
pub async fn hold_head(tx: &mut Tx) -> Result<Head> {
    macro_rules! sql {
        ($lock:literal) => {
            concat!("SELECT seq, chain, anchor_seq, anchor_chain, seal FROM audit_head WHERE id = 'head'", $lock)
        };
    }
    let sql = if tx.is_shared() { sql!(" FOR UPDATE") } else { sql!("") };
    Ok(on!(tx, connection => sqlx::query_as(sql).fetch_one(connection).await?))
}

/// The head, to look at.
///
/// # Errors
/// When the database fails.
pub async fn head(tx: &mut Tx) -> Result<Head> {
    const SQL: &str = "SELECT seq, chain, anchor_seq, anchor_chain, seal FROM audit_head WHERE id = 'head'";
    Ok(on!(tx, connection => sqlx::query_as(SQL).fetch_one(connection).await?))
}

/// Appends an entry to a head that is held.
///
/// # Errors
/// When the database fails.
pub async fn append(tx: &mut Tx, entry: &Entry) -> Result<()> {
    const ENTRY: &str = "INSERT INTO audit_entry (seq, at, actor, action, subject, chain) VALUES ($1, $2, $3, $4, $5, $6)";
    on!(tx, connection => sqlx::query(ENTRY).bind(entry.seq).bind(entry.at).bind(&entry.actor).bind(&entry.action)
        .bind(&entry.subject).bind(&entry.chain).execute(connection).await?.rows_affected());
    Ok(())
}

/// Writes the head that is held.
///
/// # Errors
/// When the database fails.
pub async fn save_head(tx: &mut Tx, head: &Head) -> Result<()> {
    const SQL: &str =
        "UPDATE audit_head SET seq = $1, chain = $2, anchor_seq = $3, anchor_chain = $4, seal = $5 WHERE id = 'head'";
    on!(tx, connection => sqlx::query(SQL).bind(head.seq).bind(&head.chain).bind(head.anchor_seq).bind(&head.anchor_chain)
        .bind(&head.seal).execute(connection).await?.rows_affected());
    Ok(())
}

/// Entries behind `after`, in order.
///
/// # Errors
/// When the database fails.
pub async fn since(tx: &mut Tx, after: i64, limit: u32) -> Result<Vec<Entry>> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, chain FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(after).bind(i64::from(limit)).fetch_all(connection).await?))
}

/// The newest entries before `before`, the newest first; of one subject, if it is not empty.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx, subject: &str, before: i64, limit: u32) -> Result<Vec<Entry>> {
    const ALL: &str = "SELECT seq, at, actor, action, subject, chain FROM audit_entry
        WHERE seq < $1 AND $2 = '' ORDER BY seq DESC LIMIT $3";
    const OF: &str = "SELECT seq, at, actor, action, subject, chain FROM audit_entry
        WHERE seq < $1 AND subject = $2 ORDER BY seq DESC LIMIT $3";
    let sql = if subject.is_empty() { ALL } else { OF };
    Ok(on!(tx, connection => sqlx::query_as(sql).bind(before).bind(subject).bind(i64::from(limit)).fetch_all(connection).await?))
}

/// What was noted of a subject, in order.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, subject: &str) -> Result<Vec<Entry>> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, chain FROM audit_entry WHERE subject = $1 ORDER BY seq";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(subject).fetch_all(connection).await?))
}

/// Deletes the entries before `kept`, a beginning of the chain without gaps. The last of them, if any went.
///
/// # Errors
/// When the database fails.
pub async fn cut_before(tx: &mut Tx, kept: Timestamp) -> Result<Option<Entry>> {
    // Times may go back a little between entries.
    const LAST: &str = "SELECT seq, at, actor, action, subject, chain FROM audit_entry
        WHERE seq < COALESCE((SELECT MIN(seq) FROM audit_entry WHERE at >= $1), (SELECT MAX(seq) + 1 FROM audit_entry))
        ORDER BY seq DESC LIMIT 1";
    const GONE: &str = "DELETE FROM audit_entry WHERE seq <= $1";
    let last: Option<Entry> = on!(&mut *tx, connection => sqlx::query_as(LAST).bind(kept.0).fetch_optional(connection).await?);
    if let Some(last) = &last {
        on!(tx, connection => sqlx::query(GONE).bind(last.seq).execute(connection).await?.rows_affected());
    }
    Ok(last)
}
