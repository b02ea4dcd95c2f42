//! Sending: consultation messages within the window, approved templates outside.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::api::Api;
use super::meaning::{meaning, meaning_of_template};
use crate::channel::{Channel, FetchError, Fetcher, Rate, plain};
use crate::domain::{ChannelName, Choice, Message, SendError, Sent, Template, Unreachable, Windows};

/// Buttons under one message, and letters on one (message/cs).
const MOST_BUTTONS: usize = 5;
/// How a peer is written that is a telephone number, `84…`: only templates reach it.
const PHONE: &str = "phone:";

/// Ids of approved templates by our own names of them.
pub type Forms = BTreeMap<String, String>;

/// An Official Account, as a way out.
pub struct Zalo {
    /// How it is called.
    pub api: Api,
    /// Calls a minute, of this process.
    pub per_minute: u32,
    /// How long people can be written to after their last word.
    pub windows: Windows,
    /// Whether to send buttons beside the numbered lines; not every version of Zalo is known to show them.
    pub buttons: bool,
    /// Templates that Zalo approved.
    pub forms: Forms,
    /// Where photos and files are fetched from.
    pub media: Fetcher,
}

#[async_trait]
impl Channel for Zalo {
    fn name(&self) -> ChannelName {
        ChannelName::Zalo
    }

    fn overall_rate(&self) -> Option<Rate> {
        Some(Rate { messages: self.per_minute, span: Duration::from_secs(60) })
    }

    /// No limit is told; one in half a second keeps the order in which a phone shows messages.
    fn rate_to(&self, _peer: &str) -> Option<Rate> {
        Some(Rate { messages: 1, span: Duration::from_millis(500) })
    }

    fn windows(&self) -> Option<Windows> {
        Some(self.windows)
    }

    async fn fetch(&self, source: &str, most: usize) -> Result<Vec<u8>, FetchError> {
        self.media.fetch(source, most).await
    }

    async fn send(&self, peer: &str, message: &Message) -> Result<Sent, SendError> {
        if peer.starts_with(PHONE) {
            return Err(SendError::Unreachable(Unreachable::Closed));
        }
        let mut content = json!({ "text": plain(message) });
        if self.buttons && !message.choices.is_empty() {
            let buttons: Vec<Value> = message.choices.iter().take(MOST_BUTTONS).map(button).collect();
            content["attachment"] = json!({ "type": "template", "payload": { "buttons": buttons } });
        }
        let body = json!({ "recipient": { "user_id": peer }, "message": content });
        let sent = self.api.post("/v3.0/oa/message/cs", &body).await.map_err(meaning)?;
        Ok(Sent { external_id: id(&sent, "message_id") })
    }

    async fn send_template(&self, peer: &str, template: &Template) -> Result<Sent, SendError> {
        let Some(form) = self.forms.get(&template.name) else { return Err(SendError::Unreachable(Unreachable::Closed)) };
        let (sent, key) = match peer.strip_prefix(PHONE) {
            Some(phone) => {
                let body = json!({ "phone": phone, "template_id": form, "template_data": template.data,
                    "tracking_id": tracking(phone, template) });
                (self.api.post_business("/message/template", &body).await, "msg_id")
            }
            None => {
                let body = json!({ "user_id": peer, "template_id": form, "template_data": template.data });
                (self.api.post("/v3.0/oa/message/template", &body).await, "message_id")
            }
        };
        Ok(Sent { external_id: id(&sent.map_err(meaning_of_template)?, key) })
    }
}

/// A press arrives as words, as if the citizen had typed the payload; nothing of it shows in the chat.
fn button(choice: &Choice) -> Value {
    json!({ "title": choice.label, "type": "oa.query.hide", "payload": choice.id.as_str() })
}

fn id(sent: &Value, key: &str) -> Option<String> {
    match sent.get(key)? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// At most 48 letters that name what is sent to whom, for inquiries; the same when it is sent again.
fn tracking(phone: &str, template: &Template) -> String {
    let what = serde_json::to_string(template).unwrap_or_default();
    let hash = Sha256::new_with_prefix(phone).chain_update(what).finalize();
    hex::encode(&hash[..16])
}
