//! Talking to Telegram about the bot itself: who it is, its commands, its webhook.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use teloxide::payloads::{SetMyCommandsSetters, SetWebhookSetters};
use teloxide::requests::Requester;
use teloxide::types::{AllowedUpdate, BotCommand};
use teloxide::{ApiError, Bot, RequestError};
use url::Url;

use crate::domain::Lang;

/// A long poll must end before the client gives up on it.
pub(super) const POLL_SECONDS: u32 = 25;
/// Whole time of one request: a long poll and its answer.
const REQUEST: Duration = Duration::from_secs(40);
const CONNECT: Duration = Duration::from_secs(5);
/// Deliveries that Telegram may have open at once (Bot API, setWebhook: 1–100).
const WEBHOOK_CONNECTIONS: u8 = 100;

/// Why Telegram cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The token is wrong: nothing will ever work.
    #[error("Telegram refuses the token: check TELEGRAM_BOT_TOKEN (it looks like 123456789:AA…; ask @BotFather for it)")]
    BadToken,
    /// Anything else; may pass.
    #[error("Telegram: {0}")]
    Other(String),
}

impl From<RequestError> for SetupError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Api(ApiError::InvalidToken) => Self::BadToken,
            RequestError::Network(error) => {
                Self::Other(if error.is_connect() { "cannot connect".to_owned() } else { "no answer".to_owned() })
            }
            other => Self::Other(other.to_string()),
        }
    }
}

/// A bot for `token`, on another server than Telegram's if `api_url` is given. Nothing is sent yet.
///
/// # Errors
/// When the token is empty or no TLS can be set up.
pub fn connect(token: &SecretString, api_url: Option<&Url>) -> Result<Bot, SetupError> {
    let client = teloxide::net::default_reqwest_settings()
        .connect_timeout(CONNECT)
        .timeout(REQUEST)
        .build()
        .map_err(|error| SetupError::Other(error.to_string()))?;
    let bot = Bot::with_client(token.expose_secret().trim(), client);
    Ok(match api_url {
        Some(url) => bot.set_api_url(url.clone()),
        None => bot,
    })
}

/// Tells Telegram the commands of one language: name and description.
///
/// # Errors
/// When Telegram refuses or cannot be reached.
pub async fn set_commands(bot: &Bot, lang: Lang, commands: Vec<(&str, String)>) -> Result<(), SetupError> {
    let commands = commands.into_iter().map(|(name, description)| BotCommand::new(name, description));
    match lang {
        // Vietnamese is also what people see whose app speaks another language.
        Lang::Vi => bot.set_my_commands(commands).await?,
        Lang::En => bot.set_my_commands(commands).language_code(lang.code()).await?,
    };
    Ok(())
}

/// Tells Telegram where to deliver updates.
///
/// # Errors
/// When Telegram refuses the address or cannot be reached.
pub async fn set_webhook(bot: &Bot, url: &Url) -> Result<(), SetupError> {
    bot.set_webhook(url.clone())
        .secret_token(webhook_secret(bot.token()))
        .max_connections(WEBHOOK_CONNECTIONS)
        .allowed_updates(allowed_updates())
        .await?;
    Ok(())
}

/// The kinds of update we read; others are not even delivered.
pub(super) fn allowed_updates() -> Vec<AllowedUpdate> {
    vec![AllowedUpdate::Message, AllowedUpdate::EditedMessage, AllowedUpdate::CallbackQuery, AllowedUpdate::MyChatMember]
}

/// The secret that comes with every webhook call. Derived from the token, so that several processes agree on it and
/// nothing more has to be configured: 64 letters of `[0-9a-f]` (Bot API: 1–256 of `A-Za-z0-9_-`).
pub(super) fn webhook_secret(token: &str) -> String {
    let hash = Sha256::new_with_prefix("motcua webhook ").chain_update(token).finalize();
    hex::encode(hash)
}
