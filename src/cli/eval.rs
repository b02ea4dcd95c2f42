//! `motcua eval`: how well questions find their guides.
#![expect(clippy::disallowed_methods, reason = "this command measures time")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::questions::{self, Asked};
use crate::engine::ask::{Action, Decision};
use crate::knowledge::Library;

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
        let library = self.knowledge.load()?;
        let mut table = String::new();
        writeln!(
            table,
            "{:<28} {:>5} {:>6} {:>6} {:>6} {:>6} {:>10} {:>8} {:>8} {:>8}",
            "file", "n", "hit@1", "hit@3", "hit@10", "MRR", "follow-ups", "actions", "p50 µs", "p99 µs"
        )?;
        for file in &self.files {
            let asked = questions::read(file)?;
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (score, misses) = score(name, &asked, &library);
            if self.json {
                println!("{}", serde_json::to_string(&score)?);
            }
            writeln!(
                table,
                "{:<28} {:>5} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>5}/{:.2} {:>8.3} {:>8} {:>8}",
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
        Ok(())
    }
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
        if behavior == "answer" && question.in_corpus == Some(true) {
            let rank = rank(question, &decision, library);
            if question.needs_history {
                follow_ranks.push(rank)
            } else {
                ranks.push(rank)
            }
            if rank != Some(1) {
                let first = decision.hits.first().map_or("nothing", |hit| library.guide(hit.guide).vi.title.as_str());
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
    let right = |code: &String| question.procedure_id.as_ref() == Some(code) || question.accept_ids.contains(code);
    let place = decision.hits.iter().position(|hit| library.guide(hit.guide).facts.codes.iter().any(right))?;
    u32::try_from(place + 1).ok()
}

/// Whether `action` is what a question of that `behavior` should get; `None` when it does not say.
fn is_right(behavior: &str, in_corpus: Option<bool>, action: Action) -> Option<bool> {
    match behavior {
        "answer" if in_corpus == Some(true) => Some(action == Action::Answer),
        "clarify" if in_corpus == Some(true) => Some(action == Action::Clarify),
        "oos" | "abuse" => Some(matches!(action, Action::OutOfScope | Action::Unknown | Action::Insult)),
        "office_info" => Some(action == Action::Office),
        "danger" => Some(action == Action::Danger),
        "secret" => Some(action == Action::Secret),
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
