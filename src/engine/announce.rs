//! Broadcasts as citizens see them: drawn as messages, their buttons, and what is said to them.

use std::collections::HashSet;

use super::{Effect, State, Talk, World, offered};
use crate::domain::broadcast::{
    Amendment, BroadcastId, Class, Draft, Drawn, HOTLINE, OFFICE, OwnAnswer, PLACEHOLDERS, REPLIES_FOR, Target,
};
use crate::domain::{Block, Choice, Lang, Lesson, Message, Outcome, Text, Timestamp};
use crate::knowledge::search::unmarked;
use crate::knowledge::search::{Question, syllables};

/// The last broadcast that somebody had, or the one whose button they pressed. It is not stored here, but read before each turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// Which one.
    pub id: BroadcastId,
    /// What it says.
    pub draft: Draft,
    /// When they had it.
    pub at: Timestamp,
}

/// What stands before the id of a broadcast in those of its buttons.
pub const BUTTON: &str = "cast/";
/// What stands before it in a link on paper.
pub const LINK: &str = "cast-";
/// Words that a question to a broadcast must share with one of its own, at least.
const LEAST_SHARED: usize = 2;

impl Announced {
    fn choices(&self) -> Vec<Choice> {
        choices(self.id, &self.draft)
    }

    /// Its answer to a question: most of the words asked are in one of its own questions, and hardly any that tells the matter is
    /// not: «đăng ký khai sinh ở đâu» is not answered by «Đăng ký tiêm ở đâu?».
    fn own_answer(&self, text: &str) -> Option<&OwnAnswer> {
        let words = |text: &str| -> HashSet<String> { syllables(text).into_iter().map(|syllable| syllable.folded).collect() };
        let asked = words(text);
        let matter: HashSet<String> = Question::read(text).topic.into_iter().map(|syllable| syllable.folded).collect();
        let title = words(&self.draft.title);
        let fits = self.draft.answers.iter().map(|own| {
            let known = words(&own.question);
            let strange = matter.iter().filter(|word| !known.contains(*word) && !title.contains(*word)).count();
            (strange * 4 <= matter.len(), asked.intersection(&known).count(), usize::MAX - known.len(), own)
        });
        let fits = fits.filter(|(fits, ..)| *fits);
        let (_, shared, _, own) = fits.max_by_key(|(_, shared, shorter, _)| (*shared, *shorter))?;
        (shared >= LEAST_SHARED && shared * 5 >= asked.len() * 3).then_some(own)
    }
}

fn choices(id: BroadcastId, draft: &Draft) -> Vec<Choice> {
    draft.buttons.iter().enumerate().map(|(n, button)| Choice::new(format!("{BUTTON}{id}/{n}"), &button.label)).collect()
}

/// A broadcast as it is read in `lang`, in both languages for `None`, on a channel with buttons or without.
pub fn draw(world: &World<'_>, id: BroadcastId, draft: &Draft, lang: Option<Lang>, buttons: bool) -> Drawn {
    let tongue = lang.unwrap_or_default();
    let word = |key: &str| world.wording.get(tongue, key);
    let missing = || word("cast-missing");
    let fill = |text: &str| {
        let hotline = world.office.hotline.clone().unwrap_or_else(missing);
        let office = world.office.name.clone().unwrap_or_else(missing);
        text.replace(HOTLINE, &hotline).replace(OFFICE, &office)
    };
    let title = match (draft.class, draft.amends.map(|amends| amends.how)) {
        (Class::Emergency, Some(Amendment::Correct)) => {
            format!("{} {} {}", word("cast-emergency"), word("cast-correction"), draft.title)
        }
        (Class::Emergency, _) => format!("{} {}", word("cast-emergency"), draft.title),
        (_, Some(Amendment::Correct)) => format!("{} {}", word("cast-correction"), draft.title),
        _ => draft.title.clone(),
    };
    let mut blocks = vec![Block::heading(fill(&title))];
    let texts: &[Lang] = if lang.is_none() && !draft.en.is_empty() { &Lang::ALL } else { &[tongue] };
    for lang in texts {
        blocks.extend(
            draft.words(*lang).lines().filter(|line| !line.trim().is_empty()).map(|line| Block::plain(fill(line.trim()))),
        );
    }
    let mut own = choices(id, draft);
    if !buttons && !own.is_empty() {
        let labels: Vec<String> = own.iter().map(|choice| format!("«{}»", choice.label)).collect();
        blocks.push(Block::quiet(world.wording.with(tongue, "cast-type", [("labels", labels.join(", ").into())])));
    }
    if draft.class == Class::Ordinary {
        if buttons {
            own.push(Choice::new("news/stop", &word("news-stop-button")));
        } else {
            blocks.push(Block::quiet(word("news-how-to-stop")));
        }
    }
    if !buttons {
        own.clear();
    }
    let message = Message { text: Text(blocks), choices: own, links: draft.links.clone(), ..Message::default() };
    Drawn { lang, buttons, message, nowhere: word("cast-your-place") }
}

/// All shapes in which a broadcast is read.
pub fn draw_all(world: &World<'_>, id: BroadcastId, draft: &Draft) -> Vec<Drawn> {
    let langs = [Some(Lang::Vi), Some(Lang::En), None];
    langs.into_iter().flat_map(|lang| [true, false].map(|buttons| draw(world, id, draft, lang, buttons))).collect()
}

/// Whether a text has a placeholder that means nothing.
pub fn unknown_placeholder(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let from = &rest[start..];
        let end = from.find('}').map_or(from.len(), |end| end + 1);
        let (found, after) = from.split_at(end);
        if !PLACEHOLDERS.contains(&found) {
            return Some(found);
        }
        rest = after;
    }
    None
}

impl State {
    /// The broadcast that what is said now may be about.
    fn recent(&self, now: Timestamp) -> Option<&Announced> {
        self.announced.as_ref().filter(|announced| announced.at.plus(REPLIES_FOR) >= now)
    }
}

impl Talk<'_> {
    /// The broadcast that what is said now may be about.
    pub(super) fn about(&self) -> Option<BroadcastId> {
        self.state.recent(self.world.now).map(|announced| announced.id)
    }

    /// A button under a broadcast: `cast/<id>/<n>`.
    pub(super) fn broadcast_pressed(&mut self, id: &str, button: Option<&str>) {
        let known = self.state.announced.clone().filter(|announced| announced.id.to_string() == id);
        let number = button.and_then(|button| button.parse::<u32>().ok());
        let target = known.zip(number).and_then(|(known, number)| {
            let button = known.draft.buttons.get(number as usize)?;
            Some((known.id, number, button.target.clone()))
        });
        let Some((id, number, target)) = target else { return self.stale() };
        self.effects.push(Effect::Tapped(id, number));
        match target {
            Target::Guide(slug) => self.open(&slug, None),
            Target::Walk(slug) => self.walk_pressed(&slug, None),
            Target::Question(question) => self.question(&question),
        }
    }

    /// A broadcast was opened by its code on paper: it is told as it was sent.
    pub(super) fn show_broadcast(&mut self) {
        let Some(announced) = self.state.announced.clone() else { return self.stale() };
        let drawn = draw(self.world, announced.id, &announced.draft, Some(self.lang), true);
        let mut message = drawn.filled("");
        message.choices.retain(|choice| choice.id.as_str() != "news/stop");
        message.choices.push(Choice::new("news", &self.words("news-button")));
        self.say(message);
        self.introduce();
    }

    /// A button's label typed by hand, where the channel has no buttons.
    pub(super) fn typed_for_broadcast(&self, text: &str) -> Option<Choice> {
        let announced = self.state.recent(self.world.now)?;
        let said = unmarked(text);
        let number = said.chars().all(|letter| letter.is_ascii_digit());
        match offered::typed(text, &announced.choices()) {
            offered::Typed::Choice(choice) if !number => Some(choice.clone()),
            _ => None,
        }
    }

    /// The broadcast's own answer to what was asked.
    pub(super) fn answered_by_broadcast(&mut self, text: &str) -> bool {
        let Some(announced) = self.state.recent(self.world.now) else { return false };
        let Some(own) = announced.own_answer(text).cloned() else { return false };
        let (id, title) = (announced.id, announced.draft.title.clone());
        self.replied(id, text, true);
        let mut lines = vec![Block::heading(title)];
        lines.extend(own.answer.lines().filter(|line| !line.trim().is_empty()).map(Block::plain));
        let mut choices: Vec<Choice> = self.desk_button().into_iter().collect();
        choices.push(self.button("help"));
        self.say_lines(lines, choices);
        true
    }

    /// Nothing knows the answer to what was asked after a broadcast: it is kept with that, and a person may know.
    pub(super) fn unanswered_by_broadcast(&mut self, text: &str) {
        let Some(announced) = self.state.recent(self.world.now) else { return };
        let (id, title) = (announced.id, announced.draft.title.clone());
        self.replied(id, text, false);
        let words = self.world.wording.with(self.lang, "cast-not-said", [("title", title.into())]);
        let desk = self.desk_button();
        if let Some(reply) = self.replies.last_mut() {
            reply.text.0.insert(0, Block::plain(words));
            if let Some(desk) = desk.filter(|desk| !reply.choices.iter().any(|choice| choice.id == desk.id)) {
                reply.choices.insert(0, desk);
            }
            self.state.offered.clone_from(&reply.choices);
        }
    }

    fn replied(&mut self, broadcast: BroadcastId, text: &str, answered: bool) {
        if self.state.helper.is_some() {
            return;
        }
        let words = Lesson::new(text, Outcome::Unanswered, None).map(|lesson| lesson.question);
        self.effects.extend(words.map(|words| Effect::Replied { broadcast, words, answered }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_placeholders_are_taken() {
        assert_eq!(unknown_placeholder("Bà con {nơi ở} gọi {đường dây nóng}"), None);
        assert_eq!(unknown_placeholder("Chào {tên}"), Some("{tên}"));
        assert_eq!(unknown_placeholder("thiếu {"), Some("{"));
    }

    #[test]
    fn its_own_answers_are_found_by_most_of_the_words() {
        let own = |question: &str| OwnAnswer { question: question.into(), answer: "x".into() };
        let draft = Draft {
            answers: vec![own("Cắt điện từ mấy giờ đến mấy giờ?"), own("Khu nào bị cắt điện?")],
            ..Draft::default()
        };
        let announced = Announced { id: 1, draft, at: Timestamp(0) };
        let found = |text: &str| announced.own_answer(text).map(|own| own.question.clone());
        assert_eq!(found("cat dien tu may gio").as_deref(), Some("Cắt điện từ mấy giờ đến mấy giờ?"));
        assert_eq!(found("khu nao bi cat").as_deref(), Some("Khu nào bị cắt điện?"));
        assert_eq!(found("đăng ký kết hôn mất bao lâu"), None);
        assert_eq!(found("xây nhà từ mấy giờ đến mấy giờ"), None, "another matter");
    }
}
