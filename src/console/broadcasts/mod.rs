//! Announcements: written, looked at as each channel shows them, approved by another, and followed to the last recipient.

mod form;
mod print;
mod report;
mod show;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Signed};
use crate::domain::broadcast::{Broadcast, BroadcastId, Progress};
use crate::domain::officer::{Places, Right};
use crate::service::broadcast::BroadcastError;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console/broadcasts", get(list))
        .route("/console/broadcasts/new", get(form::new).post(form::write))
        .route("/console/broadcasts/{id}", get(show::show))
        .route("/console/broadcasts/{id}/change", get(form::edit).post(form::rewrite))
        .route("/console/broadcasts/{id}/do", post(show::act))
        .route("/console/broadcasts/{id}/recipients.csv", get(report::recipients))
        .route("/console/broadcasts/{id}/script", get(print::script))
        .route("/console/broadcasts/{id}/poster", get(print::poster))
}

/// The page for a broadcast that is not there, or not theirs.
fn gone(signed: &Signed) -> Response {
    let words = signed.word("cast-gone");
    let back = html! { p { a href="/console/broadcasts" { (signed.word("console-broadcasts")) } } };
    (StatusCode::NOT_FOUND, signed.page(&words, back)).into_response()
}

/// What an officer reads when something cannot be done: a key of the wording. What is nobody's fault but ours turns into a page.
fn refused(signed: &Signed, error: BroadcastError) -> Result<&'static str, Turned> {
    Ok(match error {
        BroadcastError::Unknown => return Err(gone(signed).into()),
        BroadcastError::Denied => return Err(signed.refused().into()),
        BroadcastError::Faulty(_) => "cast-faulty",
        BroadcastError::Meanwhile => "cast-meanwhile",
        BroadcastError::Own => "cast-own",
        BroadcastError::Stands(_) => "cast-too-far",
        BroadcastError::NotLinked => "cast-not-linked",
        error @ BroadcastError::Store(_) => return Err(broken(&error).into()),
    })
}

async fn list(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    signed.may_somewhere(Right::SeeBroadcasts)?;
    let places = signed.officer.places(Right::SeeBroadcasts);
    let all = console.broadcasts.list(&places).await.map_err(|error| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    Ok(signed
        .page(
            &word("console-broadcasts"),
            html! {
                @if !signed.officer.places(Right::Compose).is_nowhere() { p { a.button href="/console/broadcasts/new" { (word("cast-new")) } } }
                @if all.is_empty() { p { (word("cast-none")) } }
                ul.tickets { @for (broadcast, progress) in &all { (row(&signed, broadcast, progress)) } }
            },
        )
        .into_response())
}

fn row(signed: &Signed, broadcast: &Broadcast, progress: &Progress) -> Markup {
    html! {
        li {
            a href={ "/console/broadcasts/" (broadcast.id) } { (named(signed, broadcast)) } " · " (signed.word(&format!("cast-is-{}", broadcast.standing.name())))
            div.count { (when(broadcast.changed_at)) " · " (broadcast.authors.join(", "))
                @if let Some(place) = &broadcast.place { " · " (place) }
                @if progress.audience() > 0 { " · " (progress.sent) " / " (progress.audience()) } }
        }
    }
}

fn named(signed: &Signed, broadcast: &Broadcast) -> String {
    let title = broadcast.draft.title.trim();
    if title.is_empty() { signed.word("cast-untitled") } else { title.to_owned() }
}

/// The places for which somebody may write; `None` is everywhere.
fn places(signed: &Signed) -> Vec<Option<String>> {
    match signed.officer.places(Right::Compose) {
        Places::All => vec![None],
        Places::Some(places) => places.into_iter().map(Some).collect(),
    }
}

/// The address of a broadcast's page.
fn at(id: BroadcastId) -> String {
    format!("/console/broadcasts/{id}")
}
