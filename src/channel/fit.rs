//! Cutting what is too long, in the unit the channel counts in, between paragraphs or sentences.

use crate::domain::{Block, ChannelName, Message, Span, Text};

/// What a channel can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Longest text, in [`Unit`]s; `None` when there is no limit.
    pub longest_text: Option<usize>,
    /// What the limit counts.
    pub unit: Unit,
    /// Choices are buttons beside the text; else they are lines of it.
    pub buttons: bool,
}

/// The unit of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// UTF-16 code units, as Telegram counts offsets.
    Utf16,
    /// Unicode code points.
    Chars,
}

impl Unit {
    /// The length of `text` in this unit.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Utf16 => text.encode_utf16().count(),
            Self::Chars => text.chars().count(),
        }
    }
}

impl Capabilities {
    /// The capabilities of `channel`.
    pub fn of(channel: ChannelName) -> Self {
        match channel {
            // 4096 after entity parsing (Bot API, sendMessage); a little less leaves room for marks of lists and links.
            ChannelName::Telegram => Self { longest_text: Some(4000), unit: Unit::Utf16, buttons: true },
            ChannelName::Web => Self { longest_text: None, unit: Unit::Chars, buttons: true },
            // At most 2000 letters (message/cs of an Official Account, sendMessage of the Bot Platform).
            ChannelName::Zalo | ChannelName::ZaloBot => Self { longest_text: Some(1990), unit: Unit::Chars, buttons: false },
        }
    }
}

/// `message` as one or more messages that the channel can carry. Buttons and links go under the last; the first has the template,
/// which says it all.
pub fn fit(message: Message, capabilities: Capabilities) -> Vec<Message> {
    let Some(longest) = capabilities.longest_text else { return vec![message] };
    let unit = capabilities.unit;
    let length = |block: &Block| block.spans().iter().map(|span| unit.length(span.as_str())).sum::<usize>() + MARK;
    let Message { text, choices, links, silent, asks_file, template, document } = message;
    let room_for_links: usize = links.iter().map(|link| unit.length(&link.label) + unit.length(&link.url) + MARK).sum();
    let lines = if capabilities.buttons { &[][..] } else { &choices[..] };
    let room_for_choices: usize = lines.iter().map(|choice| unit.length(&choice.label) + MARK).sum();
    let longest = longest.saturating_sub(room_for_links + room_for_choices).max(longest / 2);
    let mut pages: Vec<Vec<Block>> = vec![Vec::new()];
    let mut used = 0;
    for block in text.0.into_iter().flat_map(|block| pieces(block, longest, unit)) {
        let length = length(&block);
        if used + length > longest && used > 0 {
            pages.push(Vec::new());
            used = 0;
        }
        used += length;
        if let Some(page) = pages.last_mut() {
            page.push(block);
        }
    }
    let last = pages.len() - 1;
    let mut choices = Some(choices);
    let mut links = Some(links);
    let (mut template, mut document) = (template, document);
    let message = |(at, page)| Message {
        text: Text(page),
        choices: if at == last { choices.take().unwrap_or_default() } else { Vec::new() },
        links: if at == last { links.take().unwrap_or_default() } else { Vec::new() },
        silent,
        asks_file: asks_file.clone().filter(|_| at == last),
        template: template.take(),
        document: document.take(),
    };
    pages.into_iter().enumerate().map(message).collect()
}

/// A notice as one or more messages that the channel can carry. Where there are no buttons it has no choices: they would not be
/// the ones on offer in the conversation, and a number typed for them would mean another.
pub fn fit_notice(mut message: Message, capabilities: Capabilities) -> Vec<Message> {
    if !capabilities.buttons {
        message.choices.clear();
    }
    fit(message, capabilities)
}

/// A mark, a number and a line break: `123. …\n\n`.
const MARK: usize = 8;

/// A block in pieces none of which is longer than `longest`, cut after sentences, else between words, else anywhere.
fn pieces(block: Block, longest: usize, unit: Unit) -> Vec<Block> {
    let longest = longest - MARK;
    let whole: usize = block.spans().iter().map(|span| unit.length(span.as_str())).sum();
    if whole <= longest {
        return vec![block];
    }
    let words: String = block.spans().iter().map(Span::as_str).collect();
    let mut rest = words.as_str();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(cut(rest, longest, unit));
        out.push(piece.trim().to_owned());
        rest = after.trim_start();
    }
    let rebuild = |(at, text)| match (&block, at) {
        (Block::Bullet(_), 0) => Block::Bullet(vec![Span::Plain(text)]),
        (Block::Numbered(n, _), 0) => Block::Numbered(*n, vec![Span::Plain(text)]),
        _ => Block::plain(text),
    };
    out.into_iter().enumerate().map(rebuild).collect()
}

/// Where to cut `text` so that the head is at most `longest`: a byte index, never 0.
fn cut(text: &str, longest: usize, unit: Unit) -> usize {
    let mut used = 0;
    let mut end = text.len();
    let mut buffer = [0; 4];
    for (at, letter) in text.char_indices() {
        used += unit.length(letter.encode_utf8(&mut buffer));
        if used > longest {
            end = at;
            break;
        }
    }
    if end == text.len() {
        return end;
    }
    let head = &text[..end];
    let sentence = head.rfind(". ").map(|at| at + 1);
    let word = head.rfind(' ');
    [sentence, word]
        .into_iter()
        .flatten()
        .find(|at| *at > end / 3)
        .unwrap_or(end.max(text.chars().next().map_or(1, char::len_utf8)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Choice;

    const SMALL: Capabilities = Capabilities { longest_text: Some(60), unit: Unit::Utf16, buttons: true };

    #[test]
    fn a_long_message_is_cut_between_paragraphs_and_keeps_its_buttons_last() {
        let message = Message::plain("Đăng ký khai sinh cho con.\nMang theo giấy chứng sinh và thẻ căn cước.")
            .with_choices(vec![Choice::new("a", "A")]);
        let parts = fit(message, SMALL);
        assert_eq!(parts.len(), 2);
        assert!(parts[0].choices.is_empty() && parts[1].choices.len() == 1);
    }

    #[test]
    fn a_long_paragraph_is_cut_after_a_sentence() {
        let parts = fit(Message::plain("Bạn mang giấy chứng sinh đến xã. Cán bộ sẽ kiểm tra rồi trả kết quả ngay."), SMALL);
        assert_eq!(parts[0].to_plain(), "Bạn mang giấy chứng sinh đến xã.");
    }

    proptest::proptest! {
        #[test]
        fn no_part_is_too_long_and_no_letter_is_lost(text in "([a-zđêộ😀]{1,90}[ .]{0,2}){0,12}") {
            let parts = fit(Message::plain(&text), SMALL);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            for part in &parts {
                proptest::prop_assert!(Unit::Utf16.length(&part.to_plain()) <= 60, "{}", part.to_plain());
            }
            let together: String = parts.iter().map(|part| letters(&part.to_plain())).collect();
            proptest::prop_assert_eq!(together, letters(&text));
        }
    }
}
