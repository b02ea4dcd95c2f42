//! Dossiers and what was claimed of them, many at a time: an agency tells of a thousand in one request.

use std::collections::{HashMap, HashSet};

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::places::only;
use super::sealed::{CLAIM, DOSSIER, Seal};
use super::{Result, Tx, on};
use crate::domain::officer::Places;
use crate::domain::{Claim, Dossier, Timestamp};

/// Rows in one statement: PostgreSQL takes 65,535 values, SQLite 32,766.
const ROWS: usize = 1_000;

/// A dossier, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its code without signs.
    pub key: String,
    /// The agency that told of it last.
    pub agency: String,
    /// What a citizen may know.
    pub dossier: Dossier,
    /// Keyed hash of the last digits of the applicant's telephone.
    pub phone: Option<String>,
    /// The same of the identity number.
    pub identity: Option<String>,
    /// How many times its followers were told.
    pub told: i64,
    /// When they are to be told next.
    pub tell_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    agency: String,
    body: String,
    phone: Option<String>,
    identity: Option<String>,
    told: i64,
    tell_at: Option<i64>,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Stored> {
        Ok(Stored {
            dossier: seal.read_json(DOSSIER, self.body)?,
            key: self.key,
            agency: self.agency,
            phone: self.phone,
            identity: self.identity,
            told: self.told,
            tell_at: self.tell_at.map(Timestamp),
        })
    }

    /// One that cannot be read keeps no other.
    fn read_or_skip(self, seal: &Seal) -> Option<Stored> {
        let key = self.key.clone();
        self.read(seal).inspect_err(|error| tracing::error!(%error, key, "a dossier cannot be read")).ok()
    }
}

const COLUMNS: &str = "SELECT key, agency, body, phone, identity, told, tell_at FROM dossier WHERE ";

/// Writes claims down. The events that were not there yet: the others do nothing.
///
/// # Errors
/// When the database fails.
pub async fn record(tx: &mut Tx, agency: &str, claims: &[Claim], now: Timestamp) -> Result<HashSet<String>> {
    let mut new = HashSet::with_capacity(claims.len());
    let seal = tx.seal.clone();
    for claims in claims.chunks(ROWS) {
        let rows: Vec<(String,)> = on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new("INSERT INTO dossier_claim (agency, event, dossier, at, arrived_at, body) ");
            sql.push_values(claims, |mut row, claim| {
                row.push_bind(agency).push_bind(&claim.event).push_bind(claim.code.key()).push_bind(claim.at.0)
                    .push_bind(now.0).push_bind(seal.json(CLAIM, claim));
            });
            sql.push(" ON CONFLICT (agency, event) DO NOTHING RETURNING event");
            sql.build_query_as().fetch_all(connection).await?
        });
        new.extend(rows.into_iter().map(|(event,)| event));
    }
    Ok(new)
}

/// Dossiers by their keys, held until the end of the transaction. Those that are not there are not held.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, keys: &[String]) -> Result<HashMap<String, Stored>> {
    let mut held = HashMap::with_capacity(keys.len());
    for keys in keys.chunks(ROWS) {
        let lock = if tx.is_shared() { " ORDER BY key FOR UPDATE" } else { "" };
        let rows: Vec<Row> = on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new(COLUMNS);
            sql.push("key IN ");
            sql.push_tuples(keys, |mut row, key| { row.push_bind(key); });
            sql.push(lock);
            sql.build_query_as().fetch_all(connection).await?
        });
        for row in rows {
            held.insert(row.key.clone(), row.read(&tx.seal)?);
        }
    }
    Ok(held)
}

/// Writes dossiers: new ones, and those that were held. False when a new one is there already, by another process: then the
/// transaction must be given up.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, dossiers: &[Stored], new: bool, now: Timestamp) -> Result<bool> {
    let mut written = 0;
    let seal = tx.seal.clone();
    for dossiers in dossiers.chunks(ROWS) {
        written += on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new(
                "INSERT INTO dossier (key, agency, status, since, appointment, body, phone, identity, told, tell_at, disputed, updated_at, procedure_code) ");
            sql.push_values(dossiers, |mut row, stored| {
                let dossier = &stored.dossier;
                row.push_bind(&stored.key).push_bind(&stored.agency).push_bind(i64::from(dossier.status.number()))
                    .push_bind(dossier.since.0).push_bind(dossier.appointment.map(|at| at.end_of_promise().0)).push_bind(seal.json(DOSSIER, dossier))
                    .push_bind(&stored.phone).push_bind(&stored.identity).push_bind(stored.told)
                    .push_bind(stored.tell_at.map(|at| at.0)).push_bind(dossier.disputed.is_some()).push_bind(now.0)
                    .push_bind(&dossier.procedure);
            });
            sql.push(if new { " ON CONFLICT (key) DO NOTHING" } else {
                " ON CONFLICT (key) DO UPDATE SET agency = excluded.agency, status = excluded.status, since = excluded.since,
                    appointment = excluded.appointment, body = excluded.body, phone = excluded.phone,
                    identity = excluded.identity, told = excluded.told, tell_at = excluded.tell_at, disputed = excluded.disputed,
                    updated_at = excluded.updated_at, procedure_code = excluded.procedure_code"
            });
            sql.build().execute(connection).await?.rows_affected()
        });
    }
    Ok(written == dossiers.len() as u64)
}

/// The dossier of that key.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, key: &str) -> Result<Option<Stored>> {
    const SQL: &str = "SELECT key, agency, body, phone, identity, told, tell_at FROM dossier WHERE key = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(key).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// Dossiers whose followers are to be told now, held; another process skips them. One that cannot be read keeps no other: it is looked
/// at again after `later`.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: Timestamp, later: Timestamp, limit: u32) -> Result<Vec<Stored>> {
    const LATER: &str = "UPDATE dossier SET tell_at = $2 WHERE key = $1";
    macro_rules! sql {
        ($lock:literal) => {
            concat!(
                "SELECT key, agency, body, phone, identity, told, tell_at FROM dossier WHERE tell_at <= $1 ORDER BY tell_at LIMIT $2",
                $lock
            )
        };
    }
    let sql = if tx.is_shared() { sql!(" FOR UPDATE SKIP LOCKED") } else { sql!("") };
    let rows: Vec<Row> =
        on!(&mut *tx, connection => sqlx::query_as(sql).bind(now.0).bind(i64::from(limit)).fetch_all(connection).await?);
    let mut due = Vec::with_capacity(rows.len());
    for row in rows {
        let key = row.key.clone();
        match row.read(&tx.seal) {
            Ok(stored) => due.push(stored),
            Err(error) => {
                tracing::error!(%error, key, "a dossier cannot be read; nobody is told of it");
                on!(&mut *tx, connection => sqlx::query(LATER).bind(key).bind(later.0).execute(connection).await?.rows_affected());
            }
        }
    }
    Ok(due)
}

/// What was claimed of a dossier, in the order of the sources' clocks: agency, when it arrived, claim.
///
/// # Errors
/// When the database fails.
pub async fn claims(tx: &mut Tx, key: &str) -> Result<Vec<(String, Timestamp, Claim)>> {
    const SQL: &str = "SELECT agency, arrived_at, body FROM dossier_claim WHERE dossier = $1 ORDER BY at, arrived_at";
    let rows: Vec<(String, i64, String)> = on!(tx, connection => sqlx::query_as(SQL).bind(key).fetch_all(connection).await?);
    rows.into_iter().map(|(agency, at, body)| Ok((agency, Timestamp(at), tx.seal.read_json(CLAIM, body)?))).collect()
}

/// Open dossiers of `status` whose appointment lies in `from..to`, that somebody follows, and that can be read.
///
/// # Errors
/// When the database fails.
pub async fn followed_between(tx: &mut Tx, statuses: &[u8], from: Timestamp, to: Timestamp) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on!(tx, connection => {
        let mut sql = QueryBuilder::new(COLUMNS);
        sql.push("appointment >= ").push_bind(from.0).push(" AND appointment < ").push_bind(to.0).push(" AND status IN ");
        sql.push_tuples(statuses, |mut row, status| { row.push_bind(i64::from(*status)); });
        sql.push(" AND EXISTS (SELECT 1 FROM follow WHERE follow.dossier = dossier.key)");
        sql.build_query_as().fetch_all(connection).await?
    });
    Ok(rows.into_iter().filter_map(|row| row.read_or_skip(&tx.seal)).collect())
}

/// The codes of these dossiers as they stand on receipts, by their keys.
///
/// # Errors
/// When the database fails.
pub async fn codes(tx: &mut Tx, keys: &[&str]) -> Result<HashMap<String, String>> {
    let mut codes = HashMap::with_capacity(keys.len());
    for keys in keys.chunks(ROWS) {
        let rows: Vec<Row> = on!(tx, connection => {
            let mut sql = QueryBuilder::new(COLUMNS);
            sql.push("key IN ");
            sql.push_tuples(keys, |mut row, key| { row.push_bind(*key); });
            sql.build_query_as().fetch_all(connection).await?
        });
        for row in rows {
            let stored = row.read(&tx.seal)?;
            codes.insert(stored.key, stored.dossier.code.as_str().to_owned());
        }
    }
    Ok(codes)
}

/// Followed dossiers that have stood in one of these statuses since a moment in `from..to`, and that can be read.
///
/// # Errors
/// When the database fails.
pub async fn followed_since(tx: &mut Tx, statuses: &[u8], from: Timestamp, to: Timestamp) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on!(tx, connection => {
        let mut sql = QueryBuilder::new(COLUMNS);
        sql.push("since >= ").push_bind(from.0).push(" AND since < ").push_bind(to.0).push(" AND status IN ");
        sql.push_tuples(statuses, |mut row, status| { row.push_bind(i64::from(*status)); });
        sql.push(" AND EXISTS (SELECT 1 FROM follow WHERE follow.dossier = dossier.key)");
        sql.build_query_as().fetch_all(connection).await?
    });
    Ok(rows.into_iter().filter_map(|row| row.read_or_skip(&tx.seal)).collect())
}

/// Dossiers that an office has to do something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// At work, though their appointment was before then.
    Overdue(Timestamp),
    /// Closed, though a source says that they are open again.
    Disputed,
}

impl Which {
    fn narrow<DB>(self, sql: &mut QueryBuilder<DB>, agencies: &Places)
    where
        DB: Database,
        i64: for<'t> Encode<'t, DB> + Type<DB>,
        for<'t> &'t str: Encode<'t, DB> + Type<DB>,
    {
        match self {
            Self::Overdue(now) => sql.push("status IN (2, 4) AND appointment < ").push_bind(now.0),
            Self::Disputed => sql.push("disputed"),
        };
        only(sql, "agency", agencies);
    }
}

/// Those of these agencies; the longest overdue first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, which: Which, agencies: &Places, limit: u32) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on!(tx, connection => {
        let mut sql = QueryBuilder::new(COLUMNS);
        which.narrow(&mut sql, agencies);
        sql.push(match which { Which::Overdue(_) => " ORDER BY appointment, key LIMIT ", Which::Disputed => " ORDER BY agency, key LIMIT " });
        sql.push_bind(i64::from(limit)).build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// How many there are of these agencies.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, which: Which, agencies: &Places) -> Result<i64> {
    Ok(on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT COUNT(*) FROM dossier WHERE ");
        which.narrow(&mut sql, agencies);
        sql.build_query_scalar().fetch_one(connection).await?
    }))
}

/// What was reminded of, of these dossiers: key, kind, and the date it was about.
///
/// # Errors
/// When the database fails.
pub async fn reminders(tx: &mut Tx, keys: &[String]) -> Result<HashSet<(String, String, String)>> {
    let mut reminded = HashSet::new();
    for keys in keys.chunks(ROWS) {
        let rows: Vec<(String, String, String)> = on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new("SELECT dossier, kind, due FROM reminder WHERE dossier IN ");
            sql.push_tuples(keys, |mut row, key| { row.push_bind(key); });
            sql.build_query_as().fetch_all(connection).await?
        });
        reminded.extend(rows);
    }
    Ok(reminded)
}

/// Notes that something was reminded of. False when it already was.
///
/// # Errors
/// When the database fails.
pub async fn reminded(tx: &mut Tx, key: &str, kind: &str, due: &str) -> Result<bool> {
    const SQL: &str = "INSERT INTO reminder (dossier, kind, due) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(key).bind(kind).bind(due).execute(connection).await?.rows_affected()) > 0)
}

/// Where something is kept of a dossier, by its key.
const BESIDE: [&str; 7] = ["dossier_claim", "follow", "follow_link", "reminder", "dossier_notice", "apology", "rated"];

macro_rules! over {
    ($head:literal, $tail:literal) => {
        concat!($head, "updated_at < $1 AND (status IN (3, 7, 8, 10) OR updated_at < $2)", $tail)
    };
}

/// Up to `limit` dossiers that ended before `closed`; in any case those not heard of since `silent`, which is longer ago.
///
/// # Errors
/// When the database fails.
pub async fn over(tx: &mut Tx, closed: Timestamp, silent: Timestamp, limit: u32) -> Result<Vec<String>> {
    const SQL: &str = over!("SELECT key FROM dossier WHERE ", " LIMIT $3");
    Ok(
        on!(tx, connection => sqlx::query_scalar(SQL).bind(closed.0).bind(silent.0).bind(i64::from(limit)).fetch_all(connection).await?),
    )
}

/// Forgets those of them that were not heard of meanwhile, and everything about them. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, keys: &[String], closed: Timestamp, silent: Timestamp) -> Result<u64> {
    const SQL: &str = over!("DELETE FROM dossier WHERE key = $3 AND ", "");
    let mut gone = Vec::with_capacity(keys.len());
    for key in keys {
        let deleted = on!(&mut *tx, connection => sqlx::query(SQL).bind(closed.0).bind(silent.0).bind(key).execute(connection).await?.rows_affected());
        gone.extend((deleted > 0).then_some(key));
    }
    for table in BESIDE.into_iter().filter(|_| !gone.is_empty()) {
        on!(&mut *tx, connection => {
            let mut sql = QueryBuilder::new("DELETE FROM ");
            sql.push(table).push(" WHERE dossier IN ");
            sql.push_tuples(&gone, |mut row, key| { row.push_bind(*key); });
            sql.build().execute(connection).await?.rows_affected()
        });
    }
    Ok(gone.len() as u64)
}
