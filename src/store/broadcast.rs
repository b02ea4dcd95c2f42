//! Broadcasts: what is written, who approved it, how far it is, and what came back.

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Result, StoreError, Tx, from_json, on, to_json};
use crate::domain::Timestamp;
use crate::domain::broadcast::{Approval, Broadcast, BroadcastId, Class, Count, Draft, Drawn, Outcome, Ring, Standing};
use crate::domain::officer::Places;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    version: i64,
    draft: String,
    place: String,
    authors: String,
    standing: String,
    why: String,
    changed_at: i64,
    began_at: Option<i64>,
    ended_at: Option<i64>,
    ring: i64,
    gathered: bool,
    forgiven: i64,
    gathering: bool,
}

impl Row {
    fn read(self) -> Result<Broadcast> {
        let standing = Standing::from_name(&self.standing);
        let standing = standing.ok_or_else(|| StoreError::Unreadable { what: "standing", cause: self.standing.clone() })?;
        Ok(Broadcast {
            id: self.id,
            version: self.version,
            draft: from_json("draft", &self.draft)?,
            place: Some(self.place).filter(|place| !place.is_empty()),
            authors: from_json("authors", &self.authors)?,
            standing,
            why: self.why,
            changed_at: Timestamp(self.changed_at),
            began_at: self.began_at.map(Timestamp),
            ended_at: self.ended_at.map(Timestamp),
            ring: Ring::from_number(self.ring),
            gathered: self.gathered,
            forgiven: self.forgiven,
            gathering: self.gathering,
        })
    }
}

/// The broadcast that another system calls so.
///
/// # Errors
/// When the database fails.
pub async fn by_origin(tx: &mut Tx, origin: &str) -> Result<Option<BroadcastId>> {
    const SQL: &str = "SELECT id FROM broadcast WHERE origin = $1";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(origin).fetch_optional(connection).await?))
}

/// Writes a new broadcast, which another system perhaps calls by a name of its own. False when its id or that name is taken.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, broadcast: &Broadcast, origin: Option<&str>) -> Result<bool> {
    const SQL: &str =
        "INSERT INTO broadcast (id, version, draft, place, authors, standing, why, changed_at, ring, gathered, urgent,
            origin)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE, $10, $11) ON CONFLICT DO NOTHING";
    let added = on!(tx, connection => sqlx::query(SQL).bind(broadcast.id).bind(broadcast.version).bind(to_json(&broadcast.draft))
        .bind(broadcast.place.as_deref().unwrap_or_default()).bind(to_json(&broadcast.authors)).bind(broadcast.standing.name())
        .bind(&broadcast.why).bind(broadcast.changed_at.0).bind(broadcast.ring.number())
        .bind(broadcast.draft.class == Class::Emergency).bind(origin).execute(connection).await?.rows_affected());
    Ok(added > 0)
}

/// Writes a changed broadcast whose version was one less. False when somebody else was faster.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, broadcast: &Broadcast) -> Result<bool> {
    const SQL: &str = "UPDATE broadcast SET version = $2, draft = $3, authors = $4, standing = $5, why = $6, changed_at = $7,
            began_at = $8, ended_at = $9, ring = $10, gathered = $11, urgent = $12, forgiven = $13
        WHERE id = $1 AND version = $2 - 1";
    let saved = on!(tx, connection => sqlx::query(SQL).bind(broadcast.id).bind(broadcast.version).bind(to_json(&broadcast.draft))
        .bind(to_json(&broadcast.authors)).bind(broadcast.standing.name()).bind(&broadcast.why).bind(broadcast.changed_at.0)
        .bind(broadcast.began_at.map(|at| at.0)).bind(broadcast.ended_at.map(|at| at.0)).bind(broadcast.ring.number())
        .bind(broadcast.gathered).bind(broadcast.draft.class == Class::Emergency).bind(broadcast.forgiven).execute(connection).await?.rows_affected());
    Ok(saved > 0)
}

/// The broadcast of that id.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, id: BroadcastId) -> Result<Option<Broadcast>> {
    const SQL: &str =
        "SELECT id, version, draft, place, authors, standing, why, changed_at, began_at, ended_at, ring, gathered, forgiven,
            cursor IS NOT NULL AS gathering
        FROM broadcast WHERE id = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_optional(connection).await?);
    row.map(Row::read).transpose()
}

/// The newest broadcasts of these places, those that are not over first.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx, places: &Places, limit: u32) -> Result<Vec<Broadcast>> {
    let rows: Vec<Row> = on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT id, version, draft, place, authors, standing, why, changed_at, began_at, ended_at, ring,
            gathered, forgiven, cursor IS NOT NULL AS gathering FROM broadcast WHERE ");
        match places {
            Places::All => { sql.push("id > 0"); }
            Places::Some(places) => {
                sql.push("place <> '' AND place IN ");
                sql.push_tuples(places, |mut row, place| { row.push_bind(place); });
            }
        }
        sql.push(" ORDER BY CASE WHEN standing IN ('done', 'cancelled') THEN 1 ELSE 0 END, id DESC LIMIT ").push_bind(i64::from(limit));
        sql.build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// Those that stand so, emergencies first, then the oldest.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx, standing: Standing) -> Result<Vec<Broadcast>> {
    const SQL: &str =
        "SELECT id, version, draft, place, authors, standing, why, changed_at, began_at, ended_at, ring, gathered, forgiven,
            cursor IS NOT NULL AS gathering
        FROM broadcast WHERE standing = $1 ORDER BY urgent DESC, id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(standing.name()).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Those that were cancelled and are not wound up yet.
///
/// # Errors
/// When the database fails.
pub async fn cancelled(tx: &mut Tx) -> Result<Vec<BroadcastId>> {
    const SQL: &str = "SELECT id FROM broadcast WHERE standing = 'cancelled' AND ended_at IS NULL ORDER BY id";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).fetch_all(connection).await?))
}

/// A broadcast that is being sent, as far as couriers need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Which one.
    pub id: BroadcastId,
    /// Up to which ring.
    pub ring: Ring,
    /// An emergency.
    pub urgent: bool,
}

/// Those that are being sent, emergencies first, then the oldest.
///
/// # Errors
/// When the database fails.
pub async fn running(tx: &mut Tx) -> Result<Vec<Running>> {
    const SQL: &str = "SELECT id, ring, urgent FROM broadcast WHERE standing = 'running' ORDER BY urgent DESC, id";
    let rows: Vec<(i64, i64, bool)> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(id, ring, urgent)| Running { id, ring: Ring::from_number(ring), urgent }).collect())
}

/// What is said, once it was drawn, and what decides when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speech {
    /// The messages.
    pub drawn: Vec<Drawn>,
    /// How urgent it is.
    pub class: Class,
    /// Also where it costs money.
    pub pays: bool,
    /// It changes or takes back messages that are there.
    pub how: Option<crate::domain::broadcast::Amendment>,
}

/// What a broadcast says. It never changes once it began.
///
/// # Errors
/// When the database fails.
pub async fn speech(tx: &mut Tx, id: BroadcastId) -> Result<Option<Speech>> {
    const SQL: &str = "SELECT draft, drawn FROM broadcast WHERE id = $1 AND drawn IS NOT NULL";
    let row: Option<(String, String)> = on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_optional(connection).await?);
    let Some((draft, drawn)) = row else { return Ok(None) };
    let draft: Draft = from_json("draft", &draft)?;
    let drawn = from_json("drawn", &drawn)?;
    Ok(Some(Speech { drawn, class: draft.class, pays: draft.pays, how: draft.amends.map(|amends| amends.how) }))
}

/// Writes down what will be said.
///
/// # Errors
/// When the database fails.
pub async fn draw(tx: &mut Tx, id: BroadcastId, drawn: &[Drawn]) -> Result<()> {
    const SQL: &str = "UPDATE broadcast SET drawn = $2 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(to_json(&drawn)).execute(connection).await?.rows_affected());
    Ok(())
}

/// Holds a broadcast until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, id: BroadcastId) -> Result<()> {
    const SQL: &str = "UPDATE broadcast SET version = version WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).execute(connection).await?.rows_affected());
    Ok(())
}

/// How far the recipients of a broadcast were gathered; nothing yet when it is `None`.
///
/// # Errors
/// When the database fails.
pub async fn cursor(tx: &mut Tx, id: BroadcastId) -> Result<Option<(String, String)>> {
    const SQL: &str = "SELECT cursor FROM broadcast WHERE id = $1";
    let cursor: Option<Option<String>> =
        on!(tx, connection => sqlx::query_scalar(SQL).bind(id).fetch_optional(connection).await?);
    cursor.flatten().map(|cursor| from_json("cursor", &cursor)).transpose()
}

/// Notes how far they were gathered.
///
/// # Errors
/// When the database fails.
pub async fn set_cursor(tx: &mut Tx, id: BroadcastId, cursor: &(String, String)) -> Result<()> {
    const SQL: &str = "UPDATE broadcast SET cursor = $2 WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(to_json(cursor)).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes an approval. False when they gave it before.
///
/// # Errors
/// When the database fails.
pub async fn approve(tx: &mut Tx, id: BroadcastId, approval: &Approval) -> Result<bool> {
    const SQL: &str = "INSERT INTO broadcast_approval (broadcast, fingerprint, officer, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(id).bind(&approval.fingerprint).bind(&approval.officer).bind(approval.at.0)
        .execute(connection).await?.rows_affected())
        > 0)
}

/// What was approved is not what it says any more.
///
/// # Errors
/// When the database fails.
pub async fn void_approvals(tx: &mut Tx, id: BroadcastId) -> Result<()> {
    const SQL: &str = "DELETE FROM broadcast_approval WHERE broadcast = $1";
    on!(tx, connection => sqlx::query(SQL).bind(id).execute(connection).await?.rows_affected());
    Ok(())
}

/// Approvals, of whatever it said then.
///
/// # Errors
/// When the database fails.
pub async fn approvals(tx: &mut Tx, id: BroadcastId) -> Result<Vec<Approval>> {
    const SQL: &str = "SELECT fingerprint, officer, at FROM broadcast_approval WHERE broadcast = $1 ORDER BY at, officer";
    let rows: Vec<(String, String, i64)> = on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(fingerprint, officer, at)| Approval { fingerprint, officer, at: Timestamp(at) }).collect())
}

/// Adds to the numbers of the ledger.
///
/// # Errors
/// When the database fails.
pub async fn add_count(tx: &mut Tx, id: BroadcastId, count: &Count) -> Result<()> {
    const SQL: &str =
        "INSERT INTO broadcast_count (broadcast, ring, channel, outcome, cause, people) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (broadcast, ring, channel, outcome, cause) DO UPDATE SET people = broadcast_count.people + excluded.people";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(count.ring.number()).bind(&count.channel).bind(count.outcome.number())
        .bind(&count.cause).bind(count.people).execute(connection).await?.rows_affected());
    Ok(())
}

/// The ledger in numbers.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx, id: BroadcastId) -> Result<Vec<Count>> {
    const SQL: &str = "SELECT ring, channel, outcome, cause, people FROM broadcast_count WHERE broadcast = $1 AND people <> 0
        ORDER BY ring, channel, outcome, cause";
    let rows: Vec<(i64, String, i64, String, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_all(connection).await?);
    let read = |(ring, channel, outcome, cause, people)| {
        let (ring, outcome) = (Ring::from_number(ring), Outcome::from_number(outcome));
        Count { ring, channel, outcome, cause, people }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Counts a button that was pressed so many times.
///
/// # Errors
/// When the database fails.
pub async fn tapped(tx: &mut Tx, id: BroadcastId, button: u32, times: i64) -> Result<()> {
    const SQL: &str = "INSERT INTO broadcast_tap (broadcast, button, times) VALUES ($1, $2, $3)
        ON CONFLICT (broadcast, button) DO UPDATE SET times = broadcast_tap.times + excluded.times";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(i64::from(button)).bind(times).execute(connection).await?.rows_affected());
    Ok(())
}

/// How often each button was pressed.
///
/// # Errors
/// When the database fails.
pub async fn taps(tx: &mut Tx, id: BroadcastId) -> Result<Vec<(i64, i64)>> {
    const SQL: &str = "SELECT button, times FROM broadcast_tap WHERE broadcast = $1 ORDER BY button";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_all(connection).await?))
}

/// Something that was said to a broadcast.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reply {
    /// When.
    pub at: i64,
    /// The words, stripped of what names somebody.
    pub words: String,
    /// Its own answers had one.
    pub answered: bool,
}

/// Keeps what was said to a broadcast.
///
/// # Errors
/// When the database fails.
pub async fn replied(tx: &mut Tx, inbound: Uuid, id: BroadcastId, reply: &Reply) -> Result<()> {
    const SQL: &str = "INSERT INTO broadcast_reply (id, broadcast, at, words, answered) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(inbound.to_string()).bind(id).bind(reply.at).bind(&reply.words)
        .bind(reply.answered).execute(connection).await?.rows_affected());
    Ok(())
}

/// The newest replies.
///
/// # Errors
/// When the database fails.
pub async fn replies(tx: &mut Tx, id: BroadcastId, limit: u32) -> Result<Vec<Reply>> {
    const SQL: &str = "SELECT at, words, answered FROM broadcast_reply WHERE broadcast = $1 ORDER BY at DESC LIMIT $2";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(id).bind(i64::from(limit)).fetch_all(connection).await?))
}

/// How many replies there are, and to how many its own answers had one.
///
/// # Errors
/// When the database fails.
pub async fn count_replies(tx: &mut Tx, id: BroadcastId) -> Result<(i64, i64)> {
    const SQL: &str = "SELECT COUNT(*), COUNT(CASE WHEN answered THEN 1 END) FROM broadcast_reply WHERE broadcast = $1";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_one(connection).await?))
}

/// Forgets up to `limit` rows of ledgers of broadcasts that ended before then, and words said to them; their numbers stay. Returns how
/// many rows: a ledger may have a million.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, ended: Timestamp, limit: u32) -> Result<u64> {
    const RECIPIENTS: &str =
        "DELETE FROM recipient WHERE (channel, peer, broadcast) IN (SELECT channel, peer, broadcast FROM recipient
        WHERE state >= 2 AND broadcast IN (SELECT id FROM broadcast WHERE ended_at < $1) LIMIT $2)";
    const REPLIES: &str = "DELETE FROM broadcast_reply WHERE at < $1";
    on!(&mut *tx, connection => sqlx::query(REPLIES).bind(ended.0).execute(connection).await?.rows_affected());
    let limit = i64::from(limit);
    Ok(on!(tx, connection => sqlx::query(RECIPIENTS).bind(ended.0).bind(limit).execute(connection).await?.rows_affected()))
}
