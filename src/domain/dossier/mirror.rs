//! What a citizen may know of a dossier now, as it follows from the claims.

use serde::{Deserialize, Serialize};

use super::{Claim, DossierCode, Fee, Status};
use crate::domain::Timestamp;

/// Changes that are kept until they are told; older ones matter no more.
const MOST_CHANGES: usize = 12;

/// A dossier as we mirror it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Its code, as the source writes it.
    pub code: DossierCode,
    /// How it stands.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// The newest time that any claim told.
    #[serde(default)]
    pub heard: Timestamp,
    /// That claim had no time of its own, and was given that of its arrival.
    #[serde(default)]
    pub heard_undated: bool,
    /// The code of its procedure.
    #[serde(default)]
    pub procedure: Option<String>,
    /// The procedure's name of the day.
    #[serde(default)]
    pub procedure_name: Option<String>,
    /// The office that handles it.
    #[serde(default)]
    pub office: Option<String>,
    /// The officer who handles it.
    #[serde(default)]
    pub officer: Option<String>,
    /// The applicant, masked.
    #[serde(default)]
    pub applicant: Option<String>,
    /// When it was received.
    #[serde(default)]
    pub received: Option<Timestamp>,
    /// When the result is promised.
    #[serde(default)]
    pub appointment: Option<Timestamp>,
    /// Which papers are missing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// What is to be paid.
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// Why it stands so.
    #[serde(default)]
    pub note: Option<String>,
    /// A source said that a closed dossier is open again; a person has to look.
    #[serde(default)]
    pub disputed: Option<Status>,
    /// What changed and was not told yet, oldest first.
    #[serde(default)]
    pub untold: Vec<Change>,
}

/// A change that followers are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It stands otherwise.
    Status(Status, Timestamp),
    /// The result is promised for another day: before, and now.
    Appointment(Option<Timestamp>, Timestamp),
    /// Other papers are missing, or another fee is due, than was told.
    Request(Timestamp),
}

impl Dossier {
    /// The dossier that a first claim tells of.
    pub fn first(claim: &Claim) -> Self {
        let mut dossier = Self {
            code: claim.code.clone(),
            status: claim.status,
            since: claim.at,
            heard: claim.at,
            heard_undated: claim.undated,
            procedure: None,
            procedure_name: None,
            office: None,
            officer: None,
            applicant: None,
            received: None,
            appointment: None,
            missing: Vec::new(),
            fees: Vec::new(),
            note: None,
            disputed: None,
            untold: vec![Change::Status(claim.status, claim.at)],
        };
        dossier.fill(claim, true);
        dossier
    }

    /// Takes one more claim. One that is older than what is known fills gaps and changes nothing else; one that would open a
    /// closed dossier again is noted, and a person has to look.
    pub fn take(&mut self, claim: &Claim) {
        // Of the same day, a claim with a time of its own counts more than one that got the time of its arrival.
        let outranks = self.heard_undated && !claim.undated && claim.at.date() >= self.heard.date();
        let newer = claim.at >= self.heard || outranks;
        if newer {
            (self.heard, self.heard_undated) = (claim.at.max(self.heard), claim.undated);
        }
        if newer && self.status.is_closed() && claim.status != self.status {
            self.disputed = Some(claim.status);
            return;
        }
        if newer {
            self.disputed = None;
        }
        let before = (self.appointment, self.missing.clone(), self.fees.clone());
        if newer && claim.status != self.status {
            self.status = claim.status;
            self.since = claim.at;
            (self.missing, self.fees, self.note) = (Vec::new(), Vec::new(), None);
            self.change(Change::Status(claim.status, claim.at));
        }
        self.fill(claim, newer);
        let told = matches!(self.untold.last(), Some(Change::Status(_, at)) if *at == claim.at);
        if newer && !told {
            if let Some(now) = self.appointment.filter(|now| before.0 != Some(*now)) {
                self.change(Change::Appointment(before.0, now));
            } else if (&self.missing, &self.fees) != (&before.1, &before.2) {
                self.change(Change::Request(claim.at));
            }
        }
    }

    /// Believes the source that says that a closed dossier is open again. False when none does.
    pub fn reopen(&mut self) -> bool {
        let Some(status) = self.disputed.take() else { return false };
        (self.status, self.since) = (status, self.heard);
        self.change(Change::Status(status, self.heard));
        true
    }

    fn change(&mut self, change: Change) {
        if self.untold.len() == MOST_CHANGES {
            self.untold.remove(0);
        }
        self.untold.push(change);
    }

    /// Takes what a claim tells: all of it when it is the newest, else only what is not known yet.
    fn fill(&mut self, claim: &Claim, newer: bool) {
        fn put<T: Clone>(known: &mut Option<T>, told: &Option<T>, newer: bool) {
            if told.is_some() && (newer || known.is_none()) {
                known.clone_from(told);
            }
        }
        put(&mut self.procedure, &claim.procedure, newer);
        put(&mut self.procedure_name, &claim.procedure_name, newer);
        put(&mut self.office, &claim.office, newer);
        put(&mut self.officer, &claim.officer, newer);
        put(&mut self.applicant, &claim.applicant.as_deref().map(masked_name), newer);
        put(&mut self.received, &claim.received, newer);
        put(&mut self.appointment, &claim.appointment, newer);
        if newer {
            put(&mut self.note, &claim.note, true);
            if !claim.missing.is_empty() {
                self.missing.clone_from(&claim.missing);
            }
            if !claim.fees.is_empty() {
                self.fees.clone_from(&claim.fees);
            }
        }
    }

    /// Whether the promised time is over at `now`, and the office is still at work. Time in which it waits for the citizen does
    /// not count: the source tells a new date after that.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status.is_running() && self.appointment.is_some_and(|appointment| appointment.end_of_promise() < now)
    }
}

/// A name as others may see it: the first letters of all but the last part, `N. V. Thử`.
pub fn masked_name(name: &str) -> String {
    // A number beside the name is none of it.
    let words = name.split_whitespace().filter(|word| !word.contains(|letter: char| letter.is_ascii_digit()));
    let words: Vec<&str> = words.collect();
    let Some((last, others)) = words.split_last() else { return String::new() };
    let initials = others.iter().filter_map(|word| word.chars().next()).map(|letter| format!("{}. ", letter.to_uppercase()));
    let mut letters = last.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{}{first}{}", initials.collect::<String>(), letters.as_str().to_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn claim(at: i64, status: Status) -> Claim {
        Claim {
            event: format!("e{at}"),
            code: DossierCode::read("H44.101-261015-0042").unwrap(),
            at: Timestamp(at),
            undated: false,
            status,
            procedure: None,
            procedure_name: None,
            office: None,
            officer: None,
            applicant: None,
            received: None,
            appointment: None,
            missing: Vec::new(),
            fees: Vec::new(),
            note: None,
        }
    }

    fn folded(claims: &[Claim]) -> Dossier {
        let (first, others) = claims.split_first().unwrap();
        let mut dossier = Dossier::first(first);
        others.iter().for_each(|claim| dossier.take(claim));
        dossier
    }

    #[test]
    fn an_older_claim_fills_gaps_and_changes_nothing_else() {
        let mut old = claim(1, Status::Received);
        old.applicant = Some("NGUYỄN VĂN THỬ".into());
        old.appointment = Some(Timestamp(50));
        let dossier = folded(&[claim(2, Status::Processing), old]);
        assert_eq!((dossier.status, dossier.since), (Status::Processing, Timestamp(2)));
        assert_eq!((dossier.applicant.as_deref(), dossier.appointment), (Some("N. V. Thử"), Some(Timestamp(50))));
        assert_eq!(dossier.untold, [Change::Status(Status::Processing, Timestamp(2))]);
    }

    #[test]
    fn a_time_of_arrival_counts_less_than_one_that_was_told() {
        let undated = Claim { undated: true, ..claim(36_000_000, Status::Processing) };
        let earlier_that_day = claim(34_000_000, Status::Decided);
        assert_eq!(folded(&[undated.clone(), earlier_that_day]).status, Status::Decided);
        let days_before = claim(-200_000_000, Status::Received);
        assert_eq!(folded(&[undated, days_before]).status, Status::Processing);
    }

    #[test]
    fn a_closed_dossier_never_opens_unnoticed() {
        let dossier = folded(&[claim(1, Status::HandedOver), claim(2, Status::Processing)]);
        assert_eq!((dossier.status, dossier.disputed), (Status::HandedOver, Some(Status::Processing)));
        assert_eq!(dossier.untold.len(), 1, "nobody is told");
        let stopped = folded(&[claim(1, Status::Stopped), claim(2, Status::Processing)]);
        assert_eq!((stopped.status, stopped.disputed), (Status::Processing, None), "a stop may be for a while");
    }

    #[test]
    fn a_request_goes_when_it_is_met_and_a_new_one_is_told() {
        let mut asks = claim(1, Status::PapersMissing);
        asks.missing = vec!["Giấy chứng sinh".into()];
        let again = Claim { missing: vec!["Sổ hồng".into()], at: Timestamp(2), ..asks.clone() };
        let dossier = folded(&[asks, again.clone(), again]);
        assert_eq!(dossier.untold.last(), Some(&Change::Request(Timestamp(2))));
        assert_eq!(dossier.untold.len(), 2, "the same again is nothing new");
        let mut dossier = dossier;
        dossier.take(&claim(3, Status::Processing));
        assert!(dossier.missing.is_empty());
        let moved = Claim { appointment: Some(Timestamp(99)), ..claim(4, Status::Processing) };
        dossier.take(&moved);
        assert_eq!(dossier.untold.last(), Some(&Change::Appointment(None, Timestamp(99))));
    }

    #[test]
    fn overdue_is_the_office_and_not_the_citizen() {
        let at = |status| folded(&[Claim { appointment: Some(Timestamp(10)), ..claim(1, status) }]);
        assert!(at(Status::Processing).is_overdue(Timestamp(11)) && !at(Status::Processing).is_overdue(Timestamp(10)));
        for status in [Status::PapersMissing, Status::PaymentDue, Status::Decided, Status::HandedOver] {
            assert!(!at(status).is_overdue(Timestamp(11)), "{status:?}");
        }
    }

    #[test]
    fn names_are_masked() {
        assert_eq!(masked_name("NGUYỄN VĂN THỬ"), "N. V. Thử");
        assert_eq!(masked_name("công ty đất việt"), "C. T. Đ. Việt");
        assert_eq!(masked_name("NGUYỄN VĂN A 0912345678"), "N. V. A");
        assert_eq!(masked_name("  "), "");
    }

    proptest! {
        /// Claims may arrive in any order; where it ends is the same, unless a closed dossier was to open again.
        #[test]
        fn the_order_of_arrival_does_not_matter(
            statuses in prop::collection::vec(prop::sample::select(vec![
                Status::Submitted, Status::Received, Status::Processing, Status::PapersMissing, Status::Decided]), 1..6),
            order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let claims: Vec<Claim> = (1..).zip(&statuses).map(|(at, status)| claim(at, *status)).collect();
            let other: Vec<Claim> = order.iter().filter_map(|at| claims.get(*at).cloned()).collect();
            let (one, other) = (folded(&claims), folded(&other));
            prop_assert_eq!(one.status, other.status);
            prop_assert!(one.disputed.is_none() && other.disputed.is_none());
        }
    }
}
