//! A Telegram that speaks the wire format: method names in any case, JSON and multipart bodies, long polls with offsets,
//! errors by script, and a connection cut after the request was read.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// The token every test uses.
pub const TOKEN: &str = "123456789:AAtest";

/// What the next `sendMessage` gets instead of success.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// An error with this HTTP status and description.
    Error(u16, &'static str),
    /// 429 with so many seconds.
    RetryAfter(u32),
    /// The message is taken and the connection is cut before the answer.
    Cut,
}

/// A message that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct SentMessage {
    pub chat: i64,
    pub thread: Option<i64>,
    pub text: String,
    pub markup: Value,
    /// How long the photo or file is that went with it.
    pub bytes: Option<usize>,
}

#[derive(Default)]
pub struct Fake {
    pub sent: Mutex<Vec<SentMessage>>,
    pub trouble: Mutex<VecDeque<Option<Trouble>>>,
    /// Calls other than sendMessage: method in lower case, parameters.
    pub calls: Mutex<Vec<(String, Value)>>,
    /// Files that people sent, by their id.
    pub files: Mutex<HashMap<String, Vec<u8>>>,
    /// Topics of groups that are there: chat, thread, whether it is open.
    pub topics: Mutex<Vec<(i64, i64, bool)>>,
    /// The bot may not manage topics (any more).
    pub powerless: AtomicBool,
    updates: Mutex<VecDeque<Value>>,
    news: Notify,
}

impl Fake {
    /// What the message after those that were told of before gets.
    pub fn expect(&self, trouble: Option<Trouble>) {
        self.trouble.lock().unwrap().push_back(trouble);
    }
}

/// A running fake.
pub struct FakeTelegram {
    pub fake: Arc<Fake>,
    pub address: SocketAddr,
}

impl FakeTelegram {
    pub async fn start() -> Self {
        let fake = Arc::new(Fake::default());
        let app = Router::new()
            .route("/{bot}/{method}", any(call))
            .route("/file/{bot}/files/{id}", get(file))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&fake));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { fake, address }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Puts an update where the next poll finds it.
    pub fn update(&self, update: Value) {
        self.fake.updates.lock().unwrap().push_back(update);
        self.fake.news.notify_waiters();
    }

    pub fn sent(&self) -> Vec<SentMessage> {
        self.fake.sent.lock().unwrap().clone()
    }

    pub fn called(&self, method: &str) -> Vec<Value> {
        self.fake
            .calls
            .lock()
            .unwrap()
            .iter()
            .filter(|(name, _)| name == method)
            .map(|(_, parameters)| parameters.clone())
            .collect()
    }
}

async fn call(State(fake): State<Arc<Fake>>, Path((bot, method)): Path<(String, String)>, request: Request) -> Response {
    if bot != format!("bot{TOKEN}") {
        return error(401, "Unauthorized", json!({}));
    }
    let parameters = parameters(request).await;
    let method = method.to_lowercase();
    match method.as_str() {
        "sendmessage" => send_message(&fake, &parameters),
        "sendphoto" | "senddocument" => send_file(&fake, &parameters),
        "createforumtopic" | "closeforumtopic" | "reopenforumtopic" | "deleteforumtopic" | "getchatmember" => {
            let answer = in_forum(&fake, &method, &parameters);
            fake.calls.lock().unwrap().push((method, parameters));
            answer
        }
        "getfile" => {
            let id = parameters["file_id"].as_str().unwrap();
            match fake.files.lock().unwrap().get(id) {
                Some(bytes) => ok(
                    json!({ "file_id": id, "file_unique_id": "u", "file_size": bytes.len(), "file_path": format!("files/{id}") }),
                ),
                None => error(400, "Bad Request: wrong file_id or the file is temporarily unavailable", json!({})),
            }
        }
        "getupdates" => ok(get_updates(&fake, &parameters).await),
        "getwebhookinfo" => ok(json!({ "url": "", "has_custom_certificate": false, "pending_update_count": 0 })),
        "getme" => ok(json!({
            "id": 123_456_789, "is_bot": true, "first_name": "Motcua", "username": "motcua_bot", "can_join_groups": true,
            "can_read_all_group_messages": false, "supports_inline_queries": false, "can_connect_to_business": false, "has_main_web_app": false,
        })),
        _ => {
            fake.calls.lock().unwrap().push((method, parameters));
            ok(json!(true))
        }
    }
}

async fn file(State(fake): State<Arc<Fake>>, Path((bot, id)): Path<(String, String)>) -> Response {
    let file = fake.files.lock().unwrap().get(&id).cloned().filter(|_| bot == format!("bot{TOKEN}"));
    file.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}

async fn parameters(request: Request) -> Value {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    if kind.starts_with("multipart/") {
        let mut form = Multipart::from_request(request, &()).await.unwrap();
        let mut fields = serde_json::Map::new();
        while let Some(field) = form.next_field().await.unwrap() {
            let name = field.name().unwrap_or_default().to_owned();
            let value = match field.file_name() {
                // Only how long it is.
                Some(_) => json!(field.bytes().await.unwrap().len()),
                None => Value::String(field.text().await.unwrap()),
            };
            fields.insert(name, value);
        }
        return Value::Object(fields);
    }
    let body = Bytes::from_request(request, &()).await.unwrap();
    serde_json::from_slice(&body).unwrap_or(Value::Null)
}

fn send_message(fake: &Fake, parameters: &Value) -> Response {
    let chat = parameters["chat_id"].as_i64().unwrap();
    let text = parameters["text"].as_str().unwrap_or_default().to_owned();
    let trouble = fake.trouble.lock().unwrap().pop_front().flatten();
    match trouble {
        Some(Trouble::Error(code, description)) => return error(code, description, json!({})),
        Some(Trouble::RetryAfter(seconds)) => {
            return error(429, &format!("Too Many Requests: retry after {seconds}"), json!({ "retry_after": seconds }));
        }
        Some(Trouble::Cut) | None => {}
    }
    if text.is_empty() {
        return error(400, "Bad Request: message text is empty", json!({}));
    }
    // Counted after entity parsing; our texts have no entities inside words.
    static TAG: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new("<[^>]*>").unwrap());
    let plain = TAG.replace_all(&text, "").into_owned();
    if plain.encode_utf16().count() > 4096 {
        return error(400, "Bad Request: message is too long", json!({}));
    }
    let thread = parameters.get("message_thread_id").and_then(Value::as_i64);
    if let Some(missing) = missing_topic(fake, chat, thread) {
        return missing;
    }
    let markup = parameters.get("reply_markup").cloned().unwrap_or(Value::Null);
    let number = {
        let mut sent = fake.sent.lock().unwrap();
        sent.push(SentMessage { chat, thread, text: text.clone(), markup, bytes: None });
        sent.len()
    };
    fake.news.notify_waiters();
    if matches!(trouble, Some(Trouble::Cut)) {
        let cut = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
        return Response::new(Body::from_stream(cut));
    }
    let kind = if chat < 0 { "group" } else { "private" };
    ok(
        json!({ "message_id": number, "date": 1_795_237_200, "chat": { "id": chat, "type": kind, "first_name": "A", "title": "G" }, "text": text }),
    )
}

fn number(parameters: &Value, name: &str) -> Option<i64> {
    let value = parameters.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn missing_topic(fake: &Fake, chat: i64, thread: Option<i64>) -> Option<Response> {
    let thread = thread.filter(|_| chat < 0)?;
    let there = fake.topics.lock().unwrap().iter().any(|topic| (topic.0, topic.1) == (chat, thread));
    (!there).then(|| error(400, "Bad Request: message thread not found", json!({})))
}

/// A photo or a document: its caption is the text, and nothing is kept of it but how long it is.
fn send_file(fake: &Fake, parameters: &Value) -> Response {
    let (chat, thread) = (number(parameters, "chat_id").unwrap(), number(parameters, "message_thread_id"));
    if let Some(missing) = missing_topic(fake, chat, thread) {
        return missing;
    }
    let text = parameters["caption"].as_str().unwrap_or_default().to_owned();
    let bytes = parameters.as_object().unwrap().iter().find_map(|(name, value)| value.as_u64().filter(|_| name != "chat_id"));
    let mut sent = fake.sent.lock().unwrap();
    sent.push(SentMessage { chat, thread, text, markup: Value::Null, bytes: bytes.map(|bytes| bytes as usize) });
    let photo = json!([{ "file_id": "x", "file_unique_id": "u", "width": 9, "height": 9, "file_size": 9 }]);
    let chat = json!({ "id": chat, "type": if chat < 0 { "supergroup" } else { "private" }, "first_name": "A", "title": "G" });
    ok(json!({ "message_id": sent.len(), "date": 1_795_237_200, "chat": chat, "photo": photo }))
}

fn in_forum(fake: &Fake, method: &str, parameters: &Value) -> Response {
    let powerless = fake.powerless.load(Ordering::SeqCst);
    if method == "getchatmember" {
        let user = json!({ "id": 123_456_789, "is_bot": true, "first_name": "Motcua" });
        let rights = [
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
            "can_pin_messages",
        ];
        let mut member = json!({ "status": "administrator", "user": user, "can_manage_topics": !powerless,
            "can_delete_messages": !powerless });
        member.as_object_mut().unwrap().extend(rights.map(|right| (right.to_owned(), json!(false))));
        return ok(member);
    }
    if powerless {
        return error(400, "Bad Request: not enough rights to manage topics", json!({}));
    }
    let chat = number(parameters, "chat_id").unwrap();
    let mut topics = fake.topics.lock().unwrap();
    if method == "createforumtopic" {
        let thread = topics.len() as i64 + 10 + fake.calls.lock().unwrap().len() as i64;
        topics.push((chat, thread, true));
        return ok(json!({ "message_thread_id": thread, "name": parameters["name"], "icon_color": 7_322_096 }));
    }
    let thread = number(parameters, "message_thread_id").unwrap();
    let Some(at) = topics.iter().position(|topic| (topic.0, topic.1) == (chat, thread)) else {
        return error(400, "Bad Request: message thread not found", json!({}));
    };
    match method {
        "deleteforumtopic" => drop(topics.remove(at)),
        "closeforumtopic" => topics[at].2 = false,
        _ => topics[at].2 = true,
    }
    ok(json!(true))
}

/// Confirms everything below `offset`; waits a moment for news when there is none.
async fn get_updates(fake: &Fake, parameters: &Value) -> Value {
    let offset = parameters["offset"].as_i64().unwrap_or(0);
    let take = || {
        let mut updates = fake.updates.lock().unwrap();
        updates.retain(|update| update["update_id"].as_i64().unwrap() >= offset);
        updates.iter().cloned().collect::<Vec<_>>()
    };
    let news = fake.news.notified();
    let ready = take();
    if !ready.is_empty() || parameters["timeout"].as_i64() == Some(0) {
        return json!(ready);
    }
    let _ = tokio::time::timeout(Duration::from_secs(1), news).await;
    json!(take())
}

fn ok(result: Value) -> Response {
    axum::Json(json!({ "ok": true, "result": result })).into_response()
}

fn error(code: u16, description: &str, parameters: Value) -> Response {
    let mut body = json!({ "ok": false, "error_code": code, "description": description });
    if parameters != json!({}) {
        body["parameters"] = parameters;
    }
    (StatusCode::from_u16(code).unwrap(), axum::Json(body)).into_response()
}
