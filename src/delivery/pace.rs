//! How fast a channel and each recipient may be written to.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::channel::Rate;
use crate::domain::Timestamp;

/// Recipients that were not written to for this long are forgotten: longer than any vendor's span.
const FORGET_AFTER: Duration = Duration::from_secs(120);
/// The part of a vendor's span that is added to it over all recipients: what leaves here in order may arrive a little closer
/// together, and the vendor counts where it arrives. It costs a little more than one in a hundred of the rate.
const MARGIN: u32 = 80;
/// Who was written to once is forgotten after this: longer than the span of any rate to one person; groups are few.
const FORGET_SINGLE: Duration = Duration::from_secs(60);
/// How often it is looked who can be forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(1);
/// Bulk goes evenly, so that an answer never waits for a whole span; late by at most that, it catches up.
const CATCH_UP: Duration = Duration::from_millis(25);

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

impl Rate {
    /// The rate with the margin.
    fn padded(self) -> Self {
        Self { span: self.span + self.span / MARGIN, ..self }
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
    /// No bulk may go before this.
    bulk_held: Timestamp,
    /// When the next bulk message may go, in microseconds.
    next_bulk: i64,
    tidied: Timestamp,
}

impl Pacer {
    /// How many messages may go out at `now` over all recipients.
    pub fn room(&self, overall: Option<Rate>, now: Timestamp) -> u32 {
        if self.all_held > now {
            return 0;
        }
        overall.map_or(u32::MAX, |rate| self.overall.room(rate.padded(), now))
    }

    /// When there is room again over all recipients.
    pub fn next_room(&self, overall: Option<Rate>, now: Timestamp) -> Timestamp {
        overall.map_or(now, |rate| self.overall.ready(rate.padded(), now)).max(self.all_held)
    }

    /// When `peer` may be written to: `now` when at once.
    pub fn ready(&self, peer: &str, rate: Option<Rate>, now: Timestamp) -> Timestamp {
        let paced = match (rate, self.peers.get(peer)) {
            (Some(rate), Some(window)) => window.ready(rate, now),
            _ => now,
        };
        self.held.get(peer).map_or(paced, |until| paced.max(*until))
    }

    /// Notes a send that leaves now.
    pub fn sent(&mut self, overall: Option<Rate>, now: Timestamp) {
        if let Some(overall) = overall {
            self.overall.sent(overall, now);
        }
    }

    /// Notes a send to `peer`.
    pub fn sent_to(&mut self, peer: &str, rate: Option<Rate>, now: Timestamp) {
        if let Some(rate) = rate {
            self.peers.entry(peer.to_owned()).or_default().sent(rate, now);
        }
    }

    /// How many bulk messages may go at `now`: what replies and notices left, and no faster than evenly.
    pub fn bulk_room(&self, overall: Option<Rate>, now: Timestamp) -> u32 {
        let room = if self.bulk_held > now { 0 } else { self.room(overall, now) };
        let Some(overall) = overall else { return room };
        let late = now.0 * 1_000 - self.next_bulk;
        if late < 0 {
            return 0;
        }
        let evenly = late.min(micros(CATCH_UP)) / gap(overall) + 1;
        room.min(u32::try_from(evenly).unwrap_or(u32::MAX))
    }

    /// When there is room for bulk again.
    pub fn next_bulk_room(&self, overall: Option<Rate>, now: Timestamp) -> Timestamp {
        let evenly = Timestamp(self.next_bulk.div_euclid(1_000) + i64::from(self.next_bulk.rem_euclid(1_000) > 0));
        self.next_room(overall, now).max(self.bulk_held).max(if overall.is_some() { evenly } else { now })
    }

    /// Notes that so many bulk messages were taken on.
    pub fn bulk_taken(&mut self, overall: Option<Rate>, messages: u32, now: Timestamp) {
        let Some(overall) = overall else { return };
        let from = self.next_bulk.max(now.0 * 1_000 - micros(CATCH_UP));
        self.next_bulk = from + gap(overall) * i64::from(messages);
    }

    /// The vendor asked to leave `peer` alone until then.
    pub fn hold(&mut self, peer: &str, until: Timestamp) {
        self.held.insert(peer.to_owned(), until);
    }

    /// The vendor asked to send nothing at all until then.
    pub fn hold_all(&mut self, until: Timestamp) {
        self.all_held = self.all_held.max(until);
    }

    /// The vendor asked to wait, perhaps for this chat only: bulk waits until then.
    pub fn hold_bulk(&mut self, until: Timestamp) {
        self.bulk_held = self.bulk_held.max(until);
    }

    /// Drops what no longer matters, now and then.
    pub fn tidy(&mut self, now: Timestamp) {
        if self.tidied.until(now) < TIDY_EVERY {
            return;
        }
        self.tidied = now;
        let old = now.minus(FORGET_AFTER);
        let single = now.minus(FORGET_SINGLE);
        // A broadcast writes once to very many.
        self.peers.retain(|_, window| window.0.back().is_some_and(|last| *last > if window.0.len() > 1 { old } else { single }));
        self.held.retain(|_, until| *until > now);
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

/// Microseconds between two bulk messages.
fn gap(overall: Rate) -> i64 {
    (micros(overall.padded().span) / i64::from(overall.messages.max(1))).max(1)
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
        pacer.sent_to("a", Some(PER_SECOND), now);
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
                    pacer.sent(Some(THIRTY), now);
                    sends.push(now);
                } else {
                    prop_assert!(pacer.next_room(Some(THIRTY), now) > now);
                }
            }
            // Bulk alone: as even, and nearly as many as the vendor permits.
            let mut bulk = Pacer::default();
            let mut taken = 0;
            for now in (0..10_000).map(Timestamp) {
                let room = bulk.bulk_room(Some(THIRTY), now);
                prop_assert!(room <= 1);
                bulk.bulk_taken(Some(THIRTY), room, now);
                (0..room).for_each(|_| bulk.sent(Some(THIRTY), now));
                taken += room;
            }
            prop_assert!((291..=300).contains(&taken), "{taken} of 300");
            for at in &sends {
                let in_span = sends.iter().filter(|other| **other >= *at && other.0 < at.0 + 1000).count();
                prop_assert!(in_span <= 30, "{in_span} sends in a second");
            }
        }
    }
}
