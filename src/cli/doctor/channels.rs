//! Whether vendors answer, and take our tokens.

use std::sync::Arc;

use serde_json::json;
use teloxide::requests::Requester;

use super::{Found, PATIENCE, State};
use crate::app::{SystemClock, zalo_tokens};
use crate::channel::{telegram, zalo_bot};
use crate::config::Config;
use crate::service::Standing;
use crate::store::Store;

/// Whether Telegram takes our token, and brings what is said.
pub(super) async fn telegram(config: &Config, found: &mut Found) {
    let Some(token) = &config.telegram.token else { return found.say(State::Off, "doctor-telegram-off", []) };
    let asked = async {
        let bot = telegram::connect(token, config.telegram.api_url.as_ref())?;
        let name = bot.get_me().await?.user.username.clone().unwrap_or_default();
        let webhook = bot.get_webhook_info().await?;
        let trouble = webhook.last_error_message.filter(|_| webhook.pending_update_count > 0);
        Ok::<_, telegram::SetupError>((name, webhook.url, trouble))
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Err(telegram::SetupError::BadToken)) => found.say(State::Bad, "doctor-telegram-token", []),
        Ok(Err(error)) => found.say(State::Bad, "doctor-telegram-bad", [("cause", error.to_string().into())]),
        Err(_) => {
            let cause = found.word("doctor-no-answer");
            found.say(State::Bad, "doctor-telegram-bad", [("cause", cause.into())]);
        }
        Ok(Ok((name, set, trouble))) => {
            found.say(State::Good, "doctor-telegram-good", [("name", name.into())]);
            if let Some(cause) = trouble {
                found.say(State::Bad, "doctor-telegram-webhook", [("cause", cause.into())]);
            } else if set.map(String::from) != config.telegram.webhook_url.clone().map(String::from) {
                found.say(State::Warning, "doctor-telegram-other", []);
            }
        }
    }
}

/// How the account stands with Zalo, and whether its Bot Platform answers.
pub(super) async fn zalo(config: &Config, store: Option<Store>, found: &mut Found) {
    let tokens = match store {
        Some(store) => zalo_tokens(config, store, Arc::new(SystemClock)).map_err(|error| error.to_string()),
        None => Ok(None),
    };
    match tokens {
        Ok(None) if config.zalo.app().is_some() => found.say(State::Warning, "doctor-zalo-unknown", []),
        Ok(None) => found.say(State::Off, "doctor-zalo-off", []),
        Err(cause) => found.say(State::Bad, "doctor-zalo-bad", [("cause", cause.into())]),
        Ok(Some(tokens)) => match tokens.standing().await {
            Ok(Standing::Until(_)) => found.say(State::Good, "doctor-zalo-good", []),
            Ok(Standing::NotConnected) => found.say(State::Warning, "doctor-zalo-not-connected", []),
            Ok(Standing::LostSince(since)) => found.say(State::Bad, "doctor-zalo-lost", [("since", since.to_string().into())]),
            Err(error) => found.say(State::Bad, "doctor-zalo-bad", [("cause", error.to_string().into())]),
        },
    }
    if let Some(token) = &config.zalo_bot.token {
        let asked = async {
            let api = zalo_bot::Api::new(token, config.zalo_bot.api_url.as_ref())?;
            Ok::<_, anyhow::Error>(api.call("getMe", &json!({})).await?)
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(_)) => found.say(State::Good, "doctor-zalo-bot-good", []),
            Ok(Err(error)) => found.say(State::Bad, "doctor-zalo-bot-bad", [("cause", error.to_string().into())]),
            Err(_) => {
                let cause = found.word("doctor-no-answer");
                found.say(State::Bad, "doctor-zalo-bot-bad", [("cause", cause.into())]);
            }
        }
    }
}
