//! Settings of a Zalo Official Account.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::{Env, set, set_list, set_some};
use crate::channel::zalo::{App, Forms, Signature, Urls};
use crate::domain::{Tariff, Windows};

/// Where Zalo keeps what people send (payloads seen in public code, September 2026).
pub(super) const MEDIA_HOSTS: [&str; 2] = ["zdn.vn", "zadn.vn"];

/// An Official Account; off without an app. What Zalo's documents contradict one another about is a setting.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ZaloConfig {
    /// Id of the app at developers.zalo.me. `ZALO_APP_ID`
    pub app_id: Option<String>,
    /// Its secret. `ZALO_APP_SECRET`
    pub app_secret: Option<SecretString>,
    /// Id of the Official Account, where events are signed with it. `ZALO_OA_ID`
    pub oa_id: Option<String>,
    /// Secrets that events may be signed with, besides the app's: the webhook page shows one. `ZALO_WEBHOOK_SECRET`, several
    /// separated by commas
    pub webhook_secrets: Vec<SecretString>,
    /// Path of the webhook.
    pub webhook_path: String,
    /// Where Zalo leads an administrator who consented, as it is set in the app: `<public_url>/zalo/connected` if nothing is said.
    /// `ZALO_REDIRECT_URL`
    pub redirect_url: Option<Url>,
    /// Another server than `https://openapi.zalo.me`. `ZALO_API_URL`
    pub api_url: Url,
    /// Another server than `https://oauth.zaloapp.com`. `ZALO_OAUTH_URL`
    pub oauth_url: Url,
    /// Another server than `https://business.openapi.zalo.me`. `ZALO_BUSINESS_URL`
    pub business_url: Url,
    /// Calls a minute, in this process: 4,000 an app; packages may allow fewer. `ZALO_PER_MINUTE`
    pub per_minute: u32,
    /// Hours after somebody's last word in which messages are free.
    pub free_hours: u32,
    /// Hours after somebody's last word in which messages can be sent at all.
    pub paid_hours: u32,
    /// Whether messages that cost money may be sent between the two.
    pub paid_messages: bool,
    /// What one of them costs, in đồng, by your contract.
    pub paid_vnd: Option<u64>,
    /// Whether to send buttons beside the numbered lines.
    pub buttons: bool,
    /// Hosts that photos and files of citizens are fetched from, with all below them. `ZALO_MEDIA_HOSTS`, separated by commas
    pub media_hosts: Vec<String>,
    /// Approved templates by our own names of them.
    pub templates: BTreeMap<String, TemplateConfig>,
}

/// A template that Zalo approved.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateConfig {
    /// Its id at Zalo's.
    pub id: String,
    /// What one message of it costs, in đồng, by your contract.
    #[serde(default)]
    pub vnd: Option<u64>,
}

impl Default for ZaloConfig {
    fn default() -> Self {
        let url = |text: &str| Url::parse(text).unwrap_or_else(|_| unreachable!("an address of ours: {text}"));
        Self {
            app_id: None,
            app_secret: None,
            oa_id: None,
            webhook_secrets: Vec::new(),
            webhook_path: "/zalo".to_owned(),
            redirect_url: None,
            api_url: url("https://openapi.zalo.me"),
            oauth_url: url("https://oauth.zaloapp.com"),
            business_url: url("https://business.openapi.zalo.me"),
            per_minute: 4000,
            free_hours: 48,
            paid_hours: 7 * 24,
            paid_messages: true,
            paid_vnd: None,
            buttons: false,
            media_hosts: MEDIA_HOSTS.map(str::to_owned).into(),
            templates: BTreeMap::new(),
        }
    }
}

impl ZaloConfig {
    /// The app, when Zalo is on.
    pub fn app(&self) -> Option<App> {
        Some(App { id: self.app_id.clone()?, secret: self.app_secret.clone()? })
    }

    /// What events are checked against: every id and every secret that is set.
    pub fn signature(&self) -> Signature {
        let ids = self.app_id.iter().chain(&self.oa_id).cloned().collect();
        let secrets = self.webhook_secrets.iter().chain(&self.app_secret).cloned().collect();
        Signature { ids, secrets }
    }

    /// Where the services are.
    pub fn urls(&self) -> Urls {
        Urls { api: self.api_url.clone(), business: self.business_url.clone() }
    }

    /// Where an administrator who consented is led to.
    pub fn redirect(&self, public: Option<&Url>) -> Option<Url> {
        self.redirect_url.clone().or_else(|| public?.join("zalo/connected").ok())
    }

    /// How long people can be written to.
    pub fn windows(&self) -> Windows {
        let hours = |hours: u32| Duration::from_secs(u64::from(hours) * 3600);
        let paid = if self.paid_messages { self.paid_hours } else { self.free_hours };
        Windows { free: hours(self.free_hours), paid: hours(paid) }
    }

    /// Ids of templates by our names.
    pub fn forms(&self) -> Forms {
        self.templates.iter().map(|(name, template)| (name.clone(), template.id.clone())).collect()
    }

    /// What a notice costs, which has the template `name` or none.
    pub fn tariff(&self, name: Option<&str>) -> Tariff {
        let template = name.and_then(|name| self.templates.get(name)).map(|template| template.vnd);
        Tariff { windows: Some(self.windows()), paid: self.paid_vnd, template }
    }

    pub(super) fn read(&mut self, env: &Env<'_>) -> anyhow::Result<()> {
        self.app_id = env("ZALO_APP_ID").or(self.app_id.take());
        self.app_secret = env("ZALO_APP_SECRET").map(SecretString::from).or(self.app_secret.take());
        self.oa_id = env("ZALO_OA_ID").or(self.oa_id.take());
        if let Some(secrets) = env("ZALO_WEBHOOK_SECRET") {
            let secrets = secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty());
            self.webhook_secrets = secrets.map(|secret| secret.to_owned().into()).collect();
        }
        set_list(&mut self.media_hosts, "ZALO_MEDIA_HOSTS", env);
        set_some(&mut self.redirect_url, "ZALO_REDIRECT_URL", env)?;
        set(&mut self.api_url, "ZALO_API_URL", env)?;
        set(&mut self.oauth_url, "ZALO_OAUTH_URL", env)?;
        set(&mut self.business_url, "ZALO_BUSINESS_URL", env)?;
        set(&mut self.per_minute, "ZALO_PER_MINUTE", env)
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        if self.app_id.is_some() != self.app_secret.is_some() {
            anyhow::bail!("zalo.app_id and zalo.app_secret belong together: set both, or neither");
        }
        // With an empty secret anybody could sign.
        let secrets = self.webhook_secrets.iter().chain(&self.app_secret);
        if secrets.into_iter().any(|secret| secret.expose_secret().trim().is_empty())
            || self.app_id.iter().chain(&self.oa_id).any(|id| id.trim().is_empty())
        {
            anyhow::bail!("zalo.app_id, oa_id, app_secret and webhook_secrets must not be empty: leave out what you do not have");
        }
        if self.per_minute == 0 || self.free_hours == 0 || self.paid_hours < self.free_hours {
            anyhow::bail!(
                "zalo.per_minute and zalo.free_hours must be at least 1, and zalo.paid_hours no less than zalo.free_hours"
            );
        }
        if !self.webhook_path.starts_with('/') || self.webhook_path.len() < 2 {
            anyhow::bail!("zalo.webhook_path must be a path such as /zalo");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn no_secret_is_empty() {
        let load = |text: &str, secrets: &str| {
            let secrets = secrets.to_owned();
            Config::from_parts(text, &move |key| (key == "ZALO_WEBHOOK_SECRET").then(|| secrets.clone()))
        };
        let app = "[zalo]\napp_id = \"1\"\napp_secret = \"s\"\n";
        assert_eq!(load(app, "abc,").unwrap().zalo.webhook_secrets.len(), 1);
        for wrong in ["app_id = \"1\"\napp_secret = \" \"", "app_id = \"\"\napp_secret = \"s\"", "webhook_secrets = [\"\"]"] {
            assert!(load(&format!("[zalo]\n{wrong}"), "").is_err(), "{wrong}");
        }
    }
}
