//! Photos and files: what they are wanted for, and what to say of what was seen.

use url::Url;

use super::dossier::{Asking, PORTAL};
use super::{Effect, Talk};
use crate::domain::{Attachment, Block, DossierCode, Link, Media, Message, Purpose, Refusal, Seen, Text};

/// Words of a QR code that are read, in letters.
const LONGEST: usize = 500;

impl Talk<'_> {
    /// Somebody sent a photo or a file. It is fetched only when it is wanted for something.
    pub(super) fn attached(&mut self, file: &Attachment) {
        let asked = match &self.state.asking {
            Some(Asking::Paper { dossier, paper }) => Some(Purpose::Paper { dossier: dossier.clone(), paper: paper.clone() }),
            Some(Asking::Code) => Some(Purpose::Code),
            _ => None,
        };
        let words = file.caption.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let purpose = match (asked, words) {
            _ if !self.world.dossiers || self.state.helper.is_some() => None,
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
        match (purpose, seen) {
            (_, Seen::Refused(refusal)) => self.file_refused(purpose, *refusal),
            (Purpose::Code, Seen::Words(words)) => self.code_seen(words),
            (Purpose::Paper { dossier, paper }, Seen::File(file)) => {
                self.effects.push(Effect::Submit { dossier: dossier.clone(), paper: paper.clone(), file: file.clone() });
            }
            _ => self.file_refused(purpose, Refusal::NoCode),
        }
    }

    /// A QR code says this: the link of a receipt or a leaflet, or the code of a dossier.
    fn code_seen(&mut self, words: &str) {
        let words: String = words.chars().take(LONGEST).collect();
        if let Some(payload) = payload(&words) {
            return self.joined(Some(&payload));
        }
        match DossierCode::mentioned(&words).or_else(|| DossierCode::read(&words)) {
            Some(code) => self.ask_digits(code),
            None => self.file_refused(&Purpose::Code, Refusal::NoCode),
        }
    }

    fn file_refused(&mut self, purpose: &Purpose, refusal: Refusal) {
        let mut lines = vec![Block::plain(self.words(&format!("file-{}", refusal.name())))];
        let portal = || Link { url: PORTAL.to_owned(), label: self.words("dossier-portal") };
        let links = if refusal == Refusal::Identity { vec![portal()] } else { Vec::new() };
        let again = match purpose {
            Purpose::Paper { .. } => matches!(self.state.asking, Some(Asking::Paper { .. })),
            Purpose::Code => self.state.asking == Some(Asking::Code),
        };
        if again && refusal != Refusal::Identity {
            lines.push(Block::plain(self.words("file-again")));
        }
        let offered = self.state.offered.clone();
        let choices = if offered.is_empty() { self.ways_on() } else { offered };
        self.say(Message { text: Text(lines), choices, links, asks_file: again, ..Message::default() });
    }
}

/// The word that a link of ours carries: `…?start=WORD` of a bot, `…/open/WORD` of the web page.
fn payload(words: &str) -> Option<String> {
    let url = Url::parse(words.trim()).ok()?;
    let start = url.query_pairs().find(|(key, _)| key == "start").map(|(_, word)| word.into_owned());
    let opened = || url.path().strip_prefix("/open/").map(str::to_owned);
    start.or_else(opened).filter(|word| !word.is_empty() && !word.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_ours_carry_a_word_and_others_none() {
        assert_eq!(payload("https://t.me/motcua_bot?start=d-abc").as_deref(), Some("d-abc"));
        assert_eq!(payload("https://motcua.example/open/dang-ky-ket-hon").as_deref(), Some("dang-ky-ket-hon"));
        for other in ["H44.101-261015-0042", "https://dichvucong.gov.vn/tra-cuu?ma=H44.101-261015-0042", "https://a/open/"] {
            assert_eq!(payload(other), None);
        }
    }
}
