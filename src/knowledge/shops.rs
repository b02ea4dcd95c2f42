//! One-stop shops (`một cửa`, officially a commune's or province's Trung tâm Phục vụ hành chính công): where one goes,
//! when, and whom one calls. Each deployment writes its own into `places.toml`.

use serde::Deserialize;

use super::error::Fault;
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

/// Whether something was not filled in: words such as `SO_DIEN_THOAI`, by which handbooks show where to write.
pub fn is_placeholder(text: &str) -> bool {
    let is_one = |word: &str| {
        let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        capitals && word.contains('_') && word.len() > 3
    };
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').any(is_one)
}

impl Shop {
    /// The departments for a procedure; all when none says that it receives it, or no procedure is asked about.
    pub fn departments_for(&self, guide: Option<&Guide>) -> Vec<&Department> {
        let receiving: Vec<&Department> =
            self.department.iter().filter(|department| guide.is_some_and(|guide| department.receives(guide))).collect();
        if receiving.is_empty() { self.department.iter().collect() } else { receiving }
    }

    /// What a clerk still has to fill in.
    pub(super) fn missing(&self) -> impl Iterator<Item = Fault> {
        let no_hotline = self.department.is_empty() || self.department.iter().any(|department| department.hotline.is_none());
        let gaps = [
            (self.example, "fault-shop-example"),
            (self.address.is_none(), "fault-shop-address"),
            (self.hours.is_none(), "fault-shop-hours"),
            (no_hotline, "fault-shop-hotline"),
        ];
        let gaps = gaps.into_iter().filter(|(gap, _)| *gap).map(|(_, what)| Fault::new(what).value("name", &self.name));
        let hours = self.hours.iter().map(|hours| &hours.vi);
        let hotlines = self.department.iter().filter_map(|department| department.hotline.as_ref());
        let written = std::iter::once(&self.name).chain(&self.address).chain(hours).chain(hotlines);
        let left = written.filter(|text| is_placeholder(text)).map(|text| Fault::new("fault-placeholder").value("text", text));
        gaps.chain(left)
    }
}
