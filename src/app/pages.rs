//! Everything that is served over HTTP, as one router.

use std::sync::Arc;

use axum::Router;
use metrics_exporter_prometheus::PrometheusHandle;

use super::console;
use super::crew::Crew;
use super::desk::WebDesk;
use super::ground::Ground;
use super::lines::Lines;
use super::services::{Sealed, Services};
use crate::api;
use crate::channel::web::{self, Limits, Web};
use crate::channel::{Inbox, Spool};
use crate::http;
use crate::service::History;
use crate::site::{self, Site};

/// Starts to take updates on all lines, and builds the router: of a process that serves nothing, only what tells how it is.
pub(super) fn opened(
    ground: &Ground,
    lines: Lines,
    services: Services,
    inbox: &Arc<dyn Inbox>,
    metrics: Option<PrometheusHandle>,
    crew: &Crew,
) -> Router {
    let page = Arc::new(web_chat(ground, &lines, &services, inbox));
    let mut large = web::uploads(Arc::clone(&page));
    let mut parts = vec![web::routes(page), site::routes(Arc::new(guides(ground)))];
    if let Some(sealed) = services.sealed {
        large = large.merge(dossiers(ground, &sealed));
        let zalo = lines.zalo.as_ref().map(super::zalo::Line::tokens);
        let (pages, uploads) = console::routes(ground, sealed, zalo, crew.street.clone());
        parts.push(pages);
        large = large.merge(uploads);
    }
    let wording = || Arc::clone(&ground.wording);
    parts.extend(lines.zalo.map(|line| line.start(Arc::clone(inbox), wording(), crew)));
    parts.extend(lines.zalo_bot.and_then(|line| line.start(Arc::clone(inbox), crew)));
    parts.extend(lines.telegram.and_then(|line| line.start(Arc::clone(inbox), wording(), crew)));
    if !crew.role.serves() {
        (parts, large) = (Vec::new(), Router::new());
    }
    http::router(ground.store.clone(), metrics, parts, large, ground.is_secure())
}

fn web_chat(ground: &Ground, lines: &Lines, services: &Services, inbox: &Arc<dyn Inbox>) -> Web {
    let desk = WebDesk {
        history: History { store: ground.store.clone() },
        privacy: services.privacy.clone(),
        library: Arc::clone(&ground.library),
        wording: Arc::clone(&ground.wording),
        office: Arc::clone(&ground.office),
        clock: Arc::clone(&ground.clock),
    };
    Web {
        inbox: Arc::clone(inbox),
        desk: Arc::new(desk),
        hub: Arc::clone(&lines.hub),
        secure: ground.is_secure(),
        spool: ground.files.clone().map(|files| Arc::new(files) as Arc<dyn Spool>),
        limits: Limits::default(),
    }
}

fn guides(ground: &Ground) -> Site {
    Site {
        switches: Arc::clone(&ground.switches),
        library: Arc::clone(&ground.library),
        wording: Arc::clone(&ground.wording),
        office: Arc::clone(&ground.office),
        clock: Arc::clone(&ground.clock),
        public_url: ground.config.public_url.clone(),
    }
}

/// What one-stop software calls, and the letters that a link opens.
fn dossiers(ground: &Ground, sealed: &Sealed) -> Router {
    let config = &ground.config;
    let (agencies, intake, links) = (sealed.agencies.clone(), sealed.intake.clone(), sealed.follow_links.clone());
    let broadcasts = sealed.broadcasts.clone();
    let api = api::routes(agencies, intake, links, broadcasts, config.public_url.clone(), config.mappings.clone());
    api::letters::routes(sealed.letters.clone()).merge(api)
}
