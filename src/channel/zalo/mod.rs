//! A Zalo Official Account: signed events in, consultation messages and approved templates out.
//!
//! **Invariants.** An event is believed only when its signature fits the raw bytes. Ids are text throughout: they are longer than
//! a number can hold. A refresh token is used once, by one process, and what it brought is stored before it is used
//! ([`Tokens`]). Nothing is sent outside a citizen's window but a template ([`crate::channel::Channel::windows`]).
//!
//! Zalo's documents were read in public transcriptions, September 2026; what those contradict one another about (which secret
//! signs, whether buttons show, prices, hours) is a setting.

mod api;
mod decode;
mod meaning;
mod oauth;
mod send;
mod signature;
mod webhook;

use async_trait::async_trait;
use secrecy::SecretString;

pub use api::{Api, CallError, Urls};
pub use decode::{Event, decode};
pub use oauth::{App, OAuth, OAuthError, Pair};
pub use send::{Forms, Zalo};
pub use signature::Signature;
pub use webhook::routes;

/// An access token, and which of those we had it is.
#[derive(Clone, Debug)]
pub struct Token {
    /// Grows with every new one.
    pub version: i64,
    /// What is sent in the header `access_token`.
    pub access: SecretString,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Nobody has consented yet.
    #[error("no Official Account is connected: run `motcua zalo connect`")]
    NotConnected,
    /// Zalo does not replace the token any more.
    #[error("Zalo no longer renews the token: an administrator of the Official Account must run `motcua zalo connect` again")]
    Lost,
    /// It cannot be had right now.
    #[error("{0}")]
    NotNow(String),
}

/// Where tokens come from.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// The token to use now.
    async fn current(&self) -> Result<Token, TokenError>;

    /// Zalo refused `used`: another one. Whoever else replaces it meanwhile is waited for.
    async fn after(&self, used: &Token) -> Result<Token, TokenError>;
}
