//! Twenty officers and two hundred conversations: `cargo bench --bench desk`.
//!
//! The real program as a process of its own, on SQLite. Each officer's page listens as the browser's does: a line of events, and
//! the page asked for again. Measured is the time from a citizen's press of «send» to the page that shows it.
#![expect(clippy::disallowed_methods, reason = "this is where time is measured")]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use futures::StreamExt;
use motcua::app::SystemClock;
use motcua::domain::officer::{Officer, Places};
use motcua::domain::ticket::{Stage, Ticket};
use motcua::domain::{Address, ChannelName, Clock};
use motcua::engine::Office;
use motcua::i18n::Wording;
use motcua::knowledge::{Library, Origin};
use motcua::seal::Keyring;
use motcua::service::handoff::{Act, Handoff};
use motcua::service::officers::Officers;
use motcua::store::{Store, inbox, ticket};
use reqwest::Client;
use secrecy::ExposeSecret;
use tokio::sync::{Notify, broadcast};
use totp_rs::{Builder, Secret};

const CITIZENS: usize = 200;
const OFFICERS: usize = 20;
const MESSAGES: usize = 400;
const TICKETS: usize = 500;
const PASSWORD: &str = "con trau di cay sang som";

#[tokio::main]
async fn main() {
    let home = std::env::temp_dir().join(format!("motcua-desk-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join("motcua.toml"), "[office]\ndesk = \"00:00-23:59\"\n").unwrap();
    let key = Keyring::fresh();
    claims(&home, &Keyring::read(&key).unwrap()).await;
    live(&home, key.expose_secret()).await;
    std::fs::remove_dir_all(&home).unwrap();
}

/// 20 officers try for 500 tickets each, all at once.
async fn claims(home: &Path, keys: &Keyring) {
    let store = Store::open(home.join("claims.db").to_str().unwrap()).await.unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let now = clock.now();
    let mut tx = store.write().await.unwrap();
    let mut ids = Vec::new();
    for n in 0..TICKETS {
        let from = Address::new(ChannelName::Web, format!("{n:032}"));
        let ticket = Ticket::new(clock.fresh_id(), from, "hỏi".into(), None, now);
        ids.push(ticket.id);
        assert!(ticket::open(&mut tx, &ticket, "bench").await.unwrap());
    }
    tx.commit().await.unwrap();
    let desk = desk(&store, keys);
    let began = Instant::now();
    let races = (0..OFFICERS).map(officer).map(|officer| {
        let (desk, ids) = (desk.clone(), ids.clone());
        tokio::spawn(async move {
            let mut won = 0;
            for id in ids {
                won += usize::from(desk.act(id, &officer, &Act::Claim).await.unwrap());
            }
            won
        })
    });
    let won: usize = futures::future::join_all(races.collect::<Vec<_>>()).await.into_iter().map(Result::unwrap).sum();
    let which = ticket::Which { stages: &[Stage::Taken], officer: None, places: &Places::All, limit: 10_000 };
    let taken = ticket::list(&mut store.read().await.unwrap(), &which).await.unwrap();
    assert_eq!(won, taken.len(), "each conversation is owned once");
    println!(
        "{} claims by {OFFICERS} officers      {:>8.2} s, {won} taken, none twice",
        OFFICERS * TICKETS,
        began.elapsed().as_secs_f64()
    );
}

fn officer(n: usize) -> Officer {
    let grants = vec!["agent".parse().unwrap()];
    Officer { id: uuid::Uuid::from_u128(n as u128), login: format!("o{n}"), name: format!("O {n}"), grants }
}

fn desk(store: &Store, keys: &Keyring) -> Handoff {
    let (arrived, news) = (Arc::new(Notify::new()), broadcast::channel(4).0);
    Handoff {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        office: Arc::new(Office::default()),
        library: Arc::new(ArcSwap::from_pointee(Library::load(&Origin::layers(&[]), None).unwrap())),
        wording: Arc::new(Wording::default()),
        site: None,
        keys: keys.clone(),
        arrived,
        written: Vec::new(),
        news,
    }
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The pages of 20 officers while 200 citizens talk to staff.
async fn live(home: &Path, key: &str) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let base = format!("http://127.0.0.1:{port}");
    let child = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .current_dir(home)
        .env("MOTCUA_KEY", key)
        .env("MOTCUA_LISTEN", format!("127.0.0.1:{port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let server = Server(child);
    let client = Client::new();
    while client.get(format!("{base}/healthz")).send().await.is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let store = Store::open(home.join("var/motcua.db").to_str().unwrap()).await.unwrap();
    let keys = Keyring::read(&key.to_owned().into()).unwrap();
    let keys_of_desk = keys.clone();
    let officers = Officers::new(store.clone(), Arc::new(SystemClock), keys);
    let mut sessions = Vec::new();
    for n in 0..OFFICERS {
        sessions.push(signed_in(&officers, &format!("o{n}")).await);
    }
    let citizens: Vec<Client> = (0..CITIZENS).map(|_| Client::builder().cookie_store(true).build().unwrap()).collect();
    let say = &async |citizen: &Client, words: &str, live: bool| {
        let mut form = vec![("text", words)];
        form.extend(live.then_some(("live", "1")));
        assert!(citizen.post(format!("{base}/say")).form(&form).send().await.unwrap().status().is_success());
    };
    let asking = citizens.iter().enumerate().map(|(n, citizen)| async move {
        for words in ["gặp người", "nhắn cho cán bộ tại đây", &format!("câu hỏi {n}")] {
            say(citizen, words, false).await;
        }
    });
    futures::future::join_all(asking).await;
    let which = ticket::Which { stages: &[Stage::Waiting], officer: None, places: &Places::All, limit: 1_000 };
    let tickets = ticket::list(&mut store.read().await.unwrap(), &which).await.unwrap();
    assert_eq!(tickets.len(), CITIZENS);
    // Each officer takes as many as one may; the others wait.
    let desk = desk(&store, &keys_of_desk);
    let mut taken: Vec<Ticket> = Vec::new();
    for (n, ticket) in tickets.into_iter().enumerate() {
        if desk.act(ticket.id, &officer(n % OFFICERS), &Act::Claim).await.unwrap() {
            taken.push(ticket);
        }
    }
    while !inbox::pending(&mut store.read().await.unwrap(), 1).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Every officer's inbox is open in one more page, which is asked for again at each news.
    let mut pages = Vec::new();
    for session in &sessions {
        pages.push(tokio::spawn(listen(base.clone(), session.clone())));
    }
    let (mut shown, mut asked) = (Vec::new(), Vec::new());
    for n in 0..MESSAGES {
        let ticket = &taken[n % taken.len()];
        let at: usize = ticket.question.rsplit(' ').next().unwrap().parse().unwrap();
        let session = &sessions[n % OFFICERS];
        let news = client.get(format!("{base}/console/news")).header("cookie", session).send().await.unwrap();
        let mut news = news.bytes_stream();
        let words = format!("thêm {n} nữa");
        let began = Instant::now();
        say(&citizens[at], &words, true).await;
        loop {
            news.next().await.unwrap().unwrap();
            let page = Instant::now();
            let answer =
                client.get(format!("{base}/console/inbox/{}", ticket.id)).header("cookie", session).header("x-live", "1");
            let text = answer.send().await.unwrap().text().await.unwrap();
            asked.push(page.elapsed());
            if text.contains(&words) {
                shown.push(began.elapsed());
                break;
            }
        }
    }
    report("a message on an officer's page", shown);
    report("a conversation's page", asked);
    let mut lists = Vec::new();
    for page in pages {
        page.abort();
    }
    for n in 0..200 {
        let began = Instant::now();
        let answer =
            client.get(format!("{base}/console/inbox?tab=all")).header("cookie", &sessions[n % OFFICERS]).send().await.unwrap();
        assert!(answer.text().await.unwrap().contains("câu hỏi"));
        lists.push(began.elapsed());
    }
    report("the inbox of 200", lists);
    println!("resident memory                  {:>10.1} MB", resident(server.0.id()));
}

/// An officer's inbox as the browser keeps it open; after news it waits as long as the page's script does.
async fn listen(base: String, session: String) {
    let client = Client::new();
    let news = client.get(format!("{base}/console/news")).header("cookie", &session).send().await.unwrap();
    let mut news = news.bytes_stream();
    while news.next().await.is_some() {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let page = client.get(format!("{base}/console/inbox?tab=all")).header("cookie", &session).header("x-live", "1");
        drop(page.send().await.unwrap().bytes().await.unwrap());
    }
}

async fn signed_in(officers: &Officers, login: &str) -> String {
    let token = officers.add(login, login, vec!["agent".parse().unwrap()], "bench").await.unwrap();
    let enrolment = officers.enrolment(&token).await.unwrap();
    let totp = Builder::new().with_secret(Secret::try_from_base32(&enrolment.secret).unwrap()).build_noncompliant();
    let now = u64::try_from(SystemClock.now().0 / 1000).unwrap();
    let codes = officers.join(&token, &enrolment.sealed, PASSWORD, &totp.generate(now).to_string()).await.unwrap();
    format!("console={}", officers.sign_in(login, PASSWORD, &codes[0], None).await.unwrap().session)
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{what:<32} {:>10.3} ms p50 {:>9.3} ms p99", at(50), at(99));
}

fn resident(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
