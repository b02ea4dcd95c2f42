//! `motcua ask`: one question, one answer, as a citizen gets it.

use super::settings::library;
use crate::app::SystemClock;
use crate::domain::{Clock, Lang, Said};
use crate::engine::ask::decide;
use crate::engine::{State, World, turn};
use crate::i18n::Wording;

/// Answer one question.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// The question, in quotes.
    question: String,
    /// Language of the answer: vi or en.
    #[arg(long, default_value = "vi", value_parser = parse_lang)]
    lang: Lang,
    /// Show what was understood, the candidates and their scores.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    knowledge: super::KnowledgeArgs,
}

fn parse_lang(code: &str) -> Result<Lang, String> {
    Lang::from_tag(code).ok_or_else(|| "use vi or en".to_owned())
}

impl Ask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.knowledge.config()?;
        let library = library(&config)?;
        if self.explain {
            let question = library.question(&self.question);
            let topic: Vec<&str> = question.topic.iter().map(|syllable| syllable.marked.as_str()).collect();
            let decision = decide(&library, &question, None, 10);
            println!("topic    {}", topic.join(" "));
            println!("asks for {:?}", question.facets);
            println!("action   {}\n", decision.action.as_str());
            println!("{:>6} {:>8}  {:<12} title", "score", "likeness", "code");
            for hit in &decision.hits {
                let guide = library.guide(hit.guide);
                println!("{:>6.3} {:>8.3}  {:<12} {}", hit.score, hit.likeness, guide.code(), guide.text(self.lang).title);
            }
            println!();
        }
        let wording = Wording::default();
        let world = World::bare(&library, &wording, &config.office, SystemClock.now(), SystemClock.secret());
        let state = State { lang: Some(self.lang), introduced: true, ..State::default() };
        for reply in turn(&world, state, &Said::Text(self.question).without_secrets(), None).replies {
            println!("{}", reply.to_plain());
        }
        Ok(())
    }
}
