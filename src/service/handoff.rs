//! Conversations with staff: opened by a turn, taken, answered and ended by officers.
//!
//! **Rules.** A ticket is taken by one compare-and-set, so two never have one. Only who has it writes. What happens at the desk is
//! told to the conversation as something said ([`Said::Desk`]), in the transaction in which it happens, so that the engine's state
//! and the ticket never differ for long, and by no crash. Every act is in the audit.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::audit::note;
use crate::channel::{Capabilities, fit};
use crate::domain::officer::{Officer, Right};
use crate::domain::ticket::{DeskEvent, Ending, Stage, Ticket};
use crate::domain::{Address, Block, Clock, Inbound, Lang, Message, Priority, Said, Span, Text, Timestamp};
use crate::engine::handoff::{CONSENT, Opened};
use crate::engine::{Effect, Found, State};
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, Store, Tx, conversation, dossier, follow, inbox, ticket};

/// Tickets that an officer may have at once.
pub const MOST_TAKEN: u32 = 6;
/// Tickets that one place may open in a day.
const MOST_A_DAY: i64 = 5;
/// A ticket that was taken and not answered for so long waits again.
const NEGLECTED: Duration = Duration::from_secs(10 * 60);
/// Waits of the last hours from which the next is estimated, and how many it takes.
const LATELY: Duration = Duration::from_secs(8 * 60 * 60);
const ENOUGH: usize = 5;
/// How often it is looked for neglected tickets, and for what another process changed.
const RELEASE_EVERY: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Longest answer, in letters: a few messages.
pub const LONGEST_ANSWER: usize = 4_000;

/// What an officer should know before answering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// The guide that was talked of: slug and title.
    pub guide: Option<(String, String)>,
    /// The walk they are on.
    pub walk: Option<String>,
    /// Codes of the dossiers they follow there.
    pub dossiers: Vec<String>,
}

/// What officers do with tickets.
#[derive(Clone)]
pub struct Handoff {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Guides and walks, for the brief.
    pub library: Arc<ArcSwap<Library>>,
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
    clock: &dyn Clock,
    inbound: &Inbound,
    asks: &Effect,
    now: Timestamp,
) -> Result<Option<Found>> {
    let Effect::HandOver { question, topic } = asks else { return Ok(None) };
    let (subject, day) = (format!("desk {}", inbound.from), now.date().to_string());
    if let Some(open) = ticket::of(tx, &inbound.from).await? {
        let position = ticket::ahead(tx, open.at.as_deref(), open.opened_at).await? + 1;
        return Ok(Some(Found::HandedOver(Some(Opened { ticket: open.id, position, minutes: None }))));
    }
    if follow::misses(tx, &subject, &day).await? >= MOST_A_DAY {
        return Ok(Some(Found::HandedOver(None)));
    }
    follow::missed(tx, &subject, &day).await?;
    let new = Ticket {
        id: clock.fresh_id(),
        from: inbound.from.clone(),
        at: None,
        stage: Stage::Waiting,
        officer: None,
        offered: None,
        question: question.clone(),
        topic: topic.clone(),
        opened_at: now,
        taken_at: None,
        answered_at: None,
        citizen_at: now,
        officer_at: None,
        closed_at: None,
        ending: None,
    };
    ticket::open(tx, &new, CONSENT).await?;
    let position = ticket::ahead(tx, None, now).await? + 1;
    let minutes = usual_wait(&ticket::waits(tx, now.minus(LATELY)).await?);
    Ok(Some(Found::HandedOver(Some(Opened { ticket: new.id, position, minutes }))))
}

/// The median of what others waited, in minutes; unknown when they were few.
fn usual_wait(waits: &[(Timestamp, Timestamp)]) -> Option<u32> {
    let mut minutes: Vec<u64> = waits.iter().map(|(opened, taken)| opened.until(*taken).as_secs().div_ceil(60)).collect();
    minutes.sort_unstable();
    let median = minutes.get(minutes.len() / 2).filter(|_| minutes.len() >= ENOUGH)?;
    u32::try_from((*median).max(1)).ok()
}

impl Handoff {
    /// Takes a waiting ticket. False when somebody was faster, or this officer has as many as one can look after.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, id: Uuid, officer: &Officer) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if !officer.may(Right::Answer, found.at.as_deref())
            || !ticket::claim(&mut tx, id, &officer.login, MOST_TAKEN, now).await?
        {
            return Ok(false);
        }
        self.noted(&mut tx, officer, "ticket taken", id).await?;
        self.tell(&mut tx, &found.from, DeskEvent::Taken { ticket: id, officer: officer.name.clone() }).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Writes to the citizen of a ticket that this officer has. False when they do not have it, or said nothing.
    ///
    /// # Errors
    /// When the database fails; nothing is sent then.
    pub async fn say(&self, id: Uuid, officer: &Officer, words: &str) -> Result<bool> {
        let words: String = words.trim().replace('\0', " ").chars().take(LONGEST_ANSWER).collect();
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if words.is_empty() || !ticket::answered(&mut tx, id, &officer.login, now).await? {
            return Ok(false);
        }
        let fresh = self.clock.fresh_id();
        for (n, message) in fit(answer_of(officer, &words), Capabilities::of(found.from.channel)).into_iter().enumerate() {
            let outbound =
                Outbound { id: format!("{fresh}.s{n:02}"), to: found.from.clone(), priority: Priority::Reply, message };
            add(&mut tx, &outbound, now).await?;
        }
        self.commit(tx).await?;
        Ok(true)
    }

    /// Adds a note that only officers read. False when it is empty.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, id: Uuid, officer: &Officer, body: &str) -> Result<bool> {
        let body: String = body.trim().replace('\0', " ").chars().take(LONGEST_ANSWER).collect();
        if body.is_empty() {
            return Ok(false);
        }
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        ticket::add_note(&mut tx, self.clock.fresh_id(), id, &officer.login, &body, now).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Offers a ticket to a colleague, who has to say yes. False when it is not this officer's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn offer(&self, id: Uuid, officer: &Officer, to: &str) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        if !ticket::offer(&mut tx, id, &officer.login, to, now).await? {
            return Ok(false);
        }
        self.noted(&mut tx, officer, &format!("ticket offered to {to}"), id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Says yes or no to a ticket that was offered. False when it is not offered to this officer any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decide(&self, id: Uuid, officer: &Officer, yes: bool) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if !ticket::decide_offer(&mut tx, id, &officer.login, yes, now).await? {
            return Ok(false);
        }
        if yes {
            self.tell(&mut tx, &found.from, DeskEvent::Taken { ticket: id, officer: officer.name.clone() }).await?;
        }
        self.noted(&mut tx, officer, if yes { "ticket accepted" } else { "ticket declined" }, id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Lets a ticket wait again, for everybody or for the officers of an agency. False when it is not this officer's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_back(&self, id: Uuid, officer: &Officer, place: Option<&str>) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if !ticket::put_back(&mut tx, id, &officer.login, place, now).await? {
            return Ok(false);
        }
        self.tell(&mut tx, &found.from, DeskEvent::Returned { ticket: id }).await?;
        let to = place.map_or_else(|| "ticket put back".to_owned(), |place| format!("ticket put back for {place}"));
        self.noted(&mut tx, officer, &to, id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Ends a ticket: the conversation is the program's again. False when it is not this officer's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(&self, id: Uuid, officer: &Officer, ending: Ending) -> Result<bool> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        if !ticket::close(&mut tx, id, Some(&officer.login), ending, now).await? {
            return Ok(false);
        }
        self.tell(&mut tx, &found.from, DeskEvent::Closed { ticket: id }).await?;
        self.noted(&mut tx, officer, &format!("ticket closed: {}", ending.name()), id).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Lets tickets wait again that were taken and not answered. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_neglected(&self) -> Result<usize> {
        let (mut tx, now) = (self.store.write().await?, self.clock.now());
        let mut released = 0;
        for found in ticket::neglected(&mut tx, now.minus(NEGLECTED)).await? {
            let Some(officer) = &found.officer else { continue };
            if ticket::put_back(&mut tx, found.id, officer, found.at.as_deref(), now).await? {
                self.tell(&mut tx, &found.from, DeskEvent::Returned { ticket: found.id }).await?;
                note(
                    &mut tx,
                    &self.keys,
                    self.clock.as_ref(),
                    officer,
                    "ticket not answered, waits again",
                    &found.id.to_string(),
                )
                .await?;
                released += 1;
            }
        }
        self.commit(tx).await?;
        Ok(released)
    }

    /// Notes that an officer looked at a conversation that is not theirs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn looked(&self, id: Uuid, officer: &Officer) -> Result<()> {
        let mut tx = self.store.write().await?;
        self.noted(&mut tx, officer, "ticket read", id).await?;
        tx.commit().await
    }

    /// What an officer should know before answering.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn brief(&self, of: &Ticket) -> Result<Brief> {
        let mut tx = self.store.read().await?;
        let stored = conversation::load(&mut tx, &of.from).await?.unwrap_or_default();
        let state: State = serde_json::from_str(&stored.state).unwrap_or_default();
        let lang = Lang::Vi;
        let library = self.library.load();
        let guide = of.topic.as_deref().and_then(|slug| library.by_slug(slug));
        let walk = state.walks.first().filter(|_| state.walking).and_then(|progress| library.walk(&progress.walk));
        let mut dossiers = Vec::new();
        for key in follow::of(&mut tx, &of.from).await? {
            dossiers.extend(dossier::load(&mut tx, &key).await?.map(|stored| stored.dossier.code.as_str().to_owned()));
        }
        Ok(Brief {
            guide: guide.map(|guide| (guide.slug.clone(), guide.text(lang).title.clone())),
            walk: walk.map(|walk| walk.title(lang).to_owned()),
            dossiers,
        })
    }

    /// Tells open pages when a ticket changed, also by another process, and lets neglected tickets wait again.
    pub async fn watch(self, turned: Arc<Notify>, stop: CancellationToken) {
        let mut last = (0, 0);
        let mut released = Timestamp(0);
        while !stop.is_cancelled() {
            let now = self.clock.now();
            if released.until(now) >= RELEASE_EVERY {
                released = now;
                if let Err(error) = self.release_neglected().await {
                    tracing::error!(%error, "neglected tickets");
                }
            }
            let pulse = async { ticket::pulse(&mut self.store.read().await?).await };
            match pulse.await {
                Ok(pulse) if pulse != last => {
                    last = pulse;
                    // Nobody has a page open: nobody to tell.
                    let _ = self.news.send(());
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "tickets"),
            }
            tokio::select! {
                () = turned.notified() => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
                () = stop.cancelled() => {}
            }
        }
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

    async fn commit(&self, tx: Tx) -> Result<()> {
        tx.commit().await?;
        self.arrived.notify_one();
        for wake in &self.written {
            wake.notify_one();
        }
        // Nobody has a page open: nobody to tell.
        let _ = self.news.send(());
        Ok(())
    }
}

/// What an officer wrote, with their name before it.
fn answer_of(officer: &Officer, words: &str) -> Message {
    let mut blocks: Vec<Block> = vec![Block::Paragraph(vec![Span::Bold(format!("{}:", officer.name))])];
    blocks.extend(words.lines().filter(|line| !line.trim().is_empty()).map(Block::plain));
    Message { text: Text(blocks), ..Message::default() }
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
