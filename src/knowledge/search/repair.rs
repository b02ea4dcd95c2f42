//! Slips of the finger, mended with what the names of procedures themselves teach: a noisy channel.
//!
//! Each word may be itself, a syllable one slip away, or two syllables run together; neighbours that stand together in
//! names make a path cheap, slips make it dear, and the cheapest path through all words is what was meant. Syllables are too
//! short to be mended by themselves: «khia» alone stays, «khia sinh» is «khai sinh».

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::terms::Syllable;

/// What a word costs that no name has, and that stays.
const UNKNOWN: f32 = 6.0;
/// What a slip costs that turned a syllable into none; and into another one, which happens but is guessed at one's peril.
const SLIP: f32 = 3.0;
const SLIP_INTO_A_WORD: f32 = 8.0;
/// What a forgotten space costs.
const RUN_TOGETHER: f32 = 2.0;
/// What two neighbours cost that never stand together in a name, and the most that others do.
const STRANGERS: f32 = 7.5;
const ACQUAINTED: f32 = 6.0;
/// Paths cheaper than the words as typed by less than this are no reason to change anything.
const WORTH_IT: f32 = 1.5;

/// What is known of syllables and pairs.
pub(super) trait Known {
    /// Whether some name has the syllable, folded.
    fn has(&self, syllable: &str) -> bool;
    /// How rare it is that the two, folded, stand next to each other: 0 everywhere, 8 or so in one guide; `None` never.
    fn pair(&self, first: &str, second: &str) -> Option<f32>;
    /// The folded syllables within one slip of a word.
    fn near(&self, word: &str) -> Vec<&str>;
    /// Whether some name writes the syllable with these marks.
    fn writes(&self, syllable: &str) -> bool;
    /// As [`pair`](Self::pair), with these marks.
    fn writes_pair(&self, first: &str, second: &str) -> Option<f32>;
}

/// Syllables by what is left of them when one letter is missing: two words within one slip share such a rest.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    syllables: Vec<Box<str>>,
    by_rest: HashMap<u64, Vec<u32>>,
}

impl Spellings {
    pub(super) fn add(&mut self, syllable: Box<str>) {
        let number = u32::try_from(self.syllables.len()).unwrap_or(u32::MAX);
        for rest in rests(&syllable) {
            self.by_rest.entry(rest).or_default().push(number);
        }
        self.syllables.push(syllable);
    }

    /// The syllables within one slip: a letter too many, too few, another, or two swapped.
    pub(super) fn near(&self, word: &str) -> Vec<&str> {
        let mut numbers: Vec<u32> =
            rests(word).into_iter().filter_map(|rest| self.by_rest.get(&rest)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let syllables = numbers.into_iter().map(|number| &*self.syllables[number as usize]);
        syllables.filter(|syllable| strsim::osa_distance(syllable, word) == 1).collect()
    }
}

/// Hashes of a word and of what is left of it without one letter.
fn rests(word: &str) -> Vec<u64> {
    let hash = |text: &str| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    };
    let mut out = vec![hash(word)];
    for (at, letter) in word.char_indices() {
        out.push(hash(&[&word[..at], &word[at + letter.len_utf8()..]].concat()));
    }
    out
}

/// One way to read a word.
struct Way {
    words: Vec<String>,
    cost: f32,
    /// The cheapest path that ends here, and the option before on it.
    path: f32,
    from: usize,
}

/// `said` with its slips mended, if there are any that can be.
pub(super) fn mended(said: &[Syllable], known: &impl Known) -> Option<Vec<Syllable>> {
    let suspicious = |at: usize| {
        let word = &said[at].folded;
        let beside = |first: Option<&Syllable>, second: Option<&Syllable>| {
            first.zip(second).is_some_and(|(first, second)| known.pair(&first.folded, &second.folded).is_some())
        };
        !known.has(word)
            || !(beside(at.checked_sub(1).map(|before| &said[before]), Some(&said[at]))
                || beside(Some(&said[at]), said.get(at + 1)))
    };
    let doubted: Vec<bool> = (0..said.len()).map(suspicious).collect();
    if !doubted.contains(&true) {
        return None;
    }
    let mut columns: Vec<Vec<Way>> = Vec::with_capacity(said.len());
    for (at, syllable) in said.iter().enumerate() {
        let mut column = ways(&syllable.folded, doubted[at], known);
        for option in &mut column {
            let step = |before: &Way| before.path + neighbours(&before.words, &option.words, known);
            let best = columns.last().into_iter().flatten().map(step).enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
            let (from, path) = best.unwrap_or((0, 0.0));
            option.from = from;
            option.path = path + option.cost;
        }
        columns.push(column);
    }
    let as_typed = cost_as_typed(said, known);
    let (mut at, cheapest) = columns.last()?.iter().map(|option| option.path).enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
    if cheapest + WORTH_IT > as_typed {
        return None;
    }
    let mut out: Vec<Syllable> = Vec::with_capacity(said.len() + 1);
    for (column, syllable) in columns.iter().zip(said).rev() {
        let option = &column[at];
        match option.words.as_slice() {
            [same] if *same == syllable.folded => out.push(syllable.clone()),
            words => out.extend(words.iter().rev().map(|word| Syllable { marked: word.clone(), folded: word.clone() })),
        }
        at = option.from;
    }
    out.reverse();
    Some(out)
}

/// The ways to read one word; the first is the word itself.
fn ways(word: &str, doubted: bool, known: &impl Known) -> Vec<Way> {
    let way = |words: Vec<String>, cost| Way { words, cost, path: 0.0, from: 0 };
    let is_word = known.has(word);
    let mut ways = vec![way(vec![word.to_owned()], if is_word { 0.0 } else { UNKNOWN })];
    if !doubted || word.len() < 2 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return ways;
    }
    let slip = if is_word { SLIP_INTO_A_WORD } else { SLIP };
    ways.extend(known.near(word).into_iter().map(|other| way(vec![other.to_owned()], slip)));
    if !is_word {
        let cuts = (2..word.len().saturating_sub(1)).filter(|at| word.is_char_boundary(*at)).map(|at| word.split_at(at));
        let apart = cuts.filter_map(|(first, second)| Some((first, second, known.pair(first, second)?)));
        ways.extend(
            apart
                .map(|(first, second, rare)| way(vec![first.to_owned(), second.to_owned()], RUN_TOGETHER + rare.min(ACQUAINTED))),
        );
    }
    ways
}

fn neighbours(before: &[String], after: &[String], known: &impl Known) -> f32 {
    match (before.last(), after.first()) {
        (Some(first), Some(second)) => known.pair(first, second).map_or(STRANGERS, |rare| rare.min(ACQUAINTED)),
        _ => 0.0,
    }
}

fn cost_as_typed(said: &[Syllable], known: &impl Known) -> f32 {
    let words: f32 = said.iter().map(|syllable| if known.has(&syllable.folded) { 0.0 } else { UNKNOWN }).sum();
    let pair = |two: &[Syllable]| known.pair(&two[0].folded, &two[1].folded).map_or(STRANGERS, |rare| rare.min(ACQUAINTED));
    words + said.windows(2).map(pair).sum::<f32>()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::terms::{folded_terms, marked_terms, syllables};
    use super::*;

    /// The words of a text, known with their neighbours.
    pub(in super::super) struct Words(Vec<String>, Vec<String>, Spellings);

    impl Words {
        pub(in super::super) fn of(text: &str) -> Self {
            let said = syllables(text);
            let mut spellings = Spellings::default();
            for syllable in &said {
                spellings.add(syllable.folded.as_str().into());
            }
            Self(folded_terms(&said), marked_terms(&said), spellings)
        }
    }

    impl Known for Words {
        fn has(&self, syllable: &str) -> bool {
            self.0.iter().any(|term| term == syllable)
        }
        fn pair(&self, first: &str, second: &str) -> Option<f32> {
            self.has(&format!("{first}_{second}")).then_some(3.0)
        }
        fn near(&self, word: &str) -> Vec<&str> {
            self.2.near(word)
        }
        fn writes(&self, syllable: &str) -> bool {
            self.1.iter().any(|term| term == syllable)
        }
        fn writes_pair(&self, first: &str, second: &str) -> Option<f32> {
            self.writes(&format!("{first}_{second}")).then_some(3.0)
        }
    }

    fn mend(text: &str) -> Option<String> {
        let mended = mended(&syllables(text), &Words::of("đăng ký khai sinh cho con"))?;
        Some(mended.iter().map(|syllable| syllable.folded.as_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn slips_are_mended_beside_a_neighbour_that_tells() {
        assert_eq!(mend("dang ky khia sinh").as_deref(), Some("dang ky khai sinh"), "two letters swapped");
        assert_eq!(mend("dang ky kai sinh").as_deref(), Some("dang ky khai sinh"), "a letter dropped");
        assert_eq!(mend("dang ky khaisinh").as_deref(), Some("dang ky khai sinh"), "run together");
        assert_eq!(mend("dnag ky khai sinj").as_deref(), Some("dang ky khai sinh"), "two slips");
    }

    #[test]
    fn what_is_known_or_has_no_neighbour_stays() {
        assert_eq!(mend("khai sinh cho con"), None);
        assert_eq!(mend("passport"), None);
        assert_eq!(mend("khai"), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_typed_well_is_left_alone(from in 0usize..5, length in 1usize..6) {
            let words = ["dang", "ky", "khai", "sinh", "cho", "con"];
            let said = words[from..(from + length).min(words.len())].join(" ");
            proptest::prop_assert_eq!(mend(&said), None);
        }
    }
}
