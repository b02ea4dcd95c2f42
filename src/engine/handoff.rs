//! Giving the conversation to staff, being quiet while they have it, and taking it back.
//!
//! **Invariants.** While an officer has the conversation the program says nothing but what concerns that: who answers, and that
//! it is over. The citizen ends it by «bot» at any time. What they gave away they were told before.

use std::time::Duration;

use uuid::Uuid;

use super::dossier::{Asking, when};
use super::offered::{self, Typed};
use super::{Effect, Talk, menu};
use crate::domain::ticket::{DeskEvent, Handed, LONGEST_QUESTION};
use crate::domain::{Block, Choice, Link, Media, Message, Purpose, Said, Seen, Text, Timestamp};
use crate::knowledge::search::unmarked;

/// Which wording of the consent was shown; another wording gets another name.
pub const CONSENT: &str = "2026-11";
/// The same where officers answer in a group on Telegram, which is told.
pub const CONSENT_GROUP: &str = "2026-11-telegram";

/// What a page's field for files says it is for, while an officer answers.
pub const DESK: &str = "desk";

/// How long a page of what was said can be opened.
const TRANSCRIPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A ticket that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub ticket: Uuid,
    /// How many wait in front of it, and it.
    pub position: u32,
    /// Minutes that others waited lately; unknown when there were few.
    pub minutes: Option<u32>,
    /// Who has it already.
    pub officer: Option<String>,
}

/// «Alo», «dạ», «cho tôi hỏi thêm»: a beginning, after which the question comes.
pub(super) fn only_opens(text: &str) -> bool {
    const OPENERS: [&str; 8] = [
        "cho toi hoi them",
        "cho em hoi them",
        "toi muon hoi",
        "em muon hoi",
        "toi hoi",
        "hoi them",
        "cho hoi them",
        "i have a question",
    ];
    let greets = matches!(menu::wish(text), Some(menu::Wish::Greeting | menu::Wish::Thanks));
    greets || OPENERS.contains(&unmarked(text).as_str())
}

/// «Thôi, không cần nữa», instead of a question.
pub(super) fn not_any_more(text: &str) -> bool {
    const WORDS: [&str; 8] = [
        "thoi",
        "thoi khong can nua",
        "khong can nua",
        "thoi khong can",
        "khong can",
        "thoi khong gui",
        "thoi khong hoi nua",
        "never mind",
    ];
    WORDS.contains(&unmarked(text).as_str())
}

impl Talk<'_> {
    /// The button to staff, where there are some.
    pub(super) fn desk_button(&self) -> Option<Choice> {
        let here = self.world.office.desk.is_some() && self.state.helper.is_none();
        here.then(|| Choice::new("desk/ask", &self.words("desk-ask-button")))
    }

    /// A button about staff: `desk/ask`, `desk/leave`, `desk/score/<ticket and score>`, `desk/transcript/<ticket>`.
    pub(super) fn desk_pressed(&mut self, verb: &str, what: Option<&str>) {
        match (verb, what, self.state.handed.clone()) {
            _ if self.world.office.desk.is_none() => self.stale(),
            ("ask", None, _) if self.state.helper.is_some() => self.say_words("helper-later", self.helper_choices(Vec::new())),
            ("ask", None, Some(_)) => self.still_waiting(),
            ("ask", None, None) => self.ask_question(),
            ("not", None, _) => self.say_words("desk-not-sent", self.ways_on()),
            ("leave", None, Some(handed)) => {
                self.state.handed = None;
                self.effects.push(Effect::Leave(handed.ticket));
                self.say_words("desk-left", self.starters());
            }
            ("score", Some(which), _) => self.score_desk(which),
            ("transcript", Some(ticket), _) => self.transcript(ticket),
            _ => self.stale(),
        }
    }

    fn ask_question(&mut self) {
        self.state.asking = Some(Asking::Question);
        let mut lines = vec![Block::plain(self.words("desk-what")), Block::plain(self.words("desk-question"))];
        lines.insert(1, Block::plain(self.opening()));
        if self.world.office.group.is_some() {
            lines.insert(1, Block::plain(self.words("desk-group")));
        }
        self.say_lines(lines, vec![self.not_to_send(), self.button("help")]);
    }

    /// Whoever only greeted is asked for the question itself.
    pub(super) fn ask_question_again(&mut self) {
        self.say_words("desk-question-itself", vec![self.not_to_send(), self.button("help")]);
    }

    fn not_to_send(&self) -> Choice {
        Choice::new("desk/not", &self.words("desk-not-button"))
    }

    /// Whether somebody is there now, or when.
    fn opening(&self) -> String {
        let Some(hours) = &self.world.office.desk else { return String::new() };
        let (calendar, now) = (self.world.library.calendar(), self.world.now);
        if hours.is_open(calendar, now) {
            return self.words("desk-open");
        }
        let opens = when(self.world, self.lang, hours.next_open(calendar, now));
        self.world.wording.with(self.lang, "desk-closed", [("when", opens.into())])
    }

    /// «Không cần cán bộ nữa», typed while the question waits.
    pub(super) fn takes_back(&mut self, text: &str) -> bool {
        const WISHES: [&str; 5] =
            ["thoi khong can can bo", "khong can can bo", "khong can can bo nua", "no officer", "no officer thank you"];
        let takes = self.state.handed.is_some() && WISHES.contains(&unmarked(text).as_str());
        if takes {
            self.desk_pressed("leave", None);
        }
        takes
    }

    /// Whether what was typed is the question for staff, and no button or wish. Whoever is lost means staff to read that.
    pub(super) fn is_question(&mut self, text: &str, offered: &[Choice]) -> bool {
        let pressed = !matches!(offered::typed(text, offered), Typed::Words);
        let wish = menu::wish(text).filter(|wish| *wish != menu::Wish::Lost);
        let meant = !pressed && wish.is_none() && !not_any_more(text) && !text.trim().is_empty();
        if !meant {
            self.state.asking = None;
        }
        meant
    }

    /// The question for staff was typed.
    pub(super) fn question_for_desk(&mut self, text: &str) {
        self.state.asking = None;
        let question = text.chars().take(LONGEST_QUESTION).collect();
        let topic = self.state.topic.as_ref().map(|topic| topic.guide.clone());
        self.effects.push(Effect::HandOver { question, topic, broadcast: self.about() });
    }

    /// The ticket is open: when somebody will come.
    pub(super) fn handed_over(&mut self, opened: &Opened) {
        self.state.handed = Some(Handed { ticket: opened.ticket, officer: opened.officer.clone() });
        if let Some(officer) = &opened.officer {
            return self.desk_event(&DeskEvent::Taken { ticket: opened.ticket, officer: officer.clone() });
        }
        let mut lines = vec![Block::plain(self.words("desk-sent"))];
        let open =
            self.world.office.desk.as_ref().is_some_and(|hours| hours.is_open(self.world.library.calendar(), self.world.now));
        if open {
            let position = self.world.wording.with(self.lang, "desk-position", [("position", opened.position.into())]);
            lines.push(Block::plain(position));
            let minutes =
                opened.minutes.map(|minutes| self.world.wording.with(self.lang, "desk-minutes", [("minutes", minutes.into())]));
            lines.extend(minutes.map(Block::plain));
        } else {
            lines.push(Block::plain(self.opening()));
        }
        lines.push(Block::plain(self.words("desk-meanwhile")));
        self.say_lines(lines, self.waiting_choices());
    }

    fn waiting_choices(&self) -> Vec<Choice> {
        vec![Choice::new("desk/leave", &self.words("desk-leave-button")), self.button("help")]
    }

    pub(super) fn still_waiting(&mut self) {
        let lines = vec![Block::plain(self.words("desk-waits")), Block::plain(self.opening())];
        self.say_lines(lines, self.waiting_choices());
    }

    /// A file for staff was looked at. While an officer answers, only what they will not see is spoken of.
    pub(super) fn looked_for_desk(&mut self, ticket: Uuid, seen: &Seen) {
        match seen {
            Seen::File(file) => {
                self.effects.push(Effect::Enclose(ticket, file.clone()));
                let waits = self.state.handed.as_ref().is_some_and(|handed| handed.ticket == ticket && handed.officer.is_none());
                if waits {
                    self.say_words("desk-file-kept", self.waiting_choices());
                }
            }
            Seen::Refused(refusal) => self.say_quietly(vec![Block::plain(self.words(&format!("file-{}", refusal.name())))]),
            Seen::Code(_) => {}
        }
    }

    /// What happened at the desk. Of a ticket that is not this conversation's any more, nothing.
    pub(super) fn desk_event(&mut self, event: &DeskEvent) {
        let ours = self.state.handed.as_ref().map(|handed| handed.ticket);
        match event {
            DeskEvent::Taken { ticket, officer } if ours == Some(*ticket) => {
                self.state.handed = Some(Handed { ticket: *ticket, officer: Some(officer.clone()) });
                self.state.asking = None;
                let taken = self.world.wording.with(self.lang, "desk-taken", [("officer", officer.clone().into())]);
                let offered = self.state.offered.clone();
                let text = Text(vec![Block::plain(taken), Block::quiet(self.words("desk-quiet"))]);
                self.say(Message { text, asks_file: Some(DESK.to_owned()), ..Message::default() });
                self.state.offered = offered;
            }
            DeskEvent::Returned { ticket } if ours == Some(*ticket) => {
                self.state.handed = Some(Handed { ticket: *ticket, officer: None });
                self.say_lines(vec![Block::plain(self.words("desk-returned"))], self.waiting_choices());
            }
            DeskEvent::Late { ticket } if ours == Some(*ticket) && !self.state.is_with_officer() => {
                let office = self.world.office;
                let number = office.duty.as_ref().or(office.hotline.as_ref());
                let call =
                    number.map(|number| self.world.wording.with(self.lang, "desk-call", [("number", number.as_str().into())]));
                let call = call.unwrap_or_else(|| self.words("human-national"));
                self.say_lines(vec![Block::plain(self.words("desk-late")), Block::plain(call)], self.waiting_choices());
            }
            DeskEvent::Closed { ticket } if ours == Some(*ticket) => {
                self.state.handed = None;
                let scores = [3, 2, 1].map(|score| {
                    let label = self.words(["rate-bad", "rate-so-so", "rate-good"][score - 1]);
                    Choice::new(format!("desk/score/{}{score}", ticket.simple()), &label)
                });
                let lines = ["desk-over", "desk-score"].map(|key| Block::plain(self.words(key)));
                let mut choices: Vec<Choice> = scores.into();
                if self.world.site.is_some() {
                    let label = self.words("desk-transcript-button");
                    choices.push(Choice::new(format!("desk/transcript/{}", ticket.simple()), &label));
                }
                choices.extend(self.with_unfinished(Vec::new()));
                self.say_lines(lines.into(), choices);
            }
            DeskEvent::Shut { ticket, until } if ours == Some(*ticket) => {
                self.state.handed = None;
                let lines = vec![Block::plain(self.words("desk-ended")), self.shut_line(*until)];
                self.say_lines(lines, self.with_unfinished(Vec::new()));
            }
            DeskEvent::Pardoned => {
                let choices = self.desk_button().into_iter().collect();
                self.say_words("desk-pardoned", choices);
            }
            _ => {}
        }
    }

    /// Staff are not to be written to until then.
    pub(super) fn desk_shut(&mut self, until: Timestamp) {
        self.say_lines(vec![self.shut_line(until)], self.ways_on());
    }

    fn shut_line(&self, until: Timestamp) -> Block {
        let until = when(self.world, self.lang, until);
        Block::plain(self.world.wording.with(self.lang, "desk-shut", [("when", until.into())]))
    }

    /// Says something without buttons; those on offer stay what they are.
    fn say_quietly(&mut self, lines: Vec<Block>) {
        let offered = self.state.offered.clone();
        self.say(Message { text: Text(lines), ..Message::default() });
        self.state.offered = offered;
    }

    /// A page of what was said with officers: its address is a secret that only this conversation is told.
    fn transcript(&mut self, ticket: &str) {
        let (Ok(ticket), Some(site)) = (Uuid::parse_str(ticket), self.world.site) else { return self.stale() };
        let token = self.world.chance.simple().to_string();
        let Ok(url) = site.join(&format!("transcripts/{token}")) else { return self.stale() };
        self.effects.push(Effect::Transcribe(ticket, token, self.world.now.plus(TRANSCRIPT)));
        let links = vec![Link { url: url.into(), label: self.words("desk-transcript") }];
        let text = Text(vec![Block::plain(self.words("desk-transcript-said"))]);
        self.say(Message { text, links, choices: self.starters(), ..Message::default() });
    }

    fn score_desk(&mut self, which: &str) {
        let (ticket, score) = which.split_at_checked(32).unwrap_or_default();
        match (Uuid::parse_str(ticket), score.parse::<u8>()) {
            (Ok(ticket), Ok(score @ 1..=3)) => {
                self.effects.push(Effect::ScoreDesk(ticket, score));
                self.say_words("rate-thanks", self.starters());
            }
            _ => self.stale(),
        }
    }

    /// Whether an officer has the conversation, so that the program must not answer. «bot» takes it back.
    pub(super) fn is_handed(&mut self, said: &Said) -> bool {
        let Some(Handed { ticket, officer: Some(_) }) = self.state.handed.clone() else { return false };
        match said {
            // Alone: «bot trả lời tôi là 5 ngày» is said to the officer.
            Said::Text(text) if super::staff::called(text).is_some_and(str::is_empty) => {
                self.state.handed = None;
                self.effects.push(Effect::Leave(ticket));
                self.say_words("desk-back", self.starters());
                true
            }
            Said::Text(text) if self.takes_back(text) => true,
            Said::Text(text) if super::news::stops(text) => {
                self.stop_news();
                true
            }
            Said::Text(text) if super::privacy::data_wish(text).is_some() => {
                self.about_data(super::privacy::data_wish(text).unwrap_or(super::privacy::DataWish::Show));
                true
            }
            Said::Chose(id) if id.as_str() == "data" || id.as_str().starts_with("data/") => {
                self.choice(id);
                true
            }
            Said::Chose(id) if id.as_str() == "news/stop" => {
                self.stop_news();
                true
            }
            Said::Chose(id) if id.as_str() == "desk/leave" => {
                self.desk_pressed("leave", None);
                true
            }
            Said::Attached(file) if file.says_it_is_identity() => {
                self.say_quietly(vec![Block::plain(self.words("file-identity"))]);
                true
            }
            Said::Attached(file) => {
                self.effects.push(Effect::ForDesk(ticket));
                self.effects.push(Effect::Look(file.clone(), Purpose::Desk(ticket)));
                true
            }
            Said::Sent(Media::Photo | Media::File) => {
                self.effects.push(Effect::ForDesk(ticket));
                self.say_quietly(vec![Block::quiet(self.words("desk-no-photo"))]);
                true
            }
            Said::Desk(_) | Said::Secret(_) | Said::Quiet | Said::Looked(..) | Said::Answerable { .. } => false,
            Said::Left | Said::Withdrawn => {
                self.state.handed = None;
                self.effects.push(Effect::Leave(ticket));
                false
            }
            Said::Returned | Said::Opened | Said::Staff => true,
            _ => {
                self.effects.push(Effect::ForDesk(ticket));
                true
            }
        }
    }
}
