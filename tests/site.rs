//! Guides as pages, served by the real program to a browser without JavaScript or cookies.

use reqwest::{Client, StatusCode};

use crate::support::process::{Process, free_port};

async fn page(server: &Process, path: &str) -> (StatusCode, String) {
    let answer = Client::new().get(format!("http://127.0.0.1:{}{path}", server.port)).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test]
async fn guides_are_listed_found_and_shown_whole_in_both_languages() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[("MOTCUA_PUBLIC_URL", "https://hoi.example")]).await;

    let (status, list) = page(&server, "/guides").await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains("/guides/dang-ky-khai-sinh?lang=vi") && list.contains("1.001193"));
    let (_, found) = page(&server, "/guides?lang=en&q=lam%20khai%20sinh%20cho%20con").await;
    let first = found.find("<li>").map(|at| &found[at..at + 120]).unwrap();
    assert!(first.contains("/guides/dang-ky-khai-sinh?lang=en") && first.contains("Birth"), "{first}");
    let (_, none) = page(&server, "/guides?q=%3Cscript%3Eqwzx%3C/script%3E").await;
    assert!(none.contains("&lt;script&gt;") && !none.contains("<script"), "what was typed stays text");

    let (status, guide) = page(&server, "/guides/dang-ky-khai-sinh?lang=vi").await;
    assert_eq!(status, StatusCode::OK);
    for part in [
        "<h1>Đăng ký khai sinh</h1>",
        "Giấy chứng sinh",
        "Các bước",
        "Nộp ở đâu",
        "Căn cứ",
        "Con tôi sinh ở nhà",
        "Kiểm tra ngày",
    ] {
        assert!(guide.contains(part), "{part}");
    }
    assert!(guide.contains("https://hoi.example/open/dang-ky-khai-sinh") && guide.contains("<svg"), "the code reopens the chat");
    assert!(guide.contains("Việc liên quan") && guide.contains("/guides/lien-thong-khai-sinh?lang=vi"), "what people need next");
    let (_, english) = page(&server, "/guides/dang-ky-khai-sinh?lang=en").await;
    let (_, asked) = page(&server, "/guides/dang-ky-khai-sinh/papers?lang=vi").await;
    assert!(asked.contains("type=\"radio\"") && !asked.contains("Cần mang"), "questions first");
    let (_, list) =
        page(&server, "/guides/dang-ky-khai-sinh/papers?lang=vi&truong-hop=khong-giay&nguoi-di=cha-me&x=%3Cb%3E").await;
    assert!(list.contains("Cần mang") && list.contains("người làm chứng") && !list.contains("ủy quyền"), "{list}");
    assert_eq!(page(&server, "/guides/no-such/papers").await.0, StatusCode::NOT_FOUND);
    assert!(english.contains("<html lang=\"en\">") && english.contains("Birth"));
    assert_eq!(page(&server, "/guides/no-such").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_code_on_paper_opens_the_guide_in_the_chat() {
    let home = tempfile::tempdir().unwrap();
    let server = Process::serve(home.path(), free_port(), &[]).await;
    let phone = Client::builder().cookie_store(true).build().unwrap();
    let url = format!("http://127.0.0.1:{}/open/dang-ky-ket-hon", server.port);
    let chat = phone.get(url).send().await.unwrap().text().await.unwrap();
    assert!(chat.contains("Đăng ký kết hôn") && chat.contains("guide/dang-ky-ket-hon/documents"), "{chat}");
    let stale = phone.get(format!("http://127.0.0.1:{}/open/gone", server.port)).send().await.unwrap();
    assert_eq!(stale.status(), StatusCode::OK, "a leaflet may be older than the content");
}
