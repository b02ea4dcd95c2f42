//! The officers' pages over HTTP, as a browser without JavaScript sees them, served by the real program.

use std::path::Path;
use std::time::Duration;

use motcua::app::SystemClock;
use motcua::domain::Clock;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};

use crate::officers::{PASSWORD, code};
use crate::support::house::KEY;
use crate::support::office::event;
use crate::support::process::{Process, free_port, motcua};

/// A server with a console, and the port it listens on.
async fn console(home: &Path) -> Process {
    Process::serve(home, free_port(), &[("MOTCUA_KEY", KEY)]).await
}

pub fn browser() -> Client {
    Client::builder().cookie_store(true).build().unwrap()
}

pub fn at(server: &Process, path: &str) -> String {
    format!("http://127.0.0.1:{}{path}", server.port)
}

/// An officer whom the clerk added with these roles; the token of the invitation.
pub fn invited(home: &Path, login: &str, role: &str) -> String {
    let name = format!("Cô {login}");
    let arguments = ["officer", "add", login, "--name", &name];
    let roles = role.split(' ').flat_map(|role| ["--role", role]);
    let output = motcua(home).env("MOTCUA_KEY", KEY).args(arguments).args(roles).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.split("token=").nth(1).expect(&printed).trim().to_owned()
}

pub fn field(page: &str, name: &str) -> String {
    let marked = format!("name=\"{name}\" value=\"");
    page.split(&marked).nth(1).unwrap_or_else(|| panic!("no {name} in {page}")).split('"').next().unwrap().to_owned()
}

pub async fn read(client: &Client, url: &str) -> String {
    client.get(url).send().await.unwrap().text().await.unwrap()
}

pub fn clock() -> Duration {
    Duration::from_millis(u64::try_from(SystemClock.now().0).unwrap())
}

/// Takes an invitation through the pages, and signs in with a recovery code: no code of the telephone has to be waited for.
pub async fn signs_in(server: &Process, client: &Client, login: &str, token: &str) -> String {
    let page = read(client, &at(server, &format!("/console/join?token={token}"))).await;
    assert!(page.contains("<svg") && page.contains("Microsoft Authenticator"), "{page}");
    let secret = page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().replace(' ', "");
    let sealed = field(&page, "sealed");
    let form = [("token", token), ("sealed", &sealed), ("password", PASSWORD), ("code", &code(&secret, clock()))];
    let page = client.post(at(server, "/console/join")).form(&form).send().await.unwrap().text().await.unwrap();
    let recovery = page.split("<li><code>").nth(1).unwrap_or_else(|| panic!("{page}")).split('<').next().unwrap().to_owned();
    let form = [("login", login), ("password", PASSWORD), ("code", &recovery), ("to", "/console")];
    let signed = client.post(at(server, "/console/sign-in")).form(&form).send().await.unwrap();
    assert_eq!(signed.status(), StatusCode::OK);
    signed.text().await.unwrap()
}

#[tokio::test]
async fn an_officer_comes_in_by_invitation_and_sees_what_is_theirs() {
    let home = tempfile::tempdir().unwrap();
    let server = console(home.path()).await;
    let (lan, token) = (browser(), invited(home.path(), "lan", "administrator"));
    let page = signs_in(&server, &lan, "lan", &token).await;
    assert!(page.contains("href=\"/console/officers\"") && !page.contains("href=\"/console/papers\""), "{page}");
    let key = field(&page, "form_key");
    let add = |key: &str, login: &str, grants: &str| {
        let form = [("form_key", key), ("login", login), ("name", "Minh <b>"), ("grants", grants)]
            .map(|(n, v)| (n.to_owned(), v.to_owned()));
        lan.post(at(&server, "/console/officers/add")).form(&form).send()
    };
    let page = add(&key, "minh", "viewer, dossier-officer@ubnd-a").await.unwrap().text().await.unwrap();
    assert!(page.contains("/console/join?token=") && page.contains("Minh &lt;b&gt;"), "{page}");
    let again = add(&key, "minh", "viewer").await.unwrap();
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().await.unwrap().contains("đã có người dùng"));
    assert!(page.contains("Không có cơ quan nào tên: ubnd-a."), "{page}");
    let refused = add(&key, "hoa", "viewer, boss").await.unwrap().text().await.unwrap();
    assert!(
        refused.contains("Không có quyền «boss»")
            && refused.contains("value=\"hoa\"")
            && refused.contains("value=\"viewer, boss\"")
    );
    let audit = read(&lan, &at(&server, "/console/audit?of=minh")).await;
    assert!(audit.contains("thêm cán bộ: viewer, dossier-officer@ubnd-a") && audit.contains(">lan<"), "{audit}");
    let english =
        lan.get(at(&server, "/console/officers")).header("accept-language", "en").send().await.unwrap().text().await.unwrap();
    assert!(english.contains("Add an officer"));

    let back = field(&english, "back");
    let form = [("form_key", key.as_str()), ("to", "en"), ("back", &back)];
    let turned = lan.post(at(&server, "/console/language")).form(&form).send().await.unwrap();
    assert_eq!(turned.url().path(), "/console/officers", "the same page, in the other language");
    assert!(turned.text().await.unwrap().contains("Add an officer"));
    let away = [("form_key", key.as_str()), ("to", "en"), ("back", "https://evil.example/")];
    let turned = lan.post(at(&server, "/console/language")).form(&away).send().await.unwrap();
    assert!(turned.url().host_str() == Some("127.0.0.1") && turned.url().path().starts_with("/console"), "{}", turned.url());
}

#[tokio::test]
async fn a_viewer_does_no_more_than_look() {
    let home = tempfile::tempdir().unwrap();
    let server = console(home.path()).await;
    let (viewer, token) = (browser(), invited(home.path(), "minh", "viewer"));
    let page = signs_in(&server, &viewer, "minh", &token).await;
    let key = field(&page, "form_key");
    for path in ["/console/officers", "/console/audit", "/console/papers"] {
        assert_eq!(viewer.get(at(&server, path)).send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
    }
    let form = [("form_key", key.as_str()), ("login", "evil"), ("name", "x"), ("grants", "administrator"), ("what", "grant")];
    for path in
        ["/console/officers/add", "/console/officers/change", "/console/papers/0190b1f2-0000-7000-8000-000000000000/decide"]
    {
        let answer = viewer.post(at(&server, path)).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn no_other_site_and_no_old_session_acts() {
    let home = tempfile::tempdir().unwrap();
    let server = console(home.path()).await;
    let (lan, token) = (browser(), invited(home.path(), "lan", "administrator"));
    let page = signs_in(&server, &lan, "lan", &token).await;
    let key = field(&page, "form_key");
    let form = |key: &str| {
        [("form_key", key.to_owned()), ("login", "evil".into()), ("name", "x".into()), ("grants", "administrator".into())]
    };
    let post = |key: &str| lan.post(at(&server, "/console/officers/add")).form(&form(key));
    for wrong in ["", "0", &"a".repeat(64)] {
        assert_eq!(post(wrong).send().await.unwrap().status(), StatusCode::FORBIDDEN, "without the key of the session");
    }
    let foreign = post(&key).header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    let old = post(&key).header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(old.status(), StatusCode::FORBIDDEN, "a browser that only tells its origin");

    // Somebody copied the cookie; then the officer signs out.
    let plain = Client::builder().redirect(Policy::none()).build().unwrap();
    let answer = lan.get(at(&server, "/console/officers")).send().await.unwrap();
    for (name, value) in [
        ("content-security-policy", "default-src 'none'"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert!(answer.headers()[name].to_str().unwrap().contains(value), "{name}");
    }
    let door = plain.get(at(&server, "/console/officers")).send().await.unwrap();
    assert_eq!(door.headers()["location"], "/console/sign-in?to=%2Fconsole%2Fofficers");
    let form = [("login", "lan"), ("password", "wrong"), ("code", "1"), ("to", "https://evil.example/")];
    let refused = plain.post(at(&server, "/console/sign-in")).form(&form).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let page = refused.text().await.unwrap();
    assert!(!page.contains("evil.example") && !page.contains("wrong"), "nothing typed comes back but the login");
    let signed_out = lan.post(at(&server, "/console/sign-out")).form(&[("form_key", &key)]).send().await.unwrap();
    assert!(signed_out.url().path().ends_with("/console/sign-in"));
    assert_eq!(post(&key).send().await.unwrap().url().path(), "/console/sign-in", "the session is over");
}

#[tokio::test]
async fn a_stolen_cookie_is_worth_nothing_after_signing_out() {
    let home = tempfile::tempdir().unwrap();
    let server = console(home.path()).await;
    let token = invited(home.path(), "lan", "administrator");
    let lan = Client::builder().redirect(Policy::none()).build().unwrap();
    let page = read(&lan, &at(&server, &format!("/console/join?token={token}"))).await;
    let secret = page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().replace(' ', "");
    let sealed = field(&page, "sealed");
    let form = [("token", token.as_str()), ("sealed", &sealed), ("password", PASSWORD), ("code", &code(&secret, clock()))];
    let page = lan.post(at(&server, "/console/join")).form(&form).send().await.unwrap().text().await.unwrap();
    let recovery = page.split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let form = [("login", "lan"), ("password", PASSWORD), ("code", &recovery)];
    let signed = lan.post(at(&server, "/console/sign-in")).form(&form).send().await.unwrap();
    let cookies: Vec<&str> = signed.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("console=")).unwrap();
    assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax") && !session.contains("Max-Age"), "{session}");
    let stolen = session.split(';').next().unwrap().to_owned();
    let look = || lan.get(at(&server, "/console/officers")).header("cookie", &stolen).send();
    let page = look().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let key = field(&page.text().await.unwrap(), "form_key");
    lan.post(at(&server, "/console/sign-out")).header("cookie", &stolen).form(&[("form_key", &key)]).send().await.unwrap();
    assert_eq!(look().await.unwrap().status(), StatusCode::SEE_OTHER, "to the door");
}

#[tokio::test]
async fn a_dossier_officer_sees_and_works_on_the_dossiers_of_their_agency() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = motcua(home.path()).env("MOTCUA_KEY", KEY).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let printed = run(&["agency", "add", "ubnd-mau", "--name", "UBND phường mẫu"]);
    let bearer = printed.split_whitespace().find(|word| word.starts_with("mc_")).unwrap().to_owned();
    let server = console(home.path()).await;
    let mut late = event("e1", "4", "2026-11-01 09:00:00");
    late["appointment_at"] = "2026-11-10 16:30:00".into();
    let events = serde_json::json!({ "events": [late] });
    Client::new().post(at(&server, "/api/v1/dossiers/events")).bearer_auth(bearer).json(&events).send().await.unwrap();

    let (lan, token) = (browser(), invited(home.path(), "lan", "dossier-officer@ubnd-mau"));
    signs_in(&server, &lan, "lan", &token).await;
    let (stranger, token) = (browser(), invited(home.path(), "minh", "dossier-officer@ubnd-khac"));
    signs_in(&server, &stranger, "minh", &token).await;
    let list = read(&lan, &at(&server, "/console/dossiers")).await;
    assert!(list.contains("H44.101-261015-0042"), "{list}");
    assert!(!read(&stranger, &at(&server, "/console/dossiers")).await.contains("H44.101"));
    let page = at(&server, "/console/dossiers/H441012610150042");
    assert_eq!(stranger.get(&page).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let shown = read(&lan, &page).await;
    assert!(shown.contains("N. V. Thử") && shown.contains("Soạn phiếu") && !shown.contains("NGUYỄN VĂN THỬ"), "{shown}");
    let key = field(&shown, "form_key");
    let post =
        async |form: &[(&str, &str)]| lan.post(format!("{page}/do")).form(form).send().await.unwrap().text().await.unwrap();
    let late = post(&[("form_key", &key), ("what", "draft"), ("reason", "Chờ ký"), ("date", "2026-01-01")]).await;
    assert!(
        late.contains("phía trước") && late.contains(">Chờ ký</textarea>") && late.contains("value=\"2026-01-01\""),
        "{late}"
    );
    let slip = read(&lan, &at(&server, "/console/dossiers?code=H44")).await;
    assert!(slip.contains("Không đọc được mã hồ sơ này") && slip.contains("value=\"H44\""), "{slip}");
    let drafted = post(&[("form_key", &key), ("what", "draft"), ("reason", "Chờ xác minh"), ("date", "2099-01-05")]).await;
    let letter = field(&drafted, "letter");
    let paper = read(&lan, &at(&server, &format!("/letters/{}", letter.replace('-', "")))).await;
    assert!(paper.contains("BẢN NHÁP") && paper.contains("Chờ xác minh"));
    let signed = post(&[("form_key", &key), ("what", "sign"), ("letter", &letter)]).await;
    assert!(
        signed.contains("Đã ký") && signed.contains("lan: soạn phiếu xin lỗi") && signed.contains("lan: ký phiếu xin lỗi"),
        "{signed}"
    );
    let twice = post(&[("form_key", &key), ("what", "sign"), ("letter", &letter)]).await;
    let letters = format!("/letters/{}", letter.replace('-', ""));
    assert!(read(&lan, &page).await.contains(&letters), "the letter is found again");
    assert!(twice.contains("Đã ký") && twice.matches("lan: ký phiếu xin lỗi").count() == 1, "{twice}");
    let theirs = field(&read(&stranger, &at(&server, "/console/dossiers")).await, "form_key");
    let refused =
        stranger.post(format!("{page}/do")).form(&[("form_key", theirs.as_str()), ("what", "reopen")]).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::NOT_FOUND, "another agency's dossier is not there");
}

#[tokio::test]
async fn channels_are_for_administrators_and_tell_how_zalo_stands() {
    let home = tempfile::tempdir().unwrap();
    let zalo =
        [("MOTCUA_KEY", KEY), ("ZALO_APP_ID", "431515"), ("ZALO_APP_SECRET", "s"), ("MOTCUA_PUBLIC_URL", "http://hoi.example")];
    let server = Process::serve(home.path(), free_port(), &zalo).await;
    let (lan, token) = (browser(), invited(home.path(), "lan", "administrator"));
    let page = signs_in(&server, &lan, "lan", &token).await;
    let key = field(&page, "form_key");
    assert!(read(&lan, &at(&server, "/console/channels")).await.contains("Chưa nối tài khoản"));
    let asked =
        lan.post(at(&server, "/console/channels")).form(&[("form_key", &key)]).send().await.unwrap().text().await.unwrap();
    assert!(asked.contains("oauth.zaloapp.com") && asked.contains("code_challenge"), "{asked}");
    let (minh, token) = (browser(), invited(home.path(), "minh", "agent"));
    signs_in(&server, &minh, "minh", &token).await;
    assert_eq!(minh.get(at(&server, "/console/channels")).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}
