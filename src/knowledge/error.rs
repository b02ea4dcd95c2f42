//! What is wrong with the content, told so that its author can mend it.

use std::fmt;
use std::sync::LazyLock;

use super::lines::Lines;
use crate::domain::Lang;
use crate::i18n::Wording;

/// The words of [`Fault`]'s `Display`; read when there is something to tell.
static WORDING: LazyLock<Wording> = LazyLock::new(Wording::default);

/// One thing wrong in one file. Editors read it in their language ([`Fault::say`]), logs and commands in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to its content folder.
    pub file: String,
    /// The line, when the fault has one.
    pub line: Option<usize>,
    /// What is wrong: a key of the wording. With `-do` behind it, it is the key of what to do about it.
    pub what: &'static str,
    /// What the wording names.
    values: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault in a file that is named later, by whoever knows it.
    pub fn new(what: &'static str) -> Self {
        Self { file: String::new(), line: None, what, values: Vec::new() }
    }

    /// A fault at a line of a file that is named later.
    pub fn at(line: usize, what: &'static str) -> Self {
        Self { line: Some(line), ..Self::new(what) }
    }

    /// What is wrong in a TOML file, at its line; `what` says how such a file is written.
    pub(super) fn of_toml(source: &str, error: &toml::de::Error, what: &'static str) -> Self {
        Self::at(error.span().map_or(1, |span| Lines::of(source).at(span.start)), what).value("message", error.message())
    }

    /// A fault of a whole file.
    pub fn of(file: impl Into<String>, what: &'static str) -> Self {
        Self { file: file.into(), ..Self::new(what) }
    }

    /// The same fault, with its file named.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.file);
        self
    }

    /// The same fault, with what its wording calls `name`.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Where it is, what is wrong, and what to do about it, in one line.
    pub fn say(&self, wording: &Wording, lang: Lang) -> String {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let words = |key: &str| wording.with(lang, key, self.values.iter().map(|(name, value)| (*name, value.as_str().into())));
        format!("{}{line}: {} → {}", self.file, words(self.what), words(&format!("{}-do", self.what)))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(&WORDING, Lang::En))
    }
}

/// Why a library could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The content itself is broken; the old library, if any, stays in use.
    #[error("the content has {} fault(s): {}", .0.len(), first(.0))]
    Faults(Vec<Fault>),
    /// The folder cannot be read.
    #[error("cannot read {path}: {cause}")]
    Read {
        /// What was read.
        path: String,
        /// Why it failed.
        cause: std::io::Error,
    },
    /// The search index cannot be written or opened.
    #[error("search index in {folder}: {cause}")]
    Index {
        /// The index folder.
        folder: String,
        /// Why it failed.
        cause: tantivy::TantivyError,
    },
}

fn first(faults: &[Fault]) -> String {
    faults.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
