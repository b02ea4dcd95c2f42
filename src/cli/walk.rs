//! `motcua walk`: what walks there are, how one goes, and how far people came.

use anyhow::Context;

use super::KnowledgeArgs;
use crate::app::SystemClock;
use crate::domain::{Clock, Lang};

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
}

impl Walk {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let today = SystemClock.now().date();
        match self {
            Self::List { knowledge } => {
                for walk in knowledge.load()?.walks() {
                    println!("{:<24} {:>2}  {}", walk.slug, walk.ways(today).longest, walk.title(Lang::Vi));
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
