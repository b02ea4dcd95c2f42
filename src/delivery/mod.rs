//! From the outbox to the channels: claim, pace, send, mark.
//!
//! **Invariants.** This is the only place that sends, paces and retries. Nothing is sent that is not claimed in the
//! store; no transaction is open while the network is waited for. A message whose send has an unknown outcome is
//! repeated at most once, never when it is bulk, and the ledger says so; what was sent and not marked when a process died is known from
//! its journal, and not repeated. Replies go before notices, and both before broadcasts, which
//! have a ledger of their own ([`recipient`](crate::store::recipient)). `pace` and `retry` are pure. One courier
//! works on a channel at a time, in whichever process leads it: so its limits hold for all.

mod bulk;
mod courier;
mod elsewhere;
mod journal;
mod mark;
mod pace;
mod retry;

pub use courier::Courier;
pub use journal::{Journal, Noted};
pub use pace::Pacer;
pub use retry::{Fate, after, before};
