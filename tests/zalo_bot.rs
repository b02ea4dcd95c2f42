//! Zalo's Bot Platform against our own fake of it: both ways in, plain text out.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use motcua::channel::zalo_bot::{Api, SECRET_HEADER, ZaloBot, decode, routes};
use motcua::channel::{Capabilities, Channel, Fetcher, Inbox, fit, plain};
use motcua::domain::{ChannelName, Message, Said, SendError, Unreachable};
use motcua::engine::{Desk, Office, State, World};
use motcua::i18n::Wording;
use tower::ServiceExt;
use uuid::Uuid;

use crate::support::clock::NOON;
use crate::support::house::LIBRARY;
use crate::support::letterbox::Letterbox;
use crate::support::process::{Process, free_port, wait_until};
use crate::support::zalo_bot::{FakeZaloBot, TOKEN};

fn media() -> Fetcher {
    Fetcher::new(Vec::new()).unwrap()
}

fn api(fake: &FakeZaloBot, token: &str) -> Api {
    Api::new(&token.to_owned().into(), Some(&fake.url().parse().unwrap())).unwrap()
}

#[tokio::test]
async fn a_citizen_walks_by_typing_numbers() {
    let fake = FakeZaloBot::start().await;
    let home = tempfile::tempdir().unwrap();
    let _server = Process::serve(home.path(), free_port(), &[("ZALO_BOT_TOKEN", TOKEN), ("ZALO_BOT_API_URL", &fake.url())]).await;
    let last = || fake.sent().last().map(|(_, text)| text.clone()).unwrap_or_default();
    for (at, (said, answer)) in [
        ("hướng dẫn từng bước", "[1] Làm tài khoản VNeID mức 2"),
        ("1", "[1] Bắt đầu"),
        ("1", "Bước 1/12"),
        ("cho con dưới 14 tuổi", "Bước 2/2"),
        ("xong", "xem lại câu trả lời"),
    ]
    .into_iter()
    .enumerate()
    {
        fake.says("6ede9afa66b88fe6d6a9", &format!("m{at}"), said);
        wait_until(answer, || async { last().contains(answer) }).await;
    }
    assert!(fake.sent().iter().all(|(chat, _)| chat == "6ede9afa66b88fe6d6a9"));
}

#[tokio::test]
async fn what_zalo_answers_decides_what_comes_next() {
    let fake = FakeZaloBot::start().await;
    let channel = ZaloBot::new(api(&fake, TOKEN), 20, media());
    fake.fake.trouble.lock().unwrap().extend([429, 403, 500, 400]);
    let message = Message::plain("Chào bạn");
    assert!(matches!(channel.send("a", &message).await, Err(SendError::RetryAfter(_))));
    assert!(matches!(channel.send("a", &message).await, Err(SendError::Unreachable(Unreachable::Blocked))));
    assert!(matches!(channel.send("a", &message).await, Err(SendError::Failed(_))));
    assert!(matches!(channel.send("a", &message).await, Err(SendError::Rejected(_))));
    assert_eq!(channel.send("a", &message).await.unwrap().external_id.as_deref(), Some("m1"));
    let wrong = ZaloBot::new(api(&fake, "1:wrong"), 20, media());
    let error = wrong.send("a", &message).await.unwrap_err();
    assert!(matches!(&error, SendError::Transient(text) if text.contains("token") && !text.contains("wrong")), "{error}");
    let nobody =
        Api::new(&TOKEN.to_owned().into(), Some(&format!("http://127.0.0.1:{}/", free_port()).parse().unwrap())).unwrap();
    assert!(matches!(ZaloBot::new(nobody, 20, media()).send("a", &message).await, Err(SendError::Transient(_))));
}

#[tokio::test]
async fn a_webhook_takes_only_what_carries_its_secret() {
    let fake = FakeZaloBot::start().await;
    let api = api(&fake, TOKEN);
    api.set_webhook(&"https://hoi.example/zalo-bot".parse().unwrap()).await.unwrap();
    let secret = fake.fake.webhook.lock().unwrap().clone().unwrap().1;
    let inbox = Arc::new(Letterbox::default());
    let router = routes("/zalo-bot", &api, Arc::clone(&inbox) as Arc<dyn Inbox>);
    let post = |secret: &str, body: &str| {
        let request = Request::post("/zalo-bot").header(SECRET_HEADER, secret).body(Body::from(body.to_owned())).unwrap();
        let router = router.clone();
        async move { router.oneshot(request).await.unwrap().status() }
    };
    let text = std::fs::read_to_string("tests/payloads/zalo-bot-rec-text.json").unwrap();
    assert_eq!(post("another", &text).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&secret, "not json").await, StatusCode::OK);
    assert_eq!(post(&secret, "{\"event_name\":\"webhook.test\"}").await, StatusCode::OK);
    assert!(inbox.received.lock().unwrap().is_empty());
    assert_eq!(post(&secret, &text).await, StatusCode::OK);
    let taken = inbox.received.lock().unwrap();
    assert_eq!((taken.len(), &taken[0].said), (1, &Said::Text("bé ơi".into())));
}

#[test]
fn every_payload_is_taken_in() {
    let mut seen = 0;
    for entry in std::fs::read_dir("tests/payloads").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("zalo-bot-") {
            continue;
        }
        let body = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let received = decode(&body);
        assert_eq!(received.is_some(), !name.contains("-resp-"), "{name}");
        if let Some(received) = received {
            assert_eq!((received.from.channel, received.from.peer.len()), (ChannelName::ZaloBot, 20), "{name}");
            assert_ne!(received.said, Said::Unreadable, "{name}");
        }
        seen += 1;
    }
    assert!(seen >= 8);
}

#[test]
fn everything_the_bot_says_fits_two_thousand_letters() {
    let (wording, office) = (Wording::default(), Office::default());
    let facets = ["", "/documents", "/steps", "/fee", "/law"];
    for guide in LIBRARY.written() {
        for facet in facets {
            let world = World {
                library: &LIBRARY,
                wording: &wording,
                office: &office,
                now: NOON,
                chance: Uuid::nil(),
                site: None,
                dossiers: false,
                can_tell: false,
                switches: &motcua::engine::ALL_ON,
            };
            let pressed = Said::Chose(motcua::domain::ChoiceId::from_wire(&format!("guide/{}{facet}", guide.slug)));
            let taken = Desk::default().turn(&world, State::default(), &pressed, None);
            for reply in taken.replies {
                let choices = reply.choices.len();
                let parts = fit(reply, Capabilities::of(ChannelName::ZaloBot));
                assert!(parts.iter().all(|part| plain(part).chars().count() <= 2000), "{} {facet}", guide.slug);
                assert_eq!(parts.last().unwrap().choices.len(), choices, "the choices stand under the last");
            }
        }
    }
}
