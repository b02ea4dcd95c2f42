//! Dossiers: taking in what agencies tell, letting citizens look and follow, telling them what changes.

pub mod desk;
mod intake;
mod letters;
pub mod links;
pub mod mapping;
mod office;
mod papers;
mod push;
pub mod read;
mod remind;
pub mod table;

pub use intake::{Intake, Outcome, RowAnswer};
pub use letters::Letters;
pub use links::FollowLinks;
pub use office::OfficeError;
pub use push::Pusher;
