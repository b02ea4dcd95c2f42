//! `motcua check`: lint of content.

use std::path::PathBuf;

use anyhow::bail;

use crate::app::SystemClock;
use crate::domain::Clock;
use crate::knowledge::{Contents, Origin, check};

/// Check all content and name what is wrong: file, line, remedy.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// A content folder to lay over the shipped guides; the shipped ones alone without it.
    folder: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let layers = Origin::layers(&self.folder.into_iter().collect::<Vec<_>>());
        let checked = check::check(&Contents::read(&layers)?, SystemClock.now().date());
        for fault in &checked.faults {
            println!("{fault}");
        }
        println!("{} guides written, {} imported and not checked by anybody", checked.written, checked.imported);
        match checked.faults.len() {
            0 => Ok(()),
            count => bail!("{count} fault(s)"),
        }
    }
}
