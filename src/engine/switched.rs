//! What the office switched off: whoever wants it is told why, and what they can do instead.

use super::dossier::Asking;
use super::offered::Typed;
use super::{Talk, Turn, World, menu::Wish, news, offered, privacy};
use crate::domain::switch::{Feature, Off};
use crate::domain::{Block, ChoiceId, Lang, Message, Said, Text};
use crate::engine::State;
use crate::knowledge::Guide;

impl Talk<'_> {
    /// Says that a feature is off, if it is.
    pub(super) fn is_off(&mut self, feature: Feature) -> bool {
        let Some(off) = self.world.switches.feature(feature) else { return false };
        let mut lines = vec![Block::plain(reason(self.world, self.lang, "switched-off-feature", off))];
        lines.extend(self.pages_still_there());
        let ways = if feature == Feature::Desk { vec![self.button("help")] } else { self.ways_on() };
        self.say_lines(lines, ways);
        true
    }

    /// Says that the feature is off whose question was asked last, if it is: the answer to it means nothing then.
    pub(super) fn asked_for_what_is_off(&mut self) -> bool {
        let feature = match self.state.asking {
            Some(Asking::Code | Asking::Digits(_) | Asking::Words | Asking::Paper { .. }) => Feature::Dossiers,
            Some(Asking::Question) => Feature::Desk,
            Some(Asking::NewsPlace | Asking::NewsHamlet) => Feature::News,
            Some(Asking::Data) | None => return false,
        };
        let off = self.is_off(feature);
        if off {
            self.state.asking = None;
        }
        off
    }

    /// Says that a guide is off, if it is.
    pub(super) fn guide_is_off(&mut self, guide: &Guide) -> bool {
        let Some(off) = instead(self.world, self.lang, guide) else { return false };
        let ways = self.ways_on();
        self.say(off.with_choices(ways));
        true
    }

    /// The feature that a button of ours belongs to. What ends something works as long as the bot does.
    pub(super) fn feature_of(button: (&str, Option<&str>)) -> Option<Feature> {
        match button {
            ("walk" | "walks", _) => Some(Feature::Walks),
            ("dossier" | "news", Some("stop")) | ("link", Some("drop" | "no")) => None,
            ("dossier", _) => Some(Feature::Dossiers),
            ("desk", Some("ask")) => Some(Feature::Desk),
            ("news", _) => Some(Feature::News),
            ("link", _) => Some(Feature::Links),
            ("helper", Some("yes" | "next")) => Some(Feature::Helper),
            _ => None,
        }
    }

    /// The feature that a wish belongs to.
    pub(super) fn feature_of_wish(wish: &Wish) -> Option<Feature> {
        match wish {
            Wish::Walks => Some(Feature::Walks),
            Wish::Dossiers | Wish::LookUp => Some(Feature::Dossiers),
            Wish::News => Some(Feature::News),
            Wish::Links => Some(Feature::Links),
            Wish::HelpSomebody => Some(Feature::Helper),
            _ => None,
        }
    }

    fn pages_still_there(&self) -> Option<Block> {
        let pages = self.world.site?.join("guides").ok()?;
        Some(Block::quiet(self.world.wording.with(self.lang, "switched-off-pages", [("url", pages.as_str().into())])))
    }
}

/// What is said to whoever writes on a channel that is off; nothing to be said for what needs no answer. Whoever has an officer goes on
/// with them, and what one may always do is done: to stop news, and to see or delete what is kept about oneself.
pub fn turned_away(world: &World<'_>, state: &State, off: &Off, said: &Said, hint: Option<Lang>) -> Option<Turn> {
    let pressed = match said {
        Said::Chose(id) => Some(id.clone()),
        Said::Text(text) => offered::payload(text, &state.offered).or_else(|| match offered::typed(text, &state.offered) {
            Typed::Choice(choice) => Some(choice.id.clone()),
            _ => None,
        }),
        _ => None,
    };
    let a_right = |id: &ChoiceId| id.as_str().split('/').next() == Some("data") || id.as_str() == "news/stop";
    let always = |text: &str| {
        let about_data = state.asking == Some(Asking::Data) || privacy::data_wish(text).is_some();
        about_data || news::stops(text) || pressed.as_ref().is_some_and(a_right)
    };
    let answered = match said {
        Said::Text(text) | Said::Edited(text) => !always(text),
        Said::Chose(id) => !a_right(id),
        Said::Secret(_) | Said::Joined(_) | Said::Attached(_) | Said::Sent(_) | Said::Unreadable | Said::AddedToGroup => true,
        _ => false,
    };
    if !answered || state.handed.is_some() {
        return None;
    }
    let lang = state.lang.or(hint).unwrap_or_default();
    let mut talk = Talk { world, lang, state: state.clone(), replies: Vec::new(), effects: Vec::new() };
    let mut lines = vec![Block::plain(reason(world, lang, "switched-off-channel", off))];
    lines.extend(talk.pages_still_there());
    if let Some(number) = &world.office.hotline {
        lines.push(Block::quiet(world.wording.with(lang, "office-phone", [("number", number.as_str().into())])));
    }
    talk.say_lines(lines, Vec::new());
    // What was on offer can be taken up when the channel is back.
    talk.state.offered.clone_from(&state.offered);
    Some(talk.into_turn())
}

/// What stands in the place of a guide that is off, under its title.
pub(super) fn instead(world: &World<'_>, lang: Lang, guide: &Guide) -> Option<Message> {
    let off = world.switches.guide(&guide.slug)?;
    let lines = vec![Block::heading(&guide.text(lang).title), Block::plain(reason(world, lang, "switched-off-guide", off))];
    Some(Message { text: Text(lines), ..Message::default() })
}

fn reason(world: &World<'_>, lang: Lang, key: &str, off: &Off) -> String {
    world.wording.with(lang, key, [("reason", off.reason.get(lang).into())])
}
