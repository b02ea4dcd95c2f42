//! The routes of the web chat.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Form, Path, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::page::Frame;
use super::{Desk, Hub, Limits, events};
use crate::channel::{Inbox, InboxError, Received, Spool};
use crate::domain::{Address, ChannelName, ChoiceId, Lang, ResumeCode, Said};

/// The cookie that is the key to the conversation.
const SESSION: &str = "motcua";
/// The cookie that remembers the language of the page.
const LANGUAGE: &str = "lang";
/// Longest question, in letters; the page's own field stops there too.
const LONGEST: usize = 2000;
/// How long a browser without JavaScript waits for its answer before it gets the page without it.
const PATIENCE: Duration = Duration::from_secs(4);

/// How often such a browser's answer is looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// Everything of this page is our own; nothing else may run in it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the routes share.
pub struct Web {
    /// Where questions go.
    pub inbox: Arc<dyn Inbox>,
    /// Where the page reads.
    pub desk: Arc<dyn Desk>,
    /// Open pages.
    pub hub: Arc<Hub>,
    /// Whether the public address is https: then cookies are for https only.
    pub secure: bool,
    /// Where photos and files go that are sent; none are taken without.
    pub spool: Option<Arc<dyn Spool>>,
    /// How much browsers may ask.
    pub limits: Limits,
}

/// The routes.
pub fn routes(web: Arc<Web>) -> Router {
    Router::new()
        .route("/", get(show))
        .route("/say", post(say))
        .route("/open/{slug}", get(open))
        .route("/language", post(language))
        .route("/forget", post(forget))
        .route("/events", get(events::stream))
        .route("/chat.css", get(|| file("text/css; charset=utf-8", include_str!("chat.css"))))
        .route("/chat.js", get(|| file("text/javascript; charset=utf-8", include_str!("chat.js"))))
        .layer(middleware::from_fn(only_from_our_pages))
        .with_state(web)
}

/// Refuses forms that another site sends: they carry no cookie of ours (`SameSite`), and the new one that they would get
/// would take the place of the citizen's.
pub(super) async fn only_from_our_pages(request: Request, next: Next) -> Response {
    if request.method() == Method::POST && is_foreign(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// Whether another site sent this: new browsers say so, older ones name where it came from.
pub fn is_foreign(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split("://").nth(1) != header("host"),
        (None, None) => false,
    }
}

async fn file(kind: &'static str, body: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")], body)
}

/// The conversation of a cookie. The store gets a hash: whoever reads the database cannot take a conversation over.
pub(super) fn address(jar: &CookieJar) -> Option<Address> {
    let secret = jar.get(SESSION).map(Cookie::value).filter(|value| value.len() >= 32)?;
    let hash = Sha256::digest(secret);
    Some(Address::new(ChannelName::Web, hex::encode(&hash[..16])))
}

/// The language of the page: chosen, or that of the browser, or Vietnamese.
pub fn page_lang(jar: &CookieJar, headers: &HeaderMap) -> Lang {
    let chosen = jar.get(LANGUAGE).and_then(|cookie| Lang::from_tag(cookie.value()));
    let accepted = || Lang::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
    chosen.or_else(accepted).unwrap_or_default()
}

impl Web {
    fn cookie(&self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(self.secure).permanent().build()
    }

    /// The address of the cookie, and a new cookie for those who have none.
    pub(super) fn session(&self, jar: CookieJar) -> (CookieJar, Address) {
        if let Some(address) = address(&jar) {
            return (jar, address);
        }
        let jar = jar.add(self.cookie(SESSION, self.desk.secret()));
        let address = address(&jar).unwrap_or_else(|| unreachable!("secrets are long enough"));
        (jar, address)
    }

    pub(super) fn frame(&self, lang: Lang, begun: bool) -> Frame<'_> {
        Frame { desk: self.desk.as_ref(), lang, key: self.desk.secret(), begun }
    }

    /// Waits for the answer, for browsers that cannot be told of it later.
    pub(super) async fn answered(&self, address: &Address, news: &mut Receiver<()>) {
        let answered = async {
            while self.desk.is_waiting(address).await.unwrap_or(false) {
                // Another process may answer, whose pings do not reach us.
                if let Ok(Err(RecvError::Closed)) = tokio::time::timeout(LOOK_AGAIN, news.recv()).await {
                    break;
                }
            }
        };
        // Nor is no room to wait.
        let Some(_room) = self.limits.wait() else { return };
        // Too late is no error: the answer is on the page at its next load.
        let _ = tokio::time::timeout(PATIENCE, answered).await;
    }

    pub(super) async fn accept(&self, from: &Address, key: &str, said: Said, lang: Lang) -> Result<(), InboxError> {
        let what = format!("{said:?}");
        self.accept_once(from, key, what.as_bytes(), said, lang).await
    }

    /// The same; `what` tells a repeat from another thing said with the same key.
    pub(super) async fn accept_once(
        &self,
        from: &Address,
        key: &str,
        what: &[u8],
        said: Said,
        lang: Lang,
    ) -> Result<(), InboxError> {
        // What was said belongs to the key: without scripts all forms of a page have the same one, and a second button is
        // another question.
        let plain: String = key.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(64).collect();
        let what = Sha256::digest(what);
        let external_id = format!("{}.{plain}.{:02x}{:02x}{:02x}{:02x}", from.peer, what[0], what[1], what[2], what[3]);
        self.inbox.accept(Received { external_id, from: from.clone(), said, lang_hint: Some(lang), raw: None }).await?;
        self.hub.ping(&from.peer);
        Ok(())
    }
}

/// More was said than anybody can read.
fn too_often(web: &Web, lang: Lang) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")], web.desk.wording(lang, "page-too-often")).into_response()
}

/// The database is away; the browser may try again.
pub(super) fn broken(web: &Web, lang: Lang, error: &InboxError) -> Response {
    tracing::error!(%error, "web chat");
    (StatusCode::SERVICE_UNAVAILABLE, web.desk.wording(lang, "page-broken")).into_response()
}

#[derive(Deserialize)]
struct ShowQuery {
    receipt: Option<String>,
}

async fn show(State(web): State<Arc<Web>>, jar: CookieJar, headers: HeaderMap, Query(query): Query<ShowQuery>) -> Response {
    let lang = page_lang(&jar, &headers);
    let (jar, address) = web.session(jar);
    match web.desk.history(&address).await {
        Ok(entries) => {
            let page =
                web.frame(lang, !entries.is_empty()).page(&entries, query.receipt.as_deref().and_then(ResumeCode::read).as_ref());
            let headers = [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::REFERRER_POLICY, "no-referrer"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (jar, headers, page).into_response()
        }
        Err(error) => broken(&web, lang, &error),
    }
}

/// The code on a leaflet: the chat, with that guide. Following a link twice opens it twice, as pressing a button does.
async fn open(State(web): State<Arc<Web>>, jar: CookieJar, headers: HeaderMap, Path(slug): Path<String>) -> Response {
    let lang = page_lang(&jar, &headers);
    if !web.limits.may_say(&jar) {
        return too_often(&web, lang);
    }
    let (jar, address) = web.session(jar);
    let mut news = web.hub.listen(&address.peer);
    let slug: String = slug.chars().filter(|letter| !letter.is_control()).take(ChoiceId::MAX_BYTES).collect();
    let said = Said::Joined(Some(slug));
    if let Err(error) = web.accept(&address, &web.desk.secret(), said, lang).await {
        return broken(&web, lang, &error);
    }
    web.answered(&address, &mut news).await;
    (jar, Redirect::to("/#q")).into_response()
}

#[derive(Deserialize)]
struct SayForm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    choice: Option<String>,
    /// Sent by the page's script, which needs no page back.
    #[serde(default)]
    live: Option<String>,
}

async fn say(State(web): State<Arc<Web>>, jar: CookieJar, headers: HeaderMap, Form(form): Form<SayForm>) -> Response {
    let lang = page_lang(&jar, &headers);
    if !web.limits.may_say(&jar) {
        return too_often(&web, lang);
    }
    let (jar, address) = web.session(jar);
    let said = match &form.choice {
        Some(choice) => Said::Chose(ChoiceId::from_wire(choice)),
        None if form.text.trim().is_empty() => return (jar, Redirect::to("/")).into_response(),
        None if form.text.chars().count() > LONGEST => {
            return (StatusCode::PAYLOAD_TOO_LARGE, web.desk.wording(lang, "page-too-long")).into_response();
        }
        None => Said::Text(form.text.trim().replace(char::is_control, " ")),
    };
    let mut news = web.hub.listen(&address.peer);
    let key = if form.key.is_empty() { web.desk.secret() } else { form.key };
    if let Err(error) = web.accept(&address, &key, said, lang).await {
        return broken(&web, lang, &error);
    }
    if form.live.is_some() {
        return (jar, StatusCode::NO_CONTENT).into_response();
    }
    web.answered(&address, &mut news).await;
    (jar, Redirect::to("/#q")).into_response()
}

#[derive(Deserialize)]
struct LanguageForm {
    to: String,
}

async fn language(State(web): State<Arc<Web>>, jar: CookieJar, Form(form): Form<LanguageForm>) -> Response {
    let Some(lang) = Lang::from_tag(&form.to) else { return Redirect::to("/").into_response() };
    let begun = match address(&jar) {
        Some(address) => web.desk.history(&address).await.is_ok_and(|entries| !entries.is_empty()).then_some(address),
        None => None,
    };
    if let Some(address) = begun {
        let key = web.desk.secret();
        if let Err(error) = web.accept(&address, &key, Said::Chose(ChoiceId::new(format!("lang/{lang}"))), lang).await {
            return broken(&web, lang, &error);
        }
    }
    (jar.add(web.cookie(LANGUAGE, lang.to_string())), Redirect::to("/")).into_response()
}

async fn forget(State(web): State<Arc<Web>>, jar: CookieJar, headers: HeaderMap) -> Response {
    if !web.limits.may_say(&jar) {
        return too_often(&web, page_lang(&jar, &headers));
    }
    let receipt = match address(&jar) {
        Some(address) => match web.desk.forget(&address).await {
            Ok(Some(receipt)) => format!("/?receipt={receipt}"),
            Ok(None) => "/".to_owned(),
            Err(error) => return broken(&web, page_lang(&jar, &headers), &error),
        },
        None => "/".to_owned(),
    };
    let gone = Cookie::build(SESSION).path("/").build();
    (jar.remove(gone), Redirect::to(&receipt)).into_response()
}
