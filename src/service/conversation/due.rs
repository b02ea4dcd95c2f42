//! What waits for its turn, and what the turn needs to know.

use super::Conversations;
use super::in_hand::Taken;
use crate::domain::broadcast::{Amendment, BroadcastId, REPLIES_FOR, Standing};
use crate::domain::{Address, Inbound, Said, Timestamp};
use crate::engine::State;
use crate::engine::announce::{Announced, BUTTON, LINK};
use crate::service::links;
use crate::service::state::state_of;
use crate::store::citizen::Citizen;
use crate::store::told::Told;
use crate::store::{Result, Tx, broadcast, conversation, inbox, told};

/// Turns of different conversations taken together, for one flush of the disk.
pub(super) const BATCH: u32 = 64;

/// A turn that was read and is to be taken.
pub(super) struct Due {
    pub(super) inbound: Inbound,
    pub(super) version: i64,
    pub(super) state: State,
    /// Who linked this place, and what they share.
    pub(super) citizen: Option<Citizen>,
    /// A notice is kept for them.
    pub(super) notices_kept: bool,
}

/// Turns to be taken together.
pub(super) struct Batch {
    /// The transaction that holds them, where several processes share a database.
    pub(super) held: Option<Tx>,
    pub(super) due: Vec<Due>,
    /// Until it is dropped nobody else of this process takes turns of these conversations.
    pub(super) _taken: Taken,
}

impl Conversations {
    /// What waits. Where several processes share a database the rows are held until their turns are written, in the transaction that
    /// is returned, so that no two think about the same; a process that dies lets go of them.
    pub(super) async fn due(&self) -> Result<Batch> {
        let shared = self.store.is_shared();
        let mut tx = if shared { self.store.write().await? } else { self.store.read().await? };
        let (pending, taken) = if shared {
            (inbox::take_on(&mut tx, BATCH).await?, self.in_hand.take(&[]))
        } else {
            let limit = BATCH.saturating_add(u32::try_from(self.in_hand.len()).unwrap_or(u32::MAX));
            let mut pending = inbox::pending(&mut tx, limit).await?;
            let taken = self.in_hand.take(&pending);
            pending.retain(|inbound| taken.has(&inbound.from));
            (pending, taken)
        };
        let now = self.clock.now();
        let everybody: Vec<&Address> = pending.iter().map(|inbound| &inbound.from).collect();
        let mut stored = conversation::load_all(&mut tx, &everybody).await?;
        let speaking: Vec<&Address> = pending.iter().filter(|inbound| speaks(inbound)).map(|inbound| &inbound.from).collect();
        let mut last = told::last(&mut tx, &speaking, now.minus(REPLIES_FOR)).await?;
        let mut due = Vec::new();
        for inbound in pending {
            let (stored, citizen) = stored.remove(&inbound.from).unwrap_or_default();
            let state = state_of(&stored);
            let mut state: State = match &citizen {
                Some(citizen) => links::overlaid(&mut tx, &inbound.from, citizen, state).await?,
                None => state,
            };
            state.announced = announced(&mut tx, &inbound, last.remove(&inbound.from), now).await?;
            due.push(Due { inbound, version: stored.version, state, citizen, notices_kept: stored.notices_kept });
        }
        Ok(Batch { held: shared.then_some(tx), due, _taken: taken })
    }
}

/// Whether this may be about a broadcast that does not say so.
fn speaks(inbound: &Inbound) -> bool {
    matches!(inbound.said, Said::Text(_) | Said::Chose(_))
}

/// The broadcast that what is said may be about: the one whose button was pressed or whose code was read, else the `last` they had.
async fn announced(tx: &mut Tx, inbound: &Inbound, last: Option<Told>, now: Timestamp) -> Result<Option<Announced>> {
    let named = match &inbound.said {
        Said::Chose(id) => id.as_str().strip_prefix(BUTTON).and_then(|rest| rest.split('/').next()),
        Said::Text(text) => text.strip_prefix(BUTTON).and_then(|rest| rest.split('/').next()),
        Said::Joined(Some(word)) => word.strip_prefix(LINK),
        _ => None,
    };
    if let Some(id) = named.and_then(|id| id.parse::<BroadcastId>().ok()) {
        let told = broadcast::load(tx, id).await?.filter(|of| of.began_at.is_some());
        let told = told.filter(|of| of.standing != Standing::Cancelled);
        return Ok(told.map(|of| Announced { id, draft: of.draft, at: now }));
    }
    // What was taken back answers nothing any more.
    let last = last.filter(|last| last.draft.amends.is_none_or(|amends| amends.how != Amendment::Delete));
    Ok(last.map(|Told { id, draft, at }| Announced { id, draft, at }))
}
