//! A dossier in plain words: how it stands, what that means, what to do next and by when.

use std::sync::LazyLock;

use regex::Regex;

use super::View;
use crate::domain::{Block, Choice, Dossier, Lang, Link, Message, Status, Text, Timestamp};
use crate::engine::{Talk, World};

/// The national portal: the only page that a fee is paid on.
const PORTAL: &str = "https://dichvucong.gov.vn";

/// Addresses, and runs of digits that may be an account or a telephone: an officer's words are shown without them.
static UNSAFE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:https?://|www\.)\S+|\b[a-z0-9-]+\.(?:vn|com|net|me|ly|top|xyz|info)(?:/\S*)?\b|\d[\d .-]{6,}\d").ok()
});

/// What an officer wrote, without addresses and long numbers: nobody is led to another page or account by it.
pub(super) fn safe(text: &str) -> String {
    match UNSAFE.as_ref() {
        Some(pattern) => pattern.replace_all(text, "…").into_owned(),
        None => String::new(),
    }
}

/// A moment as citizens read it: `16:30 ngày 26/10/2026`.
pub(super) fn when(world: &World<'_>, lang: Lang, at: Timestamp) -> String {
    let (date, time) =
        (at.date().strftime("%d/%m/%Y").to_string(), at.to_string().split(' ').nth(1).map(|time| time[..5].to_owned()));
    match time.filter(|time| time != "00:00") {
        Some(time) => world.wording.with(lang, "dossier-when", [("time", time.into()), ("date", date.into())]),
        None => date,
    }
}

/// The lines about a dossier that stand under whatever was said first.
pub(super) fn lines(world: &World<'_>, lang: Lang, view: &View) -> Vec<Block> {
    let dossier = &view.dossier;
    let word = |key: &str| world.wording.get(lang, key);
    let with = |key: &str, name: &'static str, value: String| Block::plain(world.wording.with(lang, key, [(name, value.into())]));
    let mut lines = Vec::new();
    lines.extend(dossier.procedure_name.iter().map(|name| with("dossier-procedure", "name", name.clone())));
    lines.extend(dossier.applicant.iter().map(|name| with("dossier-applicant", "name", name.clone())));
    let status = dossier.status.name();
    let values = [("status", word(&format!("status-{status}")).into()), ("when", when(world, lang, dossier.since).into())];
    lines.push(Block::plain(world.wording.with(lang, "dossier-status", values)));
    lines.push(Block::plain(word(&format!("status-{status}-means"))));
    lines.extend(dossier.note.iter().map(|note| with("dossier-note", "note", safe(note))));
    if dossier.status == Status::PapersMissing {
        let none = word("dossier-missing-unsaid");
        let missing = dossier.missing.iter().map(|paper| Block::bullet(safe(paper)));
        lines.push(Block::plain(word("dossier-missing")));
        lines.extend(if dossier.missing.is_empty() { vec![Block::bullet(none)] } else { missing.collect() });
    }
    if dossier.status == Status::PaymentDue {
        for fee in &dossier.fees {
            let values = [("name", safe(&fee.name).into()), ("amount", dong(fee.amount).into())];
            lines.push(Block::bullet(world.wording.with(lang, "dossier-fee", values)));
        }
        lines.push(Block::plain(word("dossier-pay")));
    }
    if let Some(appointment) = dossier.appointment.filter(|_| !dossier.status.is_final()) {
        lines.push(with("dossier-appointment", "when", when(world, lang, appointment)));
        if dossier.is_overdue(world.now) {
            lines.push(Block::plain(word("dossier-overdue")));
        }
    }
    let office = dossier.office.clone().unwrap_or_else(|| view.agency.clone());
    lines.push(with("dossier-office", "name", office));
    lines.extend(dossier.officer.iter().map(|name| with("dossier-officer", "name", name.clone())));
    lines.extend(view.hotline.iter().map(|number| with("dossier-hotline", "number", number.clone())));
    lines.push(Block::quiet(world.wording.with(lang, "dossier-source", [("agency", view.agency.clone().into())])));
    lines
}

/// `10.000`.
fn dong(amount: u64) -> String {
    let digits = amount.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(".")
}

/// Where a citizen can do something about it.
pub(super) fn links(world: &World<'_>, lang: Lang, dossier: &Dossier) -> Vec<Link> {
    let key = match dossier.status {
        Status::PaymentDue => "dossier-portal-pay",
        Status::PapersMissing | Status::Submitted => "dossier-portal",
        _ => return Vec::new(),
    };
    vec![Link { url: PORTAL.to_owned(), label: world.wording.get(lang, key) }]
}

impl Talk<'_> {
    pub(super) fn show_dossier(&mut self, view: &View) {
        let dossier = &view.dossier;
        let title = self.world.wording.with(self.lang, "dossier-title", [("code", dossier.code.as_str().to_owned().into())]);
        let mut text = vec![Block::heading(title)];
        text.extend(lines(self.world, self.lang, view));
        let mut choices = Vec::new();
        if view.followed {
            if dossier.status == Status::HandedOver {
                choices.push(self.rate_button(dossier));
            }
            choices.push(self.stop_button(dossier, "dossier-stop"));
        } else if !dossier.status.is_closed() {
            text.push(Block::plain(self.words("dossier-consent")));
            choices.push(Choice::new("dossier/follow", &self.words("dossier-follow")));
        }
        let library = self.world.library;
        let guide = dossier.procedure.as_deref().and_then(|code| library.by_code(code)).map(|id| library.guide(id));
        choices.extend(guide.map(|guide| Choice::new(format!("guide/{}", guide.slug), &guide.text(self.lang).title)));
        choices.push(Choice::new("dossier/mine", &self.words("dossier-mine")));
        choices.push(self.button("human"));
        self.say(Message {
            text: Text(text),
            choices,
            links: links(self.world, self.lang, dossier),
            silent: false,
            template: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere_by_an_officers_words() {
        for (text, shown) in [
            ("Thiếu sổ hồng, nộp tại https://bit.ly/abc nhé", "Thiếu sổ hồng, nộp tại … nhé"),
            ("Chuyển khoản 19036688123 Techcombank", "Chuyển khoản … Techcombank"),
            ("Xem dichvucong-gov.top/dang-nhap", "Xem …"),
            ("Bản sao sổ hộ khẩu trước 15/10/2026", "Bản sao sổ hộ khẩu trước 15/10/2026"),
        ] {
            assert_eq!(safe(text), shown);
        }
        assert_eq!(dong(1_250_000), "1.250.000");
    }
}
