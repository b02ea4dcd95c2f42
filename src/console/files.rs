//! Photos and files that go between a citizen and the officer who has their conversation.

use std::sync::Arc;

use axum::Router;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::layout::when;
use super::signed::{FORM_KEY, Turned, broken};
use super::{Console, Signed};
use crate::channel::web::is_foreign;
use crate::domain::file::{FileKind, MOST_BYTES};
use crate::domain::officer::Right;
use crate::domain::ticket::{Enclosure, Stage, Ticket};
use crate::media::{FileError, served};
use crate::service::handoff::Act;
use crate::store::{StoreError, enclosure, ticket};

/// Room for the other fields of the form, in bytes.
const FORM: usize = 16 * 1024;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/inbox/{id}/files/{file}", get(show))
}

/// The route that files are sent to. Its bodies are larger than those of all others.
pub fn uploads(console: Arc<Console>) -> Router {
    Router::new()
        .route("/console/inbox/{id}/send", post(send))
        .layer(DefaultBodyLimit::max(MOST_BYTES + FORM))
        .with_state(console)
}

/// A file in the conversation.
pub(super) fn line(signed: &Signed, file: &Enclosure) -> Markup {
    let at = format!("/console/inbox/{}/files/{}", file.ticket, file.id);
    let name = signed.word(if file.file.kind == FileKind::Jpeg { "ticket-photo" } else { "ticket-pdf" });
    html! {
        li.citizen[file.officer.is_none()].officer[file.officer.is_some()] {
            p { a href=(at) target="_blank" rel="noopener" {
                @if file.file.kind == FileKind::Jpeg { img.enclosed src=(at) alt=(name) loading="lazy"; } @else { (name) }
            } }
            span.hint { (when(file.sent_at)) " · " (file.bytes.div_ceil(1024)) " KB" }
        }
    }
}

/// The field by which an officer sends one; nothing where there is no way for it.
pub(super) fn field(console: &Console, signed: &Signed, of: &Ticket) -> Markup {
    html! {
        @if console.handoff.can_enclose(of) {
            form.line method="post" action={ "/console/inbox/" (of.id) "/send" } enctype="multipart/form-data" { (signed.key())
                label { (signed.word("page-file")) " " input type="file" name="file" required accept="image/jpeg,image/png,image/webp,application/pdf"; }
                button.quiet { (signed.word("ticket-send-file")) }
            }
        }
    }
}

async fn show(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> Result<Response, Turned> {
    let found = async {
        let mut tx = console.officers.store.read().await?;
        let Some(of) = ticket::load(&mut tx, id).await? else { return Ok(None) };
        Ok(enclosure::of(&mut tx, id).await?.into_iter().find(|enclosure| enclosure.id == file).map(|enclosure| (of, enclosure)))
    };
    let found = found.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let gone = || Turned::from((StatusCode::NOT_FOUND, signed.word("ticket-gone")).into_response());
    let Some((of, enclosure)) = found.filter(|(of, _)| signed.officer.may(Right::SeeTickets, of.at.as_deref())) else {
        return Err(gone());
    };
    if of.officer.as_deref() != Some(signed.officer.login.as_str()) {
        console.handoff.looked(id, &signed.officer).await.map_err(|error| Turned::from(broken(&error)))?;
    }
    let bytes = match console.files.read(&enclosure.file.stored).await {
        Ok(bytes) => bytes,
        Err(FileError::Gone) => return Err(gone()),
        Err(error) => return Err(broken(&error).into()),
    };
    // A citizen's photo does not stay in the browser of an office.
    let kept = [(header::CACHE_CONTROL, "no-store")];
    Ok((kept, served(enclosure.id, enclosure.file.kind, bytes)).into_response())
}

async fn send(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, Turned> {
    if is_foreign(&headers) {
        return Err(StatusCode::FORBIDDEN.into_response().into());
    }
    let loaded = async { ticket::load(&mut console.officers.store.read().await?, id).await };
    let of = loaded.await.map_err(|error| Turned::from(broken(&error)))?;
    // Asked before megabytes are taken in.
    let theirs = of.filter(|of| of.stage == Stage::Taken && of.officer.as_deref() == Some(signed.officer.login.as_str()));
    let refuse = |status: StatusCode, key: &str| {
        let words = signed.word(key);
        let back =
            html! { p.problem role="alert" { (words) } p { a href={ "/console/inbox/" (id) } { (signed.word("ticket-back")) } } };
        Ok((status, signed.page(&signed.word("ticket-send-file"), back)).into_response())
    };
    let Some(of) = theirs else { return refuse(StatusCode::CONFLICT, "ticket-not-yours") };
    let Some((key, bytes)) = read(form).await else { return refuse(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large") };
    if !bool::from(key.as_bytes().ct_eq(signed.form_key.as_bytes())) {
        return Err(signed.forbidden(&signed.word("console-old-page")).into());
    }
    if !signed.officer.may(Right::Answer, of.at.as_deref()) {
        return Err(signed.refused().into());
    }
    let sight = match console.eyes.look(bytes).await {
        Ok(sight) => sight,
        Err(refusal) => return refuse(StatusCode::UNPROCESSABLE_ENTITY, &format!("file-{}", refusal.name())),
    };
    let kept = console.files.keep(console.officers.clock.fresh_id(), &sight.copy, sight.kind).await;
    let kept = kept.map_err(|error| Turned::from(broken(&error)))?;
    let sent = console.handoff.act(id, &signed.officer, &Act::Enclose(kept, String::new())).await;
    if sent.map_err(|error| Turned::from(broken(&error)))? {
        return Ok(Redirect::to(&format!("/console/inbox/{id}")).into_response());
    }
    refuse(StatusCode::CONFLICT, "ticket-file-not-sent")
}

/// The session's key and the file; `None` when it is too large.
async fn read(mut form: Multipart) -> Option<(String, Vec<u8>)> {
    let (mut key, mut file) = (String::new(), Vec::new());
    while let Some(field) = form.next_field().await.ok()? {
        match field.name().unwrap_or_default() {
            FORM_KEY => key = field.text().await.ok()?,
            "file" => file = field.bytes().await.ok()?.into(),
            _ => {}
        }
    }
    (file.len() <= MOST_BYTES).then_some((key, file))
}
