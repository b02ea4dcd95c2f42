//! `motcua serve`, and `motcua` alone: the bot itself.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::log::Covered;
use crate::config::Role;

/// Serve the chat (the default). Settings come from motcua.toml and the environment; these flags win over both.
#[derive(Debug, Default, clap::Args)]
pub struct Serve {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// What this process does of the whole, where several share a PostgreSQL.
    #[arg(long, value_enum)]
    role: Option<Role>,
    /// A folder of guides to lay over the shipped ones; may be repeated.
    #[arg(long = "knowledge", value_name = "DIR")]
    knowledge: Vec<PathBuf>,
    /// Take Telegram updates by webhook at this public https address.
    #[arg(long, value_name = "URL")]
    telegram_webhook: Option<Url>,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let wanted = std::env::var("MOTCUA_LOG").unwrap_or_else(|_| "info,tantivy=warn,sqlx=warn,notify=warn".to_owned());
        let filter =
            EnvFilter::try_new(&wanted).with_context(|| format!("MOTCUA_LOG={wanted} is no filter such as motcua=debug"))?;
        let colours = std::io::stderr().is_terminal();
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Covered(std::io::stderr())).with_ansi(colours).init();
        let mut config = self.settings.load()?;
        config.listen = self.listen.unwrap_or(config.listen);
        config.role = self.role.unwrap_or(config.role);
        config.telegram.webhook_url = self.telegram_webhook.or(config.telegram.webhook_url);
        if !self.knowledge.is_empty() {
            config.knowledge = self.knowledge;
        }
        config.check()?;
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(crate::app::serve(config))
    }
}
