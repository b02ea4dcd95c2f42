//! Sending: plain text with numbered choices, and what the platform's errors mean for the next step.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Value, json};

use super::api::{Api, CallError};
use crate::channel::{Channel, FetchError, Fetcher, Rate, plain};
use crate::domain::{ChannelName, Message, SendError, Sent, Unreachable};

/// The platform tells no pause with its 429; quotas are by the month.
const AFTER_TOO_MANY: Duration = Duration::from_secs(60);

/// Zalo's Bot Platform, as a way out.
pub struct ZaloBot {
    api: Api,
    per_second: u32,
    photos: Fetcher,
}

impl ZaloBot {
    /// Sends through `api`, at most so many messages a second; fetches photos from where `photos` may.
    pub fn new(api: Api, per_second: u32, photos: Fetcher) -> Self {
        Self { api, per_second, photos }
    }
}

#[async_trait]
impl Channel for ZaloBot {
    fn name(&self) -> ChannelName {
        ChannelName::ZaloBot
    }

    fn overall_rate(&self) -> Option<Rate> {
        Some(Rate { messages: self.per_second, span: Duration::from_secs(1) })
    }

    /// No limit is told; one a second keeps the order in which a phone shows messages.
    fn rate_to(&self, _peer: &str) -> Option<Rate> {
        Some(Rate { messages: 1, span: Duration::from_secs(1) })
    }

    async fn fetch(&self, source: &str, most: usize) -> Result<Vec<u8>, FetchError> {
        self.photos.fetch(source, most).await
    }

    async fn send(&self, peer: &str, message: &Message) -> Result<Sent, SendError> {
        let sent = self.api.call("sendMessage", &json!({ "chat_id": peer, "text": plain(message) })).await.map_err(meaning)?;
        Ok(Sent { external_id: sent.get("message_id").and_then(Value::as_str).map(str::to_owned) })
    }
}

fn meaning(error: CallError) -> SendError {
    match error {
        CallError::NoConnection => SendError::Transient("no connection to Zalo".to_owned()),
        CallError::NoAnswer(cause) => SendError::Unknown(cause),
        CallError::Refused { code: 429, .. } => SendError::RetryAfter(AFTER_TOO_MANY),
        CallError::Refused { code: 401, .. } => SendError::Transient("Zalo refuses the token".to_owned()),
        CallError::Refused { code: 403, .. } => SendError::Unreachable(Unreachable::Blocked),
        CallError::Refused { code: 404, .. } => SendError::Unreachable(Unreachable::Gone),
        // Whoever waited behind a gateway may have sent it.
        CallError::Refused { code: code @ (408 | 504), description } => SendError::Unknown(format!("{code} {description}")),
        CallError::Refused { code, description } if code >= 500 => SendError::Failed(format!("{code} {description}")),
        CallError::Refused { code, description } => SendError::Rejected(format!("{code} {description}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_comes_next() {
        let meant = |code| meaning(CallError::Refused { code, description: String::new() });
        assert!(matches!(meant(429), SendError::RetryAfter(_)));
        assert!(matches!(meant(403), SendError::Unreachable(Unreachable::Blocked)));
        assert!(matches!(meant(400), SendError::Rejected(_)));
        assert!(matches!(meant(401), SendError::Transient(_)));
        assert!(matches!(meant(500), SendError::Failed(_)) && matches!(meant(504), SendError::Unknown(_)));
    }
}
