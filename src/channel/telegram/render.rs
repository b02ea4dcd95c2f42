//! A message as Telegram's HTML, and its buttons as an inline keyboard.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use crate::domain::{Block, Choice, Message, Span};

/// Two labels share a row when both are at most this long, in letters: longer ones are cut on a small phone.
const HALF_ROW: usize = 16;

/// The text in the HTML that Telegram reads: only `<`, `>` and `&` need escaping (Bot API, formatting options).
pub fn html(message: &Message) -> String {
    let mut lines: Vec<String> = message.text.0.iter().map(block).collect();
    lines.extend(message.links.iter().map(|link| format!("<a href=\"{}\">{}</a>", escape(&link.url), escape(&link.label))));
    lines.join("\n")
}

fn block(block: &Block) -> String {
    let words: String = block.spans().iter().map(span).collect();
    match block {
        Block::Paragraph(_) => words,
        Block::Bullet(_) => format!("• {words}"),
        Block::Numbered(n, _) => format!("{n}. {words}"),
    }
}

fn span(span: &Span) -> String {
    match span {
        Span::Plain(text) => escape(text),
        Span::Bold(text) => format!("<b>{}</b>", escape(text)),
        Span::Quiet(text) => format!("<i>{}</i>", escape(text)),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The buttons, two in a row where they are short.
pub(super) fn keyboard(choices: &[Choice]) -> Option<InlineKeyboardMarkup> {
    let mut rows: Vec<Vec<InlineKeyboardButton>> = Vec::new();
    let mut room = false;
    for choice in choices {
        let short = choice.label.chars().count() <= HALF_ROW;
        let button = InlineKeyboardButton::callback(choice.label.clone(), choice.id.as_str());
        match rows.last_mut() {
            Some(row) if room && short => {
                row.push(button);
                room = false;
            }
            _ => {
                rows.push(vec![button]);
                room = short;
            }
        }
    }
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(html(&Message::plain("a <b> & \"c\"")), "a &lt;b&gt; &amp; &quot;c&quot;");
    }

    #[test]
    fn short_buttons_share_a_row() {
        let choices = ["Lệ phí", "Thời gian", "Một nhãn dài hơn nửa màn hình", "Kết quả"].map(|label| Choice::new("x", label));
        let rows: Vec<usize> = keyboard(&choices).unwrap().inline_keyboard.iter().map(Vec::len).collect();
        assert_eq!(rows, [2, 1, 1]);
        assert!(keyboard(&[]).is_none());
    }
}
