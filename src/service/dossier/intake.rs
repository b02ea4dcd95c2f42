//! Taking in what an agency tells: each row on its own, each event once, all of them in one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::mapping::Mapping;
use super::read::{Read, Refusal, read};
use crate::domain::{Claim, Clock, Dossier, DossierCode, Timestamp};
use crate::seal::Keyring;
use crate::service::again::persistently;
use crate::store::dossier::{self, Stored};
use crate::store::{Result, Store, StoreError, Tx, agency, follow};

/// How often a batch is begun again whose new dossier another process wrote first.
const TRIES: u32 = 5;
/// What hashes of second facts are made for.
pub(super) const PHONE: &str = "dossier phone";
pub(super) const IDENTITY: &str = "dossier identity";

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Outcome {
    /// It was taken in.
    Accepted,
    /// Its event was told before; nothing was done.
    Duplicate,
    /// It cannot be taken in.
    Refused(Refusal),
}

/// One row's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowAnswer {
    /// Which row, counted from 0.
    pub row: usize,
    /// The event's id: the source's, or the one that was made of the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Takes events in.
#[derive(Clone)]
pub struct Intake {
    /// The database.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// What second facts are hashed with.
    pub keys: Keyring,
    /// Changes so close together become one message.
    pub gather: Duration,
}

impl Intake {
    /// Takes in the rows of an agency. What was accepted is on disk when this returns, in full or, with an error, not at all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take(&self, agency: &str, mapping: Mapping, rows: Vec<Value>) -> Result<Vec<RowAnswer>> {
        let now = self.clock.now();
        let reading = move || rows.par_iter().map(|row| read(row, &mapping, now)).collect::<Vec<_>>();
        let rows = tokio::task::spawn_blocking(reading).await;
        let rows = rows.unwrap_or_else(|error| unreachable!("reading rows does not panic: {error}"));
        for _ in 0..TRIES {
            let written = persistently(|| self.write(agency, &rows, now)).await?;
            if let Some(outcomes) = written {
                let answers = rows.into_iter().zip(outcomes).enumerate();
                let id = |read: Result<Read, Refusal>| read.ok().map(|read| read.claim.event);
                return Ok(answers.map(|(row, (read, outcome))| RowAnswer { row, event_id: id(read), outcome }).collect());
            }
        }
        Err(StoreError::Unreadable { what: "batch", cause: "others keep writing the same dossiers".to_owned() })
    }

    /// Writes what was read, in one transaction: what became of each row. `None` when another process wrote a dossier first.
    async fn write(&self, agency: &str, rows: &[Result<Read, Refusal>], now: Timestamp) -> Result<Option<Vec<Outcome>>> {
        let mut tx = self.store.write().await?;
        let keys: BTreeSet<String> = rows.iter().flatten().map(|read| read.claim.code.key()).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let known = dossier::hold(&mut tx, &keys).await?;
        let prefixes = agency::prefixes(&mut tx).await?;
        let mut first: HashMap<&str, &Read> = HashMap::new();
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(rows.len());
        for row in rows {
            let read = match row {
                Ok(read) => read,
                Err(refusal) => {
                    outcomes.push(Outcome::Refused(refusal.clone()));
                    continue;
                }
            };
            let foreign = known.get(&read.claim.code.key()).is_some_and(|stored| stored.agency != agency);
            outcomes.push(match first.get(read.claim.event.as_str()) {
                _ if foreign => refused("code", "another agency tells of this dossier"),
                _ if !is_theirs(&prefixes, agency, &read.claim.code) => refused("code", "is not of this agency"),
                Some(other) if other.claim == read.claim => Outcome::Duplicate,
                Some(_) => refused("event_id", "stands for something else in the same request"),
                None => {
                    first.insert(&read.claim.event, read);
                    Outcome::Accepted
                }
            });
        }
        let mut claims: Vec<Claim> = first.values().map(|read| read.claim.clone()).collect();
        // Two batches with the same events wait for one another instead of blocking each other for ever.
        claims.sort_by(|a, b| a.event.cmp(&b.event));
        let new = dossier::record(&mut tx, agency, &claims, now).await?;
        for (outcome, row) in outcomes.iter_mut().zip(rows) {
            let known = row.as_ref().is_ok_and(|read| !new.contains(&read.claim.event));
            if *outcome == Outcome::Accepted && known {
                *outcome = Outcome::Duplicate;
            }
        }
        let mut by_key: BTreeMap<String, Vec<&Read>> = BTreeMap::new();
        for read in first.into_values().filter(|read| new.contains(&read.claim.event)) {
            by_key.entry(read.claim.code.key()).or_default().push(read);
        }
        if !self.fold(&mut tx, agency, by_key, known, now).await? {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(outcomes))
    }

    /// Folds new claims into their dossiers. False when another process wrote one of them first.
    async fn fold(
        &self,
        tx: &mut Tx,
        agency: &str,
        by_key: BTreeMap<String, Vec<&Read>>,
        mut known: HashMap<String, Stored>,
        now: Timestamp,
    ) -> Result<bool> {
        let keys: Vec<String> = by_key.keys().cloned().collect();
        let followed = follow::followed(tx, &keys).await?;
        let (mut old, mut fresh) = (Vec::new(), Vec::new());
        for (key, mut reads) in by_key {
            reads.sort_by_key(|read| read.claim.at);
            let heard = known.get(&key).map_or(Timestamp(i64::MIN), |stored| stored.dossier.heard);
            // A second fact is replaced by what is newest, and only filled in by what is older.
            let current = reads.iter().any(|read| read.claim.at >= heard);
            let newest = |fact: fn(&Read) -> Option<&String>| reads.iter().rev().find_map(|read| fact(read)).cloned();
            let (phone, identity) = (newest(|read| read.phone.as_ref()), newest(|read| read.identity.as_ref()));
            let mut reads = reads.iter().map(|read| &read.claim);
            let before = known.remove(&key);
            let is_new = before.is_none();
            let Some(mut stored) = before.or_else(|| reads.next().map(|claim| first(&key, agency, claim))) else { continue };
            reads.for_each(|claim| stored.dossier.take(claim));
            let hash = |purpose, digits: String| self.keys.digests(purpose, &format!("{key} {digits}")).swap_remove(0);
            let put = |known: &mut Option<String>, told: Option<String>| {
                if told.is_some() && (current || known.is_none()) {
                    *known = told;
                }
            };
            put(&mut stored.phone, phone.map(|digits| hash(PHONE, digits)));
            put(&mut stored.identity, identity.map(|digits| hash(IDENTITY, digits)));
            if let Some(status) = stored.dossier.disputed {
                tracing::warn!(dossier = key, agency, status = status.number(), "a closed dossier is said to be open again");
            }
            if !followed.contains(&key) {
                stored.dossier.untold.clear();
            } else if !stored.dossier.untold.is_empty() && stored.tell_at.is_none() {
                stored.tell_at = Some(now.plus(self.gather));
            }
            if is_new { fresh.push(stored) } else { old.push(stored) }
        }
        dossier::save(tx, &old, false, now).await?;
        dossier::save(tx, &fresh, true, now).await
    }
}

/// Whether an agency may tell of a code: it is under its prefixes, or, where it has none, under nobody's. The longest counts.
fn is_theirs(prefixes: &[(String, Vec<String>)], agency: &str, code: &DossierCode) -> bool {
    let under = |(slug, prefixes): &'_ (String, Vec<String>)| {
        let longest = prefixes.iter().filter(|prefix| code.is_under(prefix)).map(String::len).max();
        longest.map(|longest| (longest, slug == agency))
    };
    match prefixes.iter().filter_map(under).max() {
        Some((_, theirs)) => theirs,
        None => prefixes.iter().all(|(slug, _)| slug != agency),
    }
}

fn refused(field: &'static str, reason: &str) -> Outcome {
    Outcome::Refused(Refusal { field, reason: reason.to_owned() })
}

fn first(key: &str, agency: &str, claim: &Claim) -> Stored {
    Stored {
        dossier: Dossier::first(claim),
        key: key.to_owned(),
        agency: agency.to_owned(),
        phone: None,
        identity: None,
        told: 0,
        tell_at: None,
    }
}
