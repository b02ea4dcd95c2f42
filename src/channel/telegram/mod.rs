//! Telegram: updates in by webhook or long polling, messages out through teloxide.
//!
//! Updates are read from raw JSON, not through teloxide's types: those keep only `update_id` of what they do not know,
//! and its own listener acknowledges an update before it is stored. Limits and error texts are those of Bot API 10.1
//! and of the server's source; the sender's file says which.

mod call;
mod decode;
mod forum;
mod poll;
mod render;
mod send;
mod setup;
mod webhook;

pub use decode::{Decoded, decode};
pub use forum::Group;
pub use poll::poll;
pub use render::html;
pub use send::Telegram;
pub use setup::{SetupError, connect, set_commands, set_webhook};
pub use webhook::{SECRET_HEADER, routes};
