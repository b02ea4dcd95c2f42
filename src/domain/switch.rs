//! What the office may switch off at once, without a new program: a guide that is wrong, a channel in trouble, a feature.

use std::fmt;
use std::str::FromStr;

use super::{Bilingual, ChannelName, Timestamp};

/// A part of the bot that citizens can do without for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feature {
    /// To be guided step by step.
    Walks,
    /// To look dossiers up, follow them and send papers for them.
    Dossiers,
    /// To put a question to officers.
    Desk,
    /// To be told of news of a place.
    News,
    /// To link phones.
    Links,
    /// To help somebody else on this phone.
    Helper,
}

impl Feature {
    /// Every feature, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Walks, Self::Dossiers, Self::Desk, Self::News, Self::Links, Self::Helper];

    /// Its name in a command and in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Walks => "walks",
            Self::Dossiers => "dossiers",
            Self::Desk => "desk",
            Self::News => "news",
            Self::Links => "links",
            Self::Helper => "helper",
        }
    }
}

/// What can be switched off. Written `guide:dang-ky-khai-sinh`, `channel:zalo`, `feature:walks`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Switchable {
    /// A guide, by its slug: neither chat nor pages show it.
    Guide(String),
    /// A channel: whoever writes there is told why nobody answers; notices and announcements wait.
    Channel(ChannelName),
    /// A feature: whoever wants it is told why it is not there.
    Feature(Feature),
}

/// Not the name of anything that can be switched off.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” cannot be switched off: give guide:SLUG, channel:NAME ({channels}) or feature:NAME ({features})",
    channels = ChannelName::ALL.map(ChannelName::as_str).join(", "), features = Feature::ALL.map(Feature::key).join(", "))]
pub struct NoSwitch(String);

impl fmt::Display for Switchable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guide(slug) => write!(f, "guide:{slug}"),
            Self::Channel(name) => write!(f, "channel:{name}"),
            Self::Feature(feature) => write!(f, "feature:{}", feature.key()),
        }
    }
}

impl FromStr for Switchable {
    type Err = NoSwitch;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = match name.split_once(':') {
            Some(("guide", slug)) if !slug.is_empty() => Some(Self::Guide(slug.to_owned())),
            Some(("channel", channel)) => channel.parse().ok().map(Self::Channel),
            Some(("feature", key)) => Feature::ALL.into_iter().find(|feature| feature.key() == key).map(Self::Feature),
            _ => None,
        };
        known.ok_or_else(|| NoSwitch(name.to_owned()))
    }
}

/// Something that is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    /// What.
    pub what: Switchable,
    /// Why, as citizens read it; the Vietnamese where there is no other.
    pub reason: Bilingual,
    /// Who switched it off: a login, or the user of the machine.
    pub by: String,
    /// When.
    pub since: Timestamp,
}

/// Everything that is off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switches(Vec<Off>);

impl Switches {
    /// Nothing is.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// These are off.
    pub fn new(off: Vec<Off>) -> Self {
        Self(off)
    }

    /// Everything that is off.
    pub fn all(&self) -> &[Off] {
        &self.0
    }

    /// Why this is off, if it is.
    pub fn off(&self, what: &Switchable) -> Option<&Off> {
        self.0.iter().find(|off| off.what == *what)
    }

    /// Why this feature is off, if it is.
    pub fn feature(&self, feature: Feature) -> Option<&Off> {
        self.off(&Switchable::Feature(feature))
    }

    /// Why this guide is off, if it is.
    pub fn guide(&self, slug: &str) -> Option<&Off> {
        self.0.iter().find(|off| matches!(&off.what, Switchable::Guide(guide) if guide == slug))
    }

    /// Why this channel is off, if it is.
    pub fn channel(&self, name: ChannelName) -> Option<&Off> {
        self.off(&Switchable::Channel(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["guide:dang-ky-khai-sinh", "channel:zalo_bot", "feature:desk"] {
            assert_eq!(name.parse::<Switchable>().unwrap().to_string(), name);
        }
        for name in ["guide:", "channel:fax", "feature:all", "zalo", ""] {
            let refused = name.parse::<Switchable>().unwrap_err().to_string();
            assert!(refused.contains("feature:NAME (walks, dossiers"), "{refused}");
        }
    }
}
