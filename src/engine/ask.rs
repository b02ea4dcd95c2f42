//! What to do about a message: answer, ask back, or say that we do not know.

use crate::domain::Said;
use crate::knowledge::search::{Errand, Found, Hit, Question, closest_answer};
use crate::knowledge::{GuideId, Library};

use super::confidence::{is_known, is_sure, said_choice};
use super::menu::{self, Wish};

/// Likeness below which a question that follows another is read together with it.
const WEAK_ALONE: f32 = 0.5;
/// Likeness from which a question says a name of the guide itself, no more and no less; everyday words count for less.
const THE_NAME: f32 = 0.99;
/// The same, give or take a small word.
const EXACT: f32 = 0.9;
/// How close to the best a guide must come to be offered beside it.
const RIVAL: f32 = 0.75;
/// Likeness from which even a sentence that begins with «cho» or «với» stands for itself.
const COMPLETE: f32 = 0.85;
/// Likeness from which a question names a procedure of its own, whatever was talked about.
const NAMES_ANOTHER: f32 = 0.45;
/// How much more alike another guide must be to be meant instead.
const MARGIN: f32 = 0.08;
/// Likeness below which a question has nothing to do with what was talked about.
const NOTHING_SHARED: f32 = 0.04;
/// Words that name an office and its people, and nothing that one does there.
const OF_AN_OFFICE: [&str; 45] = [
    "uy", "ban", "nhan", "dan", "xa", "phuong", "thi", "tran", "cong", "an", "tru", "so", "trung", "tam", "phuc", "vu", "hanh",
    "chinh", "mot", "cua", "bo", "phan", "chu", "tich", "can", "moi", "sau", "sap", "nhap", "nam", "o", "dau", "gio", "ngay",
    "nay", "co", "khong", "la", "vay", "ben", "minh", "toi", "em", "tuan", "trong",
];
/// What stands between two questions of one message.
const BETWEEN_QUESTIONS: [&str; 8] = ["?", "\n", ";", " và ", " với lại ", " ngoài ra ", " còn ", " va "];
/// Words of a message that asks two questions; a longer one is a story.
const TWO_AT_MOST: usize = 24;
/// Places at which a message is tried to be two questions.
const MOST_CUTS: usize = 3;
/// Likeness from which half of a message names a procedure.
const NAMED: f32 = 0.6;
/// What is to be done first when somebody has died, for whoever does not know what to ask.
const AFTER_A_DEATH: &str = "đăng ký khai tử";
/// Words around the number of a law that say nothing of a procedure.
const OF_A_LAW: [&str; 14] =
    ["nghi", "dinh", "thong", "tu", "luat", "quyet", "quy", "noi", "gi", "ve", "so", "van", "ban", "theo"];
/// At most so many buttons to choose a guide from.
const MOST_CHOICES: usize = 4;

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
    /// Danger to somebody, or a fraud going on: the numbers to call, and a person.
    Danger,
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
            Self::Danger => "danger",
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
    fn bare(action: Action) -> Self {
        Self { action, hits: Vec::new(), choices: 0, follows: false }
    }

    fn sure(hits: Vec<Hit>) -> Self {
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
        Some(Errand::Emergency | Errand::Fraud) => return Decision::bare(Action::Danger),
        Some(Errand::Rude) => return Decision::bare(Action::Insult),
        Some(Errand::Office | Errand::Elsewhere) | None => {}
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
    if question.is_about_a_place() {
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
            if is_exact(&found.hits) { found } else { Found::default() }
        }
    };
    if let Some(action) = not_ours(library, question, &found) {
        return Decision { hits: found.hits, ..Decision::bare(action) };
    }
    let likeness = found.hits.first().map_or(0.0, |hit| hit.likeness);
    let leans = |before: &&Before<'_>| {
        likeness < WEAK_ALONE
            || question.is_vague()
            || (question.goes_on() && likeness < COMPLETE)
            || closest_answer(&library.guide(before.guide).vi, question).is_some()
    };
    match before.filter(leans) {
        Some(before) => follow_up(library, question, before, found, limit),
        None => match by_itself(question, found, limit) {
            Decision { action: Action::Unknown, .. } if question.bereaved => {
                let death = Question::read(AFTER_A_DEATH);
                by_itself(&death, library.search().look_up(&death, limit), limit)
            }
            decision => decision,
        },
    }
}

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
        let decision = by_itself(&question, found, MOST_CHOICES);
        let best = *decision.hits.first()?;
        (decision.action == Action::Answer && best.likeness >= NAMED).then_some((question, best))
    };
    cuts.take(MOST_CUTS).find_map(|(end, start)| {
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
    })
}

/// The guides that rest on a law, for whoever asks with nothing but its number.
fn named_by_law(library: &Library, law: &str, limit: usize) -> Decision {
    let hits: Vec<Hit> = library.citing(law).into_iter().take(limit.max(MOST_CHOICES)).map(Hit::certain).collect();
    match hits.len() {
        0 => Decision::bare(Action::Unknown),
        1 => Decision::sure(hits),
        all => Decision { action: Action::Clarify, choices: all.min(MOST_CHOICES), hits, follows: false },
    }
}

/// Office and courts are named in passing too: «số điện thoại» may be one to change in VNeID, and «ly hôn» is part of
/// «giấy độc thân sau ly hôn». What stands beside such words decides.
fn not_ours(library: &Library, question: &Question, found: &Found) -> Option<Action> {
    let known = |found: &Found| found.hits.first().is_some_and(is_known);
    match question.errand {
        Some(Errand::Office) => {
            let ours = known(found) && question.topic.iter().any(|word| !OF_AN_OFFICE.contains(&word.folded.as_str()));
            (!ours).then_some(Action::Office)
        }
        Some(Errand::Elsewhere) => {
            let ours = question.beside().is_some_and(|beside| known(&library.search().look_up(&beside, 1)));
            (!ours).then_some(Action::OutOfScope)
        }
        _ => None,
    }
}

/// A question that needs nothing from before.
fn by_itself(question: &Question, found: Found, limit: usize) -> Decision {
    if !found.hits.first().is_some_and(is_known) {
        return Decision { hits: found.hits, ..Decision::bare(Action::Unknown) };
    }
    if let Some(choice) = said_choice(&found) {
        let named = choice.guides.iter().map(|guide| {
            found
                .hits
                .iter()
                .find(|hit| hit.guide == *guide)
                .copied()
                .unwrap_or(Hit { score: choice.score, ..Hit::certain(*guide) })
        });
        let mut hits: Vec<Hit> = named.collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        let choices = hits.len().min(MOST_CHOICES);
        let hits = first_of_each([hits, found.hits].concat(), limit);
        return Decision { action: Action::Clarify, hits, choices, follows: false };
    }
    let choices =
        if is_exact(&found.hits) || (is_sure(&found, question) && !question.is_vague()) { 1 } else { rivals(&found.hits) };
    let action = if choices > 1 { Action::Clarify } else { Action::Answer };
    Decision { action, hits: found.hits, choices, follows: false }
}

/// «Đăng ký tạm trú» is all of one name and most of «xóa đăng ký tạm trú»: the first is meant.
fn is_exact(hits: &[Hit]) -> bool {
    let alone = |least: f32| hits.iter().filter(|hit| hit.likeness >= least).count() == 1 && hits[0].likeness >= least;
    alone(THE_NAME) || alone(EXACT)
}

/// How many of the best hits the citizen is to choose from.
fn rivals(hits: &[Hit]) -> usize {
    let Some(best) = hits.first() else { return 0 };
    hits.iter().take(MOST_CHOICES).take_while(|hit| hit.score >= best.score * RIVAL).count()
}

/// Reads the question together with the one before it: «với người nước ngoài thì sao?» after «đăng ký kết hôn». It is
/// another question when it names another procedure by itself, and nobody's when it shares nothing with anything.
fn follow_up(library: &Library, question: &Question, before: &Before<'_>, found: Found, limit: usize) -> Decision {
    let topic = Hit::certain(before.guide);
    let stay =
        |others: Vec<Hit>| Decision { follows: true, ..Decision::sure(first_of_each([vec![topic], others].concat(), limit)) };
    if question.is_bare() || closest_answer(&library.guide(before.guide).vi, question).is_some() {
        return stay(found.hits);
    }
    let together = library.search().look_up(&library.question(before.question).and(question), limit).hits;
    let shared = library.search().likeness(question, before.guide);
    let own = found.hits.first().filter(|hit| hit.guide != before.guide && question.topic.len() > 1);
    let same_as_together = own.is_some_and(|own| together.first().is_some_and(|hit| hit.guide == own.guide));
    let names_another = own.is_some_and(|own| own.likeness >= NAMES_ANOTHER && own.likeness > shared + MARGIN);
    let another = (same_as_together || names_another) && own.is_some_and(is_known);
    if another && !question.goes_on() && !question.is_vague() {
        return by_itself(question, found, limit);
    }
    let margin = if question.goes_on() { 0.0 } else { MARGIN };
    let changed = together
        .first()
        .is_some_and(|best| best.guide != before.guide && best.likeness > likeness_of(&together, before.guide) + margin);
    if changed {
        return Decision { follows: true, ..Decision::sure(first_of_each([together, found.hits].concat(), limit)) };
    }
    let says_nothing = !question.goes_on() && shared < NOTHING_SHARED && question.topic.len() > 2 && question.facets.is_empty();
    if says_nothing {
        return Decision { hits: vec![topic], ..Decision::bare(Action::Unknown) };
    }
    stay([together, found.hits].concat())
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
