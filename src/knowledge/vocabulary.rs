//! Everyday words for what offices call otherwise: «sổ đỏ» for «giấy chứng nhận quyền sử dụng đất».
//!
//! A row does two things. Its phrases become further names of the procedures that people mean by them; and a question
//! that uses one is read a second time with the official words in its place, so that procedures nobody named a code
//! for are found too. The index decides between the two readings.

use std::collections::HashMap;
use std::str::FromStr;

use serde::Deserialize;

use super::error::Fault;
use super::search::{Syllable, syllables};

/// Weight of a phrase as a name of the procedure most people mean by it, and of the others.
const FIRST_MEANT: f32 = 0.98;
const ALSO_MEANT: f32 = 0.9;

/// The rows of one or more `vocabulary.toml`.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    word: Vec<Word>,
}

/// One row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    official: String,
    #[serde(default)]
    everyday: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    codes: Vec<String>,
}

impl FromStr for Vocabulary {
    type Err = Fault;

    fn from_str(source: &str) -> Result<Self, Fault> {
        let table: Table = toml::from_str(source)
            .map_err(|error| Fault::of_toml(source, &error, "a row has official, everyday, short and codes"))?;
        Ok(Self { words: table.word })
    }
}

impl Vocabulary {
    /// The rows of both.
    pub fn and(mut self, other: Self) -> Self {
        self.words.extend(other.words);
        self
    }

    /// What people call the procedure `code`, with the weight of each name.
    pub fn names(&self) -> HashMap<&str, Vec<(&str, f32)>> {
        let mut names: HashMap<&str, Vec<(&str, f32)>> = HashMap::new();
        for word in &self.words {
            for (at, code) in word.codes.iter().enumerate() {
                let weight = if at == 0 { FIRST_MEANT } else { ALSO_MEANT };
                let phrases = word.everyday.iter().chain(std::iter::once(&word.official));
                names.entry(code).or_default().extend(phrases.map(|phrase| (phrase.as_str(), weight)));
            }
        }
        names
    }

    /// Rows that clash, and rows that can never match.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut owners: HashMap<String, &str> = HashMap::new();
        for word in &self.words {
            let mut fault = |problem: String, remedy: &str| {
                faults.push(Fault::of("vocabulary.toml", format!("“{}”: {problem}", word.official), remedy));
            };
            if word.everyday.is_empty() && word.short.is_empty() {
                fault("nobody says anything else for it".to_owned(), "add everyday or short, or remove the row");
            }
            for said in word.everyday.iter().filter(|said| syllables(said).len() < 2) {
                fault(format!("“{said}” has one syllable, which means too much"), "add a neighbour: «sổ đỏ», not «sổ»");
            }
            for said in word.everyday.iter().chain(&word.short) {
                let key = said.to_lowercase();
                if let Some(other) = owners.insert(key, &word.official).filter(|other| *other != word.official) {
                    fault(format!("“{said}” also stands for “{other}”"), "keep it in the row that most people mean");
                }
            }
        }
        faults
    }

    /// The phrases ready to be looked up.
    pub(super) fn readings(&self) -> Readings {
        let mut by_first: HashMap<String, Vec<Phrase>> = HashMap::new();
        for word in &self.words {
            for said in word.everyday.iter().chain(&word.short) {
                let said: Vec<String> = syllables(said).into_iter().map(|syllable| syllable.folded).collect();
                let Some(first) = said.first().cloned() else { continue };
                by_first.entry(first).or_default().push(Phrase { said, meant: syllables(&word.official) });
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.said.len()));
        }
        Readings { by_first }
    }
}

/// The phrases of a vocabulary by their first syllable, the longest first.
pub(super) struct Readings {
    by_first: HashMap<String, Vec<Phrase>>,
}

struct Phrase {
    said: Vec<String>,
    meant: Vec<Syllable>,
}

impl Readings {
    /// `said` with official words in the place of everyday ones, if there are any.
    pub(super) fn official(&self, said: &[Syllable]) -> Option<Vec<Syllable>> {
        let marked = super::search::has_marks(said);
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
        let rows = "[[word]]\nofficial = \"giấy chứng nhận\"\neveryday = [\"sổ đỏ\", \"mất sổ đỏ\"]\nshort = [\"GCN\"]\n";
        let readings = rows.parse::<Vocabulary>().unwrap().readings();
        assert_eq!(words(&readings.official(&syllables("làm sổ đỏ ở đâu")).unwrap()), "làm giấy chứng nhận ở đâu");
        assert_eq!(words(&readings.official(&syllables("lam gcn")).unwrap()), "lam giay chung nhan");
        assert_eq!(words(&readings.official(&syllables("mat so do")).unwrap()), "giay chung nhan", "the longest phrase wins");
        assert!(readings.official(&syllables("khai sinh")).is_none());
    }

    #[test]
    fn rows_that_clash_or_never_match_are_named() {
        let rows = "[[word]]\nofficial = \"a b\"\neveryday = [\"x y\", \"z\"]\n[[word]]\nofficial = \"c d\"\nshort = [\"X Y\"]\n[[word]]\nofficial = \"e f\"\n";
        let faults: Vec<String> = rows.parse::<Vocabulary>().unwrap().faults().iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[1].contains("“X Y” also stands for “a b”"), "{}", faults[1]);
    }

    #[test]
    fn a_row_with_an_unknown_key_is_named() {
        let fault = "[[word]]\nofficial = \"a\"\nmeaning = \"b\"\n".parse::<Vocabulary>().unwrap_err();
        assert_eq!(fault.line, Some(3));
    }
}
