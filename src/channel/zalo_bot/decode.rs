//! What the platform sends, as something said.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::channel::Received;
use crate::domain::{Address, Attachment, ChannelName, Media, Said};

/// Reads an update in either of its forms, flat or within `result`. `None` for what is from nobody: probes, and what bots
/// say.
pub fn decode(body: &Value) -> Option<Received> {
    let update = body.get("result").filter(|result| result.get("event_name").is_some()).unwrap_or(body);
    let message = update.get("message")?;
    let peer = message.get("chat").and_then(|chat| text(chat, "id")).or_else(|| text(message.get("from")?, "id"))?;
    if message.pointer("/from/is_bot").and_then(Value::as_bool) == Some(true) {
        return None;
    }
    let event = update.get("event_name").and_then(Value::as_str).unwrap_or_default();
    let (said, raw) = match event {
        "message.text.received" => match text(message, "text") {
            Some(words) => (Said::Text(words), None),
            None => (Said::Unreadable, Some(update.to_string())),
        },
        "message.image.received" => (photo(message), None),
        "message.voice.received" => (Said::Sent(Media::Voice), None),
        "message.sticker.received" => (Said::Sent(Media::Sticker), None),
        // Files, contact cards, places: the platform tells nothing of them.
        "message.unsupported.received" => (Said::Sent(Media::Other), None),
        _ => (Said::Unreadable, Some(update.to_string())),
    };
    let external_id = text(message, "message_id").unwrap_or_else(|| fingerprint(update));
    Some(Received { external_id, from: Address::new(ChannelName::ZaloBot, peer), said, lang_hint: None, raw })
}

/// The documents call its address `photo`, the platform `photo_url`.
fn photo(message: &Value) -> Said {
    match text(message, "photo_url").or_else(|| text(message, "photo")) {
        Some(source) => {
            let caption = text(message, "caption");
            Said::Attached(Attachment { media: Media::Photo, source, name: None, caption })
        }
        None => Said::Sent(Media::Photo),
    }
}

/// An id or words: the platform writes ids as text, others who speak its language as numbers.
fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What tells a repeat of an update that has no id.
fn fingerprint(update: &Value) -> String {
    let hash = Sha256::digest(update.to_string());
    hex::encode(&hash[..12])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_forms_are_read_and_nobodys_are_not() {
        let flat = json!({ "event_name": "message.text.received", "message":
            { "chat": { "id": "a1" }, "message_id": "m1", "text": "khai sinh", "from": { "id": "a1", "is_bot": false } } });
        let received = decode(&flat).unwrap();
        assert_eq!((received.from.peer.as_str(), received.external_id.as_str()), ("a1", "m1"));
        assert_eq!(decode(&json!({ "ok": true, "result": flat })), Some(received));
        assert_eq!(decode(&json!({ "event_name": "webhook.test" })), None);
        assert_eq!(decode(&json!({ "message": { "chat": { "id": "a1" }, "from": { "is_bot": true } } })), None);
        let odd = decode(&json!({ "event_name": "message.new", "message": { "chat": { "id": 7 } } })).unwrap();
        assert_eq!((odd.said, odd.from.peer.as_str(), odd.raw.is_some()), (Said::Unreadable, "7", true));
    }
}
