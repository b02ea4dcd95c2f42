//! The store, each test on both databases.

use std::collections::HashSet;
use std::time::Duration;

use motcua::domain::{Address, ChannelName, Clock, Inbound, Lang, Lesson, Message, Priority, Said, Timestamp};
use motcua::service::{History, Upkeep};
use motcua::store::conversation::NewState;
use motcua::store::outbox::{Outbound, Outcome};
use motcua::store::{Store, conversation, inbox, lesson, outbox, privacy};

use crate::support::{ManualClock, each_database};

fn someone(peer: &str) -> Address {
    Address::new(ChannelName::Telegram, peer)
}

fn inbound(clock: &ManualClock, external_id: &str, peer: &str) -> Inbound {
    let said = Said::Text("làm khai sinh".into());
    Inbound {
        id: clock.fresh_id(),
        external_id: external_id.into(),
        from: someone(peer),
        at: clock.now(),
        said,
        lang_hint: Some(Lang::Vi),
    }
}

fn outbound(id: &str, peer: &str, priority: Priority) -> Outbound {
    Outbound { id: id.into(), to: someone(peer), priority, message: Message::plain(id) }
}

async fn add_all(store: &Store, clock: &ManualClock, messages: &[Outbound]) {
    let mut tx = store.write().await.unwrap();
    for message in messages {
        outbox::add(&mut tx, message, clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Claims and returns the ids.
async fn claim(store: &Store, clock: &ManualClock, limit: u32) -> Vec<String> {
    let mut tx = store.write().await.unwrap();
    let lease = clock.now().plus(Duration::from_secs(60));
    let claimed = outbox::claim(&mut tx, ChannelName::Telegram, Priority::Bulk, clock.now(), lease, limit).await.unwrap();
    tx.commit().await.unwrap();
    claimed.into_iter().map(|claimed| claimed.outbound.id).collect()
}

#[tokio::test]
async fn a_repeated_inbound_is_stored_once_and_comes_back_whole() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let first = inbound(&clock, "77", "5");
        let mut tx = store.write().await.unwrap();
        assert!(inbox::add(&mut tx, &first, Some("{raw}")).await.unwrap());
        assert!(!inbox::add(&mut tx, &inbound(&clock, "77", "5"), None).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = store.read().await.unwrap();
        assert_eq!(inbox::pending(&mut tx, 10).await.unwrap(), [first]);
    })
    .await;
}

#[tokio::test]
async fn only_the_oldest_of_a_conversation_waits_for_its_turn() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let all = [inbound(&clock, "1", "a"), inbound(&clock, "2", "a"), inbound(&clock, "3", "b")];
        let mut tx = store.write().await.unwrap();
        for inbound in &all {
            inbox::add(&mut tx, inbound, None).await.unwrap();
        }
        assert_eq!(inbox::pending(&mut tx, 10).await.unwrap(), [all[0].clone(), all[2].clone()]);
        inbox::finish(&mut tx, &[all[0].id], false, clock.now()).await.unwrap();
        assert_eq!(inbox::pending(&mut tx, 10).await.unwrap(), [all[1].clone(), all[2].clone()]);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_turn_that_lost_the_race_writes_nothing() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let mut tx = store.write().await.unwrap();
        let mut save = async |version, json| {
            conversation::save(&mut tx, &someone("a"), version, &NewState { json, ..NewState::default() }, clock.now())
                .await
                .unwrap()
        };
        assert!(save(0, "first").await);
        assert!(!save(0, "late").await, "somebody else took the first turn");
        assert!(save(1, "second").await);
        let stored = conversation::load(&mut tx, &someone("a")).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.state.as_str()), (2, "second"));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_states_written_together_those_that_lost_the_race_are_left_out() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let (known, new, lost) = (someone("known"), someone("new"), someone("lost"));
        let state = |json| NewState { json, ..NewState::default() };
        let mut tx = store.write().await.unwrap();
        for at in [&known, &lost] {
            assert!(conversation::save(&mut tx, at, 0, &state("first"), clock.now()).await.unwrap());
        }
        assert!(conversation::save(&mut tx, &lost, 1, &state("somebody else's"), clock.now()).await.unwrap());
        let states = [(&known, 1, state("ours")), (&lost, 1, state("ours")), (&new, 0, state("ours"))];
        let written = conversation::save_all(&mut tx, states, clock.now()).await.unwrap();
        assert_eq!(written, HashSet::from([known.clone(), new.clone()]));
        let nobody = someone("nobody");
        let stored = conversation::load_all(&mut tx, &[&known, &lost, &new, &nobody]).await.unwrap();
        let read = |at: &Address| (stored[at].0.version, stored[at].0.state.clone());
        assert_eq!(read(&known), (2, "ours".to_owned()));
        assert_eq!(read(&lost), (2, "somebody else's".to_owned()));
        assert_eq!(read(&new), (1, "ours".to_owned()));
        assert_eq!(read(&nobody), (0, String::new()), "whoever never spoke begins");
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_dropped_transaction_never_happened() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let mut tx = store.write().await.unwrap();
        inbox::add(&mut tx, &inbound(&clock, "1", "a"), None).await.unwrap();
        drop(tx);
        assert!(inbox::pending(&mut store.read().await.unwrap(), 10).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_claim_takes_one_of_each_recipient_and_replies_first() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let messages = [
            outbound("1", "a", Priority::Bulk),
            outbound("2", "a", Priority::Reply),
            outbound("3", "a", Priority::Reply),
            outbound("4", "b", Priority::Notice),
        ];
        add_all(&store, &clock, &messages).await;
        assert_eq!(claim(&store, &clock, 10).await, ["2", "4", "1"], "bulk of the same person does not hold the reply back");
        assert!(claim(&store, &clock, 10).await.is_empty(), "nothing overtakes what is under way");
        let mut tx = store.write().await.unwrap();
        outbox::settle(&mut tx, "2", Outcome::Sent, Some("9"), None, clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim(&store, &clock, 10).await, ["3"]);
    })
    .await;
}

#[tokio::test]
async fn a_claim_of_a_dead_process_is_taken_over_and_known_as_uncertain() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        add_all(&store, &clock, &[outbound("1", "a", Priority::Reply)]).await;
        assert_eq!(claim(&store, &clock, 10).await, ["1"]);
        clock.advance(Duration::from_secs(61));
        let mut tx = store.write().await.unwrap();
        let again = outbox::claim(&mut tx, ChannelName::Telegram, Priority::Bulk, clock.now(), clock.now(), 10).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((again.len(), again[0].in_flight), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn two_processes_never_claim_one_message() {
    each_database(|store| async move {
        let clock = std::sync::Arc::new(ManualClock::default());
        let messages: Vec<Outbound> = (0..40).map(|n| outbound(&format!("{n:02}"), &format!("p{n}"), Priority::Reply)).collect();
        add_all(&store, &clock, &messages).await;
        let claims = (0..4).map(|_| {
            let (store, clock) = (store.clone(), clock.clone());
            tokio::spawn(async move { claim(&store, &clock, 10).await })
        });
        let mut all: Vec<String> = futures::future::join_all(claims).await.into_iter().flat_map(Result::unwrap).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!((all.len(), count), (40, 40));
    })
    .await;
}

#[tokio::test]
async fn the_same_outbox_id_is_said_once() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let message = outbound("1.00", "a", Priority::Reply);
        add_all(&store, &clock, &[message.clone(), message]).await;
        assert_eq!(outbox::open_count(&mut store.read().await.unwrap()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_conversation_is_forgotten_when_asked_and_in_time() {
    each_database(|store| async move {
        let clock = std::sync::Arc::new(ManualClock::default());
        let history = History { store: store.clone() };
        for peer in ["a", "b"] {
            let mut tx = store.write().await.unwrap();
            let said = inbound(&clock, peer, peer);
            inbox::add(&mut tx, &said, None).await.unwrap();
            inbox::finish(&mut tx, &[said.id], false, clock.now()).await.unwrap();
            conversation::save(&mut tx, &someone(peer), 0, &NewState { json: "{}", ..NewState::default() }, clock.now())
                .await
                .unwrap();
            outbox::add(&mut tx, &outbound(&format!("{}.00", said.id), peer, Priority::Reply), clock.now()).await.unwrap();
            outbox::settle(&mut tx, &format!("{}.00", said.id), Outcome::Sent, None, None, clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(history.of(&someone("a")).await.unwrap().len(), 2);
        history.forget(&someone("a")).await.unwrap();
        assert!(history.of(&someone("a")).await.unwrap().is_empty());
        assert_eq!(history.of(&someone("b")).await.unwrap().len(), 2, "nobody else's");

        let upkeep = Upkeep { store: store.clone(), clock: clock.clone(), keys: None, keep_days: 30 };
        clock.advance(Duration::from_secs(29 * 24 * 3600));
        assert_eq!(upkeep.forget().await.unwrap(), 0);
        clock.advance(Duration::from_secs(2 * 24 * 3600));
        assert_eq!(upkeep.forget().await.unwrap(), 1);
        assert!(history.of(&someone("b")).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn many_old_conversations_go_in_several_transactions_and_are_reported_once() {
    each_database(|store| async move {
        let clock = std::sync::Arc::new(ManualClock::default());
        let old: Vec<Inbound> = (0..1_201).map(|n| inbound(&clock, &n.to_string(), &format!("old{n}"))).collect();
        let mut tx = store.write().await.unwrap();
        inbox::add_all(&mut tx, old.iter().map(|said| (said, None))).await.unwrap();
        let ids: Vec<_> = old.iter().map(|said| said.id).collect();
        inbox::finish(&mut tx, &ids, false, clock.now()).await.unwrap();
        let answers: Vec<_> =
            old.iter().map(|said| outbound(&format!("{}.00", said.id), &said.from.peer, Priority::Reply)).collect();
        outbox::add_all(&mut tx, &answers, clock.now()).await.unwrap();
        for said in &old {
            conversation::save(&mut tx, &said.from, 0, &NewState { json: "{}", ..NewState::default() }, clock.now())
                .await
                .unwrap();
            let answer = format!("{}.00", said.id);
            // The last one was never answered, so nothing of it is old.
            if said.external_id != "1200" {
                outbox::settle(&mut tx, &answer, Outcome::Sent, None, None, clock.now()).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        // What waits until an officer has ended waits on, however long that takes.
        let held = outbound("held.00", "old5", Priority::Notice);
        let mut tx = store.write().await.unwrap();
        outbox::add(&mut tx, &held, clock.now()).await.unwrap();
        outbox::hold_back(&mut tx, "held.00").await.unwrap();
        tx.commit().await.unwrap();
        clock.advance(Duration::from_secs(31 * 24 * 3600));
        let late = inbound(&clock, "late", "old7");
        let mut tx = store.write().await.unwrap();
        inbox::add(&mut tx, &late, None).await.unwrap();
        tx.commit().await.unwrap();
        let upkeep = Upkeep { store: store.clone(), clock: clock.clone(), keys: None, keep_days: 30 };
        assert_eq!(upkeep.forget().await.unwrap(), 1_201);
        let mut tx = store.read().await.unwrap();
        assert_eq!(inbox::pending(&mut tx, 10).await.unwrap(), [late], "what was not answered stays");
        assert_eq!(inbox::history(&mut tx, &someone("old8"), Timestamp::END, 5).await.unwrap(), []);
        assert!(outbox::history(&mut tx, &someone("old8"), Timestamp::END, 5).await.unwrap().is_empty());
        assert_eq!(outbox::open_count(&mut tx).await.unwrap(), 1, "only what is held back");
        let given_up = format!("{}.00", old[1200].id);
        assert_eq!(outbox::outcomes(&mut tx, &[&given_up]).await.unwrap()[&given_up], "gave_up");
        let told = privacy::deletions(&mut tx, "2026-11-01").await.unwrap();
        assert_eq!(told, [(clock.now().date().to_string(), "talk".to_owned(), 1_201)]);
    })
    .await;
}

#[tokio::test]
async fn lessons_are_counted_by_day_and_forgotten_in_time() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        let lesson = Lesson::new("nuôi hươu sao", motcua::domain::Outcome::Unanswered, None).unwrap();
        let today = clock.now().date().to_string();
        for day in ["2020-01-01", &today, &today] {
            let mut tx = store.write().await.unwrap();
            lesson::add(&mut tx, &lesson, 1, day).await.unwrap();
            tx.commit().await.unwrap();
        }
        let since = async |day: &str| lesson::since(&mut store.read().await.unwrap(), day).await.unwrap();
        assert_eq!(since("2000-01-01").await.iter().map(|counted| counted.times).collect::<Vec<_>>(), [3]);
        assert_eq!(since(&today).await[0].times, 2);
        let upkeep = Upkeep { store: store.clone(), clock: std::sync::Arc::new(clock), keys: None, keep_days: 30 };
        upkeep.forget().await.unwrap();
        assert_eq!(since("2000-01-01").await[0].times, 2, "the old day is gone");
    })
    .await;
}
