//! A code of nine signs that a citizen takes to another phone, or to the counter, to go on there.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Letters and digits that are not taken for one another, and make no words: no vowels, no `0`, `1`.
const SIGNS: &[u8; 28] = b"BCDFGHJKLMNPQRSTVWXZ23456789";
const LETTERS: usize = 20;
/// 28⁹ codes cannot be tried out, by however many together.
const LENGTH: usize = 9;

/// A code such as `K7M-2QX-4BD`: at least one letter, so that it is never taken for a one-time code, and at least one digit, so
/// that it is never taken for a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResumeCode(String);

impl ResumeCode {
    /// A code made of chance.
    pub fn of(chance: Uuid) -> Self {
        let mut number = chance.as_u128();
        let mut sign = |from: usize, to: usize| {
            let span = (to - from) as u128;
            let at = from + usize::try_from(number % span).unwrap_or_default();
            number /= span;
            char::from(SIGNS[at])
        };
        let letter = sign(0, LETTERS);
        let digit = sign(LETTERS, SIGNS.len());
        let rest: String = (2..LENGTH).map(|_| sign(0, SIGNS.len())).collect();
        Self(format!("{letter}{digit}{rest}"))
    }

    /// The code that `text` is, if it is nothing else: in capitals or not, with a gap or a dash in it.
    pub fn read(text: &str) -> Option<Self> {
        let words = text.trim().trim_end_matches('.').to_uppercase();
        let bare = ["MÃ", "MA", "CODE"].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(&words);
        let code: String = bare.chars().filter(|c| !matches!(c, ' ' | '-' | ':')).collect();
        let signs = code.len() == LENGTH && code.bytes().all(|byte| SIGNS.contains(&byte));
        let mixed = code.bytes().any(|byte| byte.is_ascii_digit()) && code.bytes().any(|byte| byte.is_ascii_alphabetic());
        (signs && mixed).then_some(Self(code))
    }

    /// The code as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ResumeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.get(..3), self.0.get(3..6), self.0.get(6..)) {
            (Some(first), Some(second), Some(third)) => write!(f, "{first}-{second}-{third}"),
            _ => f.write_str(&self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = ResumeCode("K7M2QX4BD".to_owned());
        for text in ["K7M2QX4BD", "k7m2qx4bd", "k7m 2qx 4bd", "mã: k7m-2qx-4bd", " K7M2QX4BD. "] {
            assert_eq!(ResumeCode::read(text).as_ref(), Some(&code), "{text}");
        }
        for text in ["482913", "khaisinh", "ABCDEF", "k7m2qx", "mã k7m2qx4bd là gì", "H25.44"] {
            assert_eq!(ResumeCode::read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_code_reads_as_itself(chance: u128) {
            let code = ResumeCode::of(Uuid::from_u128(chance));
            proptest::prop_assert_eq!(ResumeCode::read(code.as_str()), Some(code.clone()));
            proptest::prop_assert_eq!(ResumeCode::read(&code.to_string()), Some(code));
        }
    }
}
