//! The hotline's group on Telegram, with a topic for each conversation that citizens gave to staff.

use serde::{Deserialize, Serialize};

use super::file::FileKind;
use super::{Attachment, ChoiceId, Seen};

/// Something that happened in the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForumWord {
    /// The channel's key of the topic; none for what is said outside of topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The channel's id of whoever did it.
    pub by: String,
    /// What they did.
    pub said: ForumSaid,
}

/// What can be done in the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForumSaid {
    /// Words, perhaps with a command in front.
    Text(String),
    /// Words that were changed after they were sent.
    Edited(String),
    /// A button.
    Pressed(ChoiceId),
    /// A photo or a file.
    File(Attachment),
    /// What was seen of a file, and what was written under it.
    Looked(Seen, Option<String>),
    /// Something that citizens cannot be sent.
    Other,
    /// The topic was closed by hand.
    Closed,
    /// The topic was opened again by hand.
    Reopened,
    /// The group goes on under another id.
    Moved(String),
}

/// A file of ours that goes with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its name where files are kept.
    pub stored: String,
    /// What it is.
    pub kind: FileKind,
}
