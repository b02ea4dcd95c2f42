//! `motcua walk`: what walks there are, how one goes, and how far people came.

use std::time::Duration;

use anyhow::Context;

use super::KnowledgeArgs;
use crate::app::SystemClock;
use crate::domain::{Clock, Lang};
use crate::knowledge::walk::Answers;
use crate::service::walks::weeks;
use crate::store::walk;

/// Look at walks.
#[derive(Debug, clap::Subcommand)]
pub enum Walk {
    /// List all walks, with how many steps the longest way has.
    List {
        #[command(flatten)]
        knowledge: KnowledgeArgs,
    },
    /// Draw a walk: `motcua walk graph vneid | dot -Tsvg > vneid.svg`.
    Graph {
        /// Its slug.
        slug: String,
        /// Draw in Mermaid's notation instead of Graphviz'.
        #[arg(long)]
        mermaid: bool,
        /// Language of the words: vi or en.
        #[arg(long, default_value = "vi", value_parser = |code: &str| Lang::from_tag(code).ok_or("use vi or en"))]
        lang: Lang,
        #[command(flatten)]
        knowledge: KnowledgeArgs,
    },
    /// Tell how far people came: begun, finished, left where, and the median time at each step, by walk and week.
    Report(Report),
}

/// How far people came.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// How many weeks back, this one included.
    #[arg(long, default_value_t = 8)]
    weeks: u16,
    /// Print rows for a spreadsheet: walk, week, what, where, figure.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

impl Report {
    fn run(self) -> anyhow::Result<()> {
        let library = self.knowledge.load()?;
        let days = u64::from(self.weeks) * 7;
        let since = SystemClock.now().minus(Duration::from_secs(days * 86_400)).date().to_string();
        let (passages, helped) = self.knowledge.settings.with_store(async |_, store| {
            let mut tx = store.read().await?;
            Ok((walk::passages_since(&mut tx, &since).await?, walk::helped_since(&mut tx, &since).await?))
        })?;
        let mut out = csv::Writer::from_writer(std::io::stdout().lock());
        if self.csv {
            out.write_record(["walk", "week", "what", "where", "figure"])?;
        }
        for ((slug, monday), week) in weeks(&passages, |slug| library.walk(slug)) {
            let mut rows: Vec<(&str, &str, i64)> =
                [("started", week.started), ("finished", week.finished), ("exited", week.exited)]
                    .map(|(what, count)| (what, "", count as i64))
                    .into();
            rows.extend(week.left_at.iter().map(|(step, count)| ("left", step.as_str(), *count as i64)));
            rows.extend(week.median.iter().map(|(step, seconds)| ("median_seconds", step.as_str(), *seconds)));
            rows.extend(week.troubles.iter().map(|(step, count)| ("trouble", step.as_str(), *count as i64)));
            if !self.csv {
                println!("{slug}, week of {monday}");
            }
            for (what, place, figure) in rows {
                if self.csv {
                    out.write_record([&slug, &monday.to_string(), what, place, &figure.to_string()])?;
                } else {
                    println!("  {what:<15} {figure:>6}  {place}");
                }
            }
        }
        for (event, consent, times) in helped {
            if self.csv {
                out.write_record(["", "", &format!("helped_{event}"), &consent, &times.to_string()])?;
            } else {
                println!("helped, {event}: {times} (consent of {consent})");
            }
        }
        out.flush()?;
        Ok(())
    }
}

impl Walk {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let today = SystemClock.now().date();
        match self {
            Self::Report(report) => report.run()?,
            Self::List { knowledge } => {
                for walk in knowledge.load()?.walks() {
                    println!("{:<24} {:>2}  {}", walk.slug, walk.longest(&Answers::new(), today), walk.title(Lang::Vi));
                }
            }
            Self::Graph { slug, mermaid, lang, knowledge } => {
                let library = knowledge.load()?;
                let walk = library.walk(&slug).with_context(|| format!("there is no walk “{slug}”, see `motcua walk list`"))?;
                print!("{}", if mermaid { walk.mermaid(lang, today) } else { walk.graphviz(lang, today) });
            }
        }
        Ok(())
    }
}
