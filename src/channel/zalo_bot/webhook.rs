//! The route that Zalo calls: check the secret, store the update, then answer 200.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use subtle::ConstantTimeEq;

use super::api::Api;
use super::decode::decode;
use crate::channel::Inbox;

/// Header in which the platform repeats the secret.
pub const SECRET_HEADER: &str = "X-Bot-Api-Secret-Token";

struct Webhook {
    inbox: Arc<dyn Inbox>,
    secret: String,
}

/// The webhook route at `path`.
pub fn routes(path: &str, api: &Api, inbox: Arc<dyn Inbox>) -> Router {
    let webhook = Arc::new(Webhook { inbox, secret: api.webhook_secret() });
    Router::new().route(path, post(receive)).with_state(webhook)
}

async fn receive(State(webhook): State<Arc<Webhook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get(SECRET_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if !bool::from(given.ct_eq(webhook.secret.as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let update = match serde_json::from_slice(&body) {
        Ok(update) => update,
        Err(error) => {
            // Asking for it again would bring the same.
            tracing::warn!(%error, "Zalo's webhook body is not JSON");
            return StatusCode::OK;
        }
    };
    let Some(received) = decode(&update) else { return StatusCode::OK };
    match webhook.inbox.accept(received).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(%error, "update not stored; Zalo may send it again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
