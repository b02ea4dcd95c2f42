//! Versions of content, and who waits for some.

use uuid::Uuid;

use super::{Result, StoreError, Tx, address, from_json, id, on, to_json};
use crate::domain::edition::{Edition, Standing};
use crate::domain::{Address, Timestamp};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    piece: String,
    files: String,
    author: String,
    note: String,
    made_at: i64,
    standing: String,
    live_from: Option<i64>,
    live_until: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Edition> {
        let standing = Standing::from_name(&self.standing);
        let standing = standing.ok_or_else(|| StoreError::Unreadable { what: "standing", cause: self.standing.clone() })?;
        Ok(Edition {
            id: id("edition", &self.id)?,
            piece: self.piece,
            files: from_json("files", &self.files)?,
            author: self.author,
            note: self.note,
            made_at: Timestamp(self.made_at),
            standing,
            live_from: self.live_from.map(Timestamp),
            live_until: self.live_until.map(Timestamp),
        })
    }
}

/// Adds a version, when the newest one of its piece is still `base`. False when somebody saved another meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, edition: &Edition, base: Option<Uuid>) -> Result<bool> {
    const SQL: &str = "INSERT INTO edition (id, piece, files, author, note, made_at, standing, live_from, live_until)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
        WHERE COALESCE((SELECT MAX(id) FROM edition WHERE piece = $2), '') = $10";
    let Edition { id, piece, files, author, note, made_at, standing, live_from, live_until } = edition;
    let added = on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(piece).bind(to_json(files)).bind(author).bind(note)
        .bind(made_at.0).bind(standing.name()).bind(live_from.map(|at| at.0)).bind(live_until.map(|at| at.0))
        .bind(base.map(|base| base.to_string()).unwrap_or_default()).execute(connection).await?.rows_affected());
    Ok(added > 0)
}

/// The version of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, edition: Uuid) -> Result<Option<Edition>> {
    const SQL: &str =
        "SELECT id, piece, files, author, note, made_at, standing, live_from, live_until FROM edition WHERE id = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(edition.to_string()).fetch_optional(connection).await?);
    row.map(Row::read).transpose()
}

/// Versions of a piece, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, piece: &str, limit: u32) -> Result<Vec<Edition>> {
    const SQL: &str = "SELECT id, piece, files, author, note, made_at, standing, live_from, live_until FROM edition
        WHERE piece = $1 ORDER BY id DESC LIMIT $2";
    let rows: Vec<Row> =
        on!(tx, connection => sqlx::query_as(SQL).bind(piece).bind(i64::from(limit)).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// All published versions that did not end before `now`.
///
/// # Errors
/// When the database fails.
pub async fn published(tx: &mut Tx, now: Timestamp) -> Result<Vec<Edition>> {
    const SQL: &str = "SELECT id, piece, files, author, note, made_at, standing, live_from, live_until FROM edition
        WHERE standing = 'published' AND (live_until IS NULL OR live_until > $1) ORDER BY id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(now.0).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The ids of versions whose time it is: they tell whether content has changed.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<String>> {
    const SQL: &str = "SELECT id FROM edition WHERE standing = 'published' AND live_from <= $1
        AND (live_until IS NULL OR live_until > $1) ORDER BY id";
    let rows: Vec<(String,)> = on!(tx, connection => sqlx::query_as(SQL).bind(now.0).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Of each piece its newest version, without the files: piece, standing, from when.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx) -> Result<Vec<(String, String, Option<i64>)>> {
    const SQL: &str = "SELECT piece, standing, live_from FROM edition
        WHERE id IN (SELECT MAX(id) FROM edition GROUP BY piece) ORDER BY piece";
    Ok(on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?))
}

/// Publishes a draft. False when it is none any more.
///
/// # Errors
/// When the database fails.
pub async fn publish(tx: &mut Tx, edition: Uuid, from: Timestamp, until: Option<Timestamp>) -> Result<bool> {
    const SQL: &str = "UPDATE edition SET standing = 'published', live_from = $2, live_until = $3
        WHERE id = $1 AND standing = 'draft'";
    let done = on!(tx, connection => sqlx::query(SQL).bind(edition.to_string()).bind(from.0).bind(until.map(|at| at.0))
        .execute(connection).await?.rows_affected());
    Ok(done > 0)
}

/// Takes a published version back. False when it was not published.
///
/// # Errors
/// When the database fails.
pub async fn cancel(tx: &mut Tx, edition: Uuid) -> Result<bool> {
    const SQL: &str = "UPDATE edition SET standing = 'cancelled' WHERE id = $1 AND standing = 'published'";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(edition.to_string()).execute(connection).await?.rows_affected()) > 0)
}

/// Notes that somebody wants to be told. Once is enough.
///
/// # Errors
/// When the database fails.
pub async fn ask(tx: &mut Tx, from: &Address, question: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO asker (channel, peer, question, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(from.channel.as_str()).bind(&from.peer).bind(question).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// Who waits for an answer: where, to what.
///
/// # Errors
/// When the database fails.
pub async fn askers(tx: &mut Tx) -> Result<Vec<(Address, String)>> {
    const SQL: &str = "SELECT channel, peer, question FROM asker ORDER BY asked_at";
    let rows: Vec<(String, String, String)> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    rows.into_iter().map(|(channel, peer, question)| Ok((address(&channel, peer)?, question))).collect()
}

/// Somebody is told. False when they were, or want it no more.
///
/// # Errors
/// When the database fails.
pub async fn told(tx: &mut Tx, who: &Address, question: &str) -> Result<bool> {
    const SQL: &str = "DELETE FROM asker WHERE channel = $1 AND peer = $2 AND question = $3";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).bind(question)
        .execute(connection).await?.rows_affected())
        > 0)
}

/// Forgets what a conversation waits for.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, who: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM asker WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets who asked before then.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, asked: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM asker WHERE asked_at < $1";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(asked.0).execute(connection).await?.rows_affected()))
}
