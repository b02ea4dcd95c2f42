//! A Zalo Bot Platform that speaks the wire format: JSON and form bodies, one update a poll and no confirmation, 408 when
//! nothing came, its own error numbers within HTTP 200, and refusals of what the real one refuses.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};
use tokio::sync::Notify;

/// The token every test uses.
pub const TOKEN: &str = "1234567890:test-secret";

#[derive(Default)]
pub struct Fake {
    /// What was sent: chat and text.
    pub sent: Mutex<Vec<(String, String)>>,
    /// Error numbers that the next sendMessage calls get.
    pub trouble: Mutex<VecDeque<i64>>,
    /// The webhook that was set: address and secret.
    pub webhook: Mutex<Option<(String, String)>>,
    updates: Mutex<VecDeque<Value>>,
    news: Notify,
}

/// A running fake.
pub struct FakeZaloBot {
    pub fake: Arc<Fake>,
    pub address: SocketAddr,
}

impl FakeZaloBot {
    pub async fn start() -> Self {
        let fake = Arc::new(Fake::default());
        let app = Router::new().route("/{bot}/{method}", any(call)).with_state(Arc::clone(&fake));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { fake, address }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Somebody writes; the next poll gets it, once.
    pub fn says(&self, chat: &str, message_id: &str, text: &str) {
        let message = json!({ "chat": { "id": chat, "chat_type": "PRIVATE" }, "message_id": message_id, "text": text,
            "from": { "id": chat, "is_bot": false, "display_name": "An" }, "date": 1_776_919_152_762_i64 });
        self.fake.updates.lock().unwrap().push_back(json!({ "event_name": "message.text.received", "message": message }));
        self.fake.news.notify_waiters();
    }

    pub fn sent(&self) -> Vec<(String, String)> {
        self.fake.sent.lock().unwrap().clone()
    }
}

async fn call(
    State(fake): State<Arc<Fake>>,
    Path((bot, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if bot != format!("bot{TOKEN}") {
        return refuse(401, "Unauthorized");
    }
    let form = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form"));
    let given: Value = if form {
        let fields: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
        json!(fields)
    } else {
        serde_json::from_slice(&body).unwrap_or_default()
    };
    let text = |key: &str| given.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    match method.as_str() {
        "getMe" => {
            accept(&json!({ "id": "1234567890", "account_name": "Bot thử", "account_type": "BASIC", "can_join_groups": false }))
        }
        "deleteWebhook" => match fake.webhook.lock().unwrap().take() {
            Some(_) => accept(&json!({})),
            None => refuse(404, "Webhook not found"),
        },
        "setWebhook" => {
            let (url, secret) = (text("url"), text("secret_token"));
            if !url.starts_with("https://") || !(8..=256).contains(&secret.len()) {
                return refuse(400, "Bad Request");
            }
            *fake.webhook.lock().unwrap() = Some((url, secret));
            accept(&json!({}))
        }
        "getUpdates" if fake.webhook.lock().unwrap().is_some() => refuse(400, "a webhook is set"),
        "getUpdates" => {
            let news = fake.news.notified();
            if fake.updates.lock().unwrap().is_empty() {
                let _ = tokio::time::timeout(Duration::from_millis(300), news).await;
            }
            match fake.updates.lock().unwrap().pop_front() {
                Some(update) => accept(&update),
                None => refuse(408, "Request timeout"),
            }
        }
        "sendMessage" => {
            let (chat, words) = (text("chat_id"), text("text"));
            if let Some(code) = fake.trouble.lock().unwrap().pop_front() {
                return refuse(code, "scripted");
            }
            if chat.is_empty() || !(1..=2000).contains(&words.chars().count()) {
                return refuse(400, "text must be 1 to 2000 letters");
            }
            let mut sent = fake.sent.lock().unwrap();
            sent.push((chat, words));
            accept(&json!({ "message_id": format!("m{}", sent.len()), "date": 1_749_632_637_199_i64 }))
        }
        _ => refuse(404, "no such method"),
    }
}

fn accept(result: &Value) -> Response {
    axum::Json(json!({ "ok": true, "result": result })).into_response()
}

/// As the platform does: 408 with its HTTP status, others within 200.
fn refuse(code: i64, description: &str) -> Response {
    let status = if code == 408 { StatusCode::REQUEST_TIMEOUT } else { StatusCode::OK };
    (status, axum::Json(json!({ "ok": false, "error_code": code, "description": description }))).into_response()
}
