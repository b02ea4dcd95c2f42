//! All of a database, table after table: to count it, to sum it up, and to copy it from SQLite to PostgreSQL.
//!
//! Tables are those of the schema that both have, by the names and types of their columns; what a later schema adds is copied
//! without a change here. The sum of a table is of its rows in any order: equal sums are equal rows.

use futures::TryStreamExt;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, QueryBuilder, Row, SqliteConnection};

use super::{Base, Connections, Result, Store, StoreError, Tx};

/// Rows of one statement, and values: PostgreSQL numbers those of a statement with 16 bits.
const ROWS: usize = 500;
const VALUES: usize = 60_000;
/// The table in which a database says that it was moved to.
const MARK: &str = "motcua_move";

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, with whether they hold whole numbers, yes or no, or text.
    columns: Vec<(String, Kind)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Number,
    Flag,
    Text,
}

/// How many rows a table has, and their sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Rows.
    pub rows: u64,
    /// The sum of the hashes of all rows.
    pub hash: u128,
}

impl Sum {
    fn add(&mut self, row: &[Value]) {
        let digest = Sha256::digest(serde_json::to_vec(row).unwrap_or_default());
        self.rows += 1;
        self.hash = self.hash.wrapping_add(u128::from_be_bytes(std::array::from_fn(|at| digest[at])));
    }
}

impl Table {
    fn select(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        format!("SELECT {} FROM \"{}\"", columns.join(", "), self.name)
    }
}

/// Lets the server wait for us as long as it takes: while one database is summed up, the other hears nothing.
///
/// # Errors
/// When the database fails.
pub async fn be_patient(tx: &mut Tx) -> Result<()> {
    if let Base::Postgres(tx) = &mut tx.on {
        sqlx::query("SET LOCAL idle_in_transaction_session_timeout = 0").execute(&mut **tx).await?;
    }
    Ok(())
}

/// The tables of a database, by their names. One has references to another (`citizen_place` to `citizen`), which comes before it.
///
/// # Errors
/// When the database fails.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>> {
    const SQLITE: &str = "SELECT m.name, c.name, upper(c.type) FROM sqlite_master AS m, pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations' ORDER BY m.name, c.cid";
    const POSTGRES: &str = "SELECT table_name::text, column_name::text, upper(data_type::text) FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations' AND table_name <> 'motcua_move'
        ORDER BY table_name COLLATE \"C\", ordinal_position";
    let rows: Vec<(String, String, String)> = match &mut tx.on {
        Base::Sqlite(tx) => sqlx::query_as(SQLITE).fetch_all(&mut **tx).await?,
        Base::Postgres(tx) => sqlx::query_as(POSTGRES).fetch_all(&mut **tx).await?,
    };
    let mut tables: Vec<Table> = Vec::new();
    for (table, column, kind) in rows {
        let kind = match kind.as_str() {
            "BIGINT" | "INTEGER" => Kind::Number,
            "BOOLEAN" => Kind::Flag,
            "TEXT" => Kind::Text,
            other => {
                return Err(StoreError::Unreadable { what: "schema", cause: format!("{table}.{column} is {other}") });
            }
        };
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(Table { name: table, columns: Vec::new() });
        }
        if let Some(table) = tables.last_mut() {
            table.columns.push((column, kind));
        }
    }
    // Added later on one side, a column may stand elsewhere: names are the same order for both.
    tables.iter_mut().for_each(|table| table.columns.sort());
    Ok(tables)
}

macro_rules! values {
    ($row:expr, $table:expr) => {{
        let mut values = Vec::with_capacity($table.columns.len());
        for (at, (_, kind)) in $table.columns.iter().enumerate() {
            values.push(match kind {
                Kind::Number => $row.try_get::<Option<i64>, _>(at)?.map_or(Value::Null, Value::from),
                Kind::Flag => $row.try_get::<Option<bool>, _>(at)?.map_or(Value::Null, Value::from),
                Kind::Text => $row.try_get::<Option<String>, _>(at)?.map_or(Value::Null, Value::from),
            });
        }
        values
    }};
}

/// Counts and sums up a table.
///
/// # Errors
/// When the database fails.
pub async fn sum(tx: &mut Tx, table: &Table) -> Result<Sum> {
    let mut sum = Sum::default();
    match &mut tx.on {
        Base::Sqlite(tx) => {
            let mut rows = sqlx::query(AssertSqlSafe(table.select())).fetch(&mut **tx);
            while let Some(row) = rows.try_next().await? {
                sum.add(&values!(row, table));
            }
        }
        Base::Postgres(tx) => {
            let mut rows = sqlx::query(AssertSqlSafe(table.select())).fetch(&mut **tx);
            while let Some(row) = rows.try_next().await? {
                sum.add(&values!(row, table));
            }
        }
    }
    Ok(sum)
}

/// Copies a table from SQLite in the place of what is in the same of PostgreSQL: what was copied.
///
/// # Errors
/// When one of the databases fails, or one is not of the kind it should be.
pub async fn copy(from: &mut Tx, to: &mut Tx, table: &Table) -> Result<Sum> {
    let (Base::Sqlite(from), Base::Postgres(to)) = (&mut from.on, &mut to.on) else {
        return Err(StoreError::Unsupported("from anything but SQLite to anything but postgres".to_owned()));
    };
    let mut sum = Sum::default();
    let most = ROWS.min(VALUES / table.columns.len().max(1));
    let mut rows = sqlx::query(AssertSqlSafe(table.select())).fetch(&mut **from);
    let mut batch: Vec<Vec<Value>> = Vec::with_capacity(most);
    loop {
        let row = rows.try_next().await?;
        let ended = row.is_none();
        if let Some(row) = row {
            let values = values!(row, table);
            sum.add(&values);
            batch.push(values);
        }
        if batch.len() == most || (ended && !batch.is_empty()) {
            let columns: Vec<String> = table.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let mut sql = QueryBuilder::new(format!("INSERT INTO \"{}\" ({}) ", table.name, columns.join(", ")));
            sql.push_values(batch.drain(..), |mut row, values| {
                for (value, (_, kind)) in values.into_iter().zip(&table.columns) {
                    match kind {
                        Kind::Number => row.push_bind(value.as_i64()),
                        Kind::Flag => row.push_bind(value.as_bool()),
                        Kind::Text => row.push_bind(value.as_str().map(str::to_owned)),
                    };
                }
            });
            sql.build().execute(&mut **to).await?;
        }
        if ended {
            return Ok(sum);
        }
    }
}

/// Empties tables, in a transaction that puts something in their place. PostgreSQL only.
///
/// # Errors
/// When the database fails.
pub async fn empty(tx: &mut Tx, tables: &[Table]) -> Result<()> {
    if let Base::Postgres(tx) = &mut tx.on {
        let names: Vec<String> = tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
        sqlx::query(AssertSqlSafe(format!("TRUNCATE {}", names.join(", ")))).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Notes that a SQLite database was moved here. PostgreSQL only.
///
/// # Errors
/// When the database fails.
pub async fn mark_moved(tx: &mut Tx) -> Result<()> {
    if let Base::Postgres(tx) = &mut tx.on {
        let sql = format!("CREATE TABLE IF NOT EXISTS {MARK} (moved BOOLEAN NOT NULL)");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Whether somebody uses the database: it has rows besides those that a new one has.
///
/// # Errors
/// When the database fails.
pub async fn is_used(tx: &mut Tx, tables: &[Table]) -> Result<bool> {
    for table in tables.iter().filter(|table| !matches!(table.name.as_str(), "audit_head" | "seal_key")) {
        if sum(tx, table).await?.rows > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Store {
    /// Whether a SQLite database was moved here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_moved(&self) -> Result<bool> {
        let Connections::Postgres(pool) = &self.on else { return Ok(false) };
        let there: Option<String> = sqlx::query_scalar("SELECT to_regclass($1)::text").bind(MARK).fetch_one(pool).await?;
        Ok(there.is_some())
    }

    /// Whether a PostgreSQL database holds nothing, or ours.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn is_free(database: &str) -> Result<bool> {
        const OTHERS: &str =
            "SELECT COUNT(*) = 0 OR bool_or(tablename = '_sqlx_migrations') AND bool_or(tablename = 'conversation')
            FROM pg_tables WHERE schemaname = current_schema()";
        let mut connection = PgConnection::connect(database).await?;
        let free: bool = sqlx::query_scalar(OTHERS).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(free)
    }

    /// Makes sure that nobody has a SQLite file open.
    ///
    /// # Errors
    /// When somebody has, or it is not there.
    pub async fn nobody_else(file: &str) -> Result<()> {
        let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await?;
        // Leaving the journal that many may share takes the file for oneself.
        sqlx::query("PRAGMA journal_mode = DELETE").execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// Copies a SQLite database to a new file while it is in use, as it is at one moment.
    ///
    /// # Errors
    /// When the database fails, or the file is there already.
    pub async fn snapshot(&self, to: &str) -> Result<()> {
        let Connections::Sqlite { read, .. } = &self.on else {
            return Err(StoreError::Unsupported("postgres (take pg_dump)".to_owned()));
        };
        sqlx::query("VACUUM INTO $1").bind(to).execute(read).await?;
        Ok(())
    }

    /// What SQLite finds wrong in the file; nothing on PostgreSQL, which checks as it reads.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn integrity(&self) -> Result<Vec<String>> {
        let Connections::Sqlite { read, .. } = &self.on else { return Ok(Vec::new()) };
        let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(read).await?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}
