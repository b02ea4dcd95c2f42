//! From the outbox to a channel: order, pace, retries, and the ledger.

use std::sync::Arc;
use std::time::Duration;

use motcua::channel::{Channel, Rate};
use motcua::delivery::{Courier, Journal};
use motcua::domain::{Address, ChannelName, Clock, Message, Priority, SendError, Unreachable};
use motcua::seal::Keyring;
use motcua::store::conversation::NewState;
use motcua::store::outbox::{self, Outbound};
use motcua::store::{Store, citizen, conversation};

use secrecy::ExposeSecret;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::house::{KEY, Recorder};
use crate::support::process::wait_until;
use crate::support::{House, each_database};

const SECOND: Duration = Duration::from_secs(1);

async fn queue(house: &House, messages: &[(&str, &str, Priority)]) {
    let mut tx = house.store.write().await.unwrap();
    for (id, peer, priority) in messages {
        let to = Address::new(ChannelName::Telegram, *peer);
        let outbound = Outbound { id: (*id).into(), to, priority: *priority, message: Message::plain(id) };
        outbox::add(&mut tx, &outbound, house.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn ids(house: &House) -> Vec<String> {
    house.sent().into_iter().map(|(_, text)| text).collect()
}

async fn ledger(store: &Store, id: &str) -> Vec<String> {
    let lines = outbox::ledger(&mut store.read().await.unwrap(), id).await.unwrap();
    lines.into_iter().map(|(_, outcome, _)| outcome).collect()
}

async fn outcome(store: &Store, id: &str) -> Option<String> {
    outbox::outcomes(&mut store.read().await.unwrap(), &[id]).await.unwrap().remove(id)
}

fn fails(house: &House, errors: impl IntoIterator<Item = SendError>) {
    house.channel.script.lock().unwrap().extend(errors.into_iter().map(Err));
}

#[tokio::test]
async fn messages_to_one_person_keep_their_order_and_pace() {
    each_database(|store| async move {
        let slow = Recorder { per_peer: Some(Rate { messages: 1, span: SECOND }), ..Recorder::default() };
        let mut house = House::with_channel(store, slow);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "a", Priority::Reply), ("3", "b", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(ids(&house), ["1", "3"], "a second message to the same person waits a second");
        house.later(Duration::from_millis(900)).await;
        assert_eq!(ids(&house).len(), 2);
        house.later(Duration::from_millis(200)).await;
        assert_eq!(ids(&house), ["1", "3", "2"]);
    })
    .await;
}

#[tokio::test]
async fn all_together_keep_the_pace_of_the_channel_and_replies_go_first() {
    each_database(|store| async move {
        let slow = Recorder { overall: Some(Rate { messages: 3, span: SECOND }), ..Recorder::default() };
        let mut house = House::with_channel(store, slow);
        let bulk: Vec<(String, String)> = (0..5).map(|n| (format!("b{n}"), format!("p{n}"))).collect();
        let bulk: Vec<(&str, &str, Priority)> =
            bulk.iter().map(|(id, peer)| (id.as_str(), peer.as_str(), Priority::Bulk)).collect();
        queue(&house, &bulk).await;
        queue(&house, &[("reply", "p4", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(ids(&house).len(), 3);
        assert!(ids(&house).contains(&"reply".to_owned()), "a broadcast never delays an answer");
        // A little more than the vendor's second: it counts where messages arrive.
        house.later(SECOND + SECOND / 50).await;
        assert_eq!(ids(&house).len(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_vendor_that_asks_to_wait_is_obeyed() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        fails(&house, [SendError::RetryAfter(Duration::from_secs(35))]);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "a", Priority::Notice)]).await;
        house.later(Duration::ZERO).await;
        house.later(Duration::from_secs(34)).await;
        assert!(!ids(&house).contains(&"1".to_owned()));
        house.later(SECOND).await;
        assert!(ids(&house).contains(&"1".to_owned()));
        assert_eq!(ledger(&store, "1").await, ["retry_after"]);
        assert_eq!(outcome(&store, "1").await.as_deref(), Some("sent"));
    })
    .await;
}

#[tokio::test]
async fn an_uncertain_reply_is_repeated_once_and_the_ledger_says_so() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        fails(&house, [SendError::Unknown("cut".into()), SendError::Unknown("cut".into())]);
        queue(&house, &[("1", "a", Priority::Reply)]).await;
        for _ in 0..5 {
            house.later(Duration::from_secs(10)).await;
        }
        assert_eq!(ids(&house), ["1", "1"], "sent and repeated, never a third time");
        assert_eq!(ledger(&store, "1").await, ["unknown", "repeated", "unknown"]);
        assert_eq!(outcome(&store, "1").await.as_deref(), Some("unknown"));
    })
    .await;
}

#[tokio::test]
async fn uncertain_bulk_is_not_repeated() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        fails(&house, [SendError::Unknown("cut".into())]);
        queue(&house, &[("1", "a", Priority::Bulk)]).await;
        house.later(Duration::from_secs(10)).await;
        house.later(Duration::from_secs(10)).await;
        assert_eq!(ids(&house), ["1"]);
        assert_eq!(outcome(&store, "1").await.as_deref(), Some("unknown"));
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_tried_again_later_and_nothing_overtakes() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        fails(&house, [SendError::Transient("down".into())]);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "a", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        assert!(ids(&house).is_empty());
        house.later(Duration::from_secs(3)).await;
        assert_eq!(ids(&house), ["1", "2"]);
    })
    .await;
}

#[tokio::test]
async fn a_rejected_message_does_not_block_the_next() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        fails(&house, [SendError::Rejected("too long".into())]);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "a", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(ids(&house), ["2"]);
        assert_eq!(outcome(&store, "1").await.as_deref(), Some("rejected"));
    })
    .await;
}

#[tokio::test]
async fn nothing_more_is_sent_to_somebody_who_blocked_the_bot() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let address = Address::new(ChannelName::Telegram, "a");
        let mut tx = store.write().await.unwrap();
        conversation::save(&mut tx, &address, 0, &NewState { json: "{}", ..NewState::default() }, house.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        fails(&house, [SendError::Unreachable(Unreachable::Blocked)]);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "a", Priority::Reply), ("3", "b", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(ids(&house), ["3"]);
        assert_eq!(outcome(&store, "2").await.as_deref(), Some("unreachable"));
        assert!(conversation::unreachable_since(&mut store.read().await.unwrap(), &address).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_send_that_cannot_be_marked_holds_up_no_other() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        // What is sealed with a newer key cannot be read: this notice cannot be passed on to another place of the same citizen.
        let newer = format!("{},{KEY}", Keyring::fresh().expose_secret());
        let keys = Keyring::read(&newer.into()).unwrap();
        let sealed = store.clone().sealed(Some(&keys), house.clock.now()).await.unwrap();
        let (citizen, a) = (Uuid::from_u128(7), Address::new(ChannelName::Telegram, "a"));
        let mut tx = sealed.write().await.unwrap();
        citizen::create(&mut tx, citizen, "{}", house.clock.now()).await.unwrap();
        citizen::add_place(&mut tx, &citizen.to_string(), &a, Uuid::from_u128(8), "", house.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        fails(&house, [SendError::Unreachable(Unreachable::Closed)]);
        queue(&house, &[("1", "a", Priority::Notice), ("2", "b", Priority::Notice)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(ids(&house), ["2"]);
        queue(&house, &[("3", "c", Priority::Notice)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(ids(&house), ["2", "3"], "the channel goes on");
        assert_eq!(outcome(&store, "2").await.as_deref(), Some("sent"));
        assert_eq!(outcome(&store, "1").await, None, "it waits for the end of its lease");
    })
    .await;
}

#[tokio::test]
async fn a_chat_that_moved_is_followed() {
    each_database(|store| async move {
        let mut house = House::new(store);
        fails(&house, [SendError::Unreachable(Unreachable::Moved("-100".into()))]);
        queue(&house, &[("1", "-5", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        assert_eq!(house.sent(), [("-100".to_owned(), "1".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_failure_in_between_does_not_make_an_uncertain_message_certain() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let cut = || SendError::Unknown("cut".into());
        fails(&house, [cut(), SendError::Transient("down".into()), cut(), cut()]);
        queue(&house, &[("1", "a", Priority::Reply)]).await;
        for _ in 0..8 {
            house.later(Duration::from_secs(60)).await;
        }
        assert_eq!(ids(&house), ["1", "1"], "repeated once, however the line fails in between");
    })
    .await;
}

#[tokio::test]
async fn what_waits_behind_another_is_not_due() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        fails(&house, [SendError::RetryAfter(Duration::from_secs(35))]);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "a", Priority::Reply)]).await;
        house.later(Duration::ZERO).await;
        let due = outbox::next_due(&mut store.read().await.unwrap(), ChannelName::Telegram).await.unwrap();
        assert_eq!(due, Some(house.clock.now().plus(Duration::from_secs(35))), "nothing to do until then");
    })
    .await;
}

/// A process was killed after a send and before its mark: the next one knows from the journal, and does not send again.
#[tokio::test]
async fn what_the_journal_knows_is_not_sent_again() {
    each_database(|store| async move {
        let mut house = House::new(store);
        queue(&house, &[("1", "a", Priority::Reply), ("2", "b", Priority::Reply)]).await;
        let mut tx = house.store.write().await.unwrap();
        let until = house.clock.now().plus(SECOND);
        outbox::claim(&mut tx, ChannelName::Telegram, Priority::Bulk, house.clock.now(), until, 2).await.unwrap();
        tx.commit().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sent.journal");
        Journal::open(&path).unwrap().0.note("1", Some("77"));

        let stop = CancellationToken::new();
        let (channel, clock) = (Arc::clone(&house.channel) as Arc<dyn Channel>, Arc::clone(&house.clock) as Arc<dyn Clock>);
        let courier = Courier::new(channel, house.store.clone(), clock, Arc::new(Notify::new()), SECOND);
        let working = tokio::spawn(courier.with_journal(path.clone()).run(stop.clone()));
        let marked = async || outcome(&house.store, "1").await.as_deref() == Some("sent");
        wait_until("the noted send is marked", marked).await;
        stop.cancel();
        working.await.unwrap();
        house.later(SECOND * 2).await;
        assert_eq!(ids(&house), ["2"], "only what nobody noted is sent");
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0, "what is marked need not be noted");
    })
    .await;
}

#[tokio::test]
async fn a_journal_that_another_process_still_has_is_opened_later() {
    each_database(|store| async move {
        let house = House::new(store);
        queue(&house, &[("1", "a", Priority::Reply)]).await;
        let mut tx = house.store.write().await.unwrap();
        let until = house.clock.now().plus(SECOND);
        outbox::claim(&mut tx, ChannelName::Telegram, Priority::Bulk, house.clock.now(), until, 1).await.unwrap();
        tx.commit().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sent.journal");
        let (dying, _) = Journal::open(&path).unwrap();
        dying.note("1", None);

        let (channel, clock) = (Arc::clone(&house.channel) as Arc<dyn Channel>, Arc::clone(&house.clock) as Arc<dyn Clock>);
        let courier = Courier::new(channel, house.store.clone(), clock, Arc::new(Notify::new()), SECOND);
        let mut courier = courier.with_journal(path);
        courier.deliver_due().await.unwrap();
        assert_eq!(outcome(&house.store, "1").await, None, "somebody is sending it");
        drop(dying);
        house.clock.advance(SECOND * 10);
        courier.deliver_due().await.unwrap();
        assert_eq!(outcome(&house.store, "1").await.as_deref(), Some("sent"));
        assert!(ids(&house).is_empty(), "the other process had sent it");
    })
    .await;
}
