//! What a walk says: its steps, troubles and remedies, the answers to be read again, its end.

use super::progress::Here;
use super::{Progress, Talk};
use crate::domain::time::written;
use crate::domain::{Block, Choice, Link, Message, PassageEvent, Text};
use crate::knowledge::Walk;
use crate::knowledge::walk::{Answers, Outcome, Step};

impl<'a> Talk<'a> {
    /// What it is about and how long, what it never asks for, and the way to begin; or to go on, for whoever left it.
    pub(super) fn offer_walk(&mut self, walk: &Walk, first: Option<&str>) {
        let mut lines: Vec<Block> = first.iter().map(|key| Block::plain(self.words(key))).collect();
        if let Some(guide) = &walk.papers_of {
            let kept = self.state.lists.iter().any(|list| list.guide == *guide);
            return match (kept, self.is_open(&walk.slug) && self.take_up(&walk.slug)) {
                (_, true) => self.go_on(),
                (true, false) => self.list_pressed(guide, None),
                (false, false) => self.begin_walk(walk),
            };
        }
        lines.push(Block::heading(walk.title(self.lang)));
        let unfinished = self.state.walks.iter().find(|progress| progress.walk == walk.slug && !progress.closed).cloned();
        if let Some(progress) = unfinished {
            lines.push(Block::plain(self.words("walk-unfinished")));
            let choices = vec![self.resume_button(walk, &progress), self.walk_button(walk, "-again", "walk-again")];
            return self.say_lines(lines, choices);
        }
        lines.extend(blocks(walk.text(self.lang, "about")));
        let most = walk.longest(&Answers::new(), self.world.today());
        lines.push(Block::plain(self.world.wording.with(self.lang, "walk-length", [("most", most.into())])));
        lines.push(Block::plain(self.words("walk-secrets")));
        lines.push(Block::quiet(self.walk_source(walk)));
        let choices = vec![self.walk_button(walk, "-start", "walk-start"), self.button("human")];
        self.say_lines(lines, choices);
    }

    fn walk_source(&self, walk: &Walk) -> String {
        let checked = written(walk.plan.checked_on);
        let values = [("source", walk.plan.source.name.as_str().into()), ("date", checked.into())];
        self.world.wording.with(self.lang, "walk-source", values)
    }

    fn walk_button(&self, walk: &Walk, verb: &str, key: &str) -> Choice {
        Choice::new(format!("walk/{}/{verb}", walk.slug), &self.words(key))
    }

    fn step_button(&self, walk: &Walk, step: &Step, verb: &str, key: &str) -> Choice {
        Choice::new(format!("walk/{}/{}/{verb}", walk.slug, step.id), &self.words(key))
    }

    /// Shows where the citizen is, behind `first` if there is something to say before.
    pub(super) fn show_here(&mut self, first: Option<String>) {
        let changed = self.notice_change();
        let Some((walk, progress)) = self.walking() else { return self.stale() };
        let progress = progress.clone();
        let before: Vec<Block> = changed.into_iter().chain(first).map(Block::plain).collect();
        match progress.here(walk, self.world.today()) {
            Here::Step { step, number, of, before: answer } => {
                let mut message = self.step_message(walk, step, [number, of], answer.as_deref());
                message.text.0.splice(0..0, before);
                self.say(message);
            }
            Here::End(outcome) => {
                let asked = walk.route(&progress.answers, self.world.today()).passed.iter().any(|(step, _)| step.is_question());
                if !outcome.exit && asked && walk.papers_of.is_none() {
                    self.review(walk, &progress, before);
                } else {
                    self.finish(walk, outcome);
                }
            }
        }
    }

    fn step_message(&self, walk: &Walk, step: &Step, [number, of]: [usize; 2], before: Option<&str>) -> Message {
        let values = [("number", number.into()), ("of", of.into()), ("title", walk.title(self.lang).into())];
        let mut lines = vec![Block::quiet(self.world.wording.with(self.lang, "walk-progress", values))];
        lines.extend(blocks(walk.text(self.lang, &step.id)));
        if let Some(kind) = step.ask {
            lines.push(Block::quiet(self.words(&format!("walk-ask-{}", kind.key()))));
        }
        if let Some(answer) = before.filter(|_| step.is_question()) {
            let shown = self.shown(walk, step, answer);
            lines.push(Block::quiet(self.world.wording.with(self.lang, "walk-before", [("answer", shown.into())])));
        }
        let mut choices: Vec<Choice> = Vec::new();
        if step.is_question() {
            choices.extend(step.choices.iter().map(|choice| {
                let label = walk.text(self.lang, &format!("{}.{choice}", step.id));
                Choice::new(format!("walk/{}/{}/{choice}", walk.slug, step.id), label)
            }));
        } else {
            choices.push(self.step_button(walk, step, "-done", "walk-done"));
        }
        if number > 1 {
            choices.push(self.step_button(walk, step, "-back", "walk-back"));
        }
        if !step.is_question() || !step.troubles.is_empty() {
            choices.push(self.step_button(walk, step, "-trouble", "walk-trouble"));
        }
        // What somebody else answered on this phone is not kept.
        if walk.papers_of.is_none() && self.state.helper.is_none() {
            choices.push(self.step_button(walk, step, "-later", "walk-later"));
        }
        let picture = step.picture.iter().map(|url| Link { url: url.clone(), label: self.words("walk-picture") });
        Message { text: Text(lines), choices, links: picture.collect(), ..Message::default() }
    }

    /// An answer as the citizen reads it again.
    pub(super) fn shown(&self, walk: &Walk, step: &Step, answer: &str) -> String {
        match step.ask {
            Some(kind) => kind.shown(answer),
            None => walk.text(self.lang, &format!("{}.{answer}", step.id)).to_owned(),
        }
    }

    /// All answers once more, before the end.
    fn review(&mut self, walk: &Walk, progress: &Progress, mut lines: Vec<Block>) {
        let route = walk.route(&progress.answers, self.world.today());
        let asked: Vec<_> = (1u32..).zip(&route.passed).filter(|(_, (step, _))| step.is_question()).collect();
        lines.push(Block::heading(self.words("walk-review")));
        let mut choices = vec![self.walk_button(walk, "-ok", "walk-ok")];
        for (number, (step, answer)) in asked {
            let name = walk.text(self.lang, &format!("{}.name", step.id));
            let question = if name.is_empty() { walk.text(self.lang, &step.id).lines().next().unwrap_or_default() } else { name };
            let question = question.trim_end_matches(['?', '.', ':']);
            lines.push(Block::Numbered(
                number,
                vec![crate::domain::Span::Plain(format!("{question}: {}", self.shown(walk, step, answer)))],
            ));
            let values = [("number", number.into()), ("question", question.into())];
            let label = self.world.wording.with(self.lang, "walk-fix", values);
            choices.push(Choice::new(format!("walk/{}/{}/-fix", walk.slug, step.id), &label));
        }
        lines.push(Block::quiet(self.words("walk-fix-how")));
        self.say_lines(lines, choices);
    }

    /// The end of a walk, or its exit: what was reached, and where to go from there.
    pub(super) fn finish(&mut self, walk: &'a Walk, outcome: &Outcome) {
        let Some(progress) = self.state.walks.first().cloned() else { return self.stale() };
        let event = if outcome.exit { PassageEvent::Exited } else { PassageEvent::Finished };
        if !progress.closed {
            self.record(&progress, &outcome.id, event);
        }
        self.state.walking = false;
        if outcome.exit {
            self.state.walks[0].closed = true;
        } else {
            self.state.walks.remove(0);
        }
        if let Some(slug) = &walk.papers_of {
            return self.make_list(slug, progress.answers);
        }
        let library = self.world.library;
        let mut choices: Vec<Choice> = Vec::new();
        let papers = outcome
            .papers
            .iter()
            .filter_map(|slug| library.by_slug(slug))
            .filter(|guide| library.walk(&guide.papers_slug()).is_some());
        choices.extend(papers.map(|guide| self.papers_button(&guide)));
        let walks = outcome.walks.iter().filter_map(|slug| library.walk(slug));
        // Not the bare title: a guide beside it may have the same.
        choices.extend(walks.map(|walk| {
            let label = self.world.wording.with(self.lang, "walk-button", [("title", walk.title(self.lang).into())]);
            Choice::new(format!("walk/{}", walk.slug), &label)
        }));
        let guides = outcome.guides.iter().filter_map(|slug| library.by_slug(slug));
        choices.extend(guides.map(|guide| Choice::new(format!("guide/{}", guide.slug), &guide.text(self.lang).title)));
        if outcome.exit {
            let route = walk.route(&progress.answers, self.world.today());
            choices.extend(route.passed.last().map(|(step, _)| self.step_button(walk, step, "-fix", "walk-fix-last")));
        }
        choices.push(self.button("human"));
        self.say_lines(blocks(walk.text(self.lang, &outcome.id)), self.helper_choices(choices));
    }

    /// «It does not work»: what often goes wrong at this step.
    pub(super) fn troubles(&mut self, walk: &Walk, id: &str) {
        let Some(step) = walk.step(id) else { return self.stale() };
        let mut choices: Vec<Choice> = Vec::new();
        for trouble in &step.troubles {
            let label = walk.text(self.lang, &format!("trouble-{trouble}"));
            choices.push(Choice::new(format!("walk/{}/{id}/+{trouble}", walk.slug), label));
        }
        if choices.is_empty() {
            self.remember_trouble(id);
            return self.human();
        }
        choices.push(Choice::new("human", &self.words("walk-other-trouble")));
        self.say_words("walk-which-trouble", choices);
    }

    /// What to do about a trouble; then on, or to a person.
    pub(super) fn remedy(&mut self, walk: &Walk, id: &str, trouble: &str) {
        let Some(step) = walk.step(id).filter(|step| step.troubles.iter().any(|known| known == trouble)) else {
            return self.not_here(walk, id);
        };
        self.remember_trouble(&format!("{id}/{trouble}"));
        let key = format!("trouble-{trouble}");
        let mut lines = vec![Block::heading(walk.text(self.lang, &key))];
        lines.extend(blocks(walk.text(self.lang, &format!("{key}.remedy"))));
        let mut choices: Vec<Choice> =
            self.walking().map(|(walk, progress)| self.resume_button(walk, progress)).into_iter().collect();
        if step.troubles.len() > 1 {
            choices.push(self.step_button(walk, step, "-trouble", "walk-another-trouble"));
        }
        choices.push(self.button("human"));
        self.say_lines(lines, choices);
    }

    fn remember_trouble(&mut self, at: &str) {
        if let Some(progress) = self.state.walks.first().filter(|_| self.state.walking).cloned() {
            self.record(&progress, at, PassageEvent::Trouble);
        }
    }
}

/// The lines of a text of a walk; those with a dash are items.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let block = |line: &str| match line.strip_prefix("- ") {
        Some(item) => Block::bullet(item),
        None => Block::plain(line),
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(block).collect()
}
