//! A person of the office answers in the same conversation: the program keeps quiet.

use std::time::Duration;

use super::Talk;
use crate::domain::{Block, Said, Timestamp};
use crate::knowledge::search::syllables;

/// How long the program keeps quiet after a person's last word.
const QUIET: Duration = Duration::from_secs(60 * 60);

impl Talk<'_> {
    /// A person of the office wrote something here.
    pub(super) fn staff_spoke(&mut self) {
        let now = self.world.now;
        let already = self.state.staff_until.is_some_and(|until| now < until);
        let until = now.plus(QUIET);
        self.state.staff_until = Some(until);
        if !already {
            let words = self.world.wording.with(self.lang, "staff-here", [("time", clock(until).into())]);
            let offered = self.state.offered.clone();
            self.say_lines(vec![Block::quiet(words)], Vec::new());
            self.state.offered = offered;
        }
    }

    /// Whether a person is answering, so that the program must not. «bot» brings the program back.
    pub(super) fn keeps_quiet(&mut self, said: &Said) -> bool {
        let Some(until) = self.state.staff_until else { return false };
        if self.world.now >= until {
            self.state.staff_until = None;
            return false;
        }
        match said {
            Said::Text(text) if calls_bot(text) => {
                self.state.staff_until = None;
                self.say_words("staff-gone", self.starters());
                true
            }
            // A secret is warned of whoever listens; what keeps the state true goes on.
            Said::Secret(_) | Said::Staff | Said::Left | Said::Quiet => false,
            _ => true,
        }
    }
}

fn calls_bot(text: &str) -> bool {
    let said: Vec<String> = syllables(text).into_iter().map(|word| word.folded).collect();
    matches!(said.iter().map(String::as_str).collect::<Vec<_>>()[..], ["bot"] | ["goi" | "hoi" | "call" | "ask", "bot"])
}

/// `14:05`.
fn clock(at: Timestamp) -> String {
    at.to_string().split(' ').nth(1).map(|time| time[..5].to_owned()).unwrap_or_default()
}
