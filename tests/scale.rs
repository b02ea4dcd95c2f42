//! Several processes on one PostgreSQL: they share the work, and any of them may die.

use std::collections::{BTreeMap, HashMap};
use std::net::ToSocketAddrs;
use std::sync::Arc;
use std::time::Duration;

use motcua::domain::{Address, ChannelName, Timestamp};
use motcua::store::{Store, outbox};
use serde_json::json;

use crate::support::cable::Cable;
use crate::support::database::{postgres, sealed};
use crate::support::house::KEY;
use crate::support::process::{Process, free_port, wait_until};
use crate::support::telegram::{FakeTelegram, TOKEN};

const CHATS: i64 = 12;
/// Each asked by everybody, in this order; their answers differ.
const QUESTIONS: [&str; 6] = [
    "đăng ký kết hôn mất bao lâu",
    "lệ phí khai sinh",
    "đăng ký thường trú nộp ở đâu",
    "khai tử mất bao lâu",
    "chứng thực bản sao hết bao nhiêu tiền",
    "đăng ký tạm trú cần giấy tờ gì",
];

/// A cable to a database, and the address at its near end.
async fn cable(shared: &url::Url) -> (Cable, String) {
    let host = format!("{}:{}", shared.host_str().unwrap(), shared.port().unwrap_or(5432));
    let cable = Cable::to(host.to_socket_addrs().unwrap().next().unwrap()).await;
    let mut url = shared.clone();
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(cable.port)).unwrap();
    (cable, url.into())
}

/// Everything of one process but the process: it can be started again.
struct Place {
    home: tempfile::TempDir,
    port: u16,
    cable: Cable,
    database: String,
    role: &'static str,
}

impl Place {
    async fn new(shared: &url::Url, role: &'static str) -> Self {
        let (cable, database) = cable(shared).await;
        Self { home: tempfile::tempdir().unwrap(), port: free_port(), cable, database, role }
    }

    async fn start(&self, telegram: &str) -> Process {
        let env = [
            ("MOTCUA_DATABASE", self.database.as_str()),
            ("MOTCUA_ROLE", self.role),
            ("MOTCUA_KEY", KEY),
            ("TELEGRAM_BOT_TOKEN", TOKEN),
            ("TELEGRAM_API_URL", telegram),
            ("TELEGRAM_WEBHOOK_URL", "https://example.org/hook"),
            ("TELEGRAM_PER_SECOND", "1000"),
            ("TELEGRAM_PER_CHAT", "1000"),
            ("MOTCUA_LEASE_SECONDS", "3"),
        ];
        Process::serve(self.home.path(), self.port, &env).await
    }
}

/// Somebody asks; whichever process takes it.
async fn asks(client: &reqwest::Client, ports: &[u16], secret: &str, chat: i64, which: usize) {
    let update_id = chat * 100 + which as i64;
    let chat_of = json!({"id": chat, "type": "private"});
    let from = json!({"id": chat, "is_bot": false, "first_name": "A"});
    let message = json!({"message_id": update_id, "date": 1, "chat": chat_of, "from": from, "text": QUESTIONS[which]});
    let body = json!({"update_id": update_id, "message": message}).to_string();
    let tries = std::sync::atomic::AtomicUsize::new(update_id as usize);
    wait_until("a webhook takes an update", || {
        let port = ports[tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % ports.len()];
        let request = client
            .post(format!("http://127.0.0.1:{port}/hook"))
            .header("X-Telegram-Bot-Api-Secret-Token", secret)
            .timeout(Duration::from_secs(2))
            .body(body.clone())
            .send();
        async move { request.await.is_ok_and(|answer| answer.status().is_success()) }
    })
    .await;
}

/// What each chat was sent, in order.
fn heard(fake: &FakeTelegram) -> BTreeMap<i64, Vec<String>> {
    fake.sent().into_iter().fold(BTreeMap::new(), |mut by_chat, sent| {
        by_chat.entry(sent.chat).or_insert_with(Vec::new).push(sent.text);
        by_chat
    })
}

/// Three processes, while people ask: killed, cut off from the database, and the database gone for all of them. Everything is
/// answered, in order, and twice only where the ledger says that an outcome was unknown.
#[tokio::test(flavor = "multi_thread")]
async fn any_of_three_processes_may_die_and_the_database_may_go() {
    let (shared, fake) = (postgres("scale").await, Arc::new(FakeTelegram::start().await));
    let places = [Place::new(&shared, "all").await, Place::new(&shared, "web").await, Place::new(&shared, "worker").await];
    let mut processes = Vec::new();
    for place in &places {
        processes.push(Some(place.start(&fake.url()).await));
    }
    wait_until("the webhook is set", || async { !fake.called("setwebhook").is_empty() }).await;
    let secret = fake.called("setwebhook")[0]["secret_token"].as_str().unwrap().to_owned();
    // The worker takes nothing in.
    let ports = [places[0].port, places[1].port];
    let mut asking = tokio::task::JoinSet::new();
    for chat in 1..=CHATS {
        let (secret, fake) = (secret.clone(), Arc::clone(&fake));
        asking.spawn(async move {
            let client = reqwest::Client::new();
            for which in 0..QUESTIONS.len() {
                asks(&client, &ports, &secret, chat, which).await;
                // Half of them wait for the answer, the others go on at once.
                if chat % 2 == 0 {
                    wait_until("an answer", || async { heard(&fake).get(&chat).is_some_and(|all| all.len() > which) }).await;
                }
            }
        });
    }
    let answers = |share: usize| {
        let fake = Arc::clone(&fake);
        async move {
            let enough = CHATS as usize * QUESTIONS.len() * share / 10;
            wait_until("some more is answered", || async { fake.sent().len() >= enough }).await;
        }
    };
    answers(1).await;
    // Whoever was first leads: it dies.
    processes[0].take().unwrap().kill();
    answers(3).await;
    processes[0] = Some(places[0].start(&fake.url()).await);
    // The worker leads now, and is cut off without anybody being told.
    places[2].cable.cut();
    answers(5).await;
    places[2].cable.mend();
    // The database goes for all of them, and comes back.
    places.iter().for_each(|place| place.cable.unplug());
    let client = reqwest::Client::new();
    wait_until("it is noticed", || async {
        let health = client.get(format!("http://127.0.0.1:{}/readyz", places[1].port)).send().await;
        health.is_ok_and(|answer| answer.status().as_u16() == 503)
    })
    .await;
    let alive = client.get(format!("http://127.0.0.1:{}/healthz", places[1].port)).send().await.unwrap();
    assert!(alive.status().is_success() && alive.text().await.unwrap().contains("does not answer"), "no reason to start anew");
    let guide = client.get(format!("http://127.0.0.1:{}/guides/dang-ky-khai-sinh", places[1].port)).send().await.unwrap();
    assert!(guide.status().is_success(), "guides are read without a database");
    places.iter().for_each(|place| place.cable.mend());
    answers(7).await;
    processes[2].take().unwrap().kill();
    processes[2] = Some(places[2].start(&fake.url()).await);
    while let Some(asked) = asking.join_next().await {
        asked.unwrap();
    }
    wait_until("all is answered and nothing is left to send", || async {
        let health = client.get(format!("http://127.0.0.1:{}/healthz", places[0].port)).send().await;
        let nothing_open = match health {
            Ok(answer) => answer.text().await.unwrap().contains("ok, 0 to send"),
            Err(_) => false,
        };
        nothing_open && heard(&fake).len() == CHATS as usize && heard(&fake).values().all(|all| all.len() >= QUESTIONS.len())
    })
    .await;
    for process in processes.into_iter().flatten() {
        assert_eq!(process.terminate(), Some(0));
    }
    let store = sealed(Store::open(shared.as_str()).await.unwrap()).await;
    let mut tx = store.read().await.unwrap();
    for (chat, texts) in heard(&fake) {
        let to = Address::new(ChannelName::Telegram, chat.to_string());
        let decided = outbox::history(&mut tx, &to, Timestamp::END, 100).await.unwrap();
        assert_eq!(decided.len(), QUESTIONS.len(), "one answer for each question of {chat}");
        let mut repeats: HashMap<String, usize> = HashMap::new();
        let mut expected = Vec::new();
        for (id, ..) in &decided {
            let ledger = outbox::ledger(&mut tx, id).await.unwrap();
            repeats.insert(id.clone(), ledger.iter().filter(|(_, outcome, _)| outcome == "repeated").count());
            expected.push(id.clone());
        }
        // In order: what was heard, without repeats, is one text after another, each another question's.
        let mut once = texts.clone();
        once.dedup();
        assert_eq!(once.len(), QUESTIONS.len(), "{chat} heard everything once, in one piece: {texts:#?}");
        let allowed: usize = repeats.values().sum();
        assert!(texts.len() <= QUESTIONS.len() + allowed, "{chat} heard {} for {}, {allowed} repeats", texts.len(), once.len());
    }
    // All chats asked the same in the same order, so that all heard the same in the same order.
    let mut heards: Vec<Vec<String>> = heard(&fake).into_values().collect();
    heards.iter_mut().for_each(Vec::dedup);
    assert!(heards.windows(2).all(|two| two[0] == two[1]), "in order for everybody");
    drop(tx);
    store.close().await;
}
