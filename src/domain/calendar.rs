//! Working days: without weekends and public holidays, with the days that are worked in their stead.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::Timestamp;

/// The days off and the days made up for, of the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Public holidays, and working days swapped for them.
    pub days_off: BTreeSet<Date>,
    /// Weekend days that are worked.
    pub make_up: BTreeSet<Date>,
}

impl Calendar {
    /// Whether offices work on `day`.
    pub fn is_working(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.make_up.contains(&day) || !(weekend || self.days_off.contains(&day))
    }

    /// The working day so many of them before `day` (which itself does not count).
    pub fn before(&self, day: Date, working_days: u32) -> Date {
        self.walk(day, working_days, Date::yesterday)
    }

    /// The working day so many of them after `day` (which itself does not count).
    pub fn after(&self, day: Date, working_days: u32) -> Date {
        self.walk(day, working_days, Date::tomorrow)
    }

    fn walk(&self, mut day: Date, working_days: u32, step: impl Fn(Date) -> Result<Date, jiff::Error>) -> Date {
        let mut left = working_days;
        while left > 0 {
            let Ok(next) = step(day) else { return day };
            day = next;
            left -= u32::from(self.is_working(day));
        }
        day
    }

    /// Whether so many working days have passed since `since` on the day of `now`.
    pub fn passed(&self, since: Timestamp, working_days: u32, now: Timestamp) -> bool {
        now.date() >= self.after(since.date(), working_days)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn calendar() -> Calendar {
        // Wednesday 2 September and the day before; Saturday 22 August worked for Monday 31 August.
        let days_off = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)];
        Calendar { days_off: days_off.into(), make_up: [date(2026, 8, 22)].into() }
    }

    #[test]
    fn weekends_and_holidays_do_not_count_and_made_up_days_do() {
        let calendar = calendar();
        assert!(calendar.is_working(date(2026, 8, 22)) && !calendar.is_working(date(2026, 8, 23)));
        assert!(!calendar.is_working(date(2026, 9, 2)));
        assert_eq!(calendar.before(date(2026, 9, 4), 2), date(2026, 8, 28));
        assert_eq!(calendar.after(date(2026, 8, 28), 1), date(2026, 9, 3));
        assert_eq!(calendar.after(date(2026, 8, 21), 1), date(2026, 8, 22));
    }

    proptest::proptest! {
        #[test]
        fn going_forth_and_back_ends_on_a_working_day_no_later(offset in 0i32..700, days in 1u32..30) {
            let calendar = calendar();
            let start = date(2026, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
            let there = calendar.after(start, days);
            proptest::prop_assert!(calendar.is_working(there) && there > start);
            proptest::prop_assert!(calendar.before(there, days) <= start);
        }
    }
}
