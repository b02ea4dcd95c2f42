//! Officers at work in a real headless Chromium: signing in, racing for a conversation, answering, giving it back.

use std::path::Path;
use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::Value;

use crate::browser::open;
use crate::console::{clock, invited};
use crate::officers::{PASSWORD, code};
use crate::support::house::KEY;
use crate::support::process::{Process, free_port, wait_until};

/// A server whose desk is staffed around the clock of working days.
async fn desk(home: &Path) -> Process {
    std::fs::write(home.join("motcua.toml"), "[office]\ndesk = \"00:00-23:59\"\n").unwrap();
    Process::serve(home, free_port(), &[("MOTCUA_KEY", KEY)]).await
}

async fn fill(browser: &Client, css: &str, words: &str) {
    browser.find(Locator::Css(css)).await.unwrap().send_keys(words).await.unwrap();
}

async fn press(browser: &Client, css: &str) {
    browser.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
}

async fn text(browser: &Client) -> String {
    match browser.find(Locator::Css("body")).await {
        Ok(body) => body.text().await.unwrap_or_default(),
        Err(_) => String::new(),
    }
}

async fn shows(browser: &Client, words: &str) {
    wait_until(&format!("the page shows “{words}”"), || async move { text(browser).await.contains(words) }).await;
}

/// Takes an invitation in the browser with a telephone that is half a minute slow, and signs in with its next code.
async fn signs_in(browser: &Client, server: &Process, login: &str, token: &str) {
    browser.goto(&format!("http://127.0.0.1:{}/console/join?token={token}", server.port)).await.unwrap();
    let secret = browser.find(Locator::Css("code")).await.unwrap().text().await.unwrap().replace(' ', "");
    fill(browser, "[name=code]", &code(&secret, clock() - Duration::from_secs(30))).await;
    fill(browser, "[name=password]", PASSWORD).await;
    press(browser, "form button").await;
    shows(browser, "Mã dự phòng").await;
    press(browser, "a.button").await;
    shows(browser, "Mã trên điện thoại").await;
    fill(browser, "[name=login]", login).await;
    fill(browser, "[name=password]", PASSWORD).await;
    fill(browser, "[name=code]", &code(&secret, clock())).await;
    press(browser, "form button").await;
    shows(browser, "Đăng xuất").await;
}

/// What a checker of accessibility finds; nothing where it is not installed.
async fn accessible(browser: &Client, page: &str) {
    let Some(script) = std::env::var_os("TEST_AXE") else { return };
    browser.execute(&std::fs::read_to_string(script).unwrap(), Vec::new()).await.unwrap();
    let run = "const done = arguments[0]; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then(found => done(found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '))))";
    let found = browser.execute_async(run, Vec::new()).await.unwrap();
    assert_eq!(found, Value::Array(Vec::new()), "{page}");
}

/// A citizen without JavaScript who writes to the officers.
struct Citizen {
    client: reqwest::Client,
    at: String,
}

impl Citizen {
    async fn says(&self, words: &str) -> String {
        self.client.post(format!("{}say", self.at)).form(&[("text", words)]).send().await.unwrap().text().await.unwrap()
    }

    async fn sees(&self, words: &str) {
        wait_until(&format!("the citizen sees “{words}”"), || async {
            self.client.get(&self.at).send().await.unwrap().text().await.unwrap().contains(words)
        })
        .await;
    }
}

#[tokio::test]
async fn two_officers_race_for_a_citizen_and_one_answers() {
    let home = tempfile::tempdir().unwrap();
    let server = desk(home.path()).await;
    let (_one, lan, _lan) = open(1024).await;
    let (_other, minh, _minh) = open(360).await;
    signs_in(&lan, &server, "lan", &invited(home.path(), "lan", "agent")).await;
    signs_in(&minh, &server, "minh", &invited(home.path(), "minh", "agent")).await;
    shows(&lan, "Không có gì ở đây").await;
    accessible(&lan, "an empty inbox").await;

    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let citizen = Citizen { client, at: format!("http://127.0.0.1:{}/", server.port) };
    citizen.says("làm tài khoản vneid").await;
    for words in ["gặp người", "nhắn cho cán bộ tại đây", "tôi mất <b>giấy</b> chứng sinh"] {
        citizen.says(words).await;
    }
    shows(&lan, "tôi mất <b>giấy</b> chứng sinh").await;
    shows(&minh, "tôi mất <b>giấy</b> chứng sinh").await;
    accessible(&lan, "an inbox").await;
    accessible(&minh, "an inbox on a phone").await;

    for browser in [&lan, &minh] {
        press(browser, ".tickets a").await;
        shows(browser, "Nhận trả lời").await;
    }
    tokio::join!(press(&lan, "[value=claim]"), press(&minh, "[value=claim]"));
    for browser in [&lan, &minh] {
        shows(browser, "đang trả lời").await;
    }
    let lan_has = lan.find(Locator::Id("answer")).await.is_ok();
    let minh_has = minh.find(Locator::Id("answer")).await.is_ok();
    assert!(lan_has != minh_has, "one of them has it");
    let (winner, other) = if lan_has { (&lan, &minh) } else { (&minh, &lan) };
    shows(other, "Người khác đã nhận trước").await;
    citizen.sees("đang trả lời bạn ở đây").await;

    fill(winner, "#answer", "Anh làm đơn có người làm chứng nhé.").await;
    press(winner, ".answer button").await;
    citizen.sees("Anh làm đơn có người làm chứng nhé.").await;
    shows(other, "Anh làm đơn có người làm chứng nhé.").await;
    shows(winner, "đã gửi").await;
    let page = citizen.says("dạ vâng, 2").await;
    assert!(!page.contains("Tôi chưa tìm thấy"), "the program is quiet");
    shows(winner, "dạ vâng, 2").await;
    accessible(winner, "a conversation").await;
    accessible(other, "a conversation of somebody else").await;

    fill(winner, ".brief textarea", "đã kiểm tra sổ hộ tịch").await;
    press(winner, "[value=note]").await;
    shows(winner, "đã kiểm tra sổ hộ tịch").await;
    press(winner, "[value=close]").await;
    shows(winner, "Hộp thư").await;
    citizen.sees("Cán bộ đã kết thúc").await;
    assert!(!citizen.says("hài lòng").await.contains("đã kiểm tra sổ hộ tịch"), "a note is never the citizen's to read");
    shows(other, "Đã kết thúc").await;
}

#[tokio::test]
async fn the_pages_of_whoever_looks_after_officers_are_for_everybody() {
    let home = tempfile::tempdir().unwrap();
    let server = desk(home.path()).await;
    let (_driver, browser, _profile) = open(360).await;
    let token = invited(home.path(), "lan", "administrator");
    browser.goto(&format!("http://127.0.0.1:{}/console/join?token={token}", server.port)).await.unwrap();
    accessible(&browser, "an invitation").await;
    signs_in(&browser, &server, "lan", &token).await;
    for path in ["officers", "audit", "channels"] {
        browser.goto(&format!("http://127.0.0.1:{}/console/{path}", server.port)).await.unwrap();
        shows(&browser, "Đăng xuất").await;
        accessible(&browser, path).await;
        let wide = browser.execute("return document.documentElement.scrollWidth", Vec::new()).await.unwrap();
        assert!(wide.as_u64().unwrap() <= 360, "{path} is {wide} wide");
    }
    browser.goto(&format!("http://127.0.0.1:{}/console/sign-in", server.port)).await.unwrap();
    accessible(&browser, "the door").await;
}
