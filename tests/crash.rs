//! The real program, killed at any moment.

use std::collections::HashMap;

use motcua::app::SystemClock;
use motcua::domain::broadcast::{Audience, Class, Draft, Outcome, Progress, Ring};
use motcua::domain::{Address, ChannelName, Clock, Timestamp};
use motcua::service::broadcast::By;
use motcua::store::conversation::NewState;
use motcua::store::{Store, broadcast, conversation, follow, outbox, recipient};
use serde_json::json;

use crate::broadcast::{draft, office, officer};
use crate::support::database::sealed;
use crate::support::house::{House, KEY};
use crate::support::process::{Process, free_port, motcua, wait_until};
use crate::support::telegram::{FakeTelegram, TOKEN, Trouble};

const QUESTIONS: i64 = 120;

/// Asks through the webhook until the program has acknowledged, as Telegram does.
async fn deliver(client: &reqwest::Client, port: u16, secret: &str, update_id: i64) {
    let update = json!({"update_id": update_id, "message": {
        "message_id": update_id, "date": 1, "chat": {"id": 1000 + update_id, "type": "private"},
        "from": {"id": 1000 + update_id, "is_bot": false, "first_name": "A"}, "text": "đăng ký kết hôn mất bao lâu",
    }});
    wait_until("the webhook takes an update", || {
        let request = client
            .post(format!("http://127.0.0.1:{port}/hook"))
            .header("X-Telegram-Bot-Api-Secret-Token", secret)
            .body(update.to_string())
            .send();
        async move { request.await.is_ok_and(|answer| answer.status().is_success()) }
    })
    .await;
}

/// Kills the program again and again while questions arrive. Each is answered; a second answer exists only where the
/// ledger says that the outcome of the first was unknown.
#[tokio::test(flavor = "multi_thread")]
async fn kill_nine_at_any_moment_loses_no_question() {
    let home = tempfile::tempdir().unwrap();
    let fake = FakeTelegram::start().await;
    let url = fake.url();
    let env = [
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        ("TELEGRAM_API_URL", url.as_str()),
        ("TELEGRAM_WEBHOOK_URL", "https://example.org/hook"),
        ("TELEGRAM_PER_SECOND", "1000"),
        ("MOTCUA_LEASE_SECONDS", "2"),
    ];
    let port = free_port();
    let mut server = Process::serve(home.path(), port, &env).await;
    wait_until("the webhook is set", || async { !fake.called("setwebhook").is_empty() }).await;
    let secret = fake.called("setwebhook")[0]["secret_token"].as_str().unwrap().to_owned();

    let client = reqwest::Client::new();
    let asking = {
        let (client, secret) = (client.clone(), secret.clone());
        tokio::spawn(async move {
            for id in 1..=QUESTIONS {
                deliver(&client, port, &secret, id).await;
            }
        })
    };
    for kills in 1..=4 {
        wait_until("some more questions are answered", || async { fake.sent().len() as i64 >= kills * QUESTIONS / 6 }).await;
        server.kill();
        server = Process::serve(home.path(), port, &env).await;
    }
    asking.await.unwrap();
    let answered = || {
        fake.sent().iter().fold(HashMap::<i64, usize>::new(), |mut by_chat, sent| {
            *by_chat.entry(sent.chat).or_default() += 1;
            by_chat
        })
    };
    wait_until("every question is answered", || async { answered().len() as i64 == QUESTIONS }).await;
    let nothing_open = || {
        let request = client.get(format!("http://127.0.0.1:{port}/healthz")).send();
        async move { request.await.unwrap().text().await.unwrap().contains("ok, 0 to send") }
    };
    wait_until("nothing is left to send", nothing_open).await;
    assert_eq!(server.terminate(), Some(0));

    let store = Store::open(home.path().join("var/motcua.db").to_str().unwrap()).await.unwrap();
    let mut tx = store.read().await.unwrap();
    for (chat, times) in answered() {
        let to = Address::new(ChannelName::Telegram, chat.to_string());
        let messages = outbox::history(&mut tx, &to, Timestamp::END, 10).await.unwrap();
        assert_eq!(messages.len(), 1, "one answer was decided for {chat}");
        let repeated =
            outbox::ledger(&mut tx, &messages[0].0).await.unwrap().iter().filter(|(_, outcome, _)| outcome == "repeated").count();
        assert!(times <= 1 + repeated, "{chat} got {times} answers, the ledger knows of {repeated} repeats");
    }
}

/// Kills the program at chance moments while an agency tells of changes and followers are told: no event is lost, nobody is told
/// nothing, nobody twice but where the ledger says that an outcome was unknown. `KILLS=100` kills more often.
#[tokio::test(flavor = "multi_thread")]
async fn kill_nine_at_any_moment_loses_no_news_of_a_dossier() {
    /// Batches told in each life of the program, and events in one.
    const BATCHES: usize = 4;
    const BATCH: usize = 5;
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4);
    let dossiers = kills * BATCHES * BATCH;
    let home = tempfile::tempdir().unwrap();
    let fake = FakeTelegram::start().await;
    let url = fake.url();
    let env = [
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        ("TELEGRAM_API_URL", url.as_str()),
        ("TELEGRAM_PER_SECOND", "1000"),
        ("MOTCUA_LEASE_SECONDS", "2"),
        ("MOTCUA_GATHER_SECONDS", "0"),
        ("MOTCUA_KEY", KEY),
    ];
    let mut issue = motcua(home.path());
    let issued = issue.args(["agency", "add", "a", "--name", "UBND"]).env("MOTCUA_KEY", KEY).output().unwrap();
    let issued = String::from_utf8(issued.stdout).unwrap();
    let bearer = issued.split_whitespace().find(|word| word.starts_with("mc_")).unwrap().to_owned();

    let code = |n: usize| format!("H44.101-261015-{n:04}");
    let database = home.path().join("var/motcua.db");
    let store = sealed(Store::open(database.to_str().unwrap()).await.unwrap()).await;
    let mut tx = store.write().await.unwrap();
    for n in 0..dossiers {
        let at = Address::new(ChannelName::Telegram, (5000 + n).to_string());
        let key = motcua::domain::DossierCode::read(&code(n)).unwrap().key();
        follow::add(&mut tx, &key, &at, "test", Timestamp(1)).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;

    let port = free_port();
    let mut server = Process::serve(home.path(), port, &env).await;
    let lives = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let telling = tokio::spawn({
        let lives = std::sync::Arc::clone(&lives);
        async move {
            let client = reqwest::Client::new();
            for first in (0..dossiers).step_by(BATCH) {
                lives.acquire().await.unwrap().forget();
                let events: Vec<_> = (first..first + BATCH)
                    .map(|n| json!({ "event_id": format!("e{n}"), "code": code(n), "status": "9", "at": "2026-11-20 08:00:00" }))
                    .collect();
                wait_until("the events are taken", || {
                    let request = client.post(format!("http://127.0.0.1:{port}/api/v1/dossiers/events")).bearer_auth(&bearer);
                    let request = request.json(&events).send();
                    async move { request.await.is_ok_and(|answer| answer.status().is_success()) }
                })
                .await;
            }
        }
    });
    for kill in 0..kills {
        lives.add_permits(BATCHES);
        // A chance moment, the same in each run: time is what is tried here.
        let moment = tokio::time::Duration::from_millis((kill as u64 * 7919) % 250);
        let _ = tokio::time::timeout(moment, std::future::pending::<()>()).await;
        server.kill();
        server = Process::serve(home.path(), port, &env).await;
    }
    telling.await.unwrap();
    let told = || {
        fake.sent().iter().fold(HashMap::<i64, usize>::new(), |mut by_chat, sent| {
            *by_chat.entry(sent.chat).or_default() += 1;
            by_chat
        })
    };
    wait_until("every follower is told", || async { told().len() == dossiers }).await;
    assert_eq!(server.terminate(), Some(0));
    let store = sealed(Store::open(database.to_str().unwrap()).await.unwrap()).await;
    let mut tx = store.read().await.unwrap();
    for (chat, times) in told() {
        let to = Address::new(ChannelName::Telegram, chat.to_string());
        let messages = outbox::history(&mut tx, &to, Timestamp::END, 10).await.unwrap();
        assert_eq!(messages.len(), 1, "one notice was decided for {chat}");
        let ledger = outbox::ledger(&mut tx, &messages[0].0).await.unwrap();
        let repeated = ledger.iter().filter(|(_, outcome, _)| outcome == "repeated").count();
        assert!(times <= 1 + repeated, "{chat} was told {times} times, the ledger knows of {repeated} repeats");
    }
}

/// Kills the program at chance moments while it sends a broadcast through a Telegram that also refuses, fails and cuts connections:
/// each recipient has one message, or the ledger says why not; nobody has two. `cargo bench --bench broadcast -- kill` does it with
/// twenty thousand.
#[tokio::test(flavor = "multi_thread")]
async fn kill_nine_at_any_moment_tells_nobody_of_a_broadcast_twice() {
    const PEOPLE: usize = 400;
    let home = tempfile::tempdir().unwrap();
    let fake = FakeTelegram::start().await;
    let url = fake.url();
    let env = [
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        ("TELEGRAM_API_URL", url.as_str()),
        ("TELEGRAM_PER_SECOND", "150"),
        ("MOTCUA_LEASE_SECONDS", "2"),
        ("MOTCUA_KEY", KEY),
    ];
    let database = home.path().join("var/motcua.db");
    let house = House::new(sealed(Store::open(database.to_str().unwrap()).await.unwrap()).await);
    let office = office(&house);
    let (mut tx, now) = (house.store.write().await.unwrap(), SystemClock.now());
    for n in 0..PEOPLE {
        let (known, state) =
            (Address::new(ChannelName::Telegram, (7000 + n).to_string()), NewState { json: "{}", ..NewState::default() });
        conversation::save(&mut tx, &known, 0, &state, now).await.unwrap();
    }
    tx.commit().await.unwrap();
    // At any hour: the program lives by the real clock.
    let urgent = Draft { class: Class::Emergency, audience: Audience::default(), starts_at: None, ..draft() };
    let lan = officer("lan", &["broadcaster"]);
    let id = office.write(urgent.clone(), None, By::Officer(&lan)).await.unwrap();
    office.propose(id, By::Officer(&lan)).await.unwrap();
    for approver in ["minh", "tuan"] {
        office.approve(id, &urgent.fingerprint(), &officer(approver, &["approver"])).await.unwrap();
    }
    for n in 0..PEOPLE {
        let trouble = match n {
            20 | 300 => Some(Trouble::RetryAfter(1)),
            n if n % 40 == 7 => Some(Trouble::Error(403, "Forbidden: bot was blocked by the user")),
            n if n % 90 == 11 => Some(Trouble::Error(502, "Bad Gateway")),
            n if n % 90 == 51 => Some(Trouble::Cut),
            _ => None,
        };
        fake.fake.expect(trouble);
    }
    let port = free_port();
    let mut server = Process::serve(home.path(), port, &env).await;
    for kill in 1..=4 {
        wait_until("some more are told", || async {
            // So many errors among so few stop it: an officer looks, and goes on.
            let _ = office.resume(id, By::Officer(&lan)).await;
            fake.sent().len() >= kill * PEOPLE / 8
        })
        .await;
        server.kill();
        server = Process::serve(home.path(), port, &env).await;
    }
    let store = sealed(Store::open(database.to_str().unwrap()).await.unwrap()).await;
    wait_until("everybody was tried", || async {
        let _ = office.resume(id, By::Officer(&lan)).await;
        !recipient::is_open(&mut store.read().await.unwrap(), id, Ring::All).await.unwrap()
    })
    .await;
    assert_eq!(server.terminate(), Some(0));
    let mut tx = store.read().await.unwrap();
    let counts = broadcast::counts(&mut tx, id).await.unwrap();
    let progress = Progress::of(&counts);
    assert_eq!((progress.audience(), progress.waiting), (PEOPLE as i64, 0), "{counts:?}");
    assert_eq!(Progress::of(&recipient::recount(&mut tx, id).await.unwrap()), progress, "rows and numbers");
    let mut had = HashMap::<String, usize>::new();
    fake.sent().iter().for_each(|sent| *had.entry(sent.chat.to_string()).or_default() += 1);
    for line in recipient::lines(&mut tx, id, &(String::new(), String::new()), 10_000).await.unwrap() {
        let times = had.get(&line.to.peer).copied().unwrap_or_default();
        let right = match line.outcome {
            Outcome::Sent => times == 1,
            Outcome::Uncertain => times <= 1 && !line.cause.is_empty(),
            _ => times == 0 && !line.cause.is_empty(),
        };
        assert!(right, "{line:?} has {times}");
    }
}
