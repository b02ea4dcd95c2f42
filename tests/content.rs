//! The shipped guides.

use motcua::engine::ask::decide;
use motcua::knowledge::search::Question;
use motcua::knowledge::{Contents, Origin, check};

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
    for guide in LIBRARY.guides() {
        for text in std::iter::once(&guide.vi).chain(&guide.en) {
            for question in text.questions.iter().chain(&text.names).chain([&text.title]) {
                let decision = decide(&LIBRARY, &Question::read(question), None, 3);
                if !decision.hits.iter().any(|hit| LIBRARY.guide(hit.guide).slug == guide.slug) {
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
        .replace("codes = [\"1.001193\"]", "codes = [\"9.999999\"]\nrelated = [\"khong-co\"]\ncolour = \"red\"")
        .replace("checked_on = \"2026-11-21\"", "checked_on = \"2031-01-01\"");
    std::fs::write(home.join("guide.toml"), &broken).unwrap();
    std::fs::write(home.join("vi.md"), "# Thử\n\nTóm tắt 5.\n\n## Các bước\n- Đi.\n").unwrap();
    let layers = [Origin::Folder(folder.path().to_owned())];
    let faults = |today: &str| {
        let checked = check::check(&Contents::read(&layers).unwrap(), today.parse().unwrap());
        checked.faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    insta::assert_snapshot!(faults("2026-11-21").join("\n"), @"guides/thu/guide.toml:3: unknown field `colour`, expected one of `codes`, `field`, `authority`, `level`, `online`, `applicants`, `review`, `checked_on`, `valid_from`, `valid_until`, `replaces`, `related`, `portal`, `source`, `where`, `deadline`, `result`, `documents`, `fees`, `waivers`, `times`, `law` → see knowledge/README.md for the keys and their values");
    std::fs::write(home.join("guide.toml"), broken.replace("colour = \"red\"\n", "")).unwrap();
    insta::assert_snapshot!(faults("2026-11-21").join("\n"), @r"
    guides/thu/en.md: the translation is missing → write it, equal in content to vi.md
    guides/thu/guide.toml:2: there is no guide “khong-co” → use the name of a folder under guides/
    guides/thu/guide.toml:8: 2031-01-01 is in the future → write the day somebody really compared it
    ");
}
