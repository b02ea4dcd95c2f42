//! `motcua agency`: whose software may talk to us.

use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;

use crate::app::{SystemClock, open_store};
use crate::config::Config;
use crate::domain::{Clock, DossierCode};
use crate::seal::Keyring;
use crate::service::agency::Agencies;
use crate::service::dossier::mapping::Mapping;
use crate::store::agency::{self, Agency as Stored};

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
        /// How the codes of its dossiers begin, as `H44.101`: nobody else tells of such. May be given several times.
        #[arg(long)]
        prefix: Vec<String>,
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
            Self::Add { slug, name, hotline, mapping, prefix } => {
                let plain =
                    slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && (1..=40).contains(&slug.len());
                anyhow::ensure!(plain, "“{slug}” is no short name: at most 40 letters, digits and dashes");
                Mapping::named(&mapping, config.mappings.as_deref())?;
                let keys = key(config)?;
                if let Some(bad) = prefix.iter().find(|prefix| !DossierCode::is_prefix(prefix)) {
                    anyhow::bail!("“{bad}” is no beginning of a code: letters, digits and dots, as H44.101");
                }
                let agencies = Agencies { store, clock, keys };
                let issued = agencies.issue_for(&slug, &name, hotline, &mapping, prefix).await?;
                println!("agency      {slug} ({name})");
                println!("bearer key  {}", issued.bearer.expose_secret());
                println!("signing key {}", issued.signing.expose_secret());
                println!("They are shown this once. The API is described at /api/v1/openapi.json.");
            }
            Self::List => {
                for agency in agency::all(&mut store.read().await?).await? {
                    let Stored { slug, name, hotline, mapping, prefixes, .. } = agency;
                    println!("{slug}\t{name}\t{}\t{mapping}\t{prefixes}", hotline.unwrap_or_default());
                }
            }
            Self::End { slug } => {
                let mut tx = store.write().await?;
                let ended = agency::end(&mut tx, &slug, clock.now()).await?;
                tx.commit().await?;
                anyhow::ensure!(ended, "there is no agency “{slug}” whose keys work");
                println!("The keys of {slug} work no more.");
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
