//! What citizens asked for about their data, with its clock; and what was deleted on time.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::layout::{when, written_day};
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::Timestamp;
use crate::domain::officer::Right;
use crate::domain::privacy::LONGEST_REQUEST;
use crate::service::privacy::Answer;
use crate::store::privacy;
use crate::store::request::Stored;

/// Requests that are listed, open and done.
const LISTED: u32 = 100;
/// Days of deletions that are shown.
const REPORTED: std::time::Duration = std::time::Duration::from_secs(30 * 86_400);

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/requests", get(list)).route("/console/requests/do", post(answer))
}

async fn list(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    signed.may(Right::HandleData, None)?;
    draw(&console, &signed, None, None).await
}

/// The page; `typed` is the answer that was not sent.
async fn draw(console: &Console, signed: &Signed, problem: Option<&str>, typed: Option<&Answer>) -> Result<Response, Turned> {
    let now = console.officers.clock.now();
    let read = async {
        let requests = console.privacy.requests(LISTED).await?;
        let since = now.minus(REPORTED).date().to_string();
        let deletions = privacy::deletions(&mut console.officers.store.read().await?, &since).await?;
        Ok((requests, deletions))
    };
    let (requests, deletions) = read.await.map_err(|error: crate::store::StoreError| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    let (open, done): (Vec<&Stored>, Vec<&Stored>) = requests.iter().partition(|stored| stored.request.done_at.is_none());
    let page = signed.page(&word("console-requests"), html! {
        @if let Some(problem) = problem {
            div.problem role="alert" {
                p { (word(problem)) }
                @if let Some(typed) = typed.filter(|typed| !typed.words.is_empty()) { blockquote { (typed.words) } }
            }
        }
        p.hint { (word("requests-what")) }
        @if open.is_empty() { p { (word("requests-none")) } }
        ol.tickets { @for stored in open { li.late[stored.request.is_late(now)] { (one(signed, stored, typed.filter(|typed| typed.id == stored.id))) } } }
        h2 { (word("requests-done")) }
        ul { @for stored in done { li {
            code { (stored.request.receipt) } " · " (word(&format!("request-{}", stored.request.kind.name())))
            @if let Some(at) = stored.request.done_at { " · " (when(at)) }
            @if let Some(officer) = &stored.officer { " · " (officer) }
        } } }
        h2 { (word("requests-deleted")) }
        p.hint { (word("requests-deleted-what")) }
        div.wide tabindex="0" role="region" aria-label=(word("requests-deleted")) { table {
            thead { tr { th { (word("requests-day")) } th { (word("requests-purpose")) } th { (word("requests-gone")) } } }
            tbody { @for (day, purpose, gone) in &deletions { tr { td { (written_day(day)) } td { (word(&format!("kept-{purpose}"))) } td { (gone) } } } }
        } }
    });
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, page).into_response())
}

/// An open request: who it is from is not shown, nor needed.
fn one(signed: &Signed, stored: &Stored, typed: Option<&Answer>) -> Markup {
    let word = |key: &str| signed.word(key);
    let request = &stored.request;
    html! {
        p { strong { (word(&format!("request-{}", request.kind.name()))) } " · " code { (request.receipt) } " · " (when(request.asked_at)) }
        @if !request.words.is_empty() { blockquote { (request.words) } }
        p.hint {
            @match request.answered_at {
                Some(at) => { (word("requests-answered")) " " (when(at)) }
                None => { (word("requests-answer-by")) " " strong { (when(request.answer_due)) } }
            }
            " · " (word("requests-done-by")) " " strong { (when(request.done_due)) }
        }
        @if !stored.topics.is_empty() || !stored.files.is_empty() { p.hint { (word("requests-remains")) } }
        @if stored.from.is_some() {
            form.stack method="post" action="/console/requests/do" { (signed.key())
                input type="hidden" name="id" value=(stored.id);
                // Of two officers who answer at the same time, one is told of the other.
                input type="hidden" name="answered" value=[request.answered_at.map(|at| at.0)];
                label { (word("requests-answer")) textarea name="words" rows="3" maxlength=(LONGEST_REQUEST) required { (typed.map_or("", |typed| typed.words.as_str())) } }
                div.line {
                    button name="what" value="answer" { (word("requests-answer-send")) }
                    button.quiet name="what" value="done" { (word("requests-done-send")) }
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct AnswerForm {
    id: Uuid,
    what: String,
    words: String,
    #[serde(default)]
    answered: String,
}

async fn answer(State(console): State<Arc<Console>>, Posted(signed, form): Posted<AnswerForm>) -> Result<Response, Turned> {
    signed.may(Right::HandleData, None)?;
    let after = form.answered.parse().ok().map(Timestamp);
    let given = Answer { id: form.id, words: form.words, done: form.what == "done", after };
    let done = console.privacy.reply(&given, &signed.officer, &console.wording).await;
    if done.map_err(|error| Turned::from(broken(&error)))? {
        console.handoff.wake();
        return Ok(Redirect::to("/console/requests").into_response());
    }
    draw(&console, &signed, Some("requests-gone-already"), Some(&given)).await
}
