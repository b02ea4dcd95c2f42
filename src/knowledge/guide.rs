//! The facts of one procedure, as `guide.toml` holds them. `knowledge/README.md` explains each key to its author.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::text::GuideText;
use super::walk::When;
use crate::domain::{Bilingual, Lang};

/// One procedure: facts, and words in one or two languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guide {
    /// The folder's name: the guide's identity in links, buttons and conversations.
    pub slug: String,
    /// What `guide.toml` says.
    pub facts: Facts,
    /// What `vi.md` says.
    pub vi: GuideText,
    /// What `en.md` says, if the guide was translated.
    pub en: Option<GuideText>,
}

impl Guide {
    /// Whether a person wrote or confirmed it; an import made the others.
    pub fn is_written(&self) -> bool {
        self.facts.review != Review::Imported
    }

    /// The words in `lang`, or in Vietnamese when there are none.
    pub fn text(&self, lang: Lang) -> &GuideText {
        match lang {
            Lang::En => self.en.as_ref().unwrap_or(&self.vi),
            Lang::Vi => &self.vi,
        }
    }

    /// A name for exactly what the guide says in Vietnamese and its facts.
    pub fn fingerprint(&self) -> String {
        let facts = serde_json::to_string(&self.facts).unwrap_or_default();
        hex::encode(&Sha256::new_with_prefix(facts).chain_update(format!("{:?}", self.vi)).finalize()[..12])
    }

    /// The main official code, or the slug for a guide that explains no single procedure.
    pub fn code(&self) -> &str {
        self.facts.codes.first().unwrap_or(&self.slug)
    }

    /// Whether the procedure is in force on `day`.
    pub fn valid_on(&self, day: Date) -> bool {
        self.facts.valid_from.is_none_or(|from| from <= day) && self.facts.valid_until.is_none_or(|until| day <= until)
    }
}

/// The contents of `guide.toml`. What is not known is absent; the answer says so.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Official codes (`mã TTHC`), the main one first.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Field of administration (`lĩnh vực`).
    pub field: Bilingual,
    /// Who decides.
    pub authority: Option<Bilingual>,
    /// Level of government that receives it.
    pub level: Option<Level>,
    /// How far it can be done online.
    pub online: Option<Online>,
    /// Who may apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<Applicant>,
    /// Who vouches for the facts.
    pub review: Review,
    /// The day somebody compared this file with its source.
    pub checked_on: Date,
    /// First day in force.
    pub valid_from: Option<Date>,
    /// Last day in force.
    pub valid_until: Option<Date>,
    /// Codes this procedure stands in for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// Slugs of guides people need next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// The procedure's page on the national portal. Its address holds a UUID and cannot be built from a code.
    pub portal: Option<String>,
    /// Where the facts were read.
    pub source: Source,
    /// Where to apply.
    #[serde(rename = "where")]
    pub place: Option<Bilingual>,
    /// By when the citizen must act.
    pub deadline: Option<Bilingual>,
    /// What one gets.
    pub result: Option<Bilingual>,
    /// What is asked to find out which papers somebody needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<PaperQuestion>,
    /// Papers to bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Fees, by way of submitting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// Dated reductions of the fees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
    /// How long the authority may take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeLimit>,
    /// Legal basis.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub law: Vec<Law>,
}

/// Level of government. Districts are gone since 1 July 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Commune, ward (`xã`, `phường`).
    Commune,
    /// Province.
    Province,
    /// Ministry or another central body.
    Ministry,
}

/// How far a procedure can be done online (Decree 224/2026/NĐ-CP, art. 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Online {
    /// Information only.
    None,
    /// `Một phần`: one step needs the person.
    Partial,
    /// `Toàn trình`: from the first step to the last.
    Full,
}

/// Who may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applicant {
    /// A person.
    Citizen,
    /// `Hộ kinh doanh`: a family that trades without being a company.
    HouseholdBusiness,
    /// A company or cooperative.
    Company,
    /// Any other organisation.
    Organisation,
    /// A foreigner, or a Vietnamese who lives abroad.
    Foreigner,
}

/// Who vouches for the facts; later variants weigh more when two guides share a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Nobody: made by a program from a crawl.
    Imported,
    /// Written from the sources named, not yet confirmed by an officer of this province.
    Desk,
    /// Confirmed by an officer.
    Officer,
}

/// Where the facts of a guide were read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The source in words.
    pub name: String,
    /// The state of the source: `2026-07` or `2026-07-15`.
    pub as_of: String,
}

/// A paper to bring.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its name inside the guide.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// As what it is asked for.
    pub copy: Option<CopyKind>,
    /// How many.
    pub count: Option<u32>,
    /// Official name of the form to fill in.
    pub form: Option<String>,
    /// Only in this case.
    pub when: Option<Bilingual>,
    /// When the state already has the data.
    pub not_needed: Option<Bilingual>,
    /// Only for somebody who answered the guide's questions so.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub only: When,
    /// Not for somebody who answered so: the state already has it, as `not_needed` tells.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub spared: When,
}

/// A question that tells which papers somebody needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperQuestion {
    /// Its name inside the guide.
    pub id: String,
    /// The question.
    pub ask: Bilingual,
    /// Its answers.
    pub choices: Vec<PaperChoice>,
    /// Asked only after these answers.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub when: When,
}

/// An answer to a [`PaperQuestion`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperChoice {
    /// Its name inside the question.
    pub id: String,
    /// What stands on its button.
    pub label: Bilingual,
}

/// As what a paper is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyKind {
    /// The original, to hand in.
    Original,
    /// A plain copy.
    Copy,
    /// A certified copy (`bản sao chứng thực`).
    Certified,
    /// A declaration to fill in.
    Form,
    /// Only to be shown.
    Show,
}

/// A way of submitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// In person.
    Counter,
    /// On the portal or in VNeID.
    Online,
    /// By post (`bưu chính công ích`).
    Post,
}

/// A fee, for some ways of submitting or for all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Ways it applies to; empty for every way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Via>,
    /// VND; 0 when the law says free; absent when it is set elsewhere, as the note then tells.
    pub amount: Option<u64>,
    /// For what or for whom.
    pub note: Option<Bilingual>,
    /// Who does not pay.
    pub exempt: Option<Bilingual>,
}

/// A dated, conditional reduction such as that of Resolution 66.22/2026/NQ-CP.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Percent off the fee; 100 means nothing is paid.
    pub off: u8,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// For whom.
    pub condition: Bilingual,
    /// Number of the legal text.
    pub law: String,
}

/// How long the authority may take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// Ways of submitting it applies to; empty for every way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Via>,
    /// How many units; absent with [`TimeUnit::SameDay`].
    pub amount: Option<u32>,
    /// The unit.
    pub unit: TimeUnit,
    /// In which case.
    pub note: Option<Bilingual>,
}

/// Unit of a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Working days.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Working hours.
    Hours,
    /// On the day of submitting.
    SameDay,
}

/// A legal text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its number, such as `60/2014/QH13`.
    pub number: String,
    /// Its name.
    pub name: Option<Bilingual>,
    /// The articles that matter.
    pub article: Option<String>,
}
