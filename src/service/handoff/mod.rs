//! Conversations with staff: opened by a turn, taken, answered and ended by officers.
//!
//! **Rules.** A ticket is taken by one compare-and-set, so two never have one. Only who has it writes. What happens at the desk is
//! told to the conversation as something said ([`Said::Desk`]), in the transaction in which it happens, so that the engine's state
//! and the ticket never differ for long, and by no crash. Every act is in the audit. Console and group use the same acts
//! ([`Act`]); what is posted in the group is written in the transaction of what it tells.

mod act;
pub(super) mod group;
mod hotline;
mod reveal;
mod topics;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::{Notify, broadcast};
use url::Url;
use uuid::Uuid;

use super::audit::note;
use crate::domain::broadcast::BroadcastId;
use crate::domain::officer::Officer;
use crate::domain::privacy::Use;
use crate::domain::ticket::{ABUSE_COUNTS, DeskEvent, Stage, Ticket, shut_until};
use crate::domain::{Address, ChannelName, Clock, Inbound, Lang, Said, Timestamp};
use crate::engine::handoff::{CONSENT, CONSENT_GROUP, Opened};
use crate::engine::{Effect, Found, Office, World};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::service::state::state_at;
use crate::store::broadcast as broadcasts;
use crate::store::{Result, Store, Tx, audit, dossier, follow, inbox, privacy, ticket};

pub use act::Act;
pub use hotline::{Hotline, Trouble};

/// Tickets that an officer may have at once.
pub const MOST_TAKEN: u32 = 6;
/// Tickets that one place may open in a day.
const MOST_A_DAY: i64 = 5;
/// The same of all browsers together.
const MOST_OF_WEB: i64 = 400;
/// Waits of the last hours from which the next is estimated, and how many it takes.
const LATELY: Duration = Duration::from_secs(8 * 60 * 60);
const ENOUGH: usize = 5;
/// Looking at the same conversation again within that time is noted once.
const READ_ONCE: Duration = Duration::from_secs(10 * 60);
/// Longest answer, in letters: a few messages.
pub const LONGEST_ANSWER: usize = 4_000;

/// What an officer should know before answering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// The guide that was talked of: slug and title.
    pub guide: Option<(String, String)>,
    /// The walk they are on.
    pub walk: Option<String>,
    /// Codes of the dossiers they follow there, each with its agency.
    pub dossiers: Vec<(String, String)>,
    /// The announcement that they asked about: its id and title.
    pub broadcast: Option<(BroadcastId, String)>,
}

/// What officers do with tickets.
#[derive(Clone)]
pub struct Handoff {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// When the desk is staffed.
    pub office: Arc<Office>,
    /// Guides and walks, for the brief.
    pub library: Arc<ArcSwap<Library>>,
    /// What is posted in the hotline's group.
    pub wording: Arc<Wording>,
    /// The public address, for links to files.
    pub site: Option<Url>,
    /// What the audit is chained with.
    pub keys: Keyring,
    /// Notified when the conversation has a turn to take.
    pub arrived: Arc<Notify>,
    /// Notified, each of them, when something was written to the outbox.
    pub written: Vec<Arc<Notify>>,
    /// Heard by open pages.
    pub news: broadcast::Sender<()>,
}

/// Answers the effect that gives a conversation to staff; `None` when it is about something else.
///
/// # Errors
/// When the database fails.
pub(super) async fn answer(
    tx: &mut Tx,
    world: &World<'_>,
    clock: &dyn Clock,
    inbound: &Inbound,
    asks: &Effect,
) -> Result<Option<Found>> {
    let now = world.now;
    let Effect::HandOver { question, topic, broadcast } = asks else { return Ok(None) };
    let (subject, day) = (format!("desk {}", inbound.from), now.date().to_string());
    if let Some(open) = ticket::of(tx, &inbound.from).await? {
        let position = ticket::ahead(tx, open.at.as_deref(), open.opened_at).await? + 1;
        let opened = Opened { ticket: open.id, position, minutes: None, officer: open.officer };
        return Ok(Some(Found::HandedOver(Some(opened))));
    }
    if let Some(until) =
        shut_until(&ticket::abused(tx, &inbound.from, now.minus(ABUSE_COUNTS)).await?).filter(|until| now < *until)
    {
        return Ok(Some(Found::DeskShut(until)));
    }
    // Browsers can be had for nothing: all together they have one allowance, and cannot fill the list of everybody else.
    let mut limits = vec![(subject.as_str(), MOST_A_DAY)];
    limits.extend((inbound.from.channel == ChannelName::Web).then_some(("desk @web", MOST_OF_WEB)));
    for (subject, most) in &limits {
        if follow::misses(tx, subject, &day).await? >= *most {
            return Ok(Some(Found::HandedOver(None)));
        }
    }
    for (subject, _) in limits {
        follow::missed(tx, subject, &day).await?;
    }
    let new = Ticket::new(clock.fresh_id(), inbound.from.clone(), question.clone(), topic.clone(), now);
    let consent = if world.office.group.is_some() { CONSENT_GROUP } else { CONSENT };
    if ticket::open(tx, &new, consent).await? {
        privacy::agree(tx, &inbound.from, Use::Staff, consent, now).await?;
        if let Some(broadcast) = broadcast {
            ticket::led_by(tx, new.id, *broadcast).await?;
        }
        group::opened(tx, world, clock, &new).await?;
    }
    let position = ticket::ahead(tx, None, now).await? + 1;
    let minutes = usual_wait(&ticket::waits(tx, now.minus(LATELY)).await?);
    Ok(Some(Found::HandedOver(Some(Opened { ticket: new.id, position, minutes, officer: None }))))
}

/// The median of what others waited, in minutes; unknown when they were few.
fn usual_wait(waits: &[(Timestamp, Timestamp)]) -> Option<u32> {
    let mut minutes: Vec<u64> = waits.iter().map(|(opened, taken)| opened.until(*taken).as_secs().div_ceil(60)).collect();
    minutes.sort_unstable();
    let median = minutes.get(minutes.len() / 2).filter(|_| minutes.len() >= ENOUGH)?;
    u32::try_from((*median).max(1)).ok()
}

impl Handoff {
    /// Notes that an officer looks at a conversation that is not theirs, unless it was noted a while ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn looked(&self, id: Uuid, officer: &Officer) -> Result<()> {
        const ACTION: &str = "ticket read";
        let (subject, since) = (id.to_string(), self.clock.now().minus(READ_ONCE));
        let entries = audit::of(&mut self.store.read().await?, &subject).await?;
        let noted = |entry: &audit::Entry| entry.at >= since.0 && entry.actor == officer.login && entry.action == ACTION;
        if entries.iter().any(noted) {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        self.noted(&mut tx, officer, ACTION, id).await?;
        tx.commit().await
    }

    /// What an officer should know before answering.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn brief(&self, of: &Ticket) -> Result<Brief> {
        let mut tx = self.store.read().await?;
        let state = state_at(&mut tx, &of.from).await?;
        let lang = Lang::Vi;
        // What they do after it is over is not the officer's to see.
        let open = of.stage != Stage::Closed;
        let library = self.library.load();
        let guide = of.topic.as_deref().and_then(|slug| library.by_slug(slug));
        let walk = state.walks.first().filter(|_| state.walking && open).and_then(|progress| library.walk(&progress.walk));
        let mut dossiers = Vec::new();
        for key in if open { follow::of(&mut tx, &of.from).await? } else { Vec::new() } {
            dossiers.extend(
                dossier::load(&mut tx, &key).await?.map(|stored| (stored.dossier.code.as_str().to_owned(), stored.agency)),
            );
        }
        let told = match ticket::broadcast_of(&mut tx, of.id).await? {
            Some(id) => broadcasts::load(&mut tx, id).await?.map(|told| (id, told.draft.title)),
            None => None,
        };
        Ok(Brief {
            broadcast: told,
            guide: guide.map(|guide| (guide.slug.clone(), guide.text(lang).title.clone())),
            walk: walk.map(|walk| walk.title(lang).to_owned()),
            dossiers,
        })
    }

    async fn noted(&self, tx: &mut Tx, officer: &Officer, action: &str, id: Uuid) -> Result<()> {
        note(tx, &self.keys, self.clock.as_ref(), &officer.login, action, &id.to_string()).await
    }

    /// Tells the conversation what happened, as a turn of its own.
    async fn tell(&self, tx: &mut Tx, from: &Address, event: DeskEvent) -> Result<()> {
        let id = self.clock.fresh_id();
        let inbound = Inbound {
            id,
            external_id: format!("desk:{id}"),
            from: from.clone(),
            at: self.clock.now(),
            said: Said::Desk(event),
            lang_hint: None,
        };
        inbox::add(tx, &inbound, None).await.map(drop)
    }

    /// Something was written to the outbox: it is to be sent.
    pub fn wake(&self) {
        self.arrived.notify_one();
        for wake in &self.written {
            wake.notify_one();
        }
    }

    async fn commit(&self, tx: Tx) -> Result<()> {
        tx.commit().await?;
        self.wake();
        // Nobody has a page open: nobody to tell.
        let _ = self.news.send(());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_needs_enough_to_go_by() {
        let wait = |minutes: i64| (Timestamp(0), Timestamp(minutes * 60_000));
        assert_eq!(usual_wait(&[wait(3), wait(9), wait(1), wait(30)]), None);
        assert_eq!(usual_wait(&[wait(3), wait(9), wait(1), wait(30), wait(4)]), Some(4));
        assert_eq!(usual_wait(&[wait(0), wait(0), wait(0), wait(0), wait(0)]), Some(1));
    }
}
