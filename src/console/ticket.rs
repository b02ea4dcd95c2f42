//! One conversation with staff: what was said, what is known, and what its officer can do.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed, canned, files};
use crate::channel::web::blocks;
use crate::domain::officer::Right;
use crate::domain::ticket::{Enclosure, Ending, Stage, Ticket, labels};
use crate::domain::{Entry, Media, Said, Timestamp};
use crate::service::handoff::{Act, Brief, LONGEST_ANSWER};
use crate::store::officer::Stored;
use crate::store::{StoreError, enclosure, officer, outbox, ticket};

/// How an answer of an officer is told from those of the program, by its id.
pub(super) const BY_OFFICER: &str = ".s";

fn is_by_officer(entry: &Entry) -> bool {
    matches!(entry, Entry::Us { id, .. } if id.contains(BY_OFFICER))
}

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console/inbox/{id}", get(show))
        .route("/console/inbox/{id}/do", post(act))
        .route("/console/inbox/{id}/reveal", post(reveal))
}

/// All that a page shows.
struct Page {
    ticket: Ticket,
    /// What was said.
    said: Vec<Entry>,
    /// What became of what officers said, by its id; nothing yet of what waits.
    outcomes: HashMap<String, String>,
    /// Of which of it the numbers can be shown, and what is shown now.
    numbers: HashSet<Uuid>,
    revealed: Option<(Uuid, String)>,
    files: Vec<Enclosure>,
    notes: Vec<(Timestamp, String, String)>,
    brief: Brief,
    colleagues: Vec<Stored>,
    replies: Vec<(String, String)>,
}

async fn read(console: &Console, signed: &Signed, id: Uuid) -> Result<Page, Turned> {
    let store = &console.officers.store;
    let page = async {
        let mut tx = store.read().await?;
        let Some(ticket) = ticket::load(&mut tx, id).await? else { return Ok(None) };
        let notes = ticket::notes(&mut tx, id).await?;
        let files = enclosure::of(&mut tx, id).await?;
        let colleagues = officer::all(&mut tx).await?;
        drop(tx);
        let brief = console.handoff.brief(&ticket).await?;
        let said = console.history.of_ticket(&ticket).await?;
        let by_officers: Vec<&str> = said.iter().filter(|entry| is_by_officer(entry)).map(Entry::id).collect();
        let outcomes = outbox::outcomes(&mut store.read().await?, &by_officers).await?;
        let numbers = console.handoff.with_numbers(&ticket).await?;
        let replies = canned::for_guide(console, ticket.topic.as_deref()).await?;
        Ok(Some(Page { ticket, said, outcomes, numbers, revealed: None, files, notes, brief, colleagues, replies }))
    };
    let page = page.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    // Whoever may not see it learns no more than whoever asks for one that is not there.
    match page.filter(|page| signed.officer.may(Right::SeeTickets, page.ticket.at.as_deref())) {
        Some(page) => {
            let theirs = page.ticket.stage == Stage::Taken && page.ticket.officer.as_deref() == Some(&signed.officer.login);
            if !theirs {
                console.handoff.looked(id, &signed.officer).await.map_err(|error| Turned::from(broken(&error)))?;
            }
            Ok(page)
        }
        None => {
            let words = signed.word("ticket-gone");
            let page = signed.page(&words, html! { p { a href="/console/inbox" { (signed.word("console-inbox")) } } });
            Err((StatusCode::NOT_FOUND, page).into_response().into())
        }
    }
}

/// A canned reply that was chosen.
#[derive(Deserialize)]
struct Chosen {
    reply: Option<usize>,
}

async fn show(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Turned> {
    let page = read(&console, &signed, id).await?;
    let begun = chosen.reply.and_then(|at| page.replies.get(at)).map_or("", |(_, body)| body);
    Ok(draw(&console, &signed, &page, None, begun).into_response())
}

/// The page; `begun` stands in the field of the answer: what was typed in vain and must not be lost, or a canned reply.
fn draw(console: &Console, signed: &Signed, page: &Page, problem: Option<&str>, begun: &str) -> Markup {
    let word = |key: &str| signed.word(key);
    let Page { ticket, brief, .. } = page;
    let mine = ticket.stage == Stage::Taken && ticket.officer.as_deref() == Some(signed.officer.login.as_str());
    let may = signed.officer.may(Right::Answer, ticket.at.as_deref());
    let others = console.presence.others(ticket.id, &signed.officer.login, console.officers.clock.now());
    signed.page(&ticket.question, html! {
        @if let Some(problem) = problem {
            div.problem role="alert" {
                p { (word(problem)) }
                @if !begun.is_empty() { p { (word("ticket-unsent")) } blockquote { (begun) } }
            }
        }
        div.desk data-ticket=(ticket.id) data-key=(signed.form_key) {
            section.talk aria-label=(word("ticket-talk")) {
                div #live data-self={ "/console/inbox/" (ticket.id) } {
                    p.hint {
                        (stands(signed, page))
                        @for (name, types) in &others {
                            " · " (console.wording.with(signed.lang, if *types { "ticket-types" } else { "ticket-looks" }, [("name", name.clone().into())]))
                        }
                    }
                    div.said role="log" tabindex="0" aria-label=(word("ticket-talk")) {
                        ol { (lines(signed, page)) }
                    }
                }
                @if mine { (canned::field(signed, &page.replies, &format!("/console/inbox/{}", ticket.id))) (answer(signed, ticket, begun)) (files::field(console, signed, ticket)) } @else { (take(signed, ticket)) }
            }
            aside.brief aria-label=(word("ticket-brief")) {
                h2 { (word("ticket-brief")) }
                dl {
                    dt { (word("ticket-asked")) } dd { (ticket.question) }
                    @if let Some((slug, title)) = &brief.guide { dt { (word("ticket-guide")) } dd { a href={ "/guides/" (slug) } target="_blank" rel="noopener" { (title) } } }
                    @if let Some((id, title)) = &brief.broadcast { dt { (word("cast-last")) } dd { a href={ "/console/broadcasts/" (id) } { (title) } } }
                    @if let Some(walk) = &brief.walk { dt { (word("ticket-walk")) } dd { (walk) } }
                    @for (code, _) in brief.dossiers.iter().filter(|(_, agency)| signed.officer.may(Right::SeeDossiers, Some(agency))) { dt { (word("papers-dossier")) } dd { code { (code) } } }
                    dt { (word("ticket-channel")) } dd { (word(&format!("place-{}", ticket.from.channel.as_str().replace('_', "-")))) }
                    dt { (word("ticket-opened")) } dd { (when(ticket.opened_at)) }
                }
                @if may { form.line method="post" action={ "/console/inbox/" (ticket.id) "/do" } { (signed.key())
                        label { (word("ticket-labels")) " " input name="words" value=(ticket.labels.join(", ")) maxlength="130" size="16"; }
                        button.quiet name="what" value="label" { (word("ticket-label")) }
                    } }
                h2 { (word("ticket-notes")) }
                ul.notes { @for (at, who, body) in &page.notes { li { (body) p.hint { (who) " · " (when(*at)) } } } }
                @if may { form.stack method="post" action={ "/console/inbox/" (ticket.id) "/do" } { (signed.key())
                        label { (word("ticket-note")) textarea name="words" rows="2" maxlength="2000" required {} }
                        button.quiet name="what" value="note" { (word("ticket-note-add")) }
                    } }
                @if mine { (pass_on(signed, page)) }
            }
        }
    })
}

fn stands(signed: &Signed, Page { ticket, colleagues, .. }: &Page) -> String {
    let named = |login: &String| colleagues.iter().find(|one| one.officer.login == *login).map(|one| one.officer.name.clone());
    let name = |login: &String| named(login).unwrap_or_else(|| login.clone());
    match (ticket.stage, ticket.officer.as_ref().map(name)) {
        (Stage::Waiting, _) => signed.word("ticket-waits"),
        (Stage::Taken, Some(officer)) => {
            let has = signed.console.wording.with(signed.lang, "ticket-has", [("officer", officer.into())]);
            let asked = ticket.offered.as_ref().map(name);
            let asked =
                asked.map(|asked| signed.console.wording.with(signed.lang, "ticket-offered-to", [("name", asked.into())]));
            format!("{has} {}", asked.unwrap_or_default())
        }
        (Stage::Taken, None) => String::new(),
        (Stage::Closed, _) => signed.word("ticket-closed"),
    }
}

/// What was said and sent, in its order.
fn lines(signed: &Signed, page: &Page) -> Markup {
    let mut files = page.files.iter().peekable();
    html! {
        @for entry in &page.said {
            @while let Some(file) = files.next_if(|file| file.sent_at < entry.at()) { (files::line(signed, file)) }
            @let outcome = page.outcomes.get(entry.id()).map_or("waits", String::as_str);
            (line(signed, page, entry, is_by_officer(entry).then_some(outcome)))
        }
        @for file in files { (files::line(signed, file)) }
    }
}

fn line(signed: &Signed, page: &Page, entry: &Entry, outcome: Option<&str>) -> Markup {
    let word = |key: &str| signed.word(key);
    match entry {
        Entry::Citizen { id, at, said } => {
            let id = Uuid::parse_str(id).ok();
            let shown = page.revealed.as_ref().filter(|(of, _)| Some(*of) == id).map(|(_, words)| words);
            let hidden = id.filter(|id| shown.is_none() && page.numbers.contains(id));
            let words = match said {
                Said::Text(words) | Said::Edited(words) => words.clone(),
                Said::Chose(_) => word("ticket-pressed"),
                Said::Secret(_) => word("page-secret"),
                Said::Attached(_) | Said::Sent(Media::Photo | Media::File) => word("page-file-sent"),
                Said::Sent(_) => word("ticket-sent-other"),
                _ => return html! {},
            };
            html! { li.citizen { p.shown[shown.is_some()] { (shown.unwrap_or(&words)) } span.hint { (when(*at)) } @if let Some(hidden) = hidden { (numbers(signed, &page.ticket, hidden)) } } }
        }
        Entry::Us { at, message, .. } => html! {
            li.officer[outcome.is_some()].program[outcome.is_none()] {
                (blocks(&message.text.0))
                span.hint { (when(*at))
                    @match outcome {
                        None => {}
                        Some("sent") => { " · " (word("ticket-delivered")) }
                        Some("waits") => { " · " (word("ticket-on-its-way")) }
                        Some(_) => { " · " strong.problem { (word("ticket-not-delivered")) } }
                    }
                }
            }
        },
    }
}

/// How numbers are shown that were covered.
fn numbers(signed: &Signed, ticket: &Ticket, said: Uuid) -> Markup {
    let word = |key: &str| signed.word(key);
    if !signed.officer.may(Right::Reveal, ticket.at.as_deref()) {
        return html! {};
    }
    html! {
        details { summary { (word("ticket-numbers")) }
            form.line method="post" action={ "/console/inbox/" (ticket.id) "/reveal" } { (signed.key())
                input type="hidden" name="said" value=(said);
                label { (word("ticket-reason")) " " input name="reason" minlength="5" maxlength="200" required size="16"; }
                button.quiet { (word("ticket-reveal")) }
                p.hint { (word("ticket-reason-noted")) }
            }
        }
    }
}

#[derive(Deserialize)]
struct RevealForm {
    said: Uuid,
    reason: String,
}

/// The page with the numbers of one message; the next look at it covers them again.
async fn reveal(
    State(console): State<Arc<Console>>,
    Path(id): Path<Uuid>,
    Posted(signed, form): Posted<RevealForm>,
) -> Result<Response, Turned> {
    let mut page = read(&console, &signed, id).await?;
    signed.may(Right::Reveal, page.ticket.at.as_deref())?;
    let shown = console.handoff.reveal(&page.ticket, form.said, &signed.officer, &form.reason).await;
    let Some(words) = shown.map_err(|error| Turned::from(broken(&error)))? else {
        return Ok((StatusCode::CONFLICT, draw(&console, &signed, &page, Some("ticket-not-revealed"), "")).into_response());
    };
    page.revealed = Some((form.said, words));
    Ok(draw(&console, &signed, &page, None, "").into_response())
}

/// What its officer writes with.
fn answer(signed: &Signed, ticket: &Ticket, begun: &str) -> Markup {
    let word = |key: &str| signed.word(key);
    let to = format!("/console/inbox/{}/do", ticket.id);
    html! {
        form.stack.answer method="post" action=(to) { (signed.key())
            label { (word("ticket-answer")) textarea #answer name="words" rows="4" maxlength=(LONGEST_ANSWER) required accesskey="r" { (begun) } }
            p.hint { (word("ticket-answer-hint")) }
            button name="what" value="say" { (word("page-send")) }
        }
        form.line method="post" action=(to) { (signed.key())
            label { (word("ticket-ending")) " " select name="words" {
                @for ending in Ending::CHOSEN { option value=(ending.name()) { (word(&format!("ending-{}", ending.name()))) } }
            } }
            button.quiet name="what" value="close" accesskey="x" { (word("ticket-close")) }
        }
    }
}

/// What others can do: take it, or say yes to it.
fn take(signed: &Signed, ticket: &Ticket) -> Markup {
    let word = |key: &str| signed.word(key);
    let offered = ticket.offered.as_deref() == Some(signed.officer.login.as_str());
    let may = signed.officer.may(Right::Answer, ticket.at.as_deref());
    html! {
        form.line method="post" action={ "/console/inbox/" (ticket.id) "/do" } { (signed.key())
            @if ticket.officer.as_deref() == Some(signed.officer.login.as_str()) && ticket.ending.is_some_and(|ending| ending != Ending::Abused) {
                input type="hidden" name="words" value=(Ending::Abused.name());
                button.quiet name="what" value="close" { (word("ticket-abused")) }
            }
            @if ticket.ending == Some(Ending::Abused) && may {
                span { (word("ticket-shut")) } " "
                button.quiet name="what" value="pardon" { (word("ticket-pardon")) }
            }
            @if ticket.stage == Stage::Waiting && may { button name="what" value="claim" accesskey="c" { (word("ticket-claim")) } }
            @if offered {
                button name="what" value="yes" { (word("ticket-yes")) }
                button.quiet name="what" value="no" { (word("ticket-no")) }
            }
        }
    }
}

/// Giving it to somebody else.
fn pass_on(signed: &Signed, page: &Page) -> Markup {
    let word = |key: &str| signed.word(key);
    let to = format!("/console/inbox/{}/do", page.ticket.id);
    let at = page.ticket.at.as_deref();
    let can = |stored: &&Stored| stored.ended_at.is_none() && stored.password.is_some() && stored.officer.may(Right::Answer, at);
    html! {
        h2 { (word("ticket-pass-on")) }
        form.line method="post" action=(to) { (signed.key())
            label { (word("ticket-colleague")) " " select name="words" {
                @for stored in page.colleagues.iter().filter(can).filter(|stored| stored.officer.login != signed.officer.login) {
                    option value=(stored.officer.login) { (stored.officer.name) }
                }
            } }
            button.quiet name="what" value="offer" { (word("ticket-offer")) }
        }
        form.line method="post" action=(to) { (signed.key())
            label { (word("ticket-place")) " " input name="words" value=(at.unwrap_or_default()) size="14"; }
            button.quiet name="what" value="return" { (word("ticket-return")) }
        }
    }
}

#[derive(Deserialize)]
struct ActForm {
    what: String,
    #[serde(default)]
    words: String,
}

async fn act(
    State(console): State<Arc<Console>>,
    Path(id): Path<Uuid>,
    Posted(signed, form): Posted<ActForm>,
) -> Result<Response, Turned> {
    let page = read(&console, &signed, id).await?;
    let (desk, officer, words) = (&console.handoff, &signed.officer, form.words.trim());
    // Who may only look changes nothing; who has a ticket is asked for again where it is changed.
    signed.may(Right::Answer, page.ticket.at.as_deref())?;
    let said = || words.to_owned();
    let (act, problem) = match form.what.as_str() {
        "claim" => (Act::Claim, "ticket-not-claimed"),
        "note" => (Act::Note(said()), "ticket-not-yours"),
        "label" => (Act::Label(labels(words)), "ticket-not-yours"),
        "offer" => (Act::Offer(said()), "ticket-not-passed-on"),
        "yes" | "no" => (Act::Decide(form.what == "yes"), "ticket-not-offered"),
        "pardon" => (Act::Pardon, "ticket-not-shut"),
        "return" => (Act::PutBack(Some(said()).filter(|place| !place.is_empty())), "ticket-not-passed-on"),
        "close" => {
            let ending = Ending::CHOSEN.into_iter().find(|ending| ending.name() == words).unwrap_or(Ending::Answered);
            (Act::Close(ending), "ticket-not-yours")
        }
        _ => (Act::Say(said()), "ticket-not-yours"),
    };
    let done = desk.act(id, officer, &act).await;
    if done.map_err(|error| Turned::from(broken(&error)))? {
        let to = if form.what == "close" || form.what == "return" {
            "/console/inbox".to_owned()
        } else {
            format!("/console/inbox/{id}")
        };
        return Ok(Redirect::to(&to).into_response());
    }
    let page = read(&console, &signed, id).await?;
    let unsent = if matches!(form.what.as_str(), "say" | "note") { words } else { "" };
    Ok((StatusCode::CONFLICT, draw(&console, &signed, &page, Some(problem), unsent)).into_response())
}
