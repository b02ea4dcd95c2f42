//! Helper mode: an officer, or a neighbour of the community digital team, guides one person after another on one phone.
//!
//! The person agrees first, to words that are read aloud. Nothing of them stays: finishing, or fifteen quiet minutes, wipes
//! the conversation. What is counted is how often it was done.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::papers::PaperList;
use super::walk::Progress;
use super::{Effect, State, Talk};
use crate::domain::broadcast::Subscription;
use crate::domain::{Block, Choice, Help, Timestamp};
use crate::knowledge::search::unmarked;

/// Quiet time after which the person has gone.
const QUIET: Duration = Duration::from_secs(15 * 60);
/// Which wording of the consent was read aloud; another wording gets another name.
const CONSENT: &str = "2026-11";

/// A session with one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When the person agreed: what was said from then on is wiped.
    pub since: Timestamp,
    /// When something was last said.
    pub last: Timestamp,
    /// What the helper had under way for themselves, put aside until then.
    #[serde(default)]
    own: Own,
}

/// What somebody has under way for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Own {
    walks: Vec<Progress>,
    lists: Vec<PaperList>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    news: Option<Subscription>,
    quiet_nights: bool,
}

impl Session {
    /// The owner of the phone wants no news any more.
    pub(super) fn forget_news(&mut self) {
        self.own.news = None;
    }

    /// When it ends by itself.
    pub(super) fn ends(&self) -> Timestamp {
        self.last.plus(QUIET)
    }
}

impl Talk<'_> {
    /// Ends a session that went quiet; otherwise notes that it has not. True when it ended.
    pub(super) fn look_after_helper(&mut self) -> bool {
        let now = self.world.now;
        let Some(session) = self.state.helper.as_mut() else { return false };
        if now < session.ends() {
            session.last = now;
            return false;
        }
        self.wipe(Help::TimedOut);
        self.say_words("helper-timed-out", vec![self.next_button(), self.button("help")]);
        true
    }

    /// `/giupdo`: the words to be read aloud, before anything else.
    pub(super) fn help_somebody(&mut self) {
        // Whoever is helped must not sit in somebody else's conversation with an officer.
        if self.state.handed.is_some() {
            return self.say_words("helper-handed", vec![Choice::new("desk/leave", &self.words("desk-leave-button"))]);
        }
        self.wipe(Help::Ended);
        self.state.walking = false;
        let lines = ["helper-ask", "helper-consent", "helper-secrets"].map(|key| Block::plain(self.words(key)));
        let choices = [("helper/yes", "helper-yes"), ("helper/no", "helper-no")];
        self.say_lines(lines.into(), choices.map(|(id, key)| Choice::new(id, &self.words(key))).into());
    }

    /// A button of helper mode.
    pub(super) fn helper_pressed(&mut self, verb: &str) {
        match verb {
            // Never without the words having been read aloud just now.
            "yes" if self.state.helper.is_none() && self.asked_consent() => {
                let now = self.world.now;
                let own = Own {
                    walks: std::mem::take(&mut self.state.walks),
                    lists: std::mem::take(&mut self.state.lists),
                    news: self.state.news.take(),
                    quiet_nights: self.state.quiet_nights,
                };
                self.state = self.state.emptied();
                self.state.helper = Some(Session { since: now, last: now, own });
                self.effects.push(Effect::Helped(Help::Agreed, CONSENT));
                self.walk_menu();
            }
            "yes" => self.help_somebody(),
            "no" => {
                self.wipe(Help::Ended);
                self.effects.push(Effect::Helped(Help::Refused, CONSENT));
                self.say_words("helper-refused", vec![self.next_button(), self.button("human")]);
            }
            "next" => self.help_somebody(),
            "end" => {
                self.wipe(Help::Ended);
                self.say_words("helper-ended", vec![self.next_button(), self.button("help")]);
            }
            _ => self.stale(),
        }
    }

    fn asked_consent(&self) -> bool {
        self.state.offered.iter().any(|choice| choice.id.as_str() == "helper/yes")
    }

    /// Reads what is typed to the words of consent, and how a session is ended by typing. False when it is neither.
    pub(super) fn helper_text(&mut self, text: &str) -> bool {
        let said = unmarked(text);
        let verb = match said.as_str() {
            "nguoi tiep theo" | "nguoi khac" | "nguoi moi" | "next person" if self.state.helper.is_some() => "next",
            "thoi giup" | "thoi khong giup nua" | "ket thuc" | "stop helping" if self.state.helper.is_some() => "end",
            _ if !self.asked_consent() => return false,
            said if said.contains("khong") && said.len() < 40 => "no",
            "co" | "vang" | "da" | "ok" | "dong y" | "yes" | "da dong y" | "co dong y" => "yes",
            said if said.ends_with("dong y") && said.len() < 40 => "yes",
            _ => return false,
        };
        self.helper_pressed(verb);
        true
    }

    /// Under an end: the next person, or no more.
    pub(super) fn helper_choices(&self, mut choices: Vec<Choice>) -> Vec<Choice> {
        if self.state.helper.is_some() {
            choices.extend([self.next_button(), Choice::new("helper/end", &self.words("helper-stop"))]);
        }
        choices
    }

    fn next_button(&self) -> Choice {
        Choice::new("helper/next", &self.words("helper-next"))
    }

    /// Whoever blocks the bot in the middle of a session has ended it.
    pub(super) fn helper_left(&mut self) {
        self.wipe(Help::Ended);
    }

    fn wipe(&mut self, help: Help) {
        let Some(session) = self.state.helper.take() else { return };
        self.effects.push(Effect::Wipe(session.since));
        self.effects.push(Effect::Helped(help, CONSENT));
        let Own { walks, lists, news, quiet_nights } = session.own;
        self.state = State { walks, lists, news, quiet_nights, ..self.state.emptied() };
    }
}

impl State {
    /// What is left when everything said is forgotten: the language, and that somebody was guessing codes.
    pub(super) fn emptied(&self) -> Self {
        let misses = self.misses.clone();
        Self { lang: self.lang, lang_chosen: self.lang_chosen, introduced: self.introduced, misses, ..Self::default() }
    }
}
