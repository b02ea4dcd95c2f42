//! What citizens asked for about their data.

use uuid::Uuid;

use super::sealed::{REQUEST, Seal};
use super::{Result, StoreError, Tx, from_json, on, to_json};
use crate::domain::privacy::{Request, RequestKind};
use crate::domain::{Address, Timestamp};

/// A request, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its id.
    pub id: Uuid,
    /// What is asked for.
    pub request: Request,
    /// Who asks; nobody any more when everything was deleted.
    pub from: Option<Address>,
    /// Who carried it out.
    pub officer: Option<String>,
    /// Tickets whose topics in the group were still there when it was made.
    pub topics: Vec<String>,
    /// Files that were still there.
    pub files: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    receipt: String,
    kind: String,
    channel: String,
    peer: String,
    words: String,
    asked_at: i64,
    answer_due: i64,
    done_due: i64,
    answered_at: Option<i64>,
    done_at: Option<i64>,
    officer: Option<String>,
    topics: String,
    files: String,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Stored> {
        let unknown = || StoreError::Unreadable { what: "kind of a request", cause: self.kind.clone() };
        let request = Request {
            receipt: self.receipt,
            kind: RequestKind::from_name(&self.kind).ok_or_else(unknown)?,
            words: seal.read(REQUEST, self.words)?,
            asked_at: Timestamp(self.asked_at),
            answer_due: Timestamp(self.answer_due),
            done_due: Timestamp(self.done_due),
            answered_at: self.answered_at.map(Timestamp),
            done_at: self.done_at.map(Timestamp),
        };
        let from = if self.peer.is_empty() { None } else { Some(super::address(&self.channel, self.peer)?) };
        Ok(Stored {
            id: super::id("request", &self.id)?,
            request,
            from,
            officer: self.officer,
            topics: from_json("topics", &self.topics)?,
            files: from_json("files", &self.files)?,
        })
    }
}

macro_rules! requests {
    ($condition:literal) => {
        concat!(
            "SELECT id, receipt, kind, channel, peer, words, asked_at, answer_due, done_due, answered_at, done_at, officer, topics, files
            FROM data_request WHERE ",
            $condition
        )
    };
}

/// Writes a request down. False when its receipt is taken.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, stored: &Stored, channel: &str) -> Result<bool> {
    const SQL: &str = "INSERT INTO data_request (id, receipt, kind, channel, peer, words, asked_at, answer_due, done_due,
            answered_at, done_at, topics, files)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";
    let request = &stored.request;
    let words = tx.seal.text(REQUEST, &request.words);
    let peer = stored.from.as_ref().map_or("", |from| from.peer.as_str());
    let added = on!(tx, connection => sqlx::query(SQL).bind(stored.id.to_string()).bind(&request.receipt).bind(request.kind.name())
        .bind(channel).bind(peer).bind(words).bind(request.asked_at.0).bind(request.answer_due.0).bind(request.done_due.0)
        .bind(request.answered_at.map(|at| at.0)).bind(request.done_at.map(|at| at.0))
        .bind(to_json(&stored.topics)).bind(to_json(&stored.files)).execute(connection).await?.rows_affected());
    Ok(added > 0)
}

/// Requests that are open, the oldest first; then the newest that are done.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, limit: u32) -> Result<Vec<Stored>> {
    const OPEN: &str = requests!("done_at IS NULL ORDER BY asked_at LIMIT $1");
    const DONE: &str = requests!("done_at IS NOT NULL ORDER BY asked_at DESC LIMIT $1");
    let mut all = Vec::new();
    for sql in [OPEN, DONE] {
        let rows: Vec<Row> = on!(&mut *tx, connection => sqlx::query_as(sql).bind(i64::from(limit)).fetch_all(connection).await?);
        for row in rows {
            all.push(row.read(&tx.seal)?);
        }
    }
    Ok(all)
}

/// The request of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, id: Uuid) -> Result<Option<Stored>> {
    const SQL: &str = requests!("id = $1");
    let row: Option<Row> =
        on!(&mut *tx, connection => sqlx::query_as(SQL).bind(id.to_string()).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// Open requests of somebody.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, who: &Address) -> Result<Vec<Request>> {
    const SQL: &str = requests!("channel = $1 AND peer = $2 AND done_at IS NULL ORDER BY asked_at");
    let rows: Vec<Row> = on!(&mut *tx, connection => sqlx::query_as(SQL)
        .bind(who.channel.as_str()).bind(&who.peer).fetch_all(connection).await?);
    rows.into_iter().map(|row| Ok(row.read(&tx.seal)?.request)).collect()
}

/// Notes that a request was answered, and perhaps carried out. False when it was done before, or answered for the first time since
/// somebody looked and saw that it was `after` then.
///
/// # Errors
/// When the database fails.
pub async fn answered(
    tx: &mut Tx,
    id: Uuid,
    officer: Option<&str>,
    done: bool,
    after: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE data_request SET answered_at = COALESCE(answered_at, $2), officer = COALESCE($3, officer),
        done_at = CASE WHEN $4 THEN $2 END WHERE id = $1 AND done_at IS NULL AND COALESCE(answered_at, 0) = $5";
    let noted = on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(now.0).bind(officer).bind(done)
        .bind(after.map_or(0, |at| at.0)).execute(connection).await?.rows_affected());
    Ok(noted > 0)
}

/// Takes the words and the address out of the requests of somebody who has everything deleted. Open ones end: there is nobody to
/// answer.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, who: &Address, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "UPDATE data_request SET peer = '', words = '', done_at = COALESCE(done_at, $3) WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets requests that were carried out before then. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, done: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM data_request WHERE done_at < $1";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(done.0).execute(connection).await?.rows_affected()))
}
