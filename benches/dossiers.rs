//! What the issue of dossiers promises: events a second from a request's rows to queued notices, empty and with many dossiers
//! stored, and looking one up.
//!
//! `cargo bench --bench dossiers -- [--stored 1000000] [--postgres postgres://…]`
#![expect(clippy::disallowed_methods, reason = "this is where time is measured")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use motcua::app::SystemClock;
use motcua::domain::{Address, ChannelName, Clock, DossierCode};
use motcua::i18n::Wording;
use motcua::knowledge::{Library, Origin};
use motcua::seal::Keyring;
use motcua::service::dossier::mapping::Mapping;
use motcua::service::dossier::{Intake, Pusher};
use motcua::store::{Store, dossier, follow};
use serde_json::{Value, json};

const BATCH: u32 = 1_000;
/// Batches measured, half of them about dossiers that are there already.
const BATCHES: u32 = 40;

fn argument(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)
}

fn code(n: u32) -> String {
    format!("H44.{:03}-261015-{:06}", n % 999, n)
}

fn batch(first: u32, status: &str) -> Vec<Value> {
    let event = |n: u32| {
        json!({ "event_id": format!("{n}-{status}"), "MaHoSo": code(n), "TrangThaiHoSo": status, "at": "2026-11-20 08:00:00",
            "MaTTHC": "1.004222", "TenTTHC": "Đăng ký thường trú", "ChuHoSo": "NGUYỄN VĂN THỬ", "SoDienThoai": format!("09{n:08}"),
            "NgayTiepNhan": "20261015143012", "NgayHenTra": "20261126163000", "DonViXuLy": "Công an phường mẫu" })
    };
    (first..first + BATCH).map(event).collect()
}

struct Bench {
    store: Store,
    intake: Intake,
    pusher: Pusher,
}

impl Bench {
    fn new(store: Store, library: &Arc<ArcSwap<Library>>) -> Self {
        let clock = Arc::new(SystemClock) as Arc<dyn Clock>;
        let keys = Keyring::read(&Keyring::fresh()).unwrap();
        let intake = Intake { store: store.clone(), clock: Arc::clone(&clock), keys: keys.clone(), gather: Duration::ZERO };
        let (library, wording) = (Arc::clone(library), Arc::new(Wording::default()));
        let pusher = Pusher { store: store.clone(), keys, library, wording, clock, written: Vec::new() };
        Self { store, intake, pusher }
    }

    async fn take(&self, first: u32, status: &str) {
        let mapping = Mapping::shipped("national").unwrap();
        self.intake.take("bench", mapping, batch(first, status)).await.unwrap();
    }

    /// Events a second: new dossiers and changes of known ones in turn, each batch until its notices are queued; every tenth
    /// dossier is followed.
    async fn rate(&self, first: u32) -> f64 {
        let mut took = Duration::ZERO;
        for n in 0..BATCHES / 2 {
            let first = first + n * BATCH;
            let start = Instant::now();
            self.take(first, "2").await;
            took += start.elapsed();
            let mut tx = self.store.write().await.unwrap();
            for n in (first..first + BATCH).step_by(10) {
                let key = DossierCode::read(&code(n)).unwrap().key();
                let at = Address::new(ChannelName::Telegram, n.to_string());
                follow::add(&mut tx, &key, &at, "bench", SystemClock.now()).await.unwrap();
            }
            tx.commit().await.unwrap();
            let start = Instant::now();
            self.take(first, "4").await;
            while self.pusher.push().await.unwrap() > 0 {}
            took += start.elapsed();
        }
        f64::from(BATCHES * BATCH) / took.as_secs_f64()
    }

    async fn look_ups(&self, stored: u32) {
        let mut times = Vec::new();
        for n in 0..2_000u32 {
            let key = DossierCode::read(&code(n.wrapping_mul(7_919) % stored)).unwrap().key();
            let start = Instant::now();
            let found = dossier::load(&mut self.store.read().await.unwrap(), &key).await.unwrap();
            times.push(start.elapsed());
            assert!(found.is_some());
        }
        times.sort();
        println!("  look-up by code: {:?} p50, {:?} p99", times[times.len() / 2], times[times.len() * 99 / 100]);
    }
}

#[tokio::main]
async fn main() {
    let stored: u32 = argument("--stored").map_or(100_000, |count| count.parse().unwrap());
    let library = Library::load(&[Origin::Folder("knowledge".into())], None).unwrap();
    let library = Arc::new(ArcSwap::from_pointee(library));
    let home = tempfile::tempdir().unwrap();
    let mut stores = vec![("SQLite", Store::open(home.path().join("b.db").to_str().unwrap()).await.unwrap())];
    if let Some(url) = argument("--postgres") {
        stores.push(("PostgreSQL", Store::open(&url).await.unwrap()));
    }
    for (name, store) in stores {
        println!("{name}");
        let bench = Bench::new(store, &library);
        println!("  empty: {:.0} events a second", bench.rate(10_000_000).await);
        for first in (0..stored).step_by(BATCH as usize) {
            bench.take(first, "2").await;
        }
        println!("  with {stored} dossiers: {:.0} events a second", bench.rate(20_000_000).await);
        bench.look_ups(stored).await;
    }
}
