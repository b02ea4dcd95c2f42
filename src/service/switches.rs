//! Switching parts of the bot off and on, and every process hearing of it.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio_util::sync::CancellationToken;

use super::audit;
use crate::domain::switch::{Off, Switchable, Switches};
use crate::domain::{Bilingual, Clock};
use crate::knowledge::Library;
use crate::seal::Keyring;
use crate::store::{Result, Store, StoreError, switch};

/// How often a process looks what others switched: as long as one may answer as before.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Letters of a reason: it has to fit every channel with what stands around it.
pub const LONGEST_REASON: usize = 400;

/// Whoever switches.
#[derive(Clone)]
pub struct Switchboard {
    /// The database.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// What the audit is sealed with; nothing is noted in it without.
    pub keys: Option<Keyring>,
}

/// Why something was not switched.
#[derive(Debug, thiserror::Error)]
pub enum SwitchError {
    /// Citizens are told why.
    #[error("give a reason, as citizens are to read it")]
    NoReason,
    /// It would not fit beside what stands around it.
    #[error("the reason has {0} letters; {LONGEST_REASON} are the most")]
    TooLong(usize),
    /// No guide has this name.
    #[error("there is no guide “{0}”: its name is the last part of its page's address")]
    NoGuide(String),
    /// It is not off.
    #[error("“{0}” is not off")]
    IsOn(Switchable),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Switchboard {
    /// Switches something off, or changes the reason; `by` did it. Guides are looked for in `library`, if there is one.
    ///
    /// # Errors
    /// When there is no reason, or no such guide.
    pub async fn turn_off(
        &self,
        library: Option<&Library>,
        by: &str,
        what: Switchable,
        reason: Bilingual,
    ) -> Result<(), SwitchError> {
        let reason = Bilingual { vi: reason.vi.trim().to_owned(), en: reason.en.trim().to_owned() };
        if reason.vi.is_empty() {
            return Err(SwitchError::NoReason);
        }
        if let Some(letters) =
            [&reason.vi, &reason.en].map(|words| words.chars().count()).into_iter().find(|n| *n > LONGEST_REASON)
        {
            return Err(SwitchError::TooLong(letters));
        }
        if let Switchable::Guide(slug) = &what
            && library.is_some_and(|library| !library.has(slug))
        {
            return Err(SwitchError::NoGuide(slug.clone()));
        }
        let mut tx = self.store.write().await?;
        let off = Off { what, reason, by: by.to_owned(), since: self.clock.now() };
        switch::off(&mut tx, &off).await?;
        if let Some(keys) = &self.keys {
            let action = format!("switched off: {}", off.reason.vi);
            audit::note(&mut tx, keys, self.clock.as_ref(), by, &action, &off.what.to_string()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Switches something on again; `by` did it.
    ///
    /// # Errors
    /// When it is not off.
    pub async fn turn_on(&self, by: &str, what: &Switchable) -> Result<(), SwitchError> {
        let mut tx = self.store.write().await?;
        if !switch::on(&mut tx, what).await? {
            return Err(SwitchError::IsOn(what.clone()));
        }
        if let Some(keys) = &self.keys {
            audit::note(&mut tx, keys, self.clock.as_ref(), by, "switched on", &what.to_string()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Everything that is off.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(&self) -> Result<Switches> {
        switch::all(&mut self.store.read().await?).await
    }

    /// Keeps `seen` as the database has it, until `stop`. While the database cannot be reached the last that was seen holds.
    pub async fn watch(self, seen: Arc<ArcSwap<Switches>>, stop: CancellationToken) {
        loop {
            match self.store.in_time(self.all()).await {
                Ok(now) if now != **seen.load() => seen.store(Arc::new(now)),
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "what is switched off is not known anew"),
            }
            if tokio::time::timeout(LOOK_EVERY, stop.cancelled()).await.is_ok() {
                return;
            }
        }
    }
}
