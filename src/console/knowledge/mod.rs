//! The knowledge desk: what citizens asked in vain, and the content that answers it.

mod lessons;
mod piece;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::signed::{Turned, broken};
use super::{Console, Signed};
use crate::domain::edition::{GUIDES, WORDS};
use crate::domain::officer::Right;
use crate::knowledge::search::searchable;
use crate::store::edition;

/// Guides that are listed.
const LISTED: usize = 60;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console/knowledge", get(overview))
        .route("/console/knowledge/lesson", post(lessons::act))
        .route("/console/knowledge/{kind}/{name}", get(piece::show))
        .route("/console/knowledge/{kind}/{name}/do", post(piece::act))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    q: String,
}

async fn overview(State(console): State<Arc<Console>>, signed: Signed, Query(which): Query<Which>) -> Result<Response, Turned> {
    signed.may(Right::Edit, None)?;
    let newest = async { edition::newest(&mut console.officers.store.read().await?).await };
    let newest = newest.await.map_err(|error| Turned::from(broken(&error)))?;
    let groups = lessons::groups(&console).await.map_err(|error| Turned::from(broken(&error)))?;
    let library = console.library.load();
    let wanted = searchable(&which.q);
    // What somebody works on first; imported guides only when they are looked for.
    let stands = |piece: &str| newest.iter().find(|(of, _, _)| of == piece).map(|(_, standing, _)| standing.as_str());
    let guides: Vec<(&str, &str)> = match wanted.as_str() {
        "" => library.written().map(|guide| (guide.slug.as_str(), guide.vi.title.as_str())).collect(),
        _ => library.names().filter(|(slug, title)| searchable(title).contains(&wanted) || slug.contains(&wanted)).collect(),
    };
    let mut guides: Vec<(&str, &str, Option<&str>)> =
        guides.into_iter().map(|(slug, title)| (slug, title, stands(&format!("{GUIDES}{slug}")))).collect();
    let unseen = newest.iter().filter_map(|(piece, standing, _)| {
        let slug = piece.strip_prefix(GUIDES)?;
        (!library.has(slug) && standing != "cancelled").then_some((slug, slug, Some(standing.as_str())))
    });
    guides.extend(unseen);
    guides.sort_by_key(|(slug, _, standing)| (standing.is_none(), *slug));
    let more = guides.len().saturating_sub(LISTED);
    guides.truncate(LISTED);
    let word = |key: &str| signed.word(key);
    Ok(signed
        .page(
            &word("console-knowledge"),
            html! {
                    @if let Some(trouble) = console.editing.trouble.load().as_deref() {
                div.problem role="status" { p { (word("edition-refused")) } p { (trouble.say(&console.wording, signed.lang)) } }
            }
            (lessons::list(&signed, &groups))
                    h2 { (word("knowledge-guides")) }
                    form.line method="get" action="/console/knowledge" role="search" {
                        label { (word("inbox-search")) " " input #search name="q" value=(which.q) accesskey="s"; }
                        button.quiet { (word("audit-look")) }
                    }
                    p { a href={ "/console/knowledge/" (WORDS) } { (word("knowledge-words")) } }
                    ul.pieces { @for (slug, title, standing) in &guides { (row(&signed, slug, title, *standing)) } }
                    @if more > 0 { p.hint { (console.wording.with(signed.lang, "knowledge-more", [("count", more.into())])) } }
                },
        )
        .into_response())
}

fn row(signed: &Signed, slug: &str, title: &str, standing: Option<&str>) -> Markup {
    html! {
        li {
            a href={ "/console/knowledge/" (GUIDES) (slug) } { (title) }
            @if let Some(standing) = standing { " " span.count { (signed.word(&format!("edition-{standing}"))) } }
        }
    }
}
