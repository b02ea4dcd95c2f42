//! What is wrong with a walk: a step nobody reaches, a condition on what was not asked, a text that is missing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::answer::Kind;
use super::{Walk, When};
use crate::domain::{Choice, ChoiceId, Lang};
use crate::knowledge::error::Fault;

/// Longest slug and longest name of a step or choice, in bytes: `walk/<slug>/<step>/<choice>` must fit a button's id.
const LONGEST_SLUG: usize = 24;
const LONGEST_NAME: usize = (ChoiceId::MAX_BYTES - LONGEST_SLUG - "walk///+".len()) / 2;
/// Choices that fit a phone's screen under a question.
const MOST_CHOICES: usize = 6;

/// Everything that keeps a walk from being served.
pub(super) fn faults(walk: &Walk, toml: &str) -> Vec<Fault> {
    let mut lint = Lint { walk, toml, faults: Vec::new() };
    lint.names();
    lint.conditions();
    if lint.faults.is_empty() {
        lint.ways();
    }
    lint.words();
    lint.faults
}

/// Whether it can be part of a button's id, and be told from the verbs, which begin with a sign.
pub(in crate::knowledge) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

struct Lint<'a> {
    walk: &'a Walk,
    toml: &'a str,
    faults: Vec<Fault>,
}

impl Lint<'_> {
    /// A fault at the first line of `walk.toml` that names `what`.
    fn plan(&mut self, what: &str, problem: String, remedy: &str) {
        let line = self.toml.lines().position(|line| line.contains(&format!("\"{what}\""))).map(|at| at + 1);
        let file = format!("walks/{}/walk.toml", self.walk.slug);
        self.faults.push(Fault { file, line, problem, remedy: remedy.to_owned() });
    }

    fn names(&mut self) {
        let walk = self.walk;
        if walk.slug.len() > LONGEST_SLUG || !is_name(&walk.slug) {
            self.plan(
                &walk.slug,
                "the folder's name cannot be the id of a button".to_owned(),
                "name it with a-z, 0-9 and -, at most 24 letters",
            );
        }
        if walk.plan.outcomes.iter().all(|outcome| outcome.exit || !outcome.when.is_empty()) {
            self.plan("outcome", "not every way ends".to_owned(), "add an [[outcome]] without `when`, the last one");
        }
        let ids = walk.plan.steps.iter().map(|step| &step.id).chain(walk.plan.outcomes.iter().map(|outcome| &outcome.id));
        let mut seen = BTreeSet::from(["title", "about"]);
        for id in ids {
            if !seen.insert(id) {
                self.plan(id, format!("“{id}” stands twice"), "give each step and outcome a name of its own");
            }
        }
        let troubles = walk.plan.steps.iter().flat_map(|step| &step.troubles);
        let choices = walk.plan.steps.iter().flat_map(|step| &step.choices);
        for name in seen.into_iter().chain(troubles.map(String::as_str)).chain(choices.map(String::as_str)) {
            if name.len() > LONGEST_NAME || !is_name(name) {
                let remedy = "use a-z, 0-9 and -, at most 16 letters, a letter first";
                self.plan(name, format!("“{name}” cannot be part of a button's id"), remedy);
            }
        }
        for step in &walk.plan.steps {
            let kinds = [!step.choices.is_empty(), step.ask.is_some(), step.rule.is_some()];
            if kinds.iter().filter(|kind| **kind).count() > 1 || step.rule.is_some() != step.of.is_some() {
                self.plan(&step.id, format!("step “{}” is of two kinds", step.id), "keep one of choices, ask, and rule with of");
            }
            if step.choices.len() == 1 || step.choices.len() > MOST_CHOICES {
                let problem = format!("step “{}” has {} choices", step.id, step.choices.len());
                self.plan(&step.id, problem, "offer two to six");
            }
            if step.picture.as_ref().is_some_and(|picture| !picture.starts_with("https://")) {
                self.plan(&step.id, "a picture without an https address".to_owned(), "write https://…");
            }
        }
    }

    /// Conditions look at choices of earlier steps.
    fn conditions(&mut self) {
        let plan = &self.walk.plan;
        for (at, step) in plan.steps.iter().enumerate() {
            self.condition(&step.id, &step.when, at);
            if let Some(of) = &step.of
                && !plan.steps[..at].iter().any(|earlier| earlier.id == *of && earlier.ask == Some(Kind::Date))
            {
                self.plan(&step.id, format!("“{of}” is no date asked at an earlier step"), "name one");
            }
        }
        for outcome in &plan.outcomes {
            self.condition(&outcome.id, &outcome.when, plan.steps.len());
        }
    }

    fn condition(&mut self, owner: &str, when: &When, before: usize) {
        for (question, choices) in when {
            let earlier = self.walk.plan.steps[..before].iter().find(|step| step.id == *question);
            let known: Vec<&str> = match earlier.map(|step| (step, step.rule)) {
                Some((_, Some(rule))) => rule.results().to_vec(),
                Some((step, None)) => step.choices.iter().map(String::as_str).collect(),
                None => Vec::new(),
            };
            if known.is_empty() {
                let problem = format!("“{owner}” hangs on “{question}”, which no earlier step asks");
                self.plan(owner, problem, "name an earlier step that has choices");
            } else if let Some(choice) = choices.iter().find(|choice| !known.contains(&choice.as_str())) {
                let problem = format!("“{owner}” hangs on “{choice}”, which “{question}” cannot be answered with");
                self.plan(owner, problem, "name one of its choices");
            }
        }
    }

    /// Every step and every outcome is reached.
    fn ways(&mut self) {
        // Ages are counted from this day; any day does.
        let ways = self.walk.ways(Date::constant(2026, 11, 22));
        if ways.too_many {
            self.plan("step", "there are too many ways to follow them all".to_owned(), "make two walks of it");
            return;
        }
        let names = self.walk.plan.steps.iter().filter(|step| step.rule.is_none()).map(|step| &step.id);
        let names: Vec<&String> = names.chain(self.walk.plan.outcomes.iter().map(|outcome| &outcome.id)).collect();
        for name in names {
            if !ways.reached.contains(name) {
                self.plan(name, format!("nobody reaches “{name}”"), "mend its `when`, or take it out");
            }
        }
    }

    /// Every text is there in both languages, and no other; what stands on a button fits it.
    fn words(&mut self) {
        let walk = self.walk;
        let plan = &walk.plan;
        let mut wanted: BTreeSet<String> = ["title", "about"].map(str::to_owned).into();
        let mut labels: BTreeSet<String> = ["title".to_owned()].into();
        for step in plan.steps.iter().filter(|step| step.rule.is_none()) {
            wanted.insert(step.id.clone());
            labels.extend(step.choices.iter().map(|choice| format!("{}.{choice}", step.id)));
            labels.extend(step.troubles.iter().map(|trouble| format!("trouble-{trouble}")));
            wanted.extend(step.troubles.iter().map(|trouble| format!("trouble-{trouble}.remedy")));
        }
        wanted.extend(labels.iter().cloned());
        wanted.extend(plan.outcomes.iter().map(|outcome| outcome.id.clone()));
        for lang in Lang::ALL {
            let words = if lang == Lang::Vi { &walk.vi } else { &walk.en };
            let file = format!("walks/{}/{lang}.ftl", walk.slug);
            for key in &wanted {
                match words.get(key) {
                    None => self.faults.push(Fault::of(&file, format!("“{key}” is missing"), "write it in both languages")),
                    Some(text) if labels.contains(key) && text.chars().count() > Choice::MAX_LABEL => {
                        let problem = format!("“{text}” is longer than the {} letters of a button", Choice::MAX_LABEL);
                        self.faults.push(Fault::of(&file, problem, "shorten it"));
                    }
                    Some(_) => {}
                }
            }
            for key in words.keys().filter(|key| !wanted.contains(*key)) {
                // A short name of a question, for the list of answers, may be there or not.
                let named = key.strip_suffix(".name").is_some_and(|step| wanted.contains(step));
                if !named {
                    self.faults.push(Fault::of(&file, format!("“{key}” belongs to nothing in walk.toml"), "take it out"));
                }
            }
        }
    }
}
