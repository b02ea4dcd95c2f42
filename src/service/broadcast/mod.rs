//! Broadcasts: written by one, approved by another, sent in rings, with an account of each recipient.
//!
//! **Rules.** What is written can be changed until it begins; each change makes it a draft again and voids approvals, since those are
//! bound to [`Draft::fingerprint`]. Nobody approves what they had a hand in; an emergency takes two. Officers of one place write to
//! the people of that place only. Console, API and command line use the same functions, and each step is in the audit.

mod by;
mod check;
mod conduct;
mod look;

use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::Notify;
use url::Url;

use super::audit::note;
use crate::domain::broadcast::{Approval, Broadcast, BroadcastId, Draft, Standing, errors};
use crate::domain::officer::{Officer, Right};
use crate::domain::{Address, ChannelName, Clock, Lang, Priority, Tariff};
use crate::engine::announce::draw;
use crate::engine::{Office, World};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::store::outbox::{Outbound, add};
use crate::store::{Result as Stored, Store, Tx, agency, broadcast, officer};

pub use by::{BroadcastError, By};
pub use check::Problem;
pub use look::{Preview, Report, Seen};

/// Longest reason for a pause, in letters.
const LONGEST_WHY: usize = 200;
/// Tries to find a free id: two may write in the same millisecond.
const TRIES: i64 = 100;

type Result<T, E = BroadcastError> = std::result::Result<T, E>;

/// What a change is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// To say something else.
    Rewrite,
    /// To go on with what is said.
    Write,
    /// To stop it, or let it go on.
    Stop,
}

/// Work on broadcasts.
#[derive(Clone)]
pub struct Broadcasts {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// What the audit is chained with.
    pub keys: Keyring,
    /// Guides, walks and places.
    pub library: Arc<ArcSwap<Library>>,
    /// What stands around a text.
    pub wording: Arc<Wording>,
    /// The office and its hotline, for placeholders.
    pub office: Arc<Office>,
    /// The public address, for links on paper.
    pub site: Option<Url>,
    /// Channels that are open, each with its windows and prices.
    pub channels: Vec<(ChannelName, Tariff)>,
    /// Notified, each of them, when couriers have something to do.
    pub written: Vec<Arc<Notify>>,
}

impl Broadcasts {
    /// Writes a new broadcast for the officers of `place`; its id.
    ///
    /// # Errors
    /// When they may not, or the database fails. A draft may have faults: it is proposed only without.
    pub async fn write(&self, draft: Draft, place: Option<&str>, by: By<'_>) -> Result<BroadcastId> {
        self.write_as(draft, place, by, None).await
    }

    /// The broadcast that another system calls so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn named(&self, origin: Option<&str>) -> Result<Option<BroadcastId>> {
        let Some(origin) = origin else { return Ok(None) };
        Ok(broadcast::by_origin(&mut self.store.read().await?, origin).await?)
    }

    /// The same as [`write`](Self::write), under a name that another system gave it: a second one of that name is not written, and
    /// the first one's id returned.
    ///
    /// # Errors
    /// When they may not, or the database fails.
    pub async fn write_as(&self, draft: Draft, place: Option<&str>, by: By<'_>, origin: Option<&str>) -> Result<BroadcastId> {
        if !by.may(Right::Compose, place) {
            return Err(BroadcastError::Denied);
        }
        let mut broadcast = Broadcast::new(self.spelled(draft), place, by.name(), self.clock.now());
        let mut tx = self.store.write().await?;
        for _ in 0..TRIES {
            if let Some(origin) = origin
                && let Some(known) = broadcast::by_origin(&mut tx, origin).await?
            {
                return Ok(known);
            }
            if broadcast::add(&mut tx, &broadcast, origin).await? {
                self.noted(&mut tx, &by.actor(), "broadcast written", &broadcast).await?;
                tx.commit().await?;
                return Ok(broadcast.id);
            }
            broadcast.id += 1;
        }
        Err(BroadcastError::Meanwhile)
    }

    /// Changes what is written, when it is still `version`. It is a draft again, and approvals are void.
    ///
    /// # Errors
    /// When they may not, it began already, somebody else changed it, or the database fails.
    pub async fn rewrite(&self, id: BroadcastId, version: i64, draft: Draft, by: By<'_>) -> Result<()> {
        let draft = self.spelled(draft);
        self.change(id, by, Wants::Rewrite, "broadcast changed", |broadcast| {
            if broadcast.version != version {
                return Err(BroadcastError::Meanwhile);
            }
            if !broadcast.is_open() {
                return Err(BroadcastError::Stands(broadcast.standing));
            }
            broadcast.why.clear();
            broadcast.authors.retain(|author| *author != by.name());
            broadcast.authors.push(by.name());
            broadcast.draft = draft;
            broadcast.standing = Standing::Draft;
            Ok(())
        })
        .await
    }

    /// Asks for approval of a draft.
    ///
    /// # Errors
    /// Its faults; when they may not, it is no draft, or the database fails.
    pub async fn propose(&self, id: BroadcastId, by: By<'_>) -> Result<()> {
        let seen = self.load(id).await?;
        let problems = self.problems(&seen).await?;
        if !problems.is_empty() {
            return Err(BroadcastError::Faulty(problems));
        }
        let version = seen.version;
        self.change(id, by, Wants::Write, "broadcast proposed", |broadcast| match broadcast.standing {
            _ if broadcast.version != version => Err(BroadcastError::Meanwhile),
            Standing::Draft => {
                broadcast.standing = Standing::Proposed;
                // Why it came back was said to whoever wrote it; whoever approves now sees another text.
                broadcast.why.clear();
                Ok(())
            }
            standing => Err(BroadcastError::Stands(standing)),
        })
        .await
    }

    /// Approves what `fingerprint` is of: what they saw. The last approval that is needed lets it begin at its time.
    ///
    /// # Errors
    /// When they may not, wrote it, or it was changed; or the database fails.
    pub async fn approve(&self, id: BroadcastId, fingerprint: &str, officer: &Officer) -> Result<()> {
        let mut tx = self.store.write().await?;
        broadcast::hold(&mut tx, id).await?;
        let mut broadcast = broadcast::load(&mut tx, id).await?.ok_or(BroadcastError::Unknown)?;
        let local = self.is_local(&broadcast, self.unit_of(&mut tx, broadcast.place.as_deref()).await?);
        let place = broadcast.place.as_deref().filter(|_| local);
        if !officer.may(Right::Approve, place) {
            return Err(BroadcastError::Denied);
        }
        if broadcast.authors.contains(&officer.login) {
            return Err(BroadcastError::Own);
        }
        if broadcast.standing != Standing::Proposed {
            return Err(BroadcastError::Stands(broadcast.standing));
        }
        if broadcast.draft.fingerprint() != fingerprint {
            return Err(BroadcastError::Meanwhile);
        }
        let approval = Approval { fingerprint: fingerprint.to_owned(), officer: officer.login.clone(), at: self.clock.now() };
        broadcast::approve(&mut tx, id, &approval).await?;
        let given = broadcast::approvals(&mut tx, id).await?;
        let given = given.iter().filter(|given| given.fingerprint == fingerprint && !broadcast.authors.contains(&given.officer));
        if given.count() >= broadcast.draft.class.approvers() {
            broadcast.standing = Standing::Approved;
        }
        self.save(&mut tx, &mut broadcast).await?;
        self.noted(&mut tx, &officer.login, "broadcast approved", &broadcast).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// Stops sending for now.
    ///
    /// # Errors
    /// When they may not, it is not being sent, or the database fails.
    pub async fn pause(&self, id: BroadcastId, why: &str, by: By<'_>) -> Result<()> {
        let why = why.trim().chars().take(LONGEST_WHY).collect::<String>();
        self.change(id, by, Wants::Stop, "broadcast paused", |broadcast| match broadcast.standing {
            Standing::Running => {
                (broadcast.standing, broadcast.why) = (Standing::Paused, why);
                Ok(())
            }
            standing => Err(BroadcastError::Stands(standing)),
        })
        .await
    }

    /// Goes on sending; errors until now stop it no more.
    ///
    /// # Errors
    /// When they may not, it is not paused, or the database fails.
    pub async fn resume(&self, id: BroadcastId, by: By<'_>) -> Result<()> {
        let counts = broadcast::counts(&mut self.store.read().await?, id).await?;
        self.change(id, by, Wants::Stop, "broadcast resumed", |broadcast| match broadcast.standing {
            Standing::Paused => {
                (broadcast.standing, broadcast.forgiven) = (Standing::Running, errors(&counts));
                broadcast.why.clear();
                Ok(())
            }
            standing => Err(BroadcastError::Stands(standing)),
        })
        .await?;
        self.wake();
        Ok(())
    }

    /// Ends it: whoever has it not yet is skipped.
    ///
    /// # Errors
    /// When they may not, it is over, or the database fails.
    pub async fn cancel(&self, id: BroadcastId, by: By<'_>) -> Result<()> {
        self.change(id, by, Wants::Stop, "broadcast cancelled", |broadcast| match broadcast.standing {
            Standing::Done | Standing::Cancelled => Err(BroadcastError::Stands(broadcast.standing)),
            _ => {
                broadcast.standing = Standing::Cancelled;
                Ok(())
            }
        })
        .await
    }

    /// Puts it back to whoever wrote it, before it began: an approver does not agree, or not any more.
    ///
    /// # Errors
    /// When they may not, it began, or the database fails.
    pub async fn send_back(&self, id: BroadcastId, why: &str, by: By<'_>) -> Result<()> {
        let why = why.trim().chars().take(LONGEST_WHY).collect::<String>();
        self.change(id, by, Wants::Stop, "broadcast sent back", |broadcast| match broadcast.standing {
            Standing::Proposed | Standing::Approved if broadcast.is_open() => {
                (broadcast.standing, broadcast.why) = (Standing::Draft, why);
                Ok(())
            }
            standing => Err(BroadcastError::Stands(standing)),
        })
        .await
    }

    /// Sends it to whoever tries it, on Telegram, as the citizens will read it.
    ///
    /// # Errors
    /// When they told no account there, may not, or the database fails.
    pub async fn try_out(&self, id: BroadcastId, officer: &Officer) -> Result<()> {
        let broadcast = self.load(id).await?;
        if !officer.may(Right::SeeBroadcasts, broadcast.place.as_deref()) {
            return Err(BroadcastError::Denied);
        }
        let mut tx = self.store.write().await?;
        let to = officer::telegram_of(&mut tx, &officer.login).await?.ok_or(BroadcastError::NotLinked)?;
        let library = self.library.load();
        let drawn = draw(&self.world(&library), id, &broadcast.draft, Some(Lang::Vi), true);
        let to = Address::new(ChannelName::Telegram, to);
        let outbound =
            Outbound { id: format!("{}.t", self.clock.fresh_id()), to, priority: Priority::Notice, message: drawn.filled("") };
        add(&mut tx, &outbound, self.clock.now()).await?;
        self.noted(&mut tx, &officer.login, "broadcast tried", &broadcast).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// Changes a broadcast that they may do this to. Whoever approves may also stop it and let it go on.
    async fn change(
        &self,
        id: BroadcastId,
        by: By<'_>,
        wants: Wants,
        action: &str,
        change: impl FnOnce(&mut Broadcast) -> Result<()>,
    ) -> Result<()> {
        let mut tx = self.store.write().await?;
        broadcast::hold(&mut tx, id).await?;
        let mut broadcast = broadcast::load(&mut tx, id).await?.ok_or(BroadcastError::Unknown)?;
        let place = broadcast.place.clone();
        let stops = wants == Wants::Stop && by.may(Right::Approve, place.as_deref());
        if !by.may(Right::Compose, place.as_deref()) && !stops {
            return Err(BroadcastError::Denied);
        }
        change(&mut broadcast)?;
        if wants == Wants::Rewrite || broadcast.standing == Standing::Draft {
            broadcast::void_approvals(&mut tx, id).await?;
        }
        self.save(&mut tx, &mut broadcast).await?;
        self.noted(&mut tx, &by.actor(), action, &broadcast).await?;
        Ok(tx.commit().await?)
    }

    async fn load(&self, id: BroadcastId) -> Result<Broadcast> {
        broadcast::load(&mut self.store.read().await?, id).await?.ok_or(BroadcastError::Unknown)
    }

    async fn save(&self, tx: &mut Tx, broadcast: &mut Broadcast) -> Result<()> {
        broadcast.version += 1;
        broadcast.changed_at = self.clock.now();
        if broadcast::save(tx, broadcast).await? { Ok(()) } else { Err(BroadcastError::Meanwhile) }
    }

    async fn noted(&self, tx: &mut Tx, actor: &str, action: &str, broadcast: &Broadcast) -> Stored<()> {
        // What it said is not in the audit, but it can be proved what it was.
        let subject = format!("broadcast {} {}", broadcast.id, &broadcast.draft.fingerprint()[..16]);
        note(tx, &self.keys, self.clock.as_ref(), actor, action, &subject).await
    }

    fn world<'a>(&'a self, library: &'a Library) -> World<'a> {
        World::of_notices(library, &self.wording, &self.office, self.clock.now(), self.clock.secret())
    }

    /// Whether it stays within the place of the agency that looks after it, so that its own approvers are enough.
    fn is_local(&self, of: &Broadcast, unit: Option<String>) -> bool {
        let audience = &of.draft.audience;
        of.draft.amends.is_some() || unit.is_some_and(|unit| audience.places == [unit] && !audience.unplaced)
    }

    /// The commune or ward whose agency this is; `None` for one of more than that, or that is not known.
    async fn unit_of(&self, tx: &mut Tx, place: Option<&str>) -> Result<Option<String>> {
        let Some(slug) = place else { return Ok(None) };
        let Some(agency) = agency::load(tx, slug).await? else { return Ok(None) };
        Ok(check::unit_in(&self.library.load(), &agency.name))
    }

    fn wake(&self) {
        for wake in &self.written {
            wake.notify_one();
        }
    }
}
