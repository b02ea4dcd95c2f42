//! What tells guides apart that stand to choice: the question to ask, and labels that show the difference.

use crate::domain::Choice;
use crate::domain::message::shorten;
use crate::knowledge::search::{joined, syllables};

/// A difference that people know about their own case, and the words of titles that show it.
const TRAITS: [(&str, &[&str]); 5] = [
    ("clarify-again", &["cap lai", "dang ky lai", "lam lai", "bi mat"]),
    ("clarify-extend", &["gia han"]),
    ("clarify-foreign", &["nuoc ngoai"]),
    ("clarify-child", &["tre em", "duoi 6 tuoi", "duoi 14 tuoi", "duoi 16 tuoi", "chua thanh nien"]),
    ("clarify-organisation", &["to chuc", "doanh nghiep", "co quan"]),
];

/// The wording key of the question that tells these titles apart; the general one when no single trait does.
pub(super) fn question(titles: &[&str]) -> &'static str {
    let folded: Vec<String> = titles.iter().map(|title| joined(&syllables(title))).collect();
    let has = |title: &String, words: &[&str]| words.iter().any(|word| format!(" {title} ").contains(&format!(" {word} ")));
    let splits = |words: &[&str]| {
        let with = folded.iter().filter(|title| has(title, words)).count();
        with > 0 && with < folded.len()
    };
    let mut dividing = TRAITS.iter().filter(|(_, words)| splits(words));
    match (dividing.next(), dividing.next()) {
        (Some((key, _)), None) => key,
        _ => "clarify",
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
    }
}
