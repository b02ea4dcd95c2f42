//! Writing an announcement: one form, read back field by field; what was typed is never lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::signed::Turned;
use super::super::{Console, Posted, Signed};
use super::{at, places, refused};
use crate::domain::broadcast::{
    Amendment, Amends, Asked, Audience, BroadcastId, Button, Class, Draft, HOTLINE, LONGEST_TEXT, LONGEST_TITLE, MOST_BUTTONS,
    MOST_LINKS, OFFICE, OwnAnswer, PLACE, Target, Topic,
};
use crate::domain::officer::Right;
use crate::domain::{ChannelName, Lang, Link, Timestamp};
use crate::service::broadcast::By;

/// Longest value of any field, in letters: larger ones are cut before anything reads them.
const LONGEST: usize = 12_000;

/// The fields of the form, by their names.
pub(super) type Fields = BTreeMap<String, String>;

fn field(fields: &Fields, name: &str) -> String {
    let text = fields.get(name).map(String::as_str).unwrap_or_default();
    text.replace("\r\n", "\n").replace('\0', "").trim().chars().take(LONGEST).collect()
}

/// What was typed, as a draft. Nothing is refused here: faults are told when it is looked at.
fn read(fields: &Fields) -> Draft {
    let text = |name: &str| field(fields, name);
    let some = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    let on = |name: &str| fields.contains_key(name);
    let button = |n: usize| {
        let (label, target) = (text(&format!("label{n}")), text(&format!("target{n}")));
        let target = match target.split_once('/') {
            Some(("guide", slug)) => Target::Guide(slug.to_owned()),
            Some(("walk", slug)) => Target::Walk(slug.to_owned()),
            _ => Target::Question(target),
        };
        (!label.is_empty() || !matches!(&target, Target::Question(question) if question.is_empty()))
            .then_some(Button { label, target })
    };
    let link = |n: usize| {
        let (label, url) = (text(&format!("name{n}")), text(&format!("url{n}")));
        (!label.is_empty() || !url.is_empty()).then_some(Link { url, label })
    };
    let answer = |block: &str| {
        let (question, answer) = block.trim().split_once('\n').unwrap_or((block.trim(), ""));
        OwnAnswer { question: question.trim().to_owned(), answer: answer.trim().to_owned() }
    };
    let amends = some("amends").and_then(|of| of.parse().ok()).and_then(|of| {
        let how = Amendment::ALL.into_iter().find(|how| how.name() == text("how"))?;
        Some(Amends { of, how })
    });
    Draft {
        title: text("title"),
        vi: text("vi"),
        en: text("en"),
        links: (1..=MOST_LINKS).filter_map(link).collect(),
        buttons: (1..=MOST_BUTTONS).filter_map(button).collect(),
        answers: text("answers").split("\n\n").filter(|block| !block.trim().is_empty()).map(answer).collect(),
        class: Class::ALL.into_iter().find(|class| class.name() == text("class")).unwrap_or_default(),
        audience: Audience {
            places: text("places").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
            topics: Topic::ALL.into_iter().filter(|topic| on(&format!("topic-{}", topic.name()))).collect(),
            lang: some("lang").and_then(|lang| Lang::from_tag(&lang)),
            channels: ChannelName::ALL.into_iter().filter(|channel| on(&format!("channel-{channel}"))).collect(),
            dossier_of: some("dossier"),
            asked: some("guide").map(|guide| Asked { guide, days: text("days").parse().unwrap_or(30) }),
            pilot: some("pilot"),
            unplaced: on("unplaced"),
        },
        // What cannot be read is no time that will come: it is told as a fault, not sent at once.
        starts_at: some("starts").map(|at| at.parse::<DateTime>().map_or(Timestamp(0), |at| Timestamp::at(at.date(), at.time()))),
        pays: on("pays"),
        amends,
    }
}

#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    of: Option<BroadcastId>,
    #[serde(default)]
    how: String,
}

/// An empty form; or one that puts an earlier announcement right, with its words.
pub(super) async fn new(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Query(before): Query<Before>,
) -> Result<Response, Turned> {
    signed.may_somewhere(Right::Compose)?;
    let mut draft = Draft::default();
    if let Some(of) = before.of {
        let seen = console.broadcasts.see(of, &signed.officer).await;
        let seen = seen.or_else(|error| refused(&signed, error).and_then(|_| Err(super::gone(&signed).into())))?;
        let how = Amendment::ALL.into_iter().find(|how| how.name() == before.how).unwrap_or(Amendment::Correct);
        let before = seen.broadcast.draft;
        // What is taken back answers nobody any more.
        let (answers, buttons) = if how == Amendment::Delete { Default::default() } else { (before.answers, before.buttons) };
        draft = Draft { amends: Some(Amends { of, how }), starts_at: None, answers, buttons, ..before };
    }
    Ok(page(&signed, &draft, None, None, StatusCode::OK))
}

pub(super) async fn write(
    State(console): State<Arc<Console>>,
    Posted(signed, fields): Posted<Fields>,
) -> Result<Response, Turned> {
    let draft = read(&fields);
    let place = places(&signed).into_iter().find(|place| place.as_deref().unwrap_or_default() == field(&fields, "place"));
    let Some(place) = place else { return Err(signed.refused().into()) };
    match console.broadcasts.write(draft.clone(), place.as_deref(), By::Officer(&signed.officer)).await {
        Ok(id) => Ok(Redirect::to(&at(id)).into_response()),
        Err(error) => Ok(page(&signed, &draft, None, Some(refused(&signed, error)?), StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

pub(super) async fn edit(
    State(console): State<Arc<Console>>,
    signed: Signed,
    Path(id): Path<BroadcastId>,
) -> Result<Response, Turned> {
    let seen = match console.broadcasts.see(id, &signed.officer).await {
        Ok(seen) => seen.broadcast,
        Err(error) => return refused(&signed, error).and_then(|_| Err(super::gone(&signed).into())),
    };
    signed.may(Right::Compose, seen.place.as_deref())?;
    Ok(page(&signed, &seen.draft, Some((id, seen.version)), None, StatusCode::OK))
}

pub(super) async fn rewrite(
    State(console): State<Arc<Console>>,
    Path(id): Path<BroadcastId>,
    Posted(signed, fields): Posted<Fields>,
) -> Result<Response, Turned> {
    let draft = read(&fields);
    let version = field(&fields, "version").parse().unwrap_or_default();
    match console.broadcasts.rewrite(id, version, draft.clone(), By::Officer(&signed.officer)).await {
        Ok(()) => Ok(Redirect::to(&at(id)).into_response()),
        Err(error) => {
            let problem = refused(&signed, error)?;
            Ok(page(&signed, &draft, Some((id, version)), Some(problem), StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn page(signed: &Signed, draft: &Draft, of: Option<(BroadcastId, i64)>, problem: Option<&str>, status: StatusCode) -> Response {
    let word = |key: &str| signed.word(key);
    let title = if of.is_some() { "cast-change" } else { "cast-new" };
    let action = of.map_or_else(|| "/console/broadcasts/new".to_owned(), |(id, _)| format!("{}/change", at(id)));
    let content = html! {
        @if let Some(problem) = problem { p.problem role="alert" { (word(problem)) } }
        p.hint { (word("cast-form-hint")) }
        (datalists(signed))
        form.stack.broadcast method="post" action=(action) { (signed.key())
            @if let Some((_, version)) = of { input type="hidden" name="version" value=(version); }
            @else { (place_field(signed)) }
            @if let Some(amends) = draft.amends {
                input type="hidden" name="amends" value=(amends.of);
                label { (word("cast-how")) select name="how" { @for how in Amendment::ALL {
                    option value=(how.name()) selected[how == amends.how] { (word(&format!("cast-how-{}", how.name()))) } } } }
            }
            (words(signed, draft))
            (to_whom(signed, draft))
            button { (word("cast-save")) }
        }
    };
    (status, signed.page(&word(title), content)).into_response()
}

fn place_field(signed: &Signed) -> Markup {
    let places = places(signed);
    html! {
        @match places.as_slice() {
            [only] => { input type="hidden" name="place" value=(only.as_deref().unwrap_or_default()); }
            many => { label { (signed.word("cast-place")) select name="place" {
                @for place in many { option { (place.as_deref().unwrap_or_default()) } } } } }
        }
    }
}

fn datalists(signed: &Signed) -> Markup {
    let library = signed.console.library.load();
    html! {
        datalist #targets {
            @for walk in library.walks() { option value={ "walk/" (walk.slug) } {} }
            @for guide in library.written() {
                option value={ "guide/" (guide.slug) } { (guide.text(Lang::Vi).title) }
            }
        }
        datalist #slugs { @for guide in library.written() {
            option value=(guide.slug) { (guide.text(Lang::Vi).title) } } }
        datalist #units { @for unit in &library.places().units { option value=(unit.name) {} } }
    }
}

/// What a button opens, as it is typed.
pub(super) fn target(target: &Target) -> String {
    match target {
        Target::Guide(slug) => format!("guide/{slug}"),
        Target::Walk(slug) => format!("walk/{slug}"),
        Target::Question(question) => question.clone(),
    }
}

fn words(signed: &Signed, draft: &Draft) -> Markup {
    let word = |key: &str| signed.word(key);
    // An empty line begins the next question.
    let lines = |answer: &str| answer.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    let answers: Vec<String> = draft.answers.iter().map(|own| format!("{}\n{}", own.question, lines(&own.answer))).collect();
    html! {
        fieldset {
            legend { (word("cast-what")) }
            label { (word("cast-title")) input name="title" required maxlength=(LONGEST_TITLE) value=(draft.title); }
            label { (word("cast-vi")) textarea name="vi" rows="7" maxlength=(LONGEST_TEXT) { (draft.vi) } }
            p.hint { (word("cast-placeholders")) " " code { (PLACE) } ", " code { (HOTLINE) } ", " code { (OFFICE) } }
            label { (word("cast-en")) textarea name="en" rows="4" maxlength=(LONGEST_TEXT) lang="en" { (draft.en) } }
            label { (word("cast-class")) select name="class" { @for class in Class::ALL {
                option value=(class.name()) selected[class == draft.class] { (word(&format!("cast-class-{}", class.name()))) } } } }
            @for n in 1..=MOST_BUTTONS {
                @let button = draft.buttons.get(n - 1);
                div.pair {
                    label { (word("cast-button")) " " (n) input name={ "label" (n) } maxlength="40" value=(button.map_or("", |button| button.label.as_str())); }
                    label { (word("cast-target")) " " (n) input name={ "target" (n) } list="targets" maxlength="100" value=(button.map(|button| target(&button.target)).unwrap_or_default()); }
                }
            }
            p.hint { (word("cast-target-hint")) }
            @for n in 1..=MOST_LINKS {
                @let link = draft.links.get(n - 1);
                div.pair {
                    label { (word("cast-link")) " " (n) input name={ "name" (n) } maxlength="40" value=(link.map_or("", |link| link.label.as_str())); }
                    label { (word("cast-url")) " " (n) input name={ "url" (n) } type="url" maxlength="300" placeholder="https://" value=(link.map_or("", |link| link.url.as_str())); }
                }
            }
            label { (word("cast-answers")) textarea name="answers" rows="6" { (answers.join("\n\n")) } }
            p.hint { (word("cast-answers-hint")) }
        }
    }
}

fn to_whom(signed: &Signed, draft: &Draft) -> Markup {
    let (word, audience) = (|key: &str| signed.word(key), &draft.audience);
    let starts = draft.starts_at.map(|at| format!("{}T{}", at.date(), at.time().strftime("%H:%M"))).unwrap_or_default();
    html! {
        @if draft.amends.is_none() { fieldset {
            legend { (word("cast-to")) }
            p.hint { (word("cast-to-hint")) }
            label { (word("cast-places")) textarea name="places" rows="3" { (audience.places.join("\n")) } }
            p.ticks { @for topic in Topic::ALL { label {
                input type="checkbox" name={ "topic-" (topic.name()) } checked[audience.topics.contains(&topic)]; " " (word(&format!("topic-{}", topic.name()))) } } }
            p.ticks { @for channel in ChannelName::ALL { label {
                input type="checkbox" name={ "channel-" (channel) } checked[audience.channels.contains(&channel)]; " " (channel) } } }
            label { (word("cast-lang")) select name="lang" { option value="" { (word("cast-any")) }
                @for lang in Lang::ALL { option value=(lang) selected[audience.lang == Some(lang)] { (word(&format!("language-{lang}"))) } } } }
            label { (word("cast-dossier")) input name="dossier" maxlength="40" placeholder="1.001193" value=(audience.dossier_of.as_deref().unwrap_or_default()); }
            div.pair {
                label { (word("cast-asked")) input name="guide" list="slugs" maxlength="80" value=(audience.asked.as_ref().map_or("", |asked| asked.guide.as_str())); }
                label { (word("cast-days")) input name="days" type="number" min="1" max="90" value=(audience.asked.as_ref().map_or(30, |asked| asked.days)); }
            }
            label { (word("cast-pilot")) input name="pilot" list="units" maxlength="60" value=(audience.pilot.as_deref().unwrap_or_default()); }
            p.hint { (word("cast-pilot-hint")) }
            p.ticks {
                label { input type="checkbox" name="unplaced" checked[audience.unplaced]; " " (word("cast-unplaced")) }
            }
        } }
        p.ticks { label { input type="checkbox" name="pays" checked[draft.pays]; " " (word("cast-pays")) } }
        label { (word("cast-starts")) input name="starts" type="datetime-local" value=(starts); }
        p.hint { (word("cast-starts-hint")) }
    }
}
