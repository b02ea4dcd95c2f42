//! What commands share: the settings, the content they name, the database, and how an error is told.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use arc_swap::ArcSwap;

use crate::app::{SystemClock, open_store};
use crate::config::Config;
use crate::domain::Clock;
use crate::knowledge::{Library, Origin};
use crate::service::editing::live_editions;
use crate::store::Store;

/// Who did it, in the audit, where a command does not ask for a name.
pub(super) const CLERK: &str = "clerk";

/// Where the settings are.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SettingsArgs {
    /// Settings file instead of $MOTCUA_CONFIG, or ./motcua.toml.
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// SQLite file or postgres:// address instead of the one that is set.
    #[arg(long, global = true)]
    database: Option<String>,
}

impl SettingsArgs {
    /// Reads the settings.
    ///
    /// # Errors
    /// When they cannot be read, or a value makes no sense.
    pub fn load(&self) -> anyhow::Result<Config> {
        let named = || std::env::var_os("MOTCUA_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from);
        let mut config = Config::load(self.config.clone().or_else(named).as_deref())?;
        if let Some(database) = &self.database {
            config.database = database.clone().into();
            config.check()?;
        }
        Ok(config)
    }

    /// Does `work` with the settings and the database, which is closed afterwards.
    ///
    /// # Errors
    /// When the settings or the database cannot be used, and what `work` fails with.
    pub(super) fn with_store<T>(&self, work: impl AsyncFnOnce(&Config, &Store) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let config = self.load()?;
        // Hashing passwords and thinking block a thread: the database's own work goes on beside them.
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
            let store = open_store(&config).await?;
            let done = work(&config, &store).await;
            store.close().await;
            done
        })
    }
}

/// Where content is, for every command that reads it.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct KnowledgeArgs {
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
    /// A folder of guides to lay over the shipped ones, instead of those that are set; may be repeated.
    #[arg(long = "knowledge", value_name = "DIR", value_delimiter = ':')]
    folders: Vec<PathBuf>,
    /// Where indexes are kept, instead of where it is set.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
}

impl KnowledgeArgs {
    /// The settings, with what was given here.
    ///
    /// # Errors
    /// When they cannot be read, or a value makes no sense.
    pub(super) fn config(&self) -> anyhow::Result<Config> {
        let mut config = self.settings.load()?;
        if !self.folders.is_empty() {
            config.knowledge.clone_from(&self.folders);
        }
        if let Some(index) = &self.index {
            config.index.clone_from(index);
        }
        Ok(config)
    }

    /// Loads the library, its index from disk where it is already built.
    ///
    /// # Errors
    /// When the settings or the content are broken, or a folder cannot be used.
    pub(super) fn load(&self) -> anyhow::Result<Library> {
        library(&self.config()?)
    }
}

/// The library of shipped guides and of the folders that are set.
///
/// # Errors
/// When the content is broken or a folder cannot be used.
pub(super) fn library(config: &Config) -> anyhow::Result<Library> {
    std::fs::create_dir_all(&config.index).with_context(|| format!("cannot make the index folder {}", config.index.display()))?;
    Ok(Library::load(&Origin::layers(&config.knowledge), Some(&config.index))?)
}

/// The same with what officers wrote in the console, as it is served, for services: without that where it cannot be read, as the
/// program does.
///
/// # Errors
/// When the content is broken or the database fails.
pub(super) async fn served(config: &Config, store: &Store) -> anyhow::Result<Arc<ArcSwap<Library>>> {
    let edited = live_editions(store, SystemClock.now()).await?;
    let layers: Vec<Origin> = Origin::layers(&config.knowledge).into_iter().chain([Origin::Edited(edited)]).collect();
    let library = Library::load(&layers, Some(&config.index)).or_else(|error| {
        eprintln!("what was edited in the console cannot be read; going on without it: {error}");
        library(config)
    })?;
    Ok(Arc::new(ArcSwap::from_pointee(library)))
}

/// An error and its causes in one line; those that were told already, since some libraries tell their own, are left out.
pub fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| match said {
        said if said.is_empty() => cause,
        said if said.contains(&cause) => said,
        said => format!("{said}: {cause}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("refused").context("no connection: refused").context("cannot open the database");
        assert_eq!(told(&error), "cannot open the database: no connection: refused");
    }
}
