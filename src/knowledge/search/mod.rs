//! From a question to guides: `keyboard`, `fold` and `terms` read Vietnamese as it is typed, `numbers`, `phrases` and `intent` tell
//! what is asked for, `repair` mends slips of the finger, `marks` puts diacritics back, and the vocabulary puts official words for
//! everyday ones. For each of these readings `index` finds candidates by BM25 and `names` decides among them.
//! [`Search::look_up`] says how well each fits; `recent` keeps what it said lately. What each stage gains is measured in
//! `docs/understanding.md`.

mod field;
mod fold;
mod index;
mod intent;
mod keyboard;
mod language;
mod marks;
mod names;
mod numbers;
mod phrases;
mod question;
mod recent;
mod repair;
mod sets;
mod stages;
mod terms;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::Path;

pub use fold::{canonical, fold, searchable};
pub use intent::{Examples, Heard};
pub use language::language;
pub use numbers::{code_in, dossier_in, law_key};
pub use question::{Errand, Facet, Question};
pub use stages::Stage;
pub use terms::{Syllable, has_marks, joined, syllables, unmarked};

use self::index::{Index, Match};
use self::intent::Intents;
use self::names::{Fit, Names};
use self::recent::{HITS, Recent};
use super::error::ContentError;
use super::guide::Guide;
use super::library::GuideId;
use super::text::{Answer, GuideText};
use super::vocabulary::{Everyday, Readings, Vocabulary};

/// How many candidates the index hands to the comparison of names.
const CANDIDATES: usize = 60;
/// Weight of likeness to a name against the BM25 score of the whole guide.
const NAME_SHARE: f32 = 0.7;

/// How much a reading is trusted that puts official words for everyday ones.
const OFFICIAL: f32 = 0.95;
/// What a guide loses that is for a rare case nobody mentioned.
const RARE_VARIANT: f32 = 0.04;

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
    /// What question and name share, in words as rare as any; the same scale for a few guides and for thousands.
    pub shared: f32,
    /// The share of the name that the question says, 0 to 1.
    pub of_name: f32,
    /// Which of the guide's codes the question names, where a guide is for several.
    pub code: u16,
}

impl Hit {
    /// A guide that was named beyond doubt.
    pub fn certain(guide: GuideId) -> Self {
        Self { guide, score: 1.0, likeness: 1.0, shared: f32::MAX, of_name: 1.0, code: 0 }
    }
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

/// Guides between which a good clerk asks, and how well the phrase for them fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The guides, the likeliest first.
    pub guides: Vec<GuideId>,
    /// As [`Hit::score`].
    pub score: f32,
    /// As [`Hit::likeness`].
    pub likeness: f32,
}

/// What a question may mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Guides, best first.
    pub hits: Vec<Hit>,
    /// The choice whose phrase fits best.
    pub choice: Option<Choice>,
}

/// Search over one library.
pub struct Search {
    index: Index,
    names: Names,
    readings: Readings,
    intents: Intents,
    priors: Vec<f32>,
    /// The guides of each choice.
    choices: Vec<Vec<GuideId>>,
    recent: Recent,
    /// Stages left out, to measure them.
    without: Vec<Stage>,
}

impl Search {
    pub(super) fn open(
        guides: &[Guide],
        vocabulary: &Vocabulary,
        examples: &Examples,
        fingerprint: &str,
        folder: Option<&Path>,
        without: &[Stage],
    ) -> Result<Self, ContentError> {
        let mut everyday = if without.contains(&Stage::Names) { Everyday::default() } else { vocabulary.everyday() };
        let codes = guides.iter().zip(0..).flat_map(|(guide, id)| guide.facts.codes.iter().map(move |code| (code, GuideId(id))));
        let by_code: HashMap<&String, GuideId> = codes.collect();
        let known = |codes: &[String]| -> Vec<GuideId> {
            let mut guides: Vec<GuideId> = codes.iter().filter_map(|code| by_code.get(code).copied()).collect();
            guides.dedup();
            guides
        };
        everyday.choices.retain(|choice| known(choice.codes).len() > 1);
        let choices = everyday.choices.iter().map(|choice| known(choice.codes)).collect();
        let learn = || match without.contains(&Stage::Intents) {
            true => Intents::default(),
            false => Intents::taught(examples, called(guides, &everyday)),
        };
        let read = || (Index::open(guides, &everyday, fingerprint, folder), Names::new(guides, &everyday));
        let (intents, (index, names)) = rayon::join(learn, read);
        let index = index?;
        let priors = guides.iter().map(names::prior).collect();
        let (readings, recent) = (vocabulary.readings(), Recent::default());
        Ok(Self { index, names, readings, intents, priors, choices, recent, without: without.to_vec() })
    }

    /// Reads `text` as a question, with what a keyboard left behind undone first.
    pub fn question(&self, text: &str) -> Question {
        let text = if self.skips(Stage::Keyboard) { Cow::Borrowed(text) } else { keyboard::undone(text, &self.names) };
        let mut question = Question::read(&text);
        question.heard = self.intents.hear(&question.syllables);
        question
    }

    /// How alike the question and the names of any one guide are, 0 to 1.
    pub fn likeness(&self, question: &Question) -> impl Fn(GuideId) -> f32 + use<'_> {
        let asked = self.names.asked(&question.topic, None);
        move |guide| self.names.fit(&asked, guide.0 as usize).likeness
    }

    /// What may be meant, at most `limit` guides.
    pub fn look_up(&self, question: &Question, limit: usize) -> Found {
        let topic = if question.topic.is_empty() { &question.syllables } else { &question.topic };
        if topic.is_empty() {
            return Found::default();
        }
        if limit > HITS {
            return self.searched(topic, limit);
        }
        let mut found = self.recent.found(topic, || self.searched(topic, HITS));
        found.hits.truncate(limit);
        found
    }

    fn searched(&self, topic: &[Syllable], limit: usize) -> Found {
        let mut found = Found::default();
        let readings = self.readings_of(topic);
        let terms: Vec<&[Syllable]> = readings.iter().map(|(reading, _)| reading.as_slice()).collect();
        let matches = self.index.matches(&terms, CANDIDATES).unwrap_or_else(|error| {
            tracing::error!(%error, "the index cannot be read");
            Vec::new()
        });
        for ((reading, trust), matches) in readings.iter().zip(matches) {
            self.read(reading, *trust, matches, &mut found);
        }
        found.hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.guide.cmp(&b.guide)));
        found.hits.truncate(limit);
        found
    }

    /// What may have been meant: as typed, with slips mended, and each with official words for everyday ones.
    fn readings_of(&self, topic: &[Syllable]) -> Vec<(Vec<Syllable>, f32)> {
        let mended = if self.skips(Stage::Slips) { None } else { repair::mended(topic, &self.names) };
        let official = |typed: &[Syllable]| if self.skips(Stage::Words) { None } else { self.readings.official(typed) };
        let typed = [Some(topic.to_vec()), mended].into_iter().flatten();
        typed.flat_map(|typed| [official(&typed).map(|reading| (reading, OFFICIAL)), Some((typed, 1.0))]).flatten().collect()
    }

    fn skips(&self, stage: Stage) -> bool {
        self.without.contains(&stage)
    }

    /// Adds the candidates of one reading; of two for one guide the better stays.
    fn read(&self, topic: &[Syllable], trust: f32, matches: Vec<Match>, found: &mut Found) {
        let best = matches.first().map_or(1.0, |top| top.score);
        // Where none were typed, the folded words find as much and putting marks back only costs time.
        let half = has_marks(topic) && !self.skips(Stage::Marks);
        let with_marks = if half { marks::put_back(topic, self.names.spelled(), &self.names) } else { None };
        let asked = self.names.asked(topic, with_marks.as_deref());
        let mut seen = HashSet::with_capacity(matches.len());
        for Match { place, score } in matches {
            if !seen.insert(place) {
                continue; // its other language came first
            }
            let Fit { likeness, shared, of_name, code } = self.names.fit(&asked, place);
            let likeness = likeness * trust;
            let of_text = score / best * trust * likeness.max(0.2).sqrt();
            let score = NAME_SHARE * likeness + (1.0 - NAME_SHARE) * of_text;
            match self.priors.get(place) {
                Some(prior) => {
                    let rare = if self.names.unsaid(&asked, place) > 0 { RARE_VARIANT } else { 0.0 };
                    let before = if self.skips(Stage::Priors) { 0.0 } else { prior - rare };
                    let guide = GuideId(u32::try_from(place).unwrap_or_default());
                    found.add(Hit { guide, score: score + before, likeness, shared, of_name, code });
                }
                None => found.offer(&self.choices[place - self.priors.len()], score, likeness),
            }
        }
    }
}

/// What procedures are called and asked about: what no other kind of message is like. Of imported ones, the first name does.
fn called<'a>(guides: &'a [Guide], everyday: &'a Everyday<'_>) -> impl Iterator<Item = &'a str> {
    let written = guides.iter().filter(|guide| guide.is_written()).map(|guide| &guide.vi);
    let asked = written.flat_map(|text| {
        let answers = text.answers.iter().map(|answer| &answer.question);
        std::iter::once(&text.title).chain(&text.names).chain(&text.questions).chain(answers).map(String::as_str)
    });
    let codes = guides.iter().filter_map(|guide| guide.facts.codes.first());
    asked.chain(codes.filter_map(|code| Some(everyday.names.get(code.as_str())?.first()?.0)))
}

impl Found {
    fn add(&mut self, hit: Hit) {
        match self.hits.iter_mut().find(|other| other.guide == hit.guide) {
            Some(other) if other.score < hit.score => *other = hit,
            Some(_) => {}
            None => self.hits.push(hit),
        }
    }

    fn offer(&mut self, guides: &[GuideId], score: f32, likeness: f32) {
        if self.choice.as_ref().is_none_or(|other| other.score < score) {
            self.choice = Some(Choice { guides: guides.to_vec(), score, likeness });
        }
    }
}
