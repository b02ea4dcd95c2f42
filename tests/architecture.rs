//! The rules of the house that a program can check.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom. `app`, `cli` and `http` may import anything.
const MAY_IMPORT: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("i18n", &["domain"]),
    ("knowledge", &["domain", "i18n"]),
    ("engine", &["domain", "knowledge", "i18n"]),
    ("store", &["domain", "seal"]),
    ("seal", &[]),
    ("media", &["domain", "store", "channel", "seal"]),
    ("service", &["domain", "knowledge", "i18n", "engine", "store", "channel", "seal"]),
    ("api", &["domain", "service", "store"]),
    ("channel", &["domain"]),
    ("site", &["domain", "i18n", "knowledge", "engine", "channel"]),
    ("console", &["domain", "i18n", "knowledge", "service", "store", "media", "channel"]),
    ("delivery", &["domain", "store", "channel"]),
];

/// Longest file, in lines.
const LONGEST: usize = 400;

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// All source files by their layer: the first part of their path under `src`.
fn layers() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let mut layers: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for path in rust_files(Path::new("src")) {
        let layer =
            path.strip_prefix("src").unwrap().components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let text = fs::read_to_string(&path).unwrap();
        layers.entry(layer).or_default().push((path, text));
    }
    layers
}

#[test]
fn layers_import_only_what_they_may() {
    let layers = layers();
    let mut wrong = Vec::new();
    for (layer, allowed) in MAY_IMPORT {
        for (path, text) in &layers[layer] {
            for import in text.split("crate::").skip(1) {
                let name: String = import.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if name != layer && layers.contains_key(&name) && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{}: {layer} must not import {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_layer_has_its_rule() {
    let free = ["app", "cli", "http", "config", "main", "lib"];
    for layer in layers().keys() {
        assert!(
            free.contains(&layer.as_str()) || MAY_IMPORT.iter().any(|(name, _)| name == layer),
            "{layer} has no rule in tests/architecture.rs"
        );
    }
}

#[test]
fn the_pure_layers_stay_pure() {
    let layers = layers();
    for layer in ["domain", "engine", "knowledge"] {
        for (path, text) in &layers[layer] {
            for word in ["async fn", ".await", "tokio::", "sqlx::", "reqwest::", "axum::"] {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = layers()
        .into_values()
        .flatten()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn migrations_keep_to_what_both_databases_share() {
    for entry in fs::read_dir("migrations").unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().to_uppercase();
        for word in ["SERIAL", "AUTOINCREMENT", "TIMESTAMP", "JSONB", "DATETIME", "NOW()", " INT ", "INTEGER", "VARCHAR"] {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}
