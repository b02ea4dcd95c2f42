//! Missing papers that citizens sent: looking at them, taking them, asking for them again.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::dossier::{Paper, Verdict};
use crate::domain::file::FileKind;
use crate::domain::officer::{Places, Right};
use crate::media::{FileError, served};
use crate::store::{StoreError, dossier, paper};

/// Longest reason, in letters.
const LONGEST: usize = 300;

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new()
        .route("/console/papers", get(list))
        .route("/console/papers/{id}", get(show))
        .route("/console/papers/{id}/file", get(file))
        .route("/console/papers/{id}/decide", post(decide))
}

async fn list(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    signed.may_somewhere(Right::DecidePapers)?;
    let mut waiting: Vec<Paper> = Vec::new();
    let mut codes: HashMap<String, String> = HashMap::new();
    let found = async {
        let mut tx = console.officers.store.read().await?;
        match signed.officer.places(Right::DecidePapers) {
            Places::All => waiting = paper::waiting(&mut tx, None).await?,
            Places::Some(places) => {
                for place in places {
                    waiting.extend(paper::waiting(&mut tx, Some(&place)).await?);
                }
            }
        }
        let keys: BTreeSet<&str> = waiting.iter().map(|paper| paper.dossier.as_str()).collect();
        codes = dossier::codes(&mut tx, &Vec::from_iter(keys)).await?;
        Ok(())
    };
    found.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    Ok(signed.page(&word("console-papers"), html! {
        @if waiting.is_empty() { p { (word("papers-none-waiting")) } } @else {
            div.wide tabindex="0" role="region" aria-label=(word("console-papers")) { table {
                thead { tr { th { (word("papers-sent")) } th { (word("papers-dossier")) } th { (word("papers-paper")) } th { (word("papers-file")) } } }
                tbody { @for paper in &waiting {
                    tr {
                        td { (when(paper.sent_at)) }
                        td { a href={ "/console/dossiers/" (paper.dossier) } { (codes.get(&paper.dossier).unwrap_or(&paper.dossier)) } }
                        td { a href={ "/console/papers/" (paper.id) } { (paper.name) } }
                        td { (kind(paper)) }
                    }
                } }
            } }
        }
    }).into_response())
}

fn kind(paper: &Paper) -> String {
    let kind = if paper.file.kind == FileKind::Pdf { "PDF" } else { "JPEG" };
    format!("{kind}, {} KB", paper.file.bytes.div_ceil(1024))
}

/// A paper that this officer may decide on, and looks at: noted before it is shown. Anybody else learns nothing.
async fn opened(console: &Console, signed: &Signed, id: Uuid) -> Result<Paper, Turned> {
    let places = match signed.officer.places(Right::DecidePapers) {
        Places::All => vec![None],
        Places::Some(places) => places.into_iter().map(Some).collect(),
    };
    for place in places {
        let opened = console.pusher.open_paper(id, place.as_deref(), &signed.officer.login).await;
        if let Some(paper) = opened.map_err(|error| Turned::from(broken(&error)))? {
            return Ok(paper);
        }
    }
    Err(gone(signed).into())
}

fn gone(signed: &Signed) -> Response {
    let words = signed.word("papers-gone");
    (StatusCode::NOT_FOUND, signed.page(&words, html! { p { a href="/console/papers" { (signed.word("console-papers")) } } }))
        .into_response()
}

async fn show(State(console): State<Arc<Console>>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response, Turned> {
    signed.may_somewhere(Right::DecidePapers)?;
    let paper = opened(&console, &signed, id).await?;
    Ok(look(&signed, &paper, None).await?.into_response())
}

async fn look(signed: &Signed, paper: &Paper, problem: Option<&str>) -> Result<Markup, Turned> {
    let codes = async { dossier::codes(&mut signed.console.officers.store.read().await?, &[&paper.dossier]).await };
    let codes = codes.await.map_err(|error: StoreError| Turned::from(broken(&error)))?;
    let code = codes.get(&paper.dossier).unwrap_or(&paper.dossier);
    let word = |key: &str| signed.word(key);
    let at = format!("/console/papers/{}", paper.id);
    Ok(signed.page(
        &paper.name,
        html! {
            p { (word("papers-dossier")) " " a href={ "/console/dossiers/" (paper.dossier) } { (code) } " · " (when(paper.sent_at)) " · " (kind(paper)) }
            @if let Some(problem) = problem { p.problem role="alert" { (problem) } }
            @if matches!(paper.verdict, Some(Verdict::Again(_))) {} @else if paper.file.kind == FileKind::Jpeg {
                p { a href={ (at) "/file" } { img.paper src={ (at) "/file" } alt=(paper.name); } }
            } @else {
                p { a.button href={ (at) "/file" } { (word("papers-download")) } }
            }
            @if paper.verdict.is_some() { p { (word("papers-decided")) } } @else {
                form.stack method="post" action={ (at) "/decide" } { (signed.key())
                    button name="what" value="accept" formnovalidate { (word("papers-accept")) }
                }
                form.stack method="post" action={ (at) "/decide" } { (signed.key())
                    label { (word("papers-why")) textarea name="reason" required maxlength=(LONGEST) rows="3" {} }
                    p.hint { (word("papers-why-hint")) }
                    button.quiet name="what" value="again" { (word("papers-ask-again")) }
                }
            }
        },
    ))
}

/// The file itself.
async fn file(State(console): State<Arc<Console>>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response, Turned> {
    signed.may_somewhere(Right::DecidePapers)?;
    let paper = opened(&console, &signed, id).await?;
    let bytes = match console.files.read(&paper.file.stored).await {
        Ok(bytes) => bytes,
        Err(FileError::Gone) => return Err(gone(&signed).into()),
        Err(error) => return Err(broken(&error).into()),
    };
    Ok(served(paper.id, paper.file.kind, bytes))
}

#[derive(Deserialize)]
struct Decide {
    what: String,
    #[serde(default)]
    reason: String,
}

async fn decide(
    State(console): State<Arc<Console>>,
    Path(id): Path<Uuid>,
    Posted(signed, form): Posted<Decide>,
) -> Result<Response, Turned> {
    signed.may_somewhere(Right::DecidePapers)?;
    let paper = opened(&console, &signed, id).await?;
    let reason: String = form.reason.trim().chars().take(LONGEST).collect();
    let verdict = match form.what.as_str() {
        "accept" => Verdict::Accepted,
        _ if reason.is_empty() => {
            let problem = signed.word("papers-why-missing");
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, look(&signed, &paper, Some(&problem)).await?).into_response());
        }
        _ => Verdict::Again(reason),
    };
    let decided =
        console.pusher.decide_paper(id, &verdict, &signed.officer.login).await.map_err(|error| Turned::from(broken(&error)))?;
    // One that was taken is still to be put into the one-stop software; the file of another is gone.
    let to = if verdict == Verdict::Accepted { format!("/console/papers/{id}") } else { "/console/papers".to_owned() };
    if decided {
        return Ok(Redirect::to(&to).into_response());
    }
    // A colleague was faster: what they decided is shown, or that it is gone.
    let paper = opened(&console, &signed, id).await?;
    Ok((StatusCode::CONFLICT, look(&signed, &paper, None).await?).into_response())
}
