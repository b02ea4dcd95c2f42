//! Officers: who works here, what they may do, invitations.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::officer::{Grant, NoGrant, Right, Role};
use crate::service::officers::OfficerError;
use crate::store::officer::{self, Stored};

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console/officers", get(list))
        .route("/console/officers/add", post(add))
        .route("/console/officers/change", post(change))
}

async fn list(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    people(&console, &signed, html! {}, Typed::Nothing).await
}

/// What was typed and not done: nobody should have to type it again.
#[derive(Clone, Copy)]
enum Typed<'a> {
    Nothing,
    New(&'a Add),
    Grants(&'a Change),
}

async fn people(console: &Console, signed: &Signed, news: Markup, typed: Typed<'_>) -> Result<Response, Turned> {
    let all = async { officer::all(&mut console.officers.store.read().await?).await };
    let all = all.await.map_err(|error: crate::store::StoreError| Turned::from(broken(&error)))?;
    let nowhere = console.officers.places_without_agency(&all).await.map_err(|error| Turned::from(broken(&error)))?;
    let nowhere = nowhere.into_iter().collect::<Vec<_>>().join(", ");
    let word = |key: &str| signed.word(key);
    let (login, name, grants) = match typed {
        Typed::New(new) => (new.login.as_str(), new.name.as_str(), new.grants.as_str()),
        Typed::Nothing | Typed::Grants(_) => Default::default(),
    };
    let roles = html! {
        details { summary { (word("officers-roles")) }
            dl.roles { @for role in Role::ALL { dt { code { (role) } } dd { (word(&format!("role-{role}"))) } } }
            p.hint { (word("officers-at")) }
        }
    };
    let page = signed.page(&word("console-officers"), html! {
        (news)
        @if console.handoff.office.desk.is_some() && !all.iter().any(answers) { p.problem role="status" { (word("officers-nobody-answers")) } }
        @if !nowhere.is_empty() {
            p.problem role="status" { (console.wording.with(signed.lang, "officers-nowhere", [("places", nowhere.into())])) }
        }
        div.wide tabindex="0" role="region" aria-label=(word("console-officers")) { table {
            thead { tr { th { (word("console-login")) } th { (word("officers-name")) } th { (word("officers-grants")) } th { (word("officers-state")) } th { (word("officers-do")) } } }
            tbody { @for stored in &all { (row(signed, stored, typed)) } }
        } }
        (roles)
        h2 { (word("officers-add")) }
        form.stack method="post" action="/console/officers/add" { (signed.key())
            label { (word("console-login")) input name="login" value=(login) required pattern="[a-z0-9._-]{2,40}" autocapitalize="none" autocomplete="off"; }
            label { (word("officers-name")) input name="name" value=(name) required maxlength="80" autocomplete="off"; }
            label { (word("officers-grants")) input name="grants" value=(grants) required placeholder="agent, dossier-officer@ubnd-xa" autocomplete="off"; }
            button { (word("officers-invite")) }
        }
    });
    Ok(page.into_response())
}

/// Whether this officer sees new questions, which belong to no agency yet.
fn answers(stored: &Stored) -> bool {
    stored.ended_at.is_none() && stored.officer.may(Right::Answer, None)
}

fn row(signed: &Signed, stored: &Stored, typed: Typed<'_>) -> Markup {
    let word = |key: &str| signed.word(key);
    let grants = match typed {
        Typed::Grants(change) if change.login == stored.officer.login => change.grants.clone(),
        _ => stored.officer.grants.iter().map(Grant::to_string).collect::<Vec<_>>().join(", "),
    };
    let state = match (stored.ended_at, &stored.password) {
        (Some(_), _) => "officers-ended",
        (None, None) => "officers-invited",
        (None, Some(_)) => "officers-works",
    };
    let login = &stored.officer.login;
    let named = |key: &str| signed.console.wording.with(signed.lang, key, [("login", login.clone().into())]);
    let sure = |what: &str, label: &str, of: &str| {
        html! {
            details { summary { (word(label)) "…" }
                form.line method="post" action="/console/officers/change" { (signed.key())
                    input type="hidden" name="login" value=(login);
                    button name="what" value=(what) { (named(of)) }
                }
            }
        }
    };
    html! {
        tr {
            td { code { (login) } }
            td { (stored.officer.name) }
            td {
                form.line method="post" action="/console/officers/change" { (signed.key())
                    input type="hidden" name="login" value=(login);
                    input name="grants" value=(grants) required aria-label=(named("officers-grants-of"));
                    button.quiet name="what" value="grant" { (word("officers-save")) }
                }
            }
            td { (word(state)) }
            td {
                // Each ends passwords and sessions at once: it takes a second press.
                (sure("reset", "officers-reset", "officers-reset-of"))
                @if stored.ended_at.is_none() { (sure("end", "officers-end", "officers-end-of")) }
            }
        }
    }
}

#[derive(Deserialize)]
struct Add {
    login: String,
    name: String,
    grants: String,
}

async fn add(State(console): State<Arc<Console>>, Posted(signed, form): Posted<Add>) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    let grants = match grants(&form.grants) {
        Ok(grants) => grants,
        Err(NoGrant(what)) => return no_grant(&console, &signed, &what, Typed::New(&form)).await,
    };
    match console.officers.add(form.login.trim(), form.name.trim(), grants, &signed.officer.login).await {
        Ok(token) => invitation(&console, &signed, form.login.trim(), &token).await,
        Err(error) => told(&console, &signed, error, Typed::New(&form)).await,
    }
}

#[derive(Deserialize)]
struct Change {
    login: String,
    what: String,
    #[serde(default)]
    grants: String,
}

async fn change(State(console): State<Arc<Console>>, Posted(signed, form): Posted<Change>) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    let by = &signed.officer.login;
    let done = match form.what.as_str() {
        "grant" => match grants(&form.grants) {
            Ok(grants) => console.officers.grant(&form.login, grants, by).await,
            Err(NoGrant(what)) => return no_grant(&console, &signed, &what, Typed::Grants(&form)).await,
        },
        "end" => console.officers.end(&form.login, by).await,
        _ => {
            return match console.officers.reset(&form.login, by).await {
                Ok(token) => invitation(&console, &signed, &form.login, &token).await,
                Err(error) => told(&console, &signed, error, Typed::Nothing).await,
            };
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to("/console/officers").into_response()),
        Err(error) if form.what == "grant" => told(&console, &signed, error, Typed::Grants(&form)).await,
        Err(error) => told(&console, &signed, error, Typed::Nothing).await,
    }
}

fn grants(text: &str) -> Result<Vec<Grant>, NoGrant> {
    text.split([',', ' ']).filter(|part| !part.is_empty()).map(str::parse).collect()
}

/// The link of an invitation, shown once: whoever has it becomes that officer.
async fn invitation(console: &Console, signed: &Signed, login: &str, token: &str) -> Result<Response, Turned> {
    let path = format!("/console/join?token={token}");
    let whole = console.public_url.as_ref().and_then(|url| url.join(&path).ok());
    let bare = whole.is_none();
    let link = whole.map_or(path, String::from);
    let words = console.wording.with(signed.lang, "officers-link", [("login", login.to_owned().into())]);
    let news = html! {
        p.news role="status" { (words) br; code.secret { (link) } @if bare { br; (signed.word("officers-link-bare")) } }
    };
    people(console, signed, news, Typed::Nothing).await
}

async fn told(console: &Console, signed: &Signed, error: OfficerError, typed: Typed<'_>) -> Result<Response, Turned> {
    let key = match error {
        OfficerError::BadLogin => "officers-bad-login",
        OfficerError::BadName => "officers-bad-name",
        OfficerError::Taken => "officers-taken",
        OfficerError::LastAdministrator => "officers-last",
        OfficerError::Unknown => "officers-unknown",
        other => return Err(broken(&other).into()),
    };
    problem_page(console, signed, &signed.word(key), typed).await
}

async fn no_grant(console: &Console, signed: &Signed, what: &str, typed: Typed<'_>) -> Result<Response, Turned> {
    let words = console.wording.with(signed.lang, "officers-no-grant", [("grant", what.to_owned().into())]);
    problem_page(console, signed, &words, typed).await
}

async fn problem_page(console: &Console, signed: &Signed, problem: &str, typed: Typed<'_>) -> Result<Response, Turned> {
    let page = people(console, signed, html! { p.problem role="alert" { (problem) } }, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
