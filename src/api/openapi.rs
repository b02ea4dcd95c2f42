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

#[derive(OpenApi)]
#[openapi(
    info(title = "Motcua", description = "Dossiers told to citizens before anyone asks.", version = "1"),
    paths(super::dossiers::events, super::dossiers::link),
    components(schemas(Events, Event, EventFee, Answer, Problem, FollowLink)),
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
