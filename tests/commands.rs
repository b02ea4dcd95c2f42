//! The commands as they are typed: what they print, and how they fail.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::support::process::{Process, free_port, motcua, wait_until};
use crate::support::telegram::FakeTelegram;

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// One sentence on stderr, exit code not 0.
fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "it should have failed");
    let said = text(&output.stderr);
    assert!(said.starts_with("motcua: "), "{said}");
    said
}

#[test]
fn ask_answers_from_one_file_without_any_folder() {
    let home = tempfile::tempdir().unwrap();
    let output = run(motcua(home.path()).args(["ask", "lam khai sinh cho con can giay to j"]));
    assert!(text(&output.stdout).contains("Giấy chứng sinh"), "{}", text(&output.stderr));
    let output = run(motcua(home.path()).args(["ask", "--lang", "en", "--explain", "marriage registration"]));
    assert!(text(&output.stdout).contains("action   answer") && text(&output.stdout).contains("Legal basis"));
}

#[test]
fn an_import_serves_what_it_read_and_ranks_it() {
    let home = tempfile::tempdir().unwrap();
    let records = concat!(
        r#"{"id":"7.000001","name":"Thủ tục cấp giấy phép nuôi rồng","field":"Thú y","level":"Cấp xã","steps":"Nộp hồ sơ","as_of":"2026-07"}"#,
        "\nbroken\n",
        r#"{"id":"7.000002","name":"Gia hạn giấy phép nuôi rồng","field":"Thú y","as_of":"2025-04"}"#,
    );
    std::fs::write(home.path().join("in.jsonl"), records).unwrap();
    let output = run(motcua(home.path()).args(["knowledge", "import", "in.jsonl", "--into", "more"]));
    assert!(
        text(&output.stdout).contains("2 guides written") && text(&output.stdout).contains("line 2: "),
        "{}",
        text(&output.stdout)
    );
    let again = run(motcua(home.path()).args(["knowledge", "import", "in.jsonl", "--into", "more"]));
    assert!(text(&again.stdout).contains("0 guides written, 2 unchanged"));

    let mut rank = motcua(home.path())
        .args(["rank", "--top", "3", "--knowledge", "more"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    rank.stdin
        .take()
        .unwrap()
        .write_all("gia han giay phep nuoi rong\n{\"q\": \"le phi\", \"history\": [\"đăng ký kết hôn\"]}\n".as_bytes())
        .unwrap();
    let printed = text(&rank.wait_with_output().unwrap().stdout);
    let lines: Vec<serde_json::Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines[0]["ids"][0].as_str(), lines[0]["action"].as_str()), (Some("7.000002"), Some("answer")));
    assert_eq!(lines[1]["ids"][0], "1.000894");

    let asked = run(motcua(home.path()).args(["ask", "--knowledge", "more", "cấp giấy phép nuôi rồng lệ phí"]));
    let answer = text(&asked.stdout);
    assert!(answer.contains("chưa có thông tin lệ phí") && answer.contains("chưa có cán bộ kiểm tra"), "{answer}");
}

#[test]
fn eval_scores_a_file_of_questions() {
    let home = tempfile::tempdir().unwrap();
    let rows = concat!(
        r#"{"q":"dang ky khai sinh","procedure_id":"1.001193","accept_ids":[],"in_corpus":true,"behavior":"answer"}"#,
        "\n",
        r#"{"q":"ly hôn ở đâu","in_corpus":false,"behavior":"oos"}"#,
    );
    std::fs::write(home.path().join("q.jsonl"), rows).unwrap();
    let output = run(motcua(home.path()).args(["eval", "q.jsonl", "--json"]));
    let score: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (score["questions"].as_u64(), score["hit_at_1"].as_f64(), score["right_actions"].as_f64()),
        (Some(1), Some(1.0), Some(1.0))
    );
}

#[test]
fn check_names_what_is_wrong_and_fails() {
    let home = tempfile::tempdir().unwrap();
    let guide = home.path().join("mine/guides/thu");
    std::fs::create_dir_all(&guide).unwrap();
    std::fs::write(guide.join("guide.toml"), "codes = [\n").unwrap();
    let output = run(motcua(home.path()).args(["check", "mine"]));
    assert!(!output.status.success());
    assert!(text(&output.stdout).contains("guides/thu/guide.toml:"), "{}", text(&output.stdout));
    assert!(run(motcua(home.path()).arg("check")).status.success());
    // Without a folder it looks at what the program serves.
    let output = run(motcua(home.path()).args(["check", "--english"]).env("MOTCUA_KNOWLEDGE", "mine"));
    assert!(text(&output.stdout).contains("guides/thu/guide.toml:"), "{}", text(&output.stdout));
    std::fs::remove_dir_all(&guide).unwrap();
    std::fs::write(home.path().join("mine/calendar.toml"), "[[year]]\nyear = 2026\ndays_off = [\"2026-13-01\"]\n").unwrap();
    let output = run(motcua(home.path()).args(["check", "mine"]));
    assert!(!output.status.success() && text(&output.stdout).contains("calendar.toml:3"), "{}", text(&output.stdout));
}

#[test]
fn a_start_that_cannot_be_says_why_in_a_sentence() {
    let home = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = complaint(&run(motcua(home.path()).env("MOTCUA_LISTEN", &address)));
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
    assert!(!home.path().join("var").exists(), "nothing half-started");

    let free = |command: &mut Command| run(command.env("MOTCUA_LISTEN", "127.0.0.1:0"));
    std::fs::write(home.path().join("file"), "").unwrap();
    let said = complaint(&free(motcua(home.path()).env("MOTCUA_INDEX", "file/index")));
    assert!(said.contains("cannot make the index folder file/index"), "{said}");
    let said = complaint(&free(motcua(home.path()).env("MOTCUA_DATABASE", "file/motcua.db")));
    assert!(said.contains("cannot open the database file/motcua.db"), "{said}");
    let said = complaint(&free(motcua(home.path()).env("MOTCUA_KNOWLEDGE", "nowhere")));
    assert!(said.contains("cannot read nowhere/guides"), "{said}");

    std::fs::create_dir_all(home.path().join("broken/guides/thu")).unwrap();
    std::fs::write(home.path().join("broken/guides/thu/guide.toml"), "field = 1\n").unwrap();
    let said = complaint(&free(motcua(home.path()).env("MOTCUA_KNOWLEDGE", "broken")));
    assert!(said.contains("guides/thu/guide.toml:1"), "{said}");
    let said = complaint(&free(motcua(home.path()).env("MOTCUA_KEEP_DAYS", "many")));
    assert!(said.contains("MOTCUA_KEEP_DAYS=many"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_token_stops_the_start() {
    let fake = FakeTelegram::start().await;
    let home = tempfile::tempdir().unwrap();
    let mut command = motcua(home.path());
    command.env("MOTCUA_LISTEN", "127.0.0.1:0").env("TELEGRAM_BOT_TOKEN", "1:wrong").env("TELEGRAM_API_URL", fake.url());
    let output = tokio::task::spawn_blocking(move || run(&mut command)).await.unwrap();
    let said = complaint(&output);
    assert!(said.contains("Telegram refuses the token") && !said.contains("wrong"), "{said}");
}

/// A content folder with one guide whose steps say `words`.
fn write_guide(folder: &std::path::Path, words: &str) {
    let guide = folder.join("guides/nuoi-rong");
    std::fs::create_dir_all(&guide).unwrap();
    let facts = "codes = [\"7.000009\"]\nfield = { vi = \"Thú y\" }\nreview = \"imported\"\nchecked_on = \"2026-07-01\"\n[source]\nname = \"x\"\nas_of = \"2026-07\"\n";
    std::fs::write(guide.join("guide.toml"), facts).unwrap();
    std::fs::write(guide.join("vi.md"), format!("# Cấp phép nuôi rồng\n\n## Các bước\n- {words}\n")).unwrap();
}

#[tokio::test]
async fn content_is_reloaded_when_its_folder_changes_and_a_broken_edit_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("more");
    write_guide(&folder, "Bước cũ");
    let server = Process::serve(home.path(), free_port(), &[("MOTCUA_KNOWLEDGE", folder.to_str().unwrap())]).await;
    let citizen = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let ask = async || {
        let form = [("text", "cấp phép nuôi rồng làm thế nào")];
        let answer = citizen.post(format!("http://127.0.0.1:{}/say", server.port)).form(&form).send().await.unwrap();
        let page = answer.text().await.unwrap();
        page.rsplit("class=\"us\"").next().unwrap().to_owned()
    };
    assert!(ask().await.contains("Bước cũ"));
    std::fs::write(folder.join("guides/nuoi-rong/guide.toml"), "broken").unwrap();
    assert!(ask().await.contains("Bước cũ"), "the old content stays");
    write_guide(&folder, "Bước mới");
    wait_until("the new words are told", || async { ask().await.contains("Bước mới") }).await;
}

#[test]
fn an_edit_that_breaks_a_question_is_named_with_both_guides() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    write(
        "q.jsonl",
        "{\"q\":\"đăng ký tạm trú ở đâu\",\"procedure_id\":\"1.004194\",\"in_corpus\":true,\"behavior\":\"answer\"}\n",
    );
    let saved = run(motcua(home.path()).args(["eval", "q.jsonl", "--halves", "--save", "saved.jsonl"]));
    assert!(
        text(&saved.stdout).contains("q.jsonl build") && text(&saved.stdout).contains("q.jsonl check"),
        "{}",
        complaint(&saved)
    );
    let check = |file: &str| run(motcua(home.path()).args(["check", "--questions", file]));
    assert!(check("saved.jsonl").status.success(), "{}", text(&check("saved.jsonl").stdout));
    write("broken.jsonl", "{\"q\":\"đăng ký tạm trú ở đâu\",\"guide\":\"tach-ho\",\"behavior\":\"answer\"}\n");
    let broken = check("broken.jsonl");
    assert!(complaint(&broken).contains("Lỗi: 1."));
    let said = text(&broken.stdout);
    assert!(said.contains("broken.jsonl:1: «đăng ký tạm trú ở đâu» trước tìm ra tach-ho, nay tìm ra dang-ky-tam-tru"), "{said}");
}

#[test]
fn lessons_are_grouped_and_saved() {
    let home = tempfile::tempdir().unwrap();
    let output = run(motcua(home.path()).args(["lessons", "--database", "bot.db", "--save", "lessons.jsonl"]));
    assert_eq!(text(&output.stdout), "0 questions written to lessons.jsonl\n", "{}", text(&output.stderr));
    let output = run(motcua(home.path()).args(["lessons", "--database", "bot.db", "--only", "lost"]));
    assert!(text(&output.stderr).contains("unanswered, wrong or right"));
}

#[test]
fn walks_are_listed_drawn_and_reported() {
    let home = tempfile::tempdir().unwrap();
    let list = text(&run(motcua(home.path()).args(["walk", "list"])).stdout);
    assert!(list.lines().next().unwrap().starts_with("vneid "), "{list}");
    let drawn = text(&run(motcua(home.path()).args(["walk", "graph", "vneid"])).stdout);
    assert!(drawn.starts_with("digraph") && drawn.contains("\"muc\" -> \"da-co\""), "{drawn}");
    let drawn = text(&run(motcua(home.path()).args(["walk", "graph", "vneid", "--mermaid", "--lang", "en"])).stdout);
    assert!(drawn.starts_with("flowchart") && drawn.contains("Level 2 already"), "{drawn}");
    assert!(complaint(&run(motcua(home.path()).args(["walk", "graph", "no-such"]))).contains("motcua walk list"));
    let report = run(motcua(home.path()).args(["walk", "report", "--csv", "--database", "m.db"]));
    assert_eq!(text(&report.stdout).trim(), "walk,week,what,where,figure", "{}", text(&report.stderr));
}
