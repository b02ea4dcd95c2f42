//! Content in, [`Library`] out.
//!
//! Guides are folders of TOML and Markdown (`knowledge/README.md` is the author's manual). They are read and checked
//! once, indexed, and from then on the [`Library`] is a plain immutable value: a reload builds a new one and swaps it
//! whole, so that nobody ever sees half of an edit.
//!
//! What people wrote stands open in memory; what a crawl brought is packed and opened when it is wanted (`shelf`).
//!
//! Walks are folders too ([`walk`]); a guide that asks questions about its papers makes one more.
//!
//! **Invariants.** A library that loaded has no broken guide. Of two guides with one official code the better vouched
//! for stays. Searching is a pure read. Nothing here talks to a network or a database; the only I/O is reading content
//! and the index that was made from it, and writing guides of a crawl ([`import`]).

mod calendar;
mod error;
mod guide;
mod library;
mod lines;
pub mod places;
mod shelf;
mod shops;
mod source;
mod text;
mod vocabulary;

pub mod aloud;
pub mod check;
pub mod import;
pub mod rules;
pub mod search;
pub mod walk;

pub use calendar::Years;
pub use error::{ContentError, Fault};
pub use guide::{
    Applicant, CopyKind, Document, Facts, Fee, Guide, Law, Level, Online, PaperChoice, PaperQuestion, Review, Source, TimeLimit,
    TimeUnit, Via, Waiver,
};
pub use library::{GuideId, Library};
pub use places::{Meaning, Places, Unit};
pub use shops::{Department, Shop, is_placeholder};
pub use source::{Contents, Origin};
pub use text::{Answer, GuideText, StepGroup};
pub use vocabulary::Vocabulary;
pub use walk::Walk;
