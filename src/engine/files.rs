//! Photos and files: what they are wanted for, and what to say of what was seen.

use super::dossier::{Asking, PORTAL};
use super::{Effect, Talk};
use crate::domain::file::Code;
use crate::domain::{Attachment, Block, Link, Media, Message, Purpose, Refusal, Seen, Text};

impl Talk<'_> {
    /// Somebody sent a photo or a file. It is fetched only when it is wanted for something.
    pub(super) fn attached(&mut self, file: &Attachment) {
        if self.asked_for_what_is_off() {
            return;
        }
        let asked = match &self.state.asking {
            Some(Asking::Paper { dossier, until, .. }) if *until <= self.world.now && self.state.helper.is_none() => {
                let dossier = dossier.clone();
                return self.too_late(&dossier);
            }
            Some(Asking::Paper { dossier, paper, .. }) => Some(Purpose::Paper { dossier: dossier.clone(), paper: paper.clone() }),
            Some(Asking::Code) => Some(Purpose::Code),
            // Whoever waits for staff sends them what it is about.
            None => self.state.handed.as_ref().map(|handed| Purpose::Desk(handed.ticket)),
            _ => None,
        };
        let words = file.caption.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let purpose = match (asked, words) {
            // Files are kept where there is a key; so are officers, who want one.
            _ if !(self.world.dossiers || self.world.office.desk.is_some()) || self.state.helper.is_some() => None,
            (Some(purpose), _) => Some(purpose),
            // A question with a photo beside it is a question.
            (None, Some(_)) => None,
            (None, None) => (file.media == Media::Photo).then_some(Purpose::Code),
        };
        match (purpose, words) {
            (Some(purpose), _) if file.says_it_is_identity() => self.file_refused(&purpose, Refusal::Identity),
            (Some(purpose), _) => self.effects.push(Effect::Look(file.clone(), purpose)),
            (None, Some(words)) => {
                self.text(words);
                self.remark("file-beside");
            }
            (None, None) => self.media(file.media),
        }
    }

    /// What was seen of it.
    pub(super) fn looked(&mut self, purpose: &Purpose, seen: &Seen) {
        // It was sent before somebody else took the phone.
        if self.state.helper.is_some() {
            return;
        }
        match (purpose, seen) {
            (Purpose::Desk(ticket), _) => self.looked_for_desk(*ticket, seen),
            (_, Seen::Refused(refusal)) => self.file_refused(purpose, *refusal),
            (Purpose::Code, Seen::Code(Code::Dossier(code))) => self.ask_digits(code.clone()),
            (Purpose::Code, Seen::Code(Code::Word(word))) if self.is_word_of_ours(word) => self.joined(Some(word)),
            (Purpose::Paper { dossier, paper }, Seen::File(file)) => {
                self.effects.push(Effect::Submit { dossier: dossier.clone(), paper: paper.clone(), file: file.clone() });
            }
            _ => self.file_refused(purpose, Refusal::NoCode),
        }
    }

    fn file_refused(&mut self, purpose: &Purpose, refusal: Refusal) {
        let mut lines = vec![Block::plain(self.words(&format!("file-{}", refusal.name())))];
        let portal = || Link { url: PORTAL.to_owned(), label: self.words("dossier-portal") };
        let links = if refusal == Refusal::Identity { vec![portal()] } else { Vec::new() };
        let same = match (purpose, &self.state.asking) {
            (Purpose::Paper { dossier, paper }, Some(Asking::Paper { dossier: of, paper: asked, .. })) => {
                (dossier, paper) == (of, asked)
            }
            (Purpose::Code, Some(Asking::Code)) => true,
            _ => false,
        };
        let asks_file = self.state.asking.as_ref().and_then(Asking::file).filter(|_| same);
        if same && refusal != Refusal::Identity {
            lines.push(Block::plain(self.words("file-again")));
        }
        let offered = self.state.offered.clone();
        let choices = if offered.is_empty() { self.ways_on() } else { offered };
        self.say(Message { text: Text(lines), choices, links, asks_file, ..Message::default() });
    }
}
