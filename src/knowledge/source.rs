//! Reading content: the folder `knowledge/`, or the copy of it inside the program, and folders laid over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::calendar::Years;
use super::error::{ContentError, Fault};
use super::guide::{Facts, Guide};
use super::places::Places;
use super::search::Examples;
use super::text::GuideText;
use super::vocabulary::Vocabulary;
use super::walk::Walk;
use crate::domain::edition::{Edition, GUIDES};
use crate::domain::{ChoiceId, Lang};

/// The content that ships with the program, so that an installation is one file.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge/guides");

static BUILT_IN_NAMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge/names");

static BUILT_IN_WALKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge/walks");

static BUILT_IN_INTENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge/intents");
static BUILT_IN_PLACES: &str = include_str!("../../knowledge/places.toml");
static BUILT_IN_CALENDAR: &str = include_str!("../../knowledge/calendar.toml");
static BUILT_IN_VOCABULARY: &str = include_str!("../../knowledge/vocabulary.toml");

/// One layer of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The copy inside the program.
    BuiltIn,
    /// A folder that holds `guides/`.
    Folder(PathBuf),
    /// What officers edited in the console.
    Edited(Vec<Edition>),
}

impl Origin {
    /// The layers for folders given by the operator, lowest first: the shipped content (from `./knowledge` where the
    /// program is started in its source tree or beside a copy, built in otherwise), then each folder over it.
    pub fn layers(folders: &[PathBuf]) -> Vec<Self> {
        let local = Path::new("knowledge");
        let base = if local.join("guides").is_dir() { Self::Folder(local.to_owned()) } else { Self::BuiltIn };
        let over = folders.iter().cloned().map(Self::Folder).filter(|layer| *layer != base).collect::<Vec<_>>();
        std::iter::once(base).chain(over).collect()
    }
}

pub(super) const PLACES: &str = "places.toml";
pub(super) const CALENDAR: &str = "calendar.toml";
const VOCABULARY: &str = "vocabulary.toml";
const NAMES: &str = "names";
const INTENTS: &str = "intents";
const WALKS: &str = "walks";

/// Longest slug, in bytes: `guide/<slug>/documents` must fit a button's id.
const LONGEST_SLUG: usize = ChoiceId::MAX_BYTES - "guide//documents".len();

/// The raw files of one guide.
#[derive(Clone, Debug, Default)]
pub(super) struct RawGuide {
    pub toml: Option<String>,
    pub vi: Option<String>,
    pub en: Option<String>,
}

/// Everything that was read, before it is understood.
#[derive(Debug, Default)]
pub struct Contents {
    guides: BTreeMap<String, RawGuide>,
    /// `walks/<slug>/`: the files of each walk, of the last layer that has it.
    walks: BTreeMap<String, BTreeMap<String, String>>,
    /// Each layer's `vocabulary.toml` and `names/*.toml`: file and text.
    vocabularies: Vec<(String, String)>,
    /// Each layer's `intents/*.txt`: file and text.
    intents: Vec<(String, String)>,
    /// `places.toml` of the last layer that has one: another province replaces ours whole.
    places: Option<String>,
    /// `calendar.toml` of the last layer that has one.
    calendar: Option<String>,
}

impl Contents {
    /// Reads all layers; a guide of a later layer takes the place of one with its slug.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(layers: &[Origin]) -> Result<Self, ContentError> {
        let mut contents = Self::default();
        for layer in layers {
            match layer {
                Origin::BuiltIn => {
                    contents.guides.extend(read_built_in());
                    contents.places = Some(BUILT_IN_PLACES.to_owned());
                    contents.calendar = Some(BUILT_IN_CALENDAR.to_owned());
                    contents.vocabularies.push((VOCABULARY.to_owned(), BUILT_IN_VOCABULARY.to_owned()));
                    contents.vocabularies.extend(built_in_files(NAMES, &BUILT_IN_NAMES));
                    contents.intents.extend(built_in_files(INTENTS, &BUILT_IN_INTENTS));
                    for dir in BUILT_IN_WALKS.dirs() {
                        contents.walks.insert(dir.path().display().to_string(), named(built_in_files(WALKS, dir)));
                    }
                }
                Origin::Edited(editions) => editions.iter().for_each(|edition| contents.lay_over(edition)),
                Origin::Folder(folder) => {
                    contents.guides.extend(read_folder(folder)?);
                    let words = read_optional(&folder.join(VOCABULARY))?;
                    contents.vocabularies.extend(words.map(|text| (VOCABULARY.to_owned(), text)));
                    contents.places = read_optional(&folder.join(PLACES))?.or(contents.places.take());
                    contents.calendar = read_optional(&folder.join(CALENDAR))?.or(contents.calendar.take());
                    contents.vocabularies.extend(read_files(folder, NAMES, "toml")?);
                    contents.intents.extend(read_files(folder, INTENTS, "txt")?);
                    let walks = folder.join(WALKS);
                    for slug in if walks.is_dir() { subfolders(&walks)? } else { Vec::new() } {
                        let files = |ending| read_files(&walks, &slug, ending);
                        let files = files("toml")?.into_iter().chain(files("ftl")?);
                        contents.walks.insert(slug.clone(), named(files));
                    }
                }
            }
        }
        Ok(contents)
    }

    fn lay_over(&mut self, edition: &Edition) {
        let file = |name: &str| edition.files.get(name).cloned();
        match edition.slug() {
            Some(slug) => {
                let raw = RawGuide { toml: file("guide.toml"), vi: file("vi.md"), en: file("en.md") };
                self.guides.insert(slug.to_owned(), raw);
            }
            None => self.vocabularies.extend(file(VOCABULARY).map(|text| (format!("console/{VOCABULARY}"), text))),
        }
    }

    /// The files of a piece of content ([`Edition::piece`]); none when it is not there.
    pub fn files(&self, piece: &str) -> BTreeMap<String, String> {
        let Some(raw) = piece.strip_prefix(GUIDES).and_then(|slug| self.guides.get(slug)) else { return BTreeMap::new() };
        let files = [("guide.toml", &raw.toml), ("vi.md", &raw.vi), ("en.md", &raw.en)];
        files.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?))).collect()
    }

    /// The folder names of all guides.
    pub(super) fn slugs(&self) -> impl Iterator<Item = &str> {
        self.guides.keys().map(String::as_str)
    }

    /// The files of one guide, as they are.
    pub(super) fn raw(&self, slug: &str) -> &RawGuide {
        &self.guides[slug]
    }

    /// A name for exactly this content: the same bytes have the same fingerprint on every machine.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for text in self.vocabularies.iter().chain(&self.intents).map(|(_, text)| text).chain(&self.places).chain(&self.calendar)
        {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        for (slug, files) in &self.walks {
            for (name, text) in files {
                hash.update(format!("{slug} {name} {}", text.len()));
                hash.update(text);
            }
        }
        for (slug, raw) in &self.guides {
            for part in [Some(slug), raw.toml.as_ref(), raw.vi.as_ref(), raw.en.as_ref()] {
                let bytes = part.map_or(&b""[..], |text| text.as_bytes());
                hash.update(bytes.len().to_le_bytes());
                hash.update(bytes);
            }
        }
        hex::encode(&hash.finalize()[..12])
    }

    /// The places of the deployment.
    ///
    /// # Errors
    /// The first row that cannot be read.
    pub fn places(&self) -> Result<Places, Fault> {
        self.places
            .as_deref()
            .map_or_else(|| Ok(Places::default()), |source| Places::read(source).map_err(|fault| fault.in_file(PLACES)))
    }

    /// Working days, and what is missing of them.
    ///
    /// # Errors
    /// What cannot be read in `calendar.toml`.
    pub fn calendar(&self) -> Result<Years, Fault> {
        let source = self.calendar.as_deref().unwrap_or("year = []");
        Years::read(source).map_err(|fault| fault.in_file(CALENDAR))
    }

    /// The everyday words of all layers.
    ///
    /// # Errors
    /// The first row that cannot be read.
    pub fn vocabulary(&self) -> Result<Vocabulary, Fault> {
        self.vocabularies.iter().try_fold(Vocabulary::default(), |all, (file, source)| all.and(file, source))
    }

    /// The walks, each understood; those that cannot be with all their faults.
    pub fn walks(&self) -> (Vec<Walk>, Vec<Fault>) {
        let read = |(slug, files): (&String, &BTreeMap<String, String>)| match (
            files.get("walk.toml"),
            files.get("vi.ftl"),
            files.get("en.ftl"),
        ) {
            (Some(toml), Some(vi), Some(en)) => Walk::read(slug, toml, vi, en),
            _ => Err(vec![Fault::of(format!("walks/{slug}"), "fault-walk-file")]),
        };
        sorted_out(self.walks.iter().map(read).collect())
    }

    /// Messages of known kinds.
    ///
    /// # Errors
    /// The first file that is of no kind.
    pub(super) fn examples(&self) -> Result<Examples, Fault> {
        self.intents.iter().try_fold(Examples::default(), |all, (file, text)| all.and(file, text))
    }

    /// Understands every guide, on all cores. Faults do not hide one another: all are returned.
    pub fn parse(&self) -> (Vec<Guide>, Vec<Fault>) {
        sorted_out(self.guides.par_iter().map(|(slug, raw)| parse_guide(slug, raw)).collect())
    }

    /// The same for the guides that a person wrote: a hundredth of the work where thousands are imported.
    pub(super) fn parse_written(&self) -> (Vec<Guide>, Vec<Fault>) {
        let imported = |raw: &RawGuide| raw.toml.as_ref().is_some_and(|toml| toml.contains("review = \"imported\""));
        let written = self.guides.iter().filter(|(_, raw)| !imported(raw));
        sorted_out(written.map(|(slug, raw)| parse_guide(slug, raw)).collect())
    }

    /// The same, giving the memory of each file back as soon as it is understood.
    pub fn into_guides(self) -> (Vec<Guide>, Vec<Fault>) {
        sorted_out(self.guides.into_par_iter().map(|(slug, raw)| parse_guide(&slug, &raw)).collect())
    }
}

/// Files by their names alone, without the folder.
fn named(files: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    files.map(|(path, text)| (path.rsplit('/').next().unwrap_or_default().to_owned(), text)).collect()
}

fn sorted_out<T>(results: Vec<Result<T, Vec<Fault>>>) -> (Vec<T>, Vec<Fault>) {
    let mut whole = Vec::with_capacity(results.len());
    let mut faults = Vec::new();
    for result in results {
        match result {
            Ok(one) => whole.push(one),
            Err(more) => faults.extend(more),
        }
    }
    (whole, faults)
}

fn is_portal_page(address: &str) -> bool {
    let uuid = address.strip_prefix("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/");
    uuid.is_some_and(|uuid| uuid::Uuid::parse_str(uuid).is_ok())
}

fn parse_guide(slug: &str, raw: &RawGuide) -> Result<Guide, Vec<Fault>> {
    let facts_file = format!("guides/{slug}/guide.toml");
    let vi_file = format!("guides/{slug}/vi.md");
    let mut faults = Vec::new();
    if slug.len() > LONGEST_SLUG || !slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'))
    {
        faults.push(Fault::of(&facts_file, "fault-slug").value("most", LONGEST_SLUG));
    }
    let facts = match &raw.toml {
        Some(toml) => Facts::from_str(toml).map_err(|fault| faults.push(fault.in_file(&facts_file))).ok(),
        None => {
            faults.push(Fault::of(&facts_file, "fault-no-facts"));
            None
        }
    };
    // Told on every channel as «the portal»: no other address may stand there, whoever edits.
    if facts.as_ref().and_then(|facts| facts.portal.as_deref()).is_some_and(|portal| !is_portal_page(portal)) {
        faults.push(Fault::of(&facts_file, "fault-portal"));
    }
    let mut words = |file: &str, source: &str, lang| {
        GuideText::parse(source, lang).map_err(|more| faults.extend(more.into_iter().map(|fault| fault.in_file(file)))).ok()
    };
    let vi = raw.vi.as_ref().and_then(|source| words(&vi_file, source, Lang::Vi));
    let en = raw.en.as_ref().and_then(|source| words(&format!("guides/{slug}/en.md"), source, Lang::En));
    if raw.vi.is_none() {
        faults.push(Fault::of(&vi_file, "fault-no-words"));
    }
    match (facts, vi) {
        (Some(facts), Some(vi)) if faults.is_empty() => Ok(Guide { slug: slug.to_owned(), facts, vi, en }),
        _ => Err(faults),
    }
}

impl FromStr for Facts {
    type Err = Fault;

    fn from_str(source: &str) -> Result<Self, Fault> {
        toml::from_str(source).map_err(|error| Fault::of_toml(source, &error, "fault-toml-guide"))
    }
}

fn unreadable(path: &Path, cause: std::io::Error) -> ContentError {
    ContentError::Read { path: path.display().to_string(), cause }
}

/// A text as our own editors would save it: no byte order mark (Windows), composed letters (macOS takes them apart).
fn plain(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if unicode_normalization::is_nfc(&text) { text } else { text.nfc().collect() }
}

/// The text of a file, if it is there.
fn read_optional(path: &Path) -> Result<Option<String>, ContentError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(plain(text))),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) if cause.kind() == std::io::ErrorKind::InvalidData => {
            Err(unreadable(path, std::io::Error::new(cause.kind(), "it is not UTF-8: save it as UTF-8 in the editor")))
        }
        Err(cause) => Err(unreadable(path, cause)),
    }
}

fn built_in_files<'a>(folder: &'a str, files: &'a Dir<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    files.files().filter_map(move |file| Some((format!("{folder}/{}", file.path().display()), file.contents_utf8()?.to_owned())))
}

/// The files of a folder with that ending, if there is one, in the order of their names.
fn read_files(layer: &Path, folder: &str, ending: &str) -> Result<Vec<(String, String)>, ContentError> {
    let path = layer.join(folder);
    let entries = match std::fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(unreadable(&path, cause)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|cause| unreadable(&path, cause))?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.extend(read_optional(&path)?.map(|text| (format!("{folder}/{name}"), text)));
        }
    }
    files.sort();
    Ok(files)
}

fn read_built_in() -> BTreeMap<String, RawGuide> {
    BUILT_IN
        .dirs()
        .map(|dir| {
            let slug = dir.path().to_string_lossy().into_owned();
            let file = |name: &str| dir.get_file(dir.path().join(name)).and_then(|file| file.contents_utf8()).map(str::to_owned);
            (slug, RawGuide { toml: file("guide.toml"), vi: file("vi.md"), en: file("en.md") })
        })
        .collect()
}

/// The names of the folders in a folder.
fn subfolders(folder: &Path) -> Result<Vec<String>, ContentError> {
    let entries = std::fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| unreadable(folder, cause))?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, RawGuide>, ContentError> {
    let guides = folder.join("guides");
    subfolders(&guides)?
        .into_par_iter()
        .map(|slug| {
            let file = |name: &str| read_optional(&guides.join(&slug).join(name));
            let raw = RawGuide { toml: file("guide.toml")?, vi: file("vi.md")?, en: file("en.md")? };
            Ok((slug, raw))
        })
        .collect()
}
