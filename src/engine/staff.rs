//! A person of the office answers in the same conversation: the program keeps quiet.

use std::time::Duration;

use super::Talk;
use crate::domain::{Block, Said};

/// How long the program keeps quiet after a person's last word.
const QUIET: Duration = Duration::from_secs(60 * 60);

impl Talk<'_> {
    /// A person of the office wrote something here.
    pub(super) fn staff_spoke(&mut self) {
        let now = self.world.now;
        let already = self.state.staff_until.is_some_and(|until| now < until);
        self.state.staff_until = Some(now.plus(QUIET));
        if !already {
            let offered = self.state.offered.clone();
            self.say_lines(vec![Block::quiet(self.words("staff-here"))], Vec::new());
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
            Said::Text(text) if called(text).is_some() => {
                self.state.staff_until = None;
                match called(text).filter(|rest| !rest.is_empty()) {
                    Some(rest) => self.text(rest),
                    None => self.say_words("staff-gone", self.starters()),
                }
                true
            }
            // A secret is warned of whoever listens; what keeps the state true goes on.
            Said::Secret(_) | Said::Staff | Said::Desk(_) | Said::Left | Said::Quiet | Said::Looked(..) => false,
            _ => true,
        }
    }
}

/// What is asked of the bot by its name: «bot», «bot ơi lệ phí bao nhiêu».
pub(super) fn called(text: &str) -> Option<&str> {
    const NAMES: [&str; 3] = ["bot", "gọi bot", "hỏi bot"];
    const CALLS: [&str; 3] = ["ơi", "oi", "à"];
    const SIGNS: [char; 6] = [' ', ',', '.', ':', '!', '?'];
    let after = |text: &str, words: &[&str]| {
        let lower = text.to_lowercase();
        let begins = |word: &&&str| lower.strip_prefix(**word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        words.iter().find(begins).map(|word| word.len())
    };
    let text = text.trim();
    let rest = text.get(after(text, &NAMES)?..)?.trim_start_matches(SIGNS);
    let rest = after(rest, &CALLS).and_then(|length| rest.get(length..)).unwrap_or(rest);
    Some(rest.trim_start_matches(SIGNS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bot_is_called_by_its_name() {
        assert_eq!(called("bot"), Some(""));
        assert_eq!(called("Bot ơi, lệ phí bao nhiêu"), Some("lệ phí bao nhiêu"));
        assert_eq!(called("hỏi bot lệ phí"), Some("lệ phí"));
        for text in ["bột mì", "botox", "cái bot này", "cảm ơn"] {
            assert_eq!(called(text), None, "{text}");
        }
    }
}
