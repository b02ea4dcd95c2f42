//! The words of a guide: Markdown with fixed headings, taken apart into named sections.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::lines::Lines;
use crate::domain::Lang;

/// One language of a guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideText {
    /// Everyday name of the procedure.
    pub title: String,
    /// What it is for, in a few sentences; one string a paragraph.
    pub summary: Vec<String>,
    /// Other names people use.
    pub names: Vec<String>,
    /// What to do, by way of submitting.
    pub steps: Vec<StepGroup>,
    /// Mistakes that send people back.
    pub tips: Vec<String>,
    /// Questions with an answer of their own.
    pub answers: Vec<Answer>,
    /// Questions as people type them, for the search only.
    pub questions: Vec<String>,
}

/// The steps of one way of submitting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepGroup {
    /// The way, when there are several.
    pub heading: Option<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
}

/// A question with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// As a citizen asks it.
    pub question: String,
    /// One string a paragraph.
    pub answer: Vec<String>,
}

/// A part of the file, in the order in which parts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Summary,
    Names,
    Steps,
    Tips,
    Answers,
    Questions,
}

const HEADINGS: [(Section, &str, &str); 5] = [
    (Section::Names, "Tên thường gọi", "Also called"),
    (Section::Steps, "Các bước", "Steps"),
    (Section::Tips, "Lưu ý", "Tips"),
    (Section::Answers, "Hỏi đáp", "Questions and answers"),
    (Section::Questions, "Người dân hay hỏi", "People ask"),
];

impl GuideText {
    /// Whether there is nothing to answer with: no summary, or not a single step.
    pub fn is_hollow(&self) -> bool {
        self.summary.is_empty() || self.steps.iter().all(|group| group.steps.is_empty())
    }

    /// Takes `markdown` apart.
    ///
    /// # Errors
    /// Every line that stands where the format has no place for it, with its number and what to do.
    pub fn parse(markdown: &str, lang: Lang) -> Result<Self, Vec<Fault>> {
        let lines = Lines::of(markdown);
        let mut reader = Reader { lang, ..Reader::default() };
        for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
            reader.take(event, range, &lines);
        }
        if reader.text.title.is_empty() {
            reader.faults.push(Fault::at(1, "fault-no-title"));
        }
        if reader.faults.is_empty() { Ok(reader.text) } else { Err(reader.faults) }
    }
}

struct Reader {
    lang: Lang,
    text: GuideText,
    section: Section,
    words: String,
    item_depth: usize,
    faults: Vec<Fault>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            lang: Lang::Vi,
            text: GuideText::default(),
            section: Section::Summary,
            words: String::new(),
            item_depth: 0,
            faults: Vec::new(),
        }
    }
}

impl Reader {
    fn take(&mut self, event: Event<'_>, range: Range<usize>, lines: &Lines) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) => self.words.clear(),
            Event::Start(Tag::Item) => {
                self.words.clear();
                self.item_depth += 1;
            }
            Event::Text(words) | Event::Code(words) => self.words.push_str(&words),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::End(TagEnd::Heading(level)) => self.heading(level, lines.at(range.start)),
            Event::End(TagEnd::Item) => {
                self.item_depth -= 1;
                self.item(lines.at(range.start));
            }
            Event::End(TagEnd::Paragraph) if self.item_depth == 0 => self.paragraph(lines.at(range.start)),
            Event::Start(Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. }) | Event::Html(_) => {
                let line = lines.at(range.start);
                self.faults.push(Fault::at(line, "fault-not-text"));
            }
            _ => {}
        }
    }

    fn words(&mut self) -> String {
        std::mem::take(&mut self.words).trim().to_owned()
    }

    fn heading(&mut self, level: HeadingLevel, line: usize) {
        let words = self.words();
        match level {
            HeadingLevel::H1 if self.text.title.is_empty() => self.text.title = words,
            HeadingLevel::H2 => self.section_heading(&words, line),
            HeadingLevel::H3 if self.section == Section::Steps => {
                self.text.steps.push(StepGroup { heading: Some(words), steps: Vec::new() });
            }
            HeadingLevel::H3 if self.section == Section::Answers => {
                self.text.answers.push(Answer { question: words, answer: Vec::new() });
            }
            _ => self.faults.push(Fault::at(line, "fault-heading").value("words", words)),
        }
    }

    fn section_heading(&mut self, words: &str, line: usize) {
        let known = HEADINGS.iter().find(|(_, vi, en)| words == if self.lang == Lang::Vi { *vi } else { *en });
        match known {
            Some((section, ..)) if *section > self.section => self.section = *section,
            Some(_) => self.faults.push(Fault::at(line, "fault-section-order").value("words", words)),
            None => {
                let names: Vec<&str> = HEADINGS.iter().map(|(_, vi, en)| if self.lang == Lang::Vi { *vi } else { *en }).collect();
                self.faults.push(Fault::at(line, "fault-section").value("words", words).value("names", names.join(" · ")));
            }
        }
    }

    fn item(&mut self, line: usize) {
        let words = self.words();
        if words.is_empty() {
            return; // the end of an item that held a list: its words went to the inner items
        }
        match self.section {
            Section::Names => self.text.names.push(words),
            Section::Steps => match self.text.steps.last_mut() {
                Some(group) => group.steps.push(words),
                None => self.text.steps.push(StepGroup { heading: None, steps: vec![words] }),
            },
            Section::Tips => self.text.tips.push(words),
            Section::Questions => self.text.questions.push(words),
            Section::Summary => self.text.summary.push(words),
            Section::Answers => match self.text.answers.last_mut() {
                Some(answer) => answer.answer.push(words),
                None => self.faults.push(Fault::at(line, "fault-paragraph-answer")),
            },
        }
    }

    fn paragraph(&mut self, line: usize) {
        match self.section {
            Section::Summary => {
                let words = self.words();
                self.text.summary.push(words);
            }
            Section::Answers => self.item(line),
            Section::Steps | Section::Names | Section::Tips | Section::Questions => {
                self.faults.push(Fault::at(line, "fault-paragraph-list"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_taken_apart() {
        let text = GuideText::parse(
            "# Khai sinh\n\nMột.\nHai.\n\n## Các bước\n\n### Tại quầy\n1. Đi\n2. **Ký** tên\n\n## Hỏi đáp\n\n### Sao?\nVậy.\n",
            Lang::Vi,
        )
        .unwrap();
        assert_eq!(text.title, "Khai sinh");
        assert_eq!(text.summary, ["Một. Hai."]);
        assert_eq!(text.steps[0].steps, ["Đi", "Ký tên"]);
        assert_eq!(text.answers[0].answer, ["Vậy."]);
    }

    #[test]
    fn a_wrong_heading_is_named_with_its_line() {
        let faults = GuideText::parse("# A\n\n## Bước\n- x\n", Lang::Vi).unwrap_err();
        assert_eq!(faults[0].line, Some(3));
        assert!(faults[0].to_string().contains("“Bước”"), "{faults:?}");
    }

    #[test]
    fn an_english_file_uses_english_headings() {
        assert!(GuideText::parse("# A\n\n## Steps\n- x\n", Lang::En).is_ok());
        assert!(GuideText::parse("# A\n\n## Các bước\n- x\n", Lang::En).is_err());
    }
}
