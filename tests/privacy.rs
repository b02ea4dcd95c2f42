//! What is kept of a person: by consent, shown, taken along, deleted with a receipt; and requests with a clock.

use std::sync::Arc;
use std::time::Duration;

use motcua::domain::dossier::Paper;
use motcua::domain::officer::Officer;
use motcua::domain::privacy::{RequestKind, Use};
use motcua::domain::{Address, ChannelName, ChoiceId, Clock, ResumeCode, Said, Timestamp};
use motcua::i18n::Wording;
use motcua::seal::Keyring;
use motcua::service::privacy::{Answer, Privacy};
use motcua::service::{History, Upkeep};
use motcua::store::{Store, follow, outbox, paper, privacy, request, subscriber};
use uuid::Uuid;

use crate::support::each_database;
use crate::support::house::{House, KEY};

fn someone() -> Address {
    Address::new(ChannelName::Telegram, "5")
}

fn looking_after(house: &House) -> Privacy {
    let keys = Some(Keyring::read(&KEY.into()).unwrap());
    Privacy { store: house.store.clone(), clock: Arc::clone(&house.clock) as _, keys }
}

async fn press(house: &mut House, id: &str) -> String {
    house.says(&someone(), Said::Chose(ChoiceId::new(id.to_owned()))).await
}

/// What they agreed to and did not take back.
async fn agreed(store: &Store) -> Vec<&'static str> {
    let all = privacy::consents(&mut store.read().await.unwrap(), &someone()).await.unwrap();
    all.iter().filter(|consent| consent.withdrawn_at.is_none()).map(|consent| consent.to.name()).collect()
}

fn receipt(answer: &str) -> String {
    let words = answer.split([' ', '\n']).map(|word| word.trim_end_matches('.'));
    words.into_iter().find(|word| ResumeCode::read(word).is_some()).expect("a receipt").to_owned()
}

#[tokio::test]
async fn a_question_needs_no_consent_and_each_use_has_its_own() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        house.talk(&someone(), "khai sinh cần giấy gì").await;
        house.talk(&someone(), "lệ phí bao nhiêu").await;
        assert!(agreed(&store).await.is_empty(), "a question is answered without any");

        press(&mut house, "walk/vneid/-start").await;
        house.talk(&someone(), "để sau").await;
        assert!(agreed(&store).await.is_empty(), "silence is none");
        house.talk(&someone(), "đồng ý giữ 14 ngày").await;
        assert_eq!(agreed(&store).await, ["walks"]);
        for words in ["nhận tin", "bỏ qua", "1", "đồng ý nhận tin"] {
            house.talk(&someone(), words).await;
        }
        assert_eq!(agreed(&store).await, ["news", "walks"], "of the same moment");
        let told = house.talk(&someone(), "dữ liệu của tôi").await;
        assert!(
            told.contains("giữ việc đang làm dở") && told.contains("nhận tin của xã") && told.contains("bản 2026-11"),
            "{told}"
        );

        house.talk(&someone(), "dừng nhận tin").await;
        press(&mut house, "data/walks").await;
        assert!(agreed(&store).await.is_empty(), "taken back by one press each");
        let all = privacy::consents(&mut store.read().await.unwrap(), &someone()).await.unwrap();
        assert_eq!(all.len(), 2, "that they once agreed can be proved");
        let told = house.talk(&someone(), "dữ liệu của tôi").await;
        assert!(!told.contains("Việc đang làm dở:"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_walk_that_nobody_agreed_to_keep_is_forgotten_after_a_day() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        press(&mut house, "walk/vneid/-start").await;
        let waker = motcua::service::Waker {
            store: store.clone(),
            clock: house.clock.clone(),
            arrived: house.conversations.arrived.clone(),
        };
        house.clock.advance(Duration::from_secs(23 * 3600));
        assert_eq!(waker.wake().await.unwrap(), 0);
        house.clock.advance(Duration::from_secs(2 * 3600));
        assert_eq!(waker.wake().await.unwrap(), 1, "without anybody saying a word");
        let before = house.sent().len();
        house.settle().await;
        assert_eq!(house.sent().len(), before, "nobody is told");
        let state = motcua::store::conversation::load(&mut store.read().await.unwrap(), &someone()).await.unwrap().unwrap().state;
        assert!(!state.contains("\"walks\""), "{state}");
        assert_eq!(waker.wake().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn everything_is_deleted_at_once_and_the_receipt_is_what_remains() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        house.talk(&someone(), "cháu Bùi Thị Nụ làm khai sinh").await;
        for words in ["nhận tin", "bỏ qua", "1", "đồng ý nhận tin"] {
            house.talk(&someone(), words).await;
        }
        let mut tx = store.write().await.unwrap();
        follow::missed(&mut tx, &someone().to_string(), "2026-11-21").await.unwrap();
        tx.commit().await.unwrap();

        let asked = house.talk(&someone(), "/xoadulieu").await;
        assert!(asked.contains("Tôi không xóa được"), "{asked}");
        assert_eq!(agreed(&store).await, ["news"], "nothing goes before the word was pressed");
        let answer = house.talk(&someone(), "xóa hết").await;
        let receipt = receipt(&answer);

        let history = History { store: store.clone() }.whole(&someone()).await.unwrap();
        assert_eq!(history.len(), 1, "the answer with the receipt: {history:?}");
        assert!(!format!("{history:?}").contains("Nụ"));
        let mut tx = store.read().await.unwrap();
        assert!(privacy::consents(&mut tx, &someone()).await.unwrap().is_empty());
        assert_eq!(privacy::holding(&mut tx, &someone()).await.unwrap().messages, 1);
        assert!(subscriber::interests(&mut tx, &someone()).await.unwrap().is_empty());
        assert_eq!(follow::misses(&mut tx, &someone().to_string(), "2026-11-21").await.unwrap(), 1, "no new tries are bought");
        let all = request::list(&mut tx, 9).await.unwrap();
        assert_eq!((all.len(), all[0].request.kind, &all[0].request.receipt), (1, RequestKind::Erase, &receipt));
        assert!(all[0].from.is_none() && all[0].request.done_at.is_some(), "{all:?}");
        drop(tx);
        // They go on as anybody new does.
        assert!(house.talk(&someone(), "khai sinh cần giấy gì").await.contains("khai sinh"));
        assert!(press(&mut house, "data/erase/yes").await.contains("tin nhắn cũ"), "not again by an old button");
    })
    .await;
}

#[tokio::test]
async fn what_is_outside_the_database_keeps_the_request_open() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let calendar = house.conversations.library.load().calendar().clone();
        let after = looking_after(&house);
        let from = Address::new(ChannelName::Web, "9");
        let mut tx = store.write().await.unwrap();
        let kept = motcua::domain::file::Kept {
            hash: "h".into(),
            stored: "ab".into(),
            kind: motcua::domain::file::FileKind::Jpeg,
            bytes: 1,
        };
        let sent = Paper {
            id: house.clock.fresh_id(),
            dossier: "H44".into(),
            name: "Giấy khai sinh".into(),
            from: from.clone(),
            file: kept,
            sent_at: house.clock.now(),
            verdict: None,
        };
        assert!(paper::add(&mut tx, &sent).await.unwrap());
        tx.commit().await.unwrap();
        after.erase(&from, &calendar).await.unwrap();
        let open = async || after.requests(9).await.unwrap().remove(0);
        assert!(open().await.request.done_at.is_none(), "the file is still on the disk");
        assert_eq!(after.settle().await.unwrap(), 0);
        let mut tx = store.write().await.unwrap();
        paper::gone(&mut tx, "ab").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(after.settle().await.unwrap(), 1);
        assert!(open().await.request.done_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn another_request_has_a_clock_and_is_answered_in_the_chat() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        // Saturday noon: two working days end on Tuesday, fifteen days on a Sunday.
        press(&mut house, "data/other").await;
        let answer = house.talk(&someone(), "sửa giúp em, số em là 0912345678").await;
        let receipt = receipt(&answer);
        let after = looking_after(&house);
        let one = after.requests(9).await.unwrap().remove(0);
        assert_eq!(one.request.words, "sửa giúp em, số em là *******678");
        assert_eq!(one.request.answer_due.date().to_string(), "2026-11-24");
        assert_eq!(one.request.done_due.date().to_string(), "2026-12-06");
        assert!(!one.request.is_late(house.clock.now()));
        house.clock.advance(Duration::from_secs(4 * 86_400));
        assert!(one.request.is_late(house.clock.now()));
        assert!(house.talk(&someone(), "dữ liệu của tôi").await.contains(&receipt));

        let an = Officer { id: Uuid::from_u128(1), login: "an".into(), name: "An".into(), grants: Vec::new() };
        let wording = Wording::default();
        let given = Answer { id: one.id, words: "Chúng tôi đã sửa.".into(), done: true, after: None };
        assert!(!after.reply(&Answer { words: " ".into(), ..given.clone() }, &an, &wording).await.unwrap());
        let first = Answer { words: "Chúng tôi đang xem.".into(), done: false, ..given.clone() };
        assert!(after.reply(&first, &an, &wording).await.unwrap());
        assert!(!after.reply(&given, &an, &wording).await.unwrap(), "a colleague answered since this officer looked");
        let given = Answer { after: after.requests(9).await.unwrap()[0].request.answered_at, ..given };
        assert!(after.reply(&given, &an, &wording).await.unwrap());
        assert!(!after.reply(&given, &an, &wording).await.unwrap(), "once");
        house.settle().await;
        let told = house.sent().pop().unwrap().1;
        assert!(told.contains(&receipt) && told.contains("Chúng tôi đã sửa."), "{told}");

        for n in 0..3 {
            press(&mut house, "data/other").await;
            house.talk(&someone(), &format!("việc thứ {n} của tôi")).await;
        }
        press(&mut house, "data/other").await;
        assert!(house.talk(&someone(), "việc nữa của tôi").await.contains("nhiều yêu cầu"));
    })
    .await;
}

#[tokio::test]
async fn it_can_be_taken_along_by_a_link_for_an_hour() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        house.conversations.site = Some("https://hoi.example/".parse().unwrap());
        house.talk(&someone(), "khai sinh cần giấy gì").await;
        let told = house.talk(&someone(), "dữ liệu của tôi").await;
        assert!(told.contains("Xem và tải về"), "{told}");
        let link = press(&mut house, "data/export").await;
        let token = link.split("my-data/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let after = looking_after(&house);
        let export = after.export(&token).await.unwrap().unwrap();
        assert_eq!(export.peer, "5");
        assert!(export.messages.iter().any(|message| message.mine && message.text == "khai sinh cần giấy gì"));
        assert!(export.messages.iter().any(|message| !message.mine && message.text.contains("khai sinh")));
        assert!(after.export("another").await.unwrap().is_none());
        house.clock.advance(Duration::from_secs(3_700));
        assert!(after.export(&token).await.unwrap().is_none(), "the link is over");
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_on_time_is_reported_by_purpose() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        house.talk(&someone(), "khai sinh cần giấy gì").await;
        let mut tx = store.write().await.unwrap();
        privacy::agree(&mut tx, &someone(), Use::News, "2026-11", Timestamp(1)).await.unwrap();
        privacy::withdraw(&mut tx, &someone(), Use::News, house.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let upkeep = Upkeep { store: store.clone(), clock: Arc::clone(&house.clock) as _, keys: None, keep_days: 30 };
        house.clock.advance(Duration::from_secs(31 * 86_400));
        upkeep.forget().await.unwrap();
        upkeep.forget().await.unwrap();
        let told = async |store: &Store| privacy::deletions(&mut store.read().await.unwrap(), "2026-11-01").await.unwrap();
        let day = house.clock.now().date().to_string();
        assert_eq!(told(&store).await, [(day, "talk".to_owned(), 1)]);
        assert_eq!(privacy::consents(&mut store.read().await.unwrap(), &someone()).await.unwrap().len(), 1, "proof stays");
        house.clock.advance(Duration::from_secs(6 * 366 * 86_400));
        upkeep.forget().await.unwrap();
        assert!(privacy::consents(&mut store.read().await.unwrap(), &someone()).await.unwrap().is_empty(), "for five years");
        assert_eq!(outbox::open_count(&mut store.read().await.unwrap()).await.unwrap(), 0);
    })
    .await;
}
