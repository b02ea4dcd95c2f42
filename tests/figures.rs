//! Figures of the console: counted without persons, small numbers hidden.

use std::time::Duration;

use motcua::domain::officer::Places;
use motcua::domain::{Address, ChannelName, Clock};
use motcua::service::figures::{Span, Table, figures};
use motcua::store::Store;
use serde_json::json;

use crate::handoff::{asks, staffed_by};
use crate::support::each_database;
use crate::support::house::{House, LIBRARY};
use crate::support::office::{CODE, Office, event};

async fn tables(store: &Store, house: &House, places: &Places) -> Vec<Table> {
    let hours = house.conversations.office.desk.as_ref();
    figures(store, &LIBRARY, &Span { places, days: 30, now: house.clock.now(), hours }).await.unwrap()
}

fn count(tables: &[Table], key: &str, what: &str) -> String {
    let table = tables.iter().find(|table| table.key == key).unwrap_or_else(|| panic!("no {key}"));
    table.rows.iter().find(|row| row.what == what).map_or_else(|| "-".to_owned(), |row| row.count.to_string())
}

#[tokio::test]
async fn questions_and_conversations_are_counted_and_small_numbers_hidden() {
    each_database(|store| async move {
        let (mut house, handoff) = staffed_by(House::new(store.clone()), motcua::engine::Office::default());
        for n in 0..6 {
            let at = Address::new(ChannelName::Telegram, format!("{n}"));
            house.talk(&at, "lệ phí đăng ký khai sinh").await;
            if n < 2 {
                house.talk(&at, "xin phép thả diều sáo trên sân bay").await;
            }
            asks(&mut house, &at, "hỏi chút").await;
        }
        let _ = handoff;
        let all = tables(&store, &house, &Places::All).await;
        assert_eq!(count(&all, "outcomes", "action-answer"), "6");
        assert_eq!(count(&all, "outcomes", "action-unknown"), "<5", "two people are nobody's figure");
        assert_eq!(count(&all, "guides", "Đăng ký khai sinh"), "6");
        assert_eq!(count(&all, "hours", "10"), "8");
        assert_eq!(count(&all, "tickets", "figures-open"), "6");
        let somewhere = tables(&store, &house, &Places::Some(vec!["ubnd-mau".into()])).await;
        assert!(somewhere.iter().all(|table| table.key != "guides"), "what belongs to no place is for officers of everywhere");
        assert_eq!(count(&somewhere, "tickets", "figures-open"), "-");
    })
    .await;
}

#[tokio::test]
async fn dossiers_are_within_their_appointment_or_not() {
    each_database(|store| async move {
        let office = Office::open(store.clone()).await;
        let at = "2026-11-20 08:00:00";
        for n in 0..6 {
            let mut told = event(&format!("e{n}"), "4", at);
            told["code"] = json!(CODE.replace("0042", &format!("{:04}", 100 + n)));
            assert_eq!(office.tells(json!([told])).await.0, 200);
        }
        let mine = Places::Some(vec!["ubnd-mau".into()]);
        let now = tables(&store, &office.house, &mine).await;
        assert_eq!(
            (count(&now, "dossiers", "figures-dossiers-fine"), count(&now, "dossiers", "figures-dossiers-late")),
            ("6".into(), "-".into())
        );
        office.house.clock.advance(Duration::from_secs(10 * 86_400));
        let then = tables(&store, &office.house, &mine).await;
        assert_eq!(count(&then, "dossiers", "figures-dossiers-late"), "6");
        let other = tables(&store, &office.house, &Places::Some(vec!["ubnd-khac".into()])).await;
        assert_eq!(count(&other, "dossiers", "figures-dossiers-late"), "-");
    })
    .await;
}
