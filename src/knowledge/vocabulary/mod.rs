//! Everyday words for what offices call otherwise: «sổ đỏ» for «giấy chứng nhận quyền sử dụng đất».
//!
//! Three kinds of rows, in `vocabulary.toml` and in the files of `names/`:
//!
//! - a **word** has an official term and what people say for it. A question that uses one is read a second time with the
//!   official words in its place, so that procedures nobody named a code for are found too; and with codes, its phrases
//!   become names of these procedures.
//! - a **name** is what people call one procedure, or the situation in which they need it.
//! - a **choice** is a phrase after which a good clerk asks back, with the procedures between which to choose.

mod check;
mod readings;

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use super::error::Fault;
use super::lines::Lines;
pub(super) use readings::Readings;

/// Weight of a phrase as a name of the procedure most people mean by it, and of the others.
const FIRST_MEANT: f32 = 0.98;
const ALSO_MEANT: f32 = 0.9;

/// The rows of all files.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    sheets: Vec<Sheet>,
}

/// The rows of one file.
#[derive(Clone, Debug)]
struct Sheet {
    file: String,
    words: Vec<Row<Word>>,
    names: Vec<Row<Name>>,
    choices: Vec<Row<Choice>>,
}

/// A row, and the line of the file where it begins.
#[derive(Clone, Debug)]
struct Row<T> {
    line: usize,
    row: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    word: Vec<Spanned<Word>>,
    #[serde(default)]
    names: BTreeMap<String, Spanned<Vec<String>>>,
    #[serde(default)]
    choice: Vec<Spanned<Choice>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    official: String,
    #[serde(default)]
    everyday: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    codes: Vec<String>,
}

#[derive(Clone, Debug)]
struct Name {
    code: String,
    said: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    said: Vec<String>,
    codes: Vec<String>,
}

/// What people call procedures.
#[derive(Debug, Default)]
pub(super) struct Everyday<'a> {
    /// By code: name and weight.
    pub names: HashMap<&'a str, Vec<(&'a str, f32)>>,
    /// Phrases after which to ask back.
    pub choices: Vec<Asking<'a>>,
}

/// Phrases after which to ask back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking<'a> {
    pub said: &'a [String],
    /// The codes between which to choose, the likeliest first.
    pub codes: &'a [String],
}

impl Vocabulary {
    /// These rows and those of one more file.
    ///
    /// # Errors
    /// The first row that cannot be read.
    pub fn and(mut self, file: &str, source: &str) -> Result<Self, Fault> {
        let read = toml::from_str(source);
        let table: Table = read.map_err(|error| Fault::of_toml(source, &error, "fault-toml-vocabulary").in_file(file))?;
        let lines = Lines::of(source);
        let names = table.names.into_iter().map(|(code, said)| {
            let row = row(&lines, said);
            Row { line: row.line, row: Name { code, said: row.row } }
        });
        self.sheets.push(Sheet {
            file: file.to_owned(),
            words: table.word.into_iter().map(|word| row(&lines, word)).collect(),
            names: names.collect(),
            choices: table.choice.into_iter().map(|choice| row(&lines, choice)).collect(),
        });
        Ok(self)
    }

    /// What people call procedures.
    pub(super) fn everyday(&self) -> Everyday<'_> {
        let mut everyday = Everyday::default();
        let mut call = |code, phrase, weight| everyday.names.entry(code).or_default().push((phrase, weight));
        for sheet in &self.sheets {
            for Row { row: word, .. } in &sheet.words {
                for (at, code) in word.codes.iter().enumerate() {
                    let weight = if at == 0 { FIRST_MEANT } else { ALSO_MEANT };
                    for phrase in word.everyday.iter().chain(std::iter::once(&word.official)) {
                        call(code.as_str(), phrase.as_str(), weight);
                    }
                }
            }
            for Row { row: name, .. } in &sheet.names {
                for phrase in &name.said {
                    call(name.code.as_str(), phrase.as_str(), FIRST_MEANT);
                }
            }
        }
        let choices = self.sheets.iter().flat_map(|sheet| &sheet.choices);
        everyday.choices = choices.map(|Row { row, .. }| Asking { said: &row.said, codes: &row.codes }).collect();
        everyday
    }

    /// The words ready to be looked up.
    pub(super) fn readings(&self) -> Readings {
        let words = self.sheets.iter().flat_map(|sheet| &sheet.words).map(|Row { row, .. }| row);
        Readings::new(words.flat_map(|word| word.everyday.iter().chain(&word.short).map(|said| (said.as_str(), &*word.official))))
    }
}

fn row<T>(lines: &Lines, spanned: Spanned<T>) -> Row<T> {
    Row { line: lines.at(spanned.span().start), row: spanned.into_inner() }
}
