//! SQL and nothing but: free functions over `&mut Tx`, the same text for SQLite and PostgreSQL.
//!
//! **Invariants.** The store never decides. Nothing awaits the network while a transaction is open. Every test of the
//! store runs on both databases.
//!
//! The portable subset: types `TEXT`, `BIGINT`, `BOOLEAN`; ids and times made by the program; JSON is opaque `TEXT`;
//! `INSERT … ON CONFLICT`, `UPDATE … RETURNING`, partial indexes. Not `now()`, arrays, `LIKE`, JSON operators, serial
//! ids, nor `ORDER BY` on nullable or Vietnamese columns. The one difference between the two is
//! `FOR UPDATE` where rows are held for what follows ([`outbox::claim`], [`look::claim`], [`audit::hold_head`], [`dossier::hold`],
//! [`dossier::due`], [`forum::next`], [`inbox::take_on`] in the place of [`inbox::pending`], [`recipient::claim`]), and what only
//! one of them has: who leads, and calls between processes ([`lead`]), whole copies ([`copy`]). Statements of many rows or of
//! conditions that somebody chose ([`dossier`], [`follow`], [`audience`], [`recipient`], lists by place), or about many conversations,
//! are built by sqlx's `QueryBuilder`; all others stand as one text.

pub mod agency;
pub mod audience;
pub mod audit;
pub mod broadcast;
pub mod canned;
pub mod citizen;
pub mod conversation;
pub mod copy;
pub mod credential;
pub mod dossier;
pub mod edition;
pub mod enclosure;
mod error;
pub mod follow;
pub mod forum;
pub mod inbox;
pub mod lead;
pub mod lesson;
pub mod letter;
pub mod look;
pub mod officer;
pub mod outbox;
pub mod paper;
mod places;
pub mod privacy;
pub mod rating;
pub mod receipt;
pub mod recipient;
pub mod request;
mod schema;
pub mod sealed;
pub mod session;
pub mod subscriber;
pub mod switch;
pub mod tally;
pub mod ticket;
pub mod told;
pub mod walk;

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Database, Encode, QueryBuilder, Type};

pub use self::error::StoreError;
use self::schema::{MIGRATIONS, migrated};
pub use self::sealed::Seal;
use crate::domain::Address;

/// How long a writer waits for another process's transaction (SQLite).
const BUSY: Duration = Duration::from_secs(10);
/// How long somebody waits for a connection (PostgreSQL) before it is said that there is none.
const PATIENCE: Duration = Duration::from_secs(5);
/// The server does not answer if anything that is done again and again takes longer (PostgreSQL); it takes milliseconds.
const LONGEST: Duration = Duration::from_secs(30);
/// Pages that the writer keeps in memory (SQLite), in KiB: what is open, in all its tables, many times over. With its 2 MB of old it
/// read each page again and again.
const PAGES: &str = "-8192";
/// The same of each connection that reads: what it needs lies in the system's own cache, and eight times SQLite's 2 MB would be much.
const PAGES_TO_READ: &str = "-512";
/// Connections for reading (SQLite).
const CONNECTIONS: u32 = 8;
/// Connections for everything (PostgreSQL): as many, one that listens, and one to spare.
const SHARED_CONNECTIONS: u32 = 10;
/// The first PostgreSQL that ends sessions which are silent, without which two processes could lead.
const OLDEST_POSTGRES: i32 = 140_000;

/// A database.
#[derive(Clone, Debug)]
pub struct Store {
    /// Where it is.
    pub on: Connections,
    /// Seals what says something about a person.
    seal: Seal,
}

/// Ways to a database.
#[derive(Clone, Debug)]
pub enum Connections {
    /// A file. SQLite has one writer at a time, so there is one connection to write with: waiting for it is fair and
    /// costs no busy loop.
    Sqlite {
        /// The writer.
        write: SqlitePool,
        /// Readers, which a writer never blocks (WAL).
        read: SqlitePool,
    },
    /// A server that several processes share.
    Postgres(PgPool),
}

/// An open transaction. Dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    /// Where it is.
    pub on: Base,
    /// Seals and opens what is written and read in it.
    seal: Seal,
}

/// The databases' own transactions.
pub enum Base {
    /// On SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// Shorthand for results of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Runs one body on the connection of whichever database the transaction is on. The SQL text is the same; the macro
/// only lets the compiler check it against both drivers' types.
macro_rules! on {
    ($tx:expr, $connection:ident => $body:expr) => {
        match &mut $tx.on {
            $crate::store::Base::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            $crate::store::Base::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}
pub(crate) use on;

impl From<Connections> for Store {
    fn from(on: Connections) -> Self {
        Self { on, seal: Seal::default() }
    }
}

impl Store {
    /// Opens `database`: a `postgres://` address, or a SQLite file, made with its folder when it is not there. Brings
    /// the schema up to date.
    ///
    /// # Errors
    /// When the database cannot be reached or its schema is not ours.
    pub async fn open(database: &str) -> Result<Self> {
        if database.starts_with("postgres://") || database.starts_with("postgresql://") {
            // One connection first: its error says what is wrong, where the pool only says that it waited.
            let mut first = PgConnection::connect(database).await?;
            let (number, name): (i32, String) =
                sqlx::query_as("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
                    .fetch_one(&mut first)
                    .await?;
            if number < OLDEST_POSTGRES {
                return Err(StoreError::TooOld(name));
            }
            migrated(&mut first).await?;
            first.close().await?;
            let pool = PgPoolOptions::new()
                .max_connections(SHARED_CONNECTIONS)
                .acquire_timeout(PATIENCE)
                // Whoever is cut off in the middle of a transaction holds nothing up for long.
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        let idle = format!("SET idle_in_transaction_session_timeout = {}", lead::QUIET.as_millis());
                        sqlx::query(AssertSqlSafe(idle)).execute(connection).await.map(drop)
                    })
                })
                // Whoever gave up waiting leaves a connection behind that may never answer: its place is needed.
                .after_release(|connection, _| {
                    Box::pin(async move {
                        let pinged = tokio::time::timeout(PATIENCE, connection.ping()).await;
                        pinged.map_err(|_| sqlx::Error::PoolTimedOut)?.map(|()| true)
                    })
                })
                .connect(database)
                .await?;
            return Ok(Connections::Postgres(pool).into());
        }
        if let Some((scheme, _)) = database.split_once("://") {
            return Err(StoreError::Unsupported(scheme.to_owned()));
        }
        if let Some(folder) = Path::new(database).parent() {
            std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(database)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Every commit reaches the disk: what was acknowledged survives a power cut. Turns and sends are
            // committed in batches, so this costs one flush a batch.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            // What a statement may have to undo stays in memory: files in /var/tmp cost time, and what they hold is not sealed.
            .pragma("temp_store", "memory");
        let writer = options.clone().pragma("cache_size", PAGES);
        // A file does not hang up: connections stay, with the pages and the statements that they know.
        let pool = || SqlitePoolOptions::new().idle_timeout(None).max_lifetime(None);
        let reader = options.read_only(true).pragma("cache_size", PAGES_TO_READ);
        let write = pool().max_connections(1).connect_with(writer).await?;
        MIGRATIONS.run(&write).await?;
        let read = pool().max_connections(CONNECTIONS).connect_with(reader).await?;
        Ok(Connections::Sqlite { write, read }.into())
    }

    /// Opens a database that is there, and changes nothing about it: neither is a file made, nor the schema brought up to date.
    ///
    /// # Errors
    /// When it is not there or cannot be reached, or its schema is another version's.
    pub async fn open_there(database: &str) -> Result<Self> {
        let store: Self = if database.contains("://") {
            if !database.starts_with("postgres://") && !database.starts_with("postgresql://") {
                return Err(StoreError::Unsupported(database.split("://").next().unwrap_or_default().to_owned()));
            }
            PgConnection::connect(database).await?.close().await?;
            let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE).connect(database).await?;
            Connections::Postgres(pool).into()
        } else {
            let options = SqliteConnectOptions::new().filename(database).busy_timeout(BUSY);
            let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
            let read = SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;
            Connections::Sqlite { write, read }.into()
        };
        let mut tx = store.read().await?;
        const VERSION: &str = "SELECT MAX(version) FROM _sqlx_migrations";
        let there: Option<i64> = on!(&mut tx, connection => sqlx::query_scalar(VERSION).fetch_one(connection).await?);
        let ours = MIGRATIONS.iter().map(|migration| migration.version).max();
        if there != ours {
            return Err(StoreError::Version { there: there.unwrap_or_default(), ours: ours.unwrap_or_default() });
        }
        drop(tx);
        Ok(store)
    }

    /// Opens a SQLite file that nobody writes to, and leaves it as it is: a backup.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn open_as_it_is(file: &str) -> Result<Self> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        let read = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        Ok(Connections::Sqlite { write: read.clone(), read }.into())
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// When the database cannot be reached or stays busy.
    pub async fn write(&self) -> Result<Tx> {
        let on = match &self.on {
            Connections::Sqlite { write, .. } => match write.begin_with("BEGIN IMMEDIATE").await {
                Ok(begun) => Base::Sqlite(begun),
                // A full disk ends a transaction without being asked to, and the connection would believe itself in it for ever.
                Err(sqlx::Error::InvalidSavePointStatement) => {
                    write.acquire().await?.close().await?;
                    Base::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)
                }
                Err(error) => return Err(error.into()),
            },
            Connections::Postgres(pool) => Base::Postgres(pool.begin().await?),
        };
        Ok(Tx { on, seal: self.seal.clone() })
    }

    /// Begins a transaction that only reads.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Tx> {
        let on = match &self.on {
            Connections::Sqlite { read, .. } => Base::Sqlite(read.begin().await?),
            // All statements see the same moment, as they do on SQLite: a turn and its state belong together.
            Connections::Postgres(pool) => {
                Base::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        };
        Ok(Tx { on, seal: self.seal.clone() })
    }

    /// Waits for `work`, but not for ever: what a server says that was cut off without a word would be waited for as long as the
    /// network does, which is hours. A file answers or fails.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Silent`]: whether the last statement was carried out is not known then.
    pub async fn in_time<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        match &self.on {
            Connections::Sqlite { .. } => work.await,
            Connections::Postgres(_) => {
                tokio::time::timeout(LONGEST, work).await.unwrap_or_else(|_| Err(StoreError::Silent(LONGEST)))
            }
        }
    }

    /// Waits for open transactions and closes all connections.
    pub async fn close(&self) {
        match &self.on {
            Connections::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Connections::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything done in it so.
    ///
    /// # Errors
    /// When the database refuses; then nothing was done.
    pub async fn commit(self) -> Result<()> {
        match self.on {
            Base::Sqlite(tx) => tx.commit().await?,
            Base::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// JSON that we wrote ourselves.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| unreachable!("our own values have a JSON form: {error}"))
}

fn from_json<T: serde::de::DeserializeOwned>(what: &'static str, json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|cause| StoreError::Unreadable { what, cause: cause.to_string() })
}

fn id(what: &'static str, text: &str) -> Result<uuid::Uuid> {
    uuid::Uuid::parse_str(text).map_err(|cause| StoreError::Unreadable { what, cause: cause.to_string() })
}

/// Begins a statement with a table `wanted (channel, peer)` of these addresses. It is another statement for every number of them, so
/// nobody keeps it prepared: sixty-four, on each connection, were 5 MB.
fn wanted<'a, D>(addresses: &[&'a Address]) -> QueryBuilder<D>
where
    D: Database,
    &'a str: Encode<'a, D> + Type<D>,
{
    let mut sql = QueryBuilder::new("WITH wanted (channel, peer) AS (");
    sql.push_values(addresses, |mut row, at| {
        row.push_bind(at.channel.as_str()).push_bind(at.peer.as_str());
    });
    sql.push(") ");
    sql
}

fn address(channel: &str, peer: String) -> Result<Address> {
    let channel = channel.parse().map_err(|cause: crate::domain::id::UnknownChannel| StoreError::Unreadable {
        what: "channel",
        cause: cause.to_string(),
    })?;
    Ok(Address { channel, peer })
}
