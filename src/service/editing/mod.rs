//! Editing content: drafts, publishing, history, and telling who waited for it.
//!
//! **Rules.** Nothing is changed in place: each saving is a version of its own, so that history and undo are only looking back.
//! What is published lies over the folders on disk, which stay a complete way to run. Nothing is published that cannot be read,
//! that comes to lack what an answer is hollow without, or by which a question loses its guide; what ends or is taken back may leave
//! one without. Every step is in the audit.

mod examine;
mod preview;
pub mod questions;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::Notify;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::audit::note;
use crate::domain::edition::{Edition, GUIDES, Standing, WORDS, live};
use crate::domain::{Clock, Inbound, Outcome, Said, Timestamp};
use crate::engine::ask::{Action, understand};
use crate::knowledge::{ContentError, Contents, Fault, Library, Origin};
use crate::seal::Keyring;
use crate::service::state::state_at;
use crate::store::{Result, Store, StoreError, edition, inbox, lesson};

pub use examine::Lost;
pub use preview::{Preview, preview};
pub use write::{new_guide, slug_of, with_question, with_word};

/// Files that a piece may have.
const FILES: [&str; 4] = ["guide.toml", "vi.md", "en.md", "vocabulary.toml"];
/// Versions that are listed.
const LISTED: u32 = 40;
/// How far back questions count that citizens called answered.
const JUDGED: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// Longest note, in letters.
const LONGEST_NOTE: usize = 200;

/// Work on content.
#[derive(Clone)]
pub struct Editing {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// What the audit is chained with.
    pub keys: Keyring,
    /// What citizens are answered from.
    pub library: Arc<ArcSwap<Library>>,
    /// Content on disk, the lowest first.
    pub layers: Vec<Origin>,
    /// Notified when content changed.
    pub changed: Arc<Notify>,
    /// Notified when somebody is to be told.
    pub arrived: Arc<Notify>,
    /// Why what was published is not what citizens see; nothing while it is.
    pub trouble: Arc<ArcSwapOption<Fault>>,
}

/// Why content is not saved or published.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Somebody saved another version meanwhile.
    #[error("somebody saved another version meanwhile")]
    Meanwhile,
    /// There is no such version.
    #[error("there is no such version")]
    Unknown,
    /// It ends before it begins.
    #[error("it would end before it begins")]
    Backwards,
    /// It cannot be read, or lacks what an answer is hollow without; these are its faults.
    #[error("it has faults")]
    Faulty(Vec<Fault>),
    /// These questions would not find their guides any more.
    #[error("questions lose their guides")]
    Loses(Vec<Lost>),
    /// The work was not done to its end.
    #[error(transparent)]
    Broken(#[from] tokio::task::JoinError),
    /// The folders on disk cannot be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A piece of content as an editor sees it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What is edited.
    pub files: BTreeMap<String, String>,
    /// The newest version of all: what is saved is one after it.
    pub base: Option<Uuid>,
    /// The version that citizens see; none when it is that on disk.
    pub live: Option<Uuid>,
    /// A version that waits for its time.
    pub scheduled: Option<Uuid>,
    /// Versions, the newest first.
    pub history: Vec<Edition>,
}

/// Whether `name` names a piece: a guide by a slug that can be a folder, or the vocabulary.
pub fn is_piece(name: &str) -> bool {
    let plain = |slug: &str| {
        slug.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
            && slug.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-.".contains(letter))
            && !slug.contains("..")
    };
    name == WORDS || name.strip_prefix(GUIDES).is_some_and(plain)
}

/// What citizens see now of what was edited in the console.
///
/// # Errors
/// When the database fails.
pub async fn live_editions(store: &Store, now: Timestamp) -> Result<Vec<Edition>> {
    Ok(live(edition::published(&mut store.read().await?, now).await?, now))
}

impl Editing {
    /// All layers: those on disk, and what is edited here over them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_layers(&self) -> Result<Vec<Origin>> {
        let edited = Origin::Edited(live_editions(&self.store, self.clock.now()).await?);
        Ok(self.layers.iter().cloned().chain([edited]).collect())
    }

    /// Opens a piece for editing: what `from` was, else the newest draft, else what waits for its time, else what citizens see.
    ///
    /// # Errors
    /// When content cannot be read, there is no such version, or the database fails.
    pub async fn open(&self, piece: &str, from: Option<Uuid>) -> Result<Desk, EditError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let history = edition::of(&mut tx, piece, LISTED).await?;
        let published = edition::published(&mut tx, now).await?;
        let wanted = match from {
            Some(id) => Some(edition::load(&mut tx, id).await?.filter(|found| found.piece == piece).ok_or(EditError::Unknown)?),
            None => None,
        };
        drop(tx);
        let published: Vec<Edition> = published.into_iter().filter(|edition| edition.piece == piece).collect();
        let scheduled = published.iter().rfind(|edition| edition.live_from.is_some_and(|from| from > now)).cloned();
        let live = live(published, now).pop();
        let draft = history.first().filter(|newest| newest.standing == Standing::Draft);
        let files = match wanted.as_ref().or(draft).or(scheduled.as_ref()).or(live.as_ref()) {
            Some(edition) => edition.files.clone(),
            None => {
                let (layers, piece) = (self.layers.clone(), piece.to_owned());
                let read = tokio::task::spawn_blocking(move || Contents::read(&layers).map(|contents| contents.files(&piece)));
                read.await??
            }
        };
        let base = history.first().map(|newest| newest.id);
        Ok(Desk { files, base, live: live.map(|live| live.id), scheduled: scheduled.map(|edition| edition.id), history })
    }

    /// Saves a draft made of what `base` was. Its id.
    ///
    /// # Errors
    /// When another was saved meanwhile, or the database fails.
    pub async fn save(
        &self,
        piece: &str,
        files: BTreeMap<String, String>,
        why: &str,
        base: Option<Uuid>,
        by: &str,
    ) -> Result<Uuid, EditError> {
        if !is_piece(piece) || !files.keys().all(|name| FILES.contains(&name.as_str())) {
            return Err(EditError::Unknown);
        }
        let plain = |text: String| text.replace("\r\n", "\n").replace('\0', "").nfc().collect::<String>();
        let new = Edition {
            id: self.clock.fresh_id(),
            piece: piece.to_owned(),
            files: files.into_iter().map(|(name, text)| (name, plain(text))).collect(),
            author: by.to_owned(),
            note: why.trim().chars().take(LONGEST_NOTE).collect(),
            made_at: self.clock.now(),
            standing: Standing::Draft,
            live_from: None,
            live_until: None,
        };
        let mut tx = self.store.write().await?;
        // Saved again as it is, it is the same version.
        let newest = edition::of(&mut tx, piece, 1).await?.pop().filter(|newest| Some(newest.id) == base);
        if let Some(same) = newest.filter(|newest| newest.standing == Standing::Draft && newest.files == new.files) {
            return Ok(same.id);
        }
        if !edition::add(&mut tx, &new, base).await? {
            return Err(EditError::Meanwhile);
        }
        note(&mut tx, &self.keys, self.clock.as_ref(), by, &format!("content saved: {}", new.id), piece).await?;
        tx.commit().await?;
        Ok(new.id)
    }

    /// Publishes a version, now or later, perhaps until then. An older one is so published again.
    ///
    /// # Errors
    /// When it has such faults, or questions would lose their guides; when content or the database fails.
    pub async fn publish(
        &self,
        piece: &str,
        which: Uuid,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
        by: &str,
    ) -> Result<(), EditError> {
        let now = self.clock.now();
        let from = from.unwrap_or(now).max(now);
        if until.is_some_and(|until| until <= from) {
            return Err(EditError::Backwards);
        }
        let mut tx = self.store.read().await?;
        let wanted = edition::load(&mut tx, which).await?.filter(|found| found.piece == piece).ok_or(EditError::Unknown)?;
        let newest = edition::of(&mut tx, piece, 1).await?.first().map(|newest| newest.id);
        let seen = edition::due(&mut tx, now).await?;
        drop(tx);
        let lost = self.examine(piece, &wanted.files).await?;
        if !lost.is_empty() {
            return Err(EditError::Loses(lost));
        }
        let mut tx = self.store.write().await?;
        // Another piece that went live meanwhile was not looked at together with this one.
        if edition::due(&mut tx, now).await? != seen {
            return Err(EditError::Meanwhile);
        }
        // A version that was published before keeps its place in history: it is published as a version of its own.
        let id = if wanted.standing == Standing::Draft {
            wanted.id
        } else {
            let (id, author) = (self.clock.fresh_id(), by.to_owned());
            let again = Edition { id, made_at: now, author, standing: Standing::Draft, ..wanted };
            if !edition::add(&mut tx, &again, newest).await? {
                return Err(EditError::Meanwhile);
            }
            again.id
        };
        if !edition::publish(&mut tx, id, from, until).await? {
            return Err(EditError::Meanwhile);
        }
        note(&mut tx, &self.keys, self.clock.as_ref(), by, &format!("content published: {id}"), piece).await?;
        tx.commit().await?;
        self.changed.notify_one();
        Ok(())
    }

    /// Takes a published version back: the one before it is what citizens see, or that on disk. Which questions that answers does
    /// not matter: undoing is always possible, unless what lies beneath cannot be read.
    ///
    /// # Errors
    /// When it is not published, what would be seen has faults, or the database fails.
    pub async fn take_back(&self, piece: &str, which: Uuid, by: &str) -> Result<(), EditError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        edition::load(&mut tx, which).await?.filter(|found| found.piece == piece).ok_or(EditError::Unknown)?;
        let rest = edition::published(&mut tx, now).await?.into_iter().filter(|edition| edition.id != which);
        drop(tx);
        let layers: Vec<Origin> = self.layers.iter().cloned().chain([Origin::Edited(live(rest, now))]).collect();
        let faults = tokio::task::spawn_blocking(move || Library::load(&layers, None).map(drop)).await?;
        match faults {
            Err(ContentError::Faults(faults)) => return Err(EditError::Faulty(faults)),
            other => other?,
        }
        let mut tx = self.store.write().await?;
        if !edition::cancel(&mut tx, which).await? {
            return Err(EditError::Unknown);
        }
        note(&mut tx, &self.keys, self.clock.as_ref(), by, &format!("content taken back: {which}"), piece).await?;
        tx.commit().await?;
        self.changed.notify_one();
        Ok(())
    }

    /// Questions that would lose their guide.
    async fn examine(&self, piece: &str, files: &BTreeMap<String, String>) -> Result<Vec<Lost>, EditError> {
        let (layers, now) = (self.all_layers().await?, self.clock.now());
        let since = now.minus(JUDGED).date().to_string();
        let judged = lesson::since(&mut self.store.read().await?, &since).await?;
        let judged = judged.into_iter().filter(|counted| counted.lesson.outcome == Outcome::Right);
        let judged = judged.filter_map(|counted| Some((counted.lesson.question, counted.lesson.guide?))).collect();
        let (current, piece, files) = (self.library.load_full(), piece.to_owned(), files.clone());
        let work = move || examine::lost(&current, &layers, &piece, &files, judged, now);
        tokio::task::spawn_blocking(work).await?
    }

    /// Tells those who waited for an answer and get one now. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell_askers(&self) -> Result<usize, EditError> {
        let askers = edition::askers(&mut self.store.read().await?).await?;
        let library = self.library.load_full();
        let find = move || {
            let found = askers.into_iter().filter_map(|(who, question)| {
                let decision = understand(&library, &question, None, 1);
                let guide = decision.hits.first().filter(|_| decision.action == Action::Answer)?;
                Some((who, question, library.slug(guide.guide).to_owned()))
            });
            found.collect::<Vec<_>>()
        };
        let found = tokio::task::spawn_blocking(find).await?;
        let mut told = 0;
        for (who, question, slug) in found {
            let mut tx = self.store.write().await?;
            let state = state_at(&mut tx, &who).await?;
            // Later: an officer speaks with them, or they help somebody else, who is not to read it.
            if state.keeps_notices() || !edition::told(&mut tx, &who, &question).await? {
                continue;
            }
            let id = self.clock.fresh_id();
            let inbound = Inbound {
                id,
                external_id: format!("answer:{id}"),
                from: who,
                at: self.clock.now(),
                said: Said::Answerable { question, guide: slug },
                lang_hint: None,
            };
            inbox::add(&mut tx, &inbound, None).await?;
            tx.commit().await?;
            told += 1;
        }
        if told > 0 {
            self.arrived.notify_one();
        }
        Ok(told)
    }
}
