//! What the bot remembers of one conversation between two turns. It is stored as JSON after every turn.

use serde::{Deserialize, Serialize};

use super::announce::Announced;
use super::dossier::{Asking, Begun, Sending};
use super::helper::Session;
use super::link::KnownPlace;
use super::papers::PaperList;
use super::walk::{Misses, Progress};
use crate::domain::broadcast::Subscription;
use crate::domain::ticket::Handed;
use crate::domain::{Choice, Lang, Timestamp};

/// The memory of one conversation. Everything in it may be missing: an older program wrote it, or a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The language the citizen chose, or else that of their words or their app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Whether they chose it themselves; a guess may be revised.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lang_chosen: bool,
    /// Whether the bot has said what it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub introduced: bool,
    /// The procedure being talked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// Unfinished walks, the last one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub walks: Vec<Progress>,
    /// The first of them is walked right now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub walking: bool,
    /// Lists of papers, the last one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<PaperList>,
    /// Somebody is helped on this phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helper: Option<Session>,
    /// What the bot waits for about a dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asking: Option<Asking>,
    /// The key of the dossier that was just shown to be theirs: what «follow» means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proven: Option<String>,
    /// The missing papers that stand to choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sending: Option<Sending>,
    /// News is to wait until the morning.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub quiet_nights: bool,
    /// A rating under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Begun>,
    /// The conversation was given to staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed: Option<Handed>,
    /// A person of the office is answering here; the program keeps quiet until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_until: Option<Timestamp>,
    /// The last question that could not be answered, as lessons are kept: they may want to be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<String>,
    /// What they agreed to be told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub news: Option<Subscription>,
    /// The same while it is being chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub news_draft: Option<Subscription>,
    /// The broadcast that what is said may be about. It is not stored here, but read before each turn.
    #[serde(skip)]
    pub announced: Option<Announced>,
    /// The places that the citizen linked. They are not stored here, but read before each turn.
    #[serde(skip)]
    pub places: Vec<KnownPlace>,
    /// Codes that were tried in vain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misses: Option<Misses>,
    /// The buttons under the last message, so that «2» or a label typed by hand means one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Choice>,
}

impl State {
    /// What stays when a conversation begins again: what somebody has worked for is not thrown away by a greeting.
    pub(super) fn begun_again(&self) -> Self {
        Self {
            topic: None,
            walking: false,
            asking: None,
            unanswered: None,
            proven: None,
            rating: None,
            sending: None,
            news_draft: None,
            offered: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether an officer has the conversation right now.
    pub fn is_with_officer(&self) -> bool {
        self.handed.as_ref().is_some_and(|handed| handed.officer.is_some())
    }

    /// Whether news for whoever owns the phone waits: an officer has the conversation, or somebody else is helped on it.
    pub fn keeps_notices(&self) -> bool {
        self.is_with_officer() || self.helper.is_some()
    }

    /// When a turn is to be taken though nobody says anything.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.helper.as_ref().map(Session::ends).into_iter().chain(self.walks.iter().map(Progress::ends)).min()
    }

    /// Forgets walks that were left a while ago and that nobody agreed to keep.
    pub(super) fn forget_left_walks(&mut self, now: Timestamp) {
        let present = self.walks.first().map(|progress| progress.run).filter(|_| self.walking);
        self.walks.retain(|progress| now < progress.ends());
        self.walking = present.is_some() && self.walks.first().map(|progress| progress.run) == present;
    }
}

/// The procedure being talked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Slug of its guide. Slugs outlive a reload of the content; positions do not.
    pub guide: String,
    /// The question that led to it, for reading a follow-up together with it.
    pub question: String,
    /// Slugs of the guides that came next: what «other procedure» offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// It and the others stand to choice: the bot asked back, and nothing was chosen yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// The citizen has said whether this was the right guide.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub judged: bool,
}
