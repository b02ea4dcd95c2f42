//! What a turn wants of the house: things to do, and things to ask it.

use uuid::Uuid;

use super::dossier::{LookedUp, SentPaper, Submitted, View};
use super::handoff::Opened;
use super::link::{KnownPlace, Shared};
use super::walk::{Kept, Progress};
use crate::domain::broadcast::{BroadcastId, Subscription};
use crate::domain::file::Kept as KeptFile;
use crate::domain::privacy::Holding;
use crate::domain::{Attachment, ChannelName, DossierCode, Help, Lesson, Passage, Purpose, Rating, ResumeCode, Timestamp};

/// What a turn wants done besides talking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A question taught us something.
    Learn(Lesson),
    /// A question is to be counted: what became of it, and by which guide.
    Tally(&'static str, Option<String>),
    /// They want to be told when this can be answered.
    TellMe(String),
    /// They want to be told of nothing any more.
    TellNoMore,
    /// They agreed to be told of news.
    Subscribe(Box<Subscription>),
    /// They want no news any more.
    Unsubscribe,
    /// A button under a broadcast was pressed.
    Tapped(BroadcastId, u32),
    /// Something was said to a broadcast.
    Replied {
        /// Which one.
        broadcast: BroadcastId,
        /// The words, stripped of what names somebody.
        words: String,
        /// Its own answers had one.
        answered: bool,
    },
    /// Somebody came further on a walk, or not.
    Passed(Passage),
    /// A walk is to wait under a code.
    Keep(Box<Kept>),
    /// A going of a walk is to be forgotten; nobody agrees any more to keep one.
    ForgetWalk(Uuid),
    /// What is kept of them is to be counted, and the turn gone on with.
    ShowData,
    /// What is kept of them can be read by the link of this secret until then.
    ExportData(String, Timestamp),
    /// Everything that is kept of them is to be deleted, and the turn gone on with.
    EraseData,
    /// They ask for something about their data, in their words.
    AskAboutData(String),
    /// What waits under this code is to be looked up, and the turn gone on with by [`gone_on`](super::gone_on).
    Fetch(ResumeCode),
    /// This place can be linked by this code until then.
    Offer(ResumeCode, Timestamp),
    /// This place is to be linked with the one that offered the code, and the turn gone on with by [`gone_on`](super::gone_on).
    Link(ResumeCode),
    /// The dossier of this code is to be looked up; the digits prove whose it is.
    LookUp(DossierCode, String),
    /// The dossier of a printed link is to be looked up.
    OpenLink(String),
    /// The dossier of this key is to be followed here.
    Follow(String),
    /// The followed dossier of this handle is to be shown.
    ShowFollowed(String),
    /// The dossier of this handle is to be followed no more.
    Unfollow(String),
    /// The followed dossier of this handle was rated.
    Rated(String, Rating),
    /// The dossiers that are followed here are to be listed.
    ListFollowed,
    /// The papers that are missing from the followed dossier of this handle are to be listed; without one, from the only
    /// followed dossier that misses some.
    ListPapers(String),
    /// A file is one of the papers that are missing from the followed dossier of this handle.
    Submit {
        /// The handle.
        dossier: String,
        /// The paper, in the office's words.
        paper: String,
        /// The file.
        file: KeptFile,
    },
    /// The conversation is to be given to staff, and the turn gone on with.
    HandOver {
        /// What the citizen asks them.
        question: String,
        /// The guide that is talked of.
        topic: Option<String>,
        /// The broadcast that led to it.
        broadcast: Option<BroadcastId>,
    },
    /// The citizen takes the conversation back from staff.
    Leave(Uuid),
    /// What was said is for staff.
    ForDesk(Uuid),
    /// A file is for staff.
    Enclose(Uuid, KeptFile),
    /// What was said with officers can be read by the link of this secret until then.
    Transcribe(Uuid, String, Timestamp),
    /// How content they were with staff, from 1 to 3.
    ScoreDesk(Uuid, u8),
    /// A file is to be looked at; what was seen comes back as [`Said::Looked`](crate::domain::Said::Looked).
    Look(Attachment, Purpose),
    /// This linked place is to be taken out.
    Unlink(Uuid),
    /// Notices are to go to this linked place first.
    Prefer(Uuid),
    /// What was said in this conversation since then is to be deleted.
    Wipe(Timestamp),
    /// Somebody was helped; which wording of the consent was read to them.
    Helped(Help, &'static str),
}

impl Effect {
    /// Whether it writes something that belongs to the state, but does not stand in it.
    pub fn writes_beside(&self) -> bool {
        let kept = matches!(
            self,
            Self::Keep(_)
                | Self::ForgetWalk(_)
                | Self::ExportData(..)
                | Self::Offer(..)
                | Self::Unlink(_)
                | Self::Prefer(_)
                | Self::Look(..)
        );
        let news = matches!(self, Self::Subscribe(_) | Self::Unsubscribe | Self::Replied { .. });
        let desk =
            matches!(self, Self::Leave(_) | Self::ForDesk(_) | Self::Enclose(..) | Self::ScoreDesk(..) | Self::Transcribe(..));
        kept || news || desk || self.asks() && !matches!(self, Self::Fetch(_))
    }

    /// The ticket whose officer is to read this.
    pub fn for_desk(&self) -> Option<Uuid> {
        match self {
            Self::ForDesk(ticket) | Self::Enclose(ticket, _) => Some(*ticket),
            _ => None,
        }
    }

    /// Whether officers are to read what was said.
    pub fn is_for_officers(&self) -> bool {
        self.for_desk().is_some() || matches!(self, Self::HandOver { .. })
    }

    /// Whether the turn cannot end before an answer to it.
    pub fn asks(&self) -> bool {
        match self {
            Self::Fetch(_) | Self::Link(_) | Self::LookUp(..) | Self::OpenLink(_) | Self::Follow(_) => true,
            Self::ShowFollowed(_) | Self::Unfollow(_) | Self::ListFollowed | Self::Rated(..) => true,
            Self::ListPapers(_) | Self::Submit { .. } | Self::HandOver { .. } => true,
            Self::ShowData | Self::EraseData | Self::AskAboutData(_) => true,
            Self::ForgetWalk(_) | Self::ExportData(..) => false,
            Self::Leave(_) | Self::ForDesk(_) | Self::Enclose(..) | Self::ScoreDesk(..) | Self::Transcribe(..) => false,
            Self::Subscribe(_) | Self::Unsubscribe | Self::Tapped(..) | Self::Replied { .. } => false,
            Self::Learn(_)
            | Self::Tally(..)
            | Self::TellMe(_)
            | Self::TellNoMore
            | Self::Passed(_)
            | Self::Keep(_)
            | Self::Offer(..)
            | Self::Wipe(_) => false,
            Self::Helped(..) | Self::Unlink(_) | Self::Prefer(_) | Self::Look(..) => false,
        }
    }
}

/// The answer to an effect that [asks](Effect::asks).
#[derive(Clone, Debug)]
pub enum Found {
    /// The code leads nowhere.
    Nothing,
    /// A walk waited under it.
    Walk(Progress),
    /// It was offered to link a place on that channel.
    Offer(ResumeCode, ChannelName),
    /// The link is made: what is shared now, and the places.
    Linked(Shared, Vec<KnownPlace>),
    /// What came of looking a dossier up.
    LookedUp(LookedUp),
    /// A dossier is followed from now on; `None` when it cannot be.
    Followed(Option<Box<View>>),
    /// A dossier is followed no more.
    Unfollowed,
    /// A rating was taken; or not, when there is nothing to rate.
    RatingTaken(bool),
    /// The dossiers that are followed here.
    Dossiers(Vec<View>),
    /// What is kept of them.
    Data(Box<Holding>),
    /// Everything was deleted: the receipt.
    Erased(String),
    /// The receipt of a request; or none, when there are too many.
    DataRequested(Option<String>),
    /// The conversation is with staff; or not, when it was too often today.
    HandedOver(Option<Opened>),
    /// The desk is shut to them until then.
    DeskShut(Timestamp),
    /// A dossier, and what was sent of its missing papers.
    Papers(Box<View>, Vec<SentPaper>),
    /// What became of a paper that was sent.
    Submitted {
        /// The handle of the dossier.
        dossier: String,
        /// The paper, in the office's words.
        paper: String,
        /// What became of it.
        became: Submitted,
    },
}
