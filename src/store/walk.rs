//! How far people come on walks, what waits to be taken up elsewhere, and how many were helped.

use uuid::Uuid;

use super::sealed::PROGRESS;
use super::{Result, StoreError, Tx, on};
use crate::domain::{Help, Passage, PassageEvent, ResumeCode, Timestamp};

/// Notes a passage on `day` (`2026-11-22`). Whatever waited for a walk that ended goes.
///
/// # Errors
/// When the database fails.
pub async fn pass(tx: &mut Tx, passage: &Passage, day: &str) -> Result<()> {
    const SQL: &str = "INSERT INTO walk_passage (run, walk, step, event, day, seconds) VALUES ($1, $2, $3, $4, $5, $6)";
    let run = passage.run.to_string();
    on!(&mut *tx, connection => sqlx::query(SQL).bind(&run).bind(&passage.walk).bind(&passage.step).bind(passage.event.as_str())
        .bind(day).bind(passage.seconds).execute(connection).await?.rows_affected());
    if passage.event == PassageEvent::Finished {
        forget(tx, passage.run).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    run: String,
    walk: String,
    step: String,
    event: String,
    day: String,
    seconds: i64,
}

/// All passages since `day`, each with its day.
///
/// # Errors
/// When the database fails, or holds an event this program does not know.
pub async fn passages_since(tx: &mut Tx, day: &str) -> Result<Vec<(String, Passage)>> {
    const SQL: &str = "SELECT run, walk, step, event, day, seconds FROM walk_passage WHERE day >= $1 ORDER BY day";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as::<_, Row>(SQL).bind(day).fetch_all(connection).await?);
    let unreadable = |what, cause: &str| StoreError::Unreadable { what, cause: cause.to_owned() };
    let read = |row: Row| {
        let event = PassageEvent::from_name(&row.event).ok_or_else(|| unreadable("event of a walk", &row.event))?;
        let run = Uuid::parse_str(&row.run).map_err(|_| unreadable("run of a walk", &row.run))?;
        Ok((row.day, Passage { run, walk: row.walk, step: row.step, event, seconds: row.seconds }))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps a walk under `code` until then. False when another one waits under it; nothing is written then.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, code: &ResumeCode, run: Uuid, progress: &str, until: Timestamp) -> Result<bool> {
    const SQL: &str = "INSERT INTO walk_kept (code, run, progress, kept_until) VALUES ($1, $2, $3, $4)
        ON CONFLICT (code) DO UPDATE SET progress = excluded.progress, kept_until = excluded.kept_until
        WHERE walk_kept.run = excluded.run";
    let progress = tx.seal.text(PROGRESS, progress);
    let written = on!(tx, connection => sqlx::query(SQL).bind(code.as_str()).bind(run.to_string()).bind(progress).bind(until.0)
        .execute(connection).await?.rows_affected());
    Ok(written > 0)
}

/// Forgets what waits of a going.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, run: Uuid) -> Result<()> {
    const SQL: &str = "DELETE FROM walk_kept WHERE run = $1";
    on!(tx, connection => sqlx::query(SQL).bind(run.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// What waits under `code`, if it still does.
///
/// # Errors
/// When the database fails.
pub async fn kept(tx: &mut Tx, code: &ResumeCode, now: Timestamp) -> Result<Option<String>> {
    const SQL: &str = "SELECT progress FROM walk_kept WHERE code = $1 AND kept_until > $2";
    let kept: Option<String> =
        on!(&mut *tx, connection => sqlx::query_scalar(SQL).bind(code.as_str()).bind(now.0).fetch_optional(connection).await?);
    kept.map(|progress| tx.seal.read(PROGRESS, progress)).transpose()
}

/// Counts somebody who was helped, and which wording of the consent was read to them.
///
/// # Errors
/// When the database fails.
pub async fn helped(tx: &mut Tx, help: Help, consent: &str, day: &str) -> Result<()> {
    const SQL: &str = "INSERT INTO helped (day, event, consent, times) VALUES ($1, $2, $3, 1)
        ON CONFLICT (day, event, consent) DO UPDATE SET times = helped.times + 1";
    on!(tx, connection => sqlx::query(SQL).bind(day).bind(help.as_str()).bind(consent).execute(connection).await?.rows_affected());
    Ok(())
}

/// How often each happened since `day`: event, wording, times.
///
/// # Errors
/// When the database fails.
pub async fn helped_since(tx: &mut Tx, day: &str) -> Result<Vec<(String, String, i64)>> {
    const SQL: &str = "SELECT event, consent, CAST(SUM(times) AS BIGINT) FROM helped WHERE day >= $1
        GROUP BY event, consent ORDER BY event, consent";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(day).fetch_all(connection).await?))
}

/// Forgets what waited too long at `now`, and what happened before `day`.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, now: Timestamp, day: &str) -> Result<u64> {
    const KEPT: &str = "DELETE FROM walk_kept WHERE kept_until <= $1";
    let gone = on!(&mut *tx, connection => sqlx::query(KEPT).bind(now.0).execute(connection).await?.rows_affected());
    for sql in ["DELETE FROM walk_passage WHERE day < $1", "DELETE FROM helped WHERE day < $1"] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(day).execute(connection).await?.rows_affected());
    }
    Ok(gone)
}
