//! Opening the database as the settings say.

use std::path::PathBuf;

use anyhow::Context;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::SystemClock;
use crate::config::Config;
use crate::domain::Clock;
use crate::seal::Keyring;
use crate::store::Store;

/// Opens the database; what says something about a person is sealed there when `MOTCUA_KEY` is set.
///
/// # Errors
/// When it cannot be reached, its schema is not ours, or it needs a key that is not there.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let keys = config.key.as_ref().map(Keyring::read).transpose()?;
    let store = Store::open(config.database.expose_secret())
        .await
        .with_context(|| format!("cannot open the database {} (set MOTCUA_DATABASE)", database_name(config)))?;
    Ok(store.sealed(keys.as_ref(), SystemClock.now()).await?)
}

/// Opens a database that is there for a look, and changes nothing about it.
///
/// # Errors
/// When it is not there, cannot be reached, is of another version, or needs a key that is not there.
pub async fn look_into(config: &Config) -> anyhow::Result<Store> {
    let keys = config.key.as_ref().map(Keyring::read).transpose()?;
    let store = Store::open_there(config.database.expose_secret())
        .await
        .with_context(|| format!("cannot open the database {} (set MOTCUA_DATABASE)", database_name(config)))?;
    Ok(store.opened(keys.as_ref()).await?)
}

/// The database without anything that may be secret: a file's name, or the host and name of a server.
pub(super) fn database_name(config: &Config) -> String {
    let database = config.database.expose_secret();
    match database.split_once("://") {
        None => database.to_owned(),
        Some((scheme, _)) => match url::Url::parse(database) {
            Ok(url) => {
                let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
                format!("{scheme}://{}{port}{}", url.host_str().unwrap_or_default(), url.path())
            }
            Err(_) => format!("{scheme}://…"),
        },
    }
}

/// A file that belongs to the database of these settings: beside it, or, where it is on a server, in the folder of the index under a name
/// of its own.
pub(super) fn beside(config: &Config, name: &str) -> PathBuf {
    let database = config.database.expose_secret();
    if database.contains("://") {
        let of = hex::encode(&Sha256::digest(database)[..6]);
        return config.index.join(format!("{name}-{of}.journal"));
    }
    PathBuf::from(format!("{database}.{name}"))
}
