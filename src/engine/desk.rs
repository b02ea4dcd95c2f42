//! Conversations without a store, as in a terminal and in transcripts.

use uuid::Uuid;

use super::dossier::{LookedUp, SentPaper, Submitted, View, handle};
use super::handoff::Opened;
use super::link::{KnownPlace, Shared};
use super::walk::Kept;
use super::{Effect, Found, State, Turn, World, gone_on, turn};
use crate::domain::file::{Code, FileKind, Kept as KeptFile, is_identity_code};
use crate::domain::privacy::Holding;
use crate::domain::ticket::Ticket;
use crate::domain::{Attachment, ChannelName, Lang, Purpose, Refusal, ResumeCode, Said, Seen, Status, Timestamp};

/// What other conversations left for one another; it is kept here, as long as it lives.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    kept: Vec<Kept>,
    offers: Vec<(ResumeCode, Timestamp, Option<Shared>)>,
    /// Dossiers that can be looked up, with the digits that prove them.
    pub dossiers: Vec<(View, String)>,
    papers: Vec<SentPaper>,
}

impl Desk {
    /// A turn, gone on with when it wants what is kept here; a file is looked at at once.
    pub fn turn(&mut self, world: &World<'_>, state: State, said: &Said, hint: Option<Lang>) -> Turn {
        let taken = self.one(world, state, said, hint);
        let look = taken.effects.iter().find_map(|effect| match effect {
            Effect::Look(file, purpose) => Some(Said::Looked(purpose.clone(), seen(file, purpose))),
            _ => None,
        });
        let Some(looked) = look else { return taken };
        let Turn { state, mut replies, .. } = taken;
        let then = self.one(world, state, &looked, hint);
        replies.extend(then.replies);
        Turn { replies, ..then }
    }

    fn one(&mut self, world: &World<'_>, state: State, said: &Said, hint: Option<Lang>) -> Turn {
        let taken = turn(world, state, said, hint);
        for effect in &taken.effects {
            match effect {
                Effect::Keep(kept) => self.kept.push((**kept).clone()),
                Effect::Offer(code, until) => self.offers.push((code.clone(), *until, taken.state.shared())),
                _ => {}
            }
        }
        match taken.effects.iter().find(|effect| effect.asks()) {
            Some(Effect::Fetch(code)) => {
                let found = self.found(code, world.now);
                gone_on(world, taken, found, hint)
            }
            Some(Effect::Link(code)) => {
                let found = self.linked(code, &taken.state, world.now);
                gone_on(world, taken, found, hint)
            }
            Some(asks) => {
                let found = self.dossiers(asks);
                gone_on(world, taken, found, hint)
            }
            None => taken,
        }
    }

    /// The followed dossier that a button's name means.
    fn named(&mut self, which: &str) -> Option<&mut View> {
        let views = self.dossiers.iter_mut().map(|(view, _)| view);
        views.into_iter().find(|view| view.followed && handle(&view.dossier.code.key()) == which)
    }

    /// The same, or without a name the followed dossier that misses papers.
    fn asked(&mut self, which: &str) -> Option<View> {
        let missing = |view: &&View| view.followed && view.dossier.status == Status::PapersMissing;
        match which {
            "" => self.dossiers.iter().map(|(view, _)| view).find(missing).cloned(),
            which => self.named(which).cloned(),
        }
    }

    fn dossiers(&mut self, asks: &Effect) -> Found {
        let seen = |view: &View| Found::LookedUp(LookedUp::Seen(Box::new(view.clone())));
        let nothing = Found::LookedUp(LookedUp::Nothing);
        match asks {
            Effect::LookUp(code, digits) => {
                let theirs = |(view, known): &&(View, String)| view.dossier.code.key() == code.key() && known == digits;
                self.dossiers.iter().find(theirs).map_or(nothing, |(view, _)| seen(view))
            }
            Effect::Follow(key) => {
                let found = self.dossiers.iter_mut().find(|(view, _)| view.dossier.code.key() == *key);
                Found::Followed(found.map(|(view, _)| {
                    view.followed = true;
                    Box::new(view.clone())
                }))
            }
            Effect::ShowData => Found::Data(Box::new(Holding { messages: 2, since: Some(Timestamp(0)), ..Holding::default() })),
            Effect::EraseData => Found::Erased("B2C-D3F-G4H".to_owned()),
            Effect::AskAboutData(_) => Found::DataRequested(Some("B2C-D3F-G4J".to_owned())),
            Effect::ShowFollowed(which) => self.named(which).map_or(nothing, |view| seen(view)),
            Effect::Unfollow(which) => {
                if let Some(view) = self.named(which) {
                    view.followed = false;
                }
                Found::Unfollowed
            }
            Effect::Rated(which, _) => Found::RatingTaken(self.named(which).is_some()),
            Effect::ListPapers(which) => match self.asked(which) {
                Some(view) => Found::Papers(Box::new(view), self.papers.clone()),
                None => nothing,
            },
            Effect::Submit { dossier, paper, .. } => {
                let became = self.submit(dossier, paper);
                Found::Submitted { dossier: dossier.clone(), paper: paper.clone(), became }
            }
            Effect::HandOver { .. } => {
                Found::HandedOver(Some(Opened { ticket: Ticket::IN_TERMINAL, position: 3, minutes: Some(6), officer: None }))
            }
            Effect::ListFollowed => {
                Found::Dossiers(self.dossiers.iter().filter(|(view, _)| view.followed).map(|(view, _)| view.clone()).collect())
            }
            _ => nothing,
        }
    }

    fn submit(&mut self, dossier: &str, paper: &str) -> Submitted {
        if self.named(dossier).is_none() {
            return Submitted::NotAsked;
        }
        let at = self.papers.iter().position(|sent| sent.paper == paper).unwrap_or_else(|| {
            self.papers.push(SentPaper { paper: paper.to_owned(), waiting: 0, verdict: None });
            self.papers.len() - 1
        });
        self.papers[at].waiting += 1;
        Submitted::Taken(self.papers[at].waiting)
    }

    fn found(&self, code: &ResumeCode, now: Timestamp) -> Found {
        let kept = self.kept.iter().rev().find(|kept| kept.code == *code && now < kept.until);
        if let Some(kept) = kept {
            return Found::Walk(kept.progress.clone());
        }
        let offered = self.offers.iter().any(|(offered, until, _)| offered == code && now < *until);
        if offered { Found::Offer(code.clone(), ChannelName::Web) } else { Found::Nothing }
    }

    fn linked(&mut self, code: &ResumeCode, state: &State, now: Timestamp) -> Found {
        let Some(at) = self.offers.iter().position(|(offered, until, _)| offered == code && now < *until) else {
            return Found::Nothing;
        };
        let theirs = self.offers.remove(at).2.unwrap_or_default();
        let place =
            |id: u128, channel, here| KnownPlace { id: Uuid::from_u128(id), channel, preferred: false, linked_at: now, here };
        let places = vec![place(1, ChannelName::Web, false), place(2, ChannelName::Telegram, true)];
        Found::Linked(theirs.joined(state.shared().unwrap_or_default()), places)
    }
}

/// What is seen of a file whose source tells what it shows: the words of a QR code, or nothing.
fn seen(file: &Attachment, purpose: &Purpose) -> Seen {
    match (purpose, file.source.as_str()) {
        (_, shows) if is_identity_code(shows) => Seen::Refused(Refusal::Identity),
        (Purpose::Paper { .. } | Purpose::Desk(_), _) => {
            Seen::File(KeptFile { hash: String::new(), stored: String::new(), kind: FileKind::Jpeg, bytes: 1 })
        }
        (_, shows) => Code::read(shows).map_or(Seen::Refused(Refusal::NoCode), Seen::Code),
    }
}
