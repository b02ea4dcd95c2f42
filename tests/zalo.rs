//! A Zalo Official Account against our own fake of Zalo's services.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use motcua::channel::zalo::{Api, App, Event, OAuth, Signature, Token, TokenError, Tokens, Urls, Zalo, decode, routes};
use motcua::channel::{Channel, Fetcher, Inbox};
use motcua::domain::{ChannelName, Choice, Clock, Media, Message, ReceiptEvent, Said, SendError, Template, Unreachable, Windows};
use motcua::seal::Keyring;
use motcua::service::{Standing, ZaloTokens};
use motcua::store::Store;
use secrecy::ExposeSecret;
use tower::ServiceExt;

use crate::support::letterbox::Letterbox;
use crate::support::process::{Process, free_port, motcua, wait_until};
use crate::support::zalo::{APP, APP_SECRET, FakeZalo, OA, TokenTrouble, WEBHOOK_SECRET, sign};
use crate::support::{ManualClock, each_database};

const CITIZEN: &str = "9950320425262095484";
const HOUR: Duration = Duration::from_secs(3600);

fn oauth(fake: &FakeZalo) -> OAuth {
    let app = App { id: APP.to_owned(), secret: APP_SECRET.to_owned().into() };
    OAuth::new(app, fake.url().parse().unwrap()).unwrap()
}

fn keys() -> Keyring {
    Keyring::read(&KEY.to_owned().into()).unwrap()
}

/// A key of tests only.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn tokens(store: &Store, clock: &Arc<ManualClock>, fake: &FakeZalo) -> Arc<ZaloTokens> {
    Arc::new(ZaloTokens::new(store.clone(), keys(), Arc::clone(clock) as Arc<dyn Clock>, oauth(fake)))
}

/// Consents as the administrator does in a browser.
async fn consent(tokens: &ZaloTokens) {
    let redirect = "https://hoi.example/zalo/connected".parse().unwrap();
    let page = tokens.ask_consent(&redirect).await.unwrap();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let led = browser.get(page).send().await.unwrap();
    let led: url::Url = led.headers()["location"].to_str().unwrap().parse().unwrap();
    let part = |key: &str| led.query_pairs().find(|(name, _)| name == key).unwrap().1.into_owned();
    tokens.connect(&part("state"), &part("code")).await.unwrap();
    assert!(tokens.connect(&part("state"), &part("code")).await.is_err(), "a consent is taken once");
}

/// Tokens that stand still.
struct Fixed(String);

#[async_trait::async_trait]
impl Tokens for Fixed {
    async fn current(&self) -> Result<Token, TokenError> {
        Ok(Token { version: 1, access: self.0.clone().into() })
    }

    async fn after(&self, _used: &Token) -> Result<Token, TokenError> {
        Err(TokenError::Lost)
    }
}

fn channel(fake: &FakeZalo, tokens: Arc<dyn Tokens>) -> Zalo {
    let url: url::Url = fake.url().parse().unwrap();
    Zalo {
        api: Api::new(Urls { api: url.clone(), business: url }, tokens).unwrap(),
        per_minute: 4000,
        windows: Windows { free: 48 * HOUR, paid: 168 * HOUR },
        buttons: false,
        media: Fetcher::new(vec![fake.address.to_string()]).unwrap(),
        forms: BTreeMap::from([("dossier".to_owned(), "T1".to_owned()), ("new".to_owned(), "T2".to_owned())]),
    }
}

#[tokio::test]
async fn a_consent_brings_tokens_that_are_replaced_once_for_all_and_never_readable() {
    each_database(|store| async move {
        let (fake, clock) = (FakeZalo::start().await, Arc::new(ManualClock::default()));
        let ours = tokens(&store, &clock, &fake);
        assert_eq!(ours.standing().await.unwrap(), Standing::NotConnected);
        assert!(matches!(ours.current().await, Err(TokenError::NotConnected)));
        consent(&ours).await;
        assert_eq!(ours.standing().await.unwrap(), Standing::Until(clock.now().plus(25 * HOUR)));
        let first = ours.current().await.unwrap();
        // Two processes, many tasks, one refused token: one refresh.
        let theirs = tokens(&store, &clock, &fake);
        let before = *fake.fake.refreshes.lock().unwrap();
        let work = [&ours, &ours, &theirs, &theirs, &theirs].map(|tokens| {
            let (tokens, used) = (Arc::clone(tokens), first.clone());
            tokio::spawn(async move { tokens.after(&used).await.unwrap().version })
        });
        for task in work {
            assert_eq!(task.await.unwrap(), 2);
        }
        assert_eq!(*fake.fake.refreshes.lock().unwrap() - before, 1);
        // In time, and not before.
        ours.look_after().await.unwrap();
        assert_eq!(*fake.fake.refreshes.lock().unwrap() - before, 1);
        clock.advance(25 * HOUR - HOUR / 10);
        ours.look_after().await.unwrap();
        assert_eq!(*fake.fake.refreshes.lock().unwrap() - before, 2);
        let stored = motcua::store::credential::load(&mut store.read().await.unwrap(), "zalo").await.unwrap().unwrap();
        let opened = keys().open("zalo", &stored.sealed).unwrap();
        assert!(opened.expose_secret().contains("RT3") && !stored.sealed.contains("RT3"), "sealed");
        assert_eq!(stored.version, 3);
    })
    .await;
}

#[tokio::test]
async fn a_lost_token_is_told_and_a_new_consent_mends_it() {
    each_database(|store| async move {
        let (fake, clock) = (FakeZalo::start().await, Arc::new(ManualClock::default()));
        let ours = tokens(&store, &clock, &fake);
        consent(&ours).await;
        let token = ours.current().await.unwrap();
        // A refusal for another reason uses nothing up.
        fake.fake.token_trouble.lock().unwrap().push_back(TokenTrouble::Refused(-14002));
        assert!(matches!(ours.after(&token).await, Err(TokenError::NotNow(_))));
        // The answer is lost: the token was used, and the next try finds out.
        fake.fake.token_trouble.lock().unwrap().push_back(TokenTrouble::AnswerLost);
        assert!(matches!(ours.after(&token).await, Err(TokenError::NotNow(_))));
        assert!(matches!(ours.after(&token).await, Err(TokenError::Lost)));
        assert_eq!(ours.standing().await.unwrap(), Standing::LostSince(clock.now()));
        let asked = *fake.fake.refreshes.lock().unwrap();
        assert!(matches!(ours.after(&token).await, Err(TokenError::Lost)));
        assert!(matches!(ours.look_after().await, Err(TokenError::Lost)));
        assert_eq!(*fake.fake.refreshes.lock().unwrap(), asked, "Zalo is not asked again in vain");
        fake.spoke(CITIZEN);
        let channel = channel(&fake, Arc::clone(&ours) as Arc<dyn Tokens>);
        assert!(matches!(channel.send(CITIZEN, &Message::plain("a")).await, Err(SendError::Throttled(_))), "everything waits");
        consent(&ours).await;
        channel.send(CITIZEN, &Message::plain("a")).await.unwrap();
        assert!(matches!(ours.standing().await.unwrap(), Standing::Until(_)));
    })
    .await;
}

#[tokio::test]
async fn a_process_that_died_while_replacing_is_followed_by_another() {
    each_database(|store| async move {
        let (fake, clock) = (FakeZalo::start().await, Arc::new(ManualClock::default()));
        let ours = tokens(&store, &clock, &fake);
        consent(&ours).await;
        let mut tx = store.write().await.unwrap();
        let until = clock.now().plus(Duration::from_secs(60));
        assert!(motcua::store::credential::lease(&mut tx, "zalo", 1, clock.now(), until).await.unwrap());
        assert!(!motcua::store::credential::lease(&mut tx, "zalo", 1, clock.now(), until).await.unwrap());
        tx.commit().await.unwrap();
        clock.advance(Duration::from_secs(61));
        let token = ours.current().await.unwrap();
        assert_eq!(ours.after(&token).await.unwrap().version, 2);
    })
    .await;
}

#[tokio::test]
async fn what_zalo_answers_decides_what_comes_next() {
    let fake = FakeZalo::start().await;
    let (access, _) = fake.pair();
    let channel = channel(&fake, Arc::new(Fixed(access)));
    let message = Message::plain("Bạn [@123456] ơi");
    assert!(matches!(channel.send(CITIZEN, &message).await, Err(SendError::Unreachable(Unreachable::Blocked))), "follows not");
    fake.spoke(CITIZEN);
    let sent = channel.send(CITIZEN, &message).await.unwrap();
    assert!(sent.external_id.is_some());
    assert_eq!(fake.sent(), [(CITIZEN.to_owned(), "Bạn (@123456] ơi".to_owned())], "nobody is called");
    assert!(matches!(channel.send(CITIZEN, &Message::plain(&"a".repeat(2001))).await, Err(SendError::Rejected(_))));
    fake.later(8 * 24);
    assert!(matches!(channel.send(CITIZEN, &message).await, Err(SendError::Unreachable(Unreachable::Closed))));
    *fake.fake.per_minute.lock().unwrap() = Some(1);
    fake.spoke(CITIZEN);
    fake.later(1);
    channel.send(CITIZEN, &message).await.unwrap();
    assert!(matches!(channel.send(CITIZEN, &message).await, Err(SendError::Throttled(_))));
    let wrong = Zalo { api: channel_api(&fake, "wrong"), ..self::channel(&fake, Arc::new(Fixed("wrong".into()))) };
    assert!(matches!(wrong.send(CITIZEN, &message).await, Err(SendError::Throttled(_))), "a refused token stops the channel");
    let nobody: url::Url = format!("http://127.0.0.1:{}/", free_port()).parse().unwrap();
    let api = Api::new(Urls { api: nobody.clone(), business: nobody }, Arc::new(Fixed("a".into()))).unwrap();
    let down = Zalo { api, ..self::channel(&fake, Arc::new(Fixed("a".into()))) };
    assert!(matches!(down.send(CITIZEN, &message).await, Err(SendError::Transient(_))));
}

fn channel_api(fake: &FakeZalo, token: &str) -> Api {
    let url: url::Url = fake.url().parse().unwrap();
    Api::new(Urls { api: url.clone(), business: url }, Arc::new(Fixed(token.to_owned()))).unwrap()
}

#[tokio::test]
async fn templates_go_by_user_or_telephone_and_only_when_approved() {
    let fake = FakeZalo::start().await;
    let (access, _) = fake.pair();
    let channel = channel(&fake, Arc::new(Fixed(access)));
    fake.fake.approved.lock().unwrap().insert("T1".to_owned());
    let template = |name: &str| Template { name: name.to_owned(), data: BTreeMap::from([("code".to_owned(), "H25".to_owned())]) };
    channel.send_template(CITIZEN, &template("dossier")).await.unwrap();
    channel.send_template("phone:84912345678", &template("dossier")).await.unwrap();
    assert_eq!(
        fake.sent(),
        [CITIZEN, "84912345678"].map(|to| (to.to_owned(), "template:T1 {\"code\":\"H25\"}".to_owned())),
        "telephone numbers are written as Zalo wants them"
    );
    let closed = |result| matches!(result, Err(SendError::Unreachable(Unreachable::Closed)));
    assert!(closed(channel.send_template(CITIZEN, &template("unknown")).await), "without asking Zalo");
    assert!(closed(channel.send_template(CITIZEN, &template("new")).await), "not approved yet");
    assert!(closed(channel.send("phone:84912345678", &Message::plain("a")).await), "a number takes no free words");
    let gone = channel.send_template("phone:8491", &template("dossier")).await;
    assert!(matches!(gone, Err(SendError::Unreachable(Unreachable::Blocked))));
}

#[tokio::test]
async fn buttons_are_sent_beside_the_lines_where_they_are_switched_on() {
    let fake = FakeZalo::start().await;
    let (access, _) = fake.pair();
    let channel = Zalo { buttons: true, ..channel(&fake, Arc::new(Fixed(access))) };
    fake.spoke(CITIZEN);
    let choices = (1..=7).map(|n| Choice::new(format!("lang/{n}"), &format!("Nút {n}"))).collect();
    channel.send(CITIZEN, &Message::plain("Chọn").with_choices(choices)).await.unwrap();
    let sent = fake.fake.sent.lock().unwrap()[0].clone();
    assert_eq!(sent.2, 5, "as many as Zalo shows");
    assert!(sent.1.ends_with("[7] Nút 7"), "the lines have all of them");
}

fn webhook(inbox: &Arc<Letterbox>) -> axum::Router {
    let signature = Signature {
        ids: vec![APP.to_owned(), OA.to_owned()],
        secrets: vec!["another".to_owned().into(), WEBHOOK_SECRET.to_owned().into()],
    };
    routes("/zalo", signature, Arc::clone(inbox) as Arc<dyn Inbox>)
}

async fn post(router: &axum::Router, signature: Option<&str>, body: &str) -> StatusCode {
    let mut request = Request::post("/zalo");
    if let Some(signature) = signature {
        request = request.header("X-ZEvent-Signature", signature);
    }
    router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap().status()
}

#[tokio::test]
async fn only_what_zalo_signed_comes_in() {
    let inbox = Arc::new(Letterbox::default());
    let router = webhook(&inbox);
    let body = std::fs::read_to_string("tests/payloads/zalo-oa-rec-user-send-text.json").unwrap();
    let get = Request::get("/zalo").body(Body::empty()).unwrap();
    assert_eq!(router.clone().oneshot(get).await.unwrap().status(), StatusCode::OK, "the console tries the address");
    for _ in 0..200 {
        assert_eq!(post(&router, None, &body).await, StatusCode::OK, "a flood without signatures does nothing");
    }
    let good = sign(&body);
    let bent = good.replace(&good[5..6], if &good[5..6] == "a" { "b" } else { "a" });
    for forged in ["", "mac=", "mac=00", bent.as_str(), &sign(&body.replace("Helo", "Hello"))] {
        assert_eq!(post(&router, Some(forged), &body).await, StatusCode::UNAUTHORIZED, "{forged}");
    }
    assert_eq!(post(&router, Some(&good), &body.replace("Helo", "Hello")).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&router, Some(&good), "not json").await, StatusCode::BAD_REQUEST);
    assert!(inbox.received.lock().unwrap().is_empty());
    assert_eq!(post(&router, Some(&good), &body).await, StatusCode::OK);
    assert_eq!(post(&router, Some(good.strip_prefix("mac=").unwrap()), &body).await, StatusCode::OK);
    assert_eq!(inbox.received.lock().unwrap().len(), 2, "the store tells repeats by their id");
    inbox.broken.store(true, Ordering::SeqCst);
    assert_eq!(post(&router, Some(&good), &body).await, StatusCode::SERVICE_UNAVAILABLE, "Zalo is to send it again");
}

#[test]
fn every_payload_means_what_it_should() {
    let mut told = BTreeMap::new();
    for entry in std::fs::read_dir("tests/payloads").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(name) = name.strip_prefix("zalo-oa-") else { continue };
        let body = std::fs::read(&path).unwrap();
        told.insert(name.to_owned(), decode(&body).unwrap().event());
    }
    let said = |name: &str| match &told[name] {
        Event::Said(received) => {
            assert_eq!(received.from.channel, ChannelName::Zalo);
            assert!(received.raw.is_none(), "{name}");
            (received.from.peer.clone(), received.said.clone())
        }
        other => panic!("{name}: {other:?}"),
    };
    let user = || "2512523625412515".to_owned();
    assert_eq!(said("rec-user-send-text"), ("7744587059038925544".to_owned(), Said::Text("Helo".into())));
    assert_eq!(said("rec-user-send-location"), (CITIZEN.to_owned(), Said::Sent(Media::Location)));
    assert_eq!(said("doc-user-send-text-quote"), (user(), Said::Text("đúng rồi".into())));
    assert_eq!(said("doc-user-send-link"), (user(), Said::Text("https://dichvucong.gov.vn".into())));
    assert!(matches!(said("doc-user-send-image"), (from, Said::Attached(file)) if from == user() && file.media == Media::Photo));
    for contact in ["send-business-card", "submit-info", "submit-info-old", "submit-info-numeric-phone"] {
        assert_eq!(said(&format!("doc-user-{contact}")), (user(), Said::Sent(Media::Contact)), "{contact}");
    }
    assert_eq!(said("doc-click-chatnow"), (user(), Said::Opened));
    assert_eq!(said("doc-unfollow"), (user(), Said::Left));
    assert_eq!(said("doc-oa-send-text-by-human"), (user(), Said::Staff));
    for (name, count) in [("doc-seen", 2), ("doc-seen-reversed", 1)] {
        let Event::Receipts(receipts) = &told[name] else { panic!("{name}") };
        assert_eq!(receipts.len(), count);
        assert!(receipts.iter().all(|receipt| receipt.event == ReceiptEvent::Seen && receipt.at.0 == 1_754_000_000_000));
    }
    for name in ["doc-add-user-to-tag", "doc-reacted", "doc-unknown-event"] {
        assert!(matches!(&told[name], Event::Ignored(event) if !event.is_empty()), "{name}");
    }
    assert!(told.iter().filter(|(name, _)| name.starts_with("resp-")).all(|(_, event)| matches!(event, Event::Ignored(_))));
    assert_eq!(told.len(), 25);
}

#[tokio::test]
async fn a_citizen_on_zalo_is_answered_by_the_real_program() {
    let fake = FakeZalo::start().await;
    let home = tempfile::tempdir().unwrap();
    let port = free_port();
    let url = fake.url();
    let public = format!("http://127.0.0.1:{port}/");
    let env = [
        ("MOTCUA_KEY", KEY),
        ("MOTCUA_PUBLIC_URL", public.as_str()),
        ("ZALO_APP_ID", APP),
        ("ZALO_APP_SECRET", APP_SECRET),
        ("ZALO_WEBHOOK_SECRET", WEBHOOK_SECRET),
        ("ZALO_API_URL", url.as_str()),
        ("ZALO_OAUTH_URL", url.as_str()),
    ];
    let server = Process::serve(home.path(), port, &env).await;
    // The clerk connects: the page leads back to the server, which ends the consent.
    let mut connect = motcua(home.path());
    connect.args(["zalo", "connect"]).envs(env).stdout(std::process::Stdio::piped());
    let asked = String::from_utf8(connect.output().unwrap().stdout).unwrap();
    let page = asked.lines().find(|line| line.contains("/v4/oa/permission")).unwrap().trim().to_owned();
    let led = reqwest::get(&page).await.unwrap();
    assert_eq!(led.status(), StatusCode::OK);
    assert!(led.text().await.unwrap().contains("Đã nối xong tài khoản Zalo"));
    assert_eq!(reqwest::get(format!("{public}zalo/connected?code=x&state=y")).await.unwrap().status(), StatusCode::BAD_REQUEST);

    let hook = format!("{public}zalo");
    let last = || fake.sent().last().map(|(_, text)| text.clone()).unwrap_or_default();
    for (at, (said, answer)) in [
        ("lam khai sinh cho con can giay to j", "Giấy chứng sinh"),
        ("hướng dẫn từng bước", "Gõ số để chọn:\n\n[1] Làm tài khoản VNeID mức 2"),
        ("1", "[1] Bắt đầu"),
        ("walk/vneid/-start", "Bước 1/12"),
        ("cho con dưới 14 tuổi", "Bước 2/2"),
        ("xong", "xem lại câu trả lời"),
    ]
    .into_iter()
    .enumerate()
    {
        let event = fake.text(CITIZEN, &format!("m{at}"), said);
        assert_eq!(fake.deliver(&hook, &event).await, [StatusCode::OK]);
        assert_eq!(fake.deliver(&hook, &event).await, [StatusCode::OK], "a repeat does nothing");
        wait_until(answer, || async { last().contains(answer) }).await;
    }
    let status = {
        let mut status = motcua(home.path());
        String::from_utf8(status.args(["zalo", "status"]).envs(env).output().unwrap().stdout).unwrap()
    };
    assert!(status.contains("1 free, 0 paid, 0 closed") && status.contains("token      good until"), "{status}");
    assert_eq!(server.terminate(), Some(0));
}
