//! Fresh databases of both kinds.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

use motcua::domain::Timestamp;
use motcua::seal::Keyring;
use motcua::store::Store;
use sqlx::{Connection, Executor, PgConnection};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Runs `test` on an empty SQLite file and on an empty PostgreSQL database. Without PostgreSQL the test fails: a run
/// that skips half of the promise would be green for nothing.
pub async fn each_database<F, Fut>(test: F)
where
    F: Fn(Store) -> Fut,
    Fut: Future<Output = ()>,
{
    let folder = tempfile::tempdir().unwrap();
    let store = sealed(Store::open(folder.path().join("t.db").to_str().unwrap()).await.unwrap()).await;
    test(store.clone()).await;
    store.close().await;

    let server = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL is not set: run tests/run, which starts a private PostgreSQL");
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    let mut admin = PgConnection::connect(&server).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    let store = sealed(Store::open(url.as_str()).await.unwrap()).await;
    test(store.clone()).await;
    store.close().await;
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}

/// The address of an empty PostgreSQL database whose name begins like that, for tests of the real program.
pub async fn postgres(name: &str) -> url::Url {
    let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL is not set: run tests/run");
    let name = format!("{name}{}", std::process::id());
    let mut admin = PgConnection::connect(&server).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    url
}

/// The database, with what says something about a person sealed by the tests' key.
pub async fn sealed(store: Store) -> Store {
    store.sealed(Some(&Keyring::read(&super::house::KEY.into()).unwrap()), Timestamp(0)).await.unwrap()
}
