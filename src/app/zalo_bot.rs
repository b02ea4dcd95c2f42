//! The line to Zalo's Bot Platform: by webhook or by long polling.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::crew::Crew;
use crate::channel::zalo_bot::{self, Api, CallError, ZaloBot};
use crate::channel::{Channel, Fetcher, Inbox};
use crate::config::ZaloBotConfig;

/// Pause between tries to tell Zalo about our webhook.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// A line that was opened.
pub(super) struct Line {
    api: Api,
    name: Option<String>,
    webhook: Option<Url>,
    channel: Arc<ZaloBot>,
}

impl Line {
    /// Opens the line, if there is a token.
    ///
    /// # Errors
    /// When Zalo refuses the token. A network that is down is no error: the line is tried again.
    pub(super) async fn open(config: &ZaloBotConfig) -> anyhow::Result<Option<Self>> {
        let Some(token) = &config.token else { return Ok(None) };
        let api = Api::new(token, config.api_url.as_ref())?;
        let name = match api.call("getMe", &json!({})).await {
            Ok(me) => me.get("account_name").and_then(|name| name.as_str()).map(str::to_owned),
            Err(CallError::Refused { code: 401 | 403, .. }) => {
                anyhow::bail!("Zalo refuses the token: check ZALO_BOT_TOKEN (the Zalo Bot Manager shows it)")
            }
            Err(error) => {
                tracing::warn!(%error, "Zalo cannot be asked who we are; going on");
                None
            }
        };
        let channel = Arc::new(ZaloBot::new(api.clone(), config.per_second, Fetcher::new(config.media_hosts.clone())?));
        Ok(Some(Self { api, name, webhook: config.webhook_url.clone(), channel }))
    }

    pub(super) fn channel(&self) -> Arc<dyn Channel> {
        Arc::clone(&self.channel) as Arc<dyn Channel>
    }

    pub(super) fn describe(&self) -> String {
        let name = self.name.as_deref().unwrap_or("(no answer from Zalo yet)");
        match &self.webhook {
            Some(url) => format!("on   {name} by webhook {url}"),
            None => format!("on   {name} by long polling (set ZALO_BOT_WEBHOOK_URL=https://… for a webhook)"),
        }
    }

    /// Starts to take updates; returns the webhook's route if there is one.
    pub(super) fn start(self, inbox: Arc<dyn Inbox>, crew: &Crew) -> Option<Router> {
        match self.webhook {
            Some(url) => {
                let routes = zalo_bot::routes(url.path(), &self.api, inbox);
                crew.spawn(announce(self.api, url, crew.street.clone()));
                Some(routes)
            }
            None if crew.role.works() => {
                let last = crew.street.clone();
                let poll = move |stop| zalo_bot::poll(self.api.clone(), Arc::clone(&inbox), stop, last.clone());
                crew.alone("zalo bot poll", &crew.street, poll);
                None
            }
            None => None,
        }
    }
}

/// Tells Zalo our webhook, again and again until it listens.
async fn announce(api: Api, url: Url, stop: CancellationToken) {
    while let Err(error) = api.set_webhook(&url).await {
        tracing::warn!(%error, "Zalo does not take our webhook; trying again");
        tokio::select! {
            () = tokio::time::sleep(TRY_AGAIN) => {}
            () = stop.cancelled() => return,
        }
    }
}
