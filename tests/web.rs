//! The web chat over HTTP, as a browser without JavaScript sees it, served by the real program.

use std::time::Duration;

use futures::StreamExt;
use reqwest::{Client, StatusCode};

use crate::support::process::{Process, free_port};

fn browser() -> Client {
    Client::builder().cookie_store(true).build().unwrap()
}

async fn say(client: &Client, server: &Process, text: &str) -> String {
    let answer = client.post(format!("http://127.0.0.1:{}/say", server.port)).form(&[("text", text)]).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "redirected to the page");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_question_is_answered_without_javascript_and_survives_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let port = free_port();
    let server = Process::serve(home.path(), port, &[]).await;
    let citizen = browser();
    let first = citizen.get(format!("http://127.0.0.1:{port}/")).send().await.unwrap();
    assert!(first.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert!(first.text().await.unwrap().contains("chương trình trả lời tự động"), "it says what it is");
    let page = say(&citizen, &server, "lam khai sinh cho con can giay to j").await;
    assert!(page.contains("Giấy chứng sinh") && page.contains("lam khai sinh cho con can giay to j"));
    assert_eq!(server.terminate(), Some(0), "SIGTERM is a clean end");

    let server = Process::serve(home.path(), port, &[]).await;
    let page = citizen.get(format!("http://127.0.0.1:{port}/")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Giấy chứng sinh"), "the conversation is still there");
    let page = say(&citizen, &server, "thế còn lệ phí?").await;
    assert!(page.contains("Về thủ tục: Đăng ký khai sinh"), "and still knows what it was about");

    let stranger = browser().get(format!("http://127.0.0.1:{port}/")).send().await.unwrap().text().await.unwrap();
    assert!(!stranger.contains("Giấy chứng sinh"), "nobody else sees it");
    let page = citizen.post(format!("http://127.0.0.1:{port}/forget")).send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("Giấy chứng sinh"), "it can be deleted");
}

#[tokio::test]
async fn a_form_sent_twice_counts_once_and_text_stays_text() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[]).await;
    let citizen = browser();
    let url = format!("http://127.0.0.1:{}/say", server.port);
    let form = [("text", "<script>alert(1)</script> khai tử"), ("key", "same")];
    citizen.post(&url).form(&form).send().await.unwrap();
    let page = citizen.post(&url).form(&form).send().await.unwrap().text().await.unwrap();
    assert_eq!(page.matches("class=\"you\"").count(), 1);
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>alert"));
    let button = [("choice", "guide/dang-ky-khai-tu/fee"), ("key", "same")];
    let page = citizen.post(&url).form(&button).send().await.unwrap().text().await.unwrap();
    assert_eq!(page.matches("class=\"you\"").count(), 2, "another button of the same page is another question");
    let nul = citizen.post(&url).form(&[("text", "khai sinh\0"), ("key", "a\0b")]).send().await.unwrap();
    assert_eq!(nul.status(), StatusCode::OK);
    let foreign = citizen.post(&url).header("sec-fetch-site", "cross-site").form(&form).send().await.unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN, "no other site speaks for a citizen");
    let long = "a".repeat(2001);
    assert_eq!(citizen.post(&url).form(&[("text", long)]).send().await.unwrap().status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_first_visit_is_small_and_speaks_the_browsers_language() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[]).await;
    let client = browser();
    let mut bytes = 0;
    for path in ["/", "/chat.css", "/chat.js"] {
        let answer = client.get(format!("http://127.0.0.1:{}{path}", server.port)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        bytes += answer.bytes().await.unwrap().len();
    }
    assert!(bytes < 50_000, "{bytes} bytes");
    let english =
        client.get(format!("http://127.0.0.1:{}/", server.port)).header("accept-language", "en-GB,en").send().await.unwrap();
    let english = english.text().await.unwrap();
    assert!(english.contains("<html lang=\"en\">") && english.contains("I am not a person"), "{english}");
}

#[tokio::test]
async fn an_open_page_gets_both_sides_live_and_goes_on_where_it_was_cut() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[]).await;
    let citizen = browser();
    let url = |path: &str| format!("http://127.0.0.1:{}{path}", server.port);
    let live = [("text", "đăng ký kết hôn mất bao lâu"), ("live", "1")];
    assert_eq!(citizen.post(url("/say")).form(&live).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let read = async |after: Option<&str>, until: &str| {
        let mut request = citizen.get(url("/events"));
        if let Some(after) = after {
            request = request.header("last-event-id", after);
        }
        let mut body = request.send().await.unwrap().bytes_stream();
        let mut text = String::new();
        let reading = async {
            while !text.contains(until) {
                text.push_str(&String::from_utf8_lossy(&body.next().await.unwrap().unwrap()));
            }
        };
        tokio::time::timeout(Duration::from_secs(20), reading).await.unwrap();
        text
    };
    let events = read(None, "5 ngày làm việc").await;
    let ids: Vec<&str> = events.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    assert_eq!(ids.len(), 2, "{events}");
    let rest = read(Some(ids[0]), "5 ngày làm việc").await;
    assert_eq!(rest.matches("event: entry").count(), 1, "only what came after");
}
