//! What goes wrong outside: disks, clocks, channels, clients that mean no good. Each has a row in `docs/reliability.md`.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use motcua::channel::{Inbox, Received, telegram, zalo, zalo_bot};
use motcua::domain::{Address, Attachment, ChannelName, ChoiceId, Clock, Inbound, Media, Said, SendError, Timestamp};
use motcua::engine::{Desk, Office, State, World};
use motcua::i18n::Wording;
use motcua::service::StoreInbox;
use motcua::store::{Connections, Store, inbox, outbox};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::clock::NOON;
use crate::support::each_database;
use crate::support::house::{House, KEY, LIBRARY};
use crate::support::process::{Process, free_port};

fn received(id: &str, peer: &str, words: &str) -> Received {
    let (said, from) = (Said::Text(words.to_owned()), Address::new(ChannelName::Telegram, peer));
    Received { external_id: id.to_owned(), from, said, lang_hint: None, raw: None }
}

fn arrivals(house: &House) -> StoreInbox {
    StoreInbox::start(house.store.clone(), Arc::clone(&house.clock) as _, Vec::new()).0
}

/// The first line of what is answered to `request`, which may be cut short by the other side.
fn asked(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_large_requests_are_cut_and_others_are_served() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[("MOTCUA_KEY", KEY)]).await;
    let port = server.port;
    // Three hundred clients that begin a request and say no more, or say nothing at all.
    let slow: Vec<TcpStream> = (0..300)
        .map(|n| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(if n % 3 == 0 { b"" } else { b"POST /say HTTP/1.1\r\nHost: x\r\nX-A: " }).unwrap();
            stream
        })
        .collect();
    let page = reqwest::get(format!("http://127.0.0.1:{port}/")).await.unwrap();
    assert!(page.status().is_success(), "others are served meanwhile");
    let cut = tokio::task::spawn_blocking(move || {
        slow.into_iter().all(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            // Cut, or told to hurry: in either case not held.
            stream.read_to_end(&mut Vec::new()).is_ok()
        })
    });
    assert!(cut.await.unwrap(), "a head that does not come is not waited for");

    let long = "a".repeat(70_000);
    for (request, status) in [
        (format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"), "4"),
        (format!("GET / HTTP/1.1\r\nHost: x\r\nX-A: {long}\r\n\r\n"), "431"),
        ("POST /say HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n".to_owned(), "413"),
        ("POST /api/v1/dossiers/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n".to_owned(), "413"),
        ("\x16\x03\x01\x02".to_owned() + "\r\n\r\n", "400"),
    ] {
        let said = tokio::task::spawn_blocking(move || asked(port, request.as_bytes())).await.unwrap();
        assert!(said.split(' ').nth(1).is_some_and(|code| code.starts_with(status)), "{status}: {said}");
    }
    let page = reqwest::get(format!("http://127.0.0.1:{port}/nothing/here")).await.unwrap();
    for header in ["content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options"] {
        assert!(page.headers().contains_key(header), "{header} is on every answer");
    }
    assert_eq!(server.terminate(), Some(0));
}

#[tokio::test]
async fn a_flood_from_one_citizen_leaves_the_others_their_answers() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let arrivals = arrivals(&house);
        for n in 0..500 {
            arrivals.accept(received(&format!("a{n}"), "5", &format!("câu hỏi số {n} về khai sinh"))).await.unwrap();
        }
        arrivals.accept(received("b", "6", "khai sinh cần giấy gì")).await.unwrap();
        house.conversations.take_turns().await.unwrap();
        house.deliver().await;
        let sent = house.sent();
        assert!(sent.iter().any(|(to, words)| to == "6" && words.contains("khai sinh")), "answered in the first round");
        house.settle().await;
        let flooder = Address::new(ChannelName::Telegram, "5");
        let kept = inbox::history(&mut store.read().await.unwrap(), &flooder, Timestamp::END, 999).await.unwrap();
        assert!(kept.len() < 50, "{} of 500 are stored", kept.len());
        assert_eq!(kept.iter().filter(|inbound| inbound.said == Said::TooMuch).count(), 1, "told so, once");
        let told = house.sent().into_iter().filter(|(to, words)| to == "5" && words.contains("gửi nhanh quá")).count();
        assert_eq!(told, 1);
        // Leaving is never too much.
        let left = Received { said: Said::Left, ..received("left", "5", "") };
        arrivals.accept(left).await.unwrap();
        let waiting = inbox::pending(&mut store.read().await.unwrap(), 9).await.unwrap();
        assert_eq!(waiting.iter().map(|inbound| &inbound.said).collect::<Vec<_>>(), [&Said::Left]);
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path().join("t.db").to_str().unwrap()).await.unwrap();
    let mut house = House::new(store.clone());
    let pages = async |most: &'static str| {
        let Connections::Sqlite { write, .. } = &store.on else { unreachable!("this one is SQLite") };
        sqlx::query(most).execute(write).await.unwrap();
    };
    house.arrives("1", "5", Said::Text("khai sinh cần giấy gì".into())).await;
    house.settle().await;
    let before = house.sent().len();
    let mut taken = Vec::new();
    for n in 0..200 {
        // As large as it is now, and no page more; a connection that was opened anew is told again.
        pages("PRAGMA max_page_count = 1").await;
        let inbound = Inbound {
            id: house.clock.fresh_id(),
            external_id: format!("f{n}"),
            from: Address::new(ChannelName::Telegram, (100 + n).to_string()),
            at: house.clock.now(),
            said: Said::Text("đăng ký kết hôn ".repeat(60)),
            lang_hint: None,
        };
        let stored = async {
            let mut tx = store.write().await?;
            inbox::add(&mut tx, &inbound, None).await?;
            tx.commit().await
        };
        if stored.await.is_ok() {
            taken.push(inbound.from.peer);
        }
    }
    assert!(taken.len() < 200, "there was no room for all of them");
    let _ = house.conversations.take_turns().await;
    pages("PRAGMA max_page_count = 1000000").await;
    house.settle().await;
    let sent = house.sent();
    for peer in &taken {
        let answers = sent[before..].iter().filter(|(to, _)| to == peer).count();
        assert_eq!(answers, 1, "{peer} was acknowledged and is answered once");
    }
    arrivals(&house).accept(received("after", "7", "khai sinh cần giấy gì")).await.unwrap();
    house.settle().await;
    assert_eq!(house.sent().last().unwrap().0, "7", "it goes on by itself");
}

#[tokio::test]
async fn the_clock_may_jump() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let citizen = Address::new(ChannelName::Telegram, "5");
        assert!(house.talk(&citizen, "khai sinh cần giấy gì").await.contains("khai sinh"));
        house.arrives("before", "5", Said::Text("lệ phí bao nhiêu".into())).await;
        house.clock.step_back(Duration::from_secs(3 * 3600));
        house.arrives("after", "5", Said::Text("nộp ở đâu".into())).await;
        house.settle().await;
        // What is not due yet by the new clock waits for it, and is lost by no jump.
        house.later(Duration::from_secs(4 * 3600)).await;
        let history = inbox::history(&mut store.read().await.unwrap(), &citizen, Timestamp::END, 9).await.unwrap();
        let order: Vec<_> = history.iter().map(|inbound| inbound.external_id.as_str()).collect();
        assert_eq!(order[1..], ["before", "after"], "in the order in which they came");
        assert_eq!(house.sent().len(), 3);
        house.clock.advance(Duration::from_secs(400 * 86_400));
        assert!(house.talk(&citizen, "kết hôn cần giấy gì").await.contains("kết hôn"), "a year ahead");
        house.clock.step_back(Duration::from_secs(400 * 86_400));
        house.arrives("back", "5", Said::Text("khai tử cần giấy gì".into())).await;
        house.settle().await;
        assert!(house.sent().last().unwrap().1.to_lowercase().contains("khai tử"));
        assert_eq!(outbox::open_count(&mut store.read().await.unwrap()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_hour_of_5xx_loses_nothing_and_repeats_nothing() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        for peer in 0..20 {
            house.arrives(&format!("q{peer}"), &peer.to_string(), Said::Text("khai sinh cần giấy gì".into())).await;
        }
        while house.conversations.take_turns().await.unwrap() > 0 {}
        // Every send of that hour is answered 502.
        let mut minutes = 0;
        while minutes < 60 {
            let failing = (0..500).map(|_| Err(SendError::Failed("502 Bad Gateway".into())));
            house.channel.script.lock().unwrap().extend(failing);
            house.deliver().await;
            house.channel.script.lock().unwrap().clear();
            house.clock.advance(Duration::from_secs(60));
            minutes += 1;
        }
        assert!(house.sent().is_empty());
        for _ in 0..60 {
            house.later(Duration::from_secs(60)).await;
        }
        let mut told: HashMap<String, usize> = HashMap::new();
        for (peer, _) in house.sent() {
            *told.entry(peer).or_default() += 1;
        }
        assert_eq!(told.len(), 20, "everybody is answered when it is back");
        assert!(told.values().all(|times| *times == 1), "once: {told:?}");
    })
    .await;
}

/// Something that a channel, a citizen or an attacker may send.
fn anything() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(vec![
        "khai sinh",
        "lệ phí bao nhiêu",
        "1",
        "2",
        "9",
        "xong",
        "quay lại",
        "để sau",
        "tiếp tục",
        "có",
        "không",
        "dữ liệu của tôi",
        "xóa hết",
        "/xoadulieu",
        "nhận tin",
        "dừng nhận tin",
        "hồ sơ của tôi",
        "H44.101-261015-0042",
        "1234",
        "gặp người",
        "nhắn cho cán bộ tại đây",
        "/giupdo",
        "english",
        "tiếng việt",
        "K7M2QX4BD",
        "liên kết",
        "đmm",
        "0912345678",
        "025190001089",
        "mật khẩu là Abc@123",
        "(press walk/vneid/-start)",
        "(press data/erase/yes)",
        "(press cast/1/0)",
        "(press desk/ask)",
        "(press ////)",
        "(press dossier/follow)",
    ]);
    proptest::prop_oneof![6 => words.prop_map(str::to_owned), 2 => "\\PC{0,60}", 1 => "[0-9/.\\- ]{0,30}", 1 => "\\(press [a-z]{1,8}(/[a-z0-9-]{0,12}){0,3}\\)"]
}

/// JSON of any shape, with the names that channels use.
fn any_json() -> impl Strategy<Value = Value> {
    let name = proptest::sample::select(vec![
        "update_id",
        "message",
        "chat",
        "id",
        "text",
        "from",
        "callback_query",
        "data",
        "photo",
        "file_id",
        "entities",
        "event_name",
        "sender",
        "recipient",
        "timestamp",
        "app_id",
        "attachments",
        "payload",
        "url",
        "type",
        "result",
        "ok",
        "message_id",
        "language_code",
        "my_chat_member",
        "new_chat_member",
        "status",
        "edited_message",
        "is_forum",
        "message_thread_id",
        "document",
        "caption",
        "user_id_by_app",
    ]);
    let leaf = proptest::prop_oneof![
        "\\PC{0,20}".prop_map(Value::from),
        proptest::num::i64::ANY.prop_map(Value::from),
        proptest::bool::ANY.prop_map(Value::from),
        proptest::strategy::Just(Value::Null),
        proptest::sample::select(vec![
            "private",
            "user_send_text",
            "user_send_image",
            "follow",
            "oa_send_text",
            "supergroup",
            "kicked",
            "member"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        proptest::prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..7)
                .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}

/// `INPUTS=50000` tries so many; the default keeps the suite short.
#[test]
fn random_inputs_over_all_channels_break_nothing() {
    let inputs: usize = std::env::var("INPUTS").ok().and_then(|inputs| inputs.parse().ok()).unwrap_or(1_500);
    let mut runner = TestRunner::deterministic();
    let (said, json) = (anything(), any_json());
    let wording = Wording::default();
    let office = Office { desk: Some("07:30-11:30, 13:30-17:00".to_owned().try_into().unwrap()), ..Office::default() };
    let (mut desk, mut state) = (Desk::default(), State::default());
    for n in 0..inputs {
        let value = json.new_tree(&mut runner).unwrap().current();
        let mut heard: Vec<Said> = Vec::new();
        if let telegram::Decoded::Said { received, .. } = telegram::decode(&wrapped(&value, n), "motcua_bot") {
            heard.push(received.said);
        }
        let _ = telegram::decode(&value, "motcua_bot");
        if let Ok(unsigned) = zalo::decode(value.to_string().as_bytes()) {
            let (_, _) = (unsigned.timestamp(), unsigned.event());
        }
        heard.extend(zalo_bot::decode(&value).map(|received| received.said));
        let typed = said.new_tree(&mut runner).unwrap().current();
        heard.push(motcua::channel::terminal::said(&typed));
        heard.push(Said::Chose(ChoiceId::from_wire(&typed)));
        heard.push(Said::Joined(Some(typed.clone())));
        if n % 7 == 0 {
            heard.push(Said::Attached(Attachment {
                media: Media::Photo,
                source: typed.clone(),
                name: Some(typed),
                caption: None,
            }));
        }
        // One of them a turn: the others were read, which is what they are for.
        let one = heard.swap_remove(n % heard.len()).without_secrets().printable();
        let world = World {
            library: &LIBRARY,
            wording: &wording,
            office: &office,
            now: NOON.plus(Duration::from_secs(n as u64 * 600)),
            chance: Uuid::from_u128(n as u128 * 7_919 + 1),
            site: None,
            dossiers: true,
            can_tell: true,
            switches: &motcua::engine::ALL_ON,
        };
        let turn = desk.turn(&world, state, &one, None);
        for reply in &turn.replies {
            assert!(!reply.to_plain().trim().is_empty(), "nothing is said to {one:?}");
            assert!(!reply.to_plain().contains("{ $"), "a wording lacks a value: {}", reply.to_plain());
        }
        let kept = serde_json::to_string(&turn.state).unwrap();
        assert!(kept.len() < 64 * 1024, "what is remembered stays small: {}", kept.len());
        state = serde_json::from_str(&kept).unwrap();
    }
}

/// An update with the random value in the places that are read.
fn wrapped(value: &Value, n: usize) -> Value {
    match n % 4 {
        0 => {
            json!({ "update_id": n, "message": { "message_id": 1, "chat": { "id": 5, "type": "private" }, "from": { "id": 5 }, "text": value } })
        }
        1 => {
            json!({ "update_id": n, "message": { "message_id": 1, "chat": { "id": 5, "type": "private" }, "photo": value, "document": value, "caption": value } })
        }
        2 => json!({ "update_id": n, "callback_query": { "id": "1", "from": { "id": 5 }, "data": value, "message": value } }),
        _ => json!({ "update_id": n, "my_chat_member": value, "message": value }),
    }
}

/// With no channel on, the program calls nobody: every call of its HTTP clients would go to this proxy.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_called_but_the_channels_that_are_on() {
    let home = tempfile::tempdir().unwrap();
    let trap = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let proxy = format!("http://{}", trap.local_addr().unwrap());
    let env =
        [("MOTCUA_KEY", KEY), ("HTTP_PROXY", &proxy), ("HTTPS_PROXY", &proxy), ("ALL_PROXY", &proxy), ("http_proxy", &proxy)];
    let server = Process::serve(home.path(), free_port(), &env).await;
    let client = reqwest::Client::builder().no_proxy().cookie_store(true).build().unwrap();
    let at = |path: &str| format!("http://127.0.0.1:{}{path}", server.port);
    for path in
        ["/", "/guides", "/guides?q=khai+sinh", "/guides/dang-ky-khai-sinh", "/console", "/healthz", "/open/dang-ky-khai-sinh"]
    {
        client.get(at(path)).send().await.unwrap();
    }
    let form = [("text", "https://example.com/a.jpg khai sinh cần giấy gì")];
    client.post(at("/say")).form(&form).send().await.unwrap();
    assert!(matches!(trap.accept(), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock), "somebody was called");
    assert_eq!(server.terminate(), Some(0));
    // And in the source: only channels, and the test of an API by the command line, have a client.
    let mut callers = std::collections::BTreeSet::new();
    for file in walkdir("src") {
        let text = std::fs::read_to_string(&file).unwrap();
        if ["reqwest::", "TcpStream::connect", "UdpSocket", "lookup_host"].iter().any(|call| text.contains(call)) {
            callers.insert(
                file.strip_prefix("src").unwrap().components().next().unwrap().as_os_str().to_string_lossy().into_owned(),
            );
        }
    }
    assert_eq!(callers.into_iter().collect::<Vec<_>>(), ["channel", "cli"]);
}

fn walkdir(folder: &str) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(walkdir(path.to_str().unwrap())),
            false if path.extension().is_some_and(|end| end == "rs") => files.push(path),
            false => {}
        }
    }
    files
}

/// What was heard twice under one id is one thing, in whatever order it comes.
#[tokio::test]
async fn a_vendor_that_repeats_itself_is_answered_once() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let from = Address::new(ChannelName::Zalo, "9");
        let inbound = Inbound {
            id: house.clock.fresh_id(),
            external_id: "same".into(),
            from: from.clone(),
            at: house.clock.now(),
            said: Said::Text("khai sinh cần giấy gì".into()),
            lang_hint: None,
        };
        for _ in 0..5 {
            let again = Inbound { id: house.clock.fresh_id(), ..inbound.clone() };
            let mut tx = store.write().await.unwrap();
            inbox::add(&mut tx, &again, None).await.unwrap();
            tx.commit().await.unwrap();
        }
        while house.conversations.take_turns().await.unwrap() > 0 {}
        let told = outbox::history(&mut store.read().await.unwrap(), &from, Timestamp::END, 9).await.unwrap();
        assert_eq!(told.len(), 1);
        house.settle().await;
    })
    .await;
}
