//! Conversations whose turns are being taken by this process, so that two batches at once never hold the same.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::{Address, Inbound};

/// The conversations.
#[derive(Clone, Debug, Default)]
pub struct InHand(Arc<Mutex<HashSet<Address>>>);

/// Some of them, until it is dropped.
#[derive(Debug)]
pub(super) struct Taken {
    all: InHand,
    ours: HashSet<Address>,
}

impl InHand {
    /// How many are in hand.
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Takes the conversations of these that nobody has in hand.
    pub(super) fn take(&self, pending: &[Inbound]) -> Taken {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = pending.iter().filter(|inbound| held.insert(inbound.from.clone())).map(|inbound| inbound.from.clone());
        Taken { ours: ours.collect(), all: self.clone() }
    }
}

impl Taken {
    /// Whether the conversation there is among them.
    pub(super) fn has(&self, at: &Address) -> bool {
        self.ours.contains(at)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut held = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|at| !self.ours.contains(at));
    }
}
