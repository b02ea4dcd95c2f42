//! The wording files against each other and against the program.

use std::collections::BTreeSet;
use std::fs;

use motcua::domain::Lang;
use motcua::i18n::Wording;

/// Keys the program puts together, by their beginnings or endings.
const MADE: [&str; 33] = [
    "-do",
    "told-",
    "became-",
    "use-",
    "request-",
    "kept-",
    "topic-",
    "cast-is-",
    "cast-ring-",
    "cast-class-",
    "cast-how-",
    "cast-out-",
    "cast-cause-",
    "cast-field-",
    "figures-",
    "action-",
    "edition-",
    "outcome-",
    "ending-",
    "inbox-tab-",
    "place-",
    "role-",
    "file-",
    "rate-",
    "status-",
    "reminder-",
    "facet-",
    "missing-",
    "language-",
    "command-",
    "media-",
    "walk-ask-",
    "-button",
];

#[test]
fn every_language_has_every_key_once() {
    let keys = |lang| Wording::keys(lang);
    for lang in Lang::ALL {
        let all = keys(lang);
        let distinct: BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "a key stands twice in {lang}");
    }
    assert_eq!(keys(Lang::Vi), keys(Lang::En), "languages have the same keys in the same order");
}

#[test]
fn every_key_is_used_and_every_used_key_exists() {
    let source: String = glob("src").into_iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let keys = Wording::keys(Lang::Vi);
    let unused: Vec<&String> = keys
        .iter()
        .filter(|key| !source.contains(&format!("\"{key}\"")))
        .filter(|key| !MADE.iter().any(|made| key.starts_with(made) || key.ends_with(made)))
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
    let asked =
        regex::Regex::new(r#"(?:words?|say|wording|remark|with)\(\s*(?:self\.lang,\s*|lang,\s*)?"([a-z][a-z0-9-]+)""#).unwrap();
    for captures in asked.captures_iter(&source) {
        assert!(keys.iter().any(|key| *key == captures[1]), "“{}” is not in locales/", &captures[1]);
    }
}

#[test]
fn every_fault_of_content_is_told_with_what_to_do() {
    let source: String = glob("src").into_iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let of = |lang: &str| {
        let file = fs::read_to_string(format!("locales/{lang}/faults.ftl")).unwrap();
        let lines = file.lines().filter_map(|line| line.split_once(" = ")).map(|(key, text)| (key.to_owned(), text.to_owned()));
        lines.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (vi, en) = (of("vi"), of("en"));
    let named = regex::Regex::new(r#""(fault-[a-z-]+)""#).unwrap();
    let variable = regex::Regex::new(r"\$[a-z]+").unwrap();
    let variables = |text: &str| variable.find_iter(text).map(|found| found.as_str().to_owned()).collect::<BTreeSet<_>>();
    for captures in named.captures_iter(&source) {
        for key in [captures[1].to_owned(), format!("{}-do", &captures[1])] {
            let (vi, en) = (vi.get(&key).expect(&key), en.get(&key).expect(&key));
            // A remedy may need less, or name again what is wrong.
            assert!(key.ends_with("-do") || variables(vi) == variables(en), "{key}: {vi} – {en}");
        }
    }
}

#[test]
fn deeds_are_called_as_they_are_noted() {
    let table = fs::read_to_string("src/console/deeds.rs").unwrap();
    let noted = glob("src").into_iter().filter(|path| !path.ends_with("deeds.rs"));
    let noted: String = noted.map(|path| fs::read_to_string(path).unwrap()).collect();
    let rows = regex::Regex::new(r#"\("([^"]+)", "deed-"#).unwrap();
    for row in rows.captures_iter(&table) {
        assert!(noted.contains(&format!("\"{}", &row[1])), "nobody notes “{}” any more", &row[1]);
    }
}

#[test]
fn texts_are_composed_and_polite() {
    for path in ["chat", "answer", "broadcast", "console", "deeds", "dossier", "faults", "link", "walk", "web"]
        .map(|name| format!("locales/vi/{name}.ftl"))
    {
        let text = fs::read_to_string(&path).unwrap();
        assert!(unicode_normalization::is_nfc(&text), "{path} is not in NFC");
        assert!(!text.contains("quý khách"), "{path}: say “bạn”");
    }
}

fn glob(folder: &str) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { glob(path.to_str().unwrap()) } else { vec![path] }
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
