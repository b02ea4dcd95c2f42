//! Who agreed to be told, and whom a broadcast is for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{ChannelName, Lang, Timestamp};

/// Something that people can choose to be told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Electricity, water, roads.
    Utilities,
    /// Vaccination, epidemics, health insurance.
    Health,
    /// Schools and kindergartens.
    School,
    /// Farming, weather, disasters.
    Farming,
    /// Land, building, planning.
    Land,
    /// Security and order, fraud.
    Safety,
    /// Benefits and social policy.
    Benefits,
    /// Procedures: what changes, where the one-stop shop is, days off.
    Procedures,
}

impl Topic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] =
        [Self::Procedures, Self::Utilities, Self::Health, Self::School, Self::Farming, Self::Land, Self::Safety, Self::Benefits];

    /// Its name in buttons, forms and the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utilities => "utilities",
            Self::Health => "health",
            Self::School => "school",
            Self::Farming => "farming",
            Self::Land => "land",
            Self::Safety => "safety",
            Self::Benefits => "benefits",
            Self::Procedures => "procedures",
        }
    }

    /// The topic of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// Its bit in a set that the store compares: never given to another one.
    fn bit(self) -> i64 {
        match self {
            Self::Utilities => 1,
            Self::Health => 2,
            Self::School => 4,
            Self::Farming => 8,
            Self::Land => 16,
            Self::Safety => 32,
            Self::Benefits => 64,
            Self::Procedures => 128,
        }
    }

    /// A set as a number.
    pub fn bits(topics: &BTreeSet<Self>) -> i64 {
        topics.iter().map(|topic| topic.bit()).sum()
    }
}

/// What somebody agreed to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Their commune or ward, as it is named in the table of places; `None` when they did not say.
    pub place: Option<String>,
    /// Their hamlet, as they typed it.
    pub hamlet: Option<String>,
    /// What about.
    pub topics: BTreeSet<Topic>,
    /// Also about procedures that they asked about: which they are is kept for that.
    pub asked: bool,
    /// Which wording they agreed to.
    pub consent: String,
    /// When.
    pub since: Timestamp,
}

/// Whom a broadcast is for. What is left empty leaves nobody out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Audience {
    /// People of these communes and wards.
    pub places: Vec<String>,
    /// People who chose one of these.
    pub topics: BTreeSet<Topic>,
    /// People who speak this.
    pub lang: Option<Lang>,
    /// People on these channels.
    pub channels: Vec<ChannelName>,
    /// Followers of an open dossier of this procedure, by its code.
    pub dossier_of: Option<String>,
    /// People who asked about a guide lately.
    pub asked: Option<Asked>,
    /// Who has it before everybody else: a commune, a ward or a hamlet.
    pub pilot: Option<String>,
    /// With [`places`](Self::places): also people who never told where they live. For emergencies.
    pub unplaced: bool,
}

/// Who asked about something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The slug of the guide.
    pub guide: String,
    /// In the last days, so many.
    pub days: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_name_and_a_bit_of_its_own() {
        let all: BTreeSet<Topic> = Topic::ALL.into();
        assert_eq!((all.len(), Topic::bits(&all)), (8, 255));
        assert!(Topic::ALL.into_iter().all(|topic| Topic::from_name(topic.name()) == Some(topic)));
    }
}
