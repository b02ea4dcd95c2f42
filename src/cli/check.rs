//! `motcua check`: lint of content, and of what it is found by.

use std::path::{Path, PathBuf};

use anyhow::ensure;

use super::questions;
use crate::app::SystemClock;
use crate::domain::{Clock, Lang};
use crate::i18n::Wording;
use crate::knowledge::{Contents, Fault, Library, Origin, check};
use crate::service::editing;

/// Check all content and name what is wrong, file, line, remedy, and what is still to be filled in.
#[derive(Debug, clap::Args)]
pub struct Check {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// A content folder to lay over the shipped guides; those that are set without it.
    folder: Option<PathBuf>,
    /// Questions that used to find their guides (`motcua eval --save`, `motcua lessons --save`): name the ones that no
    /// longer do.
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// In English.
    #[arg(long)]
    english: bool,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let (wording, lang) = (Wording::default(), if self.english { Lang::En } else { Lang::Vi });
        let folders = match self.folder {
            Some(folder) => vec![folder],
            None => self.settings.load()?.knowledge,
        };
        let layers = Origin::layers(&folders);
        let (contents, today) = (Contents::read(&layers)?, SystemClock.now().date());
        let mut checked = check::check(&contents, today);
        if checked.faults.is_empty() {
            let library = Library::load(&layers, None)?;
            if let Some(file) = &self.questions {
                checked.faults.extend(lost(file, &library, &wording.get(lang, "check-none"))?);
            }
            checked.faults.extend(editing::questions::unfound(&library).iter().map(editing::questions::Own::fault));
        }
        let gaps = check::to_fill_in(&contents, today);
        for fault in checked.faults.iter().chain(&gaps) {
            println!("{}", fault.say(&wording, lang));
        }
        let sum = [
            ("written", checked.written.into()),
            ("imported", checked.imported.into()),
            ("walks", checked.walks.into()),
            ("faults", checked.faults.len().into()),
            ("gaps", gaps.len().into()),
        ];
        let sum = wording.with(lang, "check-sum", sum);
        ensure!(checked.faults.is_empty(), sum);
        println!("{sum}");
        Ok(())
    }
}

/// The questions of `file` that no longer find their guide, with the guide they find instead, or what is said where there is `none`.
fn lost(file: &Path, library: &Library, none: &str) -> anyhow::Result<Vec<Fault>> {
    let mut lost = Vec::new();
    for (number, question) in (1..).zip(questions::read(file)?) {
        if !question.has_answer() {
            continue;
        }
        let decision = question.decide(library, 1);
        let found = decision.hits.first().map(|hit| library.guide(hit.guide));
        if found.as_ref().is_some_and(|guide| question.is_right(guide)) {
            continue;
        }
        let right = question.guide.as_deref().or(question.procedure_id.as_deref()).unwrap_or_default();
        let found = found.as_ref().map_or(none, |guide| guide.slug.as_str());
        let fault = Fault::at(number, "fault-question-lost").in_file(&file.display().to_string());
        lost.push(fault.value("question", &question.q).value("right", right).value("found", found));
    }
    Ok(lost)
}
