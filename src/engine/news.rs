//! Choosing to be told: where somebody lives, which topics, and the end of it by one word.
//!
//! **Rules.** Nothing is kept before «Đồng ý nhận tin»; nothing is ticked before somebody ticks it (Decree 356/2025 art. 6, in
//! third-party notes, checked 2026-11-21); «dừng nhận tin» works at any time, also while an officer answers, and forgets it all.

use std::collections::BTreeSet;

use super::ask::{Action, decide};
use super::dossier::Asking;
use super::{Effect, Talk};
use crate::domain::broadcast::{Subscription, Topic};
use crate::domain::switch::Feature;
use crate::domain::{Block, Choice, DossierCode, Message, Text, shorten};
use crate::knowledge::search::syllables;
use crate::knowledge::search::unmarked;
use crate::knowledge::{Meaning, Unit};

/// Which wording of the consent was shown; another wording gets another name.
pub const CONSENT: &str = "2026-11";
/// Longest name of a hamlet, in letters.
const LONGEST_HAMLET: usize = 40;
/// Longer texts are no names of places, in syllables.
const MOST_SYLLABLES: usize = 5;
/// Communes offered when a name means several.
const MOST_PLACES: usize = 6;

impl Talk<'_> {
    /// «Nhận tin»: what they chose, or the way to choose.
    pub(super) fn show_news(&mut self) {
        if self.state.helper.is_some() {
            return self.say_words("helper-later", self.helper_choices(Vec::new()));
        }
        let Some(news) = self.state.news.clone() else { return self.ask_place() };
        let lines = vec![
            Block::plain(self.words("news-have")),
            Block::bullet(self.where_of(&news)),
            Block::bullet(self.topics_of(&news)),
        ];
        let button = |id: &str, key: &str| Choice::new(id, &self.words(key));
        let choices = vec![
            button("news/topics", "news-topics-button"),
            button("news/where", "news-where-button"),
            button("news/stop", "news-stop-button"),
            self.button("help"),
        ];
        self.say_lines(lines, choices);
    }

    fn ask_place(&mut self) {
        self.state.asking = Some(Asking::NewsPlace);
        let lines = ["news-what", "news-kept", "news-where"].map(|key| Block::plain(self.words(key)));
        let skip = Choice::new("news/anywhere", &self.words("news-skip"));
        self.say_lines(lines.into(), vec![skip, self.no_news_button(), self.button("help")]);
    }

    fn no_news_button(&self) -> Choice {
        Choice::new("news/never", &self.words("news-never"))
    }

    /// A question about a procedure, and no name of a place.
    fn asks_about_a_guide(&self, text: &str) -> bool {
        const PLACES: [&str; 9] = ["thon", "xom", "khu", "ap", "to", "ban", "lang", "buon", "khom"];
        let said = syllables(text);
        if said.first().is_some_and(|word| PLACES.contains(&word.folded.as_str())) {
            return false;
        }
        let question = self.world.library.question(text);
        !question.facets.is_empty() || decide(self.world.library, &question, None, 1).action == Action::Answer
    }

    /// What was typed while the bot waits for a place or a hamlet.
    pub(super) fn news_text(&mut self, text: &str) -> bool {
        match self.state.asking {
            Some(Asking::NewsPlace) => self.place_typed(text),
            // A question is no hamlet, nor is the code of a dossier.
            Some(Asking::NewsHamlet)
                if syllables(text).len() > MOST_SYLLABLES
                    || DossierCode::mentioned(text).is_some()
                    || self.asks_about_a_guide(text) =>
            {
                self.state.asking = None;
                false
            }
            Some(Asking::NewsHamlet) => {
                let hamlet = text.trim();
                let draft = self.draft();
                draft.hamlet = (!hamlet.is_empty()).then(|| shorten(hamlet, LONGEST_HAMLET));
                self.ask_topics();
                true
            }
            _ => self.topics_typed(text),
        }
    }

    /// Several topics at once, «2 4 7», or the consent, typed while topics are chosen.
    fn topics_typed(&mut self, text: &str) -> bool {
        if self.state.news_draft.is_none() {
            return false;
        }
        let said = unmarked(text);
        if said == unmarked(&self.words("news-agree")) {
            self.agree_news();
            return true;
        }
        let numbers: Option<Vec<usize>> = said.split(' ').map(|word| word.parse().ok()).collect();
        let offered = self.state.offered.clone();
        let topics = numbers.filter(|numbers| numbers.len() > 1).and_then(|numbers| {
            let topic = |number: usize| {
                offered.get(number.checked_sub(1)?)?.id.as_str().strip_prefix("news/topic/").and_then(Topic::from_name)
            };
            numbers.into_iter().map(topic).collect::<Option<Vec<Topic>>>()
        });
        let Some(topics) = topics else { return false };
        for topic in topics {
            let chosen = &mut self.draft().topics;
            if !chosen.remove(&topic) {
                chosen.insert(topic);
            }
        }
        self.ask_topics();
        true
    }

    /// False when it is something else than a place: whoever asks a question meanwhile is answered.
    fn place_typed(&mut self, text: &str) -> bool {
        let places = self.world.library.places();
        let said = syllables(text);
        // A name of one syllable, too: it is what was asked for.
        let meanings = places.named(&said).map(|named| named.meanings).unwrap_or_default();
        // «Lạc Thủy» is a commune of today, and was a district: whoever names a commune lives there.
        let today = meanings.iter().any(|meaning| matches!(meaning, Meaning::Unit(_)));
        let meanings = meanings.iter().filter(|meaning| !today || matches!(meaning, Meaning::Unit(_)));
        let mut units: Vec<&Unit> = Vec::new();
        for meaning in meanings {
            let (Meaning::Unit(at) | Meaning::Former(at, _) | Meaning::District(at)) = *meaning;
            if let Some(unit) = places.units.get(at).filter(|unit| !units.contains(unit)) {
                units.push(unit);
            }
        }
        if units.is_empty() {
            let whole = unmarked(text);
            units.extend(places.units.iter().filter(|unit| unmarked(&unit.name) == whole));
        }
        let skip = Choice::new("news/anywhere", &self.words("news-skip"));
        match units.as_slice() {
            [] if said.len() > MOST_SYLLABLES || self.asks_about_a_guide(text) => {
                self.state.asking = None;
                return false;
            }
            [] => self.say_words("news-no-place", vec![skip, self.button("help")]),
            [unit] => self.place_known(&unit.name.clone()),
            many => {
                let choice = |unit: &&Unit| {
                    Choice::new(format!("news/place/{}", unit.code), &format!("{} ({})", unit.name, unit.district))
                };
                let mut choices: Vec<Choice> = many.iter().take(MOST_PLACES).map(choice).collect();
                choices.push(skip);
                self.say_words("news-which-place", choices);
            }
        }
        true
    }

    fn place_known(&mut self, name: &str) {
        let draft = self.draft();
        draft.place = Some(name.to_owned());
        draft.hamlet = None;
        self.state.asking = Some(Asking::NewsHamlet);
        let skip = Choice::new("news/no-hamlet", &self.words("news-skip"));
        let asked = self.world.wording.with(self.lang, "news-hamlet", [("place", name.to_owned().into())]);
        self.say(Message::plain(&asked).with_choices(vec![skip]));
    }

    /// A button about news: `news`, `news/topic/health`, `news/place/<code>`, `news/agree`, `news/stop` …
    pub(super) fn news_pressed(&mut self, verb: Option<&str>, what: Option<&str>) {
        match (verb, what) {
            (Some("stop"), None) => self.stop_news(),
            _ if self.state.helper.is_some() => self.say_words("helper-later", self.helper_choices(Vec::new())),
            (None, _) => self.show_news(),
            (Some("where"), None) => self.ask_place(),
            (Some("anywhere"), None) => {
                let draft = self.draft();
                (draft.place, draft.hamlet) = (None, None);
                self.ask_topics();
            }
            (Some("no-hamlet"), None) => {
                self.draft().hamlet = None;
                self.ask_topics();
            }
            (Some("place"), Some(code)) => match self.world.library.places().units.iter().find(|unit| unit.code == code) {
                Some(unit) => self.place_known(&unit.name),
                None => self.stale(),
            },
            // Whoever has news already ends it with the same word.
            (Some("never"), None) if self.state.news.is_some() => self.stop_news(),
            (Some("never"), None) => {
                self.state.news_draft = None;
                self.say_words("news-not-kept", self.ways_on());
            }
            (Some("topics"), None) => self.ask_topics(),
            (Some("all"), None) => {
                self.draft().topics = Topic::ALL.into();
                self.ask_topics();
            }
            (Some("asked"), None) => {
                let draft = self.draft();
                draft.asked = !draft.asked;
                self.ask_topics();
            }
            (Some("topic"), Some(name)) => {
                let Some(topic) = Topic::from_name(name) else { return self.stale() };
                let topics = &mut self.draft().topics;
                if !topics.remove(&topic) {
                    topics.insert(topic);
                }
                self.ask_topics();
            }
            (Some("agree"), None) => self.agree_news(),
            _ => self.stale(),
        }
    }

    /// What is being chosen: from what was chosen before, if anything was.
    fn draft(&mut self) -> &mut Subscription {
        let before = self.state.news.clone();
        self.state.news_draft.get_or_insert_with(|| {
            before.unwrap_or(Subscription {
                place: None,
                hamlet: None,
                topics: BTreeSet::new(),
                asked: false,
                consent: CONSENT.to_owned(),
                since: crate::domain::Timestamp(0),
            })
        })
    }

    fn ask_topics(&mut self) {
        self.state.asking = None;
        let draft = self.draft().clone();
        let chosen = |on: bool, label: String| if on { format!("✓ {label}") } else { label };
        let topic = |topic: &Topic| {
            let label = self.words(&format!("topic-{}", topic.name()));
            Choice::new(format!("news/topic/{}", topic.name()), &chosen(draft.topics.contains(topic), label))
        };
        let mut choices: Vec<Choice> = Topic::ALL.iter().map(topic).collect();
        choices.push(Choice::new("news/asked", &chosen(draft.asked, self.words("topic-asked"))));
        // Always there: a number typed twice must never mean consent.
        choices.push(Choice::new("news/all", &self.words("news-all")));
        choices.push(Choice::new("news/agree", &self.words("news-agree")));
        choices.push(self.no_news_button());
        let lines = vec![
            Block::plain(self.words("news-choose")),
            Block::bullet(self.where_of(&draft)),
            Block::bullet(self.topics_of(&draft)),
        ];
        self.say_lines(lines, choices);
    }

    fn agree_news(&mut self) {
        if self.is_off(Feature::News) {
            return;
        }
        let Some(mut agreed) = self.state.news_draft.clone() else { return self.stale() };
        if agreed.topics.is_empty() && !agreed.asked {
            self.replies.clear();
            let words = self.words("news-none-chosen");
            self.ask_topics();
            if let Some(reply) = self.replies.last_mut() {
                reply.text.0.insert(0, Block::plain(words));
            }
            return;
        }
        (agreed.since, agreed.consent) = (self.world.now, CONSENT.to_owned());
        self.state.news_draft = None;
        self.state.news = Some(agreed.clone());
        self.effects.push(Effect::Subscribe(Box::new(agreed.clone())));
        let lines = vec![
            Block::plain(self.words("news-agreed")),
            Block::bullet(self.where_of(&agreed)),
            Block::bullet(self.topics_of(&agreed)),
            Block::plain(self.words("news-how-to-stop")),
        ];
        self.say_lines(lines, self.starters());
    }

    /// «Dừng nhận tin»: nothing of it is kept.
    pub(super) fn stop_news(&mut self) {
        self.state.news = None;
        self.state.news_draft = None;
        if let Some(session) = self.state.helper.as_mut() {
            session.forget_news();
        }
        self.effects.push(Effect::Unsubscribe);
        let offered = self.state.offered.clone();
        let text = Text(vec![Block::plain(self.words("news-stopped")), Block::quiet(self.words("news-emergencies"))]);
        let again = Choice::new("news", &self.words("news-button"));
        // What they are doing right now goes on.
        let busy = self.state.walking || self.state.asking.is_some() || self.state.is_with_officer();
        let choices = if busy { Vec::new() } else { vec![again, self.button("help")] };
        self.say(Message { text, choices, ..Message::default() });
        if busy {
            self.state.offered = offered;
        }
    }

    fn where_of(&self, news: &Subscription) -> String {
        let place = news.place.clone().unwrap_or_else(|| self.words("news-anywhere"));
        let place = news.hamlet.as_ref().map_or(place.clone(), |hamlet| format!("{hamlet}, {place}"));
        self.world.wording.with(self.lang, "news-your-place", [("place", place.into())])
    }

    fn topics_of(&self, news: &Subscription) -> String {
        let mut topics: Vec<String> = news.topics.iter().map(|topic| self.words(&format!("topic-{}", topic.name()))).collect();
        topics.extend(news.asked.then(|| self.words("topic-asked")));
        let topics = if topics.is_empty() { self.words("news-no-topic") } else { topics.join("; ") };
        self.world.wording.with(self.lang, "news-your-topics", [("topics", topics.into())])
    }
}

/// «Dừng nhận tin», in the words that people use.
pub(super) fn stops(text: &str) -> bool {
    const WISHES: [&str; 8] = [
        "dung nhan tin",
        "thoi nhan tin",
        "huy nhan tin",
        "khong nhan tin nua",
        "ngung nhan tin",
        "tat nhan tin",
        "stop news",
        "unsubscribe",
    ];
    WISHES.contains(&unmarked(text).as_str())
}
