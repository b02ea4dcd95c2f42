//! One citizen at several places: Zalo, Telegram and the web page share what they choose to link.
//!
//! A code is offered at one place and typed at the other; each is told what is shared before it agrees, and every other place
//! of theirs is told when it is done. Messages are not
//! shared: only the language, unfinished walks, lists of papers, and where notices go.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::papers::PaperList;
use super::walk::Progress;
use super::{Effect, State, Talk, World};
use crate::domain::{Block, ChannelName, Choice, Lang, Message, ResumeCode, Text, Timestamp};

/// How long a code can be typed elsewhere: long enough to find the other phone.
const OFFERED_FOR: Duration = Duration::from_secs(15 * 60);
/// Which wording of the consent was shown; another wording gets another name.
pub const CONSENT: &str = "2026-11";
/// Places one citizen may link.
pub const MOST_PLACES: usize = 5;

/// A place that the citizen linked, as the conversation knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPlace {
    /// Names it in buttons.
    pub id: Uuid,
    /// Where it is.
    pub channel: ChannelName,
    /// Notices go there first.
    pub preferred: bool,
    /// Since when; tells two of one kind apart.
    pub linked_at: Timestamp,
    /// It is where this conversation takes place.
    pub here: bool,
}

/// What linked places have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shared {
    /// The language that was chosen.
    pub lang: Option<Lang>,
    /// Unfinished walks, the last one first.
    pub walks: Vec<Progress>,
    /// Lists of papers, the last one first.
    pub lists: Vec<PaperList>,
}

impl Shared {
    /// What two places have together: of the same walk, how far the one came that was looked at last; of lists of the same
    /// guide, ours.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.lang = self.lang.or(other.lang);
        for progress in other.walks {
            match self.walks.iter_mut().find(|ours| ours.walk == progress.walk) {
                Some(ours) if ours.shown >= progress.shown => {}
                Some(ours) => *ours = progress,
                None => self.walks.push(progress),
            }
        }
        let known: Vec<String> = self.lists.iter().map(|list| list.guide.clone()).collect();
        self.lists.extend(other.lists.into_iter().filter(|list| !known.contains(&list.guide)));
        self
    }
}

impl State {
    /// What is shared with linked places; nothing while somebody else is helped here.
    pub fn shared(&self) -> Option<Shared> {
        let lang = self.lang.filter(|_| self.lang_chosen);
        self.helper.is_none().then(|| Shared { lang, walks: self.walks.clone(), lists: self.lists.clone() })
    }

    /// The same with what linked places share. Whoever was on a walk stays on it, unless it was ended elsewhere.
    #[must_use]
    pub fn with_shared(mut self, shared: Shared) -> Self {
        if self.helper.is_some() {
            return self;
        }
        let present = self.walks.first().filter(|_| self.walking).map(|progress| progress.walk.clone());
        if shared.lang.is_some() {
            self.lang = shared.lang;
            self.lang_chosen = true;
        }
        self.walks = shared.walks;
        self.lists = shared.lists;
        let at = present.and_then(|slug| self.walks.iter().position(|progress| progress.walk == slug));
        self.walking = at.is_some();
        if let Some(at) = at {
            self.walks[..=at].rotate_right(1);
        }
        self
    }

    fn is_linked(&self) -> bool {
        self.places.len() > 1
    }
}

/// What the other place is told when somebody linked it.
pub fn linked_notice(world: &World<'_>, lang: Lang, channel: ChannelName) -> Message {
    notice(world, lang, "link-told", channel)
}

/// What a place is told when it was taken out of a link from elsewhere.
pub fn unlinked_notice(world: &World<'_>, lang: Lang, channel: ChannelName) -> Message {
    notice(world, lang, "link-told-apart", channel)
}

fn notice(world: &World<'_>, lang: Lang, key: &str, channel: ChannelName) -> Message {
    let place = world.wording.get(lang, name(channel));
    let words = world.wording.with(lang, key, [("place", place.into())]);
    // Without buttons: they would not be the ones on offer, and a number typed for them would mean another.
    Message { text: Text(vec![Block::plain(words)]), ..Message::default() }
}

/// The key of the wording that names a channel.
fn name(channel: ChannelName) -> &'static str {
    match channel {
        ChannelName::Telegram => "place-telegram",
        ChannelName::Web => "place-web",
        ChannelName::Zalo => "place-zalo",
        ChannelName::ZaloBot => "place-zalo-bot",
    }
}

impl Talk<'_> {
    /// What is linked, or what linking means.
    pub(super) fn show_links(&mut self) {
        if self.state.helper.is_some() {
            return self.say_words("link-helper", self.helper_choices(Vec::new()));
        }
        if !self.state.is_linked() {
            let lines = ["link-what", "link-shares", "link-not-shared"].map(|key| Block::plain(self.words(key)));
            let yes = Choice::new("link/code", &self.words("link-agree"));
            return self.say_lines(lines.into(), vec![yes, Choice::new("link/no", &self.words("link-no"))]);
        }
        let mut lines = vec![Block::plain(self.words("link-places"))];
        let mut choices = Vec::new();
        for place in self.state.places.clone() {
            let named = self.place_name(&place);
            lines.push(Block::bullet(if place.preferred { self.with_place("link-preferred", &named) } else { named.clone() }));
            if !place.preferred {
                choices.push(Choice::new(format!("link/prefer/{}", place.id.simple()), &self.with_place("link-prefer", &named)));
            }
        }
        for place in self.state.places.clone() {
            let named = self.place_name(&place);
            choices.push(Choice::new(format!("link/drop/{}", place.id.simple()), &self.with_place("link-drop", &named)));
        }
        if self.state.places.len() < MOST_PLACES {
            choices.push(Choice::new("link/code", &self.words("link-more")));
        }
        choices.push(self.button("help"));
        self.say_lines(lines, choices);
    }

    fn place_name(&self, place: &KnownPlace) -> String {
        let mut named = self.words(name(place.channel));
        if self.state.places.iter().filter(|other| other.channel == place.channel).count() > 1 {
            let since = place.linked_at.date().strftime("%d/%m").to_string();
            let values = [("place", named.clone().into()), ("date", since.into())];
            named = self.world.wording.with(self.lang, "link-since", values);
        }
        if place.here { self.with_place("link-here", &named) } else { named }
    }

    fn with_place(&self, key: &str, place: &str) -> String {
        self.world.wording.with(self.lang, key, [("place", place.to_owned().into())])
    }

    /// A button about links: `link`, `link/code`, `link/yes/<code>`, `link/prefer/<place>`, `link/drop/<place>`.
    pub(super) fn link_pressed(&mut self, verb: Option<&str>, what: Option<&str>) {
        let offered = self
            .state
            .offered
            .iter()
            .any(|choice| choice.id.as_str() == format!("link/{}/{}", verb.unwrap_or_default(), what.unwrap_or_default()));
        let place =
            what.and_then(|id| Uuid::parse_str(id).ok()).filter(|id| self.state.places.iter().any(|place| place.id == *id));
        match (verb, what, place) {
            _ if self.state.helper.is_some() => self.show_links(),
            (None, _, _) => self.show_links(),
            (Some("no"), _, _) => self.say_words("link-refused", self.ways_on()),
            (Some("code"), _, _) => self.offer_link(),
            // Never without the words having been shown just now.
            (Some("yes"), Some(code), _) if offered => match ResumeCode::read(code) {
                Some(code) => self.effects.push(Effect::Link(code)),
                None => self.stale(),
            },
            (Some("prefer"), _, Some(id)) => {
                for place in &mut self.state.places {
                    place.preferred = place.id == id;
                }
                self.effects.push(Effect::Prefer(id));
                self.show_links();
            }
            (Some("drop"), _, Some(id)) => {
                let gone: Vec<KnownPlace> = self.state.places.extract_if(.., |place| place.id == id).collect();
                let here = gone.iter().any(|place| place.here);
                if here {
                    self.state.places.clear();
                }
                self.effects.push(Effect::Unlink(id));
                let named = gone.first().map(|place| self.place_name(place)).unwrap_or_default();
                let words = self.with_place("link-dropped", &named);
                let again = Choice::new("link", &self.words("link-button"));
                self.say_lines(vec![Block::plain(words)], vec![again, self.button("help")]);
            }
            _ => self.stale(),
        }
    }

    /// A code to be typed elsewhere.
    fn offer_link(&mut self) {
        if self.state.places.len() >= MOST_PLACES {
            return self.show_links();
        }
        let code = ResumeCode::of(self.world.chance);
        self.effects.push(Effect::Offer(code.clone(), self.world.now.plus(OFFERED_FOR)));
        let minutes = OFFERED_FOR.as_secs() / 60;
        let values = [("code", code.to_string().into()), ("minutes", minutes.into())];
        let how = self.world.wording.with(self.lang, "link-code", values);
        let lines = vec![Block::plain(how), Block::plain(self.words("link-code-yours"))];
        self.say_lines(lines, self.ways_on());
    }

    /// Somebody typed a code that was offered at `place`: what linking means, before it is done.
    pub(super) fn confirm_link(&mut self, code: &ResumeCode, place: ChannelName) {
        if self.state.helper.is_some() {
            return self.show_links();
        }
        let ask = self.with_place("link-confirm", &self.words(name(place)));
        let lines = vec![Block::plain(ask), Block::plain(self.words("link-shares")), Block::plain(self.words("link-not-shared"))];
        let yes = Choice::new(format!("link/yes/{}", code.as_str()), &self.words("link-yes"));
        self.say_lines(lines, vec![yes, Choice::new("link/no", &self.words("link-no"))]);
    }

    /// The link is made.
    pub(super) fn linked(&mut self, shared: Shared, places: Vec<KnownPlace>) {
        let state = std::mem::take(&mut self.state);
        self.state = state.with_shared(shared);
        self.lang = self.state.lang.unwrap_or(self.lang);
        self.state.places = places;
        let words = self.words("link-done");
        self.show_links();
        let unfinished = self.with_unfinished(Vec::new());
        if let Some(last) = self.replies.last_mut() {
            last.text.0.insert(0, Block::plain(words));
            last.choices.splice(0..0, unfinished);
            self.state.offered.clone_from(&last.choices);
        }
    }
}
