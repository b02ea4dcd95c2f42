//! Live pages: told when a ticket changed, and who else looks at it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures::stream;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::Timestamp;
use crate::domain::officer::Right;
use crate::store::{StoreError, ticket};

/// Browsers come back after this when the line was cut.
const COME_BACK: Duration = Duration::from_secs(2);
/// A line lasts no longer: whoever comes back must still be signed in.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Somebody looks, or types, for as long after they last said so.
const LOOKS: Duration = Duration::from_secs(30);
const TYPES: Duration = Duration::from_secs(6);

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/news", get(news)).route("/console/inbox/{id}/here", post(here))
}

/// Says `news` when a ticket changed; pages then ask for themselves again.
async fn news(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    signed.may_somewhere(Right::SeeTickets)?;
    let stop = console.stop.clone();
    let listening = (console.handoff.news.subscribe(), tokio::time::Instant::now() + LONGEST);
    let events = stream::unfold(listening, move |(mut news, until)| {
        let stop = stop.clone();
        async move {
            let heard = tokio::select! {
                heard = tokio::time::timeout_at(until, news.recv()) => heard,
                () = stop.cancelled() => return None,
            };
            match heard {
                Ok(Ok(()) | Err(RecvError::Lagged(_))) => {
                    // Browsers throw an event without data away.
                    let event = Event::default().event("news").retry(COME_BACK).data("1");
                    Some((Ok::<_, Infallible>(event), (news, until)))
                }
                Ok(Err(RecvError::Closed)) | Err(_) => None,
            }
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

/// Who looks at which ticket right now, in this process. Nothing hangs on it: who has a ticket is in the database.
#[derive(Default)]
pub struct Presence(Mutex<BTreeMap<(Uuid, String), Here>>);

struct Here {
    name: String,
    seen: Timestamp,
    typed: Timestamp,
}

impl Presence {
    fn note(&self, ticket: Uuid, login: &str, name: &str, typing: bool, now: Timestamp) {
        let mut here = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        here.retain(|_, here| here.seen.until(now) < LOOKS);
        let known = here.entry((ticket, login.to_owned())).or_insert_with(|| Here {
            name: name.to_owned(),
            seen: now,
            typed: Timestamp(0),
        });
        known.seen = now;
        if typing {
            known.typed = now;
        }
    }

    /// Who else is there: names, and whether they type.
    pub(super) fn others(&self, ticket: Uuid, login: &str, now: Timestamp) -> Vec<(String, bool)> {
        let here = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let there = here.iter().filter(|((of, who), here)| *of == ticket && who != login && here.seen.until(now) < LOOKS);
        there.map(|(_, here)| (here.name.clone(), here.typed.until(now) < TYPES)).collect()
    }
}

#[derive(Deserialize)]
struct HereForm {
    #[serde(default)]
    typing: String,
}

async fn here(
    State(console): State<Arc<Console>>,
    Path(id): Path<Uuid>,
    Posted(signed, form): Posted<HereForm>,
) -> Result<StatusCode, Turned> {
    let loaded = async { ticket::load(&mut console.officers.store.read().await?, id).await };
    let of = loaded.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let Some(of) = of else { return Ok(StatusCode::NOT_FOUND) };
    signed.may(Right::SeeTickets, of.at.as_deref())?;
    let now = console.officers.clock.now();
    console.presence.note(id, &signed.officer.login, &signed.officer.name, form.typing == "1", now);
    // Nobody has a page open: nobody to tell.
    let _ = console.handoff.news.send(());
    Ok(StatusCode::NO_CONTENT)
}
