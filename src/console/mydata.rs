//! What is kept of a citizen, for the citizen: a page that a link of theirs opens for an hour, and the same as a file.

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
use crate::domain::Lang;
use crate::service::privacy::Export;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/my-data/{token}", get(show)).route("/my-data/{token}/du-lieu-cua-toi.json", get(file))
}

async fn show(State(console): State<Arc<Console>>, Path(token): Path<String>) -> Response {
    match console.privacy.export(&token).await {
        Ok(Some(export)) => {
            let lang = export.lang().unwrap_or_default();
            ([(header::REFERRER_POLICY, "no-referrer")], draw(&console, lang, &token, &export)).into_response()
        }
        Ok(None) => gone(&console),
        Err(error) => broken(&error),
    }
}

async fn file(State(console): State<Arc<Console>>, Path(token): Path<String>) -> Response {
    match console.privacy.export(&token).await {
        Ok(Some(export)) => match serde_json::to_string_pretty(&export) {
            Ok(json) => {
                let headers = [
                    (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                    (header::CONTENT_DISPOSITION, "attachment; filename=\"du-lieu-cua-toi.json\""),
                    (header::REFERRER_POLICY, "no-referrer"),
                ];
                (headers, json).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "an export has no JSON form");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        },
        Ok(None) => gone(&console),
        Err(error) => broken(&error),
    }
}

fn gone(console: &Console) -> Response {
    let both = Lang::ALL.map(|lang| console.word(lang, "mydata-gone"));
    (StatusCode::NOT_FOUND, both.join("\n")).into_response()
}

fn draw(console: &Console, lang: Lang, token: &str, export: &Export) -> Markup {
    let word = |key: &str| console.word(lang, key);
    let content = html! {
        p { a href={ "/my-data/" (token) "/du-lieu-cua-toi.json" } download { (word("mydata-file")) } }
        p.hint { (word("mydata-what")) }
        h2 { (word("mydata-consents")) }
        ul { @for consent in &export.consents { li {
            (word(&format!("use-{}", consent.to.name()))) " · " (when(consent.agreed_at)) " · " (consent.wording)
            @if let Some(at) = consent.withdrawn_at { " · " (word("mydata-withdrawn")) " " (when(at)) }
        } } }
        @if !export.dossiers.is_empty() {
            h2 { (word("mydata-dossiers")) }
            ul { @for code in &export.dossiers { li { code { (code) } } } }
        }
        @if !export.tickets.is_empty() {
            h2 { (word("mydata-tickets")) }
            ul { @for (at, question) in &export.tickets { li { (question) " · " (when(*at)) } } }
        }
        @if !export.requests.is_empty() {
            h2 { (word("mydata-requests")) }
            ul { @for request in &export.requests { li { code { (request.receipt) } " · " (request.words) " · " (when(request.asked_at)) } } }
        }
        h2 { (word("mydata-messages")) }
        div.said.whole { ol { @for message in &export.messages {
            li.citizen[message.mine].program[!message.mine] {
                @if message.mine { p { strong { (word("transcript-you")) ": " }
                    @if message.text.is_empty() { (word("ticket-pressed")) } @else { (message.text) } } }
                @else { @for line in message.text.lines() { p { (line) } } }
                span.hint { (when(message.at)) }
            }
        } } }
    };
    by_link(lang, &word("mydata-title"), content)
}
