//! Questions that teach us something: unanswered ones, and answers that somebody judged. They are kept without the person.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::pattern::pattern;

/// Longer questions are cut here, in letters: what tells is in the beginning, and stories name people.
const LONGEST: usize = 200;

static TRACES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)https?://\S+|www\.\S+|\S+@\S+|\d[\d .-]{7,}\d|[\d*][\d*.,/:-]{2,}[\d*]|\d{4,}|\+\d+"));
/// Words after which a name follows.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b((?i:tên là|tên|ten la|cháu|bé|ông|bà|anh|chị|em|cô|chú|bác|con|vợ|chồng))((?: \p{Lu}\p{Ll}*)+)")
});
/// Capitals inside a sentence: names of people and places.
static CAPITALS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\p{Ll} )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*)+"));

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No guide fitted.
    Unanswered,
    /// The citizen said that the guide was not the one.
    Wrong,
    /// The citizen said that it was.
    Right,
}

impl Outcome {
    /// All of them, those that ask for work first.
    pub const ALL: [Self; 3] = [Self::Unanswered, Self::Wrong, Self::Right];

    /// Its name in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Wrong => "wrong",
            Self::Right => "right",
        }
    }

    /// The outcome of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// A question and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lesson {
    /// The question without numbers, addresses and names.
    pub question: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Slug of the guide that was shown.
    pub guide: Option<String>,
}

impl Lesson {
    /// A lesson from a question as typed; `None` when nothing is left of it.
    pub fn new(question: &str, outcome: Outcome, guide: Option<&str>) -> Option<Self> {
        let question = without_person(question);
        let tells = question.split_whitespace().filter(|word| *word != "…").count() > 0;
        tells.then(|| Self { question, outcome, guide: guide.map(str::to_owned) })
    }
}

/// `text` in one line and lower case, with numbers, addresses and what looks like a name put as «…».
///
/// Names typed without capitals cannot be told from other words, which is why nothing is kept of who asked and when.
fn without_person(text: &str) -> String {
    let text = TRACES.replace_all(text, "…");
    // Where everything is in capitals, they tell nothing.
    let shouted = !text.chars().any(char::is_lowercase);
    let text = if shouted { text } else { CALLED.replace_all(&text, "$1 …").into_owned().into() };
    let text = if shouted { text } else { CAPITALS.replace_all(&text, "$1…").into_owned().into() };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_person_is_not_kept() {
        for (typed, kept) in [
            ("Tôi tên là Nguyễn Văn Hòa, sinh ngày 12/03/1980, xin trích lục", "tôi tên là …, sinh ngày …, xin trích lục"),
            ("gọi em 0912 345 678 hoặc hoa@example.vn", "gọi em … hoặc …"),
            ("chồng em Trần Văn Nam mất hôm qua", "chồng em … mất hôm qua"),
            ("làm giấy cho bé Nguyễn An Nhiên thế nào", "làm giấy cho bé … thế nào"),
            ("cccd *********089 hết hạn", "cccd … hết hạn"),
            ("LÀM SỔ ĐỎ Ở ĐÂU", "làm sổ đỏ ở đâu"),
            ("Làm khai sinh cho con thứ 2", "làm khai sinh cho con thứ 2"),
        ] {
            assert_eq!(without_person(typed), kept);
        }
    }

    #[test]
    fn nothing_is_kept_of_nothing() {
        assert_eq!(Lesson::new("0912345678", Outcome::Unanswered, None), None);
        assert_eq!(Lesson::new("  ", Outcome::Unanswered, None), None);
    }

    proptest::proptest! {
        #[test]
        fn no_long_number_is_kept(text in "\\PC{0,40}", number in "[0-9]{5,12}") {
            let kept = without_person(&format!("{text} {number} {text}"));
            proptest::prop_assert!(!kept.contains(&number));
        }
    }
}
