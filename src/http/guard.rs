//! What holds for every answer: headers, time, and that a bug in one request is an error of that request.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// How long a request may take to arrive and be answered; one with a large body.
pub(super) const WITHIN: Duration = Duration::from_secs(60);
/// See [`WITHIN`].
pub(super) const LARGE_WITHIN: Duration = Duration::from_secs(150);
/// Browsers come back by https only for a year (RFC 6797).
const HSTS: &str = "max-age=31536000";

/// Ends requests that take too long, their bodies included. Answers that go on, such as news of a page, are not cut.
pub(super) fn in_time(router: Router, within: Duration) -> Router {
    router.layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, within))
}

/// `router` with the headers that no answer may lack, unless a page has stricter ones; `https` when the public address is.
pub(super) fn guarded(router: Router, https: bool) -> Router {
    let unless = |name: HeaderName, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let router = router
        .layer(unless(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(unless(header::CONTENT_SECURITY_POLICY, "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"))
        .layer(unless(header::REFERRER_POLICY, "no-referrer"))
        .layer(unless(header::X_FRAME_OPTIONS, "DENY"));
    let router = if https { router.layer(unless(header::STRICT_TRANSPORT_SECURITY, HSTS)) } else { router };
    router.layer(middleware::from_fn(counted)).layer(CatchPanicLayer::custom(failed))
}

/// Counts what was refused, by its status: a rise is somebody trying.
async fn counted(request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if matches!(answer.status().as_u16(), 400 | 401 | 403 | 405 | 408 | 413 | 415 | 422 | 429) {
        metrics::counter!("motcua_refused_total", "status" => answer.status().as_u16().to_string()).increment(1);
    }
    answer
}

/// A panic in a handler: the log has the cause, the client a plain failure.
#[expect(clippy::needless_pass_by_value, reason = "the layer's shape")]
fn failed(cause: Box<dyn Any + Send>) -> Response {
    let cause = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = cause.unwrap_or("unknown"), "a request failed by a bug");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
