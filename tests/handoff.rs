//! Conversations given to staff: from the citizen's phone to an officer and back.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use motcua::channel::{Inbox, Received};
use motcua::domain::officer::{Officer, Places};
use motcua::domain::ticket::{Ending, Stage, Ticket, labels};
use motcua::domain::{Address, ChannelName, ChoiceId, Clock, Said, SendError};
use motcua::engine::Office;
use motcua::seal::{Keyring, token_hash};
use motcua::service::agency::{Agencies, NewAgency};
use motcua::service::handoff::{Act, Handoff, MOST_TAKEN};
use motcua::service::officers::Officers;
use motcua::service::{History, StoreInbox};
use motcua::store::{Store, audit, conversation, outbox, ticket};
use serde_json::json;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use crate::support::clock::NOON;
use crate::support::each_database;
use crate::support::house::{House, KEY, LIBRARY};
use crate::support::office::{Office as Agency, event};

/// A house with officers at the desk, on a Monday at ten.
fn staffed(store: &Store) -> (House, Handoff) {
    staffed_by(House::new(store.clone()), Office::default())
}

/// The same in any house.
pub fn staffed_by(mut house: House, mut office: Office) -> (House, Handoff) {
    let store = house.store.clone();
    office.desk = Some("07:30-11:30, 13:30-17:00".to_owned().try_into().unwrap());
    office.duty = Some("anh Trực, 0900 000 000".into());
    house.conversations.office = Arc::new(office);
    house.clock.advance(Duration::from_secs(46 * 3600));
    assert_eq!(house.clock.now(), NOON.plus(Duration::from_secs(46 * 3600)));
    let handoff = Handoff {
        store,
        clock: Arc::clone(&house.clock) as Arc<dyn Clock>,
        office: Arc::clone(&house.conversations.office),
        library: Arc::new(ArcSwap::new(Arc::clone(&LIBRARY))),
        wording: Arc::clone(&house.conversations.wording),
        site: None,
        keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
        arrived: Arc::new(Notify::new()),
        written: Vec::new(),
        news: broadcast::channel(4).0,
    };
    (house, handoff)
}

fn officer(login: &str, grants: &[&str]) -> Officer {
    let grants = grants.iter().map(|grant| grant.parse().unwrap()).collect();
    Officer { id: Uuid::from_u128(1), login: login.into(), name: format!("Cô {login}"), grants }
}

fn citizen() -> Address {
    Address::new(ChannelName::Telegram, "5")
}

pub async fn asks(house: &mut House, at: &Address, question: &str) -> String {
    house.talk(at, "gặp người").await;
    assert!(house.talk(at, "nhắn cho cán bộ tại đây").await.contains("Bạn gõ câu hỏi"));
    house.talk(at, question).await
}

pub async fn open_tickets(store: &Store, stage: Stage) -> Vec<Ticket> {
    let which = ticket::Which { stages: &[stage], officer: None, places: &Places::All, limit: 1_000 };
    ticket::list(&mut store.read().await.unwrap(), &which).await.unwrap()
}

#[tokio::test]
async fn an_officer_takes_over_answers_and_gives_back() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let lan = officer("lan", &["agent"]);
        house.talk(&citizen(), "khai sinh cần giấy gì").await;
        let told = asks(&mut house, &citizen(), "giấy chứng sinh mất rồi").await;
        assert!(told.contains("Bạn đứng thứ 1"), "{told}");
        let waiting = open_tickets(&store, Stage::Waiting).await;
        assert_eq!((waiting.len(), waiting[0].question.as_str()), (1, "giấy chứng sinh mất rồi"));
        assert_eq!(waiting[0].topic.as_deref(), Some("dang-ky-khai-sinh"));
        let id = waiting[0].id;
        assert!(!handoff.act(id, &lan, &Act::Say("chào anh".into())).await.unwrap(), "nobody answers what they do not have");

        assert!(handoff.act(id, &lan, &Act::Claim).await.unwrap());
        house.settle().await;
        assert!(house.sent().last().unwrap().1.contains("Cô lan đang trả lời bạn"));
        let before = house.sent().len();
        assert_eq!(house.talk(&citizen(), "lệ phí khai sinh").await, "", "the program is quiet");
        assert_eq!(house.talk(&citizen(), "1").await, "", "buttons too");
        house.says(&citizen(), Said::Quiet).await;
        assert_eq!(house.sent().len(), before);
        let spoken = ticket::load(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
        assert!(spoken.waits_for_answer());

        house.clock.advance(Duration::from_secs(60));
        assert!(handoff.act(id, &lan, &Act::Say("Chào anh.\n\nAnh làm đơn có người làm chứng.".into())).await.unwrap());
        house.deliver().await;
        assert_eq!(house.sent().last().unwrap().1, "Cô lan:\nChào anh.\nAnh làm đơn có người làm chứng.");
        let answered = ticket::load(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
        assert!(!answered.waits_for_answer() && answered.answered_at.is_some());
        assert!(!handoff.act(id, &officer("minh", &["agent"]), &Act::Close(Ending::Answered)).await.unwrap(), "not his");
        assert!(handoff.act(id, &lan, &Act::Close(Ending::Answered)).await.unwrap());
        assert!(!handoff.act(id, &lan, &Act::Say("còn gì không".into())).await.unwrap(), "over");
        house.settle().await;
        assert!(house.sent().last().unwrap().1.contains("Cán bộ đã kết thúc"));
        assert!(house.talk(&citizen(), "hài lòng").await.contains("Cảm ơn"));
        assert!(house.talk(&citizen(), "lệ phí khai sinh").await.contains("khai sinh"), "the program answers again");
        let entries = audit::of(&mut store.read().await.unwrap(), &id.to_string()).await.unwrap();
        let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!((actions[0], actions[2]), ("ticket taken", "ticket closed: answered"));
        assert!(actions[1].starts_with("answered by message "), "who wrote what can be told later");
    })
    .await;
}

#[tokio::test]
async fn the_citizen_takes_the_conversation_back_by_a_word() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let lan = officer("lan", &["agent"]);
        asks(&mut house, &citizen(), "hỏi chút").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        house.settle().await;
        assert_eq!(house.talk(&citizen(), "bot trả lời tôi là 5 ngày, đúng không ạ").await, "", "said to the officer");
        assert!(house.talk(&citizen(), "bot").await.contains("Tôi đây"));
        assert!(!handoff.act(id, &lan, &Act::Say("anh ơi".into())).await.unwrap(), "nobody talks past the citizen");
        let closed = open_tickets(&store, Stage::Closed).await;
        assert_eq!(closed[0].ending, Some(Ending::Withdrawn));
        // Waiting is left as easily, and what comes late is not told.
        asks(&mut house, &citizen(), "hỏi nữa").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        assert!(house.talk(&citizen(), "thôi, không cần cán bộ").await.contains("Đã rút câu hỏi"));
        assert!(!handoff.act(id, &lan, &Act::Claim).await.unwrap());
        for n in 0..3 {
            asks(&mut house, &citizen(), &format!("hỏi {n}")).await;
            house.talk(&citizen(), "thôi, không cần cán bộ").await;
        }
        assert!(asks(&mut house, &citizen(), "hỏi mãi").await.contains("đã nhắn cán bộ nhiều lần"), "five a day");
    })
    .await;
}

#[tokio::test]
async fn of_many_who_try_one_takes_it_and_nobody_takes_too_many() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        for n in 0..10 {
            asks(&mut house, &Address::new(ChannelName::Telegram, format!("{}", 100 + n)), "hỏi").await;
        }
        let waiting = open_tickets(&store, Stage::Waiting).await;
        let officers: Vec<Officer> = (0..20).map(|n| officer(&format!("o{n}"), &["agent"])).collect();
        let tries = waiting.iter().flat_map(|ticket| officers.iter().map(|officer| handoff.act(ticket.id, officer, &Act::Claim)));
        let won = futures::future::join_all(tries).await;
        assert_eq!(won.into_iter().filter(|won| *won.as_ref().unwrap()).count(), waiting.len(), "each is owned once");
        let taken = open_tickets(&store, Stage::Taken).await;
        for officer in &officers {
            let theirs = taken.iter().filter(|ticket| ticket.officer.as_deref() == Some(&officer.login)).count();
            assert!(theirs <= MOST_TAKEN as usize, "{} has {theirs}", officer.login);
        }
        assert!(!handoff.act(taken[0].id, &officer("late", &["agent"]), &Act::Claim).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn rights_hold_where_they_were_given() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        asks(&mut house, &citizen(), "hỏi").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        for nobody in [officer("xem", &["viewer"]), officer("a", &["agent@xa-a"]), officer("ql", &["administrator"])] {
            assert!(!handoff.act(id, &nobody, &Act::Claim).await.unwrap(), "{nobody:?}");
        }
        let lan = officer("lan", &["agent"]);
        assert!(handoff.act(id, &lan, &Act::Claim).await.unwrap());
        assert!(!handoff.act(id, &lan, &Act::PutBack(Some("xa-a".into()))).await.unwrap(), "nobody would see it there");
        let agencies = Agencies { store: store.clone(), clock: Arc::clone(&handoff.clock), keys: handoff.keys.clone() };
        agencies
            .issue(NewAgency { slug: "xa-a", name: "UBND xã A", mapping: "national", ..NewAgency::default() }, "clerk")
            .await
            .unwrap();
        assert!(handoff.act(id, &lan, &Act::PutBack(Some("xa-a".into()))).await.unwrap());
        assert!(handoff.act(id, &officer("a", &["agent@xa-a"]), &Act::Claim).await.unwrap(), "passed on to that office");
        house.settle().await;
        let told: Vec<String> = house.sent().into_iter().map(|(_, text)| text).collect();
        assert!(told.iter().any(|text| text.contains("Bạn vẫn giữ chỗ")) && told.last().unwrap().contains("Cô a đang trả lời"));
        let places = Places::Some(vec!["xa-b".into()]);
        let which = ticket::Which { stages: &[Stage::Taken], officer: None, places: &places, limit: 10 };
        assert!(ticket::list(&mut store.read().await.unwrap(), &which).await.unwrap().is_empty(), "xa-b sees nothing of it");
        let nowhere = Places::Some(Vec::new());
        let which = ticket::Which { stages: &[Stage::Taken], officer: None, places: &nowhere, limit: 10 };
        assert!(ticket::list(&mut store.read().await.unwrap(), &which).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_colleague_says_yes_before_it_is_theirs_and_what_is_neglected_waits_again() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let (lan, minh) = (officer("lan", &["agent"]), officer("minh", &["agent"]));
        asks(&mut house, &citizen(), "hỏi").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        assert!(!handoff.act(id, &lan, &Act::Offer("minh".into())).await.unwrap(), "nobody of that login may answer");
        let officers = Officers::new(store.clone(), Arc::clone(&handoff.clock), handoff.keys.clone());
        for login in ["lan", "minh"] {
            officers.add(login, login, vec!["agent".parse().unwrap()], "clerk").await.unwrap();
        }
        assert!(!handoff.act(id, &minh, &Act::Offer("lan".into())).await.unwrap(), "not his to give");
        assert!(handoff.act(id, &lan, &Act::Offer("minh".into())).await.unwrap());
        assert!(handoff.act(id, &lan, &Act::Say("chờ em chút".into())).await.unwrap(), "hers until he says yes");
        assert!(handoff.act(id, &minh, &Act::Decide(false)).await.unwrap());
        assert!(!handoff.act(id, &minh, &Act::Decide(true)).await.unwrap(), "said no already");
        handoff.act(id, &lan, &Act::Offer("minh".into())).await.unwrap();
        assert!(handoff.act(id, &minh, &Act::Decide(true)).await.unwrap());
        assert!(
            !handoff.act(id, &lan, &Act::Say("nữa".into())).await.unwrap()
                && handoff.act(id, &minh, &Act::Say("em Minh đây".into())).await.unwrap()
        );
        house.settle().await;
        assert!(house.sent().iter().any(|(_, text)| text.contains("Cô minh đang trả lời")));
        handoff.act(id, &minh, &Act::Note("đã gọi điện".into())).await.unwrap();
        assert_eq!(ticket::notes(&mut store.read().await.unwrap(), id).await.unwrap()[0].2, "đã gọi điện");
        assert!(house.sent().iter().all(|(_, text)| !text.contains("đã gọi điện")), "never to the citizen");

        house.clock.advance(Duration::from_secs(11 * 60));
        assert_eq!(handoff.release_neglected().await.unwrap(), 0, "he wrote");
        handoff.act(id, &minh, &Act::PutBack(None)).await.unwrap();
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        house.clock.advance(Duration::from_secs(9 * 60));
        assert_eq!(handoff.release_neglected().await.unwrap(), 0);
        house.talk(&citizen(), "alo").await;
        house.clock.advance(Duration::from_secs(2 * 60));
        assert_eq!(handoff.release_neglected().await.unwrap(), 1, "she took it and said nothing");
        assert_eq!(open_tickets(&store, Stage::Waiting).await.len(), 1);
        assert!(!handoff.act(id, &lan, &Act::Say("em đây".into())).await.unwrap());
        // An officer who answered and went home: the citizen is not left alone with a silent program.
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        handoff.act(id, &lan, &Act::Say("em đây".into())).await.unwrap();
        house.settle().await;
        house.clock.advance(Duration::from_secs(60));
        assert_eq!(house.talk(&citizen(), "còn gì nữa không").await, "");
        house.clock.advance(Duration::from_secs(31 * 60));
        let before = house.sent().len();
        assert_eq!(handoff.release_neglected().await.unwrap(), 1);
        house.settle().await;
        assert!(house.sent()[before..].iter().any(|(_, text)| text.contains("Bạn vẫn giữ chỗ")));
        assert_ne!(house.talk(&citizen(), "lệ phí khai sinh").await, "", "the program answers meanwhile");
        // And one in which nobody says anything ends by itself.
        handoff.act(id, &minh, &Act::Claim).await.unwrap();
        handoff.act(id, &minh, &Act::Say("xong rồi ạ".into())).await.unwrap();
        house.clock.advance(Duration::from_secs(13 * 3600));
        assert_eq!(handoff.release_neglected().await.unwrap(), 1);
        assert_eq!(open_tickets(&store, Stage::Closed).await[0].ending, Some(Ending::Silent));
    })
    .await;
}

#[tokio::test]
async fn a_question_of_last_night_that_is_taken_and_forgotten_waits_again() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let minh = officer("minh", &["agent"]);
        asks(&mut house, &citizen(), "hỏi chút").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        house.clock.advance(Duration::from_secs(60 * 3600));
        handoff.act(id, &minh, &Act::Claim).await.unwrap();
        house.clock.advance(Duration::from_secs(11 * 60));
        assert_eq!(handoff.release_neglected().await.unwrap(), 1);
        assert_eq!(open_tickets(&store, Stage::Waiting).await.len(), 1, "nobody has answered yet: it is not over");
    })
    .await;
}

#[tokio::test]
async fn whoever_insults_officers_does_not_reach_them_for_a_while() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let (lan, minh) = (officer("lan", &["agent"]), officer("minh", &["agent"]));
        let insulted = async |house: &mut House| {
            asks(house, &citizen(), "đồ vô dụng").await;
            let id = open_tickets(&store, Stage::Waiting).await[0].id;
            handoff.act(id, &lan, &Act::Claim).await.unwrap();
            house.settle().await;
            id
        };
        let id = insulted(&mut house).await;
        assert!(!handoff.act(id, &minh, &Act::Close(Ending::Abused)).await.unwrap(), "not his");
        assert!(handoff.act(id, &lan, &Act::Close(Ending::Abused)).await.unwrap());
        house.settle().await;
        let told = house.sent().last().unwrap().1.clone();
        assert!(told.contains("lời lẽ không phù hợp") && told.contains("10:00") && !told.contains("hài lòng"), "{told}");
        // A day without officers; the program answers, and others are not touched.
        let refused = asks(&mut house, &citizen(), "trả lời đi").await;
        assert!(refused.contains("Bạn nhắn lại cho cán bộ được từ"), "{refused}");
        assert!(open_tickets(&store, Stage::Waiting).await.is_empty());
        assert!(house.talk(&citizen(), "lệ phí khai sinh").await.contains("khai sinh"));
        let other = Address::new(ChannelName::Telegram, "6");
        assert!(asks(&mut house, &other, "hỏi chút").await.contains("Bạn đứng thứ 1"));
        house.talk(&other, "thôi, không cần cán bộ").await;
        house.clock.advance(Duration::from_secs(24 * 3600 + 1));
        // Insulting and leaving helps nobody, and the second time it is a week.
        let again = insulted(&mut house).await;
        assert!(house.talk(&citizen(), "bot").await.contains("Tôi đây"));
        assert!(!handoff.act(again, &minh, &Act::Close(Ending::Abused)).await.unwrap());
        assert!(handoff.act(again, &lan, &Act::Close(Ending::Abused)).await.unwrap());
        assert!(!handoff.act(again, &lan, &Act::Close(Ending::Abused)).await.unwrap(), "once");
        house.clock.advance(Duration::from_secs(3 * 24 * 3600));
        let refused = asks(&mut house, &citizen(), "trả lời đi chứ").await;
        assert!(refused.contains("Bạn nhắn lại cho cán bộ được từ"), "{refused}");
        // Whoever answers citizens can forgive, and that is noted.
        assert!(!handoff.act(again, &officer("xem", &["viewer"]), &Act::Pardon).await.unwrap());
        assert!(handoff.act(again, &minh, &Act::Pardon).await.unwrap());
        assert!(!handoff.act(again, &minh, &Act::Pardon).await.unwrap(), "once");
        house.settle().await;
        assert!(house.sent().last().unwrap().1.contains("Bạn nhắn cho cán bộ được rồi"));
        assert!(asks(&mut house, &citizen(), "em xin lỗi").await.contains("Bạn đứng thứ 1"));
        let entries = audit::of(&mut store.read().await.unwrap(), &again.to_string()).await.unwrap();
        let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["ticket taken", "ticket closed: abused", "desk opened again"]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_delivered_is_known() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let lan = officer("lan", &["agent"]);
        asks(&mut house, &citizen(), "hỏi").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        house.settle().await;
        house.channel.script.lock().unwrap().push_back(Err(SendError::Rejected("no".into())));
        handoff.act(id, &lan, &Act::Say("chào anh".into())).await.unwrap();
        house.deliver().await;
        let history =
            outbox::history(&mut store.read().await.unwrap(), &citizen(), motcua::domain::Timestamp::END, 5).await.unwrap();
        let (last, ..) = history.iter().rfind(|(id, ..)| id.contains(".s")).unwrap();
        let outcome = outbox::outcomes(&mut store.read().await.unwrap(), &[last]).await.unwrap().remove(last);
        assert_eq!(outcome.as_deref(), Some("rejected"));
    })
    .await;
}

#[tokio::test]
async fn whoever_deletes_everything_has_no_ticket_left() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let lan = officer("lan", &["agent"]);
        asks(&mut house, &citizen(), "hỏi").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        handoff.act(id, &lan, &Act::Note("ghi chú".into())).await.unwrap();
        house.settle().await;
        History { store: store.clone() }.forget(&citizen()).await.unwrap();
        assert!(ticket::load(&mut store.read().await.unwrap(), id).await.unwrap().is_none());
        assert!(ticket::notes(&mut store.read().await.unwrap(), id).await.unwrap().is_empty());
        assert!(!handoff.act(id, &lan, &Act::Say("anh ơi".into())).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn somebody_sees_what_waits_and_the_citizen_learns_whom_to_call() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        asks(&mut house, &citizen(), "hỏi").await;
        assert_eq!(handoff.escalate().await.unwrap(), 0);
        house.clock.advance(Duration::from_secs(11 * 60));
        assert_eq!((handoff.escalate().await.unwrap(), handoff.escalate().await.unwrap()), (1, 0), "each step once");
        let before = house.sent().len();
        house.clock.advance(Duration::from_secs(20 * 60));
        assert_eq!(handoff.escalate().await.unwrap(), 1);
        house.settle().await;
        assert!(house.sent()[before].1.contains("anh Trực, 0900 000 000"), "{:?}", &house.sent()[before..]);
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        assert!(handoff.act(id, &officer("lan", &["agent"]), &Act::Claim).await.unwrap());
        // Asked on a Friday evening, nobody is late before Monday.
        let other = Address::new(ChannelName::Telegram, "6");
        house.clock.advance(Duration::from_secs(4 * 86_400 + 10 * 3600));
        asks(&mut house, &other, "hỏi").await;
        house.clock.advance(Duration::from_secs(24 * 3600));
        assert_eq!(handoff.escalate().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn news_of_a_dossier_waits_until_the_officer_is_done() {
    each_database(|store| async move {
        let mut office = Agency::open(store.clone()).await;
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        let (house, handoff) = staffed(&store);
        office.house.conversations.office = Arc::clone(&house.conversations.office);
        asks(&mut office.house, &citizen(), "hỏi").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        let lan = officer("lan", &["agent"]);
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        office.house.settle().await;
        let before = office.house.sent().len();
        office.tells(json!([event("e2", "4", "2026-11-21 09:00:00")])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), before, "the program is quiet");
        handoff.act(id, &lan, &Act::Close(Ending::Answered)).await.unwrap();
        office.house.settle().await;
        let told: Vec<String> = office.house.sent()[before..].iter().map(|(_, text)| text.clone()).collect();
        assert!(told.iter().any(|text| text.contains("có tin mới")), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn news_of_a_dossier_waits_until_nobody_else_is_helped_on_the_phone() {
    each_database(|store| async move {
        let mut office = Agency::open(store.clone()).await;
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        office.follows(&citizen()).await;
        office.house.talk(&citizen(), "không nhắn ban đêm").await;
        office.house.talk(&citizen(), "/giupdo").await;
        office.house.talk(&citizen(), "đồng ý").await;
        let before = office.house.sent().len();
        office.tells(json!([event("e2", "4", "2026-11-21 09:00:00")])).await;
        office.push().await;
        assert_eq!(office.house.sent().len(), before, "the neighbour does not see it");
        office.house.talk(&citizen(), "thôi giúp").await;
        let told: Vec<String> = office.house.sent()[before..].iter().map(|(_, text)| text.clone()).collect();
        assert!(told.iter().any(|text| text.contains("có tin mới")), "and it is not deleted with what was said: {told:?}");
        let stored = conversation::load(&mut store.read().await.unwrap(), &citizen()).await.unwrap().unwrap();
        assert!(stored.state.contains("quiet_nights"), "what the owner chose stays");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_helped_does_not_sit_in_somebody_elses_conversation() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        asks(&mut house, &citizen(), "hỏi").await;
        assert!(house.talk(&citizen(), "/giupdo").await.contains("Kết thúc việc đó trước"));
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        handoff.act(id, &officer("lan", &["agent"]), &Act::Claim).await.unwrap();
        house.settle().await;
        assert_eq!(house.talk(&citizen(), "/start").await, "", "the officer keeps it");
        let photo = Said::Sent(motcua::domain::Media::Photo);
        assert!(house.says(&citizen(), photo).await.contains("không chuyển được cho cán bộ"));
        // The conversation is not forgotten while staff have it.
        let keys = Some(handoff.keys.clone());
        house.clock.advance(Duration::from_secs(40 * 86_400));
        let clock = Arc::clone(&house.clock) as Arc<dyn Clock>;
        motcua::service::Upkeep { store: store.clone(), clock, keys, keep_days: 30 }.forget().await.unwrap();
        assert_eq!(house.talk(&citizen(), "alo").await, "");
        assert!(house.talk(&citizen(), "thôi, không cần cán bộ").await.contains("Đã rút câu hỏi"));
    })
    .await;
}

#[tokio::test]
async fn a_citizen_reads_what_was_said_by_a_link_of_their_own_for_a_week() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        house.conversations.site = Some("https://hoi.example/".parse().unwrap());
        let lan = officer("lan", &["agent"]);
        asks(&mut house, &citizen(), "hỏi chút").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        handoff.act(id, &lan, &Act::Claim).await.unwrap();
        handoff.act(id, &lan, &Act::Label(labels("Gấp, khai sinh,gấp , a,b,c,d"))).await.unwrap();
        handoff.act(id, &lan, &Act::Close(Ending::Answered)).await.unwrap();
        house.settle().await;
        let told = house.talk(&citizen(), "bản ghi cuộc trò chuyện").await;
        let token = told.split("/transcripts/").nth(1).unwrap_or_else(|| panic!("{told}")).split_whitespace().next().unwrap();
        let opened = async |token: &str| {
            let now = house.clock.now();
            ticket::by_transcript(&mut store.read().await.unwrap(), &token_hash(token), now).await.unwrap()
        };
        let found = opened(token).await.unwrap();
        assert_eq!((found.id, found.labels.join(",")), (id, "gấp,khai sinh,a,b,c".to_owned()));
        assert!(opened("0").await.is_none());
        house.clock.advance(Duration::from_secs(8 * 86_400));
        assert!(opened(token).await.is_none(), "over after a week");
        let other = Address::new(ChannelName::Telegram, "6");
        let press = Said::Chose(ChoiceId::new(format!("desk/transcript/{}", id.simple())));
        let told = house.says(&other, press).await;
        let token = told.split("/transcripts/").nth(1).unwrap().split_whitespace().next().unwrap();
        let now = house.clock.now();
        let stolen = ticket::by_transcript(&mut store.read().await.unwrap(), &token_hash(token), now).await.unwrap();
        assert!(stolen.is_none(), "somebody else's conversation stays theirs");
    })
    .await;
}

/// Said while the officer presses «Kết thúc»: nobody would read it, so the program answers.
#[tokio::test]
async fn what_is_said_in_the_moment_of_the_end_is_answered_by_the_program() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let lan = officer("lan", &["agent"]);
        asks(&mut house, &citizen(), "giấy chứng sinh mất rồi").await;
        let id = open_tickets(&store, Stage::Waiting).await[0].id;
        assert!(handoff.act(id, &lan, &Act::Claim).await.unwrap());
        house.settle().await;
        house.arrives("late", "5", Said::Text("đăng ký kết hôn mất bao lâu".into())).await;
        assert!(handoff.act(id, &lan, &Act::Close(Ending::Answered)).await.unwrap());
        let before = house.sent().len();
        house.settle().await;
        let said: Vec<String> = house.sent().split_off(before).into_iter().map(|(_, text)| text).collect();
        assert!(said[0].contains("Cán bộ đã kết thúc") && said[1].contains("kết hôn"), "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn a_number_is_covered_and_shown_for_a_reason_that_is_noted() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed(&store);
        let lan = officer("lan", &["agent"]);
        let (arrivals, _task) = StoreInbox::start(store.clone(), Arc::clone(&house.clock) as _, Vec::new());
        let says = async |house: &mut House, id: &str, words: &str| {
            let said = Said::Text(words.to_owned());
            let received = Received { external_id: id.to_owned(), from: citizen(), said, lang_hint: None, raw: None };
            arrivals.accept(received).await.unwrap();
            house.settle().await;
        };
        says(&mut house, "1", "cccd 025190001089 hết hạn thì làm sao").await;
        house.talk(&citizen(), "gặp người").await;
        house.talk(&citizen(), "nhắn cho cán bộ tại đây").await;
        says(&mut house, "2", "giấy chứng sinh mất, gọi em 0912 345 678").await;
        says(&mut house, "3", "hoặc nhắn lại đây").await;

        let of = open_tickets(&store, Stage::Waiting).await.remove(0);
        assert_eq!(of.question, "giấy chứng sinh mất, gọi em *******678");
        let history = History { store: store.clone() }.of_ticket(&of).await.unwrap();
        let words = format!("{history:?}");
        assert!(words.contains("*********089") && !words.contains("0912") && !words.contains("025190"), "{words}");
        let numbers = handoff.with_numbers(&of).await.unwrap();
        assert_eq!(numbers.len(), 1, "only what was said to officers is kept");
        let said = *numbers.iter().next().unwrap();

        let viewer = officer("xem", &["viewer"]);
        assert_eq!(handoff.reveal(&of, said, &viewer, "muốn biết số").await.unwrap(), None, "who may only look does not");
        assert_eq!(handoff.reveal(&of, said, &lan, "ờ").await.unwrap(), None, "a reason is needed");
        let elsewhere = Ticket { from: Address::new(ChannelName::Telegram, "6"), ..of.clone() };
        assert_eq!(handoff.reveal(&elsewhere, said, &lan, "gọi lại cho người dân").await.unwrap(), None);
        let shown = handoff.reveal(&of, said, &lan, "gọi lại 0912345678 theo yêu cầu").await.unwrap();
        assert_eq!(shown.as_deref(), Some("giấy chứng sinh mất, gọi em 0912 345 678"));
        let noted = audit::newest(&mut store.read().await.unwrap(), &of.id.to_string(), i64::MAX, 9).await.unwrap();
        let noted: Vec<_> = noted.iter().map(|entry| (entry.actor.as_str(), entry.action.as_str())).collect();
        assert_eq!(noted[0], ("lan", "number shown: gọi lại *******678 theo yêu cầu"));
        assert_eq!(noted.iter().filter(|(_, action)| action.starts_with("number")).count(), 1);
    })
    .await;
}
