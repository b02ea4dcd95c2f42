//! Consent of the Official Account's administrator, and the tokens that follow from it (OAuth v4 with PKCE).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

/// Shorter than the program waits for what is under way when it stops.
const TIMEOUT: Duration = Duration::from_secs(12);
/// How long a token lives when Zalo does not say, in seconds: the shortest that any of its documents names.
const SHORTEST_LIFE: u64 = 3600;
/// Answers to a refresh token that is used up or unknown (error table of OAuth v4; both are met).
const USED_UP: [i64; 2] = [-14014, -14020];

/// The app at Zalo's that the Official Account gave its consent to.
#[derive(Clone, Debug)]
pub struct App {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: SecretString,
}

/// An access token and what replaces it.
#[derive(Clone, Debug)]
pub struct Pair {
    /// For calls.
    pub access: SecretString,
    /// For the next pair; works once.
    pub refresh: SecretString,
    /// Seconds until the access token ends.
    pub expires_in: u64,
}

/// Why there is no new pair.
#[derive(Debug, thiserror::Error)]
pub enum OAuthError {
    /// The refresh token was used before, or is unknown: only a new consent helps.
    #[error("the refresh token is used up ({0})")]
    UsedUp(i64),
    /// Zalo refuses for another reason: settings, mostly.
    #[error("Zalo refuses: {0}")]
    Refused(String),
    /// Nothing was heard: the token may have been used, or not.
    #[error("no answer from Zalo: {0}")]
    NoAnswer(String),
}

/// Zalo's consent pages and token service.
#[derive(Clone)]
pub struct OAuth {
    client: reqwest::Client,
    base: Url,
    app: App,
}

impl OAuth {
    /// The service at `base`.
    ///
    /// # Errors
    /// When no TLS can be set up.
    pub fn new(app: App, base: Url) -> Result<Self, OAuthError> {
        let client =
            reqwest::Client::builder().timeout(TIMEOUT).build().map_err(|error| OAuthError::NoAnswer(error.to_string()))?;
        Ok(Self { client, base, app })
    }

    /// A code verifier of 43 letters, made of chance.
    pub fn verifier(chance: [Uuid; 2]) -> SecretString {
        let bytes = chance.map(Uuid::into_bytes).concat();
        URL_SAFE_NO_PAD.encode(bytes).into()
    }

    /// The page where an administrator consents; Zalo then opens `redirect` with `code` and `state`.
    pub fn consent_page(&self, redirect: &Url, verifier: &SecretString, state: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path("/v4/oa/permission");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose_secret()));
        url.query_pairs_mut().clear().extend_pairs([
            ("app_id", self.app.id.as_str()),
            ("redirect_uri", redirect.as_str()),
            ("code_challenge", &challenge),
            ("state", state),
        ]);
        url
    }

    /// The first pair, for the code that a consent brought. A code lives ten minutes and works once.
    ///
    /// # Errors
    /// When Zalo refuses it, or is not heard.
    pub async fn exchange(&self, code: &str, verifier: &SecretString) -> Result<Pair, OAuthError> {
        let fields = [("grant_type", "authorization_code"), ("code", code), ("code_verifier", verifier.expose_secret())];
        self.ask(&fields).await
    }

    /// The next pair.
    ///
    /// # Errors
    /// When Zalo refuses it, or is not heard.
    pub async fn refresh(&self, refresh: &SecretString) -> Result<Pair, OAuthError> {
        self.ask(&[("grant_type", "refresh_token"), ("refresh_token", refresh.expose_secret())]).await
    }

    async fn ask(&self, fields: &[(&str, &str)]) -> Result<Pair, OAuthError> {
        let no_answer = |error: reqwest::Error| OAuthError::NoAnswer(error.without_url().to_string());
        let mut url = self.base.clone();
        url.set_path("/v4/oa/access_token");
        let form: Vec<(&str, &str)> = fields.iter().copied().chain([("app_id", self.app.id.as_str())]).collect();
        let request = self.client.post(url).header("secret_key", self.app.secret.expose_secret()).form(&form);
        let answer: Value = request.send().await.map_err(no_answer)?.json().await.map_err(no_answer)?;
        let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        match (text("access_token"), text("refresh_token")) {
            (Some(access), Some(refresh)) => {
                Ok(Pair { access: access.into(), refresh: refresh.into(), expires_in: seconds(answer.get("expires_in")) })
            }
            _ => Err(refusal(&answer)),
        }
    }
}

/// Text or a number, as Zalo sends both.
fn seconds(value: Option<&Value>) -> u64 {
    let told = value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()));
    told.unwrap_or(SHORTEST_LIFE)
}

/// Errors come with HTTP 200: `error`, `error_name`, `error_reason`.
fn refusal(answer: &Value) -> OAuthError {
    let code = answer.get("error").and_then(|code| code.as_i64().or_else(|| code.as_str()?.parse().ok())).unwrap_or_default();
    if USED_UP.contains(&code) {
        return OAuthError::UsedUp(code);
    }
    let words = ["error_name", "error_reason", "error_description", "message"];
    let words: Vec<&str> = words.iter().filter_map(|key| answer.get(*key)?.as_str()).collect();
    OAuthError::Refused(format!("{code} {}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_consent_page_carries_the_challenge_and_not_the_verifier() {
        let app = App { id: "431".into(), secret: "s".to_owned().into() };
        let oauth = OAuth::new(app, "https://oauth.zaloapp.com".parse().unwrap()).unwrap();
        let verifier = OAuth::verifier([Uuid::from_u128(1), Uuid::from_u128(2)]);
        assert_eq!(verifier.expose_secret().len(), 43);
        let page = oauth.consent_page(&"https://hoi.example/zalo/connected".parse().unwrap(), &verifier, "st").to_string();
        assert!(
            page.starts_with("https://oauth.zaloapp.com/v4/oa/permission?app_id=431&redirect_uri=https%3A%2F%2Fhoi"),
            "{page}"
        );
        assert!(!page.contains(verifier.expose_secret()) && page.contains("&code_challenge="));
    }

    #[test]
    fn errors_say_whether_a_person_must_consent_again() {
        assert!(matches!(refusal(&json!({ "error": -14020 })), OAuthError::UsedUp(-14020)));
        let wrong = refusal(&json!({ "error": -14002, "error_name": "Invalid app" }));
        assert!(matches!(&wrong, OAuthError::Refused(words) if words == "-14002 Invalid app"), "{wrong}");
        assert_eq!((seconds(Some(&json!("90000"))), seconds(Some(&json!(3600))), seconds(None)), (90_000, 3600, 3600));
    }
}
