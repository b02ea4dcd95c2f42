//! What whoever looks after the machine does: a doctor, backups, and the way to PostgreSQL.

use std::path::Path;
use std::time::Duration;

use motcua::domain::{Address, ChannelName, Timestamp};
use motcua::store::{Store, conversation, follow, outbox};

use crate::support::database::{postgres, sealed};
use crate::support::house::{House, KEY};
use crate::support::process::{Process, free_port, motcua};
use crate::support::telegram::{FakeTelegram, TOKEN};

/// Runs a command; whether it went well, and what it said.
fn run(home: &Path, args: &[&str], env: &[(&str, &str)]) -> (bool, String) {
    let path = std::env::var("PATH").unwrap();
    let mut command = motcua(home);
    command.args(args).env("PATH", path).env("MOTCUA_KEY", KEY).envs(env.iter().copied());
    let output = command.output().unwrap();
    (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

/// A deployment with some history: its file.
async fn deployed(home: &Path) -> String {
    std::fs::create_dir_all(home.join("var/files/ab")).unwrap();
    std::fs::write(home.join("var/files/ab/photo"), b"sealed").unwrap();
    let file = home.join("var/motcua.db").to_str().unwrap().to_owned();
    let store = sealed(Store::open(&file).await.unwrap()).await;
    let mut house = House::new(store.clone());
    for chat in 1..=30 {
        let at = Address::new(ChannelName::Telegram, chat.to_string());
        house.talk(&at, "làm khai sinh cần giấy gì").await;
        house.talk(&at, "lệ phí").await;
    }
    store.close().await;
    file
}

async fn said(store: &Store) -> Vec<String> {
    let to = Address::new(ChannelName::Telegram, "7");
    let history = outbox::history(&mut store.read().await.unwrap(), &to, Timestamp::END, 50).await.unwrap();
    history.into_iter().map(|(_, _, message)| message.to_plain()).collect()
}

#[tokio::test]
async fn a_deployment_moves_to_postgresql_whole_and_can_be_moved_again() {
    let home = tempfile::tempdir().unwrap();
    let file = deployed(home.path()).await;
    let here = sealed(Store::open(&file).await.unwrap()).await;
    let before = said(&here).await;
    here.close().await;
    assert!(before.len() >= 2);
    let to = String::from(postgres("move").await);
    let (ok, told) = run(home.path(), &["move", "--to", &to], &[]);
    assert!(ok && told.contains("counts and checksums are the same"), "{told}");
    let there = sealed(Store::open(&to).await.unwrap()).await;
    assert_eq!(said(&there).await, before);
    let seven = Address::new(ChannelName::Telegram, "7");
    assert!(conversation::load(&mut there.read().await.unwrap(), &seven).await.unwrap().is_some());
    // Again: it is compared and nothing is written.
    let (ok, told) = run(home.path(), &["move", "--to", &to], &[]);
    assert!(ok && told.contains("are the same"), "{told}");
    // Once somebody works there, it says so, and leaves it alone.
    let mut tx = there.write().await.unwrap();
    follow::missed(&mut tx, "somebody", "2026-11-23").await.unwrap();
    tx.commit().await.unwrap();
    let (ok, told) = run(home.path(), &["move", "--to", &to], &[]);
    assert!(!ok && told.contains("differ since") && told.contains("Nothing was changed"), "{told}");
    assert_eq!(follow::misses(&mut there.read().await.unwrap(), "somebody", "2026-11-23").await.unwrap(), 1);
    there.close().await;
    // Nor is a database touched that was never moved to.
    let other = String::from(postgres("used").await);
    let used = sealed(Store::open(&other).await.unwrap()).await;
    House::new(used.clone()).talk(&seven, "khai sinh").await;
    let (ok, told) = run(home.path(), &["move", "--to", &other], &[]);
    assert!(!ok && told.contains("in use"), "{told}");
    assert!(!said(&used).await.is_empty());
    used.close().await;
    let server = Process::serve(home.path(), free_port(), &[("MOTCUA_KEY", KEY)]).await;
    let (ok, told) = run(home.path(), &["move", "--to", &other], &[]);
    assert!(!ok && told.contains("stop the program first"), "{told}");
    let stopping = tokio::task::spawn_blocking(move || server.terminate());
    let stopped = tokio::time::timeout(Duration::from_secs(10), stopping).await;
    assert_eq!(stopped.expect("stopping waits for work, and for nothing else").unwrap(), Some(0));
    let (ok, told) = run(home.path(), &["move", "--to", "elsewhere.db"], &[]);
    assert!(!ok && told.contains("postgres://"), "{told}");
}

fn only_folder(below: &Path) -> String {
    let mut folders: Vec<_> = std::fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    folders.remove(0).to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_backup_is_made_while_the_program_runs_verified_and_put_back() {
    let (home, kept, anew) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = deployed(home.path()).await;
    let server = Process::serve(home.path(), free_port(), &[("MOTCUA_KEY", KEY)]).await;
    let (ok, told) = run(home.path(), &["backup", kept.path().to_str().unwrap()], &[]);
    assert!(ok, "{told}");
    assert_eq!(server.terminate(), Some(0));
    let backup = only_folder(kept.path());
    let (ok, told) = run(home.path(), &["restore", &backup, "--verify"], &[]);
    assert!(ok && told.contains("Whole"), "{told}");
    let (ok, told) = run(home.path(), &["restore", &backup], &[]);
    assert!(!ok && told.contains("move it away"), "what is there is never overwritten: {told}");
    let (ok, told) = run(anew.path(), &["restore", &backup], &[]);
    assert!(ok, "{told}");
    let back = sealed(Store::open(anew.path().join("var/motcua.db").to_str().unwrap()).await.unwrap()).await;
    let here = sealed(Store::open(&file).await.unwrap()).await;
    assert_eq!(said(&back).await, said(&here).await);
    assert_eq!(std::fs::read(anew.path().join("var/files/ab/photo")).unwrap(), b"sealed");
    back.close().await;
    here.close().await;
    // Without its key it is worth nothing, and that is said before it is needed.
    let other = "/////////////////////////////////////////w8=";
    let (ok, told) = run(home.path(), &["restore", &backup, "--verify"], &[("MOTCUA_KEY", other)]);
    assert!(!ok && told.contains("MOTCUA_KEY does not hold"), "{told}");
    // One bit.
    let database = Path::new(&backup).join("motcua.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    let (ok, told) = run(home.path(), &["restore", &backup, "--verify"], &[]);
    assert!(!ok && told.contains("motcua.db is not what it was"), "{told}");
}

#[tokio::test]
async fn a_backup_of_postgresql_is_made_by_its_own_tools() {
    let (home, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let from = String::from(postgres("dump").await);
    let store = sealed(Store::open(&from).await.unwrap()).await;
    let seven = Address::new(ChannelName::Telegram, "7");
    House::new(store.clone()).talk(&seven, "khai sinh cần giấy gì").await;
    let before = said(&store).await;
    store.close().await;
    let (ok, told) = run(home.path(), &["backup", kept.path().to_str().unwrap()], &[("MOTCUA_DATABASE", &from)]);
    assert!(ok, "{told}");
    let backup = only_folder(kept.path());
    let to = String::from(postgres("undump").await);
    let (ok, told) = run(home.path(), &["restore", &backup], &[("MOTCUA_DATABASE", &to)]);
    assert!(ok, "{told}");
    let back = sealed(Store::open(&to).await.unwrap()).await;
    assert_eq!(said(&back).await, before);
    back.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let (ok, told) = run(home.path(), &["doctor"], &[("MOTCUA_LISTEN", &listen)]);
    assert!(ok, "{told}");
    for line in [
        "[ổn]  Cấu hình đọc được",
        "[chú ý]  Chưa có địa chỉ công khai",
        "[chú ý]  Chưa có cơ sở dữ liệu",
        "[chú ý]  Chương trình không trả lời",
        "[tắt]  Telegram",
        "Hỏng: 0",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    assert!(!home.path().join("var/motcua.db").exists(), "looking makes nothing");
    deployed(home.path()).await;
    let (ok, told) = run(home.path(), &["doctor"], &[("MOTCUA_LISTEN", &listen)]);
    assert!(told.contains("[ổn]  Cơ sở dữ liệu"), "{told}");
    assert!(!ok && told.contains(&format!("[HỎNG]  Chương trình không trả lời ở {listen}")), "{told}");
    let (place, at) = (home.path().to_owned(), listen.clone());
    let server = Process::serve(home.path(), port, &[("MOTCUA_KEY", KEY)]).await;
    let asked = move || run(&place, &["doctor"], &[("MOTCUA_LISTEN", &at)]);
    let (ok, told) = tokio::task::spawn_blocking(asked).await.unwrap();
    assert!(ok && told.contains(&format!("[ổn]  Chương trình: trả lời ở {listen}")), "{told}");
    drop(server);
    let damaged = tempfile::tempdir().unwrap();
    std::fs::create_dir(damaged.path().join("var")).unwrap();
    std::fs::write(damaged.path().join("var/motcua.db"), "no database ".repeat(1_000)).unwrap();
    let (ok, told) = run(damaged.path(), &["doctor"], &[]);
    assert!(!ok && told.contains("[HỎNG]  Tệp cơ sở dữ liệu hỏng"), "{told}");
    let (ok, told) = run(home.path(), &["doctor", "--english"], &[("MOTCUA_LISTEN", "nowhere")]);
    assert!(!ok && told.contains("[BAD]  The settings are wrong") && told.contains("MOTCUA_LISTEN"), "{told}");
    let (ok, told) = run(home.path(), &["doctor"], &[("MOTCUA_DATABASE", "postgres://nobody@127.0.0.1:1/x")]);
    assert!(!ok && told.contains("[HỎNG]  Cơ sở dữ liệu") && told.contains("Kiểm tra MOTCUA_DATABASE"), "{told}");
    // A key that is not the one it was sealed with.
    let (ok, told) = run(home.path(), &["doctor"], &[("MOTCUA_KEY", "/////////////////////////////////////////w8=")]);
    assert!(!ok && told.contains("[HỎNG]  Cơ sở dữ liệu"), "{told}");
    let fake = FakeTelegram::start().await;
    let (place, url) = (home.path().to_owned(), fake.url());
    let asked = move || run(&place, &["doctor"], &[("TELEGRAM_BOT_TOKEN", TOKEN), ("TELEGRAM_API_URL", &url)]);
    let (_, told) = tokio::task::spawn_blocking(asked).await.unwrap();
    assert!(told.contains("Telegram: @"), "{told}");
    let (ok, told) = run(home.path(), &["doctor"], &[("TELEGRAM_BOT_TOKEN", "1:x"), ("TELEGRAM_API_URL", "http://127.0.0.1:1/")]);
    assert!(!ok && told.contains("[HỎNG]  Telegram"), "{told}");
}
