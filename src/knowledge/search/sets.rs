//! Sets of terms in groups: the names of one guide are a group.
//!
//! A guide has up to thirty names, which share most of their terms. So each term of a group is looked up once for all its sets, and
//! what a set shares with a question is told by the bits of both.

use smallvec::{SmallVec, smallvec};

/// Terms of a group that need no memory of their own: a question is compared with hundreds of groups.
const USUAL: usize = 128;

/// The number of a term.
pub(super) type TermId = u32;

/// Groups of sets, numbered as they were added.
#[derive(Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
    /// The terms of each group, sorted.
    terms: Vec<TermId>,
    /// For each set of a group a bit for each term of the group.
    bits: Vec<u64>,
}

/// The terms of a question, each a bit: most terms of most groups are not among them, and are passed over many at a time.
pub(super) struct Present(Vec<u64>);

impl Present {
    /// Of a vocabulary of `size` terms, these.
    pub(super) fn of(terms: impl Iterator<Item = TermId>, size: usize) -> Self {
        let mut bits = vec![0; size.div_ceil(64)];
        for term in terms {
            bits[term as usize / 64] |= 1 << (term % 64);
        }
        Self(bits)
    }

    /// 1 for a term that is there, 0 for another.
    fn bit(&self, term: TermId) -> u64 {
        self.0.get(term as usize / 64).map_or(0, |word| word >> (term % 64) & 1)
    }
}

/// Where the terms and the bits of a group begin.
#[derive(Clone, Copy)]
struct Group {
    terms: usize,
    bits: usize,
}

/// The terms of a group that a question has as well.
pub(super) struct Shared<'a> {
    /// Of each term of the group; nothing of those the question does not have.
    weights: SmallVec<[f32; USUAL]>,
    /// A bit for each term that the question has.
    has: SmallVec<[u64; USUAL / 64]>,
    /// Those of the group's sets.
    bits: &'a [u64],
}

impl Groups {
    /// Adds a group of these sets.
    pub(super) fn add(&mut self, sets: &[Vec<TermId>]) {
        let mut terms: Vec<TermId> = sets.concat();
        terms.sort_unstable();
        terms.dedup();
        let words = terms.len().div_ceil(64);
        self.groups.push(Group { terms: self.terms.len(), bits: self.bits.len() });
        for set in sets {
            let mut bits = vec![0; words];
            for at in set.iter().filter_map(|term| terms.binary_search(term).ok()) {
                bits[at / 64] |= 1 << (at % 64);
            }
            self.bits.extend(bits);
        }
        self.terms.extend(terms);
    }

    /// No more groups are to come.
    pub(super) fn close(&mut self) {
        self.groups.shrink_to_fit();
        self.terms.shrink_to_fit();
        self.bits.shrink_to_fit();
    }

    /// What of a group a question has too, with the weight of each such term.
    pub(super) fn shared(&self, group: usize, present: &Present, weight: impl Fn(TermId) -> f32) -> Shared<'_> {
        let Group { terms, bits } = self.groups[group];
        let next = self.groups.get(group + 1);
        let terms = &self.terms[terms..next.map_or(self.terms.len(), |next| next.terms)];
        let bits_of = |terms: &[TermId]| (0..).zip(terms).fold(0, |word, (at, term)| word | present.bit(*term) << at);
        let has: SmallVec<_> = terms.chunks(64).map(bits_of).collect();
        let mut weights = smallvec![0.0; terms.len()];
        for at in ones(&has) {
            weights[at] = weight(terms[at]);
        }
        Shared { has, weights, bits: &self.bits[bits..next.map_or(self.bits.len(), |next| next.bits)] }
    }
}

/// The places of the bits that are set.
fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(word, bits)| {
        let rest = |bits: &u64| Some(bits & (bits - 1)).filter(|rest| *rest != 0);
        let left = std::iter::successors(Some(*bits).filter(|bits| *bits != 0), rest);
        left.map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}

impl Shared<'_> {
    /// The weight of the terms that the question and the set at this place of the group have.
    pub(super) fn with(&self, set: usize) -> f32 {
        let words = self.has.len();
        let mut sum = 0.0;
        for (word, (of_set, has)) in self.bits[set * words..].iter().zip(&self.has).enumerate() {
            let mut both = of_set & has;
            while both != 0 {
                sum += self.weights[word * 64 + both.trailing_zeros() as usize];
                both &= both - 1;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_set_shares_what_both_have(
            groups in proptest::collection::vec(proptest::collection::vec(proptest::collection::vec(0u32..300, 0..40), 0..6), 1..4),
            asked in proptest::collection::hash_set(0u32..300, 0..80),
        ) {
            let mut all = Groups::default();
            groups.iter().for_each(|sets| all.add(sets));
            for (place, sets) in groups.iter().enumerate() {
                let shared = all.shared(place, &Present::of(asked.iter().copied(), 300), |_| 1.0);
                for (at, set) in sets.iter().enumerate() {
                    let distinct: std::collections::HashSet<&u32> = set.iter().filter(|term| asked.contains(term)).collect();
                    proptest::prop_assert_eq!(shared.with(at) as usize, distinct.len());
                }
            }
        }
    }
}
