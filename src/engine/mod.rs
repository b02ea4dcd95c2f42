//! Pure.
pub mod ask;
