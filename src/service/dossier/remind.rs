//! Reminders of dossiers: what is near, waited for, or lies there, each once, in working time.

use std::time::Duration;

use jiff::civil::Date;

use super::push::{Pusher, is_off};
use crate::domain::{Calendar, Dossier, Status, Timestamp};
use crate::engine::dossier::Occasion;
use crate::store::{Result, dossier};

/// Reminders go out from then on, on working days.
const MORNING: i8 = 8;
/// Working days before the appointment.
const NEAR: u32 = 2;
/// Working days after which a paper or a fee that is waited for is reminded of, and a result that lies there.
const WAITED: u32 = 3;
const LAIN: u32 = 5;
/// Dossiers reminded of in one transaction: whoever writes meanwhile waits for no more than these.
const BATCH: usize = 50;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Pusher {
    /// Reminds of what is near, waited for, or lies there: on working days, each once, and nobody while dossiers are switched off.
    /// Returns how many dossiers.
    ///
    /// # Errors
    /// When the database fails; whoever was reminded before that is not reminded again.
    pub async fn remind(&self) -> Result<usize> {
        let now = self.clock.now();
        let library = self.library.load_full();
        let calendar = library.calendar();
        if !calendar.is_working(now.date()) || now.is_before_hour(MORNING) {
            return Ok(0);
        }
        let mut tx = self.store.read().await?;
        if is_off(&mut tx).await? {
            return Ok(0);
        }
        // Near, today, and over since at most a month.
        let running = [Status::Received, Status::Processing].map(Status::number);
        let mut found = dossier::followed_between(&mut tx, &running, now.minus(DAY * 30), now.plus(DAY * 12)).await?;
        let waiting = [Status::PapersMissing, Status::PaymentDue, Status::Decided].map(Status::number);
        found.extend(dossier::followed_since(&mut tx, &waiting, now.minus(DAY * 60), now.minus(DAY)).await?);
        found.retain(|stored| due(&stored.dossier, calendar, now).is_some());
        let keys: Vec<String> = found.iter().map(|stored| stored.key.clone()).collect();
        let reminded = dossier::reminders(&mut tx, &keys).await?;
        drop(tx);
        let is_new = |stored: &dossier::Stored| {
            let due = due(&stored.dossier, calendar, now);
            due.is_some_and(|(kind, of)| !reminded.contains(&(stored.key.clone(), kind.to_owned(), of.to_string())))
        };
        let keys: Vec<String> = found.into_iter().filter(is_new).map(|stored| stored.key).collect();
        let mut count = 0;
        for keys in keys.chunks(BATCH) {
            count += self.remind_of(keys, calendar, now).await?;
            self.wake();
        }
        Ok(count)
    }

    async fn remind_of(&self, keys: &[String], calendar: &Calendar, now: Timestamp) -> Result<usize> {
        let mut tx = self.store.write().await?;
        let mut held = dossier::hold(&mut tx, keys).await?;
        let mut messages = Vec::new();
        for stored in keys.iter().filter_map(|key| held.remove(key)) {
            // It may have gone on since it was found.
            if let Some((kind, of)) = due(&stored.dossier, calendar, now)
                && dossier::reminded(&mut tx, &stored.key, kind, &of.to_string()).await?
            {
                messages.push((stored, Occasion::Reminder(kind)));
            }
        }
        self.tell(&mut tx, &messages, now).await?;
        tx.commit().await?;
        Ok(messages.len())
    }
}

/// What is to be reminded of today, and the date it is about: nobody is reminded of that date again.
fn due(dossier: &Dossier, calendar: &Calendar, now: Timestamp) -> Option<(&'static str, Date)> {
    let today = now.date();
    let waited = |kind, days| calendar.passed(dossier.since, days, now).then(|| (kind, dossier.since.date()));
    match dossier.status {
        Status::PapersMissing => waited("papers", WAITED),
        Status::PaymentDue => waited("payment", WAITED),
        Status::Decided => waited("collect", LAIN),
        _ if !dossier.status.is_running() => None,
        _ => {
            let day = dossier.appointment?.date();
            let kind = match () {
                () if dossier.is_overdue(now) && today > day => "overdue",
                () if today == day => "appointment-today",
                () if today < day && calendar.before(day, NEAR) <= today => "appointment-near",
                () => return None,
            };
            Some((kind, day))
        }
    }
}
