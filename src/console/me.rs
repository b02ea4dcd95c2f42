//! One's own account: the password, and who one is on Telegram, for the hotline's group.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use maud::html;
use serde::Deserialize;

use super::signed::{SESSION, Turned, broken};
use super::{Console, Posted, Signed};
use crate::service::officers::OfficerError;
use crate::store::officer;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/me", get(show).post(change)).route("/console/me/change", post(password))
}

async fn show(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    page(&console, &signed, None, None).await
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
    page(&console, &signed, code, None).await
}

#[derive(Deserialize)]
struct Password {
    old: String,
    code: String,
    new: String,
}

/// Another password: every other session ends, this browser goes on with a new one.
async fn password(
    State(console): State<Arc<Console>>,
    jar: CookieJar,
    Posted(signed, form): Posted<Password>,
) -> Result<Response, Turned> {
    if console.tries.check().is_err() {
        return page(&console, &signed, None, Some("console-busy")).await;
    }
    match console.officers.change_password(&signed.officer, &form.old, &form.code, &form.new).await {
        Ok(Some(session)) => {
            let jar = jar.add(console.set_cookie(SESSION, session, false));
            Ok((jar, Redirect::to("/console/me")).into_response())
        }
        Ok(None) => page(&console, &signed, None, Some("me-password-denied")).await,
        Err(OfficerError::WeakPassword) => page(&console, &signed, None, Some("me-password-weak")).await,
        Err(OfficerError::TooMany) => page(&console, &signed, None, Some("console-too-many")).await,
        Err(error) => Err(broken(&error).into()),
    }
}

async fn page(console: &Console, signed: &Signed, code: Option<String>, problem: Option<&str>) -> Result<Response, Turned> {
    let known = async { officer::telegram_of(&mut console.officers.store.read().await?, &signed.officer.login).await };
    let known = known.await.map_err(|error| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    Ok(signed
        .page(&word("console-me"), html! {
            p { (signed.officer.login) " · " (signed.officer.grants.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
            @if let Some(problem) = problem { div.problem role="alert" { p { (word(problem)) } } }
            h2 { (word("me-password")) }
            form.stack method="post" action="/console/me/change" { (signed.key())
                label { (word("me-password-old")) input type="password" name="old" required autocomplete="current-password"; }
                label { (word("console-code")) input name="code" required maxlength="20" autocomplete="one-time-code"; }
                label { (word("console-password-new")) input type="password" name="new" required autocomplete="new-password"; }
                p.hint { (word("console-password-hint")) }
                button { (word("me-password-change")) }
                p.hint { (word("me-password-ends")) }
            }
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
