//! Rows that clash, and rows that can never match.

use std::collections::HashMap;

use super::{Row, Sheet, Vocabulary};
use crate::knowledge::error::Fault;
use crate::knowledge::search::syllables;

/// Where a phrase stands, and what it stands for.
struct Owner<'a> {
    file: &'a str,
    line: usize,
    meaning: String,
}

impl Vocabulary {
    /// Rows that clash, and rows that can never match.
    pub(in crate::knowledge) fn faults(&self) -> Vec<Fault> {
        let mut check = Check::default();
        for sheet in &self.sheets {
            check.sheet(sheet);
        }
        check.faults
    }
}

#[derive(Default)]
struct Check<'a> {
    owners: HashMap<String, Owner<'a>>,
    faults: Vec<Fault>,
}

impl<'a> Check<'a> {
    fn sheet(&mut self, sheet: &'a Sheet) {
        let file = sheet.file.as_str();
        for Row { line, row: word } in &sheet.words {
            if word.everyday.is_empty() && word.short.is_empty() {
                self.fault(file, Fault::at(*line, "fault-word-empty").value("official", &word.official));
            }
            self.phrases(file, *line, &word.everyday, &word.official);
            self.own(file, *line, &word.short, &word.official);
        }
        for Row { line, row: name } in &sheet.names {
            self.code(file, *line, &name.code);
            self.phrases(file, *line, &name.said, &name.code);
        }
        for Row { line, row: choice } in &sheet.choices {
            choice.codes.iter().for_each(|code| self.code(file, *line, code));
            if choice.codes.len() < 2 {
                self.fault(file, Fault::at(*line, "fault-choice-single"));
            }
            self.phrases(file, *line, &choice.said, &choice.codes.join(", "));
        }
    }

    fn phrases(&mut self, file: &'a str, line: usize, said: &'a [String], meaning: &str) {
        for said in said.iter().filter(|said| syllables(said).len() < 2) {
            self.fault(file, Fault::at(line, "fault-syllable").value("said", said));
        }
        self.own(file, line, said, meaning);
    }

    fn own(&mut self, file: &'a str, line: usize, said: &'a [String], meaning: &str) {
        for said in said {
            let key = said.to_lowercase();
            let owner = Owner { file, line, meaning: meaning.to_owned() };
            if let Some(other) = self.owners.insert(key, owner).filter(|other| other.meaning != meaning) {
                let fault = Fault::at(line, "fault-phrase-double").value("said", said).value("meaning", other.meaning);
                self.fault(file, fault.value("file", other.file).value("line", other.line));
            }
        }
    }

    fn code(&mut self, file: &str, line: usize, code: &str) {
        if crate::knowledge::search::code_in(code).as_deref() != Some(code) {
            self.fault(file, Fault::at(line, "fault-code").value("code", code));
        }
    }

    fn fault(&mut self, file: &str, fault: Fault) {
        self.faults.push(fault.in_file(file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(source: &str) -> Vec<String> {
        let vocabulary = Vocabulary::default().and("vocabulary.toml", source).unwrap();
        vocabulary.faults().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rows_that_clash_or_never_match_are_named() {
        let faults = faults(
            "[[word]]\nofficial = \"a b\"\neveryday = [\"x y\", \"z\"]\n[[word]]\nofficial = \"c d\"\nshort = [\"X Y\"]\n\
             [[word]]\nofficial = \"e f\"\n",
        );
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[1].starts_with("vocabulary.toml:4: “X Y” also stands for a b (vocabulary.toml:1)"), "{}", faults[1]);
    }

    #[test]
    fn names_and_choices_are_held_to_the_same() {
        let faults = faults(
            "[names]\n\"1.001193\" = [\"sinh em bé\"]\n\"1193\" = [\"sinh em bé\"]\n\
             [[choice]]\nsaid = [\"mai táng phí\"]\ncodes = [\"1.001731\"]\n",
        );
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].contains("vocabulary.toml:3: “1193” is not a code"), "{}", faults[0]);
        assert!(faults[1].contains("also stands for 1.001193"), "{}", faults[1]);
        assert!(faults[2].contains("vocabulary.toml:4: nothing to choose between"), "{}", faults[2]);
    }

    #[test]
    fn a_row_with_an_unknown_key_is_named() {
        let fault = Vocabulary::default().and("names/x.toml", "[[word]]\nofficial = \"a\"\nmeaning = \"b\"\n").unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line), ("names/x.toml", Some(3)));
    }
}
