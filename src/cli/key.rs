//! `motcua key`: a new key for what is sealed at rest, and sealing everything anew with it.

use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;

use super::SettingsArgs;
use crate::app::SystemClock;
use crate::config::Config;
use crate::media::Files;
use crate::seal::Keyring;
use crate::store::Store;
use crate::store::sealed::SEALED;

/// Make a new key for MOTCUA_KEY; seal everything with a new one.
#[derive(Debug, clap::Args)]
pub struct Key {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Seal everything in the database and the folder of files with the first key of MOTCUA_KEY. The program may run meanwhile,
    /// with the same keys.
    Rotate {
        #[command(flatten)]
        settings: SettingsArgs,
    },
}

impl Key {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self.command {
            None => {
                let key = Keyring::fresh();
                println!("{}", key.expose_secret());
                let named = Keyring::read(&key)?.names().first().copied().unwrap_or_default().to_owned();
                eprintln!("This is the key {named}: errors call it so. Write the name beside it where you keep it.");
            }
            Some(Command::Rotate { settings }) => {
                settings.with_store(rotate)?;
            }
        }
        Ok(())
    }
}

async fn rotate(config: &Config, store: &Store) -> anyhow::Result<()> {
    let key = config.key.as_ref().context("MOTCUA_KEY is not set: there is nothing to seal with")?;
    let keys = Keyring::read(key)?;
    let mut all = 0;
    for column in SEALED {
        let done = store.seal_anew(column).await.with_context(|| format!("sealing {} (run this again to go on)", column.name))?;
        all += done;
        println!("{:24} {done}", column.name);
    }
    let files = Files::new(config.files.clone(), keys.clone(), Arc::new(SystemClock));
    let done = files.seal_anew().await.context("sealing files (run this again to go on)")?;
    println!("{:24} {done}", "files");
    store.needs_newest_only().await?;
    println!("{all} values and {done} files are now sealed with the key {}.", keys.names().first().copied().unwrap_or_default());
    println!(
        "Keep the older keys behind it in MOTCUA_KEY for two years: entries of the audit, the digits that prove whose a dossier"
    );
    println!("is, and officers' recovery codes are hashed with them, which cannot be done anew.");
    Ok(())
}
