//! Two questions in one message.

use crate::knowledge::Library;
use crate::knowledge::search::{Hit, Question};

use super::alone::{EXACT, MOST_CHOICES, by_itself};
use super::ask::{Action, DANGER};

/// What stands between two questions of one message.
const BETWEEN_QUESTIONS: [&str; 8] = ["?", "\n", ";", " và ", " với lại ", " ngoài ra ", " còn ", " va "];
/// Words of a message that asks two questions; a longer one is a story.
const TWO_AT_MOST: usize = 24;
/// Places at which a message is tried to be two questions.
const MOST_CUTS: usize = 3;
/// Likeness from which half of a message names a procedure.
const NAMED: f32 = 0.6;

/// The two questions of a message that asks two, each with its guide: «làm khai sinh và thẻ bảo hiểm cho con cần gì?». Each must
/// name a procedure of its own; what is asked of one is asked of both, unless both say.
pub(super) fn two_questions(library: &Library, text: &str) -> Option<[(Question, Hit); 2]> {
    if text.split_whitespace().count() > TWO_AT_MOST {
        return None;
    }
    let cuts = BETWEEN_QUESTIONS.iter().flat_map(|word| text.match_indices(word).map(|(at, word)| (at, at + word.len())));
    let clear = |part: &str| {
        let question = library.question(part);
        if question.topic.len() < 2 || question.errand.is_some() {
            return None;
        }
        let found = library.search().look_up(&question, MOST_CHOICES);
        let best = *found.hits.first()?;
        let clear = best.likeness >= EXACT || by_itself(library, &question, found, MOST_CHOICES).action == Action::Answer;
        (clear && best.likeness >= NAMED).then_some((question, best))
    };
    let both = cuts.take(MOST_CUTS).find_map(|(end, start)| {
        let (mut first, mut second) = (clear(&text[..end])?, clear(&text[start..])?);
        if first.1.guide == second.1.guide {
            return None;
        }
        match (first.0.facets.is_empty(), second.0.facets.is_empty()) {
            (true, false) => first.0.facets.clone_from(&second.0.facets),
            (false, true) => second.0.facets.clone_from(&first.0.facets),
            _ => {}
        }
        Some([first, second])
    });
    // A cry for help may name papers too: it is heard as a whole.
    both.filter(|_| library.question(text).danger(DANGER).is_none())
}
