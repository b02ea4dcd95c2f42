//! From a question to guides: `fold` and `terms` read Vietnamese, `phrases` and `question` tell what is asked for,
//! `repair` mends slips of the finger and the vocabulary puts official words for everyday ones; for each of these readings
//! `index` finds candidates by BM25 and `names` decides among them. [`Search::look_up`] says how sure we are.

mod fold;
mod index;
mod language;
mod names;
mod phrases;
mod question;
mod repair;
mod terms;

use std::collections::HashSet;
use std::path::Path;

pub use fold::{canonical, fold};
pub use language::language;
pub use question::{Errand, Facet, Question, code_in};
pub use terms::{Syllable, has_marks, syllables};

use self::index::Index;
use self::names::Names;
use super::error::ContentError;
use super::guide::Guide;
use super::library::GuideId;
use super::text::{Answer, GuideText};
use super::vocabulary::{Readings, Vocabulary};

/// How many candidates the index hands to the comparison of names.
const CANDIDATES: usize = 60;
/// Weight of likeness to a name against the BM25 score of the whole guide.
const NAME_SHARE: f32 = 0.7;

/// Words that two questions share without being alike.
const EMPTY_WORDS: [&str; 24] = [
    "i", "my", "me", "do", "the", "a", "to", "is", "it", "in", "of", "with", "what", "if", "co", "duoc", "khong", "ko", "lam",
    "thi", "la", "cho", "thanh", "di",
];
/// Syllables that a question must share with one a guide answers.
const LEAST_SHARED: usize = 2;

/// A guide that may be meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which guide.
    pub guide: GuideId,
    /// How well it fits: 0 to about 1, comparable between questions.
    pub score: f32,
    /// Its likeness to the name alone, 0 to 1: how much the question says the same as the guide's best name.
    pub likeness: f32,
}

/// The guide's own answer to this very question, if it has one: «con tôi sinh ở nhà» finds the answer about births at
/// home. Words of the procedure's name do not count, since every question about it shares them.
pub fn closest_answer<'a>(text: &'a GuideText, question: &Question) -> Option<&'a Answer> {
    let own = |text: &str| -> HashSet<String> { syllables(text).into_iter().map(|syllable| syllable.folded).collect() };
    let mut of_name = own(&text.title);
    of_name.extend(text.names.iter().flat_map(|name| own(name)));
    let asked: HashSet<&str> = question
        .topic
        .iter()
        .map(|syllable| syllable.folded.as_str())
        .filter(|word| !of_name.contains(*word) && !EMPTY_WORDS.contains(word))
        .collect();
    let best = text.answers.iter().map(|answer| {
        let words = own(&answer.question);
        (asked.iter().filter(|word| words.contains(**word)).count(), answer)
    });
    let (shared, answer) = best.max_by_key(|(shared, _)| *shared)?;
    (shared >= LEAST_SHARED && shared * 5 >= asked.len() * 3).then_some(answer)
}

/// Search over one library.
pub struct Search {
    index: Index,
    names: Names,
    readings: Readings,
    priors: Vec<f32>,
}

impl Search {
    pub(super) fn open(
        guides: &[Guide],
        vocabulary: &Vocabulary,
        fingerprint: &str,
        folder: Option<&Path>,
    ) -> Result<Self, ContentError> {
        let everyday = vocabulary.everyday();
        let index = Index::open(guides, &everyday, fingerprint, folder)?;
        let names = Names::new(guides, &everyday);
        Ok(Self { index, names, readings: vocabulary.readings(), priors: guides.iter().map(names::prior).collect() })
    }

    /// How alike the question and the names of one guide are, 0 to 1.
    pub fn likeness(&self, question: &Question, guide: GuideId) -> f32 {
        self.names.likeness(&self.names.asked(&question.topic), guide.0 as usize)
    }

    /// The guides that may be meant, best first, at most `limit`.
    pub fn look_up(&self, question: &Question, limit: usize) -> Vec<Hit> {
        let topic = if question.topic.is_empty() { &question.syllables } else { &question.topic };
        if topic.is_empty() {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for reading in self.readings_of(topic) {
            keep_better(&mut hits, self.read(&reading));
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.guide.cmp(&b.guide)));
        hits.truncate(limit);
        hits
    }
    /// What may have been meant: as typed, with slips mended, and each with official words for everyday ones.
    fn readings_of(&self, topic: &[Syllable]) -> Vec<Vec<Syllable>> {
        let typed = [Some(topic.to_vec()), repair::mended(topic, &self.names)].into_iter().flatten();
        typed.flat_map(|typed| [self.readings.official(&typed), Some(typed)]).flatten().collect()
    }

    /// The candidates of one reading, each guide once, in no order.
    fn read(&self, topic: &[Syllable]) -> Vec<Hit> {
        let found = self.index.matches(topic, CANDIDATES).unwrap_or_else(|error| {
            tracing::error!(%error, "the index cannot be read");
            Vec::new()
        });
        let best = found.first().map_or(1.0, |top| top.score);
        let asked = self.names.asked(topic);
        let mut hits: Vec<Hit> = Vec::with_capacity(found.len());
        for candidate in found {
            if hits.iter().any(|hit| hit.guide == candidate.guide) {
                continue; // its other language came first
            }
            let guide = candidate.guide.0 as usize;
            let likeness = self.names.likeness(&asked, guide);
            let of_text = candidate.score / best * likeness.max(0.2).sqrt();
            let score = NAME_SHARE * likeness + (1.0 - NAME_SHARE) * of_text + self.priors[guide];
            hits.push(Hit { guide: candidate.guide, score, likeness });
        }
        hits
    }
}

/// Adds the hits of another reading; of two for one guide the better stays.
fn keep_better(hits: &mut Vec<Hit>, more: Vec<Hit>) {
    for hit in more {
        match hits.iter_mut().find(|other| other.guide == hit.guide) {
            Some(other) if other.score < hit.score => *other = hit,
            Some(_) => {}
            None => hits.push(hit),
        }
    }
}
