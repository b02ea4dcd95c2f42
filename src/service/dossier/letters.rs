//! Letters of apology as pages to print.

use std::sync::Arc;

use arc_swap::ArcSwap;
use uuid::Uuid;

use super::desk::view;
use crate::domain::time::written;
use crate::domain::{Address, Block, ChannelName, Clock, Lang};
use crate::engine::dossier::letter;
use crate::engine::{Office, World};
use crate::i18n::Wording;
use crate::knowledge::Library;
use crate::store::{Result, Store, dossier, letter as letters};

/// Makes pages.
#[derive(Clone)]
pub struct Letters {
    /// The database.
    pub store: Store,
    /// For the engine, which writes the lines.
    pub library: Arc<ArcSwap<Library>>,
    /// What the bot says.
    pub wording: Arc<Wording>,
    /// Time.
    pub clock: Arc<dyn Clock>,
}

/// A letter on paper.
pub struct Page {
    /// Its heading.
    pub title: String,
    /// Where and when.
    pub place: String,
    /// To whom: the applicant as far as we keep the name, and room to write.
    pub to: String,
    /// What it says.
    pub lines: Vec<String>,
    /// A mark across it while nobody has signed.
    pub draft: Option<String>,
}

impl Letters {
    /// The letter of that id, in Vietnamese, as it is signed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(&self, id: Uuid) -> Result<Option<Page>> {
        let mut tx = self.store.read().await?;
        let Some((key, apology, signed)) = letters::load(&mut tx, id).await? else { return Ok(None) };
        let Some(stored) = dossier::load(&mut tx, &key).await? else { return Ok(None) };
        let view = view(&mut tx, stored, &Address::new(ChannelName::Web, "")).await?;
        let (library, office, lang) = (self.library.load(), Office::default(), Lang::Vi);
        let (now, chance) = (self.clock.now(), self.clock.secret());
        let world = World::of_notices(&library, &self.wording, &office, now, chance);
        let with = |key: &str, name: &'static str, value: String| self.wording.with(lang, key, [(name, value.into())]);
        Ok(Some(Page {
            title: with("apology-title", "code", view.dossier.code.as_str().to_owned()),
            place: with("apology-place", "date", written(signed.unwrap_or(now).date())),
            to: with("apology-to", "name", view.dossier.applicant.clone().unwrap_or_default()),
            lines: letter(&world, lang, &view, &apology).iter().map(Block::to_plain).collect(),
            draft: signed.is_none().then(|| self.wording.get(lang, "apology-draft")),
        }))
    }
}
