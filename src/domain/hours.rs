//! When somebody sits at the desk: hours of the day, on working days.

use std::time::Duration;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{Calendar, Timestamp};

/// Spans of a working day, in their order: `07:30-11:30, 13:30-17:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfficeHours(Vec<(Time, Time)>);

/// What are no hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” are no hours: write 07:30-11:30, 13:30-17:00")]
pub struct NoHours(String);

impl TryFrom<String> for OfficeHours {
    type Error = NoHours;

    fn try_from(text: String) -> Result<Self, NoHours> {
        let span = |part: &str| {
            let (from, to) = part.split_once('-')?;
            let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
            Some((time(from)?, time(to)?)).filter(|(from, to)| from < to)
        };
        let spans: Option<Vec<_>> = text.split(',').map(span).collect();
        let in_order = |spans: &Vec<(Time, Time)>| spans.windows(2).all(|pair| pair[0].1 <= pair[1].0);
        spans.filter(in_order).map(Self).ok_or(NoHours(text))
    }
}

impl From<OfficeHours> for String {
    fn from(hours: OfficeHours) -> Self {
        let span = |(from, to): &(Time, Time)| format!("{}-{}", from.strftime("%H:%M"), to.strftime("%H:%M"));
        hours.0.iter().map(span).collect::<Vec<_>>().join(", ")
    }
}

impl OfficeHours {
    /// Whether somebody is there.
    pub fn is_open(&self, calendar: &Calendar, now: Timestamp) -> bool {
        let time = now.time();
        calendar.is_working(now.date()) && self.0.iter().any(|(from, to)| (*from..*to).contains(&time))
    }

    /// When somebody is there next; `now` itself while somebody is.
    pub fn next_open(&self, calendar: &Calendar, now: Timestamp) -> Timestamp {
        if self.is_open(calendar, now) {
            return now;
        }
        let today = now.time();
        let later = self.0.iter().map(|(from, _)| *from).find(|from| *from > today);
        match later.filter(|_| calendar.is_working(now.date())) {
            Some(from) => Timestamp::at(now.date(), from),
            None => Timestamp::at(calendar.after(now.date(), 1), self.0[0].0),
        }
    }

    /// How much of the time between `from` and `to` somebody was there: what clocks of service count.
    pub fn worked(&self, calendar: &Calendar, from: Timestamp, to: Timestamp) -> Duration {
        let mut worked = Duration::ZERO;
        let mut day = from.date();
        while day <= to.date() {
            if calendar.is_working(day) {
                for (opens, closes) in &self.0 {
                    let begin = Timestamp::at(day, *opens).max(from);
                    worked += begin.until(Timestamp::at(day, *closes).min(to));
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        worked
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn hours() -> OfficeHours {
        "07:30-11:30, 13:30-17:00".to_owned().try_into().unwrap()
    }

    /// Friday 20 November 2026, or a day after it.
    fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
        Timestamp::at(date(2026, 11, day), time(hour, minute, 0, 0))
    }

    #[test]
    fn hours_are_written_and_read() {
        assert_eq!(String::from(hours()), "07:30-11:30, 13:30-17:00");
        for odd in ["", "7-11", "11:30-07:30", "13:30-17:00, 07:30-11:30", "07:30-25:00"] {
            assert!(OfficeHours::try_from(odd.to_owned()).is_err(), "{odd}");
        }
    }

    #[test]
    fn somebody_is_there_in_the_hours_of_working_days() {
        let calendar = Calendar::default();
        let next = |from| hours().next_open(&calendar, from);
        assert!(hours().is_open(&calendar, at(20, 7, 30)) && !hours().is_open(&calendar, at(20, 11, 30)));
        assert!(!hours().is_open(&calendar, at(21, 9, 0)), "a Saturday");
        assert_eq!(next(at(20, 9, 0)), at(20, 9, 0));
        assert_eq!(next(at(20, 12, 0)), at(20, 13, 30));
        assert_eq!(next(at(20, 6, 0)), at(20, 7, 30));
        assert_eq!(next(at(20, 17, 0)), at(23, 7, 30), "over the weekend");
        let tet = Calendar { days_off: [date(2026, 11, 23)].into(), ..Calendar::default() };
        assert_eq!(hours().next_open(&tet, at(20, 18, 0)), at(24, 7, 30), "and a holiday");
    }

    #[test]
    fn clocks_of_service_stand_while_nobody_is_there() {
        let calendar = Calendar::default();
        let worked = |from, to| hours().worked(&calendar, from, to).as_secs() / 60;
        assert_eq!(worked(at(20, 11, 0), at(20, 14, 0)), 60);
        assert_eq!(worked(at(20, 16, 50), at(23, 7, 40)), 20);
        assert_eq!(worked(at(21, 9, 0), at(22, 9, 0)), 0);
        assert_eq!(worked(at(20, 9, 0), at(20, 8, 0)), 0);
    }

    proptest::proptest! {
        #[test]
        fn what_opens_next_is_open(minutes in 0i64..60 * 24 * 30) {
            let now = at(1, 0, 0).plus(Duration::from_secs(u64::try_from(minutes).unwrap() * 60));
            let next = hours().next_open(&Calendar::default(), now);
            proptest::prop_assert!(next >= now && hours().is_open(&Calendar::default(), next));
        }
    }
}
