//! How far people come on walks: counted from passages, by walk and week.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use uuid::Uuid;

use crate::domain::{Passage, PassageEvent};
use crate::knowledge::Walk;

/// One walk in one week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    /// How many began it.
    pub started: usize,
    /// How many came to its end.
    pub finished: usize,
    /// How many found the way closed.
    pub exited: usize,
    /// Where the others are, or gave up, and how many.
    pub left_at: BTreeMap<String, usize>,
    /// Median seconds at each step.
    pub median: BTreeMap<String, i64>,
    /// How often something did not work: `<step>/<trouble>`.
    pub troubles: BTreeMap<String, usize>,
}

/// What stands before the step that somebody had come past ([`Week::left_at`]).
pub const PAST: &str = "after ";

/// A walk and the Monday of a week.
pub type Of = (String, Date);

/// Counts `passages` (each with its day) by walk and by the week in which each going began.
pub fn weeks<'w>(passages: &[(String, Passage)], walk: impl Fn(&str) -> Option<&'w Walk>) -> BTreeMap<Of, Week> {
    let mut goings: BTreeMap<Uuid, Vec<&(String, Passage)>> = BTreeMap::new();
    for passage in passages {
        goings.entry(passage.1.run).or_default().push(passage);
    }
    let mut weeks: BTreeMap<Of, (Week, BTreeMap<String, Vec<i64>>)> = BTreeMap::new();
    for going in goings.values() {
        let Some(first) = going.iter().filter_map(|(day, _)| day.parse::<Date>().ok()).min() else { continue };
        let slug = &going[0].1.walk;
        let (week, seconds) = weeks.entry((slug.clone(), monday(first))).or_default();
        let happened = |event| going.iter().any(|(_, passage)| passage.event == event);
        // One that began before the span of the report is counted where its first passage stands.
        week.started += 1;
        match (happened(PassageEvent::Finished), happened(PassageEvent::Exited)) {
            (true, _) => week.finished += 1,
            (false, true) => week.exited += 1,
            (false, false) => {
                let passed = going.iter().filter(|(_, passage)| passage.event == PassageEvent::Passed);
                let passed: BTreeSet<&str> = passed.map(|(_, passage)| passage.step.as_str()).collect();
                *week.left_at.entry(left_where(walk(slug), &passed)).or_default() += 1;
            }
        }
        for (_, passage) in going {
            match passage.event {
                PassageEvent::Passed => seconds.entry(passage.step.clone()).or_default().push(passage.seconds),
                PassageEvent::Trouble => *week.troubles.entry(passage.step.clone()).or_default() += 1,
                PassageEvent::Started | PassageEvent::Finished | PassageEvent::Exited => {}
            }
        }
    }
    let whole = |(of, (week, seconds)): (Of, (Week, BTreeMap<String, Vec<i64>>))| {
        let median = seconds.into_iter().map(|(step, seconds)| (step, median(seconds))).collect();
        (of, Week { median, ..week })
    };
    weeks.into_iter().map(whole).collect()
}

/// The last step that was passed, in the order of the walk: nobody knows which step stood before somebody who left, since
/// that hangs on answers, which are not kept.
fn left_where(walk: Option<&Walk>, passed: &BTreeSet<&str>) -> String {
    let last = walk.and_then(|walk| walk.plan.steps.iter().rfind(|step| passed.contains(step.id.as_str())));
    match last.map(|step| step.id.as_str()).or_else(|| passed.last().copied()) {
        Some(step) => format!("{PAST}{step}"),
        None => "at the beginning".to_owned(),
    }
}

fn monday(day: Date) -> Date {
    day.saturating_sub(jiff::Span::new().days(i64::from(day.weekday().to_monday_zero_offset())))
}

/// The middle one; of an even number, the lower of the two.
fn median(mut seconds: Vec<i64>) -> i64 {
    seconds.sort_unstable();
    seconds.get(seconds.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(run: u128, step: &str, event: PassageEvent, seconds: i64) -> (String, Passage) {
        let passage = Passage { run: Uuid::from_u128(run), walk: "w".into(), step: step.into(), event, seconds };
        ("2026-11-22".to_owned(), passage)
    }

    #[test]
    fn goings_are_counted_once_each_in_the_week_they_began() {
        let passages = [
            passage(1, "", PassageEvent::Started, 0),
            passage(1, "a", PassageEvent::Passed, 10),
            passage(1, "end", PassageEvent::Finished, 0),
            passage(2, "", PassageEvent::Started, 0),
            passage(2, "a", PassageEvent::Passed, 30),
            passage(2, "a/otp", PassageEvent::Trouble, 5),
            passage(3, "", PassageEvent::Started, 0),
            passage(4, "", PassageEvent::Started, 0),
            passage(4, "a", PassageEvent::Passed, 20),
            passage(4, "no", PassageEvent::Exited, 0),
        ];
        let weeks = weeks(&passages, |_| None);
        let ((_, monday), week) = weeks.first_key_value().unwrap();
        assert_eq!(monday.to_string(), "2026-11-16");
        assert_eq!((week.started, week.finished, week.exited), (4, 1, 1));
        assert_eq!(week.left_at, BTreeMap::from([("after a".to_owned(), 1), ("at the beginning".to_owned(), 1)]));
        assert_eq!(week.median["a"], 20);
        assert_eq!(week.troubles["a/otp"], 1);
    }
}
