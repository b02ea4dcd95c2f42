//! An announcement in a real headless Chromium: written by one, approved by two others, on a citizen's phone, and accounted for.

use fantoccini::{Client, Locator};
use serde_json::json;

use crate::browser::open;
use crate::console::invited;
use crate::desk::{desk_with, fill, pages, press, shows, signs_in};
use crate::support::process::wait_until;
use crate::support::telegram::{FakeTelegram, TOKEN};

async fn tick(browser: &Client, name: &str, value: &str) {
    let field = browser.find(Locator::Css(&format!("[name={name}]"))).await.unwrap();
    field.select_by_value(value).await.unwrap();
}

#[tokio::test]
async fn an_emergency_is_written_approved_by_two_and_reaches_a_phone() {
    let (home, fake) = (tempfile::tempdir().unwrap(), FakeTelegram::start().await);
    let server = desk_with(home.path(), &[("TELEGRAM_BOT_TOKEN", TOKEN), ("TELEGRAM_API_URL", &fake.url())]).await;
    let chat = json!({"id": 5, "type": "private"});
    fake.update(json!({"update_id": 1, "message": {"message_id": 1, "chat": chat, "from": {"id": 5}, "text": "xin chào"}}));
    wait_until("the citizen is greeted", || async { !fake.sent().is_empty() }).await;

    let (_one, lan, _lan) = open(360).await;
    signs_in(&lan, &server, "lan", &invited(home.path(), "lan", "broadcaster")).await;
    pages(&lan, &server, &["broadcasts", "broadcasts/new"]).await;
    // Nothing is proposed that cannot be sent, and nothing typed is lost.
    press(&lan, "form.broadcast [name=title]").await;
    fill(&lan, "[name=title]", "Lũ quét ở {nơi ấy}").await;
    fill(&lan, "[name=places]", "xã Không Có").await;
    press(&lan, "form.broadcast > button").await;
    for fault in ["Tiếng Việt: còn trống", "chỗ điền không có «{»", "không có xã, phường này «xã Không Có»"]
    {
        shows(&lan, fault.trim_start_matches("Tiếng Việt: ")).await;
    }
    lan.find(Locator::LinkText("Sửa")).await.unwrap().click().await.unwrap();
    for name in ["title", "places"] {
        lan.find(Locator::Css(&format!("[name={name}]"))).await.unwrap().clear().await.unwrap();
    }
    fill(&lan, "[name=title]", "Lũ quét").await;
    fill(&lan, "[name=vi]", "Nước lên nhanh. Bà con lên chỗ cao ngay, gọi 112.").await;
    tick(&lan, "class", "emergency").await;
    press(&lan, "form.broadcast > button").await;
    shows(&lan, "bản nháp").await;
    shows(&lan, "1 người").await;
    let page = lan.current_url().await.unwrap();
    let path = page.path().trim_start_matches("/console/").to_owned();
    press(&lan, "[value=propose]").await;
    shows(&lan, "Người soạn không được duyệt").await;
    pages(&lan, &server, &[&path, &format!("{path}/change"), &format!("{path}/script")]).await;
    lan.goto(&format!("{page}/poster")).await.unwrap();
    shows(&lan, "KHẨN CẤP").await;

    let (_other, other, _minh) = open(1024).await;
    for (login, after) in [("minh", "1 / 2"), ("tuan", "đã gửi xong")] {
        signs_in(&other, &server, login, &invited(home.path(), login, "approver")).await;
        other.goto(page.as_str()).await.unwrap();
        press(&other, "[value=approve]").await;
        shows(&other, after).await;
        press(&other, ".who form[action$=sign-out] button").await;
        shows(&other, "Mã trên điện thoại").await;
    }
    let told = fake.sent().into_iter().next_back().unwrap();
    assert!(told.chat == 5 && told.text.contains("KHẨN CẤP: Lũ quét"), "{told:?}");
    lan.goto(page.as_str()).await.unwrap();
    shows(&lan, "1 / 1").await;
    pages(&lan, &server, &["broadcasts", &path]).await;
}
