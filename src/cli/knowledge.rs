//! `motcua knowledge`: guides out of a crawl, and what was edited in the console as files.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::SystemClock;
use crate::domain::Clock;
use crate::service::editing::live_editions;

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
    /// Write what was edited in the console and is live to a content folder, as the same files: `MOTCUA_KNOWLEDGE` can name it.
    Export {
        #[command(flatten)]
        settings: super::SettingsArgs,
        /// The content folder to write to.
        #[arg(value_name = "DIR")]
        into: PathBuf,
    },
}

impl Knowledge {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Import { file, into } => import(&file, &into),
            Self::Export { settings, into } => export(&settings, &into),
        }
    }
}

fn import(file: &Path, into: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let bar = ProgressBar::new(text.lines().count() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}")?);
    let report = crate::knowledge::import::import(&text, into, || bar.inc(1))?;
    bar.finish_and_clear();
    println!("{report}");
    Ok(())
}

/// Every file of what is live; a vocabulary is laid beside that of the folder, as it is in the program.
fn export(settings: &super::SettingsArgs, into: &Path) -> anyhow::Result<()> {
    // What lies there is somebody's own: nothing of it is overwritten, and nothing old stays beside the new.
    if std::fs::read_dir(into).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty: name a new folder", into.display());
    }
    let live = settings.with_store(async |_, store| Ok(live_editions(store, SystemClock.now()).await?))?;
    let mut written = 0;
    for edition in &live {
        let folder = edition.slug().map_or_else(|| into.to_owned(), |slug| into.join("guides").join(slug));
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for (name, text) in &edition.files {
            let path = folder.join(name);
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            written += 1;
        }
    }
    std::fs::create_dir_all(into.join("guides")).with_context(|| format!("cannot make {}", into.display()))?;
    println!("{written} files of {} pieces written to {}", live.len(), into.display());
    Ok(())
}
