//! What the bot says, before any channel has shaped it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ChoiceId;
use super::forum::Document;

/// One message, as neutral as a sheet of paper. Channels cut and render it; the outbox stores it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What it says.
    pub text: Text,
    /// Buttons under it, at most a handful. They can always be typed instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Pages to open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Not to be heard when it arrives, on channels that can: news at night.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
    /// It asks for a photo or a file, and the name of what for: a page shows a field; elsewhere people know how to send one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks_file: Option<String>,
    /// A photo or a file that goes with it, to places on Telegram; others get a link instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// The same in a form that vendors approved, for people whom free words do not reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
}

/// What fills an approved form. Which vendor form it is, the operator's settings tell by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Our name of it, such as `dossier`.
    pub name: String,
    /// Its fields.
    pub data: BTreeMap<String, String>,
}

/// A run of blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Block>);

/// A paragraph or one item of a list: the places where a long message may be cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Span>),
    /// An item with a dot.
    Bullet(Vec<Span>),
    /// An item with its number.
    Numbered(u32, Vec<Span>),
}

/// A piece of text in one weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Ordinary.
    Plain(String),
    /// Strong: names of things and headings.
    Bold(String),
    /// Quiet: sources, dates, remarks.
    Quiet(String),
}

impl Span {
    /// The words, whatever their weight.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Bold(text) | Self::Quiet(text) => text,
        }
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What pressing it means.
    pub id: ChoiceId,
    /// What stands on it, at most [`Choice::MAX_LABEL`] letters.
    pub label: String,
}

impl Choice {
    /// Longest label, in letters: two lines on a phone of 360 px.
    pub const MAX_LABEL: usize = 60;

    /// A button, its label cut at a word when it is too long.
    pub fn new(id: impl Into<String>, label: &str) -> Self {
        Self { id: ChoiceId::new(id), label: shorten(label, Self::MAX_LABEL) }
    }
}

/// A page to open, on a channel that has buttons for it; plain text elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// An absolute https address; on our own page also a path.
    pub url: String,
    /// What one finds there.
    pub label: String,
}

impl AsMut<String> for Span {
    fn as_mut(&mut self) -> &mut String {
        match self {
            Self::Plain(text) | Self::Bold(text) | Self::Quiet(text) => text,
        }
    }
}

impl Block {
    /// The spans of the block, to be changed.
    pub fn spans_mut(&mut self) -> &mut Vec<Span> {
        match self {
            Self::Paragraph(spans) | Self::Bullet(spans) | Self::Numbered(_, spans) => spans,
        }
    }

    /// The spans of the block.
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::Paragraph(spans) | Self::Bullet(spans) | Self::Numbered(_, spans) => spans,
        }
    }

    /// The block in plain text: a dot or a number before an item.
    pub fn to_plain(&self) -> String {
        let words: String = self.spans().iter().map(Span::as_str).collect();
        match self {
            Self::Paragraph(_) => words,
            Self::Bullet(_) => format!("• {words}"),
            Self::Numbered(n, _) => format!("{n}. {words}"),
        }
    }

    /// A plain paragraph.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Span::Plain(text.into())])
    }

    /// A plain item with a dot.
    pub fn bullet(text: impl Into<String>) -> Self {
        Self::Bullet(vec![Span::Plain(text.into())])
    }

    /// A strong paragraph: a heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Span::Bold(text.into())])
    }

    /// A quiet paragraph.
    pub fn quiet(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Span::Quiet(text.into())])
    }
}

impl Message {
    /// A message of one paragraph for each line of `text`.
    pub fn plain(text: &str) -> Self {
        let blocks = text.lines().filter(|line| !line.trim().is_empty()).map(Block::plain).collect();
        Self { text: Text(blocks), ..Self::default() }
    }

    /// The same message with buttons.
    pub fn with_choices(mut self, choices: Vec<Choice>) -> Self {
        self.choices = choices;
        self
    }

    /// The message as a person reads it in a terminal or in a log of a test: marks for lists, numbers for buttons.
    pub fn to_plain(&self) -> String {
        let mut lines: Vec<String> = self.text.0.iter().map(Block::to_plain).collect();
        lines.extend(self.links.iter().map(|link| format!("{}: {}", link.label, link.url)));
        lines.extend(self.choices.iter().enumerate().map(|(i, choice)| format!("[{}] {}", i + 1, choice.label)));
        lines.join("\n")
    }
}

/// `text` in at most `max` letters, cut between words and marked with an ellipsis.
pub fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let head: String = text.chars().take(max - 1).collect();
    let cut = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_is_cut_between_words() {
        assert_eq!(shorten("Đăng ký khai sinh", 40), "Đăng ký khai sinh");
        assert_eq!(shorten("Cấp Giấy xác nhận tình trạng hôn nhân cho công dân", 30), "Cấp Giấy xác nhận tình trạng…");
    }

    proptest::proptest! {
        #[test]
        fn a_shortened_text_never_exceeds_its_limit(text in "\\PC{0,80}", max in 2usize..60) {
            proptest::prop_assert!(shorten(&text, max).chars().count() <= max);
        }
    }
}
