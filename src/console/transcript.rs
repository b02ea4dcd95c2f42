//! What a citizen and officers said to each other, for the citizen: a page that its link opens, and that prints.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use super::Console;
use super::layout::{by_link, when};
use super::signed::broken;
use super::ticket::BY_OFFICER;
use crate::channel::web::blocks;
use crate::domain::{Entry, Lang, Media, Said};
use crate::store::StoreError;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/transcripts/{token}", get(show))
}

async fn show(State(console): State<Arc<Console>>, Path(token): Path<String>) -> Response {
    let found = async {
        let now = console.officers.clock.now();
        let Some(of) = console.history.by_transcript(&token, now).await? else { return Ok(None) };
        let mut said = console.history.of_ticket(&of).await?;
        said.retain(|entry| entry.at() >= of.opened_at);
        Ok(Some((said, console.history.lang(&of.from).await?)))
    };
    match found.await {
        Ok(Some((said, lang))) => ([(header::REFERRER_POLICY, "no-referrer")], draw(&console, lang, &said)).into_response(),
        Ok(None) => {
            let both = Lang::ALL.map(|lang| console.word(lang, "transcript-gone"));
            (StatusCode::NOT_FOUND, both.join("\n")).into_response()
        }
        Err::<_, StoreError>(error) => broken(&error),
    }
}

fn draw(console: &Console, lang: Lang, said: &[Entry]) -> Markup {
    let word = |key: &str| console.word(lang, key);
    let content = html! {
        div.said.whole { ol { @for entry in said { (line(&word, entry)) } } }
        p.hint { (word("transcript-until")) }
    };
    by_link(lang, &word("transcript-title"), content)
}

fn line(word: &dyn Fn(&str) -> String, entry: &Entry) -> Markup {
    match entry {
        Entry::Citizen { at, said, .. } => {
            let words = match said {
                Said::Text(words) | Said::Edited(words) => words.clone(),
                Said::Attached(_) | Said::Sent(Media::Photo | Media::File) => word("page-file-sent"),
                _ => return html! {},
            };
            html! { li.citizen { p { strong { (word("transcript-you")) ": " } (words) } span.hint { (when(*at)) } } }
        }
        Entry::Us { id, at, message, .. } => {
            let officer = id.contains(BY_OFFICER);
            let file = message.document.is_some() || message.links.iter().any(|link| link.url.contains("/files/"));
            html! {
                li.officer[officer].program[!officer] {
                    (blocks(&message.text.0))
                    @if file { p { (word("ticket-photo")) " / " (word("ticket-pdf")) } }
                    span.hint { (when(*at)) }
                }
            }
        }
    }
}
