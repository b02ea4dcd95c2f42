//! What became of a send, written down: the outcome, and what follows from it.

use std::time::Duration;

use super::courier::Done;
use super::elsewhere;
use super::pace::Pacer;
use super::retry::{Fate, after};
use crate::channel::Channel;
use crate::domain::{SendError, Timestamp};
use crate::store::outbox::{self, Claimed, Outcome};
use crate::store::{Result, Tx, conversation, forum, ticket};

/// What nobody could post for so long stands in the console.
const GROUP_GIVES_UP: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// When something for a group is tried again that refuses us.
const GROUP_AGAIN: Duration = Duration::from_secs(60);

/// Writes down what became of a send.
pub(super) async fn mark(tx: &mut Tx, channel: &dyn Channel, pacer: &mut Pacer, done: &Done, now: Timestamp) -> Result<()> {
    let id = &done.claimed.outbound.id;
    let outcome = done.result.as_ref().map_or_else(word, |_| "sent");
    metrics::counter!("motcua_sends_total", "channel" => channel.name().as_str(), "outcome" => outcome).increment(1);
    match &done.result {
        // Written down with all others that the channel took.
        Ok(_) => {
            let age = done.claimed.created_at.until(now);
            metrics::histogram!("motcua_delivery_seconds").record(age.as_secs_f64());
            Ok(())
        }
        Err(error) => {
            let fate = after(&done.claimed, error, now);
            let to = done.claimed.outbound.to.masked();
            tracing::warn!(%error, to, ?fate, "message not delivered");
            outbox::note(tx, id, now, word(error), &error.to_string()).await?;
            match (error, &fate) {
                (SendError::RetryAfter(_), Fate::Again { at, .. }) => {
                    pacer.hold(channel.paced_with(&done.claimed.outbound.to.peer), *at);
                    // Whether the vendor means this chat or all of them it does not say: what is not urgent waits.
                    pacer.hold_bulk(*at);
                }
                (SendError::Throttled(_), Fate::Again { at, .. }) => pacer.hold_all(*at),
                _ => {}
            }
            apply(tx, &done.claimed, fate, Some(&error.to_string()), done.began, now).await
        }
    }
}

/// Carries out what becomes of a message whose send began then.
pub(super) async fn apply(
    tx: &mut Tx,
    claimed: &Claimed,
    fate: Fate,
    error: Option<&str>,
    began: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let (id, to) = (&claimed.outbound.id, &claimed.outbound.to);
    match fate {
        Fate::Settle(outcome) => outbox::settle(tx, id, outcome, None, error, now).await.map(drop),
        Fate::Again { at, failed } => outbox::put_back(tx, claimed, at, failed).await,
        Fate::Uncertain { at } => outbox::hold(tx, claimed, at, claimed.in_flight).await,
        // The hotline's group: what is to be posted there waits for another topic, or until somebody gives the rights back.
        Fate::NoTopic if forum::lost(tx, to).await? => Ok(()),
        Fate::NoTopic => outbox::settle(tx, id, Outcome::Rejected, None, error, now).await.map(drop),
        Fate::NobodyThere if forum::is_topic(tx, to).await? => {
            tracing::error!(error, "the hotline's group cannot be written to");
            if claimed.created_at.until(now) >= GROUP_GIVES_UP {
                return outbox::settle(tx, id, Outcome::GaveUp, None, error, now).await.map(drop);
            }
            outbox::put_back(tx, claimed, now.plus(GROUP_AGAIN), false).await
        }
        Fate::NobodyThere => {
            conversation::mark_unreachable(tx, to, now).await?;
            for notice in outbox::open_notices(tx, to).await? {
                elsewhere::pass_on(tx, &notice, error, now).await?;
            }
            outbox::settle_all_of(tx, to, Outcome::Unreachable, now).await?;
            Ok(())
        }
        Fate::Closed => {
            conversation::close_window(tx, to, began).await?;
            elsewhere::pass_on(tx, &claimed.outbound, error, now).await
        }
        Fate::Moved(peer) => {
            conversation::relocate(tx, to, &peer).await?;
            ticket::relocate(tx, to, &peer).await?;
            outbox::put_back(tx, claimed, now, false).await?;
            outbox::redirect(tx, to, &peer).await?;
            Ok(())
        }
    }
}

/// The word in the ledger for a send that failed.
fn word(error: &SendError) -> &'static str {
    match error {
        SendError::RetryAfter(_) | SendError::Throttled(_) => "retry_after",
        SendError::Unreachable(_) => "unreachable",
        SendError::Rejected(_) => "rejected",
        SendError::Unknown(_) => "unknown",
        SendError::Failed(_) | SendError::Transient(_) => "failed",
    }
}
