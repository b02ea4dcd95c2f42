//! The hotline's group: its topics, and what people do there.
//!
//! Needs a supergroup with topics in which the bot is an administrator who may manage topics and delete messages (Bot API,
//! createForumTopic, deleteForumTopic): an
//! ordinary member would not even be shown what people write (privacy mode).

use std::sync::{Arc, RwLock};

use async_trait::async_trait;
use serde_json::Value;
use teloxide::Bot;
use teloxide::payloads::GetChatMember;
use teloxide::requests::{JsonRequest, Requester};
use teloxide::types::{ChatId, ChatMemberKind, UserId};

use super::decode::{file, peer};
use super::send::{meaning, place};
use crate::channel::{Forum, Overheard};
use crate::domain::forum::{ForumSaid, ForumWord};
use crate::domain::{ChoiceId, Media, SendError, Unreachable, shorten};

/// Longest name of a topic, in letters (Bot API, createForumTopic).
const LONGEST_NAME: usize = 128;

/// The group of the hotline.
#[derive(Clone)]
pub struct Group {
    bot: Bot,
    /// The bot's own id: the first part of its token.
    me: String,
    chat: Arc<RwLock<String>>,
}

impl Group {
    /// The group of that id.
    pub fn new(bot: Bot, chat: String) -> Self {
        let me = bot.token().split(':').next().unwrap_or_default().to_owned();
        Self { bot, me, chat: Arc::new(RwLock::new(chat)) }
    }

    fn chat(&self) -> String {
        self.chat.read().map(|chat| chat.clone()).unwrap_or_default()
    }

    fn id(&self) -> Result<ChatId, SendError> {
        let chat = self.chat();
        chat.parse().map(ChatId).map_err(|_| SendError::Rejected(format!("“{chat}” is no id of a group")))
    }

    /// What an update says of this group; `None` when it is about something else. `bot` is the bot's user name.
    pub(super) fn overhear(&self, update: &Value, bot: &str) -> Option<Overheard> {
        let query = update.get("callback_query");
        let message = match query {
            Some(query) => query.get("message")?,
            None => ["message", "edited_message", "my_chat_member"].into_iter().find_map(|kind| update.get(kind))?,
        };
        if message.pointer("/chat/id")?.as_i64()?.to_string() != self.chat() {
            return None;
        }
        let sender = query.unwrap_or(message).get("from");
        let by = sender.and_then(|from| from.get("id")).and_then(Value::as_i64).unwrap_or_default().to_string();
        // Whoever writes in the name of the group is nobody in particular.
        let by = if message.get("sender_chat").is_some() && query.is_none() { String::new() } else { by };
        let topic = peer(message).filter(|peer| peer.contains('/'));
        let said = match query {
            Some(query) => {
                Some(ForumSaid::Pressed(ChoiceId::from_wire(query.get("data").and_then(Value::as_str).unwrap_or_default())))
            }
            // Whether the bot may still work there is asked for every other minute.
            None if update.get("my_chat_member").is_some() => None,
            None => said(message, update.get("edited_message").is_some(), bot),
        };
        // What the bot does there itself is told to it as well.
        let word = said.filter(|_| by != self.me).map(|said| ForumWord { topic, by, said });
        Some(Overheard { external_id: update.get("update_id")?.as_i64()?.to_string(), word })
    }
}

fn said(message: &Value, edited: bool, bot: &str) -> Option<ForumSaid> {
    const QUIET: [&str; 8] = [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "migrate_from_chat_id",
    ];
    if let Some(chat) = message.get("migrate_to_chat_id").and_then(Value::as_i64) {
        return Some(ForumSaid::Moved(chat.to_string()));
    }
    if let Some(text) = message.get("text").and_then(Value::as_str) {
        // `/nhan@our_bot`: the name behind a command, and nowhere else.
        let named = format!("@{bot}");
        let (first, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
        let command = first.strip_suffix(&named).filter(|command| command.starts_with('/') && !bot.is_empty());
        let text = command.map_or_else(|| text.to_owned(), |command| format!("{command}{rest}"));
        return Some(if edited { ForumSaid::Edited(text) } else { ForumSaid::Text(text) });
    }
    if message.get("forum_topic_closed").is_some() {
        return Some(ForumSaid::Closed);
    }
    if message.get("forum_topic_reopened").is_some() {
        return Some(ForumSaid::Reopened);
    }
    if edited && let Some(caption) = message.get("caption").and_then(Value::as_str) {
        return Some(ForumSaid::Edited(caption.to_owned()));
    }
    if edited || QUIET.iter().any(|kind| message.get(kind).is_some()) {
        return None;
    }
    let sent = [("photo", Media::Photo), ("document", Media::File)];
    let sent = sent.into_iter().find(|(kind, _)| message.get(kind).is_some()).and_then(|(_, media)| file(message, media));
    Some(sent.map_or(ForumSaid::Other, ForumSaid::File))
}

#[async_trait]
impl Forum for Group {
    fn follow(&self, chat: &str) {
        if let Ok(mut known) = self.chat.write() {
            chat.clone_into(&mut known);
        }
    }

    async fn check(&self) -> Result<(), SendError> {
        let me = self.bot.get_me().await.map_err(meaning)?;
        let of = GetChatMember::new(self.id()?, UserId(me.id.0));
        let member = JsonRequest::new(self.bot.clone(), of).await.map_err(meaning)?;
        match member.kind {
            ChatMemberKind::Administrator(rights) if rights.can_manage_topics && rights.can_delete_messages => Ok(()),
            ChatMemberKind::Owner(_) => Ok(()),
            _ => Err(SendError::Unreachable(Unreachable::Blocked)),
        }
    }

    async fn open(&self, name: &str) -> Result<String, SendError> {
        let chat = self.id()?;
        let topic = self.bot.create_forum_topic(chat, shorten(name, LONGEST_NAME)).await.map_err(meaning)?;
        Ok(format!("{chat}/{}", topic.thread_id))
    }

    async fn close(&self, topic: &str) -> Result<(), SendError> {
        let (chat, thread) = topic_of(topic)?;
        self.bot.close_forum_topic(chat, thread).await.map(drop).map_err(meaning)
    }

    async fn reopen(&self, topic: &str) -> Result<(), SendError> {
        let (chat, thread) = topic_of(topic)?;
        self.bot.reopen_forum_topic(chat, thread).await.map(drop).map_err(meaning)
    }

    async fn delete(&self, topic: &str) -> Result<(), SendError> {
        let (chat, thread) = topic_of(topic)?;
        self.bot.delete_forum_topic(chat, thread).await.map(drop).map_err(meaning)
    }
}

fn topic_of(peer: &str) -> Result<(ChatId, teloxide::types::ThreadId), SendError> {
    match place(peer) {
        Some((chat, Some(topic))) => Ok((chat, topic)),
        _ => Err(SendError::Rejected(format!("“{peer}” is no topic"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn heard(update: &Value) -> Option<Option<ForumWord>> {
        let bot = Bot::new("1:a");
        Group::new(bot, "-100".into()).overhear(update, "motcua_bot").map(|overheard| overheard.word)
    }

    fn in_topic(what: Value) -> Value {
        let mut message = json!({"chat": {"id": -100, "type": "supergroup", "is_forum": true}, "from": {"id": 7, "is_bot": false},
            "message_thread_id": 9, "is_topic_message": true});
        message.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        json!({"update_id": 1, "message": message})
    }

    #[test]
    fn words_photos_and_buttons_of_a_topic_are_heard() {
        let word = |said| Some(Some(ForumWord { topic: Some("-100/9".into()), by: "7".into(), said }));
        assert_eq!(heard(&in_topic(json!({"text": "/close@motcua_bot"}))), word(ForumSaid::Text("/close".into())));
        let photo = json!({"photo": [{"file_id": "l", "width": 10}], "caption": "mẫu đơn"});
        let Some(Some(ForumWord { said: ForumSaid::File(file), .. })) = heard(&in_topic(photo)) else { panic!("no file") };
        assert_eq!((file.source.as_str(), file.caption.as_deref()), ("l", Some("mẫu đơn")));
        assert_eq!(heard(&in_topic(json!({"voice": {}}))), word(ForumSaid::Other));
        assert_eq!(heard(&in_topic(json!({"forum_topic_closed": {}}))), word(ForumSaid::Closed));
        let pressed = json!({"update_id": 1, "callback_query": {"id": "q", "from": {"id": 7}, "data": "group/claim",
            "message": in_topic(json!({"text": "x"}))["message"]}});
        assert_eq!(heard(&pressed), word(ForumSaid::Pressed(ChoiceId::new("group/claim"))));
    }

    #[test]
    fn the_bot_does_not_hear_itself_and_other_chats_are_not_the_group() {
        let own = json!({"text": "x", "from": {"id": 1, "is_bot": true}});
        assert_eq!(heard(&in_topic(own)), Some(None));
        assert_eq!(heard(&in_topic(json!({"pinned_message": {}}))), Some(None));
        assert_eq!(heard(&json!({"update_id": 1, "message": {"chat": {"id": 5}, "text": "x"}})), None);
    }

    #[test]
    fn a_group_that_moves_says_where() {
        let update = json!({"update_id": 1, "message": {"chat": {"id": -100}, "from": {"id": 7}, "migrate_to_chat_id": -1009}});
        let Some(Some(word)) = heard(&update) else { panic!("not heard") };
        assert_eq!((word.topic, word.said), (None, ForumSaid::Moved("-1009".into())));
    }
}
