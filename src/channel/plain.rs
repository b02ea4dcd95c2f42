//! A message as plain text, for channels without buttons: links written out, choices as numbered lines, which are typed.

use crate::domain::{Block, Message};

/// `message` as plain text. Nothing that a citizen typed, and that is said back to them, calls anybody: Zalo reads `[@id]` as a
/// mention.
pub fn plain(message: &Message) -> String {
    let mut lines: Vec<String> = message.text.0.iter().map(Block::to_plain).collect();
    lines.extend(message.links.iter().map(|link| format!("{}: {}", link.label, link.url)));
    if !message.choices.is_empty() {
        lines.push(String::new());
        lines.extend((1..).zip(&message.choices).map(|(number, choice)| format!("[{number}] {}", choice.label)));
    }
    without_mentions(&lines.join("\n"))
}

/// `text` with a gap in what would be a mention, as many letters as before.
fn without_mentions(text: &str) -> String {
    text.replace("[@", "(@")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Choice, Link};

    #[test]
    fn choices_are_numbered_lines_and_links_are_written_out() {
        let choices = vec![Choice::new("a", "Cho tôi"), Choice::new("b", "Cho con")];
        let mut message = Message::plain("Bạn làm cho ai?").with_choices(choices);
        message.links = vec![Link { url: "https://dichvucong.gov.vn".into(), label: "Cổng".into() }];
        assert_eq!(plain(&message), "Bạn làm cho ai?\nCổng: https://dichvucong.gov.vn\n\n[1] Cho tôi\n[2] Cho con");
    }

    proptest::proptest! {
        #[test]
        fn nobody_is_mentioned(text in "[\\[@0-9a-z\\] ]{0,30}") {
            let said = plain(&Message::plain(&text).with_choices(vec![Choice::new("a", &format!("[@{text}]"))]));
            proptest::prop_assert!(!said.contains("[@"), "{}", said);
        }
    }
}
