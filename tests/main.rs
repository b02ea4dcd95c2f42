//! All tests that need more than one module, in one binary.
#![expect(missing_docs, reason = "names of tests say what they assert")]

mod architecture;
mod browser;
mod commands;
mod content;
mod crash;
mod delivery;
mod store;
mod support;
mod telegram;
mod transcripts;
mod turns;
mod web;
mod wording;
