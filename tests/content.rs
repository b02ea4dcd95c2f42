//! The shipped guides.

use motcua::domain::Said;
use motcua::engine::ask::{Action, decide};
use motcua::engine::{Office, State, World, turn};
use motcua::knowledge::{Contents, Library, Origin, check};

use crate::support::clock::NOON;
use crate::support::house::LIBRARY;

#[test]
fn the_shipped_content_has_no_fault() {
    let contents = Contents::read(&[Origin::Folder("knowledge".into())]).unwrap();
    let checked = check::check(&contents, "2026-11-21".parse().unwrap());
    let faults: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(checked.written >= 12, "only {} guides", checked.written);
}

#[test]
fn the_copy_inside_the_program_is_the_folder() {
    let folder = Contents::read(&[Origin::Folder("knowledge".into())]).unwrap();
    let built_in = Contents::read(&[Origin::BuiltIn]).unwrap();
    assert_eq!(folder.fingerprint(), built_in.fingerprint());
}

/// What people ask must find the guide that says so, first or, for shared words, among three.
#[test]
fn every_question_of_a_guide_finds_its_guide() {
    let mut lost = Vec::new();
    for guide in LIBRARY.written() {
        for text in std::iter::once(&guide.vi).chain(&guide.en) {
            for question in text.questions.iter().chain(&text.names).chain([&text.title]) {
                let decision = decide(&LIBRARY, &LIBRARY.question(question), None, 3);
                // A cry for help and the name of a place are answered as such, whatever guide is on the same matter.
                let helped = matches!(decision.action, Action::Danger | Action::Fraud | Action::Place);
                if !helped && !decision.hits.iter().any(|hit| LIBRARY.slug(hit.guide) == guide.slug) {
                    lost.push(format!("{}: {question} ({})", guide.slug, decision.action.as_str()));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn a_broken_guide_is_named_with_file_line_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("guides/thu");
    std::fs::create_dir_all(&home).unwrap();
    let good = std::fs::read_to_string("knowledge/guides/dang-ky-khai-sinh/guide.toml").unwrap();
    let broken = good
        .replace("related = [", "colour = \"red\"\nrelated = [\"khong-co\"] # ")
        .replace("codes = [\"1.001193\"]", "codes = [\"9.999999\"]")
        .replace("checked_on = \"2026-11-21\"", "checked_on = \"2031-01-01\"");
    std::fs::write(home.join("guide.toml"), &broken).unwrap();
    std::fs::write(home.join("vi.md"), "# Thử\n\nTóm tắt 5.\n\n## Các bước\n- Đi.\n").unwrap();
    let layers = [Origin::Folder(folder.path().to_owned())];
    let faults = |today: &str| {
        let checked = check::check(&Contents::read(&layers).unwrap(), today.parse().unwrap());
        checked.faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    insta::assert_snapshot!(faults("2026-11-21").join("\n"), @"guides/thu/guide.toml:8: unknown field `colour`, expected one of `codes`, `field`, `authority`, `level`, `online`, `applicants`, `review`, `checked_on`, `valid_from`, `valid_until`, `replaces`, `related`, `portal`, `source`, `where`, `deadline`, `result`, `questions`, `documents`, `fees`, `waivers`, `times`, `law` → see knowledge/README.md for the keys and their values");
    std::fs::write(home.join("guide.toml"), broken.replace("colour = \"red\"\n", "")).unwrap();
    insta::assert_snapshot!(faults("2026-11-21").join("\n"), @r"
    guides/thu/en.md: the English version is missing → write it, equal in content to vi.md
    guides/thu/guide.toml:7: 2031-01-01 is in the future → write the day somebody really compared it
    guides/thu/guide.toml:8: there is no guide “khong-co” → use the name of a folder under guides/
    ");
}

/// What a citizen is told about a guide whose facts are `facts`, on 21 November 2026.
fn told(facts: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("guides/nuoi-rong");
    std::fs::create_dir_all(&home).unwrap();
    let common = "codes = [\"7.000009\"]\nfield = { vi = \"Thú y\" }\nreview = \"imported\"\nchecked_on = \"2026-07-01\"\n";
    let source = "[source]\nname = \"Cổng\"\nas_of = \"2026-07\"\n";
    std::fs::write(home.join("guide.toml"), format!("{common}{facts}\n{source}")).unwrap();
    std::fs::write(home.join("vi.md"), "# Cấp phép nuôi rồng\n").unwrap();
    let library = Library::load(&[Origin::Folder(folder.path().to_owned())], None).unwrap();
    let (wording, office) = (motcua::i18n::Wording::default(), Office::default());
    let world = World {
        library: &library,
        wording: &wording,
        office: &office,
        now: NOON,
        chance: uuid::Uuid::nil(),
        site: None,
        dossiers: false,
        can_tell: false,
        switches: &motcua::engine::ALL_ON,
    };
    let said = Said::Text("cấp phép nuôi rồng lệ phí bao nhiêu".into());
    turn(&world, State::default(), &said, None).replies[0].to_plain()
}

#[test]
fn an_answer_says_when_a_guide_is_over_not_yet_begun_or_unchecked() {
    assert!(told("valid_until = \"2026-10-31\"").contains("chỉ có hiệu lực đến hết ngày 31/10/2026"));
    assert!(told("valid_from = \"2027-03-01\"").contains("có hiệu lực từ 01/03/2027"));
    let now = told("");
    assert!(!now.contains("có hiệu lực") && now.contains("chưa có cán bộ kiểm tra"), "{now}");
}

#[test]
fn an_unknown_fee_is_called_unknown_and_a_waiver_ends_on_its_day() {
    assert!(told("").contains("chưa có thông tin lệ phí chắc chắn"));
    let waived = |until: &str| {
        told(&format!(
            "[[fees]]\namount = 20000\n[[waivers]]\noff = 100\nfrom = \"2026-08-15\"\nuntil = \"{until}\"\ncondition = {{ vi = \"nộp trực tuyến\" }}\nlaw = \"66.22/2026/NQ-CP\""
        ))
    };
    assert!(waived("2027-02-28").contains("Miễn phí từ 15/08/2026 đến hết 28/02/2027"));
    let over = waived("2026-11-20");
    assert!(over.contains("20.000 đ") && !over.contains("Miễn phí từ"), "{over}");
}

/// Seven old names are the name of another unit today (by the table of the 148 units): both are told, none is guessed.
#[test]
fn an_old_name_that_is_anothers_today_is_told_with_both() {
    let traps = [
        ("xã Hòa Bình", "phường Tân Hòa"),
        ("phường Dân Chủ", "phường Thống Nhất"),
        ("an nghia", "xã Đại Đồng"),
        ("xã Đại Đồng", "xã Vĩnh Hưng"),
        ("xã Tân Sơn", "xã Lai Đồng"),
        ("xã Yên Lãng", "xã Hương Cần"),
        ("xã Sông Lô", "phường Thanh Miếu"),
    ];
    let wording = motcua::i18n::Wording::default();
    let office = Office::default();
    let world = World {
        library: &LIBRARY,
        wording: &wording,
        office: &office,
        now: NOON,
        chance: uuid::Uuid::nil(),
        site: None,
        dossiers: false,
        can_tell: false,
        switches: &motcua::engine::ALL_ON,
    };
    for (name, now) in traps {
        let said = Said::Text(format!("{name} giờ thuộc đâu"));
        let told = turn(&world, State::default(), &said, None).replies[0].to_plain();
        assert!(told.contains("nhiều nơi") && told.contains(&format!("nay thuộc {now}")), "{name}: {told}");
    }
}
