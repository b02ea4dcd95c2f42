//! Who did what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::html;
use serde::Deserialize;

use super::deeds::deed;
use super::layout::when_exactly;
use super::signed::{Turned, broken};
use super::{Console, Signed};
use crate::domain::officer::Right;
use crate::domain::{DossierCode, Timestamp};
use crate::store::{StoreError, audit};

/// Entries on one page.
const PAGE: u32 = 100;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/audit", get(list))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    of: String,
    before: Option<i64>,
}

async fn list(State(console): State<Arc<Console>>, signed: Signed, Query(which): Query<Which>) -> Result<Response, Turned> {
    signed.may(Right::ReadAudit, None)?;
    let (of, before) = (which.of.trim(), which.before.unwrap_or(i64::MAX));
    // A dossier is noted by the key of its code, however the code is typed.
    let key = DossierCode::mentioned(of).map(|code| code.key());
    let of = key.as_deref().unwrap_or(of);
    let entries = async { audit::newest(&mut console.officers.store.read().await?, of, before, PAGE).await };
    let entries = entries.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    let older = entries.last().filter(|_| entries.len() == PAGE as usize).map(|last| last.seq);
    let of_encoded: String = url::form_urlencoded::byte_serialize(of.as_bytes()).collect();
    Ok(signed.page(&word("console-audit"), html! {
        p.hint { (word("audit-what")) }
        form.line method="get" action="/console/audit" {
            label { (word("audit-of")) " " input name="of" value=(of); }
            button { (word("audit-look")) }
        }
        div.wide tabindex="0" role="region" aria-label=(word("console-audit")) { table {
            thead { tr { th { "#" } th { (word("audit-when")) } th { (word("audit-who")) } th { (word("audit-did")) } th { (word("audit-subject")) } } }
            tbody { @for entry in &entries {
                tr { td { (entry.seq) } td { (when_exactly(Timestamp(entry.at))) } td { (entry.actor) } td { (deed(&signed, &entry.action)) } td { code { (entry.subject) } } }
            } }
        } }
        @if let Some(before) = older { p { a href={ "/console/audit?of=" (of_encoded) "&before=" (before) } { (word("audit-older")) } } }
    }).into_response())
}
