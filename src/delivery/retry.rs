//! What happens to a message after a send, and whether an uncertain one is sent again. Pure.

use std::time::Duration;

use crate::domain::{Priority, SendError, Timestamp, Unreachable};
use crate::store::outbox::{Claimed, Outcome};

/// First wait after a failure; doubled with each.
const FIRST_WAIT: Duration = Duration::from_secs(2);
/// Longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// An answer is worth nothing a day later; and Telegram keeps its updates for as long.
const GIVE_UP_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
/// A vendor that says it failed, for so long: should it have sent all the same, nobody is told the same for a whole day.
const FAILED_GIVES_UP: Duration = Duration::from_secs(3 * 60 * 60);
/// Wait before an uncertain message is sent once more, so that a short cut of the line is over.
const UNCERTAIN_WAIT: Duration = Duration::from_secs(3);
/// Shortest wait the vendor may ask for: some ask for zero seconds.
pub(super) const LEAST_HOLD: Duration = Duration::from_secs(1);

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is over.
    Settle(Outcome),
    /// Certainly not sent: again later. `failed` counts as a failed try.
    Again {
        /// Not before this.
        at: Timestamp,
        /// Whether it counts as a failure; a wait the vendor asks for does not.
        failed: bool,
    },
    /// Perhaps sent: once more later.
    Uncertain {
        /// Not before this.
        at: Timestamp,
    },
    /// Nobody is there: this and everything else for them is over there; notices try the citizen's other places.
    NobodyThere,
    /// Their window is closed: this goes to another place of theirs, or is kept.
    Closed,
    /// The topic of a group is not there any more.
    NoTopic,
    /// They are elsewhere: send it there.
    Moved(String),
}

/// Whether a claimed message may be sent at all: one whose last send has no known outcome is sent once more at most,
/// and never when it is bulk.
pub fn before(claimed: &Claimed) -> Option<Fate> {
    let repeats = claimed.in_flight - 1;
    let allowed = if claimed.outbound.priority == Priority::Bulk { 0 } else { 1 };
    (repeats > allowed).then_some(Fate::Settle(Outcome::Unknown))
}

/// What becomes of `claimed` after its send failed with `error` at `now`.
pub fn after(claimed: &Claimed, error: &SendError, now: Timestamp) -> Fate {
    match error {
        SendError::Throttled(_) if is_stale_reply(claimed, now) => Fate::Settle(Outcome::GaveUp),
        SendError::RetryAfter(wait) | SendError::Throttled(wait) => {
            Fate::Again { at: now.plus((*wait).max(LEAST_HOLD)), failed: false }
        }
        SendError::Unreachable(Unreachable::Moved(peer)) => Fate::Moved(peer.clone()),
        SendError::Unreachable(Unreachable::Blocked | Unreachable::Gone) => Fate::NobodyThere,
        SendError::Unreachable(Unreachable::Closed) => Fate::Closed,
        SendError::Unreachable(Unreachable::NoTopic) => Fate::NoTopic,
        SendError::Rejected(_) => Fate::Settle(Outcome::Rejected),
        SendError::Unknown(_) => {
            let again = before(&Claimed { in_flight: claimed.in_flight + 1, ..claimed.clone() });
            again.unwrap_or(Fate::Uncertain { at: now.plus(UNCERTAIN_WAIT) })
        }
        // Whoever is told in bulk is told once at most: a vendor that failed may have begun.
        SendError::Failed(_) if claimed.outbound.priority == Priority::Bulk => Fate::Settle(Outcome::Unknown),
        SendError::Failed(_) if claimed.created_at.plus(FAILED_GIVES_UP) <= now => Fate::Settle(Outcome::Unknown),
        SendError::Transient(_) if claimed.created_at.plus(GIVE_UP_AFTER) <= now => Fate::Settle(Outcome::GaveUp),
        SendError::Failed(_) | SendError::Transient(_) => Fate::Again { at: now.plus(wait(claimed.attempts)), failed: true },
    }
}

/// An answer that nobody waits for any more; notices are kept.
fn is_stale_reply(claimed: &Claimed, now: Timestamp) -> bool {
    claimed.outbound.priority == Priority::Reply && claimed.created_at.plus(GIVE_UP_AFTER) <= now
}

/// 2, 4, 8 … seconds, a quarter of an hour at most.
pub(super) fn wait(failures: i64) -> Duration {
    let doublings = u32::try_from(failures.clamp(0, 16)).unwrap_or(16);
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Address, ChannelName, Message};
    use crate::store::outbox::Outbound;

    fn claimed(priority: Priority, in_flight: i64) -> Claimed {
        let outbound =
            Outbound { id: "1".into(), to: Address::new(ChannelName::Telegram, "5"), priority, message: Message::default() };
        Claimed { outbound, in_flight, attempts: 0, created_at: Timestamp(0), lease_until: Timestamp(0) }
    }

    #[test]
    fn an_uncertain_reply_is_repeated_once_and_bulk_never() {
        assert_eq!(before(&claimed(Priority::Reply, 1)), None);
        assert_eq!(before(&claimed(Priority::Notice, 2)), None);
        assert_eq!(before(&claimed(Priority::Reply, 3)), Some(Fate::Settle(Outcome::Unknown)));
        assert_eq!(before(&claimed(Priority::Bulk, 2)), Some(Fate::Settle(Outcome::Unknown)));
    }

    #[test]
    fn a_lost_answer_makes_a_reply_uncertain_and_ends_bulk() {
        let lost = SendError::Unknown("cut".into());
        assert!(matches!(after(&claimed(Priority::Reply, 1), &lost, Timestamp(0)), Fate::Uncertain { .. }));
        assert_eq!(after(&claimed(Priority::Reply, 2), &lost, Timestamp(0)), Fate::Settle(Outcome::Unknown));
        assert_eq!(after(&claimed(Priority::Bulk, 1), &lost, Timestamp(0)), Fate::Settle(Outcome::Unknown));
    }

    #[test]
    fn the_vendor_says_how_long_to_wait() {
        let asked = SendError::RetryAfter(Duration::from_secs(35));
        assert_eq!(
            after(&claimed(Priority::Reply, 1), &asked, Timestamp(0)),
            Fate::Again { at: Timestamp(35_000), failed: false }
        );
    }

    #[test]
    fn a_channel_that_stands_still_keeps_notices_and_gives_up_answers_after_a_day() {
        let wait = SendError::Throttled(Duration::from_secs(600));
        let later = Timestamp(86_400_000);
        assert_eq!(after(&claimed(Priority::Reply, 1), &wait, later), Fate::Settle(Outcome::GaveUp));
        assert!(matches!(after(&claimed(Priority::Notice, 1), &wait, later), Fate::Again { failed: false, .. }));
    }

    #[test]
    fn a_vendor_that_fails_is_tried_again_for_three_hours_and_never_in_bulk() {
        let failed = SendError::Failed("502".into());
        assert_eq!(
            after(&claimed(Priority::Reply, 1), &failed, Timestamp(0)),
            Fate::Again { at: Timestamp(2_000), failed: true }
        );
        assert_eq!(after(&claimed(Priority::Reply, 1), &failed, Timestamp(10_800_000)), Fate::Settle(Outcome::Unknown));
        assert_eq!(after(&claimed(Priority::Bulk, 1), &failed, Timestamp(0)), Fate::Settle(Outcome::Unknown));
    }

    #[test]
    fn failures_wait_longer_and_longer_and_end_after_a_day() {
        let down = SendError::Transient("down".into());
        assert_eq!(after(&claimed(Priority::Reply, 1), &down, Timestamp(0)), Fate::Again { at: Timestamp(2_000), failed: true });
        let late = Claimed { attempts: 40, ..claimed(Priority::Reply, 1) };
        assert_eq!(after(&late, &down, Timestamp(0)), Fate::Again { at: Timestamp(900_000), failed: true });
        assert_eq!(after(&late, &down, Timestamp(86_400_000)), Fate::Settle(Outcome::GaveUp));
    }
}
