//! Guides out of a crawl of the national portal: one JSON object a line.
//!
//! A crawl is a claim, not a fact. What is imported is marked so, a figure that is often only a blank of the crawl is
//! left out (see `figures`), and a guide written by a person is never touched. The same file gives the same guides,
//! however often and in whatever order files are imported.

mod figures;
mod record;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use record::Record;

use super::guide::{Facts, Review};
use crate::knowledge::import::words::markdown;

/// What one import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Guides made or made again.
    pub written: usize,
    /// Guides that were there, with the same contents.
    pub unchanged: usize,
    /// Records that left a better guide alone.
    pub kept: usize,
    /// Guides with a name and no text.
    pub names_only: usize,
    /// Figures left out because the crawl writes them for "nobody filled it in", by kind.
    pub blanks: Blanks,
    /// Lines that could not be read, with the reason.
    pub unreadable: Vec<String>,
}

/// Figures that were not believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    /// “Miễn phí” without a word that proves it.
    pub free: usize,
    /// “1 ngày” without a word that proves it.
    pub one_day: usize,
    /// Amounts that cannot be a fee, such as “700 VNĐ”.
    pub odd_fees: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { written, unchanged, kept, names_only, blanks, unreadable } = self;
        writeln!(f, "{written} guides written, {unchanged} unchanged, {kept} left alone because a better one is there")?;
        writeln!(f, "{names_only} have a name only")?;
        let Blanks { free, one_day, odd_fees } = blanks;
        writeln!(f, "not believed: {free} × “Miễn phí”, {one_day} × “1 ngày”, {odd_fees} × an amount that is no fee")?;
        write!(f, "{} lines could not be read", unreadable.len())?;
        for line in unreadable {
            write!(f, "\n  {line}")?;
        }
        Ok(())
    }
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {path}: {cause}")]
pub struct ImportError {
    action: &'static str,
    path: PathBuf,
    cause: std::io::Error,
}

/// Imports the records of `jsonl` (the text of a file) into `folder`. `progress` is told after each line.
///
/// # Errors
/// When the folder cannot be written. A line that cannot be read is not an error: it is in the report.
pub fn import(jsonl: &str, folder: &Path, mut progress: impl FnMut()) -> Result<Report, ImportError> {
    let mut report = Report::default();
    for (number, line) in (1usize..).zip(jsonl.lines()) {
        if !line.trim().is_empty() {
            match serde_json::from_str::<Record>(line).map_err(|error| error.to_string()).and_then(Record::checked) {
                Ok(record) => import_one(&record, folder, &mut report)?,
                Err(problem) => report.unreadable.push(format!("line {number}: {problem}")),
            }
        }
        progress();
    }
    Ok(report)
}

fn import_one(record: &Record, folder: &Path, report: &mut Report) -> Result<(), ImportError> {
    let home = folder.join("guides").join(&record.id);
    let facts = record.facts(&mut report.blanks);
    let toml = toml::to_string(&facts).unwrap_or_else(|error| unreachable!("facts are plain tables: {error}"));
    let words = markdown(record);
    if record.is_name_only() {
        report.names_only += 1;
    }
    let facts_file = home.join("guide.toml");
    let words_file = home.join("vi.md");
    if let Ok(there) = std::fs::read_to_string(&facts_file) {
        if there == toml && std::fs::read_to_string(&words_file).is_ok_and(|there| there == words) {
            report.unchanged += 1;
            return Ok(());
        }
        if is_better(&there, &facts, record.is_name_only()) {
            report.kept += 1;
            return Ok(());
        }
    }
    let failed = |action, path: &Path, cause| ImportError { action, path: path.to_owned(), cause };
    std::fs::create_dir_all(&home).map_err(|cause| failed("make folder", &home, cause))?;
    std::fs::write(&facts_file, toml).map_err(|cause| failed("write", &facts_file, cause))?;
    std::fs::write(&words_file, words).map_err(|cause| failed("write", &words_file, cause))?;
    report.written += 1;
    Ok(())
}

/// Whether the guide that is there should stay: a person wrote it, its source is newer, or it has text where the new
/// one has a name only. A file that cannot be read is somebody's unfinished work: it stays too.
fn is_better(there: &str, new: &Facts, is_name_only: bool) -> bool {
    let Ok(there) = there.parse::<Facts>() else { return true };
    let says_more = is_name_only && !(there.documents.is_empty() && there.fees.is_empty() && there.times.is_empty());
    there.review > Review::Imported || there.source.as_of > new.source.as_of || says_more
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"1.001193","name":"Thủ tục đăng ký khai sinh","field":"Hộ tịch","level":"Cấp xã","steps":"Bước 1: Nộp hồ sơ\n- Nhận kết quả","methods":"Trực tuyến | 1 ngày | Miễn phí","documents":"- Giấy chứng sinh [1 bản chính]","fees":"Miễn phí","time_limit":"1 ngày","legal_basis":"Luật Hộ tịch — 60/2014/QH13","result":"Giấy khai sinh","as_of":"2026-07","lang":"vi","source_repo":"x","source_path":"y"}"#;

    #[test]
    fn an_import_repeated_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let first = import(LINE, folder.path(), || ()).unwrap();
        assert_eq!((first.written, first.unchanged), (1, 0));
        let second = import(LINE, folder.path(), || ()).unwrap();
        assert_eq!((second.written, second.unchanged), (0, 1));
    }

    #[test]
    fn a_name_never_replaces_a_text_and_blanks_are_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let report = import(LINE, folder.path(), || ()).unwrap();
        assert_eq!((report.blanks.free, report.blanks.one_day), (1, 1));
        let name = r#"{"id":"1.001193","name":"Đăng ký khai sinh","field":"Hộ tịch","as_of":"2025-04"}"#;
        assert_eq!(import(name, folder.path(), || ()).unwrap().kept, 1);
        let later = name.replace("2025-04", "2026-10");
        assert_eq!(import(&later, folder.path(), || ()).unwrap().kept, 1, "a later crawl that lost the text");
        let facts: Facts = std::fs::read_to_string(folder.path().join("guides/1.001193/guide.toml")).unwrap().parse().unwrap();
        assert!(facts.fees.is_empty() && facts.times.is_empty(), "{facts:?}");
        assert_eq!(facts.documents.len(), 1);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_loses_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let report = import(&format!("{{broken\n{LINE}\n{{\"id\":\"../x\",\"name\":\"y\"}}"), folder.path(), || ()).unwrap();
        assert_eq!(report.written, 1);
        assert!(report.unreadable[0].starts_with("line 1: ") && report.unreadable[1].starts_with("line 3: "), "{report}");
    }

    #[test]
    fn a_guide_written_by_a_person_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("guides/1.001193");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join("guide.toml"), "somebody is writing here").unwrap();
        assert_eq!(import(LINE, folder.path(), || ()).unwrap().kept, 1);
    }
}
