//! The hotline in a group on Telegram: our program on one side, a fake of Telegram's server on the other.

use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use motcua::channel::telegram::{self, Group, SECRET_HEADER, Telegram};
use motcua::channel::{Channel, Forum, Spool};
use motcua::delivery::Courier;
use motcua::domain::officer::{Grant, Officer};
use motcua::domain::ticket::{Ending, Stage};
use motcua::domain::{Address, Attachment, ChannelName, Clock, Media, Said, SendError, Unreachable};
use motcua::engine::Office;
use motcua::media::{Eyes, Files, Looker};
use motcua::seal::{Keyring, token_hash};
use motcua::service::agency::{Agencies, NewAgency};
use motcua::service::handoff::{Act, Handoff, Hotline, Trouble};
use motcua::service::officers::Officers;
use motcua::service::{History, StoreInbox};
use motcua::store::{Store, audit, enclosure, forum, officer, ticket};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Notify;
use tower::ServiceExt;
use uuid::Uuid;

use crate::handoff::{asks, open_tickets, staffed_by};
use crate::papers::photo;
use crate::support::each_database;
use crate::support::house::{House, KEY, Recorder};
use crate::support::telegram::{FakeTelegram, SentMessage, TOKEN};

const GROUP: &str = "-1001";
const LAN: i64 = 700;

/// Everything between a citizen on the web page and an officer in the group.
struct Line {
    house: House,
    handoff: Handoff,
    hotline: Hotline,
    fake: FakeTelegram,
    routes: Router,
    secret: String,
    telegram: Courier,
    looker: Looker,
    updates: i64,
    _folder: TempDir,
}

impl Line {
    async fn open(store: &Store) -> Self {
        let web = Recorder { channel: Some(ChannelName::Web), ..Recorder::default() };
        let office = Office { group: Some(GROUP.into()), ..Office::default() };
        let (mut house, mut handoff) = staffed_by(House::with_channel(store.clone(), web), office);
        handoff.site = Some("https://hoi.example/".parse().unwrap());
        house.conversations.site = handoff.site.clone();
        let clock = || Arc::clone(&house.clock) as Arc<dyn Clock>;
        let fake = FakeTelegram::start().await;
        let bot = telegram::connect(&TOKEN.to_owned().into(), Some(&fake.url().parse().unwrap())).unwrap();
        telegram::set_webhook(&bot, &"https://example.org/hook".parse().unwrap()).await.unwrap();
        let secret = fake.called("setwebhook")[0]["secret_token"].as_str().unwrap().to_owned();
        let group = Group::new(bot.clone(), GROUP.into());
        let (inbox, _task) = StoreInbox::start(store.clone(), clock(), Vec::new());
        let name = Arc::new(OnceLock::from("motcua_bot".to_owned()));
        let routes = telegram::routes("/hook", bot.clone(), name, Arc::new(inbox), Some(group.clone()));
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path().into(), Keyring::read(&KEY.to_owned().into()).unwrap(), clock());
        let channel = Telegram::new(bot, 30, 20, Some(Arc::new(files.clone()) as Arc<dyn Spool>));
        let channel = Arc::new(channel) as Arc<dyn Channel>;
        let telegram =
            Courier::new(Arc::clone(&channel), store.clone(), clock(), Arc::new(Notify::new()), Duration::from_secs(60));
        let channels = vec![channel, Arc::clone(&house.channel) as Arc<dyn Channel>];
        let (wanted, arrived) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let eyes = Eyes::new(env!("CARGO_BIN_EXE_motcua").into());
        let looker = Looker { store: store.clone(), files, eyes, clock: clock(), channels, wanted, arrived };
        let hotline = Hotline {
            handoff: handoff.clone(),
            forum: Arc::new(group) as Arc<dyn Forum>,
            configured: GROUP.into(),
            wake: Arc::new(Notify::new()),
            trouble: Trouble::default(),
        };
        Self { house, handoff, hotline, fake, routes, secret, telegram, looker, updates: 0, _folder: folder }
    }

    /// Everything that can happen without anybody doing something happens.
    async fn settle(&mut self) {
        for _ in 0..3 {
            self.hotline.carry_out().await.unwrap();
            while self.looker.look().await.unwrap() > 0 {}
            self.house.settle().await;
            self.hotline.tend().await.unwrap();
            self.telegram.deliver_due().await.unwrap();
        }
    }

    async fn update(&mut self, mut update: Value) {
        self.updates += 1;
        update["update_id"] = json!(self.updates);
        let request = Request::post("/hook").header(SECRET_HEADER, &self.secret).body(Body::from(update.to_string())).unwrap();
        assert!(self.routes.clone().oneshot(request).await.unwrap().status().is_success());
        self.settle().await;
    }

    fn message(&self, by: i64, thread: i64) -> Value {
        json!({"message_id": self.updates + 1, "chat": {"id": -1001, "type": "supergroup", "is_forum": true},
            "from": {"id": by, "is_bot": false}, "message_thread_id": thread, "is_topic_message": true})
    }

    /// Somebody does something in a topic.
    async fn in_topic(&mut self, by: i64, thread: i64, what: Value) {
        let mut message = self.message(by, thread);
        message.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        self.update(json!({ "message": message })).await;
    }

    async fn writes(&mut self, by: i64, thread: i64, words: &str) {
        self.in_topic(by, thread, json!({ "text": words })).await;
    }

    async fn presses(&mut self, by: i64, thread: i64, button: &str) {
        let mut message = self.message(123_456_789, thread);
        message["from"]["is_bot"] = json!(true);
        self.update(json!({"callback_query": {"id": "q", "from": {"id": by}, "data": button, "message": message}})).await;
    }

    /// A citizen on the web page asks; the thread of the topic.
    async fn asked(&mut self, question: &str) -> (Uuid, i64) {
        asks(&mut self.house, &citizen(), question).await;
        self.settle().await;
        let id = open_tickets(&self.house.store, Stage::Waiting).await[0].id;
        (id, self.topics().last().unwrap().1)
    }

    fn topics(&self) -> Vec<(i64, i64, bool)> {
        self.fake.fake.topics.lock().unwrap().clone()
    }

    /// What stands in a topic.
    fn posts(&self, thread: i64) -> Vec<SentMessage> {
        self.fake.sent().into_iter().filter(|sent| sent.chat == -1001 && sent.thread == Some(thread)).collect()
    }

    fn last_post(&self, thread: i64) -> String {
        self.posts(thread).last().map(|sent| sent.text.clone()).unwrap_or_default()
    }

    fn last_to_citizen(&self) -> String {
        self.house.sent().last().unwrap().1.clone()
    }

    async fn stage(&self, id: Uuid) -> Stage {
        ticket::load(&mut self.house.store.read().await.unwrap(), id).await.unwrap().unwrap().stage
    }
}

fn citizen() -> Address {
    Address::new(ChannelName::Web, "0123456789abcdef0123456789abcdef")
}

/// An officer of that id on Telegram.
async fn known(store: &Store, login: &str, telegram: i64, grants: &[&str]) -> Officer {
    let grants = grants.iter().map(|grant| grant.parse::<Grant>().unwrap()).collect();
    let officer = Officer { id: Uuid::from_u128(telegram as u128), login: login.into(), name: format!("Cô {login}"), grants };
    let mut tx = store.write().await.unwrap();
    assert!(officer::add(&mut tx, &officer, motcua::domain::Timestamp(0)).await.unwrap());
    assert!(officer::set_telegram(&mut tx, login, Some(&telegram.to_string())).await.unwrap());
    tx.commit().await.unwrap();
    officer
}

#[tokio::test]
async fn an_officer_answers_from_the_group_and_the_conversation_ends_there() {
    each_database(|store| async move {
        known(&store, "lan", LAN, &["agent"]).await;
        let mut line = Line::open(&store).await;
        let (id, thread) = line.asked("giấy chứng sinh mất rồi").await;
        let first = &line.posts(thread)[0];
        assert!(first.text.contains("giấy chứng sinh mất rồi") && first.text.contains("/console/inbox/"), "{first:?}");
        assert!(first.markup.to_string().contains("group/claim"));
        assert_eq!(line.fake.called("createforumtopic")[0]["name"], "giấy chứng sinh mất rồi");

        line.writes(LAN, thread, "Chào anh").await;
        assert!(line.last_post(thread).contains("CHƯA gửi") && line.last_post(thread).contains("Nhận trả lời trước"));
        line.presses(LAN, thread, "group/claim").await;
        assert_eq!(line.stage(id).await, Stage::Taken);
        assert!(line.last_post(thread).contains("Cô lan đã nhận"));
        assert!(line.last_to_citizen().contains("Cô lan đang trả lời bạn"));

        line.writes(LAN, thread, "Chào anh, anh ra xã nhé.").await;
        assert_eq!(line.last_to_citizen(), "Cô lan:\nChào anh, anh ra xã nhé.");
        line.house.talk(&citizen(), "mấy giờ ạ").await;
        line.settle().await;
        assert!(line.last_post(thread).contains("Người dân") && line.last_post(thread).contains("mấy giờ ạ"));
        line.writes(LAN, thread, "//đã gọi cho xã").await;
        assert!(line.last_post(thread).contains("Đã ghi chú"));
        assert!(line.last_to_citizen().contains("Chào anh"), "a note goes to nobody");
        line.writes(LAN, thread, "/xoa").await;
        assert!(line.last_post(thread).contains("Lệnh này không có"));

        line.presses(LAN, thread, "group/close").await;
        assert_eq!(line.stage(id).await, Stage::Closed);
        assert!(line.last_to_citizen().contains("Cán bộ đã kết thúc"));
        assert!(!line.topics()[0].2, "the topic is closed too");
        line.writes(LAN, thread, "còn nữa").await;
        assert!(line.last_post(thread).contains("CHƯA gửi"));
        assert!(!line.last_to_citizen().contains("còn nữa"));
    })
    .await;
}

#[tokio::test]
async fn console_and_group_are_in_step() {
    each_database(|store| async move {
        let lan = known(&store, "lan", LAN, &["agent"]).await;
        let minh = known(&store, "minh", 701, &["agent"]).await;
        let mut line = Line::open(&store).await;
        let (id, thread) = line.asked("hỏi chút").await;
        assert!(line.handoff.act(id, &lan, &Act::Claim).await.unwrap());
        assert!(line.handoff.act(id, &lan, &Act::Say("em đây".into())).await.unwrap());
        assert!(line.handoff.act(id, &lan, &Act::Note("khó".into())).await.unwrap());
        line.settle().await;
        let posts: Vec<String> = line.posts(thread).into_iter().map(|post| post.text).collect();
        assert!(posts[1].contains("Cô lan đã nhận") && posts[2].contains("em đây") && posts[3].contains("khó"), "{posts:?}");

        line.writes(701, thread, "để tôi").await;
        assert!(line.last_post(thread).contains("do Cô lan giữ"), "two never answer one citizen");
        assert!(!line.last_to_citizen().contains("để tôi"));
        line.presses(701, thread, "group/claim").await;
        assert!(line.last_post(thread).contains("do Cô lan giữ"));
        line.writes(LAN, thread, "/tra").await;
        assert_eq!(line.stage(id).await, Stage::Waiting);
        line.writes(701, thread, "/nhan").await;
        assert!(!line.handoff.act(id, &lan, &Act::Say("nữa".into())).await.unwrap());
        assert!(line.handoff.act(id, &minh, &Act::Say("Minh đây".into())).await.unwrap(), "taken there, answered here");

        line.house.talk(&citizen(), "bot").await;
        line.settle().await;
        assert!(line.last_post(thread).contains("không cần cán bộ nữa") && !line.topics()[0].2);
        let found = ticket::load(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!(found.ending, Some(Ending::Withdrawn));
    })
    .await;
}

#[tokio::test]
async fn nobody_answers_who_is_no_officer_and_a_code_makes_one_known() {
    each_database(|store| async move {
        known(&store, "lan", 1, &["agent"]).await;
        known(&store, "xem", 702, &["viewer"]).await;
        let mut line = Line::open(&store).await;
        let (id, thread) = line.asked("hỏi chút").await;
        line.presses(999, thread, "group/claim").await;
        assert!(line.last_post(thread).contains("Chưa biết bạn là cán bộ nào"));
        line.presses(702, thread, "group/claim").await;
        assert_eq!(line.stage(id).await, Stage::Waiting, "who may only look takes nothing");

        let until = line.house.clock.now().plus(Duration::from_secs(60));
        let mut tx = store.write().await.unwrap();
        officer::offer_code(&mut tx, "lan", &token_hash("abcde12345"), until).await.unwrap();
        tx.commit().await.unwrap();
        let anonymous = json!({"text": "/noi abcde12345", "from": {"id": 1_087_968_824, "is_bot": true},
            "sender_chat": {"id": -1001, "type": "supergroup"}});
        line.in_topic(1_087_968_824, thread, anonymous).await;
        assert!(line.last_post(thread).contains("ẩn danh"), "nobody in particular is no officer");
        line.writes(LAN, thread, "/noi sai").await;
        assert!(line.last_post(thread).contains("Mã không đúng"));
        line.writes(LAN, thread, "/noi abcde12345").await;
        assert!(line.last_post(thread).contains("Đã nối"));
        line.writes(999, thread, "/noi abcde12345").await;
        assert!(line.last_post(thread).contains("Mã không đúng"), "good once");
        line.presses(LAN, thread, "group/claim").await;
        assert_eq!(line.stage(id).await, Stage::Taken);
        let entries = audit::of(&mut store.read().await.unwrap(), "lan").await.unwrap();
        assert_eq!(entries[0].action, "telegram linked");

        known(&store, "admin", 2, &["administrator"]).await;
        let officers = Officers::new(store.clone(), line.handoff.clock.clone(), line.handoff.keys.clone());
        officers.end("lan", "admin").await.unwrap();
        line.writes(LAN, thread, "còn ai không").await;
        assert!(line.last_post(thread).contains("Chưa biết bạn"), "who left the office answers nobody");
        officers.reset("lan", "admin").await.unwrap();
        line.writes(LAN, thread, "tôi đây").await;
        assert!(!line.last_to_citizen().contains("tôi đây"), "whoever begins anew links anew");
    })
    .await;
}

#[tokio::test]
async fn photos_go_both_ways() {
    each_database(|store| async move {
        known(&store, "lan", LAN, &["agent"]).await;
        let mut line = Line::open(&store).await;
        let (id, thread) = line.asked("hỏi chút").await;
        line.presses(LAN, thread, "group/claim").await;
        let source = line.looker.files.put("a1", photo(None)).await.unwrap();
        let sent = Attachment { media: Media::Photo, source, name: None, caption: None };
        line.house.says(&citizen(), Said::Attached(sent)).await;
        line.settle().await;
        let post = line.posts(thread).pop().unwrap();
        assert!(post.bytes.is_some_and(|bytes| bytes > 1_000), "{post:?}");
        assert!(!line.last_to_citizen().contains("không mở được"), "nothing is said in between");

        line.fake.fake.files.lock().unwrap().insert("f1".into(), photo(None));
        line.in_topic(LAN, thread, json!({"photo": [{"file_id": "f1", "width": 900}], "caption": "mẫu đơn đây"})).await;
        let told: Vec<String> = line.house.sent().into_iter().map(|(_, words)| words).collect();
        let Some(link) = told.last() else { panic!("nothing was sent") };
        assert!(link.starts_with("Cô lan:\nmẫu đơn đây\n"), "{link}");
        let token = link.split("/files/").nth(1).unwrap_or_else(|| panic!("{link}"));
        let opened = enclosure::by_token(&mut store.read().await.unwrap(), &token_hash(token)).await.unwrap().unwrap();
        assert_eq!((opened.ticket, opened.officer.as_deref()), (id, Some("lan")));
        assert!(line.looker.files.read(&opened.file.stored).await.unwrap().len() > 1_000);

        // Under a photo too, two strokes make a note, and the photo goes nowhere.
        let before = line.house.sent().len();
        let note = json!({"photo": [{"file_id": "f1", "width": 900}], "caption": "// nghi giấy tờ giả"});
        line.in_topic(LAN, thread, note).await;
        assert_eq!(line.house.sent().len(), before);
        assert!(line.last_post(thread).contains("Đã ghi chú"));

        line.in_topic(LAN, thread, json!({ "voice": {} })).await;
        assert!(line.last_post(thread).contains("CHƯA gửi"));
        line.fake.fake.files.lock().unwrap().insert("f2".into(), b"no photo".to_vec());
        line.in_topic(LAN, thread, json!({"document": {"file_id": "f2"}})).await;
        assert!(line.last_post(thread).contains("Tệp này không gửi được"));

        // Forgotten with the conversation, in the group and on the disk.
        History { store: store.clone() }.forget(&citizen()).await.unwrap();
        line.settle().await;
        assert!(line.topics().is_empty());
        assert_eq!(line.looker.discard().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_topic_is_made_again_and_lost_rights_raise_an_alarm() {
    each_database(|store| async move {
        known(&store, "lan", LAN, &["agent"]).await;
        let mut line = Line::open(&store).await;
        let (id, thread) = line.asked("hỏi chút").await;
        line.presses(LAN, thread, "group/claim").await;
        line.fake.fake.topics.lock().unwrap().clear();
        line.house.talk(&citizen(), "còn đó không").await;
        line.settle().await;
        let healed = line.topics()[0].1;
        assert_ne!(healed, thread);
        assert!(line.last_post(healed).contains("còn đó không"), "what was not posted waits for another topic");
        line.writes(LAN, healed, "còn ạ").await;
        assert_eq!(line.last_to_citizen(), "Cô lan:\ncòn ạ");

        line.fake.fake.powerless.store(true, Ordering::SeqCst);
        line.hotline.check().await;
        assert!(line.hotline.trouble.load().is_some());
        let forbidden = "Forbidden: bot was kicked from the supergroup chat";
        line.fake.fake.expect(Some(crate::support::telegram::Trouble::Error(403, forbidden)));
        line.house.talk(&citizen(), "alo").await;
        line.settle().await;
        assert!(!line.last_post(healed).contains("alo"));
        line.fake.fake.powerless.store(false, Ordering::SeqCst);
        line.hotline.check().await;
        assert!(line.hotline.trouble.load().is_none());
        line.house.clock.advance(Duration::from_secs(61));
        line.settle().await;
        assert!(line.last_post(healed).contains("alo"), "kept until the rights are back");

        // Closed by hand by somebody who does not have it: open again. By its officer: over.
        line.fake.fake.topics.lock().unwrap()[0].2 = false;
        line.in_topic(999, healed, json!({ "forum_topic_closed": {} })).await;
        assert_eq!(line.stage(id).await, Stage::Taken);
        assert!(line.topics()[0].2, "open again");
        line.in_topic(LAN, healed, json!({ "forum_topic_closed": {} })).await;
        assert_eq!(line.stage(id).await, Stage::Closed);
    })
    .await;
}

#[tokio::test]
async fn what_was_passed_on_or_revoked_is_not_answered_from_the_group_and_topics_go_in_time() {
    each_database(|store| async move {
        let lan = known(&store, "lan", LAN, &["agent"]).await;
        known(&store, "xa", 703, &["agent@ubnd-mau"]).await;
        let mut line = Line::open(&store).await;
        let (id, thread) = line.asked("hỏi chút").await;
        for _ in 0..2 {
            line.presses(703, thread, "group/claim").await;
        }
        assert_eq!(line.stage(id).await, Stage::Waiting, "an officer of one agency is nobody in the group");
        let told = line.posts(thread).iter().filter(|post| post.text.contains("Chưa biết bạn")).count();
        assert_eq!(told, 1, "told once a day");

        line.presses(LAN, thread, "group/claim").await;
        let mut revoked = officer::by_login(&mut store.read().await.unwrap(), "lan").await.unwrap().unwrap();
        revoked.officer.grants = vec!["viewer".parse().unwrap()];
        let mut tx = store.write().await.unwrap();
        officer::save(&mut tx, &revoked).await.unwrap();
        tx.commit().await.unwrap();
        let before = line.house.sent().len();
        line.fake.fake.files.lock().unwrap().insert("f1".into(), photo(None));
        line.in_topic(LAN, thread, json!({"photo": [{"file_id": "f1", "width": 900}], "caption": "này"})).await;
        line.writes(LAN, thread, "chào").await;
        assert_eq!(line.house.sent().len(), before, "who lost the role writes to nobody");

        let agencies = Agencies {
            store: store.clone(),
            clock: Arc::clone(&line.house.clock) as Arc<dyn Clock>,
            keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
        };
        agencies
            .issue(NewAgency { slug: "ubnd-mau", name: "UBND phường mẫu", mapping: "national", ..NewAgency::default() }, "clerk")
            .await
            .unwrap();
        assert!(line.handoff.act(id, &lan, &Act::PutBack(Some("ubnd-mau".into()))).await.unwrap());
        known(&store, "hoa", 704, &["agent"]).await;
        line.settle().await;
        assert!(!line.topics()[0].2, "another office's now");
        line.presses(704, thread, "group/claim").await;
        assert_eq!(line.stage(id).await, Stage::Waiting, "an old button takes nothing from that office");

        line.house.talk(&citizen(), "thôi, không cần cán bộ").await;
        line.settle().await;
        assert_eq!(line.topics().len(), 1);
        line.house.clock.advance(Duration::from_secs(8 * 86_400));
        line.settle().await;
        assert!(line.topics().is_empty(), "a week later nothing of it stands in the group");
    })
    .await;
}

#[tokio::test]
async fn whoever_wrote_what_does_not_arrive_is_told() {
    each_database(|store| async move {
        known(&store, "lan", LAN, &["agent"]).await;
        let mut line = Line::open(&store).await;
        let (_, thread) = line.asked("hỏi chút").await;
        line.presses(LAN, thread, "group/claim").await;
        line.house.channel.script.lock().unwrap().push_back(Err(SendError::Unreachable(Unreachable::Blocked)));
        line.writes(LAN, thread, "chị ơi").await;
        let post = line.last_post(thread);
        assert!(post.contains("KHÔNG tới được") && post.contains("chị ơi"), "{post}");
        let before = line.posts(thread).len();
        line.settle().await;
        assert_eq!(line.posts(thread).len(), before, "told once");
    })
    .await;
}

#[tokio::test]
async fn a_group_that_moves_is_followed_and_a_repeat_does_nothing() {
    each_database(|store| async move {
        known(&store, "lan", LAN, &["agent"]).await;
        let mut line = Line::open(&store).await;
        let moved = json!({"message": {"message_id": 1, "chat": {"id": -1001, "type": "group"}, "from": {"id": 5, "is_bot": false},
            "migrate_to_chat_id": -1009}});
        line.update(moved).await;
        assert_eq!(forum::present(&mut store.read().await.unwrap(), GROUP).await.unwrap(), "-1009");
        line.asked("hỏi chút").await;
        let (chat, thread, _) = line.topics()[0];
        assert_eq!(chat, -1009, "its topics are made there");
        let mut message = line.message(LAN, thread);
        message["chat"]["id"] = json!(-1009);
        message["text"] = json!("/nhan");
        line.update(json!({ "message": message.clone() })).await;
        message["text"] = json!("xin chào");
        line.update(json!({ "message": message.clone() })).await;
        line.updates -= 1;
        line.update(json!({ "message": message })).await;
        let said = line.house.sent().iter().filter(|(_, words)| words.contains("xin chào")).count();
        assert_eq!(said, 1);
    })
    .await;
}
