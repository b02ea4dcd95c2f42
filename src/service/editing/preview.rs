//! How a guide looks to citizens, on each channel, before anybody has published it.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::examine::tried;
use crate::channel::{Capabilities, fit, plain};
use crate::domain::edition::GUIDES;
use crate::domain::{Block, ChannelName, ChoiceId, Lang, Message, Said, Timestamp};
use crate::engine::{Office, State, World, turn};
use crate::i18n::Wording;
use crate::knowledge::{ContentError, Contents, Fault, Library, Origin, check};

/// The parts of a guide that are shown, after the first page.
const PARTS: [&str; 3] = ["", "/documents", "/steps"];

/// What a guide looks like, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// As on Telegram and the web page: the text and its buttons.
    pub buttons: Vec<Message>,
    /// As on Zalo: words alone, in messages of its length.
    pub plain: Vec<String>,
    /// As on Telegram and the web page, in English.
    pub english: Vec<Message>,
    /// What is wrong with it, as `motcua check` says it.
    pub faults: Vec<Fault>,
}

/// Draws a guide of these files; `layers` is what lies beneath. Slow.
///
/// # Errors
/// When content on disk cannot be read.
pub fn preview(
    layers: &[Origin],
    wording: &Wording,
    piece: &str,
    files: &BTreeMap<String, String>,
    now: Timestamp,
) -> Result<Preview, ContentError> {
    let over = Origin::Edited(vec![tried(piece, files, now)]);
    let all: Vec<Origin> = layers.iter().cloned().chain([over.clone()]).collect();
    let contents = Contents::read(&all)?;
    let file = |fault: &Fault| fault.file.starts_with(piece) || (!piece.starts_with(GUIDES) && fault.file.contains("vocabulary"));
    let faults = check::check_written(&contents, now.date()).faults.into_iter().filter(file).collect();
    let mut preview = Preview { faults, ..Preview::default() };
    let Some(slug) = piece.strip_prefix(GUIDES) else { return Ok(preview) };
    // Alone: what it looks like hangs on no other guide but for the names of its kin.
    let Ok(library) = Library::load(&[over], None) else { return Ok(preview) };
    let office = Office::default();
    let world = World {
        library: &library,
        wording,
        office: &office,
        now,
        chance: Uuid::nil(),
        site: None,
        dossiers: false,
        can_tell: false,
        switches: &crate::engine::ALL_ON,
    };
    let said = |part: &str, lang: Lang| {
        let said = Said::Chose(ChoiceId::new(format!("guide/{slug}{part}")));
        let state = State { lang: Some(lang), lang_chosen: true, ..State::default() };
        turn(&world, state, &said, Some(lang)).replies
    };
    for part in PARTS {
        preview.english.extend(said(part, Lang::En));
        for message in said(part, Lang::Vi) {
            let mut numbered = message.clone();
            if !numbered.choices.is_empty() {
                numbered.text.0.push(Block::quiet(wording.get(Lang::Vi, "type-number")));
            }
            preview.plain.extend(fit(numbered, Capabilities::of(ChannelName::Zalo)).iter().map(plain));
            preview.buttons.extend(fit(message, Capabilities::of(ChannelName::Telegram)));
        }
    }
    Ok(preview)
}
