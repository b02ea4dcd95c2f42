//! From the raw JSON of an update to what was said.
//!
//! Anything may be missing or of a kind that did not exist when this was written: a message of a citizen is never lost
//! for that, it is answered as [`Said::Unreadable`] and its body is kept.

use serde_json::Value;

use crate::channel::Received;
use crate::domain::{Address, Attachment, ChannelName, ChoiceId, Lang, Media, Said};

/// What an update means for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// Somebody said something to the bot.
    Said {
        /// What, and who.
        received: Box<Received>,
        /// The query to answer when it was a button, so that the app stops its spinner.
        callback: Option<String>,
    },
    /// Nothing that asks for an answer: talk in a group that is not to us, reactions, service messages.
    Ignored,
}

/// Service messages that nobody expects an answer to.
const QUIET: [&str; 6] = [
    "pinned_message",
    "write_access_allowed",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "left_chat_member",
];

/// Kinds of content that are not words. A venue also carries a location, an animation also a document.
const MEDIA: [(&str, Media); 13] = [
    ("sticker", Media::Sticker),
    ("animation", Media::Sticker),
    ("dice", Media::Sticker),
    ("voice", Media::Voice),
    ("audio", Media::Voice),
    ("photo", Media::Photo),
    ("video", Media::Video),
    ("video_note", Media::Video),
    ("document", Media::File),
    ("venue", Media::Location),
    ("location", Media::Location),
    ("contact", Media::Contact),
    ("game", Media::Other),
];

/// Reads `update`; `bot` is the bot's user name, for telling when a group talks to it.
pub fn decode(update: &Value, bot: &str) -> Decoded {
    let Some(id) = update.get("update_id").and_then(Value::as_i64) else { return Decoded::Ignored };
    let said = if let Some(query) = update.get("callback_query") {
        button(query)
    } else if let Some(message) = update.get("message") {
        message_said(message, bot).map(|said| (message, said))
    } else if let Some(message) = update.get("edited_message") {
        edited(message, bot).map(|said| (message, said))
    } else if let Some(member) = update.get("my_chat_member") {
        membership(member).map(|said| (member, said))
    } else {
        None
    };
    let Some((place, said)) = said else { return Decoded::Ignored };
    let sender = update.get("callback_query").unwrap_or(place).get("from");
    let Some(peer) = peer(place).or_else(|| sender?.get("id")?.as_i64().map(|id| id.to_string())) else {
        return Decoded::Ignored;
    };
    let lang = sender.and_then(|from| from.get("language_code")).and_then(Value::as_str);
    let raw = (said == Said::Unreadable).then(|| update.to_string());
    let received = Received {
        external_id: id.to_string(),
        from: Address::new(ChannelName::Telegram, peer),
        said,
        // Somebody whose app speaks a third language reads English rather than Vietnamese.
        lang_hint: lang.map(|tag| Lang::from_tag(tag).unwrap_or(Lang::En)),
        raw,
    };
    let callback = update.pointer("/callback_query/id").and_then(text_or_number);
    Decoded::Said { received: Box::new(received), callback }
}

/// `12345`, or `12345/67` inside a topic: answers go back into the topic.
pub(super) fn peer(place: &Value) -> Option<String> {
    let chat = place.pointer("/chat/id")?.as_i64()?;
    let in_topic = place.get("is_topic_message").and_then(Value::as_bool).unwrap_or(false);
    let topic = place.get("message_thread_id").and_then(Value::as_i64).filter(|_| in_topic);
    Some(topic.map_or_else(|| chat.to_string(), |topic| format!("{chat}/{topic}")))
}

fn button(query: &Value) -> Option<(&Value, Said)> {
    let data = query.get("data").and_then(Value::as_str).unwrap_or_default();
    // The message of a button pressed in an inline result is not ours to see: then the person is the place.
    let place = query.get("message").filter(|message| message.get("chat").is_some()).unwrap_or(query);
    Some((place, Said::Chose(ChoiceId::from_wire(data))))
}

fn message_said(message: &Value, bot: &str) -> Option<Said> {
    let private = is_private(message);
    if message.pointer("/from/is_bot").and_then(Value::as_bool) == Some(true) {
        return None;
    }
    if let Some(text) = message.get("text").and_then(Value::as_str) {
        return if private { Some(words(text)) } else { to_us(message, text, bot).map(|text| words(&text)) };
    }
    if !private {
        let names = message.get("new_chat_members").and_then(Value::as_array);
        let added = names.is_some_and(|names| names.iter().any(|name| is_named(name, bot)));
        return (added || message.get("group_chat_created").is_some()).then_some(Said::AddedToGroup);
    }
    if let Some((_, media)) = MEDIA.iter().find(|(kind, _)| message.get(kind).is_some()) {
        return Some(file(message, *media).map_or(Said::Sent(*media), Said::Attached));
    }
    (!QUIET.iter().any(|kind| message.get(kind).is_some())).then_some(Said::Unreadable)
}

/// A photo, in the largest of its sizes, or a document.
pub(super) fn file(message: &Value, media: Media) -> Option<Attachment> {
    let about = match media {
        Media::Photo => message.get("photo")?.as_array()?.iter().max_by_key(|size| size.get("width").and_then(Value::as_i64))?,
        Media::File => message.get("document")?,
        _ => return None,
    };
    let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(str::to_owned);
    let source = text(about, "file_id")?;
    Some(Attachment { media, source, name: text(about, "file_name"), caption: text(message, "caption") })
}

fn edited(message: &Value, bot: &str) -> Option<Said> {
    let text = message.get("text").and_then(Value::as_str)?;
    if is_private(message) { Some(Said::Edited(text.to_owned())) } else { to_us(message, text, bot).map(Said::Edited) }
}

fn words(text: &str) -> Said {
    match text.strip_prefix("/start") {
        Some("") => Said::Joined(None),
        Some(payload) if payload.starts_with([' ', '@']) => {
            let word = payload.split_whitespace().find(|word| !word.starts_with('@'));
            Said::Joined(word.map(str::to_owned))
        }
        _ => Said::Text(text.to_owned()),
    }
}

/// The text of a group's message without our name, when it is for us: it names us, or answers one of our messages.
fn to_us(message: &Value, text: &str, bot: &str) -> Option<String> {
    let name = format!("@{bot}");
    // Names are ASCII; lowering more than ASCII would move the letters behind it.
    let at = text.to_ascii_lowercase().find(&name.to_ascii_lowercase()).filter(|_| !bot.is_empty());
    let reply = message.pointer("/reply_to_message/from").is_some_and(|from| is_named(from, bot));
    match at {
        Some(at) => Some(format!("{} {}", &text[..at], &text[at + name.len()..]).trim().to_owned()),
        None => reply.then(|| text.to_owned()),
    }
}

fn is_named(user: &Value, bot: &str) -> bool {
    user.get("username").and_then(Value::as_str).is_some_and(|name| !bot.is_empty() && name.eq_ignore_ascii_case(bot))
}

fn is_private(message: &Value) -> bool {
    match message.pointer("/chat/type").and_then(Value::as_str) {
        Some(kind) => kind == "private",
        // Samples of 2015 lack the type; a person's chat has a positive id.
        None => message.pointer("/chat/id").and_then(Value::as_i64).is_some_and(|id| id > 0),
    }
}

/// In a private chat: blocked, or unblocked. In a group: added.
fn membership(member: &Value) -> Option<Said> {
    let status = member.pointer("/new_chat_member/status").and_then(Value::as_str)?;
    match (is_private(member), status) {
        (_, "kicked" | "left") => Some(Said::Left),
        (true, "member") => Some(Said::Returned),
        _ => None, // added to a group: the group's own service message says so
    }
}

fn text_or_number(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(update: &Value) -> Option<Said> {
        match decode(update, "motcua_bot") {
            Decoded::Said { received, .. } => Some(received.said),
            Decoded::Ignored => None,
        }
    }

    fn in_group(text: &str) -> Value {
        json!({"update_id": 1, "message": {"chat": {"id": -5, "type": "group"}, "from": {"id": 7, "is_bot": false}, "text": text}})
    }

    #[test]
    fn a_group_is_heard_only_when_it_talks_to_us() {
        assert_eq!(said(&in_group("đi ăn không")), None);
        assert_eq!(said(&in_group("@Motcua_Bot khai sinh")), Some(Said::Text("khai sinh".into())));
        assert_eq!(said(&in_group("Ⱥ@motcua_botẞ")), Some(Said::Text("Ⱥ ẞ".into())), "letters whose case has another length");
        assert_eq!(said(&in_group("/help@motcua_bot")), Some(Said::Text("/help".into())));
    }

    #[test]
    fn a_start_link_carries_its_word() {
        let start = |text: &str| said(&json!({"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "text": text}}));
        assert_eq!(start("/start"), Some(Said::Joined(None)));
        assert_eq!(start("/start dang-ky-ket-hon"), Some(Said::Joined(Some("dang-ky-ket-hon".into()))));
        assert_eq!(start("/startle"), Some(Said::Text("/startle".into())));
    }

    #[test]
    fn a_photo_tells_where_its_largest_size_is() {
        let chat = json!({"id": 5, "type": "private"});
        let sizes = json!([{"file_id": "s", "width": 90}, {"file_id": "l", "width": 1280}, {"file_id": "m", "width": 320}]);
        let photo = json!({"update_id": 1, "message": {"chat": chat, "photo": sizes, "caption": "giấy chứng sinh"}});
        let Some(Said::Attached(file)) = said(&photo) else { panic!("no file") };
        assert_eq!((file.source.as_str(), file.caption.as_deref()), ("l", Some("giấy chứng sinh")));
        let odd = json!({"update_id": 1, "message": {"chat": chat, "document": {"file_name": "a.pdf"}}});
        assert_eq!(said(&odd), Some(Said::Sent(Media::File)), "nothing to fetch");
    }

    #[test]
    fn a_block_is_a_leave() {
        let block = json!({"update_id": 1, "my_chat_member": {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "new_chat_member": {"status": "kicked"}}});
        assert_eq!(said(&block), Some(Said::Left));
    }

    #[test]
    fn answers_go_back_into_the_topic() {
        let update = json!({"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "message_thread_id": 9, "is_topic_message": true, "text": "a"}});
        let Decoded::Said { received, .. } = decode(&update, "b") else { panic!("ignored") };
        assert_eq!(received.from.peer, "5/9");
    }

    #[test]
    fn what_is_unknown_keeps_its_sender_and_its_body() {
        let update = json!({"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "hologram": {}}});
        let Decoded::Said { received, .. } = decode(&update, "b") else { panic!("ignored") };
        assert_eq!((received.said, received.raw), (Said::Unreadable, Some(update.to_string())));
    }
}
