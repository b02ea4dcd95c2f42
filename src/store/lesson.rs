//! Questions that teach us something, counted by day.

use super::{Result, StoreError, Tx, on};
use crate::domain::{Lesson, Outcome};

/// A lesson, and how often it was taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The lesson.
    pub lesson: Lesson,
    /// How often.
    pub times: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    outcome: String,
    guide: String,
    question: String,
    times: i64,
}

/// Counts a lesson so many times on `day` (`2026-11-21`).
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, lesson: &Lesson, times: i64, day: &str) -> Result<()> {
    const SQL: &str = "INSERT INTO lesson (day, outcome, guide, question, times) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (day, outcome, guide, question) DO UPDATE SET times = lesson.times + excluded.times";
    let guide = lesson.guide.as_deref().unwrap_or_default();
    on!(tx, connection => sqlx::query(SQL).bind(day).bind(lesson.outcome.as_str()).bind(guide).bind(&lesson.question).bind(times)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// All lessons since `day`, each once.
///
/// # Errors
/// When the database fails, or holds an outcome this program does not know.
pub async fn since(tx: &mut Tx, day: &str) -> Result<Vec<Counted>> {
    const SQL: &str = "SELECT outcome, guide, question, CAST(SUM(times) AS BIGINT) AS times FROM lesson WHERE day >= $1
        GROUP BY outcome, guide, question ORDER BY outcome, guide, question";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as::<_, Row>(SQL).bind(day).fetch_all(connection).await?);
    let counted = |row: Row| {
        let outcome = Outcome::from_name(&row.outcome)
            .ok_or_else(|| StoreError::Unreadable { what: "outcome of a lesson", cause: row.outcome.clone() })?;
        let guide = (!row.guide.is_empty()).then_some(row.guide);
        Ok(Counted { lesson: Lesson { question: row.question, outcome, guide }, times: row.times })
    };
    rows.into_iter().map(counted).collect()
}

/// Forgets lessons older than `day`. Returns how many rows went.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, day: &str) -> Result<u64> {
    Ok(
        on!(tx, connection => sqlx::query("DELETE FROM lesson WHERE day < $1").bind(day).execute(connection).await?.rows_affected()),
    )
}
