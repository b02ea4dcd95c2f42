//! One piece of content: its files, how it looks, what is wrong with it, and its history.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::super::layout::when;
use super::super::message::bubbles;
use super::super::signed::{Turned, broken};
use super::super::{Console, Posted, Signed};
use crate::domain::Timestamp;
use crate::domain::edition::{Edition, GUIDES, Standing, WORDS};
use crate::domain::officer::Right;
use crate::knowledge::Fault;
use crate::service::editing::{Desk, EditError, Preview, is_piece, preview};

/// Rows of a field for a file.
const ROWS: u32 = 18;

/// The files of a piece, in the order in which they are edited.
fn names(piece: &str) -> &'static [&'static str] {
    if piece == WORDS { &["vocabulary.toml"] } else { &["vi.md", "en.md", "guide.toml"] }
}

/// What was typed and is not saved: it must not be lost, nor put over what a colleague saved meanwhile.
struct Typed {
    files: BTreeMap<String, String>,
    base: String,
}

/// A page with something that went wrong.
#[derive(Default)]
struct Trouble {
    key: Option<&'static str>,
    faults: Vec<Fault>,
    lines: Vec<String>,
}

pub(super) async fn show(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path((kind, name)): Path<(String, String)>,
    Query(from): Query<From>,
) -> Result<Response, Turned> {
    signed.may(Right::Edit, None)?;
    let piece = format!("{kind}/{name}");
    if !is_piece(&piece) {
        return Err(StatusCode::NOT_FOUND.into_response().into());
    }
    match console.editing.open(&piece, from.from).await {
        Ok(desk) => draw(&console, &signed, &piece, &desk, None, &from.beside, Trouble::default()).await,
        Err(EditError::Unknown) => Err(StatusCode::NOT_FOUND.into_response().into()),
        Err(error) => Err(broken(&error).into()),
    }
}

/// The version to begin from, when it is not the newest.
#[derive(Deserialize)]
pub(super) struct From {
    from: Option<Uuid>,
    #[serde(flatten)]
    beside: Beside,
}

/// What is typed beside the text. It stays in its fields until the text is published: a time that was lost would publish at once.
#[derive(Default, Deserialize)]
struct Beside {
    #[serde(default)]
    note: String,
    #[serde(default)]
    begins: String,
    #[serde(default)]
    ends: String,
}

impl Beside {
    /// As the page of `piece` is told of it.
    fn page(&self, piece: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("note", &self.note), ("begins", &self.begins), ("ends", &self.ends)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/console/knowledge/{piece}?{}", query.finish()).trim_end_matches('?').to_owned()
    }
}

/// The page.
async fn draw(
    console: &Console,
    signed: &Signed,
    piece: &str,
    desk: &Desk,
    typed: Option<&Typed>,
    beside: &Beside,
    trouble: Trouble,
) -> Result<Response, Turned> {
    let files = typed.map_or(&desk.files, |typed| &typed.files);
    let base = typed.map_or_else(|| desk.base.map(|base| base.to_string()).unwrap_or_default(), |typed| typed.base.clone());
    let layers = console.editing.all_layers().await.map_err(|error| Turned::from(broken(&error)))?;
    let (wording, of, now) = (Arc::clone(&console.wording), (piece.to_owned(), files.clone()), console.officers.clock.now());
    let drawn = tokio::task::spawn_blocking(move || preview(&layers, &wording, &of.0, &of.1, now));
    let preview = match drawn.await {
        Ok(Ok(preview)) => preview,
        Ok(Err(error)) => return Err(broken(&error).into()),
        Err(error) => return Err(broken(&error).into()),
    };
    let word = |key: &str| signed.word(key);
    let to = format!("/console/knowledge/{piece}/do");
    let status = if trouble.key.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = if piece == WORDS { word("knowledge-words") } else { title_of(files).unwrap_or_else(|| piece.to_owned()) };
    Ok((status, signed.page(&title, html! {
        p { a href="/console/knowledge" { (word("console-knowledge")) } " › " code { (piece) } }
        @if let Some(key) = trouble.key {
            div.problem role="alert" { p { (word(key)) }
                ul { @for fault in &trouble.faults { li { (fault.say(&console.wording, signed.lang)) } } @for line in &trouble.lines { li { (line) } } } }
        }
        @if desk.scheduled.is_some() { p.problem role="status" { (word("edition-has-scheduled")) } }
        div.desk.editor {
            div {
                form.stack.files method="post" action=(to) { (signed.key())
                    input type="hidden" name="base" value=(base);
                    @for name in names(piece) {
                        label { (word(&format!("edition-file-{}", field_of(name)))) " " code { (name) } textarea name=(field_of(name)) rows=(ROWS) spellcheck="false" { (files.get(*name).map_or("", String::as_str)) } }
                    }
                    p.hint { (word("edition-manual")) }
                    label { (word("edition-note")) input name="note" maxlength="200" value=(beside.note); }
                    button name="what" value="save" accesskey="s" { (word("edition-save")) }
                    h2 { (word("edition-publish-title")) }
                    p.hint { (word("edition-publish-hint")) }
                    div.line {
                        label { (word("edition-from")) " " input type="datetime-local" name="begins" value=(beside.begins); }
                        label { (word("edition-until")) " " input type="datetime-local" name="ends" value=(beside.ends); }
                        button.quiet name="what" value="publish" { (word("edition-publish")) }
                    }
                }
                (history(signed, desk, &to))
            }
            aside.brief {
                (faults(signed, &preview))
                @if piece.starts_with(GUIDES) { (looks(signed, &preview)) }
            }
        }
    })).into_response())
}

fn title_of(files: &BTreeMap<String, String>) -> Option<String> {
    files.get("vi.md")?.lines().find_map(|line| line.strip_prefix("# ")).map(str::to_owned).filter(|title| !title.is_empty())
}

fn field_of(name: &str) -> &'static str {
    match name {
        "vi.md" => "vi",
        "en.md" => "en",
        "vocabulary.toml" => "words",
        _ => "facts",
    }
}

fn faults(signed: &Signed, preview: &Preview) -> Markup {
    html! {
        h2 { (signed.word("edition-check")) " (motcua check)" }
        @if preview.faults.is_empty() { p { (signed.word("edition-no-faults")) } }
        @else { ul.notes { @for fault in &preview.faults { li { (fault.say(&signed.console.wording, signed.lang)) } } } }
    }
}

fn looks(signed: &Signed, preview: &Preview) -> Markup {
    html! {
        h2 { (signed.word("edition-looks")) }
        @if preview.buttons.is_empty() { p { (signed.word("edition-no-look")) } }
        @else {
            details open { summary { "Telegram, web" }
                (bubbles(&preview.buttons))
            }
            details { summary { "English" } (bubbles(&preview.english)) }
            details { summary { "Zalo" }
                div.phone { @for words in &preview.plain { pre.bubble { (words) } } }
            }
        }
    }
}

fn history(signed: &Signed, desk: &Desk, to: &str) -> Markup {
    let word = |key: &str| signed.word(key);
    let now = signed.console.officers.clock.now();
    let stands = |edition: &Edition| match edition.standing {
        _ if desk.live == Some(edition.id) => word("edition-live"),
        Standing::Published if edition.live_from.is_some_and(|from| from > now) => word("edition-scheduled"),
        standing => word(&format!("edition-{}", standing.name())),
    };
    html! {
        h2 { (word("edition-history")) }
        @if desk.live.is_none() { p { (word("edition-on-disk")) } }
        ol.history { @for edition in &desk.history {
            li {
                p { (when(edition.made_at)) " · " (edition.author) " · " strong { (stands(edition)) }
                    @if let Some(from) = edition.live_from { " · " (when(from)) @if let Some(until) = edition.live_until { " – " (when(until)) } }
                    @if !edition.note.is_empty() { br; span.hint { (edition.note) } } }
                form.line method="post" action=(to) { (signed.key())
                    input type="hidden" name="which" value=(edition.id);
                    a.button.quiet href={ "/console/knowledge/" (edition.piece) "?from=" (edition.id) } { (word("edition-edit")) }
                    @if edition.standing == Standing::Published && edition.live_until.is_none_or(|until| until > now) {
                        button.quiet name="what" value="back" { (word("edition-undo")) }
                    }
                    @if edition.standing != Standing::Draft && desk.live != Some(edition.id) {
                        button.quiet name="what" value="again" { (word("edition-again")) }
                    }
                }
            }
        } }
    }
}

#[derive(Deserialize)]
pub(super) struct Edit {
    what: String,
    #[serde(default)]
    base: String,
    #[serde(default)]
    which: String,
    #[serde(flatten)]
    beside: Beside,
    #[serde(default)]
    vi: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    facts: String,
    #[serde(default)]
    words: String,
}

impl Edit {
    fn files(&self, piece: &str) -> BTreeMap<String, String> {
        let text = |name: &str| match field_of(name) {
            "vi" => &self.vi,
            "en" => &self.en,
            "words" => &self.words,
            _ => &self.facts,
        };
        let files = names(piece).iter().map(|name| ((*name).to_owned(), text(name).clone()));
        files.filter(|(_, text)| !text.trim().is_empty()).collect()
    }
}

/// A moment as a browser's field writes it, in Viet Nam; `None` when nothing was chosen.
fn moment(text: &str) -> Result<Option<Timestamp>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse::<DateTime>().map(|at| Some(Timestamp::at(at.date(), at.time()))).map_err(|_| ())
}

pub(super) async fn act(
    State(console): State<Arc<Console>>,
    Path((kind, name)): Path<(String, String)>,
    Posted(signed, form): Posted<Edit>,
) -> Result<Response, Turned> {
    signed.may(Right::Edit, None)?;
    let piece = format!("{kind}/{name}");
    if !is_piece(&piece) {
        return Err(StatusCode::NOT_FOUND.into_response().into());
    }
    let (editing, by) = (&console.editing, signed.officer.login.as_str());
    let which = Uuid::parse_str(&form.which).unwrap_or_default();
    let files = form.files(&piece);
    let save = || editing.save(&piece, files.clone(), &form.beside.note, Uuid::parse_str(&form.base).ok(), by);
    let mut saved = false;
    let done = match (form.what.as_str(), moment(&form.beside.begins), moment(&form.beside.ends)) {
        // What stands in the fields is what is published.
        ("publish", Ok(from), Ok(until)) => match save().await {
            Ok(id) => {
                saved = true;
                editing.publish(&piece, id, from, until, by).await
            }
            Err(error) => Err(error),
        },
        ("publish", _, _) => Err(EditError::Backwards),
        ("again", _, _) => editing.publish(&piece, which, None, None, by).await,
        ("back", _, _) => editing.take_back(&piece, which, by).await,
        _ => save().await.map(drop),
    };
    let trouble = |key| Trouble { key: Some(key), ..Trouble::default() };
    let trouble = match done {
        Ok(()) if form.what == "save" => return Ok(Redirect::to(&form.beside.page(&piece)).into_response()),
        Ok(()) => return Ok(Redirect::to(&Beside::default().page(&piece)).into_response()),
        Err(EditError::Meanwhile) => trouble("edition-meanwhile"),
        Err(EditError::Unknown) => trouble("edition-unknown"),
        Err(EditError::Backwards) => trouble("edition-backwards"),
        Err(EditError::Faulty(faults)) => Trouble { faults, ..trouble("edition-faulty") },
        Err(EditError::Loses(lost)) => {
            let instead = |lost: &crate::service::editing::Lost| lost.instead.clone().unwrap_or_else(|| "–".to_owned());
            let lines = lost.iter().take(20).map(|lost| format!("«{}»: {} → {}", lost.question, lost.guide, instead(lost)));
            Trouble { lines: lines.collect(), ..trouble("edition-loses") }
        }
        Err(error) => {
            tracing::error!(%error, "content");
            trouble("edition-failed")
        }
    };
    let desk = editing.open(&piece, None).await.map_err(|error| Turned::from(broken(&error)))?;
    let fields = matches!(form.what.as_str(), "save" | "publish") && !saved;
    let typed = fields.then_some(Typed { files, base: form.base });
    draw(&console, &signed, &piece, &desk, typed.as_ref(), &form.beside, trouble).await
}
