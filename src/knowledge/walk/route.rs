//! The way through a walk, worked out from the answers alone.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{DONE, Outcome, Step, Walk, When};

/// Answers by the name of their step. One that no longer fits is as good as none.
pub type Answers = BTreeMap<String, String>;

/// The way as far as it is known.
#[derive(Clone, Debug)]
pub struct Route<'w> {
    /// The steps that were taken, with their answers.
    pub passed: Vec<(&'w Step, String)>,
    /// What comes next.
    pub next: Next<'w>,
}

/// What comes next on a way.
#[derive(Clone, Copy, Debug)]
pub enum Next<'w> {
    /// This step.
    Step(&'w Step),
    /// The end.
    End(&'w Outcome),
}

/// Whether a condition holds. One on a question that was never asked does not.
pub(super) fn holds(when: &When, known: &Answers) -> bool {
    when.iter().all(|(question, choices)| known.get(question).is_some_and(|answer| choices.contains(answer)))
}

impl Walk {
    /// The way that `answers` lead, on `today`.
    pub fn route(&self, answers: &Answers, today: Date) -> Route<'_> {
        let mut known = Answers::new();
        let mut passed = Vec::new();
        for step in &self.plan.steps {
            if !holds(&step.when, &known) {
                continue;
            }
            if let (Some(rule), Some(of)) = (step.rule, &step.of) {
                if let Some(given) = known.get(of) {
                    let found = rule.of(given, today);
                    known.insert(step.id.clone(), found.to_owned());
                }
            } else {
                let Some(given) = answers.get(&step.id).filter(|given| step.accepts(given, today)) else {
                    return Route { passed, next: Next::Step(step) };
                };
                known.insert(step.id.clone(), given.clone());
                passed.push((step, given.clone()));
            }
            if let Some(exit) = self.end(true, &known) {
                return Route { passed, next: Next::End(exit) };
            }
        }
        let end = self.end(false, &known).or_else(|| self.plan.outcomes.last());
        let Some(end) = end else { unreachable!("a walk without an outcome does not load") };
        Route { passed, next: Next::End(end) }
    }

    fn end(&self, exit: bool, known: &Answers) -> Option<&Outcome> {
        self.plan.outcomes.iter().find(|outcome| outcome.exit == exit && holds(&outcome.when, known))
    }
}

impl Step {
    /// Whether `given` is an answer to it.
    pub fn accepts(&self, given: &str, today: Date) -> bool {
        match self.ask {
            Some(kind) => kind.read(given, today).is_ok_and(|read| read == given),
            None if self.choices.is_empty() => given == DONE,
            None => self.choices.iter().any(|choice| choice == given),
        }
    }
}
