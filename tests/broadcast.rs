//! Broadcasts: from a citizen's consent to the last row of the ledger.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use motcua::domain::broadcast::{
    Amendment, Amends, Audience, BroadcastId, Button, Class, Draft, Outcome, OwnAnswer, Progress, Ring, Standing, Target, Topic,
};
use motcua::domain::officer::{Officer, Places};
use motcua::domain::{Address, ChannelName, ChoiceId, Clock, ResumeCode, Said, SendError, Tariff, Unreachable, Windows};
use motcua::seal::Keyring;
use motcua::service::History;
use motcua::service::broadcast::{BroadcastError, Broadcasts, By};
use motcua::store::{Store, audit, broadcast, recipient};
use secrecy::ExposeSecret;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::each_database;
use crate::support::house::{House, KEY, LIBRARY, Recorder};
use crate::support::office::Office as Agency;
use crate::support::process::motcua;

pub fn office(house: &House) -> Broadcasts {
    Broadcasts {
        store: house.store.clone(),
        clock: Arc::clone(&house.clock) as Arc<dyn Clock>,
        keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
        library: Arc::new(ArcSwap::new(Arc::clone(&LIBRARY))),
        wording: Arc::clone(&house.conversations.wording),
        office: Arc::clone(&house.conversations.office),
        site: Some("https://motcua.example/".parse().unwrap()),
        channels: ChannelName::ALL.map(|channel| (channel, Tariff::default())).into(),
        written: Vec::new(),
    }
}

pub fn officer(login: &str, grants: &[&str]) -> Officer {
    let grants = grants.iter().map(|grant| grant.parse().unwrap()).collect();
    Officer { id: Uuid::from_u128(7), login: login.into(), name: format!("Cô {login}"), grants }
}

fn lan() -> Officer {
    officer("lan", &["broadcaster"])
}

fn minh() -> Officer {
    officer("minh", &["approver"])
}

fn telegram(peer: &str) -> Address {
    Address::new(ChannelName::Telegram, peer)
}

pub fn draft() -> Draft {
    Draft {
        title: "Cắt điện ngày 25/11".into(),
        vi: "Điện lực sửa đường dây tại {nơi ở} từ 7h30 đến 11h30.\nBà con sạc đèn trước.".into(),
        buttons: vec![Button { label: "Làm khai sinh".into(), target: Target::Guide("dang-ky-khai-sinh".into()) }],
        answers: vec![OwnAnswer { question: "Khu nào bị cắt điện?".into(), answer: "Khu 1 đến khu 4.".into() }],
        audience: Audience { topics: [Topic::Utilities].into(), ..Audience::default() },
        ..Draft::default()
    }
}

/// A citizen chooses a place and topics, and agrees.
pub async fn subscribes(house: &mut House, at: &Address, topics: &[&str]) {
    assert!(house.talk(at, "nhận tin").await.contains("xã, phường nào"));
    assert!(house.talk(at, "Lạc Thủy").await.contains("thôn, xóm, khu nào"));
    house.talk(at, "Khu 5").await;
    for topic in topics {
        house.says(at, Said::Chose(ChoiceId::new(format!("news/topic/{topic}")))).await;
    }
    assert!(house.talk(at, "đồng ý nhận tin").await.contains("Đã ghi"));
}

async fn approved(office: &Broadcasts, draft: Draft) -> BroadcastId {
    let id = office.write(draft, None, By::Officer(&lan())).await.unwrap();
    office.propose(id, By::Officer(&lan())).await.unwrap();
    let seen = office.see(id, &minh()).await.unwrap().broadcast;
    office.approve(id, &seen.draft.fingerprint(), &minh()).await.unwrap();
    id
}

/// Time passes, rings open, and what may be sent is sent.
async fn goes_on(house: &mut House, office: &Broadcasts) {
    for _ in 0..6 {
        office.conduct(&CancellationToken::new()).await.unwrap();
        house.deliver().await;
        // Each ring has it for a while before the next.
        house.clock.advance(Duration::from_secs(121));
    }
}

async fn progress(store: &Store, id: BroadcastId) -> Progress {
    let mut tx = store.read().await.unwrap();
    let progress = Progress::of(&broadcast::counts(&mut tx, id).await.unwrap());
    assert_eq!(Progress::of(&recipient::recount(&mut tx, id).await.unwrap()), progress, "rows and numbers");
    progress
}

async fn standing(store: &Store, id: BroadcastId) -> (Standing, Ring) {
    let of = broadcast::load(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
    (of.standing, of.ring)
}

#[tokio::test]
async fn a_citizen_who_agreed_is_told_once_and_may_ask_back() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        subscribes(&mut house, &telegram("5"), &["utilities", "health"]).await;
        subscribes(&mut house, &telegram("6"), &["school"]).await;
        house.talk(&telegram("7"), "xin chào").await;
        let id = approved(&office, draft()).await;
        let before = house.sent().len();
        goes_on(&mut house, &office).await;
        assert_eq!(standing(&store, id).await.0, Standing::Done);
        let told: Vec<_> = house.sent().split_off(before);
        assert_eq!(told.len(), 1, "only who chose the topic: {told:?}");
        assert_eq!(told[0].0, "5");
        assert!(told[0].1.contains("tại xã Lạc Thủy từ 7h30") && told[0].1.contains("Dừng nhận tin"), "{}", told[0].1);
        assert_eq!(progress(&store, id).await, Progress { sent: 1, ..Progress::default() });

        assert!(house.talk(&telegram("5"), "khu nao bi cat dien").await.contains("Khu 1 đến khu 4"));
        let unknown = house.talk(&telegram("5"), "zzz qqq www").await;
        assert!(unknown.contains("không nói về điều này"), "{unknown}");
        let guide = house.says(&telegram("5"), Said::Chose(ChoiceId::new(format!("cast/{id}/0")))).await;
        assert!(guide.contains("khai sinh"), "{guide}");
        let report = office.report(id).await.unwrap();
        assert_eq!((report.replied, report.taps), ((2, 1), vec![(0, 1)]));

        assert!(house.says(&telegram("5"), Said::Chose(ChoiceId::new("news/stop"))).await.contains("Đã dừng"));
        let second = approved(&office, draft()).await;
        let before = house.sent().len();
        goes_on(&mut house, &office).await;
        assert_eq!((house.sent().len(), progress(&store, second).await.audience()), (before, 0));
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_does_not_approve_and_a_change_voids_approvals() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let office = office(&house);
        let both = officer("lan", &["broadcaster", "approver"]);
        let id = office.write(draft(), None, By::Officer(&both)).await.unwrap();
        let print = draft().fingerprint();
        assert!(matches!(office.approve(id, &print, &minh()).await, Err(BroadcastError::Stands(Standing::Draft))));
        office.propose(id, By::Officer(&both)).await.unwrap();
        assert!(matches!(office.approve(id, &print, &both).await, Err(BroadcastError::Own)));
        assert!(matches!(office.approve(id, &print, &officer("x", &["broadcaster"])).await, Err(BroadcastError::Denied)));
        assert!(matches!(office.approve(id, "another", &minh()).await, Err(BroadcastError::Meanwhile)));

        // Approved, then changed: nothing of it is sent.
        office.approve(id, &print, &minh()).await.unwrap();
        assert_eq!(standing(&store, id).await.0, Standing::Approved);
        let seen = office.see(id, &both).await.unwrap();
        assert_eq!(seen.approvals.len(), 1);
        let hoa = officer("hoa", &["broadcaster", "approver"]);
        let changed = Draft { vi: "Không cắt điện nữa.".into(), ..draft() };
        office.rewrite(id, seen.broadcast.version, changed.clone(), By::Officer(&hoa)).await.unwrap();
        let again = office.rewrite(id, seen.broadcast.version, draft(), By::Officer(&both)).await;
        assert!(matches!(again, Err(BroadcastError::Meanwhile)), "two do not overwrite each other");
        let seen = office.see(id, &both).await.unwrap();
        assert_eq!((seen.broadcast.standing, seen.approvals.len()), (Standing::Draft, 0));
        office.propose(id, By::Officer(&both)).await.unwrap();
        assert!(matches!(office.approve(id, &changed.fingerprint(), &hoa).await, Err(BroadcastError::Own)), "she changed it");

        // An emergency takes two others.
        let urgent = Draft { class: Class::Emergency, audience: Audience::default(), ..draft() };
        let id = office.write(urgent.clone(), None, By::Officer(&lan())).await.unwrap();
        office.propose(id, By::Officer(&lan())).await.unwrap();
        office.approve(id, &urgent.fingerprint(), &minh()).await.unwrap();
        office.approve(id, &urgent.fingerprint(), &minh()).await.unwrap();
        assert_eq!(standing(&store, id).await.0, Standing::Proposed, "the same one twice is one");
        office.approve(id, &urgent.fingerprint(), &officer("tuan", &["approver"])).await.unwrap();
        assert_eq!(standing(&store, id).await.0, Standing::Approved);
        let subject = format!("broadcast {id} {}", &urgent.fingerprint()[..16]);
        let entries = audit::of(&mut store.read().await.unwrap(), &subject).await.unwrap();
        assert!(entries.iter().any(|entry| entry.action == "broadcast approved" && entry.actor == "tuan"));
    })
    .await;
}

#[tokio::test]
async fn officers_of_one_place_write_to_its_people_only() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let office = office(&house);
        let agency = motcua::store::agency::Agency {
            slug: "lac-thuy".into(),
            name: "UBND xã Lạc Thủy".into(),
            hotline: None,
            mapping: "national".into(),
            key_hash: String::new(),
            hmac_key: String::new(),
            prefixes: "[]".into(),
        };
        let mut tx = store.write().await.unwrap();
        motcua::store::agency::put(&mut tx, &agency, house.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let there = officer("lan", &["broadcaster@lac-thuy"]);
        assert!(matches!(office.write(draft(), None, By::Officer(&there)).await, Err(BroadcastError::Denied)));
        let id = office.write(draft(), Some("lac-thuy"), By::Officer(&there)).await.unwrap();
        let Err(BroadcastError::Faulty(problems)) = office.propose(id, By::Officer(&there)).await else { panic!("to everybody") };
        assert_eq!((problems[0].field, problems[0].what.as_str()), ("places", "xã Lạc Thủy"));
        let mut to_them = draft();
        to_them.audience.places = vec!["xã Lạc Thủy".into()];
        office.rewrite(id, 1, to_them.clone(), By::Officer(&there)).await.unwrap();
        office.propose(id, By::Officer(&there)).await.unwrap();
        assert!(matches!(office.see(id, &officer("ha", &["viewer@elsewhere"])).await, Err(BroadcastError::Unknown)));
        office.approve(id, &to_them.fingerprint(), &officer("ha", &["approver@lac-thuy"])).await.unwrap();
        // Software of an agency proposes, and no more.
        let told = office.write(to_them.clone(), Some("lac-thuy"), By::Agency("lac-thuy")).await.unwrap();
        office.propose(told, By::Agency("lac-thuy")).await.unwrap();
        assert!(matches!(office.cancel(told, By::Agency("elsewhere")).await, Err(BroadcastError::Denied)));
    })
    .await;
}

#[tokio::test]
async fn rings_open_one_after_the_other_and_errors_stop_it() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        for peer in 0..60 {
            subscribes(&mut house, &telegram(&format!("9{peer:02}")), &["utilities"]).await;
        }
        let id = approved(&office, draft()).await;
        // No officer is linked: that ring is through at once.
        office.conduct(&CancellationToken::new()).await.unwrap();
        let before = house.sent().len();
        assert_eq!(standing(&store, id).await, (Standing::Running, Ring::Pilot));
        for _ in 0..4 {
            house.channel.script.lock().unwrap().push_back(Err(SendError::Rejected("can't parse entities".into())));
        }
        house.deliver().await;
        assert_eq!(house.sent().len(), before + 46, "fifty have it first");
        goes_on(&mut house, &office).await;
        assert_eq!(standing(&store, id).await, (Standing::Paused, Ring::Pilot), "four of fifty are too many");
        assert_eq!(house.sent().len(), before + 46, "and the others have nothing");
        office.resume(id, By::Officer(&minh())).await.unwrap();
        goes_on(&mut house, &office).await;
        assert_eq!(standing(&store, id).await.0, Standing::Done);
        assert_eq!(progress(&store, id).await, Progress { sent: 56, failed: 4, ..Progress::default() });
    })
    .await;
}

#[tokio::test]
async fn what_a_channel_answers_is_in_the_ledger_and_nobody_has_it_twice() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        for peer in ["10", "11", "12", "13"] {
            subscribes(&mut house, &telegram(peer), &["utilities"]).await;
        }
        let id = approved(&office, draft()).await;
        let before = house.sent().len();
        let script = [
            Err(SendError::RetryAfter(Duration::from_secs(30))),
            Err(SendError::Unknown("cut".into())),
            Err(SendError::Unreachable(Unreachable::Blocked)),
            Err(SendError::Transient("down".into())),
        ];
        house.channel.script.lock().unwrap().extend(script);
        office.conduct(&CancellationToken::new()).await.unwrap();
        office.conduct(&CancellationToken::new()).await.unwrap();
        house.deliver().await;
        assert_eq!(progress(&store, id).await, Progress { waiting: 2, failed: 1, uncertain: 1, ..Progress::default() });
        house.clock.advance(Duration::from_secs(29));
        house.deliver().await;
        assert_eq!(progress(&store, id).await.waiting, 2, "asked to wait, it waits");
        house.clock.advance(Duration::from_secs(1));
        house.deliver().await;
        assert_eq!(progress(&store, id).await, Progress { sent: 2, failed: 1, uncertain: 1, ..Progress::default() });
        let mut told: Vec<String> = house.sent().split_off(before).into_iter().map(|(peer, _)| peer).collect();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), house.sent().len() - before, "each once");
        // One of four is an error: it stops before it would have gone to more.
        goes_on(&mut house, &office).await;
        assert!(matches!(standing(&store, id).await.0, Standing::Done));
    })
    .await;
}

#[tokio::test]
async fn announcements_rest_at_night_and_wait_for_officers_and_emergencies_do_not() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        subscribes(&mut house, &telegram("5"), &["utilities"]).await;
        house.talk(&telegram("6"), "xin chào").await;
        house.clock.advance(Duration::from_secs(11 * 3600));
        let quiet = approved(&office, draft()).await;
        let before = house.sent().len();
        goes_on(&mut house, &office).await;
        assert_eq!((standing(&store, quiet).await.0, house.sent().len()), (Standing::Approved, before), "23 o'clock");

        let urgent = Draft { class: Class::Emergency, audience: Audience::default(), title: "Lũ quét".into(), ..draft() };
        let id = office.write(urgent.clone(), None, By::Officer(&lan())).await.unwrap();
        office.propose(id, By::Officer(&lan())).await.unwrap();
        for approver in ["minh", "tuan"] {
            office.approve(id, &urgent.fingerprint(), &officer(approver, &["approver"])).await.unwrap();
        }
        goes_on(&mut house, &office).await;
        let told: Vec<_> = house.sent().split_off(before);
        assert_eq!(told.len(), 2, "everybody, subscribed or not");
        assert!(told.iter().all(|(_, text)| text.contains("KHẨN CẤP: Lũ quét") && !text.contains("Dừng nhận tin")), "{told:?}");

        house.clock.advance(Duration::from_secs(8 * 3600));
        goes_on(&mut house, &office).await;
        assert_eq!(standing(&store, quiet).await.0, Standing::Done, "in the morning");
    })
    .await;
}

#[tokio::test]
async fn it_is_paused_and_cancelled_with_an_exact_account() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        for peer in 0..55 {
            subscribes(&mut house, &telegram(&format!("9{peer:02}")), &["utilities"]).await;
        }
        let id = approved(&office, draft()).await;
        for _ in 0..2 {
            office.conduct(&CancellationToken::new()).await.unwrap();
        }
        let before = house.sent().len();
        office.pause(id, "chờ xác nhận lại giờ", By::Officer(&lan())).await.unwrap();
        house.deliver().await;
        assert_eq!(house.sent().len(), before, "paused at once");
        office.resume(id, By::Officer(&lan())).await.unwrap();
        house.deliver().await;
        assert_eq!(house.sent().len(), before + 50);
        office.cancel(id, By::Officer(&lan())).await.unwrap();
        goes_on(&mut house, &office).await;
        assert_eq!(house.sent().len(), before + 50);
        assert_eq!(progress(&store, id).await, Progress { sent: 50, skipped: 5, ..Progress::default() });
        let lines = office.ledger(id, &(String::new(), String::new())).await.unwrap();
        let had: Vec<_> = lines.iter().filter(|line| line.outcome == Outcome::Sent).map(|line| line.to.peer.clone()).collect();
        let mut told: Vec<_> = house.sent().split_off(before).into_iter().map(|(peer, _)| peer).collect();
        told.sort();
        assert_eq!(had, told, "the list is exactly who had it");

        // Erased: taken out by name, still counted.
        History { store: store.clone() }.forget(&telegram(&told[0])).await.unwrap();
        let counts = broadcast::counts(&mut store.read().await.unwrap(), id).await.unwrap();
        assert_eq!(Progress::of(&counts), Progress { sent: 50, skipped: 5, ..Progress::default() });
        assert_eq!(office.ledger(id, &(String::new(), String::new())).await.unwrap().len(), 54);
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_is_corrected_changed_and_taken_back() {
    each_database(|store| async move {
        let mut house = House::with_channel(store.clone(), Recorder { amends: true, ..Recorder::default() });
        let office = office(&house);
        let page = house.open(Recorder { channel: Some(ChannelName::Web), ..Recorder::default() });
        subscribes(&mut house, &telegram("5"), &["utilities"]).await;
        subscribes(&mut house, &Address::new(ChannelName::Web, "w"), &["utilities"]).await;
        let first = approved(&office, draft()).await;
        goes_on(&mut house, &office).await;
        let number = house.sent().len().to_string();
        assert_eq!(progress(&store, first).await.sent, 2);
        assert!(page.sent.lock().unwrap().last().unwrap().1.to_plain().contains("Cắt điện"), "the page shows it from the outbox");

        let amended = |how, vi: &str| Draft {
            vi: vi.into(),
            amends: Some(Amends { of: first, how }),
            audience: Audience::default(),
            ..draft()
        };
        let corrected = approved(&office, amended(Amendment::Correct, "Cắt điện từ 8h.")).await;
        goes_on(&mut house, &office).await;
        assert!(house.sent().last().unwrap().1.contains("Đính chính: Cắt điện"));
        assert_eq!(progress(&store, corrected).await.sent, 2, "whoever had the first");

        approved(&office, amended(Amendment::Edit, "Cắt điện từ 9h.")).await;
        let before = house.sent().len();
        goes_on(&mut house, &office).await;
        assert_eq!(house.sent().len(), before, "the message itself has other words now");
        assert_eq!(house.channel.edited.lock().unwrap()[0].1, number, "the message that was sent first");
        let deleted = approved(&office, amended(Amendment::Delete, "")).await;
        goes_on(&mut house, &office).await;
        assert_eq!(house.channel.taken_back.lock().unwrap().len(), 1);
        let counts = broadcast::counts(&mut store.read().await.unwrap(), deleted).await.unwrap();
        assert!(counts.iter().any(|count| count.channel == "web" && count.cause == "no-amending"), "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn windows_and_linked_places_are_kept() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let windows = Windows { free: Duration::from_secs(48 * 3600), paid: Duration::from_secs(48 * 3600) };
        let zalo = house.open(Recorder { channel: Some(ChannelName::Zalo), windows: Some(windows), ..Recorder::default() });
        let office = office(&house);
        let z = Address::new(ChannelName::Zalo, "z");
        subscribes(&mut house, &z, &["utilities"]).await;
        let id = approved(&office, draft()).await;
        goes_on(&mut house, &office).await;
        let said = zalo.sent.lock().unwrap().last().unwrap().1.to_plain();
        assert!(said.contains("bạn gõ «Làm khai sinh»") && said.contains("gõ \"dừng nhận tin\""), "{said}");
        assert!(house.talk(&z, "lam khai sinh").await.contains("khai sinh"), "its label opens the guide");
        assert_eq!(office.report(id).await.unwrap().taps, [(0, 1)]);

        // The same citizen on Telegram, linked: told at one place.
        let t = telegram("5");
        subscribes(&mut house, &t, &["utilities"]).await;
        house.talk(&t, "liên kết").await;
        let offer = house.talk(&t, "1").await;
        let code = offer.split([' ', '\n']).find(|word| ResumeCode::read(word).is_some()).expect("a code").to_owned();
        house.talk(&z, &code).await;
        assert!(house.talk(&z, "đồng ý liên kết").await.starts_with("Đã liên kết"));
        let both = approved(&office, draft()).await;
        goes_on(&mut house, &office).await;
        assert_eq!(progress(&store, both).await, Progress { sent: 1, ..Progress::default() });

        // Silent for too long on Zalo: skipped, and the account says why.
        let only = Draft { audience: Audience { channels: vec![ChannelName::Zalo], ..draft().audience }, ..draft() };
        house.clock.advance(Duration::from_secs(49 * 3600));
        let late = approved(&office, only).await;
        goes_on(&mut house, &office).await;
        let counts = broadcast::counts(&mut store.read().await.unwrap(), late).await.unwrap();
        assert_eq!((counts[0].people, counts[0].cause.as_str()), (1, "window"), "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn other_systems_propose_for_their_own_people_and_an_officer_approves() {
    each_database(|store| async move {
        let office = Agency::open(store.clone()).await;
        let bearer = format!("Bearer {}", office.keys.bearer.expose_secret());
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", "tb-1")];
        let body = |title: &str| {
            json!({ "title": title, "vi": "Điện lực sửa đường dây.", "buttons": [{ "label": "Hỏi lịch", "target": { "question": "lịch cắt điện" } }],
                "audience": { "places": ["xã Lạc Thủy"], "topics": ["utilities"] } })
            .to_string()
        };
        let (status, answer) = office.request("/api/v1/broadcasts", &headers, &body("Cắt điện")).await;
        assert_eq!((status.as_u16(), answer["standing"].as_str()), (202, Some("proposed")), "{answer}");
        let shorter = body("Cắt điện").replace("xã Lạc Thủy", "lạc thủy");
        let again = office.request("/api/v1/broadcasts", &headers, &shorter).await;
        assert_eq!(again.1["id"], answer["id"], "told twice, written once, however the place is spelled");
        let (status, answer) = office.request("/api/v1/broadcasts", &headers[..1], &body("")).await;
        assert_eq!((status.as_u16(), answer["faults"][0].as_str()), (422, Some("title: empty")));
        let typo = body("x").replace("audience", "audiense");
        let (status, answer) = office.request("/api/v1/broadcasts", &headers[..1], &typo).await;
        assert!(status == 400 && answer["problem"].as_str().unwrap().contains("audiense"), "{answer}");
        assert_eq!(office.request("/api/v1/broadcasts", &[], &body("x")).await.0, 401);
        let listed = self::office(&office.house).list(&Places::All).await.unwrap();
        assert_eq!(listed.len(), 1, "nothing else was written");
        assert_eq!((listed[0].0.authors[0].as_str(), listed[0].0.standing), ("api:ubnd-mau", Standing::Proposed));
    })
    .await;
}

/// The real program and its command line: the clerk proposes, nobody is told before an officer approved.
#[tokio::test(flavor = "multi_thread")]
async fn the_clerk_proposes_pauses_and_reports() {
    let home = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let done = motcua(home.path()).args(words).env("MOTCUA_KEY", KEY).output().unwrap();
        (done.status.success(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
    };
    assert!(run(&["officer", "add", "lan", "--name", "Lan", "--role", "broadcaster"]).0);
    let file = home.path().join("tb.toml");
    std::fs::write(&file, "title = \"Cắt điện\"\nvi = \"Từ 7h30.\"\n[audience]\nplaces = [\"xã Không Có\"]\n").unwrap();
    let propose = ["broadcast", "propose", file.to_str().unwrap(), "--as", "lan"];
    let (done, said) = run(&propose);
    assert!(!done && said.contains("places: place “xã Không Có”"), "{said}");
    assert!(run(&["broadcast", "list"]).1.is_empty(), "what cannot be sent is not written");
    std::fs::write(&file, "title = \"Cắt điện\"\nvi = \"Từ 7h30.\"\n[audience]\nplaces = [\"xã Lạc Thủy\"]\n").unwrap();
    let (done, said) = run(&propose);
    assert!(done && said.contains("waits for approval"), "{said}");
    let id = said.split_whitespace().next().unwrap().to_owned();
    let (_, said) = run(&["broadcast", "list"]);
    assert!(said.contains("proposed") && said.contains("0 of 0"), "{said}");
    let (done, said) = run(&["broadcast", "pause", &id, "--as", "lan"]);
    assert!(!done && said.contains("proposed"), "{said}");
    assert!(!run(&["broadcast", "cancel", &id, "--as", "nobody"]).0);
    assert!(run(&["broadcast", "cancel", &id, "--as", "lan"]).0);
    assert!(run(&["broadcast", "report", &id]).1.contains("0 in all"));
    assert!(run(&["audit", "verify"]).0);
}

#[tokio::test]
async fn what_was_approved_is_what_is_sent() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        subscribes(&mut house, &telegram("5"), &["utilities"]).await;
        let id = approved(&office, draft()).await;
        office.send_back(id, "sai giờ", By::Officer(&minh())).await.unwrap();
        let seen = office.see(id, &lan()).await.unwrap();
        assert_eq!((seen.broadcast.standing, seen.broadcast.why.as_str(), seen.approvals.len()), (Standing::Draft, "sai giờ", 0));
        office.propose(id, By::Officer(&lan())).await.unwrap();
        office.approve(id, &draft().fingerprint(), &minh()).await.unwrap();
        // Once recipients are gathered nothing of it can be changed any more, only ended.
        let stopped = CancellationToken::new();
        stopped.cancel();
        office.conduct(&stopped).await.unwrap();
        let of = office.see(id, &lan()).await.unwrap().broadcast;
        assert!(of.gathering && of.standing == Standing::Approved);
        let other = Draft { vi: "Khác hẳn.".into(), ..draft() };
        let changed = office.rewrite(id, of.version, other, By::Officer(&lan())).await;
        assert!(matches!(changed, Err(BroadcastError::Stands(Standing::Approved))));
        assert!(office.send_back(id, "", By::Officer(&minh())).await.is_err());
        office.cancel(id, By::Officer(&lan())).await.unwrap();
        goes_on(&mut house, &office).await;
        assert_eq!(progress(&store, id).await, Progress { skipped: 1, ..Progress::default() });
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_who_stopped_while_it_was_on_its_way_and_an_emergency_goes_first() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        for peer in ["5", "6", "7"] {
            subscribes(&mut house, &telegram(peer), &["utilities"]).await;
        }
        let ordinary = approved(&office, draft()).await;
        office.conduct(&CancellationToken::new()).await.unwrap();
        // Asked to wait with one under way; meanwhile they stop, and danger comes.
        let wait = Duration::from_secs(600);
        house.channel.script.lock().unwrap().extend([
            Err(SendError::RetryAfter(wait)),
            Err(SendError::RetryAfter(wait)),
            Err(SendError::RetryAfter(wait)),
        ]);
        house.deliver().await;
        house.arrives("stop", "6", Said::Text("dừng nhận tin".into())).await;
        while house.conversations.take_turns().await.unwrap() > 0 {}
        let urgent = Draft { class: Class::Emergency, audience: Audience::default(), title: "Lũ quét".into(), ..draft() };
        let id = office.write(urgent.clone(), None, By::Officer(&lan())).await.unwrap();
        office.propose(id, By::Officer(&lan())).await.unwrap();
        for approver in ["minh", "tuan"] {
            office.approve(id, &urgent.fingerprint(), &officer(approver, &["approver"])).await.unwrap();
        }
        let before = house.sent().len();
        house.clock.advance(wait);
        goes_on(&mut house, &office).await;
        let told: Vec<_> = house.sent().split_off(before).into_iter().filter(|(_, text)| text.contains("Điện lực")).collect();
        assert!(told[..3].iter().all(|(_, text)| text.contains("Lũ quét")), "{told:?}");
        assert!(!told[3..].iter().any(|(peer, _)| peer == "6"), "who stopped has the warning only: {told:?}");
        assert_eq!(progress(&store, ordinary).await, Progress { sent: 2, skipped: 1, ..Progress::default() });
    })
    .await;
}

#[tokio::test]
async fn a_hamlet_has_it_first_and_closed_channels_hold_up_nobody() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let zalo = house.open(Recorder { channel: Some(ChannelName::Zalo), ..Recorder::default() });
        let mut office = office(&house);
        office.channels.retain(|(channel, _)| *channel != ChannelName::Zalo);
        for peer in ["5", "6"] {
            subscribes(&mut house, &telegram(peer), &["utilities"]).await;
        }
        // Linked with a place on Zalo that comes first, and is not open any more: told on Telegram all the same.
        let z = Address::new(ChannelName::Zalo, "z");
        subscribes(&mut house, &z, &["utilities"]).await;
        subscribes(&mut house, &Address::new(ChannelName::Zalo, "y"), &["utilities"]).await;
        house.talk(&telegram("6"), "liên kết").await;
        let offer = house.talk(&telegram("6"), "1").await;
        let code = offer.split([' ', '\n']).find(|word| ResumeCode::read(word).is_some()).expect("a code").to_owned();
        house.talk(&z, &code).await;
        house.talk(&z, "đồng ý liên kết").await;
        house.talk(&telegram("8"), "nhận tin").await;
        house.talk(&telegram("8"), "lạc thủy").await;
        house.talk(&telegram("8"), "Xóm Đồng").await;
        house.talk(&telegram("8"), "chọn tất cả chủ đề").await;
        house.talk(&telegram("8"), "đồng ý nhận tin").await;
        let mut first = draft();
        first.audience.pilot = Some("xóm Đồng".into());
        let id = approved(&office, first).await;
        let before = (house.sent().len(), zalo.sent.lock().unwrap().len());
        office.conduct(&CancellationToken::new()).await.unwrap();
        house.deliver().await;
        let told: Vec<_> = house.sent().split_off(before.0).into_iter().map(|(peer, _)| peer).collect();
        assert_eq!(told, ["8"], "the hamlet alone");
        office.conduct(&CancellationToken::new()).await.unwrap();
        assert_eq!(standing(&store, id).await.1, Ring::Pilot, "time to cry out");
        goes_on(&mut house, &office).await;
        assert_eq!(standing(&store, id).await.0, Standing::Done);
        let counts = broadcast::counts(&mut store.read().await.unwrap(), id).await.unwrap();
        assert!(counts.iter().any(|count| count.cause == "closed" && count.people == 1), "{counts:?}");
        assert_eq!((progress(&store, id).await.sent, zalo.sent.lock().unwrap().len()), (3, before.1));
    })
    .await;
}

#[tokio::test]
async fn a_place_cannot_reach_beyond_itself_and_can_put_its_own_right() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let office = office(&house);
        for (slug, name) in [("lac-thuy", "UBND xã Lạc Thủy, tỉnh Phú Thọ"), ("so-y-te", "Sở Y tế")] {
            let agency = motcua::store::agency::Agency {
                slug: slug.into(),
                name: name.into(),
                hotline: None,
                mapping: "national".into(),
                key_hash: String::new(),
                hmac_key: String::new(),
                prefixes: "[]".into(),
            };
            let mut tx = store.write().await.unwrap();
            motcua::store::agency::put(&mut tx, &agency, house.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        subscribes(&mut house, &telegram("5"), &["utilities"]).await;
        let (writes, approves) = (officer("lan", &["broadcaster@lac-thuy"]), officer("ha", &["approver@lac-thuy"]));
        let audience = |unplaced| Audience { places: vec!["xã Lạc Thủy".into()], unplaced, ..draft().audience };
        let wide = Draft { audience: audience(true), ..draft() };
        let id = office.write(wide, Some("lac-thuy"), By::Officer(&writes)).await.unwrap();
        let Err(BroadcastError::Faulty(faults)) = office.propose(id, By::Officer(&writes)).await else { panic!("proposed") };
        assert_eq!(faults.iter().map(|fault| fault.field).collect::<Vec<_>>(), ["unplaced"]);
        let narrow = Draft { audience: audience(false), ..draft() };
        office.rewrite(id, 1, narrow.clone(), By::Officer(&writes)).await.unwrap();
        office.propose(id, By::Officer(&writes)).await.unwrap();
        office.approve(id, &narrow.fingerprint(), &approves).await.unwrap();
        goes_on(&mut house, &office).await;
        assert_eq!(progress(&store, id).await.sent, 1);
        // Its own correction needs nobody else; an emergency cannot be told on as something ordinary.
        let how = Amendment::Correct;
        let right =
            Draft {
                amends: Some(Amends { of: id, how }), audience: Audience::default(), vi: "Không cắt nữa.".into(), ..draft()
            };
        let correction = office.write(right.clone(), Some("lac-thuy"), By::Officer(&writes)).await.unwrap();
        office.propose(correction, By::Officer(&writes)).await.unwrap();
        office.approve(correction, &right.fingerprint(), &approves).await.unwrap();
        goes_on(&mut house, &office).await;
        assert!(house.sent().last().unwrap().1.contains("Đính chính"));
        let louder = Draft { class: Class::Emergency, ..right };
        let louder = office.write(louder, Some("lac-thuy"), By::Officer(&writes)).await.unwrap();
        assert!(matches!(office.propose(louder, By::Officer(&writes)).await, Err(BroadcastError::Faulty(_))));

        // An agency of no commune: whoever approves must be of everywhere.
        let writes = officer("vy", &["broadcaster@so-y-te"]);
        let id = office.write(narrow.clone(), Some("so-y-te"), By::Officer(&writes)).await.unwrap();
        office.propose(id, By::Officer(&writes)).await.unwrap();
        let there = office.approve(id, &narrow.fingerprint(), &officer("kim", &["approver@so-y-te"])).await;
        assert!(matches!(there, Err(BroadcastError::Denied)));
        office.approve(id, &narrow.fingerprint(), &minh()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_the_office_has_nothing_for_is_named_and_places_are_spelled_as_they_are_called() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let mut office = office(&house);
        let nobody = |office: &mut Broadcasts| office.office = Arc::new(motcua::engine::Office::default());
        let mut asked = draft();
        asked.vi = "Gọi {đường dây nóng} khi nước lên.".into();
        asked.audience.places = ["lac thuy", "Minh Đức"].map(str::to_owned).into();
        nobody(&mut office);
        let id = office.write(asked.clone(), None, By::Officer(&lan())).await.unwrap();
        let Err(BroadcastError::Faulty(faults)) = office.propose(id, By::Officer(&lan())).await else { panic!("proposed") };
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, ["places: place “Minh Đức”", "vi: unset “{đường dây nóng}”"]);
        let seen = office.see(id, &lan()).await.unwrap().broadcast;
        assert_eq!(seen.draft.audience.places[0], "xã Lạc Thủy");

        office.office = Arc::new(motcua::engine::Office { hotline: Some("1900 0000".into()), ..Default::default() });
        asked.audience.places.truncate(1);
        office.rewrite(id, seen.version, asked, By::Officer(&lan())).await.unwrap();
        office.propose(id, By::Officer(&lan())).await.unwrap();
        // What was sent without would be put right as an emergency, and say that it is.
        let emergency = Draft { class: Class::Emergency, ..draft() };
        let corrected = Draft { amends: Some(Amends { of: id, how: Amendment::Correct }), ..emergency };
        let drawn = office.looks(&motcua::domain::broadcast::Broadcast::new(corrected, None, "lan".into(), house.clock.now()));
        assert!(drawn.plain[0].starts_with("KHẨN CẤP: Đính chính: Cắt điện"), "{:?}", drawn.plain);
    })
    .await;
}
