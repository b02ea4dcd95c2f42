//! A question that needs nothing from before: answered, asked back about, or not known.

use crate::knowledge::search::{Choice, Found, Hit, Question, syllables};
use crate::knowledge::{Guide, Library};

use super::ask::{Action, Decision};
use super::confidence::{is_known, is_sure, near_choice, said_choice};

/// Likeness from which a question says a name of the guide itself, no more and no less; everyday words count for less.
const THE_NAME: f32 = 0.99;
/// The same, give or take a small word.
pub(super) const EXACT: f32 = 0.9;
/// How close to the best a guide must come to be offered beside it.
const RIVAL: f32 = 0.75;
/// At most so many buttons to choose a guide from.
pub(super) const MOST_CHOICES: usize = 4;

/// A question that needs nothing from before.
pub(super) fn by_itself(library: &Library, question: &Question, found: Found, limit: usize) -> Decision {
    if !found.hits.first().is_some_and(is_known) {
        return match said_choice(&found) {
            Some(choice) => between(choice.clone(), found, limit),
            None => Decision { hits: found.hits, ..Decision::bare(Action::Unknown) },
        };
    }
    let named = is_exact(&found.hits);
    let called = named && is_called(&library.guide(found.hits[0].guide), question);
    if called || (is_sure(&found, question, named) && (named || !question.is_vague())) {
        return Decision { choices: 1, hits: found.hits, ..Decision::bare(Action::Answer) };
    }
    if let Some(choice) = near_choice(&found) {
        return between(choice.clone(), found, limit);
    }
    let choices = rivals(&found.hits);
    let action = if choices > 1 { Action::Clarify } else { Action::Answer };
    Decision { action, hits: found.hits, choices, follows: false }
}

/// Asks back between the guides of a choice and the best guide, which stays the first.
fn between(choice: Choice, found: Found, limit: usize) -> Decision {
    let hit = |guide| found.hits.iter().find(|hit| hit.guide == guide).copied();
    let of_choice = |guide| Hit { score: choice.score, ..Hit::certain(guide) };
    let mut hits: Vec<Hit> = choice.guides.iter().map(|guide| hit(*guide).unwrap_or_else(|| of_choice(*guide))).collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = found.hits.first().filter(|best| is_known(best));
    hits = first_of_each([best.into_iter().copied().collect(), hits].concat(), usize::MAX);
    let choices = hits.len().min(MOST_CHOICES);
    let hits = first_of_each([hits, found.hits].concat(), limit.max(choices));
    Decision { action: Action::Clarify, hits, choices, follows: false }
}

/// «Đăng ký tạm trú» is all of one name and most of «xóa đăng ký tạm trú»: the first is meant.
pub(super) fn is_exact(hits: &[Hit]) -> bool {
    let alone = |least: f32| hits.iter().filter(|hit| hit.likeness >= least).count() == 1 && hits[0].likeness >= least;
    alone(THE_NAME) || alone(EXACT)
}

/// Whether the question is a name that the guide gives itself, no more and no less.
fn is_called(guide: &Guide, question: &Question) -> bool {
    let same = |name: &String| syllables(name).iter().map(|word| &word.folded).eq(question.topic.iter().map(|word| &word.folded));
    std::iter::once(&guide.vi.title).chain(&guide.vi.names).any(same)
}

/// How many of the best hits the citizen is to choose from.
fn rivals(hits: &[Hit]) -> usize {
    let Some(best) = hits.first() else { return 0 };
    hits.iter().take(MOST_CHOICES).take_while(|hit| hit.score >= best.score * RIVAL).count()
}

pub(super) fn first_of_each(mut hits: Vec<Hit>, limit: usize) -> Vec<Hit> {
    let mut seen = Vec::new();
    hits.retain(|hit| {
        let new = !seen.contains(&hit.guide);
        seen.push(hit.guide);
        new
    });
    hits.truncate(limit);
    hits
}
