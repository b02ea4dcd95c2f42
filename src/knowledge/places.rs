//! Places: the communes and wards of the province, the units they were made of on 1 July 2025, and their one-stop shops.
//!
//! People still say the names of districts, towns and communes that are gone. A name alone may mean several places, all the
//! more without tone marks, and some old names are now the names of other units: every meaning is returned.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use super::error::Fault;
use super::lines::Lines;
use super::search::{Syllable, syllables};
use super::shops::Shop;

/// Longest name, in syllables, without the word for its kind.
const LONGEST: usize = 4;
/// Words for kinds of places.
const KINDS: [&[&str]; 11] = [
    &["thi", "tran"],
    &["thi", "xa"],
    &["thanh", "pho"],
    &["phuong"],
    &["huyen"],
    &["quan"],
    &["tinh"],
    &["xa"],
    &["tt"],
    &["tp"],
    &["tx"],
];
/// Words before a place that say that it is one.
const WHERE: [&str; 8] = ["o", "tai", "ve", "thuoc", "ben", "duoi", "tren", "que"];

/// One unit of today.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// With its kind: `xã Lạc Thủy`.
    pub name: String,
    /// Code of the statistics office.
    pub code: String,
    /// The district it lay in, with its kind: `huyện Lạc Thủy`.
    pub district: String,
    /// The province it lay in.
    pub former_province: String,
    /// The units it was made of, with their kinds: `thị trấn Chi Nê`.
    pub former: Vec<String>,
}

/// What the name of a place stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A unit of today, by its place in [`Places::units`].
    Unit(usize),
    /// A unit that became part of one of today: its place in [`Unit::former`].
    Former(usize, usize),
    /// A former district: a unit that lay in it.
    District(usize),
}

/// A place that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The syllables of the name and of its kind, as a range of what was said.
    pub span: std::ops::Range<usize>,
    /// Everything it may mean, units of today first.
    pub meanings: Vec<Meaning>,
}

/// The places of one deployment.
#[derive(Debug, Default)]
pub struct Places {
    /// The units of today.
    pub units: Vec<Unit>,
    /// The one-stop shops.
    pub shops: Vec<Shop>,
    by_name: HashMap<String, Vec<Entry>>,
}

/// A name with its marks, the kind that stands before it, and what it means.
#[derive(Debug)]
struct Entry {
    marked: String,
    kind: String,
    meaning: Meaning,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[expect(dead_code, reason = "for the reader of the file")]
    province: String,
    #[expect(dead_code, reason = "for the reader of the file")]
    former_provinces: Vec<String>,
    #[serde(default)]
    unit: Vec<Unit>,
    #[serde(default)]
    shop: Vec<Spanned<Shop>>,
}

impl Places {
    /// Reads `places.toml`.
    ///
    /// # Errors
    /// The first row that cannot be read, or a shop of a unit that is not there.
    pub fn read(source: &str) -> Result<Self, Fault> {
        let table: Table = toml::from_str(source).map_err(|error| Fault::of_toml(source, &error, "fault-toml-places"))?;
        let lines = Lines::of(source);
        let mut shops = Vec::with_capacity(table.shop.len());
        for shop in table.shop {
            let line = lines.at(shop.span().start);
            let shop = shop.into_inner();
            if let Some(unit) = shop.unit.as_ref().filter(|unit| !table.unit.iter().any(|known| known.name == **unit)) {
                return Err(Fault::at(line, "fault-unit").value("unit", unit));
            }
            shops.push(shop);
        }
        let mut places = Self { units: table.unit, shops, by_name: HashMap::new() };
        let mut names: Vec<(String, Meaning)> = Vec::new();
        for (at, unit) in places.units.iter().enumerate() {
            names.push((unit.name.clone(), Meaning::Unit(at)));
            names.push((unit.district.clone(), Meaning::District(at)));
            names.extend(unit.former.iter().enumerate().map(|(n, former)| (former.clone(), Meaning::Former(at, n))));
        }
        for (name, meaning) in names {
            let said = syllables(name.trim_end_matches(" (một phần)"));
            let kind = kind_before(&said, 0);
            let (folded, marked) = (join(&said[kind..], |word| &word.folded), join(&said[kind..], |word| &word.marked));
            let entry = Entry { marked, kind: join(&said[..kind], |word| &word.folded), meaning };
            places.by_name.entry(folded).or_default().push(entry);
        }
        Ok(places)
    }

    /// The one-stop shops that serve what a named place may mean, each once.
    pub fn shops_of(&self, meanings: &[Meaning]) -> Vec<&Shop> {
        let units = meanings.iter().filter_map(|meaning| match *meaning {
            Meaning::Unit(at) | Meaning::Former(at, _) => Some(self.units[at].name.as_str()),
            Meaning::District(_) => None,
        });
        let units: Vec<&str> = units.collect();
        self.shops.iter().filter(|shop| shop.unit.as_deref().is_some_and(|unit| units.contains(&unit))).collect()
    }

    /// The units of today that are called so, with the word for their kind or without, with tone marks or without.
    pub fn units_called(&self, name: &str) -> Vec<&Unit> {
        if let Some(exact) = self.units.iter().find(|unit| unit.name == name) {
            return vec![exact];
        }
        let said = syllables(name);
        let (kind, name) = said.split_at(kind_before(&said, 0));
        let kind = join(kind, |word| &word.folded);
        let entries = self.by_name.get(&join(name, |word| &word.folded)).map(Vec::as_slice).unwrap_or_default();
        let meant = |entry: &Entry| {
            let marks = name.iter().all(|word| word.marked == word.folded) || entry.marked == join(name, |word| &word.marked);
            match entry.meaning {
                Meaning::Unit(at) if marks && (kind.is_empty() || entry.kind == kind) => self.units.get(at),
                _ => None,
            }
        };
        entries.iter().filter_map(meant).collect()
    }

    /// What a deployment still has to fill in.
    pub(super) fn to_fill_in(&self) -> Vec<Fault> {
        let mut gaps: Vec<Fault> = self.shops.iter().flat_map(Shop::missing).collect();
        let served = |unit: &&Unit| self.shops.iter().any(|shop| !shop.example && shop.unit.as_ref() == Some(&unit.name));
        let without = self.units.len() - self.units.iter().filter(served).count();
        if without > 0 {
            gaps.push(Fault::new("fault-shops-without").value("without", without).value("all", self.units.len()));
        }
        gaps
    }

    /// The place named in `said`, when something tells that it is one: its kind («xã», «huyện») or «ở», «tại» before it,
    /// or that nothing else was said.
    pub fn named(&self, said: &[Syllable]) -> Option<Named> {
        (0..said.len()).find_map(|start| {
            let kind = kind_before(said, start);
            let introduced = start > 0 && WHERE.contains(&said[start - 1].folded.as_str());
            let name = start + kind;
            (1..=LONGEST.min(said.len().saturating_sub(name))).rev().find_map(|length| {
                let span = start..name + length;
                let alone = start == 0 && said[span.end..].iter().all(|word| AFTER.contains(&word.folded.as_str()));
                if kind == 0 && (length < 2 || !(introduced || alone)) {
                    return None;
                }
                let meanings = self.meanings(&said[start..name], &said[name..span.end]);
                (!meanings.is_empty()).then_some(Named { span, meanings })
            })
        })
    }

    fn meanings(&self, kind: &[Syllable], name: &[Syllable]) -> Vec<Meaning> {
        let kind = full_kind(&join(kind, |word| &word.folded));
        let typed = join(name, |word| &word.marked);
        let bare = name.iter().all(|word| word.marked == word.folded);
        let entries = self.by_name.get(&join(name, |word| &word.folded)).map(Vec::as_slice).unwrap_or_default();
        let fits = |entry: &&Entry| bare || entry.marked == typed;
        let of_kind = |entry: &&Entry| kind.is_empty() || is_district(&entry.kind) == is_district(&kind);
        let fitting: Vec<&Entry> = entries.iter().filter(fits).collect();
        // «xã Chi Nê» is said of a town: a kind tells districts from communes, and never hides the only place of a name.
        let exact: Vec<Meaning> = fitting.iter().copied().filter(of_kind).map(|entry| entry.meaning).collect();
        let mut meanings = if exact.is_empty() { fitting.iter().map(|entry| entry.meaning).collect() } else { exact };
        // A former unit of the same name as today's unit that it went into is no other place.
        let today: Vec<usize> =
            meanings.iter().filter_map(|meaning| if let Meaning::Unit(at) = meaning { Some(*at) } else { None }).collect();
        meanings.retain(|meaning| !matches!(meaning, Meaning::Former(at, _) if today.contains(at)));
        meanings.sort_by_key(|meaning| match meaning {
            Meaning::Unit(_) => 0,
            Meaning::Former(..) => 1,
            Meaning::District(_) => 2,
        });
        meanings
    }
}

/// Words around a place that ask for nothing but the place.
pub(in crate::knowledge) const AFTER: [&str; 30] = [
    "gio", "bay", "nay", "la", "thuoc", "xa", "phuong", "nao", "moi", "cu", "truoc", "day", "sau", "sap", "nhap", "ten", "doi",
    "thanh", "gi", "o", "dau", "huyen", "tinh", "con", "khong", "ve", "vao", "the", "thi", "hien",
];

/// How many syllables at `start` are the word for a kind of place.
fn kind_before(said: &[Syllable], start: usize) -> usize {
    let rest = &said[start..];
    let fits = |kind: &&&[&str]| kind.len() < rest.len() && kind.iter().zip(rest).all(|(word, said)| *word == said.folded);
    KINDS.iter().find(fits).map_or(0, |kind| kind.len())
}

fn is_district(kind: &str) -> bool {
    matches!(kind, "huyen" | "quan" | "thanh pho" | "thi xa" | "tinh")
}

fn full_kind(kind: &str) -> String {
    match kind {
        "tt" => "thi tran".to_owned(),
        "tp" => "thanh pho".to_owned(),
        "tx" => "thi xa".to_owned(),
        other => other.to_owned(),
    }
}

fn join(said: &[Syllable], word: impl Fn(&Syllable) -> &String) -> String {
    said.iter().map(|syllable| word(syllable).as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Places {
        Places::read(include_str!("../../knowledge/places.toml")).unwrap()
    }

    fn now(text: &str) -> Vec<String> {
        let places = shipped();
        let named = places.named(&syllables(text)).map(|named| named.meanings).unwrap_or_default();
        let unit = |meaning: Meaning| match meaning {
            Meaning::Unit(at) | Meaning::Former(at, _) | Meaning::District(at) => at,
        };
        named.into_iter().map(|meaning| places.units[unit(meaning)].name.clone()).collect()
    }

    #[test]
    fn shops_belong_to_known_units_and_tell_what_is_missing() {
        let unit = "province = \"P\"\nformer_provinces = []\n[[unit]]\nname = \"xã A\"\ncode = \"1\"\ndistrict = \"huyện B\"\nformer_province = \"P\"\nformer = [\"xã C\"]\n";
        let shop =
            |unit: &str| format!("[[shop]]\nname = \"Một cửa\"\nlevel = \"commune\"\nunit = \"{unit}\"\naddress = \"Số 1\"\n");
        let places = Places::read(&format!("{unit}{}", shop("xã A"))).unwrap();
        assert_eq!(places.shops_of(&[Meaning::Former(0, 0)]).len(), 1);
        assert!(places.shops_of(&[Meaning::District(0)]).is_empty());
        let gaps = |places: &Places| places.to_fill_in().iter().map(|gap| gap.what).collect::<Vec<_>>();
        assert_eq!(gaps(&places), ["fault-shop-hours", "fault-shop-hotline"]);
        let template = Places::read(&format!("{unit}{}", shop("xã A").replace("Số 1", "DIA_CHI"))).unwrap();
        assert_eq!(gaps(&template), ["fault-shop-hours", "fault-shop-hotline", "fault-placeholder"]);
        let fault = Places::read(&format!("{unit}{}", shop("xã X"))).unwrap_err();
        assert_eq!(fault, Fault::at(9, "fault-unit").value("unit", "xã X"));
    }

    #[test]
    fn old_names_lead_to_the_units_of_today() {
        assert_eq!(now("Chi Nê giờ thuộc xã nào"), ["xã Lạc Thủy"]);
        assert_eq!(now("làm khai sinh ở chi ne"), ["xã Lạc Thủy"]);
        assert_eq!(now("huyện Lạc Sơn").len(), 8, "a district is several units");
        assert_eq!(now("xã Lạc Sơn"), ["xã Lạc Sơn"]);
    }

    #[test]
    fn a_unit_is_called_by_its_name_with_its_kind_or_without() {
        let places = shipped();
        let called = |name: &str| places.units_called(name).iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>();
        for name in ["xã Lạc Thủy", "Lạc Thủy", "lac thuy", "Xã  Lạc Thủy ", "xa lac thuy"] {
            assert_eq!(called(name), ["xã Lạc Thủy"], "{name}");
        }
        assert!(called("phường Lạc Thủy").is_empty(), "there is a commune of the name, and no ward");
        assert!(called("Chi Nê").is_empty(), "it is gone: who lives there chose the commune of today");
        assert!(called("").is_empty());
    }

    #[test]
    fn names_that_clash_keep_every_meaning() {
        assert!(now("xã Hùng Sơn").len() + now("thi tran hung son").len() > 1);
        assert!(now("xa dong xuan").len() > 1, "{:?}", now("xa dong xuan"));
        let river = now("xã Sông Lô");
        assert!(river.contains(&"xã Sông Lô".to_owned()) && river.contains(&"phường Thanh Miếu".to_owned()), "{river:?}");
    }

    #[test]
    fn ordinary_words_are_no_places() {
        for text in ["vợ chồng thống nhất đặt tên con", "khai sinh cho con", "hợp nhất thửa đất", "xã nào làm được"]
        {
            assert_eq!(now(text), Vec::<String>::new(), "{text}");
        }
    }
}
