//! Motcua.
pub mod cli;
pub mod domain;
pub mod engine;
pub mod knowledge;
