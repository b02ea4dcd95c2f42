//! `motcua switch`: parts of the bot off, and on again, while it runs.

use std::sync::Arc;

use super::settings::{served, told};
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::Bilingual;
use crate::domain::switch::Switchable;
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::service::Switchboard;
use crate::store::Store;

/// Switch a guide, a channel or a feature off, with a reason that citizens are told, and on again.
#[derive(Debug, clap::Args)]
pub struct Switch {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// What is off, and why.
    List,
    /// Switch something off; a running program follows within seconds.
    Off {
        /// `guide:SLUG`, `channel:NAME` or `feature:NAME`.
        what: Switchable,
        /// Why, as citizens are to read it: a sentence.
        #[arg(long)]
        reason: String,
        /// The same in English.
        #[arg(long, default_value = "")]
        reason_en: String,
    },
    /// Switch it on again.
    On {
        /// As it was named when it was switched off.
        what: Switchable,
    },
}

impl Switch {
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.settings.with_store(async |config, store| self.command.run(config, store).await)
    }
}

impl Command {
    async fn run(self, config: &Config, store: &Store) -> anyhow::Result<()> {
        let keys = config.key.as_ref().map(Keyring::read).transpose()?;
        let board = Switchboard { store: store.clone(), clock: Arc::new(SystemClock), keys };
        // Whoever may start programs here is named as they are on this machine.
        let by = format!("{}@cli", std::env::var("USER").unwrap_or_else(|_| "root".to_owned()));
        match self {
            Self::List => {
                let off = board.all().await?;
                if off.all().is_empty() {
                    println!("nothing is off");
                }
                for off in off.all() {
                    println!("{}  since {} by {}: {}", off.what, off.since, off.by, off.reason.vi);
                }
            }
            Self::Off { what, reason, reason_en } => {
                let library = match &what {
                    Switchable::Guide(_) => readable(config, store).await,
                    _ => None,
                };
                let said = what.to_string();
                board.turn_off(library.as_deref(), &by, what, Bilingual { vi: reason, en: reason_en }).await?;
                println!("{said} is off");
            }
            Self::On { what } => {
                board.turn_on(&by, &what).await?;
                println!("{what} is on");
            }
        }
        Ok(())
    }
}

/// The guides that are served; `None` when content is broken, which must not keep anybody from switching off what it breaks.
async fn readable(config: &Config, store: &Store) -> Option<Arc<Library>> {
    match served(config, store).await {
        Ok(library) => Some(library.load_full()),
        Err(error) => {
            eprintln!("the content cannot be read, so nobody looked whether there is such a guide: {}", told(&error));
            None
        }
    }
}
