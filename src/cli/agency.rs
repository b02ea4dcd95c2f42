//! `motcua agency`: whose software may talk to us.

use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;

use super::CLERK;
use crate::app::SystemClock;
use crate::config::Config;
use crate::seal::Keyring;
use crate::service::agency::{Agencies, NewAgency};
use crate::service::dossier::mapping::Mapping;
use crate::store::Store;
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
        self.settings.with_store(async |config, store| self.command.run(config, store).await)
    }
}

impl Command {
    async fn run(self, config: &Config, store: &Store) -> anyhow::Result<()> {
        let agencies = || anyhow::Ok(Agencies { store: store.clone(), clock: Arc::new(SystemClock), keys: key(config)? });
        match self {
            Self::Add { slug, name, hotline, mapping, prefix } => {
                Mapping::named(&mapping, config.mappings.as_deref())?;
                let agency =
                    NewAgency { slug: &slug, name: &name, hotline: hotline.as_deref(), mapping: &mapping, prefixes: prefix };
                let issued = agencies()?.issue(agency, CLERK).await?;
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
                anyhow::ensure!(agencies()?.end(&slug, CLERK).await?, "there is no agency “{slug}” whose keys work");
                println!("The keys of {slug} work no more.");
            }
        }
        Ok(())
    }
}

/// The key ring, which everything needs that says something about a person.
pub(super) fn key(config: &Config) -> anyhow::Result<Keyring> {
    let key = config.key.as_ref().context("this needs the key: set MOTCUA_KEY (`motcua key` makes one), and keep it safe")?;
    Ok(Keyring::read(key)?)
}
