//! Coming in and going out: invitations, signing in, signing out.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;

use super::layout::bare;
use super::signed::{KNOWN, SESSION, broken};
use super::{Console, Posted, Signed};
use crate::channel::web::{is_foreign, page_lang};
use crate::domain::Lang;
use crate::service::officers::{Enrolment, OfficerError};

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console", get(home))
        .route("/console/sign-in", get(show).post(sign_in))
        .route("/console/join", get(invited).post(join))
        .route("/console/sign-out", post(sign_out))
        .route("/console/language", post(language))
}

/// The first part that they may see.
async fn home(signed: Signed) -> Response {
    match signed.sections().first() {
        Some((path, _)) => Redirect::to(path).into_response(),
        None => {
            signed.page(&signed.word("console-nothing"), html! { p { (signed.word("console-nothing-yet")) } }).into_response()
        }
    }
}

#[derive(Deserialize)]
struct To {
    #[serde(default)]
    to: String,
}

impl To {
    /// A page of the console, never of another site.
    fn path(&self) -> &str {
        let inside = self.to.starts_with("/console") && self.to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if inside { &self.to } else { "/console" }
    }
}

async fn show(State(console): State<Arc<Console>>, jar: CookieJar, headers: HeaderMap, Query(to): Query<To>) -> Markup {
    door(&console, page_lang(&jar, &headers), &to, "", None)
}

fn door(console: &Console, lang: Lang, to: &To, login: &str, problem: Option<&str>) -> Markup {
    let word = |key: &str| console.word(lang, key);
    bare(
        console,
        lang,
        &word("console-sign-in"),
        html! {
            @if let Some(problem) = problem { p.problem role="alert" { (word(problem)) } }
            form.stack method="post" action="/console/sign-in" {
                input type="hidden" name="to" value=(to.path());
                label { (word("console-login"))
                    input name="login" required autofocus[login.is_empty()] autocomplete="username" autocapitalize="none" value=(login); }
                label { (word("console-password"))
                    input type="password" name="password" required maxlength="128" autocomplete="current-password"; }
                label { (word("console-code"))
                    input name="code" required maxlength="20" autocomplete="one-time-code"; }
                p.hint { (word("console-code-hint")) }
                button { (word("console-sign-in")) }
            }
        },
    )
}

#[derive(Deserialize)]
struct SignIn {
    #[serde(default)]
    to: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

async fn sign_in(State(console): State<Arc<Console>>, jar: CookieJar, headers: HeaderMap, Form(form): Form<SignIn>) -> Response {
    let lang = page_lang(&jar, &headers);
    let to = To { to: form.to };
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let known = jar.get(console.cookie(KNOWN)).map(|cookie| cookie.value().to_owned());
    // A flood of strangers does not keep out a browser that signed in before.
    let ours = known.as_deref().is_some_and(|known| console.officers.is_known(known, &form.login.trim().to_lowercase()));
    if !ours && console.tries.check().is_err() {
        let page = door(&console, lang, &to, &form.login, Some("console-busy"));
        return (StatusCode::TOO_MANY_REQUESTS, page).into_response();
    }
    match console.officers.sign_in(&form.login, &form.password, &form.code, known.as_deref()).await {
        Ok(signed) => {
            let jar = jar.add(console.set_cookie(SESSION, signed.session, false));
            (jar.add(console.set_cookie(KNOWN, signed.known, true)), Redirect::to(to.path())).into_response()
        }
        Err(OfficerError::TooMany) => {
            (StatusCode::TOO_MANY_REQUESTS, door(&console, lang, &to, &form.login, Some("console-too-many"))).into_response()
        }
        Err(OfficerError::Store(error)) => broken(&error),
        Err(_) => (StatusCode::UNAUTHORIZED, door(&console, lang, &to, &form.login, Some("console-denied"))).into_response(),
    }
}

async fn sign_out(State(console): State<Arc<Console>>, jar: CookieJar, Posted(..): Posted<To>) -> Response {
    if let Some(cookie) = jar.get(console.cookie(SESSION))
        && let Err(error) = console.officers.sign_out(cookie.value()).await
    {
        return broken(&error);
    }
    let gone = Cookie::build(console.cookie(SESSION)).path("/").secure(console.secure).build();
    (jar.remove(gone), Redirect::to("/console/sign-in")).into_response()
}

/// A language, and the page to read in it.
#[derive(Deserialize)]
struct Language {
    to: String,
    #[serde(default)]
    back: String,
}

async fn language(State(console): State<Arc<Console>>, jar: CookieJar, Posted(_, form): Posted<Language>) -> Response {
    let back = To { to: form.back };
    let Some(lang) = Lang::from_tag(&form.to) else { return Redirect::to(back.path()).into_response() };
    let cookie = Cookie::build(("lang", lang.to_string())).path("/").http_only(true).same_site(SameSite::Lax);
    (jar.add(cookie.secure(console.secure).permanent().build()), Redirect::to(back.path())).into_response()
}

#[derive(Deserialize)]
struct Join {
    #[serde(default)]
    token: String,
    #[serde(default)]
    sealed: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

async fn invited(State(console): State<Arc<Console>>, jar: CookieJar, headers: HeaderMap, Query(form): Query<Join>) -> Response {
    let lang = page_lang(&jar, &headers);
    match console.officers.enrolment(&form.token).await {
        Ok(enrolment) => enrol(&console, lang, &form.token, &enrolment, None).into_response(),
        Err(OfficerError::Store(error)) => broken(&error),
        Err(_) => over(&console, lang),
    }
}

fn over(console: &Console, lang: Lang) -> Response {
    let title = console.word(lang, "console-join");
    (StatusCode::GONE, bare(console, lang, &title, html! { p.problem { (console.word(lang, "console-not-invited")) } }))
        .into_response()
}

/// The page of an invitation: a code to scan, a password to choose, and proof that the scan worked.
fn enrol(console: &Console, lang: Lang, token: &str, enrolment: &Enrolment, problem: Option<&str>) -> Markup {
    let word = |key: &str| console.word(lang, key);
    let drawn = QrCode::new(&enrolment.url).map(|code| code.render::<svg::Color<'_>>().min_dimensions(200, 200).build());
    let drawn = drawn.unwrap_or_default();
    let picture = drawn.find("<svg").map_or("", |at| &drawn[at..]);
    let secret: Vec<String> =
        enrolment.secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    bare(
        console,
        lang,
        &word("console-join"),
        html! {
            @if let Some(problem) = problem { p.problem role="alert" { (word(problem)) } }
            p { (console.wording.with(lang, "console-join-who", [("login", enrolment.officer.login.clone().into())])) }
            form.stack method="post" action="/console/join" {
                input type="hidden" name="token" value=(token);
            input type="hidden" name="sealed" value=(enrolment.sealed);
                input type="hidden" name="login" autocomplete="username" value=(enrolment.officer.login);
                h2 { (word("console-join-app")) }
                p { (word("console-join-scan")) }
                div.qr role="img" aria-label=(word("console-join-picture")) { (PreEscaped(picture)) }
                p.hint { (word("console-join-type")) " " code { (secret.join(" ")) } }
                label { (word("console-code-first"))
                    input name="code" required maxlength="10" inputmode="numeric" autocomplete="one-time-code"; }
                h2 { (word("console-join-password")) }
                label { (word("console-password-new"))
                    input type="password" name="password" required minlength="12" maxlength="128" autocomplete="new-password"; }
                p.hint { (word("console-password-hint")) }
                button { (word("console-join")) }
            }
        },
    )
}

async fn join(State(console): State<Arc<Console>>, jar: CookieJar, headers: HeaderMap, Form(form): Form<Join>) -> Response {
    let lang = page_lang(&jar, &headers);
    if is_foreign(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if console.tries.check().is_err() {
        return (StatusCode::TOO_MANY_REQUESTS, console.word(lang, "console-busy")).into_response();
    }
    let problem = match console.officers.join(&form.token, &form.sealed, &form.password, &form.code).await {
        Ok(codes) => return recovery(&console, lang, &codes).into_response(),
        Err(OfficerError::WeakPassword) => "console-weak",
        Err(OfficerError::WrongCode) => "console-wrong-code",
        Err(OfficerError::Store(error)) => return broken(&error),
        Err(_) => return over(&console, lang),
    };
    match console.officers.enrolment_again(&form.token, &form.sealed).await {
        Ok(enrolment) => {
            (StatusCode::UNPROCESSABLE_ENTITY, enrol(&console, lang, &form.token, &enrolment, Some(problem))).into_response()
        }
        Err(_) => over(&console, lang),
    }
}

/// The codes for the day on which the telephone is lost: shown once.
fn recovery(console: &Console, lang: Lang, codes: &[String]) -> Markup {
    bare(
        console,
        lang,
        &console.word(lang, "console-recovery"),
        html! {
            p { (console.word(lang, "console-recovery-why")) }
            ul.codes { @for code in codes { li { code { (code) } } } }
            p { a.button href="/console/sign-in" { (console.word(lang, "console-sign-in")) } }
        },
    )
}
