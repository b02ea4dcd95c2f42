//! What the office switches off: citizens read why, everything else goes on, and it comes back as it was.

use std::sync::Arc;

use motcua::domain::switch::{Feature, Switchable};
use motcua::domain::{Address, Bilingual, ChannelName, ChoiceId, Clock, Message, Priority, Said};
use motcua::seal::Keyring;
use motcua::service::Switchboard;
use motcua::service::switches::SwitchError;
use motcua::store::outbox::{self, Outbound};
use reqwest::Client;

use crate::console::{at, browser, field, invited, read, signs_in};
use crate::support::house::{KEY, LIBRARY};
use crate::support::process::{Process, free_port, motcua};
use crate::support::{House, each_database};

const REASON: &str = "Đang cập nhật theo luật mới, có lại ngày 01/12.";

pub fn board(house: &House) -> Switchboard {
    let keys = Some(Keyring::read(&KEY.to_owned().into()).unwrap());
    Switchboard { store: house.store.clone(), clock: Arc::clone(&house.clock) as Arc<dyn Clock>, keys }
}

/// Switches something off, or on again, and lets the house see it.
async fn switch(house: &House, what: &Switchable, off: bool) {
    let board = board(house);
    match off {
        true => board.turn_off(Some(&LIBRARY), "admin", what.clone(), Bilingual::vietnamese(REASON)).await.unwrap(),
        false => board.turn_on("admin", what).await.unwrap(),
    }
    house.conversations.switches.store(Arc::new(board.all().await.unwrap()));
}

fn citizen() -> Address {
    Address::new(ChannelName::Telegram, "7")
}

#[tokio::test]
async fn a_guide_that_is_off_says_why_and_others_answer() {
    each_database(|store| async move {
        let mut house = House::new(store);
        let guide = Switchable::Guide("dang-ky-khai-sinh".to_owned());
        switch(&house, &guide, true).await;
        let answer = house.talk(&citizen(), "lam khai sinh cho con can giay to gi").await;
        assert!(answer.contains(REASON) && answer.contains("tạm ngừng") && !answer.contains("Giấy chứng sinh"), "{answer}");
        assert!(house.talk(&citizen(), "đăng ký kết hôn cần giấy tờ gì").await.contains("Đăng ký kết hôn"));
        switch(&house, &guide, false).await;
        let answer = house.talk(&citizen(), "lam khai sinh cho con can giay to gi").await;
        assert!(answer.contains("Giấy chứng sinh"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_feature_that_is_off_says_why_by_word_and_by_button() {
    each_database(|store| async move {
        let mut house = House::new(store);
        switch(&house, &Switchable::Feature(Feature::Walks), true).await;
        switch(&house, &Switchable::Feature(Feature::Dossiers), true).await;
        for words in ["/tungbuoc", "/tracuu", "H44.101-261015-0042", "/hoso"] {
            let answer = house.talk(&citizen(), words).await;
            assert!(answer.contains(REASON), "{words}: {answer}");
        }
        let pressed = house.says(&citizen(), Said::Chose(ChoiceId::from_wire("walks"))).await;
        assert!(pressed.contains(REASON), "{pressed}");
        assert!(!house.talk(&citizen(), "đăng ký kết hôn").await.contains(REASON));
        switch(&house, &Switchable::Feature(Feature::Walks), false).await;
        assert!(!house.talk(&citizen(), "/tungbuoc").await.contains(REASON));
    })
    .await;
}

/// What was answered is not lost, as long as walks are remembered.
#[tokio::test]
async fn a_walk_that_was_begun_waits_until_walks_are_back() {
    each_database(|store| async move {
        let mut house = House::new(store);
        let begun = house.says(&citizen(), Said::Chose(ChoiceId::from_wire("walk/vneid/-start"))).await;
        assert!(begun.contains("1/"), "{begun}");
        let answered = house.talk(&citizen(), "cho tôi, từ 14 tuổi").await;
        assert!(answered.contains("2/"), "{answered}");
        switch(&house, &Switchable::Feature(Feature::Walks), true).await;
        let went_on = house.talk(&citizen(), "xong rồi").await;
        assert!(went_on.contains(REASON) && !went_on.contains("3/"), "{went_on}");
        let pressed = house.says(&citizen(), Said::Chose(ChoiceId::from_wire("walk/vneid/-resume"))).await;
        assert!(pressed.contains(REASON) && !pressed.contains("Tiếp tục bước"), "{pressed}");
        let linked = house.says(&citizen(), Said::Joined(Some("walk-vneid".to_owned()))).await;
        assert!(linked.contains(REASON), "{linked}");
        let question = house.talk(&citizen(), "đăng ký kết hôn cần giấy tờ gì").await;
        assert!(question.contains("Đăng ký kết hôn") && !question.contains("Tiếp tục bước"), "{question}");
        assert!(house.talk(&citizen(), "làm tiếp").await.contains(REASON));
        switch(&house, &Switchable::Feature(Feature::Walks), false).await;
        let back = house.talk(&citizen(), "làm tiếp").await;
        assert!(back.contains("2/"), "{back}");
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_is_off_says_why_keeps_notices_and_never_ones_rights() {
    each_database(|store| async move {
        let mut house = House::new(store);
        let channel = Switchable::Channel(ChannelName::Telegram);
        switch(&house, &channel, true).await;
        let answer = house.talk(&citizen(), "đăng ký kết hôn").await;
        assert!(answer.contains(REASON) && !answer.contains("Đăng ký kết hôn"), "{answer}");
        assert!(!house.talk(&citizen(), "/xoadulieu").await.contains(REASON), "to delete what is kept is always possible");

        let mut tx = house.store.write().await.unwrap();
        let notice = Outbound { id: "n".into(), to: citizen(), priority: Priority::Notice, message: Message::plain("tin") };
        outbox::add(&mut tx, &notice, house.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        house.deliver().await;
        assert!(!house.sent().iter().any(|(_, text)| text == "tin"), "a notice waits");
        switch(&house, &channel, false).await;
        house.deliver().await;
        assert!(house.sent().iter().any(|(_, text)| text == "tin"), "and goes out later");
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_reason() {
    each_database(|store| async move {
        let board = board(&House::new(store));
        let off = async |what: &str, reason: &str| {
            board.turn_off(Some(&LIBRARY), "admin", what.parse().unwrap(), Bilingual::vietnamese(reason)).await
        };
        assert!(matches!(off("feature:desk", "  ").await, Err(SwitchError::NoReason)));
        assert!(matches!(off("feature:desk", &"a".repeat(401)).await, Err(SwitchError::TooLong(401))));
        assert!(matches!(off("guide:khong-co", REASON).await, Err(SwitchError::NoGuide(_))));
        assert!(matches!(board.turn_on("admin", &"feature:desk".parse().unwrap()).await, Err(SwitchError::IsOn(_))));
        off("feature:desk", REASON).await.unwrap();
        off("feature:desk", "Lý do khác.").await.unwrap();
        let all = board.all().await.unwrap();
        assert_eq!(all.feature(Feature::Desk).unwrap().reason.vi, "Lý do khác.", "a reason can be changed");
    })
    .await;
}

/// A running program follows what is switched in the console and by the command, on its pages too.
#[tokio::test]
async fn administrators_switch_in_the_console_and_by_command() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[("MOTCUA_KEY", KEY)]).await;
    let (lan, token) = (browser(), invited(home.path(), "lan", "administrator"));
    let key = field(&signs_in(&server, &lan, "lan", &token).await, "form_key");
    let page = at(&server, "/console/switches");
    let post = async |form: &[(&str, &str)]| lan.post(&page).form(form).send().await.unwrap().text().await.unwrap();
    let off = "guide:dang-ky-khai-sinh";
    assert!(post(&[("form_key", &key), ("off", off), ("reason", "")]).await.contains("Ghi lý do"));
    assert!(post(&[("form_key", &key), ("guide", "khong-co"), ("reason", REASON)]).await.contains("Không thấy hướng dẫn này"));
    let url = at(&server, "/guides/dang-ky-ket-hon?lang=vi");
    let both = post(&[("form_key", &key), ("off", "channel:telegram"), ("guide", &url), ("reason", REASON)]).await;
    assert!(both.contains("Chọn phần cần"), "one of two, and nobody knows which");
    assert!(post(&[("form_key", &key), ("off", ""), ("guide", &url), ("reason", REASON)]).await.contains("dang-ky-ket-hon"));
    assert!(!post(&[("form_key", &key), ("on", "guide:dang-ky-ket-hon")]).await.contains("value=\"guide:dang-ky-ket-hon\">Cho"));
    let listed = post(&[("form_key", &key), ("off", off), ("reason", REASON)]).await;
    assert!(listed.contains(REASON) && listed.contains("lan"), "{listed}");
    let guide = async || {
        let url = format!("http://127.0.0.1:{}/guides/dang-ky-khai-sinh", server.port);
        Client::new().get(url).send().await.unwrap().text().await.unwrap()
    };
    crate::support::process::wait_until("the page says why", async || guide().await.contains(REASON)).await;
    assert!(!guide().await.contains("Giấy chứng sinh"));

    let typed = |words: &[&str]| {
        let done = motcua(home.path()).arg("switch").args(words).env("MOTCUA_KEY", KEY).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr))
    };
    assert!(typed(&["list"]).1.contains(off));
    let (done, refused) = typed(&["off", "walks", "--reason", "x"]);
    assert!(!done && refused.contains("feature:NAME (walks"), "{refused}");
    assert!(typed(&["on", off]).0);
    crate::support::process::wait_until("the page is back", async || guide().await.contains("Giấy chứng sinh")).await;
    let audit = read(&lan, &at(&server, "/console/audit")).await;
    assert!(audit.contains("<td>tạm ngừng: ") && audit.contains("<td>cho chạy lại<"), "{audit}");
}
