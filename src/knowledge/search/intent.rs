//! What kind of message it is, learned from examples: danger, a fraud, the office, none of our business, small talk, or a
//! procedure.
//!
//! Nobody who is being cheated says «lừa đảo»; they tell a story. So words are weighed, not looked for: a multinomial logistic
//! regression over syllables and pairs, taught anew whenever content is loaded, from `knowledge/intents/*.txt` and, for
//! procedures, from what guides are called and asked. It is small enough (a few thousand lines, tens of milliseconds) that a
//! library for it would be more code than it.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::phrases::PHRASES;
use super::question::Errand;
use super::terms::{Syllable, folded_terms, syllables};
use crate::knowledge::error::Fault;

/// The kinds, and the files of their examples; `None` is a question about a procedure.
const KINDS: [(&str, Option<Errand>); 6] = [
    ("procedure", None),
    ("emergency", Some(Errand::Emergency)),
    ("fraud", Some(Errand::Fraud)),
    ("office", Some(Errand::Office)),
    ("elsewhere", Some(Errand::Elsewhere)),
    ("small_talk", Some(Errand::SmallTalk)),
];
/// How often all examples are gone through.
const ROUNDS: usize = 12;
/// Step of AdaGrad.
const STEP: f32 = 0.5;
/// How much weights shrink at each step, so that a word of one example does not decide alone.
const SHRINK: f32 = 3e-5;

/// The place of «procedure» among the kinds.
const PROCEDURE: usize = 0;

type Scores = [f32; KINDS.len()];

/// Messages, each with the place of its kind; in their order, so that the same content teaches the same.
#[derive(Clone, Debug, Default)]
pub struct Examples(BTreeMap<String, usize>);

impl Examples {
    /// These and those of one more file: a message a line, `#` before remarks.
    ///
    /// # Errors
    /// When the file is named after no kind, or a message is in a file of another kind as well.
    pub(in crate::knowledge) fn and(mut self, file: &str, text: &str) -> Result<Self, Fault> {
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".txt");
        let Some(kind) = KINDS.iter().position(|(name, _)| *name == stem) else {
            let names = KINDS.map(|(name, _)| format!("{name}.txt")).join(", ");
            return Err(Fault::of(file, "fault-intent-file").value("names", names));
        };
        for (line, said) in (1..).zip(text.lines().map(str::trim)).filter(|(_, said)| !said.is_empty() && !said.starts_with('#'))
        {
            match self.0.insert(said.to_owned(), kind) {
                Some(other) if other != kind => {
                    let fault = Fault::at(line, "fault-intent-twice").value("said", said).value("file", KINDS[other].0);
                    return Err(fault.in_file(file));
                }
                _ => {}
            }
        }
        Ok(self)
    }
}

/// The weights learned.
#[derive(Debug, Default)]
pub(super) struct Intents {
    weights: HashMap<u64, Scores>,
}

/// How likely each kind is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heard {
    likely: Scores,
}

impl Heard {
    /// The likeliest kind that is no procedure, and how likely it is. Danger is what is told of it either way.
    pub fn errand(&self) -> Option<(Errand, f32)> {
        let [_, emergency, fraud, ..] = self.likely;
        let of = |(kind, likely): (&(&str, Option<Errand>), &f32)| {
            let errand = kind.1?;
            let danger = matches!(errand, Errand::Emergency | Errand::Fraud);
            Some((errand, if danger { emergency + fraud } else { *likely }, *likely))
        };
        let kinds = KINDS.iter().zip(&self.likely).filter_map(of);
        kinds.max_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2))).map(|(errand, likely, _)| (errand, likely))
    }
}

impl Intents {
    /// Learns from examples (nothing without any), from phrases that leave no doubt, and from what procedures are called.
    pub(super) fn taught<'a>(examples: &'a Examples, procedures: impl Iterator<Item = &'a str>) -> Self {
        if examples.0.is_empty() {
            return Self::default();
        }
        let known = examples.0.iter().map(|(text, kind)| (text.as_str(), *kind));
        let phrases = PHRASES.errands.iter().filter_map(|(phrase, errand)| {
            let kind = KINDS.iter().position(|(_, kind)| *kind == Some(*errand))?;
            Some((phrase.as_str(), kind))
        });
        let all = known.chain(phrases).chain(procedures.map(|name| (name, PROCEDURE)));
        Self::learned(all.map(|(text, kind)| (features(&syllables(text)), kind)).collect())
    }

    fn learned(examples: Vec<(Vec<u64>, usize)>) -> Self {
        // Numbered from 0 while learning: looking millions of features up by their hashes would take most of the time.
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        let mut number = |feature: &u64| {
            let next = numbers.len();
            *numbers.entry(*feature).or_insert(next)
        };
        let examples: Vec<(Vec<usize>, usize)> =
            examples.iter().map(|(features, kind)| (features.iter().map(&mut number).collect(), *kind)).collect();
        let mut weights = vec![Scores::default(); numbers.len()];
        let mut steps = vec![[1e-6; KINDS.len()]; numbers.len()];
        let stride = stride(examples.len());
        for at in (0..ROUNDS * examples.len()).map(|turn| turn * stride % examples.len()) {
            let (features, kind) = &examples[at];
            let share = share(features.len());
            let mut wrong = likely(features.iter().map(|feature| &weights[*feature]), share);
            wrong[*kind] -= 1.0;
            for feature in features {
                let (weights, taken) = (&mut weights[*feature], &mut steps[*feature]);
                for kind in 0..KINDS.len() {
                    let slope = wrong[kind] * share + SHRINK * weights[kind];
                    taken[kind] += slope * slope;
                    weights[kind] -= STEP * slope / taken[kind].sqrt();
                }
            }
        }
        Self { weights: numbers.into_iter().map(|(feature, number)| (feature, weights[number])).collect() }
    }

    /// What kind of message `said` is.
    pub(super) fn hear(&self, said: &[Syllable]) -> Heard {
        let features = features(said);
        let known = features.iter().filter_map(|feature| self.weights.get(feature));
        Heard { likely: likely(known, share(features.len())) }
    }
}

/// How likely each kind is, by the weights of what was said.
fn likely<'a>(weights: impl Iterator<Item = &'a Scores>, share: f32) -> Scores {
    let mut scores = Scores::default();
    for weights in weights {
        for kind in 0..KINDS.len() {
            scores[kind] += share * weights[kind];
        }
    }
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let scores = scores.map(|score| (score - most).exp());
    let all: f32 = scores.iter().sum();
    scores.map(|score| score / all)
}

/// Long stories weigh as much as short cries.
#[expect(clippy::cast_precision_loss, reason = "a message has few words")]
fn share(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

/// Syllables and pairs without marks, and the syllables that have some with them.
fn features(said: &[Syllable]) -> Vec<u64> {
    let marked = said.iter().filter(|syllable| syllable.marked != syllable.folded).map(|syllable| syllable.marked.clone());
    let mut features: Vec<u64> = folded_terms(said).into_iter().chain(marked).map(|term| hash(&term)).collect();
    features.sort_unstable();
    features.dedup();
    features
}

fn hash(term: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish()
}

/// A step that visits every one of `all` examples in an order that mixes the kinds, the same each time.
fn stride(all: usize) -> usize {
    let divides = |number: usize, by: usize| number.is_multiple_of(by);
    [7919, 7927, 7933].into_iter().find(|prime| !divides(all, *prime)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught() -> Intents {
        let examples = [
            ("đăng ký khai sinh cho con", 0),
            ("làm căn cước cho con", 0),
            ("đổi giấy phép lái xe", 0),
            ("chồng em cầm dao đuổi em", 1),
            ("nhà em đang cháy to quá", 1),
            ("có người gọi bắt đọc mã otp", 2),
            ("họ bảo chuyển tiền qua zalo", 2),
            ("chiều nay xã có làm việc không", 3),
            ("quầy số mấy vậy", 3),
            ("giá vàng hôm nay", 4),
            ("kể chuyện cười đi", 4),
        ];
        Intents::learned(examples.map(|(text, kind)| (features(&syllables(text)), kind)).into())
    }

    #[test]
    fn what_is_like_the_examples_is_heard() {
        let intents = taught();
        let hear = |text: &str| intents.hear(&syllables(text)).errand().map(|(errand, _)| errand);
        assert_eq!(hear("chong em dang cam dao"), Some(Errand::Emergency));
        assert_eq!(hear("người lạ gọi đòi đọc mã"), Some(Errand::Fraud));
        assert_eq!(hear("mai xã có làm không"), Some(Errand::Office));
        assert!(intents.hear(&syllables("khai sinh cho con")).errand().is_some_and(|(_, likely)| likely < 0.4));
    }

    #[test]
    fn nothing_is_learned_from_nothing() {
        assert!(Intents::learned(Vec::new()).hear(&syllables("khai sinh")).errand().is_some());
    }

    proptest::proptest! {
        #[test]
        fn likelihoods_are_shares_of_one(text in "\\PC{0,60}") {
            let heard = taught().hear(&syllables(&text));
            let all: f32 = heard.likely.iter().sum();
            proptest::prop_assert!((all - 1.0).abs() < 1e-3);
        }
    }
}
