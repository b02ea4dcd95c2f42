//! Answers that are typed, and what makes each of them right.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::domain::pattern::pattern;
use crate::knowledge::search::{dossier_in, unmarked};

/// What kind of answer is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A day in the past, as people write it: `5/3/2026`, `05-03-2026`, `2026-03-05`. Kept as `2026-03-05`.
    Date,
    /// A Vietnamese mobile number: ten digits with a network's prefix, or `+84`. Kept as `*******678`: that it is one is all
    /// we need to know, and the inbox has covered it before.
    Phone,
    /// A personal identity number (`số định danh cá nhân`): twelve digits that fit together. Kept as `*********345`.
    Identity,
    /// The code of a dossier, of any of the shapes in use. Kept in capitals without spaces.
    Dossier,
    /// An e-mail address.
    Email,
}

/// Why a typed answer is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It does not look like one.
    Shape,
    /// A day that has not come yet.
    Future,
}

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|\D)(\d{1,2})\s*(?:[/. -]|tháng|thang)\s*(\d{1,2})\s*(?:[/. -]|năm|nam)\s*(\d{4}|\d{2})(?:\D|$)|^(\d{4})-(\d{2})-(\d{2})$",
    )
});
/// Prefixes of the mobile networks since the change of numbers in 2018: 03, 05, 07, 08, 09. Stars stand for what is covered.
static MOBILE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(?:\+?84|0)[35789]\d{5}|\+?\*{7,8})(\d{3})$"));
/// Twelve digits, of which the first three name the place of registration and begin with 0.
static IDENTITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:0\d{8}|\*{9})(\d{3})$"));
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}$"));

impl Kind {
    /// Its name in the wording: `date`, `phone`, …
    pub fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Phone => "phone",
            Self::Identity => "identity",
            Self::Dossier => "dossier",
            Self::Email => "email",
        }
    }

    /// Reads what was typed into the form in which it is kept.
    ///
    /// # Errors
    /// Why it is no such answer.
    pub fn read(self, typed: &str, today: Date) -> Result<String, Wrong> {
        let typed = typed.trim().trim_end_matches(['.', ',', ';']);
        let dense: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        match self {
            Self::Date => day(typed, today).and_then(|day| if day > today { Err(Wrong::Future) } else { Ok(day.to_string()) }),
            Self::Phone => covered(&MOBILE, &dense.replace(['.', '-'], ""), 7),
            Self::Identity => covered(&IDENTITY, &dense.replace('.', ""), 9),
            Self::Dossier => dossier_in(&format!("hồ sơ {typed}")).ok_or(Wrong::Shape),
            Self::Email => fitting(EMAIL.is_match(&dense), dense),
        }
    }

    /// An answer as it is shown again: of numbers that name a person only the end.
    pub fn shown(self, kept: &str) -> String {
        match self {
            Self::Date => kept.split('-').rev().collect::<Vec<_>>().join("/"),
            Self::Phone | Self::Identity => format!("…{}", kept.trim_start_matches('*')),
            Self::Email => {
                let (name, host) = kept.split_once('@').unwrap_or((kept, ""));
                format!("{}…@{host}", &name[..1.min(name.len())])
            }
            Self::Dossier => kept.to_owned(),
        }
    }
}

/// The last three digits of a number of that form, behind as many stars.
fn covered(form: &Regex, typed: &str, stars: usize) -> Result<String, Wrong> {
    let found = form.captures(typed).ok_or(Wrong::Shape)?;
    Ok(format!("{}{}", "*".repeat(stars), &found[1]))
}

fn fitting(fits: bool, value: String) -> Result<String, Wrong> {
    if fits { Ok(value) } else { Err(Wrong::Shape) }
}

/// A day as people write it; the day stands before the month.
fn day(typed: &str, today: Date) -> Result<Date, Wrong> {
    match unmarked(typed).as_str() {
        "hom nay" | "sang nay" | "today" => return Ok(today),
        "hom qua" | "toi qua" | "dem qua" | "yesterday" => return today.yesterday().map_err(|_| Wrong::Shape),
        _ => {}
    }
    // `05032026`
    let dense = (typed.len() == 8 && typed.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| format!("{}/{}/{}", &typed[..2], &typed[2..4], &typed[4..]));
    let typed = dense.as_deref().unwrap_or(typed);
    let found = DAY.captures(typed).ok_or(Wrong::Shape)?;
    let part = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<i16>().ok());
    let [day, month, year] = match (part(1), part(4)) {
        (Some(day), _) => [Some(day), part(2), part(3)],
        (None, Some(year)) => [part(6), part(5), Some(year)],
        (None, None) => return Err(Wrong::Shape),
    };
    let small = |number: Option<i16>| number.and_then(|number| i8::try_from(number).ok()).ok_or(Wrong::Shape);
    // `5/3/26`: of this century, unless that is still to come.
    let year = year.map(|year| match year {
        0..100 if 2000 + year <= today.year() => 2000 + year,
        0..100 => 1900 + year,
        _ => year,
    });
    let year = year.filter(|year| *year >= 1900).ok_or(Wrong::Shape)?;
    Date::new(year, small(month)?, small(day)?).map_err(|_| Wrong::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 22);

    #[test]
    fn answers_are_kept_in_one_form() {
        for (kind, typed, kept) in [
            (Kind::Date, "5/3/2026", "2026-03-05"),
            (Kind::Date, "05-03-2026.", "2026-03-05"),
            (Kind::Date, "2026-03-05", "2026-03-05"),
            (Kind::Date, "ngày 5 tháng 3 năm 2026", "2026-03-05"),
            (Kind::Date, "sinh 5/3/2026 nhé", "2026-03-05"),
            (Kind::Date, "5/3/26", "2026-03-05"),
            (Kind::Date, "5/3/85", "1985-03-05"),
            (Kind::Date, "05032026", "2026-03-05"),
            (Kind::Date, "hom qua", "2026-11-21"),
            (Kind::Date, "Hôm nay", "2026-11-22"),
            (Kind::Phone, "+84 912 345 678", "*******678"),
            (Kind::Phone, "0912.345.678", "*******678"),
            (Kind::Identity, "001 199 012 345", "*********345"),
            (Kind::Identity, "*********345", "*********345"),
            (Kind::Dossier, "h25.44.12-260115-0003", "H25.44.12-260115-0003"),
            (Kind::Email, "an.nguyen@example.vn", "an.nguyen@example.vn"),
        ] {
            assert_eq!(kind.read(typed, TODAY).as_deref(), Ok(kept), "{typed}");
            assert_eq!(kind.read(kept, TODAY).as_deref(), Ok(kept), "what is kept reads as itself: {kept}");
        }
    }

    #[test]
    fn what_is_no_answer_is_refused_with_its_reason() {
        assert_eq!(Kind::Date.read("31/2/2026", TODAY), Err(Wrong::Shape));
        assert_eq!(Kind::Date.read("1/1/2027", TODAY), Err(Wrong::Future));
        assert_eq!(Kind::Date.read("tuần trước", TODAY), Err(Wrong::Shape));
        assert_eq!(Kind::Phone.read("0212345678", TODAY), Err(Wrong::Shape));
        assert_eq!(Kind::Identity.read("123456789", TODAY), Err(Wrong::Shape), "the nine digits of an old card");
        assert_eq!(Kind::Dossier.read("hồ sơ của tôi", TODAY), Err(Wrong::Shape));
        assert_eq!(Kind::Email.read("an@", TODAY), Err(Wrong::Shape));
    }

    #[test]
    fn numbers_of_a_person_are_shown_by_their_end() {
        assert_eq!(Kind::Identity.shown("*********345"), "…345");
        assert_eq!(Kind::Email.shown("an@example.vn"), "a…@example.vn");
        assert_eq!(Kind::Date.shown("2026-03-05"), "05/03/2026");
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_stops_the_reader(typed in "\\PC{0,30}") {
            for kind in [Kind::Date, Kind::Phone, Kind::Identity, Kind::Dossier, Kind::Email] {
                if let Ok(kept) = kind.read(&typed, TODAY) {
                    proptest::prop_assert_eq!(kind.read(&kept, TODAY), Ok(kept.clone()));
                    proptest::prop_assert!(!kind.shown(&kept).is_empty());
                }
            }
        }
    }
}
