//! `motcua agency`: whose software may talk to us.

use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;

use crate::app::{SystemClock, open_store};
use crate::config::Config;
use crate::domain::Clock;
use crate::seal::Keyring;
use crate::service::agency::Agencies;
use crate::service::dossier::mapping::Mapping;
use crate::store::agency;

/// Say whose software may tell of dossiers.
#[derive(Debug, clap::Args)]
pub struct Agency {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Give an agency new keys and show them, once; those it had end.
    Add {
        /// Its short name: letters, digits and dashes.
        slug: String,
        /// Its name, as citizens know it.
        #[arg(long)]
        name: String,
        /// Its telephone for questions about dossiers.
        #[arg(long)]
        hotline: Option<String>,
        /// How its software names fields.
        #[arg(long, default_value = "national")]
        mapping: String,
    },
    /// The agencies whose keys work.
    List,
    /// End the keys of an agency.
    End {
        /// Its short name.
        slug: String,
    },
}

impl Agency {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(self.command.run(&config))
    }
}

impl Command {
    async fn run(self, config: &Config) -> anyhow::Result<()> {
        let store = open_store(config).await?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        match self {
            Self::Add { slug, name, hotline, mapping } => {
                let plain =
                    slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && (1..=40).contains(&slug.len());
                anyhow::ensure!(plain, "“{slug}” is no short name: at most 40 letters, digits and dashes");
                Mapping::named(&mapping, config.mappings.as_deref())?;
                let keys = key(config)?;
                let issued = Agencies { store, clock, keys }.issue(&slug, &name, hotline, &mapping).await?;
                println!("agency      {slug} ({name})");
                println!("bearer key  {}", issued.bearer.expose_secret());
                println!("signing key {}", issued.signing.expose_secret());
                println!("They are shown this once. The API is described at /api/v1/openapi.json.");
            }
            Self::List => {
                for agency in agency::all(&mut store.read().await?).await? {
                    println!("{}\t{}\t{}\t{}", agency.slug, agency.name, agency.hotline.unwrap_or_default(), agency.mapping);
                }
            }
            Self::End { slug } => {
                let mut tx = store.write().await?;
                let ended = agency::end(&mut tx, &slug, clock.now()).await?;
                tx.commit().await?;
                anyhow::ensure!(ended, "there is no agency “{slug}” whose keys work");
            }
        }
        Ok(())
    }
}

/// The key ring, which dossiers need.
pub(super) fn key(config: &Config) -> anyhow::Result<Keyring> {
    let key = config.key.as_ref().context("dossiers need a key: set MOTCUA_KEY (`motcua key` makes one), and keep it safe")?;
    Ok(Keyring::read(key)?)
}
