//! The officers' pages, and the invitation for the first of them.

use std::sync::Arc;

use axum::Router;
use tokio_util::sync::CancellationToken;

use crate::cli::officer_link;
use crate::config::Config;
use crate::console::{self, Console, Presence, ZaloLine};
use crate::domain::Clock;
use crate::i18n::Wording;
use crate::media::{self, Eyes, Files};
use crate::seal::Keyring;
use crate::service::broadcast::Broadcasts;
use crate::service::dossier::Pusher;
use crate::service::editing::Editing;
use crate::service::handoff::{Handoff, Trouble};
use crate::service::officers::Officers;
use crate::service::privacy::Privacy;
use crate::service::{History, ZaloTokens};
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

/// What the pages share with the rest of the house.
pub(super) struct Offices {
    pub officers: Officers,
    pub pusher: Pusher,
    pub files: Files,
    pub handoff: Handoff,
    pub wording: Arc<Wording>,
    pub stop: CancellationToken,
    pub zalo: Option<Arc<ZaloTokens>>,
    pub trouble: Trouble,
    pub editing: Editing,
    pub broadcasts: Broadcasts,
}

/// The routes, and those whose bodies are large.
pub(super) fn routes(config: &Config, offices: Offices) -> (Router, Router) {
    let Offices { officers, pusher, files, handoff, wording, stop, zalo, trouble, editing, broadcasts } = offices;
    let secure = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let public_url = config.public_url.clone();
    let files_of_officers = media::routes(handoff.store.clone(), files.clone());
    let privacy = Privacy { store: handoff.store.clone(), clock: Arc::clone(&handoff.clock), keys: Some(handoff.keys.clone()) };
    let console = Arc::new(Console {
        privacy,
        history: History { store: handoff.store.clone() },
        hours: handoff.office.desk.clone(),
        library: Arc::clone(&handoff.library),
        presence: Presence::default(),
        tries: Console::limit(),
        officers,
        pusher,
        files,
        handoff,
        wording,
        zalo: zalo.map(|tokens| ZaloLine { tokens, redirect: config.zalo.redirect(config.public_url.as_ref()) }),
        public_url,
        secure,
        stop,
        trouble,
        eyes: Eyes::ours(),
        editing,
        broadcasts,
    });
    (console::routes(Arc::clone(&console)).merge(files_of_officers), console::uploads(console))
}
