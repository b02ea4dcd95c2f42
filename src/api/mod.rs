//! The API that one-stop software calls: JSON over HTTP, described at `/api/v1/openapi.json`.
//!
//! **Invariants.** Nobody is believed without a key or a signature. What was answered with `accepted` is on disk. Limits are told
//! with every refusal for them.

mod dossiers;
mod openapi;

pub use dossiers::{MOST_BODY, MOST_ROWS, routes};
