//! Motcua ("một cửa", the one-stop shop): a chat-bot that guides citizens through administrative procedures.
//!
//! # The map
//!
//! What travels through the house, from a citizen's phone and back:
//!
//! ```text
//!  channel/telegram ┐                                                ┌ channel/telegram
//!  channel/zalo     ├─ Inbox ──► service/conversation ──┐            ├ channel/zalo
//!  channel/zalo_bot │            one transaction:       │            ├ channel/zalo_bot
//!  channel/web      ┘            load state             │            ├ channel/web
//!                                engine::turn, fit      │            │ render
//!                                save state             │            delivery: claim, window, pace, send, mark
//!                                replies ───────────────┴─► store/outbox ─┘
//!  api ──► service/dossier: intake, push ───────────────────► ▲   (three priorities: reply, notice, bulk)
//!  console ──► service/{handoff, dossier, officers} ──────────► ▲   (what happens at the desk comes back through the inbox)
//!  the hotline's group ──► Inbox ──► service/handoff/hotline ──► ▲   (the same acts as in the console)
//!  console ──► service/editing ── editions over folders ──► knowledge/
//!  console, api ──► service/broadcast ── store/recipient ──► delivery: behind everything else
//!  media: what a turn wants looked at ──► Inbox
//!  several processes: app/lead (who does what only one may), app/calls (who wakes whom)
//!  knowledge/ (guides, walks, search) ── &Library ──► engine
//! ```
//!
//! In reading order:
//!
//! - [`domain`]: the nouns. [`domain::Message`] is what the bot says before any channel shapes it, [`domain::Said`]
//!   what a citizen said before anybody understood it.
//! - [`knowledge`]: guides in, [`knowledge::Library`] out. [`knowledge::search`] reads Vietnamese as it is typed and
//!   finds guides; `vocabulary.toml` and `names/` tell it everyday words, `intents/` what is no question about a procedure,
//!   [`knowledge::places`] old names of places; [`knowledge::check`] is the lint of content; [`knowledge::import`] makes
//!   guides of a crawl. [`knowledge::walk`] is what people do step by step; its [`route`](knowledge::Walk::route) follows from
//!   their answers alone.
//! - [`engine`]: the conversation, pure. [`engine::turn`] is the whole bot without a network (`motcua talk` is nothing
//!   but that in a terminal); [`engine::ask::decide`] is the decision between an answer, a question back, and "I do not
//!   know". [`engine::Progress`] is somebody on a walk.
//! - [`i18n`]: the wording of the interface.
//! - [`store`]: SQL for SQLite and PostgreSQL, free functions over [`store::Tx`].
//! - [`service`]: use cases, each one transaction: taking arrivals in, taking turns, learning, forgetting.
//! - [`seal`]: secrets at rest, and hashes that only we can make.
//! - [`channel`]: the edge. [`channel::Inbox`] and [`channel::Channel`] are the way in and the way out.
//! - [`media`]: photos and files of citizens, fetched, looked at, kept sealed.
//! - [`api`]: what one-stop software calls; [`service::dossier`] takes it in, [`engine::dossier`] talks about it.
//! - [`console`]: the officers' pages; [`service::officers`] is who they are, [`service::audit`] what they did,
//!   [`service::handoff`] what they do with conversations, [`service::editing`] with content, [`service::broadcast`] with
//!   announcements, whose recipients have a ledger of their own ([`store::recipient`]).
//! - [`site`]: guides as pages to read, to print, and to find by a code on paper.
//! - [`delivery`]: the only place that sends, paces and retries, and passes on what cannot reach somebody at one place to another
//!   that they linked ([`domain::reach`]).
//! - [`http`], [`config`], [`app`], [`cli`]: one router, the settings, the wiring, the commands.
//!
//! # Invariants
//!
//! - **Nothing is lost on the way in.** A channel hands what arrives to the inbox and acknowledges it only then. The
//!   channel's own id makes a repeat harmless.
//! - **Nothing is lost on the way out.** Everything said goes through the outbox, written in the transaction of the
//!   state it follows from; broadcasts through their ledger, a row for each recipient.
//! - **A send can be uncertain.** It is repeated at most once, or for as long as the vendor says that it failed; never when it is
//!   bulk. The ledger says so.
//! - **What is wrong can be switched off**, alone and with a reason that citizens read ([`domain::switch`]): turns, pages and couriers
//!   look at it, each anew.
//! - **More than a question is kept by consent**, sealed ([`store::sealed`]), and deleted on request ([`service::privacy`])
//!   or on time.
//! - **Order holds** for each recipient and priority: a claim takes only the oldest open message of each.
//! - **One turn at a time** in each conversation, on both databases, by a version that the state carries.
//! - **No figure is invented.** What a guide does not say, the answer calls missing.
//!
//! Who may import whom, and what the pure layers must not use, is checked by `tests/architecture.rs`. What is
//! deliberately absent: a storage trait with mocks (tests run on both real databases), a dialogue framework (a turn is
//! a function), a word segmenter and a model (see [`knowledge::search`]).

pub mod api;
pub mod app;
pub mod channel;
pub mod cli;
pub mod config;
pub mod console;
pub mod delivery;
pub mod domain;
pub mod engine;
pub mod http;
pub mod i18n;
pub mod knowledge;
pub mod media;
pub mod seal;
pub mod service;
pub mod site;
pub mod store;
