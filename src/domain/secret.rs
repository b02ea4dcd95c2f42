//! What people paste and must not: one-time codes, card numbers, passwords. It is taken out before anything keeps it.
//!
//! A digit group counts as a one-time code when it is all of a message, or stands beside a word for one. A card number is
//! known by its check digit, or by its groups of four. A password is the word after «mật khẩu … là» that no Vietnamese
//! sentence goes on with: with digits or signs in it, or longer than a syllable gets. [Numbers of persons](super::personal) are no
//! secrets, but the program does not need them: all but the last digits are covered.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::pattern::pattern;
use super::personal::covered;
use super::{Attachment, DossierCode, Said};

/// A kind of secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// A one-time code: whoever has it can sign in as the citizen.
    OneTimeCode,
    /// The number of a bank card.
    Card,
    /// A password.
    Password,
}

static ALL_DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W*(?:\d{6}|\d{3}[ .-]\d{3})\W*$"));
static NEAR_CODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:otp|passcode|ma xac (?:nhan|thuc|minh)|ma pin|ma bao mat|ma dang nhap|ma kich hoat|ma 6 so|ma so bi mat|mat ma|ma gui ve|ma la|ma ve la|code|pin|cvv|sms)\b",
    )
});
static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^\d./-])(?:\d{4,8}|\d{3}[ .-]\d{3})(?:$|[^\d/-])"));
static PASSWORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:mat khau|password|passwd|pass|mk)\b(?:[^\S\n]+\w+){0,7}?[^\S\n]*(?:\b(?:la|is)\b|=|:)[^\S\n]*(\S*[\d@#$%!&]\S*|[a-z]{10,})|\b(?:mat khau|password)[^\S\n]+([a-z]+[\d@#$%!&]{2,}\S*)",
    )
});
static CARD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d(?:[ -]?\d){12,18}\b"));

impl Said {
    /// The words as they were typed, when [`Said::without_secrets`] would cover a number in them and keep the rest.
    pub fn uncovered(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Edited(text) if secret(text).is_none() && covered(text) != *text => Some(text),
            _ => None,
        }
    }

    /// The same without secrets: a message that holds one is dropped whole, and its kind is all that stays. Numbers of
    /// persons and telephones are covered up to their last three digits.
    #[must_use]
    pub fn without_secrets(self) -> Self {
        let (text, edited) = match self {
            Self::Text(text) => (text, false),
            Self::Edited(text) => (text, true),
            Self::Attached(file) => return without_secrets(file),
            other => return other,
        };
        match secret(&text) {
            Some(secret) => Self::Secret(secret),
            None if edited => Self::Edited(covered(&text)),
            None => Self::Text(covered(&text)),
        }
    }
}

/// A file whose caption holds a secret is dropped with it.
fn without_secrets(file: Attachment) -> Said {
    match file.caption.as_deref().and_then(secret) {
        Some(secret) => Said::Secret(secret),
        None => Said::Attached(Attachment {
            caption: file.caption.as_deref().map(covered),
            name: file.name.as_deref().map(covered),
            ..file
        }),
    }
}

fn secret(text: &str) -> Option<Secret> {
    // The code of a dossier has as many digits as a card.
    let plain = plain(&DossierCode::cut(text));
    if CARD.find_iter(&plain).any(|number| is_card(number.as_str())) {
        return Some(Secret::Card);
    }
    if ALL_DIGITS.is_match(&plain) || (NEAR_CODE.is_match(&plain) && CODE.is_match(&plain) && !plain.contains("ho so")) {
        return Some(Secret::OneTimeCode);
    }
    let told = |said: Captures<'_>| said.iter().skip(1).flatten().any(|word| word.as_str().chars().count() >= 4);
    PASSWORD.captures(&plain).is_some_and(told).then_some(Secret::Password)
}

/// Lower case, without marks, digits of other scripts (full-width ones come from some keyboards) as ours.
pub(super) fn plain(text: &str) -> String {
    folded(text).0
}

/// The same, and where in `text` each byte of it comes from.
pub(super) fn folded(text: &str) -> (String, Vec<usize>) {
    let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, letter) in text.char_indices() {
        let letters = std::iter::once(letter).nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
        plain.extend(letters.map(|letter| if letter == 'đ' { 'd' } else { letter }));
        places.resize(plain.len(), at);
    }
    (plain, places)
}

/// Cards of the networks in use begin with 3 to 6, domestic ones with 9704. Who types groups of four copies a card, even
/// with a slip that spoils the check digit.
fn is_card(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let in_groups = number.split([' ', '-']).take(3).all(|group| group.len() == 4);
    matches!(digits.first(), Some(3..=6 | 9)) && (in_groups || passes_luhn(&digits))
}

/// The check digit of ISO/IEC 7812: every second digit from the right doubled, the sum divisible by ten.
fn passes_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Said {
        Said::Text(text.to_owned()).without_secrets()
    }

    #[test]
    fn secrets_are_dropped_with_the_whole_message() {
        for text in ["123456", " 123 456 ", "mã OTP là 482913 đúng không", "ma xac nhan 4821", "１２３４５６"] {
            assert_eq!(kept(text), Said::Secret(Secret::OneTimeCode), "{text}");
        }
        for text in ["thẻ của tôi 4111 1111 1111 1111", "9704 3668 1471 9904 069", "5500000000000004", "9704 3612 8845 2071"]
        {
            assert_eq!(kept(text), Said::Secret(Secret::Card), "{text}");
        }
        for text in [
            "mật khẩu của em là Abc@12345",
            "pass: hoa2024",
            "mật khẩu VNeID là Hoa@1990",
            "Mật khẩu dịch vụ công của tôi là Hoa@1975 mà",
            "mk: hoahong@@",
            "vào giúp em, mật khẩu Hoa2509# nhé",
            "mật khẩu của em là motconvitxoe",
        ] {
            assert_eq!(kept(text), Said::Secret(Secret::Password), "{text}");
        }
    }

    #[test]
    fn figures_that_people_ask_about_stay() {
        for text in [
            "lệ phí 200000 đúng không",
            "hồ sơ H44.10-261008-097512 đến đâu rồi",
            "H44.312-261015-0046",
            "quên mật khẩu VNeID mức 2",
            "mật khẩu là gì",
            "quên mật khẩu là phải lên công an xã đúng không",
            "mã hồ sơ 261008 mã xác nhận nộp",
            "1.001193.000.00.00.H44",
            "sinh năm 1990, 2 con, từ 20.000 đến 50.000",
            "nghị định 118/2025/NĐ-CP",
        ] {
            assert_eq!(kept(text), Said::Text(text.to_owned()));
        }
    }

    #[test]
    fn numbers_of_persons_are_covered() {
        assert_eq!(kept("cccd 025190001089 của em"), Said::Text("cccd *********089 của em".to_owned()));
        assert_eq!(kept("gọi em 0912 345 678"), Said::Text("gọi em *******678".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn no_card_number_survives(prefix in "[a-zà-ỹ ]{0,20}", body in proptest::collection::vec(0u32..10, 14), first in 3u32..7) {
            let mut digits = vec![first];
            digits.extend(body);
            let check = (0..10).find(|last| passes_luhn(&[digits.clone(), vec![*last]].concat())).unwrap();
            digits.push(check);
            let number: String = digits.iter().map(u32::to_string).collect();
            proptest::prop_assert_eq!(kept(&format!("{prefix} {number}")), Said::Secret(Secret::Card));
        }
    }
}
