//! How often things happened, for figures: no row says who.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::{Result, Tx, broadcast, lesson, on};
use crate::domain::broadcast::BroadcastId;
use crate::domain::officer::Places;
use crate::domain::{ChannelName, Lesson, Timestamp};

/// What was asked on a day: outcome, guide, hour and channel, and how often.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The day, `2026-11-22`.
    pub day: String,
    /// The hour of the day in Viet Nam.
    pub hour: i64,
    /// Where.
    pub channel: String,
    /// What became of it, as `motcua rank` names it.
    pub outcome: String,
    /// Slug of the guide, if one was shown.
    pub guide: String,
    /// How often.
    pub times: i64,
}

/// What is only counted, of all turns of a transaction: everybody writes these rows, so all write them last and in one order, and never
/// wait for one another in a circle.
#[derive(Debug, Default)]
pub struct Counts {
    /// Questions: channel, outcome, guide.
    asked: BTreeMap<(ChannelName, &'static str, String), i64>,
    lessons: BTreeMap<Lesson, i64>,
    /// Buttons of broadcasts.
    taps: BTreeMap<(BroadcastId, u32), i64>,
}

impl Counts {
    /// One more question.
    pub fn ask(&mut self, channel: ChannelName, outcome: &'static str, guide: Option<&str>) {
        *self.asked.entry((channel, outcome, guide.unwrap_or_default().to_owned())).or_default() += 1;
    }

    /// One more time that this was to be learned.
    pub fn learn(&mut self, lesson: &Lesson) {
        *self.lessons.entry(lesson.clone()).or_default() += 1;
    }

    /// A button was pressed once more.
    pub fn tap(&mut self, of: BroadcastId, button: u32) {
        *self.taps.entry((of, button)).or_default() += 1;
    }

    /// Counts them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let day = now.date().to_string();
        for (lesson, times) in &self.lessons {
            lesson::add(tx, lesson, *times, &day).await?;
        }
        for ((of, button), times) in &self.taps {
            broadcast::tapped(tx, *of, *button, *times).await?;
        }
        if self.asked.is_empty() {
            return Ok(());
        }
        let hour = i64::from(now.time().hour());
        on!(tx, connection => {
            let mut sql = QueryBuilder::new("INSERT INTO tally (day, hour, channel, outcome, guide, times) ");
            sql.push_values(&self.asked, |mut row, ((channel, outcome, guide), times)| {
                row.push_bind(&day).push_bind(hour).push_bind(channel.as_str()).push_bind(*outcome).push_bind(guide);
                row.push_bind(*times);
            });
            sql.push(" ON CONFLICT (day, hour, channel, outcome, guide) DO UPDATE SET times = tally.times + excluded.times");
            sql.build().execute(connection).await?.rows_affected()
        });
        Ok(())
    }
}

/// What was asked since `day`.
///
/// # Errors
/// When the database fails.
pub async fn since(tx: &mut Tx, day: &str) -> Result<Vec<Tally>> {
    const SQL: &str = "SELECT day, hour, channel, outcome, guide, times FROM tally WHERE day >= $1 ORDER BY day, hour";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(day).fetch_all(connection).await?))
}

/// A ticket as a figure: opened, taken, answered, ended, how, and how content the citizen was.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Served {
    /// The place; empty for none.
    pub place: String,
    /// When it was opened.
    pub opened_at: i64,
    /// When the first answer was written.
    pub answered_at: Option<i64>,
    /// When it ended.
    pub closed_at: Option<i64>,
    /// How.
    pub ending: Option<String>,
    /// 1 to 3.
    pub score: Option<i64>,
}

/// Tickets opened since then.
///
/// # Errors
/// When the database fails.
pub async fn served(tx: &mut Tx, since: Timestamp) -> Result<Vec<Served>> {
    const SQL: &str = "SELECT place, opened_at, answered_at, closed_at, ending, score FROM ticket WHERE opened_at >= $1";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(since.0).fetch_all(connection).await?))
}

/// Dossiers with an appointment: agency, whether they are at work, whether within their appointment, how many. Those that
/// ended count by when they last changed, since then.
///
/// # Errors
/// When the database fails.
pub async fn on_time(tx: &mut Tx, places: &Places, now: Timestamp, since: Timestamp) -> Result<Vec<(String, bool, bool, i64)>> {
    const SQL: &str =
        "SELECT agency, status IN (2, 4), CASE WHEN status IN (2, 4) THEN appointment >= $1 ELSE since <= appointment END,
            COUNT(*) FROM dossier WHERE appointment IS NOT NULL AND (status IN (2, 4) OR (status IN (9, 10) AND since >= $2))
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
    let rows: Vec<(String, bool, bool, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(now.0).bind(since.0).fetch_all(connection).await?);
    let seen = |agency: &String| match places {
        Places::All => true,
        Places::Some(places) => places.contains(agency),
    };
    Ok(rows.into_iter().filter(|(agency, ..)| seen(agency)).collect())
}

/// What became of the recipients of broadcasts that began since then: agency, outcome, how many.
///
/// # Errors
/// When the database fails.
pub async fn announced(tx: &mut Tx, since: Timestamp) -> Result<Vec<(String, i64, i64)>> {
    const SQL: &str = "SELECT broadcast.place, broadcast_count.outcome, CAST(SUM(broadcast_count.people) AS BIGINT)
        FROM broadcast JOIN broadcast_count ON broadcast_count.broadcast = broadcast.id
        WHERE broadcast.began_at >= $1 GROUP BY 1, 2 ORDER BY 1, 2";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(since.0).fetch_all(connection).await?))
}

/// Forgets what was before `day`.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, day: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM tally WHERE day < $1";
    on!(tx, connection => sqlx::query(SQL).bind(day).execute(connection).await?.rows_affected());
    Ok(())
}
