//! From text to the terms that are indexed and looked up: syllables, and neighbouring pairs of them.
//!
//! Pairs carry the meaning: a third of all folded syllables stand for several words, but `khai_tu` is one thing. On
//! Vietnamese legal texts syllables and pairs beat a word segmenter, with and without diacritics.

use super::fold::{canonical, fold};

/// One syllable, as typed (in the canonical spelling) and without marks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Syllable {
    /// `đăng`
    pub marked: String,
    /// `dang`
    pub folded: String,
}

impl Syllable {
    /// The same as somebody types it who types no marks.
    pub fn without_marks(&self) -> Self {
        Self { marked: self.folded.clone(), folded: self.folded.clone() }
    }

    fn new(word: &str) -> Self {
        Self { marked: word.to_owned(), folded: fold(word).into_owned() }
    }
}

/// The syllables, numbers and foreign words of `text`.
pub fn syllables(text: &str) -> Vec<Syllable> {
    let text = canonical(text);
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(Syllable::new).collect()
}

/// Folded syllables with spaces between.
pub fn joined(syllables: &[Syllable]) -> String {
    syllables.iter().map(|syllable| syllable.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// `text` as it is compared with what people are known to say: folded, without signs.
pub fn unmarked(text: &str) -> String {
    joined(&syllables(text))
}

/// Folded syllables and their neighbouring pairs.
pub fn folded_terms(syllables: &[Syllable]) -> Vec<String> {
    let mut terms: Vec<String> = syllables.iter().map(|syllable| syllable.folded.clone()).collect();
    terms.extend(syllables.windows(2).map(|pair| joint(&pair[0].folded, &pair[1].folded)));
    terms
}

/// Syllables with their marks, and their neighbouring pairs.
pub fn marked_terms(syllables: &[Syllable]) -> Vec<String> {
    let mut terms: Vec<String> = syllables.iter().map(|syllable| syllable.marked.clone()).collect();
    terms.extend(syllables.windows(2).map(|pair| joint(&pair[0].marked, &pair[1].marked)));
    terms
}

/// Two neighbours as one term.
pub(super) fn joint(first: &str, second: &str) -> String {
    [first, "_", second].concat()
}

/// Whether somebody typed this with diacritics.
pub fn has_marks<'a>(syllables: impl IntoIterator<Item = &'a Syllable>) -> bool {
    syllables.into_iter().any(|syllable| syllable.marked != syllable.folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_syllables_and_pairs() {
        assert_eq!(folded_terms(&syllables("Khai tử, ở đâu?")), ["khai", "tu", "o", "dau", "khai_tu", "tu_o", "o_dau"]);
    }

    #[test]
    fn marks_are_noticed() {
        assert!(has_marks(&syllables("khai tử")));
        assert!(!has_marks(&syllables("khai tu")));
    }
}
