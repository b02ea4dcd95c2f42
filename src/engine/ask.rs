//! What to do about a free question: answer, ask back, or say that we do not know.

use crate::knowledge::search::{Errand, Hit, Question, closest_answer};
use crate::knowledge::{GuideId, Library};

/// Likeness below which a guide is not what was meant, only the least unlike.
const TOO_UNLIKE: f32 = 0.24;
/// Likeness below which a question that follows another is read together with it.
const WEAK_ALONE: f32 = 0.5;
/// Likeness from which a word that is usually none of our business is: «giấy độc thân sau ly hôn».
const SURELY_OURS: f32 = 0.45;
/// Words of a question that is about such a word and nothing else: «ly hôn».
const BARE_WORD: usize = 3;
/// Words beside «số điện thoại» or «giờ làm việc» that may name the office: «của ủy ban xã Tân Lạc». More name a matter.
const OF_AN_OFFICE: usize = 5;
/// How close to the best another guide must come to be offered beside it.
const RIVAL: f32 = 0.9;
/// Likeness below which an answer would be a guess: then more guides are offered.
const UNSURE: f32 = 0.36;
/// Likeness from which a question says a name of the guide itself, no more and no less; everyday words count for less.
const EXACT: f32 = 0.99;
/// How close to the best a guide must come to be offered when the best is a guess itself.
const UNSURE_RIVAL: f32 = 0.8;
/// Likeness from which even a sentence that begins with «cho» or «với» stands for itself.
const COMPLETE: f32 = 0.85;
/// Likeness from which a question names a procedure of its own, whatever was talked about.
const NAMES_ANOTHER: f32 = 0.33;
/// How much more alike another guide must be to be meant instead.
const MARGIN: f32 = 0.12;
/// Likeness below which a question has nothing to do with what was talked about.
const NOTHING_SHARED: f32 = 0.04;
/// At most so many buttons to choose a guide from.
const MOST_CHOICES: usize = 4;

/// What to do about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// One guide fits.
    Answer,
    /// Between two to four guides the citizen decides.
    Clarify,
    /// Nothing fits.
    Unknown,
    /// Not a matter of administrative procedures.
    OutOfScope,
    /// About the office itself: hours, address, telephone.
    Office,
    /// A person is wanted, or needed.
    Human,
}

impl Action {
    /// Its name in the output of `motcua rank`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Clarify => "clarify",
            Self::Unknown => "unknown",
            Self::OutOfScope => "out_of_scope",
            Self::Office => "office",
            Self::Human => "human",
        }
    }
}

/// What the conversation was about before the question.
#[derive(Clone, Debug)]
pub struct Before<'a> {
    /// The guide last answered from.
    pub guide: GuideId,
    /// The question that led to it.
    pub question: &'a str,
}

/// A decision, with the candidates it was made from.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What to do.
    pub action: Action,
    /// Guides, best first. With [`Action::Clarify`] the first [`Decision::choices`] are offered.
    pub hits: Vec<Hit>,
    /// How many hits stand to choice.
    pub choices: usize,
    /// The question was read as going on with what came before.
    pub follows: bool,
}

impl Decision {
    fn bare(action: Action) -> Self {
        Self { action, hits: Vec::new(), choices: 0, follows: false }
    }

    fn sure(hits: Vec<Hit>) -> Self {
        Self { action: Action::Answer, hits, choices: 1, follows: false }
    }
}

/// Decides about `question`, which may go on with what came `before`. `limit` is how many candidates to return.
pub fn decide(library: &Library, question: &Question, before: Option<&Before<'_>>, limit: usize) -> Decision {
    match question.errand {
        Some(Errand::Human | Errand::Emergency) => return Decision::bare(Action::Human),
        Some(Errand::Rude) => return Decision::bare(Action::OutOfScope),
        Some(Errand::Office) if question.topic.len() <= OF_AN_OFFICE => return Decision::bare(Action::Office),
        Some(Errand::Office | Errand::Elsewhere) | None => {}
    }
    if let Some(guide) = question.code.as_deref().and_then(|code| library.by_code(code)) {
        return Decision::sure(vec![Hit { guide, score: 1.0, likeness: 1.0 }]);
    }
    let hits = if question.is_bare() { Vec::new() } else { library.search().look_up(question, limit) };
    let likeness = hits.first().map_or(0.0, |hit| hit.likeness);
    if question.errand == Some(Errand::Elsewhere) && (likeness < SURELY_OURS || question.topic.len() <= BARE_WORD) {
        return Decision { hits, ..Decision::bare(Action::OutOfScope) };
    }
    let leans_on_before = likeness < WEAK_ALONE || question.is_vague() || (question.goes_on() && likeness < COMPLETE);
    if let Some(before) = before.filter(|_| leans_on_before) {
        return follow_up(library, question, before, hits, limit);
    }
    if likeness < TOO_UNLIKE {
        return Decision { hits, ..Decision::bare(Action::Unknown) };
    }
    let choices = if question.is_vague() { hits.len().min(MOST_CHOICES) } else { choices(&hits) };
    if choices > 1 { Decision { action: Action::Clarify, hits, choices, follows: false } } else { Decision::sure(hits) }
}

/// Reads the question together with the one before it: «với người nước ngoài thì sao?» after «đăng ký kết hôn». It is
/// another question when it names another procedure by itself, and nobody's when it shares nothing with anything.
fn follow_up(library: &Library, question: &Question, before: &Before<'_>, alone: Vec<Hit>, limit: usize) -> Decision {
    let topic = Hit { guide: before.guide, score: 1.0, likeness: 1.0 };
    let stay =
        |others: Vec<Hit>| Decision { follows: true, ..Decision::sure(first_of_each([vec![topic], others].concat(), limit)) };
    if question.is_bare() {
        return stay(alone);
    }
    let together = library.search().look_up(&Question::read(before.question).and(question), limit);
    let shared = library.search().likeness(question, before.guide);
    let own = alone.first().filter(|hit| hit.guide != before.guide && question.topic.len() > 1);
    let same_as_together = own.is_some_and(|own| together.first().is_some_and(|hit| hit.guide == own.guide));
    let names_another = own.is_some_and(|own| own.likeness >= NAMES_ANOTHER && own.likeness > shared + MARGIN);
    if (same_as_together || names_another) && !question.goes_on() && !question.is_vague() {
        let choices = choices(&alone);
        let action = if choices > 1 { Action::Clarify } else { Action::Answer };
        return Decision { action, hits: alone, choices, follows: false };
    }
    let margin = if question.goes_on() { 0.0 } else { MARGIN };
    let changed = together
        .first()
        .is_some_and(|best| best.guide != before.guide && best.likeness > likeness_of(&together, before.guide) + margin);
    if changed {
        return Decision { follows: true, ..Decision::sure(first_of_each([together, alone].concat(), limit)) };
    }
    let says_nothing = !question.goes_on() && shared < NOTHING_SHARED && question.topic.len() > 2 && question.facets.is_empty();
    if says_nothing && closest_answer(&library.guide(before.guide).vi, question).is_none() {
        return Decision { hits: vec![topic], ..Decision::bare(Action::Unknown) };
    }
    stay([together, alone].concat())
}

fn first_of_each(mut hits: Vec<Hit>, limit: usize) -> Vec<Hit> {
    let mut seen = Vec::new();
    hits.retain(|hit| {
        let new = !seen.contains(&hit.guide);
        seen.push(hit.guide);
        new
    });
    hits.truncate(limit);
    hits
}

fn likeness_of(hits: &[Hit], guide: GuideId) -> f32 {
    hits.iter().find(|hit| hit.guide == guide).map_or(0.0, |hit| hit.likeness)
}

/// How many of the best hits the citizen is to choose from: those too close to one another, or, when even the best says
/// little of the question, the best few. One means that it is clear.
fn choices(hits: &[Hit]) -> usize {
    let Some(best) = hits.first() else { return 0 };
    let near = if best.likeness < UNSURE { UNSURE_RIVAL } else { RIVAL };
    // «Đăng ký tạm trú» is all of one name and most of «xóa đăng ký tạm trú»: the first is meant.
    let exact = best.likeness >= EXACT;
    let rival = |hit: &&Hit| hit.score >= best.score * near && (!exact || hit.likeness >= EXACT);
    hits.iter().take(MOST_CHOICES).take_while(rival).count()
}
