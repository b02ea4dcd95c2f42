//! Walks: what an author may rely on, whatever a citizen does; and what goes from one phone to another.

use std::time::Duration;

use motcua::channel::terminal::said;
use motcua::channel::{Capabilities, fit, plain};
use motcua::domain::{ChannelName, Clock as _, Help, Passage, PassageEvent, ResumeCode, Said, Timestamp};
use motcua::engine::{Desk, Effect, Office, Progress, State, World};
use motcua::i18n::Wording;
use motcua::knowledge::{Contents, Library, Origin};
use motcua::service::Waker;
use motcua::store::walk;
use uuid::Uuid;

use crate::support::clock::NOON;
use crate::support::each_database;
use crate::support::house::{House, LIBRARY};

/// What a citizen may do on a walk, sensible or not.
fn anything() -> impl proptest::strategy::Strategy<Value = String> {
    let pressed: Vec<String> = LIBRARY
        .walks()
        .flat_map(|walk| {
            let of_step = |step: &motcua::knowledge::walk::Step| {
                let verbs = ["-done", "-back", "-later", "-trouble", "-fix", "+otp"].map(str::to_owned);
                let answers = step.choices.iter().cloned().chain(verbs);
                answers.map(|verb| format!("(press walk/{}/{}/{verb})", walk.slug, step.id)).collect::<Vec<_>>()
            };
            let whole = ["", "/-start", "/-again", "/-resume", "/-ok", "/-keep", "/-drop"]
                .map(|verb| format!("(press walk/{}{verb})", walk.slug));
            walk.plan.steps.iter().flat_map(of_step).chain(whole).collect::<Vec<_>>()
        })
        .collect();
    let words = [
        "xong",
        "quay lại",
        "sửa bước 2",
        "sửa 1",
        "tôi bị lỗi",
        "để sau",
        "tiếp tục",
        "hủy",
        "xin chào",
        "5/3/2026",
        "K7M2QX4BD",
        "đăng ký khai sinh cần gì",
        "(sticker)",
        "(photo)",
        "(voice)",
        "123456",
        "english",
        "gặp người",
        "cảm ơn",
        "có",
        "không",
        "(press list/dang-ky-khai-sinh)",
        "/giupdo",
        "(press helper/yes)",
        "(press helper/next)",
        "(press walk/p.dang-ky-khai-sinh)",
    ];
    proptest::prop_oneof![
        4 => "[1-6]",
        2 => proptest::sample::select(words.map(str::to_owned).to_vec()),
        2 => proptest::sample::select(pressed),
        1 => "\\PC{0,30}",
    ]
}

/// The answers that a turn may have taken from `before`: those that hang on one that changed.
fn lost(before: &Progress, after: &Progress) -> Vec<String> {
    let walk = LIBRARY.walk(&before.walk).unwrap();
    let changed = before.answers.iter().filter(|(step, answer)| after.answers.get(*step).is_some_and(|now| now != *answer));
    let hanging: Vec<&str> = changed.flat_map(|(step, _)| walk.dependents(step)).collect();
    let gone = before.answers.keys().filter(|step| !after.answers.contains_key(*step));
    gone.filter(|step| !hanging.contains(&step.as_str())).cloned().collect()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_happens_on_a_walk_answers_stay_and_a_way_goes_on(
        slug in proptest::sample::select(LIBRARY.walks().map(|walk| walk.slug.clone()).collect::<Vec<_>>()),
        lines in proptest::collection::vec(anything(), 1..25),
    ) {
        let (wording, office, mut desk) = (Wording::default(), Office::default(), Desk::default());
        let mut state = State::default();
        let begin = [format!("(press walk/{slug})"), "1".to_owned()];
        for (turn, line) in (1u128..).zip(begin.into_iter().chain(lines)) {
            let now = NOON.plus(Duration::from_secs(turn as u64));
            let world = World { library: &LIBRARY, wording: &wording, office: &office, now, chance: Uuid::from_u128(turn * 0x9E37_79B9_7F4A_7C15), site: None, dossiers: false, can_tell: false, switches: &motcua::engine::ALL_ON };
            let before = state.clone();
            let taken = desk.turn(&world, state, &said(&line), None);
            let last = taken.replies.last().expect("a reply");
            // What the helper has under way is put aside for as long as somebody is helped; what that person did is wiped.
            let wiped = taken.effects.iter().any(|effect| matches!(effect, Effect::Wipe(_) | Effect::Helped(Help::Agreed, _)));
            for progress in before.walks.iter().take(1).filter(|_| !wiped) {
                let again = |other: &&Progress| other.walk == progress.walk && other.run != progress.run;
                let finished = taken.effects.iter().any(
                    |effect| matches!(effect, Effect::Passed(Passage { run, event: PassageEvent::Finished, .. }) if *run == progress.run),
                );
                match taken.state.walks.iter().find(|other| other.run == progress.run) {
                    Some(after) => proptest::prop_assert_eq!(lost(progress, after), Vec::<String>::new(), "after {}", line),
                    None => proptest::prop_assert!(
                        // Of too many, one whose way was closed is forgotten.
                        finished || progress.closed || taken.state.walks.iter().any(|other| again(&other)),
                        "a walk is gone after {line:?}"
                    ),
                }
            }
            if taken.state.walking {
                let on = last.choices.iter().any(|choice| choice.id.as_str().starts_with("walk/"));
                proptest::prop_assert!(on, "no way on after {line:?}: {last:?}");
            }
            let stored = serde_json::to_string(&taken.state).unwrap();
            state = serde_json::from_str(&stored).unwrap();
            proptest::prop_assert_eq!(&state, &taken.state, "what is stored is read back");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_is_offered_can_be_typed_by_number_label_or_id_and_fits_zalo(
        slug in proptest::sample::select(LIBRARY.walks().map(|walk| walk.slug.clone()).collect::<Vec<_>>()),
        picks in proptest::collection::vec(0usize..8, 1..16),
    ) {
        let (wording, office) = (Wording::default(), Office::default());
        let world = World { library: &LIBRARY, wording: &wording, office: &office, now: NOON, chance: Uuid::from_u128(7), site: None, dossiers: false, can_tell: false, switches: &motcua::engine::ALL_ON };
        let take = |state: &State, said: Said| Desk::default().turn(&world, state.clone(), &said, None);
        let begin = Said::Chose(motcua::domain::ChoiceId::from_wire(&format!("walk/{slug}/-start")));
        let speaking = State { lang: Some(motcua::domain::Lang::Vi), lang_chosen: true, ..State::default() };
        let mut taken = take(&speaking, begin);
        for pick in picks {
            let offered = taken.state.offered.clone();
            for (number, choice) in (1..).zip(&offered) {
                let pressed = take(&taken.state, Said::Chose(choice.id.clone()));
                for typed in [number.to_string(), choice.label.clone(), choice.id.as_str().to_owned()] {
                    proptest::prop_assert_eq!(&take(&taken.state, Said::Text(typed.clone())), &pressed, "typed {:?}", typed);
                }
                for part in pressed.replies.iter().flat_map(|reply| fit(reply.clone(), Capabilities::of(ChannelName::Zalo))) {
                    proptest::prop_assert!(plain(&part).chars().count() <= 2000);
                }
            }
            let Some(next) = offered.get(pick % offered.len().max(1)) else { break };
            taken = take(&taken.state, Said::Chose(next.id.clone()));
        }
    }
}

/// The code in what was said last to `peer`.
fn code(house: &House, peer: &str) -> String {
    let sent = house.sent();
    let words = sent.iter().rev().filter(|(to, _)| to == peer).flat_map(|(_, text)| text.split([' ', '\n']));
    words.map(|word| word.trim_matches(',')).find(|word| ResumeCode::read(word).is_some()).expect("a code was said").to_owned()
}

async fn says(house: &mut House, peer: &str, line: &str) -> String {
    let id = house.clock.fresh_id();
    house.arrives(&id.to_string(), peer, said(line)).await;
    house.settle().await;
    // Telegram takes one message a second to each chat.
    house.later(Duration::from_secs(5)).await;
    house.sent().iter().rfind(|(to, _)| to == peer).map(|(_, text)| text.clone()).unwrap_or_default()
}

#[tokio::test]
async fn a_walk_goes_from_one_phone_to_another() {
    each_database(|store| async move {
        let mut house = House::new(store);
        says(&mut house, "1", "(press walk/vneid/-start)").await;
        says(&mut house, "1", "Cho tôi, từ 14 tuổi").await;
        assert!(says(&mut house, "1", "để sau").await.contains("giữ lại việc đang làm"));
        let left = says(&mut house, "1", "đồng ý giữ 14 ngày").await;
        assert!(left.contains("Tiếp tục bước 2"), "{left}");
        let code = code(&house, "1").to_lowercase();
        let there = says(&mut house, "2", &code).await;
        assert!(there.contains("Bước 2/") && there.contains("thẻ căn cước"), "{there}");
        assert!(says(&mut house, "1", "tiếp tục").await.contains("Bước 2/"), "it goes on here too");
        house.clock.advance(Duration::from_secs(15 * 86_400));
        assert!(says(&mut house, "3", &code).await.contains("Không có gì dưới mã"), "two weeks later nothing waits");
    })
    .await;
}

#[tokio::test]
async fn codes_cannot_be_guessed_at_leisure() {
    each_database(|store| async move {
        let mut house = House::new(store);
        for _ in 0..5 {
            assert!(says(&mut house, "1", "K7M2QX4BD").await.contains("Không có gì dưới mã"));
        }
        assert!(says(&mut house, "1", "K7M2QX4BD").await.contains("sai mã nhiều lần"));
    })
    .await;
}

#[tokio::test]
async fn who_was_helped_leaves_nothing_but_a_count() {
    each_database(|store| async move {
        let mut house = House::new(store);
        assert!(says(&mut house, "1", "/giupdo").await.contains("đồng ý không"));
        says(&mut house, "1", "1").await;
        says(&mut house, "1", "(press walk/vneid/-start)").await;
        says(&mut house, "1", "Cho con dưới 14 tuổi").await;
        says(&mut house, "1", "cháu Nguyễn Văn An thì nuôi rồng ở đâu").await;
        assert!(says(&mut house, "1", "để sau").await.contains("không được giữ lại"));
        let waker =
            Waker { store: house.store.clone(), clock: house.clock.clone(), arrived: house.conversations.arrived.clone() };
        house.clock.advance(Duration::from_secs(14 * 60));
        assert_eq!(waker.wake().await.unwrap(), 0, "not yet quiet for fifteen minutes");
        house.clock.advance(Duration::from_secs(2 * 60));
        assert_eq!(waker.wake().await.unwrap(), 1);
        assert_eq!(waker.wake().await.unwrap(), 0, "told once");
        house.settle().await;
        let address = motcua::domain::Address::new(ChannelName::Telegram, "1");
        let mut tx = house.store.read().await.unwrap();
        let stored = motcua::store::conversation::load(&mut tx, &address).await.unwrap().unwrap();
        let state: State = serde_json::from_str(&stored.state).unwrap();
        assert!(state.walks.is_empty() && state.helper.is_none(), "{}", stored.state);
        let history = motcua::store::inbox::history(&mut tx, &address, Timestamp::END, 50).await.unwrap();
        assert!(
            history.iter().all(|inbound| matches!(&inbound.said, Said::Quiet) || inbound.said == Said::Text("/giupdo".into())),
            "{history:?}"
        );
        let told = motcua::store::outbox::history(&mut tx, &address, Timestamp::END, 50).await.unwrap();
        assert_eq!(told.len(), 2, "the words of consent, and the notice that it was wiped: {told:?}");
        assert!(motcua::store::lesson::since(&mut tx, "2026-11-01").await.unwrap().is_empty(), "no question was kept");
        let helped = walk::helped_since(&mut tx, "2026-11-01").await.unwrap();
        let counted: Vec<(&str, i64)> = helped.iter().map(|(event, _, times)| (event.as_str(), *times)).collect();
        assert_eq!(counted, [("agreed", 1), ("timed_out", 1)]);
    })
    .await;
}

#[tokio::test]
async fn passages_are_counted_and_what_waits_goes_when_the_walk_ends() {
    each_database(|store| async move {
        let mut house = House::new(store);
        says(&mut house, "1", "(press walk/vneid/-start)").await;
        says(&mut house, "1", "để sau").await;
        says(&mut house, "1", "1").await;
        let code = ResumeCode::read(&code(&house, "1")).unwrap();
        says(&mut house, "1", "tiếp tục").await;
        for line in ["Cho con dưới 14 tuổi", "xong", "Đúng hết rồi"] {
            says(&mut house, "1", line).await;
        }
        let mut tx = house.store.read().await.unwrap();
        assert_eq!(walk::kept(&mut tx, &code, Timestamp(0)).await.unwrap(), None);
        let passages = walk::passages_since(&mut tx, "2026-11-01").await.unwrap();
        let events: Vec<&str> = passages.iter().map(|(_, passage)| passage.event.as_str()).collect();
        assert_eq!(events.iter().filter(|event| **event == "passed").count(), 2, "{events:?}");
        assert!(events.contains(&"started") && events.contains(&"finished"));
        let weeks = motcua::service::walks::weeks(&passages, |slug| LIBRARY.walk(slug));
        let week = weeks.values().next().unwrap();
        assert_eq!((week.started, week.finished, week.left_at.len()), (1, 1, 0));
    })
    .await;
}

/// A library of one guide and one walk of these steps.
fn library_of(folder: &std::path::Path, steps: &str) -> Library {
    let guide = folder.join("guides/thu");
    let walk = folder.join("walks/thu");
    std::fs::create_dir_all(&guide).unwrap();
    std::fs::create_dir_all(&walk).unwrap();
    for file in ["guide.toml", "vi.md"] {
        std::fs::copy(format!("knowledge/guides/dang-ky-khai-sinh/{file}"), guide.join(file)).unwrap();
    }
    let head = "checked_on = \"2026-11-21\"\n[source]\nname = \"x\"\nas_of = \"2026-07\"\n[[outcome]]\nid = \"end\"\n";
    let mut words = "title = Thử\nabout = Thử.\nend = Xong rồi.\n".to_owned();
    let mut toml = head.to_owned();
    for step in steps.split_whitespace() {
        let (id, choices) = step.split_once('=').unwrap_or((step, ""));
        toml.push_str(&format!("[[step]]\nid = \"{id}\"\n"));
        words.push_str(&format!("{id} = Câu {id}\n"));
        if !choices.is_empty() {
            toml.push_str(&format!("choices = {:?}\n", choices.split(',').collect::<Vec<_>>()));
            words.extend(choices.split(',').map(|choice| format!("    .{choice} = Chọn {choice}\n")));
        }
    }
    std::fs::write(walk.join("walk.toml"), toml).unwrap();
    std::fs::write(walk.join("vi.ftl"), &words).unwrap();
    std::fs::write(walk.join("en.ftl"), &words).unwrap();
    Library::load(&[Origin::Folder(folder.to_owned())], None).unwrap()
}

#[test]
fn a_walk_that_its_author_changed_goes_on_from_the_last_answer_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let (wording, office) = (Wording::default(), Office::default());
    let say = |library: &Library, state: State, line: &str| {
        let world = World {
            library,
            wording: &wording,
            office: &office,
            now: NOON,
            chance: Uuid::from_u128(7),
            site: None,
            dossiers: false,
            can_tell: false,
            switches: &motcua::engine::ALL_ON,
        };
        let taken = Desk::default().turn(&world, state, &said(line), None);
        let told: String = taken.replies.iter().map(motcua::domain::Message::to_plain).collect();
        (taken.state, told)
    };
    let before = library_of(folder.path(), "a=x,y b=x,y c=x,y d");
    let mut state = State::default();
    for line in ["(press walk/thu/-start)", "Chọn x", "Chọn y", "Chọn x"] {
        state = say(&before, state, line).0;
    }
    // «b» has lost the choice that was made, a new question stands before it, and the citizen hears of it once.
    let after = library_of(folder.path(), "a=x,y new=x,y b=x,z c=x,y d");
    let (state, told) = say(&after, state, "tiếp tục");
    assert!(told.contains("vừa được cập nhật") && told.contains("Câu new"), "{told}");
    let (state, told) = say(&after, state, "Chọn x");
    assert!(!told.contains("cập nhật") && told.contains("Câu b"), "{told}");
    let (state, told) = say(&after, state, "Chọn z");
    assert!(told.contains("Câu d"), "what was answered to «c» still fits: {told}");
    let gone = library_of(folder.path(), "q=x,y");
    let (_, told) = say(&gone, state, "tiếp tục");
    assert!(told.contains("Câu q"), "{told}");
}

#[test]
fn a_broken_walk_is_named_with_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    drop(library_of(folder.path(), "a=x,y b"));
    let file = folder.path().join("walks/thu/walk.toml");
    let whole = std::fs::read_to_string(&file).unwrap();
    let faults = |toml: String| {
        std::fs::write(&file, toml).unwrap();
        let contents = Contents::read(&[Origin::Folder(folder.path().to_owned())]).unwrap();
        contents.walks().1.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let mut told = Vec::new();
    told.push(faults(format!("{whole}when = {{ a = [\"z\"] }}\n")));
    told.push(faults(format!("{whole}when = {{ c = [\"x\"] }}\n")));
    told.push(faults(whole.replace("id = \"end\"", "id = \"end\"\nwhen = { a = [\"x\"] }")));
    told.push(faults(whole.replace("\"y\"", "\"y\", \"w\"")));
    let unreached = "[[outcome]]\nid = \"late\"\n[[step]]\nid = \"b\"\n";
    told.push(faults(whole.replace("[[step]]\nid = \"b\"\n", unreached)));
    told.push(faults(whole.replace("choices", "choice")));
    insta::assert_snapshot!(told.join("\n\n"), @r"
    walks/thu/walk.toml:11: “b” depends on “z”, which “a” cannot be answered with → name one of its choices

    walks/thu/walk.toml:11: “b” depends on “c”, which no earlier step asks → name an earlier step that has choices

    walks/thu/walk.toml: not every way ends → add an [[outcome]] without `when`, the last one

    walks/thu/vi.ftl: “a.w” is missing → write it in both languages
    walks/thu/en.ftl: “a.w” is missing → write it in both languages

    walks/thu/walk.toml:11: nobody reaches “late” → mend its `when`, or take it out
    walks/thu/vi.ftl: “late” is missing → write it in both languages
    walks/thu/en.ftl: “late” is missing → write it in both languages

    walks/thu/walk.toml:9: unknown field `choice`, expected one of `id`, `choices`, `ask`, `rule`, `of`, `when`, `troubles`, `picture` → see knowledge/README.md for the keys and their values
    ");
}

#[tokio::test]
async fn a_code_typed_when_the_session_is_over_still_wipes_it() {
    each_database(|store| async move {
        let mut house = House::new(store);
        for line in ["/giupdo", "1", "(press walk/vneid/-start)", "Cho con dưới 14 tuổi"] {
            says(&mut house, "1", line).await;
        }
        house.clock.advance(Duration::from_secs(16 * 60));
        says(&mut house, "1", "K7M2QX4BD").await;
        let mut tx = house.store.read().await.unwrap();
        let helped = walk::helped_since(&mut tx, "2026-11-01").await.unwrap();
        assert!(helped.iter().any(|(event, ..)| event == "timed_out"), "{helped:?}");
        let address = motcua::domain::Address::new(ChannelName::Telegram, "1");
        let history = motcua::store::inbox::history(&mut tx, &address, Timestamp::END, 50).await.unwrap();
        assert!(!history.iter().any(|inbound| inbound.said == Said::Text("Cho con dưới 14 tuổi".into())), "{history:?}");
    })
    .await;
}

#[tokio::test]
async fn a_conversation_that_is_deleted_takes_what_waits_elsewhere_with_it() {
    each_database(|store| async move {
        let mut house = House::new(store);
        says(&mut house, "1", "(press walk/vneid/-start)").await;
        says(&mut house, "1", "để sau").await;
        says(&mut house, "1", "1").await;
        let code = ResumeCode::read(&code(&house, "1")).unwrap();
        let address = motcua::domain::Address::new(ChannelName::Telegram, "1");
        motcua::service::History { store: house.store.clone() }.forget(&address).await.unwrap();
        let mut tx = house.store.read().await.unwrap();
        assert_eq!(walk::kept(&mut tx, &code, house.clock.now()).await.unwrap(), None);
    })
    .await;
}

#[test]
fn an_old_begin_button_and_a_strange_paper_change_nothing() {
    let (wording, office, mut desk) = (Wording::default(), Office::default(), Desk::default());
    let mut state = State::default();
    let mut turns = 0;
    let mut say = |state: State, line: &str| {
        turns += 1;
        let world = World {
            library: &LIBRARY,
            wording: &wording,
            office: &office,
            now: NOON,
            chance: Uuid::from_u128(turns),
            site: None,
            dossiers: false,
            can_tell: false,
            switches: &motcua::engine::ALL_ON,
        };
        desk.turn(&world, state, &said(line), None).state
    };
    for line in ["(press walk/vneid/-start)", "1", "(press walk/vneid/-start)"] {
        state = say(state, line);
    }
    assert_eq!(state.walks[0].answers.len(), 1, "what was answered is still there");
    for line in ["(press walk/p.dang-ky-khai-sinh)", "1", "1", "(press list/dang-ky-khai-sinh/giay-chung-sinh)"] {
        state = say(state, line);
    }
    assert_eq!(state.lists[0].ticked, ["giay-chung-sinh"]);
    state = say(state, "(press list/dang-ky-khai-sinh/no-such-paper)");
    state = say(state, "(press walk/p.dang-ky-khai-sinh)");
    assert_eq!(state.lists[0].ticked, ["giay-chung-sinh"], "seen again, not made anew");
}

#[test]
fn every_kind_of_typed_answer_can_stand_in_a_walk() {
    let folder = tempfile::tempdir().unwrap();
    drop(library_of(folder.path(), "a=x,y"));
    let walk = folder.path().join("walks/thu");
    for kind in ["date", "phone", "identity", "dossier", "email"] {
        let toml = std::fs::read_to_string(walk.join("walk.toml")).unwrap();
        std::fs::write(walk.join("walk.toml"), format!("{toml}[[step]]\nid = \"{kind}\"\nask = \"{kind}\"\n")).unwrap();
        for file in ["vi.ftl", "en.ftl"] {
            let words = std::fs::read_to_string(walk.join(file)).unwrap();
            std::fs::write(walk.join(file), format!("{words}{kind} = Hỏi\n")).unwrap();
        }
    }
    let contents = Contents::read(&[Origin::Folder(folder.path().to_owned())]).unwrap();
    assert_eq!(contents.walks().1, []);
}
