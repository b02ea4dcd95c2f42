//! Plain language: short sentences, everyday words, steps that say what to do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::Lint;
use crate::domain::pattern::pattern;
use crate::knowledge::error::Fault;
use crate::knowledge::text::GuideText;

/// Words of the longest sentence that is read once and understood.
const LONGEST_SENTENCE: usize = 25;

static SENTENCE_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.!?;:]\s+"));

/// The table; a program with a broken one does not pass its tests.
static PLAIN: LazyLock<BTreeMap<String, Table>> =
    LazyLock::new(|| toml::from_str(include_str!("plain.toml")).unwrap_or_else(|error| unreachable!("plain.toml: {error}")));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What a step must not begin with, in lower case.
    not_a_step: Vec<String>,
    /// Officialese, with plainer words.
    words: BTreeMap<String, String>,
}

impl Lint<'_> {
    /// Names what a citizen would stumble over in the words of one language.
    pub(super) fn plain(&mut self, lang: &str, text: &GuideText) {
        let table = &PLAIN[lang];
        for said in told(text) {
            for fault in wrong(lang, said) {
                self.text(lang, said, fault);
            }
        }
        for step in text.steps.iter().flat_map(|group| &group.steps) {
            let lower = step.to_lowercase();
            let begins = |word: &&String| lower.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with([' ', ',']));
            if let Some(word) = table.not_a_step.iter().find(begins) {
                self.text(lang, step, Fault::new("fault-step-begins").value("word", word));
            }
        }
    }
}

/// What is not plain in `said`.
pub(super) fn wrong(lang: &str, said: &str) -> impl Iterator<Item = Fault> {
    let long = said.lines().flat_map(sentences).filter_map(|sentence| {
        let words = sentence.split_whitespace().count();
        let fault = || Fault::new("fault-sentence-long").value("words", words).value("sentence", sentence);
        (words > LONGEST_SENTENCE).then(|| fault().value("most", LONGEST_SENTENCE))
    });
    let lower = said.to_lowercase();
    let official = PLAIN[lang].words.iter().filter(move |(official, _)| lower.contains(*official));
    let official = official.map(|(word, plainer)| Fault::new("fault-officialese").value("word", word).value("plainer", plainer));
    long.chain(official)
}

/// What the bot says of a guide: not the lists of what people type.
fn told(text: &GuideText) -> impl Iterator<Item = &str> {
    let steps = text.steps.iter().flat_map(|group| &group.steps);
    let answers = text.answers.iter().flat_map(|answer| &answer.answer);
    text.summary.iter().chain(steps).chain(&text.tips).chain(answers).map(String::as_str)
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    SENTENCE_END.split(text).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_one_breathes() {
        let said: Vec<&str> = sentences("Nộp ở xã. Mang theo: căn cước; phí 8.000 đồng").collect();
        assert_eq!(said, ["Nộp ở xã", "Mang theo", "căn cước", "phí 8.000 đồng"]);
    }

    #[test]
    fn the_tables_of_both_languages_are_in_lower_case() {
        for table in ["vi", "en"].map(|lang| &PLAIN[lang]) {
            for word in table.not_a_step.iter().chain(table.words.keys()) {
                assert_eq!(*word, word.to_lowercase());
            }
        }
    }
}
