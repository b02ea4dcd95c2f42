//! One citizen at several places: what is shared, where notices go, and how it is undone.

use std::sync::Arc;
use std::time::Duration;

use motcua::channel::{Channel, Inbox};
use motcua::domain::{
    Address, Block, ChannelName, Clock, Message, Priority, Receipt, ReceiptEvent, ResumeCode, Said, SendError, Template, Text,
    Unreachable, Windows,
};
use motcua::service::{History, StoreInbox, Upkeep};
use motcua::store::outbox::{self, Outbound};
use motcua::store::{Store, citizen, conversation, receipt};

use crate::support::house::Recorder;
use crate::support::{House, each_database};

const DAY: Duration = Duration::from_secs(24 * 3600);
const ZALO: Windows = Windows { free: Duration::from_secs(48 * 3600), paid: Duration::from_secs(168 * 3600) };

fn telegram() -> Address {
    Address::new(ChannelName::Telegram, "5")
}

fn zalo() -> Address {
    Address::new(ChannelName::Zalo, "9950320425262095484")
}

/// A house that is also on Zalo.
fn house(store: Store, approved: Vec<&'static str>) -> (House, Arc<Recorder>) {
    let mut house = House::new(store);
    let zalo = house.open(Recorder { channel: Some(ChannelName::Zalo), windows: Some(ZALO), approved, ..Recorder::default() });
    (house, zalo)
}

fn code(said: &str) -> String {
    said.split([' ', '\n'])
        .find(|word| ResumeCode::read(word).is_some())
        .unwrap_or_else(|| panic!("no code in {said}"))
        .to_owned()
}

async fn linked(house: &mut House) {
    house.talk(&telegram(), "liên kết").await;
    let code = code(&house.talk(&telegram(), "1").await);
    assert!(house.talk(&zalo(), &code).await.contains("liên kết nơi đây với Telegram"));
    assert!(house.talk(&zalo(), "đồng ý liên kết").await.starts_with("Đã liên kết"));
}

async fn notify(house: &House, to: &Address, id: &str, template: Option<&str>) {
    let mut message = Message { text: Text(vec![Block::plain(format!("tin {id}"))]), ..Message::default() };
    message.template = template.map(|name| Template { name: name.to_owned(), ..Template::default() });
    let outbound = Outbound { id: id.to_owned(), to: to.clone(), priority: Priority::Notice, message };
    let mut tx = house.store.write().await.unwrap();
    outbox::add(&mut tx, &outbound, house.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn outcome(house: &House, id: &str) -> Option<String> {
    outbox::outcomes(&mut house.store.read().await.unwrap(), &[id]).await.unwrap().remove(id)
}

#[tokio::test]
async fn language_and_walks_come_along_and_stay_in_step() {
    each_database(|store| async move {
        let (mut house, _) = house(store.clone(), vec![]);
        house.talk(&telegram(), "english").await;
        house.talk(&telegram(), "step by step").await;
        house.talk(&telegram(), "1").await;
        house.talk(&telegram(), "1").await;
        house.talk(&telegram(), "link").await;
        let offered = house.talk(&telegram(), "2").await;
        assert!(house.talk(&zalo(), &code(&offered)).await.contains("Dùng chung"), "consent comes first, in their language");
        let done = house.talk(&zalo(), "1").await;
        assert!(done.starts_with("Linked."), "{done}");
        let told = house.sent().last().unwrap().clone();
        assert!(told.0 == "5" && told.1.starts_with("Motcua has just been linked with Zalo"), "{told:?}");
        // The walk goes on at the one place and then at the other.
        assert!(house.talk(&zalo(), "continue").await.starts_with("Step 1/"));
        assert!(house.talk(&zalo(), "1").await.starts_with("Step 2/"));
        assert!(house.talk(&telegram(), "continue").await.starts_with("Step 2/"));
        assert!(house.talk(&telegram(), "1").await.starts_with("Step 3/"));
        assert!(house.talk(&zalo(), "continue").await.starts_with("Step 3/"));
        house.talk(&zalo(), "tiếng việt").await;
        assert!(house.talk(&telegram(), "tiếp tục").await.starts_with("Bước 3/"));
        // Words are not shared.
        let read = History { store }.of(&telegram()).await.unwrap();
        assert!(read.iter().all(|entry| !format!("{entry:?}").contains("Linked.")));
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once_and_for_a_quarter_of_an_hour_and_never_in_a_group() {
    each_database(|store| async move {
        let (mut house, _) = house(store.clone(), vec![]);
        house.talk(&telegram(), "liên kết").await;
        let first = code(&house.talk(&telegram(), "1").await);
        assert!(house.talk(&telegram(), &first).await.contains("Không có gì dưới mã"), "a place is not linked with itself");
        let group = Address::new(ChannelName::Telegram, "-100200");
        assert!(house.talk(&group, &first).await.contains("Không có gì dưới mã"));
        house.talk(&zalo(), &first).await;
        house.clock.advance(Duration::from_secs(16 * 60));
        let late = house.talk(&zalo(), "1").await;
        assert!(late.contains("Không có gì dưới mã"), "{late}");
        assert!(citizen::of(&mut store.read().await.unwrap(), &zalo()).await.unwrap().is_none());
        house.talk(&group, "liên kết").await;
        let of_group = code(&house.talk(&group, "1").await);
        assert!(house.talk(&zalo(), &of_group).await.contains("Không có gì dưới mã"), "a group is nobody's");
        linked(&mut house).await;
        assert!(house.talk(&zalo(), &first).await.contains("Không có gì dưới mã"), "once");
    })
    .await;
}

#[tokio::test]
async fn taking_a_place_out_tells_it_and_leaves_both_what_they_had() {
    each_database(|store| async move {
        let (mut house, _) = house(store.clone(), vec![]);
        linked(&mut house).await;
        let gone = house.talk(&zalo(), "gỡ telegram").await;
        assert!(gone.starts_with("Đã gỡ Telegram"), "{gone}");
        assert!(house.sent().last().unwrap().1.contains("vừa được gỡ khỏi liên kết, từ Zalo"));
        let mut tx = store.read().await.unwrap();
        assert!(citizen::of(&mut tx, &telegram()).await.unwrap().is_none());
        drop(tx);
        house.talk(&telegram(), "english").await;
        assert!(house.talk(&zalo(), "cảm ơn").await.contains("Rất vui"), "languages are apart again");
        // Deleting a conversation takes its place out too, and what waits for nobody.
        let history = History { store: store.clone() };
        history.forget(&zalo()).await.unwrap();
        assert!(citizen::of(&mut store.read().await.unwrap(), &zalo()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_link_lasts_for_as_long_as_there_is_a_conversation_at_either_place() {
    each_database(|store| async move {
        let (mut house, _) = house(store.clone(), vec![]);
        linked(&mut house).await;
        let upkeep = Upkeep { store: store.clone(), clock: Arc::clone(&house.clock) as _, keys: None, keep_days: 30 };
        house.clock.advance(DAY * 20);
        house.talk(&zalo(), "cảm ơn").await;
        house.clock.advance(DAY * 20);
        assert_eq!(upkeep.forget().await.unwrap(), 1, "nothing was said on Telegram");
        assert!(citizen::of(&mut store.read().await.unwrap(), &telegram()).await.unwrap().is_some());
        house.clock.advance(DAY * 20);
        assert_eq!(upkeep.forget().await.unwrap(), 1);
        for place in [telegram(), zalo()] {
            assert!(citizen::of(&mut store.read().await.unwrap(), &place).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn helping_somebody_at_one_place_takes_nothing_from_the_other() {
    each_database(|store| async move {
        let (mut house, _) = house(store.clone(), vec![]);
        linked(&mut house).await;
        house.talk(&telegram(), "hướng dẫn từng bước").await;
        house.talk(&telegram(), "1").await;
        house.talk(&telegram(), "1").await;
        house.talk(&zalo(), "/giupdo").await;
        house.talk(&zalo(), "1").await;
        assert!(house.talk(&telegram(), "1").await.starts_with("Bước 2/"));
        house.talk(&zalo(), "thôi giúp").await;
        assert!(house.talk(&zalo(), "tiếp tục").await.starts_with("Bước 2/"), "not what was put aside before");
        assert!(house.talk(&telegram(), "tiếp tục").await.starts_with("Bước 2/"));
    })
    .await;
}

#[tokio::test]
async fn a_turn_taken_while_its_place_is_linked_is_taken_again() {
    each_database(|store| async move {
        let (mut house, _) = house(store.clone(), vec![]);
        house.talk(&telegram(), "hướng dẫn từng bước").await;
        house.talk(&telegram(), "1").await;
        house.talk(&telegram(), "1").await;
        house.talk(&telegram(), "liên kết").await;
        let offered = house.talk(&telegram(), "đồng ý, cho tôi mã").await;
        house.talk(&zalo(), &code(&offered)).await;
        // Both speak in the same moment: the link is made, and the answer of the other place is not lost.
        house.arrives_at("yes", zalo(), Said::Text("1".into())).await;
        house.arrives_at("step", telegram(), Said::Text("cho tôi".into())).await;
        house.settle().await;
        assert!(house.talk(&zalo(), "tiếp tục").await.starts_with("Bước 2/"));
    })
    .await;
}

#[tokio::test]
async fn a_closed_window_takes_a_template_else_another_channel_else_waits() {
    each_database(|store| async move {
        let (mut house, at_zalo) = house(store.clone(), vec!["dossier"]);
        linked(&mut house).await;
        let on_zalo =
            |text: &str| at_zalo.sent.lock().unwrap().iter().filter(|(_, sent)| sent.to_plain().starts_with(text)).count();
        notify(&house, &zalo(), "n1", None).await;
        house.deliver().await;
        assert_eq!(on_zalo("tin n1"), 1, "free");
        house.clock.advance(DAY * 5);
        notify(&house, &zalo(), "n2", None).await;
        house.deliver().await;
        assert_eq!(on_zalo("tin n2"), 1, "paid");
        house.clock.advance(DAY * 3);
        notify(&house, &zalo(), "n3", Some("dossier")).await;
        notify(&house, &zalo(), "n4", Some("another")).await;
        notify(&house, &zalo(), "n5", None).await;
        house.deliver().await;
        assert_eq!((on_zalo("Template"), on_zalo("tin n")), (1, 2), "closed: only what was approved");
        let on_telegram: Vec<String> =
            house.sent().into_iter().map(|(_, text)| text).filter(|text| text.starts_with("tin")).collect();
        assert_eq!(on_telegram, ["tin n4", "tin n5"], "in their order");
        assert_eq!(outcome(&house, "n4").await.as_deref(), Some("elsewhere"));
        // Nobody is at the other place either: kept, and sent when they write again, wherever that is.
        house.arrives("left", "5", Said::Left).await;
        house.settle().await;
        notify(&house, &zalo(), "n6", None).await;
        house.deliver().await;
        assert_eq!(outcome(&house, "n6").await.as_deref(), Some("unreachable"));
        let kept = outbox::kept_notices(&mut store.read().await.unwrap(), house.clock.now().minus(DAY)).await.unwrap();
        assert_eq!(kept.iter().map(|(channel, _, count)| (channel.as_str(), *count)).collect::<Vec<_>>(), [("zalo", 1)]);
        let told = house.talk(&telegram(), "cảm ơn").await;
        assert!(told.contains("tin n6"), "{told}");
        let kept = outbox::kept_notices(&mut store.read().await.unwrap(), house.clock.now().minus(DAY)).await.unwrap();
        assert!(kept.is_empty());
        house.talk(&zalo(), "cảm ơn").await;
        assert_eq!(on_zalo("tin n6"), 0, "once");
    })
    .await;
}

#[tokio::test]
async fn news_passed_on_waits_while_another_is_helped_at_the_other_place() {
    each_database(|store| async move {
        let (mut house, at_zalo) = house(store.clone(), vec![]);
        linked(&mut house).await;
        house.talk(&zalo(), "/giupdo").await;
        house.talk(&zalo(), "1").await;
        house.channel.script.lock().unwrap().push_back(Err(SendError::Unreachable(Unreachable::Gone)));
        notify(&house, &telegram(), "n1", None).await;
        house.deliver().await;
        assert_eq!(outcome(&house, "n1").await.as_deref(), Some("elsewhere"));
        let on_zalo = || at_zalo.sent.lock().unwrap().iter().any(|(_, sent)| sent.to_plain().starts_with("tin n1"));
        assert!(!on_zalo(), "it is not theirs to read");
        house.talk(&zalo(), "thôi giúp").await;
        house.deliver().await;
        assert!(on_zalo());
    })
    .await;
}

#[tokio::test]
async fn what_the_vendor_says_of_a_window_is_believed() {
    each_database(|store| async move {
        let (mut house, at_zalo) = house(store.clone(), vec![]);
        house.talk(&zalo(), "cảm ơn").await;
        at_zalo.script.lock().unwrap().push_back(Err(SendError::Unreachable(Unreachable::Closed)));
        notify(&house, &zalo(), "n1", None).await;
        house.deliver().await;
        assert_eq!(outcome(&house, "n1").await.as_deref(), Some("unreachable"));
        let last = conversation::last_interaction(&mut store.read().await.unwrap(), &zalo()).await.unwrap();
        assert_eq!(last, None, "closed until they write");
        // The whole channel is asked to wait: nobody is written to meanwhile, and nothing is lost.
        house.talk(&zalo(), "cảm ơn").await;
        let before = at_zalo.sent.lock().unwrap().len();
        at_zalo.script.lock().unwrap().push_back(Err(SendError::Throttled(Duration::from_secs(60))));
        notify(&house, &zalo(), "n2", None).await;
        house.deliver().await;
        let other = Address::new(ChannelName::Zalo, "2");
        house.arrives_at("o1", other, Said::Text("cảm ơn".into())).await;
        house.settle().await;
        assert_eq!(at_zalo.sent.lock().unwrap().len(), before);
        house.later(Duration::from_secs(61)).await;
        assert_eq!(at_zalo.sent.lock().unwrap().len(), before + 2);
        assert_eq!(at_zalo.name(), ChannelName::Zalo);
    })
    .await;
}

#[tokio::test]
async fn who_has_everything_deleted_is_forgotten_without_a_word() {
    each_database(|store| async move {
        let (mut house, at_zalo) = house(store.clone(), vec![]);
        linked(&mut house).await;
        let before = at_zalo.sent.lock().unwrap().len();
        house.arrives_at("w1", zalo(), Said::Withdrawn).await;
        house.settle().await;
        assert_eq!(at_zalo.sent.lock().unwrap().len(), before);
        let mut tx = store.read().await.unwrap();
        assert!(conversation::load(&mut tx, &zalo()).await.unwrap().is_none());
        assert!(citizen::of(&mut tx, &zalo()).await.unwrap().is_none());
        drop(tx);
        assert!(History { store }.of(&zalo()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn receipts_are_kept_once_each() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let (inbox, _task) = StoreInbox::start(store.clone(), Arc::clone(&house.clock) as _, Vec::new());
        let seen = |event, at| Receipt {
            channel: ChannelName::Zalo,
            external_id: "m1".into(),
            event,
            at: motcua::domain::Timestamp(at),
        };
        inbox.accept_receipts(vec![seen(ReceiptEvent::Delivered, 1), seen(ReceiptEvent::Seen, 2)]).await.unwrap();
        inbox.accept_receipts(vec![seen(ReceiptEvent::Seen, 9)]).await.unwrap();
        let told = receipt::of(&mut store.read().await.unwrap(), ChannelName::Zalo, "m1").await.unwrap();
        let told: Vec<(&str, i64)> = told.iter().map(|(event, at)| (event.as_str(), at.0)).collect();
        assert_eq!(told, [("delivered", 1), ("seen", 2)]);
    })
    .await;
}
