//! Officers: invited, signing in, kept out.

use std::sync::Arc;
use std::time::Duration;

use motcua::domain::Clock;
use motcua::domain::officer::Right;
use motcua::seal::Keyring;
use motcua::service::officers::{Enrolment, Event, OfficerError, Officers, SignedIn};
use motcua::store::{Store, audit, officer};
use totp_rs::{Builder, Secret};

use crate::support::house::KEY;
use crate::support::{ManualClock, each_database};

pub const PASSWORD: &str = "con trau di cay sang som";

fn officers(store: &Store) -> (Arc<ManualClock>, Officers) {
    let clock = Arc::new(ManualClock::default());
    let keys = Keyring::read(&KEY.to_owned().into()).unwrap();
    (Arc::clone(&clock), Officers::new(store.clone(), clock as Arc<dyn Clock>, keys))
}

/// The code that the telephone shows for `secret`.
pub fn code(secret: &str, at: Duration) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build_noncompliant();
    totp.generate(at.as_secs()).to_string()
}

fn now(clock: &ManualClock) -> Duration {
    Duration::from_millis(u64::try_from(clock.now().0).unwrap())
}

/// Takes an invitation; the secret of the codes, and the recovery codes.
async fn joins(officers: &Officers, clock: &ManualClock, token: &str) -> (String, Vec<String>) {
    let Enrolment { secret, sealed, .. } = officers.enrolment(token).await.unwrap();
    let codes = officers.join(token, &sealed, PASSWORD, &code(&secret, now(clock))).await.unwrap();
    clock.advance(Duration::from_secs(30));
    (secret, codes)
}

async fn signs_in(officers: &Officers, clock: &ManualClock, secret: &str, known: Option<&str>) -> Result<SignedIn, OfficerError> {
    let signed = officers.sign_in("lan", PASSWORD, &code(secret, now(clock)), known).await;
    clock.advance(Duration::from_secs(30));
    signed
}

#[tokio::test]
async fn an_invitation_is_taken_once_with_a_good_password_and_a_code() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", vec!["agent".parse().unwrap()], "clerk").await.unwrap();
        assert!(matches!(officers.add("lan", "Lan", Vec::new(), "clerk").await, Err(OfficerError::Taken)));
        assert!(matches!(officers.add("Lan Lan", "Lan", Vec::new(), "clerk").await, Err(OfficerError::BadLogin)));
        let enrolment = officers.enrolment(&token).await.unwrap();
        assert!(enrolment.url.starts_with("otpauth://totp/") && enrolment.url.contains("Motcua"), "{}", enrolment.url);
        let good = || code(&enrolment.secret, now(&clock));
        assert!(matches!(officers.join(&token, &enrolment.sealed, "ngan", &good()).await, Err(OfficerError::WeakPassword)));
        assert!(matches!(officers.join(&token, &enrolment.sealed, PASSWORD, "000000").await, Err(OfficerError::WrongCode)));
        let again = officers.enrolment_again(&token, &enrolment.sealed).await.unwrap();
        assert_eq!((&again.secret, &again.url), (&enrolment.secret, &enrolment.url), "a slip costs no second scan");
        assert!(officers.enrolment_again(&token, "another").await.is_err());
        assert!(matches!(officers.join("another", &enrolment.sealed, PASSWORD, &good()).await, Err(OfficerError::NotInvited)));
        let seen_before = officers.enrolment(&token).await.unwrap();
        assert_ne!(seen_before.secret, enrolment.secret, "whoever looked at the link before knows another secret");
        let other = officers.add("hoa", "Hoa", Vec::new(), "clerk").await.unwrap();
        let others = officers.join(&other, &enrolment.sealed, PASSWORD, &good()).await;
        assert!(matches!(others, Err(OfficerError::NotInvited)), "sealed for one invitation");
        assert_eq!(officers.join(&token, &enrolment.sealed, PASSWORD, &good()).await.unwrap().len(), 10);
        assert!(
            matches!(officers.join(&token, &enrolment.sealed, PASSWORD, &good()).await, Err(OfficerError::NotInvited)),
            "used"
        );
        // The code that proved the telephone is used up.
        assert!(matches!(officers.sign_in("lan", PASSWORD, &good(), None).await, Err(OfficerError::Denied)));
        clock.advance(Duration::from_secs(30));
        assert!(signs_in(&officers, &clock, &enrolment.secret, None).await.is_ok());
        let late = officers.add("minh", "Minh", Vec::new(), "clerk").await.unwrap();
        clock.advance(Duration::from_secs(73 * 3600));
        assert!(matches!(officers.enrolment(&late).await, Err(OfficerError::NotInvited)), "three days");
    })
    .await;
}

#[tokio::test]
async fn all_three_must_fit_and_a_code_is_good_once() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", vec!["agent".parse().unwrap()], "clerk").await.unwrap();
        let (secret, recovery) = joins(&officers, &clock, &token).await;
        let current = code(&secret, now(&clock));
        for (login, password, code) in
            [("lan", "wrong", &current), ("minh", PASSWORD, &current), ("lan", PASSWORD, &"000000".to_owned())]
        {
            let denied = officers.sign_in(login, password, code, None).await.unwrap_err();
            assert_eq!(denied.to_string(), OfficerError::Denied.to_string(), "the same words for all");
        }
        assert!(officers.sign_in(" LAN ", PASSWORD, &current, None).await.is_ok());
        assert!(officers.sign_in("lan", PASSWORD, &current, None).await.is_err(), "seen over a shoulder");
        clock.advance(Duration::from_secs(30));
        let typed = recovery[0].to_lowercase().replace('-', " ");
        assert!(officers.sign_in("lan", PASSWORD, &typed, None).await.is_ok(), "without the telephone");
        assert!(officers.sign_in("lan", PASSWORD, &recovery[0], None).await.is_err(), "once");
        assert!(officers.sign_in("lan", PASSWORD, &recovery[1], None).await.is_ok());
        let entries = audit::of(&mut store.read().await.unwrap(), "lan").await.unwrap();
        let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        for action in
            ["officer added: agent", "invitation taken", "sign-in refused", "signed in", "signed in with a recovery code"]
        {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_code_at_the_same_moment_opens_one_session() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", Vec::new(), "clerk").await.unwrap();
        let (secret, recovery) = joins(&officers, &clock, &token).await;
        for code in [code(&secret, now(&clock)), recovery[0].clone()] {
            let one = officers.sign_in("lan", PASSWORD, &code, None);
            let other = officers.sign_in("lan", PASSWORD, &code, None);
            let (one, other) = tokio::join!(one, other);
            assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
            clock.advance(Duration::from_secs(60));
        }
    })
    .await;
}

#[tokio::test]
async fn strangers_are_stopped_and_do_not_keep_an_officer_out() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", Vec::new(), "clerk").await.unwrap();
        let (secret, _) = joins(&officers, &clock, &token).await;
        let known = signs_in(&officers, &clock, &secret, None).await.unwrap().known;
        // All at one moment: no more are looked at than of as many one after another.
        let tries = (0..15).map(|_| officers.sign_in("lan", "guess", "000000", None));
        let tries = futures::future::join_all(tries).await;
        assert_eq!(tries.iter().filter(|tried| matches!(tried, Err(OfficerError::Denied))).count(), 10);
        assert_eq!(tries.iter().filter(|tried| matches!(tried, Err(OfficerError::TooMany))).count(), 5);
        assert!(matches!(signs_in(&officers, &clock, &secret, None).await, Err(OfficerError::TooMany)), "even with all three");
        assert!(signs_in(&officers, &clock, &secret, Some(&known)).await.is_ok(), "from her own browser");
        assert!(matches!(signs_in(&officers, &clock, &secret, Some("made.up")).await, Err(OfficerError::TooMany)));
        clock.advance(Duration::from_secs(3600));
        assert!(signs_in(&officers, &clock, &secret, None).await.is_ok(), "an hour later");
    })
    .await;
}

#[tokio::test]
async fn sessions_end_by_themselves_by_hand_and_with_the_officer() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", vec!["viewer@xa-a".parse().unwrap()], "clerk").await.unwrap();
        let (secret, _) = joins(&officers, &clock, &token).await;
        let signed = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        let session = officers.session(&signed, true).await.unwrap().unwrap();
        assert!(session.officer.may(Right::SeeTickets, Some("xa-a")) && !session.officer.may(Right::Answer, Some("xa-a")));
        assert_eq!(session.form_key.len(), 64);
        for _ in 0..28 {
            clock.advance(Duration::from_secs(29 * 60));
            let open = officers.session(&signed, true).await.unwrap().is_some();
            assert_eq!(open, now(&clock) < Duration::from_secs(12 * 3600) + began(&clock), "twelve hours in all");
        }
        let idle = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        clock.advance(Duration::from_secs(31 * 60));
        assert!(officers.session(&idle, true).await.unwrap().is_none(), "half an hour without work");
        let out = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        let other = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        assert_ne!(
            officers.session(&out, true).await.unwrap().unwrap().form_key,
            officers.session(&other, true).await.unwrap().unwrap().form_key
        );
        officers.sign_out(&out).await.unwrap();
        assert!(officers.session(&out, true).await.unwrap().is_none() && officers.session(&other, true).await.unwrap().is_some());
        officers.reset("lan", "clerk").await.unwrap();
        assert!(officers.session(&other, true).await.unwrap().is_none(), "whoever stole it is out");
        assert!(signs_in(&officers, &clock, &secret, None).await.is_err());
        for odd in ["", "x", "\0"] {
            assert!(officers.session(odd, true).await.unwrap().is_none());
        }
    })
    .await;
}

/// When the session of that test began.
fn began(_clock: &ManualClock) -> Duration {
    Duration::from_millis(u64::try_from(crate::support::clock::NOON.0).unwrap()) + Duration::from_secs(30)
}

#[tokio::test]
async fn somebody_looks_after_officers_always() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let first = officers.first().await.unwrap().unwrap();
        let again = officers.first().await.unwrap().unwrap();
        assert!(officers.enrolment(&first).await.is_err() && officers.enrolment(&again).await.is_ok(), "the newest link only");
        joins(&officers, &clock, &again).await;
        assert_eq!(officers.first().await.unwrap(), None, "there is one now");
        assert!(matches!(officers.end("admin", "admin").await, Err(OfficerError::LastAdministrator)));
        let viewer = vec!["viewer".parse().unwrap()];
        assert!(matches!(officers.grant("admin", viewer.clone(), "admin").await, Err(OfficerError::LastAdministrator)));
        officers.add("lan", "Lan", vec!["administrator".parse().unwrap()], "admin").await.unwrap();
        officers.grant("admin", viewer, "lan").await.unwrap();
        officers.end("admin", "lan").await.unwrap();
        assert!(matches!(officers.end("lan", "lan").await, Err(OfficerError::LastAdministrator)));
        assert!(matches!(officers.end("nobody", "lan").await, Err(OfficerError::Unknown)));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_ended_while_they_sign_in_does_not_come_in() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        officers.add("ql", "QL", vec!["administrator".parse().unwrap()], "clerk").await.unwrap();
        let token = officers.add("lan", "Lan", vec!["agent".parse().unwrap()], "clerk").await.unwrap();
        let (secret, _) = joins(&officers, &clock, &token).await;
        let typed = code(&secret, now(&clock));
        let signing = officers.sign_in("lan", PASSWORD, &typed, None);
        let (signed, ended) = tokio::join!(signing, officers.end("lan", "ql"));
        ended.unwrap();
        if let Ok(signed) = signed {
            assert!(officers.session(&signed.session, true).await.unwrap().is_none());
        }
        let stored = officer::by_login(&mut store.read().await.unwrap(), "lan").await.unwrap().unwrap();
        assert!(stored.ended_at.is_some(), "nothing brings her back");
        clock.advance(Duration::from_secs(60));
        assert!(signs_in(&officers, &clock, &secret, None).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_strangers_type_has_no_room_in_the_audit() {
    each_database(|store| async move {
        let (_clock, officers) = officers(&store);
        for login in ["x".repeat(100_000), "clerk did it\n".into(), "a b".into()] {
            assert!(officers.sign_in(&login, &"p".repeat(100_000), "1", None).await.is_err());
        }
        let entries = audit::newest(&mut store.read().await.unwrap(), "", i64::MAX, 10).await.unwrap();
        assert!(entries.iter().all(|entry| entry.actor == "?" && entry.subject == "?"), "{entries:?}");
    })
    .await;
}

#[tokio::test]
async fn an_officer_changes_the_own_password_with_the_old_one_and_a_code() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", vec!["agent".parse().unwrap()], "clerk").await.unwrap();
        let (secret, _) = joins(&officers, &clock, &token).await;
        let other = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        let lan = officers.session(&other, true).await.unwrap().unwrap().officer;
        let new = "ruộng bậc thang mùa nước đổ";
        let change = async |old: &str, code: &str, new: &str| officers.change_password(&lan, old, code, new).await;
        assert!(change("sai rồi", &code(&secret, now(&clock)), new).await.unwrap().is_none());
        assert!(change(PASSWORD, "000000", new).await.unwrap().is_none());
        assert!(matches!(change(PASSWORD, &code(&secret, now(&clock)), "lan12345").await, Err(OfficerError::WeakPassword)));
        assert!(officers.session(&other, true).await.unwrap().is_some(), "nothing was changed");
        let session = change(PASSWORD, &code(&secret, now(&clock)), new).await.unwrap().expect("changed");
        assert!(officers.session(&session, true).await.unwrap().is_some());
        assert!(officers.session(&other, true).await.unwrap().is_none(), "every other session is over");
        clock.advance(Duration::from_secs(30));
        assert!(matches!(signs_in(&officers, &clock, &secret, None).await, Err(OfficerError::Denied)), "the old one is dead");
        let signed = officers.sign_in("lan", new, &code(&secret, now(&clock)), None).await;
        assert!(signed.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_officer_is_told_what_happened_to_their_sign_in_and_ends_other_sessions() {
    each_database(|store| async move {
        let (clock, officers) = officers(&store);
        let token = officers.add("lan", "Lan", vec!["agent".parse().unwrap()], "clerk").await.unwrap();
        let (secret, recovery) = joins(&officers, &clock, &token).await;
        let used = code(&secret, now(&clock));
        let phone = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        assert_eq!(officers.session(&phone, true).await.unwrap().unwrap().alerts, 0, "signing in is no news");
        officers.sign_in("lan", PASSWORD, "000000", None).await.unwrap_err();
        officers.sign_in("hoa", PASSWORD, &used, None).await.unwrap_err();
        assert_eq!(officers.session(&phone, true).await.unwrap().unwrap().alerts, 0, "a slip of the finger neither");
        officers.sign_in("lan", PASSWORD, &used, None).await.unwrap_err();
        let thief = officers.sign_in("lan", PASSWORD, &recovery[0], None).await.unwrap().session;
        let here = officers.session(&phone, true).await.unwrap().unwrap();
        assert_eq!(here.alerts, 2, "a code typed again, a recovery code used");
        let account = officers.account(&here.officer, &here.key).await.unwrap();
        let happened: Vec<Event> = account.events.iter().map(|(_, event)| *event).collect();
        let expected = [Event::Recovered, Event::CodeAgain, Event::Refused, Event::SignedIn, Event::Joined];
        assert_eq!(happened, expected, "not who was added, and nothing of others");
        assert_eq!(account.sessions.iter().map(|(.., this)| *this).collect::<Vec<_>>(), [false, true]);
        // What comes while they look is not taken for seen.
        officers.sign_in("lan", PASSWORD, &used, None).await.unwrap_err();
        officers.looked(&here.officer, here.alerts).await.unwrap();
        officers.end_others(&here.officer, &here.key).await.unwrap();
        assert!(officers.session(&thief, true).await.unwrap().is_none());
        let here = officers.session(&phone, true).await.unwrap().unwrap();
        assert_eq!(here.alerts, 1);
        for _ in 0..12 {
            let _ = officers.sign_in("lan", "sai", "000000", None).await;
        }
        assert_eq!(officers.session(&phone, true).await.unwrap().unwrap().alerts, 2, "told once that it is shut");
        officers.sign_out(&phone).await.unwrap();
        let entries = audit::of(&mut store.read().await.unwrap(), "lan").await.unwrap();
        assert_eq!(entries.last().unwrap().action, "signed out");
        // Begun anew by an administrator: they see it when they are back.
        let token = officers.reset("lan", "clerk").await.unwrap();
        let (secret, _) = joins(&officers, &clock, &token).await;
        clock.advance(Duration::from_secs(3600));
        let back = signs_in(&officers, &clock, &secret, None).await.unwrap().session;
        assert_eq!(officers.session(&back, true).await.unwrap().unwrap().alerts, 3);
    })
    .await;
}
