//! Buttons that are typed: «2», «số 2», the label with or without diacritics, or with a slip of the finger.

use crate::domain::{Choice, ChoiceId};
use crate::knowledge::search::{Syllable, joined, syllables};

/// Labels shorter than this (folded, in letters) must be typed exactly: one slip turns «có» into «cô».
const SHORTEST_FORGIVEN: usize = 6;
/// Answers of one word that stand for the one label that begins with them: «có» for «Có, còn hạn».
const YES_OR_NO: [&str; 6] = ["co", "khong", "chua", "roi", "yes", "no"];
/// Words that turn an answer into its opposite.
const DENIALS: [&str; 8] = ["khong", "ko", "chua", "chang", "dau", "not", "no", "never"];
/// Words beside a label that say nothing: «em thì chưa có ạ».
const FILLERS: [&str; 22] = [
    "em", "toi", "minh", "anh", "chi", "chau", "bac", "a", "da", "vang", "u", "thi", "la", "roi", "nhe", "nha", "day", "i",
    "yes", "it", "is", "thoi",
];
/// Words that a title may have and that say nothing by themselves.
const EVERYWHERE: [&str; 16] =
    ["cho", "co", "cua", "la", "va", "voi", "duoc", "nguoi", "khong", "chua", "da", "con", "lam", "giay", "thu", "tuc"];
/// Longest words that tell one button from the others, in syllables.
const MOST_TELLING: usize = 4;
/// Higher numbers than any list of buttons has are figures that somebody asks about.
const MOST_CHOICES: usize = 99;

/// What a typed text means for the buttons on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed<'a> {
    /// This button.
    Choice(&'a Choice),
    /// A number that no button has.
    NoSuchNumber(usize),
    /// Not a button: read it as words.
    Words,
}

/// First parts of the ids of our buttons.
const OURS: [&str; 12] = ["guide", "walk", "list", "helper", "lang", "link", "dossier", "desk", "news", "data", "cast", "tell"];
/// Ids of one part that nobody says to an officer either, as they may say «right».
const OF_ONE_PART: [&str; 2] = ["tell", "walks"];

/// The button whose id `text` is: some channels send that when a button is pressed, as if it had been typed.
pub(super) fn payload(text: &str, offered: &[Choice]) -> Option<ChoiceId> {
    let text = text.trim();
    let on_offer = offered.iter().find(|choice| choice.id.as_str() == text).map(|choice| choice.id.clone());
    let ours = || {
        let Some((first, rest)) = text.split_once('/') else {
            return OF_ONE_PART.contains(&text).then(|| ChoiceId::from_wire(text));
        };
        let plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.-+_".contains(&byte));
        (OURS.contains(&first) && plain).then(|| ChoiceId::from_wire(text))
    };
    on_offer.or_else(ours)
}

/// Reads `text` against the buttons on offer.
pub fn typed<'a>(text: &str, offered: &'a [Choice]) -> Typed<'a> {
    let said = syllables(text);
    // «Mức 2» may be the label of another button than the second.
    let whole = joined(&said);
    if whole.is_empty() {
        return Typed::Words;
    }
    let labels: Vec<String> = offered.iter().map(|choice| joined(&syllables(&choice.label))).collect();
    if let Some(at) = labels.iter().position(|label| *label == whole) {
        return Typed::Choice(&offered[at]);
    }
    if let Some(number) = number(&said) {
        return match offered.get(number.wrapping_sub(1)) {
            Some(choice) => Typed::Choice(choice),
            None if number <= MOST_CHOICES => Typed::NoSuchNumber(number),
            None => Typed::Words,
        };
    }
    let said = whole;
    let letters = said.chars().count();
    let alike = || {
        labels.iter().position(|label| {
            label.len() >= SHORTEST_FORGIVEN
                // One slip adds or takes one letter at most: longer sentences need not be compared.
                && label.chars().count().abs_diff(letters) <= 1
                && digits(label) == digits(&said)
                && strsim::osa_distance(label, &said) == 1
        })
    };
    let begun = || {
        let mut begun = labels.iter().enumerate().filter(|(_, label)| label.starts_with(&format!("{said} ")));
        begun.next().filter(|_| begun.next().is_none() && said.contains(' ')).map(|(at, _)| at)
    };
    let only = || {
        let mut only = labels.iter().enumerate().filter(|(_, label)| label.split(' ').next() == Some(said.as_str()));
        only.next().filter(|_| only.next().is_none() && YES_OR_NO.contains(&said.as_str())).map(|(at, _)| at)
    };
    begun().or_else(only).or_else(alike).map_or(Typed::Words, |at| Typed::Choice(&offered[at]))
}

/// `said` without what people say around an answer: «còn hạn ạ», «dạ có».
pub(super) fn trimmed(said: &[Syllable]) -> &[Syllable] {
    let tells = |word: &Syllable| !FILLERS.contains(&word.folded.as_str());
    let from = said.iter().position(tells).unwrap_or(said.len());
    let to = said.iter().rposition(tells).map_or(from, |last| last + 1);
    &said[from..to]
}

/// The one of `labels` that alone has `said` in it: «lần đầu» of «Cấp lần đầu», beside «Cấp lại» and «Cấp đổi».
pub(super) fn told_apart<'a>(said: &[Syllable], labels: impl Iterator<Item = &'a str>) -> Option<usize> {
    let said = trimmed(said);
    // «Cho cháu», «có ạ»: words that stand in any title tell nothing.
    if said.len() > MOST_TELLING || said.iter().all(|word| EVERYWHERE.contains(&word.folded.as_str())) {
        return None;
    }
    let has = |label: &str| {
        syllables(label).windows(said.len()).any(|words| words.iter().zip(said).all(|(word, said)| alike(said, word)))
    };
    let mut having = labels.enumerate().filter(|(_, label)| has(label));
    having.next().filter(|_| having.next().is_none()).map(|(at, _)| at)
}

/// The one of `labels` whose words are all in `said`, which has little else in it: «em chưa có» means «Chưa có». Or the
/// one that `said` is a part of. What is denied on one side only is never meant: «không khớp» is not «Khớp».
pub(super) fn mentioned<'a>(said: &[Syllable], labels: impl Iterator<Item = &'a str>) -> Option<usize> {
    let labels: Vec<Vec<Syllable>> = labels.map(syllables).collect();
    let agreeing: Vec<(usize, &[Syllable])> = labels
        .iter()
        .enumerate()
        .filter(|(_, label)| !label.is_empty() && denies(label) == denies(said))
        .map(|(at, label)| (at, label.as_slice()))
        .collect();
    // The better half of one label, at its beginning or end: «còn hạn» of «Có, còn hạn».
    let told = trimmed(said);
    let part = |label: &[Syllable]| {
        let same = |words: &[Syllable]| words.iter().zip(told).all(|(word, said)| alike(said, word));
        told.len() <= label.len()
            && told.len() * 2 >= label.len()
            && (same(&label[..told.len()]) || same(&label[label.len() - told.len()..]))
    };
    if told.len() > 1
        && let [(at, _)] = agreeing.iter().filter(|(_, label)| part(label)).collect::<Vec<_>>()[..]
    {
        return Some(*at);
    }
    // Beside the words of a label only such as say nothing: «cho mẹ tôi» is not «Cho tôi».
    let within = |label: &[Syllable]| {
        label.iter().all(|word| said.iter().any(|other| alike(other, word)))
            && said.iter().all(|word| FILLERS.contains(&word.folded.as_str()) || label.iter().any(|other| alike(word, other)))
    };
    let fitting = agreeing.into_iter().filter(|(_, label)| within(label));
    let fitting: Vec<(usize, usize)> = fitting.map(|(at, label)| (at, label.len())).collect();
    let longest = fitting.iter().map(|(_, length)| *length).max()?;
    match fitting.iter().filter(|(_, length)| *length == longest).collect::<Vec<_>>()[..] {
        [(at, _)] => Some(*at),
        _ => None,
    }
}

/// The same word, as far as the citizen's keyboard had marks.
fn alike(said: &Syllable, label: &Syllable) -> bool {
    said.folded == label.folded && (said.marked == said.folded || said.marked == label.marked)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn denies(words: &[Syllable]) -> bool {
    words.iter().any(|word| DENIALS.contains(&word.folded.as_str()))
}

/// The number in «2», «số 2», «chọn 2», «nút 2», «option 2»; any other word makes it a question.
fn number(said: &[Syllable]) -> Option<usize> {
    let words: Vec<&str> = said.iter().map(|syllable| syllable.folded.as_str()).collect();
    match words.as_slice() {
        [digits]
        | ["cai" | "so" | "chon" | "nut" | "cau" | "option" | "number" | "choose", digits]
        | ["chon" | "nut" | "cai", "so" | "thu", digits] => digits.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered() -> Vec<Choice> {
        vec![Choice::new("a", "Giấy tờ cần mang"), Choice::new("b", "Lệ phí"), Choice::new("c", "Thời gian")]
    }

    #[test]
    fn a_number_means_the_button_at_that_place() {
        let offered = offered();
        for text in ["2", " 2. ", "số 2", "so 2", "chọn số 2", "cái thứ 2"] {
            assert_eq!(typed(text, &offered), Typed::Choice(&offered[1]), "{text}");
        }
        assert_eq!(typed("7", &offered), Typed::NoSuchNumber(7));
        assert_eq!(typed("0", &offered), Typed::NoSuchNumber(0));
    }

    #[test]
    fn a_label_may_be_typed_without_diacritics_or_with_a_slip() {
        let offered = offered();
        assert_eq!(typed("le phi", &offered), Typed::Choice(&offered[1]));
        assert_eq!(typed("THOI GIAN!", &offered), Typed::Choice(&offered[2]));
        assert_eq!(typed("giay to can mnag", &offered), Typed::Choice(&offered[0]));
        assert_eq!(typed("giấy tờ", &offered), Typed::Choice(&offered[0]), "the beginning of one label only");
    }

    #[test]
    fn an_answer_in_ones_own_words_is_never_taken_for_its_opposite() {
        let meant = |said: &str, labels: [&str; 2]| mentioned(&syllables(said), labels.into_iter());
        assert_eq!(meant("em chưa có ạ", ["Có", "Chưa có"]), Some(1));
        assert_eq!(meant("em có rồi", ["Có rồi", "Chưa có"]), Some(0));
        assert_eq!(meant("còn hạn", ["Có, còn hạn", "Đã hết hạn"]), Some(0));
        assert_eq!(meant("không khớp cả ba", ["Khớp cả ba", "Có chỗ không khớp"]), None);
        assert_eq!(meant("không có khoản phải nộp", ["Có khoản phải nộp", "Hồ sơ ghi là đã nộp"]), None);
        assert_eq!(meant("không có", ["Có", "Tôi đã đổi sang máy mới"]), None);
        assert_eq!(meant("cho mẹ tôi", ["Cho tôi", "Làm thay người khác"]), None);
        assert_eq!(meant("bị trừ tiền", ["Tôi bị trừ tiền hai lần", "Đã ghi nhận"]), None);
        assert_eq!(meant("chưa muốn ghi tên cha", ["Chưa kết hôn, muốn ghi tên cha", "Đã đăng ký kết hôn"]), None);
        assert_eq!(meant("của tôi", ["Điện thoại của tôi", "Máy tính của tôi"]), None, "either");
    }

    #[test]
    fn the_id_of_a_button_means_it_however_old_it_is() {
        let offered = [Choice::new("change", "Thủ tục khác"), Choice::new("guide/a.b-c/fee", "Lệ phí")];
        let id = |text: &str| payload(text, &offered).map(|id| id.as_str().to_owned());
        assert_eq!(id("change").as_deref(), Some("change"));
        assert_eq!(id(" guide/a.b-c/fee ").as_deref(), Some("guide/a.b-c/fee"));
        assert_eq!(id("walk/vneid/-start").as_deref(), Some("walk/vneid/-start"), "of an older message");
        for words in ["118/2025/NĐ-CP", "walk/đi bộ", "guide", "human", "right", "vợ/chồng"] {
            assert_eq!(id(words), None, "{words}");
        }
    }

    #[test]
    fn every_button_that_is_understood_is_known_by_its_id() {
        let (_, choice) = include_str!("mod.rs").split_once("fn choice(").unwrap();
        let (arms, _) = choice.split_once("_ => self.stale()").unwrap();
        let firsts = arms.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split_once('"'));
        let (of_one, of_more): (Vec<_>, Vec<_>) = firsts.partition(|(_, rest)| rest.starts_with(", None, None)"));
        assert!(of_more.len() > 10 && of_one.len() > 5);
        for (first, _) in of_more {
            assert!(payload(&format!("{first}/x"), &[]).is_some(), "{first}");
        }
    }

    #[test]
    fn a_question_is_not_a_button() {
        let offered = offered();
        let levels = [Choice::new("a", "Mức 2"), Choice::new("b", "Mức 1")];
        assert_eq!(typed("mức 3", &levels), Typed::Words, "no button's number, and no slip of another figure");
        assert_eq!(typed("mức 2", &levels), Typed::Choice(&levels[0]), "a label before a number");
        for text in ["2 vợ chồng", "lệ phí bao nhiêu", "1.001193", "200000"] {
            assert_eq!(typed(text, &offered), Typed::Words, "{text}");
        }
    }
}
