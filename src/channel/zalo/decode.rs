//! From the raw body of an event to what was said.
//!
//! Anything may be missing, of another type, or new: what a citizen says is never lost for that, and what is from nobody is
//! only counted. Numbers are read as text, digit by digit.

use std::collections::HashMap;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::channel::Received;
use crate::domain::{Address, Attachment, ChannelName, Media, Receipt, ReceiptEvent, Said, Timestamp};

/// What an event means for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody said or did something.
    Said(Received),
    /// Messages of ours were delivered or seen.
    Receipts(Vec<Receipt>),
    /// Nothing that concerns us: the event's name.
    Ignored(String),
}

/// An event whose signature is still to be checked.
#[derive(Debug)]
pub struct Unsigned<'a> {
    body: &'a [u8],
    fields: Fields,
}

type Fields = HashMap<String, Box<RawValue>>;

/// Reads the fields of `body`.
///
/// # Errors
/// When it is not a JSON object.
pub fn decode(body: &[u8]) -> Result<Unsigned<'_>, serde_json::Error> {
    Ok(Unsigned { body, fields: serde_json::from_slice(body)? })
}

impl Unsigned<'_> {
    /// The timestamp as it is written in the body: a part of what was signed.
    pub fn timestamp(&self) -> String {
        text(&self.fields, "timestamp").unwrap_or_default()
    }

    /// What it means. Call it when the signature fits.
    pub fn event(&self) -> Event {
        let name = text(&self.fields, "event_name").unwrap_or_default();
        let message = object(&self.fields, "message");
        let who = |key: &str| text(&object(&self.fields, key), "id");
        let sender = who("sender").or_else(|| who("follower")).or_else(|| text(&self.fields, "user_id"));
        let said = match name.as_str() {
            "user_seen_message" => return self.receipts(&message, ReceiptEvent::Seen),
            "user_received_message" => return self.receipts(&message, ReceiptEvent::Delivered),
            // With the id of an administrator a person wrote it in the account's manager; without, it is our own.
            "oa_send_text" | "oa_send_image" | "oa_send_gif" | "oa_send_list" | "oa_send_file" | "oa_send_sticker"
            | "oa_send_template" => {
                let by_hand = text(&object(&self.fields, "sender"), "admin_id").is_some();
                return match who("recipient").filter(|_| by_hand) {
                    Some(citizen) => self.said(&name, &message, citizen, Said::Staff),
                    None => Event::Ignored(name),
                };
            }
            "user_send_text" | "user_send_link" => text(&message, "text").map_or(Said::Unreadable, Said::Text),
            "user_send_image" => file(&message, Media::Photo),
            "user_send_gif" => Said::Sent(Media::Sticker),
            "user_send_audio" => Said::Sent(Media::Voice),
            "user_send_video" => Said::Sent(Media::Video),
            "user_send_sticker" => Said::Sent(Media::Sticker),
            "user_send_location" => Said::Sent(Media::Location),
            "user_send_file" => file(&message, Media::File),
            // Name, telephone and address that a citizen gives away: not asked for, not kept.
            "user_send_business_card" | "user_submit_info" => Said::Sent(Media::Contact),
            "follow" => Said::Joined(None),
            "unfollow" => Said::Left,
            "user_click_chatnow" | "widget_interaction_accepted" => Said::Opened,
            "user_withdraw" => Said::Withdrawn,
            other if other.starts_with("user_send_") && !other.contains("group") => Said::Unreadable,
            _ => return Event::Ignored(name),
        };
        match sender {
            Some(sender) => self.said(&name, &message, sender, said),
            None => Event::Ignored(name),
        }
    }

    fn said(&self, name: &str, message: &Fields, citizen: String, said: Said) -> Event {
        let unreadable = said == Said::Unreadable;
        Event::Said(Received {
            external_id: text(message, "msg_id").map_or_else(|| self.fingerprint(), |id| format!("{name}:{id}")),
            from: Address::new(ChannelName::Zalo, citizen),
            said,
            lang_hint: None,
            raw: unreadable.then(|| String::from_utf8_lossy(self.body).into_owned()),
        })
    }

    /// Which side stands as sender differs between sources; the messages are ours in any case.
    fn receipts(&self, message: &Fields, event: ReceiptEvent) -> Event {
        let told = ["delivery_time", "seen_time"].iter().find_map(|key| text(message, key)).unwrap_or_else(|| self.timestamp());
        let at = Timestamp(told.parse().unwrap_or_default());
        let several: Vec<String> = message
            .get("msg_ids")
            .and_then(|ids| serde_json::from_str::<Vec<Box<RawValue>>>(ids.get()).ok())
            .map(|ids| ids.iter().filter_map(|id| words(id)).collect())
            .unwrap_or_default();
        let ids = several.into_iter().chain(text(message, "msg_id"));
        Event::Receipts(ids.map(|external_id| Receipt { channel: ChannelName::Zalo, external_id, event, at }).collect())
    }

    /// What tells a repeat of an event that has no id: Zalo repeats the same bytes.
    fn fingerprint(&self) -> String {
        hex::encode(&Sha256::digest(self.body)[..16])
    }
}

/// A photo or a file by the address that stands in the event.
fn file(message: &Fields, media: Media) -> Said {
    let attachments = message.get("attachments").and_then(|raw| serde_json::from_str::<Vec<Fields>>(raw.get()).ok());
    let payload = attachments.and_then(|all| all.first().map(|first| object(first, "payload"))).unwrap_or_default();
    match text(&payload, "url") {
        Some(source) => {
            Said::Attached(Attachment { media, source, name: text(&payload, "name"), caption: text(message, "text") })
        }
        None => Said::Sent(media),
    }
}

fn object(fields: &Fields, key: &str) -> Fields {
    fields.get(key).and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
}

fn text(fields: &Fields, key: &str) -> Option<String> {
    fields.get(key).and_then(|raw| words(raw))
}

/// Text, or the digits of a number as they stand: ids have up to 20 of them.
fn words(raw: &RawValue) -> Option<String> {
    let raw = raw.get();
    let read = match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok()?,
        b'0'..=b'9' | b'-' => raw.to_owned(),
        _ => return None,
    };
    (!read.is_empty()).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(body: &str) -> Event {
        decode(body.as_bytes()).unwrap().event()
    }

    fn said(body: &str) -> Received {
        match event(body) {
            Event::Said(received) => received,
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn ids_of_twenty_digits_stay_as_they_are() {
        for id in ["\"99999999999999999999\"", "99999999999999999999"] {
            let body =
                format!(r#"{{"event_name":"user_send_text","sender":{{"id":{id}}},"message":{{"text":"a","msg_id":"m"}}}}"#);
            let received = said(&body);
            assert_eq!(
                (received.from.peer.as_str(), received.external_id.as_str()),
                ("99999999999999999999", "user_send_text:m")
            );
        }
    }

    #[test]
    fn what_is_missing_loses_nobodys_words() {
        let odd = said(r#"{"event_name":"user_send_text","sender":{"id":"1"},"message":{"text":7.5e3}}"#);
        assert_eq!(odd.said, Said::Text("7.5e3".into()));
        let bare = said(r#"{"event_name":"user_send_text","sender":{"id":"1"},"message":null}"#);
        assert_eq!((bare.said, bare.raw.is_some(), bare.external_id.len()), (Said::Unreadable, true, 32));
        let new = said(r#"{"event_name":"user_send_hologram","sender":{"id":"1"}}"#);
        assert_eq!(new.said, Said::Unreadable);
        assert_eq!(event(r#"{"event_name":"user_send_text","message":{"text":"a"}}"#), Event::Ignored("user_send_text".into()));
        assert_eq!(event("{}"), Event::Ignored(String::new()));
        assert!(decode(b"[]").is_err() && decode(b"").is_err());
    }

    #[test]
    fn a_photo_tells_where_it_is() {
        let image = include_str!("../../../tests/payloads/zalo-oa-doc-user-send-image.json");
        let Said::Attached(file) = said(image).said else { panic!("no file") };
        assert_eq!(file.source, "http://f6.photo.talk.zdn.vn/full.jpg");
        assert_eq!((file.media, file.caption.as_deref()), (Media::Photo, Some("ảnh hồ sơ")));
        let bare = said(r#"{"event_name":"user_send_file","sender":{"id":"1"},"message":{"attachments":[7]}}"#);
        assert_eq!(bare.said, Said::Sent(Media::File));
    }

    #[test]
    fn a_person_of_the_office_is_told_from_our_own_echo() {
        let body =
            r#"{"event_name":"oa_send_text","sender":{"id":"9","admin_id":"5"},"recipient":{"id":"1"},"message":{"msg_id":"m"}}"#;
        let received = said(body);
        assert_eq!((received.said, received.from.peer.as_str()), (Said::Staff, "1"));
        assert_eq!(event(&body.replace(",\"admin_id\":\"5\"", "")), Event::Ignored("oa_send_text".into()));
    }

    proptest::proptest! {
        #[test]
        fn no_body_is_too_odd(body in "\\PC{0,60}", name in "[a-z_]{0,20}", value in "(\"x\"|1|null|\\[\\]|\\{\\}|\\{\"id\":\\[1\\]\\})") {
            let _ = decode(body.as_bytes()).map(|unsigned| unsigned.event());
            let body = format!(r#"{{"event_name":"{name}","sender":{value},"recipient":{value},"message":{value},"timestamp":{value}}}"#);
            let _ = decode(body.as_bytes()).unwrap().event();
        }
    }
}
