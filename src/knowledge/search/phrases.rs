//! The phrases of `phrases.toml`, looked up by their first syllable.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::fold;
use super::question::{Errand, Facet};
use super::terms::{Syllable, has_marks, syllables};

/// What a phrase tells about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Facet(Facet),
    Errand(Errand),
    Filler,
}

/// All phrases; a program with a broken table does not start its tests.
pub(super) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("phrases.toml")).unwrap_or_else(|error| unreachable!("phrases.toml: {error}"));
    Phrases::new(table)
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    teencode: HashMap<String, String>,
    around: Around,
    facets: HashMap<Facet, Vec<String>>,
    errands: HashMap<Errand, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Around {
    fillers: Vec<String>,
}

pub(super) struct Phrases {
    teencode: HashMap<String, Vec<Syllable>>,
    by_first: HashMap<String, Vec<(Vec<String>, Meaning)>>,
    /// What is said for errands.
    pub(super) errands: Vec<(String, Errand)>,
}

impl Phrases {
    fn new(table: Table) -> Self {
        let facets = table
            .facets
            .into_iter()
            .flat_map(|(facet, phrases)| phrases.into_iter().map(move |phrase| (phrase, Meaning::Facet(facet))));
        let mut errands: Vec<(String, Errand)> = table
            .errands
            .into_iter()
            .flat_map(|(errand, phrases)| phrases.into_iter().map(move |phrase| (phrase, errand)))
            .collect();
        errands.sort_by(|a, b| a.0.cmp(&b.0));
        let of_errands = errands.iter().map(|(phrase, errand)| (phrase.clone(), Meaning::Errand(*errand)));
        let fillers = table.around.fillers.into_iter().map(|phrase| (phrase, Meaning::Filler));
        let mut by_first: HashMap<String, Vec<(Vec<String>, Meaning)>> = HashMap::new();
        for (phrase, meaning) in facets.chain(of_errands).chain(fillers) {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            let first = fold(&words[0]).into_owned();
            by_first.entry(first).or_default().push((words, meaning));
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let teencode = table.teencode.into_iter().map(|(short, long)| (short, syllables(&long))).collect();
        Self { teencode, by_first, errands }
    }

    /// The syllables with teencode written out; without marks where nothing else has any.
    pub(super) fn written_out(&self, said: Vec<Syllable>) -> Vec<Syllable> {
        if !said.iter().any(|syllable| self.teencode.contains_key(&syllable.marked)) {
            return said;
        }
        let marked = has_marks(said.iter().filter(|syllable| !self.teencode.contains_key(&syllable.marked)));
        let mut out = Vec::with_capacity(said.len() + 4);
        for syllable in said {
            match self.teencode.get(&syllable.marked) {
                Some(long) if marked => out.extend_from_slice(long),
                Some(long) => out.extend(long.iter().map(Syllable::without_marks)),
                None => out.push(syllable),
            }
        }
        out
    }

    /// The longest phrase that `syllables` begin with: its length and what it means.
    pub(super) fn longest_at(&self, syllables: &[Syllable]) -> Option<(usize, Meaning)> {
        let phrases = self.by_first.get(&syllables.first()?.folded)?;
        let fits = |words: &[String]| {
            let alone = words.len() == 1;
            let same = |(word, syllable): (&String, &Syllable)| *word == syllable.marked || (!alone && *word == syllable.folded);
            words.len() <= syllables.len() && words.iter().zip(syllables).all(same)
        };
        phrases.iter().find(|(words, _)| fits(words)).map(|(words, meaning)| (words.len(), *meaning))
    }
}
