//! Facts that differ: the two languages, and the words against the facts, compared by their numbers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Lint;
use crate::domain::pattern::pattern;
use crate::knowledge::error::Fault;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d[\d.,]*\d|\d)(?:\s*(p\.m\.|pm))?"));
static MONEY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d[\d.,]*)\s*(?:đồng|đ|VND)\b"));

/// Months have names in English.
static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:tháng\s+|(\d{1,2})/)\d{1,2}\b"));

/// The digits of a number, whichever way its thousands are marked, and without zeros in front («mẫu 01»).
fn digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

/// The numbers of a text; hours after noon as on a clock of 24 hours.
fn numbers(text: &str) -> BTreeSet<String> {
    let text = MONTH.replace_all(text, "$1");
    NUMBER
        .captures_iter(&text)
        .map(|captures| {
            let number = digits(&captures[1]);
            match (captures.get(2), number.parse::<u32>()) {
                (Some(_), Ok(hour)) if hour < 12 => (hour + 12).to_string(),
                _ => number,
            }
        })
        .collect()
}

/// The words without lists of what people type, which is not said by us.
fn told(source: &str) -> &str {
    let end = ["\n## Người dân hay hỏi", "\n## People ask"].iter().filter_map(|heading| source.find(heading)).min();
    &source[..end.unwrap_or(source.len())]
}

pub(super) fn compare(lint: &mut Lint<'_>) {
    let (Some(vi), Some(en), Some(toml)) = (&lint.raw.vi, &lint.raw.en, &lint.raw.toml) else { return };
    let (vi, en) = (told(vi), told(en));
    let (of_vi, of_en) = (numbers(vi), numbers(en));
    let only_vi: Vec<String> = of_vi.difference(&of_en).cloned().collect();
    let only_en: Vec<String> = of_en.difference(&of_vi).cloned().collect();
    let known: BTreeSet<String> =
        lint.guide.facts.fees.iter().filter_map(|fee| fee.amount).map(|amount| amount.to_string()).collect();
    let in_facts = |amount: &String| known.contains(amount) || toml.contains(amount.as_str());
    let money = |text: &str| MONEY.captures_iter(text).map(|captures| digits(&captures[1])).collect::<Vec<_>>();
    let strange: Vec<(&str, String)> = [("vi", vi), ("en", en)]
        .into_iter()
        .flat_map(|(lang, text)| money(text).into_iter().map(move |amount| (lang, amount)))
        .filter(|(_, amount)| !in_facts(amount))
        .collect();
    for number in only_vi {
        lint.text("vi", &number, Fault::new("fault-number-en").value("number", &number));
    }
    for number in only_en {
        lint.text("en", &number, Fault::new("fault-number-vi").value("number", &number));
    }
    for (lang, amount) in strange {
        lint.text(lang, "", Fault::new("fault-money").value("amount", amount));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_without_their_marks_and_on_one_clock() {
        assert_eq!(numbers("20.000 đ, sau 15 giờ"), numbers("20,000 VND, after 3 p.m."));
        assert_ne!(numbers("trong 60 ngày"), numbers("within 30 days"));
    }

    #[test]
    fn what_people_type_is_not_told_by_us() {
        assert_eq!(told("# A\n5\n\n## People ask\n- 3 months\n"), "# A\n5\n");
    }
}
