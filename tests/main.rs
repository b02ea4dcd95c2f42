//! All tests that need more than one module, in one binary.

mod architecture;
mod audit;
mod browser;
mod commands;
mod console;
mod content;
mod crash;
mod delivery;
mod desk;
mod dossiers;
mod handoff;
mod links;
mod officers;
mod papers;
mod sdk;
mod site;
mod store;
mod support;
mod telegram;
mod transcripts;
mod turns;
mod walks;
mod web;
mod wording;
mod zalo;
mod zalo_bot;
