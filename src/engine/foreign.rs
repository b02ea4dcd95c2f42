//! What is none of a guide's business: the office itself, courts and prices, small talk.

use crate::knowledge::Library;
use crate::knowledge::search::{Errand, Found, Question};

use super::ask::Action;
use super::confidence::is_known;

/// Words that name an office and its people, and nothing that one does there.
const OF_AN_OFFICE: [&str; 45] = [
    "uy", "ban", "nhan", "dan", "xa", "phuong", "thi", "tran", "cong", "an", "tru", "so", "trung", "tam", "phuc", "vu", "hanh",
    "chinh", "mot", "cua", "bo", "phan", "chu", "tich", "can", "moi", "sau", "sap", "nhap", "nam", "o", "dau", "gio", "ngay",
    "nay", "co", "khong", "la", "vay", "ben", "minh", "toi", "em", "tuan", "trong",
];
/// How likely a message must be like those about the office or none of our business: where nothing was found, where a guide
/// was, and where there is a matter talked about.
const FOREIGN: f32 = 0.4;
const FOREIGN_DESPITE_A_GUIDE: f32 = 0.6;
const FOREIGN_AFTER_A_MATTER: f32 = 0.8;

/// Office and courts are named in passing too: «số điện thoại» may be one to change in VNeID, and «ly hôn» is part of
/// «giấy độc thân sau ly hôn». What stands beside such words decides.
pub(super) fn not_ours(library: &Library, question: &Question) -> Option<Action> {
    let known = |found: &Found| found.hits.first().is_some_and(is_known);
    match question.errand {
        Some(Errand::Office) => {
            let ours = question
                .without(|word| OF_AN_OFFICE.contains(&word.folded.as_str()))
                .is_some_and(|beside| known(&library.search().look_up(&beside, 1)));
            (!ours).then_some(Action::Office)
        }
        Some(Errand::Elsewhere) => {
            let ours = question.beside().is_some_and(|beside| known(&library.search().look_up(&beside, 1)));
            (!ours).then_some(Action::OutOfScope)
        }
        _ => None,
    }
}

/// What is said without any telling word: heard by likeness to examples. Where a procedure was found, or talked about, it must
/// be all the likelier.
pub(super) fn sounds_foreign(question: &Question, found: &Found, goes_on: bool) -> Option<Action> {
    let (errand, likely) = question.heard.errand()?;
    let least = match found.hits.first().is_some_and(is_known) {
        _ if goes_on => FOREIGN_AFTER_A_MATTER,
        true => FOREIGN_DESPITE_A_GUIDE,
        false => FOREIGN,
    };
    match errand {
        _ if likely < least || question.is_bare() => None,
        Errand::Office => Some(Action::Office),
        Errand::Elsewhere => Some(Action::OutOfScope),
        Errand::SmallTalk => Some(Action::SmallTalk),
        _ => None,
    }
}
