//! Dossiers: events in, links for receipts out.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde_json::Value;
use tokio::sync::Semaphore;
use tower_http::set_header::SetResponseHeaderLayer;
use url::Url;
use utoipa::OpenApi;

use super::openapi::{Answer, Description, FollowLink, Problem};
use super::{broadcasts, door};
use crate::service::agency::Agencies;
use crate::service::broadcast::Broadcasts;
use crate::service::dossier::mapping::Mapping;
use crate::service::dossier::{FollowLinks, Intake, Outcome};
use crate::store::agency::Agency;

/// Events in one request.
pub const MOST_ROWS: usize = 1_000;
/// Bytes of one request: a thousand rows with everything they may hold.
pub const MOST_BODY: usize = 8 * 1024 * 1024;
/// Requests a minute from one agency, in this process.
pub(super) const MOST_REQUESTS: u32 = 600;

pub(super) struct Api {
    pub(super) agencies: Agencies,
    intake: Intake,
    links: FollowLinks,
    pub(super) broadcasts: Broadcasts,
    public: Option<Url>,
    mappings: Option<PathBuf>,
    /// Requests of each agency.
    pub(super) limiter: DefaultKeyedRateLimiter<String>,
    /// Room for requests of which nobody knows yet whose they are.
    pub(super) unproven: Semaphore,
    /// Refusals that are written to the log.
    pub(super) noted: DefaultDirectRateLimiter,
}

/// The routes of the API. `public` is the address of the web chat, for links; `mappings` the folder of mapping files.
pub fn routes(
    agencies: Agencies,
    intake: Intake,
    links: FollowLinks,
    broadcasts: Broadcasts,
    public: Option<Url>,
    mappings: Option<PathBuf>,
) -> Router {
    let quota = Quota::per_minute(NonZeroU32::new(MOST_REQUESTS).unwrap_or(NonZeroU32::MIN));
    let limiter = RateLimiter::keyed(quota);
    let unproven = Semaphore::new(door::UNPROVEN);
    let noted = RateLimiter::direct(Quota::per_minute(door::NOTED));
    let api = Arc::new(Api { agencies, intake, links, broadcasts, public, mappings, limiter, unproven, noted });
    Router::new()
        .route("/api/v1/dossiers/events", post(events))
        .route("/api/v1/dossiers/{code}/links", post(link))
        .route("/api/v1/broadcasts", post(broadcasts::propose))
        .route("/api/v1/broadcasts/{id}", get(broadcasts::show))
        .route_layer(from_fn_with_state(Arc::clone(&api), door::enter))
        .route("/api/v1/openapi.json", get(|| async { Json(Description::openapi()) }))
        .layer(DefaultBodyLimit::max(MOST_BODY))
        // A browser that is led here shows nothing.
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"answer.json\""),
        ))
        .with_state(api)
}

/// Takes in what happened to dossiers. Each row is accepted or refused on its own; what was accepted is stored when this answers.
#[utoipa::path(
    tag = "dossiers",
    post, path = "/api/v1/dossiers/events", request_body = super::openapi::Events,
    responses(
        (status = 200, description = "Each row has its answer", body = Answer),
        (status = 400, description = "Not JSON, or no list of events", body = Problem),
        (status = 401, description = "No key or signature that is known", body = Problem),
        (status = 413, description = "More than 1,000 events or 8 MiB", body = Problem),
        (status = 415, description = "Not sent as application/json", body = Problem),
        (status = 429, description = "More than 600 requests a minute; Retry-After tells how long to wait", body = Problem),
        (status = 503, description = "Not stored: send it again", body = Problem),
    )
)]
pub(super) async fn events(State(api): State<Arc<Api>>, Extension(agency): Extension<Agency>, body: Bytes) -> Response {
    let rows = match rows(&body) {
        Ok(rows) if rows.len() > MOST_ROWS => {
            return problem(StatusCode::PAYLOAD_TOO_LARGE, "too many events in one request", Some(MOST_ROWS as u64));
        }
        Ok(rows) => rows,
        Err(why) => return problem(StatusCode::BAD_REQUEST, &why, None),
    };
    let mapping = match Mapping::named(&agency.mapping, api.mappings.as_deref()) {
        Ok(mapping) => mapping,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), agency = agency.slug, "a mapping");
            return problem(StatusCode::SERVICE_UNAVAILABLE, "the mapping of this agency cannot be read", None);
        }
    };
    match api.intake.take(&agency.slug, mapping, rows).await {
        Ok(answers) => {
            let count = |wanted: fn(&Outcome) -> bool| answers.iter().filter(|answer| wanted(&answer.outcome)).count();
            let answer = Answer {
                accepted: count(|outcome| *outcome == Outcome::Accepted),
                duplicates: count(|outcome| *outcome == Outcome::Duplicate),
                refused: count(|outcome| matches!(outcome, Outcome::Refused(_))),
                rows: answers.iter().filter_map(|answer| serde_json::to_value(answer).ok()).collect(),
            };
            metrics::counter!("motcua_dossier_events_total").increment(answer.accepted as u64);
            Json(answer).into_response()
        }
        Err(error) => {
            tracing::error!(%error, agency = agency.slug, "events are not stored");
            problem(StatusCode::SERVICE_UNAVAILABLE, "nothing was stored: send the same again later", None)
        }
    }
}

/// Makes a one-time link for a dossier that was told of, to be printed on its receipt.
#[utoipa::path(
    tag = "dossiers",
    post, path = "/api/v1/dossiers/{code}/links", params(("code" = String, Path, description = "The dossier's code")),
    responses(
        (status = 200, description = "The link", body = FollowLink),
        (status = 401, description = "No key or signature that is known", body = Problem),
        (status = 404, description = "This agency has not told of such a dossier", body = Problem),
    )
)]
pub(super) async fn link(
    State(api): State<Arc<Api>>,
    Extension(agency): Extension<Agency>,
    Path(code): Path<String>,
) -> Response {
    match api.links.make(&agency.slug, &code).await {
        Ok(Some((start, until))) => {
            let url = api.public.as_ref().and_then(|public| public.join(&format!("open/{start}")).ok()).map(String::from);
            Json(FollowLink { url, start, good_until: until.to_string() }).into_response()
        }
        Ok(None) => problem(StatusCode::NOT_FOUND, "this agency has not told of such a dossier", None),
        Err(error) => {
            tracing::error!(%error, "a link is not stored");
            problem(StatusCode::SERVICE_UNAVAILABLE, "nothing was stored: send the same again later", None)
        }
    }
}

/// The events: `events`, or `data` as in national synchronisation, or the list alone.
fn rows(body: &[u8]) -> Result<Vec<Value>, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
    match body {
        Value::Array(rows) => Ok(rows),
        Value::Object(mut fields) => match fields.remove("events").or_else(|| fields.remove("data")) {
            Some(Value::Array(rows)) => Ok(rows),
            _ => Err("there is no list “events” (or “data”)".to_owned()),
        },
        _ => Err("there is no list of events".to_owned()),
    }
}

pub(super) fn problem(status: StatusCode, words: &str, limit: Option<u64>) -> Response {
    (status, Json(Problem { problem: words.to_owned(), limit })).into_response()
}
