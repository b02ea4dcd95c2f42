//! Codes of dossiers (*mã hồ sơ*), in all the shapes in use, as people type them.
//!
//! Shapes seen in public data, November 2026: `H44.101-261015-0042`, `000.00.14.H56-200203-0118`, `G09.20-20260609-0092637`,
//! `03706/2026/07906`. A shape that nobody listed is looked up as it is.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::domain::pattern::pattern;

/// Longest code that is taken, in letters: twice the longest seen.
const LONGEST: usize = 64;
const SHORTEST_KEY: usize = 5;
/// As many digits as a date has at least: what stands glued behind a prefix.
const GLUED: &str = "000000";

/// With a gap, a dash, a dot or nothing where signs belong: `h44 101 261015 0042`.
static TYPED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\d{3}[. ]?\d{2}[. ]?\d{2}[. ]?)?[HG][. ]?\d{2}(?:[. ]?\d{1,3}){0,4}[ ._/–-]{1,3}\d{6,8}[ ._/–-]{1,3}\d{3,7}\b|\b[HG]\d{12,24}\b|\b\d{4,6}/\d{4}/\d{3,7}\b",
    )
});
/// What is glued on behind a code on receipts.
static SLIP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*[-–]\s*(?:số phiếu|so phieu).*$"));

/// A code as it was given, and the key under which it is found however it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DossierCode(String);

impl DossierCode {
    /// The code that `text` is. `None` when it has no letters or digits to speak of, or is no code's length.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.nfkc().collect();
        let bare = SLIP.replace(text.trim(), "").trim().to_uppercase();
        let code = Self(bare);
        let fits = code.0.chars().count() <= LONGEST && code.key().len() >= SHORTEST_KEY;
        (fits && code.0.chars().any(|letter| letter.is_ascii_digit())).then_some(code)
    }

    /// The first code of a known shape in what somebody said.
    pub fn mentioned(text: &str) -> Option<Self> {
        let text: String = text.nfkc().collect();
        TYPED.find(&text).and_then(|found| Self::read(found.as_str()))
    }

    /// Where codes of a known shape stand in `text`, in bytes.
    pub fn places(text: &str) -> Vec<Range<usize>> {
        TYPED.find_iter(text).map(|found| found.range()).collect()
    }

    /// `text` without codes of a known shape.
    pub fn cut(text: &str) -> String {
        TYPED.replace_all(text, " ").into_owned()
    }

    /// Letters and digits of ASCII alone, those that are taken for one another made one: the same for every way of writing a code.
    pub fn key(&self) -> String {
        let signs = self.0.chars().filter(char::is_ascii_alphanumeric);
        signs
            .map(|letter| match letter {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect()
    }

    /// Whether codes can begin like this: letters, digits and dots, at least three of them.
    pub fn is_prefix(text: &str) -> bool {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
        (3..=32).contains(&text.len())
            && text.chars().all(plain)
            && text.starts_with(|letter: char| letter.is_ascii_alphanumeric())
    }

    /// Whether it is of whoever's codes begin with `prefix`, as `H44.101` does: at the end of a part, however the parts are
    /// set apart, or with the date glued to it.
    pub fn is_under(&self, prefix: &str) -> bool {
        let Some(prefix) = Self::read(&format!("{prefix}-{GLUED}")).map(|code| code.key()) else { return false };
        let (prefix, key) = (&prefix[..prefix.len() - GLUED.len()], self.key());
        if prefix.is_empty() || !key.starts_with(prefix) {
            return false;
        }
        let mut end = 0;
        for part in self.0.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
            end += part.len();
            if end >= prefix.len() {
                return end == prefix.len() || end - prefix.len() >= GLUED.len();
            }
        }
        false
    }

    /// The code as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<String> {
        DossierCode::mentioned(text).map(|code| code.key())
    }

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for text in [
            "H44.101-261015-0042",
            "hồ sơ h44.101-261015-0042 của em đến đâu rồi",
            "h44 101 261015 0042",
            "H44101-261015-0042",
            "h44.101 – 261015 – 0042",
            "H441012610150042",
            "Ｈ44.101-261015-0042",
            "Mã hồ sơ: H44.101-261015-0042 - Số phiếu: 26.10229",
        ] {
            assert_eq!(key(text).as_deref(), Some("H441012610150042"), "{text}");
        }
        assert_eq!(DossierCode::read("H44.101-261015-0042 - Số phiếu: 26.10229").unwrap().as_str(), "H44.101-261015-0042");
    }

    #[test]
    fn every_shape_in_use_is_found() {
        for (text, found) in [
            ("000.00.14.H56-200203-0118", "0000014H562002030118"),
            ("G09.20-20260609-0092637", "G0920202606090092637"),
            ("H15.50.05.13-261008-0975", "H1550051326100809" /* then 75 */),
            ("03706/2026/07906", "03706202607906"),
        ] {
            assert!(key(text).unwrap().starts_with(found), "{text}: {:?}", key(text));
        }
        for text in ["118/2025/NĐ-CP", "1.001193.000.00.00.H44", "0912345678", "15/10/2026", "thông tư 01/2018/TT-VPCP"] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn an_unknown_shape_is_taken_as_it_is() {
        assert_eq!(DossierCode::read(" bn-2026/77 ").unwrap().as_str(), "BN-2026/77");
        assert_eq!(DossierCode::read("bhxh"), None, "no digits");
        assert_eq!(DossierCode::read("12"), None);
        assert_eq!(DossierCode::read(&"1".repeat(65)), None);
    }

    #[test]
    fn a_code_is_of_whoever_its_beginning_is() {
        let is_under = |code: &str, prefix: &str| DossierCode::read(code).unwrap().is_under(prefix);
        for code in ["H44.10-261015-0042", "h44 10 261015 0042", "H44-10-261015-0042", "H4410-261015-0042", "H44102610150042"] {
            assert!(is_under(code, "H44.10"), "{code}");
            // Without anything between its parts nobody can tell: then it is of both, and the longer one counts.
            let glued = code == "H44102610150042";
            assert!(is_under(code, "H44.102") == glued && !is_under(code, "H45"), "{code}");
        }
        assert!(
            is_under("H44.10-261015-0042", "h44") && !is_under("H44.101-261015-0042", "H44.10") && !is_under("H44.1-2", "H44.10")
        );
        assert!(is_under("000.00.14.H56-200203-0118", "000.00.14.H56") && !is_under("H44.101-261015-0042", ""));
    }

    proptest::proptest! {
        #[test]
        fn reading_never_fails_and_a_read_code_reads_as_itself(text in "\\PC{0,80}") {
            if let Some(code) = DossierCode::read(&text) {
                proptest::prop_assert_eq!(DossierCode::read(code.as_str()).map(|code| code.key()), Some(code.key()));
            }
            let _ = DossierCode::mentioned(&text);
        }
    }
}
