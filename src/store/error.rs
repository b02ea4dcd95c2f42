//! What went wrong in the database.

use std::time::Duration;

use sqlx::migrate::MigrateError;

/// What went wrong in the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An address of another kind of database.
    #[error("“{0}://” is not supported: give a file name for SQLite, or postgres://user@host/name")]
    Unsupported(String),
    /// A schema of another version of this program.
    #[error("the database is of another version: migration {there} there, {ours} in this program")]
    Version {
        /// Its newest migration.
        there: i64,
        /// Our newest.
        ours: i64,
    },
    /// A server that lacks what we need.
    #[error("PostgreSQL {0} is too old: 14 or newer is needed")]
    TooOld(String),
    /// The database said so.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// It did not answer in this time.
    #[error("the database did not answer for {0:?}")]
    Silent(Duration),
    /// Something is sealed with a key that is not there.
    #[error(
        "the database holds what was sealed with the key “{0}”, which MOTCUA_KEY does not hold: put that key back (behind a comma, after the new one)"
    )]
    KeyMissing(String),
    /// A stored value that this program cannot read.
    #[error("stored {what} cannot be read: {cause}")]
    Unreadable {
        /// What it should have been.
        what: &'static str,
        /// Why it is not.
        cause: String,
    },
}

impl StoreError {
    /// Whether two transactions were in each other's way and this one was ended for it: begun anew, it works (PostgreSQL: deadlock,
    /// serialization failure).
    pub fn is_collision(&self) -> bool {
        let Self::Sql(sqlx::Error::Database(error)) = self else { return false };
        matches!(error.code().as_deref(), Some("40P01" | "40001"))
    }

    /// Whether it is about what was asked for, and would be the same at another time: a rule of the schema that a row breaks, a row
    /// that is not there or cannot be read. Not when the database itself is in trouble.
    pub fn is_refusal(&self) -> bool {
        match self {
            // Of PostgreSQL: data it does not take, rules of the schema, what is too large; of SQLite the same by numbers of its own.
            Self::Sql(sqlx::Error::Database(error)) => {
                let code = error.code().unwrap_or_default();
                let is_of_sqlite = code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 18..=20));
                let is_of_postgres = code.len() == 5 && ["22", "23", "54"].iter().any(|class| code.starts_with(class));
                is_of_postgres || (code.len() < 5 && is_of_sqlite)
            }
            Self::Sql(sqlx::Error::RowNotFound | sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => true,
            Self::Unreadable { .. } | Self::KeyMissing(_) => true,
            _ => false,
        }
    }
}
