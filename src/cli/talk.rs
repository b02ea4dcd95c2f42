//! `motcua talk`: the conversation in a terminal, without a server or a database.

use std::io::{BufRead, Write};

use super::settings::library;
use crate::app::SystemClock;
use crate::channel::terminal::said;
use crate::domain::{Clock, Lang};
use crate::engine::{Desk, State, World};
use crate::i18n::Wording;

/// Talk with the bot here. Type (start), (sticker) … for what no keyboard types; end with Ctrl-D.
#[derive(Debug, clap::Args)]
pub struct Talk {
    /// Language to begin with: vi or en.
    #[arg(long, default_value = "vi", value_parser = |code: &str| Lang::from_tag(code).ok_or("use vi or en"))]
    lang: Lang,
    /// Print the conversation as a transcript for tests/transcripts/.
    #[arg(long)]
    transcript: bool,
    #[command(flatten)]
    knowledge: super::KnowledgeArgs,
}

impl Talk {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.knowledge.config()?;
        let library = library(&config)?;
        let wording = Wording::default();
        let mut state = State::default();
        let mut desk = Desk::default();
        let mut out = std::io::stdout().lock();
        let (asks, tells) = if self.transcript { ("> ", "< ") } else { ("", "  ") };
        if !self.transcript {
            write!(out, "> ")?;
            out.flush()?;
        }
        for line in std::io::stdin().lock().lines() {
            let line = line?;
            let world = World::bare(&library, &wording, &config.office, SystemClock.now(), SystemClock.secret());
            let taken = desk.turn(&world, state, &said(&line), Some(self.lang));
            state = taken.state;
            if self.transcript {
                writeln!(out, "{asks}{line}")?;
            }
            for reply in &taken.replies {
                for told in reply.to_plain().lines() {
                    writeln!(out, "{tells}{told}")?;
                }
            }
            write!(out, "{}", if self.transcript { "\n" } else { "\n> " })?;
            out.flush()?;
        }
        writeln!(out)?;
        Ok(())
    }
}
