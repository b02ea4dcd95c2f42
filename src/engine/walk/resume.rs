//! Leaving a walk and taking it up again, here or elsewhere.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Progress, Talk};
use crate::domain::switch::Feature;
use crate::domain::time::written;
use crate::domain::{Block, Choice, ResumeCode, Timestamp};
use crate::engine::Effect;

/// How long a walk can be taken up elsewhere.
const KEPT_FOR: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// Codes that nothing was kept under, tried in one conversation on one day, whatever was found between: then it is guessing.
const MOST_MISSES: u8 = 5;

/// Which wording of the consent was shown; another wording gets another name.
pub const CONSENT: &str = "2026-11";
/// How long a walk is remembered that nobody agreed to keep: for as long as somebody is busy with it.
const BUSY_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// A walk that waits to be taken up elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The code it waits under.
    pub code: ResumeCode,
    /// How far it was.
    pub progress: Progress,
    /// How long it waits.
    pub until: Timestamp,
}

/// Codes that were tried in vain, on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misses {
    day: String,
    count: u8,
}

impl Progress {
    /// Whether somebody agreed to have it kept.
    pub(in crate::engine) fn is_kept(&self) -> bool {
        self.code.is_some()
    }

    /// When it is forgotten: a day after it was left, or after the days that somebody agreed to.
    pub(in crate::engine) fn ends(&self) -> Timestamp {
        self.shown.plus(if self.is_kept() { KEPT_FOR } else { BUSY_FOR })
    }
}

impl Talk<'_> {
    /// Leaves the walk: it is kept when somebody agreed to that.
    pub(super) fn leave_for_later(&mut self) {
        if self.state.helper.is_some() {
            return self.say_words("helper-later", self.helper_choices(Vec::new()));
        }
        let Some((walk, progress)) = self.walking() else { return self.stale() };
        if progress.is_kept() {
            return self.keep_walk();
        }
        let (walk, progress) = (walk, progress.clone());
        // Whatever is typed next is no answer to its step.
        self.state.walking = false;
        let lines = ["walk-keep-ask", "walk-keep-what"].map(|key| Block::plain(self.words(key)));
        let button = |verb: &str, key: &str| Choice::new(format!("walk/{}/{verb}", walk.slug), &self.words(key));
        let choices =
            vec![button("-keep", "walk-keep-yes"), button("-drop", "walk-keep-no"), self.resume_button(walk, &progress)];
        self.say_lines(lines.into(), choices);
    }

    /// Keeps the walk, and says how to take it up again.
    pub(super) fn keep_walk(&mut self) {
        if self.state.helper.is_some() {
            return self.say_words("helper-later", self.helper_choices(Vec::new()));
        }
        let Some((walk, progress)) = self.walking() else { return self.stale() };
        let code = progress.code.clone().unwrap_or_else(|| ResumeCode::of(self.world.chance));
        let until = self.world.now.plus(KEPT_FOR);
        let progress = Progress { code: Some(code.clone()), ..progress.clone() };
        let values = [("code", code.to_string().into()), ("date", written(until.date()).into())];
        let elsewhere = self.world.wording.with(self.lang, "walk-kept-code", values);
        let lines = vec![Block::plain(self.words("walk-kept")), Block::plain(elsewhere)];
        let choices = vec![self.resume_button(walk, &progress), self.button("help")];
        self.state.walks[0] = progress.clone();
        self.state.walking = false;
        self.effects.push(Effect::Keep(Box::new(Kept { code, progress, until })));
        self.say_lines(lines, choices);
    }

    /// Leaves the walk that somebody does not want kept: it is forgotten after a day.
    pub(super) fn leave_walk(&mut self) {
        self.state.walking = false;
        let choices = self.with_unfinished(self.ways_on());
        self.say_words("walk-left", choices);
    }

    /// Forgets all of them.
    pub(in crate::engine) fn forget_walks(&mut self) {
        self.state.walking = false;
        let gone = std::mem::take(&mut self.state.walks);
        self.effects.extend(gone.into_iter().map(|progress| Effect::ForgetWalk(progress.run)));
    }

    /// Somebody typed a code: what waits under it has to be looked up.
    pub(super) fn fetch(&mut self, code: ResumeCode) {
        let today = self.world.today().to_string();
        let guessing = self.state.misses.as_ref().is_some_and(|misses| misses.day == today && misses.count >= MOST_MISSES);
        if guessing {
            return self.say_words("walk-code-many", self.ways_on());
        }
        self.effects.push(Effect::Fetch(code));
    }

    /// Somebody typed the code of a walk that waited: it goes on here.
    pub(in crate::engine) fn walk_found(&mut self, progress: Progress) {
        if self.is_off(Feature::Walks) {
            return;
        }
        self.state.introduced = true;
        self.take_in(Progress { shown: self.world.now, closed: false, ..progress });
        let first = self.words("walk-taken-up");
        self.show_here(Some(first));
    }

    /// Somebody typed a code that nothing waits under.
    pub(in crate::engine) fn code_unknown(&mut self) {
        self.missed();
        self.say_words("walk-code-unknown", self.ways_on());
        self.lead_back();
    }

    fn missed(&mut self) {
        let day = self.world.today().to_string();
        let before = self.state.misses.take().filter(|misses| misses.day == day).map_or(0, |misses| misses.count);
        self.state.misses = Some(Misses { day, count: before.saturating_add(1) });
    }

    /// Leads back to what was left, under a greeting.
    pub(in crate::engine) fn with_unfinished(&self, choices: Vec<Choice>) -> Vec<Choice> {
        let lists = self.kept_lists();
        self.unfinished().into_iter().take(1).chain(lists.into_iter().take(1)).chain(choices).collect()
    }
}
