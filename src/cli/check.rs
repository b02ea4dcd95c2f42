//! `motcua check`: lint of content, and of what it is found by.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::questions;
use crate::app::SystemClock;
use crate::domain::Clock;
use crate::knowledge::{Contents, Library, Origin, check};
use crate::service::editing;

/// Check all content and name what is wrong: file, line, remedy.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// A content folder to lay over the shipped guides; the shipped ones alone without it.
    folder: Option<PathBuf>,
    /// Questions that used to find their guides (`motcua eval --save`, `motcua lessons --save`): name the ones that no
    /// longer do.
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let layers = Origin::layers(&self.folder.into_iter().collect::<Vec<_>>());
        let contents = Contents::read(&layers)?;
        let checked = check::check(&contents, SystemClock.now().date());
        for fault in &checked.faults {
            println!("{fault}");
        }
        for gap in contents.places().map(|places| places.to_fill_in()).unwrap_or_default() {
            println!("places.toml: to fill in: {gap}");
        }
        for (year, gap) in contents.calendar().map(|years| years.missing).unwrap_or_default() {
            println!("calendar.toml: to fill in for {year}: {gap}");
        }
        let (lost, unfound) = if checked.faults.is_empty() {
            let library = Library::load(&layers, None)?;
            (self.questions.map_or(Ok(0), |file| lost(&file, &library))?, unfound(&library))
        } else {
            (0, 0)
        };
        println!(
            "{} guides written, {} imported and not checked by anybody, {} walks",
            checked.written, checked.imported, checked.walks
        );
        match checked.faults.len() + lost + unfound {
            0 => Ok(()),
            count => bail!("{count} fault(s)"),
        }
    }
}

/// Names the questions in guides that people wrote which do not find their guide.
fn unfound(library: &Library) -> usize {
    let unfound = editing::questions::unfound(library);
    for own in &unfound {
        let first = own.first.as_deref().unwrap_or("no guide");
        println!("guides/{}/{}.md: “{}” finds {first} → reword it, or take it from there", own.guide, own.lang, own.question);
    }
    unfound.len()
}

/// Names the questions of `file` that no longer find their guide, with the guide they find instead.
fn lost(file: &Path, library: &Library) -> anyhow::Result<usize> {
    let mut lost = 0;
    for (number, question) in (1..).zip(questions::read(file)?) {
        if !question.has_answer() {
            continue;
        }
        let decision = question.decide(library, 1);
        let found = decision.hits.first().map(|hit| library.guide(hit.guide));
        if found.is_some_and(|guide| question.is_right(guide)) {
            continue;
        }
        lost += 1;
        let right = question.guide.as_deref().or(question.procedure_id.as_deref()).unwrap_or_default();
        let found = found.map_or("no guide", |guide| guide.slug.as_str());
        println!(
            "{}:{number}: “{}” found {right}, now finds {found} → give {right} this question, or take it from {found}",
            file.display(),
            question.q
        );
    }
    Ok(lost)
}
