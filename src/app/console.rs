//! The officers' pages, and the invitation for the first of them.

use std::sync::Arc;

use axum::Router;

use crate::cli::officer_link;
use crate::config::Config;
use crate::console::{self, Console};
use crate::domain::Clock;
use crate::i18n::Wording;
use crate::media::Files;
use crate::seal::Keyring;
use crate::service::dossier::Pusher;
use crate::service::officers::Officers;
use crate::store::Store;

/// Who may work at the console.
pub(super) fn officers(store: &Store, clock: &Arc<dyn Clock>, keys: &Keyring) -> Officers {
    Officers::new(store.clone(), Arc::clone(clock), keys.clone())
}

/// What the banner says of the console: where it is, and how the first administrator gets in.
///
/// # Errors
/// When the database fails.
pub(super) async fn describe(config: &Config, officers: Option<&Officers>) -> anyhow::Result<String> {
    let Some(officers) = officers else {
        return Ok("off  set MOTCUA_KEY (`motcua key` makes one): dossiers, photos and the console need it".to_owned());
    };
    let base = config.public_url.as_ref().map_or_else(|| format!("http://{}/", config.listen), ToString::to_string);
    Ok(match officers.first().await? {
        Some(token) => format!(
            "on   the first administrator (login: admin) begins here, once:\n             {}",
            officer_link(config, &token)
        ),
        None => format!("on   {base}console"),
    })
}

/// The routes.
pub(super) fn routes(config: &Config, officers: Officers, pusher: Pusher, files: Files, wording: Arc<Wording>) -> Router {
    let secure = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let public_url = config.public_url.clone();
    console::routes(Arc::new(Console { officers, pusher, files, wording, public_url, secure, tries: Console::limit() }))
}
