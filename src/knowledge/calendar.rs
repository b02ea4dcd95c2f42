//! The yearly file of public holidays, `calendar.toml`.

use jiff::civil::Date;
use serde::Deserialize;

use super::error::Fault;
use crate::domain::Calendar;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    year: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    days_off: Vec<Date>,
    #[serde(default)]
    make_up: Vec<Date>,
    /// What is still to be announced, in words.
    #[serde(default)]
    missing: Option<String>,
}

/// The calendar of a deployment, and what is missing in it.
#[derive(Clone, Debug, Default)]
pub struct Years {
    /// Working days.
    pub calendar: Calendar,
    /// Years whose days off are all in it.
    pub complete: Vec<i16>,
    /// What a clerk still has to fill in.
    pub(super) missing: Vec<(i16, String)>,
}

impl Years {
    /// What a deployment still has to fill in, this year and in those it began.
    pub(super) fn to_fill_in(&self, today: Date) -> Vec<Fault> {
        let this = today.year();
        let known = self.complete.contains(&this) || self.missing.iter().any(|(year, _)| *year == this);
        let none = (!known).then(|| Fault::new("fault-year-none").value("year", this));
        let said = self.missing.iter().filter(|(year, _)| *year >= this);
        let said = said.map(|(year, what)| Fault::new("fault-year-missing").value("year", year).value("what", what));
        none.into_iter().chain(said).collect()
    }

    /// Reads `calendar.toml`.
    ///
    /// # Errors
    /// When it is not TOML, or a day stands under another year.
    pub fn read(source: &str) -> Result<Self, Fault> {
        let table: Table = toml::from_str(source).map_err(|error| Fault::of_toml(source, &error, "fault-toml-calendar"))?;
        let mut years = Self::default();
        for year in table.year {
            if let Some(day) = year.days_off.iter().chain(&year.make_up).find(|day| day.year() != year.year) {
                return Err(Fault::at(1, "fault-day-year").value("day", day).value("year", year.year));
            }
            years.calendar.days_off.extend(year.days_off);
            years.calendar.make_up.extend(year.make_up);
            match year.missing {
                Some(missing) => years.missing.push((year.year, missing)),
                None => years.complete.push(year.year),
            }
        }
        Ok(years)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_shipped_calendar_knows_its_holidays_and_what_is_missing() {
        let years = Years::read(include_str!("../../knowledge/calendar.toml")).unwrap();
        assert!(!years.calendar.is_working(date(2027, 1, 1)) && !years.calendar.is_working(date(2027, 4, 30)));
        assert!(years.calendar.is_working(date(2026, 11, 20)));
        let gaps = |day| years.to_fill_in(day).iter().map(|gap| gap.what).collect::<Vec<_>>();
        assert_eq!(gaps(date(2026, 11, 20)), ["fault-year-missing"; 2]);
        assert_eq!(gaps(date(2030, 1, 1)), ["fault-year-none"]);
        let wrong = Years::read("[[year]]\nyear = 2027\ndays_off = [\"2026-09-02\"]").unwrap_err();
        assert!(wrong.to_string().contains("2026-09-02"), "{wrong}");
    }
}
