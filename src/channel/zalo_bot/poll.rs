//! Long polling, for machines that have no public address.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::api::{Api, CallError};
use super::decode::decode;
use crate::channel::Inbox;

/// Seconds the platform may hold a poll open.
const POLL_SECONDS: u32 = 30;
/// What the platform says when nothing came meanwhile.
const NOTHING_NEW: i64 = 408;
/// Waits after a failure: doubled each time, from one second to one minute.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Takes updates until `stop`, and until `last` stores those that it was given: another process may poll from `stop` on, and what this
/// one asked for is still its own. The platform has no confirmation: an update that it gave and that was not stored is gone, so
/// one that cannot be stored is tried again here, before the next is asked for.
pub async fn poll(api: Api, inbox: Arc<dyn Inbox>, stop: CancellationToken, last: CancellationToken) {
    let mut wait = SHORTEST_WAIT;
    let mut webhook_gone = false;
    while !stop.is_cancelled() {
        if !webhook_gone {
            // A webhook that is still set makes every poll fail; none to remove is no failure.
            let removed = api.call("deleteWebhook", &json!({})).await;
            webhook_gone = matches!(removed, Ok(_) | Err(CallError::Refused { code: 400 | 404, .. }));
        }
        let parameters = json!({ "timeout": POLL_SECONDS });
        let polled = tokio::select! {
            polled = api.call("getUpdates", &parameters) => polled,
            () = last.cancelled() => return,
        };
        let problem = match polled {
            Ok(update) => {
                let mut stored = true;
                if let Some(received) = decode(&update) {
                    while let Err(error) = inbox.accept(received.clone()).await {
                        tracing::error!(%error, "a Zalo update is not stored; trying again");
                        tokio::select! {
                            () = tokio::time::sleep(SHORTEST_WAIT) => {}
                            () = last.cancelled() => { stored = false; break }
                        }
                    }
                }
                (!stored).then(|| "an update was lost while stopping".to_owned())
            }
            Err(CallError::Refused { code: NOTHING_NEW, .. }) => None,
            Err(error) => Some(error.to_string()),
        };
        let Some(problem) = problem else {
            wait = SHORTEST_WAIT;
            continue;
        };
        tracing::warn!(problem, "cannot take updates from Zalo; trying again");
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => return,
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}
