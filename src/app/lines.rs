//! The lines to citizens: the web page, Telegram, Zalo.

use std::sync::Arc;

use anyhow::{bail, ensure};
use tokio::sync::mpsc;
use url::Url;

use super::calls;
use super::ground::Ground;
use super::{telegram, zalo, zalo_bot};
use crate::channel::web::Hub;
use crate::channel::{Channel, Spool};
use crate::config::Config;

/// First parts of the paths of our own pages, which no webhook can have.
const OURS: [&str; 20] = [
    "",
    "api",
    "chat.css",
    "chat.js",
    "console",
    "events",
    "files",
    "forget",
    "guides",
    "guides.css",
    "healthz",
    "language",
    "letters",
    "metrics",
    "my-data",
    "open",
    "readyz",
    "say",
    "send",
    "transcripts",
];

/// The lines that are open.
pub(super) struct Lines {
    pub hub: Arc<Hub>,
    pub telegram: Option<telegram::Line>,
    pub zalo: Option<zalo::Line>,
    pub zalo_bot: Option<zalo_bot::Line>,
}

impl Lines {
    /// Opens those that are set. Returns as well what pages, open anywhere, have something new.
    ///
    /// # Errors
    /// When a vendor refuses us, or a setting is missing.
    pub(super) async fn open(ground: &Ground) -> anyhow::Result<(Self, mpsc::Receiver<String>)> {
        let Ground { config, store, clock, office, .. } = ground;
        keep_apart(&webhooks(config))?;
        let spool = ground.files.clone().map(|files| Arc::new(files) as Arc<dyn Spool>);
        let telegram = telegram::Line::open(&config.telegram, office.group.clone(), spool).await?;
        let zalo = zalo::Line::open(config, store, clock).await?;
        let zalo_bot = zalo_bot::Line::open(&config.zalo_bot).await?;
        let (far, pages) = mpsc::channel(calls::WAITING);
        let hub = Arc::new(if store.is_shared() { Hub::with_others(far) } else { Hub::default() });
        Ok((Self { hub, telegram, zalo, zalo_bot }, pages))
    }

    /// The channels, always in the same order.
    pub(super) fn channels(&self) -> Vec<Arc<dyn Channel>> {
        let mut channels: Vec<Arc<dyn Channel>> = vec![Arc::clone(&self.hub) as Arc<dyn Channel>];
        channels.extend(self.telegram.as_ref().map(telegram::Line::channel));
        channels.extend(self.zalo.as_ref().map(zalo::Line::channel));
        channels.extend(self.zalo_bot.as_ref().map(zalo_bot::Line::channel));
        channels
    }
}

/// The paths at which lines that are set are told what was said, by the names of their settings.
fn webhooks(config: &Config) -> Vec<(&'static str, &str)> {
    let telegram = config.telegram.token.as_ref().and(config.telegram.webhook_url.as_ref()).map(Url::path);
    let zalo_bot = config.zalo_bot.token.as_ref().and(config.zalo_bot.webhook_url.as_ref()).map(Url::path);
    let zalo = config.zalo.app().map(|_| config.zalo.webhook_path.as_str());
    let consent = zalo.map(|_| zalo::CONNECTED);
    let all = [
        ("the page after a consent at Zalo", consent),
        ("telegram.webhook_url", telegram),
        ("zalo.webhook_path", zalo),
        ("zalo_bot.webhook_url", zalo_bot),
    ];
    all.into_iter().filter_map(|(setting, path)| Some((setting, path?))).collect()
}

/// Makes sure that each webhook has a path of its own.
fn keep_apart(webhooks: &[(&'static str, &str)]) -> anyhow::Result<()> {
    for (at, (setting, path)) in webhooks.iter().enumerate() {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        ensure!(!OURS.contains(&first), "{setting}: {path} is a page of our own; give it another path, such as /telegram");
        let other = webhooks[..at].iter().find(|(_, before)| before == path);
        if let Some((other, _)) = other {
            bail!("{setting} and {other} have the same path, {path}: give each its own");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webhooks_are_neither_at_pages_of_ours_nor_at_one_another() {
        let kept = |webhooks: &[(&'static str, &str)]| keep_apart(webhooks).map_err(|error| error.to_string());
        assert_eq!(kept(&[("a", "/telegram"), ("b", "/zalo"), ("c", "/zalo/connected")]), Ok(()));
        assert!(kept(&[("a", "/console/x")]).unwrap_err().contains("a: /console/x is a page of our own"));
        assert!(kept(&[("a", "/")]).is_err());
        assert!(kept(&[("a", "/hook"), ("b", "/hook")]).unwrap_err().contains("b and a have the same path"));
    }
}
