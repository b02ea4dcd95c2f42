//! What is asked for, apart from which procedure it is about.

use serde::Deserialize;

use super::intent::Heard;
use super::numbers::Numbers;
use super::phrases::{Meaning, PHRASES};
use super::terms::{Syllable, syllables};
use crate::knowledge::places::{self, Places};

/// The part of a guide that a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Papers to bring.
    Documents,
    /// What it costs.
    Fee,
    /// How long it takes.
    Time,
    /// Where to go.
    Place,
    /// How it is done.
    Steps,
    /// The form to fill in.
    Form,
    /// What one gets.
    Result,
    /// Legal basis.
    Law,
}

impl Facet {
    /// Every facet, in the order in which they are offered.
    pub const ALL: [Self; 8] =
        [Self::Documents, Self::Steps, Self::Fee, Self::Time, Self::Place, Self::Form, Self::Result, Self::Law];

    /// Its name in button ids and in the wording files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Fee => "fee",
            Self::Time => "time",
            Self::Place => "place",
            Self::Steps => "steps",
            Self::Form => "form",
            Self::Result => "result",
            Self::Law => "law",
        }
    }

    /// The facet of a button id.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.key() == key)
    }
}

/// A question that no guide answers, and that needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Opening hours, address, telephone of the office itself.
    Office,
    /// To talk with a person.
    Human,
    /// Danger to life or property: the numbers first.
    Emergency,
    /// Somebody is being cheated: stop, and call.
    Fraud,
    /// A matter of courts, prices, weather: not ours.
    Elsewhere,
    /// Rudeness: an apology and a person, not a page.
    Rude,
    /// A greeting, thanks, a word to the program.
    SmallTalk,
}

/// A question, read.
#[derive(Clone, Debug)]
pub struct Question {
    /// All its syllables.
    pub syllables: Vec<Syllable>,
    /// The syllables that tell which procedure: without politeness and without the words that name a facet.
    pub topic: Vec<Syllable>,
    /// What is asked for, in the order in which it was said.
    pub facets: Vec<Facet>,
    /// An official code in it.
    pub code: Option<String>,
    /// The number of a dossier in it.
    pub dossier: Option<String>,
    /// The number of a law in it, as [`law_key`](super::law_key) spells it.
    pub law: Option<String>,
    /// What the place named in it may mean; empty when none was named.
    pub place: Vec<places::Meaning>,
    /// Somebody has died.
    pub bereaved: bool,
    /// A wish that is not about a procedure.
    pub errand: Option<Errand>,
    /// What kind of message it is like, phrase or no phrase.
    pub heard: Heard,
    /// The topic without the words of [`Errand::Elsewhere`].
    besides: Vec<Syllable>,
}

impl Question {
    /// Reads `text`.
    pub fn read(text: &str) -> Self {
        let numbers = Numbers::of(text);
        let mut syllables = PHRASES.written_out(syllables(&numbers.rest));
        let leading = syllables.iter().take_while(|word| LEADING.contains(&word.marked.as_str())).count();
        if leading < syllables.len() {
            syllables.drain(..leading);
        }
        let mut question = Self {
            topic: Vec::new(),
            facets: Vec::new(),
            code: numbers.code,
            dossier: numbers.dossier,
            law: numbers.law,
            place: Vec::new(),
            bereaved: is_bereaved(&syllables),
            errand: None,
            heard: Heard::default(),
            besides: Vec::new(),
            syllables: Vec::new(),
        };
        let mut rest = syllables.as_slice();
        while let [first, after @ ..] = rest {
            match PHRASES.longest_at(rest) {
                Some((length, meaning)) => {
                    question.note(meaning);
                    // «ly hôn» is also part of what guides are about: «giấy độc thân sau ly hôn».
                    if meaning == Meaning::Errand(Errand::Elsewhere) {
                        question.topic.extend_from_slice(&rest[..length]);
                    }
                    rest = &rest[length..];
                }
                None => {
                    if !is_figure(first) {
                        question.topic.push(first.clone());
                        question.besides.push(first.clone());
                    }
                    rest = after;
                }
            }
        }
        if question.facets.is_empty() && question.topic.iter().map(|word| word.folded.as_str()).eq(["giay", "to"]) {
            question.topic.clear();
            question.facets.push(Facet::Documents);
        }
        Self { syllables, ..question }
    }

    /// The same with the place it names taken out of the topic: «khai sinh ở Chi Nê» is about births.
    #[must_use]
    pub fn at(mut self, places: &Places) -> Self {
        let Some(named) = places.named(&self.syllables) else { return self };
        let name = &self.syllables[named.span];
        if let Some(start) = (0..self.topic.len()).find(|start| self.topic[*start..].starts_with(name)) {
            self.topic.drain(start..start + name.len());
        }
        self.place = named.meanings;
        self
    }

    /// The danger it tells of: in plain words, or in a story that is at least so `likely` one like those that do.
    pub fn danger(&self, likely: f32) -> Option<Errand> {
        let is_danger = |errand: &Errand| matches!(errand, Errand::Emergency | Errand::Fraud);
        // Who tells of a death tells a story like those of danger.
        let heard = || self.heard.errand().filter(|(_, how)| *how >= likely && !self.bereaved).map(|(errand, _)| errand);
        self.errand.filter(is_danger).or_else(|| heard().filter(is_danger))
    }

    /// Whether it asks for a place and nothing else: «Chi Nê giờ thuộc xã nào».
    pub fn is_about_a_place(&self) -> bool {
        !self.place.is_empty() && self.topic.iter().all(|word| places::AFTER.contains(&word.folded.as_str()))
    }

    /// The question with every word of it as its topic.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { topic: self.syllables.clone(), ..self.clone() }
    }

    /// The question without the words that are usually none of our business; `None` when nothing is left.
    pub fn beside(&self) -> Option<Self> {
        let topic = self.besides.clone();
        (!topic.is_empty()).then(|| Self { topic, ..self.clone() })
    }

    /// The question without some words of its topic; `None` when nothing is left.
    pub fn without(&self, dropped: impl Fn(&Syllable) -> bool) -> Option<Self> {
        let topic: Vec<Syllable> = self.topic.iter().filter(|word| !dropped(word)).cloned().collect();
        (!topic.is_empty()).then(|| Self { topic, ..self.clone() })
    }

    /// Whether it only tells in what state something is («bị mất thì sao»), and not what.
    pub fn is_vague(&self) -> bool {
        self.topic.iter().all(|word| STATES.contains(&word.folded.as_str()))
    }

    /// Whether it begins as only a sentence does that goes on with another: «với người nước ngoài», «cho con».
    pub fn goes_on(&self) -> bool {
        self.syllables.first().is_some_and(|word| GOING_ON.contains(&word.marked.as_str()))
    }

    fn note(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Facet(facet) if !self.facets.contains(&facet) => self.facets.push(facet),
            Meaning::Errand(errand) => self.errand = self.errand.or(Some(errand)),
            Meaning::Facet(_) | Meaning::Filler => {}
        }
    }

    /// This question and a `later` one as a single question.
    pub fn and(mut self, later: &Self) -> Self {
        self.syllables.extend(later.syllables.iter().cloned());
        self.topic.extend(later.topic.iter().cloned());
        self.facets.clone_from(&later.facets);
        self
    }

    /// Whether it only makes sense after an earlier question: «ở đâu vậy ạ», «nộp thêm giấy gì nữa không».
    pub fn is_bare(&self) -> bool {
        let says_nothing = |word: &Syllable| SAYS_NOTHING.contains(&word.folded.as_str());
        self.code.is_none() && (self.topic.is_empty() || (!self.facets.is_empty() && self.topic.iter().all(says_nothing)))
    }
}

/// A sum, a number of a house: in no name of a procedure. Years and ages are.
fn is_figure(word: &Syllable) -> bool {
    word.folded.len() > 4 && word.folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// States of things that no procedure is named by alone.
const STATES: [&str; 14] = ["bi", "mat", "hong", "rach", "het", "han", "cu", "moi", "lai", "roi", "chua", "con", "co", "nua"];
/// Words around «lệ phí», «ở đâu», «bao lâu» that name no matter.
const SAYS_NOTHING: [&str; 40] = [
    "a", "vay", "nhi", "nhe", "nha", "the", "thi", "ad", "oi", "em", "toi", "minh", "v", "z", "k", "con", "ma", "gi", "nua",
    "khong", "sao", "nop", "them", "can", "phai", "giay", "to", "co", "lay", "duoc", "xong", "la", "cho", "cai", "do", "nay",
    "viec", "nhu", "bao", "het",
];
/// What people begin a further question with, and what tells nothing of it.
const LEADING: [&str; 10] = ["còn", "à", "ờ", "ừ", "dạ", "thế", "vậy", "thôi", "ủa", "da"];
/// First words of sentences that go on.
const GOING_ON: [&str; 8] = ["với", "voi", "cho", "của", "nếu", "neu", "nhưng", "and"];
/// Whom people lose.
const KIN: [&str; 20] = [
    "bo", "ba", "cha", "me", "ma", "ong", "cu", "chong", "vo", "noi", "ngoai", "chu", "bac", "di", "co", "cau", "anh", "chi",
    "than", "father",
];
/// Words between the person and the word for death.
const BETWEEN: [&str; 12] = ["toi", "em", "minh", "con", "chau", "vua", "moi", "da", "chang", "may", "bi", "ruot"];

/// Whether somebody tells of a death: a person, then «mất», «qua đời», «chết», and no paper after it that was lost.
fn is_bereaved(said: &[Syllable]) -> bool {
    let said: Vec<&str> = said.iter().map(|word| word.folded.as_str()).filter(|word| !BETWEEN.contains(word)).collect();
    let lost = |after: Option<&&str>| {
        after.is_some_and(|word| {
            ["giay", "the", "so", "bang", "cccd", "cmnd", "ho", "xe", "vi", "can", "dien", "phi", "bao", "tien"].contains(word)
        })
    };
    (0..said.len()).any(|at| {
        KIN.contains(&said[at])
            && match said.get(at + 1).copied() {
                Some("mat") => !lost(said.get(at + 2)),
                Some("qua") => said.get(at + 2) == Some(&"doi"),
                Some("chet") => true,
                _ => false,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> String {
        Question::read(text).topic.iter().map(|syllable| syllable.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_asked_for_is_apart_from_the_topic() {
        let question = Question::read("lam khai sinh cho con can giay to gi, mất bao lâu?");
        assert_eq!(question.facets, [Facet::Documents, Facet::Time]);
        assert_eq!(topic("Cho em hỏi đăng ký kết hôn ở đâu ạ"), "dang ky ket hon");
    }

    #[test]
    fn a_bare_follow_up_has_no_topic() {
        let question = Question::read("thế còn lệ phí?");
        assert_eq!(question.facets, [Facet::Fee]);
        assert_eq!(topic("the con le phi"), "");
    }

    #[test]
    fn a_death_is_understood_and_a_lost_paper_is_not_one() {
        for text in ["bố tôi vừa mất, tôi phải làm gì", "me em mat hom qua", "cha toi qua doi", "chồng em mới mất"]
        {
            assert!(Question::read(text).bereaved, "{text}");
        }
        for text in ["mẹ em mất giấy khai sinh", "em bị mất căn cước", "mất bao lâu"] {
            assert!(!Question::read(text).bereaved, "{text}");
        }
    }

    #[test]
    fn wishes_without_a_guide_are_seen() {
        assert_eq!(Question::read("thứ 7 có làm việc không").errand, Some(Errand::Office));
        assert_eq!(Question::read("cho tôi gặp cán bộ").errand, Some(Errand::Human));
        assert_eq!(Question::read("đăng ký khai sinh").errand, None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_read(text in "\\PC{0,60}") {
            let question = Question::read(&text);
            proptest::prop_assert!(question.topic.len() <= question.syllables.len());
        }
    }
}
