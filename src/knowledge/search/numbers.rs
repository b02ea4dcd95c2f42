//! Numbers that name something: an official procedure code, a dossier, a law.

use std::sync::LazyLock;

use regex::{Match, Regex};

use super::fold::{canonical, fold};
use crate::domain::pattern::pattern;

/// A digit, a dot, six digits, whatever local tail follows: `1.001193.000.00.00.H44`.
static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^\d.])(\d\.\d{6})(?:$|[^\d])"));
/// Shapes of dossier codes seen in use: agency, day, running number (`H15.50.05.13-261008-0975`,
/// `000.00.14.H56-200203-0118`, `G09.20-20260609-0092637`), social insurance (`03706/2026/07906`), and the short numbers
/// of ministries, which count only beside the word.
static DOSSIER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\d{3}\.\d{2}\.\d{2}\.)?[hg]\d{2}(?:\.\d{1,3}){0,4} ?[-–_] ?\d{6,8} ?[-–_] ?\d{3,7}\b|\b\d{4,6}/\d{4}/\d{3,7}\b",
    )
});
static SHORT_DOSSIER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:hồ sơ|ho so|biên nhận|bien nhan|dossier)(?: (?:số|so|mã|ma|number))*[ :]*(\d{6,7})\b"));
/// `118/2025/NĐ-CP`, `26/2023/QH15`, `01/2024/TT-BTP`.
static LAW: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b\d{1,4}/(?:19|20)\d{2}/[a-zđ]{2,4}\d{0,2}(?:-[a-zđ]{2,8})*"));

/// What the numbers of a text name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub code: Option<String>,
    pub dossier: Option<String>,
    pub law: Option<String>,
    /// The text without them.
    pub rest: String,
}

impl Numbers {
    pub(super) fn of(text: &str) -> Self {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Self { rest: text.to_owned(), ..Self::default() };
        }
        let dossier = DOSSIER.find(text).or_else(|| SHORT_DOSSIER.captures(text)?.get(1));
        let law = LAW.find(text);
        let code = code_match(text);
        let mut rest = text.to_owned();
        for found in [dossier, law, code].into_iter().flatten() {
            // Of the same length in bytes, so that the other places stay.
            rest.replace_range(found.range(), &" ".repeat(found.len()));
        }
        let dossier = dossier.map(|found| found.as_str().replace(['–', '_'], "-").replace(' ', "").to_uppercase());
        Self { code: code.map(|found| found.as_str().to_owned()), dossier, law: law.map(|found| law_key(found.as_str())), rest }
    }
}

/// One spelling for the number of a law: `118/2025/nd-cp`.
pub fn law_key(number: &str) -> String {
    fold(&canonical(number)).trim().to_owned()
}

/// The code of a dossier in `text`, in one spelling.
pub fn dossier_in(text: &str) -> Option<String> {
    Numbers::of(text).dossier
}

/// An official procedure code in `text`, without its local tail.
pub fn code_in(text: &str) -> Option<String> {
    code_match(text).map(|found| found.as_str().to_owned())
}

fn code_match(text: &str) -> Option<Match<'_>> {
    CODE.captures(text)?.get(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_procedure_code_is_found_with_its_tail() {
        assert_eq!(code_in("mã 1.001193.000.00.00.H44 ạ").as_deref(), Some("1.001193"));
        assert_eq!(code_in("11.001193"), None);
        assert_eq!(code_in("1.0011934"), None);
    }

    #[test]
    fn dossiers_of_every_shape_are_found() {
        for (text, code) in [
            ("hồ sơ H15.50.05.13-261008-0975 tới đâu rồi", "H15.50.05.13-261008-0975"),
            ("h57.132 – 260804 – 0583", "H57.132-260804-0583"),
            ("000.00.14.H56-200203-0118", "000.00.14.H56-200203-0118"),
            ("G09.20-20260609-0092637", "G09.20-20260609-0092637"),
            ("03706/2026/07906", "03706/2026/07906"),
            ("hồ sơ số 261008 xong chưa", "261008"),
        ] {
            assert_eq!(Numbers::of(text).dossier.as_deref(), Some(code), "{text}");
        }
        assert_eq!(Numbers::of("lệ phí 200000").dossier, None);
    }

    #[test]
    fn laws_are_found_and_taken_out() {
        let numbers = Numbers::of("nghị định 118/2025/NĐ-CP nói gì");
        assert_eq!(numbers.law.as_deref(), Some("118/2025/nd-cp"));
        assert!(!numbers.rest.contains("118"), "{}", numbers.rest);
    }
}
