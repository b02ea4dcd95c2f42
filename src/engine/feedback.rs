//! Was it the right guide? What citizens say about an answer, and what could not be answered, becomes a lesson.

use crate::domain::{Choice, Lesson, Outcome};

use super::{Effect, Talk};

impl Talk<'_> {
    /// The buttons under an answer to a question in somebody's own words.
    pub(super) fn judgements(&self) -> [Choice; 2] {
        ["right", "wrong"].map(|id| Choice::new(id, &self.words(&format!("{id}-button"))))
    }

    /// Notes a question, once.
    pub(super) fn learn(&mut self, question: &str, outcome: Outcome, guide: Option<&str>) {
        // Whoever is helped was promised that nothing but a count stays.
        if self.state.helper.is_some() {
            return;
        }
        self.effects.extend(Lesson::new(question, outcome, guide).map(Effect::Learn));
    }

    /// The answer before was judged. A judgement counts once; «not this» also leads on to other guides.
    pub(super) fn judged(&mut self, outcome: Outcome) {
        let Some(topic) = self.state.topic.as_mut() else { return self.stale() };
        let (question, guide, news) = (topic.question.clone(), topic.guide.clone(), !topic.judged);
        topic.judged = true;
        if news {
            self.learn(&question, outcome, Some(&guide));
        }
        if outcome == Outcome::Wrong {
            return self.change();
        }
        let choices: Vec<Choice> =
            self.state.offered.iter().filter(|choice| choice.id.as_str().starts_with("guide/")).cloned().collect();
        self.say_words("right-thanks", choices);
    }
}
