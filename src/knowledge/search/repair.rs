//! Slips of the finger, mended with what the names of procedures themselves teach.
//!
//! A syllable that no name has is taken for a slip of one that some name has beside the same neighbour: «khia sinh» is
//! «khai sinh» because `khai_sinh` is a pair of names, and «khaisinh» is two syllables run together. Without such a
//! neighbour nothing is changed: syllables are too short to guess by themselves.

use super::terms::Syllable;

/// What is known of syllables and pairs.
pub(super) trait Known {
    /// Whether some name has the syllable, folded.
    fn has(&self, syllable: &str) -> bool;
    /// Whether some name has the two next to each other.
    fn has_pair(&self, first: &str, second: &str) -> bool;
    /// All syllables of names, the commonest first.
    fn syllables(&self) -> &[Box<str>];
}

/// `said` with its slips mended, if there are any that can be.
pub(super) fn mended(said: &[Syllable], known: &impl Known) -> Option<Vec<Syllable>> {
    let mut out: Vec<Syllable> = Vec::with_capacity(said.len() + 1);
    let mut changed = false;
    for (at, syllable) in said.iter().enumerate() {
        let word = syllable.folded.as_str();
        if known.has(word) || word.len() < 2 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            out.push(syllable.clone());
            continue;
        }
        let before = out.last().map(|before| before.folded.clone());
        let after = said.get(at + 1).map(|after| after.folded.as_str());
        let found = apart(word, known).or_else(|| likeliest(word, before.as_deref(), after, known).map(|word| vec![word]));
        match found {
            Some(words) => {
                out.extend(words.into_iter().map(|word| Syllable { marked: word.clone(), folded: word }));
                changed = true;
            }
            None => out.push(syllable.clone()),
        }
    }
    changed.then_some(out)
}

/// Two syllables run together, when names have them as a pair.
fn apart(word: &str, known: &impl Known) -> Option<Vec<String>> {
    let cuts = (2..word.len().saturating_sub(1)).filter(|at| word.is_char_boundary(*at));
    let halves = cuts.map(|at| word.split_at(at)).find(|(first, second)| known.has_pair(first, second))?;
    Some(vec![halves.0.to_owned(), halves.1.to_owned()])
}

/// The commonest syllable one slip away that names have beside a neighbour; beside both is better than beside one.
fn likeliest(word: &str, before: Option<&str>, after: Option<&str>, known: &impl Known) -> Option<String> {
    let near =
        known.syllables().iter().filter(|other| other.len().abs_diff(word.len()) <= 1 && strsim::osa_distance(word, other) == 1);
    let support = |other: &str| {
        usize::from(before.is_some_and(|before| known.has_pair(before, other)))
            + usize::from(after.is_some_and(|after| known.has_pair(other, after)))
    };
    let mut best: Option<(usize, &str)> = None;
    for other in near {
        let support = support(other);
        if support > best.map_or(0, |(most, _)| most) {
            best = Some((support, other));
        }
    }
    best.map(|(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::terms::{folded_terms, syllables};
    use super::*;

    struct Names(Vec<String>, Vec<Box<str>>);

    impl Known for Names {
        fn has(&self, syllable: &str) -> bool {
            self.0.iter().any(|term| term == syllable)
        }
        fn has_pair(&self, first: &str, second: &str) -> bool {
            self.has(&format!("{first}_{second}"))
        }
        fn syllables(&self) -> &[Box<str>] {
            &self.1
        }
    }

    fn mend(text: &str) -> Option<String> {
        let terms = folded_terms(&syllables("đăng ký khai sinh cho con"));
        let singles = terms.iter().filter(|term| !term.contains('_')).map(|term| term.as_str().into()).collect();
        let mended = mended(&syllables(text), &Names(terms, singles))?;
        Some(mended.iter().map(|syllable| syllable.folded.as_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn slips_are_mended_beside_a_neighbour_that_tells() {
        assert_eq!(mend("dang ky khia sinh").as_deref(), Some("dang ky khai sinh"), "two letters swapped");
        assert_eq!(mend("dang ky kai sinh").as_deref(), Some("dang ky khai sinh"), "a letter dropped");
        assert_eq!(mend("dang ky khaisinh").as_deref(), Some("dang ky khai sinh"), "run together");
    }

    #[test]
    fn what_is_known_or_has_no_neighbour_stays() {
        assert_eq!(mend("khai sinh cho con"), None);
        assert_eq!(mend("passport"), None);
        assert_eq!(mend("khia"), None);
    }
}
