//! How the fields of a source system are named: one file for each.
//!
//! Names are compared without case, marks, gaps and signs, so that `MaHoSo` and «Mã hồ sơ» are one.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;

use crate::domain::Status;
use crate::domain::dossier::status::folded;

/// Mappings that ship with the program.
const SHIPPED: [(&str, &str); 1] = [("national", include_str!("../../../mappings/national.toml"))];

/// One thing that may be told of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Its code.
    Code,
    /// The source's id of what happened.
    EventId,
    /// When it happened.
    At,
    /// How it stands.
    Status,
    /// Code of the procedure.
    Procedure,
    /// Its name.
    ProcedureName,
    /// The office that handles it.
    Office,
    /// The officer.
    Officer,
    /// The applicant.
    Applicant,
    /// Their telephone.
    Phone,
    /// Their identity number.
    Identity,
    /// When it was received.
    Received,
    /// When the result is promised.
    Appointment,
    /// When it was decided.
    Decided,
    /// When the result was handed over.
    HandedOver,
    /// When it was refused.
    Refused,
    /// When papers were asked for.
    AskedAt,
    /// Which papers are missing.
    Missing,
    /// Names of fees.
    FeeName,
    /// Their amounts, in the same order.
    FeeAmount,
    /// Why it stands so.
    Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fields: BTreeMap<Field, Vec<String>>,
    #[serde(default)]
    statuses: BTreeMap<String, u8>,
}

/// How one source names things.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Paths by field, in the order in which they are tried: names, one within another.
    paths: BTreeMap<Field, Vec<Vec<String>>>,
    statuses: HashMap<String, Status>,
}

impl Mapping {
    /// The shipped mapping of that name.
    pub fn shipped(name: &str) -> Option<Self> {
        let (_, source) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        Some(Self::read(source).unwrap_or_else(|error| unreachable!("a shipped mapping is read by a test: {error}")))
    }

    /// The mapping of that name: `<folder>/<name>.toml` where there is one, else the shipped one.
    ///
    /// # Errors
    /// When there is none, or its file cannot be read.
    pub fn named(name: &str, folder: Option<&Path>) -> anyhow::Result<Self> {
        // A name, and no path to elsewhere.
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        anyhow::ensure!(plain, "“{name}” is no name of a mapping: letters, digits and dashes");
        let file = folder.map(|folder| folder.join(format!("{name}.toml"))).filter(|file| file.exists());
        match file {
            Some(file) => {
                let source = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
                Self::read(&source).with_context(|| file.display().to_string())
            }
            None => Self::shipped(name).with_context(|| format!("there is no mapping “{name}”")),
        }
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// What is wrong in it, with its line.
    pub fn read(source: &str) -> anyhow::Result<Self> {
        let file: File = toml::from_str(source)?;
        let path = |path: &String| path.split('.').map(bare).collect();
        for field in [Field::Code, Field::Status] {
            anyhow::ensure!(
                file.fields.contains_key(&field),
                "there is no name for {field:?}, without which nothing can be taken in"
            );
        }
        let paths = file.fields.iter().map(|(field, names)| (*field, names.iter().map(path).collect())).collect();
        let status = |(words, number): (&String, &u8)| Ok((folded(words), Status::try_from(*number)?));
        let statuses = file.statuses.iter().map(status).collect::<anyhow::Result<_>>()?;
        Ok(Self { paths, statuses })
    }

    /// Whether `name` is one of a field's.
    pub fn names(&self, field: Field, name: &str) -> bool {
        let paths = self.paths.get(&field).map(Vec::as_slice).unwrap_or_default();
        paths.iter().any(|path| path.len() == 1 && path[0] == bare(name))
    }

    /// Whether it has names for a field.
    pub fn knows(&self, field: Field) -> bool {
        self.paths.contains_key(&field)
    }

    /// The status that a source's word means.
    pub fn status(&self, text: &str) -> Option<Status> {
        self.statuses.get(&folded(text)).copied().or_else(|| Status::read(text))
    }
}

/// The fields of one row, by their bare names.
#[derive(Clone, Debug)]
pub struct Row<'v>(HashMap<String, &'v Value>);

impl<'v> Row<'v> {
    /// The fields of an object; `None` when it is something else.
    pub fn of(value: &'v Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self(fields.iter().map(|(name, value)| (bare(name), value)).collect()))
    }

    /// The first text that is not empty under any name of `field`.
    pub fn text(&self, mapping: &Mapping, field: Field) -> Option<String> {
        self.texts(mapping, field).into_iter().next()
    }

    /// All texts under the first name of `field` that has any: lists are walked through.
    pub fn texts(&self, mapping: &Mapping, field: Field) -> Vec<String> {
        let paths = mapping.paths.get(&field).map(Vec::as_slice).unwrap_or_default();
        paths.iter().map(|path| self.at(path)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn at(&self, path: &[String]) -> Vec<String> {
        let mut found = Vec::new();
        if let Some((first, rest)) = path.split_first()
            && let Some(value) = self.0.get(first)
        {
            gather(value, rest, &mut found);
        }
        found
    }
}

fn gather(value: &Value, path: &[String], found: &mut Vec<String>) {
    match (value, path.split_first()) {
        (Value::Array(values), _) => values.iter().for_each(|value| gather(value, path, found)),
        (Value::Object(fields), Some((first, rest))) => {
            let inner = fields.iter().find(|(name, _)| bare(name) == *first);
            if let Some((_, value)) = inner {
                gather(value, rest, found);
            }
        }
        (Value::String(text), None) => {
            // Signs that nobody sees, and that not every database takes.
            let text = text.replace(char::is_control, " ");
            if !text.trim().is_empty() {
                found.push(text.trim().to_owned());
            }
        }
        (Value::Number(number), None) => found.push(number.to_string()),
        _ => {}
    }
}

/// A name without case, marks, gaps and signs.
pub fn bare(name: &str) -> String {
    folded(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_shipped_mapping_is_read() {
        for (name, _) in SHIPPED {
            let mapping = Mapping::shipped(name).unwrap();
            assert!(mapping.knows(Field::Code) && mapping.knows(Field::Status), "{name}");
        }
    }

    #[test]
    fn a_source_system_may_have_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = "[fields]\ncode = [\"so_phieu\"]\nstatus = [\"tt\"]\n[statuses]\n\"chuyển phòng\" = 4\n";
        std::fs::write(folder.path().join("igate.toml"), file).unwrap();
        let mapping = Mapping::named("igate", Some(folder.path())).unwrap();
        assert_eq!(mapping.status("Chuyển Phòng"), Some(Status::Processing));
        let row = json!({ "Số phiếu": "H44-1", "code": "no" });
        assert_eq!(Row::of(&row).unwrap().text(&mapping, Field::Code).as_deref(), Some("H44-1"));
        assert!(Mapping::named("national", Some(folder.path())).is_ok(), "the shipped ones stay");
        for wrong in ["../igate", "", "nobody"] {
            assert!(Mapping::named(wrong, Some(folder.path())).is_err(), "{wrong}");
        }
        for wrong in [
            "[fields]\ncode = [\"a\"]",
            "[fields]\ncolour = [\"a\"]",
            "[fields]\ncode=[\"a\"]\nstatus=[\"b\"]\n[statuses]\nx = 11",
        ] {
            assert!(Mapping::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_every_system_lead_to_the_same() {
        let mapping = Mapping::shipped("national").unwrap();
        for row in [
            json!({ "code": "H44-1" }),
            json!({ "MaHoSo": "H44-1" }),
            json!({ "Mã hồ sơ": " H44-1 " }),
            json!({ "Mã số hồ sơ": "H44-1", "code": "" }),
        ] {
            assert_eq!(Row::of(&row).unwrap().text(&mapping, Field::Code).as_deref(), Some("H44-1"), "{row}");
        }
        let nested = json!({ "applicant": { "data": { "fullname": "A" } }, "DanhSachHoSoBoSung": [{ "NoiDungBoSung": "x" }, { "NoiDungBoSung": "y" }] });
        let row = Row::of(&nested).unwrap();
        assert_eq!(row.text(&mapping, Field::Applicant).as_deref(), Some("A"));
        assert_eq!(row.texts(&mapping, Field::Missing), ["x", "y"]);
    }
}
