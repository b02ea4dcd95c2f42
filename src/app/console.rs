//! The officers' pages, and the invitation for the first of them.

use std::sync::Arc;

use axum::Router;
use tokio_util::sync::CancellationToken;

use super::banner::ELSEWHERE;
use super::ground::Ground;
use super::services::Sealed;
use crate::cli::officer_link;
use crate::config::Config;
use crate::console::{self, Console, Presence, ZaloLine};
use crate::media::{self, Eyes};
use crate::service::officers::Officers;
use crate::service::privacy::Privacy;
use crate::service::{History, ZaloTokens};

/// What the banner says of the console: where it is, and how the first administrator gets in.
///
/// # Errors
/// When the database fails.
pub(super) async fn describe(config: &Config, officers: Option<&Officers>) -> anyhow::Result<String> {
    // An invitation that nobody is shown would end the one that somebody was.
    if !config.role.serves() {
        return Ok(ELSEWHERE.to_owned());
    }
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

/// The routes, and those whose bodies are large.
pub(super) fn routes(
    ground: &Ground,
    sealed: Sealed,
    zalo: Option<Arc<ZaloTokens>>,
    stop: CancellationToken,
) -> (Router, Router) {
    let Sealed { keys, files, officers, handoff, trouble, broadcasts, editing, pusher, .. } = sealed;
    let (config, store) = (&ground.config, ground.store.clone());
    let files_of_officers = media::routes(store.clone(), files.clone());
    let console = Arc::new(Console {
        privacy: Privacy { store: store.clone(), clock: Arc::clone(&ground.clock), keys: Some(keys) },
        history: History { store },
        hours: ground.office.desk.clone(),
        library: Arc::clone(&ground.library),
        presence: Presence::default(),
        tries: Console::limit(),
        officers,
        pusher,
        files,
        handoff,
        wording: Arc::clone(&ground.wording),
        zalo: zalo.map(|tokens| ZaloLine { tokens, redirect: config.zalo.redirect(config.public_url.as_ref()) }),
        public_url: config.public_url.clone(),
        secure: ground.is_secure(),
        stop,
        trouble,
        eyes: Eyes::ours(),
        editing,
        broadcasts,
    });
    (console::routes(Arc::clone(&console)).merge(files_of_officers), console::uploads(console))
}
