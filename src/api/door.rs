//! Who calls, known before the body is read where that can be, and no more often than agreed.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock as _, DefaultClock};

use super::dossiers::{Api, MOST_BODY, MOST_REQUESTS, problem};
use crate::service::agency::{Credentials, Denied};
use crate::store::agency::Agency;

/// Signed requests whose body is read at once: until then nobody knows whose they are.
pub(super) const UNPROVEN: usize = 16;
/// Refusals that are written to the log, a minute.
pub(super) const NOTED: std::num::NonZeroU32 = std::num::NonZeroU32::new(30).unwrap();

/// Lets an agency in: its handler finds it among the request's extensions.
pub(super) async fn enter(State(api): State<Arc<Api>>, request: Request, next: Next) -> Response {
    if !is_json(&request) {
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send JSON, with the header Content-Type: application/json", None);
    }
    let (agency, mut request) = match believed(&api, request).await {
        Ok(believed) => believed,
        Err(refusal) => return refusal,
    };
    if let Err(until) = api.limiter.check_key(&agency.slug) {
        let wait = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        let mut refusal = problem(StatusCode::TOO_MANY_REQUESTS, "too many requests in a minute", Some(MOST_REQUESTS.into()));
        refusal.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        return refusal;
    }
    request.extensions_mut().insert(agency);
    next.run(request).await
}

/// Whether what is sent says that it is JSON; what is empty says nothing.
fn is_json(request: &Request) -> bool {
    let sends = request.headers().get(header::CONTENT_LENGTH).is_none_or(|length| length != "0");
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let named = kind.split(';').next().unwrap_or_default().trim();
    // Without a length and a kind there is nothing either, or the handler finds that it is no JSON.
    let silent = kind.is_empty() && !request.headers().contains_key(header::CONTENT_LENGTH);
    request.method() == Method::GET || !sends || silent || named.eq_ignore_ascii_case("application/json")
}

/// The agency whose request it is. A key is looked at before the body is read; a signature is over the body.
async fn believed(api: &Api, request: Request) -> Result<(Agency, Request), Response> {
    let (parts, body) = request.into_parts();
    let given = credentials(&parts.headers);
    let target = format!("{} {}", parts.method, parts.uri.path());
    let refuse = |denied| refused(api, given.agency, denied);
    if given.bearer.is_some() {
        let agency = api.agencies.believe(given, &target, b"").await.map_err(refuse)?;
        return Ok((agency, Request::from_parts(parts, body)));
    }
    api.agencies.may_be(given).await.map_err(refuse)?;
    let busy = || problem(StatusCode::SERVICE_UNAVAILABLE, "too many at once: send the same again later", None);
    let _room = api.unproven.try_acquire().map_err(|_| busy())?;
    let too_large = |_| problem(StatusCode::PAYLOAD_TOO_LARGE, "too many bytes in one request", Some(MOST_BODY as u64));
    let body = to_bytes(body, MOST_BODY).await.map_err(too_large)?;
    let agency = api.agencies.believe(given, &target, &body).await.map_err(refuse)?;
    Ok((agency, Request::from_parts(parts, Body::from(body))))
}

fn credentials(headers: &HeaderMap) -> Credentials<'_> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(header::AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    Credentials { bearer, agency: text("x-agency"), timestamp: text("x-timestamp"), signature: text("x-signature") }
}

fn refused(api: &Api, claims: Option<&str>, denied: Denied) -> Response {
    if let Denied::Store(error) = denied {
        tracing::error!(%error, "agencies");
        return problem(StatusCode::SERVICE_UNAVAILABLE, "the database failed: send the same again later", None);
    }
    if api.noted.check().is_ok() {
        let claims: String = claims.unwrap_or_default().chars().take(40).collect();
        tracing::warn!(claims, why = %denied, "refused: a request to the API");
    }
    problem(StatusCode::UNAUTHORIZED, &denied.to_string(), None)
}
