//! Conversations, as anybody can read and review them: `tests/transcripts/*.txt`.
//!
//! A line with `>` is the citizen's, lines with `<` are the bot's, `#` is a remark. `UPDATE=1 cargo test transcripts`
//! writes what the bot says now; the diff is then reviewed like any other. The remarks `# sau 3 ngày`, `# sau 20 phút` let
//! time pass, `# có hồ sơ MÃ TRẠNG-THÁI 4-SỐ` makes a dossier, `# bàn trực GIỜ` puts officers at the desk, `# nhận thông báo` is told an announcement of
//! `tests/broadcast.rs`, `# máy khác` goes to another phone; `(mã)` is the code that was said last.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use motcua::channel::terminal::said;
use motcua::domain::{Dossier, Lang, ResumeCode};
use motcua::engine::dossier::View;
use motcua::engine::{Announced, Desk, Office, State, World};
use motcua::i18n::Wording;
use motcua::service::dossier::mapping::Mapping;
use motcua::service::dossier::read::read;
use uuid::Uuid;

use crate::support::clock::NOON;
use crate::support::house::LIBRARY;

/// The transcript with the bot's lines as they are now.
fn replay(transcript: &str) -> String {
    let wording = Wording::default();
    let mut office = Office { hotline: None, ..Office::default() };
    let mut now = NOON;
    let hint = transcript.lines().any(|line| line == "# app: en").then_some(Lang::En);
    let mut state = State::default();
    let mut desk = Desk::default();
    let mut turns = 0u128;
    let mut told = None;
    let mut out = String::new();
    for line in transcript.lines().filter(|line| !line.starts_with('<')) {
        writeln!(out, "{line}").unwrap();
        match *line.split(' ').collect::<Vec<_>>() {
            ["#", "máy", "khác" | "khác:", ..] => state = State::default(),
            ["#", "bàn", "trực", ..] => {
                let hours = line.trim_start_matches("# bàn trực ").to_owned();
                office.desk = Some(hours.try_into().unwrap());
            }
            ["#", "nhận", "thông", "báo"] => told = Some(Announced { id: 7, draft: crate::broadcast::draft(), at: now }),
            ["#", "có", "hồ", "sơ", code, status, digits] => {
                let read = |row| read(&row, &Mapping::shipped("national").unwrap(), now).unwrap().claim;
                let claim = read(serde_json::json!({ "code": code, "status": status, "at": "2026-11-20 09:15:00",
                    "procedure_code": "1.004222", "procedure_name": "Đăng ký thường trú", "applicant_name": "NGUYỄN VĂN THỬ",
                    "office": "Công an phường mẫu", "appointment_at": "26/11/2026 16:30", "missing": ["Giấy tờ về chỗ ở"],
                    "fees": [{ "name": "Lệ phí", "amount": "10000" }], "note": "Xem https://bit.ly/x hoặc 0912345678" }));
                let (agency, hotline) = ("UBND phường mẫu".to_owned(), Some("0210 000 000".to_owned()));
                let view = View { dossier: Dossier::first(&claim), agency, hotline, followed: false };
                desk.dossiers.push((view, digits.to_owned()));
            }
            ["#", "sau", days, "ngày"] => now = now.plus(Duration::from_secs(days.parse::<u64>().unwrap() * 86_400)),
            ["#", "sau", minutes, "phút"] => now = now.plus(Duration::from_secs(minutes.parse::<u64>().unwrap() * 60)),
            _ => {}
        }
        let Some(line) = line.strip_prefix("> ") else { continue };
        let code = out.split([' ', '\n']).rfind(|word| ResumeCode::read(word).is_some()).map(str::to_owned);
        let line = if line == "(mã)" { code.as_deref().unwrap_or(line) } else { line };
        turns += 1;
        let chance = Uuid::from_u128(turns * 0x9E37_79B9_7F4A_7C15);
        let world = World {
            library: &LIBRARY,
            wording: &wording,
            office: &office,
            now,
            chance,
            site: None,
            dossiers: !desk.dossiers.is_empty(),
            can_tell: !desk.dossiers.is_empty(),
            switches: &motcua::engine::ALL_ON,
        };
        // The state goes through its stored form, as it does between two turns.
        let stored = serde_json::to_string(&state).unwrap();
        let read: State = serde_json::from_str(&stored).unwrap();
        let taken = desk.turn(&world, State { places: state.places, announced: told.clone(), ..read }, &said(line), hint);
        state = taken.state;
        for reply in &taken.replies {
            for said in reply.to_plain().lines() {
                writeln!(out, "< {said}").unwrap();
            }
        }
    }
    out
}

#[test]
fn the_bot_says_what_the_transcripts_say() {
    let mut changed = Vec::new();
    for entry in fs::read_dir("tests/transcripts").unwrap() {
        let path = entry.unwrap().path();
        let expected = fs::read_to_string(&path).unwrap();
        let now = replay(&expected);
        if now != expected {
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, now).unwrap();
            } else {
                let first = now.lines().zip(expected.lines()).find(|(now, then)| now != then);
                changed.push(format!("{}: {first:?}", path.display()));
            }
        }
    }
    assert!(changed.is_empty(), "run UPDATE=1 cargo test transcripts and review the diff:\n{}", changed.join("\n"));
}

#[test]
fn every_reply_offers_a_way_on() {
    for entry in fs::read_dir("tests/transcripts").unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let turns = text.split("\n> ").skip(1);
        for said in turns.filter(|said| said.contains("\n< ")) {
            let offers = said.contains("\n< [1] ")
                || said.contains("cần gì cứ hỏi")
                || said.contains("whenever you need")
                || said.contains("gọi tên tôi")
                || said.contains("gõ \"bot\"")
                || said.contains("gõ bằng chữ giúp");
            assert!(offers, "no way on after: {said}");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn nothing_that_can_be_said_stops_the_bot(lines in proptest::collection::vec(proptest::prop_oneof![
        "\\PC{0,40}",
        "[1-9]",
        proptest::sample::select(vec![
            "(sticker)", "(photo)", "(unknown)", "(press guide/dang-ky-khai-sinh/fee)", "(press guide/x/y)", "(press change)", "(press )",
            "(start dang-ky-ket-hon)", "(edit khai tử)", "khai sinh", "le phi", "con toi sinh o nha", "hủy", "english", "/help", "gặp người",
        ]).prop_map(str::to_owned),
    ], 1..12)) {
        let wording = Wording::default();
        let office = Office::default();
        let world = World { library: &LIBRARY, wording: &wording, office: &office, now: NOON, chance: Uuid::nil(), site: None, dossiers: false, can_tell: false, switches: &motcua::engine::ALL_ON };
        let mut state = State::default();
        let mut desk = Desk::default();
        for line in lines {
            let taken = desk.turn(&world, state, &said(&line), None);
            proptest::prop_assert!(!taken.replies.is_empty(), "no reply to {line:?}");
            proptest::prop_assert!(taken.replies.iter().all(|reply| !reply.to_plain().trim().is_empty()));
            state = taken.state;
        }
    }
}
use proptest::strategy::Strategy as _;
