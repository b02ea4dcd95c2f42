//! The conversation, pure: (world, state, what was said) → new state and replies.
//!
//! **Invariants.** Nothing here is `async`, reads a clock, makes a random number, or knows a channel or a database:
//! taking a turn again costs nothing and gives the same. What a citizen says gets at least one reply, but while a person of
//! the office is answering; a file gets it when it was looked at. Every reply offers a way on. No reply contains a figure that is
//! not in a guide.

mod alone;
pub mod announce;
mod answer;
pub mod ask;
mod confidence;
mod contrast;
mod desk;
pub mod dossier;
mod effect;
mod feedback;
mod figures;
mod files;
mod follow;
mod foreign;
pub mod handoff;
mod helper;
pub mod link;
mod menu;
pub mod news;
mod offered;
mod papers;
mod privacy;
mod questions;
mod refer;
mod staff;
mod state;
mod switched;
mod two;
mod walk;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::domain::switch::Switches;
use crate::domain::{Block, Choice, ChoiceId, Lang, Media, Message, OfficeHours, Outcome, Said, Text, Timestamp};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::knowledge::search::language;

pub use announce::Announced;
pub use answer::Page;
pub use answer::sheet;
pub use desk::Desk;
pub use effect::{Effect, Found};
pub use feedback::CONSENT as TELL_CONSENT;
pub use helper::Session;
pub use papers::{PaperList, list};
pub use state::{State, Topic};
pub use switched::turned_away;
pub use walk::{CONSENT as WALK_CONSENT, Kept, Misses, Progress};

use self::dossier::Asking;
use self::offered::Typed;

/// Everything a turn may look at.
pub struct World<'a> {
    /// What the bot knows.
    pub library: &'a Library,
    /// What the bot says.
    pub wording: &'a Wording,
    /// The people behind the bot.
    pub office: &'a Office,
    /// When the turn is taken.
    pub now: Timestamp,
    /// Chance, new for each turn: names and codes that nobody can guess are made of it.
    pub chance: Uuid,
    /// The public address of the pages, for links to them; none without it.
    pub site: Option<&'a Url>,
    /// Dossiers can be looked up and followed.
    pub dossiers: bool,
    /// Officers look after questions that could not be answered: whoever asked can be told.
    pub can_tell: bool,
    /// What the office switched off.
    pub switches: &'a Switches,
}

/// Nothing is off.
pub static ALL_ON: Switches = Switches::none();

impl<'a> World<'a> {
    /// A world with nothing around the conversation: no pages, no dossiers, no officers to be told, nothing switched off.
    pub fn bare(library: &'a Library, wording: &'a Wording, office: &'a Office, now: Timestamp, chance: Uuid) -> Self {
        Self { library, wording, office, now, chance, site: None, dossiers: false, can_tell: false, switches: &ALL_ON }
    }

    /// The world of what is written without anybody asking: news of dossiers.
    pub fn of_notices(library: &'a Library, wording: &'a Wording, office: &'a Office, now: Timestamp, chance: Uuid) -> Self {
        Self { dossiers: true, can_tell: true, ..Self::bare(library, wording, office, now, chance) }
    }

    /// The day of the turn, in Viet Nam.
    pub fn today(&self) -> Date {
        self.now.date()
    }
}

/// The people behind the bot, as far as the operator told. What is absent is said to be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// Name of the province or commune served.
    pub name: Option<String>,
    /// Hotline number.
    pub hotline: Option<String>,
    /// Opening hours, in words.
    pub hours: Option<String>,
    /// Who is called when nobody answers there: a name and a number.
    pub duty: Option<String>,
    /// The group on Telegram in which they answer, by its id; in the console alone without one. `TELEGRAM_DESK_GROUP`
    pub group: Option<String>,
    /// When officers answer in the chat, `07:30-11:30, 13:30-17:00`; they do not without.
    pub desk: Option<OfficeHours>,
    /// Address, in words.
    pub address: Option<String>,
}

/// One turn of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What to remember.
    pub state: State,
    /// What to say, in order.
    pub replies: Vec<Message>,
    /// What else is to be done, in the transaction of the state.
    pub effects: Vec<Effect>,
}

/// Goes on with a turn that ended in an effect that asks. What the turn said and wants done besides stays.
pub fn gone_on(world: &World<'_>, taken: Turn, found: Found, hint: Option<Lang>) -> Turn {
    let Turn { state, replies, mut effects } = taken;
    effects.retain(|effect| !effect.asks());
    let lang = state.lang.or(hint).unwrap_or_default();
    let mut talk = Talk { world, lang, state, replies, effects };
    let Some(found) = talk.about_dossiers(found) else { return talk.into_turn() };
    match found {
        Found::Walk(progress) if world.library.walk(&progress.walk).is_some() => talk.walk_found(progress),
        Found::Offer(code, place) => talk.confirm_link(&code, place),
        Found::Linked(shared, places) => talk.linked(shared, places),
        Found::HandedOver(Some(opened)) => talk.handed_over(&opened),
        Found::Data(held) => talk.show_data(&held),
        Found::Erased(receipt) => talk.erased(&receipt),
        Found::DataRequested(receipt) => talk.data_requested(receipt.as_deref()),
        Found::DeskShut(until) => talk.desk_shut(until),
        Found::HandedOver(None) => talk.say_words("desk-too-many", talk.ways_on()),
        _ => talk.code_unknown(),
    }
    talk.into_turn()
}

/// Takes one turn. Until a language is chosen, it is that of the first words, or `hint`, that of the citizen's app: many
/// phones in Viet Nam speak English to people who do not.
pub fn turn(world: &World<'_>, mut state: State, said: &Said, hint: Option<Lang>) -> Turn {
    state.forget_left_walks(world.now);
    let pressed = match said {
        Said::Text(text) => offered::payload(text, &state.offered).map(Said::Chose),
        _ => None,
    };
    let said = pressed.as_ref().unwrap_or(said);
    if let (false, Said::Text(text)) = (state.lang_chosen, said) {
        state.lang = language(text).or(state.lang).or(hint);
    }
    let mut talk = Talk { world, lang: state.lang.or(hint).unwrap_or_default(), state, replies: Vec::new(), effects: Vec::new() };
    if talk.is_handed(said) || talk.keeps_quiet(said) {
        return talk.into_turn();
    }
    // What was pressed, or typed for a button, belongs to the session that is over.
    let pressed = match said {
        Said::Chose(_) => true,
        Said::Text(text) => matches!(offered::typed(text, &talk.state.offered), Typed::Choice(_)),
        _ => false,
    };
    if talk.look_after_helper() && pressed {
        return talk.into_turn();
    }
    match said {
        Said::Quiet | Said::Returned | Said::Withdrawn => {}
        Said::Staff => talk.staff_spoke(),
        Said::Desk(event) => talk.desk_event(event),
        Said::Answerable { question, guide } => talk.answerable(question, guide),
        Said::Opened => talk.opened(),
        Said::Text(text) => talk.text(text),
        Said::Edited(text) => {
            talk.text(text);
            talk.remark("edited");
        }
        Said::Secret(secret) => talk.warn(*secret),
        Said::Chose(id) => talk.choice(id),
        Said::Joined(payload) => talk.joined(payload.as_deref()),
        Said::AddedToGroup => {
            talk.say_words("group", Vec::new());
        }
        Said::Left => talk.helper_left(),
        Said::Sent(media) => talk.media(*media),
        Said::Attached(file) => talk.attached(file),
        Said::Looked(purpose, seen) => talk.looked(purpose, seen),
        Said::Unreadable => talk.media(Media::Other),
        Said::TooMuch => talk.too_much(),
    }
    talk.lead_back();
    talk.into_turn()
}

/// A turn in the making.
struct Talk<'a> {
    world: &'a World<'a>,
    lang: Lang,
    state: State,
    replies: Vec<Message>,
    effects: Vec<Effect>,
}

impl Talk<'_> {
    fn into_turn(self) -> Turn {
        Turn { state: self.state, replies: self.replies, effects: self.effects }
    }

    fn text(&mut self, text: &str) {
        let offered = self.state.offered.clone();
        if news::stops(text) {
            return self.stop_news();
        }
        if let Some(wish) = privacy::data_wish(text) {
            return self.about_data(wish);
        }
        if self.asked_for_what_is_off() {
            return;
        }
        if self.state.asking == Some(Asking::Question) {
            if handoff::not_any_more(text) {
                self.state.asking = None;
                return self.say_words("desk-not-sent", self.ways_on());
            }
            if handoff::only_opens(text) {
                return self.ask_question_again();
            }
            if self.is_question(text, &offered) {
                return self.question_for_desk(text);
            }
        }
        if self.data_text(text, &offered) || self.takes_back(text) || self.stops_telling(text) {
            return;
        }
        // A hamlet may be called «2»; the only button there is the first.
        let (typed, wish) = (offered::typed(text, &offered), menu::wish(text));
        let pressed = matches!(typed, Typed::Choice(_)) || wish.is_some();
        if !pressed && self.news_text(text) || self.dossier_text(text) {
            return;
        }
        match (typed, wish) {
            (Typed::Choice(choice), _) => self.choice(&choice.id),
            // «Không», to a question back that is a yes or no.
            (Typed::Words, Some(menu::Wish::Change)) if self.answered_back(text).is_some() => {
                if let Some(choice) = self.answered_back(text) {
                    self.choice(&choice.id);
                }
            }
            (Typed::Words, Some(menu::Wish::Lost)) if menu::may_be_a_cry(text) => {
                self.grant(menu::Wish::Lost);
                self.remark("lost-danger");
            }
            _ if self.helper_text(text) || self.walk_text(text) => {}
            (Typed::Words, None) if self.chosen_in_words(text).is_some() => {
                if let Some(choice) = self.chosen_in_words(text) {
                    self.choice(&choice.id);
                }
            }
            (Typed::Words, None) if self.typed_for_broadcast(text).is_some() => {
                if let Some(choice) = self.typed_for_broadcast(text) {
                    self.choice(&choice.id);
                }
            }
            (_, Some(wish)) => self.grant(wish),
            (Typed::NoSuchNumber(number), None) => {
                let words = self.world.wording.with(self.lang, "no-such-number", [("number", number.into())]);
                // The buttons stay on offer: the citizen looks at them while typing.
                self.say(Message::plain(&words).with_choices(offered));
            }
            (Typed::Words, None) => self.question(text),
        }
    }

    /// The wording of `key`.
    fn words(&self, key: &str) -> String {
        self.world.wording.get(self.lang, key)
    }

    /// Says the wording of `key`.
    fn say_words(&mut self, key: &str, choices: Vec<Choice>) {
        let words = self.words(key);
        self.say(Message::plain(&words).with_choices(choices));
    }

    fn say_lines(&mut self, lines: Vec<Block>, choices: Vec<Choice>) {
        self.say(Message { text: Text(lines), choices, ..Message::default() });
    }

    /// Says `message`; its buttons are the ones on offer from now on.
    fn say(&mut self, message: Message) {
        self.state.offered.clone_from(&message.choices);
        self.replies.push(message);
    }

    /// Adds a quiet line to the last reply.
    fn remark(&mut self, key: &str) {
        let words = self.words(key);
        if let Some(last) = self.replies.last_mut() {
            last.text.0.push(Block::quiet(words));
        }
    }

    fn choice(&mut self, id: &ChoiceId) {
        if !id.as_str().starts_with("dossier/") {
            self.state.asking = None;
        }
        let mut parts = id.as_str().splitn(3, '/');
        let mut first = parts.clone();
        let button = (first.next().unwrap_or_default(), first.next());
        if Self::feature_of(button).is_some_and(|feature| self.is_off(feature)) {
            return;
        }
        match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("guide", Some(slug), facet) => self.open(slug, facet),
            ("walk", Some(slug), rest) => self.walk_pressed(slug, rest),
            ("list", Some(guide), rest) => self.list_pressed(guide, rest),
            ("helper", Some(verb), None) => self.helper_pressed(verb),
            ("link", verb, what) => self.link_pressed(verb, what),
            ("dossier", Some(verb), which) => self.dossier_pressed(verb, which),
            ("desk", Some(verb), what) => self.desk_pressed(verb, what),
            ("news", verb, what) => self.news_pressed(verb, what),
            ("data", verb, what) => self.data_pressed(verb, what),
            ("cast", Some(id), button) => self.broadcast_pressed(id, button),
            ("tell", None, None) => self.tell_me(),
            ("tell", Some("stop"), None) => self.tell_no_more(),
            ("walks", None, None) => self.walk_menu(),
            ("lang", Some(code), None) => self.speak(code),
            ("change", None, None) => self.change(),
            ("right", None, None) => self.judged(Outcome::Right),
            ("wrong", None, None) => self.judged(Outcome::Wrong),
            ("human", None, None) => self.grant(menu::Wish::Human),
            ("help", None, None) => self.grant(menu::Wish::Help),
            _ => self.stale(),
        }
    }
}
