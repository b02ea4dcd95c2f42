//! What to do about a message: answer, ask back, or say that we do not know.

use crate::domain::Said;
use crate::domain::message::shorten;
use crate::knowledge::search::{Errand, Found, Hit, Question, closest_answer};
use crate::knowledge::{GuideId, Library};

use super::alone::{MOST_CHOICES, by_itself};
use super::confidence::is_known;
use super::foreign::{not_ours, sounds_foreign};
use super::menu::{self, Wish};
use super::two::two_questions;
use super::{alone, follow};

/// Likeness below which a question has nothing to do with what was talked about.
const NOTHING_SHARED: f32 = 0.04;
/// How likely a message must be like the stories of danger. A false alarm is cheaper than one that was missed; within a
/// conversation about papers, a short sentence is more often about those.
pub(super) const DANGER: f32 = 0.42;
const DANGER_AFTER_A_MATTER: f32 = 0.65;
/// What is to be done first when somebody has died, for whoever does not know what to ask.
const AFTER_A_DEATH: &str = "đăng ký khai tử";
/// Words around the number of a law that say nothing of a procedure.
const OF_A_LAW: [&str; 14] =
    ["nghi", "dinh", "thong", "tu", "luat", "quyet", "quy", "noi", "gi", "ve", "so", "van", "ban", "theo"];
/// Likeness from which a question names another procedure so plainly that what came before need not be weighed.
const PLAIN: f32 = 0.7;
/// Letters of earlier questions that are remembered with a matter.
const LONGEST_MATTER: usize = 200;

/// What to do about a message.
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
    /// A person is wanted.
    Human,
    /// Danger to somebody: the numbers to call, and a person.
    Danger,
    /// A fraud going on: stop, and whom to call.
    Fraud,
    /// An insult.
    Insult,
    /// A greeting, thanks, a word for the menu.
    SmallTalk,
    /// A secret was pasted.
    Secret,
    /// The state of a dossier is asked.
    Dossier,
    /// A place is asked for: what an old name is called now.
    Place,
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
            Self::Danger | Self::Fraud => "danger",
            Self::Insult => "insult",
            Self::SmallTalk => "small_talk",
            Self::Secret => "secret",
            Self::Dossier => "dossier",
            Self::Place => "place",
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
    pub(super) fn bare(action: Action) -> Self {
        Self { action, hits: Vec::new(), choices: 0, follows: false }
    }

    /// What the conversation is about after it: a guide and the words that led to it. `None` when nothing was found.
    pub fn matter(&self, said: &str, before: Option<&Before<'_>>) -> Option<(GuideId, String)> {
        let (Action::Answer | Action::Clarify, Some(best)) = (self.action, self.hits.first()) else { return None };
        let words = match before {
            Some(before) if self.follows && before.guide == best.guide => before.question.to_owned(),
            Some(before) if self.follows => shorten(&format!("{} {said}", before.question), LONGEST_MATTER),
            _ => said.to_owned(),
        };
        Some((best.guide, words))
    }

    pub(super) fn sure(hits: Vec<Hit>) -> Self {
        Self { action: Action::Answer, hits, choices: 1, follows: false }
    }
}

/// Decides about anything that was typed, as a turn does; what stands on the buttons is not looked at.
pub fn understand(library: &Library, text: &str, before: Option<&Before<'_>>, limit: usize) -> Decision {
    let text = match Said::Text(text.to_owned()).without_secrets() {
        Said::Text(text) => text,
        _ => return Decision::bare(Action::Secret),
    };
    match menu::wish(&text) {
        Some(Wish::Human) => Decision::bare(Action::Human),
        Some(Wish::Insult) => Decision::bare(Action::Insult),
        Some(_) => Decision::bare(Action::SmallTalk),
        None => match two_questions(library, &text) {
            Some([(_, first), (_, second)]) => Decision::sure(vec![first, second]),
            None => decide(library, &library.question(&text), before, limit),
        },
    }
}

/// Decides about `question`, which may go on with what came `before`. `limit` is how many candidates to return.
pub fn decide(library: &Library, question: &Question, before: Option<&Before<'_>>, limit: usize) -> Decision {
    match question.errand {
        Some(Errand::Human) => return Decision::bare(Action::Human),
        Some(Errand::Rude) => return Decision::bare(Action::Insult),
        _ => {}
    }
    match question.danger(if before.is_some() { DANGER_AFTER_A_MATTER } else { DANGER }) {
        Some(Errand::Fraud) => return Decision::bare(Action::Fraud),
        Some(_) => return Decision::bare(Action::Danger),
        None => {}
    }
    if let Some(code) = &question.code {
        return match library.by_code(code) {
            Some(guide) => Decision::sure(vec![Hit::certain(guide)]),
            None => Decision::bare(Action::Unknown),
        };
    }
    if question.dossier.is_some() {
        return Decision::bare(Action::Dossier);
    }
    if question.is_about_a_place() && question.errand != Some(Errand::Office) {
        return Decision::bare(Action::Place);
    }
    if let Some(law) =
        question.law.as_ref().filter(|_| question.topic.iter().all(|word| OF_A_LAW.contains(&word.folded.as_str())))
    {
        return named_by_law(library, law, limit);
    }
    let found = match (question.is_bare(), before) {
        (false, _) => library.search().look_up(question, limit),
        (true, Some(_)) => Found::default(),
        // «Nộp lệ phí qua mạng» asks for parts only, and is the name of a guide.
        (true, None) => {
            let found = library.search().look_up(&question.whole(), limit);
            if alone::is_exact(&found.hits) { found } else { Found::default() }
        }
    };
    if let Some(action) = not_ours(library, question).or_else(|| sounds_foreign(question, &found, before.is_some())) {
        return Decision { hits: found.hits, ..Decision::bare(action) };
    }
    // Whoever tells of a death begins a matter, whatever was talked about.
    match before.filter(|_| !question.bereaved) {
        Some(before) => after(library, question, before, found, limit),
        None => match by_itself(library, question, found, limit) {
            Decision { action: Action::Unknown, .. } if question.bereaved => {
                let death = Question::read(AFTER_A_DEATH);
                by_itself(library, &death, library.search().look_up(&death, limit), limit)
            }
            decision => decision,
        },
    }
}

/// The guides that rest on a law, for whoever asks with nothing but its number.
fn named_by_law(library: &Library, law: &str, limit: usize) -> Decision {
    let hits: Vec<Hit> = library.citing(law).iter().copied().take(limit.max(MOST_CHOICES)).map(Hit::certain).collect();
    match hits.len() {
        0 => Decision::bare(Action::Unknown),
        1 => Decision::sure(hits),
        all => Decision { action: Action::Clarify, choices: all.min(MOST_CHOICES), hits, follows: false },
    }
}

/// A question after another. It is another question altogether when its own best guide is the likeliest, and nobody's when
/// it shares nothing with anything.
fn after(library: &Library, question: &Question, before: &Before<'_>, found: Found, limit: usize) -> Decision {
    let plain = found.hits.first().is_some_and(|own| own.likeness >= PLAIN && own.guide != before.guide);
    if plain && !question.goes_on() {
        return by_itself(library, question, found, limit);
    }
    let stays = question.is_bare() || closest_answer(&library.guide(before.guide).vi, question).is_some();
    let mut hits = if stays { vec![Hit::certain(before.guide)] } else { follow::ranked(library, question, before, &found) };
    let best = hits[0].guide;
    let itself = found.hits.first().is_some_and(|own| own.guide == best && is_known(own));
    if best != before.guide && itself && !question.goes_on() {
        return by_itself(library, question, found, limit);
    }
    let says_nothing = || library.search().likeness(question)(before.guide) < NOTHING_SHARED && question.topic.len() > 2;
    if best == before.guide && !stays && !question.goes_on() && question.facets.is_empty() && says_nothing() {
        return Decision { hits: vec![Hit::certain(best)], ..Decision::bare(Action::Unknown) };
    }
    hits.truncate(limit);
    Decision { follows: true, ..Decision::sure(hits) }
}
