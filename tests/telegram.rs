//! Telegram on the wire: real payloads in, our fake of its server out.

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use motcua::channel::Channel;
use motcua::channel::telegram::{self, Decoded, SECRET_HEADER, Telegram, decode, html};
use motcua::domain::{Choice, Lang, Message, Said, SendError, Unreachable};
use secrecy::SecretString;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::clock::NOON;
use crate::support::letterbox::Letterbox;
use crate::support::process::wait_until;
use crate::support::telegram::{FakeTelegram, TOKEN, Trouble};

fn payloads() -> Vec<(String, Value)> {
    let mut all: Vec<(String, Value)> = std::fs::read_dir("tests/payloads")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap(),
            )
        })
        .filter(|(name, _)| name.starts_with("tg-") && !name.starts_with("tg-resp"))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn named() -> Arc<OnceLock<String>> {
    Arc::new(OnceLock::from("motcua_bot".to_owned()))
}

async fn bot(fake: &FakeTelegram) -> teloxide::Bot {
    telegram::connect(&SecretString::from(TOKEN), Some(&fake.url().parse().unwrap())).unwrap()
}

#[test]
fn every_recorded_update_is_read_without_losing_its_sender() {
    let mut lines = Vec::new();
    for (name, update) in payloads() {
        let what = match decode(&update, "motcua_bot") {
            Decoded::Said { received, .. } => format!("{} {:?}", received.from.peer, received.said),
            Decoded::Ignored => "-".to_owned(),
        };
        let private =
            update.pointer("/message/chat/type").is_some_and(|kind| kind == "private") || update.get("callback_query").is_some();
        let service = ["pinned_message", "write_access_allowed"].iter().any(|kind| update["message"].get(kind).is_some());
        assert!(!private || service || what != "-", "{name}: a citizen's message is lost");
        lines.push(format!("{name}: {what}"));
    }
    insta::assert_snapshot!("payloads", lines.join("\n"));
}

#[tokio::test]
async fn the_webhook_stores_before_it_answers_and_wants_its_secret() {
    let fake = FakeTelegram::start().await;
    let kept = Arc::new(Letterbox::default());
    let bot = bot(&fake).await;
    telegram::set_webhook(&bot, &"https://example.org/hook".parse().unwrap()).await.unwrap();
    let secret = fake.called("setwebhook")[0]["secret_token"].as_str().unwrap().to_owned();
    assert!(secret.len() <= 256 && secret.chars().all(|c| c.is_ascii_alphanumeric()));
    let routes = telegram::routes("/hook", bot, named(), kept.clone(), None);
    let post = async |secret: &str, body: String| {
        let request = Request::post("/hook").header(SECRET_HEADER, secret).body(Body::from(body)).unwrap();
        routes.clone().oneshot(request).await.unwrap().status()
    };
    for (name, update) in payloads() {
        assert_eq!(post(&secret, update.to_string()).await, StatusCode::OK, "{name}");
    }
    let stored = kept.received.lock().unwrap().len();
    assert!(stored > 20, "{stored}");
    let update = payloads().into_iter().find(|(name, _)| name == "tg-rec-2026-start").unwrap().1.to_string();
    assert_eq!(post("wrong", update.clone()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post("", update.clone()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&secret, "not json".into()).await, StatusCode::OK);
    kept.broken.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(post(&secret, update).await, StatusCode::SERVICE_UNAVAILABLE, "Telegram is to send it again");
    assert_eq!(kept.received.lock().unwrap().len(), stored);
    // Each press of a button in the payloads was answered at once.
    wait_until("callback queries are answered", || async { !fake.called("answercallbackquery").is_empty() }).await;
}

#[tokio::test]
async fn long_polling_confirms_only_what_is_stored() {
    let fake = FakeTelegram::start().await;
    let kept = Arc::new(Letterbox::default());
    kept.broken.store(true, std::sync::atomic::Ordering::SeqCst);
    let update = |id: i64| json!({"update_id": id, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": format!("câu {id}")}});
    fake.update(update(10));
    fake.update(json!({"update_id": 11, "something_new": {}}));
    fake.update(update(12));
    let stop = tokio_util::sync::CancellationToken::new();
    let poller = tokio::spawn(telegram::poll(bot(&fake).await, named(), kept.clone(), None, stop.clone()));
    wait_until("the webhook is removed", || async { !fake.called("deletewebhook").is_empty() }).await;
    kept.broken.store(false, std::sync::atomic::Ordering::SeqCst);
    wait_until("both are stored", || async { kept.received.lock().unwrap().len() == 2 }).await;
    stop.cancel();
    poller.await.unwrap();
    let ids: Vec<String> = kept.received.lock().unwrap().iter().map(|received| received.external_id.clone()).collect();
    assert_eq!(ids, ["10", "12"]);
}

#[tokio::test]
async fn a_message_goes_out_as_html_with_buttons() {
    let fake = FakeTelegram::start().await;
    let channel = Telegram::new(bot(&fake).await, 30, 1, None);
    let message = Message::plain("Lệ phí < 20.000 đ").with_choices(vec![Choice::new("guide/a/fee", "Lệ phí")]);
    let sent = channel.send("5/7", &message).await.unwrap();
    assert_eq!(sent.external_id.as_deref(), Some("1"));
    let on_wire = &fake.sent()[0];
    assert_eq!((on_wire.chat, on_wire.thread, on_wire.text.as_str()), (5, Some(7), "Lệ phí &lt; 20.000 đ"));
    assert_eq!(on_wire.markup["inline_keyboard"][0][0]["callback_data"], "guide/a/fee");
}

#[tokio::test]
async fn errors_say_what_happens_next() {
    let fake = FakeTelegram::start().await;
    let channel = Telegram::new(bot(&fake).await, 30, 1, None);
    let troubles = [
        Trouble::RetryAfter(35),
        Trouble::Error(403, "Forbidden: bot was blocked by the user"),
        Trouble::Error(403, "Forbidden: user is deactivated"),
        Trouble::Error(403, "Forbidden: bot is not a member of the supergroup chat"),
        Trouble::Error(400, "Bad Request: chat not found"),
        Trouble::Error(400, "Bad Request: can't parse entities: nothing"),
        Trouble::Cut,
        Trouble::Error(502, "Bad Gateway"),
        Trouble::Error(504, "Gateway Timeout"),
    ];
    troubles.into_iter().for_each(|trouble| fake.fake.expect(Some(trouble)));
    let mut meanings = Vec::new();
    for _ in 0..9 {
        meanings.push(channel.send("5", &Message::plain("a")).await.unwrap_err());
    }
    assert!(matches!(&meanings[0], SendError::RetryAfter(wait) if wait.as_secs() == 35));
    assert!(
        meanings[1..5].iter().all(|error| matches!(error, SendError::Unreachable(Unreachable::Blocked | Unreachable::Gone))),
        "{meanings:?}"
    );
    assert!(matches!(meanings[5], SendError::Rejected(_)));
    assert!(matches!(meanings[6], SendError::Unknown(_)), "the message may have arrived: {:?}", meanings[6]);
    assert!(matches!(meanings[7], SendError::Failed(_)) && matches!(meanings[8], SendError::Unknown(_)), "{meanings:?}");
    assert!(!format!("{meanings:?}").contains(TOKEN), "no error shows the token");
}

#[tokio::test]
async fn commands_are_set_in_each_language() {
    let fake = FakeTelegram::start().await;
    let bot = bot(&fake).await;
    for lang in Lang::ALL {
        telegram::set_commands(&bot, lang, vec![("help", "Trợ giúp".into())]).await.unwrap();
    }
    let calls = fake.called("setmycommands");
    assert_eq!((calls.len(), calls[1]["language_code"].as_str()), (2, Some("en")));
}

#[tokio::test]
async fn a_wrong_token_is_known_at_once() {
    use teloxide::requests::Requester;
    let fake = FakeTelegram::start().await;
    let bot = telegram::connect(&SecretString::from("1:wrong"), Some(&fake.url().parse().unwrap())).unwrap();
    assert!(matches!(bot.get_me().await.map_err(telegram::SetupError::from), Err(telegram::SetupError::BadToken)));
}

#[test]
fn no_guide_becomes_a_message_telegram_refuses() {
    use motcua::channel::{Capabilities, fit};
    use motcua::domain::ChannelName;
    use motcua::engine::{Office, State, World, turn};
    let library = &crate::support::house::LIBRARY;
    let (wording, office) = (motcua::i18n::Wording::default(), Office::default());
    let world = World {
        library,
        wording: &wording,
        office: &office,
        now: NOON,
        chance: uuid::Uuid::nil(),
        site: None,
        dossiers: false,
        can_tell: false,
        switches: &motcua::engine::ALL_ON,
    };
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    for guide in library.written() {
        for facet in ["", "/documents", "/steps", "/fee", "/time", "/place", "/form", "/result", "/law"] {
            let press = Said::Chose(motcua::domain::ChoiceId::new(format!("guide/{}{facet}", guide.slug)));
            for reply in turn(&world, State::default(), &press, None).replies {
                for part in fit(reply, Capabilities::of(ChannelName::Telegram)) {
                    let shown = tag.replace_all(&html(&part), "").encode_utf16().count();
                    assert!(shown <= 4096, "{}{facet}: {shown}", guide.slug);
                    assert!(part.choices.iter().all(|choice| choice.id.as_str().len() <= 64));
                }
            }
        }
    }
}
