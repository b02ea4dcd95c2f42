//! The account of a broadcast: who had it, who did not, and why.
//!
//! **Invariant.** At every moment waiting + sent + failed + skipped + uncertain is everybody in the ledger.

use std::time::Duration;

use super::BroadcastId;
use crate::domain::{Address, Lang};

/// Errors that stop a broadcast: this many, and more than [`WORST_SHARE`] of those tried.
const LEAST_ERRORS: i64 = 5;
/// In a hundred.
const WORST_SHARE: i64 = 5;

/// What became of one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Not tried yet, or being tried.
    Waiting,
    /// The channel took it.
    Sent,
    /// The channel did not take it, and will not.
    Failed,
    /// Not tried, for a reason.
    Skipped,
    /// It may have arrived; it is not repeated.
    Uncertain,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Failed, Self::Skipped, Self::Uncertain];

    /// Its name in the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Uncertain => "uncertain",
        }
    }

    /// Its number in the store; 1 is a send under way, which counts as waiting.
    pub fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Sent => 2,
            Self::Failed => 3,
            Self::Skipped => 4,
            Self::Uncertain => 5,
        }
    }

    /// The outcome of a stored number.
    pub fn from_number(number: i64) -> Self {
        Self::ALL.into_iter().find(|outcome| outcome.number() == number).unwrap_or(Self::Waiting)
    }
}

/// Who has it first: a mistake is seen by few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ring {
    /// Officers.
    Staff,
    /// One hamlet, or the first fifty.
    Pilot,
    /// Everybody.
    All,
}

impl Ring {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Pilot, Self::All];

    /// Its name in the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Pilot => "pilot",
            Self::All => "all",
        }
    }

    /// Its number in the store.
    pub fn number(self) -> i64 {
        self as i64
    }

    /// The ring of a stored number.
    pub fn from_number(number: i64) -> Self {
        Self::ALL.into_iter().find(|ring| ring.number() == number).unwrap_or(Self::All)
    }

    /// The next one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|ring| *ring > self)
    }
}

/// Somebody a broadcast is to be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Of which one.
    pub broadcast: BroadcastId,
    /// Where they are.
    pub to: Address,
    /// What they speak, if that is known.
    pub lang: Option<Lang>,
    /// Where they live; empty when they did not say.
    pub place: String,
    /// In which ring.
    pub ring: Ring,
    /// The channel's id of the message that this one changes or takes back.
    pub replaces: Option<String>,
    /// How often it failed for certain.
    pub tries: i64,
}

/// How many people, of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// In which ring.
    pub ring: Ring,
    /// On which channel, by its name.
    pub channel: String,
    /// What became of them.
    pub outcome: Outcome,
    /// Why; empty for those who have it.
    pub cause: String,
    /// How many.
    pub people: i64,
}

/// How far a broadcast has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Not tried yet.
    pub waiting: i64,
    /// They have it.
    pub sent: i64,
    /// They cannot have it.
    pub failed: i64,
    /// They were not tried.
    pub skipped: i64,
    /// They may have it.
    pub uncertain: i64,
}

impl Progress {
    /// The sum over `counts`.
    pub fn of<'a>(counts: impl IntoIterator<Item = &'a Count>) -> Self {
        let mut progress = Self::default();
        for count in counts {
            *match count.outcome {
                Outcome::Waiting => &mut progress.waiting,
                Outcome::Sent => &mut progress.sent,
                Outcome::Failed => &mut progress.failed,
                Outcome::Skipped => &mut progress.skipped,
                Outcome::Uncertain => &mut progress.uncertain,
            } += count.people;
        }
        progress
    }

    /// Everybody.
    pub fn audience(self) -> i64 {
        self.waiting + self.sent + self.failed + self.skipped + self.uncertain
    }

    /// Those who were tried.
    pub fn tried(self) -> i64 {
        self.sent + self.failed + self.uncertain
    }

    /// How long the rest takes at the pace until now: `began` is how long ago it began. Nothing is promised of the first moments.
    pub fn left(self, began: Duration) -> Option<Duration> {
        const LEAST: i64 = 10;
        let tried = u32::try_from(self.tried()).ok().filter(|_| self.tried() >= LEAST)?;
        let waiting = u32::try_from(self.waiting).ok()?;
        Some(began / tried * waiting)
    }
}

/// Errors among those tried in a ring, by a fault of ours or of the channel, and how many were tried. That somebody blocked the bot
/// is nobody's fault.
fn errors_in<'a>(ring: Option<Ring>, counts: impl IntoIterator<Item = &'a Count>) -> (i64, i64) {
    const NO_FAULT: [&str; 3] = ["unreachable", "window", "paid"];
    let (mut tried, mut errors) = (0, 0);
    for count in counts.into_iter().filter(|count| ring.is_none_or(|ring| count.ring == ring)) {
        match count.outcome {
            Outcome::Sent => tried += count.people,
            Outcome::Failed | Outcome::Uncertain => {
                tried += count.people;
                errors += if NO_FAULT.contains(&count.cause.as_str()) { 0 } else { count.people };
            }
            Outcome::Waiting | Outcome::Skipped => {}
        }
    }
    (errors, tried)
}

/// All errors until now.
pub fn errors<'a>(counts: impl IntoIterator<Item = &'a Count>) -> i64 {
    errors_in(None, counts).0
}

/// Whether a broadcast must stop by itself: too large a part of those tried in a ring are errors, beside `forgiven` that an officer
/// has seen.
pub fn errors_too_many<'a>(ring: Ring, counts: impl IntoIterator<Item = &'a Count>, forgiven: i64) -> bool {
    let (errors, tried) = errors_in(Some(ring), counts);
    let errors = errors - forgiven;
    // Among few, one that failed is a warning: the first rings are there for that.
    let least = if ring == Ring::All { LEAST_ERRORS } else { 1 };
    errors >= least && errors * 100 > tried * WORST_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(ring: Ring, outcome: Outcome, cause: &str, people: i64) -> Count {
        Count { ring, channel: "telegram".into(), outcome, cause: cause.into(), people }
    }

    #[test]
    fn errors_stop_and_people_who_left_do_not() {
        let sent = count(Ring::All, Outcome::Sent, "", 90);
        let blocked = count(Ring::All, Outcome::Failed, "unreachable", 50);
        assert!(!errors_too_many(Ring::All, [&sent, &blocked], 0));
        let refused = count(Ring::All, Outcome::Failed, "rejected", 8);
        assert!(errors_too_many(Ring::All, [&sent, &refused], 0));
        assert!(!errors_too_many(Ring::Pilot, [&sent, &refused], 0), "each ring by itself");
        let few = count(Ring::All, Outcome::Uncertain, "unknown", 4);
        assert!(!errors_too_many(Ring::All, [&sent, &few], 0), "a line that was cut once");
        assert!(errors_too_many(Ring::Staff, [&count(Ring::Staff, Outcome::Failed, "rejected", 1)], 0));
        assert!(!errors_too_many(Ring::All, [&sent, &refused], 8), "seen, and gone on with");
    }

    #[test]
    fn the_rest_takes_as_long_as_the_pace_says() {
        let counts = [count(Ring::All, Outcome::Waiting, "", 300), count(Ring::All, Outcome::Sent, "", 100)];
        let progress = Progress::of(&counts);
        assert_eq!(progress.audience(), 400);
        assert_eq!(progress.left(Duration::from_secs(10)), Some(Duration::from_secs(30)));
        assert_eq!(Progress { sent: 3, waiting: 9, ..Progress::default() }.left(Duration::from_secs(1)), None);
    }
}
