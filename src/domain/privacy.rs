//! What is kept of a person, for what, by which consent; and what they may ask for.
//!
//! A question is answered without any of it. Sources: Law 91/2025/QH15 and Decree 356/2025/NĐ-CP art. 5 and 6, read in third-party
//! notes, checked 2026-11-21: consent is for one purpose, explicit, provable (which words, when, where) and withdrawn as easily.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Working days until a request is answered, and days until it is carried out (Decree 356/2025/NĐ-CP art. 5, in third-party notes).
pub const ANSWERED_WITHIN: u32 = 2;
/// See [`ANSWERED_WITHIN`].
pub const DONE_WITHIN: u32 = 15;
/// Letters that a request in free words has at most.
pub const LONGEST_REQUEST: usize = 1_000;

/// What something is kept for, once somebody agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// An unfinished walk, to go on later.
    Walks,
    /// Dossiers that are followed.
    Dossiers,
    /// News of a place and of topics.
    News,
    /// An answer that does not exist yet.
    Answers,
    /// Places of one person that share what is under way.
    Places,
    /// A conversation with officers.
    Staff,
}

impl Use {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Dossiers, Self::Walks, Self::News, Self::Answers, Self::Places, Self::Staff];

    /// Its name in the database and in wordings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Walks => "walks",
            Self::Dossiers => "dossiers",
            Self::News => "news",
            Self::Answers => "answers",
            Self::Places => "places",
            Self::Staff => "staff",
        }
    }

    /// The use of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// That somebody agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// To what.
    #[serde(rename = "purpose")]
    pub to: Use,
    /// Which wording they were shown.
    pub wording: String,
    /// When.
    pub agreed_at: Timestamp,
    /// When they took it back.
    pub withdrawn_at: Option<Timestamp>,
}

/// What is kept at one place, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Messages, of both sides.
    pub messages: i64,
    /// The oldest of them.
    pub since: Option<Timestamp>,
    /// Conversations with officers.
    pub tickets: i64,
    /// Photos and files.
    pub files: i64,
    /// Dossiers that are followed.
    pub dossiers: i64,
    /// Questions that wait for an answer.
    pub questions: i64,
    /// Consents that stand.
    pub consents: Vec<Consent>,
    /// Requests that are open.
    pub requests: Vec<Request>,
}

/// What somebody asks for about their data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// To delete everything.
    Erase,
    /// Anything else, in their words: to correct, to restrict, to object.
    Other,
}

impl RequestKind {
    /// Its name in the database and in wordings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Erase => "erase",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Erase, Self::Other].into_iter().find(|known| known.name() == name)
    }
}

/// A request, with its clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Its receipt: what the citizen was given.
    pub receipt: String,
    /// What is asked for.
    pub kind: RequestKind,
    /// In their words, numbers of persons covered.
    pub words: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it must be answered, and carried out.
    pub answer_due: Timestamp,
    /// See `answer_due`.
    pub done_due: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// When it was carried out.
    pub done_at: Option<Timestamp>,
}

impl Request {
    /// Whether somebody is late with it.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.answered_at.is_none() && now > self.answer_due || self.done_at.is_none() && now > self.done_due
    }
}
