//! Dossiers: what is late, what is disputed, and what was told of one.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::deeds::{became, deed, told as said};
use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::dossier::Verdict;
use crate::domain::officer::{Places, Right};
use crate::domain::{DossierCode, Timestamp};
use crate::service::dossier::OfficeError;
use crate::store::dossier::Stored;
use crate::store::{StoreError, audit, dossier, letter, paper};

/// Longest reason of a letter, in letters.
const LONGEST: usize = 500;
/// Dossiers in one list.
const PAGE: u32 = 200;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console/dossiers", get(list))
        .route("/console/dossiers/{key}", get(show))
        .route("/console/dossiers/{key}/do", post(act))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    code: String,
}

async fn list(State(console): State<Arc<Console>>, signed: Signed, Query(which): Query<Which>) -> Result<Response, Turned> {
    signed.may_somewhere(Right::SeeDossiers)?;
    let asked = which.code.trim();
    if let Some(code) = DossierCode::read(asked) {
        return Ok(Redirect::to(&format!("/console/dossiers/{}", code.key())).into_response());
    }
    let theirs = signed.officer.places(Right::SeeDossiers);
    let found = async {
        let mut tx = console.officers.store.read().await?;
        let mut lists = Vec::new();
        for which in [dossier::Which::Overdue(console.officers.clock.now()), dossier::Which::Disputed] {
            let count = dossier::count(&mut tx, which, &theirs).await?;
            lists.push((count, dossier::list(&mut tx, which, &theirs, PAGE).await?));
        }
        Ok(lists)
    };
    let lists = found.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    let table = |name: &str, count: i64, rows: &[Stored]| {
        html! {
            h2 { (word(name)) " (" (count) ")" }
            @if rows.is_empty() { p { (word("inbox-empty")) } } @else {
                div.wide tabindex="0" role="region" aria-label=(word(name)) { table {
                    thead { tr { th { (word("papers-dossier")) } th { (word("dossiers-procedure")) } th { (word("dossiers-agency")) } th { (word("dossiers-promised")) } } }
                    tbody { @for stored in rows { tr {
                        td { a href={ "/console/dossiers/" (stored.key) } { (stored.dossier.code.as_str()) } }
                        td { (stored.dossier.procedure_name.as_deref().unwrap_or_default()) }
                        td { (stored.agency) }
                        td { @if let Some(at) = stored.dossier.appointment { (when(at)) } }
                    } } }
                } }
                @if i64::from(PAGE) < count { p.hint { (console.wording.with(signed.lang, "dossiers-more", [("shown", PAGE.into())])) } }
            }
        }
    };
    Ok(signed
        .page(
            &word("console-dossiers"),
            html! {
                @if !asked.is_empty() { p.problem role="alert" { (word("dossiers-no-code")) } }
                form.line method="get" action="/console/dossiers" role="search" {
                    label { (word("dossiers-code")) " " input #search name="code" value=(which.code); }
                    button.quiet { (word("audit-look")) }
                }
                @for (name, (count, rows)) in ["dossiers-overdue", "dossiers-disputed"].into_iter().zip(&lists) { (table(name, *count, rows)) }
            },
        )
        .into_response())
}

/// The dossier, if it is among theirs: noted before it is shown.
async fn opened(console: &Console, signed: &Signed, key: &str) -> Result<Stored, Turned> {
    let found = async { dossier::load(&mut console.officers.store.read().await?, key).await };
    let found = found.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    match found.filter(|stored| signed.officer.may(Right::SeeDossiers, Some(&stored.agency))) {
        Some(stored) => {
            console.pusher.looked(key, &signed.officer.login).await.map_err(|error| Turned::from(broken(&error)))?;
            Ok(stored)
        }
        None => {
            let words = signed.word("dossiers-none");
            let page = signed.page(&words, html! { p { a href="/console/dossiers" { (signed.word("console-dossiers")) } } });
            Err((StatusCode::NOT_FOUND, page).into_response().into())
        }
    }
}

async fn show(State(console): State<Arc<Console>>, signed: Signed, Path(key): Path<String>) -> Result<Response, Turned> {
    let stored = opened(&console, &signed, &key).await?;
    draw(&console, &signed, &stored, html! {}, Letter::default()).await.map(IntoResponse::into_response)
}

/// What was typed for a letter and not taken.
#[derive(Clone, Copy, Default)]
struct Letter<'a> {
    reason: &'a str,
    date: &'a str,
}

async fn draw(console: &Console, signed: &Signed, stored: &Stored, news: Markup, typed: Letter<'_>) -> Result<Markup, Turned> {
    let history = async {
        let mut tx = console.officers.store.read().await?;
        let claims = dossier::claims(&mut tx, &stored.key).await?;
        let notices = letter::notices(&mut tx, &stored.key).await?;
        let letters = letter::signed(&mut tx, &stored.key).await?;
        let papers = paper::of(&mut tx, &stored.key).await?;
        Ok((claims, notices, audit::of(&mut tx, &stored.key).await?, letters, papers))
    };
    let (claims, notices, entries, letters, mut papers) =
        history.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    let dossier = &stored.dossier;
    let status = |name: &str| word(&format!("status-{name}"));
    let mut lines: Vec<(Timestamp, String)> = Vec::new();
    lines.extend(claims.iter().map(|(agency, _, claim)| (claim.at, format!("{agency}: {}", status(claim.status.name())))));
    lines.extend(notices.iter().map(|told| {
        let outcome = told.receipt.as_ref().or(told.outcome.as_ref()).map_or_else(|| "…".to_owned(), |name| became(signed, name));
        (Timestamp(told.at), format!("{} · {}: {outcome}", told.channel, said(signed, &told.occasion)))
    }));
    lines.extend(entries.iter().map(|entry| (Timestamp(entry.at), format!("{}: {}", entry.actor, deed(signed, &entry.action)))));
    lines.sort_by_key(|(at, _)| *at);
    let to = format!("/console/dossiers/{}/do", stored.key);
    let may = signed.officer.may(Right::DecidePapers, Some(&stored.agency));
    // The file of one that is to be sent again is gone.
    papers.retain(|paper| may && !matches!(paper.verdict, Some(Verdict::Again(_))));
    Ok(signed.page(dossier.code.as_str(), html! {
        (news)
        p { (dossier.procedure_name.as_deref().unwrap_or_default()) " · " (dossier.applicant.as_deref().unwrap_or_default()) " · " (stored.agency) }
        p { strong { (status(dossier.status.name())) } " · " (when(dossier.since)) @if let Some(at) = dossier.appointment { " · " (word("dossiers-promised")) " " (when(at)) } }
        @if let Some(disputed) = dossier.disputed {
            p.problem { (word("dossiers-says-open")) " " (status(disputed.name())) }
            @if may { form.line method="post" action=(to) { (signed.key()) button.quiet name="what" value="reopen" { (word("dossiers-reopen")) } } }
        }
        @if may && dossier.is_overdue(console.officers.clock.now()) {
            h2 { (word("dossiers-apology")) }
            form.stack method="post" action=(to) { (signed.key())
                label { (word("dossiers-reason")) textarea name="reason" required maxlength=(LONGEST) rows="2" { (typed.reason) } }
                label { (word("dossiers-date")) input type="date" name="date" value=(typed.date) required; }
                button name="what" value="draft" { (word("dossiers-draft")) }
            }
        }
        @if !letters.is_empty() || !papers.is_empty() { ul {
            @for (id, at) in &letters { li { a href={ "/letters/" (id.simple()) } target="_blank" rel="noopener" { (word("dossiers-print-letter")) } " · " (when(*at)) } }
            @for paper in &papers { li { a href={ "/console/papers/" (paper.id) } { (paper.name) } " · " (when(paper.sent_at)) } }
        } }
        h2 { (word("dossiers-timeline")) }
        ol { @for (at, line) in &lines { li { (when(*at)) " · " (line) } } }
    }))
}

#[derive(Deserialize)]
struct Act {
    what: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    date: String,
    letter: Option<Uuid>,
}

async fn act(
    State(console): State<Arc<Console>>,
    Path(key): Path<String>,
    Posted(signed, form): Posted<Act>,
) -> Result<Response, Turned> {
    signed.may_somewhere(Right::DecidePapers)?;
    let stored = opened(&console, &signed, &key).await?;
    signed.may(Right::DecidePapers, Some(&stored.agency))?;
    let (by, of) = (
        &signed.officer.login,
        Some(stored.agency.as_str()).filter(|_| signed.officer.places(Right::DecidePapers) != Places::All),
    );
    let word = |key: &str| signed.word(key);
    let reason: String = form.reason.trim().chars().take(LONGEST).collect();
    let done = match (form.what.as_str(), form.date.parse::<Date>(), form.letter) {
        ("reopen", ..) => {
            console.pusher.reopen(&key, of, by).await.map(|()| html! { p.news role="status" { (word("dossiers-reopened")) } })
        }
        ("draft", Ok(date), _) => {
            console.pusher.draft_apology(&key, of, &reason, date, by).await.map(|id| drafted(&signed, &key, id))
        }
        ("sign", _, Some(id)) => match console.pusher.sign_of(id, &key, &signed.officer.name, by).await {
            Ok(true) => Ok(html! {
                p.news role="status" { (word("dossiers-signed")) " "
                    a href={ "/letters/" (id.simple()) } target="_blank" rel="noopener" { (word("dossiers-print-letter")) } }
            }),
            Ok(false) => Err(OfficeError::NotLate),
            Err(error) => Err(error.into()),
        },
        _ => Err(OfficeError::NotAhead),
    };
    let stored = opened(&console, &signed, &key).await?;
    match done {
        Ok(news) => Ok(draw(&console, &signed, &stored, news, Letter::default()).await?.into_response()),
        Err(OfficeError::Store(error)) => Err(broken(&error).into()),
        Err(error) => {
            let key = match error {
                OfficeError::NotAhead => "dossiers-not-ahead",
                OfficeError::NotLate => "dossiers-not-late",
                OfficeError::NotDisputed => "dossiers-not-disputed",
                _ => "dossiers-none",
            };
            let typed = Letter { reason: &reason, date: &form.date };
            let page = draw(&console, &signed, &stored, html! { p.problem role="alert" { (word(key)) } }, typed).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// A draft to look at, to print, and to sign.
fn drafted(signed: &Signed, key: &str, id: Uuid) -> Markup {
    html! {
        div.news role="status" {
            p { a href={ "/letters/" (id.simple()) } target="_blank" rel="noopener" { (signed.word("dossiers-look-at-letter")) } }
            form.line method="post" action={ "/console/dossiers/" (key) "/do" } { (signed.key())
                input type="hidden" name="letter" value=(id);
                button name="what" value="sign" { (signed.console.wording.with(signed.lang, "dossiers-sign", [("name", signed.officer.name.clone().into())])) }
            }
        }
    }
}
