//! Motcua.
pub mod app;
pub mod channel;
pub mod cli;
pub mod config;
pub mod delivery;
pub mod domain;
pub mod engine;
pub mod http;
pub mod i18n;
pub mod knowledge;
pub mod service;
pub mod store;
