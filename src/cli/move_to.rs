//! `motcua move`: from the SQLite file inside to a PostgreSQL server.

use anyhow::{Context, ensure};

use crate::app::{SystemClock, open_store};
use crate::config::Config;
use crate::domain::Clock;
use crate::seal::Keyring;
use crate::store::copy::{self, Table};
use crate::store::{Store, Tx};

/// Copy everything from SQLite to PostgreSQL, and check that all of it arrived. Stop the program first; run it again when it was
/// interrupted.
#[derive(Debug, clap::Args)]
pub struct Move {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// An empty PostgreSQL database, `postgres://user@host/name`.
    #[arg(long, value_name = "POSTGRES")]
    to: String,
}

impl Move {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(run(&config, &self.to))
    }
}

async fn run(config: &Config, to: &str) -> anyhow::Result<()> {
    let source = open_store(config).await?;
    let keys = config.key.as_ref().map(Keyring::read).transpose()?;
    let target = Store::open(to).await.context("cannot open the database to move to")?;
    let target = target.sealed(keys.as_ref(), SystemClock.now()).await?;
    ensure!(!source.is_shared(), "the deployment is on PostgreSQL already: MOTCUA_DATABASE must name the SQLite file");
    ensure!(target.is_shared(), "--to must be a PostgreSQL, postgres://user@host/name");
    // Nobody writes meanwhile: a program that still runs is refused, not lost.
    let mut from = source.write().await.context("the SQLite file is in use: stop the program first")?;
    let tables = copy::tables(&mut from).await?;
    let known = copy::tables(&mut target.read().await?).await?;
    ensure!(tables == known, "the two schemas differ: use the same version of motcua for both");
    let moved = target.moved().await?;
    if moved != Some(true) {
        let mut into = target.write().await?;
        let used = copy::is_used(&mut into, &tables).await?;
        ensure!(!used || moved == Some(false), "the PostgreSQL database is in use: give an empty one");
        target.mark_move(&mut into, "sqlite", false).await?;
        into.commit().await?;
        copy_all(&target, &mut from, &tables).await?;
    }
    let mut arrived = target.read().await?;
    let (mut rows, mut wrong) = (0, 0);
    for table in &tables {
        let (there, here) = (copy::sum(&mut arrived, table).await?, copy::sum(&mut from, table).await?);
        let same = there == here;
        println!("{:20} {:>9} {}", table.name, here.rows, if same { "ok" } else { "DIFFERS" });
        rows += here.rows;
        wrong += u32::from(!same);
    }
    drop((from, arrived));
    if moved == Some(true) && wrong > 0 {
        anyhow::bail!(
            "moved before; {wrong} tables differ since, as they do when one of the two is in use. Nothing was changed."
        );
    }
    ensure!(wrong == 0, "{wrong} tables differ: run this again");
    let mut into = target.write().await?;
    target.mark_move(&mut into, "sqlite", true).await?;
    into.commit().await?;
    source.close().await;
    target.close().await;
    println!("{} tables, {rows} rows, counts and checksums are the same.", tables.len());
    println!(
        "Now set MOTCUA_DATABASE to the PostgreSQL address, keep MOTCUA_KEY and the folder of files, and start the program."
    );
    println!("Keep the SQLite file until you have a backup of the new database.");
    Ok(())
}

/// All tables in one transaction: half of a database is never there.
async fn copy_all(target: &Store, from: &mut Tx, tables: &[Table]) -> anyhow::Result<()> {
    let mut into = target.write().await?;
    copy::empty(&mut into, tables).await?;
    for table in tables {
        let sum = copy::copy(from, &mut into, table).await.with_context(|| format!("copying {} (run this again)", table.name))?;
        eprintln!("{} {}", table.name, sum.rows);
    }
    Ok(into.commit().await?)
}
