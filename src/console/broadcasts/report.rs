//! What became of an announcement: numbers while it is sent, replies, and the ledger as a file.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::stream;
use maud::{Markup, html};

use super::super::layout::when;
use super::super::signed::{Turned, broken};
use super::super::{Console, Signed};
use super::{gone, refused};
use crate::domain::broadcast::{Broadcast, BroadcastId, Count, Outcome, Progress, Standing};
use crate::domain::officer::Right;
use crate::domain::{Lang, Timestamp};
use crate::service::audit::note;
use crate::service::broadcast::Report;
use crate::store::recipient::Line;

pub(super) fn shown(signed: &Signed, broadcast: &Broadcast, progress: &Progress, report: &Report, now: Timestamp) -> Markup {
    let word = |key: &str| signed.word(key);
    let done = progress.audience() - progress.waiting;
    let left =
        broadcast.began_at.filter(|_| broadcast.standing == Standing::Running).and_then(|began| progress.left(began.until(now)));
    html! {
        label.progress { (word("cast-progress")) " " strong { (done) " / " (progress.audience()) }
            progress max=(progress.audience().max(1)) value=(done) {} }
        @if let Some(left) = left { p.hint { (signed.console.wording.with(signed.lang, "cast-left", [("minutes", left.as_secs().div_ceil(60).into())])) " " (when(now.plus(left))) } }
        @else if broadcast.standing == Standing::Running { p.hint { (word("cast-left-unknown")) } }
        dl.line.numbers {
            @for (outcome, people) in [(Outcome::Waiting, progress.waiting), (Outcome::Sent, progress.sent), (Outcome::Failed, progress.failed),
                (Outcome::Skipped, progress.skipped), (Outcome::Uncertain, progress.uncertain)] {
                div { dt { (word(&format!("cast-out-{}", outcome.name()))) } dd { (people) } }
            }
        }
        div.wide tabindex="0" role="region" aria-label=(word("cast-table")) { table {
            thead { tr { th { (word("cast-ring")) } th { (word("cast-channel")) } th { (word("cast-outcome")) } th { (word("cast-cause")) } th { (word("cast-count")) } } }
            tbody { @for count in &report.counts { (row(signed, count)) } }
        } }
        @if !report.taps.is_empty() {
            h2 { (word("cast-taps")) }
            ul { @for (button, times) in &report.taps {
                li { @if let Some(button) = usize::try_from(*button).ok().and_then(|at| broadcast.draft.buttons.get(at)) { (button.label) } @else { (button) } ": " (times) } } }
        }
        @if report.replied.0 > 0 {
            h2 { (word("cast-replies")) }
            p { (signed.console.wording.with(signed.lang, "cast-replied", [("all", report.replied.0.into()), ("own", report.replied.1.into())])) }
            ul { @for reply in &report.replies { li { "«" (reply.words) "» " span.count { (when(Timestamp(reply.at)))
                @if reply.answered { " · " (word("cast-reply-answered")) } } } } }
        }
        @if !report.tickets.is_empty() {
            h2 { (word("cast-tickets")) " (" (report.tickets.len()) ")" }
            // A citizen's own words are for those who answer them, at the place that was asked.
            @let theirs = report.tickets.iter().filter(|ticket| signed.officer.may(Right::SeeTickets, ticket.at.as_deref()));
            ul { @for ticket in theirs { li { a href={ "/console/inbox/" (ticket.id) } { (ticket.question) } " " span.count { (when(ticket.opened_at)) } } } }
        }
    }
}

fn row(signed: &Signed, count: &Count) -> Markup {
    let word = |key: String| signed.word(&key);
    html! { tr {
        td { (word(format!("cast-ring-{}", count.ring.name()))) } td { (count.channel) } td { (word(format!("cast-out-{}", count.outcome.name()))) }
        td { @if !count.cause.is_empty() { (word(format!("cast-cause-{}", count.cause))) } } td { (count.people) }
    } }
}

/// A row of the ledger in the words of the page.
fn row_of(console: &Console, lang: Lang, line: &Line) -> [String; 5] {
    let word = |key: String| console.word(lang, &key);
    let cause = if line.cause.is_empty() { String::new() } else { word(format!("cast-cause-{}", line.cause)) };
    let (ring, outcome) = (format!("cast-ring-{}", line.ring.name()), format!("cast-out-{}", line.outcome.name()));
    [line.to.masked(), word(ring), word(outcome), cause, line.at.map(when).unwrap_or_default()]
}

fn written(rows: impl IntoIterator<Item = [String; 5]>) -> std::io::Result<Vec<u8>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    for row in rows {
        file.write_record(&row)?;
    }
    file.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// The ledger, a row for each recipient, read and sent part by part. Where somebody is stays masked.
pub(super) async fn recipients(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<BroadcastId>,
) -> Result<Response, Turned> {
    if let Err(error) = console.broadcasts.see(id, &signed.officer).await {
        return refused(&signed, error).and_then(|_| Err(gone(&signed).into()));
    }
    let officers = &console.officers;
    let noted = async {
        let mut tx = officers.store.write().await?;
        let subject = format!("broadcast {id}");
        note(&mut tx, &officers.keys, officers.clock.as_ref(), &signed.officer.login, "recipients read", &subject).await?;
        tx.commit().await
    };
    noted.await.map_err(|error: crate::store::StoreError| Turned::from(broken(&error)))?;
    let head = ["cast-where", "cast-ring", "cast-outcome", "cast-cause", "cast-when"].map(|key| signed.word(key));
    // Excel reads UTF-8 only where this mark tells it.
    let mut first = "\u{feff}".as_bytes().to_vec();
    first.extend(written([head]).map_err(|error| Turned::from(broken(&error)))?);
    let first = Bytes::from(first);
    let (begin, lang) = ((Arc::clone(&console), (String::new(), String::new()), Some(first)), signed.lang);
    let rows = stream::try_unfold(begin, move |(console, after, first)| async move {
        if let Some(first) = first {
            return Ok(Some((first, (console, after, None))));
        }
        let lines = console.broadcasts.ledger(id, &after).await.map_err(|error| {
            tracing::error!(%error, "the ledger of a broadcast");
            std::io::Error::other("the ledger cannot be read")
        })?;
        let Some(last) = lines.last() else { return Ok::<_, std::io::Error>(None) };
        let after = (last.to.channel.as_str().to_owned(), last.to.peer.clone());
        let part = written(lines.iter().map(|line| row_of(&console, lang, line)))?;
        Ok(Some((Bytes::from(part), (console, after, None))))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"broadcast-{id}.csv\"")),
    ];
    Ok((headers, Body::from_stream(rows)).into_response())
}
