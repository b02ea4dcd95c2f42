//! Questions that were not answered or answered wrongly, in groups; each becomes content by one click.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::signed::{Turned, broken};
use super::super::{Console, Posted, Signed};
use crate::domain::edition::{GUIDES, WORDS};
use crate::domain::officer::Right;
use crate::domain::{Lang, Outcome};
use crate::service::editing::{EditError, new_guide, slug_of, with_question, with_word};
use crate::service::lessons::{Group, grouped};
use crate::store::{StoreError, lesson};

/// How far back.
const LATELY: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Groups that are shown, and questions of each.
const GROUPS: usize = 15;
const QUESTIONS: usize = 4;
/// How often a draft is tried when others save at the same time.
const TRIES: usize = 4;
/// Names of the files of pieces.
const VI: &str = "vi.md";
const VOCABULARY: &str = "vocabulary.toml";

/// What citizens asked in vain lately, the commonest first.
pub(super) async fn groups(console: &Console) -> Result<Vec<Group>, StoreError> {
    let since = console.officers.clock.now().minus(LATELY).date().to_string();
    let mut lessons = lesson::since(&mut console.officers.store.read().await?, &since).await?;
    lessons.retain(|counted| counted.lesson.outcome != Outcome::Right);
    let mut groups = grouped(lessons);
    groups.truncate(GROUPS);
    Ok(groups)
}

pub(super) fn list(signed: &Signed, groups: &[Group]) -> Markup {
    let word = |key: &str| signed.word(key);
    let library = signed.console.library.load();
    html! {
        h2 { (word("lessons-title")) }
        @if groups.is_empty() { p { (word("lessons-none")) } }
        @else {
            datalist #guides {
                @for guide in library.written() {
                    option value=(guide.slug) { (guide.text(Lang::Vi).title) }
                }
            }
            ul.lessons { @for group in groups { (one(signed, group)) } }
        }
    }
}

fn one(signed: &Signed, group: &Group) -> Markup {
    let word = |key: &str| signed.word(key);
    let first = &group.lessons[0].lesson;
    html! {
        li {
            p { strong { (group.times) " × " (word(&format!("outcome-{}", first.outcome.as_str()))) }
                @if let Some(guide) = &first.guide { " · " (word("lessons-shown")) " " a href={ "/console/knowledge/" (GUIDES) (guide) } { (guide) } } }
            ul { @for counted in group.lessons.iter().take(QUESTIONS) { li { (counted.lesson.question) " " span.hint { "× " (counted.times) } } } }
            details {
                summary { (word("lessons-do")) }
                form.stack method="post" action="/console/knowledge/lesson" { (signed.key())
                    input type="hidden" name="question" value=(first.question);
                    label { (word("lessons-guide")) input name="slug" list="guides" value=(first.guide.as_deref().unwrap_or_default()) maxlength="60"; }
                    button.quiet name="what" value="question" { (word("lessons-add-question")) }
                }
                form.stack method="post" action="/console/knowledge/lesson" { (signed.key())
                    label { (word("lessons-everyday")) input name="question" value=(first.question) maxlength="120" required; }
                    label { (word("lessons-official")) input name="official" maxlength="160" required; }
                    label { (word("lessons-codes")) input name="codes" maxlength="120" placeholder="1.001193"; }
                    button.quiet name="what" value="word" { (word("lessons-add-word")) }
                }
                form.stack method="post" action="/console/knowledge/lesson" { (signed.key())
                    input type="hidden" name="question" value=(first.question);
                    label { (word("lessons-name")) input name="title" maxlength="120" required; }
                    button.quiet name="what" value="guide" { (word("lessons-new-guide")) }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Lesson {
    what: String,
    question: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    official: String,
    #[serde(default)]
    codes: String,
    #[serde(default)]
    title: String,
}

/// Makes a draft of it, and leads there: nothing is published by a click.
pub(super) async fn act(State(console): State<Arc<Console>>, Posted(signed, form): Posted<Lesson>) -> Result<Response, Turned> {
    signed.may(Right::Edit, None)?;
    let piece = match form.what.as_str() {
        "word" => WORDS.to_owned(),
        "guide" => format!("{GUIDES}{}", slug_of(&form.title)),
        _ => format!("{GUIDES}{}", form.slug.trim()),
    };
    let slug = piece.trim_start_matches(GUIDES);
    let known = console.library.load().has(slug);
    let wrong = match form.what.as_str() {
        "word" => form.official.trim().is_empty(),
        "guide" => slug.is_empty() || known,
        _ => !known,
    };
    if wrong {
        let words = signed.word(if form.what == "guide" { "lessons-guide-there" } else { "lessons-no-such-guide" });
        let back =
            html! { p.problem role="alert" { (words) } p { a href="/console/knowledge" { (signed.word("console-knowledge")) } } };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, signed.page(&signed.word("lessons-do"), back)).into_response());
    }
    // Two who press at once: the later adds to what the first saved.
    let mut drafted = Err(EditError::Meanwhile);
    for _ in 0..TRIES {
        drafted = draft(&console, &signed, &piece, &form).await;
        if !matches!(drafted, Err(EditError::Meanwhile)) {
            break;
        }
    }
    match drafted {
        Ok(()) => Ok(Redirect::to(&format!("/console/knowledge/{piece}")).into_response()),
        Err(error) => Err(broken(&error).into()),
    }
}

async fn draft(console: &Console, signed: &Signed, piece: &str, form: &Lesson) -> Result<(), EditError> {
    let editing = &console.editing;
    let desk = editing.open(piece, None).await?;
    let mut files = desk.files;
    match form.what.as_str() {
        "word" => {
            let codes: Vec<String> = form.codes.split([',', ' ']).map(str::to_owned).filter(|code| !code.is_empty()).collect();
            let vocabulary = files.get(VOCABULARY).cloned().unwrap_or_default();
            files.insert(VOCABULARY.to_owned(), with_word(&vocabulary, &form.official, &form.question, &codes));
        }
        "guide" if files.is_empty() => {
            files.extend(new_guide(&form.title, &form.question, console.officers.clock.now().date()));
        }
        _ => {
            let words = files.get(VI).cloned().unwrap_or_default();
            files.insert(VI.to_owned(), with_question(&words, &form.question));
        }
    }
    editing.save(piece, files, &form.question, desk.base, &signed.officer.login).await.map(drop)
}
