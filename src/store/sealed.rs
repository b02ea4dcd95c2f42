//! What says something about a person is sealed at rest: which columns those are, how they are written and read, and how they
//! are sealed anew when the key is replaced.
//!
//! A sealed text begins with `~` and the name of its key; one that was written while there was no key stands as it is. Ids of
//! channels, times and places stay readable: rows are found by them. What was stripped of all that names somebody (lessons, what
//! was said to a broadcast) is not sealed either.

use std::fmt;
use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::AssertSqlSafe;

use super::{Base, Result, Store, StoreError, Tx, on, to_json};
use crate::domain::Timestamp;
use crate::seal::{Keyring, SealError, purpose};

/// Tells a sealed text from one that stands as it is.
const MARK: char = '~';
/// Rows that are sealed anew in one transaction.
const BATCH: i64 = 500;

/// A column that is sealed.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Table and column: `outbox.message`.
    pub name: &'static str,
    /// The one or two columns (of text) that the table's rows are found by.
    by: [&'static str; 2],
    /// What it is sealed for: nothing sealed for one purpose opens for another.
    purpose: &'static str,
    /// A service seals it, and writes no mark.
    of_service: bool,
}

impl Column {
    const fn new(name: &'static str, by: [&'static str; 2]) -> Self {
        Self { name, by, purpose: name, of_service: false }
    }

    const fn of_service(name: &'static str, by: &'static str, purpose: &'static str) -> Self {
        Self { name, by: [by, by], purpose, of_service: true }
    }

    fn table(self) -> &'static str {
        self.name.split_once('.').map_or("", |(table, _)| table)
    }

    fn column(self) -> &'static str {
        self.name.split_once('.').map_or("", |(_, column)| column)
    }
}

pub(super) const SAID: Column = Column::new("inbound.said", ["id", "id"]);
pub(super) const RAW: Column = Column::new("inbound.raw", ["id", "id"]);
pub(super) const COVERED: Column = Column::new("inbound.covered", ["id", "id"]);
pub(super) const STATE: Column = Column::new("conversation.state", ["channel", "peer"]);
pub(super) const MESSAGE: Column = Column::new("outbox.message", ["id", "id"]);
pub(super) const PROGRESS: Column = Column::new("walk_kept.progress", ["code", "code"]);
pub(super) const SHARED: Column = Column::new("citizen.shared", ["id", "id"]);
pub(super) const DOSSIER: Column = Column::new("dossier.body", ["key", "key"]);
pub(super) const CLAIM: Column = Column::new("dossier_claim.body", ["agency", "event"]);
pub(super) const ATTACHMENT: Column = Column::new("look.attachment", ["inbound", "inbound"]);
pub(super) const VERDICT: Column = Column::new("paper.verdict", ["id", "id"]);
pub(super) const QUESTION: Column = Column::new("ticket.question", ["id", "id"]);
pub(super) const NOTE: Column = Column::new("ticket_note.body", ["id", "id"]);
pub(super) const WORD: Column = Column::new("forum_word.body", ["id", "id"]);
pub(super) const APOLOGY: Column = Column::new("apology.body", ["id", "id"]);

/// A hash of Argon2id is of little use to whoever has the database and not the key (OWASP ASVS 2.4.5).
pub(super) const PASSWORD: Column = Column::new("officer.password", ["id", "id"]);
pub(super) const REQUEST: Column = Column::new("data_request.words", ["id", "id"]);

/// All of them.
pub const SEALED: [Column; 21] = [
    SAID,
    RAW,
    COVERED,
    STATE,
    MESSAGE,
    PROGRESS,
    SHARED,
    DOSSIER,
    CLAIM,
    ATTACHMENT,
    VERDICT,
    QUESTION,
    NOTE,
    WORD,
    APOLOGY,
    REQUEST,
    PASSWORD,
    Column::of_service("credential.sealed", "name", purpose::ZALO_TOKENS),
    Column::of_service("consent_offer.sealed", "state", purpose::ZALO_VERIFIER),
    Column::of_service("officer.totp", "id", purpose::TOTP),
    Column::of_service("agency.hmac_key", "slug", purpose::AGENCY),
];

/// Seals and opens columns; without keys everything stands as it is.
#[derive(Clone, Default)]
pub struct Seal(Option<Arc<Keyring>>);

impl fmt::Debug for Seal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Seal({})", if self.0.is_some() { "on" } else { "off" })
    }
}

impl Seal {
    /// Whether there is a key.
    pub(super) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// `text` as it is to be stored in `column`.
    pub(super) fn text(&self, column: Column, text: &str) -> String {
        match &self.0 {
            Some(keys) => format!("{MARK}{}", keys.seal(column.purpose, text)),
            None if text.starts_with(MARK) => format!("{MARK}.{text}"),
            None => text.to_owned(),
        }
    }

    /// The JSON of `value` as it is to be stored in `column`.
    pub(super) fn json<T: Serialize>(&self, column: Column, value: &T) -> String {
        self.text(column, &to_json(value))
    }

    /// What was stored in `column`.
    ///
    /// # Errors
    /// When it was sealed with a key that is not there, or was changed.
    pub(super) fn read(&self, column: Column, stored: String) -> Result<String> {
        let Some(sealed) = stored.strip_prefix(MARK) else { return Ok(stored) };
        if let Some(text) = sealed.strip_prefix('.') {
            return Ok(text.to_owned());
        }
        let unreadable = |cause: String| StoreError::Unreadable { what: column.purpose, cause };
        let keys = self.0.as_ref().ok_or_else(|| unreadable("it is sealed, and MOTCUA_KEY is not set".to_owned()))?;
        let opened = keys.open(column.purpose, sealed).map_err(|error| match error {
            SealError::UnknownKey(key) => StoreError::KeyMissing(key),
            error => unreadable(error.to_string()),
        })?;
        Ok(opened.expose_secret().to_owned())
    }

    /// The value whose JSON was stored in `column`.
    ///
    /// # Errors
    /// When it cannot be opened, or not be read.
    pub(super) fn read_json<T: DeserializeOwned>(&self, column: Column, stored: String) -> Result<T> {
        super::from_json(column.purpose, &self.read(column, stored)?)
    }
}

impl Store {
    /// Seals from now on with the first of `keys`, opens with all of them. The database remembers which keys it needs.
    ///
    /// # Errors
    /// When it needs one that is not among them: nothing could be read, and everybody would have to begin again.
    pub async fn sealed(mut self, keys: Option<&Keyring>, now: Timestamp) -> Result<Self> {
        const NEEDED: &str = "SELECT name FROM seal_key ORDER BY name";
        const ADD: &str = "INSERT INTO seal_key (name, since) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        let mut tx = self.write().await?;
        let needed: Vec<String> = on!(&mut tx, connection => sqlx::query_scalar(NEEDED).fetch_all(connection).await?);
        let there: Vec<&str> = keys.map(Keyring::names).unwrap_or_default();
        if let Some(missing) = needed.into_iter().find(|name| !there.contains(&name.as_str())) {
            return Err(StoreError::KeyMissing(missing));
        }
        if let Some(first) = there.first() {
            on!(&mut tx, connection => sqlx::query(ADD).bind(*first).bind(now.0).execute(connection).await?.rows_affected());
        }
        tx.commit().await?;
        self.seal = Seal(keys.cloned().map(Arc::new));
        Ok(self)
    }

    /// The same without noting anything: for a look at a database.
    ///
    /// # Errors
    /// When the database fails, or needs a key that is not there.
    pub async fn opened(mut self, keys: Option<&Keyring>) -> Result<Self> {
        let there: Vec<&str> = keys.map(Keyring::names).unwrap_or_default();
        if let Some(missing) = self.keys_needed().await?.into_iter().find(|name| !there.contains(&name.as_str())) {
            return Err(StoreError::KeyMissing(missing));
        }
        self.seal = Seal(keys.cloned().map(Arc::new));
        Ok(self)
    }

    /// The names of the keys that something in it may be sealed with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys_needed(&self) -> Result<Vec<String>> {
        const NEEDED: &str = "SELECT name FROM seal_key ORDER BY name";
        let mut tx = self.read().await?;
        Ok(on!(&mut tx, connection => sqlx::query_scalar(NEEDED).fetch_all(connection).await?))
    }

    /// Seals everything in `column` with the newest key that is not sealed with it, some rows at a time, while others work.
    /// Returns how many.
    ///
    /// # Errors
    /// When the database fails, or something was sealed with a key that is not there; what was done until then stays done.
    pub async fn seal_anew(&self, column: Column) -> Result<u64> {
        let Some(keys) = self.seal.0.clone() else { return Ok(0) };
        let mut done = 0;
        let mut after = (String::new(), String::new());
        loop {
            let mut tx = self.write().await?;
            let rows = behind(&mut tx, column, &keys, &after).await?;
            for (first, second, old) in &rows {
                let new = again(&self.seal, column, &keys, old)?;
                done += replace(&mut tx, column, (first, second), old, &new).await?;
            }
            tx.commit().await?;
            match rows.into_iter().next_back() {
                Some((first, second, _)) => after = (first, second),
                None => return Ok(done),
            }
        }
    }

    /// Forgets the keys that nothing is sealed with any more: all but the newest, once every column was [sealed
    /// anew](Store::seal_anew).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn needs_newest_only(&self) -> Result<()> {
        const SQL: &str = "DELETE FROM seal_key WHERE name <> $1";
        let Some(newest) = self.seal.0.as_ref().and_then(|keys| keys.names().first().map(|name| (*name).to_owned())) else {
            return Ok(());
        };
        let mut tx = self.write().await?;
        on!(&mut tx, connection => sqlx::query(SQL).bind(newest).execute(connection).await?.rows_affected());
        tx.commit().await
    }
}

/// `old`, sealed with the newest key.
fn again(seal: &Seal, column: Column, keys: &Keyring, old: &str) -> Result<String> {
    if !column.of_service {
        return Ok(seal.text(column, &seal.read(column, old.to_owned())?));
    }
    let damaged = |error: SealError| StoreError::Unreadable { what: column.purpose, cause: error.to_string() };
    Ok(keys.seal(column.purpose, keys.open(column.purpose, old).map_err(damaged)?.expose_secret()))
}

/// The next rows, in the order of what finds them, that are not sealed with the newest key.
async fn behind(
    tx: &mut Tx,
    column: Column,
    keys: &Keyring,
    (first, second): &(String, String),
) -> Result<Vec<(String, String, String)>> {
    let (table, name, [one, two]) = (column.table(), column.column(), column.by);
    // Written so that each database uses its index.
    let later = if one == two { format!("{one} > $1 AND $2 = $2") } else { format!("({one}, {two}) > ($1, $2)") };
    let mark = if column.of_service { String::new() } else { MARK.to_string() };
    let newest = format!("{mark}{}.", keys.names().first().copied().unwrap_or_default());
    let letters = newest.len();
    let sql = format!(
        "SELECT {one}, {two}, {name} FROM {table} WHERE {later} AND {name} IS NOT NULL AND {name} <> '' AND SUBSTR({name}, 1, {letters}) <> $3
        ORDER BY {one}, {two} LIMIT {BATCH}"
    );
    Ok(
        on!(tx, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(first).bind(second).bind(newest).fetch_all(connection).await?),
    )
}

/// Writes a row's column, unless somebody changed it meanwhile.
async fn replace(tx: &mut Tx, column: Column, (first, second): (&str, &str), old: &str, new: &str) -> Result<u64> {
    let (table, name, [one, two]) = (column.table(), column.column(), column.by);
    let sql = format!("UPDATE {table} SET {name} = $4 WHERE {one} = $1 AND {two} = $2 AND {name} = $3");
    Ok(on!(tx, connection => sqlx::query(AssertSqlSafe(sql)).bind(first).bind(second).bind(old).bind(new)
        .execute(connection).await?.rows_affected()))
}

impl Tx {
    /// Whether it is on PostgreSQL, which many processes write to at once.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self.on, Base::Postgres(_))
    }
}
