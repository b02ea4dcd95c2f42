//! Who asks for a page, and whether a form is really theirs.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use super::Console;
use super::layout::by_link;
use crate::channel::web::{is_foreign, page_lang};
use crate::domain::Lang;
use crate::domain::officer::{Officer, Right};
use crate::service::officers::Session;

/// The cookie of a session. With the prefix a browser takes it from this host over https only.
pub(super) const SESSION: [&str; 2] = ["console", "__Host-console"];
/// The cookie by which a browser is known that somebody signed in with.
pub(super) const KNOWN: [&str; 2] = ["console-known", "__Host-console-known"];
/// The header of what a page asks for by itself: it keeps no session open.
const LIVE: &str = "x-live";
/// The field that every form carries.
pub(super) const FORM_KEY: &str = "form_key";

/// The page that somebody gets instead of what they asked for.
pub struct Turned(Box<Response>);

impl From<Response> for Turned {
    fn from(page: Response) -> Self {
        Self(Box::new(page))
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// Somebody who is signed in.
pub struct Signed {
    /// Who.
    pub officer: Officer,
    /// What their forms carry.
    pub form_key: String,
    /// What their session is called in the database.
    pub session: String,
    /// How many changes to how they sign in they have not looked at.
    pub alerts: i64,
    /// The language of their pages.
    pub lang: Lang,
    /// They did something; a page that looks for news by itself did not.
    pub active: bool,
    /// The page that is shown.
    pub path: String,
    pub(super) console: Arc<Console>,
}

impl Signed {
    /// Goes on when they may do this there.
    ///
    /// # Errors
    /// The page that says that they may not.
    pub fn may(&self, right: Right, at: Option<&str>) -> Result<(), Turned> {
        if self.officer.may(right, at) { Ok(()) } else { Err(self.refused().into()) }
    }

    /// The same, at any place.
    ///
    /// # Errors
    /// The page that says that they may not.
    pub fn may_somewhere(&self, right: Right) -> Result<(), Turned> {
        if self.officer.places(right).is_nowhere() { Err(self.refused().into()) } else { Ok(()) }
    }

    /// The page to come back to.
    pub(super) fn page_path(&self) -> &str {
        page_of(&self.path)
    }

    /// The page that says that something is not theirs to see or do.
    pub fn refused(&self) -> Response {
        tracing::warn!(officer = self.officer.login, path = self.path, "refused: no right to this");
        self.forbidden(&self.word("console-refused"))
    }

    /// As a page says it, and as the script of a page that sent a form finds it.
    pub(super) fn forbidden(&self, words: &str) -> Response {
        (StatusCode::FORBIDDEN, self.page(words, maud::html! { p.problem role="alert" { (words) } })).into_response()
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.console.word(self.lang, key)
    }
}

impl FromRequestParts<Arc<Console>> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, console: &Arc<Console>) -> Result<Self, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        let active = !parts.headers.contains_key(LIVE) && parts.uri.path() != "/console/news";
        let session = match jar.get(console.cookie(SESSION)) {
            Some(cookie) => console.officers.session(cookie.value(), active).await.map_err(|error| broken(&error))?,
            None => None,
        };
        let Some(session) = session else { return Err(to_the_door(&parts.uri)) };
        let lang = page_lang(&jar, &parts.headers);
        let path = parts.uri.path().to_owned();
        let Session { officer, form_key, key, alerts } = session;
        Ok(Self { officer, form_key, session: key, alerts, lang, active, path, console: Arc::clone(console) })
    }
}

/// The page that a form stood on, by where it was sent: a form cannot be sent again by looking.
fn page_of(path: &str) -> &str {
    let page = ["/do", "/send", "/decide", "/here", "/add", "/change", "/reveal"].iter().find_map(|act| path.strip_suffix(act));
    match page.unwrap_or(path) {
        "/console/sign-out" | "/console/language" => "/console",
        "/console/knowledge/lesson" => "/console/knowledge",
        path => path,
    }
}

/// To sign in, and back here.
fn to_the_door(uri: &Uri) -> Response {
    let to: String = url::form_urlencoded::byte_serialize(page_of(uri.path()).as_bytes()).collect();
    Redirect::to(&format!("/console/sign-in?to={to}")).into_response()
}

/// A form of somebody who is signed in, with the session's key in it.
pub struct Posted<T>(pub Signed, pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Console>> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Arc<Console>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        if is_foreign(&parts.headers) {
            tracing::warn!(path = parts.uri.path(), "refused: a form of another site");
            return Err(StatusCode::FORBIDDEN.into_response());
        }
        let signed = Signed::from_request_parts(&mut parts, console).await;
        let lang = page_lang(&CookieJar::from_headers(&parts.headers), &parts.headers);
        let body = Bytes::from_request(Request::from_parts(parts, body), console).await.map_err(IntoResponse::into_response)?;
        let signed = signed.map_err(|refused| match unsent(console, lang, &body) {
            Some(typed) if refused.status().is_redirection() => {
                let back = refused.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("/console/sign-in");
                let door = maud::html! { p { a href=(back) target="_blank" rel="noopener" { (console.word(lang, "console-sign-in")) } } };
                let title = console.word(lang, "console-session-over");
                (StatusCode::UNAUTHORIZED, by_link(lang, &title, maud::html! { (typed) (door) })).into_response()
            }
            _ => refused,
        })?;
        let given = url::form_urlencoded::parse(&body).find(|(name, _)| name == FORM_KEY).map(|(_, key)| key.into_owned());
        if !bool::from(given.unwrap_or_default().as_bytes().ct_eq(signed.form_key.as_bytes())) {
            tracing::warn!(officer = signed.officer.login, path = signed.path, "refused: a form without its key");
            // Whoever signed in again has the page of before open.
            let words = signed.word("console-old-page");
            let page = signed.page(
                &words,
                maud::html! { p.problem role="alert" { (words) } @if let Some(typed) = unsent(console, lang, &body) { (typed) } },
            );
            return Err((StatusCode::FORBIDDEN, page).into_response());
        }
        match serde_urlencoded::from_bytes(&body) {
            Ok(form) => Ok(Self(signed, form)),
            Err(error) => Err((StatusCode::BAD_REQUEST, error.to_string()).into_response()),
        }
    }
}

/// What was typed into a form that is not taken, to be copied: nobody should have to write it again. Nothing short, and no secret.
fn unsent(console: &Console, lang: Lang, body: &[u8]) -> Option<maud::Markup> {
    const LONG: usize = 30;
    let secret = |name: &str| [FORM_KEY, "password", "old", "new", "code"].contains(&name);
    let fields = url::form_urlencoded::parse(body)
        .filter(|(name, value)| !secret(name) && value.chars().count() >= LONG && value.contains(' '));
    let fields: Vec<_> = fields.map(|(_, value)| value).collect();
    let words = console.word(lang, "console-unsent");
    (!fields.is_empty()).then(|| {
        maud::html! {
            p.problem role="alert" { (words) }
            @for value in &fields { textarea readonly rows="8" aria-label=(words) { (value) } }
        }
    })
}

/// Something that is not the officer's fault; the log knows what.
pub(super) fn broken(error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "console");
    (StatusCode::SERVICE_UNAVAILABLE, "Hệ thống đang bận. Bạn thử lại sau một phút. / Please try again in a minute.")
        .into_response()
}

impl Console {
    pub(super) fn cookie(&self, names: [&'static str; 2]) -> &'static str {
        names[usize::from(self.secure)]
    }

    pub(super) fn set_cookie(&self, names: [&'static str; 2], value: String, permanent: bool) -> Cookie<'static> {
        let cookie =
            Cookie::build((self.cookie(names), value)).path("/").http_only(true).same_site(SameSite::Lax).secure(self.secure);
        if permanent { cookie.permanent().build() } else { cookie.build() }
    }
}
