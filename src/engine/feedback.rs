//! Was it the right guide? What citizens say about an answer, and what could not be answered, becomes a lesson.

use crate::domain::{Block, Choice, Lesson, Outcome};
use crate::knowledge::search::unmarked;

use super::{Effect, Talk};

/// Which wording of the consent to be told was shown; another wording gets another name.
pub const CONSENT: &str = "2026-11";

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
        let lesson = Lesson::new(question, outcome, guide);
        if outcome == Outcome::Unanswered {
            self.state.unanswered = lesson.as_ref().map(|lesson| lesson.question.clone());
        }
        self.effects.extend(lesson.map(Effect::Learn));
    }

    /// The button by which somebody is told when there is an answer: for a person, not for a group.
    pub(super) fn tell_button(&self) -> Option<Choice> {
        let wanted = self.world.can_tell && self.state.unanswered.is_some() && self.state.helper.is_none();
        wanted.then(|| Choice::new("tell", &self.words("tell-button")))
    }

    /// They want to be told.
    pub(super) fn tell_me(&mut self) {
        let Some(question) = self.state.unanswered.take() else { return self.stale() };
        self.effects.push(Effect::TellMe(question));
        let stop = Choice::new("tell/stop", &self.words("tell-stop-button"));
        self.say_words("tell-noted", vec![stop, self.button("human"), self.button("help")]);
    }

    /// They do not want to be told any more, of nothing they asked.
    pub(super) fn tell_no_more(&mut self) {
        self.effects.push(Effect::TellNoMore);
        self.say_words("tell-stopped", vec![self.button("human"), self.button("help")]);
    }

    /// «Thôi báo», typed at any time.
    pub(super) fn stops_telling(&mut self, text: &str) -> bool {
        const WISHES: [&str; 5] = ["thoi bao", "thoi khong can bao", "khong can bao nua", "stop telling", "do not tell me"];
        let stops = self.world.can_tell && WISHES.contains(&unmarked(text).as_str());
        if stops {
            self.tell_no_more();
        }
        stops
    }

    /// What they wanted to be told about can be answered now.
    pub(super) fn answerable(&mut self, question: &str, slug: &str) {
        let Some(guide) = self.world.library.by_slug(slug) else { return };
        let title = guide.text(self.lang).title.clone();
        let asked = self.world.wording.with(self.lang, "tell-asked", [("question", question.to_owned().into())]);
        let lines = vec![Block::plain(asked), Block::plain(self.words("tell-answer"))];
        let offered = vec![Choice::new(format!("guide/{slug}"), &title)];
        // What they are doing right now goes on: the buttons of that stay on offer too.
        let busy = self.state.walking || self.state.asking.is_some();
        let choices = if busy { [offered, self.state.offered.clone()].concat() } else { offered };
        self.say_lines(lines, choices);
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
