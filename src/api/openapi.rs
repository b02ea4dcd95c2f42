//! The description of the API, made from its types. Those of requests are only described: rows are read by the agency's mapping.

use serde::Serialize;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

/// Several events, at most 1,000.
#[derive(Serialize, ToSchema)]
pub(super) struct Events {
    /// The events, in any order; each is accepted or refused on its own. National synchronisation calls it `data`.
    events: Vec<Event>,
}

/// What happened to a dossier. All values may be text. The names of national synchronisation (`MaHoSo`, `TrangThaiHoSo`, …) are read
/// as well; papers and files that come along are dropped.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "event_id": "e-1029384", "code": "H44.101-261015-0042", "status": "5", "at": "2026-10-16T09:15:00+07:00",
    "procedure_code": "1.004222", "procedure_name": "Đăng ký thường trú", "office": "Công an phường mẫu",
    "applicant_name": "NGUYỄN VĂN THỬ", "phone": "0900000123", "received_at": "20261015143012",
    "appointment_at": "26/10/2026 16:30:00", "missing": ["Giấy tờ chứng minh chỗ ở hợp pháp"]
}))]
pub(super) struct Event {
    /// Your id of it: told again, it does nothing. Without one it is made of everything the row says.
    event_id: Option<String>,
    /// The dossier's code, in any shape.
    code: String,
    /// 1 to 10, or a word for one of them.
    status: String,
    /// When it became so. Events are sorted by it. Dates: ISO 8601, `yyyyMMddHHmmss`, `yyyy-MM-dd HH:mm:ss`, `dd/MM/yyyy HH:mm:ss`.
    at: Option<String>,
    /// Code of the procedure; tails such as `.000.00.00.H44` are cut.
    procedure_code: Option<String>,
    /// Its name of the day.
    procedure_name: Option<String>,
    /// The office that handles it.
    office: Option<String>,
    /// The officer who handles it.
    officer: Option<String>,
    /// The applicant; masked before it is kept.
    applicant_name: Option<String>,
    /// Their telephone; only a keyed hash of its last four digits is kept.
    phone: Option<String>,
    /// Their identity number; only a keyed hash of its last four digits is kept.
    identity: Option<String>,
    /// When it was received.
    received_at: Option<String>,
    /// When the result is promised.
    appointment_at: Option<String>,
    /// When it was decided.
    decided_at: Option<String>,
    /// When the result was handed over.
    handed_over_at: Option<String>,
    /// When it was refused.
    refused_at: Option<String>,
    /// When papers were asked for.
    asked_at: Option<String>,
    /// Which papers are missing.
    missing: Option<Vec<String>>,
    /// What is to be paid; the citizen is led to the portal, never to an account.
    fees: Option<Vec<EventFee>>,
    /// Why: for a refusal, a stop, a new date.
    note: Option<String>,
}

/// A fee.
#[derive(Serialize, ToSchema)]
pub(super) struct EventFee {
    /// What for.
    name: String,
    /// In đồng.
    amount: String,
}

/// What became of the events.
#[derive(Serialize, ToSchema)]
pub(super) struct Answer {
    /// Taken in now.
    pub accepted: usize,
    /// Told before.
    pub duplicates: usize,
    /// Not taken in.
    pub refused: usize,
    /// One answer for each row: `row`, `event_id`, `result` (accepted, duplicate, refused), and of refused ones `field`, `reason`.
    pub rows: Vec<serde_json::Value>,
}

/// Why a request as a whole is not taken.
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    /// In words.
    pub problem: String,
    /// The limit that was passed, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// A one-time link to print on a receipt.
#[derive(Serialize, ToSchema)]
pub(super) struct FollowLink {
    /// Opens the web chat and offers to follow the dossier.
    pub url: Option<String>,
    /// What follows `?start=` in a link to the Telegram bot.
    pub start: String,
    /// Until when it works, once.
    pub good_until: String,
}

/// An announcement.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "title": "Cắt điện ngày 25/11", "vi": "Điện lực sửa đường dây tại {nơi ở} từ 7h30 đến 11h30.",
    "buttons": [{ "label": "Hỏi lịch cắt điện", "target": { "question": "lịch cắt điện" } }],
    "answers": [{ "question": "Khu nào bị cắt điện?", "answer": "Khu 1 đến khu 4." }],
    "audience": { "places": ["xã Lạc Thủy"], "topics": ["utilities"] }
}))]
pub(super) struct Announcement {
    /// What it is about, 100 letters at most.
    title: String,
    /// The words, 800 letters at most; `{nơi ở}`, `{cơ quan}` and `{đường dây nóng}` are filled in.
    vi: String,
    /// The same in English.
    en: Option<String>,
    /// Buttons, three at most.
    buttons: Option<Vec<AnnouncementButton>>,
    /// Its own questions and answers, twelve at most.
    answers: Option<Vec<AnnouncementAnswer>>,
    /// `ordinary`, or `emergency`: to everybody, with two approvers.
    class: Option<String>,
    /// To whom; what is left out limits nothing.
    audience: Option<AnnouncementAudience>,
    /// When it begins, in milliseconds since 1970.
    starts_at: Option<i64>,
}

/// A button.
#[derive(Serialize, ToSchema)]
pub(super) struct AnnouncementButton {
    /// What stands on it.
    label: String,
    /// `{"guide": slug}`, `{"walk": slug}` or `{"question": words}`.
    target: serde_json::Value,
}

/// A question with its answer.
#[derive(Serialize, ToSchema)]
pub(super) struct AnnouncementAnswer {
    /// As a citizen asks it.
    question: String,
    /// What is said.
    answer: String,
}

/// Whom it is for.
#[derive(Serialize, ToSchema)]
pub(super) struct AnnouncementAudience {
    /// Communes and wards. An agency of one of them writes to that one only.
    places: Option<Vec<String>>,
    /// Of `procedures`, `utilities`, `health`, `school`, `farming`, `land`, `safety`, `benefits`.
    topics: Option<Vec<String>>,
    /// `vi` or `en`.
    lang: Option<String>,
    /// Of `telegram`, `zalo`, `zalo_bot`, `web`.
    channels: Option<Vec<String>>,
    /// Followers of an open dossier of this procedure.
    dossier_of: Option<String>,
}

/// An announcement that was proposed, and how far it is.
#[derive(Serialize, ToSchema)]
pub(super) struct Proposed {
    /// Its name here.
    pub id: i64,
    /// draft, proposed, approved, running, paused, cancelled or done.
    pub standing: &'static str,
    /// Recipients, once they were gathered: the sum of the following.
    pub audience: i64,
    /// Not tried yet.
    pub waiting: i64,
    /// They have it.
    pub sent: i64,
    /// They cannot have it.
    pub failed: i64,
    /// Not tried, for a reason.
    pub skipped: i64,
    /// They may have it.
    pub uncertain: i64,
}

/// Why an announcement is not taken.
#[derive(Serialize, ToSchema)]
pub(super) struct Faults {
    /// Each with its field.
    pub faults: Vec<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Motcua", description = "Dossiers told to citizens before anyone asks.", version = "1"),
    paths(super::dossiers::events, super::dossiers::link, super::broadcasts::propose, super::broadcasts::show),
    components(schemas(Events, Event, EventFee, Answer, Problem, FollowLink, Announcement, AnnouncementButton, AnnouncementAudience,
        AnnouncementAnswer, Proposed, Faults)),
    modifiers(&Keys),
    security(("bearer" = []), ("signature" = []))
)]
pub(super) struct Description;

struct Keys;

impl Modify for Keys {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        let bearer =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("`motcua agency add` shows it once")).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let how = "hex HMAC-SHA256 over X-Timestamp (seconds), `POST <path>` and the raw body, with line breaks between; with X-Agency and X-Timestamp";
        let signature = ApiKey::Header(ApiKeyValue::with_description("X-Signature", how));
        components.add_security_scheme("signature", SecurityScheme::ApiKey(signature));
    }
}
