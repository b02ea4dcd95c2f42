//! Tickets: conversations that a citizen gave to staff, until they are given back.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::forum::Document;
use super::{Address, Timestamp};

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has it.
    Waiting,
    /// Somebody answers.
    Taken,
    /// The conversation is the program's again.
    Closed,
}

impl Stage {
    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::Closed => "closed",
        }
    }
}

/// How a ticket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The question was answered.
    Answered,
    /// The citizen was sent to another office or page.
    Referred,
    /// The citizen said no more.
    Silent,
    /// It was no question for us.
    Idle,
    /// The citizen insulted or harassed; the desk is shut to them for a while ([`shut_until`]).
    Abused,
    /// The citizen gave it back to the program.
    Withdrawn,
}

impl Ending {
    /// Those that an officer chooses among.
    pub const CHOSEN: [Self; 5] = [Self::Answered, Self::Referred, Self::Silent, Self::Idle, Self::Abused];
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Answered, Self::Referred, Self::Silent, Self::Idle, Self::Abused, Self::Withdrawn];

    /// Its name in the database and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Referred => "referred",
            Self::Silent => "silent",
            Self::Idle => "idle",
            Self::Abused => "abused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// How long the desk is shut after a conversation that was ended for abuse, and after one more while the first is remembered.
const SHUT: Duration = Duration::from_secs(24 * 60 * 60);
const SHUT_AGAIN: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long such an ending counts.
pub const ABUSE_COUNTS: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Until when somebody does not reach staff whose conversations were ended for abuse at these times, the newest first. The
/// program answers them all the while.
pub fn shut_until(ended: &[Timestamp]) -> Option<Timestamp> {
    ended.first().map(|last| last.plus(if ended.len() > 1 { SHUT_AGAIN } else { SHUT }))
}

/// Longest question that is kept with a ticket, in letters.
pub const LONGEST_QUESTION: usize = 500;

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: Uuid,
    /// Whose conversation.
    pub from: Address,
    /// The agency whose officers answer; those of everywhere without one.
    pub at: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// The login of whoever answers.
    pub officer: Option<String>,
    /// Whom it is offered to, who has not said yes.
    pub offered: Option<String>,
    /// What was asked, in the citizen's words.
    pub question: String,
    /// The guide that was talked of, by its slug.
    pub topic: Option<String>,
    /// When it was asked for.
    pub opened_at: Timestamp,
    /// When it was taken the first time.
    pub taken_at: Option<Timestamp>,
    /// When the first answer was written.
    pub answered_at: Option<Timestamp>,
    /// When the citizen last said something.
    pub citizen_at: Timestamp,
    /// When an officer last wrote.
    pub officer_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// How.
    pub ending: Option<Ending>,
    /// Words by which officers find it again.
    pub labels: Vec<String>,
}

/// Labels that a ticket may have, and the longest, in letters.
pub const MOST_LABELS: usize = 5;
const LONGEST_LABEL: usize = 24;

/// Labels as somebody typed them: between commas, in lower case, each once.
pub fn labels(typed: &str) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for label in typed.split(',') {
        let plain = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let label: String = plain.replace('\0', "").chars().take(LONGEST_LABEL).collect();
        if !label.is_empty() && !labels.contains(&label) && labels.len() < MOST_LABELS {
            labels.push(label);
        }
    }
    labels
}

impl Ticket {
    /// One that nobody has taken yet.
    pub fn new(id: Uuid, from: Address, question: String, topic: Option<String>, now: Timestamp) -> Self {
        Self {
            id,
            from,
            at: None,
            stage: Stage::Waiting,
            officer: None,
            offered: None,
            question,
            topic,
            opened_at: now,
            taken_at: None,
            answered_at: None,
            citizen_at: now,
            officer_at: None,
            closed_at: None,
            ending: None,
            labels: Vec::new(),
        }
    }

    /// The ticket of a conversation without a store.
    pub const IN_TERMINAL: Uuid = Uuid::from_u128(77);

    /// The citizen said something that nobody has answered.
    pub fn waits_for_answer(&self) -> bool {
        match self.stage {
            Stage::Waiting => true,
            Stage::Taken => self.officer_at.is_none_or(|at| at < self.citizen_at),
            Stage::Closed => false,
        }
    }
}

/// Files that may go to and fro in one conversation.
pub const MOST_ENCLOSURES: usize = 20;

/// A file that went between a citizen and an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Its id.
    pub id: Uuid,
    /// Of which conversation.
    pub ticket: Uuid,
    /// The login of the officer who sent it; the citizen did without.
    pub officer: Option<String>,
    /// The file.
    pub file: Document,
    /// How long it is.
    pub bytes: u64,
    /// When.
    pub sent_at: Timestamp,
}

/// What happened at the desk, as the conversation is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskEvent {
    /// Somebody took it.
    Taken {
        /// The ticket.
        ticket: Uuid,
        /// Their name, and that of their office where it has one.
        officer: String,
    },
    /// It waits again.
    Returned {
        /// The ticket.
        ticket: Uuid,
    },
    /// Nobody took it for long.
    Late {
        /// The ticket.
        ticket: Uuid,
    },
    /// It is over.
    Closed {
        /// The ticket.
        ticket: Uuid,
    },
    /// It is over, and the desk is shut to them.
    Shut {
        /// The ticket.
        ticket: Uuid,
        /// Until when.
        until: Timestamp,
    },
    /// The desk is open to them again before that.
    Pardoned,
}

/// What the conversation knows of its ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The ticket.
    pub ticket: Uuid,
    /// Who answers; nobody yet while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}
