//! Walks: one step a message, and a way on, back, and out of each.
//!
//! **Invariants.** Answers are never lost: not by going back, by leaving, by another question in between, by a walk whose
//! author changed it, or by words that were not understood; only a fourth unfinished walk pushes out the oldest, and one that
//! nobody agreed to keep is forgotten after a day. Where somebody is follows from their answers
//! ([`Progress`]). A button of a step that is not the present one changes nothing, and says so.

mod progress;
mod resume;
mod show;
mod typed;

use crate::domain::switch::Feature;
use crate::domain::{Block, Choice, Message, Passage, PassageEvent};
use crate::knowledge::Walk;
use crate::knowledge::walk::{DONE, Step};

use self::progress::Here;
pub use self::progress::Progress;
pub use self::resume::{CONSENT, Kept, Misses};
use super::{Effect, Talk, Topic};

/// Unfinished walks that are remembered.
const MOST_UNFINISHED: usize = 3;

impl<'a> Talk<'a> {
    /// The walk that is walked right now; none while walks are switched off, when it waits.
    pub(super) fn walking(&self) -> Option<(&'a Walk, &Progress)> {
        let progress = self.state.walks.first().filter(|_| self.state.walking && !self.walks_are_off())?;
        Some((self.world.library.walk(&progress.walk)?, progress))
    }

    fn walks_are_off(&self) -> bool {
        self.world.switches.feature(Feature::Walks).is_some()
    }

    /// The step that is before the citizen right now.
    fn step(&self) -> Option<(&'a Walk, &'a Step, usize)> {
        let (walk, progress) = self.walking()?;
        match progress.here(walk, self.world.today()) {
            Here::Step { step, number, .. } => Some((walk, step, number)),
            Here::End(_) => None,
        }
    }

    /// A button of a walk: `walk/<slug>`, `walk/<slug>/-verb`, `walk/<slug>/<step>/<choice or -verb or +trouble>`.
    pub(super) fn walk_pressed(&mut self, slug: &str, rest: Option<&str>) {
        if self.is_off(Feature::Walks) {
            return;
        }
        let Some(walk) = self.world.library.walk(slug) else { return self.stale() };
        match rest.map(|rest| rest.split_once('/').unwrap_or((rest, ""))) {
            None => self.offer_walk(walk, None),
            // «Bắt đầu» of an old message must not throw away what was answered since.
            Some(("-start", _)) if self.is_open(slug) => self.offer_walk(walk, None),
            Some(("-start" | "-again", _)) => self.begin_walk(walk),
            Some(("-resume", _)) if self.take_up(slug) => self.go_on(),
            Some(("-keep", _)) if self.take_up(slug) => self.keep_walk(),
            Some(("-drop", _)) if self.take_up(slug) => self.leave_walk(),
            Some(("-ok", _)) if self.take_up(slug) => self.confirm(walk),
            Some((step, verb)) if walk.step(step).is_some() && self.take_up(slug) => self.press(walk, step, verb),
            Some(_) => self.offer_walk(walk, Some("walk-stale")),
        }
    }

    fn is_open(&self, slug: &str) -> bool {
        self.state.walks.iter().any(|progress| progress.walk == slug && !progress.closed)
    }

    /// Makes an unfinished walk the present one. False when it is not among them.
    fn take_up(&mut self, slug: &str) -> bool {
        let Some(at) = self.state.walks.iter().position(|progress| progress.walk == slug) else { return false };
        let progress = self.state.walks.remove(at);
        self.state.walks.insert(0, progress);
        self.state.walking = true;
        self.turn_to_walk();
        true
    }

    fn begin_walk(&mut self, walk: &Walk) {
        let progress = Progress::begin(walk, self.world.chance, self.world.now);
        self.record(&progress, "", PassageEvent::Started);
        self.take_in(progress);
        self.state.introduced = true;
        self.go_on();
    }

    /// Puts a walk before the others, and forgets the ones that are too many.
    fn take_in(&mut self, progress: Progress) {
        self.state.walks.retain(|other| other.walk != progress.walk);
        self.state.walks.insert(0, progress);
        if self.state.walks.len() > MOST_UNFINISHED {
            // One whose way was closed is missed least.
            let least = self.state.walks.iter().rposition(|other| other.closed).unwrap_or(MOST_UNFINISHED);
            self.state.walks.remove(least);
        }
        self.state.walking = true;
        self.turn_to_walk();
    }

    /// «Lệ phí bao nhiêu?» on a walk is about what it helps with.
    fn turn_to_walk(&mut self) {
        let Some((walk, _)) = self.walking() else { return };
        let library = self.world.library;
        let guide = walk.plan.guides.iter().chain(&walk.papers_of).find_map(|slug| library.by_slug(slug));
        if let Some(guide) = guide.filter(|guide| self.state.topic.as_ref().is_none_or(|topic| topic.guide != guide.slug)) {
            let question = guide.vi.title.clone();
            self.state.topic = Some(Topic { guide: guide.slug.clone(), question, judged: true, ..Topic::default() });
        }
    }

    fn press(&mut self, walk: &'a Walk, id: &str, verb: &str) {
        let today = self.world.today();
        let present = self.step().is_some_and(|(_, step, _)| step.id == id);
        match verb {
            "-fix" => {
                if let Some(progress) = self.state.walks.first_mut()
                    && progress.correct(walk, id, today)
                {
                    progress.shown = self.world.now;
                }
                self.go_on();
            }
            "-trouble" => self.troubles(walk, id),
            "-later" => self.leave_for_later(),
            "-back" if present => self.go_back(),
            "-done" if present => self.answered(walk, id, DONE.to_owned()),
            trouble if trouble.starts_with('+') => self.remedy(walk, id, &trouble[1..]),
            choice if present && walk.step(id).is_some_and(|step| step.accepts(choice, today)) => {
                self.answered(walk, id, choice.to_owned());
            }
            _ => self.not_here(walk, id),
        }
    }

    fn answered(&mut self, walk: &Walk, id: &str, answer: String) {
        let Some(progress) = self.state.walks.first().cloned() else { return self.stale() };
        self.record(&progress, id, PassageEvent::Passed);
        if let Some(progress) = self.state.walks.first_mut() {
            progress.answer(walk, id, answer, self.world.today());
            progress.shown = self.world.now;
        }
        self.go_on();
    }

    pub(super) fn go_back(&mut self) {
        let Some((walk, _)) = self.walking() else { return self.stale() };
        let (today, now) = (self.world.today(), self.world.now);
        let moved = self.state.walks.first_mut().is_some_and(|progress| {
            progress.shown = now;
            progress.back(walk, today)
        });
        self.show_here(if moved { None } else { Some(self.words("walk-first")) });
    }

    /// «Sửa bước 3»: only what hangs on it is asked again.
    fn correct(&mut self, number: usize) {
        let Some((walk, progress)) = self.walking() else { return self.stale() };
        let today = self.world.today();
        let passed = walk.route(&progress.answers, today).passed;
        match number.checked_sub(1).and_then(|at| passed.get(at)).map(|(step, _)| step.id.clone()) {
            Some(id) => {
                if let Some(progress) = self.state.walks.first_mut() {
                    progress.correct(walk, &id, today);
                    progress.shown = self.world.now;
                }
                self.go_on();
            }
            None if self.step().is_some_and(|(_, _, present)| present == number) => self.go_on(),
            None => self.show_here(Some(self.world.wording.with(self.lang, "walk-no-such-step", [("number", number.into())]))),
        }
    }

    /// Shows where the citizen is: the step, the answers to be read again, or the end.
    pub(super) fn go_on(&mut self) {
        self.show_here(None);
    }

    /// A button of another step was pressed: nothing changes.
    fn not_here(&mut self, walk: &Walk, id: &str) {
        let today = self.world.today();
        let passed = self.state.walks.first().map(|progress| walk.route(&progress.answers, today).passed);
        let number = passed.and_then(|passed| passed.iter().position(|(step, _)| step.id == id)).map(|at| at + 1);
        let line = match number {
            Some(number) => self.world.wording.with(self.lang, "walk-other-step", [("number", number.into())]),
            None => self.words("walk-stale"),
        };
        self.show_here(Some(line));
    }

    /// The answers are right: the end.
    fn confirm(&mut self, walk: &'a Walk) {
        let Some(progress) = self.state.walks.first() else { return self.stale() };
        match progress.here(walk, self.world.today()) {
            Here::End(outcome) => self.finish(walk, outcome),
            Here::Step { .. } => self.go_on(),
        }
    }

    /// Notes what happened, without the person.
    fn record(&mut self, progress: &Progress, step: &str, event: PassageEvent) {
        let seconds = i64::try_from(progress.shown.until(self.world.now).as_secs()).unwrap_or(i64::MAX);
        let passage = Passage { run: progress.run, walk: progress.walk.clone(), step: step.to_owned(), event, seconds };
        self.effects.push(Effect::Passed(passage));
    }

    /// What a walk that its author changed does to those who are on it: said once, with the answers that still fit.
    pub(super) fn notice_change(&mut self) -> Option<String> {
        let (walk, progress) = self.walking()?;
        if progress.shape == walk.shape {
            return None;
        }
        let shape = walk.shape.clone();
        if let Some(progress) = self.state.walks.first_mut() {
            progress.shape = shape;
        }
        Some(self.words("walk-changed"))
    }

    /// Every answer of the present walk ends in a way on: under whatever was said, the button that leads back to it.
    pub(super) fn lead_back(&mut self) {
        let Some((walk, progress)) = self.walking() else { return };
        let button = self.resume_button(walk, progress);
        let here = format!("walk/{}", walk.slug);
        let within = format!("{here}/");
        if let Some(last) = self.replies.last_mut()
            && !last.choices.iter().any(|choice| choice.id.as_str().starts_with(&within))
        {
            last.choices.retain(|choice| choice.id.as_str() != here);
            last.choices.insert(0, button);
            self.state.offered.clone_from(&last.choices);
        }
    }

    /// «Tiếp tục bước 4/7».
    fn resume_button(&self, walk: &Walk, progress: &Progress) -> Choice {
        let label = match progress.here(walk, self.world.today()) {
            Here::Step { number, of, .. } => {
                self.world.wording.with(self.lang, "walk-continue", [("number", number.into()), ("of", of.into())])
            }
            Here::End(_) => self.words("walk-continue-end"),
        };
        Choice::new(format!("walk/{}/-resume", walk.slug), &label)
    }

    /// All walks, for whoever wants to be guided and has not said to what.
    pub(super) fn walk_menu(&mut self) {
        if self.is_off(Feature::Walks) {
            return;
        }
        let mut choices = self.unfinished();
        let walks = self.world.library.walks();
        choices.extend(walks.map(|walk| Choice::new(format!("walk/{}", walk.slug), walk.title(self.lang))));
        let choices = if choices.is_empty() { self.ways_on() } else { choices };
        self.say_words("walk-menu", choices);
    }

    /// Buttons that lead back to walks that were left.
    pub(super) fn unfinished(&self) -> Vec<Choice> {
        let open = self.state.walks.iter().filter(|progress| !progress.closed && !self.walks_are_off());
        let known = open.filter_map(|progress| Some((self.world.library.walk(&progress.walk)?, progress)));
        known
            .map(|(walk, progress)| {
                let label = format!("{}: {}", self.resume_button(walk, progress).label, walk.title(self.lang));
                Choice::new(format!("walk/{}/-resume", walk.slug), &label)
            })
            .collect()
    }

    /// «Tiếp tục»: the walk that was left last.
    fn resume(&mut self) {
        let open = self.state.walks.iter().find(|progress| !progress.closed).map(|progress| progress.walk.clone());
        match open.filter(|slug| self.world.library.walk(slug).is_some()) {
            Some(slug) => {
                self.take_up(&slug);
                self.go_on();
            }
            None => {
                let mut choices = vec![Choice::new("walks", &self.words("walks-button"))];
                choices.extend(self.ways_on());
                self.say(Message { text: self.lines(["walk-none"]), choices, ..Message::default() });
            }
        }
    }

    fn lines<const N: usize>(&self, keys: [&str; N]) -> crate::domain::Text {
        crate::domain::Text(keys.iter().map(|key| Block::plain(self.words(key))).collect())
    }
}
