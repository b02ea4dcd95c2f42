//! Papers that are missing: sending a photo of each, and what the officer says of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::show::{PORTAL, safe};
use super::{Asking, View, handle};
use crate::domain::dossier::Verdict;
use crate::domain::file::is_identity_paper;
use crate::domain::{Block, Choice, Dossier, Lang, Link, Message, Status, Text};
use crate::engine::{Talk, World};

/// Days for which a paper is kept at most.
pub const PAPERS_KEPT_DAYS: u32 = 30;

/// How long after a paper was asked for, or its last page came, what is sent is meant for it.
const MEANT: Duration = Duration::from_secs(30 * 60);

/// The missing papers that stand to choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The handle of the dossier.
    pub dossier: String,
    /// Its code, as it is written.
    pub code: String,
    /// The papers.
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

/// The end of the id of the button for a paper: an older list's button for another paper is not taken for it.
pub(super) fn button(dossier: &str, paper: &str) -> String {
    format!("{}/{dossier}", &hex::encode(Sha256::digest(paper))[..8])
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
        for paper in &dossier.missing {
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
                let id = format!("dossier/paper/{}", button(handle(&dossier.code.key()), paper));
                choices.push(Choice::new(id, &with("supply-send", "paper", safe(paper))));
            }
        }
        choices.extend([show, self.button("human")]);
        self.state.sending = Some(Sending {
            dossier: handle(&dossier.code.key()).to_owned(),
            code: dossier.code.as_str().to_owned(),
            papers: dossier.missing.clone(),
        });
        let elsewhere = dossier.missing.iter().any(|paper| is_identity_paper(paper));
        let links = elsewhere.then(|| Link { url: PORTAL.to_owned(), label: self.words("dossier-portal") });
        self.say(Message { text: Text(lines), choices, links: links.into_iter().collect(), ..Message::default() });
    }

    /// How to send the paper of that button, and what happens to it.
    pub(super) fn ask_paper(&mut self, which: &str) {
        let Some(Sending { dossier, code, papers }) = self.state.sending.clone() else { return self.stale() };
        let paper = papers.into_iter().find(|paper| button(&dossier, paper) == which && !is_identity_paper(paper));
        let Some(paper) = paper else { return self.stale() };
        let values = [("paper", safe(&paper).into()), ("code", code.into())];
        let ask = self.world.wording.with(self.lang, "supply-how", values);
        let kept = self.world.wording.with(self.lang, "supply-kept", [("days", PAPERS_KEPT_DAYS.into())]);
        let lines = vec![Block::plain(ask), Block::plain(self.words("supply-never")), Block::quiet(kept)];
        let list = Choice::new(format!("dossier/papers/{dossier}"), &self.words("supply-list"));
        let asking = Asking::Paper { dossier, paper, until: self.world.now.plus(MEANT) };
        let asks_file = asking.file();
        self.state.asking = Some(asking);
        let choices = vec![list, self.button("human")];
        self.say(Message { text: Text(lines), choices, asks_file, ..Message::default() });
    }

    /// What became of a file. Another thing that is asked meanwhile stays asked.
    pub(super) fn submitted(&mut self, dossier: &str, paper: &str, became: Submitted) {
        let with = |key: &str, count: u32| {
            let values = [("count", count.into()), ("paper", safe(paper).into())];
            Block::plain(self.world.wording.with(self.lang, key, values))
        };
        let line = match became {
            Submitted::Taken(count) => with("supply-taken", count),
            Submitted::Full => with("supply-full", 0),
            Submitted::NotAsked => with("supply-not-asked", 0),
        };
        let mut asks_file = None;
        if let Some(Asking::Paper { dossier: of, paper: asked, until }) = &mut self.state.asking
            && of == dossier
            && asked == paper
        {
            if matches!(became, Submitted::Taken(_)) {
                *until = self.world.now.plus(MEANT);
                asks_file = Some(button(dossier, paper));
            } else {
                self.state.asking = None;
            }
        }
        let done = Choice::new(format!("dossier/papers/{dossier}"), &self.words("supply-done"));
        let mine = Choice::new("dossier/mine", &self.words("dossier-mine"));
        let choices = vec![done, mine, self.button("human")];
        self.say(Message { text: Text(vec![line]), choices, asks_file, ..Message::default() });
    }

    /// A photo came so long after it was asked for that it may be meant for something else.
    pub(in crate::engine) fn too_late(&mut self, dossier: &str) {
        self.state.asking = None;
        let list = Choice::new(format!("dossier/papers/{dossier}"), &self.words("supply-list"));
        self.say_words("supply-late", vec![list, self.button("human")]);
    }
}
