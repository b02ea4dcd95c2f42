//! Zalo's services for Official Accounts, on the wire: consent with PKCE, refresh tokens that work once, errors within HTTP 200,
//! windows counted from the last word, a limit of calls a minute, signed events that are repeated when they are not answered.

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const APP: &str = "431515342535353";
pub const APP_SECRET: &str = "app-secret";
pub const OA: &str = "2333333333333333333";
/// What the fake signs events with: the secret of the webhook page.
pub const WEBHOOK_SECRET: &str = "oa-secret";
const HOUR: i64 = 3_600_000;

#[derive(Default)]
pub struct Fake {
    /// What was sent: user id or `84…`, text or `template:<id>`, and buttons.
    pub sent: Mutex<Vec<(String, String, usize)>>,
    /// Error numbers that the next messages get.
    pub trouble: Mutex<VecDeque<i64>>,
    /// Templates that are approved.
    pub approved: Mutex<HashSet<String>>,
    /// Messages a minute.
    pub per_minute: Mutex<Option<usize>>,
    /// How many token requests there were.
    pub refreshes: Mutex<u32>,
    /// The next token answers are slow, refused with this error, or cut off.
    pub token_trouble: Mutex<VecDeque<TokenTrouble>>,
    tokens: Mutex<TokenState>,
    now: Mutex<i64>,
    last_word: Mutex<HashMap<String, i64>>,
    called_at: Mutex<Vec<i64>>,
}

/// What goes wrong at the token service.
pub enum TokenTrouble {
    /// The pair is made, and the answer lost.
    AnswerLost,
    /// Refused with this number, and nothing is used up.
    Refused(i64),
}

#[derive(Default)]
struct TokenState {
    challenges: HashMap<String, String>,
    access: String,
    refresh: String,
    made: u32,
}

/// A running fake.
pub struct FakeZalo {
    pub fake: Arc<Fake>,
    pub address: SocketAddr,
}

impl FakeZalo {
    pub async fn start() -> Self {
        let fake = Arc::new(Fake::default());
        *fake.now.lock().unwrap() = 1_754_000_000_000;
        let app = Router::new()
            .route("/v4/oa/permission", get(permission))
            .route("/v4/oa/access_token", post(access_token))
            .route("/v3.0/oa/message/cs", post(consultation))
            .route("/v3.0/oa/message/template", post(template_by_user))
            .route("/message/template", post(template_by_phone))
            .route("/v3.0/oa/quota/message", post(quota))
            .route("/v2.0/oa/message", post(|| async { error(-240, "Message V2 API has shut down") }))
            .route("/photo/{bytes}", get(|Path(bytes): Path<usize>| async move { vec![7u8; bytes] }))
            .route("/chunked/{bytes}", get(|Path(bytes): Path<usize>| async move { Body::from_stream(parts(bytes)) }))
            .route("/elsewhere", get(|| async { Redirect::temporary("/photo/5") }))
            .with_state(Arc::clone(&fake));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { fake, address }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Time passes at Zalo's.
    pub fn later(&self, hours: i64) {
        *self.fake.now.lock().unwrap() += hours * HOUR;
    }

    /// A citizen did something: the window counts from now.
    pub fn spoke(&self, user: &str) {
        let now = *self.fake.now.lock().unwrap();
        self.fake.last_word.lock().unwrap().insert(user.to_owned(), now);
    }

    pub fn sent(&self) -> Vec<(String, String)> {
        self.fake.sent.lock().unwrap().iter().map(|(user, text, _)| (user.clone(), text.clone())).collect()
    }

    /// Gives a pair without asking anybody: what a consent brings.
    pub fn pair(&self) -> (String, String) {
        self.fake.tokens.lock().unwrap().next()
    }

    /// An event of a citizen's text, as Zalo writes it.
    pub fn text(&self, user: &str, id: &str, text: &str) -> String {
        self.spoke(user);
        json!({ "event_name": "user_send_text", "app_id": APP, "sender": { "id": user }, "recipient": { "id": OA },
            "message": { "text": text, "msg_id": id }, "timestamp": self.fake.now.lock().unwrap().to_string(),
            "user_id_by_app": format!("5{user}") })
        .to_string()
    }

    /// Sends an event to `url`, signed, until it is answered 200, six times at most as Zalo does. Returns the answers.
    pub async fn deliver(&self, url: &str, body: &str) -> Vec<StatusCode> {
        let client = reqwest::Client::new();
        let mut answers = Vec::new();
        for retry in 0..6 {
            let mut request =
                client.post(url).header("X-ZEvent-Signature", sign(body)).header("content-type", "application/json");
            if retry > 0 {
                request = request.header("num_retry", retry);
            }
            let answer = request.body(body.to_owned()).send().await.map_or(StatusCode::BAD_GATEWAY, |answer| answer.status());
            answers.push(answer);
            if answer == StatusCode::OK {
                break;
            }
        }
        answers
    }
}

/// The signature of an event: SHA-256 of app id, body, the body's timestamp and secret.
pub fn sign(body: &str) -> String {
    let event: Value = serde_json::from_str(body).unwrap();
    let timestamp = match &event["timestamp"] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let hash = Sha256::digest(format!("{APP}{body}{timestamp}{WEBHOOK_SECRET}"));
    format!("mac={}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

impl TokenState {
    fn next(&mut self) -> (String, String) {
        self.made += 1;
        self.access = format!("AT{}", self.made);
        self.refresh = format!("RT{}", self.made);
        (self.access.clone(), self.refresh.clone())
    }
}

/// The administrator agrees at once.
async fn permission(State(fake): State<Arc<Fake>>, Query(asked): Query<HashMap<String, String>>) -> Response {
    if asked.get("app_id").map(String::as_str) != Some(APP) {
        return error(-14003, "Invalid redirect uri");
    }
    let mut tokens = fake.tokens.lock().unwrap();
    let code = format!("code{}", tokens.challenges.len());
    tokens.challenges.insert(code.clone(), asked["code_challenge"].clone());
    Redirect::to(&format!("{}?oa_id={OA}&code={code}&state={}", asked["redirect_uri"], asked["state"])).into_response()
}

async fn access_token(State(fake): State<Arc<Fake>>, headers: HeaderMap, body: Bytes) -> Response {
    let fields: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let field = |key: &str| fields.get(key).cloned().unwrap_or_default();
    let secret = headers.get("secret_key").is_some_and(|secret| secret.as_bytes() == APP_SECRET.as_bytes());
    if !secret || field("app_id") != APP {
        return refused(-14005, "Invalid app id or secret key");
    }
    *fake.refreshes.lock().unwrap() += 1;
    let trouble = fake.token_trouble.lock().unwrap().pop_front();
    if let Some(TokenTrouble::Refused(code)) = trouble {
        return refused(code, "scripted");
    }
    let mut tokens = fake.tokens.lock().unwrap();
    match field("grant_type").as_str() {
        "authorization_code" => {
            let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
            if field("code_verifier").len() != 43 || tokens.challenges.remove(&field("code")) != Some(challenge) {
                return refused(-14019, "Invalid authorized code");
            }
        }
        "refresh_token" if field("refresh_token") != tokens.refresh || tokens.refresh.is_empty() => {
            return refused(-14020, "Invalid refresh token");
        }
        "refresh_token" => {}
        _ => return refused(-14001, "Invalid grant type"),
    }
    let (access, refresh) = tokens.next();
    if matches!(trouble, Some(TokenTrouble::AnswerLost)) {
        return (StatusCode::BAD_GATEWAY, "cut").into_response();
    }
    axum::Json(json!({ "access_token": access, "refresh_token": refresh, "expires_in": "90000" })).into_response()
}

/// Errors of the token service come with HTTP 200.
fn refused(code: i64, name: &str) -> Response {
    axum::Json(json!({ "error": code, "error_name": name, "error_reason": name })).into_response()
}

fn error(code: i64, message: &str) -> Response {
    axum::Json(json!({ "error": code, "message": message })).into_response()
}

impl Fake {
    /// What every call must pass: the token in its own header, and the limit of calls.
    fn enter(&self, headers: &HeaderMap) -> Option<Response> {
        let access = self.tokens.lock().unwrap().access.clone();
        let given = headers.get("access_token").map(|token| token.as_bytes().to_vec()).unwrap_or_default();
        if access.is_empty() || given != access.as_bytes() {
            return Some(error(-216, "Access token is invalid"));
        }
        if let Some(code) = self.trouble.lock().unwrap().pop_front() {
            return Some(error(code, "scripted"));
        }
        let now = *self.now.lock().unwrap();
        let mut called = self.called_at.lock().unwrap();
        called.retain(|at| *at > now - 60_000);
        if self.per_minute.lock().unwrap().is_some_and(|limit| called.len() >= limit) {
            return Some(error(-32, "App reach limit call api"));
        }
        called.push(now);
        None
    }

    fn hours_since(&self, user: &str) -> Option<i64> {
        let now = *self.now.lock().unwrap();
        self.last_word.lock().unwrap().get(user).map(|last| (now - last) / HOUR)
    }

    fn keep(&self, to: &str, what: String, buttons: usize) -> Value {
        let mut sent = self.sent.lock().unwrap();
        sent.push((to.to_owned(), what, buttons));
        json!(format!("96d3cdf3af15046{:04}", sent.len()))
    }
}

async fn consultation(State(fake): State<Arc<Fake>>, headers: HeaderMap, axum::Json(body): axum::Json<Value>) -> Response {
    if let Some(refusal) = fake.enter(&headers) {
        return refusal;
    }
    let Some(user) = body.pointer("/recipient/user_id").and_then(Value::as_str) else { return error(-201, "Params is invalid") };
    let Some(text) = body.pointer("/message/text").and_then(Value::as_str) else { return error(-201, "Params is invalid") };
    if text.chars().count() > 2000 {
        return error(-210, "Parameter exceeds limit");
    }
    let buttons = body.pointer("/message/attachment/payload/buttons").and_then(Value::as_array).cloned().unwrap_or_default();
    let fits = |button: &Value| {
        let length = |key: &str| button[key].as_str().map_or(0, |text| text.chars().count());
        (1..=100).contains(&length("title")) && (1..=1000).contains(&length("payload"))
    };
    if buttons.len() > 5 || !buttons.iter().all(fits) {
        return error(-201, "Params is invalid");
    }
    match fake.hours_since(user) {
        None => error(-213, "User has not followed OA"),
        Some(hours) if hours > 7 * 24 => error(-230, "User has not interacted with the OA in the past 7 days"),
        Some(_) => {
            let id = fake.keep(user, text.to_owned(), buttons.len());
            axum::Json(json!({ "data": { "message_id": id, "user_id": user, "sent_time": "1754000000000",
                "quota": { "quota_type": "sub_quota", "remain": "1999", "total": "2000" } }, "error": 0, "message": "Success" }))
            .into_response()
        }
    }
}

async fn template_by_user(state: State<Arc<Fake>>, headers: HeaderMap, axum::Json(body): axum::Json<Value>) -> Response {
    template(&state, &headers, &body, "user_id", "message_id")
}

async fn template_by_phone(state: State<Arc<Fake>>, headers: HeaderMap, axum::Json(body): axum::Json<Value>) -> Response {
    let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    if !text("phone").starts_with("84") || text("phone").len() != 11 {
        return error(-108, "Phone number invalid");
    }
    if !(1..=48).contains(&text("tracking_id").len()) {
        return error(-201, "Params is invalid");
    }
    template(&state, &headers, &body, "phone", "msg_id")
}

fn template(fake: &Fake, headers: &HeaderMap, body: &Value, to: &str, id_key: &str) -> Response {
    if let Some(refusal) = fake.enter(headers) {
        return refusal;
    }
    let (Some(to), Some(form)) = (body[to].as_str(), body["template_id"].as_str()) else {
        return error(-201, "Params is invalid");
    };
    if !body["template_data"].is_object() {
        return error(-201, "Params is invalid");
    }
    if !fake.approved.lock().unwrap().contains(form) {
        return error(-131, "Template is not approved");
    }
    let id = fake.keep(to, format!("template:{form} {}", body["template_data"]), 0);
    let mut data = json!({ "sent_time": "1754000000000", "quota": { "dailyQuota": "500", "remainingQuota": "499" } });
    data[id_key] = id;
    axum::Json(json!({ "error": 0, "message": "Success", "data": data })).into_response()
}

async fn quota(State(fake): State<Arc<Fake>>, headers: HeaderMap, axum::Json(body): axum::Json<Value>) -> Response {
    if let Some(refusal) = fake.enter(&headers) {
        return refusal;
    }
    let user = body["user_id"].as_str().unwrap_or_default();
    match fake.last_word.lock().unwrap().get(user) {
        Some(last) => {
            axum::Json(json!({ "error": 0, "message": "Success", "data": { "last_interaction": last } })).into_response()
        }
        None => error(-213, "User has not followed OA"),
    }
}

/// A body whose length nobody tells.
fn parts(bytes: usize) -> impl futures::Stream<Item = Result<Vec<u8>, std::io::Error>> {
    futures::stream::iter((0..bytes / 100).map(|_| Ok(vec![7u8; 100])))
}
