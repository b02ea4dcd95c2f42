//! Calls to the platform, and what comes back.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

/// Where the platform is.
const BASE: &str = "https://bot-api.zaloplatforms.com/";
/// A long poll and its answer.
const REQUEST: Duration = Duration::from_secs(45);
const CONNECT: Duration = Duration::from_secs(5);

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The platform refuses, by its own number, with its own words.
    #[error("Zalo answers {code}: {description}")]
    Refused {
        /// The platform's number; that of HTTP where it has none.
        code: i64,
        /// Its words.
        description: String,
    },
    /// Nothing was sent.
    #[error("no connection to Zalo")]
    NoConnection,
    /// The request left; what became of it is not known.
    #[error("no answer from Zalo: {0}")]
    NoAnswer(String),
}

/// The platform, as one bot sees it.
#[derive(Clone)]
pub struct Api {
    client: reqwest::Client,
    base: Url,
    token: SecretString,
}

impl Api {
    /// The bot of `token` (`<id>:<secret>`), on another server than Zalo's if `base` is given. Nothing is sent yet.
    ///
    /// # Errors
    /// When no TLS can be set up.
    pub fn new(token: &SecretString, base: Option<&Url>) -> Result<Self, CallError> {
        let client = reqwest::Client::builder().connect_timeout(CONNECT).timeout(REQUEST).build();
        let client = client.map_err(|error| CallError::NoAnswer(error.to_string()))?;
        let ours = Url::parse(BASE).map_err(|error| CallError::NoAnswer(error.to_string()))?;
        Ok(Self { client, base: base.cloned().unwrap_or(ours), token: token.clone() })
    }

    /// The secret that comes with every webhook call, derived from the token, so that several processes agree on it: 64
    /// letters of `[0-9a-f]` (the platform takes 8 to 256).
    pub(super) fn webhook_secret(&self) -> String {
        let hash = Sha256::new_with_prefix("motcua zalo bot ").chain_update(self.token.expose_secret().trim()).finalize();
        hex::encode(hash)
    }

    /// Calls `method`; its result.
    ///
    /// # Errors
    /// When the platform refuses, or cannot be reached.
    pub async fn call(&self, method: &str, parameters: &Value) -> Result<Value, CallError> {
        let mut url = self.base.clone();
        // Not `join`: in `bot123:AA/sendMessage` the token's colon would make it an address with the scheme `bot123`.
        url.set_path(&format!("{}bot{}/{method}", self.base.path(), self.token.expose_secret().trim()));
        let answer = self.client.post(url).json(parameters).send().await.map_err(|error| {
            if error.is_connect() { CallError::NoConnection } else { CallError::NoAnswer(error.without_url().to_string()) }
        })?;
        let status = answer.status();
        let body = answer.json::<Value>().await;
        // The platform may say 200 and mean an error, or the reverse: its own word counts.
        match body {
            Ok(body) if body.get("ok").and_then(Value::as_bool) == Some(true) => {
                Ok(body.get("result").cloned().unwrap_or_default())
            }
            Ok(body) => {
                let code = ["error_code", "error"].iter().find_map(|key| body.get(*key)?.as_i64());
                let description = ["description", "message"].iter().find_map(|key| body.get(*key)?.as_str()).unwrap_or_default();
                Err(CallError::Refused { code: code.unwrap_or(status.as_u16().into()), description: description.to_owned() })
            }
            Err(error) => Err(CallError::NoAnswer(error.without_url().to_string())),
        }
    }

    /// Tells the platform where to deliver updates.
    ///
    /// # Errors
    /// When it refuses the address, or cannot be reached.
    pub async fn set_webhook(&self, url: &Url) -> Result<(), CallError> {
        let parameters = json!({ "url": url.as_str(), "secret_token": self.webhook_secret() });
        self.call("setWebhook", &parameters).await.map(drop)
    }
}
