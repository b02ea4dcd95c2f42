//! `motcua rank`: questions on standard input, decisions on standard output, for measuring.
#![expect(clippy::disallowed_methods, reason = "this command measures time")]

use std::io::{BufRead, Write};
use std::time::Instant;

use anyhow::Context;
use serde::Serialize;

use super::questions::Asked;

/// Rank guides for each question of standard input (plain text, or JSON with `q` and `history`).
#[derive(Debug, clap::Args)]
pub struct Rank {
    /// How many codes to print for a question.
    #[arg(long, default_value_t = 10)]
    top: usize,
    #[command(flatten)]
    knowledge: super::KnowledgeArgs,
}

#[derive(Serialize)]
struct Ranked<'a> {
    q: &'a str,
    action: &'static str,
    ids: Vec<&'a str>,
    us: u128,
}

impl Rank {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let library = self.knowledge.load()?;
        let mut out = std::io::stdout().lock();
        for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
            let line = line.context("standard input")?;
            if line.trim().is_empty() {
                continue;
            }
            let asked = if line.starts_with('{') {
                serde_json::from_str(&line).with_context(|| format!("line {number} is not a question"))?
            } else {
                Asked::bare(&line)
            };
            let start = Instant::now();
            let decision = asked.decide(&library, self.top);
            let us = start.elapsed().as_micros();
            let guides: Vec<_> = decision.hits.iter().map(|hit| (hit, library.guide(hit.guide))).collect();
            let codes = guides.iter().flat_map(|(hit, guide)| {
                let own = if guide.facts.codes.is_empty() { std::slice::from_ref(&guide.slug) } else { &guide.facts.codes };
                // The code that was named comes before the others of its guide.
                own.get(usize::from(hit.code))
                    .into_iter()
                    .chain(own.iter().enumerate().filter(|(at, _)| *at != usize::from(hit.code)).map(|(_, code)| code))
            });
            let ids = codes.take(self.top).map(String::as_str).collect();
            serde_json::to_writer(&mut out, &Ranked { q: &asked.q, action: decision.action.as_str(), ids, us })?;
            writeln!(out)?;
        }
        Ok(())
    }
}
