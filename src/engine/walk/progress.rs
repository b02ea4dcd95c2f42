//! How far somebody is on a walk: their answers, and nothing that does not follow from them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::{ResumeCode, Timestamp};
use crate::knowledge::Walk;
use crate::knowledge::walk::{Answers, Next, Outcome, Step};

/// One going of one walk. Answers that no longer fit are kept: they fit again when the author, or a correction, says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Slug of the walk.
    pub walk: String,
    /// The name of this going in reports.
    pub run: Uuid,
    /// Answers by step.
    #[serde(default)]
    pub answers: Answers,
    /// An earlier step that is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) again: Option<Again>,
    /// The shape of the walk when it was last looked at.
    pub(super) shape: String,
    /// When the present step was shown first.
    pub(in crate::engine) shown: Timestamp,
    /// The code it can be resumed with elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<ResumeCode>,
    /// The way was found closed; it can still be corrected.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// An earlier step that is looked at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Again {
    step: String,
    /// To correct it alone, and then go on where one was; not to go the way from there again.
    fixing: bool,
}

/// Where somebody is.
#[derive(Clone, Debug)]
pub(super) enum Here<'w> {
    /// At a step, the `number`th `of` as many as there may be, answered `before`.
    Step { step: &'w Step, number: usize, of: usize, before: Option<String> },
    /// At the end: everything is answered.
    End(&'w Outcome),
}

impl Progress {
    pub(super) fn begin(walk: &Walk, run: Uuid, now: Timestamp) -> Self {
        Self {
            walk: walk.slug.clone(),
            run,
            answers: Answers::new(),
            again: None,
            shape: walk.shape.clone(),
            shown: now,
            code: None,
            closed: false,
        }
    }

    pub(super) fn here<'w>(&self, walk: &'w Walk, today: Date) -> Here<'w> {
        let route = walk.route(&self.answers, today);
        let of = walk.longest(&self.answers, today);
        if let Some(again) = &self.again
            && let Some(at) = route.passed.iter().position(|(step, _)| step.id == again.step)
        {
            let (step, answer) = &route.passed[at];
            // As many as there may be with any answer to it: another than the one it has may be given.
            let before = route.passed[..at].iter().map(|(step, answer)| (step.id.clone(), answer.clone())).collect();
            let of = if route.passed.len() == at + 1 { walk.longest(&before, today) } else { of };
            return Here::Step { step, number: at + 1, of, before: Some(answer.clone()) };
        }
        match route.next {
            Next::Step(step) => Here::Step { step, number: route.passed.len() + 1, of, before: None },
            Next::End(outcome) => Here::End(outcome),
        }
    }

    /// Answers `step`. What hangs on an answer that changed is asked again; nothing else is.
    pub(super) fn answer(&mut self, walk: &Walk, step: &str, answer: String, today: Date) {
        let before = self.answers.insert(step.to_owned(), answer.clone());
        if before.is_some_and(|before| before != answer) {
            for hanging in walk.dependents(step) {
                self.answers.remove(hanging);
            }
        }
        let Some(again) = self.again.take().filter(|again| again.step == step && !again.fixing) else { return };
        // Whoever went back walks on from there: instructions are shown again, questions are not asked again.
        let route = walk.route(&self.answers, today);
        let behind = route.passed.iter().skip_while(|(passed, _)| passed.id != again.step).skip(1);
        let next = behind.map(|(step, _)| *step).find(|step| !step.is_question());
        self.again = next.map(|step| Again { step: step.id.clone(), fixing: false });
    }

    /// Goes to the step before this one. False at the first.
    pub(super) fn back(&mut self, walk: &Walk, today: Date) -> bool {
        let here = match self.here(walk, today) {
            Here::Step { number, .. } => number - 1,
            Here::End(_) => walk.route(&self.answers, today).passed.len(),
        };
        let route = walk.route(&self.answers, today);
        let Some((step, _)) = here.checked_sub(1).and_then(|at| route.passed.get(at)) else { return false };
        self.again = Some(Again { step: step.id.clone(), fixing: false });
        true
    }

    /// Goes to a step that was taken, to correct it. False when it was not.
    pub(super) fn correct(&mut self, walk: &Walk, step: &str, today: Date) -> bool {
        let taken = walk.route(&self.answers, today).passed.iter().any(|(passed, _)| passed.id == step);
        if taken {
            self.again = Some(Again { step: step.to_owned(), fixing: true });
            self.closed = false;
        }
        taken
    }

    /// Leaves the earlier step that was looked at.
    pub(super) fn forward(&mut self) {
        self.again = None;
    }
}
