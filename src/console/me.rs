//! One's own account: who one is on Telegram, for the hotline's group.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::html;
use serde::Deserialize;

use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::store::officer;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/me", get(show).post(change))
}

async fn show(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    page(&console, &signed, None).await
}

#[derive(Deserialize)]
struct Change {
    what: String,
}

async fn change(State(console): State<Arc<Console>>, Posted(signed, form): Posted<Change>) -> Result<Response, Turned> {
    let (officers, login) = (&console.officers, &signed.officer.login);
    let code = match form.what.as_str() {
        "code" => officers.telegram_code(login).await.map(Some),
        _ => officers.unlink_telegram(login).await.map(|()| None),
    };
    let code = code.map_err(|error| Turned::from(broken(&error)))?;
    page(&console, &signed, code).await
}

async fn page(console: &Console, signed: &Signed, code: Option<String>) -> Result<Response, Turned> {
    let known = async { officer::telegram_of(&mut console.officers.store.read().await?, &signed.officer.login).await };
    let known = known.await.map_err(|error| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    Ok(signed
        .page(&word("console-me"), html! {
            p { (signed.officer.login) " · " (signed.officer.grants.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
            h2 { "Telegram" }
            @match (&known, console.handoff.office.group.is_some()) {
                (_, false) => p { (word("me-no-group")) },
                (Some(id), true) => {
                    p { (word("me-linked")) " " code { (id) } }
                    form.stack method="post" action="/console/me" { (signed.key()) button.quiet name="what" value="unlink" { (word("me-unlink")) } }
                }
                (None, true) => p { (word("me-not-linked")) },
            }
            @if console.handoff.office.group.is_some() {
                @if let Some(code) = &code {
                    p { (word("me-type")) }
                    p { code.large { "/noi " (code) } }
                    p.hint { (word("me-good")) }
                } @else {
                    form.stack method="post" action="/console/me" { (signed.key()) button name="what" value="code" { (word("me-code")) } }
                }
            }
        })
        .into_response())
}
