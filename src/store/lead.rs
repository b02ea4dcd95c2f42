//! What only one process may do at a time: who does it. And telling one another that there is something to do.
//!
//! On PostgreSQL a lead is an advisory lock of a session of its own: whoever is killed has none any more at once, and whoever is cut
//! off is given up by the server after [`QUIET`]. On SQLite there is one process, which leads everything.

use std::collections::BTreeSet;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnection, PgListener};
use sqlx::{AssertSqlSafe, Connection};

use super::{Connections, Result, Store};
use crate::domain::Timestamp;

/// The server ends a session that holds leads and says nothing for so long: its process is cut off, or stands still.
pub const QUIET: Duration = Duration::from_secs(15);
/// What processes call out to one another on.
const CALLS: &str = "motcua";

/// The leads of one process. Dropped, they are free again.
pub struct Leads {
    store: Store,
    connection: Option<PgConnection>,
    held: BTreeSet<&'static str>,
}

impl Leads {
    /// Takes those of `wanted` that nobody has, and keeps those it had: all that it has now. To be called again well within
    /// [`QUIET`], or others take them over.
    ///
    /// # Errors
    /// When the server cannot be reached: then it has none.
    pub async fn hold(&mut self, wanted: &[&'static str]) -> Result<BTreeSet<&'static str>> {
        let Connections::Postgres(pool) = &self.store.on else { return Ok(wanted.iter().copied().collect()) };
        // Taken out: whatever fails from here on, or is not waited for, ends the session and its leads.
        let (mut connection, mut held) = match self.connection.take() {
            Some(connection) => (connection, std::mem::take(&mut self.held)),
            None => {
                let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
                let quiet = format!("SET idle_session_timeout = {}", QUIET.as_millis());
                sqlx::query(AssertSqlSafe(quiet)).execute(&mut connection).await?;
                (connection, BTreeSet::new())
            }
        };
        connection.ping().await?;
        for name in wanted {
            if !held.contains(name) {
                let sql = "SELECT pg_try_advisory_lock($1)";
                let ours: bool = sqlx::query_scalar(sql).bind(number(name)).fetch_one(&mut connection).await?;
                held.extend(ours.then_some(*name));
            }
        }
        (self.connection, self.held) = (Some(connection), held.clone());
        Ok(held)
    }
}

/// The number that PostgreSQL knows a lead by.
fn number(name: &str) -> i64 {
    let digest = Sha256::digest(format!("motcua lead {name}"));
    i64::from_be_bytes(std::array::from_fn(|at| digest[at]))
}

/// Hears what other processes call out.
pub struct Listener(PgListener);

impl Listener {
    /// The next call. Calls made while the server could not be reached are lost: whoever listens looks from time to time as well.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn heard(&mut self) -> Result<String> {
        Ok(self.0.recv().await?.payload().to_owned())
    }
}

impl Store {
    /// Whether several processes may share it.
    pub fn is_shared(&self) -> bool {
        matches!(self.on, Connections::Postgres(_))
    }

    /// What time it is on the server; `None` on SQLite, which is on our machine.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn clock(&self) -> Result<Option<Timestamp>> {
        let Connections::Postgres(pool) = &self.on else { return Ok(None) };
        const SQL: &str = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint";
        Ok(Some(Timestamp(sqlx::query_scalar(SQL).fetch_one(pool).await?)))
    }

    /// The leads of this process: none yet.
    pub fn leads(&self) -> Leads {
        Leads { store: self.clone(), connection: None, held: BTreeSet::new() }
    }

    /// Calls out to all processes, this one too; at most 8,000 bytes (PostgreSQL, NOTIFY). On SQLite there is nobody.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn call_out(&self, words: &str) -> Result<()> {
        if let Connections::Postgres(pool) = &self.on {
            sqlx::query("SELECT pg_notify($1, $2)").bind(CALLS).bind(words).execute(pool).await?;
        }
        Ok(())
    }

    /// Listens to other processes; `None` on SQLite.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn listen(&self) -> Result<Option<Listener>> {
        let Connections::Postgres(pool) = &self.on else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CALLS).await?;
        Ok(Some(Listener(listener)))
    }
}
