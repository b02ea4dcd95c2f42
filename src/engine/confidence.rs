//! How sure we are, as log-odds: logistic regressions over what the search tells, fitted on the build half of the question
//! sets and checked on the other (`docs/understanding.md`). 0 is even; 2 is 88 of 100.

use crate::knowledge::search::{Choice, Found, Hit, Question};

/// Log-odds from which a question is about a procedure we know. Below, no guide is even offered as an answer.
const KNOWN: f32 = 1.0;
/// Log-odds from which the best guide is the one that is meant.
const SURE: f32 = 1.0;
/// Likeness to the phrase of a choice from which that choice is what was said.
const SAID: f32 = 0.6;
/// How close such a phrase must come to the best guide.
const AS_WELL: f32 = 0.8;

/// Whether the question is about this guide's matter, rather than about something none of our guides is for: it says much
/// of one name, and in words that are rare enough to mean something.
pub(super) fn is_known(hit: &Hit) -> bool {
    1.2 * hit.likeness + 2.3 * (7.6 * hit.shared).ln_1p() + 4.3 * hit.of_name - 7.9 > KNOWN
}

/// Whether the best guide is so far ahead of the next that asking back would only annoy. Who says more is asked less,
/// and so is who wants one part («giấy tờ gì») rather than to be told about a matter.
pub(super) fn is_sure(found: &Found, question: &Question) -> bool {
    let Some(best) = found.hits.first() else { return false };
    let next = found.hits.get(1).map_or(0.0, |hit| hit.score);
    let choice = found.choice.as_ref().map_or(0.0, |choice| choice.score);
    #[expect(clippy::cast_precision_loss, reason = "a question has few words")]
    let words = (question.topic.len() as f32).ln_1p();
    let part = if question.facets.is_empty() { 0.0 } else { 1.0 };
    7.7 * (best.score - next) + 1.3 * words - 2.1 * choice / best.score + 0.4 * part - 1.5 > SURE
}

/// The choice whose phrase was said, if the question is no name of a guide as well.
pub(super) fn said_choice(found: &Found) -> Option<&Choice> {
    let best = found.hits.first().map_or(0.0, |hit| hit.score);
    found.choice.as_ref().filter(|choice| choice.likeness >= SAID && choice.score >= best * AS_WELL)
}
