//! Calls of the OpenAPI: the token in its own header, errors within HTTP 200.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::{Token, TokenError, Tokens};

const CONNECT: Duration = Duration::from_secs(10);
/// Shorter than any lease of a message.
const REQUEST: Duration = Duration::from_secs(20);
/// The token is invalid, expired, or was removed.
const TOKEN_REFUSED: [i64; 4] = [-216, -220, -124, 401];

/// Where Zalo's services are.
#[derive(Clone, Debug)]
pub struct Urls {
    /// The OpenAPI of Official Accounts.
    pub api: Url,
    /// Templates by telephone number.
    pub business: Url,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No connection was made: certainly nothing happened.
    #[error("no connection to Zalo")]
    NoConnection,
    /// The request left, and no answer came that could be read.
    #[error("no answer from Zalo: {0}")]
    NoAnswer(String),
    /// Zalo's own error, whatever the HTTP status was.
    #[error("Zalo refuses: {code} {message}")]
    Refused {
        /// Its number, below zero; or the HTTP status when there is none.
        code: i64,
        /// Its words.
        message: String,
    },
    /// There is no token to call with.
    #[error(transparent)]
    Token(#[from] TokenError),
}

/// Zalo's OpenAPI.
#[derive(Clone)]
pub struct Api {
    client: reqwest::Client,
    urls: Urls,
    tokens: Arc<dyn Tokens>,
}

impl Api {
    /// The API at `urls`, called with `tokens`.
    ///
    /// # Errors
    /// When no TLS can be set up.
    pub fn new(urls: Urls, tokens: Arc<dyn Tokens>) -> Result<Self, CallError> {
        let client = reqwest::Client::builder().connect_timeout(CONNECT).timeout(REQUEST).build();
        let client = client.map_err(|error| CallError::NoAnswer(error.to_string()))?;
        Ok(Self { client, urls, tokens })
    }

    /// Posts to a path of the OpenAPI; the `data` of the answer. A token that is refused is replaced once.
    ///
    /// # Errors
    /// When Zalo refuses, cannot be reached, or there is no token.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, CallError> {
        self.post_to(&self.urls.api, path, body).await
    }

    /// The same at the service for telephone numbers.
    ///
    /// # Errors
    /// As [`Api::post`].
    pub async fn post_business(&self, path: &str, body: &Value) -> Result<Value, CallError> {
        self.post_to(&self.urls.business, path, body).await
    }

    async fn post_to(&self, base: &Url, path: &str, body: &Value) -> Result<Value, CallError> {
        let mut url = base.clone();
        url.set_path(path);
        let token = self.tokens.current().await?;
        match self.once(&url, &token, body).await {
            Err(CallError::Refused { code, .. }) if TOKEN_REFUSED.contains(&code) => {
                let token = self.tokens.after(&token).await?;
                self.once(&url, &token, body).await
            }
            other => other,
        }
    }

    async fn once(&self, url: &Url, token: &Token, body: &Value) -> Result<Value, CallError> {
        let request = self.client.post(url.clone()).header("access_token", token.access.expose_secret()).json(body);
        let answer = request.send().await.map_err(|error| {
            if error.is_connect() { CallError::NoConnection } else { CallError::NoAnswer(error.without_url().to_string()) }
        })?;
        let status = i64::from(answer.status().as_u16());
        let Ok(body) = answer.json::<Value>().await else {
            let refused = status == 401 || status == 429 || status >= 500;
            return Err(match refused {
                true => CallError::Refused { code: status, message: String::new() },
                false => CallError::NoAnswer(format!("HTTP {status} without JSON")),
            });
        };
        let code = body.get("error").and_then(|code| code.as_i64().or_else(|| code.as_str()?.parse().ok()));
        let message = || body.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
        match code {
            Some(0) => Ok(body.get("data").cloned().unwrap_or_default()),
            Some(code) => Err(CallError::Refused { code, message: message() }),
            None if status == 401 || status == 429 || status >= 500 => {
                Err(CallError::Refused { code: status, message: message() })
            }
            None => Err(CallError::NoAnswer(format!("HTTP {status} without an error number"))),
        }
    }
}
