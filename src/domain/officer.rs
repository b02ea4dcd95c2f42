//! Officers: who works behind the bot, and what each may do where.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A part that somebody plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Looks after officers and settings.
    Administrator,
    /// Writes guides.
    Editor,
    /// Writes announcements.
    Broadcaster,
    /// Approves announcements that others wrote.
    Approver,
    /// Answers citizens.
    Agent,
    /// Looks after dossiers and the papers sent for them.
    DossierOfficer,
    /// Looks after citizens' requests about their data (*người phụ trách bảo vệ dữ liệu*).
    DataOfficer,
    /// Looks, and changes nothing.
    Viewer,
}

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Add, change and end officers; connect channels.
    ManageOfficers,
    /// Read who did what.
    ReadAudit,
    /// Read conversations that citizens gave to staff.
    SeeTickets,
    /// Take such conversations over and answer.
    Answer,
    /// Have numbers of persons shown that citizens told officers.
    Reveal,
    /// Answer citizens' requests about their data.
    HandleData,
    /// Read lists of dossiers.
    SeeDossiers,
    /// Open papers that citizens sent, and decide.
    DecidePapers,
    /// Change what citizens are answered from.
    Edit,
    /// Look at figures.
    SeeFigures,
    /// Read announcements, and what became of them.
    SeeBroadcasts,
    /// Write announcements, stop them and go on.
    Compose,
    /// Approve announcements that others wrote.
    Approve,
}

impl Role {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::Editor,
        Self::Broadcaster,
        Self::Approver,
        Self::Agent,
        Self::DossierOfficer,
        Self::DataOfficer,
        Self::Viewer,
    ];

    /// Its name in commands, forms and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Editor => "editor",
            Self::Broadcaster => "broadcaster",
            Self::Approver => "approver",
            Self::Agent => "agent",
            Self::DossierOfficer => "dossier-officer",
            Self::DataOfficer => "data-officer",
            Self::Viewer => "viewer",
        }
    }

    /// Whether it brings this right. An administrator looks after people, not after citizens' matters: rights to those are given
    /// openly, by another role.
    pub fn brings(self, right: Right) -> bool {
        match right {
            Right::ManageOfficers => self == Self::Administrator,
            Right::ReadAudit => matches!(self, Self::Administrator),
            Right::SeeTickets => matches!(self, Self::Agent | Self::Viewer),
            Right::Answer | Right::Reveal => self == Self::Agent,
            Right::HandleData => self == Self::DataOfficer,
            Right::SeeDossiers => matches!(self, Self::DossierOfficer | Self::Viewer),
            Right::DecidePapers => self == Self::DossierOfficer,
            Right::Edit => self == Self::Editor,
            Right::SeeBroadcasts => matches!(self, Self::Broadcaster | Self::Approver | Self::Viewer),
            Right::Compose => self == Self::Broadcaster,
            Right::Approve => self == Self::Approver,
            Right::SeeFigures => matches!(self, Self::Administrator | Self::Editor | Self::Approver | Self::Viewer),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A role, everywhere or at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// The part.
    pub role: Role,
    /// The place it is limited to, by the name of its agency; everywhere without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// What is no grant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no role: say one of administrator, editor, broadcaster, approver, agent, dossier-officer, data-officer, viewer, with @PLACE behind it to limit it"
)]
pub struct NoGrant(pub String);

/// `agent`, or `agent@ubnd-minh-duc`.
impl FromStr for Grant {
    type Err = NoGrant;

    fn from_str(text: &str) -> Result<Self, NoGrant> {
        let (role, at) = text.split_once('@').map_or((text, None), |(role, at)| (role, Some(at)));
        let role = Role::ALL.into_iter().find(|known| known.name() == role.trim()).ok_or_else(|| NoGrant(text.to_owned()))?;
        match at.map(str::trim) {
            Some("") => Err(NoGrant(text.to_owned())),
            at => Ok(Self { role, at: at.map(str::to_owned) }),
        }
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some(at) => write!(f, "{}@{at}", self.role),
            None => write!(f, "{}", self.role),
        }
    }
}

/// Somebody who works behind the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Its id.
    pub id: Uuid,
    /// What is typed to sign in.
    pub login: String,
    /// What colleagues and citizens read.
    pub name: String,
    /// What they may do.
    pub grants: Vec<Grant>,
}

impl Officer {
    /// Whether they may do this at a place; `None` is what belongs to no place, or to all.
    pub fn may(&self, right: Right, at: Option<&str>) -> bool {
        let there = |grant: &&Grant| match (&grant.at, at) {
            (None, _) => true,
            (Some(granted), Some(at)) => granted == at,
            (Some(_), None) => false,
        };
        self.grants.iter().filter(there).any(|grant| grant.role.brings(right))
    }

    /// Where they may do this: everywhere, or at these places.
    pub fn places(&self, right: Right) -> Places {
        let grants = self.grants.iter().filter(|grant| grant.role.brings(right));
        let mut places = Vec::new();
        for grant in grants {
            match &grant.at {
                None => return Places::All,
                Some(at) if !places.contains(at) => places.push(at.clone()),
                Some(_) => {}
            }
        }
        Places::Some(places)
    }
}

/// Where somebody may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// Everywhere.
    All,
    /// At these places; nowhere when there are none.
    Some(Vec<String>),
}

impl Places {
    /// Whether there is any.
    pub fn is_nowhere(&self) -> bool {
        matches!(self, Self::Some(places) if places.is_empty())
    }
}

/// Whether `text` can be a login: 2 to 40 of `a-z`, digits, dot, hyphen and underscore.
pub fn is_login(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"._-".contains(&letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn officer(grants: &[&str]) -> Officer {
        let grants = grants.iter().map(|grant| grant.parse().unwrap()).collect();
        Officer { id: Uuid::nil(), login: "lan".into(), name: "Lan".into(), grants }
    }

    #[test]
    fn a_right_holds_where_it_was_given() {
        let lan = officer(&["agent@xa-a", "viewer"]);
        assert!(lan.may(Right::Answer, Some("xa-a")) && lan.may(Right::SeeTickets, Some("xa-b")));
        assert!(!lan.may(Right::Answer, Some("xa-b")) && !lan.may(Right::Answer, None));
        assert_eq!(lan.places(Right::Answer), Places::Some(vec!["xa-a".into()]));
        assert_eq!(lan.places(Right::SeeTickets), Places::All);
        assert!(lan.places(Right::ManageOfficers).is_nowhere());
    }

    #[test]
    fn whoever_looks_after_people_reads_no_conversation_by_that() {
        let administrator = officer(&["administrator"]);
        assert!(administrator.may(Right::ManageOfficers, None));
        for right in [Right::SeeTickets, Right::Answer, Right::SeeDossiers, Right::DecidePapers] {
            assert!(!administrator.may(right, None), "{right:?}");
        }
    }

    #[test]
    fn grants_are_written_and_read() {
        for text in ["agent", "dossier-officer@ubnd-minh-duc"] {
            assert_eq!(text.parse::<Grant>().unwrap().to_string(), text);
        }
        for text in ["boss", "agent@", "", "agent agent"] {
            assert!(text.parse::<Grant>().is_err(), "{text}");
        }
        assert!(is_login("nguyen.lan-01") && !is_login("Lan") && !is_login("a") && !is_login("lan lan"));
    }
}
