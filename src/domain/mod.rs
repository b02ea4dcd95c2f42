//! Nouns. What every other layer talks about.
//!
//! **Invariant:** no I/O, no `async`, no clock and no randomness in here; everything is a plain value that can be
//! compared, printed and stored. `domain` imports no other layer.

pub mod broadcast;
pub mod calendar;
pub mod code;
pub mod dossier;
pub mod edition;
pub mod entry;
pub mod file;
pub mod forum;
pub mod hours;
pub mod id;
pub mod inbound;
pub mod lang;
pub mod lesson;
pub mod message;
pub mod officer;
pub mod outbox;
pub mod passage;
pub(crate) mod pattern;
pub mod personal;
pub mod privacy;
pub mod rating;
pub mod reach;
pub mod secret;
pub mod switch;
pub mod ticket;
pub mod time;

pub use calendar::Calendar;
pub use code::ResumeCode;
pub use dossier::{Change, Claim, Dossier, DossierCode, Fee, Status};
pub use entry::Entry;
pub use file::{Attachment, Purpose, Refusal, Seen};
pub use hours::OfficeHours;
pub use id::{Address, ChannelName, ChoiceId};
pub use inbound::{Inbound, Media, Said};
pub use lang::{Bilingual, Lang};
pub use lesson::{Lesson, Outcome};
pub use message::{Block, Choice, Link, Message, Span, Template, Text, shorten};
pub use outbox::{Priority, Receipt, ReceiptEvent, SendError, Sent, Unreachable};
pub use passage::{Help, Passage, PassageEvent};
pub use rating::Rating;
pub use reach::{Place, Route, Tariff, Window, Windows, route};
pub use secret::Secret;
pub use time::{Clock, Timestamp};
