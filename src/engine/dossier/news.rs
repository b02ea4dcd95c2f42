//! What followers of a dossier are told: what changed, what it means, what to do next and by when.

use std::collections::BTreeMap;

use super::show::{lines, links, when};
use super::{View, handle};
use crate::domain::{Block, Change, Choice, Lang, Message, Status, Template, Text};
use crate::engine::World;

/// Why they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Something changed, in this order.
    Changed(Vec<Change>),
    /// A date or a thing they may have forgotten; the end of its key in the wording, such as `appointment-near`.
    Reminder(&'static str),
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
            text.extend(changes.iter().filter_map(|change| changed(world, lang, change)).map(Block::bullet));
        }
        Occasion::Reminder(kind) => text.push(Block::heading(say(&format!("reminder-{kind}")))),
    }
    text.extend(lines(world, lang, view));
    text.push(Block::quiet(world.wording.get(lang, "news-stop")));
    let show = Choice::new(format!("dossier/show/{}", handle(&dossier.code.key())), &world.wording.get(lang, "dossier-show"));
    let stop = world.wording.with(lang, "dossier-stop", [("code", code.to_owned().into())]);
    let stop = Choice::new(format!("dossier/stop/{}", handle(&dossier.code.key())), &stop);
    let rate = Choice::new(format!("dossier/rate/{}", handle(&dossier.code.key())), &world.wording.get(lang, "rate-button"));
    let choices = if dossier.status == Status::HandedOver { vec![show, rate, stop] } else { vec![show, stop] };
    // The same in a vendor's form, for people whom free words do not reach.
    let status = world.wording.get(lang, &format!("status-{}", dossier.status.name()));
    let name = dossier.procedure_name.clone().unwrap_or_default();
    let data = [("ma_ho_so", code.to_owned()), ("trang_thai", status), ("ten_dich_vu", name)];
    let data: BTreeMap<String, String> = data.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Message {
        text: Text(text),
        choices,
        links: links(world, lang, dossier),
        silent: world.now.is_night(),
        template: Some(Template { name: "dossier".to_owned(), data }),
    }
}

/// A line for a change that the lines below do not tell by themselves.
fn changed(world: &World<'_>, lang: Lang, change: &Change) -> Option<String> {
    match change {
        Change::Status(status, at) => {
            let status = world.wording.get(lang, &format!("status-{}", status.name()));
            Some(world.wording.with(lang, "news-status", [("status", status.into()), ("when", when(world, lang, *at).into())]))
        }
        Change::Appointment(Some(before), now) => {
            let values = [("before", when(world, lang, *before).into()), ("now", when(world, lang, *now).into())];
            Some(world.wording.with(lang, "news-appointment", values))
        }
        Change::Appointment(None, now) => {
            Some(world.wording.with(lang, "news-appointment-first", [("now", when(world, lang, *now).into())]))
        }
        Change::Request(_) => Some(world.wording.get(lang, "news-request")),
    }
}
