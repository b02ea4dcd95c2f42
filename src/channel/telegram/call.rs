//! Requests that are made very often, with no more read of the answer than is needed: which message it became.
//!
//! teloxide reads the whole message that Telegram sends back, into a type with some two hundred fields: of the processor time
//! that a message takes that was more than half. Its payloads and its errors are used here as they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use teloxide::requests::Payload;
use teloxide::types::{ChatId, Seconds};
use teloxide::{ApiError, Bot, RequestError};
use url::Url;

/// Calls methods of the Bot API.
pub(super) struct Caller {
    bot: Bot,
    /// The address of each method that was called.
    methods: Mutex<HashMap<&'static str, Url>>,
}

/// What Telegram answers (Bot API, "Making requests").
#[derive(Deserialize)]
struct Answer {
    ok: bool,
    result: Option<Became>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Became {
    message_id: i64,
}

/// Why a call failed, when the program can do something about it (Bot API, `ResponseParameters`).
#[derive(Default, Deserialize)]
struct Parameters {
    migrate_to_chat_id: Option<i64>,
    retry_after: Option<u32>,
}

impl Caller {
    pub(super) fn new(bot: &Bot) -> Self {
        Self { bot: bot.clone(), methods: Mutex::default() }
    }

    /// Calls a method that sends or changes a message; its id.
    pub(super) async fn call<P: Payload + Serialize>(&self, payload: &P) -> Result<i64, RequestError> {
        let body = serde_json::to_vec(payload).map_err(|error| RequestError::Io(Arc::new(std::io::Error::other(error))))?;
        let request = self.bot.client().post(self.url(P::NAME)).header("content-type", "application/json").body(body);
        let network = |error: reqwest::Error| RequestError::Network(Arc::new(error));
        let answer = request.send().await.map_err(network)?;
        let status = answer.status();
        match read(&answer.bytes().await.map_err(network)?) {
            // The page of a proxy that stands before a server which is down.
            Err(RequestError::InvalidJson { .. }) if status.is_server_error() => {
                Err(RequestError::Api(ApiError::Unknown(status.to_string())))
            }
            read => read,
        }
    }

    fn url(&self, method: &'static str) -> Url {
        let mut methods = self.methods.lock().unwrap_or_else(PoisonError::into_inner);
        let url = methods.entry(method).or_insert_with(|| {
            let mut url = self.bot.api_url();
            if let Ok(mut segments) = url.path_segments_mut() {
                segments.pop_if_empty().push(&format!("bot{}", self.bot.token())).push(method);
            }
            url
        });
        url.clone()
    }
}

fn read(answer: &[u8]) -> Result<i64, RequestError> {
    let unreadable = |error: serde_json::Error| RequestError::InvalidJson {
        source: Arc::new(error),
        raw: String::from_utf8_lossy(answer).chars().take(200).collect::<String>().into(),
    };
    let read: Answer = serde_json::from_slice(answer).map_err(unreadable)?;
    if let (true, Some(became)) = (read.ok, read.result) {
        return Ok(became.message_id);
    }
    match read.parameters.unwrap_or_default() {
        Parameters { migrate_to_chat_id: Some(chat), .. } => Err(RequestError::MigrateToChatId(ChatId(chat))),
        Parameters { retry_after: Some(seconds), .. } => Err(RequestError::RetryAfter(Seconds::from_seconds(seconds))),
        _ => {
            let error: ApiError = serde_json::from_value(serde_json::Value::String(read.description)).map_err(unreadable)?;
            Err(RequestError::Api(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_message_or_says_what_to_do() {
        assert_eq!(read(br#"{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":5,"type":"private"}}}"#).unwrap(), 7);
        let blocked = br#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#;
        assert!(matches!(read(blocked), Err(RequestError::Api(ApiError::BotBlocked))));
        let wait =
            br#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 9","parameters":{"retry_after":9}}"#;
        assert!(matches!(read(wait), Err(RequestError::RetryAfter(seconds)) if seconds.seconds() == 9));
        assert!(matches!(read(b"<html>"), Err(RequestError::InvalidJson { .. })));
    }
}
