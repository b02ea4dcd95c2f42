//! What a turn wants done besides talking.

use crate::domain::{Inbound, Timestamp};
use crate::engine::{Effect, Turn};
use crate::store::{Result, Tx, conversation, lesson, walk};

/// Carries out the effects of a turn, in its transaction, before its replies are written.
///
/// # Errors
/// When the database fails.
pub(super) async fn carry_out(tx: &mut Tx, inbound: &Inbound, turn: &Turn, now: Timestamp) -> Result<()> {
    let day = now.date().to_string();
    for effect in &turn.effects {
        match effect {
            Effect::Learn(learned) => lesson::add(tx, learned, &day).await?,
            Effect::Passed(passage) => walk::pass(tx, passage, &day).await?,
            Effect::Helped(help, consent) => walk::helped(tx, *help, consent, &day).await?,
            Effect::Wipe(since) => conversation::wipe(tx, &inbound.from, *since, inbound.id).await?,
            // These are part of the turn itself: it is taken again, or gone on with, by what they find.
            Effect::Keep(_) | Effect::Fetch(_) => {}
        }
    }
    Ok(())
}
