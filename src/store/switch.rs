//! What is switched off.

use super::{Result, Tx, on};
use crate::domain::switch::{Off, Switchable, Switches};
use crate::domain::{Bilingual, Timestamp};

#[derive(sqlx::FromRow)]
struct Row {
    what: String,
    reason: String,
    reason_en: String,
    officer: String,
    since: i64,
}

/// Everything that is off. What only another version can switch off is left out.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx) -> Result<Switches> {
    const SQL: &str = "SELECT what, reason, reason_en, officer, since FROM switch ORDER BY what";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    let off = rows.into_iter().filter_map(|row| {
        let reason = Bilingual { vi: row.reason, en: row.reason_en };
        Some(Off { what: row.what.parse().ok()?, reason, by: row.officer, since: Timestamp(row.since) })
    });
    Ok(Switches::new(off.collect()))
}

/// Switches something off, or changes the reason.
///
/// # Errors
/// When the database fails.
pub async fn off(tx: &mut Tx, off: &Off) -> Result<()> {
    const SQL: &str = "INSERT INTO switch (what, reason, reason_en, officer, since) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (what) DO UPDATE SET reason = excluded.reason, reason_en = excluded.reason_en, officer = excluded.officer";
    on!(tx, connection => sqlx::query(SQL).bind(off.what.to_string()).bind(&off.reason.vi).bind(&off.reason.en).bind(&off.by)
        .bind(off.since.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Switches something on again. False when it was not off.
///
/// # Errors
/// When the database fails.
pub async fn on(tx: &mut Tx, what: &Switchable) -> Result<bool> {
    const SQL: &str = "DELETE FROM switch WHERE what = $1";
    let gone = on!(tx, connection => sqlx::query(SQL).bind(what.to_string()).execute(connection).await?.rows_affected());
    Ok(gone > 0)
}
