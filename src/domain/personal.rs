//! Numbers that name a person, known by their kinds, and covered up to their last signs.
//!
//! What looks alike and names nobody is spared: codes of dossiers and procedures, money, decrees, dates. Shapes: identity numbers
//! have 12 digits and begin with the number of a province, 001 to 096 (Circular 59/2021/TT-BCA art. 4, read in third-party notes),
//! older ones 9; a number of social insurance has 10 digits; a card of health insurance two letters and 13 digits, or those 10;
//! telephones begin with 0 or 84 and have 9 or 10 digits behind it; plates begin with two digits and one or two letters.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::DossierCode;
use super::pattern::pattern;
use super::secret::folded;

/// Signs that stay readable, so that somebody knows their own number again.
const SHOWN: usize = 3;
/// Fewer digits than that are no number of a person.
const FEWEST: usize = 5;
/// How far before a number its word may stand, in bytes of the folded text.
const NEAR: usize = 48;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Personal {
    /// Of an identity card (*CCCD*, *số định danh*), or an older one (*CMND*).
    Identity,
    /// Of social insurance (*BHXH*), or a card of health insurance (*BHYT*).
    Insurance,
    /// Of a telephone.
    Phone,
    /// Of a bank account.
    Account,
    /// Of a vehicle.
    Plate,
}

/// Digits in one run, as numbers are copied.
static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\+?[0-9]{9,14}"));
/// Digits with what people put between them.
static GROUPS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\+?[0-9](?:[ .\-()]{0,2}[0-9]){7,20}"));
static HEALTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b[a-z]{2}[ .-]?[0-9][ .-]?[0-9]{2}[ .-]?[0-9]{2}(?:[ .-]?[0-9]){8}\b"));
static PLATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[0-9]{2}[ -]?[a-z]{1,2}[0-9]?[ .-]{0,3}[0-9]{3}[.]?[0-9]{1,2}\b"));
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9](?:[ .-]?[0-9]){5,18}"));
static NEAR_ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:stk|so tk|so tai khoan|tai khoan ngan hang|ngan hang|account number|bank account|vietcombank|vcb|agribank|bidv|vietinbank|techcombank|mb ?bank|sacombank|tpbank|acb)\b",
    )
});
static NEAR_INSURANCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:bhxh|bhyt|bao hiem|so so bao hiem|insurance)\b"));
static NEAR_PLATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:bien|bien so|bks|xe|plate)\b"));
/// What looks alike and names nobody: codes of procedures, numbers of laws, dates and times, sums.
static SPARED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        \b[0-9]\.[0-9]{6}(?:\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[hg][0-9]{2})?\b
        | \b[0-9]{1,4}/[0-9]{4}(?:/[a-z][a-z0-9-]*)+
        | \b[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\b | \b[0-9]{4}-[0-9]{2}-[0-9]{2}\b | \b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b
        | \b[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]{1,2})?\b
        | \b[1-9][0-9]*\x20?(?:d|dong|vnd|k|ngan|nghin|trieu|tr|ty|usd)\b
        ",
    )
});

/// A number of a person in a text: what it is, and where, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Personal,
    /// Where it stands.
    pub at: Range<usize>,
}

/// The numbers of persons in `text`, in order.
pub fn numbers(text: &str) -> Vec<Found> {
    if text.bytes().filter(u8::is_ascii_digit).count() < FEWEST
        && !text.contains(|letter: char| letter.is_numeric() && !letter.is_ascii())
    {
        return Vec::new();
    }
    let (plain, places) = folded(text);
    let spared: Vec<Range<usize>> =
        SPARED.find_iter(&plain).map(|found| found.range()).chain(DossierCode::places(&plain)).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut take = |kind: Personal, at: Range<usize>| {
        let free = |other: &Range<usize>| at.end <= other.start || other.end <= at.start;
        // A grouped sum may stand inside a telephone number typed with dots: what is whole and longer is not spared.
        let is_spared = spared
            .iter()
            .any(|other| !free(other) && (other.start <= at.start && at.end <= other.end || kind == Personal::Account));
        if !is_spared && found.iter().all(|other| free(&other.at)) {
            found.push(Found { kind, at });
        }
    };
    for card in HEALTH.find_iter(&plain) {
        take(Personal::Insurance, card.range());
    }
    for plate in PLATE.find_iter(&plain).filter(|plate| is_plate(&plain, text, &places, plate.range())) {
        take(Personal::Plate, plate.range());
    }
    for number in RUN.find_iter(&plain).chain(GROUPS.find_iter(&plain)) {
        if let Some(kind) = kind_of(&plain, number.range()) {
            take(kind, number.range());
        }
    }
    for number in ACCOUNT.find_iter(&plain).filter(|number| is_near(&NEAR_ACCOUNT, &plain, number.start())) {
        take(Personal::Account, number.range());
    }
    found.sort_by_key(|found| found.at.start);
    let place = |at: usize| places.get(at).copied().unwrap_or(text.len());
    found.into_iter().map(|Found { kind, at }| Found { kind, at: place(at.start)..place(at.end) }).collect()
}

/// `text` with the numbers of persons covered up to their last signs; the same text when there are none.
pub fn covered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for Found { at, .. } in numbers(text) {
        out.push_str(&text[from..at.start]);
        let signs: Vec<char> = text[at.clone()].chars().filter(|sign| sign.is_alphanumeric()).collect();
        let hidden = signs.len().saturating_sub(SHOWN);
        out.extend(std::iter::repeat_n('*', hidden).chain(signs[hidden..].iter().copied()));
        from = at.end;
    }
    out.push_str(&text[from..]);
    out
}

fn is_near(word: &Regex, plain: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(NEAR);
    while !plain.is_char_boundary(from) {
        from += 1;
    }
    word.is_match(&plain[from..at])
}

/// Small letters make a plate only beside a word for it: «30a 12345» may be a price.
fn is_plate(plain: &str, text: &str, places: &[usize], at: Range<usize>) -> bool {
    let typed =
        places.get(at.start).zip(places.get(at.end).copied().or(Some(text.len()))).and_then(|(from, to)| text.get(*from..to));
    typed.is_some_and(|typed| typed.chars().any(char::is_uppercase)) || is_near(&NEAR_PLATE, plain, at.start)
}

/// What a run of digits is.
fn kind_of(plain: &str, at: Range<usize>) -> Option<Personal> {
    let run = &plain[at.clone()];
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    // «20.000 – 10.000» is a range, not a telephone: those have no more than single signs between.
    let whole = run.len() == digits.len();
    let grouped = !run.contains("  ") && !run.contains(" -") && !run.contains("- ");
    let phone = run.starts_with('+') || digits.starts_with('0') || digits.starts_with("84");
    match digits.len() {
        12 if whole || grouped && is_province(&digits[..3]) => Some(Personal::Identity),
        9 if whole => Some(Personal::Identity),
        10 if grouped && is_near(&NEAR_INSURANCE, plain, at.start) => Some(Personal::Insurance),
        10..=14 if grouped && phone && is_phone(&digits) => Some(Personal::Phone),
        _ => None,
    }
}

/// The provinces' numbers of identity cards, 001 to 096.
fn is_province(digits: &str) -> bool {
    digits.parse::<u8>().is_ok_and(|number| (1..=96).contains(&number))
}

/// Mobile and fixed lines, at home or with 84 before.
fn is_phone(digits: &str) -> bool {
    let national = digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84")).map(|rest| rest.trim_start_matches('0'));
    let national = national.or_else(|| digits.strip_prefix('0')).unwrap_or_default();
    matches!((national.bytes().next(), national.len()), (Some(b'3' | b'5' | b'7'..=b'9'), 9) | (Some(b'2'), 9 | 10))
        || (digits.starts_with('0') && matches!(digits.len(), 10 | 11))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Personal> {
        numbers(text).into_iter().map(|found| found.kind).collect()
    }

    #[test]
    fn each_kind_is_known() {
        for (text, kind) in [
            ("cccd 025190001089 của em", Personal::Identity),
            ("số định danh 025 190 001 089", Personal::Identity),
            ("cmnd cũ 113456789", Personal::Identity),
            ("sổ BHXH 0123456789", Personal::Insurance),
            ("mã số bảo hiểm xã hội là 2515123456", Personal::Insurance),
            ("thẻ BHYT GD4010123456789", Personal::Insurance),
            ("the bao hiem HN 2 01 01 23456789", Personal::Insurance),
            ("gọi em 0912 345 678", Personal::Phone),
            ("+84 912.345.678", Personal::Phone),
            ("máy bàn 0218 385 1234", Personal::Phone),
            ("(0218) 3851234", Personal::Phone),
            ("stk 19036677889 techcombank", Personal::Account),
            ("chuyển vào số tài khoản 6868 1234 5678 giúp em", Personal::Account),
            ("xe 28H1-123.45 bị mất", Personal::Plate),
            ("biển số 30a12345", Personal::Plate),
            ("29LD-123.45", Personal::Plate),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
    }

    #[test]
    fn what_names_nobody_is_spared() {
        for text in [
            "H44.101-261015-0042",
            "hồ sơ 000.00.14.H56-200203-0118 tới đâu",
            "G09.20-20260609-0092637",
            "03706/2026/07906",
            "thủ tục 1.001193.000.00.00.H44",
            "mã 2.000488",
            "nghị định 118/2025/NĐ-CP",
            "lệ phí 1.500.000 đồng",
            "150000000 đồng có được không",
            "từ 20.000 – 10.000",
            "giá 2500000đ",
            "100,000,000",
            "sinh ngày 12/03/1980 và 01-01-2026",
            "lúc 07:30 ngày 2026-11-22",
            "năm 2026, 12 triệu, 30a 12345",
            "quyết định 1510/QĐ-UBND",
        ] {
            assert_eq!(covered(text), text);
        }
    }

    #[test]
    fn the_last_signs_stay() {
        assert_eq!(covered("cccd 025190001089 của em"), "cccd *********089 của em");
        assert_eq!(covered("gọi em 0912 345 678, xe 28H1-123.45"), "gọi em *******678, xe ******345");
        assert_eq!(covered("０９１２３４５６７８ ạ"), "*******６７８ ạ");
        assert_eq!(covered("thẻ GD4010123456789"), "thẻ ************789");
        assert_eq!(covered("không có gì"), "không có gì");
    }

    proptest::proptest! {
        #[test]
        fn identity_numbers_never_survive(before in "[a-zà-ỹ ,]{0,20}", province in 1u8..97, rest in "[0-9]{9}", after in "[a-zà-ỹ ,]{0,20}") {
            let number = format!("{province:03}{rest}");
            let text = covered(&format!("{before} {number} {after}"));
            proptest::prop_assert!(!text.contains(&number), "{}", text);
        }

        #[test]
        fn mobile_numbers_never_survive(gap in "[ .-]?", head in "0[35789][0-9]{2}", middle in "[0-9]{3}", tail in "[0-9]{3}") {
            let text = covered(&format!("sđt {head}{gap}{middle}{gap}{tail} nhé"));
            proptest::prop_assert_eq!(text, format!("sđt *******{} nhé", tail));
        }

        #[test]
        fn codes_of_dossiers_are_whole(office in 1u8..200, day in 1u8..29, number in 0u32..99_999) {
            let code = format!("H44.{office}-2610{day:02}-{number:04}");
            proptest::prop_assert_eq!(covered(&code), code);
        }

        #[test]
        fn nothing_else_changes_and_nothing_panics(text in "\\PC{0,120}") {
            let twice = covered(&covered(&text));
            proptest::prop_assert_eq!(covered(&text), twice);
        }
    }
}
