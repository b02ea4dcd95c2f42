//! Guides as pages to read and to print: for a kiosk, a leaflet, a link in a message.
//!
//! **Invariants.** No page needs JavaScript, a cookie or a conversation; none shows anything but content. What stands on a
//! page is what the chat says of the guide, in the same words.

mod page;
mod qr;

use std::collections::BTreeMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use url::Url;

use crate::domain::switch::Switches;
use crate::domain::{Clock, Lang};
use crate::engine::{Office, World};
use crate::i18n::Wording;
use crate::knowledge::Library;

use self::page::Pages;

/// Nothing but our own style runs in these pages.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Longest search, in letters.
const LONGEST: usize = 200;

/// What the pages are made of.
pub struct Site {
    /// The guides.
    pub library: Arc<ArcSwap<Library>>,
    /// The words around them.
    pub wording: Arc<Wording>,
    /// Who serves them.
    pub office: Arc<Office>,
    /// What day it is.
    pub clock: Arc<dyn Clock>,
    /// What the office switched off.
    pub switches: Arc<ArcSwap<Switches>>,
    /// The public address, for the codes on paper; that of the request without it.
    pub public_url: Option<Url>,
}

/// The routes: `/guides`, `/guides/<slug>`, `/guides/<slug>/papers?<question>=<answer>…`.
pub fn routes(site: Arc<Site>) -> Router {
    Router::new()
        .route("/guides", get(list))
        .route("/guides/{slug}", get(guide))
        .route("/guides/{slug}/papers", get(papers))
        .route("/guides.css", get(style))
        .with_state(site)
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")],
        include_str!("guides.css"),
    )
}

#[derive(Deserialize)]
struct Asked {
    /// Language of the page.
    lang: Option<String>,
    /// What to look for.
    #[serde(default)]
    q: String,
}

impl Asked {
    fn lang(&self, headers: &HeaderMap) -> Lang {
        let accepted = || Lang::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
        self.lang.as_deref().and_then(Lang::from_tag).or_else(accepted).unwrap_or_default()
    }
}

impl Site {
    fn draw(&self, lang: Lang, draw: impl FnOnce(&Pages<'_>) -> Option<maud::Markup>) -> Response {
        let (library, switches) = (self.library.load(), self.switches.load());
        let world = World {
            library: &library,
            wording: &self.wording,
            office: &self.office,
            now: self.clock.now(),
            chance: self.clock.secret(),
            site: self.public_url.as_ref(),
            dossiers: false,
            can_tell: false,
            switches: &switches,
        };
        let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
        let pages = Pages { world: &world, lang };
        match draw(&pages) {
            Some(page) => (headers, page).into_response(),
            None => (StatusCode::NOT_FOUND, headers, pages.missing()).into_response(),
        }
    }

    /// Where a guide is opened in the chat: what a code on paper leads to.
    fn chat_address(&self, headers: &HeaderMap, slug: &str) -> Option<String> {
        let path = format!("open/{slug}");
        match &self.public_url {
            Some(url) => Some(url.join(&path).ok()?.into()),
            None => Some(format!("http://{}/{path}", headers.get(header::HOST)?.to_str().ok()?)),
        }
    }
}

async fn list(State(site): State<Arc<Site>>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let text: String = asked.q.trim().chars().take(LONGEST).collect();
    site.draw(asked.lang(&headers), |pages| Some(pages.list(&text)))
}

/// The papers that somebody needs who answers so; what else stands in the address means nothing.
async fn papers(
    State(site): State<Arc<Site>>,
    Path(slug): Path<String>,
    Query(answers): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let asked = Asked { lang: answers.get("lang").cloned(), q: String::new() };
    let address = site.chat_address(&headers, &slug);
    site.draw(asked.lang(&headers), |pages| {
        let guide = pages.world.library.by_slug(&slug)?;
        // What a guide says that is off is not said by its list of papers either.
        if pages.world.switches.guide(&slug).is_some() {
            Some(pages.guide(&guide, address.as_deref()))
        } else {
            pages.papers(&guide, &answers)
        }
    })
}

async fn guide(
    State(site): State<Arc<Site>>,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let address = site.chat_address(&headers, &slug);
    site.draw(asked.lang(&headers), |pages| {
        let guide = pages.world.library.by_slug(&slug)?;
        Some(pages.guide(&guide, address.as_deref()))
    })
}
