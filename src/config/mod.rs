//! Settings: a file, then the environment over it, checked once.
//!
//! Nothing has to be set. Secrets come from the environment or the file and are wrapped, so that no log shows them.

mod role;
mod webhooks;
mod zalo;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use crate::engine::Office;

pub use role::Role;
pub use webhooks::CONSENTED;
pub use zalo::{TemplateConfig, ZaloConfig};

/// The file read when none is named, if it exists.
pub const DEFAULT_FILE: &str = "motcua.toml";

/// Everything that can be set.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the program listens. `MOTCUA_LISTEN`
    pub listen: SocketAddr,
    /// SQLite file or `postgres://` address. `MOTCUA_DATABASE`
    pub database: SecretString,
    /// Folder for what can be made again: search indexes. `MOTCUA_INDEX`
    pub index: PathBuf,
    /// Folders of guides laid over the shipped ones. `MOTCUA_KNOWLEDGE`, separated by `:`
    pub knowledge: Vec<PathBuf>,
    /// The public address of the web chat, `https://…`; makes cookies secure. `MOTCUA_PUBLIC_URL`
    pub public_url: Option<Url>,
    /// Folder for photos and files of citizens, sealed; processes on one database share it. `MOTCUA_FILES`
    pub files: PathBuf,
    /// What this process does of the whole: `all`, `web`, `worker`. `MOTCUA_ROLE`
    pub role: Role,
    /// Days a message is kept, and the state of a conversation after its last message. `MOTCUA_KEEP_DAYS`
    pub keep_days: u16,
    /// Seconds after which a message that a process took on to send, and was never heard of again, is taken over by
    /// another. Longer than any send takes. `MOTCUA_LEASE_SECONDS`
    pub lease_seconds: u32,
    /// A folder of `<name>.toml`: how source systems of dossiers name their fields, besides `national`. `MOTCUA_MAPPINGS`
    pub mappings: Option<PathBuf>,
    /// Seconds after the first change of a dossier in which further ones go into the same message. `MOTCUA_GATHER_SECONDS`
    pub gather_seconds: u32,
    /// The people behind the bot.
    pub office: Office,
    /// Telegram; off without a token.
    pub telegram: TelegramConfig,
    /// A Zalo Official Account; off without an app.
    pub zalo: ZaloConfig,
    /// Zalo's Bot Platform; off without a token.
    pub zalo_bot: ZaloBotConfig,
    /// What secrets at rest are sealed with, in base64, the newest first. From the environment only. `MOTCUA_KEY`
    #[serde(skip)]
    pub key: Option<SecretString>,
}

/// Settings of Zalo's Bot Platform.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ZaloBotConfig {
    /// The bot's token from the Zalo Bot Manager. `ZALO_BOT_TOKEN`
    pub token: Option<SecretString>,
    /// Our public https address for updates; long polling without it. `ZALO_BOT_WEBHOOK_URL`
    pub webhook_url: Option<Url>,
    /// Another server than `https://bot-api.zaloplatforms.com`. `ZALO_BOT_API_URL`
    pub api_url: Option<Url>,
    /// Messages a second, of all processes together. The platform tells no figure. `ZALO_BOT_PER_SECOND`
    pub per_second: u32,
    /// Hosts that photos of citizens are fetched from, with all below them. `ZALO_MEDIA_HOSTS`, separated by commas
    pub media_hosts: Vec<String>,
}

impl Default for ZaloBotConfig {
    fn default() -> Self {
        let media_hosts = zalo::MEDIA_HOSTS.map(str::to_owned).into();
        Self { token: None, webhook_url: None, api_url: None, per_second: 20, media_hosts }
    }
}

/// Settings of the Telegram channel.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelegramConfig {
    /// The bot's token from BotFather. `TELEGRAM_BOT_TOKEN`
    pub token: Option<SecretString>,
    /// Our public https address for updates; long polling without it. `TELEGRAM_WEBHOOK_URL`
    pub webhook_url: Option<Url>,
    /// Another server than `https://api.telegram.org`. `TELEGRAM_API_URL`
    pub api_url: Option<Url>,
    /// Messages a second over all chats, of all processes together. Telegram allows about 30 (Bots FAQ); more only with paid broadcasts.
    /// `TELEGRAM_PER_SECOND`
    pub per_second: u32,
    /// Messages a second to one chat. Telegram allows about 1 (Bots FAQ). `TELEGRAM_PER_CHAT`
    pub per_chat: u32,
}

impl Default for TelegramConfig {
    fn default() -> Self {
        Self { token: None, webhook_url: None, api_url: None, per_second: 30, per_chat: 1 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "var/motcua.db".into(),
            index: PathBuf::from("var/index"),
            knowledge: Vec::new(),
            public_url: None,
            files: PathBuf::from("var/files"),
            // Unlinked conversations need no longer life than somebody's procedure; see docs on privacy.
            keep_days: 30,
            lease_seconds: 30,
            role: Role::All,
            mappings: None,
            gather_seconds: 60,
            office: Office::default(),
            telegram: TelegramConfig::default(),
            zalo: ZaloConfig::default(),
            zalo_bot: ZaloBotConfig::default(),
            key: None,
        }
    }
}

impl Config {
    /// Reads `file` (or `motcua.toml` where it exists), then the environment.
    ///
    /// # Errors
    /// When the file named cannot be read, or a value makes no sense; the message names the setting.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let file = file.or_else(|| Some(Path::new(DEFAULT_FILE)).filter(|file| file.exists()));
        let text = file
            .map(|file| std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display())))
            .transpose()?;
        Self::from_parts(&text.unwrap_or_default(), &|key| std::env::var(key).ok()).with_context(|| match file {
            Some(file) => format!("settings in {} and the environment", file.display()),
            None => "settings".to_owned(),
        })
    }

    /// The same from a text and an environment, for tests.
    ///
    /// # Errors
    /// When a value makes no sense.
    pub fn from_parts(text: &str, env: &dyn Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        // Only what is wrong and where: the line itself may hold a token.
        let mut config: Self = toml::from_str(text).map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            anyhow::anyhow!("line {line}: {}", error.message())
        })?;
        let env = |key: &str| env(key).filter(|value| !value.trim().is_empty());
        set(&mut config.listen, "MOTCUA_LISTEN", &env)?;
        if let Some(database) = env("MOTCUA_DATABASE") {
            config.database = database.into();
        }
        set(&mut config.index, "MOTCUA_INDEX", &env)?;
        set(&mut config.files, "MOTCUA_FILES", &env)?;
        set(&mut config.keep_days, "MOTCUA_KEEP_DAYS", &env)?;
        set(&mut config.role, "MOTCUA_ROLE", &env)?;
        set(&mut config.lease_seconds, "MOTCUA_LEASE_SECONDS", &env)?;
        set_some(&mut config.mappings, "MOTCUA_MAPPINGS", &env)?;
        set(&mut config.gather_seconds, "MOTCUA_GATHER_SECONDS", &env)?;
        set_some(&mut config.public_url, "MOTCUA_PUBLIC_URL", &env)?;
        if let Some(folders) = env("MOTCUA_KNOWLEDGE") {
            config.knowledge = folders.split(':').map(PathBuf::from).collect();
        }
        set_some(&mut config.office.group, "TELEGRAM_DESK_GROUP", &env)?;
        let telegram = &mut config.telegram;
        if let Some(token) = env("TELEGRAM_BOT_TOKEN") {
            telegram.token = Some(token.into());
        }
        set_some(&mut telegram.webhook_url, "TELEGRAM_WEBHOOK_URL", &env)?;
        set_some(&mut telegram.api_url, "TELEGRAM_API_URL", &env)?;
        set(&mut telegram.per_second, "TELEGRAM_PER_SECOND", &env)?;
        set(&mut telegram.per_chat, "TELEGRAM_PER_CHAT", &env)?;
        config.key = env("MOTCUA_KEY").map(SecretString::from);
        config.zalo.read(&env)?;
        let zalo_bot = &mut config.zalo_bot;
        if let Some(token) = env("ZALO_BOT_TOKEN") {
            zalo_bot.token = Some(token.into());
        }
        set_some(&mut zalo_bot.webhook_url, "ZALO_BOT_WEBHOOK_URL", &env)?;
        set_some(&mut zalo_bot.api_url, "ZALO_BOT_API_URL", &env)?;
        set(&mut zalo_bot.per_second, "ZALO_BOT_PER_SECOND", &env)?;
        set_list(&mut zalo_bot.media_hosts, "ZALO_MEDIA_HOSTS", &env);
        config.check()?;
        Ok(config)
    }

    /// Whether settings go together.
    ///
    /// # Errors
    /// When they do not; the message names the setting.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.telegram.per_second == 0 || self.telegram.per_chat == 0 {
            bail!("telegram.per_second and telegram.per_chat must be at least 1");
        }
        if let Some(group) = self.office.group.as_ref().filter(|group| !group.starts_with('-') || group.parse::<i64>().is_err()) {
            bail!("office.group (TELEGRAM_DESK_GROUP) is “{group}”: a group's id is a number below zero, such as -1001234567890");
        }
        self.zalo.check()?;
        self.check_webhooks()?;
        if self.zalo_bot.per_second == 0 {
            bail!("zalo_bot.per_second must be at least 1");
        }
        let database = self.database.expose_secret();
        let slashes = || database.starts_with("postgres:") || database.starts_with("postgresql:");
        if database.trim().is_empty() || database == ":memory:" {
            bail!("database (MOTCUA_DATABASE) is “{database}”: give a file name for SQLite, or postgres://user@host/name");
        }
        let is_url = |name: &str| name.starts_with("file:") || name.contains(['?', '%']);
        if !database.contains("://") && is_url(database) {
            bail!("database (MOTCUA_DATABASE) is “{database}”: give the plain name of the file, without file:, ? and %");
        }
        if slashes() && !database.contains("://") {
            bail!("database (MOTCUA_DATABASE) begins with “postgres:”: an address begins with postgres://, with two slashes");
        }
        if let Some(url) = &self.public_url {
            let is_root = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
            if !matches!(url.scheme(), "http" | "https") || !is_root {
                bail!("public_url (MOTCUA_PUBLIC_URL) is {url}: give https:// and a name, with nothing behind it");
            }
        }
        let shared = database.contains("://");
        if self.role != Role::All && !shared {
            bail!("role {} is for several processes, which need PostgreSQL: set MOTCUA_DATABASE=postgres://…", self.role);
        }
        if self.keep_days == 0 || self.lease_seconds == 0 {
            bail!("keep_days and lease_seconds must be at least 1");
        }
        Ok(())
    }
}

type Env<'a> = dyn Fn(&str) -> Option<String> + 'a;

fn set<T>(value: &mut T, key: &str, env: &Env<'_>) -> anyhow::Result<()>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    if let Some(text) = env(key) {
        *value = text.trim().parse().map_err(|error| anyhow::anyhow!("{key}={text}: {error}"))?;
    }
    Ok(())
}

fn set_list(value: &mut Vec<String>, key: &str, env: &Env<'_>) {
    if let Some(text) = env(key) {
        *value = text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    }
}

fn set_some<T>(value: &mut Option<T>, key: &str, env: &Env<'_>) -> anyhow::Result<()>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    if let Some(text) = env(key) {
        *value = Some(text.trim().parse().map_err(|error| anyhow::anyhow!("{key}={text}: {error}"))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_to_be_set() {
        let config = Config::from_parts("", &|_| None).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.telegram.token.is_none());
    }

    #[test]
    fn the_environment_wins_over_the_file_and_mistakes_are_named() {
        let env = |key: &str| (key == "MOTCUA_LISTEN").then(|| "0.0.0.0:9".to_owned());
        assert_eq!(Config::from_parts("listen = \"127.0.0.1:1\"", &env).unwrap().listen.port(), 9);
        let bad = |key: &str| (key == "MOTCUA_LISTEN").then(|| "here".to_owned());
        assert!(Config::from_parts("", &bad).unwrap_err().to_string().contains("MOTCUA_LISTEN=here"));
        assert!(Config::from_parts("colour = 1", &|_| None).unwrap_err().to_string().contains("colour"));
    }

    #[test]
    fn a_token_is_never_printed() {
        let env = |key: &str| (key == "TELEGRAM_BOT_TOKEN").then(|| "123:hidden".to_owned());
        assert!(!format!("{:?}", Config::from_parts("", &env).unwrap()).contains("hidden"));
        let error = Config::from_parts("\n[telegram]\ntokn = \"123:hidden\"", &|_| None).unwrap_err().to_string();
        assert!(error.contains("line 3") && error.contains("tokn") && !error.contains("hidden"), "{error}");
    }
}
