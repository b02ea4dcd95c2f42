//! The words of a record as the Markdown of a guide.

use super::record::Record;

/// `vi.md` for a record: its official name, its steps, its conditions.
pub(super) fn markdown(record: &Record) -> String {
    let mut out = format!("# {}\n", escape(&title(&record.name)));
    for (heading, text) in [("Các bước", &record.steps), ("Lưu ý", &record.conditions)] {
        let items: Vec<String> = text.lines().map(sentence).filter(|line| line.chars().any(char::is_alphanumeric)).collect();
        if items.is_empty() {
            continue;
        }
        out.push_str("\n## ");
        out.push_str(heading);
        out.push('\n');
        for item in items {
            out.push_str("- ");
            out.push_str(&escape(&item));
            out.push('\n');
        }
    }
    out
}

/// The official name without the word "procedure" in front of it.
fn title(name: &str) -> String {
    let name = sentence(name);
    let bare = name.strip_prefix("Thủ tục ").or_else(|| name.strip_prefix("thủ tục ")).unwrap_or(&name);
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One line: NFC, single spaces, no list marks in front.
pub(super) fn sentence(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfc().collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_start_matches(['-', '+', '*', '•', '–', '#', '>', ' ']).trim().to_owned()
}

/// The text with everything that Markdown would read as a mark made plain.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let number = text.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0);
    for (at, letter) in text.char_indices() {
        let ends_number = Some(at) == number && matches!(letter, '.' | ')');
        if ends_number || matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' | '=') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::knowledge::GuideText;

    proptest::proptest! {
        #[test]
        fn whatever_a_record_says_is_a_guide_and_keeps_its_letters(name in "[A-Za-zĐđ1-9]\\PC{0,30}", steps in "(\\PC{0,30}\\n){0,4}") {
            let record = Record { id: "1.000001".into(), name, steps, ..Record::default() };
            let text = GuideText::parse(&markdown(&record), Lang::Vi).unwrap();
            proptest::prop_assert_eq!(&text.title, &title(&record.name));
            let said: Vec<String> = record.steps.lines().map(sentence).filter(|line| line.chars().any(char::is_alphanumeric)).collect();
            let told: Vec<String> = text.steps.iter().flat_map(|group| group.steps.clone()).collect();
            proptest::prop_assert_eq!(told, said);
        }
    }

    #[test]
    fn the_word_procedure_is_dropped() {
        assert_eq!(title("Thủ tục đăng ký khai sinh"), "Đăng ký khai sinh");
    }
}
