//! How sure we are, as log-odds: logistic regressions over what the search tells, fitted on the build half of the question
//! sets and checked on the other (`docs/understanding.md`). 0 is even; 2 is 88 of 100.

use crate::knowledge::search::{Choice, Found, Hit};

/// Log-odds from which a question is about a procedure we know. Below, no guide is even offered as an answer.
const KNOWN: f32 = 0.5;
/// Log-odds from which the best guide is the one that is meant.
const SURE: f32 = 0.7;
/// Likeness to the phrase of a choice from which that choice is what was said.
const SAID: f32 = 0.6;
/// How close such a phrase must come to the best guide.
const AS_WELL: f32 = 0.8;

/// Whether the question is about this guide's matter, rather than about something none of our guides is for: it says much
/// of one name, and in words that are rare enough to mean something.
pub(super) fn is_known(hit: &Hit) -> bool {
    2.5 * hit.likeness + 2.3 * (7.6 * hit.shared).ln_1p() + 3.7 * hit.of_name - 8.4 > KNOWN
}

/// Whether the best guide is so far ahead of the next that asking back would only annoy. Who says more is asked less.
pub(super) fn is_sure(found: &Found, words: usize) -> bool {
    let Some(best) = found.hits.first() else { return false };
    let next = found.hits.get(1).map_or(0.0, |hit| hit.score);
    let choice = found.choice.as_ref().map_or(0.0, |choice| choice.score);
    #[expect(clippy::cast_precision_loss, reason = "a question has few words")]
    let words = (words as f32).ln_1p();
    12.8 * (best.score - next) + 1.5 * words - 0.9 * choice / best.score - 3.4 > SURE
}

/// The choice whose phrase was said, if the question is no name of a guide as well.
pub(super) fn said_choice(found: &Found) -> Option<&Choice> {
    let best = found.hits.first().map_or(0.0, |hit| hit.score);
    found.choice.as_ref().filter(|choice| choice.likeness >= SAID && choice.score >= best * AS_WELL)
}
