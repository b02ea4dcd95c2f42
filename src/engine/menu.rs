//! Everything that is not a question: greetings, help, languages, things that are not words.

use crate::domain::{Block, Choice, Lang, Media};
use crate::knowledge::search::{Syllable, joined, syllables};

use super::{Effect, State, Talk};

/// Guides offered to somebody who has not asked yet: the most asked for at a commune's desk.
const STARTERS: [&str; 4] = ["dang-ky-khai-sinh", "chung-thuc-ban-sao", "dang-ky-thuong-tru", "xac-nhan-tinh-trang-hon-nhan"];

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
    /// To be guided step by step.
    Walks,
    /// The list of papers that was made.
    Papers,
    /// To help other people on this phone.
    HelpSomebody,
    /// The dossiers they follow.
    Dossiers,
    /// To look a dossier up.
    LookUp,
    /// Not to be written to at night, or to be.
    Nights(bool),
    /// To link this place with another, or to see what is linked.
    Links,
    /// To be told of news, or to see what was chosen.
    News,
    /// They do not understand, or cannot read or type well.
    Lost,
}

/// What people say who are lost, and the words around it that tell nothing.
const LOST: [&str; 17] = [
    "khong hieu",
    "chua hieu",
    "ko hieu",
    "khong biet chu",
    "khong biet doc",
    "khong biet viet",
    "khong biet go",
    "khong biet bam",
    "khong biet dung",
    "ko biet chu",
    "ko biet bam",
    "noi lai",
    "giai thich lai",
    "tu van giup",
    "giup toi voi",
    "giup em voi",
    "chu nho",
];
const AROUND_LOST: [&str; 25] = [
    "toi", "tui", "me", "bo", "ba", "gia", "chau", "bac", "co", "chu", "gi", "het", "nua", "qua", "ca", "nen", "may", "dien",
    "thoai", "mat", "kem", "di", "giup", "voi", "cho",
];
/// Cries that may be more than being lost.
const CRIES: [&str; 2] = ["giup toi voi", "giup em voi"];

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
    let whole = joined(&syllables);
    let bare: Vec<String> = syllables.iter().map(folded).filter(|word| !POLITE.contains(&word.as_str())).collect();
    if bare.is_empty() && !syllables.is_empty() {
        return Some(Wish::Thanks); // «dạ», «vâng ạ»
    }
    word_wish(&whole).or_else(|| word_wish(&bare.join(" "))).or_else(|| is_lost(&whole).then_some(Wish::Lost))
}

/// «Tôi già không biết bấm»: nothing but that.
fn is_lost(said: &str) -> bool {
    LOST.iter().any(|lost| {
        let said = format!(" {said} ");
        let around = said.split_once(&format!(" {lost} "));
        let words = |(before, after): (&str, &str)| format!("{before} {after}");
        around
            .map(words)
            .is_some_and(|around| around.split_whitespace().all(|word| AROUND_LOST.contains(&word) || POLITE.contains(&word)))
    })
}

/// Whether words of somebody who is lost may be a cry for help.
pub(super) fn may_be_a_cry(text: &str) -> bool {
    CRIES.contains(&joined(&syllables(text)).as_str())
}

fn word_wish(said: &str) -> Option<Wish> {
    Some(match said {
        "xin chao" | "cho hoi" | "cho hoi voi" | "cho em hoi" | "cho chi hoi" | "cho toi hoi" | "chao" | "chao ban"
        | "chao ad" | "hello" | "hi" | "alo" | "a lo" | "hey" | "chao em" | "em chao" | "chao anh chi" => Wish::Greeting,
        "help" | "tro giup" | "huong dan" | "menu" | "giup" | "giup toi" | "bat dau" | "start" | "ban la ai" | "la ai"
        | "ten gi" | "ban ten gi" | "ban lam duoc gi" | "lam duoc gi" | "who are you" => Wish::Help,
        "huy" | "huy bo" | "cancel" | "bat dau lai" | "thoat" | "stop" => Wish::Cancel,
        "cam on" | "cam on ban" | "cam on nhieu" | "da cam on" | "thanks" | "thank you" | "ok cam on" | "tks" | "ok" | "oke"
        | "dung roi" | "dung" | "chuan" | "that is it" => Wish::Thanks,
        "khong phai" | "khong phai cai do" | "khong phai cai nay" | "sai" | "khong dung" | "nham" | "thu tuc khac" | "khong"
        | "other procedure" | "another procedure" | "not this one" => Wish::Change,
        "ngu" | "ngu the" | "may ngu" | "im di" | "dm" => Wish::Insult,
        "gap nguoi" | "person" | "human" | "gap can bo" | "hoi can bo" => Wish::Human,
        "english" | "tieng anh" | "speak english" | "in english" => Wish::Language(Some(Lang::En)),
        "tieng viet" | "vietnamese" | "noi tieng viet" => Wish::Language(Some(Lang::Vi)),
        "huong dan tung buoc"
        | "tung buoc"
        | "lam tung buoc"
        | "cam tay chi viec"
        | "chi tung buoc"
        | "step by step"
        | "walks" => Wish::Walks,
        "giay to cua toi" | "danh sach giay to" | "danh sach cua toi" | "giay to cua em" | "my papers" | "my list" => {
            Wish::Papers
        }
        "lien ket" | "lien ket kenh" | "lien ket may" | "lien ket tai khoan" | "lien ket zalo" | "lien ket telegram"
        | "golienket" | "go lien ket" | "bo lien ket" | "huy lien ket" | "dung lien ket" | "link" | "unlink"
        | "link my phones" => Wish::Links,
        "ho so cua toi" | "ho so cua em" | "ho so dang theo doi" | "my dossiers" => Wish::Dossiers,
        "khong nhan ban dem" | "dung nhan ban dem" | "tat tin ban dem" | "no messages at night" => Wish::Nights(true),
        "nhan ca ban dem" | "bat tin ban dem" | "messages at night" => Wish::Nights(false),
        "xem ho so cua toi" | "look up a dossier" => Wish::LookUp,
        "nhan tin"
        | "dang ky nhan tin"
        | "nhan tin cua xa"
        | "nhan thong bao"
        | "nhan tin cua xa phuong"
        | "news"
        | "get news" => Wish::News,
        "giup do" | "giup do nguoi dan" | "help somebody" => Wish::HelpSomebody,
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
        "walks" | "tungbuoc" => Wish::Walks,
        "papers" | "giayto" => Wish::Papers,
        "hoso" | "dossiers" => Wish::Dossiers,
        "tracuu" | "lookup" => Wish::LookUp,
        "lienket" | "golienket" | "link" | "unlink" => Wish::Links,
        "nhantin" | "news" => Wish::News,
        "giupdo" | "helper" => Wish::HelpSomebody,
        "language" | "ngonngu" => Wish::Language(None),
        "vi" => Wish::Language(Some(Lang::Vi)),
        "en" => Wish::Language(Some(Lang::En)),
        _ => return None,
    })
}

impl Talk<'_> {
    pub(super) fn grant(&mut self, wish: Wish) {
        if Self::feature_of_wish(&wish).is_some_and(|feature| self.is_off(feature)) {
            return;
        }
        match wish {
            Wish::Greeting => self.greet(),
            Wish::Help => self.help(),
            Wish::Cancel => self.start_again(),
            Wish::Thanks => self.say_words("thanks", Vec::new()),
            Wish::Lost => self.say_words("lost", self.ways_on()),
            Wish::Human => self.human(),
            Wish::Change => self.change(),
            Wish::Insult => self.say_words("insult", vec![self.button("human"), self.button("help")]),
            Wish::Walks => self.walk_menu(),
            Wish::Papers => self.show_lists(),
            Wish::HelpSomebody => self.help_somebody(),
            Wish::Links => self.show_links(),
            Wish::News => self.show_news(),
            Wish::Dossiers => self.my_dossiers(),
            Wish::LookUp => self.dossier(""),
            Wish::Nights(quiet) => {
                self.state.quiet_nights = quiet;
                self.say_words(if quiet { "nights-quiet" } else { "nights-loud" }, self.ways_on());
            }
            Wish::Language(Some(lang)) => self.speak(lang.code()),
            Wish::Language(None) => {
                let choices = Lang::ALL.map(|lang| Choice::new(format!("lang/{lang}"), &self.words(&format!("language-{lang}"))));
                self.say_words("choose-language", choices.into());
            }
        }
    }

    /// Whether a word is one that links of ours carry: of a walk, a dossier, a guide.
    pub(super) fn is_word_of_ours(&self, word: &str) -> bool {
        let library = self.world.library;
        let walk = word.strip_prefix("walk-").is_some_and(|slug| library.walk(slug).is_some());
        walk || word.starts_with(super::dossier::LINK)
            || word.starts_with(super::announce::LINK)
            || library.has(&word.replace('_', "."))
    }

    /// Somebody opened the conversation; `payload` may name a guide (`.` written as `_`, since links allow no dots).
    pub(super) fn joined(&mut self, payload: Option<&str>) {
        if let Some(slug) = payload.and_then(|payload| payload.strip_prefix("walk-")) {
            return self.walk_pressed(slug, None);
        }
        if let Some(token) = payload.filter(|payload| payload.starts_with(super::dossier::LINK)) {
            return self.follow_link(token);
        }
        if payload.is_some_and(|payload| payload.starts_with(super::announce::LINK)) && self.state.announced.is_some() {
            return self.show_broadcast();
        }
        let slug = payload.map(|payload| payload.replace('_', "."));
        match slug.filter(|slug| self.world.library.has(slug)) {
            Some(slug) => {
                self.open(&slug, None);
                self.introduce();
            }
            None => self.greet(),
        }
    }

    /// Somebody opened the chat without a word: whoever was here before is not greeted again.
    pub(super) fn opened(&mut self) {
        if !self.state.introduced {
            self.greet();
        }
    }

    fn greet(&mut self) {
        let province = self.world.office.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        let hello = self.world.wording.with(self.lang, "greeting", [("province", province.into())]);
        self.state = State { introduced: true, ..self.state.begun_again() };
        let choices = self.with_unfinished(self.starters());
        let blocks =
            vec![Block::plain(hello), Block::plain(self.words("greeting-how")), Block::quiet(self.words("help-secrets"))];
        self.say_lines(blocks, choices);
    }

    fn help(&mut self) {
        let lines = ["help-who", "help", "help-ask", "help-buttons", "help-words", "help-secrets"]
            .map(|key| Block::plain(self.words(key)));
        self.state.introduced = true;
        let mut choices = self.starters();
        choices.push(Choice::new("news", &self.words("news-button")));
        self.say_lines(lines.into(), choices);
    }

    pub(super) fn starters(&self) -> Vec<Choice> {
        let known = STARTERS.iter().filter_map(|slug| self.world.library.by_slug(slug));
        let mut choices: Vec<Choice> =
            known.map(|guide| Choice::new(format!("guide/{}", guide.slug), &guide.text(self.lang).title)).collect();
        if self.world.library.walks().next().is_some() {
            choices.push(Choice::new("walks", &self.words("walks-button")));
        }
        let other = if self.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        choices.push(Choice::new(format!("lang/{other}"), &self.words(&format!("language-{other}"))));
        choices
    }

    fn start_again(&mut self) {
        self.state = self.state.begun_again();
        self.say_words("cancelled", self.with_unfinished(self.starters()));
    }

    pub(super) fn speak(&mut self, code: &str) {
        let Some(lang) = Lang::from_tag(code) else { return self.stale() };
        self.state.lang_chosen = true;
        self.state.lang = Some(lang);
        self.lang = lang;
        // News comes in the language that they chose.
        if let Some(news) = self.state.news.clone() {
            self.effects.push(Effect::Subscribe(Box::new(news)));
        }
        let choices = match self.topic_guide() {
            Some(guide) => vec![Choice::new(format!("guide/{}", guide.slug), &guide.text(lang).title)],
            None => self.starters(),
        };
        self.say_words("language-set", choices);
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
        let offered = self.state.offered.clone();
        self.say_words(key, if offered.is_empty() { self.ways_on() } else { offered });
    }

    /// They say more than is taken: what is on offer stays so.
    pub(super) fn too_much(&mut self) {
        let offered = self.state.offered.clone();
        self.say_words("too-much", offered);
    }

    pub(super) fn stale(&mut self) {
        self.say_words("stale-button", self.ways_on());
    }

    /// Where to go when nothing else is on offer.
    pub(super) fn ways_on(&self) -> Vec<Choice> {
        vec![self.button("help"), self.button("human")]
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
