//! Broadcasts on their way: taken from their ledger when replies and notices leave room, and marked there.
//!
//! What may have arrived is never sent again: a send without an outcome is uncertain, and the ledger says so. What the channel
//! refused for now goes back to those who wait. Who is on the web page gets it through the outbox, from which that page is drawn.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::pace::Pacer;
use super::retry::wait;
use crate::channel::{Capabilities, Channel};
use crate::domain::broadcast::{Amendment, BroadcastId, Drawn, Outcome, Recipient, Ring};
use crate::domain::{ChannelName, Clock, Message, Priority, SendError, Sent, Timestamp, Unreachable, Window};
use crate::store::broadcast::{self, Running, Speech};
use crate::store::outbox::{self, Outbound};
use crate::store::recipient::{self, Deltas};
use crate::store::{Result, Tx, conversation, subscriber};

/// Sends of broadcasts under way at once: some are left for answers.
pub(super) const MOST: usize = 96;
/// Sends that failed for certain before one recipient is given up.
const MOST_TRIES: i64 = 6;

/// What is done for one recipient.
#[derive(Clone)]
pub(super) enum Job {
    /// A message is sent.
    Send(Arc<Message>),
    /// A message that was sent gets other words.
    Edit(Arc<Message>, String),
    /// A message that was sent is taken back.
    TakeBack(String),
}

/// Something taken on for one recipient.
pub(super) struct Taken {
    pub recipient: Recipient,
    pub job: Job,
}

/// A send that ended.
pub(super) struct Done {
    pub taken: Taken,
    pub result: std::result::Result<Sent, SendError>,
}

/// The broadcasts of one channel.
#[derive(Default)]
pub(super) struct Bulk {
    speeches: HashMap<BroadcastId, Arc<Speech>>,
    /// Messages that are the same for all who speak a language.
    same: HashMap<(BroadcastId, String), Arc<Message>>,
    pub done: Vec<Done>,
    /// Sends under way.
    pub going: usize,
    /// Some wait that could not be taken on for want of room.
    pub more: bool,
}

impl Bulk {
    /// Marks what was sent, in a few statements however many there are.
    pub async fn mark(done: &[Done], tx: &mut Tx, channel: &dyn Channel, pacer: &mut Pacer, now: Timestamp) -> Result<()> {
        let mut deltas = Deltas::default();
        let mut sent: BTreeMap<BroadcastId, Vec<(&str, Option<&str>)>> = BTreeMap::new();
        for done in done {
            let recipient = &done.taken.recipient;
            match &done.result {
                Ok(taken) => {
                    let of = sent.entry(recipient.broadcast).or_default();
                    of.push((&recipient.to.peer, taken.external_id.as_deref()));
                }
                Err(error) => failed(tx, &mut deltas, pacer, done, error, now).await?,
            }
        }
        for (id, sent) in sent {
            for ring in recipient::sent(tx, id, channel.name(), &sent, now).await? {
                deltas.ended(id, ring, channel.name().as_str(), Outcome::Sent, "");
            }
        }
        deltas.write(tx).await
    }

    /// Takes on up to `limit` recipients of what is being sent.
    pub async fn claim(
        &mut self,
        tx: &mut Tx,
        channel: &dyn Channel,
        clock: &dyn Clock,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Taken>> {
        let now = clock.now();
        self.more = false;
        let running = broadcast::running(tx).await?;
        if running.is_empty() {
            self.speeches.clear();
            self.same.clear();
            return Ok(Vec::new());
        }
        let mut taken = Vec::new();
        let mut deltas = Deltas::default();
        for of in running {
            let left = limit.saturating_sub(u32::try_from(taken.len()).unwrap_or(u32::MAX));
            if left == 0 {
                self.more = true;
                break;
            }
            let Some(speech) = self.speech(tx, of.id).await? else { continue };
            if !speech.class.may_send_at(now) {
                continue;
            }
            let claimed = recipient::claim(tx, &of, channel.name(), now, lease_until, left).await?;
            self.more |= claimed.len() == left as usize;
            for (recipient, agreed) in claimed {
                if !agreed && needs_consent(&of, &speech, &recipient) {
                    end(tx, &mut deltas, &recipient, Outcome::Skipped, "stopped", now).await?;
                    continue;
                }
                if let Some(cause) = closed(tx, channel, &speech, &recipient, now).await? {
                    end(tx, &mut deltas, &recipient, Outcome::Skipped, cause, now).await?;
                    continue;
                }
                match self.job(channel, &speech, &recipient) {
                    Some(Job::Send(message)) if channel.name() == ChannelName::Web => {
                        self.to_page(tx, clock, &recipient, &message, now).await?;
                        end(tx, &mut deltas, &recipient, Outcome::Sent, "", now).await?;
                    }
                    Some(job) => taken.push(Taken { recipient, job }),
                    None => end(tx, &mut deltas, &recipient, Outcome::Skipped, "no-amending", now).await?,
                }
            }
        }
        deltas.write(tx).await?;
        Ok(taken)
    }

    async fn speech(&mut self, tx: &mut Tx, id: BroadcastId) -> Result<Option<Arc<Speech>>> {
        if let Some(known) = self.speeches.get(&id) {
            return Ok(Some(Arc::clone(known)));
        }
        let speech = broadcast::speech(tx, id).await?.map(Arc::new);
        if let Some(speech) = &speech {
            self.speeches.insert(id, Arc::clone(speech));
        }
        Ok(speech)
    }

    /// What is to be done for a recipient; `None` when the channel cannot do it.
    fn job(&mut self, channel: &dyn Channel, speech: &Speech, recipient: &Recipient) -> Option<Job> {
        match (speech.how, recipient.replaces.clone().filter(|_| channel.amends())) {
            (Some(Amendment::Delete), Some(replaces)) => Some(Job::TakeBack(replaces)),
            (Some(Amendment::Delete), None) => None,
            (Some(Amendment::Edit), Some(replaces)) => Some(Job::Edit(self.message(speech, recipient)?, replaces)),
            _ => Some(Job::Send(self.message(speech, recipient)?)),
        }
    }

    /// The message for a recipient: drawn once where it is the same for many.
    fn message(&mut self, speech: &Speech, recipient: &Recipient) -> Option<Arc<Message>> {
        let buttons = Capabilities::of(recipient.to.channel).buttons;
        let fits = |drawn: &&Drawn| drawn.buttons == buttons && drawn.lang == recipient.lang;
        let drawn = speech.drawn.iter().find(fits).or_else(|| speech.drawn.iter().find(|drawn| drawn.buttons == buttons))?;
        if !drawn.is_same_for_all() {
            return Some(Arc::new(drawn.filled(&recipient.place)));
        }
        let key = (recipient.broadcast, recipient.lang.map_or_else(String::new, |lang| lang.code().to_owned()));
        Some(Arc::clone(self.same.entry(key).or_insert_with(|| Arc::new(drawn.message.clone()))))
    }

    /// Whoever is on the web page: what is said there stands in the outbox.
    async fn to_page(
        &self,
        tx: &mut Tx,
        clock: &dyn Clock,
        recipient: &Recipient,
        message: &Message,
        now: Timestamp,
    ) -> Result<()> {
        let id = format!("{}.b", clock.fresh_id());
        let outbound = Outbound { id, to: recipient.to.clone(), priority: Priority::Bulk, message: message.clone() };
        outbox::add(tx, &outbound, now).await
    }
}

/// Whether a recipient is written to only while they agree to it: not officers, nor in danger, nor where nothing new is said.
fn needs_consent(of: &Running, speech: &Speech, recipient: &Recipient) -> bool {
    let changes = matches!(speech.how, Some(Amendment::Edit | Amendment::Delete));
    !of.urgent && !changes && recipient.ring != Ring::Staff
}

/// Why a recipient is not written to, on a channel that counts from their last word.
async fn closed(
    tx: &mut Tx,
    channel: &dyn Channel,
    speech: &Speech,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<Option<&'static str>> {
    let Some(windows) = channel.windows() else { return Ok(None) };
    let last = conversation::last_interaction(tx, &recipient.to).await?;
    Ok(match windows.at(last, now) {
        Window::Free => None,
        Window::Paid if speech.pays => None,
        Window::Paid => Some("paid"),
        Window::Closed => Some("window"),
    })
}

/// Writes down what became of a send that failed.
async fn failed(
    tx: &mut Tx,
    deltas: &mut Deltas,
    pacer: &mut Pacer,
    done: &Done,
    error: &SendError,
    now: Timestamp,
) -> Result<()> {
    let recipient = &done.taken.recipient;
    tracing::debug!(%error, to = recipient.to.masked(), broadcast = recipient.broadcast, "broadcast not delivered");
    let (outcome, cause) = match error {
        // Whoever writes to each chat once at most is asked to wait on behalf of all.
        SendError::RetryAfter(wait) | SendError::Throttled(wait) => {
            let at = now.plus((*wait).max(super::retry::LEAST_HOLD));
            pacer.hold_all(at);
            return recipient::put_back(tx, recipient, at, false).await;
        }
        SendError::Transient(_) if recipient.tries + 1 < MOST_TRIES => {
            return recipient::put_back(tx, recipient, now.plus(wait(recipient.tries)), true).await;
        }
        SendError::Transient(_) => (Outcome::Failed, "gave-up"),
        SendError::Unreachable(Unreachable::Moved(peer)) => {
            conversation::relocate(tx, &recipient.to, peer).await?;
            subscriber::relocate(tx, &recipient.to, peer).await?;
            recipient::put_back(tx, recipient, now, true).await?;
            if recipient::relocate(tx, recipient, peer).await? {
                return Ok(());
            }
            (Outcome::Skipped, "twice")
        }
        SendError::Unreachable(Unreachable::Closed) => {
            conversation::close_window(tx, &recipient.to, now).await?;
            (Outcome::Skipped, "window")
        }
        SendError::Unreachable(Unreachable::Blocked | Unreachable::Gone) => {
            conversation::mark_unreachable(tx, &recipient.to, now).await?;
            (Outcome::Failed, "unreachable")
        }
        SendError::Unreachable(Unreachable::NoTopic) | SendError::Rejected(_) => {
            tracing::warn!(%error, to = recipient.to.masked(), broadcast = recipient.broadcast, "a channel refuses a broadcast");
            (Outcome::Failed, "rejected")
        }
        SendError::Unknown(_) | SendError::Failed(_) => (Outcome::Uncertain, "unknown"),
    };
    end(tx, deltas, recipient, outcome, cause, now).await
}

/// Ends a recipient in the ledger and in its numbers.
async fn end(tx: &mut Tx, deltas: &mut Deltas, of: &Recipient, outcome: Outcome, cause: &str, now: Timestamp) -> Result<()> {
    if recipient::end(tx, of, outcome, cause, now).await? {
        deltas.ended(of.broadcast, of.ring, of.to.channel.as_str(), outcome, cause);
    }
    Ok(())
}

/// Carries a job out.
pub(super) async fn carry_out(channel: &dyn Channel, taken: &Taken) -> std::result::Result<Sent, SendError> {
    let peer = &taken.recipient.to.peer;
    match &taken.job {
        Job::Send(message) => channel.send(peer, message).await,
        Job::Edit(message, replaces) => channel.edit(peer, replaces, message).await,
        Job::TakeBack(replaces) => channel.take_back(peer, replaces).await,
    }
}
