//! Dossiers from an agency's request to a citizen's phone.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use motcua::api::{self, MOST_ROWS};
use motcua::domain::dossier::Apology;
use motcua::domain::officer::Places;
use motcua::domain::switch::{Feature, Switchable};
use motcua::domain::{Address, Bilingual, ChannelName, Clock, DossierCode, Status};
use motcua::i18n::Wording;
use motcua::seal::Keyring;
use motcua::service::History;
use motcua::service::agency::{Agencies, NewAgency, sign};
use motcua::service::dossier::Letters;
use motcua::store::dossier::Which;
use motcua::store::{agency, audit, dossier, follow, inbox, letter};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::each_database;
use crate::support::house::{KEY, LIBRARY, Recorder};
use crate::support::office::{CODE, Office, citizen, event};
use crate::switches::board;

#[tokio::test]
async fn an_agency_is_believed_by_key_or_signature_and_nobody_else_is() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let body = json!([event("e1", "2", "2026-11-20 08:00:00")]).to_string();
        let path = "/api/v1/dossiers/events";
        assert_eq!(office.request(path, &[], &body).await.0, StatusCode::UNAUTHORIZED);
        for forged in ["Bearer mc_ubnd-mau.x", "Bearer ", "Bearer mc_other.x", "Basic eDp5"] {
            assert_eq!(office.request(path, &[("authorization", forged)], &body).await.0, StatusCode::UNAUTHORIZED, "{forged}");
        }
        let at = (office.house.clock.now().0 / 1000).to_string();
        let signature = sign(&office.keys.signing, &at, "POST /api/v1/dossiers/events", body.as_bytes());
        let signed = |at: &str, signature: &str| {
            [("x-agency", "ubnd-mau".to_owned()), ("x-timestamp", at.to_owned()), ("x-signature", signature.to_owned())]
        };
        let send = async |headers: [(&str, String); 3], body: &str| {
            let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            office.request(path, &headers, body).await
        };
        assert_eq!(send(signed(&at, &signature), &body.replace("0900", "0911")).await.0, StatusCode::UNAUTHORIZED);
        let old = (office.house.clock.now().0 / 1000 - 301).to_string();
        let (status, answer) =
            send(signed(&old, &sign(&office.keys.signing, &old, "POST /api/v1/dossiers/events", body.as_bytes())), &body).await;
        assert_eq!((status, answer["problem"].as_str().unwrap().contains("X-Timestamp")), (StatusCode::UNAUTHORIZED, true));
        assert_eq!(send(signed(&at, &signature), &body).await.0, StatusCode::OK);
        let (status, answer) = send(signed(&at, &signature), &body).await;
        assert_eq!((status, answer["problem"].as_str().unwrap().contains("sent before")), (StatusCode::UNAUTHORIZED, true));
        let stored = agency::load(&mut store.read().await.unwrap(), "ubnd-mau").await.unwrap().unwrap();
        assert!(!format!("{stored:?}").contains(office.keys.bearer.expose_secret()), "keys are kept hashed");
        assert!(!format!("{stored:?}").contains(office.keys.signing.expose_secret()), "or sealed");
    })
    .await;
}

#[tokio::test]
async fn each_row_has_its_answer_and_each_event_counts_once() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let rows = json!([
            event("e2", "4", "2026-11-21 09:00:00"),
            event("e1", "2", "2026-11-20 08:00:00"),
            { "code": CODE, "status": "xong" },
            { "MaHoSo": "G09.20-20260609-0092637", "TrangThaiHoSo": "Đã trả kết quả", "NgayTra": "19/06/2026 10:05:00" },
            event("e2", "4", "2026-11-21 09:00:00"),
        ]);
        let (status, answer) = office.tells(rows.clone()).await;
        assert_eq!(status, StatusCode::OK);
        let results: Vec<&str> = answer["rows"].as_array().unwrap().iter().map(|row| row["result"].as_str().unwrap()).collect();
        assert_eq!(results, ["accepted", "accepted", "refused", "accepted", "duplicate"]);
        assert_eq!((answer["rows"][2]["field"].as_str(), answer["refused"].as_u64()), (Some("status"), Some(1)));
        let (_, again) = office.tells(rows).await;
        assert_eq!((again["accepted"].as_u64(), again["duplicates"].as_u64()), (Some(0), Some(4)));
        let stored = office.stored("h44101 261015 0042").await;
        assert_eq!(
            (stored.dossier.status, stored.dossier.since.to_string()),
            (Status::Processing, "2026-11-21 09:00:00".to_owned())
        );
        let claims = dossier::claims(&mut store.read().await.unwrap(), &stored.key).await.unwrap();
        assert_eq!(claims.iter().map(|(_, _, claim)| claim.status.number()).collect::<Vec<_>>(), [2, 4], "by their own time");
        let kept = format!("{stored:?} {claims:?}");
        for secret in ["NGUYỄN", "0900000123", "025190004567", "0123", "4567"] {
            assert!(!kept.contains(secret), "{secret} is kept");
        }
        // A closed dossier is not opened by a later word, and the office sees it.
        office.tells(json!([event("e3", "10", "2026-11-22 08:00:00"), event("e4", "4", "2026-11-22 09:00:00")])).await;
        let stored = office.stored(CODE).await;
        assert_eq!((stored.dossier.status, stored.dossier.disputed), (Status::HandedOver, Some(Status::Processing)));
        assert_eq!(dossier::list(&mut store.read().await.unwrap(), Which::Disputed, &Places::All, 9).await.unwrap(), [stored]);
    })
    .await;
}

#[tokio::test]
async fn limits_are_told() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let many: Vec<Value> = (0..=MOST_ROWS).map(|_| json!({})).collect();
        let (status, answer) = office.tells(json!(many)).await;
        assert_eq!((status, answer["limit"].as_u64()), (StatusCode::PAYLOAD_TOO_LARGE, Some(1000)));
        let bearer = format!("Bearer {}", office.keys.bearer.expose_secret());
        let huge = " ".repeat(api::MOST_BODY + 1);
        let (status, _) = office.request("/api/v1/dossiers/events", &[("authorization", &bearer)], &huge).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        for wrong in ["", "{", "7", "{\"rows\": []}"] {
            let (status, answer) = office.request("/api/v1/dossiers/events", &[("authorization", &bearer)], wrong).await;
            assert!(status == StatusCode::BAD_REQUEST && answer["problem"].is_string(), "{wrong}");
        }
        let mut last = StatusCode::OK;
        for _ in 0..700 {
            last = office.tells(json!([])).await.0;
            if last != StatusCode::OK {
                break;
            }
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

#[tokio::test]
async fn the_description_is_true() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let request = Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap();
        let answer = office.api.clone().oneshot(request).await.unwrap();
        let described: Value = serde_json::from_slice(&to_bytes(answer.into_body(), usize::MAX).await.unwrap()).unwrap();
        assert!(described["openapi"].as_str().unwrap().starts_with("3."));
        let event = &described["components"]["schemas"]["Event"];
        // The example is taken in, and each name that is described is one that is read.
        let (_, answer) = office.tells(json!([event["example"]])).await;
        assert_eq!(answer["accepted"].as_u64(), Some(1), "{answer}");
        let mapping = std::fs::read_to_string("mappings/national.toml").unwrap();
        for name in event["properties"].as_object().unwrap().keys() {
            assert!(mapping.contains(&format!("\"{name}\"")) || mapping.contains(&format!("\"{name}.")), "nobody reads {name}");
        }
        for status in ["200", "400", "401", "413", "429", "503"] {
            assert!(described["paths"]["/api/v1/dossiers/events"]["post"]["responses"][status].is_object(), "{status}");
        }
        for name in ["accepted", "duplicates", "refused", "rows"] {
            assert!(described["components"]["schemas"]["Answer"]["properties"][name].is_object() && !answer[name].is_null());
        }
    })
    .await;
}

#[tokio::test]
async fn only_who_knows_a_second_fact_sees_a_dossier_and_nobody_learns_whether_there_is_one() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "4", "2026-11-20 08:00:00")])).await;
        let house = &mut office.house;
        house.talk(&citizen(), "hồ sơ của em đến đâu rồi").await;
        let known = house.talk(&citizen(), CODE).await;
        let wrong = house.talk(&citizen(), "9999").await;
        let unknown = house.talk(&citizen(), "H44.101-261015-9999").await;
        assert_eq!(known.replace(CODE, ""), unknown.replace("H44.101-261015-9999", ""));
        assert_eq!(house.talk(&citizen(), "0123").await, wrong, "the same words for no dossier and a wrong fact");
        house.talk(&citizen(), CODE).await;
        let seen = house.talk(&citizen(), "4567").await;
        assert!(seen.contains("đang xử lý") && seen.contains("N. V. Thử") && seen.contains("0210 000 000"), "{seen}");
        // The digits are not kept, and every look-up is in the audit.
        let said =
            inbox::history(&mut store.read().await.unwrap(), &citizen(), motcua::domain::Timestamp::END, 20).await.unwrap();
        assert!(said.iter().all(|inbound| !format!("{:?}", inbound.said).contains("4567")));
        let key = DossierCode::read(CODE).unwrap().key();
        let audited = audit::of(&mut store.read().await.unwrap(), &key).await.unwrap();
        let actions: Vec<&str> = audited.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["look-up in vain", "look-up"]);
        assert!(audited.iter().all(|entry| entry.actor == "telegram:…5"));
        // Too many tries: here, and for the dossier from anywhere.
        for _ in 0..3 {
            house.talk(&citizen(), CODE).await;
            house.talk(&citizen(), "0000").await;
        }
        house.talk(&citizen(), CODE).await;
        assert!(house.talk(&citizen(), "0123").await.contains("Hôm nay đã thử nhiều lần"), "even with the right digits");
        for peer in 0..8 {
            let other = Address::new(ChannelName::Telegram, format!("9{peer}"));
            house.talk(&other, CODE).await;
            house.talk(&other, "0000").await;
        }
        let last = Address::new(ChannelName::Telegram, "77");
        house.talk(&last, CODE).await;
        assert!(house.talk(&last, "0123").await.contains("Hôm nay đã thử nhiều lần"));
        house.clock.advance(Duration::from_secs(24 * 3600));
        house.talk(&last, CODE).await;
        assert!(house.talk(&last, "0123").await.contains("đang xử lý"), "tomorrow is another day");
    })
    .await;
}

#[tokio::test]
async fn followers_are_told_of_each_change_once_and_changes_of_a_minute_together() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        office.push().await;
        assert!(office.house.sent().is_empty(), "nobody follows yet");
        office.follows(&citizen()).await;
        let before = office.house.sent().len();
        let mut asks = event("e3", "5", "2026-11-21 09:30:00");
        asks["missing"] = json!(["Giấy tờ về chỗ ở"]);
        asks["note"] = json!("Chuyển khoản 19036688123, xem https://bit.ly/x");
        office.tells(json!([event("e2", "4", "2026-11-21 09:00:00")])).await;
        office.tells(json!([asks.clone()])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), before + 1, "two changes, one message");
        let told = office.last();
        assert!(told.starts_with(&format!("Hồ sơ {CODE} có tin mới")), "{told}");
        for words in ["đang xử lý (09:00 ngày 21/11/2026)", "yêu cầu bổ sung giấy tờ", "• Giấy tờ về chỗ ở", "Công an phường mẫu"]
        {
            assert!(told.contains(words), "{words} in {told}");
        }
        assert!(!told.contains("19036688123") && !told.contains("bit.ly"), "{told}");
        office.tells(json!([asks])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), before + 1, "told again, nothing is said again");
        // The button under the news, then no more news.
        assert!(office.house.talk(&citizen(), "hồ sơ của tôi").await.contains("yêu cầu bổ sung"));
        office.house.talk(&citizen(), "1").await;
        assert!(office.house.talk(&citizen(), "thôi theo dõi h44 101 261015 0042").await.starts_with("Đã thôi theo dõi"));
        let before = office.house.sent().len();
        office.tells(json!([event("e5", "10", "2026-11-21 11:00:00")])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), before);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_forgotten_some_time_after_it_ended_with_all_that_was_told_of_it() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let mut other = event("o1", "2", "2026-11-20 08:00:00");
        other["code"] = json!("H44.101-261015-0077");
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00"), other])).await;
        office.follows(&citizen()).await;
        office.tells(json!([event("e2", "10", "2026-11-21 09:00:00")])).await;
        office.push().await;
        let key = DossierCode::read(CODE).unwrap().key();
        let notices = async || letter::notices(&mut store.read().await.unwrap(), &key).await.unwrap();
        let said = async || History { store: store.clone() }.whole(&citizen()).await.unwrap();
        assert_eq!(notices().await.len(), 1);
        let upkeep = motcua::service::Upkeep {
            store: store.clone(),
            clock: Arc::clone(&office.house.clock) as _,
            keys: None,
            keep_days: 30,
        };
        office.house.clock.advance(Duration::from_secs(89 * 86_400));
        upkeep.forget().await.unwrap();
        assert_eq!((notices().await.len(), said().await.len()), (1, 1), "what they were told is proof; nothing else is kept");
        office.house.clock.advance(Duration::from_secs(2 * 86_400));
        upkeep.forget().await.unwrap();
        assert!(notices().await.is_empty() && said().await.is_empty());
        let mut tx = store.read().await.unwrap();
        assert!(dossier::load(&mut tx, &key).await.unwrap().is_none());
        assert!(dossier::claims(&mut tx, &key).await.unwrap().is_empty());
        assert!(follow::of(&mut tx, &citizen()).await.unwrap().is_empty());
        let open = DossierCode::read("H44.101-261015-0077").unwrap().key();
        assert_eq!(dossier::claims(&mut tx, &open).await.unwrap().len(), 1, "the other is still at work");
    })
    .await;
}

#[tokio::test]
async fn while_dossiers_are_off_their_news_wait() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        // A Tuesday, two working days before the appointment.
        office.house.clock.advance(Duration::from_secs(3 * 24 * 3600));
        let (board, what) = (board(&office.house), Switchable::Feature(Feature::Dossiers));
        board.turn_off(None, "admin", what.clone(), Bilingual::vietnamese("Đang sửa.")).await.unwrap();
        let before = office.house.sent().len();
        office.tells(json!([event("e2", "4", "2026-11-24 09:00:00")])).await;
        office.push().await;
        assert_eq!(office.pusher.remind().await.unwrap(), 0);
        office.house.deliver().await;
        assert_eq!(office.house.sent().len(), before);
        board.turn_on("admin", &what).await.unwrap();
        office.push().await;
        assert_eq!(office.house.sent().len(), before + 1);
        assert!(office.last().contains("đang xử lý"), "{}", office.last());
        assert_eq!(office.pusher.remind().await.unwrap(), 1, "what is near still is");
    })
    .await;
}

#[tokio::test]
async fn news_at_night_is_silent() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        office.house.clock.advance(Duration::from_secs(11 * 3600)); // noon and eleven hours
        office.tells(json!([event("e2", "9", "2026-11-21 23:00:00")])).await;
        office.push().await;
        {
            let sent = office.house.channel.sent.lock().unwrap();
            assert!(sent.last().unwrap().1.silent && !sent[0].1.silent);
        }
        // Whoever does not want that gets it in the morning.
        assert!(office.house.talk(&citizen(), "không nhắn ban đêm").await.contains("6 giờ sáng"));
        let before = office.house.sent().len();
        office.tells(json!([event("e3", "10", "2026-11-21 23:30:00")])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), before);
        office.house.later(Duration::from_secs(8 * 3600)).await;
        assert!(office.last().contains("đã trả kết quả"), "{}", office.last());
    })
    .await;
}

#[tokio::test]
async fn a_printed_link_follows_without_typing_and_once() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        let bearer = format!("Bearer {}", office.keys.bearer.expose_secret());
        let links = format!("/api/v1/dossiers/{CODE}/links");
        let (status, link) = office.request(&links, &[("authorization", &bearer)], "").await;
        assert_eq!(status, StatusCode::OK);
        let start = link["start"].as_str().unwrap();
        assert!(start.len() <= 64 && link["url"].as_str().unwrap().ends_with(start), "{link}");
        let unknown = office.request("/api/v1/dossiers/H44.1-1-1/links", &[("authorization", &bearer)], "").await.0;
        assert_eq!(unknown, StatusCode::NOT_FOUND);
        let join = |id: &'static str, peer: &'static str| {
            let said = motcua::domain::Said::Joined(Some(start.to_owned()));
            (id, Address::new(ChannelName::Telegram, peer), said)
        };
        let (id, at, said) = join("j1", "5");
        office.house.arrives_at(id, at, said).await;
        office.house.settle().await;
        assert!(office.last().contains("N. V. Thử") && office.last().contains("Đồng ý, theo dõi hồ sơ này"), "{}", office.last());
        assert!(office.house.talk(&citizen(), "1").await.starts_with("Từ giờ hồ sơ"));
        let (id, at, said) = join("j2", "6");
        office.house.arrives_at(id, at, said).await;
        office.house.settle().await;
        assert!(office.last().contains("không thấy hồ sơ"), "used up: {}", office.last());
        // Whoever deletes their conversation follows nothing any more.
        History { store: store.clone() }.forget(&citizen()).await.unwrap();
        office.tells(json!([event("e2", "4", "2026-11-21 09:00:00")])).await;
        let before = office.house.sent().len();
        office.push().await;
        assert_eq!(office.house.sent().len(), before);
    })
    .await;
}

#[tokio::test]
async fn reminders_come_in_working_time_and_once_each() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        // Saturday noon; the result is due on Thursday the 26th.
        office.tells(json!([event("e1", "4", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        let day = Duration::from_secs(24 * 3600);
        let mut told = Vec::new();
        for _ in 0..10 {
            office.pusher.remind().await.unwrap();
            office.pusher.remind().await.unwrap();
            office.house.deliver().await;
            told.push((office.house.clock.now().date().to_string(), office.house.sent().len()));
            office.house.clock.advance(day);
        }
        let heads: Vec<String> = office
            .house
            .sent()
            .into_iter()
            .map(|(_, text)| text.lines().next().unwrap().to_owned())
            .filter(|head| head.contains("hẹn"))
            .collect();
        assert_eq!(
            heads,
            [
                format!("Sắp đến hẹn trả kết quả hồ sơ {CODE}"),
                format!("Hôm nay là ngày hẹn trả hồ sơ {CODE}"),
                format!("Hồ sơ {CODE} đã quá hẹn mà chưa có kết quả"),
            ],
            "{told:?}"
        );
        let count = |date: &str| told.iter().find(|(day, _)| day == date).unwrap().1;
        assert!(count("2026-11-24") > count("2026-11-23") && count("2026-11-26") > count("2026-11-25"));
        assert!(count("2026-11-27") > count("2026-11-26") && count("2026-11-28") == count("2026-11-27"), "not on Saturday");
        let overdue = async |agencies: Places| {
            let (now, mut tx) = (office.house.clock.now(), store.read().await.unwrap());
            let count = dossier::count(&mut tx, Which::Overdue(now), &agencies).await.unwrap();
            (dossier::list(&mut tx, Which::Overdue(now), &agencies, 9).await.unwrap().len(), count)
        };
        assert_eq!(overdue(Places::Some(vec!["ubnd-mau".into()])).await, (1, 1));
        assert_eq!(overdue(Places::Some(vec!["ubnd-khac".into()])).await, (0, 0));
        assert_eq!(overdue(Places::Some(Vec::new())).await, (0, 0), "nowhere");
        // What waits for the citizen is not the office's delay.
        office.tells(json!([event("e2", "5", "2026-11-28 08:00:00")])).await;
        assert_eq!(overdue(Places::All).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn two_batches_at_once_lose_nothing() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let batch = |part: usize| {
            let rows = (0..200).map(|n| {
                let (minute, status) = (10 + part, if part == 0 { "2" } else { "4" });
                json!({ "event_id": format!("e{part}-{n}"), "code": format!("H44.101-261015-{n:04}"), "status": status,
                    "at": format!("2026-11-20 08:{minute}:00") })
            });
            Value::Array(rows.collect())
        };
        let (one, other) = tokio::join!(office.tells(batch(0)), office.tells(batch(1)));
        assert_eq!((one.1["accepted"].as_u64(), other.1["accepted"].as_u64()), (Some(200), Some(200)));
        for n in [0, 99, 199] {
            let stored = office.stored(&format!("H44.101-261015-{n:04}")).await;
            assert_eq!(stored.dossier.status, Status::Processing);
            let claims = dossier::claims(&mut store.read().await.unwrap(), &stored.key).await.unwrap();
            assert_eq!(claims.len(), 2);
        }
    })
    .await;
}

#[tokio::test]
async fn an_export_is_taken_in_twice_without_harm_and_says_what_it_refused() {
    let home = tempfile::tempdir().unwrap();
    let motcua = |args: &[&str]| {
        let mut command = crate::support::process::motcua(home.path());
        let done = command.args(args).env("MOTCUA_KEY", KEY).output().unwrap();
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        (done.status.success(), said)
    };
    let (ok, said) = motcua(&["agency", "add", "ubnd-mau", "--name", "UBND phường mẫu"]);
    assert!(ok && said.contains("bearer key  mc_ubnd-mau."), "{said}");
    let csv = "\u{feff}SỔ THEO DÕI HỒ SƠ;;;\nSTT;Mã hồ sơ;Tên thủ tục;Chủ hồ sơ;Số điện thoại;Ngày hẹn trả;Trạng thái\n\
        1;H44.101-261015-0042;Đăng ký thường trú;NGUYỄN VĂN THỬ;900000123;26/10/2026 16:30:00;Đang xử lý\n\
        2;G09.20-20260609-0092637;Mai táng phí;TRẦN THỊ VÍ DỤ;;;Đã trả kết quả\n\
        3;H44.101-261015-0043;Khai sinh;A;2.51E+10;;Mới\n4;H44.101-261015-0044;Khai sinh;B;;31/02/2026;Mới\n";
    std::fs::write(home.path().join("so.csv"), csv).unwrap();
    let (ok, said) = motcua(&["dossiers", "import", "so.csv", "--agency", "ubnd-mau"]);
    assert!(!ok && said.contains("2 taken in, 0 known before, 2 refused"), "{said}");
    let report = std::fs::read_to_string(home.path().join("so.refused.csv")).unwrap();
    assert!(report.contains("5,cell,") && report.contains("6,appointment_at,"), "{report}");
    let (_, said) = motcua(&["dossiers", "import", "so.csv", "--agency", "ubnd-mau"]);
    assert!(said.contains("0 taken in, 2 known before, 2 refused"), "{said}");
    let (ok, said) = motcua(&["dossiers", "show", "h44101 261015 0042"]);
    assert!(ok && said.contains("status 4") && !said.contains("NGUYỄN"), "{said}");
    let (_, said) = motcua(&["dossiers", "overdue"]);
    assert!(said.contains("H44.101-261015-0042") && !said.contains("G09"), "{said}");
    let (ok, said) = motcua(&["dossiers", "overdue", "--agency", "ubnd-mua"]);
    assert!(!ok && said.contains("there is no agency “ubnd-mua”"), "a slip is not “nothing is late”: {said}");

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["Mã hồ sơ", "Trạng thái", "Số điện thoại", "Ngày hẹn trả"]) {
        sheet.write(2, column, name).unwrap();
    }
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let at = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 12, 1).unwrap().and_hms(16, 30, 0).unwrap();
    sheet.write(3, 0, "H44.101-261015-0050").unwrap();
    sheet.write(3, 1, 2).unwrap();
    sheet.write(3, 2, 900_000_123).unwrap();
    sheet.write_datetime_with_format(3, 3, &at, &date).unwrap();
    book.save(home.path().join("so.xlsx")).unwrap();
    let (ok, said) = motcua(&["dossiers", "import", "so.xlsx", "--agency", "ubnd-mau"]);
    assert!(ok && said.contains("1 taken in, 0 known before, 0 refused"), "{said}");
    let (_, said) = motcua(&["dossiers", "import", "so.xlsx", "--agency", "ubnd-nobody"]);
    assert!(said.contains("motcua agency add"), "{said}");
}

#[tokio::test]
async fn a_finished_dossier_is_rated_once_without_a_name() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "9", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        assert!(!office.house.talk(&citizen(), &format!("dossier/rate/{}", "H441012610150042")).await.is_empty());
        office.house.talk(&citizen(), "hủy").await;
        office.tells(json!([event("e2", "10", "2026-11-21 08:00:00")])).await;
        office.push().await;
        assert!(office.last().contains("[2] Đánh giá"), "{}", office.last());
        for words in ["cán bộ nhiệt tình", "làm khai sinh cần giấy tờ gì?"] {
            assert!(office.house.talk(&citizen(), "dossier/rate/H441012610150042").await.contains("thái độ"));
            assert!(office.house.talk(&citizen(), "hài lòng").await.contains("Thời gian"));
            assert!(office.house.talk(&citizen(), "3").await.contains("rõ ràng"));
            assert!(office.house.talk(&citizen(), "1").await.contains("góp ý"));
            let done = office.house.talk(&citizen(), words).await;
            assert!(done.contains("Cảm ơn bạn đã đánh giá") || done.contains("đã đánh giá rồi"), "{done}");
            assert_eq!(done.contains("chứng sinh"), words.contains("khai sinh"), "a question is answered as well: {done}");
        }
        let given = motcua::store::rating::since(&mut store.read().await.unwrap(), "2026-01-01").await.unwrap();
        assert_eq!(given.len(), 1, "once");
        let rating = &given[0];
        assert_eq!((rating.attitude, rating.time, rating.clarity, rating.words.as_str()), (3, 1, 3, "cán bộ nhiệt tình"));
        assert_eq!((rating.agency.as_str(), rating.procedure.as_str()), ("ubnd-mau", "1.004222"));
        assert!(!format!("{rating:?}").contains("telegram") && !format!("{rating:?}").contains("H44"));
        // A second answer to a question that is over, and a dossier that is not theirs.
        assert!(office.house.talk(&citizen(), "dossier/score/03").await.contains("tin nhắn cũ"));
        let other = Address::new(ChannelName::Telegram, "9");
        for words in ["dossier/rate/H441012610150042", "1", "1", "1", "bỏ qua"] {
            office.house.talk(&other, words).await;
        }
        assert!(office.last().contains("Không có hồ sơ nào để đánh giá"), "{}", office.last());
    })
    .await;
}

#[tokio::test]
async fn an_apology_is_drafted_signed_once_sent_and_proven() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let mut late = event("e1", "4", "2026-11-10 08:00:00");
        late["appointment_at"] = json!("2026-11-19 16:30:00");
        office.tells(json!([late])).await;
        office.follows(&citizen()).await;
        let key = DossierCode::read(CODE).unwrap().key();
        let stored = office.stored(CODE).await;
        assert!(stored.dossier.is_overdue(office.house.clock.now()));
        let id = uuid::Uuid::from_u128(77);
        let draft = Apology {
            reason: "phải xác minh nơi cư trú cũ, xem bit.ly/x".into(),
            before: stored.dossier.appointment,
            now: jiff::civil::date(2026, 12, 1),
            signed_by: None,
        };
        let mut tx = store.write().await.unwrap();
        letter::draft(&mut tx, id, &key, &draft, office.house.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let (library, wording) = (Arc::new(ArcSwap::new(Arc::clone(&LIBRARY))), Arc::new(Wording::default()));
        let clock = Arc::clone(&office.house.clock) as Arc<dyn Clock>;
        let pages = api::letters::routes(Letters { store: store.clone(), library, wording, clock });
        let page = async |id: &str| {
            let request = Request::get(format!("/letters/{id}")).body(Body::empty()).unwrap();
            let answer = pages.clone().oneshot(request).await.unwrap();
            (answer.status(), String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap())
        };
        let (status, sheet) = page(&id.simple().to_string()).await;
        assert!(status == StatusCode::OK && sheet.contains("BẢN NHÁP") && sheet.contains("N. V. Thử"), "{sheet}");
        assert_eq!(page(&uuid::Uuid::from_u128(78).simple().to_string()).await.0, StatusCode::NOT_FOUND);
        assert!(office.pusher.sign(id, "Lê Thị Cán Bộ", "can-bo").await.unwrap());
        assert!(!office.pusher.sign(id, "Ai Đó", "ai-do").await.unwrap(), "once");
        office.house.deliver().await;
        let told = office.last();
        for words in ["Xin lỗi về hồ sơ", "16:30 ngày 19/11/2026", "Ngày hẹn mới: 01/12/2026", "Lê Thị Cán Bộ", "xem …"]
        {
            assert!(told.contains(words), "{words} in {told}");
        }
        let (_, sheet) = page(&id.simple().to_string()).await;
        assert!(!sheet.contains("BẢN NHÁP") && sheet.contains("Lê Thị Cán Bộ") && !sheet.contains("Ai Đó"));
        let proof = letter::notices(&mut store.read().await.unwrap(), &key).await.unwrap();
        let proof: Vec<(&str, Option<&str>)> =
            proof.iter().map(|told| (told.occasion.as_str(), told.outcome.as_deref())).collect();
        assert_eq!(proof, [("apology", Some("sent"))]);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_belongs_to_the_agency_that_told_of_it_first() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        office.tells(json!([event("e1", "4", "2026-11-20 08:00:00")])).await;
        let agencies = Agencies {
            store: store.clone(),
            clock: Arc::clone(&office.house.clock) as Arc<dyn Clock>,
            keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
        };
        let other = agencies
            .issue(NewAgency { slug: "khac", name: "Nơi khác", mapping: "national", ..NewAgency::default() }, "clerk")
            .await
            .unwrap();
        let mine = std::mem::replace(&mut office.keys, other);
        let mut row = event("x1", "1", "2000-01-01");
        row["phone"] = json!("0900001234");
        let (_, answer) = office.tells(json!([row])).await;
        assert_eq!((answer["rows"][0]["result"].as_str(), answer["rows"][0]["field"].as_str()), (Some("refused"), Some("code")));
        let bearer = format!("Bearer {}", office.keys.bearer.expose_secret());
        let links = format!("/api/v1/dossiers/{CODE}/links");
        assert_eq!(office.request(&links, &[("authorization", &bearer)], "").await.0, StatusCode::NOT_FOUND);
        office.keys = mine;
        // An older word of its own agency does not replace what proves it, either.
        let mut old = event("e0", "2", "2026-11-19 08:00:00");
        old["phone"] = json!("0900001234");
        office.tells(json!([old])).await;
        office.house.talk(&citizen(), CODE).await;
        assert!(office.house.talk(&citizen(), "1234").await.contains("không thấy hồ sơ"));
        office.house.talk(&citizen(), CODE).await;
        assert!(office.house.talk(&citizen(), "0123").await.contains("đang xử lý"));
    })
    .await;
}

#[tokio::test]
async fn an_agency_tells_of_codes_that_begin_as_its_own_do() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let agencies = Agencies {
            store: store.clone(),
            clock: Arc::clone(&office.house.clock) as Arc<dyn Clock>,
            keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
        };
        let issue = async |slug: &str, prefixes: &[&str]| {
            let prefixes = prefixes.iter().map(|prefix| (*prefix).to_owned()).collect();
            agencies
                .issue(NewAgency { slug, name: "Nơi khác", mapping: "national", prefixes, ..NewAgency::default() }, "clerk")
                .await
                .unwrap()
        };
        let province = issue("tinh", &["H44"]).await;
        let ward = issue("phuong", &["H44.101", "000.00.01.H44"]).await;
        let told = async |office: &mut Office, codes: &[&str]| -> Vec<String> {
            let rows: Vec<_> = codes.iter().map(|code| json!({ "code": code, "status": "2" })).collect();
            let (_, answer) = office.tells(json!(rows)).await;
            answer["rows"].as_array().unwrap().iter().map(|row| row["result"].as_str().unwrap().to_owned()).collect()
        };
        // Whoever said nothing tells of what nobody has, however a code is written.
        let codes = ["H44.101-261015-0042", "H44 101 261015 0042", "H441012610150042", "H45.1-261015-0001"];
        assert_eq!(told(&mut office, &codes).await, ["refused", "refused", "refused", "accepted"]);
        office.keys = province;
        let codes = ["H44.101-261015-0042", "H44.10-261015-0042", "H46.1-261015-0001"];
        assert_eq!(told(&mut office, &codes).await, ["refused", "accepted", "refused"], "the longest beginning counts");
        office.keys = ward;
        let codes = ["H44.101-261015-0042", "H44.10-261015-0043", "000.00.01.H44-261015-0001"];
        assert_eq!(told(&mut office, &codes).await, ["accepted", "refused", "accepted"]);
    })
    .await;
}

#[tokio::test]
async fn who_calls_is_known_before_what_they_send_is_read() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let bearer = format!("Bearer {}", office.keys.bearer.expose_secret());
        let ask = async |headers: &[(&str, &str)], body: Body| {
            let mut request = Request::post("/api/v1/dossiers/events");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            office.api.clone().oneshot(request.body(body).unwrap()).await.unwrap()
        };
        // A body that nobody ever ends: whoever is not known is refused without it.
        let endless = || Body::from_stream(futures::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let json = ("content-type", "application/json");
        for headers in [
            &[json][..],
            &[json, ("authorization", "Bearer mc_ubnd-mau.x")],
            &[json, ("x-agency", "nobody"), ("x-timestamp", "1795000000"), ("x-signature", "00")],
        ] {
            assert_eq!(ask(headers, endless()).await.status(), StatusCode::UNAUTHORIZED, "{headers:?}");
        }
        let key = ("authorization", bearer.as_str());
        let form = ("content-type", "application/x-www-form-urlencoded");
        let answer = ask(&[key, form, ("content-length", "2")], "[]".into()).await;
        assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let answer = ask(&[key, ("content-type", "application/json; charset=utf-8")], "[]".into()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"), "shown by no browser");
    })
    .await;
}

#[tokio::test]
async fn odd_signs_stop_nobody_and_one_id_is_one_event() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let mut odd = event("e\u{0}1", "10", "2026-11-20 08:00:00");
        odd["office"] = json!("Công an\u{0} phường");
        let twice = json!({ "event_id": "same", "code": "H44.101-261015-0001", "status": "4" });
        let other = json!({ "event_id": "same", "code": "H44.101-261015-0002", "status": "4" });
        let (status, answer) = office.tells(json!([odd, twice, other])).await;
        assert_eq!(status, StatusCode::OK);
        let results: Vec<&str> = answer["rows"].as_array().unwrap().iter().map(|row| row["result"].as_str().unwrap()).collect();
        assert_eq!(results, ["accepted", "accepted", "refused"]);
        assert_eq!(office.stored(CODE).await.dossier.office.as_deref(), Some("Công an  phường"));
        assert!(!office.house.talk(&citizen(), "khai sinh\u{0}").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_followed_at_one_place_is_seen_told_and_stopped_at_a_linked_one() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let zalo = Address::new(ChannelName::Zalo, "9950320425262095484");
        let at_zalo = office.house.open(Recorder { channel: Some(ChannelName::Zalo), ..Recorder::default() });
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        office.house.talk(&citizen(), "liên kết").await;
        let offered = office.house.talk(&citizen(), "1").await;
        let code = offered.split_whitespace().find(|word| word.len() == 11 && word.matches('-').count() == 2).unwrap().to_owned();
        office.house.talk(&zalo, &code).await;
        office.house.talk(&zalo, "1").await;
        office.house.talk(&zalo, "nhận thông báo ở zalo (ở đây)").await;
        let (on_telegram, on_zalo) = (office.house.sent().len(), at_zalo.sent.lock().unwrap().len());
        office.tells(json!([event("e2", "4", "2026-11-21 08:00:00")])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), on_telegram, "once, where they want it");
        assert_eq!(at_zalo.sent.lock().unwrap().len(), on_zalo + 1);
        assert!(at_zalo.sent.lock().unwrap().last().unwrap().1.choices.is_empty(), "no numbers that mean something else");
        assert!(office.house.talk(&zalo, "hồ sơ của tôi").await.contains(CODE));
        office.house.talk(&zalo, "1").await;
        assert!(office.house.talk(&zalo, &format!("thôi theo dõi {CODE}")).await.starts_with("Đã thôi theo dõi"));
        let told = at_zalo.sent.lock().unwrap().len();
        office.tells(json!([event("e3", "9", "2026-11-21 10:00:00")])).await;
        office.push().await;
        assert_eq!((office.house.sent().len(), at_zalo.sent.lock().unwrap().len()), (on_telegram, told));
    })
    .await;
}
