//! A question read a second time, with official words in the place of everyday ones.

use std::collections::HashMap;

use crate::knowledge::search::{Syllable, has_marks, syllables};

/// The phrases of a vocabulary by their first syllable, the longest first.
pub(in crate::knowledge) struct Readings {
    by_first: HashMap<String, Vec<Phrase>>,
}

struct Phrase {
    said: Vec<String>,
    meant: Vec<Syllable>,
}

impl Readings {
    /// Of pairs of what is said and what is meant.
    pub(super) fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut by_first: HashMap<String, Vec<Phrase>> = HashMap::new();
        for (said, meant) in pairs {
            let said: Vec<String> = syllables(said).into_iter().map(|syllable| syllable.folded).collect();
            let Some(first) = said.first().cloned() else { continue };
            by_first.entry(first).or_default().push(Phrase { said, meant: syllables(meant) });
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.said.len()));
        }
        Self { by_first }
    }

    /// `said` with official words in the place of everyday ones, if there are any.
    pub(in crate::knowledge) fn official(&self, said: &[Syllable]) -> Option<Vec<Syllable>> {
        let marked = has_marks(said);
        let mut out = Vec::with_capacity(said.len() + 8);
        let mut changed = false;
        let mut rest = said;
        while let [first, after @ ..] = rest {
            let fits = |phrase: &&Phrase| {
                phrase.said.len() <= rest.len() && phrase.said.iter().zip(rest).all(|(word, syllable)| *word == syllable.folded)
            };
            match self.by_first.get(&first.folded).and_then(|phrases| phrases.iter().find(fits)) {
                Some(phrase) => {
                    // Whoever types without marks is compared without them.
                    out.extend(phrase.meant.iter().map(|meant| if marked { meant.clone() } else { meant.without_marks() }));
                    changed = true;
                    rest = &rest[phrase.said.len()..];
                }
                None => {
                    out.push(first.clone());
                    rest = after;
                }
            }
        }
        changed.then_some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(said: &[Syllable]) -> String {
        said.iter().map(|syllable| syllable.marked.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn everyday_words_are_read_as_official_ones() {
        let meant = "giấy chứng nhận";
        let readings = Readings::new([("sổ đỏ", meant), ("mất sổ đỏ", meant), ("GCN", meant)].into_iter());
        assert_eq!(words(&readings.official(&syllables("làm sổ đỏ ở đâu")).unwrap()), "làm giấy chứng nhận ở đâu");
        assert_eq!(words(&readings.official(&syllables("lam gcn")).unwrap()), "lam giay chung nhan");
        assert_eq!(words(&readings.official(&syllables("mat so do")).unwrap()), "giay chung nhan", "the longest phrase wins");
        assert!(readings.official(&syllables("khai sinh")).is_none());
    }
}
