//! Marks put back: the likeliest way to write a question with its diacritics, as the names of procedures write them.
//!
//! Most people type none, or only some. The cheapest path through the ways to write each syllable, by how rare neighbours
//! are in names, tells `khai tử` from `khai từ`. What was typed with marks stays as it is.

use std::collections::HashMap;

use super::repair::Known;
use super::terms::Syllable;

/// What neighbours cost that never stand together, above the rarity of the second by itself.
const STRANGERS: f32 = 4.0;
/// At most so many ways to write one syllable are weighed, the commonest first.
const MOST_WAYS: usize = 8;

/// The ways to write syllables: without marks, to each way with its rarity.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    ways: HashMap<Box<str>, Vec<(Box<str>, f32)>>,
}

impl Spelled {
    /// Of pairs of a syllable with marks and its rarity.
    pub(super) fn new(syllables: impl Iterator<Item = (Syllable, f32)>) -> Self {
        let mut ways: HashMap<Box<str>, Vec<(Box<str>, f32)>> = HashMap::new();
        for (syllable, rarity) in syllables {
            ways.entry(syllable.folded.into()).or_default().push((syllable.marked.into(), rarity));
        }
        for ways in ways.values_mut() {
            ways.sort_by(|a, b| a.1.total_cmp(&b.1));
            ways.truncate(MOST_WAYS);
        }
        Self { ways }
    }

    fn of<'a>(&'a self, syllable: &'a Syllable) -> Vec<(&'a str, f32)> {
        let as_typed = || vec![(syllable.marked.as_str(), 0.0)];
        if syllable.marked != syllable.folded {
            return as_typed();
        }
        match self.ways.get(syllable.folded.as_str()) {
            Some(ways) => ways.iter().map(|(way, rarity)| (&**way, *rarity)).collect(),
            None => as_typed(),
        }
    }
}

/// `said` with marks put back; `None` when there is nothing to put back.
pub(super) fn put_back(said: &[Syllable], spelled: &Spelled, known: &impl Known) -> Option<Vec<Syllable>> {
    let columns: Vec<Vec<(&str, f32)>> = said.iter().map(|syllable| spelled.of(syllable)).collect();
    if columns.iter().all(|ways| ways.len() == 1) {
        return None;
    }
    // For each way: the cheapest path to it, and the way before on that path.
    let mut paths: Vec<Vec<(f32, usize)>> = Vec::with_capacity(said.len());
    for (at, ways) in columns.iter().enumerate() {
        let column = ways.iter().map(|(way, rarity)| {
            let Some(before) = at.checked_sub(1) else { return (*rarity, 0) };
            let steps = columns[before]
                .iter()
                .zip(&paths[before])
                .map(|((first, _), (path, _))| path + known.writes_pair(first, way).unwrap_or(STRANGERS + rarity));
            let cheapest = steps.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
            cheapest.map_or((*rarity, 0), |(from, path)| (path, from))
        });
        paths.push(column.collect());
    }
    let mut at = paths.last()?.iter().enumerate().min_by(|a, b| a.1.0.total_cmp(&b.1.0))?.0;
    let mut out = Vec::with_capacity(said.len());
    for (column, syllable) in (0..said.len()).rev().zip(said.iter().rev()) {
        out.push(Syllable { marked: columns[column][at].0.to_owned(), folded: syllable.folded.clone() });
        at = paths[column][at].1;
    }
    out.reverse();
    (out != said).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::super::repair::tests::Words;
    use super::super::terms::syllables;
    use super::*;

    fn put(text: &str) -> Option<String> {
        let content = "đăng ký khai tử. giấy khai sinh. tư pháp. từ bản chính. khai thuế";
        let spelled = Spelled::new(syllables(content).into_iter().map(|syllable| (syllable, 3.0)));
        let marked = put_back(&syllables(text), &spelled, &Words::of(content))?;
        Some(marked.iter().map(|syllable| syllable.marked.as_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn neighbours_tell_which_marks_were_meant() {
        assert_eq!(put("dang ky khai tu").as_deref(), Some("đăng ký khai tử"));
        assert_eq!(put("tu phap").as_deref(), Some("tư pháp"));
        assert_eq!(put("đăng ký khai tu").as_deref(), Some("đăng ký khai tử"), "some marks were typed");
    }

    #[test]
    fn marks_that_were_typed_stay() {
        assert_eq!(put("khai từ"), None);
        assert_eq!(put("con meo"), None);
    }
}
