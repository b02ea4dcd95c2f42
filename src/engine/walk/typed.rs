//! Words that mean something on a walk: «xong», «quay lại», «sửa bước 3», an answer, a trouble by its name.

use super::Talk;
use crate::domain::{Message, ResumeCode};
use crate::engine::offered;
use crate::knowledge::search::{Syllable, syllables};
use crate::knowledge::walk::answer::Wrong;
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
    let words: Vec<&str> = said.iter().map(|word: &Syllable| word.folded.as_str()).collect();
    Some(match words.as_slice() {
        ["xong"] | ["xong", "roi"] | ["da", "xong"] | ["da", "xong", "roi"] | ["lam", "xong"] | ["lam", "xong", "roi"] => {
            Wish::Next
        }
        ["da", "lam"] | ["da", "lam", "xong"] | ["da", "lam", "roi"] | ["roi"] | ["tiep"] | ["tiep", "di"] | ["tiep", "theo"] => {
            Wish::Next
        }
        ["buoc", "tiep", "theo"] | ["ok"] | ["oke"] | ["duoc", "roi"] | ["done"] | ["next"] => Wish::Next,
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
        ["no", "khong", "duoc"] | ["khong", "duoc", "a"] | ["it", "does", "not", "work"] | ["it", "doesn", "t", "work"] => {
            Wish::Trouble
        }
        ["de", "sau"] | ["lam", "sau"] | ["luc", "khac"] | ["mai", "lam", "tiep"] | ["dung", "lai"] | ["thoat"] | ["later"] => {
            Wish::Later
        }
        ["huy"] | ["huy", "bo"] | ["cancel"] | ["stop"] => Wish::Later,
        ["tiep", "tuc"] | ["lam", "tiep"] | ["continue"] | ["go", "on"] | ["xem", "lai"] => Wish::Here,
        _ => return None,
    })
}

/// Words that make a sentence a question, however much of an answer's words are in it.
const ASKS: [&str; 14] = ["gi", "sao", "nao", "dau", "may", "bao", "the", "lam", "can", "phai", "what", "how", "where", "why"];

impl Talk<'_> {
    /// Reads `text` as what it may mean on a walk. False when it means nothing there.
    pub(in crate::engine) fn walk_text(&mut self, text: &str) -> bool {
        if let Some(code) = ResumeCode::read(text) {
            self.fetch(code);
            return true;
        }
        let wish = wish(text);
        if self.walking().is_none() {
            let goes_on = wish == Some(Wish::Here) && !self.state.walks.is_empty();
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

    /// An answer, or the name of a trouble, in the citizen's own words.
    fn answer_typed(&mut self, walk: &crate::knowledge::Walk, step: &Step, text: &str) -> bool {
        if let Some(kind) = step.ask {
            return match kind.read(text, self.world.today()) {
                Ok(answer) => {
                    self.answered(walk, &step.id, answer);
                    true
                }
                // Without a digit or a sign of an address it was no attempt, but a question.
                Err(wrong) => {
                    let attempt = text.contains(['@', '*']) || text.bytes().filter(u8::is_ascii_digit).count() > 1;
                    if attempt {
                        let key = if wrong == Wrong::Future { "walk-wrong-future" } else { "walk-wrong" };
                        let lines = [self.words(key), self.words(&format!("walk-ask-{}", kind.key()))];
                        let offered = self.state.offered.clone();
                        self.say(Message::plain(&lines.join("\n")).with_choices(offered));
                    }
                    attempt
                }
            };
        }
        let said = syllables(text);
        let asks = text.contains('?') || said.iter().any(|word| ASKS.contains(&word.folded.as_str()));
        if asks {
            return false;
        }
        let labels = step.choices.iter().map(|choice| walk.words(self.lang, &format!("{}.{choice}", step.id)));
        if let Some(at) = offered::mentioned(&said, labels) {
            self.answered(walk, &step.id, step.choices[at].clone());
            return true;
        }
        let labels = step.troubles.iter().map(|trouble| walk.words(self.lang, &format!("trouble-{trouble}")));
        match offered::mentioned(&said, labels) {
            Some(at) => self.remedy(walk, &step.id, &step.troubles[at]),
            None => return false,
        }
        true
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
