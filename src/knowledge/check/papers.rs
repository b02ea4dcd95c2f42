//! Questions about papers: each changes somebody's list, and what papers hang on is asked.

use std::collections::BTreeSet;

use super::Lint;
use crate::domain::ChoiceId;
use crate::knowledge::error::Fault;
use crate::knowledge::guide::PaperQuestion;
use crate::knowledge::walk::When;
use crate::knowledge::walk::check::is_name;
use crate::knowledge::walk::papers::BEFORE;

/// Questions beyond these are a form, not a help.
const MOST_QUESTIONS: usize = 4;

impl Lint<'_> {
    /// Names what is wrong with the guide's questions.
    pub(super) fn papers(&mut self) {
        let (slug, facts) = (&self.guide.slug, &self.guide.facts);
        let questions = &facts.questions;
        if questions.len() > MOST_QUESTIONS {
            self.fact("questions", Fault::new("fault-questions-many").value("count", questions.len()));
        }
        let ids = questions.iter().map(|question| &question.id).chain(facts.documents.iter().map(|paper| &paper.id));
        for id in ids.filter(|id| !is_name(id)) {
            self.fact(id, Fault::new("fault-button-id").value("id", id));
        }
        if BTreeSet::from_iter(questions.iter().map(|question| &question.id)).len() < questions.len() {
            self.fact("questions", Fault::new("fault-question-twice"));
        }
        for question in questions {
            let named = BTreeSet::from_iter(question.choices.iter().map(|choice| &choice.id)).len() == question.choices.len();
            if !(2..=6).contains(&question.choices.len()) || !named {
                self.fact("questions", Fault::new("fault-question-choices").value("id", &question.id));
            }
            let looked_at = |when: &When| when.contains_key(&question.id);
            let by_papers = facts.documents.iter().any(|paper| looked_at(&paper.only) || looked_at(&paper.spared));
            if !by_papers && !questions.iter().any(|other| looked_at(&other.when)) {
                self.fact("questions", Fault::new("fault-question-idle").value("id", &question.id));
            }
            for choice in &question.choices {
                self.fits(format!("walk/{BEFORE}{slug}/{}/{}", question.id, choice.id));
            }
            self.fits(format!("walk/{BEFORE}{slug}/{}/-trouble", question.id));
        }
        for (at, question) in questions.iter().enumerate() {
            self.hangs(&question.when, &questions[..at]);
        }
        for paper in &facts.documents {
            self.hangs(&paper.only, questions);
            self.hangs(&paper.spared, questions);
            self.fits(format!("list/{slug}/{}", paper.id));
            if !paper.spared.is_empty() && paper.not_needed.is_none() {
                self.fact("documents", Fault::new("fault-spared-why").value("id", &paper.id));
            }
        }
    }

    fn hangs(&mut self, when: &When, asked: &[PaperQuestion]) {
        for (id, choices) in when {
            let known = asked.iter().find(|question| question.id == *id);
            let all = |question: &PaperQuestion| choices.iter().all(|id| question.choices.iter().any(|choice| choice.id == *id));
            if !known.is_some_and(all) {
                self.fact(id, Fault::new("fault-hangs").value("id", id).value("choices", format!("{choices:?}")));
            }
        }
    }

    fn fits(&mut self, button: String) {
        if button.len() > ChoiceId::MAX_BYTES {
            let fault = Fault::new("fault-button-long").value("button", button).value("most", ChoiceId::MAX_BYTES);
            self.fact("questions", fault);
        }
    }
}
