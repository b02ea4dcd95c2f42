//! Announcements from other systems: proposed here, approved by an officer in the console, like all others.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::Value;

use super::dossiers::{Api, problem};
use super::openapi::{Faults, Problem, Proposed};
use crate::domain::broadcast::{BroadcastId, Draft, Standing};
use crate::service::broadcast::{BroadcastError, By, Seen};
use crate::store::agency::Agency;

/// Longest idempotency key, in letters.
const LONGEST_KEY: usize = 100;

/// Proposes an announcement for the people of the agency's commune or ward. An officer approves it before anybody is told; with the
/// header `Idempotency-Key`, the same request sent again makes no second one.
#[utoipa::path(
    tag = "announcements",
    post, path = "/api/v1/broadcasts", request_body = super::openapi::Announcement,
    params(("Idempotency-Key" = Option<String>, Header, description = "Your own name of the announcement")),
    responses(
        (status = 202, description = "It waits for approval; or was proposed before under this key", body = Proposed),
        (status = 400, description = "Not JSON, or a field that is not known", body = Problem),
        (status = 401, description = "No key or signature that is known", body = Problem),
        (status = 409, description = "Something else was proposed under this key, or it was changed since", body = Problem),
        (status = 415, description = "Not sent as application/json", body = Problem),
        (status = 422, description = "It cannot be sent like this", body = Faults),
        (status = 429, description = "More than 600 requests a minute", body = Problem),
        (status = 503, description = "Not stored: send it again", body = Problem),
    )
)]
pub(super) async fn propose(
    State(api): State<Arc<Api>>,
    Extension(agency): Extension<Agency>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let draft = match read(&body) {
        Ok(draft) => draft,
        Err(why) => return problem(StatusCode::BAD_REQUEST, &why, None),
    };
    let key = match headers.get("idempotency-key").map(|key| key.to_str()) {
        Some(Ok(key)) if key.len() <= LONGEST_KEY => Some(format!("{}:{key}", agency.slug)),
        None => None,
        Some(_) => return problem(StatusCode::BAD_REQUEST, "Idempotency-Key is ASCII", Some(LONGEST_KEY as u64)),
    };
    let by = By::Agency(&agency.slug);
    // As it is kept: what is told once more is compared with that.
    let draft = api.broadcasts.spelled(draft);
    let proposed = async {
        let known = match api.broadcasts.named(key.as_deref()).await? {
            Some(known) => api.broadcasts.see_of(known, &agency.slug).await?.broadcast,
            None => {
                api.broadcasts.examine(&draft, Some(&agency.slug)).await?;
                let id = api.broadcasts.write_as(draft.clone(), Some(&agency.slug), by, key.as_deref()).await?;
                api.broadcasts.see_of(id, &agency.slug).await?.broadcast
            }
        };
        if known.draft != draft {
            return Err(BroadcastError::Meanwhile);
        }
        // Told before, and the answer was lost between writing and proposing.
        if known.standing == Standing::Draft {
            api.broadcasts.propose(known.id, by).await?;
        }
        Ok(known.id)
    };
    match proposed.await {
        Ok(id) => shown(&api, &agency, id, StatusCode::ACCEPTED).await,
        Err(error) => refused(&error),
    }
}

/// How far an announcement of this agency is.
#[utoipa::path(
    tag = "announcements",
    get, path = "/api/v1/broadcasts/{id}", params(("id" = i64, Path, description = "As it was told when it was proposed")),
    responses(
        (status = 200, description = "How far it is", body = Proposed),
        (status = 401, description = "No key that is known", body = Problem),
        (status = 404, description = "This agency has no such announcement", body = Problem),
    )
)]
pub(super) async fn show(
    State(api): State<Arc<Api>>,
    Extension(agency): Extension<Agency>,
    Path(id): Path<BroadcastId>,
) -> Response {
    shown(&api, &agency, id, StatusCode::OK).await
}

async fn shown(api: &Api, agency: &Agency, id: BroadcastId, status: StatusCode) -> Response {
    match api.broadcasts.see_of(id, &agency.slug).await {
        Ok(Seen { broadcast, progress, .. }) => {
            let standing = broadcast.standing.name();
            let proposed = Proposed {
                id,
                standing,
                audience: progress.audience(),
                waiting: progress.waiting,
                sent: progress.sent,
                failed: progress.failed,
                skipped: progress.skipped,
                uncertain: progress.uncertain,
            };
            (status, Json(proposed)).into_response()
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &BroadcastError) -> Response {
    match error {
        BroadcastError::Faulty(problems) => {
            let faults = problems.iter().map(ToString::to_string).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Json(Faults { faults })).into_response()
        }
        BroadcastError::Unknown => problem(StatusCode::NOT_FOUND, "this agency has no such announcement", None),
        BroadcastError::Denied => problem(StatusCode::FORBIDDEN, "this agency may not do that", None),
        BroadcastError::Store(error) => {
            tracing::error!(%error, "a broadcast is not stored");
            problem(StatusCode::SERVICE_UNAVAILABLE, "nothing was stored: send the same again later", None)
        }
        other => problem(StatusCode::CONFLICT, &other.to_string(), None),
    }
}

/// The draft in JSON. A field that is not known is a mistake of the caller, not something to be left out silently.
///
/// # Errors
/// What cannot be read, by its field.
pub fn read(body: &[u8]) -> Result<Draft, String> {
    let value: Value = serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
    let known = serde_json::to_value(Draft::default()).unwrap_or_default();
    let button = serde_json::json!({ "label": "", "target": "" });
    let answer = serde_json::json!({ "question": "", "answer": "" });
    let link = serde_json::json!({ "label": "", "url": "" });
    let parts = [("buttons", "buttons.", &button), ("answers", "answers.", &answer), ("links", "links.", &link)];
    let parts = parts
        .into_iter()
        .flat_map(|(name, before, known)| value[name].as_array().into_iter().flatten().map(move |given| (given, known, before)));
    let whole = [(&value, &known, ""), (&value["audience"], &known["audience"], "audience.")];
    for (given, known, before) in whole.into_iter().chain(parts) {
        let unknown = given.as_object().into_iter().flatten().find(|(name, _)| known.get(name).is_none());
        if let Some((name, _)) = unknown {
            return Err(format!("there is no field “{before}{name}”"));
        }
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}
