//! How much a question and the name of a procedure have in common.
//!
//! BM25 asks how well a text covers the question. For names the other direction matters as much: «đăng ký khai tử» and
//! «đăng ký khai tử có yếu tố nước ngoài» both cover «khai tu cho ong ngoai», but the second says things that nobody
//! asked about. The index of Tversky weighs what is shared against what each side has alone.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::marks::Spelled;
use super::repair::{Known, Spellings};
use super::sets::{Groups, Present, Shared, TermId};
use super::terms::{Syllable, folded_terms, joint, marked_terms, syllables};
use crate::knowledge::guide::Guide;
use crate::knowledge::vocabulary::Everyday;

/// Weight of what the question says and the name does not.
const MISSING_IN_NAME: f32 = 0.8;
/// Weight of what the name says and the question does not: official names are long-winded.
const MISSING_IN_QUESTION: f32 = 0.25;
/// A question may be matched by somebody else's question, but a little less surely than by a name.
const QUESTION_WEIGHT: f32 = 0.97;
/// Weight of a syllable that no name has: as much as a rare one.
const UNKNOWN_SYLLABLE: f32 = 3.0;
/// Weight of a pair that no name has. Such pairs are ordinary: people put their own words between.
const UNKNOWN_PAIR: f32 = 1.0;
/// Weight of the folded likeness where marks were put back that do not fit.
const MARKS_UNSURE: f32 = 0.97;

/// By how much rounding may make less of a likeness than it can be.
const ROUNDING: f32 = 1e-5;

/// The names of all guides, as sets of weighted terms.
pub(super) struct Names {
    /// Numbers of terms, by the hash of the term: the words themselves are not needed, and would be half of the memory.
    terms: HashMap<u64, TermId>,
    weights: Vec<f32>,
    /// The weight of a term that one guide alone has.
    rarest: f32,
    /// Those of each guide, then those of each choice, one after another.
    names: Vec<Name>,
    /// Where the names of each guide and choice end; those of the next begin there.
    ends: Vec<usize>,
    /// The terms of the names of each guide and choice, without marks and with them.
    folded: Groups,
    marked: Groups,
    /// All folded syllables: what a slip of the finger may have meant.
    spellings: Spellings,
    /// How syllables are written with marks.
    spelled: Spelled,
    /// The terms of each guide's title that make it a rare variant.
    variants: Vec<Vec<TermId>>,
}

struct Name {
    /// The weight of all its terms, without marks and with them.
    folded: f32,
    marked: f32,
    weight: f32,
    /// Which of its guide's codes it is a name of; the first, when it is one of the whole guide.
    code: u16,
}

/// The terms of a question, ready to be compared with many names.
pub(super) struct Asked {
    folded: Weighed,
    /// With marks, and whether they were put back rather than typed.
    marked: Option<(Weighed, bool)>,
}

/// The terms of a question that some name has, each with its weight.
struct Weighed {
    /// Sorted.
    terms: Vec<(TermId, f32)>,
    present: Present,
    /// The weight of the known ones.
    sharable: f32,
    /// The weight of all terms, known or not.
    total: f32,
}

impl Asked {
    /// The likeness of both spellings together.
    fn both(&self, folded: f32, marked: f32) -> f32 {
        let both = (folded + marked) / 2.0;
        // Marks that we put back may be wrong: they count for a name, not against it.
        let put_back = self.marked.as_ref().is_some_and(|(_, put_back)| *put_back);
        if put_back { both.max(folded * MARKS_UNSURE) } else { both }
    }
}

impl Weighed {
    /// Of a vocabulary of `size` terms.
    fn new(asked: &[(Option<TermId>, f32)], size: usize) -> Self {
        let total = asked.iter().map(|(_, weight)| weight).sum();
        let mut terms: Vec<(TermId, f32)> = asked.iter().filter_map(|(id, weight)| Some(((*id)?, *weight))).collect();
        let sharable = terms.iter().map(|(_, weight)| weight).sum();
        terms.sort_unstable_by_key(|(id, _)| *id);
        Self { present: Present::of(terms.iter().map(|(id, _)| *id), size), terms, sharable, total }
    }

    /// 0 of a term that was not asked.
    fn weight(&self, id: TermId) -> f32 {
        self.terms.binary_search_by_key(&id, |(id, _)| *id).map_or(0.0, |at| self.terms[at].1)
    }

    /// What the question shares with the names at `place`.
    fn shared<'a>(&self, names: &'a Groups, place: usize) -> Shared<'a> {
        names.shared(place, &self.present, |term| self.weight(term))
    }

    /// As much as the likeness to a name with terms of this weight can be, whatever they are.
    fn at_most(&self, name: f32) -> f32 {
        tversky(self.sharable.min(name), self.total, name)
    }
}

impl Names {
    pub(super) fn new(guides: &[Guide], everyday: &Everyday<'_>) -> Self {
        let mut builder = Builder::default();
        for guide in guides {
            let codes = guide.facts.codes.iter().zip(0..);
            let called = codes.flat_map(|(code, at)| {
                everyday.names.get(code.as_str()).into_iter().flatten().map(move |(name, weight)| (*name, *weight, at))
            });
            let texts = std::iter::once(&guide.vi).chain(&guide.en);
            let told = texts.flat_map(|text| {
                let names = std::iter::once(&text.title).chain(&text.names).map(|name| (name.as_str(), 1.0, 0));
                let asked = text.answers.iter().map(|answer| &answer.question).chain(&text.questions);
                names.chain(asked.map(|name| (name.as_str(), QUESTION_WEIGHT, 0)))
            });
            builder.guide(called.chain(told));
        }
        for choice in &everyday.choices {
            builder.choice(choice.said);
        }
        let mut names = builder.built(guides.len());
        names.variants = guides.iter().map(|guide| names.variants_of(&guide.vi.title)).collect();
        names
    }

    fn variants_of(&self, title: &str) -> Vec<TermId> {
        let terms = folded_terms(&syllables(title));
        let variants = terms.iter().filter(|term| VARIANTS.contains(&term.as_str()));
        variants.filter_map(|term| self.terms.get(&hash(term)).copied()).collect()
    }

    /// How many traits of a rare variant the title of a guide has that the question does not say; 0 for a choice.
    pub(super) fn unsaid(&self, asked: &Asked, place: usize) -> usize {
        let said = |variant: &&TermId| asked.folded.weight(**variant) == 0.0;
        self.variants.get(place).map_or(0, |variants| variants.iter().filter(said).count())
    }

    /// How syllables are written with marks.
    pub(super) fn spelled(&self) -> &Spelled {
        &self.spelled
    }

    /// The terms of `topic`, with their weights; `marked` is the same with marks, unless they were all typed.
    pub(super) fn asked(&self, topic: &[Syllable], marked: Option<&[Syllable]>) -> Asked {
        let folded = self.weighed(folded_terms(topic), hash);
        let with_marks = marked.or_else(|| super::terms::has_marks(topic).then_some(topic));
        let marked = with_marks.map(|syllables| (self.weighed(marked_terms(syllables), hash_marked), marked.is_some()));
        Asked { folded, marked }
    }

    fn weighed(&self, mut terms: Vec<String>, key: fn(&str) -> u64) -> Weighed {
        terms.sort_unstable();
        terms.dedup();
        let weigh = |term: &String| match self.terms.get(&key(term)) {
            Some(id) => (Some(*id), self.weights[*id as usize]),
            None if term.contains('_') => (None, UNKNOWN_PAIR),
            None => (None, UNKNOWN_SYLLABLE),
        };
        Weighed::new(&terms.iter().map(weigh).collect::<Vec<_>>(), self.weights.len())
    }

    /// How the question fits the best name of the guide or choice at `place`.
    pub(super) fn fit(&self, asked: &Asked, place: usize) -> Fit {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        let folded_shared = asked.folded.shared(&self.folded, place);
        let marked = asked.marked.as_ref().map(|(marked, _)| (marked, marked.shared(&self.marked, place)));
        let mut best = Fit::default();
        for (at, name) in self.names[from..self.ends[place]].iter().enumerate() {
            let shared = folded_shared.with(at);
            if shared == 0.0 {
                continue;
            }
            let folded = tversky(shared, asked.folded.total, name.folded);
            let likeness = match &marked {
                // Most names cannot be better than the best so far, whatever their marks.
                Some((marked, _))
                    if asked.both(folded, marked.at_most(name.marked)) * name.weight + ROUNDING <= best.likeness =>
                {
                    0.0
                }
                Some((marked, shared)) => asked.both(folded, tversky(shared.with(at), marked.total, name.marked)) * name.weight,
                None => folded * name.weight,
            };
            if likeness > best.likeness {
                best = Fit { likeness, shared: shared / self.rarest, of_name: shared / name.folded, code: name.code };
            }
        }
        best
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
    /// Which of the guide's codes the name is of.
    pub code: u16,
}

impl Known for Names {
    fn has(&self, syllable: &str) -> bool {
        self.terms.contains_key(&hash(syllable))
    }

    fn pair(&self, first: &str, second: &str) -> Option<f32> {
        self.terms.get(&hash(&joint(first, second))).map(|id| self.weights[*id as usize])
    }

    fn near(&self, word: &str) -> Vec<&str> {
        self.spellings.near(word)
    }

    fn writes(&self, syllable: &str) -> bool {
        self.terms.contains_key(&hash_marked(syllable))
    }

    fn writes_pair(&self, first: &str, second: &str) -> Option<f32> {
        self.terms.get(&hash_marked(&joint(first, second))).map(|id| self.weights[*id as usize])
    }
}

/// Names in the making.
#[derive(Default)]
struct Builder {
    terms: HashMap<u64, TermId>,
    /// In how many guides each term stands.
    counts: Vec<u32>,
    guides: Vec<Vec<Draft>>,
    /// In one order always: of two that fit as well, the first is taken.
    syllables: BTreeSet<Syllable>,
}

/// A name whose terms have no weights yet.
struct Draft {
    folded: Vec<TermId>,
    marked: Vec<TermId>,
    weight: f32,
    code: u16,
}

impl Builder {
    fn guide<'a>(&mut self, called: impl Iterator<Item = (&'a str, f32, u16)>) {
        let names: Vec<Draft> = called.map(|(name, weight, code)| self.name(name, weight, code)).collect();
        let mut seen: Vec<TermId> = names.iter().flat_map(|name| name.folded.iter().chain(&name.marked)).copied().collect();
        seen.sort_unstable();
        seen.dedup();
        for term in seen {
            self.counts[term as usize] += 1;
        }
        self.guides.push(names);
    }

    fn choice(&mut self, said: &[String]) {
        let said = said.iter().map(|phrase| self.name(phrase, 1.0, 0)).collect();
        self.guides.push(said);
    }

    fn name(&mut self, name: &str, weight: f32, code: u16) -> Draft {
        let syllables = meaningful(&super::question::Question::read(name).topic, name);
        let folded = self.intern(folded_terms(&syllables), hash);
        let marked = self.intern(marked_terms(&syllables), hash_marked);
        self.syllables.extend(syllables);
        Draft { folded, marked, weight, code }
    }

    fn intern(&mut self, terms: Vec<String>, key: fn(&str) -> u64) -> Vec<TermId> {
        let mut id = |term: String| {
            let next = TermId::try_from(self.terms.len()).unwrap_or(TermId::MAX);
            let id = *self.terms.entry(key(&term)).or_insert(next);
            if id == next {
                self.counts.push(0);
            }
            id
        };
        let mut ids: Vec<TermId> = terms.into_iter().map(&mut id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
    fn built(self, all: usize) -> Names {
        let Self { terms, counts, guides, syllables } = self;
        let all = all as f32;
        let weights: Vec<f32> = counts.iter().map(|count| (1.0 + all / (*count as f32 + 0.5)).ln()).collect();
        let total = |terms: &[TermId]| terms.iter().map(|id| weights[*id as usize]).sum();
        let (mut folded, mut marked) = <(Groups, Groups)>::default();
        let mut names = Vec::with_capacity(guides.iter().map(Vec::len).sum());
        let mut ends = Vec::with_capacity(guides.len());
        for guide in guides {
            names.extend(guide.iter().map(|name| Name {
                folded: total(&name.folded),
                marked: total(&name.marked),
                weight: name.weight,
                code: name.code,
            }));
            ends.push(names.len());
            let (of_folded, of_marked): (Vec<_>, Vec<_>) = guide.into_iter().map(|name| (name.folded, name.marked)).unzip();
            folded.add(&of_folded);
            marked.add(&of_marked);
        }
        folded.close();
        marked.close();
        let mut spellings = Spellings::default();
        let plain: BTreeSet<&str> = syllables.iter().map(|syllable| syllable.folded.as_str()).collect();
        plain.into_iter().filter(|syllable| syllable.is_ascii()).for_each(|syllable| spellings.add(syllable.into()));
        let rarity = |syllable: &Syllable| weights[terms[&hash_marked(&syllable.marked)] as usize];
        let spelled = Spelled::new(syllables.iter().map(|syllable| (syllable.clone(), rarity(syllable))));
        let rarest = (1.0 + all / 1.5).ln();
        Names { terms, weights, rarest, names, ends, folded, marked, spellings, spelled, variants: Vec::new() }
    }
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

/// Terms with marks are others than those without, also where they look the same: «tu» written so, and any «tu».
fn hash_marked(term: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (b'^', term).hash(&mut hasher);
    hasher.finish()
}

/// The syllables that matter of a name; all of them when hardly one does: «nộp lệ phí qua mạng».
fn meaningful(topic: &[Syllable], name: &str) -> Vec<Syllable> {
    if topic.len() < 2 { syllables(name) } else { topic.to_vec() }
}

/// Pairs of syllables by which titles of rare variants differ from the everyday procedure.
const VARIANTS: [&str; 14] = [
    "nuoc_ngoai",
    "luu_dong",
    "bien_gioi",
    "dai_dien",
    "quan_doi",
    "quoc_phong",
    "cong_an",
    "ket_hop",
    "lien_thong",
    "dinh_cu",
    "co_yeu",
    "lanh_su",
    "to_chuc",
    "doanh_nghiep",
];

/// How much a guide is preferred before anything was asked: written before imported, current before outdated.
///
/// Whoever means a rare variant says so («với người nước ngoài»): [`Names::unsaid`] counts the ones a question does not say.
pub(super) fn prior(guide: &Guide) -> f32 {
    let written = if !guide.is_written() { 0.0 } else { 0.01 };
    let commune = if guide.facts.level == Some(crate::knowledge::Level::Commune) { 0.02 } else { 0.0 };
    let old = if guide.facts.source.as_of.as_str() < "2025-06" { -0.03 } else { 0.0 };
    let empty = guide.facts.documents.is_empty() && guide.facts.fees.is_empty() && guide.vi.steps.is_empty();
    written + commune + old - if empty { 0.03 } else { 0.0 }
}
