//! The API that one-stop software calls: JSON over HTTP, described at `/api/v1/openapi.json`; and letters that officers print.
//!
//! **Invariants.** Nobody is believed without a key or a signature. What was answered with `accepted` is on disk. Limits are told
//! with every refusal for them.

mod broadcasts;
mod door;
mod dossiers;
pub mod letters;
mod openapi;

pub use broadcasts::read as announcement;
pub use dossiers::{MOST_BODY, MOST_ROWS, routes};
