//! What a citizen and officers said to each other, for the citizen: a page that its link opens, and that prints.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use super::Console;
use super::layout::when;
use super::signed::broken;
use super::ticket::{at, belongs};
use crate::channel::web::blocks;
use crate::domain::{Entry, Lang, Said};
use crate::service::handoff::token_hash;
use crate::store::{StoreError, ticket};

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/transcripts/{token}", get(show))
}

async fn show(State(console): State<Arc<Console>>, Path(token): Path<String>) -> Response {
    let found = async {
        let now = console.officers.clock.now();
        let found = ticket::by_transcript(&mut console.officers.store.read().await?, &token_hash(&token), now).await?;
        let Some(of) = found else { return Ok(None) };
        let said = console.history.of(&of.from).await?;
        Ok(Some(said.into_iter().filter(|entry| belongs(entry, &of) && at(entry) >= of.opened_at).collect::<Vec<_>>()))
    };
    match found.await {
        Ok(Some(said)) => ([(header::REFERRER_POLICY, "no-referrer")], draw(&console, &said)).into_response(),
        Ok(None) => (StatusCode::NOT_FOUND, console.word(Lang::Vi, "transcript-gone")).into_response(),
        Err::<_, StoreError>(error) => broken(&error),
    }
}

fn draw(console: &Console, said: &[Entry]) -> Markup {
    let word = |key: &str| console.word(Lang::Vi, key);
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (word("transcript-title")) }
                link rel="stylesheet" href="/console/console.css";
                link rel="icon" href="data:,";
            }
            body {
                main #main {
                    h1 { (word("transcript-title")) }
                    div.said.whole { ol { @for entry in said { (line(&word("transcript-you"), entry)) } } }
                    p.hint { (word("transcript-until")) }
                }
            }
        }
    }
}

fn line(you: &str, entry: &Entry) -> Markup {
    match entry {
        Entry::Citizen { at, said: Said::Text(words) | Said::Edited(words), .. } => {
            html! { li.citizen { p { strong { (you) ": " } (words) } span.hint { (when(*at)) } } }
        }
        Entry::Citizen { .. } => html! {},
        Entry::Us { at, message, .. } => html! { li.officer { (blocks(&message.text.0)) span.hint { (when(*at)) } } },
    }
}
