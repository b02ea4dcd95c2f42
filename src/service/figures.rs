//! Figures of a span of days: what was asked, how it was served, what is on time.
//!
//! **Rule.** A number below five tells of persons: it is hidden, on the page and in the file, and left out of charts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::broadcast::Outcome;
use crate::domain::officer::Places;
use crate::domain::{Calendar, Lang, OfficeHours, Passage, Timestamp, shorten};
use crate::knowledge::Library;
use crate::service::walks::{PAST, weeks};
use crate::store::tally::Served;
use crate::store::{Result, Store, rating, tally, walk};

/// Smaller numbers are hidden.
pub const LEAST: i64 = 5;
/// Guides that are listed.
const GUIDES: usize = 20;
/// Longest name of a step, in letters.
const LONGEST_STEP: usize = 60;

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Of people, or of what each of them did: hidden when it is small.
    People(i64),
    /// Minutes, of enough people: shown as they are.
    Minutes(i64),
}

impl Count {
    /// The number, unless it is hidden.
    pub fn shown(self) -> Option<i64> {
        match self {
            Self::People(count) => (count == 0 || count >= LEAST).then_some(count),
            Self::Minutes(minutes) => Some(minutes),
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.shown() {
            Some(count) => write!(f, "{count}"),
            None => write!(f, "<{LEAST}"),
        }
    }
}

/// A row: what is counted and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The walk that it is about.
    pub of: Option<String>,
    /// What: a key of the wording ([`Table::worded`]), or a name.
    pub what: String,
    /// How often.
    pub count: Count,
}

/// Rows under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The end of its key in the wording.
    pub key: &'static str,
    /// Its rows are keys of the wording.
    pub worded: bool,
    /// The rows, in the order in which they are shown.
    pub rows: Vec<Row>,
}

/// Who asks for which days.
pub struct Span<'a> {
    /// Where the officer may see figures.
    pub places: &'a Places,
    /// How many days back.
    pub days: u32,
    /// Now.
    pub now: Timestamp,
    /// When the desk is staffed: its clocks count in these hours.
    pub hours: Option<&'a OfficeHours>,
}

/// The figures. Those that belong to no place are for officers of everywhere.
///
/// # Errors
/// When the database fails.
pub async fn figures(store: &Store, library: &Library, span: &Span<'_>) -> Result<Vec<Table>> {
    let since = span.now.minus(Duration::from_secs(u64::from(span.days) * 86_400));
    let day = since.date().to_string();
    let mut tx = store.read().await?;
    let on_time = tally::on_time(&mut tx, span.places, span.now, since).await?;
    let mut ratings = rating::since(&mut tx, &day).await?;
    let served = tally::served(&mut tx, since).await?;
    let announced = tally::announced(&mut tx, since).await?;
    let may = |place: &str| match span.places {
        Places::All => true,
        Places::Some(places) => places.iter().any(|known| known == place),
    };
    ratings.retain(|rated| may(&rated.agency));
    let served: Vec<Served> = served.into_iter().filter(|served| may(&served.place)).collect();
    let mut tables = Vec::new();
    if *span.places == Places::All {
        let asked = tally::since(&mut tx, &day).await?;
        let sum = |of: &dyn Fn(&tally::Tally) -> Option<String>| {
            let mut sums: BTreeMap<String, i64> = BTreeMap::new();
            for tally in &asked {
                if let Some(what) = of(tally) {
                    *sums.entry(what).or_default() += tally.times;
                }
            }
            sums
        };
        // Days and hours on which nobody asked are figures too.
        let mut days = sum(&|tally| Some(tally.day.clone()));
        let mut hours = sum(&|tally| Some(format!("{:02}", tally.hour)));
        if !asked.is_empty() {
            let all = (0..span.days).map(|back| span.now.minus(Duration::from_secs(u64::from(back) * 86_400)).date().to_string());
            for day in all {
                days.entry(day).or_default();
            }
            for hour in 0..24 {
                hours.entry(format!("{hour:02}")).or_default();
            }
        }
        tables.push(table("days", false, days));
        tables.push(table("hours", false, hours));
        tables.push(largest("outcomes", true, sum(&|tally| Some(format!("action-{}", tally.outcome.replace('_', "-"))))));
        let title = |slug: &str| library.id_of(slug).map_or(slug, |guide| library.title(guide)).to_owned();
        let guide = |tally: &tally::Tally| (!tally.guide.is_empty() && tally.outcome == "answer").then(|| title(&tally.guide));
        let mut guides = largest("guides", false, sum(&guide));
        guides.rows.truncate(GUIDES);
        tables.push(guides);
        tables.push(largest("channels", true, sum(&|tally| Some(format!("place-{}", tally.channel.replace('_', "-"))))));
        let passages = walk::passages_since(&mut tx, &day).await?;
        tables.extend(walked(library, &passages));
    }
    drop(tx);
    tables.extend(desk(&served, span, library.calendar()));
    let mut dossiers: BTreeMap<String, i64> = BTreeMap::new();
    for (_, running, fine, count) in on_time {
        let key = match (running, fine) {
            (true, true) => "dossiers-fine",
            (true, false) => "dossiers-late",
            (false, true) => "dossiers-done-fine",
            (false, false) => "dossiers-done-late",
        };
        *dossiers.entry(format!("figures-{key}")).or_default() += count;
    }
    tables.push(table("dossiers", true, dossiers));
    let mut rated: BTreeMap<String, i64> = BTreeMap::new();
    for rating in &ratings {
        // Each person once, or four of them would be twelve.
        *rated.entry(scored(rating.attitude.min(rating.time).min(rating.clarity))).or_default() += 1;
    }
    tables.push(table("ratings", true, rated));
    let mut told: BTreeMap<String, i64> = BTreeMap::new();
    for (_, outcome, people) in announced.iter().filter(|(place, ..)| may(place)) {
        *told.entry(format!("cast-out-{}", Outcome::from_number(*outcome).name())).or_default() += people;
    }
    tables.push(largest("broadcasts", true, told));
    Ok(tables)
}

fn row((what, count): (String, i64)) -> Row {
    Row { of: None, what, count: Count::People(count) }
}

fn table(key: &'static str, worded: bool, sums: BTreeMap<String, i64>) -> Table {
    Table { key, worded, rows: sums.into_iter().map(row).collect() }
}

/// The largest first.
fn largest(key: &'static str, worded: bool, sums: BTreeMap<String, i64>) -> Table {
    let mut table = table(key, worded, sums);
    table.rows.sort_by_key(|row| Reverse(row.count));
    table
}

/// How walks ended, and which step people had come past when they stopped; those who stopped at the beginning under no step.
fn walked(library: &Library, passages: &[(String, Passage)]) -> [Table; 2] {
    let mut ends: BTreeMap<(String, String), i64> = BTreeMap::new();
    let mut stops: BTreeMap<(String, String), i64> = BTreeMap::new();
    for ((slug, _), week) in weeks(passages, |slug| library.walk(slug)) {
        let walk = library.walk(&slug);
        let title = walk.map_or_else(|| slug.clone(), |walk| walk.title(Lang::Vi).to_owned());
        for (key, count) in [("started", week.started), ("finished", week.finished), ("exited", week.exited)] {
            *ends.entry((title.clone(), format!("figures-walk-{key}"))).or_default() += count as i64;
        }
        for (place, count) in week.left_at {
            let step = place.strip_prefix(PAST).map(|id| walk.map_or(id, |walk| walk.text(Lang::Vi, id)));
            let step = step.map_or_else(String::new, |words| shorten(words.lines().next().unwrap_or_default(), LONGEST_STEP));
            *stops.entry((title.clone(), step)).or_default() += count as i64;
        }
    }
    let rows = |sums: BTreeMap<(String, String), i64>| -> Vec<Row> {
        sums.into_iter().map(|((of, what), count)| Row { of: Some(of), what, count: Count::People(count) }).collect()
    };
    let mut stops = rows(stops);
    stops.sort_by_key(|row| Reverse(row.count));
    [Table { key: "walks", worded: true, rows: rows(ends) }, Table { key: "stops", worded: false, rows: stops }]
}

/// How the desk served: how tickets ended, how content people were, and its clocks in the desk's own hours.
fn desk(served: &[Served], span: &Span<'_>, calendar: &Calendar) -> Vec<Table> {
    let mut ends: BTreeMap<String, i64> = BTreeMap::new();
    let mut scores: BTreeMap<String, i64> = BTreeMap::new();
    let (mut first, mut whole): (Vec<u64>, Vec<u64>) = Default::default();
    let minutes = |from: i64, to: i64| {
        let (from, to) = (Timestamp(from), Timestamp(to));
        let worked = span.hours.map_or_else(|| from.until(to), |hours| hours.worked(calendar, from, to));
        worked.as_secs().div_ceil(60)
    };
    for ticket in served {
        let end = ticket.ending.as_deref().map_or_else(|| "figures-open".to_owned(), |ending| format!("ending-{ending}"));
        *ends.entry(end).or_default() += 1;
        if let Some(score) = ticket.score {
            *scores.entry(scored(score)).or_default() += 1;
        }
        first.extend(ticket.answered_at.map(|at| minutes(ticket.opened_at, at)));
        whole.extend(ticket.closed_at.map(|at| minutes(ticket.opened_at, at)));
    }
    let mut tables = vec![largest("tickets", true, ends), table("scores", true, scores)];
    for (key, clock) in [("first-answer", first), ("resolution", whole)] {
        tables.push(Table { key, worded: true, rows: clocked(clock) });
    }
    tables
}

/// The key of a score from 1 to 3.
fn scored(score: i64) -> String {
    match score {
        ..=1 => "rate-bad",
        2 => "rate-so-so",
        _ => "rate-good",
    }
    .to_owned()
}

/// Middle and slow minutes, of enough tickets to tell nothing of one.
fn clocked(mut minutes: Vec<u64>) -> Vec<Row> {
    minutes.sort_unstable();
    if (minutes.len() as i64) < LEAST {
        return Vec::new();
    }
    let at = |share: usize| i64::try_from(minutes[(minutes.len() * share / 100).min(minutes.len() - 1)]).unwrap_or(i64::MAX);
    [("figures-median", at(50)), ("figures-slow", at(90))]
        .map(|(key, minutes)| Row { of: None, what: key.to_owned(), count: Count::Minutes(minutes) })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_hidden() {
        assert_eq!([0, 1, 4, 5, 12].map(|count| Count::People(count).to_string()), ["0", "<5", "<5", "5", "12"]);
        assert_eq!(clocked(vec![3; 4]), []);
        assert_eq!(clocked(vec![1; 9])[0].count.to_string(), "1");
        assert_eq!(clocked((1..=100).collect())[0].count, Count::Minutes(51));
    }
}
