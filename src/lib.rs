//! Motcua.
pub mod app;
pub mod channel;
pub mod cli;
pub mod config;
pub mod domain;
pub mod engine;
pub mod i18n;
pub mod knowledge;
pub mod store;
