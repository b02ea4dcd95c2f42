//! `motcua eval`: how well questions find their guides.
#![expect(clippy::disallowed_methods, reason = "this command measures time")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Serialize;

use super::questions::{self, Asked};
use crate::engine::ask::{Action, Decision};
use crate::knowledge::search::Stage;
use crate::knowledge::{Library, Origin};

/// How deep to look for the right guide.
const DEPTH: usize = 10;

/// Score files of questions against the guides.
#[derive(Debug, clap::Args)]
pub struct Eval {
    /// Question files (JSON lines).
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    knowledge: super::KnowledgeArgs,
    /// Print one JSON object a file instead of a table.
    #[arg(long)]
    json: bool,
    /// Print the questions whose guide was not first.
    #[arg(long)]
    misses: bool,
    /// Score the two halves of each file apart: one was built with, the other only checked with.
    #[arg(long)]
    halves: bool,
    /// Leave a stage of understanding out: names, words, keyboard, slips, marks, priors or intents; may be repeated.
    #[arg(long, value_parser = stage)]
    without: Vec<Stage>,
    /// Write the questions whose guide was first, for `motcua check --questions`.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

/// Figures of one file.
#[derive(Debug, Default, Serialize)]
struct Score {
    file: String,
    /// Questions with one right answer, in the corpus, that need no history.
    questions: usize,
    hit_at_1: f64,
    hit_at_3: f64,
    hit_at_10: f64,
    mrr_at_10: f64,
    /// The same for questions that need their history.
    follow_ups: usize,
    follow_up_hit_at_1: f64,
    /// Questions whose right action is known, and how often it was taken.
    actions: usize,
    right_actions: f64,
    /// By expected action: taken, of how many.
    by_action: std::collections::BTreeMap<String, (usize, usize)>,
    p50_us: u128,
    p99_us: u128,
}

impl Eval {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let library = if self.without.is_empty() {
            self.knowledge.load()?
        } else {
            Library::load_without(&Origin::layers(&self.knowledge.config()?.knowledge), &self.without)?
        };
        let mut saved = String::new();
        let mut table = String::new();
        writeln!(
            table,
            "{:<34} {:>5} {:>6} {:>6} {:>6} {:>6} {:>10} {:>8} {:>8} {:>8}",
            "file", "n", "hit@1", "hit@3", "hit@10", "MRR", "follow-ups", "actions", "p50 µs", "p99 µs"
        )?;
        for (name, asked) in self.sets()? {
            let (score, misses) = score(name, &asked, &library);
            if self.save.is_some() {
                save(&asked, &library, &mut saved)?;
            }
            if self.json {
                println!("{}", serde_json::to_string(&score)?);
            }
            writeln!(
                table,
                "{:<34} {:>5} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>5}/{:.2} {:>8.3} {:>8} {:>8}",
                score.file,
                score.questions,
                score.hit_at_1,
                score.hit_at_3,
                score.hit_at_10,
                score.mrr_at_10,
                score.follow_ups,
                score.follow_up_hit_at_1,
                score.right_actions,
                score.p50_us,
                score.p99_us
            )?;
            for (action, (right, all)) in &score.by_action {
                writeln!(table, "    {action:<14} {right} of {all}")?;
            }
            if self.misses {
                table.push_str(&misses);
            }
        }
        if !self.json {
            print!("{table}");
        }
        if let Some(file) = &self.save {
            std::fs::write(file, saved).with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }

    /// The sets to score, by name: files, or their halves.
    fn sets(&self) -> anyhow::Result<Vec<(String, Vec<Asked>)>> {
        let mut sets = Vec::new();
        for file in &self.files {
            let asked = questions::read(file)?;
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if self.halves {
                let (build, check) = asked.into_iter().partition(|asked| asked.half() == "build");
                sets.extend([(format!("{name} build"), build), (format!("{name} check"), check)]);
            } else {
                sets.push((name, asked));
            }
        }
        Ok(sets)
    }
}

fn stage(name: &str) -> Result<Stage, String> {
    let names = Stage::ALL.map(Stage::as_str).join(", ");
    Stage::from_name(name).ok_or_else(|| format!("use one of {names}"))
}

/// The questions whose guide is first, each with its guide, as JSON lines.
fn save(asked: &[Asked], library: &Library, out: &mut String) -> anyhow::Result<()> {
    for question in asked.iter().filter(|question| question.has_answer()) {
        let decision = question.decide(library, 1);
        let Some(guide) = decision.hits.first().map(|hit| library.guide(hit.guide)).filter(|guide| question.is_right(guide))
        else {
            continue;
        };
        let kept = serde_json::json!({ "q": question.q, "history": question.history, "guide": guide.slug, "behavior": "answer" });
        writeln!(out, "{kept}")?;
    }
    Ok(())
}

fn score(file: String, asked: &[Asked], library: &Library) -> (Score, String) {
    let mut score = Score { file, ..Score::default() };
    let mut misses = String::new();
    let mut times: Vec<Duration> = Vec::with_capacity(asked.len());
    let (mut ranks, mut follow_ranks) = (Vec::new(), Vec::new());
    for question in asked {
        let start = Instant::now();
        let decision = question.decide(library, DEPTH);
        times.push(start.elapsed());
        let behavior = question.behavior.as_deref().unwrap_or("uncertain");
        if question.has_answer() {
            let rank = rank(question, &decision, library);
            if question.needs_history {
                follow_ranks.push(rank)
            } else {
                ranks.push(rank)
            }
            if rank != Some(1) {
                let first = decision.hits.first().map_or("nothing", |hit| library.title(hit.guide));
                let _ = writeln!(
                    misses,
                    "    {:>4}  {}  → {first}",
                    rank.map_or("–".to_owned(), |rank| rank.to_string()),
                    question.q
                );
            }
        }
        if let Some(right) = is_right(behavior, question.in_corpus, decision.action) {
            if !right && behavior != "answer" {
                let _ = writeln!(misses, "    {behavior}: {}  → {}", question.q, decision.action.as_str());
            }
            let tally = score.by_action.entry(behavior.to_owned()).or_default();
            tally.1 += 1;
            tally.0 += usize::from(right);
        }
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).map_or(0, Duration::as_micros);
    (score.p50_us, score.p99_us) = (at(50), at(99));
    (score.questions, score.follow_ups) = (ranks.len(), follow_ranks.len());
    (score.hit_at_1, score.hit_at_3, score.hit_at_10) = (within(&ranks, 1), within(&ranks, 3), within(&ranks, DEPTH));
    score.mrr_at_10 = mean(ranks.iter().map(|rank| rank.map_or(0.0, |rank| 1.0 / f64::from(rank))), ranks.len());
    score.follow_up_hit_at_1 = within(&follow_ranks, 1);
    let (right, all) = score.by_action.values().fold((0, 0), |sum, tally| (sum.0 + tally.0, sum.1 + tally.1));
    score.actions = all;
    score.right_actions = mean(std::iter::once(f64::from(u32::try_from(right).unwrap_or(u32::MAX))), all);
    (score, misses)
}

/// The place of the first right guide, from 1.
fn rank(question: &Asked, decision: &Decision, library: &Library) -> Option<u32> {
    let place = decision.hits.iter().position(|hit| question.is_right(&library.guide(hit.guide)))?;
    u32::try_from(place + 1).ok()
}

/// Whether `action` is what a question of that `behavior` should get; `None` when it does not say.
fn is_right(behavior: &str, in_corpus: Option<bool>, action: Action) -> Option<bool> {
    match behavior {
        "answer" if in_corpus == Some(true) => Some(action == Action::Answer),
        "clarify" if in_corpus == Some(true) => Some(action == Action::Clarify),
        "oos" | "abuse" => Some(matches!(action, Action::OutOfScope | Action::Unknown | Action::Insult)),
        "office_info" => Some(action == Action::Office),
        "danger" => Some(matches!(action, Action::Danger | Action::Fraud)),
        "secret" => Some(action == Action::Secret),
        "small_talk" => Some(action == Action::SmallTalk),
        "procedure" => {
            Some(matches!(action, Action::Answer | Action::Clarify | Action::Unknown | Action::Dossier | Action::Place))
        }
        _ => None,
    }
}

fn within(ranks: &[Option<u32>], depth: usize) -> f64 {
    let deep = u32::try_from(depth).unwrap_or(u32::MAX);
    mean(ranks.iter().map(|rank| f64::from(u8::from(rank.is_some_and(|rank| rank <= deep)))), ranks.len())
}

#[expect(clippy::cast_precision_loss, reason = "question files are far below 2^52 lines")]
fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    if count == 0 { 0.0 } else { values.sum::<f64>() / count as f64 }
}
