//! Who comes how far on a walk, without the who: what reports are counted from.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that happened on one walk of one person, whom nothing leads back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The name of this one going: made of chance, forgotten by the conversation when it ends.
    pub run: Uuid,
    /// Slug of the walk.
    pub walk: String,
    /// The step it happened at, or the outcome.
    pub step: String,
    /// What happened.
    pub event: PassageEvent,
    /// Seconds since the step was shown.
    pub seconds: i64,
}

/// What happens on a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageEvent {
    /// It began.
    Started,
    /// A step was taken.
    Passed,
    /// Something did not work.
    Trouble,
    /// The end was reached.
    Finished,
    /// The way was closed: not eligible.
    Exited,
}

/// What happens when somebody is helped on another person's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Help {
    /// They agreed to the words that were read aloud.
    Agreed,
    /// They did not.
    Refused,
    /// The session was ended, and wiped.
    Ended,
    /// It went quiet, and was wiped.
    TimedOut,
}

impl Help {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Agreed, Self::Refused, Self::Ended, Self::TimedOut];

    /// Its name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Refused => "refused",
            Self::Ended => "ended",
            Self::TimedOut => "timed_out",
        }
    }
}

impl PassageEvent {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Started, Self::Passed, Self::Trouble, Self::Finished, Self::Exited];

    /// Its name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Passed => "passed",
            Self::Trouble => "trouble",
            Self::Finished => "finished",
            Self::Exited => "exited",
        }
    }

    /// The event of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == name)
    }
}
