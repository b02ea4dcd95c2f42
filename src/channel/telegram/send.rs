//! Sending, and what Telegram's errors mean for the next step.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures::StreamExt;
use teloxide::payloads::{
    EditMessageText, EditMessageTextSetters, SendDocumentSetters, SendMessage, SendMessageSetters, SendPhotoSetters,
};
use teloxide::requests::Requester;
use teloxide::types::{ChatId, FileId, InputFile, LinkPreviewOptions, MessageId, ParseMode, ThreadId};
use teloxide::{ApiError, Bot, RequestError};

use super::call::Caller;
use super::render::{html, keyboard};
use crate::channel::fetch::gather;
use crate::channel::{Channel, FetchError, Rate, Spool};
use crate::domain::file::FileKind;
use crate::domain::forum::Document;
use crate::domain::{ChannelName, Message, SendError, Sent, Unreachable};

/// Telegram, as a way out.
pub struct Telegram {
    bot: Bot,
    caller: Caller,
    per_second: u32,
    per_chat: u32,
    files: Option<Arc<dyn Spool>>,
}

impl Telegram {
    /// Sends through `bot`, at most so many messages a second over all chats and to one chat. Files are taken from `files`.
    pub fn new(bot: Bot, per_second: u32, per_chat: u32, files: Option<Arc<dyn Spool>>) -> Self {
        Self { caller: Caller::new(&bot), bot, per_second, per_chat, files }
    }

    /// A photo or a file of ours, with the text under it (at most 1,024 letters: Bot API, sendPhoto, sendDocument).
    async fn send_document(
        &self,
        chat: ChatId,
        topic: Option<ThreadId>,
        message: &Message,
        document: &Document,
    ) -> Result<Sent, SendError> {
        let Some(files) = &self.files else { return Err(SendError::Rejected("no files are kept".to_owned())) };
        let Some(bytes) = files.get(&document.stored).await.map_err(|error| SendError::Transient(error.to_string()))? else {
            return Err(SendError::Rejected("the file is not there any more".to_owned()));
        };
        let file = InputFile::memory(bytes).file_name(format!("tep.{}", document.kind.extension()));
        let caption = html(message);
        let sent = if document.kind == FileKind::Jpeg {
            let mut request = self.bot.send_photo(chat, file).caption(caption).parse_mode(ParseMode::Html);
            request.message_thread_id = topic;
            request.await
        } else {
            let mut request = self.bot.send_document(chat, file).caption(caption).parse_mode(ParseMode::Html);
            request.message_thread_id = topic;
            request.await
        };
        sent.map(|sent| Sent { external_id: Some(sent.id.0.to_string()) }).map_err(meaning)
    }

    /// Where a file is, whose path Telegram told. teloxide would write the `/` within the path as `%2F`.
    fn file_url(&self, path: &str) -> url::Url {
        let mut url = self.bot.api_url();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("file").push(&format!("bot{}", self.bot.token())).extend(path.split('/'));
        }
        url
    }
}

#[async_trait]
impl Channel for Telegram {
    fn name(&self) -> ChannelName {
        ChannelName::Telegram
    }

    /// About 30 messages a second over all chats (Bots FAQ).
    fn overall_rate(&self) -> Option<Rate> {
        Some(Rate { messages: self.per_second, span: Duration::from_secs(1) })
    }

    /// About one message a second to a chat, 20 a minute to a group, whose ids are negative (Bots FAQ).
    fn rate_to(&self, peer: &str) -> Option<Rate> {
        Some(if peer.starts_with('-') {
            Rate { messages: 20, span: Duration::from_secs(60) }
        } else {
            Rate { messages: self.per_chat, span: Duration::from_secs(1) }
        })
    }

    /// By its id; Telegram gives files of up to 20 MB (Bot API, getFile).
    async fn fetch(&self, source: &str, most: usize) -> Result<Vec<u8>, FetchError> {
        let file = self.bot.get_file(FileId(source.to_owned())).await.map_err(|error| match meaning(error) {
            SendError::Rejected(text) if text.contains("file is too big") => FetchError::TooLarge,
            SendError::Rejected(_) | SendError::Unreachable(_) => FetchError::Gone,
            SendError::Transient(cause) | SendError::Failed(cause) | SendError::Unknown(cause) => FetchError::NotNow(cause),
            other => FetchError::NotNow(format!("{other:?}")),
        })?;
        if file.size as usize > most {
            return Err(FetchError::TooLarge);
        }
        let not_now = |error: reqwest::Error| FetchError::NotNow(error.without_url().to_string());
        let answer = self.bot.client().get(self.file_url(&file.path)).send().await.map_err(not_now)?;
        let answer = answer.error_for_status().map_err(not_now)?;
        let parts = answer.bytes_stream().map(|part| part.map_err(not_now));
        gather(parts, most).await
    }

    fn paced_with<'a>(&self, peer: &'a str) -> &'a str {
        peer.split_once('/').map_or(peer, |(chat, _)| chat)
    }

    async fn send(&self, peer: &str, message: &Message) -> Result<Sent, SendError> {
        let (chat, topic) = place(peer).ok_or_else(|| SendError::Rejected(format!("“{peer}” is no chat")))?;
        if let Some(document) = &message.document {
            return self.send_document(chat, topic, message, document).await;
        }
        let mut request = SendMessage::new(chat, html(message)).parse_mode(ParseMode::Html).link_preview_options(preview());
        if message.silent {
            request = request.disable_notification(true);
        }
        if let Some(markup) = keyboard(&message.choices) {
            request = request.reply_markup(markup);
        }
        if let Some(topic) = topic {
            request = request.message_thread_id(topic);
        }
        match self.caller.call(&request).await {
            Ok(sent) => Ok(Sent { external_id: Some(sent.to_string()) }),
            Err(error) => Err(meaning(error)),
        }
    }

    fn amends(&self) -> bool {
        true
    }

    /// Words and buttons; a message that says so already is as it should be.
    async fn edit(&self, peer: &str, external_id: &str, message: &Message) -> Result<Sent, SendError> {
        let (chat, id) = sent_as(peer, external_id)?;
        let mut request =
            EditMessageText::new(chat, id, html(message)).parse_mode(ParseMode::Html).link_preview_options(preview());
        if let Some(markup) = keyboard(&message.choices) {
            request = request.reply_markup(markup);
        }
        match self.caller.call(&request).await {
            Ok(_) | Err(RequestError::Api(ApiError::MessageNotModified)) => {
                Ok(Sent { external_id: Some(external_id.to_owned()) })
            }
            Err(error) => Err(meaning(error)),
        }
    }

    /// A message that is gone already is as it should be.
    async fn take_back(&self, peer: &str, external_id: &str) -> Result<Sent, SendError> {
        let (chat, id) = sent_as(peer, external_id)?;
        match self.bot.delete_message(chat, id).await {
            Ok(_) | Err(RequestError::Api(ApiError::MessageToDeleteNotFound)) => Ok(Sent { external_id: None }),
            Err(error) => Err(meaning(error)),
        }
    }
}

fn preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// Where a message is that was sent.
fn sent_as(peer: &str, external_id: &str) -> Result<(ChatId, MessageId), SendError> {
    let known = place(peer).zip(external_id.parse().ok());
    let ((chat, _), id) = known.ok_or_else(|| SendError::Rejected(format!("“{peer}” and “{external_id}” name no message")))?;
    Ok((chat, MessageId(id)))
}

pub(super) fn place(peer: &str) -> Option<(ChatId, Option<ThreadId>)> {
    let (chat, topic) = peer.split_once('/').map_or((peer, None), |(chat, topic)| (chat, Some(topic)));
    let topic = topic.map(str::parse::<i32>).transpose().ok()?.map(|topic| ThreadId(MessageId(topic)));
    Some((ChatId(chat.parse().ok()?), topic))
}

/// What to do about an error. Texts that teloxide does not know arrive as [`ApiError::Unknown`] and are told apart here
/// (server source, `Client.cpp`).
pub(super) fn meaning(error: RequestError) -> SendError {
    match error {
        RequestError::RetryAfter(seconds) => SendError::RetryAfter(seconds.duration()),
        RequestError::MigrateToChatId(chat) => SendError::Unreachable(Unreachable::Moved(chat.to_string())),
        RequestError::Api(error) => refusal(&error),
        // Nothing had left yet when no connection could be made; after that, nobody knows.
        RequestError::Network(error) if error.is_connect() => SendError::Transient("no connection to Telegram".to_owned()),
        RequestError::Network(error) => SendError::Unknown(without_token(&error.to_string())),
        // A server error or a proxy's page: Telegram may have sent the message all the same.
        RequestError::InvalidJson { .. } => SendError::Unknown("the answer is not JSON".to_owned()),
        RequestError::Io(error) => SendError::Transient(error.to_string()),
    }
}

fn refusal(error: &ApiError) -> SendError {
    let text = error.to_string();
    let gone = [
        "user is deactivated",
        "chat not found",
        "bot was kicked",
        "bot is not a member",
        "group chat was deleted",
        "bot was blocked",
        "can't initiate conversation",
        "have no rights to send",
        "not enough rights",
    ];
    match error {
        ApiError::BotBlocked | ApiError::CantInitiateConversation => SendError::Unreachable(Unreachable::Blocked),
        ApiError::UserDeactivated | ApiError::ChatNotFound | ApiError::BotKicked | ApiError::BotKickedFromSupergroup => {
            SendError::Unreachable(Unreachable::Gone)
        }
        _ if text.contains("message thread not found") => SendError::Unreachable(Unreachable::NoTopic),
        _ if text.contains("Forbidden") || gone.iter().any(|word| text.contains(word)) => {
            SendError::Unreachable(Unreachable::Blocked)
        }
        ApiError::InvalidToken => SendError::Transient("Telegram refuses the token".to_owned()),
        _ if text.contains("Unauthorized") => SendError::Transient("Telegram refuses the token".to_owned()),
        // Whoever waited behind that gateway may have sent it.
        _ if text.contains("Gateway Timeout") => SendError::Unknown(text),
        _ if ["Internal Server Error", "Bad Gateway", "Service Unavailable"].iter().any(|word| text.contains(word)) => {
            SendError::Failed(text)
        }
        _ => SendError::Rejected(text),
    }
}

/// Network errors name the address, and the address holds the token.
fn without_token(text: &str) -> String {
    text.split("/bot").next().unwrap_or_default().trim_end_matches([' ', '(']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blocked_user_is_unreachable_and_a_bad_message_is_our_bug() {
        let error = |text: &str| refusal(&serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap());
        assert!(matches!(error("Forbidden: bot was blocked by the user"), SendError::Unreachable(Unreachable::Blocked)));
        assert!(matches!(error("Forbidden: user is deactivated"), SendError::Unreachable(_)));
        assert!(matches!(error("Forbidden: bot can't initiate conversation with a user"), SendError::Unreachable(_)));
        assert!(matches!(error("Bad Request: message is too long"), SendError::Rejected(_)));
        assert!(matches!(error("Internal Server Error"), SendError::Failed(_)));
        assert!(matches!(error("Gateway Timeout"), SendError::Unknown(_)));
    }

    #[test]
    fn an_error_never_shows_the_token() {
        assert_eq!(
            without_token("error sending request for url (https://api.telegram.org/bot1:secret/SendMessage)"),
            "error sending request for url (https://api.telegram.org"
        );
    }

    #[test]
    fn a_peer_names_a_chat_and_perhaps_a_topic() {
        assert_eq!(place("-100/7"), Some((ChatId(-100), Some(ThreadId(MessageId(7))))));
        assert_eq!(place("x"), None);
    }
}
