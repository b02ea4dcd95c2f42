//! What reached us and is not answered yet.

use std::collections::HashSet;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::sealed::{COVERED, RAW, SAID, Seal};
use super::{Result, StoreError, Tx, address, on};
use crate::domain::{Address, Inbound, Lang, Said, Timestamp};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    channel: String,
    external_id: String,
    peer: String,
    lang_hint: Option<String>,
    said: String,
    received_at: i64,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Inbound> {
        Ok(Inbound {
            id: super::id("id", &self.id)?,
            external_id: self.external_id,
            from: address(&self.channel, self.peer)?,
            at: Timestamp(self.received_at),
            said: match seal.read_json(SAID, self.said) {
                Ok(said) => said,
                // It waits for a process that has the key.
                Err(error @ StoreError::KeyMissing(_)) => return Err(error),
                // Written by another version: answered kindly, like anything else that cannot be read.
                Err(_) => Said::Unreadable,
            },
            lang_hint: self.lang_hint.as_deref().and_then(Lang::from_tag),
        })
    }
}

/// Stores an inbound; `raw` is the body it came in, for what could not be read. False when the channel's id was
/// already there: nothing is done then.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, inbound: &Inbound, raw: Option<&str>) -> Result<bool> {
    Ok(!add_all(tx, [(inbound, raw)]).await?.is_empty())
}

/// The same for many. Returns the ids of those that are new.
///
/// # Errors
/// When the database fails.
pub async fn add_all<'a>(
    tx: &mut Tx,
    inbounds: impl IntoIterator<Item = (&'a Inbound, Option<&'a str>)>,
) -> Result<HashSet<Uuid>> {
    let seal = tx.seal.clone();
    let sealed =
        inbounds.into_iter().map(|(inbound, raw)| (inbound, seal.json(SAID, &inbound.said), raw.map(|raw| seal.text(RAW, raw))));
    let rows: Vec<_> = sealed.collect();
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let new: Vec<String> = on!(tx, connection => {
        let mut sql =
            QueryBuilder::new("INSERT INTO inbound (id, channel, external_id, peer, lang_hint, said, raw, received_at) ");
        sql.push_values(rows, |mut row, (inbound, said, raw)| {
            row.push_bind(inbound.id.to_string())
                .push_bind(inbound.from.channel.as_str())
                .push_bind(&inbound.external_id)
                .push_bind(&inbound.from.peer)
                .push_bind(inbound.lang_hint.map(Lang::code))
                .push_bind(said)
                .push_bind(raw)
                .push_bind(inbound.at.0);
        });
        sql.push(" ON CONFLICT (channel, external_id) DO NOTHING RETURNING id");
        sql.build_query_scalar().fetch_all(connection).await?
    });
    new.iter().map(|id| super::id("id", id)).collect()
}

/// Keeps the words of an inbound as they were typed, where numbers of persons in them were covered. Not without a key.
///
/// # Errors
/// When the database fails.
pub async fn keep_uncovered(tx: &mut Tx, id: Uuid, words: &str) -> Result<()> {
    const SQL: &str = "UPDATE inbound SET covered = $2 WHERE id = $1";
    if tx.seal.is_on() {
        let words = tx.seal.text(COVERED, words);
        on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(words).execute(connection).await?.rows_affected());
    }
    Ok(())
}

/// What was said in a conversation whose numbers are kept.
///
/// # Errors
/// When the database fails.
pub async fn with_uncovered(tx: &mut Tx, of: &Address) -> Result<HashSet<Uuid>> {
    const SQL: &str = "SELECT id FROM inbound WHERE channel = $1 AND peer = $2 AND covered IS NOT NULL";
    let ids: Vec<String> = on!(tx, connection => sqlx::query_scalar(SQL)
        .bind(of.channel.as_str()).bind(&of.peer).fetch_all(connection).await?);
    ids.iter().map(|id| super::id("id", id)).collect()
}

/// The words of an inbound of this conversation as they were typed, if they are kept.
///
/// # Errors
/// When the database fails.
pub async fn uncovered(tx: &mut Tx, of: &Address, id: Uuid) -> Result<Option<String>> {
    const SQL: &str = "SELECT covered FROM inbound WHERE id = $1 AND channel = $2 AND peer = $3 AND covered IS NOT NULL";
    let words: Option<String> = on!(&mut *tx, connection => sqlx::query_scalar(SQL)
        .bind(id.to_string()).bind(of.channel.as_str()).bind(&of.peer).fetch_optional(connection).await?);
    words.map(|words| tx.seal.read(COVERED, words)).transpose()
}

/// The oldest waiting inbound of each conversation, the longest waiting conversations first.
///
/// # Errors
/// When the database fails.
pub async fn pending(tx: &mut Tx, limit: u32) -> Result<Vec<Inbound>> {
    const SQL: &str = "SELECT id, channel, external_id, peer, lang_hint, said, received_at FROM inbound
        WHERE id IN (SELECT MIN(id) FROM inbound WHERE done_at IS NULL GROUP BY channel, peer ORDER BY 1 LIMIT $1) ORDER BY id";
    oldest(tx, SQL, limit).await
}

/// The same, but for those that another process holds, and held until the end of the transaction: PostgreSQL only.
///
/// # Errors
/// When the database fails.
pub async fn take_on(tx: &mut Tx, limit: u32) -> Result<Vec<Inbound>> {
    // What others hold is left out before it is counted, which rows that are grouped cannot be. PostgreSQL looks the first of a
    // conversation up; it would join each waiting row with each if it were asked for NOT EXISTS, as long as it takes them to be few.
    const SQL: &str = "SELECT id, channel, external_id, peer, lang_hint, said, received_at FROM inbound AS waiting
        WHERE done_at IS NULL AND id = (
            SELECT MIN(first.id) FROM inbound AS first WHERE first.done_at IS NULL AND first.channel = waiting.channel
            AND first.peer = waiting.peer)
        ORDER BY id LIMIT $1 FOR UPDATE OF waiting SKIP LOCKED";
    oldest(tx, SQL, limit).await
}

async fn oldest(tx: &mut Tx, sql: &'static str, limit: u32) -> Result<Vec<Inbound>> {
    let rows = on!(tx, connection => sqlx::query_as::<_, Row>(sql).bind(i64::from(limit)).fetch_all(connection).await?);
    Ok(readable(&tx.seal, rows))
}

/// The rows this version can read; those of a channel it does not have wait for the version that does.
fn readable(seal: &Seal, rows: Vec<Row>) -> Vec<Inbound> {
    rows.into_iter().filter_map(|row| row.read(seal).map_err(|error| tracing::warn!(%error, "inbound skipped")).ok()).collect()
}

/// Marks inbounds as answered; numbers of persons in them are [kept](keep_uncovered) if somebody is to read them. Returns those
/// that were not answered before, nor forgotten.
///
/// # Errors
/// When the database fails.
pub async fn finish(tx: &mut Tx, ids: &[Uuid], keep_numbers: bool, now: Timestamp) -> Result<HashSet<Uuid>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let finished: Vec<String> = on!(tx, connection => {
        let mut sql = QueryBuilder::new("UPDATE inbound SET done_at = ");
        sql.push_bind(now.0).push(if keep_numbers { "" } else { ", covered = NULL" }).push(" WHERE done_at IS NULL AND id IN (");
        let mut list = sql.separated(", ");
        ids.iter().for_each(|id| { list.push_bind(id.to_string()); });
        sql.push(") RETURNING id");
        sql.build_query_scalar().fetch_all(connection).await?
    });
    finished.iter().map(|id| super::id("id", id)).collect()
}

/// Lets an inbound wait again whose turn was not written after all.
///
/// # Errors
/// When the database fails.
pub async fn reopen(tx: &mut Tx, id: Uuid) -> Result<()> {
    const SQL: &str = "UPDATE inbound SET done_at = NULL WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// What was said in a conversation until then, the newest `limit` in the order in which they came.
///
/// # Errors
/// When the database fails.
pub async fn history(tx: &mut Tx, of: &Address, until: Timestamp, limit: u32) -> Result<Vec<Inbound>> {
    const SQL: &str = "SELECT id, channel, external_id, peer, lang_hint, said, received_at FROM inbound
        WHERE channel = $1 AND peer = $2 AND received_at <= $4 ORDER BY id DESC LIMIT $3";
    let rows = on!(tx, connection => sqlx::query_as::<_, Row>(SQL)
        .bind(of.channel.as_str()).bind(&of.peer).bind(i64::from(limit)).bind(until.0).fetch_all(connection).await?);
    Ok(readable(&tx.seal, rows.into_iter().rev().collect()))
}

/// Whether something of this conversation waits for its turn.
///
/// # Errors
/// When the database fails.
pub async fn is_waiting(tx: &mut Tx, of: &Address) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM inbound WHERE channel = $1 AND peer = $2 AND done_at IS NULL";
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(SQL).bind(of.channel.as_str()).bind(&of.peer).fetch_one(connection).await?);
    Ok(count > 0)
}

/// What of a conversation waits for its turn, in order.
///
/// # Errors
/// When the database fails.
pub async fn pending_of(tx: &mut Tx, of: &Address) -> Result<Vec<Inbound>> {
    const SQL: &str = "SELECT id, channel, external_id, peer, lang_hint, said, received_at FROM inbound
        WHERE channel = $1 AND peer = $2 AND done_at IS NULL ORDER BY id";
    let rows = on!(tx, connection => sqlx::query_as::<_, Row>(SQL)
        .bind(of.channel.as_str()).bind(&of.peer).fetch_all(connection).await?);
    Ok(readable(&tx.seal, rows))
}

/// Forgets the words of an inbound that were needed for its turn only.
///
/// # Errors
/// When the database fails.
pub async fn redact(tx: &mut Tx, id: Uuid) -> Result<()> {
    replace(tx, id, &Said::Text("••••".to_owned())).await
}

/// Keeps of an inbound only that something was said.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, id: Uuid, said: &Said) -> Result<()> {
    const SQL: &str = "UPDATE inbound SET said = $2, raw = NULL, covered = NULL WHERE id = $1";
    let said = tx.seal.json(SAID, said);
    on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(said).execute(connection).await?.rows_affected());
    Ok(())
}
