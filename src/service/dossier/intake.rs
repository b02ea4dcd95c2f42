//! Taking in what an agency tells: each row on its own, each event once, all of them in one transaction.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::mapping::Mapping;
use super::read::{Read, Refusal, read};
use crate::domain::{Claim, Clock, Dossier, Timestamp};
use crate::seal::Keyring;
use crate::store::dossier::{self, Stored};
use crate::store::{Result, Store, StoreError, Tx, follow};

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
        let mut tries = 0;
        let new = loop {
            match self.write(agency, &rows, now).await? {
                Some(new) => break new,
                None if tries < TRIES => tries += 1,
                None => {
                    return Err(StoreError::Unreadable {
                        what: "batch",
                        cause: "others keep writing the same dossiers".to_owned(),
                    });
                }
            }
        };
        let answer = |(row, read): (usize, Result<Read, Refusal>)| match read {
            Ok(read) => {
                let outcome = if new.contains(&read.claim.event) { Outcome::Accepted } else { Outcome::Duplicate };
                RowAnswer { row, event_id: Some(read.claim.event), outcome }
            }
            Err(refusal) => RowAnswer { row, event_id: None, outcome: Outcome::Refused(refusal) },
        };
        Ok(rows.into_iter().enumerate().map(answer).collect())
    }

    /// Writes what was read, in one transaction. The events that were new; `None` when another process wrote a dossier first.
    async fn write(&self, agency: &str, rows: &[Result<Read, Refusal>], now: Timestamp) -> Result<Option<HashSet<String>>> {
        // An event that stands twice in a batch counts once.
        let mut seen = HashSet::new();
        let reads: Vec<&Read> = rows.iter().flatten().filter(|read| seen.insert(read.claim.event.as_str())).collect();
        let mut claims: Vec<Claim> = reads.iter().map(|read| read.claim.clone()).collect();
        // Two batches with the same events wait for one another instead of blocking each other for ever.
        claims.sort_by(|a, b| a.event.cmp(&b.event));
        let mut tx = self.store.write().await?;
        let new = dossier::record(&mut tx, agency, &claims, now).await?;
        let mut by_key: BTreeMap<String, Vec<&Read>> = BTreeMap::new();
        for read in reads.into_iter().filter(|read| new.contains(&read.claim.event)) {
            by_key.entry(read.claim.code.key()).or_default().push(read);
        }
        if !self.fold(&mut tx, agency, by_key, now).await? {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(new))
    }

    /// Folds new claims into their dossiers. False when another process wrote one of them first.
    async fn fold(&self, tx: &mut Tx, agency: &str, by_key: BTreeMap<String, Vec<&Read>>, now: Timestamp) -> Result<bool> {
        let keys: Vec<String> = by_key.keys().cloned().collect();
        let mut known = dossier::hold(tx, &keys).await?;
        let followed = follow::followed(tx, &keys).await?;
        let (mut old, mut fresh) = (Vec::new(), Vec::new());
        for (key, mut reads) in by_key {
            reads.sort_by_key(|read| read.claim.at);
            let newest = |fact: fn(&Read) -> Option<&String>| reads.iter().rev().find_map(|read| fact(read)).cloned();
            let (phone, identity) = (newest(|read| read.phone.as_ref()), newest(|read| read.identity.as_ref()));
            let mut reads = reads.iter().map(|read| &read.claim);
            let before = known.remove(&key);
            let is_new = before.is_none();
            let Some(mut stored) = before.or_else(|| reads.next().map(|claim| first(&key, agency, claim))) else { continue };
            reads.for_each(|claim| stored.dossier.take(claim));
            agency.clone_into(&mut stored.agency);
            let hash = |purpose, digits: String| self.keys.digests(purpose, &format!("{key} {digits}")).swap_remove(0);
            stored.phone = phone.map(|digits| hash(PHONE, digits)).or(stored.phone);
            stored.identity = identity.map(|digits| hash(IDENTITY, digits)).or(stored.identity);
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
