//! What an office does about a dossier itself: believes that it is open again, drafts a letter of apology.

use jiff::civil::Date;
use uuid::Uuid;

use super::push::Pusher;
use crate::domain::dossier::Apology;
use crate::service::audit::note;
use crate::store::{StoreError, dossier, letter};

/// Why nothing can be done about a dossier; what is said to whoever tried.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// No agency told of it, or another than may be worked on.
    #[error("no agency told of this dossier")]
    Unknown,
    /// Nobody says that it is open again.
    #[error("nobody says that it is open again")]
    NotDisputed,
    /// It is not late.
    #[error("it is not overdue: an apology has nothing to say")]
    NotLate,
    /// The new date is not ahead.
    #[error("the new date must lie ahead")]
    NotAhead,
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

impl Pusher {
    /// Believes a source that says that a closed dossier is open again; whoever follows is told. `of` limits it to an agency.
    ///
    /// # Errors
    /// When there is none, or nobody says so.
    pub async fn reopen(&self, key: &str, of: Option<&str>, by: &str) -> Result<(), OfficeError> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let held = dossier::hold(&mut tx, &[key.to_owned()]).await?.remove(key);
        let held = held.filter(|stored| of.is_none_or(|agency| agency == stored.agency));
        let mut stored = held.ok_or(OfficeError::Unknown)?;
        if !stored.dossier.reopen() {
            return Err(OfficeError::NotDisputed);
        }
        stored.tell_at = Some(now);
        dossier::save(&mut tx, &[stored], false, now).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), by, "reopened", key).await?;
        Ok(tx.commit().await?)
    }

    /// Drafts a letter of apology with a new date. Its id: the page to look at and to print has it.
    ///
    /// # Errors
    /// When there is no such dossier, it is not late, or the date has passed.
    pub async fn draft_apology(
        &self,
        key: &str,
        of: Option<&str>,
        reason: &str,
        date: Date,
        by: &str,
    ) -> Result<Uuid, OfficeError> {
        let now = self.clock.now();
        if date <= now.date() {
            return Err(OfficeError::NotAhead);
        }
        let mut tx = self.store.write().await?;
        let stored = dossier::load(&mut tx, key).await?;
        let stored = stored.filter(|stored| of.is_none_or(|agency| agency == stored.agency)).ok_or(OfficeError::Unknown)?;
        if !stored.dossier.is_overdue(now) {
            return Err(OfficeError::NotLate);
        }
        let apology = Apology { reason: reason.to_owned(), before: stored.dossier.appointment, now: date, signed_by: None };
        let id = self.clock.secret();
        letter::draft(&mut tx, id, key, &apology, now).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), by, "apology drafted", key).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Signs a draft of this dossier; see [`Pusher::sign`]. False when it is another's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_of(&self, letter: Uuid, key: &str, signer: &str, by: &str) -> Result<bool, StoreError> {
        let of = letter::load(&mut self.store.read().await?, letter).await?;
        match of.filter(|(of, ..)| of == key) {
            None => Ok(false),
            // Pressed twice: it is done.
            Some((.., Some(_))) => Ok(true),
            Some(_) => self.sign(letter, signer, by).await,
        }
    }

    /// Notes that an officer looks at a dossier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn looked(&self, key: &str, by: &str) -> Result<(), StoreError> {
        let mut tx = self.store.write().await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), by, "looked at", key).await?;
        tx.commit().await
    }
}
