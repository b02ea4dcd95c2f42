//! `motcua lessons`: questions that were not answered, or answered wrongly.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use serde::Serialize;

use crate::app::SystemClock;
use crate::domain::{Clock, Outcome};
use crate::service::lessons::grouped;
use crate::store::lesson;

/// How many questions of a group are shown.
const SHOWN: usize = 5;

/// Show what citizens asked in vain, grouped by likeness: each group is a row of the vocabulary, or a guide, that is missing.
#[derive(Debug, clap::Args)]
pub struct Lessons {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// Only these: unanswered, wrong or right.
    #[arg(long, value_parser = outcome)]
    only: Option<Outcome>,
    /// How many days back.
    #[arg(long, default_value_t = 30)]
    days: u32,
    /// Write the questions as JSON lines, for `motcua eval` and `motcua check --questions`.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

fn outcome(name: &str) -> Result<Outcome, String> {
    Outcome::from_name(name).ok_or_else(|| "use unanswered, wrong or right".to_owned())
}

/// A lesson as a question of `motcua eval`: the guide is told only when it was right.
#[derive(Serialize)]
struct Saved<'a> {
    q: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    guide: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    behavior: Option<&'static str>,
    outcome: Outcome,
    times: i64,
}

impl Lessons {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let since = SystemClock.now().minus(std::time::Duration::from_secs(u64::from(self.days) * 86_400)).date().to_string();
        let lessons = self.settings.with_store(async |_, store| Ok(lesson::since(&mut store.read().await?, &since).await?))?;
        let wanted = |outcome: Outcome| self.only.is_none_or(|only| only == outcome);
        let lessons: Vec<_> = lessons.into_iter().filter(|counted| wanted(counted.lesson.outcome)).collect();
        if let Some(file) = &self.save {
            let mut out = std::fs::File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
            for counted in &lessons {
                let right = counted.lesson.outcome == Outcome::Right;
                let guide = counted.lesson.guide.as_deref().filter(|_| right);
                let saved = Saved {
                    q: &counted.lesson.question,
                    guide,
                    behavior: guide.map(|_| "answer"),
                    outcome: counted.lesson.outcome,
                    times: counted.times,
                };
                writeln!(out, "{}", serde_json::to_string(&saved)?)?;
            }
            println!("{} questions written to {}", lessons.len(), file.display());
            return Ok(());
        }
        for group in grouped(lessons) {
            let first = &group.lessons[0].lesson;
            let shown = first.guide.as_ref().map_or_else(String::new, |guide| format!(" (shown: {guide})"));
            println!("{:>4} × {}{shown}", group.times, first.outcome.as_str());
            for counted in group.lessons.iter().take(SHOWN) {
                println!("       {:>3}  {}", counted.times, counted.lesson.question);
            }
        }
        Ok(())
    }
}
