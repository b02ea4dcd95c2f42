//! Motcua.
pub mod domain;
