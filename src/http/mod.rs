//! One router out of all that speaks HTTP, and serving it.

mod guard;
mod serve;

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::store::{Store, outbox};

pub use serve::serve;

/// Larger than any update Telegram sends and any form of ours, in bytes.
const LARGEST_BODY: usize = 512 * 1024;
/// Larger than any file or list of events, in bytes: what says that it is more is not begun.
const LARGEST_UPLOAD: usize = 16 * 1024 * 1024;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// The router: what `parts` serve, and health and metrics. `large` limits its bodies itself; `https` when the public address is.
pub fn router(store: Store, metrics: Option<PrometheusHandle>, parts: Vec<Router>, large: Router, https: bool) -> Router {
    let health = Router::new().route("/healthz", get(health)).route("/readyz", get(ready)).with_state(store);
    let metrics = match metrics {
        Some(handle) => Router::new().route("/metrics", get(move || async move { handle.render() })),
        None => Router::new(),
    };
    let all = parts.into_iter().fold(health.merge(metrics), Router::merge);
    let all = all.layer(RequestBodyLimitLayer::new(LARGEST_BODY));
    let all = guard::in_time(all, guard::WITHIN)
        .merge(guard::in_time(large.layer(RequestBodyLimitLayer::new(LARGEST_UPLOAD)), guard::LARGE_WITHIN));
    guard::guarded(all.layer(CompressionLayer::new()), https)
}

/// 200 while the program lives, with the number of messages still to be sent; a database that is away is no reason to start anew.
async fn health(State(store): State<Store>) -> String {
    match to_send(&store).await {
        Some(open) => format!("ok, {open} to send\n"),
        None => "ok, but the database does not answer\n".to_owned(),
    }
}

/// 200 when what arrives would be stored, 503 when it would not: a proxy sends people elsewhere.
async fn ready(State(store): State<Store>) -> (StatusCode, &'static str) {
    match to_send(&store).await {
        Some(_) => (StatusCode::OK, "ready\n"),
        None => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

async fn to_send(store: &Store) -> Option<i64> {
    let count = async { outbox::open_count(&mut store.read().await?).await };
    match tokio::time::timeout(PATIENCE, count).await {
        Ok(Ok(open)) => Some(open),
        Ok(Err(error)) => {
            tracing::error!(%error, "health");
            None
        }
        Err(_) => None,
    }
}
