//! Dossiers (*hồ sơ*): what a citizen handed in, and what the one-stop software tells of it.
//!
//! The state system keeps the dossier; we keep a mirror of what a citizen may know. What arrives is a claim with a time and a
//! source: it is kept, and the mirror follows from all of them ([`Dossier::take`]).

pub mod apology;
pub mod claim;
pub mod code;
pub mod mirror;
pub mod paper;
pub mod status;

pub use apology::Apology;
pub use claim::{Claim, Fee};
pub use code::DossierCode;
pub use mirror::{Change, Dossier, masked_name};
pub use paper::{Paper, Verdict};
pub use status::Status;
