//! A question after another: does it stay with the matter, turn to a kin of it, or begin a new one?
//!
//! «Còn nếu chồng là người Hàn Quốc?» names nothing, and still asks for another procedure than «đăng ký kết hôn» did. Each
//! guide that comes to mind is weighed by how well it fits the two questions together, the new one alone, and the matter
//! so far. The weights are a conditional logistic regression over the build half of the question sets
//! (`docs/understanding.md`).

use crate::knowledge::search::{Found, Hit, Question};
use crate::knowledge::{GuideId, Library};

use super::ask::Before;

/// How much a matter is held on to; less when the sentence begins as one does that adds something («với», «nếu»).
const SAME_MATTER: f32 = 1.96;
const GOES_ON: f32 = -1.66;
/// Weights of the scores of both questions together, and of the new one alone.
const TOGETHER: f32 = 10.34;
const ALONE: f32 = 3.38;
/// Weight of likeness of the new question to the guide's names, whether it was found or not.
const LIKENESS: f32 = 3.74;
/// Weight of likeness between the names of the guide and of the matter so far.
const KIN: f32 = 2.31;
/// How many guides of each search are weighed.
const EACH: usize = 8;

/// The guides that may be meant now, the likeliest first; `alone` is what the new question finds by itself.
pub(super) fn ranked(library: &Library, question: &Question, before: &Before<'_>, alone: &Found) -> Vec<Hit> {
    let search = library.search();
    let together = search.look_up(&library.question(before.question).and(question), EACH).hits;
    let matter = Question::read(library.title(before.guide));
    let score = |hits: &[Hit], guide: GuideId| hits.iter().find(|hit| hit.guide == guide).map_or(0.0, |hit| hit.score);
    let (like_matter, like_question) = (search.likeness(&matter), search.likeness(question));
    let weigh = |guide: GuideId| {
        let tie = if guide == before.guide {
            SAME_MATTER + if question.goes_on() { GOES_ON } else { 0.0 }
        } else {
            KIN * like_matter(guide)
        };
        tie + TOGETHER * score(&together, guide) + ALONE * score(&alone.hits, guide) + LIKENESS * like_question(guide)
    };
    let mut hits = vec![Hit::certain(before.guide)];
    for hit in together.iter().chain(alone.hits.iter().take(EACH)) {
        if !hits.iter().any(|known| known.guide == hit.guide) {
            hits.push(*hit);
        }
    }
    let mut weighed: Vec<(f32, Hit)> = hits.into_iter().map(|hit| (weigh(hit.guide), hit)).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    weighed.into_iter().map(|(_, hit)| hit).collect()
}
