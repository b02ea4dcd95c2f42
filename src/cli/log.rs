//! The log of the program: numbers of persons are covered in every line of it, wherever they came from.
//!
//! Nothing of ours writes what citizens say; an answer of a vendor or of a database may repeat it.

use std::io::{self, Write};

use crate::domain::personal::covered;

/// Covers the numbers of persons in each line before it is written to `out`.
pub(super) struct Covered<W>(pub W);

impl<W: Write> Write for Covered<W> {
    /// A line is written at once, so that no number is cut in two.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(covered(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_number_of_a_person_gets_into_the_log() {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().with_writer(move || Covered(writer.clone())).with_ansi(false).finish();
        tracing::subscriber::with_default(log, || {
            tracing::warn!(error = "duplicate key: (0912345678)", to = "…789", "cccd 025190001089 is refused");
        });
        let log = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(log.contains("*******678") && log.contains("*********089") && log.contains("is refused"), "{log}");
        assert!(!log.contains("0912345678") && !log.contains("025190001089"));
        assert!(log.starts_with("20") && log.contains('Z'), "its time is whole: {log}");
    }
}
