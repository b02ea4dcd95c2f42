//! What was sent and is not marked in the database yet: a file that outlives the process.
//!
//! Hundreds of sends end in a second, and the transaction that marks them waits for its turn. What a process that is killed had sent
//! and not marked would be sent once more. So every send is noted here the moment it ends: a short write without a flush, since a
//! killed process loses nothing that the kernel has. (A power cut may; then a message is repeated once, as the ledger says.)

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Bytes after which the file is written anew, with what is still unmarked.
const LARGE: usize = 1 << 20;

/// A send that ended well: the message's id, and the channel's id for it.
pub type Noted = (String, Option<String>);

/// The journal of one channel. Nobody else has it as long as this does.
#[derive(Debug)]
pub struct Journal(Mutex<Pages>);

#[derive(Debug)]
struct Pages {
    file: File,
    bytes: usize,
    unmarked: HashMap<String, Option<String>>,
}

impl Journal {
    /// Opens the file, or makes it. Returns with it what an earlier process noted and did not mark.
    ///
    /// # Errors
    /// When it cannot be used, or another process has it.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<Noted>)> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        file.try_lock()?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let noted: Vec<Noted> = String::from_utf8_lossy(&text).lines().filter_map(read).collect();
        let pages = Pages { file, bytes: text.len(), unmarked: noted.iter().cloned().collect() };
        Ok((Self(Mutex::new(pages)), noted))
    }

    /// Notes that a message was sent.
    pub fn note(&self, id: &str, external_id: Option<&str>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let line = line(id, external_id);
        pages.bytes += line.len();
        pages.unmarked.insert(id.to_owned(), external_id.map(str::to_owned));
        if let Err(error) = pages.file.write_all(line.as_bytes()) {
            tracing::warn!(%error, "the journal of sends cannot be written; a message may be repeated after a crash");
        }
    }

    /// These are marked in the database: they need not be known here any more.
    pub fn marked<'a>(&self, ids: impl IntoIterator<Item = &'a str>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            pages.unmarked.remove(id);
        }
        if pages.bytes > 0 && (pages.unmarked.is_empty() || pages.bytes > LARGE) {
            let text: String = pages.unmarked.iter().map(|(id, external_id)| line(id, external_id.as_deref())).collect();
            let anew = pages.file.set_len(0).and_then(|()| pages.file.write_all(text.as_bytes()));
            pages.bytes = text.len();
            if let Err(error) = anew {
                tracing::warn!(%error, "the journal of sends cannot be written anew");
            }
        }
    }
}

fn line(id: &str, external_id: Option<&str>) -> String {
    // Vendors' ids have neither tabs nor line ends; one that has would only not be kept.
    format!("{id}\t{}\n", external_id.filter(|id| !id.contains(['\t', '\n'])).unwrap_or_default())
}

/// A whole line; a process that died may have left a part of one.
fn read(line: &str) -> Option<Noted> {
    let (id, external_id) = line.split_once('\t')?;
    Some((id.to_owned(), Some(external_id.to_owned()).filter(|id| !id.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_marked_is_there_after_a_death() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sent");
        let (journal, before) = Journal::open(&path).unwrap();
        assert!(before.is_empty());
        for id in ["a", "b", "c"] {
            journal.note(id, Some("17"));
        }
        journal.note("d", None);
        journal.marked(["b"]);
        assert!(Journal::open(&path).is_err(), "one process at a time");
        drop(journal);
        let (journal, before) = Journal::open(&path).unwrap();
        assert_eq!(before.len(), 4, "marks are not written one by one");
        assert!(before.contains(&("d".to_owned(), None)) && before.contains(&("a".to_owned(), Some("17".to_owned()))));
        journal.marked(["a", "b", "c", "d"]);
        drop(journal);
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0, "all marked: nothing to know");
    }

    #[test]
    fn it_does_not_grow_for_ever_and_half_a_line_means_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sent");
        std::fs::write(&path, "a\t1\nhal").unwrap();
        let (journal, before) = Journal::open(&path).unwrap();
        assert_eq!(before, [("a".to_owned(), Some("1".to_owned()))]);
        journal.note("stays", None);
        for n in 0..40_000 {
            let id = format!("0190a0b0-0000-7000-8000-{n:012}.00");
            journal.note(&id, Some("1"));
            journal.marked([id.as_str()]);
        }
        drop(journal);
        assert!(std::fs::metadata(&path).unwrap().len() < (LARGE as u64) * 2);
        assert!(Journal::open(&path).unwrap().1.contains(&("stays".to_owned(), None)));
    }
}
