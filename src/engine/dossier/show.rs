//! A dossier in plain words: how it stands, what that means, what to do next and by when.

use std::sync::LazyLock;

use regex::Regex;

use super::View;
use super::papers::papers_button;
use crate::domain::pattern::pattern;
use crate::domain::time::written;
use crate::domain::{Block, Choice, Dossier, Lang, Link, Message, Status, Text, Timestamp};
use crate::engine::figures::money;
use crate::engine::{Talk, World};

/// The national portal: the only page that a fee is paid on, and that papers go to which are not taken here.
pub(in crate::engine) const PORTAL: &str = "https://dichvucong.gov.vn";

/// Addresses, and runs of digits that may be an account or a telephone.
static UNSAFE: LazyLock<Regex> = LazyLock::new(|| {
    let endings =
        "vn|com|net|org|me|ly|top|xyz|info|site|shop|io|cc|co|online|app|link|click|vip|club|live|store|pro|biz|asia|tk|gg";
    pattern(&format!(r"(?i)\b(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{endings})\b(?:/\S*)?|\d[\d ./-]{{6,}}\d"))
});
/// Runs of digits that are no account: a date, or an amount that says so.
static DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}[./-]\d{1,2}[./-]\d{4}$"));
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,3}(?:\.\d{3})+$"));

/// What a source wrote, without addresses and long numbers: nobody is led to another page or account by it.
pub(super) fn safe(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for found in UNSAFE.find_iter(text) {
        let behind = text[found.end()..].trim_start().to_lowercase();
        let money = AMOUNT.is_match(found.as_str()) && ["đ", "vnd", "vnđ"].iter().any(|sign| behind.starts_with(sign));
        shown.push_str(&text[end..found.start()]);
        shown.push_str(if money || DATE.is_match(found.as_str()) { found.as_str() } else { "…" });
        end = found.end();
    }
    shown.push_str(&text[end..]);
    shown
}

/// A moment as citizens read it: `16:30 ngày 26/10/2026`.
pub(in crate::engine) fn when(world: &World<'_>, lang: Lang, at: Timestamp) -> String {
    let (date, time) = (written(at.date()), at.time().strftime("%H:%M").to_string());
    if time == "00:00" {
        return date;
    }
    world.wording.with(lang, "dossier-when", [("time", time.into()), ("date", date.into())])
}

/// The lines about a dossier that stand under whatever was said first.
pub(super) fn lines(world: &World<'_>, lang: Lang, view: &View) -> Vec<Block> {
    let dossier = &view.dossier;
    let word = |key: &str| world.wording.get(lang, key);
    let with = |key: &str, name: &'static str, value: String| Block::plain(world.wording.with(lang, key, [(name, value.into())]));
    let mut lines = Vec::new();
    lines.extend(dossier.procedure_name.iter().map(|name| with("dossier-procedure", "name", safe(name))));
    lines.extend(dossier.applicant.iter().map(|name| with("dossier-applicant", "name", safe(name))));
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
            let values = [("name", safe(&fee.name).into()), ("amount", money(fee.amount, lang).into())];
            lines.push(Block::bullet(world.wording.with(lang, "dossier-fee", values)));
        }
        lines.push(Block::plain(word("dossier-pay")));
    }
    match dossier.appointment {
        Some(_) if dossier.status.is_paused() => lines.push(Block::plain(word("dossier-appointment-later"))),
        Some(appointment) if !dossier.status.is_final() && dossier.status != Status::Decided => {
            lines.push(with("dossier-appointment", "when", when(world, lang, appointment)));
            if dossier.is_overdue(world.now) {
                lines.push(Block::plain(word("dossier-overdue")));
            }
        }
        _ => {}
    }
    let office = dossier.office.as_deref().map_or_else(|| view.agency.clone(), safe);
    lines.push(with("dossier-office", "name", office));
    lines.extend(dossier.officer.iter().map(|name| with("dossier-officer", "name", safe(name))));
    lines.extend(view.hotline.iter().map(|number| with("dossier-hotline", "number", number.clone())));
    lines.push(Block::quiet(world.wording.with(lang, "dossier-source", [("agency", view.agency.clone().into())])));
    lines
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
            choices.extend(papers_button(self.world, self.lang, dossier));
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
        let links = links(self.world, self.lang, dossier);
        self.say(Message { text: Text(text), choices, links, ..Message::default() });
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
            ("trước 25-11-2026, nộp 1.200.000 đồng", "trước 25-11-2026, nộp 1.200.000 đồng"),
            ("vào a.site hoặc 1903/6688/123", "vào … hoặc …"),
        ] {
            assert_eq!(safe(text), shown);
        }
    }
}
