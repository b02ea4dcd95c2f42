//! What is kept of a person: shown, taken along, deleted with a receipt; and requests that officers carry out.
//!
//! **Invariants.** Deleting is done in one transaction, at once, for everything in the database; what lies outside it (topics in
//! the hotline's group, files on the disk) is named in the request, which stays open until it is gone.

use std::sync::Arc;

use jiff::civil::time;
use serde::Serialize;
use uuid::Uuid;

use super::audit::note;
use super::history::History;
use crate::channel::{Capabilities, fit_notice};
use crate::domain::officer::Officer;
use crate::domain::personal::covered;
use crate::domain::privacy::{ANSWERED_WITHIN, Consent, DONE_WITHIN, Holding, LONGEST_REQUEST, Request, RequestKind};
use crate::domain::{
    Address, Block, Calendar, ChannelName, Clock, Entry, Inbound, Lang, Message, Priority, ResumeCode, Said, Text, Timestamp,
};
use crate::engine::{Effect, Found, World};
use crate::i18n::Wording;
use crate::seal::{Keyring, token_hash};
use crate::service::again::persistently;
use crate::service::state::held_at;
use crate::store::outbox::{self, Outbound};
use crate::store::request::{self, Stored};
use crate::store::{Result, Store, Tx, conversation, follow, privacy, subscriber, ticket};

/// What erased peers are hashed for.
const ALIAS: &str = "erased";
/// Requests that one place may have open: more are answered by telephone.
const MOST_OPEN: usize = 3;

/// Answers an effect about data, in the transaction of its turn; `None` when it is about something else.
///
/// # Errors
/// When the database fails.
pub(super) async fn answer(
    tx: &mut Tx,
    keys: Option<&Keyring>,
    clock: &dyn Clock,
    world: &World<'_>,
    inbound: &Inbound,
    asks: &Effect,
) -> Result<Option<Found>> {
    let from = &inbound.from;
    Ok(Some(match asks {
        Effect::ShowData => {
            let mut held = privacy::holding(tx, from).await?;
            held.consents = privacy::consents(tx, from).await?;
            held.requests = request::of(tx, from).await?;
            Found::Data(Box::new(held))
        }
        Effect::EraseData => Found::Erased(erase(tx, keys, clock, world.library.calendar(), from).await?),
        Effect::AskAboutData(words) => {
            if request::of(tx, from).await?.len() >= MOST_OPEN {
                return Ok(Some(Found::DataRequested(None)));
            }
            let mut new = begin(clock, world.library.calendar(), RequestKind::Other);
            new.from = Some(from.clone());
            new.request.words = covered(words);
            let added = request::add(tx, &new, from.channel.as_str()).await?;
            Found::DataRequested(added.then_some(new.request.receipt))
        }
        _ => return Ok(None),
    }))
}

/// Deletes everything of one place. Returns the receipt.
///
/// # Errors
/// When the database fails.
pub(super) async fn erase(
    tx: &mut Tx,
    keys: Option<&Keyring>,
    clock: &dyn Clock,
    calendar: &Calendar,
    from: &Address,
) -> Result<String> {
    let now = clock.now();
    let mut new = begin(clock, calendar, RequestKind::Erase);
    (new.topics, new.files) = privacy::outside(tx, from).await?;
    new.request.answered_at = Some(now);
    new.request.done_at = (new.topics.is_empty() && new.files.is_empty()).then_some(now);
    History::forget_in(tx, from).await?;
    let alias = keys.map(|keys| keys.digests(ALIAS, &from.to_string()).swap_remove(0));
    privacy::forget_consents(tx, from, alias.as_deref(), now).await?;
    request::forget(tx, from, now).await?;
    request::add(tx, &new, from.channel.as_str()).await?;
    Ok(new.request.receipt)
}

/// A request with its clock: by the end of the second working day, and of the fifteenth day.
fn begin(clock: &dyn Clock, calendar: &Calendar, kind: RequestKind) -> Stored {
    let now = clock.now();
    let end_of = |date: jiff::civil::Date| Timestamp::at(date, time(23, 59, 59, 0));
    let days = jiff::Span::new().days(i64::from(DONE_WITHIN));
    let request = Request {
        receipt: ResumeCode::of(clock.secret()).to_string(),
        kind,
        words: String::new(),
        asked_at: now,
        answer_due: end_of(calendar.after(now.date(), ANSWERED_WITHIN)),
        done_due: end_of(now.date().saturating_add(days)),
        answered_at: None,
        done_at: None,
    };
    Stored { id: clock.fresh_id(), request, from: None, officer: None, topics: Vec::new(), files: Vec::new() }
}

/// Looking after data: links to it, and requests about it.
#[derive(Clone)]
pub struct Privacy {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// What erased addresses are hashed with.
    pub keys: Option<Keyring>,
}

/// What an officer answers to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which request.
    pub id: Uuid,
    /// What the citizen is told.
    pub words: String,
    /// It is carried out.
    pub done: bool,
    /// When it was first answered, as far as the officer had seen.
    pub after: Option<Timestamp>,
}

/// Everything that is kept of one place, as a person takes it along. Others' addresses and officers' notes are not theirs.
#[derive(Debug, Serialize)]
pub struct Export {
    /// When it was put together.
    pub made_at: Timestamp,
    /// The channel.
    pub channel: ChannelName,
    /// Who it is there, as the channel names them.
    pub peer: String,
    /// What was said, by both sides.
    pub messages: Vec<ExportedMessage>,
    /// What the program remembers to go on: language, walks, lists, what was asked last.
    pub state: serde_json::Value,
    /// Codes of dossiers that are followed.
    pub dossiers: Vec<String>,
    /// Guides they asked about, when they agreed to that being kept.
    pub asked_about: Vec<(String, Timestamp)>,
    /// Questions to officers: when, and what.
    pub tickets: Vec<(Timestamp, String)>,
    /// What they agreed to.
    pub consents: Vec<Consent>,
    /// What they asked for about their data.
    pub requests: Vec<Request>,
}

/// One thing that was said.
#[derive(Debug, Serialize)]
pub struct ExportedMessage {
    /// When.
    pub at: Timestamp,
    /// By the citizen; else by us.
    pub mine: bool,
    /// As it is kept.
    pub what: serde_json::Value,
    /// As it is read.
    pub text: String,
}

impl Export {
    /// The language in which they are answered.
    pub fn lang(&self) -> Option<Lang> {
        self.state.get("lang").and_then(|lang| Lang::from_tag(lang.as_str()?))
    }
}

impl Privacy {
    /// Deletes everything of one place. Returns the receipt; none where nothing was kept.
    ///
    /// # Errors
    /// When the database fails; nothing was deleted then.
    pub async fn erase(&self, from: &Address, calendar: &Calendar) -> Result<Option<String>> {
        persistently(|| self.erase_at_once(from, calendar)).await
    }

    async fn erase_at_once(&self, from: &Address, calendar: &Calendar) -> Result<Option<String>> {
        let mut tx = self.store.write().await?;
        if privacy::holding(&mut tx, from).await? == Holding::default() && conversation::load(&mut tx, from).await?.is_none() {
            return Ok(None);
        }
        let receipt = erase(&mut tx, self.keys.as_ref(), self.clock.as_ref(), calendar, from).await?;
        tx.commit().await?;
        Ok(Some(receipt))
    }

    /// What is kept of whoever was given the link of this secret; `None` when it is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn export(&self, token: &str) -> Result<Option<Export>> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let Some(from) = privacy::by_link(&mut tx, &token_hash(token), now).await? else { return Ok(None) };
        let state = conversation::load(&mut tx, &from).await?.unwrap_or_default().state;
        let dossiers = follow::of(&mut tx, &from).await?;
        let asked_about = subscriber::interests(&mut tx, &from).await?;
        let tickets = ticket::questions_of(&mut tx, &from).await?;
        let consents = privacy::consents(&mut tx, &from).await?;
        let requests = request::of(&mut tx, &from).await?;
        drop(tx);
        let entries = History { store: self.store.clone() }.whole(&from).await?;
        Ok(Some(Export {
            made_at: now,
            channel: from.channel,
            peer: from.peer,
            messages: entries.iter().map(exported).collect(),
            state: serde_json::from_str(&state).unwrap_or_default(),
            dossiers,
            asked_about,
            tickets,
            consents,
            requests,
        }))
    }

    /// Ends requests to delete everything of which nothing is left outside the database. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(&self) -> Result<usize> {
        let mut done = 0;
        let mut tx = self.store.write().await?;
        for open in request::list(&mut tx, 1_000).await?.into_iter().filter(|stored| stored.request.done_at.is_none()) {
            let erases = open.request.kind == RequestKind::Erase;
            if erases && !privacy::remains(&mut tx, &open.topics, &open.files).await? {
                done += usize::from(
                    request::answered(&mut tx, open.id, None, true, open.request.answered_at, self.clock.now()).await?,
                );
            }
        }
        tx.commit().await?;
        Ok(done)
    }

    /// Tells a citizen what became of their request. False when nothing is said, it was done before, or nobody is there any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reply(&self, given: &Answer, officer: &Officer, wording: &Wording) -> Result<bool> {
        persistently(|| self.reply_at_once(given, officer, wording)).await
    }

    async fn reply_at_once(&self, given: &Answer, officer: &Officer, wording: &Wording) -> Result<bool> {
        let words: String = given.words.trim().chars().take(LONGEST_REQUEST).collect();
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let found = request::load(&mut tx, given.id).await?;
        let Some((stored, to)) = found.and_then(|stored| stored.from.clone().map(|to| (stored, to))) else { return Ok(false) };
        if words.is_empty() || !request::answered(&mut tx, given.id, Some(&officer.login), given.done, given.after, now).await? {
            return Ok(false);
        }
        let state = held_at(&mut tx, &to).await?;
        let lang = state.lang.unwrap_or_default();
        let receipt = stored.request.receipt.clone();
        let head = wording.with(lang, "data-answer", [("receipt", receipt.clone().into())]);
        let text = Text(vec![Block::heading(head), Block::plain(words)]);
        for message in fit_notice(Message { text, ..Message::default() }, Capabilities::of(to.channel)) {
            let id = format!("{}.data", self.clock.fresh_id());
            outbox::add(&mut tx, &Outbound { id: id.clone(), to: to.clone(), priority: Priority::Notice, message }, now).await?;
            if state.keeps_notices() {
                outbox::hold_back(&mut tx, &id).await?;
            }
        }
        if let Some(keys) = &self.keys {
            let action = if given.done { "data request carried out" } else { "data request answered" };
            note(&mut tx, keys, self.clock.as_ref(), &officer.login, action, &receipt).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Requests: open ones, the oldest first, then those that are done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn requests(&self, limit: u32) -> Result<Vec<Stored>> {
        request::list(&mut self.store.read().await?, limit).await
    }
}

fn exported(entry: &Entry) -> ExportedMessage {
    match entry {
        Entry::Citizen { at, said, .. } => {
            let what = serde_json::to_value(said).unwrap_or_default();
            let text = match said {
                Said::Text(words) | Said::Edited(words) => words.clone(),
                _ => String::new(),
            };
            ExportedMessage { at: *at, mine: true, what, text }
        }
        Entry::Us { at, message, .. } => {
            let what = serde_json::to_value(message).unwrap_or_default();
            ExportedMessage { at: *at, mine: false, what, text: message.to_plain() }
        }
    }
}
