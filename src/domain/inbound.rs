//! What a citizen said, before anybody has understood it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ticket::DeskEvent;
use super::{Address, Attachment, ChoiceId, Lang, Purpose, Secret, Seen, Timestamp};

/// Something that reached us, already stored: a turn of the conversation to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// Our id, a UUIDv7: inbounds of one conversation are taken in its order.
    pub id: Uuid,
    /// The channel's own id, unique within the channel: a repeat of it does nothing.
    pub external_id: String,
    /// Who, and where to answer.
    pub from: Address,
    /// When we received it.
    pub at: Timestamp,
    /// What was said.
    pub said: Said,
    /// The language of the citizen's app, when the channel tells; used only before a choice was made.
    pub lang_hint: Option<Lang>,
}

/// Everything that can be said to the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Words, as typed.
    Text(String),
    /// Words that held a secret ([`Said::without_secrets`]); they were not kept.
    Secret(Secret),
    /// A button.
    Chose(ChoiceId),
    /// An earlier message, corrected.
    Edited(String),
    /// Something that is not words. We do not look inside it, and do not keep it.
    Sent(Media),
    /// A photo or a file that can be looked at, if the conversation wants it.
    Attached(Attachment),
    /// Not the citizen: what was seen of a file of theirs that was wanted for this.
    Looked(Purpose, Seen),
    /// Opened the conversation, perhaps through a link that carries a word (`/start WORD`).
    Joined(Option<String>),
    /// Opened the chat window, without a word.
    Opened,
    /// Not the citizen, but a person of the office wrote into this conversation.
    Staff,
    /// Not the citizen: something happened at the desk where officers take conversations over.
    Desk(DeskEvent),
    /// Not the citizen: a question that they wanted to be told about can be answered now, by this guide.
    Answerable {
        /// The question, as it was kept.
        question: String,
        /// The guide, by its slug.
        guide: String,
    },
    /// Asked the vendor to have everything about them deleted.
    Withdrawn,
    /// Put the bot into a group.
    AddedToGroup,
    /// Blocked the bot or left.
    Left,
    /// Unblocked the bot, without a word.
    Returned,
    /// Nobody said anything: the time has come that the state waited for, such as the end of a quiet session.
    Quiet,
    /// More in a minute than is taken; the rest of it was not stored.
    TooMuch,
    /// Something this version cannot read. The raw body is kept for the programmer.
    Unreadable,
}

impl Said {
    /// The same without signs that nobody sees and that not every database takes.
    #[must_use]
    pub fn printable(self) -> Self {
        let clean = |text: String| text.replace('\0', " ");
        match self {
            Self::Text(text) => Self::Text(clean(text)),
            Self::Edited(text) => Self::Edited(clean(text)),
            Self::Joined(payload) => Self::Joined(payload.map(clean)),
            Self::Attached(file) => {
                Self::Attached(Attachment { name: file.name.map(clean), caption: file.caption.map(clean), ..file })
            }
            other => other,
        }
    }

    /// Whether the citizen did something that vendors count windows from.
    pub fn is_interaction(&self) -> bool {
        !matches!(
            self,
            Self::Staff | Self::Desk(_) | Self::Answerable { .. } | Self::Withdrawn | Self::Left | Self::Quiet | Self::Looked(..)
        )
    }
}

/// Kinds of things people send that are not words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// A sticker or an animation.
    Sticker,
    /// A voice message or other sound.
    Voice,
    /// A photo.
    Photo,
    /// A video.
    Video,
    /// A file.
    File,
    /// A place.
    Location,
    /// A telephone number or a contact card.
    Contact,
    /// Anything else.
    Other,
}
