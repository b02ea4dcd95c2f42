//! The line to a Zalo Official Account: its webhook, its tokens, and the page that a consent ends at.

use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use serde::Deserialize;

use super::crew::Crew;
use crate::channel::zalo::{self, Api, OAuth, Signature, Zalo};
use crate::channel::{Channel, Fetcher, Inbox};
use crate::config::{CONSENTED, Config, ZaloConfig};
use crate::domain::{Clock, Lang};
use crate::i18n::Wording;
use crate::seal::Keyring;
use crate::service::{Standing, ZaloTokens};
use crate::store::Store;

/// A line that was opened.
pub(super) struct Line {
    tokens: Arc<ZaloTokens>,
    channel: Arc<Zalo>,
    signature: Signature,
    webhook: String,
    standing: Standing,
}

/// The tokens of the account that is set; `None` when none is.
///
/// # Errors
/// When there is no key to seal them with.
pub fn tokens(config: &Config, store: Store, clock: Arc<dyn Clock>) -> anyhow::Result<Option<ZaloTokens>> {
    let Some(app) = config.zalo.app() else { return Ok(None) };
    let key =
        config.key.as_ref().context("Zalo's tokens are sealed: set MOTCUA_KEY (`motcua key` makes one), and keep it safe")?;
    let oauth = OAuth::new(app, config.zalo.oauth_url.clone())?;
    Ok(Some(ZaloTokens::new(store, Keyring::read(key)?, clock, oauth)))
}

impl Line {
    /// Opens the line, if there is an app.
    ///
    /// # Errors
    /// When a setting is missing that it needs, or the database fails.
    pub(super) async fn open(config: &Config, store: &Store, clock: &Arc<dyn Clock>) -> anyhow::Result<Option<Self>> {
        let Some(tokens) = tokens(config, store.clone(), Arc::clone(clock))? else { return Ok(None) };
        let settings = &config.zalo;
        let standing = tokens.standing().await?;
        let tokens = Arc::new(tokens);
        let channel = Arc::new(channel(settings, Arc::clone(&tokens))?);
        Ok(Some(Self { tokens, channel, signature: settings.signature(), webhook: settings.webhook_path.clone(), standing }))
    }

    pub(super) fn channel(&self) -> Arc<dyn Channel> {
        Arc::clone(&self.channel) as Arc<dyn Channel>
    }

    /// The tokens, for the page on which an administrator consents again.
    pub(super) fn tokens(&self) -> Arc<ZaloTokens> {
        Arc::clone(&self.tokens)
    }

    pub(super) fn describe(&self) -> String {
        match self.standing {
            Standing::NotConnected => "off  not connected yet: run `motcua zalo connect`".to_owned(),
            Standing::LostSince(since) => format!("off  the token is lost since {since}: run `motcua zalo connect` again"),
            Standing::Until(_) => format!("on   webhook at {}", self.webhook),
        }
    }

    /// Starts to look after the tokens; returns the routes.
    pub(super) fn start(self, inbox: Arc<dyn Inbox>, wording: Arc<Wording>, crew: &Crew) -> Router {
        crew.spawn(ZaloTokens::clone(&self.tokens).keep_fresh(crew.street.clone()));
        let connected = Router::new().route(CONSENTED, get(connected)).with_state((self.tokens, wording));
        zalo::routes(&self.webhook, self.signature, inbox).merge(connected)
    }
}

fn channel(settings: &ZaloConfig, tokens: Arc<ZaloTokens>) -> anyhow::Result<Zalo> {
    Ok(Zalo {
        api: Api::new(settings.urls(), tokens)?,
        per_minute: settings.per_minute,
        windows: settings.windows(),
        buttons: settings.buttons,
        forms: settings.forms(),
        media: Fetcher::new(settings.media_hosts.clone())?,
    })
}

/// What Zalo appends to the address.
#[derive(Deserialize)]
struct Consent {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// An administrator who consented arrives here. Only a consent that `motcua zalo connect` asked for is taken.
async fn connected(
    State((tokens, wording)): State<(Arc<ZaloTokens>, Arc<Wording>)>,
    Query(consent): Query<Consent>,
) -> (StatusCode, Html<String>) {
    let (status, key) = match tokens.connect(&consent.state, &consent.code).await {
        Ok(()) => (StatusCode::OK, "zalo-connected"),
        Err(error) => {
            tracing::warn!(%error, "a consent at Zalo's is not taken");
            (StatusCode::BAD_REQUEST, "zalo-not-connected")
        }
    };
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="vi" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { "Motcua" } }
            body { @for lang in Lang::ALL { p lang=(lang.code()) { (wording.get(lang, key)) } } }
        }
    };
    (status, Html(page.into_string()))
}
