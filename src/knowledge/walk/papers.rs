//! The walk that a guide's questions make: which of its papers this very person needs.

use std::collections::BTreeSet;

use super::check::is_name;
use super::route::holds;
use super::{Outcome, Plan, Step, Walk, When, Words};
use crate::domain::{Bilingual, ChoiceId, Lang};
use crate::knowledge::guide::{Document, Guide};

/// What stands before the slug of a guide in the slug of its walk; no folder may be called so.
pub(in crate::knowledge) const BEFORE: &str = "p.";
/// The one end of such a walk.
const END: &str = "papers";

/// What becomes of one paper of a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is to be brought.
    Needed,
    /// It would be, but the state already has what it says.
    Spared,
    /// It is for other cases.
    Other,
}

impl Document {
    /// Whether it is needed by somebody who gave `answers` to the guide's questions.
    pub fn need(&self, answers: &super::Answers) -> Need {
        match () {
            () if !holds(&self.only, answers) => Need::Other,
            () if !self.spared.is_empty() && holds(&self.spared, answers) => Need::Spared,
            () => Need::Needed,
        }
    }
}

impl Guide {
    /// The slug of the walk that finds out which papers somebody needs.
    pub fn papers_slug(&self) -> String {
        format!("{BEFORE}{}", self.slug)
    }
}

impl Guide {
    /// Whether the buttons of its list have ids that can be told apart and are short enough. The lint names those that are not.
    fn has_room_for_buttons(&self) -> bool {
        let facts = &self.facts;
        let named: BTreeSet<&String> = facts.questions.iter().map(|question| &question.id).collect();
        if named.len() < facts.questions.len() || !named.iter().all(|id| is_name(id)) {
            return false;
        }
        let longest = |ids: &mut dyn Iterator<Item = &String>| ids.map(String::len).max().unwrap_or_default();
        let question = longest(&mut facts.questions.iter().map(|question| &question.id));
        let choices = &mut facts.questions.iter().flat_map(|question| &question.choices).map(|choice| &choice.id);
        let choice = longest(choices).max("-trouble".len());
        let paper = longest(&mut facts.documents.iter().map(|document| &document.id));
        let walk = "walk///".len() + BEFORE.len() + self.slug.len() + question + choice;
        walk.max("list//".len() + self.slug.len() + paper) <= ChoiceId::MAX_BYTES
    }
}

impl Walk {
    /// The walk of a guide that asks questions about its papers, or just has several of them to be ticked off.
    pub(in crate::knowledge) fn of_papers(guide: &Guide) -> Option<Self> {
        let nothing_to_tell = guide.facts.documents.len() < 2 && guide.facts.questions.is_empty();
        if nothing_to_tell || !guide.has_room_for_buttons() || !guide.is_written() {
            return None;
        }
        let mut words = [Words::default(), Words::default()];
        let mut put = |key: &str, text: &Bilingual| {
            for (words, lang) in words.iter_mut().zip([Lang::Vi, Lang::En]) {
                words.put(key, text.get(lang));
            }
        };
        let mut steps = Vec::new();
        for question in &guide.facts.questions {
            put(&question.id, &question.ask);
            for choice in &question.choices {
                put(&format!("{}.{}", question.id, choice.id), &choice.label);
            }
            steps.push(Step {
                id: question.id.clone(),
                choices: question.choices.iter().map(|choice| choice.id.clone()).collect(),
                ask: None,
                rule: None,
                of: None,
                when: question.when.clone(),
                troubles: Vec::new(),
                picture: None,
            });
        }
        for (words, lang) in words.iter_mut().zip([Lang::Vi, Lang::En]) {
            words.put("title", &guide.text(lang).title);
        }
        let end = Outcome {
            id: END.to_owned(),
            when: When::new(),
            exit: false,
            guides: Vec::new(),
            walks: Vec::new(),
            papers: vec![guide.slug.clone()],
        };
        let plan = Plan {
            order: 0,
            checked_on: guide.facts.checked_on,
            source: guide.facts.source.clone(),
            guides: Vec::new(),
            steps,
            outcomes: vec![end],
        };
        Some(Self::new(guide.papers_slug(), plan, words, Some(guide.slug.clone())))
    }
}
