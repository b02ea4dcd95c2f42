//! Dossiers in the conversation: looking one up, following it, and the list of those one follows.
//!
//! **Invariants.** Nothing about a dossier is said before its code came with a second fact, or by a link that its agency printed.
//! Unknown codes and wrong facts get the same words. Following is agreed to under words that say what is kept.

mod news;
mod papers;
mod rate;
mod show;

use serde::{Deserialize, Serialize};

use super::offered::{self, Typed};
use super::{Effect, Found, Talk, menu};
use crate::domain::switch::Feature;
use crate::domain::{Block, Choice, Dossier, DossierCode, Message, Text, Timestamp};
use crate::knowledge::search::syllables;
use crate::knowledge::search::unmarked;

pub use news::{Occasion, letter, news};
pub use papers::{PAPERS_KEPT_DAYS, Sending, SentPaper, Submitted, decision};
pub use rate::Begun;

pub(super) use show::{PORTAL, when};

/// Which wording of the consent was shown; another wording gets another name.
pub const CONSENT: &str = "2026-11";
/// How the word of a printed link is told from others that a link may carry.
pub const LINK: &str = "d-";
/// Dossiers that one place may follow.
pub const MOST_FOLLOWED: usize = 20;
/// Letters of a handle.
const HANDLE: usize = 40;

/// A dossier as somebody may see it who has shown that it is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The dossier.
    pub dossier: Dossier,
    /// The agency that tells of it.
    pub agency: String,
    /// Its telephone.
    pub hotline: Option<String>,
    /// It is followed here.
    pub followed: bool,
}

/// What the bot waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// The code of a dossier.
    Code,
    /// The last digits that prove this one.
    Digits(DossierCode),
    /// A free word with a rating.
    Words,
    /// What staff are to be asked.
    Question,
    /// A request about their data.
    Data,
    /// The commune or ward whose news is wanted.
    NewsPlace,
    /// The hamlet.
    NewsHamlet,
    /// A photo or file of a paper that is missing.
    Paper {
        /// The handle of the dossier.
        dossier: String,
        /// The paper, in the office's words.
        paper: String,
        /// What is sent later is not meant for it.
        until: Timestamp,
    },
}

impl Asking {
    /// The name of the file that is waited for: what a page's field says it is for.
    pub fn file(&self) -> Option<String> {
        match self {
            Self::Code => Some("code".to_owned()),
            Self::Paper { dossier, paper, .. } => Some(papers::button(dossier, paper)),
            Self::Digits(_) | Self::Words | Self::Question | Self::Data | Self::NewsPlace | Self::NewsHamlet => None,
        }
    }
}

/// What came of a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookedUp {
    /// It is theirs.
    Seen(Box<View>),
    /// There is none, or the fact does not fit: nobody learns which.
    Nothing,
    /// Too many tries today, here or for this dossier.
    TooMany,
    /// Several people read along here.
    NotHere,
}

/// A name of a dossier for buttons, short enough for all of them.
pub fn handle(key: &str) -> &str {
    key.get(key.len().saturating_sub(HANDLE)..).unwrap_or(key)
}

impl Talk<'_> {
    /// Somebody asks how far a dossier is, perhaps with its code.
    pub(super) fn dossier(&mut self, text: &str) {
        if self.is_off(Feature::Dossiers) {
            return;
        }
        if !self.world.dossiers {
            let lines = ["dossier", "dossier-where"].map(|key| Block::plain(self.words(key)));
            return self.say_lines(lines.into(), self.ways_on());
        }
        match DossierCode::mentioned(text) {
            Some(code) => self.ask_digits(code),
            None => self.ask_code(),
        }
    }

    fn not_while_helping(&mut self) {
        self.say_words("helper-later", self.helper_choices(Vec::new()));
    }

    fn ask_code(&mut self) {
        if self.is_off(Feature::Dossiers) {
            return;
        }
        self.state.asking = Some(Asking::Code);
        let mut lines: Vec<Block> = ["dossier-ask", "dossier-ask-where"].map(|key| Block::plain(self.words(key))).into();
        let asks_file = self.state.asking.as_ref().and_then(Asking::file).filter(|_| self.state.helper.is_none());
        if asks_file.is_some() {
            lines.push(Block::plain(self.words("dossier-ask-photo")));
        }
        let choices = vec![Choice::new("dossier/mine", &self.words("dossier-mine")), self.button("human")];
        self.say(Message { text: Text(lines), choices, asks_file, ..Message::default() });
    }

    pub(in crate::engine) fn ask_digits(&mut self, code: DossierCode) {
        if self.is_off(Feature::Dossiers) {
            return;
        }
        let ask = self.world.wording.with(self.lang, "dossier-digits", [("code", code.as_str().to_owned().into())]);
        self.state.asking = Some(Asking::Digits(code));
        self.say_lines(vec![Block::plain(ask), Block::quiet(self.words("dossier-digits-why"))], vec![self.button("human")]);
    }

    /// Reads what is typed to a question about a dossier, or the code of one. False when it is something else.
    pub(super) fn dossier_text(&mut self, text: &str) -> bool {
        if !self.world.dossiers {
            return false;
        }
        if DossierCode::mentioned(text).is_some() && self.is_off(Feature::Dossiers) {
            return true;
        }
        if let Some(code) = DossierCode::mentioned(text) {
            // «Thôi theo dõi H44…» is a button.
            if matches!(offered::typed(text, &self.state.offered), Typed::Choice(_)) {
                return false;
            }
            self.ask_digits(code);
            return true;
        }
        match self.state.asking.take() {
            // A button under the question is typed like any other; four digits are no button.
            Some(Asking::Digits(code))
                if text.trim().len() < 4 && matches!(offered::typed(text, &self.state.offered), Typed::Choice(_)) =>
            {
                self.state.asking = Some(Asking::Digits(code));
                false
            }
            Some(Asking::Digits(code)) => self.digits(code, text),
            // A button under the question is typed like any other.
            Some(Asking::Words) if !matches!(offered::typed(text, &self.state.offered), Typed::Words) => {
                self.state.asking = Some(Asking::Words);
                false
            }
            Some(Asking::Words) if menu::wish(text).is_some_and(|wish| wish != menu::Wish::Thanks) => false,
            Some(Asking::Words) => {
                self.rated(text);
                // By now they may have another question: it is answered, too.
                if self.is_plain_question(text) {
                    self.question(text);
                }
                true
            }
            // Whoever asks something meanwhile may still send the photo.
            Some(Asking::Paper { until, .. }) if until <= self.world.now => false,
            Some(paper @ Asking::Paper { .. }) if !wants_to_send(text) && !asks_state(text) => {
                self.state.asking = Some(paper);
                false
            }
            Some(Asking::Code) if is_code_like(text) => match DossierCode::read(text) {
                Some(code) => {
                    self.ask_digits(code);
                    true
                }
                None => false,
            },
            _ if wants_to_send(text) && self.state.helper.is_some() => {
                self.not_while_helping();
                true
            }
            _ if wants_to_send(text) => {
                self.effects.push(Effect::ListPapers(String::new()));
                true
            }
            _ if asks_state(text) => {
                self.ask_code();
                true
            }
            _ => false,
        }
    }

    fn digits(&mut self, code: DossierCode, text: &str) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let words = text.chars().filter(|letter| letter.is_alphabetic()).count();
        if digits.is_empty() || words > 12 {
            return false; // a question of another kind
        }
        if digits.len() == 4 && !text.contains('*') {
            self.effects.push(Effect::LookUp(code, digits));
        } else {
            self.state.asking = Some(Asking::Digits(code));
            self.say_words("dossier-digits-four", vec![self.button("human")]);
        }
        true
    }

    /// A button about dossiers: `dossier/mine`, `dossier/ask`, `dossier/follow`, `dossier/show/<handle>`,
    /// `dossier/stop/<handle>`, `dossier/rate/<handle>`, `dossier/score/<question><score>`, `dossier/rated`, `dossier/papers/<handle>`,
    /// `dossier/paper/<paper>/<handle>`.
    pub(super) fn dossier_pressed(&mut self, verb: &str, which: Option<&str>) {
        match (verb, which) {
            ("mine", None) => self.my_dossiers(),
            ("ask", None) => self.ask_code(),
            ("follow", None) if self.state.helper.is_some() => self.not_while_helping(),
            ("follow", None) => match self.state.proven.clone() {
                Some(key) => self.effects.push(Effect::Follow(key)),
                None => self.ask_code(),
            },
            ("show", Some(which)) => self.effects.push(Effect::ShowFollowed(which.to_owned())),
            ("rate", Some(which)) => self.begin_rating(which),
            ("score", Some(which)) => self.scored(which),
            ("rated", None) => self.rated(""),
            ("papers" | "paper", Some(_)) if self.state.helper.is_some() => self.not_while_helping(),
            ("papers", Some(which)) => self.effects.push(Effect::ListPapers(which.to_owned())),
            ("paper", Some(which)) => self.ask_paper(which),
            ("stop", Some(which)) => self.effects.push(Effect::Unfollow(which.to_owned())),
            _ => self.stale(),
        }
    }

    pub(super) fn my_dossiers(&mut self) {
        if self.world.dossiers {
            self.effects.push(Effect::ListFollowed);
        } else {
            self.dossier("");
        }
    }

    /// A word that a printed link carried.
    pub(super) fn follow_link(&mut self, token: &str) {
        if self.is_off(Feature::Dossiers) {
            return;
        }
        if self.world.dossiers {
            self.effects.push(Effect::OpenLink(token.to_owned()));
        } else {
            self.dossier("");
        }
    }

    /// What came of a look-up.
    pub(super) fn looked_up(&mut self, found: LookedUp) {
        match found {
            LookedUp::Seen(view) => {
                self.state.asking = None;
                self.state.introduced = true;
                self.state.proven = Some(view.dossier.code.key());
                self.show_dossier(&view);
            }
            LookedUp::Nothing => {
                self.state.proven = None;
                let again = Choice::new("dossier/ask", &self.words("dossier-again"));
                self.say_words("dossier-nothing", vec![again, self.button("human")]);
            }
            LookedUp::NotHere => self.say_words("dossier-not-here", self.ways_on()),
            LookedUp::TooMany => self.say_words("dossier-too-many", self.ways_on()),
        }
    }

    /// Following began, or cannot.
    pub(super) fn followed(&mut self, view: Option<&View>) {
        let Some(view) = view else {
            return self.say_words("dossier-follow-full", vec![Choice::new("dossier/mine", &self.words("dossier-mine"))]);
        };
        let words =
            self.world.wording.with(self.lang, "dossier-followed", [("code", view.dossier.code.as_str().to_owned().into())]);
        let mine = Choice::new("dossier/mine", &self.words("dossier-mine"));
        let mut choices: Vec<Choice> = papers::papers_button(self.world, self.lang, &view.dossier).into_iter().collect();
        choices.extend([mine, self.stop_button(&view.dossier, "dossier-stop"), self.button("help")]);
        self.say_lines(vec![Block::plain(words)], choices);
    }

    /// Following ended.
    pub(super) fn unfollowed(&mut self) {
        let mine = Choice::new("dossier/mine", &self.words("dossier-mine"));
        self.say_words("dossier-stopped", vec![mine, self.button("help")]);
    }

    /// The dossiers that are followed here, a line each.
    pub(super) fn list_dossiers(&mut self, views: &[View]) {
        self.state.asking = None;
        let ask = Choice::new("dossier/ask", &self.words("dossier-look"));
        if views.is_empty() {
            return self.say_words("dossier-none", vec![ask, self.button("help")]);
        }
        let mut lines = vec![Block::plain(self.words("dossier-yours"))];
        let mut choices = Vec::new();
        for view in views {
            let status = self.words(&format!("status-{}", view.dossier.status.name()));
            let code = view.dossier.code.as_str();
            let name = view.dossier.procedure_name.as_deref().map_or_else(String::new, |name| format!(" · {name}"));
            lines.push(Block::bullet(format!("{code}{name}: {status}")));
            choices.push(Choice::new(format!("dossier/show/{}", handle(&view.dossier.code.key())), code));
        }
        choices.extend([ask, self.button("help")]);
        self.say_lines(lines, choices);
    }

    fn stop_button(&self, dossier: &Dossier, key: &str) -> Choice {
        let label = self.world.wording.with(self.lang, key, [("code", dossier.code.as_str().to_owned().into())]);
        Choice::new(format!("dossier/stop/{}", handle(&dossier.code.key())), &label)
    }

    /// Goes on with a turn that asked the store about dossiers. Gives back what is about something else.
    pub(super) fn about_dossiers(&mut self, found: Found) -> Option<Found> {
        match found {
            Found::LookedUp(found) => self.looked_up(found),
            Found::Followed(view) => self.followed(view.as_deref()),
            Found::Unfollowed => self.unfollowed(),
            Found::RatingTaken(taken) => self.rating_taken(taken),
            Found::Dossiers(views) => self.list_dossiers(&views),
            Found::Papers(view, sent) => self.list_papers(&view, &sent),
            Found::Submitted { dossier, paper, became } => self.submitted(&dossier, &paper, became),
            other => return Some(other),
        }
        None
    }
}

/// «Gửi giấy còn thiếu», as the button is typed where notices have none.
fn wants_to_send(text: &str) -> bool {
    const WISHES: [&str; 5] =
        ["gui giay con thieu", "gui giay to con thieu", "gui bo sung giay to", "bo sung ho so", "send a missing paper"];
    WISHES.contains(&unmarked(text).as_str())
}

/// «Hồ sơ của em đến đâu rồi», «tra hồ sơ», without a code.
fn asks_state(text: &str) -> bool {
    const WISHES: [&str; 4] = ["tra ho so", "tra cuu ho so", "xem ho so", "theo doi ho so"];
    const STATES: [&str; 8] =
        ["den dau", "toi dau", "xong chua", "duyet chua", "co ket qua chua", "the nao roi", "sao roi", "bao gio xong"];
    let said = format!(" {} ", unmarked(text));
    if WISHES.contains(&said.trim()) {
        return true;
    }
    said.contains(" ho so ") && STATES.iter().any(|state| said.contains(&format!(" {state} ")))
}

/// One or two words with digits among them: a code of a shape that nobody listed.
fn is_code_like(text: &str) -> bool {
    syllables(text).len() <= 8 && text.split_whitespace().count() <= 3 && text.chars().any(|letter| letter.is_ascii_digit())
}
