//! What is kept of somebody, taking it along, and having it deleted.
//!
//! **Rules.** Works at any time, also while an officer answers. Nothing is deleted before «Xóa hết» was pressed under the words that
//! say what goes and what stays. Whoever agreed to something ends it here as easily.

use std::time::Duration;

use super::dossier::{Asking, when};
use super::{Effect, Talk};
use crate::domain::privacy::{Holding, LONGEST_REQUEST, Use};
use crate::domain::time::written;
use crate::domain::{Block, Choice, Link, Message, Text};
use crate::knowledge::search::unmarked;

/// How long a link to what is kept can be opened.
const LINK_FOR: Duration = Duration::from_secs(60 * 60);

/// What somebody wants with their data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DataWish {
    /// To see it.
    Show,
    /// To have it deleted.
    Erase,
}

/// The wish that `text` is, in the words that people use.
pub(super) fn data_wish(text: &str) -> Option<DataWish> {
    match unmarked(text).as_str() {
        "dulieu" | "du lieu" | "du lieu cua toi" | "du lieu cua em" | "xem du lieu cua toi" | "my data" => Some(DataWish::Show),
        "xoadulieu"
        | "xoa du lieu"
        | "xoa du lieu cua toi"
        | "xoa het du lieu"
        | "xoa het du lieu cua toi"
        | "delete my data" => Some(DataWish::Erase),
        _ => None,
    }
}

impl Talk<'_> {
    pub(super) fn about_data(&mut self, wish: DataWish) {
        match wish {
            _ if self.state.helper.is_some() => self.say_words("helper-later", self.helper_choices(Vec::new())),
            DataWish::Show => self.effects.push(Effect::ShowData),
            DataWish::Erase => self.ask_erase(),
        }
    }

    /// A button about data: `data`, `data/export`, `data/walks`, `data/other`, `data/erase`, `data/erase/yes`.
    pub(super) fn data_pressed(&mut self, verb: Option<&str>, what: Option<&str>) {
        match (verb, what) {
            _ if self.state.helper.is_some() => self.about_data(DataWish::Show),
            (None, _) => self.about_data(DataWish::Show),
            (Some("erase"), None) => self.about_data(DataWish::Erase),
            // Never without the words having been shown just now.
            (Some("erase"), Some("yes")) if self.asked_erase() => self.effects.push(Effect::EraseData),
            (Some("export"), None) => self.export(),
            (Some("walks"), None) => {
                self.forget_walks();
                self.say_words("data-walks-gone", vec![self.data_button(), self.button("help")]);
            }
            (Some("other"), None) => {
                self.state.asking = Some(Asking::Data);
                self.say_words("data-other-what", vec![self.button("help")]);
            }
            _ => self.stale(),
        }
    }

    fn asked_erase(&self) -> bool {
        self.state.offered.iter().any(|choice| choice.id.as_str() == "data/erase/yes")
    }

    fn data_button(&self) -> Choice {
        Choice::new("data", &self.words("data-button"))
    }

    fn ask_erase(&mut self) {
        let lines = ["data-erase-what", "data-erase-stays", "data-erase-sure"].map(|key| Block::plain(self.words(key)));
        let choices = [("data/erase/yes", "data-erase-yes"), ("data", "data-erase-no")];
        let choices = choices.map(|(id, key)| Choice::new(id, &self.words(key))).into();
        self.say_lines(lines.into(), choices);
    }

    fn export(&mut self) {
        let Some(site) = self.world.site.filter(|_| self.world.can_tell) else { return self.stale() };
        let token = self.world.chance.simple().to_string();
        let Ok(url) = site.join(&format!("my-data/{token}")) else { return self.stale() };
        let until = self.world.now.plus(LINK_FOR);
        self.effects.push(Effect::ExportData(token, until));
        let until = when(self.world, self.lang, until);
        let words = self.world.wording.with(self.lang, "data-link", [("until", until.into())]);
        let link = Link { label: self.words("data-link-button"), url: url.to_string() };
        let text = Text(vec![Block::plain(words)]);
        self.say(Message {
            text,
            links: vec![link],
            choices: vec![self.data_button(), self.button("help")],
            ..Message::default()
        });
    }

    /// What was typed as a request about data. False when it is a button or a wish.
    pub(super) fn data_text(&mut self, text: &str, offered: &[Choice]) -> bool {
        if self.state.asking != Some(Asking::Data) || !self.is_question(text, offered) {
            return false;
        }
        self.state.asking = None;
        self.effects.push(Effect::AskAboutData(text.chars().take(LONGEST_REQUEST).collect()));
        true
    }

    /// What is kept, a line for each use, and how each ends.
    pub(super) fn show_data(&mut self, held: &Holding) {
        let wording = self.world.wording;
        let mut lines = vec![Block::plain(self.words("data-what"))];
        let number =
            |key: &str, count: i64| (count > 0).then(|| Block::bullet(wording.with(self.lang, key, [("count", count.into())])));
        let since = held.since.map(|since| written(since.date()));
        if let Some(since) = since {
            let values = [("count", held.messages.into()), ("date", since.into())];
            lines.push(Block::bullet(wording.with(self.lang, "data-messages", values)));
        }
        lines.extend(number("data-dossiers", held.dossiers));
        lines.extend(number("data-walks", i64::try_from(self.state.walks.len()).unwrap_or_default()));
        lines.extend(number("data-tickets", held.tickets));
        lines.extend(number("data-files", held.files));
        lines.extend(number("data-questions", held.questions));
        let mut choices = Vec::new();
        for consent in held.consents.iter().filter(|consent| consent.withdrawn_at.is_none()) {
            let date = written(consent.agreed_at.date());
            let to = self.words(&format!("use-{}", consent.to.name()));
            let values = [("use", to.into()), ("date", date.into()), ("wording", consent.wording.clone().into())];
            lines.push(Block::bullet(wording.with(self.lang, "data-consent", values)));
            let button = match consent.to {
                Use::Dossiers => Some(Choice::new("dossier/mine", &self.words("dossier-mine"))),
                Use::Walks => Some(Choice::new("data/walks", &self.words("data-walks-drop"))),
                Use::News => Some(Choice::new("news/stop", &self.words("news-stop-button"))),
                Use::Answers => Some(Choice::new("tell/stop", &self.words("tell-stop-button"))),
                Use::Places => Some(Choice::new("link", &self.words("link-button"))),
                Use::Staff => None,
            };
            choices.extend(button.filter(|button| choices.iter().all(|other: &Choice| other.id != button.id)));
        }
        for request in &held.requests {
            let due = written(request.done_due.date());
            let values = [("receipt", request.receipt.clone().into()), ("date", due.into())];
            lines.push(Block::bullet(wording.with(self.lang, "data-request", values)));
        }
        lines.push(Block::quiet(self.words("data-how")));
        if self.world.site.is_some() && self.world.can_tell {
            choices.push(Choice::new("data/export", &self.words("data-export-button")));
        }
        choices.push(Choice::new("data/other", &self.words("data-other-button")));
        choices.push(Choice::new("data/erase", &self.words("data-erase-button")));
        choices.push(self.button("help"));
        self.say_lines(lines, choices);
    }

    /// Everything was deleted; the receipt is what remains.
    pub(super) fn erased(&mut self, receipt: &str) {
        self.state = self.state.emptied();
        let done = self.world.wording.with(self.lang, "data-erased", [("receipt", receipt.to_owned().into())]);
        let lines = vec![Block::plain(done), Block::plain(self.words("data-erase-stays"))];
        self.say_lines(lines, self.starters());
    }

    /// A request was written down.
    pub(super) fn data_requested(&mut self, receipt: Option<&str>) {
        match receipt {
            Some(receipt) => {
                let words = self.world.wording.with(self.lang, "data-requested", [("receipt", receipt.to_owned().into())]);
                self.say_lines(vec![Block::plain(words)], vec![self.data_button(), self.button("help")]);
            }
            None => self.say_words("data-requests-many", self.ways_on()),
        }
    }
}
