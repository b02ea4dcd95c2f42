//! Names of things: where a citizen is, and which button was pressed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A way in and out of the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelName {
    /// Telegram Bot API.
    Telegram,
    /// Our own web chat.
    Web,
    /// A Zalo Official Account.
    Zalo,
    /// Zalo's Bot Platform.
    ZaloBot,
}

impl ChannelName {
    /// Every channel, in the order in which they are shown to operators.
    pub const ALL: [Self; 4] = [Self::Web, Self::Zalo, Self::ZaloBot, Self::Telegram];

    /// The name as stored and as shown to operators.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Web => "web",
            Self::Zalo => "zalo",
            Self::ZaloBot => "zalo_bot",
        }
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A stored name that no channel of this version carries.
#[derive(Debug, thiserror::Error)]
#[error("unknown channel “{0}”")]
pub struct UnknownChannel(String);

impl FromStr for ChannelName {
    type Err = UnknownChannel;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == name).ok_or_else(|| UnknownChannel(name.to_owned()))
    }
}

/// Where one conversation takes place: a channel, and the channel's own name for the place (a chat, a browser).
///
/// Written `telegram:12345`. The peer is opaque here; only its channel takes it apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// The way to get there.
    pub channel: ChannelName,
    /// The channel's own key of the conversation.
    pub peer: String,
}

impl Address {
    /// An address on `channel`.
    pub fn new(channel: ChannelName, peer: impl Into<String>) -> Self {
        Self { channel, peer: peer.into() }
    }

    /// Whether one person is there, and not a group: Telegram's groups have negative ids (Bot API, `Chat.id`).
    pub fn is_private(&self) -> bool {
        !(self.channel == ChannelName::Telegram && self.peer.starts_with('-'))
    }

    /// The address as it may stand in a log: the end of the peer only, enough to follow one conversation and too
    /// little to write to it.
    pub fn masked(&self) -> String {
        let tail: String = {
            let last: Vec<char> = self.peer.chars().rev().take(3).collect();
            last.into_iter().rev().collect()
        };
        format!("{}:…{tail}", self.channel)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.channel, self.peer)
    }
}

/// What a button means, and of which question: `guide/1.001193/fees`.
///
/// The id travels through vendors (`callback_data` of Telegram holds 64 bytes), so it is short ASCII, and it names its
/// question so that a button pressed a week later is understood, or recognised as stale.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChoiceId(String);

impl ChoiceId {
    /// The tightest limit of any channel, in bytes (Telegram `callback_data`).
    pub const MAX_BYTES: usize = 64;

    /// An id out of our own parts.
    ///
    /// # Panics
    /// When the id does not fit: ids are made from slugs and codes whose length `motcua check` limits.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        assert!(id.len() <= Self::MAX_BYTES, "button id longer than {} bytes: {id}", Self::MAX_BYTES);
        Self(id)
    }

    /// An id that came from outside, where anything may come.
    pub fn from_wire(id: &str) -> Self {
        Self(id.chars().take(Self::MAX_BYTES).collect())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a way back or out, not an answer: its last part begins with a dash.
    pub fn is_aside(&self) -> bool {
        let verb = self.0.rsplit('/').next().unwrap_or_default();
        verb.starts_with('-') && !matches!(verb, "-done" | "-start" | "-ok" | "-resume")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_log_shows_only_its_end() {
        assert_eq!(Address::new(ChannelName::Telegram, "987654321").masked(), "telegram:…321");
    }

    #[test]
    fn channel_names_survive_the_store() {
        for channel in ChannelName::ALL {
            assert_eq!(channel.as_str().parse::<ChannelName>().unwrap(), channel);
        }
    }
}
