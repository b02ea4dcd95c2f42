//! The live part of the page: new entries as server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use futures::stream::{self, Stream};
use serde::Deserialize;

use super::Web;
use super::routes::{address, page_lang};
use crate::domain::{Address, Lang};

/// Entries written by another process, whose pings do not reach us, are seen at the latest after this.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
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
    let Some(address) = address(&jar) else { return axum::http::StatusCode::NO_CONTENT.into_response() };
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map_or(query.after, str::to_owned);
    let lang = page_lang(&jar, &headers);
    let events = entries(web, address, last, lang);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Where one open page is.
struct Follow {
    web: Arc<Web>,
    news: tokio::sync::broadcast::Receiver<()>,
    address: Address,
    last: String,
    lang: Lang,
    /// Entries to send: id and HTML.
    ready: VecDeque<(String, String)>,
    first: bool,
}

fn entries(web: Arc<Web>, address: Address, last: String, lang: Lang) -> impl Stream<Item = Result<Event, Infallible>> {
    let news = web.hub.listen(&address.peer);
    let follow = Follow { web, news, address, last, lang, ready: VecDeque::new(), first: true };
    stream::unfold(follow, |mut follow| async move {
        loop {
            if let Some((id, html)) = follow.ready.pop_front() {
                follow.last = id;
                let event = Event::default().event("entry").id(&follow.last).retry(COME_BACK).data(html);
                return Some((Ok(event), follow));
            }
            if !std::mem::take(&mut follow.first) {
                let wait = tokio::time::timeout(LOOK_AGAIN, follow.news.recv()).await;
                if matches!(wait, Ok(Err(tokio::sync::broadcast::error::RecvError::Closed))) {
                    return None; // the program stops; the browser comes back
                }
            }
            let history = follow.web.desk.history(&follow.address).await.unwrap_or_else(|error| {
                tracing::error!(%error, "web chat");
                Vec::new()
            });
            let frame = follow.web.frame(follow.lang, true);
            let drawn = history.iter().enumerate().filter(|(_, entry)| entry.id() > follow.last.as_str()).map(|(at, entry)| {
                // A carriage return would end the event's line.
                (entry.id().to_owned(), frame.entry(entry, &history[..at]).into_string().replace('\r', ""))
            });
            follow.ready = drawn.collect();
        }
    })
}
