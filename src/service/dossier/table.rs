//! Rows of a table that an officer exported: CSV or a spreadsheet, as they come out of real offices.
//!
//! The header may stand below titles; cells may be separated by `;`, `,` or tabs; a spreadsheet may have eaten the first zero of
//! a telephone number, or turned a long number into `2.51E+10`, which is beyond repair.

use std::io::Cursor;
use std::path::Path;

use anyhow::Context;
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use serde_json::{Map, Value};

use super::mapping::{Field, Mapping, bare};

/// Longest file, in bytes: a province's year has less.
const MOST_BYTES: u64 = 64 << 20;
/// Rows that may stand above the header.
const TITLES: usize = 20;
/// Names of columns that hold telephone numbers, bare.
const PHONES: [&str; 5] = ["sodienthoai", "dienthoai", "sdt", "phone", "sodienthoaichuhoso"];

/// A row, and where it stands in the file, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Its line, or its row in the sheet.
    pub line: usize,
    /// Its cells by the names of their columns.
    pub cells: Value,
    /// A number that a spreadsheet spoiled: the row cannot be taken.
    pub spoiled: Option<String>,
}

/// Reads a file; by its ending, a spreadsheet (`.xlsx`, `.xls`, `.ods`) or text.
///
/// # Errors
/// When it cannot be read, or no row of it names a column for the dossier's code.
pub fn read(file: &Path, mapping: &Mapping) -> anyhow::Result<Vec<TableRow>> {
    let bytes = bytes_of(file).with_context(|| format!("cannot read {}", file.display()))?;
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let grid = match ending.as_str() {
        // Nobody can promise that a reader of four formats of spreadsheets never gives up in the middle.
        "xlsx" | "xls" | "ods" => std::panic::catch_unwind(|| sheet(bytes))
            .unwrap_or_else(|_| anyhow::bail!("the spreadsheet is damaged: save it anew, or as «CSV UTF-8»"))?,
        _ => text(&bytes)?,
    };
    rows(grid, mapping)
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    let long = std::fs::metadata(file)?.len();
    anyhow::ensure!(long <= MOST_BYTES, "it has {} MB, and at most {} are read: split it", long >> 20, MOST_BYTES >> 20);
    Ok(std::fs::read(file)?)
}

fn sheet(bytes: Vec<u8>) -> anyhow::Result<Vec<Vec<String>>> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).context("the file is no spreadsheet")?;
    let name = book.sheet_names().first().cloned().context("the spreadsheet has no sheet")?;
    let range = book.worksheet_range(&name).with_context(|| format!("the sheet {name} cannot be read"))?;
    Ok(range.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        // A whole number of any length stays whole.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

fn text(bytes: &[u8]) -> anyhow::Result<Vec<Vec<String>>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).context("the file is not in UTF-8: save it as «CSV UTF-8»")?;
    let head: String = text.lines().take(TITLES).collect();
    let count = |sign: char| head.matches(sign).count();
    let separator = [(count(';'), b';'), (count('\t'), b'\t'), (count(','), b',')].into_iter().max_by_key(|(count, _)| *count);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.map_or(b',', |(_, sign)| sign))
        .from_reader(text.as_bytes());
    let (mut grid, mut counted, mut line) = (Vec::new(), 0, 1);
    for record in reader.records() {
        let record = record?;
        // Empty lines are skipped by the reader, behind the position it tells; for an officer they count.
        let told = usize::try_from(record.position().map_or(0, csv::Position::byte)).unwrap_or_default();
        let start = told + bytes[told..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += bytes[counted..start].iter().filter(|byte| **byte == b'\n').count();
        counted = start;
        while grid.len() + 1 < line {
            grid.push(Vec::new());
        }
        grid.push(record.iter().map(|cell| cell.trim().to_owned()).collect());
    }
    Ok(grid)
}

fn rows(grid: Vec<Vec<String>>, mapping: &Mapping) -> anyhow::Result<Vec<TableRow>> {
    let names_code = |row: &Vec<String>| row.iter().any(|cell| mapping.names(Field::Code, cell));
    let header =
        grid.iter().take(TITLES).position(names_code).with_context(|| {
            format!("none of the first {TITLES} rows names a column for the dossier's code, such as «Mã hồ sơ»")
        })?;
    let names = grid[header].clone();
    let row = |(at, cells): (usize, &Vec<String>)| {
        let named = names.iter().zip(cells).filter(|(name, cell)| !name.is_empty() && !cell.is_empty());
        let spoiled = named.clone().find(|(_, cell)| is_spoiled(cell)).map(|(name, cell)| format!("{name}: {cell}"));
        let cells: Map<String, Value> = named.map(|(name, cell)| (name.clone(), Value::String(mended(name, cell)))).collect();
        TableRow { line: at + 1, cells: Value::Object(cells), spoiled }
    };
    let filled = |row: &TableRow| row.cells.as_object().is_some_and(|cells| !cells.is_empty());
    Ok(grid.iter().enumerate().skip(header + 1).map(row).filter(filled).collect())
}

/// `2.51E+10`: the digits are gone.
fn is_spoiled(cell: &str) -> bool {
    let (head, tail) = match cell.split_once(['E', 'e']) {
        Some(parts) => parts,
        None => return false,
    };
    let number = |text: &str| !text.is_empty() && text.chars().all(|sign| sign.is_ascii_digit() || ".,".contains(sign));
    number(head) && tail.strip_prefix('+').is_some_and(number)
}

/// A telephone number whose first zero a spreadsheet ate gets it back.
fn mended(name: &str, cell: &str) -> String {
    let eaten = cell.len() == 9 && cell.bytes().all(|byte| byte.is_ascii_digit()) && PHONES.contains(&bare(name).as_str());
    if eaten { format!("0{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(source: &str) -> anyhow::Result<Vec<TableRow>> {
        rows(text(source.as_bytes())?, &Mapping::shipped("national").unwrap())
    }

    #[test]
    fn the_header_may_stand_below_titles_and_cells_behind_any_sign() {
        for separator in [";", "\t", ","] {
            let source = "\u{feff}SỔ THEO DÕI HỒ SƠ\n\nSTT|Mã hồ sơ|Số điện thoại|Trạng thái\n1|H44.1-261015-0042|912345678|Đã trả\n\n2|H44.1-261015-0043||Mới\n";
            let rows = read_text(&source.replace('|', separator)).unwrap();
            assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 6], "{separator:?}");
            assert_eq!(rows[0].cells["Số điện thoại"], "0912345678");
            assert!(rows[1].cells.get("Số điện thoại").is_none());
        }
    }

    #[test]
    fn what_a_spreadsheet_spoiled_is_named() {
        let rows = read_text("Mã hồ sơ;CCCD\nH44.1-261015-0042;2.51E+10\nE44-1;025190004567\n").unwrap();
        assert_eq!(rows[0].spoiled.as_deref(), Some("CCCD: 2.51E+10"));
        assert_eq!(rows[1].spoiled, None);
        assert!(read_text("a;b\n1;2\n").unwrap_err().to_string().contains("Mã hồ sơ"));
        assert!(text(&[0xff, 0xfe, 0]).is_err());
    }

    /// A small spreadsheet, as it comes out of an office.
    fn book() -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (column, (head, cell)) in [("Mã hồ sơ", "H44.1-261015-0042"), ("Trạng thái", "Mới")].into_iter().enumerate()
        {
            sheet.write(0, column as u16, head).unwrap();
            sheet.write(1, column as u16, cell).unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_before_it_is_read() {
        let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        file.as_file().set_len(MOST_BYTES + 1).unwrap();
        let error = read(file.path(), &Mapping::shipped("national").unwrap()).unwrap_err();
        assert!(format!("{error:#}").contains("split it"), "{error:#}");
    }

    proptest::proptest! {
        #[test]
        fn no_table_is_too_odd(source in "[\\PC\n;,\t\"]{0,200}", code in "[\\PC]{0,30}", other in "[\\PC;\"]{0,30}") {
            let _ = read_text(&source);
            let rows = read_text(&format!("Mã hồ sơ;Ghi chú\n{code};{other}\n{source}"));
            for row in rows.iter().flatten() {
                proptest::prop_assert!(row.line > 1 && row.cells.is_object());
            }
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = text(&bytes);
        }

        #[test]
        fn a_damaged_spreadsheet_is_named_and_stops_nobody(at in 0.0..1.0f64, by in proptest::prelude::any::<u8>(), cut in proptest::bool::ANY) {
            let mut bytes = book();
            let at = (bytes.len() as f64 * at) as usize;
            if cut { bytes.truncate(at) } else { bytes[at] ^= by }
            let file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
            std::fs::write(file.path(), bytes).unwrap();
            if let Err(error) = read(file.path(), &Mapping::shipped("national").unwrap()) {
                let said = format!("{error:#}");
                proptest::prop_assert!(!said.is_empty());
            }
        }
    }
}
