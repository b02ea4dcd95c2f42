//! What is wrong with the content, told so that its author can mend it.

use std::fmt;

use super::lines::Lines;

/// One thing wrong in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to its content folder.
    pub file: String,
    /// The line, when the fault has one.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl Fault {
    /// A fault at a line of a file that is named later, by whoever knows it.
    pub fn at(line: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: String::new(), line: Some(line), problem: problem.into(), remedy: remedy.into() }
    }

    /// What is wrong in a TOML file, at its line.
    pub(super) fn of_toml(source: &str, error: &toml::de::Error, remedy: &str) -> Self {
        Self::at(error.span().map_or(1, |span| Lines::of(source).at(span.start)), error.message(), remedy)
    }

    /// A fault of a whole file.
    pub fn of(file: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, problem: problem.into(), remedy: remedy.into() }
    }

    /// The same fault, with its file named.
    pub fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.file);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.problem)?;
        if !self.remedy.is_empty() {
            write!(f, " → {}", self.remedy)?;
        }
        Ok(())
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
