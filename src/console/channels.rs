//! Channels: how the line to Zalo stands, and consenting again.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::html;
use serde::Deserialize;
use url::Url;

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::officer::Right;
use crate::service::{Standing, ZaloTokens};

/// The tokens of the Official Account, and where Zalo leads an administrator back to.
pub struct ZaloLine {
    /// The tokens.
    pub tokens: Arc<ZaloTokens>,
    /// Where a consent ends; nothing without a public address.
    pub redirect: Option<Url>,
}

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/channels", get(show).post(consent))
}

async fn show(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    page(&console, &signed, None).await
}

#[derive(Deserialize)]
struct Nothing {}

/// Asks for a consent: Zalo's page is shown as a link, because forms lead to no other site.
async fn consent(State(console): State<Arc<Console>>, Posted(signed, Nothing {}): Posted<Nothing>) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    let asked = match &console.zalo {
        Some(ZaloLine { tokens, redirect: Some(redirect) }) => Some(tokens.ask_consent(redirect).await),
        _ => None,
    };
    let link = asked.transpose().map_err(|error| Turned::from(broken(&error)))?;
    page(&console, &signed, link).await
}

async fn page(console: &Console, signed: &Signed, link: Option<Url>) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    let word = |key: &str| signed.word(key);
    let standing = match &console.zalo {
        Some(zalo) => Some(zalo.tokens.standing().await.map_err(|error| Turned::from(broken(&error)))?),
        None => None,
    };
    Ok(signed
        .page(&word("console-channels"), html! {
            h2 { "Zalo" }
            @match &standing {
                None => p { (word("channels-zalo-off")) },
                Some(Standing::NotConnected) => p.problem { (word("channels-zalo-not")) },
                Some(Standing::LostSince(since)) => p.problem { (console.wording.with(signed.lang, "channels-zalo-lost", [("since", when(*since).into())])) },
                Some(Standing::Until(until)) => p { (console.wording.with(signed.lang, "channels-zalo-until", [("until", when(*until).into())])) },
            }
            @if let Some(link) = &link {
                p.news role="status" { (word("channels-zalo-open")) br; a href=(link) target="_blank" rel="noopener noreferrer" { (link.host_str().unwrap_or_default()) } }
            } @else if console.zalo.as_ref().is_some_and(|zalo| zalo.redirect.is_some()) {
                form.line method="post" action="/console/channels" { (signed.key()) button { (word("channels-zalo-consent")) } }
            }
        })
        .into_response())
}
