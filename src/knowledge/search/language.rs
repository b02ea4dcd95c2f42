//! Which language somebody types in, when they have not said.

use super::terms::{has_marks, syllables};
use crate::domain::Lang;

/// Beginnings and rimes of Vietnamese syllables without marks, longest first; a syllable is one of each.
const ONSETS: [&str; 26] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r",
    "s", "t", "v", "x",
];
const VOWELS: [&str; 38] = [
    "oai", "oao", "oay", "oeo", "uay", "uoi", "uou", "uya", "uye", "uyu", "ieu", "yeu", "ai", "ao", "au", "ay", "eo", "eu", "ia",
    "ie", "iu", "oa", "oe", "oi", "oo", "ua", "ue", "ui", "uo", "uu", "uy", "ye", "a", "e", "i", "o", "u", "y",
];
/// Words of English questions that no Vietnamese one has.
const ENGLISH: [&str; 52] = [
    "how",
    "what",
    "is",
    "my",
    "for",
    "of",
    "where",
    "when",
    "and",
    "get",
    "with",
    "you",
    "your",
    "have",
    "please",
    "which",
    "who",
    "need",
    "does",
    "cost",
    "much",
    "lost",
    "want",
    "are",
    "should",
    "birth",
    "marriage",
    "register",
    "registration",
    "certificate",
    "permit",
    "licence",
    "license",
    "card",
    "papers",
    "documents",
    "fee",
    "child",
    "death",
    "land",
    "house",
    "business",
    "residence",
    "identity",
    "apply",
    "application",
    "police",
    "copy",
    "certified",
    "criminal",
    "record",
    "household",
];
const ENDS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// The language of `text`, when its letters tell: marks are Vietnamese; without marks, the shape of the syllables. One
/// short word may be either, and tells nothing.
pub fn language(text: &str) -> Option<Lang> {
    let words = syllables(text);
    if has_marks(&words) {
        return Some(Lang::Vi);
    }
    let words: Vec<&str> =
        words.iter().map(|word| word.folded.as_str()).filter(|word| word.chars().all(char::is_alphabetic)).collect();
    let vietnamese = words.iter().filter(|word| is_syllable(word)).count();
    let english = words.iter().filter(|word| ENGLISH.contains(word)).count();
    match words.len() {
        0 | 1 => None,
        all if english >= 2 || (english == 1 && vietnamese < all) => Some(Lang::En),
        all if vietnamese * 4 >= all * 3 => Some(Lang::Vi),
        _ => None,
    }
}

fn is_syllable(word: &str) -> bool {
    let rime = |rest: &str| VOWELS.iter().any(|vowel| rest.strip_prefix(vowel).is_some_and(|end| ENDS.contains(&end)));
    rime(word) || ONSETS.iter().any(|onset| word.strip_prefix(onset).is_some_and(rime))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_language() {
        for text in ["làm khai sinh", "lam khai sinh cho con can giay to j", "dang ky ket hon", "thuong tru"] {
            assert_eq!(language(text), Some(Lang::Vi), "{text}");
        }
        for text in ["what papers do I need for a birth certificate", "how to register a marriage", "I lost my ID card"] {
            assert_eq!(language(text), Some(Lang::En), "{text}");
        }
        for text in ["fee", "1.001193", "hi", "passport", "abc xyz qwerty"] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
