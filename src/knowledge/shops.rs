//! One-stop shops (`một cửa`, officially a commune's or province's Trung tâm Phục vụ hành chính công): where one goes,
//! when, and whom one calls. Each deployment writes its own into `places.toml`.

use serde::Deserialize;

use super::guide::{Guide, Level};
use crate::domain::Bilingual;

/// A one-stop shop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shop {
    /// What stands on its sign.
    pub name: String,
    /// Commune or province.
    pub level: Level,
    /// The commune or ward it serves, as the [`Unit`](super::places::Unit) is named; the whole province without it.
    pub unit: Option<String>,
    /// Street and house.
    pub address: Option<String>,
    /// Opening hours, in words.
    pub hours: Option<Bilingual>,
    /// Its departments, each with its own telephone.
    #[serde(default)]
    pub department: Vec<Department>,
    /// Only a sample that shows how to write one: the chat says so wherever it is shown.
    #[serde(default)]
    pub example: bool,
}

/// A department of a one-stop shop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name.
    pub name: Bilingual,
    /// Its telephone.
    pub hotline: Option<String>,
    /// What it receives: fields of guides (their Vietnamese name) or codes of procedures.
    #[serde(default)]
    pub receives: Vec<String>,
}

impl Department {
    /// Whether the procedure of `guide` is handed in here.
    pub fn receives(&self, guide: &Guide) -> bool {
        self.receives.iter().any(|what| *what == guide.facts.field.vi || guide.facts.codes.contains(what))
    }
}

impl Shop {
    /// The departments for a procedure; all when none says that it receives it, or no procedure is asked about.
    pub fn departments_for(&self, guide: Option<&Guide>) -> Vec<&Department> {
        let receiving: Vec<&Department> =
            self.department.iter().filter(|department| guide.is_some_and(|guide| department.receives(guide))).collect();
        if receiving.is_empty() { self.department.iter().collect() } else { receiving }
    }

    /// What a clerk still has to fill in.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let no_hotline = self.department.is_empty() || self.department.iter().any(|department| department.hotline.is_none());
        let gaps = [
            (self.example, "the whole entry: it is an example"),
            (self.address.is_none(), "address"),
            (self.hours.is_none(), "hours"),
            (no_hotline, "the hotline of each department"),
        ];
        gaps.into_iter().filter_map(|(gap, what)| gap.then_some(what)).collect()
    }
}
