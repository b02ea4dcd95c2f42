//! `motcua knowledge import`: guides out of a crawl.

use std::path::PathBuf;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

/// Work on content.
#[derive(Debug, clap::Subcommand)]
pub enum Knowledge {
    /// Turn procedures (JSON lines) into guides marked as imported and unchecked.
    Import {
        /// The file to read.
        file: PathBuf,
        /// The content folder to write to.
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
    },
}

impl Knowledge {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Self::Import { file, into } = self;
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let bar = ProgressBar::new(text.lines().count() as u64);
        bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}")?);
        let report = crate::knowledge::import::import(&text, &into, || bar.inc(1))?;
        bar.finish_and_clear();
        println!("{report}");
        Ok(())
    }
}
