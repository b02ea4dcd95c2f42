//! Broadcasts measured on the real program: `cargo bench --bench broadcast -- enqueue|send|pace|kill [--people N] [--database URL]`.
//!
//! `enqueue` gathers an audience into the ledger while citizens are answered; `send` sends with pacing off through a Telegram of ours
//! and tells the processor time of each message; `pace` keeps a rate while the server answers 429 now and then, and counts at the
//! server; `kill` kills the program again and again while the server refuses, fails and cuts connections, and proves the ledger.
#![expect(clippy::disallowed_methods, reason = "this is where time is measured")]

use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path as UrlPath, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use motcua::app::SystemClock;
use motcua::domain::broadcast::{BroadcastId, Button, Class, Draft, Outcome, Progress, Ring, Standing, Target};
use motcua::domain::officer::Officer;
use motcua::domain::{Address, ChannelName, Clock, Inbound, Said, Tariff};
use motcua::engine::Office;
use motcua::i18n::Wording;
use motcua::knowledge::{Library, Origin};
use motcua::seal::Keyring;
use motcua::service::Conversations;
use motcua::service::broadcast::{Broadcasts, By};
use motcua::store::{Connections, Store, broadcast, inbox, recipient};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const TOKEN: &str = "1:bench";
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    let number = |name: &str, usual: i64| value(name).map_or(usual, |text| text.parse().unwrap());
    let home = std::env::temp_dir().join(format!("motcua-broadcast-{}", std::process::id()));
    std::fs::create_dir_all(home.join("index")).unwrap();
    let database = value("--database").cloned().unwrap_or_else(|| home.join("motcua.db").to_str().unwrap().to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bench = Bench { home: &home, database: &database };
        for word in &words {
            match word.as_str() {
                "enqueue" => bench.enqueue(number("--people", 1_000_000)).await,
                "send" => bench.send(number("--people", 100_000)).await,
                "pace" => bench.pace(number("--people", 3_000), number("--rate", 100)).await,
                "kill" => bench.kill(number("--people", 20_000), number("--every", 3)).await,
                _ => {}
            }
        }
    });
    std::fs::remove_dir_all(&home).unwrap();
}

/// Ten in the morning, and on from there: announcements rest at night, and this may be run then.
#[derive(Debug)]
struct Morning(i64);

impl Morning {
    fn new() -> Self {
        let now = SystemClock.now();
        let ten = motcua::domain::Timestamp::midnight(now.date()).plus(Duration::from_secs(10 * 3600));
        Self(ten.0 - now.0)
    }
}

impl Clock for Morning {
    fn now(&self) -> motcua::domain::Timestamp {
        motcua::domain::Timestamp(SystemClock.now().0 + self.0)
    }

    fn fresh_id(&self) -> Uuid {
        SystemClock.fresh_id()
    }

    fn secret(&self) -> Uuid {
        SystemClock.secret()
    }
}

struct Bench<'a> {
    home: &'a Path,
    database: &'a str,
}

fn officer(login: &str, grant: &str) -> Officer {
    Officer { id: Uuid::nil(), login: login.into(), name: login.into(), grants: vec![grant.parse().unwrap()] }
}

impl Bench<'_> {
    /// A database with so many subscribers, and work on broadcasts.
    async fn house(&self, people: i64) -> Broadcasts {
        let store = Store::open(self.database).await.unwrap();
        let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) ";
        let subscriber = format!(
            "{rows} INSERT INTO subscriber (channel, peer, place, hamlet, topics, asked, lang, consent, since)
            SELECT 'telegram', CAST(1000000 + i AS TEXT), 'xã Lạc Thủy', 'khu ' || (i % 9), 255, FALSE, 'vi', '', 1 FROM n"
        );
        let conversation = format!(
            "{rows} INSERT INTO conversation (channel, peer, version, state, updated_at, last_interaction)
            SELECT 'telegram', CAST(1000000 + i AS TEXT), 1, '{{}}', 1, 1 FROM n"
        );
        // SQLite wants the WITH behind INSERT INTO only when it is its own; both take it in front of the SELECT.
        let fix = |sql: String| {
            let (with, rest) = sql.split_at(rows.len());
            let at = rest.find("SELECT").unwrap();
            format!("{} {with} {}", &rest[..at], &rest[at..])
        };
        for sql in [fix(subscriber), fix(conversation)] {
            let sql = sqlx::AssertSqlSafe(sql);
            match &store.on {
                Connections::Sqlite { write, .. } => drop(sqlx::query(sql).bind(people).execute(write).await.unwrap()),
                Connections::Postgres(pool) => drop(sqlx::query(sql).bind(people).execute(pool).await.unwrap()),
            }
        }
        if let Connections::Postgres(pool) = &store.on {
            sqlx::query("ANALYZE").execute(pool).await.unwrap();
        }
        Broadcasts {
            store,
            clock: Arc::new(Morning::new()),
            keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
            library: Arc::new(ArcSwap::from_pointee(Library::load(&Origin::layers(&[]), None).unwrap())),
            wording: Arc::new(Wording::default()),
            office: Arc::new(Office::default()),
            site: None,
            channels: vec![(ChannelName::Telegram, Tariff::default())],
            written: Vec::new(),
        }
    }

    /// A broadcast that is approved; an emergency where the program itself sends, which it does at any hour.
    async fn approved(&self, broadcasts: &Broadcasts, class: Class) -> BroadcastId {
        let draft = Draft {
            title: "Lịch cắt điện ngày 25/11".into(),
            vi: "Điện lực cắt điện để sửa đường dây từ 7h30 đến 11h30 ngày 25/11/2026.\nBà con sạc đèn pin trước.".into(),
            buttons: vec![Button { label: "Khai sinh".into(), target: Target::Guide("dang-ky-khai-sinh".into()) }],
            class,
            ..Draft::default()
        };
        let (lan, minh, hoa) = (officer("lan", "broadcaster"), officer("minh", "approver"), officer("hoa", "approver"));
        let id = broadcasts.write(draft, None, By::Officer(&lan)).await.unwrap();
        broadcasts.propose(id, By::Officer(&lan)).await.unwrap();
        let print = broadcasts.see(id, &lan).await.unwrap().broadcast.draft.fingerprint();
        for officer in [minh, hoa].iter().take(class.approvers()) {
            broadcasts.approve(id, &print, officer).await.unwrap();
        }
        id
    }

    async fn gathered(&self, broadcasts: &Broadcasts, class: Class) -> BroadcastId {
        let id = self.approved(broadcasts, class).await;
        while broadcasts.conduct(&CancellationToken::new()).await.unwrap() {}
        id
    }

    async fn enqueue(&self, people: i64) {
        let broadcasts = self.house(people).await;
        let clock = Arc::new(SystemClock);
        let conversations = Conversations {
            in_hand: Default::default(),
            switches: Arc::default(),
            store: broadcasts.store.clone(),
            library: Arc::clone(&broadcasts.library),
            wording: Arc::clone(&broadcasts.wording),
            office: Arc::clone(&broadcasts.office),
            site: None,
            keys: Some(broadcasts.keys.clone()),
            clock: clock.clone(),
            arrived: Arc::new(Notify::new()),
            written: Vec::new(),
        };
        let done = CancellationToken::new();
        let asking = tokio::spawn({
            let (done, conversations) = (done.clone(), conversations.clone());
            async move {
                let mut times = Vec::new();
                let mut n = 0;
                while !done.is_cancelled() {
                    let from = Address::new(ChannelName::Telegram, format!("{}", 1_000_001 + n % 500));
                    let said = Said::Text("đăng ký kết hôn mất bao lâu".into());
                    let inbound = Inbound {
                        id: clock.fresh_id(),
                        external_id: format!("q{n}"),
                        from,
                        at: clock.now(),
                        said,
                        lang_hint: None,
                    };
                    let start = Instant::now();
                    let mut tx = conversations.store.write().await.unwrap();
                    inbox::add(&mut tx, &inbound, None).await.unwrap();
                    tx.commit().await.unwrap();
                    conversations.take_turns().await.unwrap();
                    times.push(start.elapsed());
                    n += 1;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                times
            }
        });
        let before = resident(std::process::id());
        let start = Instant::now();
        let id = self.gathered(&broadcasts, Class::Ordinary).await;
        let took = start.elapsed();
        done.cancel();
        let mut times = asking.await.unwrap();
        times.sort_unstable();
        let progress = Progress::of(&broadcast::counts(&mut broadcasts.store.read().await.unwrap(), id).await.unwrap());
        assert!(progress.audience() >= people, "{progress:?}");
        println!("recipients enqueued              {:>10} in {:.1} s", progress.audience(), took.as_secs_f64());
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
        println!("a turn meanwhile                 {:>10.1} ms p50 {:.1} ms p99 of {}", at(50), at(99), times.len());
        println!("memory                           {:>10.1} MB, {before:.1} before", resident(std::process::id()));
    }

    async fn send(&self, people: i64) {
        let broadcasts = self.house(people).await;
        let id = self.gathered(&broadcasts, Class::Emergency).await;
        let telegram = Telegram::start(Troubles::default()).await;
        let server = self.serve(&telegram, "1000000", 60);
        telegram.wait(people as u64 / 10).await;
        let (start, cpu, from) = (Instant::now(), processor(server.0.id()), telegram.count());
        telegram.wait(people as u64 * 95 / 100).await;
        let (took, used, sent) = (start.elapsed(), processor(server.0.id()) - cpu, telegram.count() - from);
        println!("messages a second                {:>10.0}", sent as f64 / took.as_secs_f64());
        println!("processor time a message         {:>10.3} ms", used.as_secs_f64() * 1000.0 / sent as f64);
        println!("memory                           {:>10.1} MB", resident(server.0.id()));
        self.ended(&broadcasts, id).await;
        self.prove(&broadcasts, id, &telegram, people).await;
    }

    async fn pace(&self, people: i64, rate: i64) {
        let broadcasts = self.house(people).await;
        let id = self.gathered(&broadcasts, Class::Emergency).await;
        let telegram = Telegram::start(Troubles { wait_every: people as u64 / 3, ..Troubles::default() }).await;
        let _server = self.serve(&telegram, &rate.to_string(), 60);
        self.ended(&broadcasts, id).await;
        let arrivals = telegram.0.arrivals.lock().unwrap().clone();
        let most = arrivals
            .iter()
            .map(|at| arrivals.iter().filter(|other| *other >= at && **other < *at + Duration::from_secs(1)).count());
        let most = most.max().unwrap_or_default();
        let windows = telegram.0.windows.lock().unwrap().clone();
        let inside = |at: &Instant| windows.iter().any(|(from, until)| at > from && at < until);
        let silent: Duration = windows.iter().map(|(from, until)| *until - *from).sum();
        let busy = (arrivals[arrivals.len() - 1] - arrivals[0] - silent).as_secs_f64();
        println!("most in any second               {most:>10} of {rate} permitted");
        println!("sent inside a 429 window         {:>10}", arrivals.iter().filter(|at| inside(at)).count());
        println!("used of the permitted rate       {:>10.1} %", arrivals.len() as f64 / busy / rate as f64 * 100.0);
        self.prove(&broadcasts, id, &telegram, people).await;
    }

    async fn kill(&self, people: i64, every: i64) {
        let broadcasts = self.house(people).await;
        let id = self.gathered(&broadcasts, Class::Emergency).await;
        let troubles = Troubles { wait_every: 1_499, blocked_every: 101, broken_every: 401, cut_every: 503 };
        let telegram = Telegram::start(troubles).await;
        let mut kills = 0;
        loop {
            let server = self.serve(&telegram, "1500", 3);
            let until = Instant::now() + Duration::from_millis(every as u64 * 1000 + (kills * 377) % 900);
            while Instant::now() < until && !self.is_over(&broadcasts, id).await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            drop(server);
            if self.is_over(&broadcasts, id).await {
                break;
            }
            self.go_on(&broadcasts, id).await;
            kills += 1;
        }
        println!("killed                           {kills:>10} times");
        self.prove(&broadcasts, id, &telegram, people).await;
    }

    /// Too many errors stop a broadcast: an officer looks, and goes on.
    async fn go_on(&self, broadcasts: &Broadcasts, id: BroadcastId) {
        let lan = officer("lan", "broadcaster");
        if broadcasts.see(id, &lan).await.unwrap().broadcast.standing == Standing::Paused {
            println!("stopped by itself, gone on with");
            broadcasts.resume(id, By::Officer(&lan)).await.unwrap();
        }
    }

    async fn is_over(&self, broadcasts: &Broadcasts, id: BroadcastId) -> bool {
        let mut tx = broadcasts.store.read().await.unwrap();
        !recipient::is_open(&mut tx, id, Ring::All).await.unwrap()
    }

    async fn ended(&self, broadcasts: &Broadcasts, id: BroadcastId) {
        while !self.is_over(broadcasts, id).await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Each recipient has one message, or the ledger says why not.
    async fn prove(&self, broadcasts: &Broadcasts, id: BroadcastId, telegram: &Telegram, people: i64) {
        let mut tx = broadcasts.store.read().await.unwrap();
        let counts = broadcast::counts(&mut tx, id).await.unwrap();
        let progress = Progress::of(&counts);
        assert_eq!((progress.audience(), progress.waiting), (people, 0), "{counts:?}");
        assert_eq!(Progress::of(&recipient::recount(&mut tx, id).await.unwrap()), progress, "rows and numbers");
        let had = telegram.0.had.lock().unwrap().clone();
        let (mut after, mut wrong, mut doubled) = ((String::new(), String::new()), 0, 0);
        loop {
            let lines = recipient::lines(&mut tx, id, &after, 5_000).await.unwrap();
            let Some(last) = lines.last() else { break };
            after = (last.to.channel.as_str().to_owned(), last.to.peer.clone());
            for line in lines {
                let times = had.get(&line.to.peer.parse::<i64>().unwrap()).copied().unwrap_or_default();
                let right = match line.outcome {
                    Outcome::Sent => times == 1,
                    Outcome::Uncertain => times <= 1,
                    Outcome::Failed | Outcome::Skipped => times == 0,
                    Outcome::Waiting => false,
                };
                wrong += u32::from(!right);
                doubled += u32::from(times > 1);
            }
        }
        for count in &counts {
            println!("  {:<10} {:<14} {:>8}", count.outcome.name(), count.cause, count.people);
        }
        println!("had it twice                     {doubled:>10}");
        println!("ledger and server differ         {wrong:>10}");
    }

    fn serve(&self, telegram: &Telegram, rate: &str, lease: u32) -> Server {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.env_clear().current_dir(self.home).envs([
            ("TELEGRAM_BOT_TOKEN", TOKEN),
            ("TELEGRAM_API_URL", telegram.1.as_str()),
            ("TELEGRAM_WEBHOOK_URL", "https://example.org/hook"),
            ("TELEGRAM_PER_SECOND", rate),
            ("MOTCUA_KEY", KEY),
            ("MOTCUA_LOG", "error"),
            ("MOTCUA_DATABASE", self.database),
        ]);
        command.env("MOTCUA_LISTEN", format!("127.0.0.1:{port}")).env("MOTCUA_LEASE_SECONDS", lease.to_string());
        Server(command.stdout(Stdio::null()).spawn().unwrap())
    }
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How often what goes wrong: once in so many messages, never for 0.
#[derive(Clone, Copy, Default)]
struct Troubles {
    wait_every: u64,
    blocked_every: u64,
    broken_every: u64,
    cut_every: u64,
}

struct Counter {
    troubles: Troubles,
    calls: AtomicU64,
    taken: AtomicU64,
    /// How often each chat has a message.
    had: Mutex<HashMap<i64, u32>>,
    arrivals: Mutex<Vec<Instant>>,
    /// When everybody was asked to wait, and until when.
    windows: Mutex<Vec<(Instant, Instant)>>,
    news: Notify,
}

/// A Telegram that counts.
struct Telegram(Arc<Counter>, String);

impl Telegram {
    async fn start(troubles: Troubles) -> Self {
        let counter = Arc::new(Counter {
            troubles,
            calls: AtomicU64::new(0),
            taken: AtomicU64::new(0),
            had: Mutex::default(),
            arrivals: Mutex::default(),
            windows: Mutex::default(),
            news: Notify::new(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let routes = Router::new().route("/{bot}/{method}", any(call)).with_state(Arc::clone(&counter));
        tokio::spawn(axum::serve(listener, routes).into_future());
        Self(counter, url)
    }

    fn count(&self) -> u64 {
        self.0.taken.load(Ordering::Relaxed)
    }

    async fn wait(&self, messages: u64) {
        while self.count() < messages {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

async fn call(State(counter): State<Arc<Counter>>, UrlPath((_, method)): UrlPath<(String, String)>, body: Bytes) -> Response {
    if !method.eq_ignore_ascii_case("sendmessage") {
        let result = if method.eq_ignore_ascii_case("getme") {
            json!({ "id": 1, "is_bot": true, "first_name": "M", "username": "m_bot", "can_join_groups": true,
                "can_read_all_group_messages": false, "supports_inline_queries": false, "can_connect_to_business": false,
                "has_main_web_app": false })
        } else {
            json!(true)
        };
        return axum::Json(json!({ "ok": true, "result": result })).into_response();
    }
    let sent: Value = serde_json::from_slice(&body).unwrap();
    let chat = sent["chat_id"].as_i64().unwrap();
    let n = counter.calls.fetch_add(1, Ordering::Relaxed) + 1;
    let every = |count: u64| count > 0 && n % count == 0;
    let refused = |status: u16, body: Value| (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response();
    counter.arrivals.lock().unwrap().push(Instant::now());
    if every(counter.troubles.wait_every) {
        let now = Instant::now();
        counter.windows.lock().unwrap().push((now, now + Duration::from_secs(2)));
        let body = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 2", "parameters": { "retry_after": 2 } });
        return refused(429, body);
    }
    if every(counter.troubles.blocked_every) {
        return refused(403, json!({ "ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user" }));
    }
    if every(counter.troubles.broken_every) {
        return refused(502, json!({ "ok": false, "error_code": 502, "description": "Bad Gateway" }));
    }
    *counter.had.lock().unwrap().entry(chat).or_default() += 1;
    counter.taken.fetch_add(1, Ordering::Relaxed);
    counter.news.notify_waiters();
    if every(counter.troubles.cut_every) {
        let cut = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
        return Response::new(Body::from_stream(cut));
    }
    let answer = format!(
        r#"{{"ok":true,"result":{{"message_id":{n},"date":1,"chat":{{"id":{chat},"type":"private","first_name":"A"}},"text":"a"}}}}"#
    );
    ([(header::CONTENT_TYPE, "application/json")], answer).into_response()
}

/// Resident memory of a process, in MB (Linux).
fn resident(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

/// Processor time that a process has used (Linux: hundredths of a second).
fn processor(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<u64> =
        stat.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2).map(|n| n.parse().unwrap()).collect();
    Duration::from_millis((fields[0] + fields[1]) * 10)
}
