//! Canned replies: written once, used often, and stale as soon as the guide they belong to changes.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::Lang;
use crate::domain::officer::Right;
use crate::knowledge::Library;
use crate::service::audit::note;
use crate::service::handoff::LONGEST_ANSWER;
use crate::store::canned::{self, Canned};
use crate::store::{Result, StoreError};

/// Longest title, in letters.
const LONGEST_TITLE: usize = 80;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/replies", get(list).post(change))
}

/// A hash of the guide as it is now; empty for a reply to any matter.
fn edition(library: &Library, guide: Option<&str>) -> Option<String> {
    match guide {
        None => Some(String::new()),
        Some(slug) => library.by_slug(slug).map(|guide| guide.fingerprint()),
    }
}

/// Whether the guide changed, or went, since somebody last looked the reply over.
fn is_stale(library: &Library, reply: &Canned) -> bool {
    edition(library, reply.guide.as_deref()).is_none_or(|now| now != reply.edition)
}

/// Replies that may be used in a conversation about this guide: title and text. Those of the guide's own questions come with it.
pub(super) async fn for_guide(console: &Console, guide: Option<&str>) -> Result<Vec<(String, String)>> {
    let library = console.library.load();
    let mut replies = Vec::new();
    for reply in canned::all(&mut console.officers.store.read().await?).await? {
        let fits = reply.guide.is_none() || reply.guide.as_deref() == guide;
        if fits && !is_stale(&library, &reply) {
            replies.push((reply.title, reply.body));
        }
    }
    if let Some(guide) = guide.and_then(|slug| library.by_slug(slug)) {
        let own = guide.text(Lang::Vi).answers.iter();
        replies.extend(own.map(|own| (own.question.clone(), own.answer.join("\n"))));
    }
    Ok(replies)
}

/// The field by which one is put into the answer.
pub(super) fn field(signed: &Signed, replies: &[(String, String)], to: &str) -> Markup {
    html! {
        @if !replies.is_empty() {
            form.line method="get" action=(to) {
                label { (signed.word("canned-choose")) " " select #reply name="reply" {
                    @for (at, (title, body)) in replies.iter().enumerate() { option value=(at) data-body=(body) { (title) } }
                } }
                button.quiet { (signed.word("canned-put")) }
            }
        }
    }
}

async fn list(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    page(&console, &signed, None, None).await
}

/// The page; `typed` is what was typed in vain.
async fn page(console: &Console, signed: &Signed, problem: Option<&str>, typed: Option<&Canned>) -> Result<Response, Turned> {
    signed.may_somewhere(Right::Answer)?;
    let replies = async { canned::all(&mut console.officers.store.read().await?).await };
    let replies = replies.await.map_err(|error| Turned::from(broken(&error)))?;
    let library = console.library.load();
    let word = |key: &str| signed.word(key);
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((
        status,
        signed.page(
            &word("console-replies"),
            html! {
                @if let Some(problem) = problem { p.problem role="alert" { (word(problem)) } }
                p.hint { (word("canned-hint")) }
                @if replies.is_empty() { p { (word("canned-none")) } }
                ul.lessons { @for reply in &replies { (one(signed, reply, is_stale(&library, reply))) } }
                @if signed.officer.may(Right::Answer, None) {
                    h2 { (word("canned-new")) }
                    (form(signed, &library, typed))
                }
            },
        ),
    )
        .into_response())
}

fn one(signed: &Signed, reply: &Canned, stale: bool) -> Markup {
    html! {
        li {
            details open[stale] {
                summary { strong { (reply.title) }
                    @if let Some(guide) = &reply.guide { " · " (guide) }
                    @if stale { " · " strong.problem { (signed.word("canned-stale")) } } }
                p.hint { (reply.author) " · " (when(reply.made_at)) }
                @if signed.officer.may(Right::Answer, None) { (form(signed, &signed.console.library.load(), Some(reply))) }
                @else { p { (reply.body) } }
            }
        }
    }
}

fn form(signed: &Signed, library: &Library, reply: Option<&Canned>) -> Markup {
    let word = |key: &str| signed.word(key);
    let guide = reply.and_then(|reply| reply.guide.as_deref());
    html! {
        form.stack method="post" action="/console/replies" { (signed.key())
            input type="hidden" name="id" value=(reply.map(|reply| reply.id.to_string()).unwrap_or_default());
            label { (word("canned-title")) input name="title" maxlength=(LONGEST_TITLE) required value=(reply.map_or("", |reply| reply.title.as_str())); }
            label { (word("canned-guide")) select name="guide" {
                option value="" { (word("canned-any")) }
                @if let Some(gone) = guide.filter(|slug| !library.has(slug)) { option value=(gone) selected { (gone) " " (word("canned-gone")) } }
                @let imported = guide.and_then(|slug| library.by_slug(slug)).filter(|guide| !guide.is_written());
                @for known in library.written().chain(imported.as_deref()) {
                    option value=(known.slug) selected[guide == Some(known.slug.as_str())] { (known.text(Lang::Vi).title) }
                }
            } }
            label { (word("canned-body")) textarea name="body" rows="4" maxlength=(LONGEST_ANSWER) required { (reply.map_or("", |reply| reply.body.as_str())) } }
            div.line {
                button name="what" value="save" { (word(if reply.is_some() { "canned-looked-over" } else { "canned-save" })) }
                @if reply.is_some() {
                    details { summary { (word("canned-remove")) "…" }
                        button name="what" value="remove" formnovalidate { (word("canned-remove-sure")) } }
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Change {
    what: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    guide: String,
    #[serde(default)]
    body: String,
}

async fn change(State(console): State<Arc<Console>>, Posted(signed, form): Posted<Change>) -> Result<Response, Turned> {
    // Everybody uses them: who answers at one place only does not change them for all.
    signed.may(Right::Answer, None)?;
    let known = Uuid::parse_str(&form.id).ok();
    let guide = Some(form.guide).filter(|guide| !guide.is_empty());
    let of = edition(&console.library.load(), guide.as_deref());
    let text = |text: &str, most: usize| text.trim().replace('\0', " ").chars().take(most).collect::<String>();
    let (title, body) = (text(&form.title, LONGEST_TITLE), text(&form.body, LONGEST_ANSWER));
    let removes = form.what == "remove";
    let officers = &console.officers;
    let id = known.unwrap_or_else(|| officers.clock.fresh_id());
    let (author, made_at) = (signed.officer.login.clone(), officers.clock.now());
    let complete = of.is_some() && !title.is_empty() && !body.is_empty();
    let reply = Canned { id, guide, title, body, author, made_at, edition: of.unwrap_or_default() };
    if !removes && !complete {
        return page(&console, &signed, Some("canned-incomplete"), Some(&reply)).await;
    }
    let changed = async {
        let mut tx = officers.store.write().await?;
        if removes {
            canned::remove(&mut tx, id).await?;
        } else {
            canned::save(&mut tx, &reply).await?;
        }
        let action = if removes { "reply removed" } else { "reply saved" };
        note(&mut tx, &officers.keys, officers.clock.as_ref(), &signed.officer.login, action, &id.to_string()).await?;
        tx.commit().await
    };
    changed.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    Ok(Redirect::to("/console/replies").into_response())
}
