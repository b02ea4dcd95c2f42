//! Papers that are missing: sending a photo of each, and what the officer says of it.

use serde::{Deserialize, Serialize};

use super::show::{PORTAL, safe};
use super::{Asking, View, handle};
use crate::domain::dossier::Verdict;
use crate::domain::file::is_identity_paper;
use crate::domain::{Block, Choice, Dossier, Lang, Link, Message, Status, Text};
use crate::engine::{Talk, World};

/// Days for which a paper is kept at most.
pub const PAPERS_KEPT_DAYS: u32 = 30;

/// The missing papers that stand to choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The handle of the dossier.
    pub dossier: String,
    /// The papers, in the order of their buttons.
    pub papers: Vec<String>,
}

/// A missing paper of which something was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentPaper {
    /// The paper, in the office's words.
    pub paper: String,
    /// Files that wait for the officer.
    pub waiting: u32,
    /// The officer's last word.
    pub verdict: Option<Verdict>,
}

/// What became of a file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// The office has it: so many of this paper by now.
    Taken(u32),
    /// It has as many as it takes.
    Full,
    /// The dossier is not followed here, or the paper is not asked for any more.
    NotAsked,
}

/// The button to the missing papers, while the office names some.
pub(super) fn papers_button(world: &World<'_>, lang: Lang, dossier: &Dossier) -> Option<Choice> {
    let asked = dossier.status == Status::PapersMissing && !dossier.missing.is_empty();
    let id = format!("dossier/papers/{}", handle(&dossier.code.key()));
    asked.then(|| Choice::new(id, &world.wording.get(lang, "supply-button")))
}

/// What whoever sent a paper is told when the officer decided.
pub fn decision(world: &World<'_>, lang: Lang, view: &View, paper: &str, verdict: &Verdict) -> Message {
    let code = view.dossier.code.as_str().to_owned();
    let values = [("paper", safe(paper).into()), ("code", code.into())];
    let (key, reason) = match verdict {
        Verdict::Accepted => ("supply-accepted", None),
        Verdict::Again(reason) => ("supply-refused", Some(reason)),
    };
    let mut lines = vec![Block::plain(world.wording.with(lang, key, values))];
    if let Some(reason) = reason {
        lines.push(Block::plain(world.wording.with(lang, "supply-reason", [("reason", safe(reason).into())])));
    }
    let show =
        Choice::new(format!("dossier/show/{}", handle(&view.dossier.code.key())), &world.wording.get(lang, "dossier-show"));
    let choices = papers_button(world, lang, &view.dossier).into_iter().chain([show]).collect();
    Message { text: Text(lines), choices, silent: world.now.is_night(), ..Message::default() }
}

impl Talk<'_> {
    /// The missing papers and how each of them stands.
    pub(super) fn list_papers(&mut self, view: &View, sent: &[SentPaper]) {
        self.state.asking = None;
        let dossier = &view.dossier;
        let show = Choice::new(format!("dossier/show/{}", handle(&dossier.code.key())), &self.words("dossier-show"));
        if papers_button(self.world, self.lang, dossier).is_none() {
            self.state.sending = None;
            return self.say_words("supply-none", vec![show, self.button("human")]);
        }
        let with = |key: &str, name: &'static str, value: String| self.world.wording.with(self.lang, key, [(name, value.into())]);
        let mut lines = vec![Block::heading(with("supply-title", "code", dossier.code.as_str().to_owned()))];
        let mut choices = Vec::new();
        for (number, paper) in dossier.missing.iter().enumerate() {
            let stands = sent.iter().find(|sent| sent.paper == *paper);
            let stand = match stands {
                _ if is_identity_paper(paper) => self.words("supply-elsewhere"),
                Some(SentPaper { waiting, .. }) if *waiting > 0 => with("supply-waiting", "count", waiting.to_string()),
                Some(SentPaper { verdict: Some(Verdict::Accepted), .. }) => self.words("supply-has"),
                Some(SentPaper { verdict: Some(Verdict::Again(reason)), .. }) => with("supply-again", "reason", safe(reason)),
                _ => self.words("supply-unsent"),
            };
            lines.push(Block::bullet(format!("{}: {stand}", safe(paper))));
            let accepted = stands.is_some_and(|sent| sent.waiting == 0 && sent.verdict == Some(Verdict::Accepted));
            if !is_identity_paper(paper) && !accepted {
                choices.push(Choice::new(format!("dossier/paper/{number}"), &with("supply-send", "paper", safe(paper))));
            }
        }
        choices.extend([show, self.button("human")]);
        self.state.sending = Some(Sending { dossier: handle(&dossier.code.key()).to_owned(), papers: dossier.missing.clone() });
        let elsewhere = dossier.missing.iter().any(|paper| is_identity_paper(paper));
        let links = elsewhere.then(|| Link { url: PORTAL.to_owned(), label: self.words("dossier-portal") });
        self.say(Message { text: Text(lines), choices, links: links.into_iter().collect(), ..Message::default() });
    }

    /// How to send the paper of that number, and what happens to it.
    pub(super) fn ask_paper(&mut self, number: &str) {
        let Some(Sending { dossier, papers }) = self.state.sending.clone() else { return self.stale() };
        let paper = number.parse::<usize>().ok().and_then(|number| papers.get(number).cloned());
        let Some(paper) = paper.filter(|paper| !is_identity_paper(paper)) else { return self.stale() };
        let ask = self.world.wording.with(self.lang, "supply-how", [("paper", safe(&paper).into())]);
        let kept = self.world.wording.with(self.lang, "supply-kept", [("days", PAPERS_KEPT_DAYS.into())]);
        let lines = vec![Block::plain(ask), Block::plain(self.words("supply-never")), Block::quiet(kept)];
        let list = Choice::new(format!("dossier/papers/{dossier}"), &self.words("supply-list"));
        self.state.asking = Some(Asking::Paper { dossier, paper });
        let choices = vec![list, self.button("human")];
        self.say(Message { text: Text(lines), choices, asks_file: true, ..Message::default() });
    }

    /// What became of a file.
    pub(super) fn submitted(&mut self, submitted: Submitted) {
        let asked = match &self.state.asking {
            Some(Asking::Paper { dossier, .. }) => Some(dossier.clone()),
            _ => None,
        };
        let words = match submitted {
            Submitted::Taken(count) => self.world.wording.with(self.lang, "supply-taken", [("count", count.into())]),
            Submitted::Full => self.words("supply-full"),
            Submitted::NotAsked => self.words("supply-not-asked"),
        };
        let more = matches!(submitted, Submitted::Taken(_)) && asked.is_some();
        let done = asked.map(|dossier| Choice::new(format!("dossier/papers/{dossier}"), &self.words("supply-done")));
        if !more {
            self.state.asking = None;
        }
        let mut choices: Vec<Choice> = done.into_iter().collect();
        choices.extend([Choice::new("dossier/mine", &self.words("dossier-mine")), self.button("human")]);
        self.say(Message { text: Text(vec![Block::plain(words)]), choices, asks_file: more, ..Message::default() });
    }
}
