//! One record of the crawl, and the facts in it.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;

use super::Blanks;
use super::figures::{fees, times};
use super::words::sentence;
use crate::domain::Bilingual;
use crate::domain::pattern::pattern;
use crate::knowledge::guide::{Applicant, CopyKind, Document, Facts, Law, Level, Review, Source};
use crate::knowledge::walk::When;

/// A record as the crawl writes it: all text, anything may be missing. Keys we have no use for are ignored.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Record {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub field: String,
    #[serde(default)]
    pub ministry: String,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub audience: String,
    #[serde(default)]
    pub steps: String,
    #[serde(default)]
    pub methods: String,
    #[serde(default)]
    pub documents: String,
    #[serde(default)]
    pub fees: String,
    #[serde(default)]
    pub time_limit: String,
    #[serde(default)]
    pub legal_basis: String,
    #[serde(default)]
    pub result: String,
    #[serde(default)]
    pub conditions: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub as_of: String,
}

/// Number of a legal text: `123/2015/NĐ-CP`, `60/2014/QH13`, `85/2019/TT-BTC`.
static LAW_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{1,4}(?:\.\d{1,2})?/(?:19|20)\d{2}/(?:QH\d{1,2}|[A-ZĐ]{2,4}(?:-[A-ZĐ]{2,8})*)"));
/// How many of which kind: `[1 bản chính,1 bản sao]`.
static COPIES: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[([^\[\]]*bản[^\[\]]*)\]\s*$"));

impl Record {
    /// The record, if its code may name a folder.
    pub(super) fn checked(self) -> Result<Self, String> {
        let code = self.id.as_str();
        let plain =
            !code.is_empty() && code.len() <= 40 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        if !plain || code.starts_with('.') {
            return Err(format!("“{code}” is no procedure code"));
        }
        if self.name.trim().is_empty() {
            return Err(format!("{code} has no name"));
        }
        Ok(self)
    }

    pub(super) fn is_name_only(&self) -> bool {
        self.steps.is_empty() && self.documents.is_empty()
    }

    pub(super) fn facts(&self, blanks: &mut Blanks) -> Facts {
        let some = |text: &str| {
            let lines: Vec<String> = text.lines().map(sentence).filter(|line| !line.is_empty()).collect();
            (!lines.is_empty()).then(|| Bilingual::vietnamese(lines.join("; ")))
        };
        let as_of = if self.as_of.is_empty() { "0000-00" } else { &self.as_of };
        Facts {
            codes: vec![self.id.clone()],
            field: Bilingual::vietnamese(if self.field.is_empty() {
                "Chưa rõ lĩnh vực".to_owned()
            } else {
                sentence(&self.field)
            }),
            authority: some(&once_each(if self.agency.is_empty() { &self.ministry } else { &self.agency })),
            level: level(&self.level),
            online: None, // the crawl lists "Trực tuyến" for both, and never says how far
            applicants: applicants(&self.audience),
            review: Review::Imported,
            checked_on: first_day(as_of),
            valid_from: None,
            valid_until: None,
            replaces: Vec::new(),
            related: Vec::new(),
            // Older pages (`?ma_thu_tuc=`) are dead; only addresses with a UUID lead anywhere.
            portal: self.url.contains("/thu-tuc-hanh-chinh/").then(|| self.url.clone()),
            source: Source { name: format!("Cổng Dịch vụ công quốc gia, {}", self.id), as_of: as_of.to_owned() },
            place: some(&self.address),
            deadline: None,
            result: some(&self.result),
            questions: Vec::new(),
            documents: documents(&self.documents),
            fees: fees(self, blanks),
            waivers: Vec::new(),
            times: times(self, blanks),
            law: laws(&self.legal_basis),
        }
    }
}

/// The crawl repeats an agency for each way of submitting.
fn once_each(agencies: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in agencies.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

fn first_day(as_of: &str) -> Date {
    format!("{as_of}-01").parse().or_else(|_| as_of.parse()).unwrap_or(jiff::civil::date(2021, 1, 1))
}

/// The lowest level named: that is where people go.
fn level(text: &str) -> Option<Level> {
    let text = text.to_lowercase();
    [("xã", Level::Commune), ("tỉnh", Level::Province), ("bộ", Level::Ministry)]
        .into_iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, level)| level)
}

fn applicants(text: &str) -> Vec<Applicant> {
    const WORDS: [(&str, Applicant); 6] = [
        ("Công dân Việt Nam", Applicant::Citizen),
        ("Hộ kinh doanh", Applicant::HouseholdBusiness),
        ("Doanh nghiệp", Applicant::Company),
        ("Tổ chức", Applicant::Organisation),
        ("Người nước ngoài", Applicant::Foreigner),
        ("định cư ở nước ngoài", Applicant::Foreigner),
    ];
    // «Tổ chức (không bao gồm doanh nghiệp, HTX)» names companies to leave them out: its lower case keeps it apart.
    let mut found: Vec<Applicant> =
        WORDS.iter().filter(|(word, _)| text.contains(word)).map(|(_, applicant)| *applicant).collect();
    found.dedup();
    found
}

fn documents(text: &str) -> Vec<Document> {
    let mut heading: Option<String> = None;
    let mut found: Vec<Document> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let copies = COPIES.captures(line).and_then(|captures| captures.get(1));
        let name = sentence(copies.map_or(line, |copies| &line[..copies.start() - 1]));
        if name.chars().filter(|c| c.is_alphabetic()).count() < 3 {
            continue;
        }
        if copies.is_none() && name.ends_with(':') {
            heading = Some(name.trim_end_matches(':').to_owned());
            continue;
        }
        let (copy, count) = copies.map_or((None, None), |copies| copy_kind(copies.as_str()));
        found.push(Document {
            id: format!("giay-to-{}", found.len() + 1),
            name: Bilingual::vietnamese(name),
            copy,
            count,
            form: None,
            when: heading.clone().map(Bilingual::vietnamese),
            not_needed: None,
            only: When::new(),
            spared: When::new(),
        });
    }
    found
}

fn copy_kind(text: &str) -> (Option<CopyKind>, Option<u32>) {
    text.split(',')
        .filter_map(|part| {
            let count = part.trim().split(' ').next()?.parse::<u32>().ok().filter(|count| *count > 0)?;
            let kind = if part.contains("chính") { CopyKind::Original } else { CopyKind::Copy };
            Some((Some(kind), Some(count)))
        })
        .next()
        .unwrap_or((None, None))
}

fn laws(text: &str) -> Vec<Law> {
    let mut found: Vec<Law> = Vec::new();
    for line in text.lines() {
        for number in LAW_NUMBER.find_iter(line).map(|number| unglued(line, &number)) {
            if found.iter().any(|law| law.number == number) {
                continue;
            }
            let name = line
                .split(" — ")
                .next()
                .filter(|name| line.contains(" — ") && !LAW_NUMBER.is_match(name) && name.chars().count() < 160);
            found.push(Law {
                number: number.to_owned(),
                name: name.map(|name| Bilingual::vietnamese(sentence(name))),
                article: None,
            });
        }
    }
    found
}

/// The number without the year of the name that the crawl glued to its front: `Luật Cư trú 202068/2020/QH14`.
fn unglued<'a>(line: &'a str, number: &regex::Match<'a>) -> &'a str {
    let before = &line[..number.start()];
    let run = before.len() - before.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let start = number.start() - run;
    let digits = line[start..].split('/').next().unwrap_or_default();
    if run > 0 && digits.len() > 4 { &line[start + 4..number.end()] } else { number.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_numbers_of_laws_are_taken_apart() {
        let laws = laws(
            "Luật Cư trú 202068/2020/QH14\nThông tư số 75/2022/TT-BTC của Bộ — 75/2022/TT-BTC\nNghị định — 87/2020/NĐ-CP Nghị định x — 123/2015/NĐ-CP",
        );
        let numbers: Vec<&str> = laws.iter().map(|law| law.number.as_str()).collect();
        assert_eq!(numbers, ["68/2020/QH14", "75/2022/TT-BTC", "87/2020/NĐ-CP", "123/2015/NĐ-CP"]);
    }

    #[test]
    fn headings_between_papers_become_their_case() {
        let papers = documents("Trường hợp mua nhà:\n- Hợp đồng [1 bản chính,1 bản sao]\n-");
        assert_eq!(papers.len(), 1);
        assert_eq!((papers[0].copy, papers[0].count), (Some(CopyKind::Original), Some(1)));
        assert_eq!(papers[0].when.as_ref().unwrap().vi, "Trường hợp mua nhà");
    }

    #[test]
    fn the_lowest_level_is_where_people_go() {
        assert_eq!(level("Cấp bộ, Cấp tỉnh, Cấp xã"), Some(Level::Commune));
        assert_eq!(level("Cơ quan khác"), None);
    }
}
