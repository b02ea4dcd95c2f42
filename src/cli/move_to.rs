//! `motcua move`: from the SQLite file inside to a PostgreSQL server.

use std::path::Path;

use anyhow::{Context, ensure};
use secrecy::ExposeSecret;

use crate::app::{SystemClock, look_into};
use crate::config::Config;
use crate::domain::Clock;
use crate::seal::Keyring;
use crate::store::{Store, copy};

/// Copy everything from SQLite to PostgreSQL, and check that all of it arrived. Stop the program first. Interrupted, nothing has
/// happened; run again afterwards, it compares.
#[derive(Debug, clap::Args)]
pub struct Move {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// An empty PostgreSQL database, `postgres://user@host/name`. Give its password as PGPASSWORD: what stands in a command, everybody on
    /// the machine can read.
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
    let address = config.database.expose_secret();
    ensure!(!address.contains("://"), "the deployment is on PostgreSQL already: MOTCUA_DATABASE must name the SQLite file");
    ensure!(
        to.starts_with("postgres://") || to.starts_with("postgresql://"),
        "--to must be a PostgreSQL, postgres://user@host/name"
    );
    ensure!(Path::new(address).exists(), "there is no SQLite file {address}: is it the folder, and the user, of the program?");
    Store::nobody_else(address).await.with_context(|| format!("{address} is in use: stop the program first"))?;
    let source = look_into(config).await?;
    let keys = config.key.as_ref().map(Keyring::read).transpose()?;
    ensure!(
        Store::is_free(to).await.context("cannot open the database to move to")?,
        "the PostgreSQL database holds tables of another program: give an empty one"
    );
    let target = Store::open(to).await.context("cannot open the database to move to")?;
    let target = target.sealed(keys.as_ref(), SystemClock.now()).await?;
    let moved = target.is_moved().await?;
    let (mut from, mut into) = (source.write().await?, target.write().await?);
    copy::be_patient(&mut into).await?;
    let tables = copy::tables(&mut from).await?;
    ensure!(tables == copy::tables(&mut into).await?, "the two schemas differ: use the same version of motcua for both");
    // All in one transaction: what is interrupted has not happened.
    if !moved {
        let used = copy::is_used(&mut into, &tables).await?;
        ensure!(!used, "the PostgreSQL database is in use: give an empty one");
        copy::empty(&mut into, &tables).await?;
    }
    let (mut rows, mut wrong) = (0, 0);
    for table in &tables {
        let here = match moved {
            false => copy::copy(&mut from, &mut into, table).await.with_context(|| format!("copying {}", table.name))?,
            true => copy::sum(&mut from, table).await?,
        };
        let same = copy::sum(&mut into, table).await? == here;
        println!("{:20} {:>9} {}", table.name, here.rows, if same { "ok" } else { "DIFFERS" });
        rows += here.rows;
        wrong += u32::from(!same);
    }
    ensure!(
        wrong == 0 || !moved,
        "moved before; {wrong} tables differ since, as they do when one of the two is in use. Nothing was changed."
    );
    ensure!(wrong == 0, "{wrong} tables differ. Nothing was changed.");
    copy::mark_moved(&mut into).await?;
    into.commit().await?;
    drop(from);
    source.close().await;
    target.close().await;
    println!("{} tables, {rows} rows, counts and checksums are the same.", tables.len());
    println!(
        "Now set MOTCUA_DATABASE to the PostgreSQL address, keep MOTCUA_KEY and the folder of files, and start the program."
    );
    println!("Keep the SQLite file until you have a backup of the new database.");
    Ok(())
}
