//! What followers of a dossier are told: what changed, what it means, what to do next and by when.

use std::collections::BTreeMap;

use super::papers::papers_button;
use super::show::{lines, links, safe, when};
use super::{View, handle};
use crate::domain::dossier::Apology;
use crate::domain::time::written;
use crate::domain::{Block, Change, Choice, Lang, Message, Status, Template, Text};
use crate::engine::World;

/// Why they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Something changed, in this order.
    Changed(Vec<Change>),
    /// The office apologises and promises another date.
    Apology(Apology),
    /// A date or a thing they may have forgotten; the end of its key in the wording, such as `appointment-near`.
    Reminder(&'static str),
}

impl Occasion {
    /// Its name in the ledger.
    pub fn name(&self) -> &str {
        match self {
            Self::Changed(_) => "changed",
            Self::Apology(_) => "apology",
            Self::Reminder(kind) => kind,
        }
    }
}

/// The message to somebody who follows `view`.
pub fn news(world: &World<'_>, lang: Lang, view: &View, occasion: &Occasion) -> Message {
    let dossier = &view.dossier;
    let code = dossier.code.as_str();
    let say = |key: &str| world.wording.with(lang, key, [("code", code.to_owned().into())]);
    let mut text = Vec::new();
    match occasion {
        Occasion::Changed(changes) => {
            text.push(Block::heading(say("news-title")));
            // A single change of status is told by the lines below.
            let told = matches!(changes[..], [Change::Status(status, _)] if status == dossier.status);
            let lines = changes.iter().filter(|_| !told).map(|change| changed(world, lang, change));
            text.extend(lines.map(Block::bullet));
        }
        Occasion::Apology(apology) => {
            text.push(Block::heading(say("apology-title")));
            text.extend(letter(world, lang, view, apology));
        }
        Occasion::Reminder(kind) => text.push(Block::heading(say(&format!("reminder-{kind}")))),
    }
    text.extend(lines(world, lang, view));
    text.push(Block::quiet(world.wording.get(lang, "news-stop")));
    let show = Choice::new(format!("dossier/show/{}", handle(&dossier.code.key())), &world.wording.get(lang, "dossier-show"));
    let stop = world.wording.with(lang, "dossier-stop", [("code", code.to_owned().into())]);
    let stop = Choice::new(format!("dossier/stop/{}", handle(&dossier.code.key())), &stop);
    let rate = Choice::new(format!("dossier/rate/{}", handle(&dossier.code.key())), &world.wording.get(lang, "rate-button"));
    let choices = match dossier.status {
        Status::HandedOver => vec![show, rate, stop],
        Status::PapersMissing => papers_button(world, lang, dossier).into_iter().chain([show, stop]).collect(),
        _ => vec![show, stop],
    };
    // The same in a vendor's form, for people whom free words do not reach.
    let status = world.wording.get(lang, &format!("status-{}", dossier.status.name()));
    let name = dossier.procedure_name.as_deref().map(safe).unwrap_or_default();
    let data = [("ma_ho_so", code.to_owned()), ("trang_thai", status), ("ten_dich_vu", name)];
    let data: BTreeMap<String, String> = data.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Message {
        text: Text(text),
        choices,
        links: links(world, lang, dossier),
        silent: world.now.is_night(),
        template: Some(Template { name: "dossier".to_owned(), data }),
        asks_file: None,
        document: None,
    }
}

/// What a letter of apology says, in the chat and on paper.
pub fn letter(world: &World<'_>, lang: Lang, view: &View, apology: &Apology) -> Vec<Block> {
    let office = view.dossier.office.as_deref().map_or_else(|| view.agency.clone(), safe);
    let line = |key: &str, name: &'static str, value: String| Block::plain(world.wording.with(lang, key, [(name, value.into())]));
    let mut lines = vec![line("apology-office", "office", office)];
    lines.extend(apology.before.map(|before| line("apology-before", "when", when(world, lang, before))));
    lines.push(line("apology-reason", "reason", safe(&apology.reason)));
    lines.push(line("apology-now", "date", written(apology.now)));
    lines.extend(apology.signed_by.iter().map(|name| line("apology-signed", "name", safe(name))));
    lines
}

/// A line for a change that the lines below do not tell by themselves.
fn changed(world: &World<'_>, lang: Lang, change: &Change) -> String {
    match change {
        Change::Status(status, at) => {
            let status = world.wording.get(lang, &format!("status-{}", status.name()));
            world.wording.with(lang, "news-status", [("status", status.into()), ("when", when(world, lang, *at).into())])
        }
        Change::Appointment(Some(before), now) => {
            let values = [("before", when(world, lang, *before).into()), ("now", when(world, lang, *now).into())];
            world.wording.with(lang, "news-appointment", values)
        }
        Change::Appointment(None, now) => {
            world.wording.with(lang, "news-appointment-first", [("now", when(world, lang, *now).into())])
        }
        Change::Request(_) => world.wording.get(lang, "news-request"),
    }
}
