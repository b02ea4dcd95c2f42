//! From the inbox to the outbox: every word is answered once.

use std::sync::Arc;

use motcua::channel::{Inbox, Received};
use motcua::domain::{Address, ChannelName, Clock, Outcome, Said, Secret};
use motcua::service::StoreInbox;
use motcua::store::conversation::NewState;
use motcua::store::lesson::{self, Counted};
use motcua::store::{conversation, inbox, outbox};

use crate::support::{House, each_database};

fn text(words: &str) -> Said {
    Said::Text(words.to_owned())
}

#[tokio::test]
async fn a_question_is_answered_once_however_often_it_arrives() {
    each_database(|store| async move {
        let mut house = House::new(store);
        assert!(house.arrives("1", "5", text("lam khai sinh cho con can giay to j")).await);
        house.settle().await;
        assert!(!house.arrives("1", "5", text("lam khai sinh cho con can giay to j")).await);
        house.settle().await;
        let sent = house.sent();
        assert_eq!(sent.len(), 1);
        assert!(sent[0].1.contains("Giấy chứng sinh"), "{}", sent[0].1);
    })
    .await;
}

#[tokio::test]
async fn turns_of_one_conversation_are_taken_in_order_and_remember() {
    each_database(|store| async move {
        let mut house = House::new(store);
        house.arrives("1", "5", text("đăng ký thường trú cần giấy tờ gì")).await;
        house.arrives("2", "5", text("thế còn lệ phí?")).await;
        house.arrives("3", "6", text("khai tử ở đâu")).await;
        house.settle().await;
        let to_five: Vec<String> = house.sent().into_iter().filter(|(peer, _)| peer == "5").map(|(_, text)| text).collect();
        assert_eq!(to_five.len(), 2);
        assert!(to_five[1].starts_with("Về thủ tục: Đăng ký thường trú"), "{}", to_five[1]);
        assert!(to_five[1].contains("20.000 đ"));
    })
    .await;
}

#[tokio::test]
async fn two_processes_answer_a_question_once() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        for n in 0..20 {
            house.arrives(&n.to_string(), &format!("p{}", n % 5), text("đăng ký kết hôn")).await;
        }
        let other = house.conversations.clone();
        let work =
            |conversations: motcua::service::Conversations| async move { while conversations.take_turns().await.unwrap() > 0 {} };
        tokio::join!(work(other), work(house.conversations.clone()));
        house.settle().await;
        assert_eq!(house.sent().len(), 20);
    })
    .await;
}

#[tokio::test]
async fn who_blocks_the_bot_is_unreachable_until_they_write_again() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let address = Address::new(ChannelName::Telegram, "5");
        let unreachable = async || conversation::unreachable_since(&mut store.read().await.unwrap(), &address).await.unwrap();
        house.arrives("1", "5", text("khai sinh")).await;
        house.arrives("2", "5", Said::Left).await;
        house.settle().await;
        assert!(unreachable().await.is_some());
        house.arrives("3", "5", text("khai sinh")).await;
        house.settle().await;
        assert!(unreachable().await.is_none());
        assert_eq!(house.sent().len(), 2, "leaving is not answered");
    })
    .await;
}

#[tokio::test]
async fn a_state_that_cannot_be_read_is_begun_again() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let address = Address::new(ChannelName::Telegram, "5");
        let mut tx = store.write().await.unwrap();
        conversation::save(
            &mut tx,
            &address,
            0,
            &NewState { json: "{\"topic\": 7}", ..NewState::default() },
            motcua::domain::Timestamp(1),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        house.arrives("1", "5", text("đăng ký kết hôn")).await;
        house.settle().await;
        assert_eq!(house.sent().len(), 1);
        assert_eq!(outbox::open_count(&mut store.read().await.unwrap()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_another_version_wrote_stops_nobody() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        house.arrives("1", "5", text("khai sinh")).await;
        house.arrives("2", "6", text("khai sinh")).await;
        sql(&store, "UPDATE inbound SET said = '{\"telepathy\": 1}' WHERE external_id = '1'").await;
        house.conversations.take_turns().await.unwrap();
        sql(&store, "UPDATE outbox SET message = '[]' WHERE peer = '6'").await;
        house.arrives("3", "7", text("khai sinh")).await;
        house.settle().await;
        let sent = house.sent();
        assert!(sent.iter().any(|(peer, text)| peer == "5" && text.contains("chưa hiểu loại tin nhắn")), "{sent:?}");
        assert!(sent.iter().any(|(peer, _)| peer == "7"));
        assert_eq!(outbox::open_count(&mut store.read().await.unwrap()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_conversation_deleted_while_it_is_answered_stays_deleted() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        house.arrives("1", "5", text("khai sinh")).await;
        let address = Address::new(ChannelName::Telegram, "5");
        let history = motcua::service::History { store: store.clone() };
        let mut waiting = inbox::pending(&mut store.read().await.unwrap(), 10).await.unwrap();
        let thought_of = waiting.pop().unwrap();
        history.forget(&address).await.unwrap();
        let mut tx = store.write().await.unwrap();
        assert!(
            inbox::finish(&mut tx, &[thought_of.id], false, house.clock.now()).await.unwrap().is_empty(),
            "its turn is not written"
        );
        tx.commit().await.unwrap();
        assert_eq!(house.conversations.take_turns().await.unwrap(), 0);
        assert!(history.of(&address).await.unwrap().is_empty());
    })
    .await;
}

async fn sql(store: &motcua::store::Store, statement: &'static str) {
    let mut tx = store.write().await.unwrap();
    match &mut tx.on {
        motcua::store::Base::Sqlite(tx) => drop(sqlx::query(statement).execute(&mut **tx).await.unwrap()),
        motcua::store::Base::Postgres(tx) => drop(sqlx::query(statement).execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_one_time_code_is_never_written_down() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let (arrivals, _task) = StoreInbox::start(store.clone(), Arc::clone(&house.clock) as _, Vec::new());
        let from = Address::new(ChannelName::Telegram, "5");
        let received = Received {
            external_id: "1".to_owned(),
            from: from.clone(),
            said: text("mã OTP em nhận được là 482913"),
            lang_hint: None,
            raw: None,
        };
        arrivals.accept(received).await.unwrap();
        let kept = inbox::history(&mut store.read().await.unwrap(), &from, motcua::domain::Timestamp::END, 9).await.unwrap();
        assert_eq!(kept.iter().map(|inbound| &inbound.said).collect::<Vec<_>>(), [&Said::Secret(Secret::OneTimeCode)]);
        house.settle().await;
        assert!(house.sent()[0].1.contains("mã OTP"), "{}", house.sent()[0].1);
    })
    .await;
}

#[tokio::test]
async fn a_judgement_and_an_unanswered_question_become_lessons_without_the_person() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let button = |id: &str| Said::Chose(motcua::domain::ChoiceId::new(id.to_owned()));
        for (n, said) in [
            text("đăng ký tạm trú cần giấy gì"),
            button("wrong"),
            button("wrong"),
            text("xyz abc qwerty 0912345678"),
            text("đăng ký kết hôn"),
            button("right"),
        ]
        .into_iter()
        .enumerate()
        {
            house.arrives(&n.to_string(), "5", said).await;
            house.settle().await;
        }
        let lessons = lesson::since(&mut store.read().await.unwrap(), "2000-01-01").await.unwrap();
        let told: Vec<(&str, Outcome, Option<&str>, i64)> = lessons
            .iter()
            .map(|Counted { lesson, times }| (&*lesson.question, lesson.outcome, lesson.guide.as_deref(), *times))
            .collect();
        assert_eq!(
            told,
            [
                ("đăng ký kết hôn", Outcome::Right, Some("dang-ky-ket-hon"), 1),
                ("xyz abc qwerty …", Outcome::Unanswered, None, 1),
                ("đăng ký tạm trú cần giấy gì", Outcome::Wrong, Some("dang-ky-tam-tru"), 1),
            ]
        );
    })
    .await;
}
