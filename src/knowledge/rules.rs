//! What a walk cannot say by comparing choices: functions, named in `walk.toml`, of an answer and the day.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A function of an answer. Its results are choices that later steps may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Whether a birth is still to be registered in time: within 60 days (Law on Civil Status 60/2014/QH13, art. 15).
    BirthInTime,
    /// Age in years as the law on identification divides it (Law 26/2023/QH15): a card is a matter of choice under 14.
    AgeForIdentity,
}

/// Days within which a birth is to be registered (Law on Civil Status 60/2014/QH13, art. 15).
const DAYS_TO_REGISTER_A_BIRTH: i64 = 60;
/// Age from which everybody has an identity card (Law on Identification 26/2023/QH15, art. 19).
const AGE_OF_A_CARD: i64 = 14;

impl Rule {
    /// Everything it may find.
    pub fn results(self) -> &'static [&'static str] {
        match self {
            Self::BirthInTime => &["in-time", "late"],
            Self::AgeForIdentity => &["child", "grown"],
        }
    }

    /// Days ago that lie on either side of where its results change.
    pub fn days_apart(self) -> &'static [i64] {
        match self {
            Self::BirthInTime => &[DAYS_TO_REGISTER_A_BIRTH, DAYS_TO_REGISTER_A_BIRTH + 1],
            Self::AgeForIdentity => &[(AGE_OF_A_CARD - 1) * 365, (AGE_OF_A_CARD + 1) * 366],
        }
    }

    /// What it finds in `answer`, a day as [`Kind::Date`](super::walk::answer::Kind::Date) keeps it.
    pub fn of(self, answer: &str, today: Date) -> &'static str {
        let Ok(day) = answer.parse::<Date>() else { return self.results()[0] };
        match self {
            Self::BirthInTime if day.saturating_add(DAYS_TO_REGISTER_A_BIRTH.days()) >= today => "in-time",
            Self::BirthInTime => "late",
            Self::AgeForIdentity if day.saturating_add(AGE_OF_A_CARD.years()) > today => "child",
            Self::AgeForIdentity => "grown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_is_registered_in_time_until_the_sixtieth_day() {
        let on = |today: &str| Rule::BirthInTime.of("2026-09-01", today.parse().unwrap());
        assert_eq!(on("2026-10-31"), "in-time");
        assert_eq!(on("2026-11-01"), "late");
    }

    #[test]
    fn a_child_is_grown_on_its_fourteenth_birthday() {
        let on = |today: &str| Rule::AgeForIdentity.of("2012-02-29", today.parse().unwrap());
        assert_eq!(on("2026-02-27"), "child");
        assert_eq!(on("2026-02-28"), "grown");
    }
}
