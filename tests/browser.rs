//! The web chat in a real headless Chromium, at the width of a cheap phone.

use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::support::process::{Process, free_port, wait_until};

/// A chromedriver of its own for each test, killed when dropped.
pub struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What is seen, whole, for whoever set `SCREENSHOTS` to a folder and wants to look.
pub async fn shot(browser: &Client, name: &str) {
    let Some(folder) = std::env::var_os("SCREENSHOTS") else { return };
    let (width, height) = browser.get_window_size().await.unwrap();
    let whole = browser.execute("return document.documentElement.scrollHeight", vec![]).await.unwrap();
    browser
        .set_window_size(u32::try_from(width).unwrap(), u32::try_from(whole.as_u64().unwrap()).unwrap().max(320))
        .await
        .unwrap();
    let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), browser.screenshot().await.unwrap()).unwrap();
    browser.set_window_size(u32::try_from(width).unwrap(), u32::try_from(height).unwrap()).await.unwrap();
}

/// A window of that width.
pub async fn open(width: u32) -> (Driver, Client, tempfile::TempDir) {
    let port = free_port();
    let driver = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let driver = Driver(driver.expect("chromedriver is missing: run tests/run, which installs it"));
    let profile = tempfile::tempdir().unwrap();
    let arguments = [
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-background-networking".to_owned(),
        "--no-first-run".to_owned(),
        "--lang=vi".to_owned(),
        "--accept-lang=vi".to_owned(),
        format!("--user-data-dir={}", profile.path().display()),
    ];
    let mobile = json!({ "deviceMetrics": { "width": width, "height": 740, "pixelRatio": 1.0, "mobile": true } });
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("goog:chromeOptions".into(), json!({ "args": arguments, "mobileEmulation": mobile }));
    let client = reqwest::Client::new();
    wait_until("chromedriver answers", || {
        let request = client.get(format!("http://127.0.0.1:{port}/status")).send();
        async move { request.await.is_ok() }
    })
    .await;
    let browser = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap();
    (driver, browser, profile)
}

async fn said_by_the_bot(browser: &Client) -> Vec<String> {
    let mut texts = Vec::new();
    for item in browser.find_all(Locator::Css("li.us")).await.unwrap() {
        texts.push(item.text().await.unwrap_or_default());
    }
    texts
}

#[tokio::test]
async fn a_citizen_asks_and_presses_a_button_on_a_small_phone() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[]).await;
    let (_driver, browser, _profile) = open(360).await;
    browser.goto(&format!("http://127.0.0.1:{}/", server.port)).await.unwrap();

    let field = browser.find(Locator::Id("q")).await.unwrap();
    field.send_keys("lam khai sinh cho con can giay to j\n").await.unwrap();
    wait_until("the answer is there", || async {
        said_by_the_bot(&browser).await.iter().any(|text| text.contains("Giấy chứng sinh"))
    })
    .await;
    assert_eq!(browser.find_all(Locator::Css("li.you")).await.unwrap().len(), 1, "shown once");
    let before = browser.current_url().await.unwrap();

    let buttons = browser.find_all(Locator::Css("li.us:last-child .choices button")).await.unwrap();
    let mut fee = None;
    for button in buttons {
        if button.text().await.unwrap() == "Lệ phí" {
            fee = Some(button);
        }
    }
    fee.unwrap().click().await.unwrap();
    wait_until("the fee is there", || async { said_by_the_bot(&browser).await.iter().any(|text| text.contains("miễn phí")) })
        .await;
    assert_eq!(browser.current_url().await.unwrap(), before, "the page was not reloaded");

    let wide = browser.execute("return document.documentElement.scrollWidth", vec![]).await.unwrap();
    assert!(wide.as_u64().unwrap() <= 360, "the page is wider than the phone: {wide}");
    let small = "return [...document.querySelectorAll('button,input:not([type=hidden])')].filter(e => e.getBoundingClientRect().height < 36).length";
    assert_eq!(browser.execute(small, vec![]).await.unwrap(), json!(0), "everything can be hit with a thumb");
    let nameless = "return [...document.querySelectorAll('input:not([type=hidden])')].filter(e => !e.labels.length).length";
    assert_eq!(browser.execute(nameless, vec![]).await.unwrap(), json!(0), "every field has a label");
    shot(&browser, "chat-360").await;

    browser.refresh().await.unwrap();
    assert_eq!(browser.find_all(Locator::Css("li.you")).await.unwrap().len(), 2, "a reload loses nothing");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_page_lives_on_when_the_server_restarts() {
    let home = tempfile::tempdir().unwrap();
    let port = free_port();
    let server = Process::serve(home.path(), port, &[]).await;
    let (_driver, browser, _profile) = open(360).await;
    browser.goto(&format!("http://127.0.0.1:{port}/")).await.unwrap();
    let ask = async |text: &str| browser.find(Locator::Id("q")).await.unwrap().send_keys(&format!("{text}\n")).await.unwrap();
    ask("đăng ký kết hôn cần gì").await;
    wait_until("the first answer is there", || async {
        said_by_the_bot(&browser).await.iter().any(|text| text.contains("Tờ khai"))
    })
    .await;
    server.kill();
    let _server = Process::serve(home.path(), port, &[]).await;
    ask("mất bao lâu").await;
    wait_until("the second answer is there", || async {
        said_by_the_bot(&browser).await.iter().any(|text| text.contains("Về thủ tục: Đăng ký kết hôn"))
    })
    .await;
    browser.close().await.unwrap();
}
