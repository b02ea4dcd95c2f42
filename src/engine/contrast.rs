//! What tells guides apart that stand to choice: the question to ask, and labels that show the difference.

use crate::domain::Choice;
use crate::domain::message::shorten;
use crate::knowledge::search::{joined, syllables};

/// A difference that people know about their own case.
struct Trait {
    /// The wording key of the question for it.
    key: &'static str,
    /// Words of titles that show it.
    titles: &'static [&'static str],
    /// What people answer who mean the title with it, and who mean the other.
    with: &'static [&'static str],
    without: &'static [&'static str],
}

const TRAITS: [Trait; 5] = [
    Trait {
        key: "clarify-again",
        titles: &["cap lai", "dang ky lai", "lam lai", "bi mat"],
        with: &[
            "lam lai",
            "cap lai",
            "dang ky lai",
            "lai",
            "bi mat",
            "mat",
            "mat roi",
            "bi mat roi",
            "hong",
            "bi hong",
            "bi rach",
        ],
        without: &["lan dau", "lam lan dau", "lan dau tien", "lam moi", "moi", "chua co", "chua co bao gio"],
    },
    Trait {
        key: "clarify-extend",
        titles: &["gia han"],
        with: &["gia han", "het han", "sap het han"],
        without: &["xin moi", "moi", "lam moi", "lan dau"],
    },
    Trait {
        key: "clarify-foreign",
        titles: &["nuoc ngoai"],
        with: &["co", "nuoc ngoai", "nguoi nuoc ngoai", "o nuoc ngoai"],
        without: &["khong", "ko", "khong co", "trong nuoc", "nguoi viet", "viet nam"],
    },
    Trait {
        key: "clarify-child",
        titles: &["tre em", "duoi 6 tuoi", "duoi 14 tuoi", "duoi 16 tuoi", "chua thanh nien"],
        with: &["tre em", "tre con", "con", "cho con", "chau", "cho chau", "cho be", "be"],
        without: &["nguoi lon", "cho nguoi lon", "toi", "cho toi"],
    },
    Trait {
        key: "clarify-organisation",
        titles: &["to chuc", "doanh nghiep", "co quan"],
        with: &["to chuc", "doanh nghiep", "cong ty", "co quan"],
        without: &["ca nhan", "gia dinh", "ho gia dinh", "ca nhan gia dinh"],
    },
];
/// Nobody is asked whether somebody died for the first time.
const OF_A_DEATH: &str = "khai tu";

/// The one trait by which two titles differ, and which of them has it. Of more than two, words would fit several.
fn dividing(titles: &[&str]) -> Option<(&'static Trait, usize)> {
    let [first, second] = titles else { return None };
    let folded = [first, second].map(|title| format!(" {} ", joined(&syllables(title))));
    let has = |title: &String, words: &[&str]| words.iter().any(|word| title.contains(&format!(" {word} ")));
    if folded.iter().any(|title| has(title, &[OF_A_DEATH])) {
        return None;
    }
    let which = |of: &'static Trait| match [0, 1].map(|at| has(&folded[at], of.titles)) {
        [true, false] => Some((of, 0)),
        [false, true] => Some((of, 1)),
        _ => None,
    };
    let mut found = TRAITS.iter().filter_map(which);
    found.next().filter(|_| found.next().is_none())
}

/// The wording key of the question that tells these titles apart; the general one when no single trait does.
pub(super) fn question(titles: &[&str]) -> &'static str {
    dividing(titles).map_or("clarify", |(of, _)| of.key)
}

/// Which of the titles somebody means who answers that question in their own words: «lần đầu», «làm lại».
pub(super) fn answered(titles: &[&str], said: &str) -> Option<usize> {
    let (of, with) = dividing(titles)?;
    match said {
        said if of.with.contains(&said) => Some(with),
        said if of.without.contains(&said) => Some(1 - with),
        _ => None,
    }
}

/// Labels for buttons. A title that is too long is cut so that the words stay which the other titles do not have.
pub(super) fn labels(titles: &[&str]) -> Vec<String> {
    let of = |title: &str| syllables(title).into_iter().map(|syllable| syllable.folded).collect::<Vec<_>>();
    let words: Vec<Vec<String>> = titles.iter().map(|title| of(title)).collect();
    let label = |(at, title): (usize, &&str)| {
        if title.chars().count() <= Choice::MAX_LABEL {
            return (*title).to_owned();
        }
        let shared =
            |word: &str| words.iter().enumerate().all(|(other, words)| other == at || words.iter().any(|own| own == word));
        let own: Vec<&str> = title.split_whitespace().collect();
        let telling = |word: &&str| of(word).iter().any(|part| !shared(part));
        let Some(first) = own.iter().position(telling) else { return shorten(title, Choice::MAX_LABEL) };
        let last = own.iter().rposition(telling).unwrap_or(first);
        let whole = own[..=last].join(" ");
        if whole.chars().count() <= Choice::MAX_LABEL || first == 0 {
            shorten(&whole, Choice::MAX_LABEL)
        } else {
            shorten(&format!("… {}", own[first..=last].join(" ")), Choice::MAX_LABEL)
        }
    };
    titles.iter().enumerate().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_show_what_tells_them_apart() {
        let tail = "đối với công trình cấp III, cấp IV (công trình không theo tuyến, theo tuyến trong đô thị) và nhà ở riêng lẻ";
        let titles = [
            format!("Cấp giấy phép xây dựng mới {tail}"),
            format!("Cấp giấy phép xây dựng sửa chữa, cải tạo {tail}"),
            format!("Gia hạn giấy phép xây dựng {tail}"),
        ];
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        assert_eq!(labels(&titles), ["Cấp giấy phép xây dựng mới", "Cấp giấy phép xây dựng sửa chữa, cải tạo", "Gia hạn"],);
    }

    #[test]
    fn the_question_names_the_one_difference() {
        assert_eq!(question(&["Đăng ký kết hôn", "Đăng ký kết hôn có yếu tố nước ngoài"]), "clarify-foreign");
        assert_eq!(question(&["Đăng ký khai sinh", "Đăng ký lại khai sinh"]), "clarify-again");
        assert_eq!(question(&["Đăng ký khai sinh", "Đăng ký lại khai sinh có yếu tố nước ngoài"]), "clarify", "two differences");
        assert_eq!(question(&["Tách hộ", "Tạm trú"]), "clarify");
        assert_eq!(question(&["Khai tử", "Đăng ký lại khai tử"]), "clarify");
        assert_eq!(question(&["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Kết hôn"]), "clarify", "words would fit two");
    }

    #[test]
    fn the_question_is_answered_in_ones_own_words() {
        let titles = ["Đăng ký lại khai sinh", "Đăng ký khai sinh"];
        assert_eq!(answered(&titles, "lam lai"), Some(0));
        assert_eq!(answered(&titles, "lan dau"), Some(1));
        assert_eq!(answered(&titles, "le phi bao nhieu"), None);
    }
}
