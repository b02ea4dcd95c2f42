//! Use cases: each opens one transaction, calls the pure parts, and writes what follows.
//!
//! **Invariants.** No network inside a transaction. What a turn says is in the outbox in the same commit as the state
//! it follows from. Taking a turn twice writes nothing twice: the outbox id is made of the inbound's.

mod again;
pub mod agency;
pub mod audit;
pub mod broadcast;
mod conversation;
pub mod dossier;
pub mod editing;
mod effects;
pub mod figures;
pub mod handoff;
mod history;
mod inbox;
pub mod kept;
pub mod lessons;
mod links;
pub mod officers;
pub mod privacy;
pub mod reach;
mod state;
pub mod switches;
mod upkeep;
pub mod walks;
mod zalo_tokens;

pub use conversation::{Conversations, InHand};
pub use history::History;
pub use inbox::StoreInbox;
pub use switches::Switchboard;
pub use upkeep::{Upkeep, Waker};
pub use zalo_tokens::{Standing, ZaloTokens};
