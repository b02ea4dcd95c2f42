//! Who did what, and that nobody can change it unseen.

use std::time::Duration;

use motcua::domain::Clock;
use motcua::seal::Keyring;
use motcua::service::audit::{Broken, forget_before, note, verify};
use motcua::store::{Connections, Store, audit};

use crate::support::house::KEY;
use crate::support::{ManualClock, each_database};

/// Somebody who can write into the database, but has no key.
async fn meddle(store: &Store, sql: &'static str) {
    match &store.on {
        Connections::Sqlite { write, .. } => drop(sqlx::query(sql).execute(write).await.unwrap()),
        Connections::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
    }
}

fn keys() -> Keyring {
    Keyring::read(&KEY.to_owned().into()).unwrap()
}

async fn write(store: &Store, clock: &ManualClock, entries: usize) {
    for n in 0..entries {
        let mut tx = store.write().await.unwrap();
        note(&mut tx, &keys(), clock, "lan", "looked", &format!("d{n}")).await.unwrap();
        tx.commit().await.unwrap();
        clock.advance(Duration::from_secs(60));
    }
}

#[tokio::test]
async fn what_is_changed_taken_out_or_put_in_is_seen() {
    for (sql, broken) in [
        ("UPDATE audit_entry SET actor = 'minh' WHERE seq = 3", Some(Broken::Changed(3))),
        ("UPDATE audit_entry SET chain = ''", Some(Broken::Changed(1))),
        ("UPDATE audit_entry SET at = at + 1 WHERE seq = 5", Some(Broken::Changed(5))),
        ("DELETE FROM audit_entry WHERE seq = 2", Some(Broken::Missing(2))),
        ("DELETE FROM audit_entry WHERE seq = 1", Some(Broken::Missing(1))),
        ("DELETE FROM audit_entry WHERE seq = 5", Some(Broken::End { end: 4, head: 5 })),
        ("UPDATE audit_head SET seq = 4", Some(Broken::Head)),
        (
            "INSERT INTO audit_entry SELECT 6, at, actor, action, subject, chain FROM audit_entry WHERE seq = 5",
            Some(Broken::Changed(6)),
        ),
        (
            "UPDATE audit_head SET anchor_seq = 2, anchor_chain = (SELECT chain FROM audit_entry WHERE seq = 2)",
            Some(Broken::Head),
        ),
        ("UPDATE audit_entry SET at = at", None),
    ] {
        each_database(move |store| {
            let broken = broken.clone();
            async move {
                write(&store, &ManualClock::default(), 5).await;
                meddle(&store, sql).await;
                if sql.contains("anchor_seq") {
                    meddle(&store, "DELETE FROM audit_entry WHERE seq <= 2").await;
                }
                assert_eq!(verify(&store, &keys(), None).await.unwrap().err(), broken, "{sql}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn an_earlier_day_put_back_is_seen_by_who_wrote_the_head_down() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        write(&store, &clock, 3).await;
        let earlier = audit::head(&mut store.read().await.unwrap()).await.unwrap();
        write(&store, &clock, 1).await;
        let noted = verify(&store, &keys(), None).await.unwrap().unwrap();
        assert_eq!((noted.entries, noted.seq), (4, 4));
        write(&store, &clock, 2).await;
        let expected = Some((noted.seq, noted.chain.as_str()));
        assert!(verify(&store, &keys(), expected).await.unwrap().is_ok(), "it went on from there");
        let third = audit::since(&mut store.read().await.unwrap(), 2, 1).await.unwrap().remove(0);
        meddle(&store, "DELETE FROM audit_entry WHERE seq > 3").await;
        // The whole head of that day, with its seal.
        let mut tx = store.write().await.unwrap();
        audit::save_head(&mut tx, &earlier).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(verify(&store, &keys(), None).await.unwrap().unwrap().chain, third.chain, "by itself it holds");
        assert_eq!(verify(&store, &keys(), expected).await.unwrap(), Err(Broken::Expected(4)));
        meddle(&store, "DELETE FROM audit_entry").await;
        meddle(&store, "UPDATE audit_head SET seq = 0, chain = '', anchor_seq = 0, anchor_chain = '', seal = ''").await;
        assert!(verify(&store, &keys(), None).await.unwrap().is_ok(), "as if nothing had ever been noted");
        assert_eq!(verify(&store, &keys(), expected).await.unwrap(), Err(Broken::Expected(4)));
        write(&store, &clock, 1).await;
        let other = Keyring::read(&Keyring::fresh()).unwrap();
        assert_eq!(verify(&store, &other, None).await.unwrap(), Err(Broken::Head), "not with another key");
    })
    .await;
}

#[tokio::test]
async fn what_goes_on_time_leaves_an_anchor() {
    each_database(|store| async move {
        let clock = ManualClock::default();
        write(&store, &clock, 5).await;
        let mut tx = store.write().await.unwrap();
        forget_before(&mut tx, &keys(), clock.now().minus(Duration::from_secs(150))).await.unwrap();
        tx.commit().await.unwrap();
        let left = verify(&store, &keys(), None).await.unwrap().unwrap();
        assert_eq!((left.entries, left.seq), (2, 5));
        let mut tx = store.write().await.unwrap();
        forget_before(&mut tx, &keys(), clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        write(&store, &clock, 1).await;
        assert_eq!(verify(&store, &keys(), None).await.unwrap().unwrap().entries, 1);
    })
    .await;
}
