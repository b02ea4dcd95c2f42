//! Content from a click: a question for a guide, a row of the vocabulary, the beginning of a guide.

use jiff::civil::Date;

use crate::knowledge::search::searchable;

/// The heading under which everyday questions stand, as [`crate::knowledge::GuideText`] reads it.
const QUESTIONS: &str = "## Người dân hay hỏi";
/// Longest slug, in letters.
const LONGEST_SLUG: usize = 40;

/// The Vietnamese words of a guide, with one more everyday question. A question that stands there is not written again.
pub fn with_question(words: &str, question: &str) -> String {
    let line = format!("- {}", one_line(question));
    if words.lines().any(|known| known.trim() == line) {
        return words.to_owned();
    }
    let mut lines: Vec<&str> = words.trim_end().lines().collect();
    let Some(heading) = lines.iter().position(|known| known.trim() == QUESTIONS) else {
        return format!("{}\n\n{QUESTIONS}\n{line}\n", words.trim_end());
    };
    // Behind the last question, whatever heading follows.
    let after = lines[heading + 1..].iter().position(|known| known.starts_with('#')).map_or(lines.len(), |at| heading + 1 + at);
    let last = lines[..after].iter().rposition(|known| !known.trim().is_empty()).unwrap_or(heading);
    lines.insert(last + 1, &line);
    format!("{}\n", lines.join("\n"))
}

/// The vocabulary with one more row.
pub fn with_word(vocabulary: &str, official: &str, everyday: &str, codes: &[String]) -> String {
    let quoted = |text: &str| toml::Value::String(one_line(text)).to_string();
    let codes: Vec<String> = codes.iter().map(|code| quoted(code)).collect();
    let mut row = format!("[[word]]\nofficial = {}\neveryday = [{}]\n", quoted(official), quoted(everyday));
    if !codes.is_empty() {
        row.push_str(&format!("codes = [{}]\n", codes.join(", ")));
    }
    let vocabulary = vocabulary.trim_end();
    if vocabulary.is_empty() { row } else { format!("{vocabulary}\n\n{row}") }
}

/// The beginning of a guide: what nobody knows yet is not there, and the check names what is missing.
pub fn new_guide(title: &str, question: &str, today: Date) -> [(String, String); 2] {
    let facts = format!(
        "codes = []\nfield = {{ vi = \"\", en = \"\" }}\nauthority = {{ vi = \"\", en = \"\" }}\napplicants = [\"citizen\"]\nreview = \"desk\"\nchecked_on = \"{today}\"\n\n[source]\nname = \"\"\nas_of = \"{}\"\n",
        today.strftime("%Y-%m")
    );
    let words = format!("# {}\n\n## Các bước\n1. \n\n{QUESTIONS}\n- {}\n", one_line(title), one_line(question));
    [("guide.toml".to_owned(), facts), ("vi.md".to_owned(), words)]
}

/// The name of a guide's folder, made of its title.
pub fn slug_of(title: &str) -> String {
    let folded = searchable(title);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() + 1 > LONGEST_SLUG {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::knowledge::GuideText;

    #[test]
    fn a_question_goes_under_its_heading_once() {
        let words = "# Tên\n\nĐể làm gì.\n\n## Lưu ý\n- một\n";
        let with = with_question(words, "nuôi  hươu\ncần gì");
        let read = GuideText::parse(&with, Lang::Vi).unwrap();
        assert_eq!(read.questions, ["nuôi hươu cần gì"]);
        assert_eq!(with_question(&with, "nuôi hươu cần gì"), with);
        assert_eq!(GuideText::parse(&with_question(&with, "câu hai"), Lang::Vi).unwrap().questions.len(), 2);
        let before = "# Tên\n\n## Người dân hay hỏi\n- một\n\n## Lưu ý\n- hai\n";
        assert_eq!(with_question(before, "ba"), "# Tên\n\n## Người dân hay hỏi\n- một\n- ba\n\n## Lưu ý\n- hai\n");
    }

    #[test]
    fn a_row_cannot_break_the_file() {
        let row = with_word("", "giấy \"x\"", "tờ x\"]\n[[word]]", &["1.001193".into()]);
        let read: toml::Table = row.parse().unwrap();
        assert_eq!(read["word"].as_array().unwrap().len(), 1);
        let two = with_word(&row, "a b", "c d", &[]);
        assert_eq!(two.parse::<toml::Table>().unwrap()["word"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_folder_is_named_after_the_title() {
        assert_eq!(slug_of("Cấp phép nuôi hươu, nai (đực)"), "cap-phep-nuoi-huou-nai-duc");
        assert!(slug_of(&"rất dài ".repeat(20)).len() <= LONGEST_SLUG);
    }
}
