//! How much a question and the name of a procedure have in common.
//!
//! BM25 asks how well a text covers the question. For names the other direction matters as much: «đăng ký khai tử» and
//! «đăng ký khai tử có yếu tố nước ngoài» both cover «khai tu cho ong ngoai», but the second says things that nobody
//! asked about. The index of Tversky weighs what is shared against what each side has alone.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::repair::Known;
use super::terms::{Syllable, folded_terms, marked_terms, syllables};
use crate::knowledge::guide::{Guide, Review};
use crate::knowledge::vocabulary::Everyday;

/// Weight of what the question says and the name does not.
const MISSING_IN_NAME: f32 = 0.8;
/// Weight of what the name says and the question does not: official names are long-winded.
const MISSING_IN_QUESTION: f32 = 0.25;
/// A question may be matched by somebody else's question, but a little less surely than by a name.
const QUESTION_WEIGHT: f32 = 0.97;

type TermId = u32;

/// The names of all guides, as sets of weighted terms.
pub(super) struct Names {
    /// Numbers of terms, by the hash of the term: the words themselves are not needed, and would be half of the memory.
    terms: HashMap<u64, TermId>,
    weights: Vec<f32>,
    /// The weight of a term that one guide alone has.
    rarest: f32,
    /// Those of each guide, then those of each choice.
    guides: Vec<Vec<Name>>,
    /// All folded syllables, the commonest first: what a slip of the finger may have meant.
    syllables: Vec<Box<str>>,
}

struct Name {
    folded: Terms,
    marked: Terms,
    weight: f32,
}

/// A set of terms, sorted, with the sum of their weights.
struct Terms {
    ids: Box<[TermId]>,
    total: f32,
}

/// The terms of a question, ready to be compared with many names.
pub(super) struct Asked {
    folded: Vec<(Option<TermId>, f32)>,
    marked: Vec<(Option<TermId>, f32)>,
    total_folded: f32,
    total_marked: f32,
    has_marks: bool,
}

impl Names {
    pub(super) fn new(guides: &[Guide], everyday: &Everyday<'_>) -> Self {
        let mut names =
            Self { terms: HashMap::new(), weights: Vec::new(), rarest: 1.0, guides: Vec::with_capacity(guides.len()), syllables: Vec::new() };
        let mut counts: Vec<u32> = Vec::new();
        for guide in guides {
            let mut of_guide = Vec::new();
            let called = guide.facts.codes.iter().filter_map(|code| everyday.names.get(code.as_str())).flatten();
            for (name, weight) in called {
                of_guide.push(names.name(name, *weight, &mut counts));
            }
            for text in std::iter::once(&guide.vi).chain(&guide.en) {
                let asked = text.answers.iter().map(|answer| &answer.question).chain(&text.questions);
                let told = std::iter::once(&text.title).chain(&text.names).map(|name| (name, 1.0));
                for (name, weight) in told.chain(asked.map(|name| (name, QUESTION_WEIGHT))) {
                    of_guide.push(names.name(name, weight, &mut counts));
                }
            }
            let mut seen: Vec<TermId> =
                of_guide.iter().flat_map(|name| name.folded.ids.iter().chain(&name.marked.ids)).copied().collect();
            seen.sort_unstable();
            seen.dedup();
            for term in seen {
                counts[term as usize] += 1;
            }
            of_guide.shrink_to_fit();
            names.guides.push(of_guide);
        }
        for choice in &everyday.choices {
            let said = choice.said.iter().map(|phrase| names.name(phrase, 1.0, &mut counts)).collect();
            names.guides.push(said);
        }
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
        {
            let all = guides.len() as f32;
            names.rarest = (1.0 + all / 1.5).ln();
            names.weights = counts.iter().map(|count| (1.0 + all / (*count as f32 + 0.5)).ln()).collect();
        }
        names.syllables.sort_by_cached_key(|syllable| std::cmp::Reverse(counts[names.terms[&hash(syllable)] as usize]));
        let weights = &names.weights;
        for terms in names.guides.iter_mut().flatten().flat_map(|name| [&mut name.folded, &mut name.marked]) {
            terms.total = terms.ids.iter().map(|id| weights[*id as usize]).sum();
        }
        names
    }

    fn name(&mut self, name: &str, weight: f32, counts: &mut Vec<u32>) -> Name {
        let syllables = meaningful(&super::question::Question::read(name).topic, name);
        let folded = self.intern(folded_terms(&syllables), counts);
        let marked = self.intern(marked_terms(&syllables), counts);
        Name { folded, marked, weight }
    }

    fn intern(&mut self, terms: Vec<String>, counts: &mut Vec<u32>) -> Terms {
        let mut ids: Vec<TermId> = terms
            .into_iter()
            .map(|term| {
                let single = !term.contains('_');
                let next = TermId::try_from(self.terms.len()).unwrap_or(TermId::MAX);
                let id = *self.terms.entry(hash(&term)).or_insert(next);
                if id == next {
                    counts.push(0);
                    if single && term.is_ascii() {
                        self.syllables.push(term.into_boxed_str());
                    }
                }
                id
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        Terms { ids: ids.into_boxed_slice(), total: 0.0 }
    }

    /// The terms of `topic` with their weights; a term no name has weighs as much as a rare one.
    pub(super) fn asked(&self, topic: &[Syllable]) -> Asked {
        let weigh = |mut terms: Vec<String>| -> Vec<(Option<TermId>, f32)> {
            terms.sort_unstable();
            terms.dedup();
            terms
                .iter()
                .map(|term| match self.terms.get(&hash(term)) {
                    Some(id) => (Some(*id), self.weights[*id as usize]),
                    // Pairs nobody wrote are ordinary: people put their own words between. Only unknown syllables count.
                    None if term.contains('_') => (None, 1.0),
                    None => (None, 3.0),
                })
                .collect()
        };
        let folded = weigh(folded_terms(topic));
        let marked = weigh(marked_terms(topic));
        let total = |terms: &[(Option<TermId>, f32)]| terms.iter().map(|(_, weight)| weight).sum();
        Asked {
            total_folded: total(&folded),
            total_marked: total(&marked),
            has_marks: super::terms::has_marks(topic),
            folded,
            marked,
        }
    }

    /// How the question fits the best name of the guide or choice at `place`.
    pub(super) fn fit(&self, asked: &Asked, place: usize) -> Fit {
        let mut best = Fit::default();
        for name in &self.guides[place] {
            let fit = self.fit_of(asked, name);
            if fit.likeness > best.likeness {
                best = fit;
            }
        }
        best
    }

    fn fit_of(&self, asked: &Asked, name: &Name) -> Fit {
        let shared = shared(&asked.folded, &name.folded);
        if shared == 0.0 {
            return Fit::default();
        }
        let folded = tversky(shared, asked.total_folded, name.folded.total);
        let both = if asked.has_marks {
            let marked = tversky(self::shared(&asked.marked, &name.marked), asked.total_marked, name.marked.total);
            (folded + marked) / 2.0
        } else {
            folded
        };
        Fit { likeness: both * name.weight, shared: shared / self.rarest, of_name: shared / name.folded.total }
    }
}

/// How a question fits a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// 0: nothing in common, 1: the same terms.
    pub likeness: f32,
    /// What both say, in words as rare as any: grows with every rare word that question and name share.
    pub shared: f32,
    /// The share of the name that the question says.
    pub of_name: f32,
}

impl Known for Names {
    fn has(&self, syllable: &str) -> bool {
        self.terms.contains_key(&hash(syllable))
    }

    fn has_pair(&self, first: &str, second: &str) -> bool {
        self.terms.contains_key(&hash(&format!("{first}_{second}")))
    }

    fn syllables(&self) -> &[Box<str>] {
        &self.syllables
    }
}

fn shared(asked: &[(Option<TermId>, f32)], name: &Terms) -> f32 {
    let has = |id: &Option<TermId>| id.is_some_and(|id| name.ids.binary_search(&id).is_ok());
    asked.iter().filter(|(id, _)| has(id)).map(|(_, weight)| weight).sum()
}

fn tversky(shared: f32, asked: f32, name: f32) -> f32 {
    if shared == 0.0 {
        return 0.0;
    }
    shared / (shared + MISSING_IN_NAME * (asked - shared) + MISSING_IN_QUESTION * (name - shared))
}

fn hash(term: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish()
}

/// The syllables that matter of a name; all of them when every one is a filler.
fn meaningful(topic: &[Syllable], name: &str) -> Vec<Syllable> {
    if topic.is_empty() { syllables(name) } else { topic.to_vec() }
}

/// How much a guide is preferred before anything was asked: written before imported, current before outdated.
pub(super) fn prior(guide: &Guide) -> f32 {
    let written = if guide.facts.review == Review::Imported { 0.0 } else { 0.04 };
    let commune = if guide.facts.level == Some(crate::knowledge::Level::Commune) { 0.02 } else { 0.0 };
    let old = if guide.facts.source.as_of.as_str() < "2025-06" { -0.03 } else { 0.0 };
    let empty = guide.facts.documents.is_empty() && guide.facts.fees.is_empty() && guide.vi.steps.is_empty();
    written + commune + old - if empty { 0.03 } else { 0.0 }
}
