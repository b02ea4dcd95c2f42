//! Ratings, without who gave them.

use uuid::Uuid;

use super::{Result, Tx, on};
use crate::domain::{Address, Rating};

/// A rating, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Stored {
    /// The day it was given.
    pub day: String,
    /// The agency that told of the dossier.
    pub agency: String,
    /// The office that handled it.
    pub office: String,
    /// Code of the procedure.
    pub procedure: String,
    /// 1 to 3.
    pub attitude: i64,
    /// 1 to 3.
    pub time: i64,
    /// 1 to 3.
    pub clarity: i64,
    /// A free word.
    pub words: String,
}

/// What a rating is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The agency.
    pub agency: &'a str,
    /// The office.
    pub office: &'a str,
    /// Code of the procedure.
    pub procedure: &'a str,
}

/// Stores a rating of a dossier from a place. False when it was rated from there already.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    id: Uuid,
    day: &str,
    (dossier, from): (&str, &Address),
    about: About<'_>,
    rating: &Rating,
) -> Result<bool> {
    const ONCE: &str = "INSERT INTO rated (dossier, channel, peer) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    const SQL: &str = "INSERT INTO rating (id, day, agency, office, procedure, attitude, time, clarity, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let first = on!(&mut *tx, connection => sqlx::query(ONCE).bind(dossier).bind(from.channel.as_str()).bind(&from.peer)
        .execute(connection).await?.rows_affected());
    if first == 0 {
        return Ok(false);
    }
    on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(day).bind(about.agency).bind(about.office)
        .bind(about.procedure).bind(i64::from(rating.attitude)).bind(i64::from(rating.time)).bind(i64::from(rating.clarity))
        .bind(&rating.words).execute(connection).await?.rows_affected());
    Ok(true)
}

/// All ratings since `day`.
///
/// # Errors
/// When the database fails.
pub async fn since(tx: &mut Tx, day: &str) -> Result<Vec<Stored>> {
    const SQL: &str = "SELECT day, agency, office, procedure, attitude, time, clarity, words FROM rating WHERE day >= $1
        ORDER BY agency, procedure, day";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(day).fetch_all(connection).await?))
}

/// Forgets ratings before `day`; who rated a dossier is forgotten with it.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, day: &str) -> Result<()> {
    on!(tx, connection => sqlx::query("DELETE FROM rating WHERE day < $1").bind(day).execute(connection).await?.rows_affected());
    Ok(())
}
