//! Letters of apology to print: an A4 page that only its link opens.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};
use uuid::Uuid;

use crate::service::dossier::Letters;

/// The route of the pages.
pub fn routes(letters: Letters) -> Router {
    Router::new().route("/letters/{id}", get(page)).with_state(letters)
}

async fn page(State(letters): State<Letters>, Path(id): Path<Uuid>) -> Response {
    let page = match letters.page(id).await {
        Ok(Some(page)) => page,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a letter");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let sheet: Markup = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (page.title) }
                style { "@page{size:A4;margin:25mm}body{font:12pt/1.5 serif;max-width:160mm;margin:2em auto;padding:0 1em}h1{font-size:14pt;text-align:center}.at{text-align:right;font-style:italic}.draft{border:2px solid;padding:.3em;text-align:center;font-weight:bold}.sign{margin-top:6em;text-align:right}" }
            }
            body {
                @if let Some(draft) = &page.draft { p.draft { (draft) } }
                p.at { (page.place) }
                h1 { (page.title) }
                p { (page.to) " ……………………………………" }
                @for line in &page.lines { p { (line) } }
                p.sign { "(……………………………………)" }
            }
        }
    };
    let mut response = Html(sheet.into_string()).into_response();
    // Nobody keeps a copy, and no page that it might lead to learns its address.
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
