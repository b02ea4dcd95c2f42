//! Sets of terms in groups: the names of one guide are a group.
//!
//! A guide has up to thirty names, which share most of their terms. So each term of a group is looked up once for all its sets, and
//! what a set shares with a question is told by the bits of both.

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

/// Where the terms and the bits of a group begin.
#[derive(Clone, Copy)]
struct Group {
    terms: usize,
    bits: usize,
}

/// The terms of a group that a question has as well.
pub(super) struct Shared<'a> {
    /// Of each term of the group; 0 of those the question does not have.
    weights: Vec<f32>,
    /// A bit for each term that the question has.
    has: Vec<u64>,
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

    /// What of a group has a weight in a question.
    pub(super) fn shared(&self, group: usize, weight: impl Fn(TermId) -> f32) -> Shared<'_> {
        let Group { terms, bits } = self.groups[group];
        let next = self.groups.get(group + 1);
        let terms = &self.terms[terms..next.map_or(self.terms.len(), |next| next.terms)];
        let weights: Vec<f32> = terms.iter().map(|term| weight(*term)).collect();
        let has = weights.chunks(64).map(|word| (0..).zip(word).map(|(at, weight)| u64::from(*weight > 0.0) << at).sum());
        Shared { has: has.collect(), weights, bits: &self.bits[bits..next.map_or(self.bits.len(), |next| next.bits)] }
    }
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
                let shared = all.shared(place, |term| if asked.contains(&term) { 1.0 } else { 0.0 });
                for (at, set) in sets.iter().enumerate() {
                    let distinct: std::collections::HashSet<&u32> = set.iter().filter(|term| asked.contains(term)).collect();
                    proptest::prop_assert_eq!(shared.with(at) as usize, distinct.len());
                }
            }
        }
    }
}
