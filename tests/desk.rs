//! Officers at work in a real headless Chromium: signing in, racing for a conversation, answering, giving it back.

use std::path::Path;
use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::browser::{open, shot};
use crate::console::{clock, invited};
use crate::officers::{PASSWORD, code};
use crate::support::house::KEY;
use crate::support::process::{Process, free_port, wait_until};
use crate::support::telegram::{FakeTelegram, TOKEN};

/// A server whose desk is staffed around the clock of working days.
async fn desk(home: &Path) -> Process {
    desk_with(home, &[]).await
}

pub async fn desk_with(home: &Path, more: &[(&str, &str)]) -> Process {
    std::fs::write(home.join("motcua.toml"), "[office]\ndesk = \"00:00-23:59\"\n").unwrap();
    Process::serve(home, free_port(), &[&[("MOTCUA_KEY", KEY)], more].concat()).await
}

pub async fn fill(browser: &Client, css: &str, words: &str) {
    browser.find(Locator::Css(css)).await.unwrap().send_keys(words).await.unwrap();
}

pub async fn press(browser: &Client, css: &str) {
    browser.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
}

async fn text(browser: &Client) -> String {
    match browser.find(Locator::Css("body")).await {
        Ok(body) => body.text().await.unwrap_or_default(),
        Err(_) => String::new(),
    }
}

pub async fn shows(browser: &Client, words: &str) {
    wait_until(&format!("the page shows “{words}”"), || async move { text(browser).await.contains(words) }).await;
}

/// Takes an invitation in the browser with a telephone that is half a minute slow, and signs in with its next code.
pub async fn signs_in(browser: &Client, server: &Process, login: &str, token: &str) {
    browser.goto(&format!("http://127.0.0.1:{}/console/join?token={token}", server.port)).await.unwrap();
    let secret = browser.find(Locator::Css("code")).await.unwrap().text().await.unwrap().replace(' ', "");
    fill(browser, "[name=password]", PASSWORD).await;
    // A code of the half minute before is taken until this one ends: there must be time left to send it.
    wait_until("a half minute is young enough", || async { clock().as_secs() % 30 < 20 }).await;
    fill(browser, "[name=code]", &code(&secret, clock() - Duration::from_secs(30))).await;
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
    shot(browser, page).await;
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

    // What is being typed for it, and the number that is shown once, outlast news.
    citizen.says("căn cước của tôi là 001090012345").await;
    shows(winner, "Xem số đã che").await;
    press(winner, ".citizen details summary").await;
    fill(winner, ".citizen [name=reason]", "tra sổ hộ tịch").await;
    citizen.says("tôi chờ nhé").await;
    shows(other, "tôi chờ nhé").await;
    press(winner, ".citizen details button").await;
    shows(winner, "001090012345").await;
    citizen.says("tôi vẫn chờ").await;
    shows(other, "tôi vẫn chờ").await;
    assert!(text(winner).await.contains("001090012345"));
    assert!(!text(other).await.contains("001090012345"));
    let shown = winner.current_url().await.unwrap();
    winner.goto(shown.as_str().trim_end_matches("/reveal")).await.unwrap();
    shows(winner, "tôi vẫn chờ").await;
    assert!(!text(winner).await.contains("001090012345"), "covered again");
    accessible(winner, "a conversation").await;
    accessible(other, "a conversation of somebody else").await;
    no_wider(&minh, 360, "a conversation").await;

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
    pages(&browser, &server, &["officers", "audit", "channels", "switches", "figures", "me"]).await;
    browser.goto(&format!("http://127.0.0.1:{}/console/sign-in", server.port)).await.unwrap();
    accessible(&browser, "the door").await;
}

#[tokio::test]
async fn what_is_kept_of_somebody_and_what_they_ask_about_it_is_for_everybody() {
    let home = tempfile::tempdir().unwrap();
    let server = desk_with(home.path(), &[("MOTCUA_PUBLIC_URL", "http://hoi.example/")]).await;
    let (_driver, browser, _profile) = open(360).await;
    let at = |path: &str| format!("http://127.0.0.1:{}/{path}", server.port);
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let citizen = Citizen { client, at: at("") };
    for words in ["làm khai sinh cần giấy gì", "dữ liệu của tôi", "yêu cầu khác về dữ liệu", "ai đọc được tin của tôi"]
    {
        citizen.says(words).await;
    }
    citizen.says("dữ liệu của tôi").await;
    let page = citizen.says("xem và tải về").await;
    let link = page.split('"').find_map(|part| part.strip_prefix("http://hoi.example/my-data/")).expect("a link");
    browser.goto(&at(&format!("my-data/{link}"))).await.unwrap();
    shows(&browser, "làm khai sinh cần giấy gì").await;
    accessible(&browser, "what is kept").await;
    no_wider(&browser, 360, "what is kept").await;
    let token = invited(home.path(), "lan", "data-officer");
    signs_in(&browser, &server, "lan", &token).await;
    pages(&browser, &server, &["requests", "me"]).await;
    browser.goto(&at("console/requests")).await.unwrap();
    shows(&browser, "ai đọc được tin của tôi").await;
}

/// Each page can be used by everybody, on a phone too.
pub async fn pages(browser: &Client, server: &Process, paths: &[&str]) {
    for path in paths {
        browser.goto(&format!("http://127.0.0.1:{}/console/{path}", server.port)).await.unwrap();
        shows(browser, "Đăng xuất").await;
        accessible(browser, path).await;
        no_wider(browser, 360, path).await;
    }
}

async fn no_wider(browser: &Client, width: u64, page: &str) {
    let wide = browser.execute("return document.documentElement.scrollWidth", Vec::new()).await.unwrap();
    assert!(wide.as_u64().unwrap() <= width, "{page} is {wide} wide");
}

#[tokio::test]
async fn a_citizen_on_telegram_is_answered_in_the_middle_of_a_walk_and_goes_on() {
    let (home, fake) = (tempfile::tempdir().unwrap(), FakeTelegram::start().await);
    let server = desk_with(home.path(), &[("TELEGRAM_BOT_TOKEN", TOKEN), ("TELEGRAM_API_URL", &fake.url())]).await;
    let (_driver, lan, _profile) = open(1024).await;
    signs_in(&lan, &server, "lan", &invited(home.path(), "lan", "agent")).await;
    let mut number = 100;
    let mut says = |words: &str| {
        number += 1;
        let chat = json!({"id": 5, "type": "private"});
        fake.update(
            json!({"update_id": number, "message": {"message_id": number, "chat": chat, "from": {"id": 5}, "text": words}}),
        );
    };
    let hears = async |words: &str| {
        wait_until(&format!("the citizen hears “{words}”"), || async {
            fake.sent().iter().any(|sent| sent.text.contains(words))
        })
        .await;
    };
    says("làm vneid mức 2 như thế nào");
    hears("Tài khoản VNeID mức 2").await;
    says("Từng bước: Làm tài khoản VNeID mức 2");
    says("bắt đầu");
    hears("Bước 1/").await;
    says("gặp người");
    hears("người thật").await;
    says("nhắn cho cán bộ tại đây");
    hears("Bạn gõ câu hỏi").await;
    says("tôi không có căn cước gắn chip");
    shows(&lan, "tôi không có căn cước gắn chip").await;
    press(&lan, ".tickets a").await;
    shows(&lan, "Đang làm từng bước").await;
    press(&lan, "[value=claim]").await;
    hears("đang trả lời bạn ở đây").await;
    let before = fake.sent().len();
    says("cho tôi, từ 14 tuổi");
    shows(&lan, "cho tôi, từ 14 tuổi").await;
    assert_eq!(fake.sent().len(), before, "buttons of the walk do nothing meanwhile");
    let first = "document.querySelector('.said li').readAloud";
    lan.execute(&format!("{first} = true"), Vec::new()).await.unwrap();
    fill(&lan, "#answer", "Anh ra công an xã làm căn cước trước.").await;
    press(&lan, ".answer button").await;
    hears("Anh ra công an xã làm căn cước trước.").await;
    shows(&lan, "đã gửi").await;
    let read = lan.execute(&format!("return {first}"), Vec::new()).await.unwrap();
    assert_eq!(read, true, "what was said before stays where it is, and is not read aloud again");
    press(&lan, "[value=close]").await;
    hears("Cán bộ đã kết thúc").await;
    let last = fake.sent().pop().unwrap();
    assert!(last.markup.to_string().contains("walk/"), "the walk can be gone on with: {last:?}");
}

#[tokio::test]
async fn an_editor_makes_content_of_a_question_and_citizens_are_answered() {
    let home = tempfile::tempdir().unwrap();
    let server = desk(home.path()).await;
    let (_driver, lan, _profile) = open(360).await;
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let citizen = Citizen { client, at: format!("http://127.0.0.1:{}/", server.port) };
    let question = "xin phép thả diều sáo gần sân bay";
    assert!(citizen.says(question).await.contains("Báo tôi khi có câu trả lời"));
    citizen.says("báo tôi khi có câu trả lời").await;
    signs_in(&lan, &server, "lan", &invited(home.path(), "lan", "editor")).await;
    pages(&lan, &server, &["knowledge", "knowledge/words/vocabulary", "figures", "me"]).await;
    lan.goto(&format!("{}console/knowledge", citizen.at)).await.unwrap();
    shows(&lan, question).await;
    press(&lan, ".lessons summary").await;
    accessible(&lan, "what can be made of a question").await;
    fill(&lan, "[name=official]", "đăng ký tạm trú").await;
    fill(&lan, "[name=codes]", "1.004194").await;
    press(&lan, "[value=word]").await;
    shows(&lan, "bản nháp").await;
    let words = lan.find(Locator::Css("[name=words]")).await.unwrap().prop("value").await.unwrap().unwrap();
    assert!(words.contains("everyday = [\"xin phép thả diều sáo gần sân bay\"]"), "{words}");
    accessible(&lan, "a draft").await;
    press(&lan, "[value=publish]").await;
    shows(&lan, "đang dùng").await;
    citizen.sees("Bạn từng hỏi: «xin phép thả diều sáo gần sân bay»").await;
    assert!(citizen.says(question).await.contains("tạm trú"));
    press(&lan, "[value=back]").await;
    shows(&lan, "đã gỡ").await;

    lan.goto(&format!("{}console/knowledge/guides/dang-ky-khai-sinh", citizen.at)).await.unwrap();
    shows(&lan, "Người dân sẽ thấy").await;
    accessible(&lan, "a guide").await;
    let spoil = "document.querySelector('[name=facts]').value = 'codes = ['";
    lan.execute(spoil, Vec::new()).await.unwrap();
    press(&lan, "[value=save]").await;
    shows(&lan, "guides/dang-ky-khai-sinh/guide.toml:1").await;
    let later = "document.querySelector('[name=begins]').value = '2099-01-05T08:00'";
    lan.execute(later, Vec::new()).await.unwrap();
    press(&lan, "[value=publish]").await;
    shows(&lan, "Chưa đăng: nội dung có lỗi").await;
    let begins = lan.find(Locator::Css("[name=begins]")).await.unwrap().prop("value").await.unwrap();
    assert_eq!(begins.as_deref(), Some("2099-01-05T08:00"), "what was chosen is not lost, or it would be published at once");
}

#[tokio::test]
async fn replies_files_and_dossiers_are_for_everybody() {
    let home = tempfile::tempdir().unwrap();
    let server = desk(home.path()).await;
    let (_driver, lan, _profile) = open(360).await;
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let citizen = Citizen { client, at: format!("http://127.0.0.1:{}/", server.port) };
    signs_in(&lan, &server, "lan", &invited(home.path(), "lan", "agent dossier-officer")).await;
    pages(&lan, &server, &["replies", "papers", "dossiers"]).await;
    lan.goto(&format!("{}console/replies", citizen.at)).await.unwrap();
    fill(&lan, "[name=title]", "Mời ra xã").await;
    fill(&lan, "[name=body]", "Mời bạn ra trung tâm của xã.").await;
    press(&lan, "[value=save]").await;
    shows(&lan, "Mời ra xã").await;
    accessible(&lan, "a reply").await;
    for words in ["gặp người", "nhắn cho cán bộ tại đây", "hỏi chút"] {
        citizen.says(words).await;
    }
    lan.goto(&format!("{}console/inbox", citizen.at)).await.unwrap();
    shows(&lan, "hỏi chút").await;
    press(&lan, ".tickets a").await;
    shows(&lan, "Nhận trả lời").await;
    press(&lan, "[value=claim]").await;
    shows(&lan, "Câu mẫu").await;
    press(&lan, "#reply ~ button, form:has(#reply) button").await;
    let begun = lan.find(Locator::Id("answer")).await.unwrap().prop("value").await.unwrap().unwrap();
    assert_eq!(begun, "Mời bạn ra trung tâm của xã.");
    press(&lan, ".answer button").await;
    citizen.sees("Mời bạn ra trung tâm của xã.").await;

    let photo = home.path().join("mau.jpg");
    std::fs::write(&photo, crate::papers::photo(None)).unwrap();
    fill(&lan, "[name=file]", photo.to_str().unwrap()).await;
    press(&lan, "form[enctype] button").await;
    citizen.sees("Mở ảnh hoặc tệp cán bộ gửi").await;
    let page = citizen.client.get(&citizen.at).send().await.unwrap().text().await.unwrap();
    let link = page.split("href=\"/files/").nth(1).unwrap_or_else(|| panic!("{page}")).split('"').next().unwrap();
    let file = reqwest::get(format!("{}files/{link}", citizen.at)).await.unwrap();
    assert_eq!(file.headers()["content-type"], "image/jpeg");
    assert!(file.bytes().await.unwrap().len() > 1_000);
    assert_eq!(reqwest::get(format!("{}files/{}", citizen.at, "0".repeat(32))).await.unwrap().status(), 404);
    let sent = reqwest::multipart::Form::new()
        .text("for", "desk")
        .part("file", reqwest::multipart::Part::bytes(crate::papers::photo(None)).file_name("don.jpg"));
    citizen.client.post(format!("{}send", citizen.at)).multipart(sent).send().await.unwrap();
    wait_until("the officer sees both", || async { lan.find_all(Locator::Css(".enclosed")).await.unwrap().len() == 2 }).await;
    accessible(&lan, "a conversation with photos").await;
    fill(&lan, "[name=words][maxlength='130']", "Khai sinh, GẤP").await;
    press(&lan, "[value=label]").await;
    let labels = "[name=words][maxlength='130']";
    wait_until("the labels are kept", || async {
        let field = lan.find(Locator::Css(labels)).await.ok();
        let kept = match field {
            Some(field) => field.prop("value").await.ok().flatten(),
            None => None,
        };
        kept.as_deref() == Some("khai sinh, gấp")
    })
    .await;
    lan.goto(&format!("{}console/inbox?tab=mine&q=gap", citizen.at)).await.unwrap();
    shows(&lan, "khai sinh").await;
}
