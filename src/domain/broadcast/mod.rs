//! Broadcasts: the same words to many, each of whom agreed to hear them, or is in danger.
//!
//! **Rules.** Whoever wrote does not approve. An approval is bound to the [`Draft::fingerprint`] of what was written and to whom:
//! any change voids it. Ordinary broadcasts reach subscribers only and rest at night; an emergency reaches everybody who ever wrote
//! to us, at any hour, and takes two approvers.

mod audience;
mod ledger;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Lang, Link, Timestamp};

pub use audience::{Asked, Audience, Subscription, Topic};
pub use ledger::{Count, Outcome, Progress, Recipient, Ring, errors, errors_too_many};

/// Names a broadcast: the moment when it was first written, in milliseconds since 1970.
pub type BroadcastId = i64;

/// Longest title, in letters: a line of a phone.
pub const LONGEST_TITLE: usize = 100;
/// Longest text in one language, in letters: one message on every channel, with its title, its buttons and both languages where
/// somebody's is not known (Zalo carries 2,000).
pub const LONGEST_TEXT: usize = 800;
/// Buttons and links, and questions with an answer of its own.
pub const MOST_BUTTONS: usize = 3;
/// Links.
pub const MOST_LINKS: usize = 2;
/// Questions with an answer.
pub const MOST_ANSWERS: usize = 12;
/// How long a reply is still read as one to the last broadcast.
pub const REPLIES_FOR: Duration = Duration::from_secs(48 * 60 * 60);
/// How long after it was sent a message can be changed or taken back (Telegram, `deleteMessage`: 48 hours).
pub const AMENDED_FOR: Duration = Duration::from_secs(48 * 60 * 60);

/// What is to be said, to whom, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What it is about.
    pub title: String,
    /// The words, in Vietnamese; paragraphs on lines of their own.
    pub vi: String,
    /// The same in English; empty when there is none.
    pub en: String,
    /// Pages to open.
    pub links: Vec<Link>,
    /// Buttons under it.
    pub buttons: Vec<Button>,
    /// What people will ask about it.
    pub answers: Vec<OwnAnswer>,
    /// How urgent it is.
    pub class: Class,
    /// To whom.
    pub audience: Audience,
    /// When it begins; as soon as it is approved without.
    pub starts_at: Option<Timestamp>,
    /// Also to people whom a channel charges for.
    pub pays: bool,
    /// What it does to one that was sent before.
    pub amends: Option<Amends>,
}

/// A button under a broadcast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// What it opens.
    pub target: Target,
}

/// What a button opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A guide, by its slug.
    Guide(String),
    /// A walk, by its slug.
    Walk(String),
    /// A question, asked as if it had been typed.
    Question(String),
}

/// A question about the broadcast, with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAnswer {
    /// As a citizen asks it.
    pub question: String,
    /// What is said.
    pub answer: String,
}

/// How urgent a broadcast is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// An announcement, to those who agreed to be told.
    #[default]
    Ordinary,
    /// Danger to life or health: to everybody, at once, without being asked for. A state body may do so for its lawful task without
    /// consent (Law 91/2025/QH15 art. 19.1.c, read in third-party notes only, checked 2026-11-21: to be confirmed by a lawyer).
    Emergency,
}

impl Class {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ordinary, Self::Emergency];

    /// Its name in forms and the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Emergency => "emergency",
        }
    }

    /// How many others must approve.
    pub fn approvers(self) -> usize {
        match self {
            Self::Ordinary => 1,
            Self::Emergency => 2,
        }
    }

    /// Whether it may be sent now: ordinary ones rest while people sleep.
    pub fn may_send_at(self, now: Timestamp) -> bool {
        self == Self::Emergency || !now.is_night()
    }
}

/// What a broadcast does to one before it. It goes to whoever had that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amends {
    /// Which one.
    pub of: BroadcastId,
    /// What.
    pub how: Amendment,
}

/// Ways to put a broadcast right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amendment {
    /// Another message that says what was wrong.
    Correct,
    /// The message itself gets other words, where the channel can; where it cannot, another message.
    Edit,
    /// The message is taken back, where the channel can.
    Delete,
}

impl Amendment {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Correct, Self::Edit, Self::Delete];

    /// Its name in forms and the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Edit => "edit",
            Self::Delete => "delete",
        }
    }
}

/// How far a broadcast has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It is being written.
    Draft,
    /// It waits for approval.
    Proposed,
    /// It waits for its time; then its recipients are gathered.
    Approved,
    /// It is being sent.
    Running,
    /// Somebody, or too many errors, stopped it for now.
    Paused,
    /// It was ended before everybody had it.
    Cancelled,
    /// Everybody was tried.
    Done,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Proposed, Self::Approved, Self::Running, Self::Paused, Self::Cancelled, Self::Done];

    /// Its name in the database and the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
            Self::Done => "done",
        }
    }

    /// The standing of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.name() == name)
    }

    /// Whether nothing of it was sent yet.
    fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Proposed | Self::Approved)
    }
}

/// A broadcast, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broadcast {
    /// Its name.
    pub id: BroadcastId,
    /// Grows with every change: none overwrites another unseen.
    pub version: i64,
    /// What is said, to whom.
    pub draft: Draft,
    /// The agency whose officers look after it; `None` for those of everywhere.
    pub place: Option<String>,
    /// Logins of everybody who wrote it, the last one last.
    pub authors: Vec<String>,
    /// How far it is.
    pub standing: Standing,
    /// Why it is paused or cancelled: a key of the wording, or an officer's words.
    pub why: String,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// When sending began.
    pub began_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Up to which ring it may be sent.
    pub ring: Ring,
    /// All recipients are in the ledger.
    pub gathered: bool,
    /// Errors that an officer has seen, and went on.
    pub forgiven: i64,
    /// Its time has come: recipients are being put into the ledger, and what it says cannot be changed any more.
    pub gathering: bool,
}

impl Broadcast {
    /// A draft that nobody has saved yet.
    pub fn new(draft: Draft, place: Option<&str>, author: String, now: Timestamp) -> Self {
        Self {
            id: now.0,
            version: 1,
            draft,
            place: place.map(str::to_owned),
            authors: vec![author],
            standing: Standing::Draft,
            why: String::new(),
            changed_at: now,
            began_at: None,
            ended_at: None,
            ring: Ring::Staff,
            gathered: false,
            forgiven: 0,
            gathering: false,
        }
    }

    /// Whether what it says may still be changed.
    pub fn is_open(&self) -> bool {
        self.standing.is_open() && !self.gathering
    }
}

/// Somebody agreed to what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// What they saw: [`Draft::fingerprint`].
    pub fingerprint: String,
    /// The login.
    pub officer: String,
    /// When.
    pub at: Timestamp,
}

/// What a citizen reads: drawn when sending begins, one for each language and kind of channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The language; `None` for people whose language is not known: both.
    pub lang: Option<Lang>,
    /// For channels with buttons.
    pub buttons: bool,
    /// The message; [`PLACE`] stands for where somebody lives.
    pub message: super::Message,
    /// What stands there for people who did not say.
    pub nowhere: String,
}

/// What stands in a text for the recipient's commune or ward.
pub const PLACE: &str = "{nơi ở}";
/// What stands for the hotline's number.
pub const HOTLINE: &str = "{đường dây nóng}";
/// What stands for the name of the office.
pub const OFFICE: &str = "{cơ quan}";
/// All placeholders.
pub const PLACEHOLDERS: [&str; 3] = [PLACE, HOTLINE, OFFICE];

impl Draft {
    /// A hash of everything in it: what an approval is bound to.
    pub fn fingerprint(&self) -> String {
        let everything = serde_json::to_vec(self).unwrap_or_default();
        hex::encode(Sha256::digest(everything))
    }

    /// The words in `lang`; Vietnamese where there are no others.
    pub fn words(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.en.is_empty() { &self.en } else { &self.vi }
    }
}

impl Drawn {
    /// The message for somebody who lives at `place`.
    pub fn filled(&self, place: &str) -> super::Message {
        let place = if place.is_empty() { &self.nowhere } else { place };
        let mut message = self.message.clone();
        for span in message.text.0.iter_mut().flat_map(super::Block::spans_mut) {
            let words = span.as_mut();
            if words.contains(PLACE) {
                *words = words.replace(PLACE, place);
            }
        }
        message
    }

    /// Whether everybody reads the same.
    pub fn is_same_for_all(&self) -> bool {
        self.message.text.0.iter().flat_map(super::Block::spans).all(|span| !span.as_str().contains(PLACE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Message;

    #[test]
    fn the_place_is_filled_in_for_whoever_told_it() {
        let drawn =
            Drawn {
                lang: None, buttons: true, message: Message::plain("Bà con {nơi ở} chú ý"), nowhere: "địa phương".into()
            };
        assert_eq!(drawn.filled("xã Lạc Thủy").to_plain(), "Bà con xã Lạc Thủy chú ý");
        assert_eq!(drawn.filled("").to_plain(), "Bà con địa phương chú ý");
        assert!(!drawn.is_same_for_all());
    }

    #[test]
    fn announcements_rest_at_night_and_warnings_do_not() {
        let night = Timestamp(1_795_237_200_000 + 12 * 3_600_000);
        assert!(!Class::Ordinary.may_send_at(night) && Class::Emergency.may_send_at(night));
        assert_eq!(Class::ALL.map(Class::approvers), [1, 2]);
    }
}
