//! Fees and time limits of a record, where they can be believed.
//!
//! The crawl writes “Miễn phí” and “1 ngày” both for what they say and for "nobody filled it in" (1,792 and 228 of 2,625
//! records). They are taken only when the same record proves them in words; otherwise the figure stays unknown.

use std::sync::LazyLock;

use regex::Regex;

use super::Blanks;
use super::record::Record;
use super::words::sentence;
use crate::domain::Bilingual;
use crate::domain::pattern::pattern;
use crate::knowledge::guide::{Fee, TimeLimit, TimeUnit, Via};

/// No fee of the state is smaller, in VND: “700 VNĐ” stands for 700,000.
const LEAST_FEE: u64 = 1_000;
/// A longer remark explains several cases at once and is left to the portal's page.
const LONGEST_NOTE: usize = 220;

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*([\d][\d.,]*)\s*(?:Việt Nam Đồng|VNĐ|VND|đồng|đ)\b"));
static SAYS_FREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(không (phải )?(thu|nộp|mất|tốn)( các loại| bất kỳ)? (phí|lệ phí)|không quy định (về )?(mức thu )?(phí|lệ phí)|(phí|lệ phí)( \(nếu có\))?\s*:\s*không\b|miễn (thu )?lệ phí cho (mọi|tất cả))",
    )
});
static SET_ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(hội đồng nhân dân|HĐND)"));
static NAMES_A_PRICE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(mức thu|biểu (mức )?(phí|giá)|\d[\d.]*\s*(đồng|VNĐ|VND)|nộp (phí|lệ phí))"));
static TIME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(\d{1,4})\s*(ngày làm việc|ngày|giờ|tháng)\s*(.*)$"));
static SAYS_ONE_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(\b(01|1|một)\s*(\((một|01)\)\s*)?ngày làm việc|ngay trong ngày|trong ngày làm việc)"));

/// One row of the portal's table of ways: way, time, fee, remark.
struct Row<'a> {
    via: Option<Via>,
    cells: Vec<&'a str>,
}

fn rows(methods: &str) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in methods.lines().filter(|line| !line.trim().is_empty()) {
        let mut cells = line.split('|').map(str::trim);
        let via = match cells.next() {
            Some("Trực tuyến") => Some(Via::Online),
            Some("Trực tiếp") => Some(Via::Counter),
            Some("Dịch vụ bưu chính") => Some(Via::Post),
            _ => None,
        };
        match via {
            Some(via) => rows.push(Row { via: Some(via), cells: cells.collect() }),
            None => match rows.last_mut() {
                Some(row) => row.cells.push(line.trim()), // a remark that went on
                None => rows.push(Row { via: None, cells: line.split('|').map(str::trim).collect() }),
            },
        }
    }
    rows
}

pub(super) fn fees(record: &Record, blanks: &mut Blanks) -> Vec<Fee> {
    let all = format!("{}\n{}", record.methods, record.fees);
    let proven_free = SAYS_FREE.is_match(&all) && !SET_ELSEWHERE.is_match(&all) && !NAMES_A_PRICE.is_match(&all);
    let mut found: Vec<Fee> = Vec::new();
    for row in rows(&record.methods) {
        for (at, cell) in row.cells.iter().enumerate() {
            let Some(amount) = AMOUNT.captures(cell).and_then(|captures| amount(&captures[1])) else { continue };
            if amount < LEAST_FEE {
                blanks.odd_fees += 1;
                continue;
            }
            let rest = AMOUNT.replace(cell, "");
            let note = std::iter::once(rest.as_ref())
                .chain(row.cells[at + 1..].iter().copied())
                .map(sentence)
                .find(|text| text.chars().count() > 2);
            add_fee(&mut found, row.via, Some(amount), note.filter(|note| note.chars().count() <= LONGEST_NOTE));
        }
    }
    if found.is_empty() && SET_ELSEWHERE.is_match(&all) {
        add_fee(&mut found, None, None, Some("mức thu do Hội đồng nhân dân tỉnh quy định".to_owned()));
    } else if found.is_empty() && proven_free {
        add_fee(&mut found, None, Some(0), None);
    } else if found.is_empty() && all.contains("Miễn phí") {
        blanks.free += 1;
    }
    found
}

fn add_fee(found: &mut Vec<Fee>, via: Option<Via>, amount: Option<u64>, note: Option<String>) {
    let note = note.map(Bilingual::vietnamese);
    match found.iter_mut().find(|fee| fee.amount == amount && fee.note == note) {
        Some(same) => same.via.extend(via.filter(|via| !same.via.contains(via))),
        None => found.push(Fee { via: via.into_iter().collect(), amount, note, exempt: None }),
    }
}

/// `10,000` and `10.000` are ten thousand; `0` is a blank.
fn amount(digits: &str) -> Option<u64> {
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    plain.parse().ok().filter(|amount| *amount > 0)
}

pub(super) fn times(record: &Record, blanks: &mut Blanks) -> Vec<TimeLimit> {
    let proves_one_day = SAYS_ONE_DAY.is_match(&record.steps) || SAYS_ONE_DAY.is_match(&record.methods);
    let mut found: Vec<TimeLimit> = Vec::new();
    let mut blank = false;
    let cells = rows(&record.methods);
    let from_table = cells.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.via, *cell)));
    for (via, cell) in from_table.chain(record.time_limit.lines().map(|line| (None, line))) {
        let Some(captures) = TIME.captures(cell) else { continue };
        let (Ok(amount), unit) = (captures[1].parse::<u32>(), captures[2].to_lowercase()) else { continue };
        let (amount, unit) = match unit.as_str() {
            "ngày làm việc" => (amount, TimeUnit::WorkingDays),
            "giờ" => (amount, TimeUnit::Hours),
            "tháng" => (amount * 30, TimeUnit::Days),
            _ => (amount, TimeUnit::Days),
        };
        if amount == 0 {
            continue;
        }
        if (amount, unit) == (1, TimeUnit::Days) && !proves_one_day {
            blank = true;
            continue;
        }
        let note = Some(sentence(&captures[3])).filter(|note| note.chars().count() > 2 && note.chars().count() <= LONGEST_NOTE);
        add_time(&mut found, via, amount, unit, note);
    }
    if blank && found.is_empty() {
        blanks.one_day += 1;
    }
    // The column `time_limit` repeats the table: a row for every way says nothing new.
    if found.iter().any(|time| !time.via.is_empty()) {
        found.retain(|time| !time.via.is_empty());
    }
    found
}

fn add_time(found: &mut Vec<TimeLimit>, via: Option<Via>, amount: u32, unit: TimeUnit, note: Option<String>) {
    let note = note.map(Bilingual::vietnamese);
    match found.iter_mut().find(|time| {
        time.amount == Some(amount) && time.unit == unit && time.note == note && (via.is_none() == time.via.is_empty())
    }) {
        Some(same) => same.via.extend(via.filter(|via| !same.via.contains(via))),
        None => found.push(TimeLimit { via: via.into_iter().collect(), amount: Some(amount), unit, note }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(methods: &str) -> Record {
        Record { methods: methods.to_owned(), ..Record::default() }
    }

    #[test]
    fn fees_are_taken_by_way_of_submitting() {
        let mut blanks = Blanks::default();
        let found = fees(
            &record("Trực tuyến | 7 Ngày làm việc | 10,000 Việt Nam Đồng\nTrực tiếp | 7 Ngày làm việc | 20,000 Việt Nam Đồng"),
            &mut blanks,
        );
        assert_eq!(
            found.iter().map(|fee| (fee.via[0], fee.amount)).collect::<Vec<_>>(),
            [(Via::Online, Some(10_000)), (Via::Counter, Some(20_000))]
        );
        assert_eq!(blanks, Blanks::default());
    }

    #[test]
    fn free_is_believed_only_when_the_record_proves_it() {
        let mut blanks = Blanks::default();
        assert!(fees(&record("Trực tiếp | 1 ngày | Miễn phí"), &mut blanks).is_empty());
        assert_eq!(blanks.free, 1);
        assert_eq!(fees(&record("Trực tiếp | 3 ngày | Miễn phí | Không thu phí"), &mut blanks)[0].amount, Some(0));
        let council = fees(&record("Trực tiếp | 3 ngày | Miễn phí | theo Nghị quyết của HĐND tỉnh"), &mut blanks);
        assert_eq!((council.len(), council[0].amount), (1, None));
    }

    #[test]
    fn an_amount_that_lost_its_thousands_is_no_fee() {
        let mut blanks = Blanks::default();
        assert!(fees(&record("Trực tiếp | 3 ngày | 700 VNĐ"), &mut blanks).is_empty());
        assert_eq!(blanks.odd_fees, 1);
    }

    #[test]
    fn one_day_is_believed_only_when_the_steps_say_so() {
        let mut blanks = Blanks::default();
        assert!(times(&record("Trực tiếp | 1 ngày | Miễn phí"), &mut blanks).is_empty());
        assert_eq!(blanks.one_day, 1);
        let proven = Record { steps: "Giải quyết trong 01 ngày làm việc".into(), ..record("Trực tiếp | 1 ngày") };
        assert_eq!(times(&proven, &mut blanks).len(), 1);
        let two = times(&record("Trực tuyến | 7 Ngày làm việc\nTrực tiếp | 7 Ngày làm việc"), &mut blanks);
        assert_eq!((two.len(), two[0].via.len()), (1, 2));
    }
}
