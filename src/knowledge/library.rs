//! The library: all guides, found by slug, by code, or by question.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::check;
use super::error::{ContentError, Fault};
use super::guide::Guide;
use super::places::Places;
use super::search::{Examples, Question, Search, Stage, law_key};
use super::shelf::Shelf;
use super::source::{Contents, Origin};
use super::vocabulary::Vocabulary;
use super::walk::Walk;
use crate::domain::Calendar;

/// A guide's place in one library. It means nothing in another library: conversations keep slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GuideId(pub(super) u32);

/// Everything the bot knows, immutable.
pub struct Library {
    guides: Shelf,
    by_slug: HashMap<String, GuideId>,
    by_code: HashMap<String, GuideId>,
    /// By the code of a procedure, the guide of the one that stands in for it.
    successors: HashMap<String, GuideId>,
    /// By the number of a law, the guides that rest on it.
    citing: HashMap<String, Vec<GuideId>>,
    search: Search,
    places: Places,
    calendar: Calendar,
    walks: Vec<Walk>,
    fingerprint: String,
}

impl Library {
    /// Reads, checks and indexes all layers. The index is kept under `index_folder` and made again only when the
    /// content changed; `None` keeps it in memory, for tests and one-off commands.
    ///
    /// # Errors
    /// When content cannot be read, has a fault, or the index cannot be kept.
    pub fn load(layers: &[Origin], index_folder: Option<&Path>) -> Result<Self, ContentError> {
        on_own_threads(|| Self::build(Contents::read(layers)?, index_folder, &[]))
    }

    /// The same with stages of understanding left out, to measure what they gain; the index is kept in memory.
    ///
    /// # Errors
    /// When content cannot be read or has a fault.
    pub fn load_without(layers: &[Origin], without: &[Stage]) -> Result<Self, ContentError> {
        on_own_threads(|| Self::build(Contents::read(layers)?, None, without))
    }

    /// The same, unless the content is still that of the fingerprint `known`; with what [`check`] finds in the guides
    /// that people wrote.
    ///
    /// # Errors
    /// When content cannot be read, has a fault that keeps it from being served, or the index cannot be kept.
    pub fn load_changed(
        layers: &[Origin],
        index_folder: &Path,
        known: &str,
        today: Date,
    ) -> Result<Option<(Self, Vec<Fault>)>, ContentError> {
        on_own_threads(|| {
            let contents = Contents::read(layers)?;
            if contents.fingerprint() == known {
                return Ok(None);
            }
            let faults = check::check_written(&contents, today).faults;
            Ok(Some((Self::build(contents, Some(index_folder), &[])?, faults)))
        })
    }

    fn build(contents: Contents, index_folder: Option<&Path>, without: &[Stage]) -> Result<Self, ContentError> {
        let fingerprint = contents.fingerprint();
        let vocabulary = contents.vocabulary();
        let places = contents.places();
        let calendar = contents.calendar();
        let examples = contents.examples();
        let (mut walks, wrong) = contents.walks();
        let (guides, mut faults) = contents.into_guides();
        faults.extend(wrong);
        let vocabulary = vocabulary.unwrap_or_else(|fault| {
            faults.push(fault);
            Vocabulary::default()
        });
        let places = places.unwrap_or_else(|fault| {
            faults.push(fault);
            Places::default()
        });
        let calendar = calendar.map(|years| years.calendar).unwrap_or_else(|fault| {
            faults.push(fault);
            Calendar::default()
        });
        let examples = examples.unwrap_or_else(|fault| {
            faults.push(fault);
            Examples::default()
        });
        if !faults.is_empty() {
            return Err(ContentError::Faults(faults));
        }
        let guides = best_of_each_code(guides);
        let search = Search::open(&guides, &vocabulary, &examples, &fingerprint, index_folder, without)?;
        walks.sort_by_key(|walk| walk.plan.order);
        walks.extend(guides.iter().filter_map(Walk::of_papers));
        let ids = || (0u32..).map(GuideId);
        let by_slug = guides.iter().zip(ids()).map(|(guide, id)| (guide.slug.clone(), id)).collect();
        let mut by_code = HashMap::new();
        for (guide, id) in guides.iter().zip(ids()) {
            for code in &guide.facts.codes {
                by_code.entry(code.clone()).or_insert(id);
            }
        }
        let mut successors = HashMap::new();
        for (guide, id) in guides.iter().zip(ids()) {
            for code in &guide.facts.replaces {
                by_code.entry(code.clone()).or_insert(id);
                successors.entry(code.clone()).or_insert(id);
            }
        }
        let citing = citing(&guides);
        let guides = Shelf::new(guides);
        Ok(Self { guides, by_slug, by_code, successors, citing, search, places, calendar, walks, fingerprint })
    }

    /// How many guides there are.
    pub fn len(&self) -> usize {
        self.guides.len()
    }

    /// Whether there is no guide at all.
    pub fn is_empty(&self) -> bool {
        self.guides.len() == 0
    }

    /// The walks that people wrote; not those made of a guide's questions.
    pub fn walks(&self) -> impl Iterator<Item = &Walk> {
        self.walks.iter().filter(|walk| walk.papers_of.is_none())
    }

    /// The walk of that slug, of either kind.
    pub fn walk(&self, slug: &str) -> Option<&Walk> {
        self.walks.iter().find(|walk| walk.slug == slug)
    }

    /// The walks that help with `guide`.
    pub fn walks_of(&self, guide: &Guide) -> impl Iterator<Item = &Walk> {
        self.walks().filter(|walk| walk.plan.guides.contains(&guide.slug))
    }

    /// The guides that people need after `guide`.
    pub fn related(&self, guide: &Guide) -> impl Iterator<Item = Arc<Guide>> {
        guide.facts.related.iter().filter_map(|slug| self.by_slug(slug))
    }

    /// The guide whose procedure stands in for that of `guide`.
    pub fn successor(&self, guide: &Guide) -> Option<Arc<Guide>> {
        let successors = guide.facts.codes.iter().filter_map(|code| self.successors.get(code));
        successors.min().map(|id| self.guide(*id))
    }

    /// The guides that people wrote.
    pub fn written(&self) -> impl Iterator<Item = &Guide> {
        self.guides.written()
    }

    /// Folder name and Vietnamese title of every guide.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.guides.names()
    }

    /// The guide at `id`.
    pub fn guide(&self, id: GuideId) -> Arc<Guide> {
        self.guides.guide(id)
    }

    /// The folder name of the guide at `id`.
    pub fn slug(&self, id: GuideId) -> &str {
        self.guides.name(id).0
    }

    /// The Vietnamese title of the guide at `id`.
    pub fn title(&self, id: GuideId) -> &str {
        self.guides.name(id).1
    }

    /// Whether there is a guide of that folder name.
    pub fn has(&self, slug: &str) -> bool {
        self.by_slug.contains_key(slug)
    }

    /// The guide of that folder name.
    pub fn by_slug(&self, slug: &str) -> Option<Arc<Guide>> {
        self.by_slug.get(slug).map(|id| self.guide(*id))
    }

    /// The id of the guide of that folder name.
    pub fn id_of(&self, slug: &str) -> Option<GuideId> {
        self.by_slug.get(slug).copied()
    }

    /// The guide for an official code, or for the code that took its place. Local tails (`1.001193.000.00.00.H44`)
    /// are dropped.
    pub fn by_code(&self, code: &str) -> Option<GuideId> {
        self.by_code.get(code.get(..8).unwrap_or(code)).copied()
    }

    /// The guides that name a law as their basis, written ones first; `law` as [`law_key`] spells it.
    pub fn citing(&self, law: &str) -> &[GuideId] {
        self.citing.get(law).map_or(&[], Vec::as_slice)
    }

    /// Reads `text` as a question: what a keyboard left behind is undone, and a place is told apart from the matter.
    pub fn question(&self, text: &str) -> Question {
        self.search.question(text).at(&self.places)
    }

    /// The places of the deployment.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The working days.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The search over these guides.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The name of exactly this content.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// Loads on threads that end afterwards: what they used besides the library goes back to the system with them, where
/// threads that stay would keep it for a reload that comes once a month.
fn on_own_threads<T: Send>(load: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(pool) => pool.install(load),
        Err(_) => load(),
    }
}

/// The guides that name each law as their basis, written ones first.
fn citing(guides: &[Guide]) -> HashMap<String, Vec<GuideId>> {
    let mut citing: HashMap<String, Vec<GuideId>> = HashMap::new();
    let (written, imported): (Vec<_>, Vec<_>) = guides.iter().zip((0..).map(GuideId)).partition(|(guide, _)| guide.is_written());
    for (guide, id) in written.into_iter().chain(imported) {
        for law in &guide.facts.law {
            let of_law = citing.entry(law_key(&law.number)).or_default();
            if of_law.last() != Some(&id) {
                of_law.push(id);
            }
        }
    }
    citing
}

/// Drops a guide when every code it has belongs to a guide that is better vouched for.
fn best_of_each_code(guides: Vec<Guide>) -> Vec<Guide> {
    let mut best: HashMap<String, super::Review> = HashMap::new();
    for guide in &guides {
        for code in &guide.facts.codes {
            let review = best.entry(code.clone()).or_insert(guide.facts.review);
            *review = (*review).max(guide.facts.review);
        }
    }
    let superseded =
        |guide: &Guide| !guide.facts.codes.is_empty() && guide.facts.codes.iter().all(|code| best[code] > guide.facts.review);
    guides.into_iter().filter(|guide| !superseded(guide)).collect()
}
