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
    /// A fault at the first line of `walk.toml` that names `named`.
    fn plan(&mut self, named: &str, mut fault: Fault) {
        let line = self.toml.lines().position(|line| line.contains(&format!("\"{named}\""))).map(|at| at + 1);
        let file = format!("walks/{}/walk.toml", self.walk.slug);
        fault.line = line;
        self.faults.push(fault.in_file(&file));
    }

    fn names(&mut self) {
        let walk = self.walk;
        if walk.slug.len() > LONGEST_SLUG || !is_name(&walk.slug) {
            self.plan(&walk.slug, Fault::new("fault-slug").value("most", LONGEST_SLUG));
        }
        if walk.plan.outcomes.iter().all(|outcome| outcome.exit || !outcome.when.is_empty()) {
            self.plan("outcome", Fault::new("fault-walk-ends"));
        }
        let ids = walk.plan.steps.iter().map(|step| &step.id).chain(walk.plan.outcomes.iter().map(|outcome| &outcome.id));
        let mut seen = BTreeSet::from(["title", "about"]);
        for id in ids {
            if !seen.insert(id) {
                self.plan(id, Fault::new("fault-walk-twice").value("id", id));
            }
        }
        let troubles = walk.plan.steps.iter().flat_map(|step| &step.troubles);
        let choices = walk.plan.steps.iter().flat_map(|step| &step.choices);
        for name in seen.into_iter().chain(troubles.map(String::as_str)).chain(choices.map(String::as_str)) {
            if name.len() > LONGEST_NAME || !is_name(name) {
                self.plan(name, Fault::new("fault-walk-name").value("name", name).value("most", LONGEST_NAME));
            }
        }
        for step in &walk.plan.steps {
            let kinds = [!step.choices.is_empty(), step.ask.is_some(), step.rule.is_some()];
            if kinds.iter().filter(|kind| **kind).count() > 1 || step.rule.is_some() != step.of.is_some() {
                self.plan(&step.id, Fault::new("fault-step-kinds").value("step", &step.id));
            }
            if step.choices.len() == 1 || step.choices.len() > MOST_CHOICES {
                let fault = Fault::new("fault-step-choices").value("step", &step.id).value("count", step.choices.len());
                self.plan(&step.id, fault);
            }
            if step.picture.as_ref().is_some_and(|picture| !picture.starts_with("https://")) {
                self.plan(&step.id, Fault::new("fault-picture"));
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
                self.plan(&step.id, Fault::new("fault-no-date").value("of", of));
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
                self.plan(owner, Fault::new("fault-when-step").value("owner", owner).value("question", question));
            } else if let Some(choice) = choices.iter().find(|choice| !known.contains(&choice.as_str())) {
                let fault = Fault::new("fault-when-choice").value("owner", owner).value("choice", choice);
                self.plan(owner, fault.value("question", question));
            }
        }
    }

    /// Every step and every outcome is reached.
    fn ways(&mut self) {
        // Ages are counted from this day; any day does.
        let ways = self.walk.ways(Date::constant(2026, 11, 22));
        if ways.too_many {
            self.plan("step", Fault::new("fault-ways"));
            return;
        }
        let names = self.walk.plan.steps.iter().filter(|step| step.rule.is_none()).map(|step| &step.id);
        let names: Vec<&String> = names.chain(self.walk.plan.outcomes.iter().map(|outcome| &outcome.id)).collect();
        for name in names {
            if !ways.reached.contains(name) {
                self.plan(name, Fault::new("fault-unreached").value("name", name));
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
                    None => self.faults.push(Fault::of(&file, "fault-text-missing").value("key", key)),
                    Some(text) if labels.contains(key) && text.chars().count() > Choice::MAX_LABEL => {
                        let fault = Fault::of(&file, "fault-label-long").value("text", text).value("most", Choice::MAX_LABEL);
                        self.faults.push(fault);
                    }
                    Some(_) => {}
                }
            }
            for key in words.keys().filter(|key| !wanted.contains(*key)) {
                // A short name of a question, for the list of answers, may be there or not.
                let named = key.strip_suffix(".name").is_some_and(|step| wanted.contains(step));
                if !named {
                    self.faults.push(Fault::of(&file, "fault-text-idle").value("key", key));
                }
            }
        }
    }
}
