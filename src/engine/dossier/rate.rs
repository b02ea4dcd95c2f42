//! Rating, when a dossier is finished: three taps and a free word.

use serde::{Deserialize, Serialize};

use super::{Asking, handle};
use crate::domain::{Block, Choice, Dossier, Rating};
use crate::engine::ask::{Action, decide};
use crate::engine::{Effect, Talk};

/// Longest free word that is kept, in letters.
const LONGEST: usize = 500;
/// The questions, by the ends of their keys.
const QUESTIONS: [&str; 3] = ["attitude", "time", "clarity"];
/// The answers, from 3 to 1.
const ANSWERS: [(u8, &str); 3] = [(3, "good"), (2, "so-so"), (1, "bad")];

/// A rating under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The handle of the dossier.
    pub dossier: String,
    /// Answers so far.
    pub answers: Vec<u8>,
}

impl Talk<'_> {
    pub(super) fn rate_button(&self, dossier: &Dossier) -> Choice {
        Choice::new(format!("dossier/rate/{}", handle(&dossier.code.key())), &self.words("rate-button"))
    }

    /// Begins to ask.
    pub(super) fn begin_rating(&mut self, dossier: &str) {
        self.state.rating = Some(Begun { dossier: dossier.to_owned(), answers: Vec::new() });
        self.ask_rating();
    }

    fn ask_rating(&mut self) {
        let Some(begun) = &self.state.rating else { return self.stale() };
        let at = begun.answers.len();
        let Some(question) = QUESTIONS.get(at) else {
            self.state.asking = Some(Asking::Words);
            let skip = Choice::new("dossier/rated", &self.words("rate-skip"));
            return self.say_words("rate-words", vec![skip]);
        };
        let ask = self.words(&format!("rate-{question}"));
        let mut lines = vec![Block::plain(ask)];
        if at == 0 {
            lines.push(Block::quiet(self.words("rate-anonymous")));
        }
        let choices =
            ANSWERS.map(|(score, key)| Choice::new(format!("dossier/score/{at}{score}"), &self.words(&format!("rate-{key}"))));
        self.say_lines(lines, choices.into());
    }

    /// An answer, `<question><score>`: one to a question that is not asked now changes nothing.
    pub(super) fn scored(&mut self, which: &str) {
        let (at, score) = which.split_at_checked(1).unwrap_or_default();
        match (&mut self.state.rating, at.parse::<usize>(), score.parse::<u8>()) {
            (Some(begun), Ok(at), Ok(score)) if at == begun.answers.len() && (1..=3).contains(&score) => {
                begun.answers.push(score)
            }
            _ => return self.stale(),
        }
        self.ask_rating();
    }

    /// The end: with a free word, or without.
    pub(super) fn rated(&mut self, words: &str) {
        self.state.asking = None;
        match self.state.rating.take() {
            Some(Begun { dossier, answers }) if answers.len() == QUESTIONS.len() => {
                let words = words.chars().take(LONGEST).collect();
                let rating = Rating { attitude: answers[0], time: answers[1], clarity: answers[2], words };
                self.effects.push(Effect::Rated(dossier, rating));
            }
            _ => self.stale(),
        }
    }

    /// Whether it asks, in so many words, for something that a guide says.
    pub(super) fn is_plain_question(&self, text: &str) -> bool {
        let question = self.world.library.question(text);
        let asks = text.contains('?') || !question.facets.is_empty();
        asks && decide(self.world.library, &question, None, 1).action == Action::Answer
    }

    /// It was taken, or there is nothing to rate.
    pub(super) fn rating_taken(&mut self, taken: bool) {
        let key = if taken { "rate-thanks" } else { "rate-nothing" };
        self.say_words(key, self.ways_on());
    }
}
