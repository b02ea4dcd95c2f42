//! How fast a channel and each recipient may be written to.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::channel::Rate;
use crate::domain::Timestamp;

/// Recipients that were not written to for this long are forgotten: longer than any vendor's span.
const FORGET_AFTER: Duration = Duration::from_secs(120);

/// The last sends under one rate: at most `messages` of them lie in any span, wherever it begins.
#[derive(Clone, Debug, Default)]
struct Window(VecDeque<Timestamp>);

impl Window {
    /// When the next send may be; `now` when it may be at once.
    fn ready(&self, rate: Rate, now: Timestamp) -> Timestamp {
        let limit = rate.messages.max(1) as usize;
        match self.0.len().checked_sub(limit).and_then(|at| self.0.get(at)) {
            Some(oldest) => oldest.plus(rate.span).max(now),
            None => now,
        }
    }

    fn sent(&mut self, rate: Rate, now: Timestamp) {
        self.0.push_back(now);
        while self.0.len() > rate.messages.max(1) as usize {
            self.0.pop_front();
        }
    }

    /// How many sends may still be at `now`.
    fn room(&self, rate: Rate, now: Timestamp) -> u32 {
        let since = now.minus(rate.span);
        let used = self.0.iter().filter(|at| **at > since).count();
        rate.messages.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
    }
}

/// The pace of one channel. Time is handed in.
#[derive(Debug, Default)]
pub struct Pacer {
    overall: Window,
    peers: HashMap<String, Window>,
    held: HashMap<String, Timestamp>,
    /// Nobody at all may be written to before this.
    all_held: Timestamp,
}

impl Pacer {
    /// How many messages may go out at `now` over all recipients.
    pub fn room(&self, overall: Option<Rate>, now: Timestamp) -> u32 {
        if self.all_held > now {
            return 0;
        }
        overall.map_or(u32::MAX, |rate| self.overall.room(rate, now))
    }

    /// When there is room again over all recipients.
    pub fn next_room(&self, overall: Option<Rate>, now: Timestamp) -> Timestamp {
        overall.map_or(now, |rate| self.overall.ready(rate, now)).max(self.all_held)
    }

    /// When `peer` may be written to: `now` when at once.
    pub fn ready(&self, peer: &str, rate: Option<Rate>, now: Timestamp) -> Timestamp {
        let paced = match (rate, self.peers.get(peer)) {
            (Some(rate), Some(window)) => window.ready(rate, now),
            _ => now,
        };
        self.held.get(peer).map_or(paced, |until| paced.max(*until))
    }

    /// Notes a send to `peer`.
    pub fn sent(&mut self, peer: &str, overall: Option<Rate>, rate: Option<Rate>, now: Timestamp) {
        if let Some(overall) = overall {
            self.overall.sent(overall, now);
        }
        if let Some(rate) = rate {
            self.peers.entry(peer.to_owned()).or_default().sent(rate, now);
        }
    }

    /// The vendor asked to leave `peer` alone until then.
    pub fn hold(&mut self, peer: &str, until: Timestamp) {
        self.held.insert(peer.to_owned(), until);
    }

    /// The vendor asked to send nothing at all until then.
    pub fn hold_all(&mut self, until: Timestamp) {
        self.all_held = self.all_held.max(until);
    }

    /// Drops what no longer matters.
    pub fn tidy(&mut self, now: Timestamp) {
        let old = now.minus(FORGET_AFTER);
        self.peers.retain(|_, window| window.0.back().is_some_and(|last| *last > old));
        self.held.retain(|_, until| *until > now);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PER_SECOND: Rate = Rate { messages: 1, span: Duration::from_secs(1) };
    const THIRTY: Rate = Rate { messages: 30, span: Duration::from_secs(1) };

    #[test]
    fn a_chat_waits_a_second_and_others_do_not() {
        let mut pacer = Pacer::default();
        let now = Timestamp(10_000);
        pacer.sent("a", None, Some(PER_SECOND), now);
        assert_eq!(pacer.ready("a", Some(PER_SECOND), now), Timestamp(11_000));
        assert_eq!(pacer.ready("b", Some(PER_SECOND), now), now);
    }

    #[test]
    fn a_held_chat_waits_as_long_as_the_vendor_asked() {
        let mut pacer = Pacer::default();
        pacer.hold("a", Timestamp(45_000));
        assert_eq!(pacer.ready("a", Some(PER_SECOND), Timestamp(10_000)), Timestamp(45_000));
        pacer.tidy(Timestamp(45_000));
        assert_eq!(pacer.ready("a", Some(PER_SECOND), Timestamp(45_000)), Timestamp(45_000));
    }

    #[test]
    fn a_held_channel_sends_nothing_to_anybody() {
        let mut pacer = Pacer::default();
        pacer.hold_all(Timestamp(60_000));
        assert_eq!(pacer.room(None, Timestamp(59_999)), 0);
        assert_eq!(pacer.next_room(None, Timestamp(10)), Timestamp(60_000));
        assert!(pacer.room(None, Timestamp(60_000)) > 0);
    }

    proptest! {
        #[test]
        fn no_span_ever_holds_more_than_the_rate(gaps in prop::collection::vec(0i64..200, 1..300)) {
            let mut pacer = Pacer::default();
            let (mut now, mut sends) = (Timestamp(0), Vec::new());
            for gap in gaps {
                now = Timestamp(now.0 + gap);
                if pacer.room(Some(THIRTY), now) > 0 {
                    prop_assert!(pacer.next_room(Some(THIRTY), now) <= now);
                    pacer.sent("a", Some(THIRTY), None, now);
                    sends.push(now);
                } else {
                    prop_assert!(pacer.next_room(Some(THIRTY), now) > now);
                }
            }
            for at in &sends {
                let in_span = sends.iter().filter(|other| **other >= *at && other.0 < at.0 + 1000).count();
                prop_assert!(in_span <= 30, "{in_span} sends in a second");
            }
        }
    }
}
