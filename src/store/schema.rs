//! The schema, and how it is brought up to date.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgConnection;

use super::Result;

/// How often a schema in use is tried to be brought up to date, and how long is waited between (PostgreSQL): as long as a backup reads.
const LOCK_TRIES: u32 = 200;
const LOCK_PAUSE: Duration = Duration::from_secs(3);

/// All of it, in the order in which it came about.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Brings the schema up to date beside processes that are at work (PostgreSQL): behind a statement that waits for a table, all others
/// that need it would wait too, so it waits for a moment only, and comes again.
pub(super) async fn migrated(connection: &mut PgConnection) -> Result<()> {
    sqlx::query("SET lock_timeout = '3s'").execute(&mut *connection).await?;
    for _ in 0..LOCK_TRIES {
        match MIGRATIONS.run(&mut *connection).await {
            Err(error) if is_locked(&error) => tracing::warn!("the schema is in use; it is brought up to date in a moment"),
            done => return Ok(done?),
        }
        tokio::time::sleep(LOCK_PAUSE).await;
    }
    Ok(MIGRATIONS.run(connection).await?)
}

fn is_locked(error: &MigrateError) -> bool {
    let (MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _)) = error else { return false };
    cause.as_database_error().is_some_and(|error| error.code().as_deref() == Some("55P03"))
}
