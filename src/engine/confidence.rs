//! How sure we are, as log-odds: logistic regressions over what the search tells, fitted on the build half of the question
//! sets and checked on the other (`docs/understanding.md`). 0 is even; 2 is 88 of 100.

use crate::knowledge::search::{Choice, Found, Hit, Question};

/// Log-odds from which a question is about a procedure we know. Below, no guide is even offered as an answer.
const KNOWN: f32 = 1.0;
/// Log-odds from which a good clerk would ask back. Missing such a question costs more than one tap too many.
const ASK_BACK: f32 = -1.75;
/// The same for a question that says one name of a guide and no more: short, and yet mostly clear.
const ASK_BACK_ON_A_NAME: f32 = 0.0;
/// Likeness to the phrase of a choice from which that choice is what was said, where no guide is.
const SAID: f32 = 0.42;
/// How close the phrase must come to the best guide for its choice to be offered rather than the best guides.
const AS_WELL: f32 = 0.6;

/// Whether the question is about this guide's matter, rather than about something none of our guides is for: it says much
/// of one name, and in words that are rare enough to mean something.
pub(super) fn is_known(hit: &Hit) -> bool {
    1.2 * hit.likeness + 2.3 * (7.6 * hit.shared).ln_1p() + 4.3 * hit.of_name - 7.9 > KNOWN
}

/// Whether the best guide is so far ahead of the next that asking back would only annoy. Who says more is asked less,
/// and so is who wants one part («giấy tờ gì») rather than to be told about a matter.
pub(super) fn is_sure(found: &Found, question: &Question, named: bool) -> bool {
    let Some(best) = found.hits.first() else { return false };
    let score = |place: usize| found.hits.get(place).map_or(0.0, |hit| hit.score);
    let choice = found.choice.as_ref().map_or(0.0, |choice| choice.score);
    #[expect(clippy::cast_precision_loss, reason = "a question has few words")]
    let words = (question.topic.len() as f32).ln_1p();
    let part = if question.facets.is_empty() { 0.0 } else { 1.0 };
    let ahead = -1.1 * (best.score - score(1)) - 1.0 * (best.score - score(2)) + 1.5 * score(2) / best.score;
    ahead - 1.4 * words + 2.25 * choice / best.score - 1.8 * part - 0.1 < if named { ASK_BACK_ON_A_NAME } else { ASK_BACK }
}

/// The choice whose phrase was said, where no guide was named.
pub(super) fn said_choice(found: &Found) -> Option<&Choice> {
    found.choice.as_ref().filter(|choice| choice.likeness >= SAID)
}

/// The choice to offer, of those who ask back about a guide.
pub(super) fn near_choice(found: &Found) -> Option<&Choice> {
    let best = found.hits.first().map_or(0.0, |hit| hit.score);
    found.choice.as_ref().filter(|choice| choice.score >= best * AS_WELL)
}
