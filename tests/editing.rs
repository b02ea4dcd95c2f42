//! The knowledge desk: drafts, publishing, undo, and telling who waited for an answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use motcua::app::SystemClock;
use motcua::domain::edition::{Standing, WORDS};
use motcua::domain::{Address, ChannelName, Clock, Lang, Lesson, Outcome};
use motcua::knowledge::{Contents, Library, Origin};
use motcua::seal::Keyring;
use motcua::service::editing::{EditError, Editing, live_editions, new_guide, preview, with_word};
use motcua::store::{Store, audit, edition, lesson};
use tempfile::TempDir;

use crate::support::each_database;
use crate::support::house::{House, KEY};
use crate::support::process::motcua;

const FACTS: &str = r#"codes = ["CODE"]
field = { vi = "Chăn nuôi", en = "Animals" }
authority = { vi = "Ủy ban nhân dân cấp xã", en = "Commune-level People's Committee" }
level = "commune"
applicants = ["citizen"]
review = "desk"
checked_on = "2026-11-20"

[source]
name = "Bản thử"
as_of = "2026-11"

[where]
vi = "Trung tâm Phục vụ hành chính công của xã, phường"
en = "Public administrative service centre of the commune or ward"

[result]
vi = "Giấy phép"
en = "Permit"

[[documents]]
id = "don"
name = { vi = "Đơn đề nghị", en = "Application" }
copy = "original"
count = 1

[[fees]]
amount = 0

[[times]]
amount = 5
unit = "working_days"

[[law]]
number = "60/2014/QH13"
name = { vi = "Luật thử", en = "Trial law" }
"#;

fn guide(code: &str, title: &str, question: &str) -> BTreeMap<String, String> {
    let words = format!(
        "# {title}\n\nĐể được phép {}.\n\n## Các bước\n1. Nộp đơn.\n\n## Người dân hay hỏi\n- {question}\n",
        title.to_lowercase()
    );
    BTreeMap::from([("guide.toml".into(), FACTS.replace("CODE", code)), ("vi.md".into(), words)])
}

fn write(folder: &Path, slug: &str, files: &BTreeMap<String, String>) {
    let guide = folder.join("guides").join(slug);
    std::fs::create_dir_all(&guide).unwrap();
    for (name, text) in files {
        std::fs::write(guide.join(name), text).unwrap();
    }
}

/// A desk over a folder with two guides.
async fn desk(store: &Store, house: &House) -> (TempDir, Editing) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "nuoi-huou", &guide("9.000001", "Cấp phép nuôi hươu sao", "nuôi hươu sao cần giấy gì"));
    write(folder.path(), "lai-tau", &guide("9.000002", "Cấp bằng lái tàu sông", "thi bằng lái tàu ở đâu"));
    let layers = vec![Origin::Folder(folder.path().to_owned())];
    let library = Arc::new(ArcSwap::from_pointee(Library::load(&layers, None).unwrap()));
    let editing = Editing {
        store: store.clone(),
        clock: Arc::clone(&house.clock) as Arc<dyn Clock>,
        keys: Keyring::read(&KEY.to_owned().into()).unwrap(),
        library,
        layers,
        changed: Arc::default(),
        arrived: Arc::default(),
        trouble: Arc::default(),
    };
    (folder, editing)
}

/// What citizens see now: reloads the library and tells a guide's title.
async fn seen(editing: &Editing, slug: &str) -> Option<String> {
    let library = Library::load(&editing.all_layers().await.unwrap(), None).unwrap();
    editing.library.store(Arc::new(library));
    editing.library.load().by_slug(slug).map(|guide| guide.vi.title.clone())
}

#[tokio::test]
async fn a_draft_is_seen_when_it_is_published_until_it_ends_or_is_taken_back() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let (_folder, editing) = desk(&store, &house).await;
        let piece = "guides/nuoi-huou";
        let opened = editing.open(piece, None).await.unwrap();
        assert!(opened.files["vi.md"].starts_with("# Cấp phép nuôi hươu sao") && opened.base.is_none());
        let mut files = opened.files;
        files.insert(
            "vi.md".into(),
            files["vi.md"].replace("# Cấp phép nuôi hươu sao", "# Giấy phép nuôi hươu sao").replace('\n', "\r\n"),
        );
        let draft = editing.save(piece, files.clone(), "tên mới", None, "lan").await.unwrap();
        assert_eq!(seen(&editing, "nuoi-huou").await.as_deref(), Some("Cấp phép nuôi hươu sao"), "nobody sees a draft");
        assert!(matches!(editing.save(piece, files.clone(), "", None, "minh").await, Err(EditError::Meanwhile)));
        let desk = editing.open(piece, None).await.unwrap();
        assert_eq!((desk.base, desk.files["vi.md"].contains('\r')), (Some(draft), false));

        let tomorrow = house.clock.now().plus(Duration::from_secs(86_400));
        let week = tomorrow.plus(Duration::from_secs(7 * 86_400));
        assert!(matches!(editing.publish(piece, draft, Some(week), Some(tomorrow), "lan").await, Err(EditError::Backwards)));
        editing.publish(piece, draft, Some(tomorrow), Some(week), "lan").await.unwrap();
        let desk = editing.open(piece, None).await.unwrap();
        assert_eq!(desk.scheduled, Some(draft));
        assert!(desk.files["vi.md"].starts_with("# Giấy phép"), "what waits for its time is what is edited");
        assert_eq!(seen(&editing, "nuoi-huou").await.as_deref(), Some("Cấp phép nuôi hươu sao"), "its time has not come");
        house.clock.advance(Duration::from_secs(86_401));
        assert_eq!(seen(&editing, "nuoi-huou").await.as_deref(), Some("Giấy phép nuôi hươu sao"));
        house.clock.advance(Duration::from_secs(7 * 86_400));
        assert_eq!(seen(&editing, "nuoi-huou").await.as_deref(), Some("Cấp phép nuôi hươu sao"), "over by itself");

        editing.publish(piece, draft, None, None, "lan").await.unwrap();
        assert_eq!(seen(&editing, "nuoi-huou").await.as_deref(), Some("Giấy phép nuôi hươu sao"), "an older one again");
        let live = editing.open(piece, None).await.unwrap().live.unwrap();
        assert_ne!(live, draft, "history is added to, not changed");
        editing.take_back(piece, live, "minh").await.unwrap();
        assert_eq!(seen(&editing, "nuoi-huou").await.as_deref(), Some("Cấp phép nuôi hươu sao"), "undone");
        assert!(matches!(editing.take_back(piece, live, "minh").await, Err(EditError::Unknown)));
        let history = editing.open(piece, None).await.unwrap().history;
        assert_eq!(
            history.iter().map(|edition| edition.standing).collect::<Vec<_>>(),
            [Standing::Cancelled, Standing::Published]
        );
        let entries = audit::of(&mut store.read().await.unwrap(), piece).await.unwrap();
        assert_eq!(entries.len(), 4, "each step is in the audit: {entries:?}");
        for name in ["guides/../x", "guides/A", "guides/", "other/x", "guides/a..b"] {
            assert!(matches!(editing.save(name, files.clone(), "", None, "lan").await, Err(EditError::Unknown)), "{name}");
        }
        let odd = BTreeMap::from([("../../x".to_owned(), String::new())]);
        assert!(matches!(editing.save(piece, odd, "", Some(live), "lan").await, Err(EditError::Unknown)));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_published_that_is_broken_or_takes_questions_away() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let (_folder, editing) = desk(&store, &house).await;
        let piece = "guides/lai-tau";
        let mut files = editing.open(piece, None).await.unwrap().files;
        files.insert("guide.toml".into(), "codes = [".into());
        let broken = editing.save(piece, files, "", None, "lan").await.unwrap();
        let Err(EditError::Faulty(faults)) = editing.publish(piece, broken, None, None, "lan").await else { panic!("published") };
        assert!(faults[0].to_string().starts_with("guides/lai-tau/guide.toml:1"), "{faults:?}");

        // As a new guide begins: read, and with nothing in it that a citizen could be answered with.
        let hollow = new_guide("Cấp bằng lái tàu sông", "thi bằng lái tàu ở đâu", house.clock.now().date());
        let hollow = editing.save(piece, BTreeMap::from(hollow), "", Some(broken), "lan").await.unwrap();
        let Err(EditError::Faulty(faults)) = editing.publish(piece, hollow, None, None, "lan").await else { panic!("published") };
        let missing: Vec<&str> = faults.iter().map(|fault| fault.what).collect();
        assert_eq!(missing, ["fault-hollow", "fault-no-authority", "fault-no-source"]);
        let told = faults[0].say(&house.conversations.wording, Lang::Vi);
        assert!(told.starts_with("guides/lai-tau/vi.md: chưa có phần tóm tắt hoặc chưa có bước nào → viết"), "{told}");

        // A question that a citizen called answered, and a guide that does not speak of it any more.
        let right = Lesson::new("bằng lái tàu sông", Outcome::Right, Some("lai-tau")).unwrap();
        let mut tx = store.write().await.unwrap();
        lesson::add(&mut tx, &right, 1, &house.clock.now().date().to_string()).await.unwrap();
        tx.commit().await.unwrap();
        let other = guide("9.000002", "Cho thuê bò sữa", "thuê bò sữa thế nào");
        let stolen = editing.save(piece, other, "", Some(hollow), "lan").await.unwrap();
        let Err(EditError::Loses(lost)) = editing.publish(piece, stolen, None, None, "lan").await else { panic!("published") };
        assert!(lost.iter().any(|lost| lost.question == "bằng lái tàu sông" && lost.guide == "lai-tau"), "{lost:?}");
        assert!(live_editions(&store, house.clock.now()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_wanted_to_be_told_is_told_once_when_there_is_an_answer() {
    each_database(|store| async move {
        let mut house = House::new(store.clone());
        let (_folder, editing) = desk(&store, &house).await;
        house.conversations.library = Arc::clone(&editing.library);
        let (asks, silent) = (Address::new(ChannelName::Telegram, "5"), Address::new(ChannelName::Telegram, "6"));
        let question = "xin phép thả diều sáo";
        assert!(house.talk(&asks, question).await.contains("Báo tôi khi có câu trả lời"));
        assert!(house.talk(&asks, "báo tôi khi có câu trả lời").await.contains("Tôi đã ghi lại"));
        house.talk(&silent, question).await;
        house.talk(&silent, "báo tôi khi có câu trả lời").await;
        assert!(house.talk(&silent, "Thôi báo").await.contains("Đã thôi"));
        assert_eq!(editing.tell_askers().await.unwrap(), 0, "there is no answer yet");

        let piece = "guides/tha-dieu";
        let files = guide("9.000003", "Cấp phép thả diều sáo", question);
        let draft = editing.save(piece, files, question, None, "lan").await.unwrap();
        editing.publish(piece, draft, None, None, "lan").await.unwrap();
        assert!(seen(&editing, "tha-dieu").await.is_some());
        assert_eq!(editing.tell_askers().await.unwrap(), 1);
        house.settle().await;
        let (to, words) = house.sent().pop().unwrap();
        assert!(to == "5" && words.contains("Bạn từng hỏi: «xin phép thả diều sáo»"), "{to} {words}");
        assert!(words.contains("[1] Cấp phép thả diều sáo"), "{words}");
        assert!(house.talk(&asks, "1").await.contains("Để được phép"));
        assert_eq!(editing.tell_askers().await.unwrap(), 0, "told once");
        assert!(edition::askers(&mut store.read().await.unwrap()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn everyday_words_are_content_and_a_preview_names_faults() {
    each_database(|store| async move {
        let house = House::new(store.clone());
        let (_folder, editing) = desk(&store, &house).await;
        let vocabulary = with_word("", "cấp bằng lái tàu sông", "giấy chạy ghe", &["9.000002".to_owned()]);
        let files = BTreeMap::from([("vocabulary.toml".to_owned(), vocabulary)]);
        let draft = editing.save(WORDS, files, "giấy chạy ghe", None, "lan").await.unwrap();
        editing.publish(WORDS, draft, None, None, "lan").await.unwrap();
        seen(&editing, "lai-tau").await;
        let library = editing.library.load();
        let found = motcua::engine::ask::understand(&library, "xin giấy chạy ghe", None, 1);
        assert_eq!(library.slug(found.hits[0].guide), "lai-tau");

        let wording = motcua::i18n::Wording::default();
        let now = house.clock.now();
        let layers = editing.all_layers().await.unwrap();
        let files = guide("9.000009", "Cấp phép thả diều sáo", "xin thả diều");
        let drawn = preview(&layers, &wording, "guides/tha-dieu", &files, now).unwrap();
        assert!(drawn.buttons.iter().any(|message| message.to_plain().contains("Đơn đề nghị")));
        assert!(drawn.plain.iter().any(|words| words.contains("1. ")), "numbers instead of buttons: {:?}", drawn.plain);
        let begun: BTreeMap<String, String> = new_guide("Thả diều", "thả diều ở đâu", now.date()).into();
        let drawn = preview(&layers, &wording, "guides/tha-dieu", &begun, now).unwrap();
        assert!(!drawn.faults.is_empty(), "what is missing is named");
    })
    .await;
}

#[tokio::test]
async fn what_is_live_can_be_taken_out_as_files() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path().join("motcua.db").to_str().unwrap()).await.unwrap();
    let house = House::new(store.clone());
    let (_folder, mut editing) = desk(&store, &house).await;
    editing.clock = Arc::new(SystemClock);
    let draft = editing
        .save("guides/nuoi-huou", guide("9.000001", "Giấy phép nuôi hươu sao", "nuôi hươu"), "", None, "lan")
        .await
        .unwrap();
    editing.publish("guides/nuoi-huou", draft, None, None, "lan").await.unwrap();
    let unpublished = editing.save("guides/lai-tau", guide("9.000002", "Khác", "khác"), "", None, "lan").await.unwrap();
    assert_ne!(unpublished, draft);
    store.close().await;
    let out = home.path().join("out");
    let mut command = motcua(home.path());
    let done = command.args(["knowledge", "export", out.to_str().unwrap()]).env("MOTCUA_DATABASE", "motcua.db").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let words = std::fs::read_to_string(out.join("guides/nuoi-huou/vi.md")).unwrap();
    assert!(words.starts_with("# Giấy phép nuôi hươu sao"));
    assert!(!out.join("guides/lai-tau").exists());
    assert!(Contents::read(&[Origin::Folder(out.clone())]).is_ok());
    let mut again = motcua(home.path());
    let again = again.args(["knowledge", "export", out.to_str().unwrap()]).env("MOTCUA_DATABASE", "motcua.db").output().unwrap();
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("is not empty"));
}
