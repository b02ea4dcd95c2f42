//! What to do about a free question: answer, ask back, or say that we do not know.

use crate::knowledge::search::{Errand, Hit, Question};
use crate::knowledge::{GuideId, Library};

/// Likeness below which a guide is not what was meant, only the least unlike.
const TOO_UNLIKE: f32 = 0.24;
/// Likeness below which a question that follows another is read together with it.
const WEAK_ALONE: f32 = 0.5;
/// Likeness from which a word that is usually none of our business is: «giấy độc thân sau ly hôn».
const SURELY_OURS: f32 = 0.45;
/// How close to the best another guide must come to be offered beside it.
const RIVAL: f32 = 0.93;
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
        Some(Errand::Office) if before.is_none() || question.topic.is_empty() => return Decision::bare(Action::Office),
        Some(Errand::Office | Errand::Elsewhere) | None => {}
    }
    if let Some(guide) = question.code.as_deref().and_then(|code| library.by_code(code)) {
        return Decision::sure(vec![Hit { guide, score: 1.0, likeness: 1.0 }]);
    }
    let hits = if question.is_bare() { Vec::new() } else { library.search().look_up(question, limit) };
    let likeness = hits.first().map_or(0.0, |hit| hit.likeness);
    if question.errand == Some(Errand::Elsewhere) && likeness < SURELY_OURS {
        return Decision { hits, ..Decision::bare(Action::OutOfScope) };
    }
    if let Some(before) = before.filter(|_| likeness < WEAK_ALONE) {
        return follow_up(library, question, before, hits, limit);
    }
    if likeness < TOO_UNLIKE {
        return Decision { hits, ..Decision::bare(Action::Unknown) };
    }
    let choices = rivals(&hits);
    if choices > 1 { Decision { action: Action::Clarify, hits, choices, follows: false } } else { Decision::sure(hits) }
}

/// Reads the question together with the one before it: «với người nước ngoài thì sao?» after «đăng ký kết hôn».
fn follow_up(library: &Library, question: &Question, before: &Before<'_>, alone: Vec<Hit>, limit: usize) -> Decision {
    let topic = Hit { guide: before.guide, score: 1.0, likeness: 1.0 };
    let mut hits = vec![topic];
    if !question.is_bare() {
        let together = Question::read(before.question).and(question);
        let found = library.search().look_up(&together, limit);
        let changed = found
            .first()
            .is_some_and(|best| best.guide != before.guide && best.likeness > likeness_of(&found, before.guide) + 0.12);
        if changed {
            hits = found;
        } else {
            hits.extend(found);
        }
    }
    hits.extend(alone);
    let mut seen = Vec::new();
    hits.retain(|hit| {
        !seen.contains(&hit.guide) && {
            seen.push(hit.guide);
            true
        }
    });
    hits.truncate(limit);
    Decision { follows: true, ..Decision::sure(hits) }
}

fn likeness_of(hits: &[Hit], guide: GuideId) -> f32 {
    hits.iter().find(|hit| hit.guide == guide).map_or(0.0, |hit| hit.likeness)
}

/// How many of the best hits are too close to one another to choose for the citizen.
fn rivals(hits: &[Hit]) -> usize {
    let Some(best) = hits.first() else { return 0 };
    hits.iter().take(MOST_CHOICES).take_while(|hit| hit.score >= best.score * RIVAL).count()
}
