//! From one row of a source system to a claim. All values may be text; what is missing is left out; what is wrong is named by
//! its field. Papers and files that come along are never looked at.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::mapping::{Field, Mapping, Row};
use crate::domain::dossier::{Fee, masked_name};
use crate::domain::{Claim, DossierCode, Timestamp};

/// Longest text that is kept of any field, in letters.
const LONGEST: usize = 500;
/// Missing papers and fees that are kept of one dossier.
const MOST: usize = 20;
/// How far ahead of ours a source's clock may be, in milliseconds.
const AHEAD: i64 = 24 * 60 * 60 * 1000;

/// The forms of dates in use: synchronisation, adapters, exports, slips. Seconds may be missing, and the time of day.
const DATES: [&str; 9] = [
    "%Y%m%d%H%M%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%H:%M %d/%m/%Y",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d/%m/%Y",
];

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Refusal {
    /// The field that is wrong, by our name of it.
    pub field: &'static str,
    /// What is wrong, for the people of the source system.
    pub reason: String,
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it claims. The name in it is masked already.
    pub claim: Claim,
    /// The last four digits of the telephone number.
    pub phone: Option<String>,
    /// The last four digits of the identity number.
    pub identity: Option<String>,
}

/// Reads one row that arrived at `now`.
///
/// # Errors
/// The first field that is missing or cannot be read.
pub fn read(value: &Value, mapping: &Mapping, now: Timestamp) -> Result<Read, Refusal> {
    let row = Row::of(value).ok_or_else(|| refuse("row", "is no object"))?;
    let text = |field| row.text(mapping, field).map(|text| text.chars().take(LONGEST).collect::<String>());
    let code = text(Field::Code).ok_or_else(|| refuse("code", "is missing"))?;
    let code = DossierCode::read(&code).ok_or_else(|| refuse("code", "is no code of a dossier: 5 to 64 letters and digits"))?;
    let status = text(Field::Status).ok_or_else(|| refuse("status", "is missing"))?;
    let status = mapping
        .status(&status)
        .ok_or_else(|| refuse("status", &format!("“{status}” is none of the statuses 1 to 10, nor a word known for one")))?;
    let time = |field, name| {
        text(field).map(|text| moment(&text).ok_or_else(|| refuse(name, &format!("“{text}” is no date")))).transpose()
    };
    let received = time(Field::Received, "received_at")?;
    let appointment = time(Field::Appointment, "appointment_at")?;
    let decided = time(Field::Decided, "decided_at")?;
    let handed_over = time(Field::HandedOver, "handed_over_at")?;
    let refused = time(Field::Refused, "refused_at")?;
    let asked = row.texts(mapping, Field::AskedAt).iter().filter_map(|text| moment(text)).max();
    // Without a time of its own: the one that goes with the status.
    let of_status = match status.number() {
        2 => received,
        3 => refused,
        5 => asked,
        9 => decided,
        10 => handed_over,
        _ => None,
    };
    let written = time(Field::At, "at")?.or(of_status);
    // A date without a time of day means the end of that day, or now while it lasts.
    let told = written.map(|at| at.end_of_promise().min(now.max(at)));
    if told.is_some_and(|at| at.0 > now.0 + AHEAD) {
        return Err(refuse("at", "lies more than a day ahead"));
    }
    let names = row.texts(mapping, Field::FeeName);
    let amounts = row.texts(mapping, Field::FeeAmount);
    let fees = names.into_iter().zip(amounts).filter_map(|(name, amount)| Some(Fee { name: cut(&name), amount: dong(&amount)? }));
    let mut missing: Vec<String> = row.texts(mapping, Field::Missing).iter().map(|text| cut(text)).collect();
    missing.truncate(MOST);
    let mut claim = Claim {
        event: String::new(),
        code,
        at: told.unwrap_or(now),
        undated: told.is_none(),
        status,
        procedure: text(Field::Procedure).map(|code| without_tail(&code)),
        procedure_name: text(Field::ProcedureName),
        office: text(Field::Office),
        officer: text(Field::Officer),
        applicant: text(Field::Applicant).map(|name| masked_name(&name)),
        received,
        appointment,
        missing,
        fees: fees.take(MOST).collect(),
        note: text(Field::Note),
    };
    claim.event = match text(Field::EventId) {
        Some(id) => id,
        // Without a time the same words may be true again another day.
        None => format!(
            "{}{}",
            fingerprint(&Claim { at: written.unwrap_or_default(), ..claim.clone() }),
            if told.is_none() { now.date().to_string() } else { String::new() }
        ),
    };
    let last = |field| text(field).as_deref().and_then(last_digits);
    Ok(Read { claim, phone: last(Field::Phone), identity: last(Field::Identity) })
}

fn refuse(field: &'static str, reason: &str) -> Refusal {
    Refusal { field, reason: reason.to_owned() }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// A moment in any of the forms in use; without an offset, in Viet Nam's time.
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(exact) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(exact.as_millisecond()));
    }
    let parsed = DATES.iter().find_map(|form| {
        DateTime::strptime(form, text)
            .ok()
            .or_else(|| jiff::civil::Date::strptime(form, text).ok().map(|date| date.at(0, 0, 0, 0)))
    })?;
    let zoned = parsed.to_zoned(TimeZone::fixed(Offset::constant(7))).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

/// `1.004222` of `1.004222.000.00.00.H44`.
fn without_tail(code: &str) -> String {
    let mut parts = code.trim().split('.');
    match (parts.next(), parts.next()) {
        (Some(first), Some(second)) if second.len() == 6 => format!("{first}.{second}"),
        _ => code.trim().to_owned(),
    }
}

/// `10.000`, `10000`, `10,000 đ`.
fn dong(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The last four digits of a number; `None` for what stands for a missing one, such as `000000001`.
pub fn last_digits(number: &str) -> Option<String> {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let real = digits.len() >= 8 && digits.iter().filter(|digit| **digit != '0').count() > 1;
    real.then(|| digits[digits.len() - 4..].iter().collect())
}

/// What tells a repeat of a row that has no id of its own: everything it says.
fn fingerprint(claim: &Claim) -> String {
    let words = serde_json::to_string(claim).unwrap_or_default();
    hex::encode(&Sha256::digest(words)[..16])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::Status;

    const NOW: Timestamp = Timestamp(1_795_237_200_000);

    fn mapping() -> Mapping {
        Mapping::shipped("national").unwrap()
    }

    #[test]
    fn four_forms_of_dates_are_one_moment() {
        let expected = moment("20261015143012").unwrap();
        assert_eq!(expected.to_string(), "2026-10-15 14:30:12");
        for text in [
            "2026-10-15 14:30:12",
            "15/10/2026 14:30:12",
            "2026-10-15T14:30:12+07:00",
            "2026-10-15T07:30:12Z",
            "2026-10-15T14:30:12",
        ] {
            assert_eq!(moment(text), Some(expected), "{text}");
        }
        assert_eq!(moment("14:30 15/10/2026").unwrap().to_string(), "2026-10-15 14:30:00");
        assert_eq!(moment("15/10/2026").unwrap().to_string(), "2026-10-15 00:00:00");
        for text in ["", "mai", "31/02/2026", "99999999999999"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_row_of_national_synchronisation_is_a_claim() {
        let row = json!({ "MaHoSo": "H44.101-261015-0042", "MaTTHC": "1.004222.000.00.00.H44", "TenTTHC": "Đăng ký thường trú",
            "ChuHoSo": "NGUYỄN VĂN THỬ", "MaDoiTuong": "000000000001", "SoDienThoai": "0900000123", "Email": "",
            "NgayTiepNhan": "20261015143012", "NgayHenTra": "20261026163000", "TrangThaiHoSo": "5", "NgayTra": "",
            "DonViXuLy": "Công an phường mẫu", "GhiChu": "", "TaiLieuNop": [{ "TenTepDinhKem": "cccd.jpg" }],
            "DanhSachLePhi": [{ "TenPhiLePhi": "Lệ phí", "Gia": "10.000" }],
            "DanhSachHoSoBoSung": [{ "NoiDungBoSung": "Giấy tờ nhà", "NgayBoSung": "20261016091500" }] });
        let read = read(&row, &mapping(), NOW).unwrap();
        let claim = &read.claim;
        assert_eq!((claim.status, claim.at.to_string()), (Status::PapersMissing, "2026-10-16 09:15:00".to_owned()));
        assert_eq!((claim.procedure.as_deref(), claim.applicant.as_deref()), (Some("1.004222"), Some("N. V. Thử")));
        assert_eq!((claim.missing.as_slice(), claim.fees[0].amount), (&["Giấy tờ nhà".to_owned()][..], 10_000));
        assert_eq!((read.phone.as_deref(), read.identity.as_deref()), (Some("0123"), None), "1 stands for a missing number");
        let kept = serde_json::to_string(claim).unwrap();
        assert!(!kept.contains("NGUYỄN") && !kept.contains("cccd") && !kept.contains("0900000123"), "{kept}");
        let again = super::read(&row, &mapping(), NOW.plus(std::time::Duration::from_secs(60))).unwrap();
        assert_eq!(again.claim.event, claim.event, "the same row has the same id whenever it comes");
    }

    #[test]
    fn a_date_without_a_time_is_the_same_event_all_day() {
        let row =
            json!({ "code": "H44.101-261015-0042", "status": "10", "NgayTra": NOW.date().strftime("%d/%m/%Y").to_string() });
        let (noon, later) = (NOW, NOW.plus(std::time::Duration::from_secs(3600)));
        let [first, again] = [noon, later].map(|now| read(&row, &mapping(), now).unwrap().claim);
        assert_eq!((first.event, first.at, again.at), (again.event, noon, later));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field() {
        let field = |row: Value| read(&row, &mapping(), NOW).unwrap_err().field;
        assert_eq!(field(json!([])), "row");
        assert_eq!(field(json!({ "status": "4" })), "code");
        assert_eq!(field(json!({ "code": "H44.101-261015-0042" })), "status");
        assert_eq!(field(json!({ "code": "H44.101-261015-0042", "status": "xong rồi" })), "status");
        assert_eq!(field(json!({ "code": "H44.101-261015-0042", "status": "4", "at": "hôm qua" })), "at");
        assert_eq!(field(json!({ "code": "H44.101-261015-0042", "status": "4", "at": "2030-01-01" })), "at");
        assert_eq!(field(json!({ "code": "H44.101-261015-0042", "status": 4, "NgayHenTra": "31/02/2026" })), "appointment_at");
    }

    proptest::proptest! {
        #[test]
        fn no_row_is_too_odd(code in "\\PC{0,30}", status in "\\PC{0,12}", at in "\\PC{0,20}", phone in "\\PC{0,14}") {
            let row = json!({ "code": code, "status": status, "at": at, "phone": phone, "missing": { "a": [at] }, "fees": [[], {}, 7] });
            let _ = read(&row, &mapping(), NOW);
        }
    }
}
