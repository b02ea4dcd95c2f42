//! Photos and files: fetched from where their channel has them, looked at, and kept if they are to be.
//!
//! **Invariants.** What is fetched comes from the channel's own servers only ([`crate::channel::Channel::fetch`]). Bytes are
//! believed, names and types that somebody tells are not. A photo is drawn anew before it is kept, so that nothing of the
//! phone that took it, and nothing hidden in it, stays. Files are sealed on disk, outside of what any page serves, under the
//! hash of what they hold and what they came with; what no row in the database names any more is deleted. Strangers' bytes
//! are opened in a process of its own, which has no secrets ([`Eyes`]). The image of a code is never written down.

mod door;
mod eyes;
mod files;
mod look;
mod looker;

pub use door::{routes, served};
pub use eyes::{Eyes, see};
pub use files::{FileError, Files};
pub use look::look;
pub use looker::Looker;
