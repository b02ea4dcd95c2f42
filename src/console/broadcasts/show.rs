//! One announcement: as it will be read, whom it reaches, who approved it, how far it is, and what can be done with it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::layout::when;
use super::super::message::bubbles;
use super::super::signed::{Turned, broken};
use super::super::{Console, Posted, Signed};
use super::{at, gone, named, refused, report};
use crate::domain::broadcast::{AMENDED_FOR, Amendment, Broadcast, BroadcastId, Class, Standing};
use crate::domain::officer::Right;
use crate::service::broadcast::{BroadcastError, By, Preview, Problem, Seen};

pub(super) async fn show(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<BroadcastId>,
) -> Result<Response, Turned> {
    page(&console, &signed, id, None, StatusCode::OK).await
}

async fn page(
    console: &Console,
    signed: &Signed,
    id: BroadcastId,
    problem: Option<&str>,
    status: StatusCode,
) -> Result<Response, Turned> {
    let failed = |error: BroadcastError| Turned::from(broken(&error));
    let seen = match console.broadcasts.see(id, &signed.officer).await {
        Ok(seen) => seen,
        Err(error) => return refused(signed, error).and_then(|_| Err(gone(signed).into())),
    };
    let (broadcast, word) = (&seen.broadcast, |key: &str| signed.word(key));
    let begun = broadcast.gathering;
    // Who is reached changes with every hour: it is counted as long as nobody is in the ledger, but not for a page that only looks
    // how far it is.
    let preview = if begun || !signed.active {
        console.broadcasts.looks(broadcast)
    } else {
        console.broadcasts.preview(broadcast).await.map_err(failed)?
    };
    let problems = if broadcast.is_open() { console.broadcasts.problems(broadcast).await.map_err(failed)? } else { Vec::new() };
    let report = if begun { Some(console.broadcasts.report(id).await.map_err(failed)?) } else { None };
    // How often the page looks, in milliseconds; 0 for never.
    let every = match broadcast.standing {
        Standing::Running | Standing::Paused => "2000",
        Standing::Approved | Standing::Proposed => "3000",
        _ => "0",
    };
    let content = html! {
        @match problem {
            Some("cast-tried") => p.news role="status" { (word("cast-tried")) },
            Some(problem) => p.problem role="alert" { (word(problem)) },
            None => {}
        }
        div #live data-every=(every) data-self=(at(id)) {
            (standing(signed, &seen))
            @if let Some(report) = &report { (report::shown(signed, broadcast, &seen.progress, report, console.officers.clock.now())) }
        }
        // Not among what is replaced by itself: nobody approves other words than those they see. The page is loaded anew instead.
        div #acts data-of={ (broadcast.standing.name()) " " (broadcast.draft.fingerprint()) } { (acts(signed, &seen, problems.is_empty())) }
        @if !problems.is_empty() { (faults(signed, &problems)) }
        div.desk.editor {
            section { h2 { (word("cast-preview")) } (looks(signed, &preview)) (behind(signed, broadcast)) }
            section.brief { h2 { (word("cast-reaches")) }
                @if begun { p { (word("cast-gathered")) } } @else { (reaches(signed, broadcast, &preview)) }
                (audience(signed, broadcast)) }
        }
    };
    Ok((status, signed.page(&named(signed, broadcast), content)).into_response())
}

fn standing(signed: &Signed, seen: &Seen) -> Markup {
    let (broadcast, word) = (&seen.broadcast, |key: &str| signed.word(key));
    let needed = broadcast.draft.class.approvers();
    html! {
        p { strong { (word(&format!("cast-is-{}", broadcast.standing.name()))) }
            @if broadcast.standing == Standing::Running { " · " (word(&format!("cast-ring-{}", broadcast.ring.name()))) }
            @if broadcast.draft.class == Class::Emergency { " · " strong.late { (word("cast-urgent")) } }
            " · " (when(broadcast.changed_at)) " · " (broadcast.authors.join(", ")) }
        @if !broadcast.why.is_empty() {
            p.problem { @if signed.console.wording.has(signed.lang, &broadcast.why) { (word(&broadcast.why)) } @else { (broadcast.why) } }
        }
        @if matches!(broadcast.standing, Standing::Proposed | Standing::Approved) || !seen.approvals.is_empty() {
            p { (word("cast-approvals")) " " (seen.approvals.len()) " / " (needed)
                @for approval in &seen.approvals { " · " (approval.officer) " " (when(approval.at)) } }
        }
        @if let (Some(starts), true) = (broadcast.draft.starts_at, broadcast.began_at.is_none()) { p { (word("cast-starts")) ": " (when(starts)) } }
        @if let Some(amends) = broadcast.draft.amends {
            p { (word(&format!("cast-how-{}", amends.how.name()))) ": " a href=(at(amends.of)) { (amends.of) } }
        }
    }
}

/// What this officer can do with it now.
fn acts(signed: &Signed, seen: &Seen, sound: bool) -> Markup {
    let (broadcast, word) = (&seen.broadcast, |key: &str| signed.word(key));
    let place = broadcast.place.as_deref();
    let (writes, approves) = (signed.officer.may(Right::Compose, place), signed.officer.may(Right::Approve, place));
    let last_word = signed.officer.may(Right::Approve, place.filter(|_| seen.local));
    let own = broadcast.authors.contains(&signed.officer.login);
    let given = seen.approvals.iter().any(|approval| approval.officer == signed.officer.login);
    let begun = broadcast.began_at.is_some();
    let now = signed.console.officers.clock.now();
    let amendable = begun && broadcast.ended_at.is_some_and(|ended| ended.plus(AMENDED_FOR) >= now);
    let stops = writes || approves;
    let act = |what: &str, label: &str, quiet: bool| html! { button name="what" value=(what) class=[quiet.then_some("quiet")] { (word(label)) } };
    html! {
        form.line method="post" action={ (at(broadcast.id)) "/do" } { (signed.key())
            input type="hidden" name="fingerprint" value=(broadcast.draft.fingerprint());
            @if broadcast.standing == Standing::Draft && writes && sound { (act("propose", "cast-propose", false)) }
            @if broadcast.standing == Standing::Proposed && last_word && !own && !given { (act("approve", "cast-approve", false)) }
            @if broadcast.standing == Standing::Running && stops { (act("pause", "cast-pause", false)) }
            @if broadcast.standing == Standing::Paused && stops { (act("resume", "cast-resume", false)) }
            (act("try", "cast-try", true))
        }
        // What cannot be undone takes a second press.
        @if approves && broadcast.is_open() && broadcast.standing != Standing::Draft {
            details { summary { (word("cast-send-back")) }
                form.stack method="post" action={ (at(broadcast.id)) "/do" } { (signed.key())
                    label { (word("cast-why")) input name="why" maxlength="200" required; }
                    (act("back", "cast-send-back", true)) } }
        }
        @if stops && !matches!(broadcast.standing, Standing::Done | Standing::Cancelled) {
            details { summary { (word("cast-cancel")) "…" }
                form.stack method="post" action={ (at(broadcast.id)) "/do" } { (signed.key())
                    p { (word("cast-cancel-sure")) }
                    (act("cancel", "cast-cancel", false)) } }
        }
        @if broadcast.standing == Standing::Proposed && own { p.hint { (word("cast-own")) } }
        p.line {
            @if broadcast.is_open() && writes { a href={ (at(broadcast.id)) "/change" } { (word("cast-change")) } }
            a href={ (at(broadcast.id)) "/script" } { (word("cast-script")) }
            a href={ (at(broadcast.id)) "/poster" } { (word("cast-poster")) }
            @if begun { a href={ (at(broadcast.id)) "/recipients.csv" } { (word("cast-csv")) } }
            @if amendable && writes { @for how in Amendment::ALL {
                a href={ "/console/broadcasts/new?of=" (broadcast.id) "&how=" (how.name()) } { (word(&format!("cast-how-{}", how.name()))) } } }
        }
    }
}

/// The faults of a draft, each with its field.
fn faults(signed: &Signed, problems: &[Problem]) -> Markup {
    html! {
        div.problem role="status" { p { (signed.word("cast-faulty")) }
            ul { @for problem in problems { li {
                (signed.word(&format!("cast-field-{}", problem.field))) ": " (signed.word(problem.key)) @if !problem.what.is_empty() { " «" (problem.what) "»" } } } }
        }
    }
}

fn looks(signed: &Signed, preview: &Preview) -> Markup {
    html! {
        h3 { "Telegram, web" }
        (bubbles(std::slice::from_ref(&preview.buttons)))
        @if let Some(english) = &preview.english { details { summary { "English" } (bubbles(std::slice::from_ref(english))) } }
        h3 { "Zalo" }
        div.phone { @for words in &preview.plain { pre.bubble { (words) } } }
        details { summary { (signed.word("cast-script")) } p { (preview.aloud) } }
    }
}

/// What is not seen before somebody presses or asks: an approver approves that, too.
fn behind(signed: &Signed, broadcast: &Broadcast) -> Markup {
    let (word, draft) = (|key: &str| signed.word(key), &broadcast.draft);
    html! {
        @if !draft.buttons.is_empty() || !draft.links.is_empty() {
            h3 { (word("cast-behind")) }
            ul {
                @for button in &draft.buttons { li { (button.label) " → " code { (super::form::target(&button.target)) } } }
                @for link in &draft.links { li { (link.label) " → " code { (link.url) } } }
            }
        }
        @if !draft.answers.is_empty() {
            h3 { (word("cast-answers")) }
            dl { @for own in &draft.answers { dt { (own.question) } dd { (own.answer) } } }
        }
    }
}

fn reaches(signed: &Signed, broadcast: &Broadcast, preview: &Preview) -> Markup {
    let word = |key: &str| signed.word(key);
    let all: u64 = preview.reach.iter().map(|(_, people, _)| people).sum();
    html! {
        p { strong { (all) } " " (word("cast-people")) }
        dl {
            @for (channel, people, reach) in &preview.reach {
                dt { (channel) } dd { (people) ": " (word("cast-reach-free")) " " (reach.free)
                    @if reach.paid > 0 { ", " (word("cast-reach-paid")) " " (reach.paid) @if let Some(cost) = reach.cost.filter(|_| broadcast.draft.pays) { " (" (cost) " đ)" } }
                    @if reach.nowhere > 0 { ", " (word("cast-reach-window")) " " (reach.nowhere) } }
            }
            @if preview.gone > 0 { dt { (word("cast-reach-gone")) } dd { (preview.gone) } }
            @if preview.closed > 0 { dt { (word("cast-reach-closed")) } dd { (preview.closed) } }
        }
        @if broadcast.draft.class == Class::Ordinary {
            p.hint { (signed.console.wording.with(signed.lang, "cast-consent-hint", [("others", preview.never_agreed.into())])) }
        }
        @if !preview.sample.is_empty() {
            details { summary { (word("cast-sample")) }
                ul { @for (to, place) in &preview.sample { li { code { (to) } @if !place.is_empty() { " · " (place) } } } } }
        }
    }
}

/// Whom it is for, in words.
fn audience(signed: &Signed, broadcast: &Broadcast) -> Markup {
    let (word, audience) = (|key: &str| signed.word(key), &broadcast.draft.audience);
    let topics: Vec<String> = audience.topics.iter().map(|topic| word(&format!("topic-{}", topic.name()))).collect();
    html! {
        dl {
            @if !audience.places.is_empty() { dt { (word("cast-places")) } dd { (audience.places.join(", ")) } }
            @if audience.unplaced || broadcast.draft.pays { dt { (word("cast-also")) } dd {
                @if audience.unplaced { (word("cast-unplaced")) } " " @if broadcast.draft.pays { (word("cast-pays")) } } }
            @if !audience.channels.is_empty() { dt { (word("cast-channel")) } dd { @for channel in &audience.channels { (channel) " " } } }
            @if !topics.is_empty() { dt { (word("cast-topics")) } dd { (topics.join(", ")) } }
            @if let Some(lang) = audience.lang { dt { (word("cast-lang")) } dd { (lang) } }
            @if let Some(code) = &audience.dossier_of { dt { (word("cast-dossier")) } dd { (code) } }
            @if let Some(asked) = &audience.asked { dt { (word("cast-asked")) } dd { (asked.guide) ", " (asked.days) } }
            @if let Some(pilot) = &audience.pilot { dt { (word("cast-pilot")) } dd { (pilot) } }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Act {
    what: String,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    why: String,
}

pub(super) async fn act(
    State(console): State<Arc<Console>>,
    Path(id): Path<BroadcastId>,
    Posted(signed, form): Posted<Act>,
) -> Result<Response, Turned> {
    let (broadcasts, by) = (&console.broadcasts, By::Officer(&signed.officer));
    let done = match form.what.as_str() {
        "propose" => broadcasts.propose(id, by).await,
        "approve" => broadcasts.approve(id, &form.fingerprint, &signed.officer).await,
        "pause" => broadcasts.pause(id, "", by).await,
        "resume" => broadcasts.resume(id, by).await,
        "cancel" => broadcasts.cancel(id, by).await,
        "back" => broadcasts.send_back(id, &form.why, by).await,
        "try" => broadcasts.try_out(id, &signed.officer).await,
        _ => return Err(StatusCode::BAD_REQUEST.into_response().into()),
    };
    match done {
        Ok(()) if form.what == "try" => page(&console, &signed, id, Some("cast-tried"), StatusCode::OK).await,
        Ok(()) => Ok(Redirect::to(&at(id)).into_response()),
        Err(error) => page(&console, &signed, id, Some(refused(&signed, error)?), StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}
