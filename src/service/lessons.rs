//! What questions taught, grouped by likeness: one group is one row of the vocabulary, or one guide, that is missing.

use std::collections::HashSet;

use crate::knowledge::search::Question;
use crate::store::lesson::Counted;

/// Share of words two questions must have in common to be about one thing.
const ALIKE: f32 = 0.5;

/// Questions about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How often they were asked together.
    pub times: i64,
    /// The questions, the commonest first.
    pub lessons: Vec<Counted>,
}

/// Groups lessons of one outcome and guide by the words of their topics, the commonest group first.
pub fn grouped(mut lessons: Vec<Counted>) -> Vec<Group> {
    lessons.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.lesson.question.cmp(&b.lesson.question)));
    let mut groups: Vec<(HashSet<String>, Group)> = Vec::new();
    for counted in lessons {
        let words: HashSet<String> =
            Question::read(&counted.lesson.question).topic.into_iter().map(|syllable| syllable.folded).collect();
        let same_kind = |group: &Group| {
            let first = &group.lessons[0].lesson;
            first.outcome == counted.lesson.outcome && first.guide == counted.lesson.guide
        };
        match groups.iter_mut().find(|(of_group, group)| same_kind(group) && likeness(of_group, &words) >= ALIKE) {
            Some((_, group)) => {
                group.times += counted.times;
                group.lessons.push(counted);
            }
            None => groups.push((words, Group { times: counted.times, lessons: vec![counted] })),
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.times));
    groups
}

/// The share of words in common.
#[expect(clippy::cast_precision_loss, reason = "a question has few words")]
fn likeness(a: &HashSet<String>, b: &HashSet<String>) -> f32 {
    let all = a.union(b).count();
    if all == 0 { 1.0 } else { a.intersection(b).count() as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lesson, Outcome};

    fn counted(question: &str, times: i64) -> Counted {
        let lesson = Lesson { question: question.to_owned(), outcome: Outcome::Unanswered, guide: None };
        Counted { lesson, times }
    }

    #[test]
    fn questions_about_one_thing_are_one_group() {
        let groups = grouped(vec![
            counted("xin phép nuôi hươu sao", 1),
            counted("nuoi huou sao can giay to gi", 3),
            counted("đăng ký nuôi hươu sao ở đâu", 1),
            counted("thi bằng lái tàu", 2),
        ]);
        assert_eq!(groups.len(), 2, "{groups:?}");
        assert_eq!(groups[0].times, 5);
        assert_eq!(groups[0].lessons[0].lesson.question, "nuoi huou sao can giay to gi");
    }
}
