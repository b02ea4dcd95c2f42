//! The live part of the page: new entries as server-sent events.

use std::collections::{HashSet, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use futures::stream::{self, Stream};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast};
use tokio::time::Instant;

use super::Web;
use super::routes::{address, page_lang};
use crate::domain::{Address, Entry, Lang};

/// Entries written by another process, whose pings do not reach us, are seen at the latest after this.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
/// The same while something waits for its answer.
const LOOK_SOON: Duration = Duration::from_secs(1);
/// Things said last whose answers a page may still miss.
const RECENT: usize = 5;
/// How long a line is held: a browser that went away without a word is noticed then.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// Browsers come back after this when the line was cut.
const COME_BACK: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: String,
}

/// New entries behind the last one the page has: the browser repeats its id when it comes back.
pub(super) async fn stream(
    State(web): State<Arc<Web>>,
    jar: CookieJar,
    headers: HeaderMap,
    Query(query): Query<After>,
) -> Response {
    let Some(address) = address(&jar) else { return StatusCode::NO_CONTENT.into_response() };
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map_or(query.after, str::to_owned);
    let lang = page_lang(&jar, &headers);
    let Some(room) = web.limits.line(web.hub.listeners(&address.peer)) else {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response();
    };
    let events = entries(web, address, last, lang, room);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Where one open page is.
struct Follow {
    web: Arc<Web>,
    news: broadcast::Receiver<()>,
    address: Address,
    lang: Lang,
    /// Entries the page has.
    shown: HashSet<String>,
    /// The last entry the page had when it came; what it has is known at the first look.
    last: Option<String>,
    /// Entries to send: id and HTML.
    ready: VecDeque<(String, String)>,
    /// When the line ends; the browser comes back.
    ends: Instant,
    /// Its place among the lines.
    _room: OwnedSemaphorePermit,
    /// How long to wait for news before looking all the same; none before the first look.
    wait: Option<Duration>,
}

impl Follow {
    /// Waits for news. False when the program stops.
    async fn news(&mut self) -> bool {
        let Some(wait) = self.wait else { return true };
        let closed = matches!(tokio::time::timeout(wait, self.news.recv()).await, Ok(Err(RecvError::Closed)));
        !closed && Instant::now() < self.ends
    }

    /// Reads what the page does not have.
    async fn look(&mut self) {
        let history = self.web.desk.history(&self.address).await.unwrap_or_else(|error| {
            tracing::error!(%error, "web chat");
            Vec::new()
        });
        if let Some(last) = self.last.take() {
            self.shown = had(&history, &last);
        }
        let frame = self.web.frame(self.lang, true);
        for (at, entry) in history.iter().enumerate().filter(|(_, entry)| !self.shown.contains(entry.id())) {
            // A carriage return would end the event's line.
            let html = frame.entry(entry, &history[..at]).into_string().replace('\r', "");
            self.ready.push_back((entry.id().to_owned(), html));
        }
        self.shown.extend(self.ready.iter().map(|(id, _)| id.clone()));
        let waiting = self.web.desk.is_waiting(&self.address).await.unwrap_or(false);
        self.wait = Some(if waiting { LOOK_SOON } else { LOOK_AGAIN });
    }
}

/// What a page has whose last entry is `last`: all before it, but perhaps not the answers to the last few things said,
/// which sort before a question that was asked while they were thought of. The page itself knows what it has twice.
fn had(history: &[Entry], last: &str) -> HashSet<String> {
    let asked: Vec<&str> = history.iter().filter(|entry| matches!(entry, Entry::Citizen { .. })).map(Entry::id).collect();
    let recent = &asked[asked.len().saturating_sub(RECENT)..];
    let answers_recent = |entry: &Entry| matches!(entry, Entry::Us { .. }) && recent.iter().any(|id| entry.id().starts_with(id));
    history.iter().filter(|entry| entry.id() <= last && !answers_recent(entry)).map(|entry| entry.id().to_owned()).collect()
}

fn entries(
    web: Arc<Web>,
    address: Address,
    last: String,
    lang: Lang,
    room: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let news = web.hub.listen(&address.peer);
    let ends = Instant::now() + LONGEST;
    let (shown, last) = (HashSet::new(), Some(last));
    let follow = Follow { web, news, address, lang, shown, last, ready: VecDeque::new(), wait: None, ends, _room: room };
    stream::unfold(follow, |mut follow| async move {
        loop {
            if let Some((id, html)) = follow.ready.pop_front() {
                return Some((Ok(Event::default().event("entry").id(&id).retry(COME_BACK).data(html)), follow));
            }
            if !follow.news().await {
                return None; // the browser comes back
            }
            follow.look().await;
        }
    })
}
