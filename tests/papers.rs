//! Photos and files of citizens: missing papers from a phone to an officer, and codes read out of photos.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use motcua::channel::telegram::{Telegram, connect};
use motcua::channel::{Channel, FetchError, Fetcher, Spool};
use motcua::domain::dossier::Verdict;
use motcua::domain::file::MOST_BYTES;
use motcua::domain::{Address, Attachment, ChannelName, Clock, Media, Said};
use motcua::media::{Eyes, Files, Looker};
use motcua::seal::Keyring;
use motcua::service::{History, Upkeep};
use motcua::store::{Store, audit, inbox, paper};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::support::each_database;
use crate::support::house::{House, KEY};
use crate::support::office::{CODE, Office, citizen, event};
use crate::support::process::{Process, free_port, motcua};
use crate::support::telegram::{FakeTelegram, TOKEN};
use crate::support::zalo::FakeZalo;

/// Our own key of the dossier.
const OF: &str = "H441012610150042";

/// A photo that shows nothing but grey, or a QR code.
pub fn photo(words: Option<&str>) -> Vec<u8> {
    let code = words.map(|words| qrcode::QrCode::new(words).unwrap());
    let image = GrayImage::from_fn(900, 700, |x, y| {
        let dark = code.as_ref().is_some_and(|code| {
            let (x, y) = ((x as usize).wrapping_sub(80) / 8, (y as usize).wrapping_sub(80) / 8);
            x < code.width() && y < code.width() && code.to_colors()[y * code.width() + x] == qrcode::Color::Dark
        });
        Luma([if dark { 20 } else { 230 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn attached(source: &str) -> Said {
    Said::Attached(Attachment { media: Media::Photo, source: source.into(), name: None, caption: None })
}

fn files(folder: &Path, house: &House) -> Files {
    let clock = Arc::clone(&house.clock) as Arc<dyn Clock>;
    Files::new(folder.into(), Keyring::read(&KEY.to_owned().into()).unwrap(), clock)
}

/// Somebody who looks at files, and the folder where they are kept.
fn looker(house: &House, store: &Store) -> (TempDir, Looker) {
    let folder = tempfile::tempdir().unwrap();
    let looker = Looker {
        store: store.clone(),
        files: files(folder.path(), house),
        eyes: Eyes::new(env!("CARGO_BIN_EXE_motcua").into()),
        clock: Arc::clone(&house.clock) as Arc<dyn Clock>,
        channels: vec![Arc::clone(&house.channel) as Arc<dyn Channel>],
        wanted: Arc::new(Notify::new()),
        arrived: Arc::new(Notify::new()),
    };
    (folder, looker)
}

/// All files below a folder.
fn kept(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { kept(&path) } else { vec![std::fs::read(path).unwrap()] }).collect()
}

impl Office {
    /// The office waits for papers, and somebody who follows knows it.
    async fn asks_for(&mut self, papers: Value) {
        self.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        self.follows(&citizen()).await;
        let mut asks = event("e5", "5", "2026-11-21 09:00:00");
        asks["missing"] = papers;
        self.tells(json!([asks])).await;
        self.push().await;
    }

    /// Sends a photo, and reads the answer.
    async fn sends(&mut self, looker: &Looker, at: &Address, source: &str) -> String {
        let before = self.house.sent().len();
        self.house.says(at, attached(source)).await;
        while looker.look().await.unwrap() > 0 {}
        self.house.settle().await;
        self.house.sent()[before..].iter().map(|(_, text)| text.clone()).collect::<Vec<_>>().join("\n")
    }
}

#[tokio::test]
async fn a_missing_paper_goes_from_the_phone_to_the_officer_and_back() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (folder, looker) = looker(&office.house, &store);
        office.asks_for(json!(["Giấy chứng sinh", "Bản chụp thẻ Căn cước"])).await;
        assert!(office.last().contains("Gửi giấy còn thiếu"), "{}", office.last());
        let list = office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        assert!(list.contains("Giấy chứng sinh: chưa gửi") && list.contains("Căn cước: không gửi ở đây"), "{list}");
        assert!(!list.contains("Gửi: Bản chụp thẻ"), "an identity card is not asked for: {list}");
        assert!(office.house.talk(&citizen(), "1").await.contains("Chụp đủ bốn góc"));
        office.house.channel.files.lock().unwrap().insert("p1".into(), photo(None));
        office.house.channel.busy.store(1, Ordering::SeqCst);
        let first = office.sends(&looker, &citizen(), "p1").await;
        assert_eq!(first, "", "Telegram does not give it yet: {first}");
        office.house.clock.advance(Duration::from_secs(6));
        let before = office.house.sent().len();
        while looker.look().await.unwrap() > 0 {}
        office.house.settle().await;
        assert!(office.house.sent()[before].1.contains("«Giấy chứng sinh» có 1 tệp"), "tried again");
        assert!(
            office.sends(&looker, &citizen(), "p1").await.contains("«Giấy chứng sinh» có 1 tệp"),
            "the same photo is one file"
        );

        let waiting = paper::waiting(&mut store.read().await.unwrap(), Some("ubnd-mau")).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].name.as_str()), (1, "Giấy chứng sinh"));
        assert!(paper::waiting(&mut store.read().await.unwrap(), Some("other")).await.unwrap().is_empty());
        looker.discard().await.unwrap();
        let on_disk = kept(folder.path());
        assert!(on_disk.len() == 1 && !on_disk[0].starts_with(&[0xFF, 0xD8]), "sealed");
        let id = waiting[0].id;
        assert!(office.pusher.open_paper(id, Some("other"), "lan").await.unwrap().is_none(), "another agency sees nothing");
        let opened = office.pusher.open_paper(id, Some("ubnd-mau"), "lan").await.unwrap().unwrap();
        assert!(looker.files.read(&opened.file.stored).await.unwrap().starts_with(&[0xFF, 0xD8]));

        let again = Verdict::Again("Ảnh mờ, xem https://bit.ly/x".into());
        assert!(office.pusher.decide_paper(id, &again, "lan").await.unwrap());
        assert!(office.pusher.open_paper(id, None, "lan").await.unwrap().is_none(), "nobody sees it any more");
        looker.discard().await.unwrap();
        assert!(kept(folder.path()).is_empty(), "what will not do is deleted at once");
        assert!(!office.pusher.decide_paper(id, &Verdict::Accepted, "lan").await.unwrap(), "decided once");
        office.house.deliver().await;
        assert!(office.last().contains("chưa dùng được") && office.last().contains("Ảnh mờ, xem …"), "{}", office.last());
        let list = office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        assert!(list.contains("Giấy chứng sinh: cần gửi lại. Ảnh mờ"), "{list}");
        office.house.talk(&citizen(), "1").await;
        assert!(office.sends(&looker, &citizen(), "p1").await.contains("«Giấy chứng sinh» có 1 tệp"));
        let waiting = paper::waiting(&mut store.read().await.unwrap(), None).await.unwrap();
        assert!(office.pusher.decide_paper(waiting[0].id, &Verdict::Accepted, "lan").await.unwrap());
        office.house.deliver().await;
        assert!(office.last().contains("Cán bộ đã nhận «Giấy chứng sinh»"), "{}", office.last());
        assert!(office.house.talk(&citizen(), "gửi giấy còn thiếu").await.contains("Giấy chứng sinh: cán bộ đã nhận"));

        let audited = audit::of(&mut store.read().await.unwrap(), OF).await.unwrap();
        let actions: Vec<&str> = audited.iter().map(|entry| entry.action.as_str()).collect();
        for action in ["paper sent", "paper opened", "paper asked for again", "paper accepted"] {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        // Nothing tells any more where Telegram has the photo.
        let said =
            inbox::history(&mut store.read().await.unwrap(), &citizen(), motcua::domain::Timestamp::END, 50).await.unwrap();
        assert!(said.iter().all(|inbound| !matches!(inbound.said, Said::Attached(_))), "{said:?}");

        office.house.clock.advance(Duration::from_secs(31 * 86_400));
        let clock = Arc::clone(&office.house.clock) as Arc<dyn Clock>;
        Upkeep { store: store.clone(), clock, keys: None, keep_days: 30 }.forget().await.unwrap();
        assert!(paper::stored(&mut store.read().await.unwrap()).await.unwrap().is_empty());
        looker.discard().await.unwrap();
        assert!(kept(folder.path()).is_empty(), "everything expires");
    })
    .await;
}

#[tokio::test]
async fn nobody_sends_papers_of_a_dossier_that_is_not_theirs_or_does_not_ask() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (folder, looker) = looker(&office.house, &store);
        office.asks_for(json!(["Giấy chứng sinh"])).await;
        office.house.channel.files.lock().unwrap().insert("p1".into(), photo(None));
        let stranger = Address::new(ChannelName::Telegram, "66");
        let press = |id: &str| Said::Chose(motcua::domain::ChoiceId::from_wire(id));
        let list = office.house.says(&stranger, press(&format!("dossier/papers/{OF}"))).await;
        assert!(list.contains("chưa theo dõi hồ sơ nào"), "{list}");
        office.house.says(&stranger, press(&format!("dossier/paper/00000000/{OF}"))).await;
        assert!(office.sends(&looker, &stranger, "p1").await.contains("không thấy mã QR"));
        assert!(kept(folder.path()).is_empty());

        // It was asked for, but is not any more when the photo comes.
        office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        office.house.talk(&citizen(), "1").await;
        office.tells(json!([event("e6", "4", "2026-11-21 10:00:00")])).await;
        assert!(office.sends(&looker, &citizen(), "p1").await.contains("không còn được yêu cầu"));
        assert!(paper::waiting(&mut store.read().await.unwrap(), None).await.unwrap().is_empty());
        looker.discard().await.unwrap();
        assert!(kept(folder.path()).is_empty(), "what was not asked for is not kept");
    })
    .await;
}

#[tokio::test]
async fn a_photo_is_filed_under_the_paper_it_was_meant_for_or_not_at_all() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (_folder, looker) = looker(&office.house, &store);
        office.asks_for(json!(["Giấy chứng sinh", "Giấy tờ về chỗ ở"])).await;
        office.house.channel.files.lock().unwrap().extend([("p1".into(), photo(None)), ("p2".into(), photo(Some("x")))]);
        office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        office.house.talk(&citizen(), "1").await;
        // The first paper's photo is looked at only when the second is asked for already.
        office.house.says(&citizen(), attached("p1")).await;
        office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        office.house.talk(&citizen(), "2").await;
        let taken = office.sends(&looker, &citizen(), "p2").await;
        assert!(taken.contains("«Giấy chứng sinh» có 1 tệp") && taken.contains("«Giấy tờ về chỗ ở» có 1 tệp"), "{taken}");
        // Half an hour later it may be a photo of anything.
        office.house.clock.advance(Duration::from_secs(31 * 60));
        let late = office.sends(&looker, &citizen(), "p1").await;
        assert!(late.contains("chưa rõ ảnh này là giấy nào"), "{late}");
        // Whoever went on to another dossier does not send for this one.
        office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        office.house.talk(&citizen(), "1").await;
        office.house.talk(&citizen(), "hồ sơ của tôi").await;
        assert!(office.sends(&looker, &citizen(), "p2").await.contains("không thấy mã QR"));
        assert_eq!(paper::waiting(&mut store.read().await.unwrap(), None).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn one_citizens_hundred_photos_hold_up_nobody() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (_folder, looker) = looker(&office.house, &store);
        office.asks_for(json!(["Giấy chứng sinh"])).await;
        office.house.channel.files.lock().unwrap().insert("p1".into(), photo(None));
        for n in 0..15 {
            office.house.arrives(&format!("f{n}"), "77", attached("p1")).await;
            office.house.settle().await;
        }
        let before = office.house.sent().len();
        while looker.look().await.unwrap() > 0 {}
        office.house.settle().await;
        let told: Vec<String> = office.house.sent()[before..].iter().map(|(_, text)| text.clone()).collect();
        let count = |words: &str| told.iter().filter(|text| text.contains(words)).count();
        assert_eq!((count("không thấy mã QR"), count("không tải được")), (12, 3), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_takes_for_ever_costs_itself_only() {
    let eyes = Eyes::new(env!("CARGO_BIN_EXE_motcua").into());
    // A wall of finder patterns: a few kilobytes that a search for codes never gets through.
    let finder = |x: u32, y: u32| {
        let (x, y) = (x % 9, y % 9);
        x < 7 && y < 7 && (x == 0 || y == 0 || x == 6 || y == 6 || ((2..5).contains(&x) && (2..5).contains(&y)))
    };
    let wall = GrayImage::from_fn(2_000, 2_000, |x, y| Luma([if finder(x / 2, y / 2) { 0 } else { 255 }]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(wall).write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert!(bytes.get_ref().len() < 400_000, "{}", bytes.get_ref().len());
    let (wall, fine) = tokio::join!(eyes.look(bytes.into_inner()), eyes.look(photo(Some(CODE))));
    assert!(wall.is_err() || wall.unwrap().code.is_none());
    assert!(fine.unwrap().code.is_some());
    let missing = Eyes::new("/nowhere/motcua".into());
    assert_eq!(missing.look(photo(None)).await, Err(motcua::domain::Refusal::Gone));
}

#[tokio::test]
async fn identity_cards_and_what_is_no_photo_are_refused_and_not_kept() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (folder, looker) = looker(&office.house, &store);
        office.asks_for(json!(["Giấy chứng sinh"])).await;
        office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        office.house.talk(&citizen(), "1").await;
        {
            let mut files = office.house.channel.files.lock().unwrap();
            files.insert("card".into(), photo(Some("001099000001||Nguyen Van Thu|01011990|Nam|Xa Mau|01012021")));
            files.insert("virus".into(), b"MZ this program cannot be run in DOS mode".to_vec());
            files.insert("large".into(), vec![0; MOST_BYTES + 1]);
        }
        for (source, told) in
            [("card", "giấy tờ tùy thân"), ("virus", "chỉ nhận ảnh"), ("large", "lớn quá"), ("nowhere", "không tải được tệp này")]
        {
            let answer = office.sends(&looker, &citizen(), source).await;
            assert!(answer.contains(told), "{source}: {answer}");
        }
        let named = Attachment { media: Media::File, source: "x".into(), name: Some("CCCD mat truoc.jpg".into()), caption: None };
        assert!(office.house.says(&citizen(), Said::Attached(named)).await.contains("giấy tờ tùy thân"), "by its name");
        while looker.look().await.unwrap() > 0 {}
        let said =
            inbox::history(&mut store.read().await.unwrap(), &citizen(), motcua::domain::Timestamp::END, 50).await.unwrap();
        assert!(said.iter().all(|inbound| !matches!(inbound.said, Said::Attached(_))), "not even where it is: {said:?}");
        assert!(kept(folder.path()).is_empty());
        assert!(paper::waiting(&mut store.read().await.unwrap(), None).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_code_of_a_dossier_is_read_out_of_a_photo_that_nobody_keeps() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (folder, looker) = looker(&office.house, &store);
        office.tells(json!([event("e1", "2", "2026-11-20 08:00:00")])).await;
        {
            let mut files = office.house.channel.files.lock().unwrap();
            files.insert("receipt".into(), photo(Some(CODE)));
            files.insert("search".into(), photo(Some(&format!("https://dichvucong.gov.vn/tra-cuu?maHoSo={CODE}"))));
            files.insert("leaflet".into(), photo(Some("https://t.me/motcua_bot?start=dang-ky-ket-hon")));
            files.insert("cat".into(), photo(None));
        }
        for source in ["receipt", "search"] {
            let answer = office.sends(&looker, &citizen(), source).await;
            assert!(answer.contains("Để chắc là hồ sơ H44.101-261015-0042"), "{source}: {answer}");
            assert!(office.house.talk(&citizen(), "0123").await.contains("N. V. Thử"));
        }
        assert!(office.sends(&looker, &citizen(), "leaflet").await.contains("Đăng ký kết hôn"));
        assert!(office.sends(&looker, &citizen(), "cat").await.contains("không thấy mã QR"));
        assert!(kept(folder.path()).is_empty(), "no photo is written down");
        let beside = Attachment {
            media: Media::Photo,
            source: "cat".into(),
            name: None,
            caption: Some("lệ phí đăng ký kết hôn bao nhiêu".into()),
        };
        let answer = office.house.says(&citizen(), Said::Attached(beside)).await;
        assert!(answer.contains("Lệ phí") && answer.contains("Tôi không xem ảnh"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_is_forgotten_with_its_sender() {
    each_database(|store| async move {
        let mut office = Office::open(store.clone()).await;
        let (_folder, looker) = looker(&office.house, &store);
        office.asks_for(json!(["Giấy chứng sinh"])).await;
        office.house.talk(&citizen(), "gửi giấy còn thiếu").await;
        office.house.talk(&citizen(), "1").await;
        office.house.channel.files.lock().unwrap().insert("p1".into(), photo(None));
        office.sends(&looker, &citizen(), "p1").await;
        office.house.says(&citizen(), attached("p2")).await;
        History { store: store.clone() }.forget(&citizen()).await.unwrap();
        assert!(paper::stored(&mut store.read().await.unwrap()).await.unwrap().is_empty());
        assert_eq!(looker.look().await.unwrap(), 0, "what waited to be looked at is gone too");
    })
    .await;
}

#[tokio::test]
async fn telegram_gives_files_by_their_id_and_no_more_than_is_taken() {
    let fake = FakeTelegram::start().await;
    fake.fake.files.lock().unwrap().extend([("a".to_owned(), vec![7; 3_000]), ("b".to_owned(), vec![7; 5_000])]);
    let bot = connect(&TOKEN.to_owned().into(), Some(&fake.url().parse().unwrap())).unwrap();
    let telegram = Telegram::new(bot, 30, 1, None);
    assert_eq!(telegram.fetch("a", 4_000).await.unwrap(), vec![7; 3_000]);
    assert!(matches!(telegram.fetch("b", 4_000).await, Err(FetchError::TooLarge)));
    assert!(matches!(telegram.fetch("gone", 4_000).await, Err(FetchError::Gone)));
}

#[tokio::test]
async fn a_vendors_address_is_followed_nowhere_else() {
    let fake = FakeZalo::start().await;
    let fetcher = Fetcher::new(vec![fake.address.to_string()]).unwrap();
    let at = |path: &str| format!("{}{path}", fake.url());
    assert_eq!(fetcher.fetch(&at("photo/500"), 1_000).await.unwrap().len(), 500);
    assert!(matches!(fetcher.fetch(&at("photo/5000"), 1_000).await, Err(FetchError::TooLarge)));
    assert!(matches!(fetcher.fetch(&at("chunked/5000"), 1_000).await, Err(FetchError::TooLarge)), "without a length");
    assert!(matches!(fetcher.fetch(&at("elsewhere"), 1_000).await, Err(FetchError::Gone)), "a redirect");
    assert!(matches!(fetcher.fetch(&at("nowhere"), 1_000).await, Err(FetchError::Gone)));
    let other = FakeZalo::start().await;
    let not_listed = format!("{}photo/5", other.url());
    assert!(matches!(fetcher.fetch(&not_listed, 1_000).await, Err(FetchError::Gone)));
}

/// A server with an agency, and a dossier that a browser follows and that waits for a paper.
async fn waiting_server(home: &Path) -> (Process, reqwest::Client) {
    let added =
        motcua(home).env("MOTCUA_KEY", KEY).args(["agency", "add", "ubnd-mau", "--name", "UBND phường mẫu"]).output().unwrap();
    let printed = String::from_utf8(added.stdout).unwrap();
    let bearer = printed.split_whitespace().find(|word| word.starts_with("mc_")).expect(&printed).to_owned();
    let server = Process::serve(home, free_port(), &[("MOTCUA_KEY", KEY), ("MOTCUA_GATHER_SECONDS", "0")]).await;
    let mut asks = event("e5", "5", "2026-11-21 09:00:00");
    asks["missing"] = json!(["Giấy chứng sinh"]);
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let events = format!("http://127.0.0.1:{}/api/v1/dossiers/events", server.port);
    let told = client.post(events).bearer_auth(bearer).json(&json!({ "events": [asks] })).send().await.unwrap();
    assert_eq!(told.status(), 200);
    for words in [CODE, "0123", "đồng ý, theo dõi hồ sơ này", "gửi giấy còn thiếu", "1"] {
        let say = format!("http://127.0.0.1:{}/say", server.port);
        let page = client.post(say).form(&[("text", words)]).send().await.unwrap().text().await.unwrap();
        assert_eq!(page.contains("type=\"file\""), words == "1", "after {words}");
    }
    (server, client)
}

#[tokio::test]
async fn a_browser_without_javascript_sends_a_paper() {
    let home = tempfile::tempdir().unwrap();
    let (server, client) = waiting_server(home.path()).await;
    let send = format!("http://127.0.0.1:{}/send", server.port);
    let page = client.get(format!("http://127.0.0.1:{}/", server.port)).send().await.unwrap().text().await.unwrap();
    let asked = page.split("name=\"for\" value=\"").last().unwrap().split('"').next().unwrap().to_owned();
    let form = |bytes: Vec<u8>| {
        let part = Part::bytes(bytes).file_name("giay.jpg");
        Form::new().text("key", "k1").text("for", asked.clone()).part("file", part)
    };
    let stranger = reqwest::Client::new().post(&send).multipart(form(photo(None))).send().await.unwrap();
    assert_eq!(stranger.status(), 409, "nobody waits for a stranger's file");
    let foreign = client.post(&send).header("sec-fetch-site", "cross-site").multipart(form(photo(None))).send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    let large = client.post(&send).multipart(form(vec![0; MOST_BYTES + 1])).send().await.unwrap();
    assert_eq!(large.status(), 413);
    let other = Form::new().text("for", "00000000/H441").part("file", Part::bytes(photo(None)));
    assert_eq!(client.post(&send).multipart(other).send().await.unwrap().status(), 409, "the field of another question");
    let page = client.post(&send).multipart(form(photo(None))).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("«Giấy chứng sinh» có 1 tệp"), "{page}");
    assert!(page.contains("(đã gửi ảnh hoặc tệp)"), "{page}");
    let listed = motcua(home.path()).env("MOTCUA_KEY", KEY).args(["dossiers", "papers", "list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let id = listed.split_whitespace().next().unwrap().to_owned();
    let file = home.path().join("giay.jpg");
    let run = |arguments: &[&str]| {
        let output = motcua(home.path()).env("MOTCUA_KEY", KEY).args(["dossiers", "papers"]).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
    };
    let opened = run(&["open", &id, file.to_str().unwrap(), "--by", "Lan"]);
    assert!(opened.0 && opened.1.contains("image/jpeg"), "{}", opened.1);
    assert!(std::fs::read(&file).unwrap().starts_with(&[0xFF, 0xD8]));
    assert!(run(&["accept", &id, "--by", "Lan"]).0);
    let (decided, said) = run(&["again", &id, "--reason", "mờ", "--by", "Lan"]);
    assert!(!decided && said.contains("decided before"), "{said}");
}

#[tokio::test]
async fn the_spool_of_a_browser_leads_nowhere_else() {
    let house_store = tempfile::tempdir().unwrap();
    let store = Store::open(house_store.path().join("t.db").to_str().unwrap()).await.unwrap();
    let house = House::new(store);
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), &house);
    let name = files.put(&"0".repeat(64), b"x".to_vec()).await.unwrap();
    assert!(name.chars().all(|letter| letter.is_ascii_hexdigit()));
    for odd in ["../arrived", "/etc/passwd", "", "..", "a/../../b"] {
        assert!(files.read(odd).await.is_err(), "{odd}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_deleted_keeps_no_other() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let (folder, looker) = looker(&house, &store);
        let within = folder.path().join("00");
        // A folder in the place of a file is what no program deletes as one.
        std::fs::create_dir_all(within.join("00aa")).unwrap();
        std::fs::write(within.join("00bb"), "sealed").unwrap();
        let mut tx = store.write().await.unwrap();
        for stored in ["00aa", "00bb"] {
            paper::discard(&mut tx, stored).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert!(looker.discard().await.unwrap_err().to_string().contains("1 files cannot be deleted"));
        assert!(!within.join("00bb").exists());
        assert_eq!(paper::discarded(&mut store.read().await.unwrap(), "", 9).await.unwrap(), ["00aa"], "it is tried again");
    })
    .await;
}
