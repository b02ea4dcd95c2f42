//! The inbox: who waits, whose is what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Signed};
use crate::domain::Timestamp;
use crate::domain::officer::{Places, Right};
use crate::domain::ticket::{Stage, Ticket};
use crate::knowledge::search::searchable;
use crate::store::{StoreError, ticket};

/// Tickets on one page, and those among which is searched.
const PAGE: usize = 100;
const SEARCHED: u32 = 1_000;
/// Minutes of the desk's hours after which a first answer is late.
const LATE: u64 = 10;
/// The same of later ones: as long as a ticket stays with whoever leaves a citizen waiting.
const LATE_AGAIN: u64 = 30;
/// The tabs, by the ends of their keys in the wording.
const TABS: [&str; 4] = ["waiting", "mine", "all", "closed"];

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/inbox", get(list))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    q: String,
    /// How many are passed over, the newest of those that are done.
    #[serde(default)]
    after: usize,
}

impl Which {
    /// Where the same search is, in a tab, after so many.
    fn path(&self, tab: &str, after: usize) -> String {
        let q: String = url::form_urlencoded::byte_serialize(self.q.as_bytes()).collect();
        let mut path = format!("/console/inbox?tab={tab}");
        if !q.is_empty() {
            path.push_str(&format!("&q={q}"));
        }
        if after > 0 {
            path.push_str(&format!("&after={after}"));
        }
        path
    }
}

async fn list(State(console): State<Arc<Console>>, signed: Signed, Query(which): Query<Which>) -> Result<Response, Turned> {
    signed.may_somewhere(Right::SeeTickets)?;
    let tab = TABS.into_iter().find(|tab| *tab == which.tab).unwrap_or(TABS[0]);
    let places = signed.officer.places(Right::SeeTickets);
    let counts = async {
        let mut tx = console.officers.store.read().await?;
        let mine =
            ticket::Which { stages: &[Stage::Taken], officer: Some(&signed.officer.login), places: &places, limit: SEARCHED };
        let mine = ticket::list(&mut tx, &mine).await?.len() as i64;
        let open = ticket::counts(&mut tx, &places).await?;
        let at = |stage: Stage| open.iter().find(|(name, _)| name == stage.name()).map_or(0, |(_, count)| *count);
        Ok([at(Stage::Waiting), mine, at(Stage::Waiting) + at(Stage::Taken), 0])
    };
    let counts = counts.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let mut found = tickets(&console, &signed, tab, &places, SEARCHED).await.map_err(|error| Turned::from(broken(&error)))?;
    let wanted = searchable(&which.q);
    if !wanted.is_empty() {
        let labelled = |ticket: &Ticket| ticket.labels.iter().any(|label| searchable(label).contains(&wanted));
        found.retain(|ticket| {
            searchable(&ticket.question).contains(&wanted)
                || ticket.officer.as_deref() == Some(which.q.trim())
                || labelled(ticket)
        });
    }
    // What is about to be missed stands first: who waits for a word, the longest first.
    if tab != "closed" {
        found.sort_by_key(|ticket| (!ticket.waits_for_answer(), since(ticket)));
    }
    let older = (found.len() > which.after.saturating_add(PAGE)).then(|| which.path(tab, which.after + PAGE));
    let found: Vec<Ticket> = found.into_iter().skip(which.after).take(PAGE).collect();
    let word = |key: &str| signed.word(key);
    Ok(signed.page(&word("console-inbox"), html! {
        form.line method="get" action="/console/inbox" role="search" {
            input type="hidden" name="tab" value=(tab);
            label { (word("inbox-search")) " " input #search name="q" value=(which.q) accesskey="s"; }
            button.quiet { (word("audit-look")) }
        }
        @if let Some(trouble) = console.trouble.load().as_deref() {
            p.problem role="status" { (word("group-trouble")) @if signed.officer.may(Right::ManageOfficers, None) { " (" (trouble) ")" } }
        }
        div #live {
            nav.tabs aria-label=(word("inbox-tabs")) {
                @for (at, name) in TABS.into_iter().enumerate() {
                    a href=(which.path(name, 0)) aria-current=[(name == tab).then_some("page")] {
                        (word(&format!("inbox-tab-{name}"))) @if name != "closed" { " " span.count { (counts[at]) } }
                    }
                }
            }
            @if found.is_empty() { p { (word("inbox-empty")) } } @else { ol.tickets { @for ticket in &found { (row(&console, &signed, ticket)) } } }
            @if let Some(older) = &older { p { a href=(older) { (word("inbox-more")) } } }
        }
    }).into_response())
}

async fn tickets(console: &Console, signed: &Signed, tab: &str, places: &Places, limit: u32) -> Result<Vec<Ticket>, StoreError> {
    let (stages, officer): (&[Stage], _) = match tab {
        "waiting" => (&[Stage::Waiting], None),
        "mine" => (&[Stage::Taken], Some(signed.officer.login.as_str())),
        "closed" => (&[Stage::Closed], None),
        _ => (&[Stage::Waiting, Stage::Taken], None),
    };
    ticket::list(&mut console.officers.store.read().await?, &ticket::Which { stages, officer, places, limit }).await
}

/// Since when somebody waits.
fn since(ticket: &Ticket) -> Timestamp {
    if ticket.stage == Stage::Waiting { ticket.opened_at } else { ticket.citizen_at }
}

/// One ticket of the list: what is asked, where, since when, whose.
fn row(console: &Console, signed: &Signed, ticket: &Ticket) -> Markup {
    let word = |key: &str| signed.word(key);
    let now = console.officers.clock.now();
    let unanswered = ticket.waits_for_answer();
    let minutes = console.worked(since(ticket), now) / 60;
    // The clock of the first answer, and of each that follows.
    let most = if ticket.answered_at.is_none() { LATE } else { LATE_AGAIN };
    let late = unanswered && minutes >= most;
    html! {
        li.late[late] {
            a href={ "/console/inbox/" (ticket.id) } { (ticket.question) }
            p.hint {
                (word(&format!("place-{}", ticket.from.channel.as_str().replace('_', "-")))) " · "
                @match (&ticket.officer, ticket.stage) {
                    (Some(officer), _) => { (officer) }
                    (None, _) => { (word("inbox-nobody")) }
                }
                @if let Some(place) = &ticket.at { " · " (place) }
                @for label in &ticket.labels { " " span.count { (label) } }
                @if ticket.offered.as_deref() == Some(signed.officer.login.as_str()) { " · " strong { (word("inbox-offered")) } }
                @if let Some(ending) = ticket.ending { " · " (word(&format!("ending-{}", ending.name()))) }
                " · "
                @if unanswered {
                    strong { (console.wording.with(signed.lang, "inbox-waits", [("minutes", minutes.into())])) }
                    @if !late { " · " (console.wording.with(signed.lang, "inbox-left", [("minutes", (most - minutes).into())])) }
                } @else { (when(ticket.closed_at.or(ticket.officer_at).unwrap_or(ticket.opened_at))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_goes_along_to_every_tab_and_to_older_ones() {
        let which = Which { tab: "mine".into(), q: "hộ tịch & cư trú".into(), after: 100 };
        let q = "h%E1%BB%99+t%E1%BB%8Bch+%26+c%C6%B0+tr%C3%BA";
        assert_eq!(which.path("closed", 0), format!("/console/inbox?tab=closed&q={q}"));
        assert_eq!(which.path("closed", 200), format!("/console/inbox?tab=closed&q={q}&after=200"));
        assert_eq!(Which { q: String::new(), ..which }.path("all", 0), "/console/inbox?tab=all");
    }
}
