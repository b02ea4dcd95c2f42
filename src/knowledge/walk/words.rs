//! The words of a walk, in Fluent's notation: messages and their attributes, without variables.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::knowledge::error::Fault;
use crate::knowledge::lines::Lines;

/// Texts by key: `title`, `<step>`, `<step>.<choice>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Reads a file.
    ///
    /// # Errors
    /// The first place that is no Fluent, or holds a variable.
    pub(super) fn read(source: &str) -> Result<Self, Fault> {
        let resource = fluent_syntax::parser::parse(source).map_err(|(_, errors)| {
            Fault::at(Lines::of(source).at(errors[0].pos.start), "fault-fluent").value("message", &errors[0].kind)
        })?;
        let mut words = BTreeMap::new();
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let name = message.id.name;
            let values = message.value.iter().map(|value| (name.to_owned(), value));
            let attributes = message.attributes.iter().map(|part| (format!("{name}.{}", part.id.name), &part.value));
            for (key, pattern) in values.chain(attributes) {
                let line = source.lines().position(|line| line.starts_with(name)).map_or(1, |at| at + 1);
                let text = plain(pattern).ok_or_else(|| Fault::at(line, "fault-variable").value("key", &key))?;
                if words.insert(key.clone(), text).is_some() {
                    return Err(Fault::at(line, "fault-key-twice").value("key", key));
                }
            }
        }
        Ok(Self(words))
    }

    /// The text of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Adds a text.
    pub(super) fn put(&mut self, key: impl Into<String>, text: impl Into<String>) {
        self.0.insert(key.into(), text.into());
    }

    /// Every key.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every key and text.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }
}

/// A text without variables.
fn plain(pattern: &Pattern<&str>) -> Option<String> {
    let piece = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some((*value).to_owned()),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value }),
        } => Some((*value).to_owned()),
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_attributes_become_texts() {
        let words = Words::read("title = Làm VNeID\nthe = Bạn có thẻ chưa?\n    Thẻ gắn chip.\n    .co = Có\n").unwrap();
        assert_eq!(words.get("the"), Some("Bạn có thẻ chưa?\nThẻ gắn chip."));
        assert_eq!(words.get("the.co"), Some("Có"));
    }

    #[test]
    fn a_fault_names_its_line() {
        assert_eq!(Words::read("title = A\n\nb = { $c }\n").unwrap_err().line, Some(3));
        assert_eq!(Words::read("title = A\n=\n").unwrap_err().line, Some(2));
    }
}
