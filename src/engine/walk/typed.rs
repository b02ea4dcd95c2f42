//! Words that mean something on a walk: «xong», «quay lại», «sửa bước 3», an answer, a trouble by its name.

use super::Talk;
use crate::domain::switch::Feature;
use crate::domain::{Choice, ResumeCode};
use crate::engine::ask::{Action, decide};
use crate::engine::menu;
use crate::engine::offered::{self, Typed};
use crate::knowledge::Walk;
use crate::knowledge::search::{Syllable, joined, syllables, unmarked};
use crate::knowledge::walk::answer::{Kind, Wrong};
use crate::knowledge::walk::{DONE, Step};

/// What somebody wants on a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Next,
    Back,
    Correct(usize),
    Trouble,
    Later,
    Here,
}

fn wish(text: &str) -> Option<Wish> {
    let said = syllables(text);
    let short = |word: &'_ str| -> &'static str {
        match word {
            "ko" | "k" | "hong" => "khong",
            "dc" | "dk" => "duoc",
            _ => "",
        }
    };
    let plain = said.iter().filter(|word: &&Syllable| !["a", "nhe", "nha", "oi", "ad"].contains(&word.folded.as_str()));
    let words: Vec<&str> =
        plain.map(|word| Some(short(&word.folded)).filter(|long| !long.is_empty()).unwrap_or(&word.folded)).collect();
    Some(match words.as_slice() {
        ["xong"] | ["xong", "roi"] | ["da", "xong"] | ["da", "xong", "roi"] | ["lam", "xong"] | ["lam", "xong", "roi"] => {
            Wish::Next
        }
        ["da", "lam"] | ["da", "lam", "xong"] | ["da", "lam", "roi"] | ["roi"] | ["tiep"] | ["tiep", "di"] | ["tiep", "theo"] => {
            Wish::Next
        }
        ["buoc", "tiep", "theo"] | ["ok"] | ["oke"] | ["ok", "roi"] | ["vang"] | ["duoc", "roi"] | ["done"] | ["next"] => {
            Wish::Next
        }
        ["quay", "lai"] | ["tro", "lai"] | ["lui", "lai"] | ["lui"] | ["back"] | ["go", "back"] | ["buoc", "truoc"] => Wish::Back,
        ["sua", number] | ["sua", "buoc" | "cau", number] | ["doi", "buoc" | "cau", number] | ["fix", "step", number] => {
            Wish::Correct(number.parse().ok()?)
        }
        ["sua", "lai", "buoc", number] | ["quay", "lai", "buoc", number] | ["correct", "step", number] => {
            Wish::Correct(number.parse().ok()?)
        }
        ["loi"] | ["bi", "loi"] | ["toi", "bi", "loi"] | ["em", "bi", "loi"] | ["khong", "duoc"] | ["khong", "lam", "duoc"] => {
            Wish::Trouble
        }
        ["no", "khong", "duoc"]
        | ["khong", "duoc", "a"]
        | ["toi", "khong", "lam", "duoc"]
        | ["bam", "mai", "khong", "duoc"]
        | ["toi", "bam", "mai", "khong", "duoc"]
        | ["it", "does", "not", "work"]
        | ["it", "doesn", "t", "work"] => Wish::Trouble,
        ["de", "sau"] | ["lam", "sau"] | ["luc", "khac"] | ["mai", "lam", "tiep"] | ["dung", "lai"] | ["thoat"] | ["later"] => {
            Wish::Later
        }
        ["huy"] | ["huy", "bo"] | ["cancel"] | ["stop"] => Wish::Later,
        ["tiep", "tuc"] | ["lam", "tiep"] | ["continue"] | ["go", "on"] | ["xem", "lai"] => Wish::Here,
        _ => return None,
    })
}

/// Words, and pairs of them, that make a sentence a question, however much of an answer's words are in it; as they are typed
/// with marks, and without.
const ASKS: [&str; 32] = [
    "gì",
    "gi",
    "thế nào",
    "the nao",
    "nào",
    "nao",
    "đâu",
    "o dau",
    "bao nhiêu",
    "bao nhieu",
    "bao lâu",
    "bao lau",
    "mấy ngày",
    "may ngay",
    "có phải",
    "co phai",
    "được không",
    "duoc khong",
    "có cần",
    "co can",
    "thì sao",
    "thi sao",
    "làm sao",
    "lam sao",
    "vì sao",
    "vi sao",
    "tại sao",
    "tai sao",
    "what",
    "how",
    "where",
    "why",
];
/// How words begin that ask to go on.
const GO_ON: &str = "tiep";
/// How likely words at a question must be a cry for help, to be more than an answer that missed.
const PLAIN_CRY: f32 = 0.9;
/// Words of an answer that was no question, beyond which it is read as one.
const LONGEST_ANSWER: usize = 8;

fn asks(text: &str, said: &[Syllable]) -> bool {
    let words: Vec<&str> = said.iter().map(|word| word.marked.as_str()).collect();
    let whole = format!(" {} ", words.join(" "));
    // «… có bị phạt không»
    let whether = said.len() > 4 && said.last().is_some_and(|word| ["khong", "ko", "k"].contains(&word.folded.as_str()));
    text.contains('?') || whether || ASKS.iter().any(|asks| whole.contains(&format!(" {asks} ")))
}

impl Talk<'_> {
    /// Reads `text` as what it may mean on a walk. False when it means nothing there.
    pub(in crate::engine) fn walk_text(&mut self, text: &str) -> bool {
        if let Some(code) = ResumeCode::read(text) {
            self.fetch(code);
            return true;
        }
        let wish = wish(text);
        let goes_on = wish == Some(Wish::Here) && (!self.state.walks.is_empty() || self.state.topic.is_none());
        if self.walks_are_off() {
            // Whoever meant to go on is told why it waits; a question is a question.
            let meant = goes_on || self.state.walking && (wish.is_some() || self.answers_a_step(text));
            return meant && self.is_off(Feature::Walks);
        }
        if self.walking().is_none() {
            if goes_on {
                self.resume();
            }
            return goes_on;
        }
        match (wish, self.step()) {
            (Some(Wish::Next), Some((walk, step, _))) if !step.is_question() => {
                let id = step.id.clone();
                self.answered(walk, &id, DONE.to_owned());
            }
            (Some(Wish::Next), None) => {
                let Some((walk, _)) = self.walking() else { return false };
                self.confirm(walk);
            }
            // «Rồi», «vâng», at a question: one of its answers, or none.
            (Some(Wish::Next), Some((walk, step, _))) if !step.choices.is_empty() && !unmarked(text).starts_with(GO_ON) => {
                let id = step.id.clone();
                match self.agreed(walk, step) {
                    Some(choice) => self.answered(walk, &id, choice),
                    None => {
                        let first = self.words("walk-choose");
                        self.show_here(Some(first));
                    }
                }
            }
            (Some(Wish::Next | Wish::Here), _) => {
                if let Some(progress) = self.state.walks.first_mut() {
                    progress.forward();
                }
                self.go_on();
            }
            (Some(Wish::Back), _) => self.go_back(),
            (Some(Wish::Correct(number)), _) => self.correct(number),
            (Some(Wish::Trouble), Some((walk, step, _))) => self.troubles(walk, &step.id),
            (Some(Wish::Trouble), None) => self.human(),
            (Some(Wish::Later), _) => self.leave_for_later(),
            (None, Some((walk, step, _))) => return self.answer_typed(walk, step, text),
            (None, None) => return false,
        }
        true
    }

    fn answers_a_step(&self, text: &str) -> bool {
        !asks(text, &syllables(text)) && self.names_nothing(text)
    }

    /// The one answer that is a yes and nothing else, beside one that denies: «Có rồi», beside «Chưa có». Never «Có chỗ không khớp».
    fn agreed(&self, walk: &Walk, step: &Step) -> Option<String> {
        let label = |choice: &String| walk.text(self.lang, &format!("{}.{choice}", step.id)).to_lowercase();
        let yes = |choice: &&String| {
            let label = label(choice);
            ["có", "có rồi", "rồi", "đã có", "yes"].contains(&label.as_str())
                || label.starts_with("có, ")
                || label.starts_with("yes, ")
        };
        let denies = |choice: &String| ["chưa", "không", "no", "not"].iter().any(|word| label(choice).starts_with(word));
        let mut found = step.choices.iter().filter(yes);
        found.next().filter(|_| found.next().is_none() && step.choices.iter().any(denies)).cloned()
    }

    /// An answer, or the name of a trouble, in the citizen's own words.
    fn answer_typed(&mut self, walk: &Walk, step: &Step, text: &str) -> bool {
        if let Some(kind) = step.ask {
            return self.answer_asked(walk, step, kind, text);
        }
        let label = |choice: &String| walk.text(self.lang, &format!("{}.{choice}", step.id));
        let labels: Vec<Choice> = step.choices.iter().map(|choice| Choice::new(choice.as_str(), label(choice))).collect();
        let said = syllables(text);
        let asks = asks(text, &said);
        let chosen = match offered::typed(text, &labels) {
            Typed::Choice(choice) => Some(choice.id.as_str().to_owned()),
            _ if asks => None,
            // «Dạ có», «có ạ».
            _ if let Typed::Choice(choice) = offered::typed(&joined(offered::trimmed(&said)), &labels) => {
                Some(choice.id.as_str().to_owned())
            }
            _ => offered::mentioned(&said, labels.iter().map(|label| label.label.as_str())).map(|at| step.choices[at].clone()),
        };
        if let Some(choice) = chosen {
            self.answered(walk, &step.id, choice);
            return true;
        }
        let named = step.troubles.iter().find(|trouble| {
            let label = Choice::new("x", walk.text(self.lang, &format!("trouble-{trouble}")));
            matches!(offered::typed(text, &[label]), Typed::Choice(_))
        });
        if let Some(trouble) = named {
            self.remedy(walk, &step.id, trouble);
            return true;
        }
        if asks {
            return false;
        }
        // A trouble of this step, or of another one: people go on before they tell.
        let steps = std::iter::once(step).chain(&walk.plan.steps);
        let troubles: Vec<(&str, &String)> =
            steps.flat_map(|step| step.troubles.iter().map(|trouble| (step.id.as_str(), trouble))).collect();
        let mut distinct: Vec<(&str, &String)> = Vec::new();
        for trouble in troubles {
            if !distinct.iter().any(|(_, other)| *other == trouble.1) {
                distinct.push(trouble);
            }
        }
        let labels = distinct.iter().map(|(_, trouble)| walk.text(self.lang, &format!("trouble-{trouble}")));
        if let Some(at) = offered::mentioned(&said, labels) {
            let (id, trouble) = distinct[at];
            self.remedy(walk, id, trouble);
            return true;
        }
        // Words that answer nothing here, and name no procedure either: the question once more.
        let again = !step.choices.is_empty() && self.names_nothing(text);
        if again {
            let first = self.words("walk-choose");
            self.show_here(Some(first));
        }
        again
    }

    /// A typed answer; or why it is none, when it was meant to be one.
    fn answer_asked(&mut self, walk: &Walk, step: &Step, kind: Kind, text: &str) -> bool {
        let wrong = match kind.read(text, self.world.today()) {
            Ok(answer) => {
                self.answered(walk, &step.id, answer);
                return true;
            }
            Err(wrong) => wrong,
        };
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let asks = asks(text, &syllables(text));
        let attempt = !asks && (text.contains(['@', '*']) || digits > 2);
        if !attempt && (asks || !self.names_nothing(text) || self.names_something(text)) {
            return false;
        }
        let first = self.words(if wrong == Wrong::Future { "walk-wrong-future" } else { "walk-wrong" });
        self.show_here(Some(first));
        true
    }

    /// Whether guides are named by what was typed: too many to choose one, but no date and no number either.
    fn names_something(&self, text: &str) -> bool {
        let question = self.world.library.question(text);
        decide(self.world.library, &question, None, 1).action == Action::Clarify
    }

    /// Whether `text` is short and neither a wish, nor a question that a guide answers, nor a cry for help.
    fn names_nothing(&self, text: &str) -> bool {
        if syllables(text).len() > LONGEST_ANSWER
            || !matches!(menu::wish(text), None | Some(menu::Wish::Thanks | menu::Wish::Change))
        {
            return false;
        }
        let question = self.world.library.question(text);
        let decision = decide(self.world.library, &question, None, 1);
        // A word or two at a question are an answer that missed; only a plain cry for help is more.
        if matches!(decision.action, Action::Danger | Action::Fraud) {
            return question.danger(PLAIN_CRY).is_none();
        }
        matches!(decision.action, Action::Unknown | Action::OutOfScope | Action::Clarify | Action::SmallTalk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_walk_are_read_with_and_without_marks() {
        for (text, meant) in [
            ("Đã xong", Some(Wish::Next)),
            ("xong roi", Some(Wish::Next)),
            ("quay lại", Some(Wish::Back)),
            ("sửa bước 3", Some(Wish::Correct(3))),
            ("sua 2", Some(Wish::Correct(2))),
            ("không được", Some(Wish::Trouble)),
            ("để sau", Some(Wish::Later)),
            ("tiếp tục", Some(Wish::Here)),
            ("sửa giấy khai sinh", None),
            ("không được thì phải làm sao", None),
        ] {
            assert_eq!(wish(text), meant, "{text}");
        }
    }
}
