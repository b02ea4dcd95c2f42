//! One's own account: the password, and who one is on Telegram, for the hotline's group.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::when;
use super::signed::{SESSION, Turned, broken};
use super::{Console, Posted, Signed};
use crate::service::officers::{Account, Event, OfficerError};
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
        "others" => officers.end_others(&signed.officer, &signed.session).await.map(|()| None),
        "looked" => officers.looked(&signed.officer, signed.alerts).await.map(|()| None),
        _ => officers.unlink_telegram(login).await.map(|()| None),
    };
    let code = code.map_err(|error| Turned::from(broken(&error)))?;
    if code.is_none() {
        return Ok(Redirect::to("/console/me").into_response());
    }
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
    let account = console.officers.account(&signed.officer, &signed.session).await;
    let account = account.map_err(|error| Turned::from(broken(&error)))?;
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
            (happened(signed, &account))
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

/// Where they are signed in, and what happened to how they sign in.
fn happened(signed: &Signed, account: &Account) -> Markup {
    let word = |key: &str| signed.word(key);
    let act = |what: &str, label: &str| html! { form.stack method="post" action="/console/me" { (signed.key()) button.quiet name="what" value=(what) { (word(label)) } } };
    html! {
        h2 #account { (word("me-account")) }
        p { (word("me-sessions")) }
        ul { @for (begun, seen, this) in &account.sessions {
            li { (when(*begun)) " – " (when(*seen)) @if *this { " · " strong { (word("me-session-this")) } } }
        } }
        @if account.sessions.len() > 1 { (act("others", "me-sessions-end")) }
        p { (word("me-events")) }
        ul { @for (at, event) in &account.events { li { (when(*at)) " · " (word(name(*event))) } } }
        p { (signed.console.wording.with(signed.lang, "me-codes", [("count", account.codes.into())])) }
        @if signed.alerts > 0 { (act("looked", "me-looked")) }
        p.hint { (word("me-not-you")) }
    }
}

fn name(event: Event) -> &'static str {
    match event {
        Event::SignedIn => "me-event-in",
        Event::SignedOut => "me-event-out",
        Event::Recovered => "me-event-recovered",
        Event::Refused => "me-event-refused",
        Event::CodeAgain => "me-event-again",
        Event::Locked => "me-event-locked",
        Event::PasswordChanged => "me-event-password",
        Event::Reset => "me-event-reset",
        Event::Joined => "me-event-joined",
        Event::Telegram => "me-event-telegram",
        Event::OthersEnded => "me-event-others",
    }
}
