//! The route that Zalo calls: check the signature over the raw bytes, store, then answer 200.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;

use super::decode::{Event, decode};
use super::signature::Signature;
use crate::channel::Inbox;

/// Header of the signature.
const SIGNATURE: &str = "X-ZEvent-Signature";
/// Zalo waits two seconds; whatever is not stored by then is asked for again.
const STORED_WITHIN: Duration = Duration::from_millis(1500);

struct Webhook {
    inbox: Arc<dyn Inbox>,
    signature: Signature,
    refused: AtomicU64,
}

/// The webhook route at `path`. The console's test of the address (a GET, or a POST without a signature) is answered 200, and
/// nothing is done.
pub fn routes(path: &str, signature: Signature, inbox: Arc<dyn Inbox>) -> Router {
    let webhook = Arc::new(Webhook { inbox, signature, refused: AtomicU64::new(0) });
    Router::new().route(path, get(|| async { StatusCode::OK }).post(receive)).with_state(webhook)
}

async fn receive(State(webhook): State<Arc<Webhook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(given) = headers.get(SIGNATURE) else {
        metrics::counter!("motcua_zalo_unsigned_total").increment(1);
        return StatusCode::OK;
    };
    let Ok(unsigned) = decode(&body) else { return StatusCode::BAD_REQUEST };
    if !given.to_str().is_ok_and(|given| webhook.signature.fits(given, &body, &unsigned.timestamp())) {
        webhook.refuse();
        return StatusCode::UNAUTHORIZED;
    }
    let stored = async {
        match unsigned.event() {
            Event::Said(received) => webhook.inbox.accept(received).await,
            Event::Receipts(receipts) => webhook.inbox.accept_receipts(receipts).await,
            Event::Ignored(name) => {
                tracing::debug!(name, "an event of Zalo's that does not concern us");
                Ok(())
            }
        }
    };
    match tokio::time::timeout(STORED_WITHIN, stored).await {
        Ok(Ok(())) => StatusCode::OK,
        Ok(Err(error)) => {
            tracing::error!(%error, "an event is not stored; Zalo may send it again");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Err(_) => {
            tracing::error!("an event is not stored in time; Zalo may send it again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

impl Webhook {
    /// Counts a signature that does not fit; the log tells of the first, the second, the fourth, the eighth …
    fn refuse(&self) {
        metrics::counter!("motcua_zalo_refused_total").increment(1);
        let count = self.refused.fetch_add(1, Ordering::Relaxed) + 1;
        if count.is_power_of_two() {
            tracing::warn!(
                count,
                "signatures of events do not fit: forged, or ZALO_WEBHOOK_SECRET is not the one Zalo signs with"
            );
        }
    }
}
