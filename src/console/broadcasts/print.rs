//! The same announcement for those without a phone: words to be read into a loudspeaker, and a poster of one page.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::super::signed::Turned;
use super::super::{Console, Signed};
use super::{gone, named, refused};
use crate::domain::broadcast::{Broadcast, BroadcastId, Class, Standing};

async fn seen(console: &Console, signed: &Signed, id: BroadcastId) -> Result<Broadcast, Turned> {
    match console.broadcasts.see(id, &signed.officer).await {
        Ok(seen) => Ok(seen.broadcast),
        Err(error) => refused(signed, error).and_then(|_| Err(gone(signed).into())),
    }
}

/// Words to be read aloud, twice as large, a paragraph for each breath.
pub(super) async fn script(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<BroadcastId>,
) -> Result<Response, Turned> {
    let broadcast = seen(&console, &signed, id).await?;
    let words = console.broadcasts.script(&broadcast.draft);
    let content = html! {
        @if !approved(&broadcast) { p.problem role="status" { (signed.word("cast-not-approved")) } }
        p.hint { (signed.word("cast-script-hint")) }
        div.aloud lang="vi" { @for line in words.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
    };
    Ok(signed.page(&signed.word("cast-script"), content).into_response())
}

/// One page of A4: the announcement, and a code by which a phone opens it.
pub(super) async fn poster(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<BroadcastId>,
) -> Result<Response, Turned> {
    let broadcast = seen(&console, &signed, id).await?;
    let draft = &broadcast.draft;
    let shown = console.broadcasts.paper(draft);
    let office = console.handoff.office.name.clone();
    let page = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (named(&signed, &broadcast)) }
                link rel="stylesheet" href="/console/console.css";
                link rel="icon" href="data:,";
            }
            body.poster { main {
                @if !approved(&broadcast) { p.alarm { (signed.word("cast-not-approved")) } }
                @if let Some(office) = office { p.office { (office) } }
                @if draft.class == Class::Emergency { p.alarm { (signed.word("cast-urgent")) } }
                h1 { (draft.title) }
                @for line in shown.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
                @if let Some(address) = console.broadcasts.address(id) {
                    div.scan { (code(&address)) p { (signed.word("cast-scan")) br; span.address { (address) } } }
                }
            } }
        }
    };
    Ok(page.into_response())
}

/// Whether it may be read to people: approved, and not taken away again.
fn approved(broadcast: &Broadcast) -> bool {
    matches!(broadcast.standing, Standing::Approved | Standing::Running | Standing::Paused | Standing::Done)
}

/// The code of an address; nothing for one that is too long.
fn code(address: &str) -> Markup {
    let picture = QrCode::with_error_correction_level(address, EcLevel::Q)
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(220, 220).build());
    let picture = picture.unwrap_or_default();
    let svg = picture.find("<svg").map_or("", |start| &picture[start..]);
    html! { div.qr { (PreEscaped(svg)) } }
}
