//! The figures the README promises, measured on the real program: `cargo bench --bench house -- --knowledge DIR`.
//!
//! One line a figure. The last one runs `motcua serve` as a process of its own, with a Telegram of ours beside it, and
//! 200 citizens who each wait for their answer before they ask again.
#![expect(clippy::disallowed_methods, reason = "this is where time is measured")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::routing::any;
use motcua::app::SystemClock;
use motcua::domain::{Address, ChannelName, Clock, Inbound, Said};
use motcua::engine::Office;
use motcua::i18n::Wording;
use motcua::knowledge::search::Question;
use motcua::knowledge::{Library, Origin};
use motcua::service::Conversations;
use motcua::store::{Store, inbox};
use serde_json::{Value, json};
use tokio::sync::{Notify, oneshot};

const TOKEN: &str = "1:bench";
const CITIZENS: i64 = 200;
const SECONDS: u64 = 10;
const QUESTIONS: [&str; 12] = [
    "lam khai sinh cho con can giay to j",
    "đăng ký kết hôn mất bao lâu",
    "thường trú lệ phí bao nhiêu",
    "xin giấy xác nhận độc thân ở đâu",
    "mo quan ban hang can dang ky gi",
    "xây nhà có phải xin phép không",
    "mất căn cước phải làm sao",
    "sang tên sổ đỏ cho con",
    "lý lịch tư pháp nộp ở đâu",
    "khai tu cho ong ngoai",
    "cấp giấy phép lái xe bị mất",
    "trợ cấp cho người cao tuổi không có lương hưu",
];

fn main() {
    let folders: Vec<PathBuf> =
        std::env::args().skip_while(|word| word != "--knowledge").skip(1).take(1).map(PathBuf::from).collect();
    let home = std::env::temp_dir().join(format!("motcua-bench-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let index = home.join("index");
    std::fs::create_dir_all(&index).unwrap();
    let layers = Origin::layers(&folders);
    let cold = Instant::now();
    drop(Library::load(&layers, Some(&index)).unwrap());
    let cold = cold.elapsed();
    let warm = Instant::now();
    let library = Library::load(&layers, Some(&index)).unwrap();
    let warm = warm.elapsed();
    println!("guides                           {:>10}", library.len());
    println!("load, index to be built          {:>10.2} s", cold.as_secs_f64());
    println!("load, index built                {:>10.2} s", warm.as_secs_f64());
    searches(&library);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(turns(library, &home));
    runtime.block_on(serve(&folders, &home));
    std::fs::remove_dir_all(&home).unwrap();
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{what:<32} {:>10.3} ms p50 {:>9.3} ms p99", at(50), at(99));
}

fn searches(library: &Library) {
    let times = (0..4000).map(|n| {
        let start = Instant::now();
        let question = Question::read(QUESTIONS[n % QUESTIONS.len()]);
        assert!(!library.search().look_up(&question, 10).hits.is_empty());
        start.elapsed()
    });
    report("search", times.collect());
}

/// From a stored inbound to committed replies, one at a time, on SQLite.
async fn turns(library: Library, home: &Path) {
    let store = Store::open(home.join("turns.db").to_str().unwrap()).await.unwrap();
    let clock = Arc::new(SystemClock);
    let conversations = Conversations {
        in_hand: Default::default(),
        switches: Arc::default(),
        store: store.clone(),
        library: Arc::new(ArcSwap::from_pointee(library)),
        wording: Arc::new(Wording::default()),
        office: Arc::new(Office::default()),
        site: None,
        keys: None,
        clock: clock.clone(),
        arrived: Arc::new(Notify::new()),
        written: Vec::new(),
    };
    let mut times = Vec::new();
    for n in 0..1000usize {
        let said = Said::Text(QUESTIONS[n % QUESTIONS.len()].into());
        let from = Address::new(ChannelName::Web, (n % 50).to_string());
        let inbound = Inbound { id: clock.fresh_id(), external_id: n.to_string(), from, at: clock.now(), said, lang_hint: None };
        let start = Instant::now();
        let mut tx = store.write().await.unwrap();
        inbox::add(&mut tx, &inbound, None).await.unwrap();
        tx.commit().await.unwrap();
        conversations.take_turns().await.unwrap();
        times.push(start.elapsed());
    }
    report("turn, inbox to outbox committed", times);
    store.close().await;
}

#[derive(Default)]
struct Telegram {
    waiting: Mutex<HashMap<i64, oneshot::Sender<()>>>,
    secret: Mutex<Option<String>>,
}

async fn call(
    State(telegram): State<Arc<Telegram>>,
    UrlPath((_, method)): UrlPath<(String, String)>,
    body: axum::body::Bytes,
) -> axum::Json<Value> {
    let result = match method.to_lowercase().as_str() {
        "sendmessage" => {
            let sent: Value = serde_json::from_slice(&body).unwrap();
            let chat = sent["chat_id"].as_i64().unwrap();
            if let Some(citizen) = telegram.waiting.lock().unwrap().remove(&chat) {
                let _ = citizen.send(());
            }
            json!({ "message_id": 1, "date": 1, "chat": { "id": chat, "type": "private", "first_name": "A" }, "text": "a" })
        }
        "getme" => json!({
            "id": 1, "is_bot": true, "first_name": "M", "username": "m_bot", "can_join_groups": true, "can_read_all_group_messages": false,
            "supports_inline_queries": false, "can_connect_to_business": false, "has_main_web_app": false,
        }),
        "setwebhook" => {
            // The secret is a field of a multipart form.
            let form = String::from_utf8_lossy(&body).into_owned();
            let secret = form
                .split("name=\"secret_token\"")
                .nth(1)
                .map(|rest| rest.trim_start().lines().next().unwrap_or_default().to_owned());
            *telegram.secret.lock().unwrap() = secret;
            json!(true)
        }
        _ => json!(true),
    };
    axum::Json(json!({ "ok": true, "result": result }))
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn serve(folders: &[PathBuf], home: &Path) {
    let telegram = Arc::new(Telegram::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(
        axum::serve(listener, Router::new().route("/{bot}/{method}", any(call)).with_state(telegram.clone())).into_future(),
    );
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.envs([
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        ("TELEGRAM_API_URL", &api),
        ("TELEGRAM_WEBHOOK_URL", "https://example.org/hook"),
    ]);
    command.envs([("TELEGRAM_PER_SECOND", "100000"), ("TELEGRAM_PER_CHAT", "1000"), ("MOTCUA_LOG", "error")]);
    command
        .env("MOTCUA_LISTEN", format!("127.0.0.1:{port}"))
        .env("MOTCUA_DATABASE", home.join("serve.db"))
        .env("MOTCUA_INDEX", home.join("index"));
    if let Some(folder) = folders.first() {
        command.env("MOTCUA_KNOWLEDGE", folder);
    }
    let start = Instant::now();
    let server = Server(command.stdout(Stdio::null()).spawn().unwrap());
    let client = reqwest::Client::new();
    while client.get(format!("http://127.0.0.1:{port}/healthz")).send().await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    println!("ready after start, index built   {:>10.2} s", start.elapsed().as_secs_f64());
    println!("resident memory at rest          {:>10.1} MB", resident(server.0.id()));
    while telegram.secret.lock().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let secret = telegram.secret.lock().unwrap().clone().unwrap();
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let citizens = (0..CITIZENS).map(|citizen| {
        let (client, telegram, secret) = (client.clone(), telegram.clone(), secret.clone());
        tokio::spawn(async move {
            let chat = 1000 + citizen;
            let mut times = Vec::new();
            while Instant::now() < until {
                let n = times.len();
                let (answered, answer) = oneshot::channel();
                telegram.waiting.lock().unwrap().insert(chat, answered);
                let text = QUESTIONS[(n + citizen as usize) % QUESTIONS.len()];
                let update = json!({ "update_id": citizen * 1_000_000 + n as i64, "message": { "message_id": n, "date": 1, "text": text,
                    "chat": { "id": chat, "type": "private" }, "from": { "id": chat, "is_bot": false, "first_name": "A" } } });
                let asked = Instant::now();
                let url = format!("http://127.0.0.1:{port}/hook");
                let taken = client.post(url).header("X-Telegram-Bot-Api-Secret-Token", &secret).body(update.to_string()).send().await.unwrap();
                assert!(taken.status().is_success(), "{}", taken.status());
                answer.await.unwrap();
                times.push(asked.elapsed());
            }
            times
        })
    });
    let begun = Instant::now();
    let times: Vec<Duration> = futures::future::join_all(citizens).await.into_iter().flat_map(Result::unwrap).collect();
    println!("turns a second, delivered        {:>10.0}", times.len() as f64 / begun.elapsed().as_secs_f64());
    report("question to delivered answer", times);
    println!("resident memory under load       {:>10.1} MB", resident(server.0.id()));
}

/// Resident memory of a process, in MB (Linux).
fn resident(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
