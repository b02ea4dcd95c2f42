//! What a process does of the whole.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// What a process does. With several on one PostgreSQL, some may take in and show, others think and send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything.
    #[default]
    All,
    /// Pages, webhooks, the API and the console.
    Web,
    /// Turns, sending, polling, and what goes on by itself.
    Worker,
}

impl Role {
    /// Whether it answers HTTP beyond health and metrics.
    pub fn serves(self) -> bool {
        self != Self::Worker
    }

    /// Whether it thinks and sends.
    pub fn works(self) -> bool {
        self != Self::Web
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "all",
            Self::Web => "web",
            Self::Worker => "worker",
        })
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::All, Self::Web, Self::Worker]
            .into_iter()
            .find(|role| role.to_string() == text)
            .ok_or_else(|| "say all, web or worker".to_owned())
    }
}
