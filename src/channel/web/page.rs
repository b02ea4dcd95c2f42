//! The page and its parts, as HTML.

use maud::{DOCTYPE, Markup, html};

use super::Desk;
use crate::domain::{Block, ChoiceId, Entry, Lang, Media, Message, ResumeCode, Said, Span};

/// What the page shows besides the conversation.
pub(super) struct Frame<'a> {
    pub desk: &'a dyn Desk,
    pub lang: Lang,
    /// Makes a form that is sent twice count once.
    pub key: String,
    /// Whether there is a conversation to delete.
    pub begun: bool,
}

impl Frame<'_> {
    fn word(&self, key: &str) -> String {
        self.desk.wording(self.lang, key)
    }

    pub(super) fn page(&self, entries: &[Entry], receipt: Option<&ResumeCode>) -> Markup {
        let other = if self.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        let last = entries.last().map_or("", Entry::id);
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="description" content=(self.word("page-description"));
                    title { (self.word("page-title")) }
                    link rel="stylesheet" href="/chat.css";
                    link rel="icon" href="data:,";
                    script src="/chat.js" defer {}
                }
                body data-after=(last) data-offline=(self.word("page-offline")) data-waiting=(self.word("page-waiting")) {
                    a.skip href="#q" { (self.word("page-skip")) }
                    header {
                        h1 { "Một Cửa" }
                        form method="post" action="/language" {
                            button name="to" value=(other) lang=(other) { (self.word("page-language")) }
                        }
                        @if self.begun {
                            form #forget method="post" action="/forget" data-sure=(self.word("page-forget-sure")) {
                                button { (self.word("page-forget")) }
                            }
                        }
                    }
                    main {
                        ol #log role="log" aria-live="polite" aria-label=(self.word("page-log")) {
                            @if let Some(receipt) = receipt { (self.bubble("", &Message::plain(&format!("{} {receipt}", self.word("page-forgotten"))))) }
                            @if entries.is_empty() { (self.bubble("", &self.desk.greeting(self.lang))) }
                            @for (at, entry) in entries.iter().enumerate() { (self.entry(entry, &entries[..at])) }
                        }
                        p #status role="status" hidden {}
                    }
                    form #say method="post" action="/say" {
                        input type="hidden" name="key" value=(self.key);
                        label for="q" { (self.word("page-input")) }
                        input #q name="text" required maxlength="2000" autocomplete="off" enterkeyhint="send"
                            placeholder=(self.word("page-placeholder"));
                        button { (self.word("page-send")) }
                    }
                }
            }
        }
    }

    /// One thing that was said; `earlier` is what was said before, where the labels of pressed buttons stand.
    pub(super) fn entry(&self, entry: &Entry, earlier: &[Entry]) -> Markup {
        match entry {
            Entry::Us { id, message, .. } => self.bubble(id, message),
            Entry::Citizen { id, said, .. } => html! {
                @let words = self.said(said, earlier);
                li.you id=(id) hidden[words.is_none()] { span.who { (self.word("page-you")) ": " } p { (words.unwrap_or_default()) } }
            },
        }
    }

    /// What a citizen said, as the log shows it; `None` when it was not words, as opening the conversation is not.
    fn said(&self, said: &Said, earlier: &[Entry]) -> Option<String> {
        match said {
            Said::Text(text) | Said::Edited(text) => Some(text.clone()),
            Said::Chose(id) => Some(self.label(id, earlier).unwrap_or_else(|| "…".to_owned())),
            Said::Secret(_) => Some(self.word("page-secret")),
            Said::Sent(Media::Photo | Media::File) | Said::Attached(_) => Some(self.word("page-file-sent")),
            Said::Sent(_)
            | Said::Looked(..)
            | Said::Desk(_)
            | Said::Answerable { .. }
            | Said::Unreadable
            | Said::TooMuch
            | Said::Joined(_)
            | Said::AddedToGroup
            | Said::Left
            | Said::Returned
            | Said::Opened
            | Said::Staff
            | Said::Withdrawn
            | Said::Quiet => None,
        }
    }

    /// The label of the button that was pressed: on the last message that had it, or on the greeting.
    fn label(&self, id: &ChoiceId, earlier: &[Entry]) -> Option<String> {
        let of = |message: &Message| message.choices.iter().find(|choice| choice.id == *id).map(|choice| choice.label.clone());
        let said = earlier.iter().rev().find_map(|entry| match entry {
            Entry::Us { message, .. } => of(message),
            Entry::Citizen { .. } => None,
        });
        said.or_else(|| Lang::ALL.into_iter().find_map(|lang| of(&self.desk.greeting(lang))))
    }

    fn bubble(&self, id: &str, message: &Message) -> Markup {
        html! {
            li.us id=[(!id.is_empty()).then_some(id)] {
                span.who { (self.word("page-bot")) ": " }
                (blocks(&message.text.0))
                @for link in &message.links {
                    p { a href=(link.url) rel="noopener noreferrer" target="_blank" { (link.label) } }
                }
                @if let Some(what) = &message.asks_file {
                    form.file method="post" action="/send" enctype="multipart/form-data" {
                        input type="hidden" name="key" value=(self.key);
                        input type="hidden" name="for" value=(what);
                        label { (self.word("page-file")) " "
                            input type="file" name="file" required accept="image/jpeg,image/png,image/webp,application/pdf"; }
                        button { (self.word("page-send")) }
                    }
                }
                @if !message.choices.is_empty() {
                    form.choices method="post" action="/say" {
                        input type="hidden" name="key" value=(self.key);
                        @for choice in &message.choices {
                            button name="choice" value=(choice.id.as_str()) class=[choice.id.is_aside().then_some("aside")] { (choice.label) }
                        }
                    }
                }
            }
        }
    }
}

/// Blocks as HTML, with the items of one list in one list element, as screen readers count them.
pub fn blocks(blocks: &[Block]) -> Markup {
    let mut runs: Vec<&[Block]> = Vec::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|block| std::mem::discriminant(*block) == std::mem::discriminant(first)).count();
        let run = if matches!(first, Block::Paragraph(_)) { 1 } else { same };
        let (head, tail) = rest.split_at(run);
        runs.push(head);
        rest = tail;
    }
    html! {
        @for run in runs {
            @match run {
                [Block::Numbered(start, _), ..] => ol start=(start) { @for item in run { li { (spans(item.spans())) } } },
                [Block::Bullet(_), ..] => ul { @for item in run { li { (spans(item.spans())) } } },
                _ => @for item in run { p { (spans(item.spans())) } },
            }
        }
    }
}

fn spans(spans: &[Span]) -> Markup {
    html! {
        @for span in spans {
            @match span {
                Span::Plain(text) => (text),
                Span::Bold(text) => strong { (text) },
                Span::Quiet(text) => small { (text) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_one_list_share_an_element_and_text_is_escaped() {
        let item = |text: &str| Block::Bullet(vec![Span::Plain(text.into())]);
        let markup = blocks(&[Block::plain("<a>"), item("1"), item("2"), Block::plain("b")]);
        assert_eq!(markup.into_string(), "<p>&lt;a&gt;</p><ul><li>1</li><li>2</li></ul><p>b</p>");
    }
}
