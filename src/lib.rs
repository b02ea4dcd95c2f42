//! Motcua.
pub mod domain;
pub mod knowledge;
