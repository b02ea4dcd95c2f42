//! The state of a conversation, as it is stored.

use crate::domain::Address;
use crate::engine::State;
use crate::store::conversation::Stored;
use crate::store::{Result, Tx, conversation};

/// What a conversation remembers. A state that an older or newer program wrote and this one cannot read is begun again.
pub(super) fn state_of(stored: &Stored) -> State {
    serde_json::from_str(&stored.state).unwrap_or_default()
}

/// The state of the conversation there.
pub(super) async fn state_at(tx: &mut Tx, at: &Address) -> Result<State> {
    Ok(state_of(&conversation::load(tx, at).await?.unwrap_or_default()))
}

/// The same, and its turns wait until the end of the transaction.
pub(super) async fn held_at(tx: &mut Tx, at: &Address) -> Result<State> {
    Ok(state_of(&conversation::load_held(tx, at).await?.unwrap_or_default()))
}
