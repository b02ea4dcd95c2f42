//! Lint of content: what a program can see that an author overlooks.
//!
//! Every fault names file, line and remedy. Imported guides are held to less: nobody wrote them.

mod numbers;
mod papers;
mod plain;
mod walk;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::error::Fault;
use super::guide::{Facts, Guide, Review, TimeUnit};
use super::places::Places;
use super::source::{CALENDAR, Contents, PLACES, RawGuide};
use crate::domain::{Bilingual, Choice};

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Guides a person wrote or confirmed.
    pub written: usize,
    /// Guides made by an import, which nobody has checked.
    pub imported: usize,
    /// Walks.
    pub walks: usize,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Checks all content as of `today`.
pub fn check(contents: &Contents, today: Date) -> Checked {
    let (guides, mut faults) = contents.parse();
    faults.extend(contents.places().iter().flat_map(|places| unreceived(places, &guides)));
    check_guides(contents, (guides, faults), today)
}

/// What a deployment still has to fill in: its one-stop shops, the holidays of the year. It is served without.
pub fn to_fill_in(contents: &Contents, today: Date) -> Vec<Fault> {
    let places = contents.places().map(|places| places.to_fill_in()).unwrap_or_default();
    let calendar = contents.calendar().map(|years| years.to_fill_in(today)).unwrap_or_default();
    let calendar = calendar.into_iter().map(|gap| gap.in_file(CALENDAR));
    places.into_iter().map(|gap| gap.in_file(PLACES)).chain(calendar).collect()
}

/// The same for what people wrote, leaving imported guides alone.
pub fn check_written(contents: &Contents, today: Date) -> Checked {
    check_guides(contents, contents.parse_written(), today)
}

fn check_guides(contents: &Contents, (guides, mut faults): (Vec<Guide>, Vec<Fault>), today: Date) -> Checked {
    match contents.vocabulary() {
        Ok(vocabulary) => faults.extend(vocabulary.faults()),
        Err(fault) => faults.push(fault),
    }
    faults.extend(contents.places().err());
    faults.extend(contents.calendar().err());
    faults.extend(contents.examples().err());
    let (walks, wrong) = contents.walks();
    faults.extend(wrong);
    let slugs: HashSet<&str> = contents.slugs().collect();
    faults.extend(walks.iter().flat_map(|walk| walk::faults(walk, (&guides, &slugs), &walks)));
    let mut checked = Checked { walks: walks.len(), faults, ..Checked::default() };
    let mut codes: HashMap<(&str, Review), &str> = HashMap::new();
    for guide in &guides {
        let raw = contents.raw(&guide.slug);
        let mut lint = Lint { guide, raw, today, faults: &mut checked.faults };
        lint.everywhere(&slugs);
        if !guide.is_written() {
            checked.imported += 1;
            continue;
        }
        checked.written += 1;
        lint.written();
        // A guide that an officer confirmed may stand beside the shipped one: it wins.
        for code in &guide.facts.codes {
            if let Some(other) = codes.insert((code, guide.facts.review), &guide.slug) {
                lint.fact("codes", Fault::new("fault-code-double").value("code", code).value("other", other));
            }
        }
    }
    checked.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    checked
}

/// What an answer is hollow without: the file in which it is missing, the key at whose line, and the fault. An officer puts no
/// guide before citizens that has a new one of these; the rest of the lint is advice.
pub fn essentials(guide: &Guide) -> Vec<(&'static str, &'static str, Fault)> {
    let facts = &guide.facts;
    let mut missing = Vec::new();
    if guide.vi.is_hollow() {
        missing.push(("vi.md", "", Fault::new("fault-hollow")));
    }
    // What is no procedure, such as signing in to a portal, is decided by nobody.
    let named = facts.authority.as_ref().map(|authority| !authority.vi.trim().is_empty());
    if !named.unwrap_or(facts.codes.is_empty()) {
        missing.push(("guide.toml", "authority", Fault::new("fault-no-authority")));
    }
    if facts.source.name.trim().is_empty() {
        missing.push(("guide.toml", "source", Fault::new("fault-no-source")));
    }
    missing
}

/// Departments that receive what no guide is about: a slip in the name of a field, or a code that is gone.
fn unreceived(places: &Places, guides: &[Guide]) -> Vec<Fault> {
    let known = |what: &String| guides.iter().any(|guide| guide.facts.field.vi == *what || guide.facts.codes.contains(what));
    let departments = places.shops.iter().flat_map(|shop| &shop.department);
    let unknown = departments.flat_map(|department| &department.receives).filter(|what| !known(what));
    unknown.map(|what| Fault::of("places.toml", "fault-department").value("what", what)).collect()
}

struct Lint<'a> {
    guide: &'a Guide,
    raw: &'a RawGuide,
    today: Date,
    faults: &'a mut Vec<Fault>,
}

impl Lint<'_> {
    /// A fault in `guide.toml`, at the first line that has `key`.
    fn fact(&mut self, key: &str, mut fault: Fault) {
        let toml = self.raw.toml.as_deref().unwrap_or_default();
        let line = toml.lines().position(|line| line.trim_start().trim_start_matches('[').starts_with(key)).map(|at| at + 1);
        let file = format!("guides/{}/guide.toml", self.guide.slug);
        fault.line = line;
        self.faults.push(fault.in_file(&file));
    }

    /// A fault in the words of one language, at the first line that has `like`.
    fn text(&mut self, lang: &str, like: &str, mut fault: Fault) {
        let source = if lang == "vi" { &self.raw.vi } else { &self.raw.en };
        let line = source.as_deref().unwrap_or_default().lines().position(|line| line.contains(like)).map(|at| at + 1);
        let file = format!("guides/{}/{lang}.md", self.guide.slug);
        fault.line = line;
        self.faults.push(fault.in_file(&file));
    }

    fn everywhere(&mut self, slugs: &HashSet<&str>) {
        let guide = self.guide;
        let facts = &guide.facts;
        if facts.checked_on > self.today {
            self.fact("checked_on", Fault::new("fault-checked-future").value("date", facts.checked_on));
        }
        if facts.source.as_of.as_str() > self.today.to_string().as_str() {
            self.fact("as_of", Fault::new("fault-source-future").value("date", &facts.source.as_of));
        }
        for slug in facts.related.iter().filter(|slug| !slugs.contains(slug.as_str())) {
            self.fact("related", Fault::new("fault-related").value("slug", slug));
        }
    }

    fn written(&mut self) {
        for (file, at, fault) in essentials(self.guide) {
            if file == "vi.md" { self.text("vi", at, fault) } else { self.fact(at, fault) }
        }
        let guide = self.guide;
        let facts = &guide.facts;
        for (lang, text) in [("vi", Some(&guide.vi)), ("en", guide.en.as_ref())] {
            let Some(text) = text else {
                self.text(lang, "", Fault::new("fault-translation"));
                continue;
            };
            if text.title.chars().count() > Choice::MAX_LABEL {
                self.text(lang, &text.title, Fault::new("fault-title-long").value("most", Choice::MAX_LABEL));
            }
            self.plain(lang, text);
            if lang == "en" && text.is_hollow() {
                self.text(lang, "", Fault::new("fault-hollow"));
            }
            for answer in text.answers.iter().filter(|answer| answer.answer.is_empty()) {
                self.text(lang, &answer.question, Fault::new("fault-answer-empty"));
            }
        }
        if facts.law.is_empty() {
            self.fact("", Fault::new("fault-no-law"));
        }
        for (key, text) in bilinguals(facts).filter(|(_, text)| text.en.is_empty()) {
            self.fact(key, Fault::new("fault-no-english").value("vi", &text.vi));
        }
        self.dates_and_figures();
        self.papers();
        numbers::compare(self);
    }

    fn dates_and_figures(&mut self) {
        let facts = &self.guide.facts;
        if facts.valid_from.zip(facts.valid_until).is_some_and(|(from, until)| until < from) {
            self.fact("valid_until", Fault::new("fault-ends-before"));
        }
        for waiver in &facts.waivers {
            if waiver.off > 100 || waiver.until < waiver.from {
                self.fact("off", Fault::new("fault-waiver"));
            }
        }
        for time in &facts.times {
            if time.amount.is_none() != (time.unit == TimeUnit::SameDay) {
                self.fact("unit", Fault::new("fault-time-unit"));
            }
        }
        for fee in &facts.fees {
            if fee.amount.is_none() && fee.note.is_none() {
                self.fact("fees", Fault::new("fault-fee-note"));
            }
        }
        let mut ids = HashSet::new();
        for document in &facts.documents {
            if !ids.insert(&document.id) {
                self.fact("documents", Fault::new("fault-paper-twice").value("id", &document.id));
            }
        }
    }
}

/// Every text of the facts, with the key it stands under.
fn bilinguals(facts: &Facts) -> impl Iterator<Item = (&'static str, &Bilingual)> {
    let single = [
        ("field", Some(&facts.field)),
        ("authority", facts.authority.as_ref()),
        ("where", facts.place.as_ref()),
        ("deadline", facts.deadline.as_ref()),
        ("result", facts.result.as_ref()),
    ];
    let single = single.into_iter().filter_map(|(key, text)| Some((key, text?)));
    let asked = facts.questions.iter().flat_map(|question| {
        std::iter::once(&question.ask).chain(question.choices.iter().map(|choice| &choice.label)).map(|text| ("questions", text))
    });
    let documents =
        facts.documents.iter().flat_map(|document| [Some(&document.name), document.when.as_ref(), document.not_needed.as_ref()]);
    let fees = facts.fees.iter().flat_map(|fee| [fee.note.as_ref(), fee.exempt.as_ref()]);
    let times = facts.times.iter().map(|time| time.note.as_ref());
    let law = facts.law.iter().map(|law| law.name.as_ref());
    let waivers = facts.waivers.iter().map(|waiver| Some(&waiver.condition));
    single
        .chain(asked)
        .chain(documents.flatten().map(|text| ("documents", text)))
        .chain(fees.flatten().map(|text| ("fees", text)))
        .chain(times.flatten().map(|text| ("times", text)))
        .chain(law.flatten().map(|text| ("law", text)))
        .chain(waivers.flatten().map(|text| ("waivers", text)))
}
