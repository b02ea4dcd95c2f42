//! Zalo's Bot Platform: updates in by webhook or long polling, plain text out.
//!
//! The platform has no buttons, no edit and no files: choices are numbered lines, and are typed. What it documents and what
//! it sends differ, so both forms of an update are read. Limits and shapes were read in public clients of the platform,
//! 21 November 2026; its free plan is too small for a province, so it is a way to begin, not the way to stay.

mod api;
mod decode;
mod poll;
mod send;
mod webhook;

pub use api::{Api, CallError};
pub use decode::decode;
pub use poll::poll;
pub use send::ZaloBot;
pub use webhook::{SECRET_HEADER, routes};
