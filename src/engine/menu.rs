//! Everything that is not a question: greetings, help, languages, things that are not words.

use crate::domain::{Block, Choice, Lang, Media, Message, Secret, Text};
use crate::knowledge::places::Meaning;
use crate::knowledge::search::{Syllable, syllables};

use super::{State, Talk};

/// Guides offered to somebody who has not asked yet: the most asked for at a commune's desk.
const STARTERS: [&str; 4] = ["dang-ky-khai-sinh", "chung-thuc-ban-sao", "dang-ky-thuong-tru", "xac-nhan-tinh-trang-hon-nhan"];

/// The guide on people who pretend to be officials.
const SCAMS: &str = "phong-tranh-lua-dao";

/// A wish the bot grants without a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Greeting,
    Help,
    Cancel,
    Thanks,
    Human,
    /// Another procedure than the one that was shown.
    Change,
    /// Rudeness: an apology and a person, not a page.
    Insult,
    Language(Option<Lang>),
}

/// How people address one another, and what they add for politeness: says nothing by itself.
const POLITE: [&str; 22] = [
    "em", "anh", "chi", "a", "ạ", "nha", "nhe", "nhieu", "ad", "ban", "oi", "da", "vang", "u", "uh", "um", "minh", "nhi", "lam",
    "that", "roi", "bot",
];

/// The wish that `text` is, if it is nothing else.
pub(super) fn wish(text: &str) -> Option<Wish> {
    let syllables = syllables(text);
    let folded = |syllable: &Syllable| syllable.folded.clone();
    if let Some(command) = text.trim().strip_prefix('/') {
        // Telegram appends the bot's name in groups: /help@motcua_bot
        return command.split(['@', ' ']).next().and_then(command_wish);
    }
    let whole = syllables.iter().map(folded).collect::<Vec<_>>().join(" ");
    let bare: Vec<String> = syllables.iter().map(folded).filter(|word| !POLITE.contains(&word.as_str())).collect();
    if bare.is_empty() && !syllables.is_empty() {
        return Some(Wish::Thanks); // «dạ», «vâng ạ»
    }
    word_wish(&whole).or_else(|| word_wish(&bare.join(" ")))
}

fn word_wish(said: &str) -> Option<Wish> {
    Some(match said {
        "xin chao" | "cho hoi" | "cho hoi voi" | "cho em hoi" | "cho chi hoi" | "cho toi hoi" | "chao" | "chao ban"
        | "chao ad" | "hello" | "hi" | "alo" | "a lo" | "hey" | "chao em" | "em chao" | "chao anh chi" => Wish::Greeting,
        "help" | "tro giup" | "huong dan" | "menu" | "giup" | "giup toi" | "bat dau" | "start" | "ban la ai" | "la ai"
        | "ten gi" | "ban ten gi" | "ban lam duoc gi" | "lam duoc gi" | "who are you" => Wish::Help,
        "huy" | "huy bo" | "cancel" | "lam lai" | "bat dau lai" | "thoat" | "stop" => Wish::Cancel,
        "cam on" | "cam on ban" | "cam on nhieu" | "da cam on" | "thanks" | "thank you" | "ok cam on" | "tks" | "ok" | "oke"
        | "dung roi" | "dung" | "chuan" | "that is it" => Wish::Thanks,
        "khong phai" | "khong phai cai do" | "khong phai cai nay" | "sai" | "khong dung" | "nham" | "thu tuc khac" | "khong"
        | "other procedure" | "another procedure" | "not this one" => Wish::Change,
        "ngu" | "ngu the" | "may ngu" | "im di" | "dm" => Wish::Insult,
        "gap nguoi" | "person" | "human" | "gap can bo" | "hoi can bo" => Wish::Human,
        "english" | "tieng anh" | "speak english" | "in english" => Wish::Language(Some(Lang::En)),
        "tieng viet" | "vietnamese" | "noi tieng viet" => Wish::Language(Some(Lang::Vi)),
        "language" | "ngon ngu" | "doi ngon ngu" => Wish::Language(None),
        _ => return None,
    })
}

fn command_wish(command: &str) -> Option<Wish> {
    Some(match command.to_lowercase().as_str() {
        "start" => Wish::Greeting,
        "help" | "trogiup" => Wish::Help,
        "cancel" | "huy" => Wish::Cancel,
        "person" | "canbo" => Wish::Human,
        "language" | "ngonngu" => Wish::Language(None),
        "vi" => Wish::Language(Some(Lang::Vi)),
        "en" => Wish::Language(Some(Lang::En)),
        _ => return None,
    })
}

impl Talk<'_> {
    pub(super) fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Greeting => self.greet(),
            Wish::Help => self.help(),
            Wish::Cancel => self.start_again(),
            Wish::Thanks => {
                let message = Message::plain(&self.words("thanks"));
                self.say(message);
            }
            Wish::Human => self.human(),
            Wish::Change => self.change(),
            Wish::Insult => {
                let message = Message::plain(&self.words("insult")).with_choices(vec![self.button("human"), self.button("help")]);
                self.say(message);
            }
            Wish::Language(Some(lang)) => self.speak(lang.code()),
            Wish::Language(None) => {
                let choices = Lang::ALL.map(|lang| Choice::new(format!("lang/{lang}"), &self.words(&format!("language-{lang}"))));
                let message = Message::plain(&self.words("choose-language")).with_choices(choices.into());
                self.say(message);
            }
        }
    }

    /// Somebody opened the conversation; `payload` may name a guide (`.` written as `_`, since links allow no dots).
    pub(super) fn joined(&mut self, payload: Option<&str>) {
        let slug = payload.map(|payload| payload.replace('_', "."));
        match slug.filter(|slug| self.world.library.by_slug(slug).is_some()) {
            Some(slug) => {
                self.open(&slug, None);
                self.introduce();
            }
            None => self.greet(),
        }
    }

    fn greet(&mut self) {
        let province = self.world.office.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        let hello = self.world.wording.with(self.lang, "greeting", [("province", province.into())]);
        self.state = State { introduced: true, ..self.state.begun_again() };
        let blocks =
            vec![Block::plain(hello), Block::plain(self.words("greeting-how")), Block::quiet(self.words("help-secrets"))];
        let message = Message { text: Text(blocks), ..Message::default() }.with_choices(self.starters());
        self.say(message);
    }

    fn help(&mut self) {
        let lines = ["help-who", "help", "help-ask", "help-buttons", "help-words", "help-secrets"]
            .map(|key| Block::plain(self.words(key)));
        self.state.introduced = true;
        let message = Message { text: Text(lines.into()), ..Message::default() }.with_choices(self.starters());
        self.say(message);
    }

    fn starters(&self) -> Vec<Choice> {
        let known = STARTERS.iter().filter_map(|slug| self.world.library.by_slug(slug));
        let mut choices: Vec<Choice> =
            known.map(|guide| Choice::new(format!("guide/{}", guide.slug), &guide.text(self.lang).title)).collect();
        let other = if self.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        choices.push(Choice::new(format!("lang/{other}"), &self.words(&format!("language-{other}"))));
        choices
    }

    fn start_again(&mut self) {
        self.state = self.state.begun_again();
        let message = Message::plain(&self.words("cancelled")).with_choices(self.starters());
        self.say(message);
    }

    pub(super) fn speak(&mut self, code: &str) {
        let Some(lang) = Lang::from_tag(code) else { return self.stale() };
        self.state.lang_chosen = true;
        self.state.lang = Some(lang);
        self.lang = lang;
        let choices = match self.topic_guide() {
            Some(guide) => vec![Choice::new(format!("guide/{}", guide.slug), &guide.text(lang).title)],
            None => self.starters(),
        };
        let message = Message::plain(&self.words("language-set")).with_choices(choices);
        self.say(message);
    }

    pub(super) fn human(&mut self) {
        let office = self.world.office;
        let mut lines = vec![Block::plain(self.words("human"))];
        if let Some(number) = &office.hotline {
            let name = office.name.clone().unwrap_or_else(|| "hotline".to_owned());
            let words =
                self.world.wording.with(self.lang, "human-hotline", [("number", number.as_str().into()), ("name", name.into())]);
            lines.push(Block::Bullet(vec![crate::domain::Span::Plain(words)]));
        }
        for key in ["human-desk", "human-national"] {
            lines.push(Block::Bullet(vec![crate::domain::Span::Plain(self.words(key))]));
        }
        lines.push(Block::quiet(self.words("human-scam")));
        let message = Message { text: Text(lines), ..Message::default() }.with_choices(vec![self.button("help")]);
        self.say(message);
    }

    pub(super) fn office(&mut self) {
        let office = self.world.office;
        let mut lines = vec![Block::plain(self.words("office"))];
        let known = [
            ("office-phone", "number", &office.hotline),
            ("office-hours", "hours", &office.hours),
            ("office-address", "address", &office.address),
        ];
        for (key, variable, value) in known {
            if let Some(value) = value {
                lines.push(Block::plain(self.world.wording.with(self.lang, key, [(variable, value.as_str().into())])));
            }
        }
        if lines.len() == 1 {
            lines.push(Block::plain(self.words("office-missing")));
        }
        let message = Message { text: Text(lines), ..Message::default() }.with_choices(vec![self.button("human")]);
        self.say(message);
    }

    pub(super) fn emergency(&mut self) {
        let lines = vec![Block::heading(self.words("emergency")), Block::plain(self.words("emergency-after"))];
        let message = Message { text: Text(lines), ..Message::default() }.with_choices(vec![self.button("human")]);
        self.say(message);
    }

    /// Somebody is being cheated, or was.
    pub(super) fn fraud(&mut self) {
        let guide = self.world.library.by_slug(SCAMS);
        let mut choices: Vec<Choice> =
            guide.map(|guide| Choice::new(format!("guide/{SCAMS}"), &guide.text(self.lang).title)).into_iter().collect();
        choices.push(self.button("human"));
        let lines = ["fraud", "fraud-then", "human-scam"].map(|key| Block::plain(self.words(key)));
        let message = Message { text: Text(lines.into()), ..Message::default() }.with_choices(choices);
        self.say(message);
    }

    /// Somebody asks what has become of a place; every meaning is told, since old names clash.
    pub(super) fn place(&mut self, meanings: &[Meaning]) {
        let units = &self.world.library.places().units;
        let mut lines: Vec<Block> = Vec::new();
        let mut districts: Vec<&str> = Vec::new();
        for meaning in meanings {
            let (key, at, name) = match *meaning {
                Meaning::Unit(at) => ("place-unit", at, &units[at].name),
                Meaning::Former(at, former) => ("place-former", at, &units[at].former[former]),
                Meaning::District(at) if districts.contains(&units[at].district.as_str()) => continue,
                Meaning::District(at) => {
                    districts.push(&units[at].district);
                    ("place-district", at, &units[at].district)
                }
            };
            let unit = &units[at];
            let of_district = || units.iter().filter(|other| other.district == unit.district).map(|other| other.name.as_str());
            let now = if key == "place-district" { of_district().collect::<Vec<_>>().join(", ") } else { unit.name.clone() };
            let values = [
                ("name", name.as_str().into()),
                ("now", now.into()),
                ("former", unit.former.join(", ").into()),
                ("district", unit.district.as_str().into()),
                ("province", unit.former_province.as_str().into()),
            ];
            lines.push(Block::Bullet(vec![crate::domain::Span::Plain(self.world.wording.with(self.lang, key, values))]));
        }
        let head = if lines.len() > 1 { "place-several" } else { "place-one" };
        lines.insert(0, Block::plain(self.words(head)));
        let message =
            Message { text: Text(lines), ..Message::default() }.with_choices(vec![self.button("help"), self.button("human")]);
        self.say(message);
    }

    /// Somebody asks how far a dossier is.
    pub(super) fn dossier(&mut self) {
        let lines = vec![Block::plain(self.words("dossier")), Block::plain(self.words("dossier-where"))];
        let message =
            Message { text: Text(lines), ..Message::default() }.with_choices(vec![self.button("human"), self.button("help")]);
        self.say(message);
    }

    /// Somebody sent what nobody may ask for.
    pub(super) fn warn(&mut self, secret: Secret) {
        let key = match secret {
            Secret::OneTimeCode => "secret-one-time-code",
            Secret::Card => "secret-card",
            Secret::Password => "secret-password",
        };
        let lines = vec![Block::plain(self.words(key)), Block::quiet(self.words("secret-scam"))];
        let message =
            Message { text: Text(lines), ..Message::default() }.with_choices(vec![self.button("help"), self.button("human")]);
        self.say(message);
    }

    pub(super) fn media(&mut self, media: Media) {
        let key = match media {
            Media::Sticker => "media-sticker",
            Media::Voice => "media-voice",
            Media::Photo => "media-photo",
            Media::Video => "media-video",
            Media::File => "media-file",
            Media::Location => "media-location",
            Media::Contact => "media-contact",
            Media::Other => "media-other",
        };
        let mut message = Message::plain(&self.words(key));
        message.choices = if self.state.offered.is_empty() {
            vec![self.button("help"), self.button("human")]
        } else {
            self.state.offered.clone()
        };
        self.say(message);
    }

    pub(super) fn stale(&mut self) {
        let message = Message::plain(&self.words("stale-button")).with_choices(vec![self.button("help"), self.button("human")]);
        self.say(message);
    }

    /// The button for a menu word: `help` or `human`.
    pub(super) fn button(&self, name: &str) -> Choice {
        Choice::new(name, &self.words(&format!("{name}-button")))
    }

    /// Says once in a conversation that this is a program.
    pub(super) fn introduce(&mut self) {
        if !self.state.introduced {
            self.state.introduced = true;
            self.remark("first-time");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_work_with_a_bots_name_and_words_without_diacritics() {
        assert_eq!(wish("/help@motcua_bot"), Some(Wish::Help));
        assert_eq!(wish("Tiếng Việt"), Some(Wish::Language(Some(Lang::Vi))));
        assert_eq!(wish("HUY"), Some(Wish::Cancel));
        assert_eq!(wish("hủy đăng ký tạm trú"), None);
        assert_eq!(wish("/unknown"), None);
        assert_eq!(wish("dạ vâng ạ"), Some(Wish::Thanks));
        assert_eq!(wish("cảm ơn em nhiều nha"), Some(Wish::Thanks));
        assert_eq!(wish("không phải cái đó"), Some(Wish::Change));
    }
}
