//! The route that Telegram calls: check the secret, store the raw update, then answer 200.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use subtle::ConstantTimeEq;
use teloxide::Bot;
use teloxide::requests::Requester;
use teloxide::types::CallbackQueryId;

use super::decode::{Decoded, decode};
use super::forum::Group;
use super::setup::webhook_secret;
use crate::channel::{Inbox, InboxError};
use crate::domain::Said;

/// Header in which Telegram repeats the secret (Bot API, setWebhook).
pub const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Takes updates in, whichever way they come.
#[derive(Clone)]
pub(super) struct Intake {
    pub bot: Bot,
    /// The bot's user name, once it is known.
    pub name: Arc<OnceLock<String>>,
    pub inbox: Arc<dyn Inbox>,
    /// The hotline's group, when there is one.
    pub group: Option<Group>,
}

impl Intake {
    /// Stores one update. The spinner of a pressed button is stopped at once, whatever the answer will be.
    pub(super) async fn take(&self, update: &Value) -> Result<(), InboxError> {
        let name = self.name.get().map_or("", String::as_str);
        let callback = match self.group.as_ref().and_then(|group| group.overhear(update, name)) {
            Some(overheard) => {
                self.inbox.accept_overheard(overheard).await?;
                update.pointer("/callback_query/id").and_then(Value::as_str).map(str::to_owned)
            }
            None => {
                let Decoded::Said { received, callback } = decode(update, name) else { return Ok(()) };
                if received.said == Said::AddedToGroup {
                    // Telegram shows nobody the number of a group, and the hotline's has to be set.
                    tracing::info!(group = received.from.peer, "added to a group; to be the hotline's: TELEGRAM_DESK_GROUP");
                }
                self.inbox.accept(*received).await?;
                callback
            }
        };
        if let Some(query) = callback {
            let bot = self.bot.clone();
            tokio::spawn(async move {
                // Too late or twice is an error we can do nothing about: the answer itself comes as a message.
                if let Err(error) = bot.answer_callback_query(CallbackQueryId(query)).await {
                    tracing::debug!(%error, "callback query not answered");
                }
            });
        }
        Ok(())
    }
}

struct Webhook {
    intake: Intake,
    secret: String,
}

/// The webhook route at `path`. `name` is the bot's user name; what happens in `group` is not said to the bot.
pub fn routes(path: &str, bot: Bot, name: Arc<OnceLock<String>>, inbox: Arc<dyn Inbox>, group: Option<Group>) -> Router {
    let secret = webhook_secret(bot.token());
    let webhook = Arc::new(Webhook { intake: Intake { bot, name, inbox, group }, secret });
    Router::new().route(path, post(receive)).with_state(webhook)
}

async fn receive(State(webhook): State<Arc<Webhook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get(SECRET_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if !bool::from(given.ct_eq(webhook.secret.as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let update = match serde_json::from_slice::<Value>(&body) {
        Ok(update) => update,
        Err(error) => {
            // Not one of Telegram's: asking for it again would bring the same.
            tracing::warn!(%error, "webhook body is not JSON");
            return StatusCode::OK;
        }
    };
    match webhook.intake.take(&update).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(%error, "update not stored; Telegram will send it again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
