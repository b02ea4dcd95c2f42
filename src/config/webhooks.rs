//! Where vendors tell us what was said: each at a path of its own, and none at a page of ours.

use anyhow::{bail, ensure};
use url::Url;

use super::Config;

/// Where a consent at Zalo's ends, on our side.
pub const CONSENTED: &str = "/zalo/connected";

/// Pages of our own.
const PAGES: [&str; 14] = [
    "/",
    "/chat.css",
    "/chat.js",
    "/events",
    "/files",
    "/forget",
    "/guides.css",
    "/healthz",
    "/language",
    "/metrics",
    "/my-data",
    "/readyz",
    "/say",
    "/send",
];
/// What has pages of ours below it.
const FOLDERS: [&str; 8] = ["/api/v1", "/console", "/files", "/guides", "/letters", "/my-data", "/open", "/transcripts"];

impl Config {
    /// Makes sure that webhooks are where they can be.
    ///
    /// # Errors
    /// When one is at a page of ours, or two are at one path; the message names the setting.
    pub(super) fn check_webhooks(&self) -> anyhow::Result<()> {
        let telegram = self.telegram.token.as_ref().and(self.telegram.webhook_url.as_ref()).map(Url::path);
        let zalo_bot = self.zalo_bot.token.as_ref().and(self.zalo_bot.webhook_url.as_ref()).map(Url::path);
        let zalo = self.zalo.app().map(|_| self.zalo.webhook_path.as_str());
        let all = [
            ("the page after a consent at Zalo", zalo.map(|_| CONSENTED)),
            ("telegram.webhook_url", telegram),
            ("zalo.webhook_path", zalo),
            ("zalo_bot.webhook_url", zalo_bot),
        ];
        keep_apart(&all.into_iter().filter_map(|(setting, path)| Some((setting, path?))).collect::<Vec<_>>())
    }
}

fn keep_apart(webhooks: &[(&str, &str)]) -> anyhow::Result<()> {
    for (at, (setting, path)) in webhooks.iter().enumerate() {
        let below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let is_ours = PAGES.contains(path) || FOLDERS.into_iter().any(below);
        ensure!(!is_ours, "{setting}: {path} is a page of our own; give it another path, such as /telegram");
        if let Some((other, _)) = webhooks[..at].iter().find(|(_, before)| before == path) {
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
        let kept = |webhooks: &[(&str, &str)]| keep_apart(webhooks).map_err(|error| error.to_string());
        assert_eq!(kept(&[("a", "/telegram"), ("b", "/zalo"), ("c", CONSENTED), ("d", "/send/x")]), Ok(()));
        for path in ["/", "/send", "/console", "/console/x", "/api/v1/dossiers", "/guides"] {
            assert!(kept(&[("a", path)]).unwrap_err().contains("is a page of our own"), "{path}");
        }
        assert!(kept(&[("a", "/hook"), ("b", "/hook")]).unwrap_err().contains("b and a have the same path"));
    }
}
