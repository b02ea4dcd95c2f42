//! Questions about papers: each changes somebody's list, and what papers hang on is asked.

use std::collections::BTreeSet;

use super::Lint;
use crate::domain::ChoiceId;
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
            self.fact("questions", format!("{} questions about papers", questions.len()), "ask at most four");
        }
        let ids = questions.iter().map(|question| &question.id).chain(facts.documents.iter().map(|paper| &paper.id));
        for id in ids.filter(|id| !is_name(id)) {
            self.fact(id, format!("“{id}” cannot be part of a button's id"), "use a-z, 0-9 and -, a letter first");
        }
        if BTreeSet::from_iter(questions.iter().map(|question| &question.id)).len() < questions.len() {
            self.fact("questions", "two questions have one id", "give each its own");
        }
        for question in questions {
            let named = BTreeSet::from_iter(question.choices.iter().map(|choice| &choice.id)).len() == question.choices.len();
            if !(2..=6).contains(&question.choices.len()) || !named {
                let problem = format!("question “{}” has one choice, more than six, or one of them twice", question.id);
                self.fact("questions", problem, "offer two to six, each with a name of its own");
            }
            let looked_at = |when: &When| when.contains_key(&question.id);
            let by_papers = facts.documents.iter().any(|paper| looked_at(&paper.only) || looked_at(&paper.spared));
            if !by_papers && !questions.iter().any(|other| looked_at(&other.when)) {
                self.fact(
                    "questions",
                    format!("nothing hangs on “{}”", question.id),
                    "take it out, or name it in `only` or `spared`",
                );
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
                let problem = format!("“{}” is spared, but not told why", paper.id);
                self.fact("documents", problem, "say it in `not_needed`");
            }
        }
    }

    fn hangs(&mut self, when: &When, asked: &[PaperQuestion]) {
        for (id, choices) in when {
            let known = asked.iter().find(|question| question.id == *id);
            let all = |question: &PaperQuestion| choices.iter().all(|id| question.choices.iter().any(|choice| choice.id == *id));
            if !known.is_some_and(all) {
                let problem = format!("“{id}” = {choices:?} is not asked, or has no such choice");
                self.fact(id, problem, "name a question that comes before, and its choices");
            }
        }
    }

    fn fits(&mut self, button: String) {
        if button.len() > ChoiceId::MAX_BYTES {
            let problem = format!("{button} is longer than the {} letters of a button's id", ChoiceId::MAX_BYTES);
            self.fact("questions", problem, "shorten the ids of the question and its choices, or of the paper");
        }
    }
}
