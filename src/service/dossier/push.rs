//! Telling followers what changed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::desk::view;
use crate::channel::{Capabilities, fit_notice};
use crate::domain::switch::Feature;
use crate::domain::{Address, Change, Clock, Message, Priority, Route, Tariff, Timestamp, route};
use crate::engine::dossier::{Occasion, View, news};
use crate::engine::{Office, State, World};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::service::again::persistently;
use crate::service::audit::note;
use crate::service::state::held_at;
use crate::store::dossier::{self, Stored};
use crate::store::outbox::{Outbound, add, delay, hold_back};
use crate::store::{Result, Store, Tx, citizen, follow, letter, switch};

/// When a dossier is looked at again that could not be read.
const UNREADABLE_AGAIN: Duration = Duration::from_secs(60 * 60);
/// Dossiers told of in one transaction.
const BATCH: u32 = 200;
/// How often dossiers are looked for whose followers are to be told.
const EVERY: Duration = Duration::from_secs(5);
/// How often it is looked whether somebody is to be reminded.
const REMIND_EVERY: Duration = Duration::from_secs(10 * 60);

/// Tells followers.
#[derive(Clone)]
pub struct Pusher {
    /// The database.
    pub store: Store,
    /// What the audit is chained with.
    pub keys: Keyring,
    /// Guides and working days.
    pub library: Arc<ArcSwap<Library>>,
    /// What the bot says.
    pub wording: Arc<Wording>,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Notified, each of them, when something was written to the outbox.
    pub written: Vec<Arc<Notify>>,
}

impl Pusher {
    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut reminded = Timestamp(0);
        while !stop.is_cancelled() {
            let now = self.clock.now();
            if reminded.until(now) >= REMIND_EVERY {
                match self.store.in_time(self.remind()).await {
                    Ok(_) => reminded = now,
                    Err(error) if error.is_collision() => tracing::debug!(%error, "reminders are written again"),
                    Err(error) => tracing::error!(%error, "reminders"),
                }
            }
            let told = self.store.in_time(self.push()).await.unwrap_or_else(|error| {
                match error.is_collision() {
                    true => tracing::debug!(%error, "news of dossiers is told a moment later"),
                    false => tracing::error!(%error, "news of dossiers"),
                }
                0
            });
            if told == 0 {
                tokio::select! {
                    () = tokio::time::sleep(EVERY) => {}
                    () = stop.cancelled() => {}
                }
            }
        }
    }

    /// Tells the followers of dossiers whose time has come, some at a time. Returns how many dossiers: none while dossiers are
    /// switched off, and all that changed meanwhile when they are back.
    ///
    /// # Errors
    /// When the database fails; nobody was told then.
    pub async fn push(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        if is_off(&mut tx).await? {
            return Ok(0);
        }
        let mut due = dossier::due(&mut tx, now, now.plus(UNREADABLE_AGAIN), BATCH).await?;
        if due.is_empty() {
            tx.commit().await?;
            return Ok(0);
        }
        let mut messages = Vec::new();
        for stored in &mut due {
            let changes = settled(std::mem::take(&mut stored.dossier.untold));
            stored.tell_at = None;
            stored.told += 1;
            if !changes.is_empty() {
                messages.push((stored.clone(), Occasion::Changed(changes)));
            }
        }
        dossier::save(&mut tx, &due, false, now).await?;
        self.tell(&mut tx, &messages, now).await?;
        tx.commit().await?;
        self.wake();
        Ok(due.len())
    }

    /// Signs a drafted letter of apology with the name of `signer` and sends it to whoever follows; the new date is the appointment
    /// from then on. `by` did it. False when it was signed before or is not there, the dossier is not late any more, or the new date
    /// has passed.
    ///
    /// # Errors
    /// When the database fails; nothing was signed then.
    pub async fn sign(&self, id: Uuid, signer: &str, by: &str) -> Result<bool> {
        persistently(|| self.sign_at_once(id, signer, by)).await
    }

    async fn sign_at_once(&self, id: Uuid, signer: &str, by: &str) -> Result<bool> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let Some((key, mut apology, None)) = letter::load(&mut tx, id).await? else { return Ok(false) };
        let held = dossier::hold(&mut tx, std::slice::from_ref(&key)).await?.remove(&key);
        // What was true of the draft must still be: it is late, and the new date lies ahead.
        let Some(mut stored) = held.filter(|stored| stored.dossier.is_overdue(now) && apology.now > now.date()) else {
            return Ok(false);
        };
        stored.dossier.appointment = Some(Timestamp::midnight(apology.now));
        apology.signed_by = Some(signer.to_owned());
        if !letter::sign(&mut tx, id, &apology, now).await? {
            return Ok(false);
        }
        dossier::save(&mut tx, std::slice::from_ref(&stored), false, now).await?;
        self.tell(&mut tx, &[(stored, Occasion::Apology(apology))], now).await?;
        // After the conversations, as turns do.
        note(&mut tx, &self.keys, self.clock.as_ref(), by, "apology signed", &key).await?;
        tx.commit().await?;
        self.wake();
        Ok(true)
    }

    pub(super) fn wake(&self) {
        for wake in &self.written {
            wake.notify_one();
        }
    }

    /// Writes one notice for each citizen who follows: at the place they prefer, if they linked several.
    pub(super) async fn tell(&self, tx: &mut Tx, messages: &[(Stored, Occasion)], now: Timestamp) -> Result<()> {
        let keys: Vec<String> = messages.iter().map(|(stored, _)| stored.key.clone()).collect();
        let mut followers: HashMap<String, Vec<Address>> = HashMap::new();
        for (key, at) in follow::followers(tx, &keys).await? {
            followers.entry(key).or_default().push(at);
        }
        let library = self.library.load();
        let office = Office::default();
        let chance = self.clock.secret();
        let world = World::of_notices(&library, &self.wording, &office, now, chance);
        for (stored, occasion) in messages {
            let places = followers.remove(&stored.key).unwrap_or_default();
            let mut told = HashSet::new();
            let mut views: BTreeMap<&'static str, Message> = BTreeMap::new();
            let mut seen: Option<View> = None;
            for at in places {
                let to = preferred(tx, &at, now).await?;
                if !told.insert(to.clone()) {
                    continue;
                }
                if seen.is_none() {
                    seen = Some(view(tx, stored.clone(), &at).await?);
                }
                let Some(view) = &seen else { continue };
                let state = held_at(tx, &to).await?;
                let lang = state.lang.unwrap_or_default();
                let message = views.entry(lang.code()).or_insert_with(|| news(&world, lang, view, occasion)).clone();
                self.notice(tx, &stored.key, &to, &state, occasion.name(), message).await?;
            }
        }
        Ok(())
    }

    /// Writes a notice about the dossier of `key`, to go when they may be told: not while an officer has the conversation or another is
    /// helped on the phone, nor at night for who chose so. The conversation is [held](held_at): what lets the notice go comes after it.
    pub(super) async fn notice(
        &self,
        tx: &mut Tx,
        key: &str,
        to: &Address,
        state: &State,
        occasion: &str,
        message: Message,
    ) -> Result<()> {
        let now = self.clock.now();
        for message in fit_notice(message, Capabilities::of(to.channel)) {
            let id = format!("{}.d", self.clock.fresh_id());
            letter::noticed(tx, &id, key, occasion, now).await?;
            let outbound = Outbound { id, to: to.clone(), priority: Priority::Notice, message };
            add(tx, &outbound, now).await?;
            if state.keeps_notices() {
                hold_back(tx, &outbound.id).await?;
            } else if state.quiet_nights && now.is_night() {
                delay(tx, &outbound.id, now.after_night()).await?;
            }
        }
        Ok(())
    }
}

pub(super) async fn is_off(tx: &mut Tx) -> Result<bool> {
    Ok(switch::all(tx).await?.feature(Feature::Dossiers).is_some())
}

/// What is left to tell when some changes undid one another: each status once, the last time.
fn settled(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = HashSet::new();
    let same = |change: &Change| match change {
        Change::Status(status, _) => format!("status {}", status.number()),
        Change::Appointment(..) => "appointment".to_owned(),
        Change::Request(_) => "request".to_owned(),
    };
    let mut left: Vec<Change> = changes.into_iter().rev().filter(|change| seen.insert(same(change))).collect();
    left.reverse();
    left
}

/// Where a citizen who follows at `at` wants to be told: there, unless they linked it with a place that comes first.
pub(super) async fn preferred(tx: &mut Tx, at: &Address, now: Timestamp) -> Result<Address> {
    let Some(citizen) = citizen::of(tx, at).await? else { return Ok(at.clone()) };
    let places: Vec<_> = citizen::places(tx, &citizen.id).await?.into_iter().map(|linked| linked.place).collect();
    if !places.iter().any(|place| place.preferred) {
        return Ok(at.clone());
    }
    Ok(match route(&places, |_| Tariff::default(), now) {
        Route::Words(to, _) | Route::Template(to, _) => to,
        Route::Nowhere => at.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Status;

    #[test]
    fn changes_of_one_minute_are_told_once_each() {
        let at = |at| Timestamp(at);
        let changes = vec![
            Change::Status(Status::Received, at(1)),
            Change::Status(Status::Processing, at(2)),
            Change::Status(Status::Received, at(3)),
            Change::Appointment(None, at(9)),
            Change::Appointment(Some(at(9)), at(10)),
        ];
        let left = settled(changes);
        let expected = [
            Change::Status(Status::Processing, at(2)),
            Change::Status(Status::Received, at(3)),
            Change::Appointment(Some(at(9)), at(10)),
        ];
        assert_eq!(left, expected);
    }
}
