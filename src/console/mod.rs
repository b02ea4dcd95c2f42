//! The officers' pages: drawn by the server, complete without JavaScript, live with it.
//!
//! **Invariants.** Every page asks who it is ([`Signed`]) and what they may do ([`Signed::may`]), but for the door and what a
//! citizen opens by a secret link (what was said with officers, what is kept of them); every form carries the session's own key ([`Posted`]), and none
//! from another site is taken. Nothing of other sites runs in a page. What an officer opens of a citizen's is noted before it is
//! shown.

mod audit;
mod broadcasts;
mod canned;
mod channels;
mod deeds;
mod door;
mod dossiers;
mod figures;
mod files;
mod inbox;
mod knowledge;
mod layout;
mod me;
mod message;
mod mydata;
mod news;
mod papers;
mod people;
mod requests;
mod signed;
mod switches;
mod ticket;
mod transcript;

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio_util::sync::CancellationToken;
use tower_http::set_header::SetResponseHeaderLayer;
use url::Url;

use crate::domain::{Lang, OfficeHours, Timestamp};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::media::{Eyes, Files};
use crate::service::History;
use crate::service::broadcast::Broadcasts;
use crate::service::dossier::Pusher;
use crate::service::editing::Editing;
use crate::service::handoff::{Handoff, Trouble};
use crate::service::officers::Officers;
use crate::service::privacy::Privacy;

pub use channels::ZaloLine;
pub use files::uploads;
pub use news::Presence;
pub use signed::{Posted, Signed};

/// Everything of these pages is our own.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Tries to sign in or to take an invitation, a minute, of all together: each costs a password's hash.
const TRIES: std::num::NonZeroU32 = std::num::NonZeroU32::new(60).unwrap();

/// What the pages need.
pub struct Console {
    /// Who works here.
    pub officers: Officers,
    /// Papers of dossiers, and telling citizens of them.
    pub pusher: Pusher,
    /// Where papers are kept.
    pub files: Files,
    /// Conversations with staff.
    pub handoff: Handoff,
    /// What was said in them.
    pub history: History,
    /// When the desk is staffed, and on which days.
    pub hours: Option<OfficeHours>,
    /// What the bot knows: guides, and the calendar.
    pub library: Arc<ArcSwap<Library>>,
    /// Who looks at what.
    pub presence: Presence,
    /// The line to a Zalo Official Account.
    pub zalo: Option<ZaloLine>,
    /// What the pages say.
    pub wording: Arc<Wording>,
    /// The public address, for links that are given away.
    pub public_url: Option<Url>,
    /// Whether the public address is https: then cookies are for https only.
    pub secure: bool,
    /// The program stops: open lines end.
    pub stop: CancellationToken,
    /// How often anybody may try to sign in.
    pub tries: DefaultDirectRateLimiter,
    /// Where files are looked at.
    pub eyes: Eyes,
    /// Work on content.
    pub editing: Editing,
    /// Work on announcements.
    pub broadcasts: Broadcasts,
    /// What is kept of citizens.
    pub privacy: Privacy,
    /// What is wrong with the hotline's group.
    pub trouble: Trouble,
}

impl Console {
    /// The limit of tries to sign in.
    pub fn limit() -> DefaultDirectRateLimiter {
        RateLimiter::direct(Quota::per_minute(TRIES))
    }

    /// Seconds between two moments in which the desk was staffed; all of them where it has no hours.
    fn worked(&self, from: Timestamp, to: Timestamp) -> u64 {
        let library = self.library.load();
        self.hours.as_ref().map_or_else(|| from.until(to), |hours| hours.worked(library.calendar(), from, to)).as_secs()
    }

    fn word(&self, lang: Lang, key: &str) -> String {
        self.wording.get(lang, key)
    }
}

/// The routes.
pub fn routes(console: Arc<Console>) -> Router {
    let fixed = |name: HeaderName, value: &'static str| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    let pages = Router::new().merge(door::routes()).merge(people::routes()).merge(audit::routes()).merge(papers::routes());
    let pages = pages
        .merge(inbox::routes())
        .merge(ticket::routes())
        .merge(news::routes())
        .merge(knowledge::routes())
        .merge(canned::routes())
        .merge(transcript::routes())
        .merge(mydata::routes())
        .merge(requests::routes())
        .merge(switches::routes())
        .merge(figures::routes())
        .merge(files::routes())
        .merge(broadcasts::routes())
        .merge(me::routes());
    let pages = pages.merge(dossiers::routes()).merge(channels::routes());
    let pages = pages
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)))
        .layer(SetResponseHeaderLayer::if_not_present(header::REFERRER_POLICY, HeaderValue::from_static("same-origin")))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::X_FRAME_OPTIONS, "DENY"));
    Router::new()
        .merge(pages)
        .route("/console/console.css", get(|| file("text/css; charset=utf-8", include_str!("console.css"))))
        .route("/console/console.js", get(|| file("text/javascript; charset=utf-8", include_str!("console.js"))))
        .with_state(console)
}

async fn file(kind: &'static str, body: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")], body)
}
