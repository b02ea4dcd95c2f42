//! What is switched off, and switching it on again.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::when;
use super::signed::{Turned, broken};
use super::{Console, Posted, Signed};
use crate::domain::officer::Right;
use crate::domain::switch::{Feature, Off, Switchable};
use crate::domain::{Bilingual, ChannelName, Lang};
use crate::knowledge::Library;
use crate::service::Switchboard;
use crate::service::switches::{LONGEST_REASON, SwitchError};

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/switches", get(list).post(change))
}

#[derive(Default, Deserialize)]
struct Change {
    #[serde(default)]
    on: String,
    #[serde(default)]
    off: String,
    /// A guide that is not on the list: its page's address, its name there, or a procedure's code.
    #[serde(default)]
    guide: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    reason_en: String,
}

fn board(console: &Console) -> Switchboard {
    let handoff = &console.handoff;
    Switchboard { store: handoff.store.clone(), clock: Arc::clone(&handoff.clock), keys: Some(handoff.keys.clone()) }
}

async fn list(State(console): State<Arc<Console>>, signed: Signed) -> Result<Response, Turned> {
    page(&console, &signed, None, &Change::default()).await
}

async fn change(State(console): State<Arc<Console>>, Posted(signed, given): Posted<Change>) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    let (board, by) = (board(&console), signed.officer.login.as_str());
    let library = console.library.load_full();
    let off = match (given.off.as_str(), given.guide.trim()) {
        (listed, "") => listed.parse().ok(),
        ("", named) => match named_guide(&library, named) {
            Some(guide) => Some(guide),
            None => return page(&console, &signed, Some("switches-no-guide"), &given).await,
        },
        // Which of the two was meant is not ours to guess.
        _ => None,
    };
    let switched = match (given.on.parse::<Switchable>(), off) {
        (Ok(what), _) => board.turn_on(by, &what).await,
        (_, Some(what)) => {
            let reason = Bilingual { vi: given.reason.clone(), en: given.reason_en.clone() };
            board.turn_off(Some(&library), by, what, reason).await
        }
        _ => return page(&console, &signed, Some("switches-which"), &given).await,
    };
    match switched {
        // Somebody else switched it on in the same moment.
        Ok(()) | Err(SwitchError::IsOn(_)) => Ok(Redirect::to("/console/switches").into_response()),
        Err(SwitchError::NoReason) => page(&console, &signed, Some("switches-no-reason"), &given).await,
        Err(SwitchError::TooLong(_)) => page(&console, &signed, Some("switches-too-long"), &given).await,
        Err(SwitchError::NoGuide(_)) => page(&console, &signed, Some("switches-no-guide"), &given).await,
        Err(SwitchError::Store(error)) => Err(Turned::from(broken(&error))),
    }
}

/// The guide of a code, or of an address as it stands in a browser: `https://…/guides/dang-ky-khai-sinh?lang=vi`.
fn named_guide(library: &Library, said: &str) -> Option<Switchable> {
    let path = said.split(['?', '#']).next()?.trim_end_matches('/');
    let name = path.strip_suffix("/papers").unwrap_or(path).rsplit('/').next()?;
    let guide = library.id_of(name).or_else(|| library.by_code(name))?;
    Some(Switchable::Guide(library.slug(guide).to_owned()))
}

async fn page(console: &Console, signed: &Signed, problem: Option<&str>, typed: &Change) -> Result<Response, Turned> {
    signed.may(Right::ManageOfficers, None)?;
    let off = board(console).all().await.map_err(|error| Turned::from(broken(&error)))?;
    let word = |key: &str| signed.word(key);
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = html! {
        form.stack method="post" action="/console/switches" { (signed.key())
            label { (word("switches-what")) (choose(console, signed, &typed.off)) }
            label { (word("switches-guide")) input name="guide" value=(typed.guide) autocomplete="off"; }
            label { (word("switches-reason")) textarea name="reason" rows="2" maxlength=(LONGEST_REASON) required { (typed.reason) } }
            label { (word("switches-reason-en")) textarea name="reason_en" rows="2" maxlength=(LONGEST_REASON) { (typed.reason_en) } }
            button { (word("switches-turn-off")) }
        }
    };
    Ok((
        status,
        signed.page(
            &word("console-switches"),
            html! {
                @if let Some(problem) = problem { p.problem role="alert" { (word(problem)) } }
                p.hint { (word("switches-hint")) }
                @if off.all().is_empty() { p { (word("switches-none")) } }
                ul.lessons { @for off in off.all() { li { (one(console, signed, off)) } } }
                h2 { (word("switches-new")) }
                (form)
            },
        ),
    )
        .into_response())
}

fn one(console: &Console, signed: &Signed, off: &Off) -> Markup {
    html! {
        form method="post" action="/console/switches" { (signed.key())
            strong { (named(console, signed, &off.what)) } " · " (when(off.since)) " · " (off.by)
            p { (off.reason.vi) @if !off.reason.en.is_empty() { br; (off.reason.en) } }
            button.quiet name="on" value=(off.what) { (signed.word("switches-turn-on")) }
        }
    }
}

/// What it is called where people read it.
fn named(console: &Console, signed: &Signed, what: &Switchable) -> String {
    match what {
        Switchable::Guide(slug) => {
            let library = console.library.load();
            library.by_slug(slug).map_or_else(|| slug.clone(), |guide| guide.text(signed.lang).title.clone())
        }
        Switchable::Channel(name) => channel(signed, *name),
        Switchable::Feature(feature) => signed.word(feature_key(*feature)),
    }
}

fn channel(signed: &Signed, name: ChannelName) -> String {
    match name {
        ChannelName::Telegram => "Telegram".to_owned(),
        ChannelName::Web => signed.word("switches-web"),
        ChannelName::Zalo => "Zalo OA".to_owned(),
        ChannelName::ZaloBot => "Zalo Bot".to_owned(),
    }
}

fn feature_key(feature: Feature) -> &'static str {
    match feature {
        Feature::Walks => "switches-walks",
        Feature::Dossiers => "switches-dossiers",
        Feature::Desk => "switches-desk",
        Feature::News => "switches-news",
        Feature::Links => "switches-links",
        Feature::Helper => "switches-helper",
    }
}

fn choose(console: &Console, signed: &Signed, chosen: &str) -> Markup {
    let option = |what: Switchable| {
        let value = what.to_string();
        html! { option value=(value) selected[value == chosen] { (named(console, signed, &what)) } }
    };
    let library = console.library.load();
    let written = library.written();
    html! {
        select name="off" {
            option value="" { (signed.word("switches-choose")) }
            optgroup label=(signed.word("switches-features")) { @for feature in Feature::ALL { (option(Switchable::Feature(feature))) } }
            optgroup label=(signed.word("switches-channels")) { @for name in ChannelName::ALL { (option(Switchable::Channel(name))) } }
            optgroup label=(signed.word("switches-guides")) { @for guide in written {
                option value=(Switchable::Guide(guide.slug.clone())) selected[chosen == format!("guide:{}", guide.slug)] { (guide.text(Lang::Vi).title) }
            } }
        }
    }
}
