//! What parts of the house ring for one another, so that nobody has to look again and again.
//!
//! A ring that is lost costs a moment: everybody looks from time to time as well.

use std::sync::Arc;

use tokio::sync::Notify;

/// A bell for each that waits for something.
#[derive(Default)]
pub(super) struct Bells {
    /// Turns are to be taken.
    pub arrived: Arc<Notify>,
    /// The hotline's group has something to read, or to post.
    pub group: Arc<Notify>,
    /// Something is to be sent, for the courier of each channel.
    pub couriers: Vec<Arc<Notify>>,
    /// A file is to be looked at.
    pub wanted: Arc<Notify>,
    /// Tickets may have changed.
    pub turned: Arc<Notify>,
    /// A broadcast was approved, or changed.
    pub announced: Arc<Notify>,
    /// Content was published.
    pub changed: Arc<Notify>,
    /// Other processes are to be told that something arrived, or was written, here.
    pub arrived_here: Arc<Notify>,
    pub written_here: Arc<Notify>,
}

impl Bells {
    /// For so many channels.
    pub(super) fn of(channels: usize) -> Self {
        Self { couriers: (0..channels).map(|_| Arc::default()).collect(), ..Self::default() }
    }

    /// Rung when something arrived, wherever.
    pub(super) fn arrival(&self) -> Vec<Arc<Notify>> {
        vec![Arc::clone(&self.arrived), Arc::clone(&self.group)]
    }

    /// Rung when something arrived here.
    pub(super) fn arrival_here(&self) -> Vec<Arc<Notify>> {
        [self.arrival(), vec![Arc::clone(&self.arrived_here)]].concat()
    }

    /// Rung when something was written to the outbox, wherever.
    pub(super) fn writing(&self) -> Vec<Arc<Notify>> {
        [self.couriers.clone(), [&self.wanted, &self.group, &self.turned].map(Arc::clone).into()].concat()
    }

    /// Rung when something was written to the outbox here.
    pub(super) fn writing_here(&self) -> Vec<Arc<Notify>> {
        [self.writing(), vec![Arc::clone(&self.written_here)]].concat()
    }
}
