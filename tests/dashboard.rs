//! The dashboard and the alerts in `packaging/` against the numbers that the program gives away.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

const DASHBOARD: &str = "packaging/grafana-motcua.json";
const ALERTS: &str = "packaging/prometheus-motcua.rules.yml";

/// All source files, one after the other.
fn source(folder: &Path) -> String {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| match path.extension() {
            _ if path.is_dir() => source(&path),
            Some(extension) if extension == "rs" => fs::read_to_string(&path).unwrap(),
            _ => String::new(),
        })
        .collect()
}

/// The name under which the program counts it: what it calls a histogram is asked for by its parts.
fn base<'a>(name: &'a str, source: &str) -> &'a str {
    ["_bucket", "_sum", "_count"]
        .into_iter()
        .filter_map(|part| name.strip_suffix(part))
        .find(|base| source.contains(&format!("histogram!(\"{base}\"")))
        .unwrap_or(name)
}

#[test]
fn only_numbers_that_the_program_gives_are_asked_for() {
    let source = source(Path::new("src"));
    let name = regex::Regex::new("motcua_[a-z_]+").unwrap();
    for path in [DASHBOARD, ALERTS] {
        let text = fs::read_to_string(path).unwrap();
        let names: BTreeSet<&str> = name.find_iter(&text).map(|found| found.as_str()).collect();
        assert!(!names.is_empty(), "{path} asks for nothing");
        let unknown: Vec<&&str> = names.iter().filter(|name| !source.contains(&format!("\"{}\"", base(name, &source)))).collect();
        assert!(unknown.is_empty(), "{path} asks for {unknown:?}, which nothing under src/ counts");
        assert!(unicode_normalization::is_nfc(&text), "{path} is not in NFC");
    }
}

#[test]
fn every_panel_has_a_number_of_its_own_and_says_what_to_do() {
    let dashboard: Value = serde_json::from_str(&fs::read_to_string(DASHBOARD).unwrap()).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let ids: BTreeSet<u64> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len(), "two panels have one id");
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        assert!(panel["description"].as_str().is_some_and(|words| !words.is_empty()), "{} is not described", panel["title"]);
    }
}
