//! Files of questions: one JSON object a line, as `motcua eval` scores them.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::engine::ask::{Before, Decision, understand};
use crate::knowledge::{Guide, GuideId, Library};

/// A question, with what came before it and what would be right.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Asked {
    /// As typed.
    pub q: String,
    /// Earlier turns of the citizen, oldest first.
    #[serde(default)]
    pub history: Option<Vec<String>>,
    /// The best procedure.
    #[serde(default)]
    pub procedure_id: Option<String>,
    /// Slug of the right guide, for questions that citizens judged.
    #[serde(default)]
    pub guide: Option<String>,
    /// All procedures that are right.
    #[serde(default)]
    pub accept_ids: Vec<String>,
    /// Whether the procedure is in the imported content at all.
    #[serde(default)]
    pub in_corpus: Option<bool>,
    /// What the bot should do.
    #[serde(default)]
    pub behavior: Option<String>,
    /// Whether it cannot be understood without its history.
    #[serde(default)]
    pub needs_history: bool,
}

impl Asked {
    /// A question without anything known about it.
    pub(super) fn bare(q: &str) -> Self {
        Self {
            q: q.to_owned(),
            history: None,
            procedure_id: None,
            guide: None,
            accept_ids: Vec::new(),
            in_corpus: None,
            behavior: None,
            needs_history: false,
        }
    }

    /// Whether `guide` is right.
    pub(super) fn is_right(&self, guide: &Guide) -> bool {
        let right = |code: &String| self.procedure_id.as_ref() == Some(code) || self.accept_ids.contains(code);
        guide.facts.codes.iter().any(right) || self.guide.as_ref() == Some(&guide.slug)
    }

    /// Whether its right guide is told, and in the content.
    pub(super) fn has_answer(&self) -> bool {
        self.behavior.as_deref() == Some("answer") && (self.in_corpus == Some(true) || self.guide.is_some())
    }

    /// Which half of a set it belongs to: one to build with, one to check with. By a hash, so that nobody chooses.
    pub(super) fn half(&self) -> &'static str {
        if Sha256::digest(&self.q)[0].is_multiple_of(2) { "build" } else { "check" }
    }

    /// Decides about the question as the bot does, its history taken first.
    pub(super) fn decide(&self, library: &Library, limit: usize) -> Decision {
        let mut matter: Option<(GuideId, String)> = None;
        for earlier in self.history.iter().flatten() {
            let before = matter.as_ref().map(|(guide, question)| Before { guide: *guide, question });
            let decision = understand(library, earlier, before.as_ref(), 1);
            matter = decision.matter(earlier, before.as_ref()).or(matter);
        }
        let before = matter.as_ref().map(|(guide, question)| Before { guide: *guide, question });
        understand(library, &self.q, before.as_ref(), limit)
    }
}

/// Reads a file of questions.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<Asked>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{}: not a question", file.display(), at + 1)))
        .collect()
}
