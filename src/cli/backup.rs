//! `motcua backup`, `motcua restore`: everything that cannot be made again, copied while the program runs, and put back.
//!
//! A backup is a folder: the database (a SQLite file, or what `pg_dump` writes), the sealed files of citizens, and a manifest with
//! the size and SHA-256 of each. The key is not in it.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use anyhow::{Context, anyhow, bail, ensure};
use percent_encoding::percent_decode_str;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::app::{SystemClock, look_into};
use crate::config::Config;
use crate::domain::{Clock, Timestamp};
use crate::seal::Keyring;
use crate::store::{Store, copy, paper};

const MANIFEST: &str = "manifest.json";
const SQLITE: &str = "motcua.db";
const POSTGRES: &str = "motcua.dump";
const FILES: &str = "files";

/// Copy database and files into a new folder, while the program runs.
#[derive(Debug, clap::Args)]
pub struct Backup {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// Where the folder of this backup is made; keep it on another disk.
    folder: PathBuf,
    /// Read it back at once, as `restore --verify` does.
    #[arg(long)]
    verify: bool,
}

/// Check a backup, or put it in the place of what is not there.
#[derive(Debug, clap::Args)]
pub struct Restore {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// The folder of the backup.
    backup: PathBuf,
    /// Only check it: every file whole, the database readable, its rows those that were counted, its keys at hand.
    #[arg(long)]
    verify: bool,
}

/// What a backup holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    version: String,
    made_at: String,
    /// By path within the backup: size and SHA-256.
    files: BTreeMap<String, (u64, String)>,
    /// Rows by table; of SQLite only.
    rows: BTreeMap<String, u64>,
    /// Names of the keys that it opens with.
    keys: Vec<String>,
    /// Files that the database names and that were not there to be copied: lost before, or deleted on time meanwhile.
    #[serde(default)]
    absent: Vec<String>,
}

/// What was learned of the database while it was copied.
#[derive(Default)]
struct Copied {
    rows: BTreeMap<String, u64>,
    keys: Vec<String>,
    /// Files of citizens that it names.
    named: HashSet<String>,
}

impl Backup {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let now = SystemClock.now();
        let name = format!("motcua-{}-{}", now.date().strftime("%Y%m%d"), now.time().strftime("%H%M%S"));
        let (made, part) = (self.folder.join(&name), self.folder.join(format!("{name}.part")));
        // For its owner alone: it is personal data.
        let making = fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        making.with_context(|| format!("cannot make {}", self.folder.display()))?;
        let within = |folder: &Path| Ok::<_, std::io::Error>(self.folder.canonicalize()?.starts_with(folder.canonicalize()?));
        ensure!(
            !(config.files.is_dir() && within(&config.files)?),
            "{} is within {}, which is part of the backup: give a folder elsewhere, on another disk",
            self.folder.display(),
            config.files.display()
        );
        ensure!(!made.exists(), "{} is there already", made.display());
        let making = fs::DirBuilder::new().mode(0o700).create(&part);
        making.with_context(|| format!("cannot make {} (is another backup being made?)", part.display()))?;
        let manifest = match write(&config, &part, now) {
            Ok(manifest) => manifest,
            Err(error) => {
                // Half a copy is of no use, and personal data all the same.
                let _ = fs::remove_dir_all(&part);
                return Err(error);
            }
        };
        // Only what is whole, and on the disk, bears the name of a backup.
        fs::rename(&part, &made)?;
        fs::File::open(&self.folder)?.sync_all()?;
        let bytes: u64 = manifest.files.values().map(|(size, _)| size).sum();
        println!("{}: {} files, {:.1} MB", made.display(), manifest.files.len(), bytes as f64 / 1e6);
        println!("It holds personal data, and opens with MOTCUA_KEY only: keep the key elsewhere.");
        if !manifest.absent.is_empty() {
            eprintln!(
                "{} files of citizens are named in the database and are not in {}: is it the folder the program uses? One or two may \
                 have been deleted on time during the copy.",
                manifest.absent.len(),
                config.files.display()
            );
        }
        if self.verify { Restore { settings: self.settings, backup: made, verify: true }.run() } else { Ok(()) }
    }
}

/// Writes everything into a folder that is there, to the disk.
fn write(config: &Config, part: &Path, now: Timestamp) -> anyhow::Result<Manifest> {
    // Dropped at the end: the copy of the database is closed then, and can be read from the start.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let Copied { rows, keys, named } = runtime.block_on(database(config, part))?;
    // After the database: a file that it names is there, unless it was deleted on time meanwhile.
    copy_folder(&config.files, &part.join(FILES))?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let mut manifest = Manifest { version, made_at: now.to_string(), rows, keys, ..Manifest::default() };
    list(part, Path::new(""), &mut manifest.files)?;
    let copied: HashSet<_> = manifest.files.keys().filter_map(|path| Path::new(path).file_name()?.to_str()).collect();
    manifest.absent = named.into_iter().filter(|name| !copied.contains(name.as_str())).collect();
    manifest.absent.sort_unstable();
    fs::write(part.join(MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
    sync(part)?;
    Ok(manifest)
}

/// Waits until a folder with all below it is on the disk.
fn sync(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync(&path)? } else { fs::File::open(&path)?.sync_all()? }
    }
    Ok(fs::File::open(folder)?.sync_all()?)
}

/// Copies the database; rows are counted of SQLite only.
async fn database(config: &Config, into: &Path) -> anyhow::Result<Copied> {
    let address = config.database.expose_secret();
    let store = look_into(config).await?;
    let keys = store.keys_needed().await?;
    if address.contains("://") {
        let named = paper::stored(&mut store.read().await?).await?;
        let mut dump = postgres("pg_dump", address)?;
        dump.args(["--format=custom", "--no-owner", "--file"]).arg(into.join(POSTGRES));
        run(dump, "pg_dump")?;
        return Ok(Copied { keys, named, ..Copied::default() });
    }
    let file = into.join(SQLITE);
    store.snapshot(file.to_str().context("the folder's name is no text")?).await?;
    store.close().await;
    let copied = Store::open_as_it_is(file.to_str().unwrap_or_default()).await?;
    let rows = counted(&copied).await?;
    let named = paper::stored(&mut copied.read().await?).await?;
    copied.close().await;
    Ok(Copied { rows, keys, named })
}

async fn counted(store: &Store) -> anyhow::Result<BTreeMap<String, u64>> {
    let mut tx = store.read().await?;
    let mut rows = BTreeMap::new();
    for table in copy::tables(&mut tx).await? {
        rows.insert(table.name.clone(), copy::sum(&mut tx, &table).await?.rows);
    }
    Ok(rows)
}

impl Restore {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let read = fs::read(self.backup.join(MANIFEST)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => anyhow!("{} is no backup: it has no {MANIFEST}", self.backup.display()),
            _ => anyhow!("{} cannot be read: {error}", self.backup.join(MANIFEST).display()),
        })?;
        let manifest: Manifest = serde_json::from_slice(&read).with_context(|| format!("{MANIFEST} is damaged"))?;
        let found = runtime.block_on(verify(&config, &self.backup, &manifest))?;
        ensure!(found.is_empty(), "the backup is not whole:\n  {}", found.join("\n  "));
        let address = config.database.expose_secret();
        let is_postgres = manifest.files.contains_key(POSTGRES);
        let kind = if is_postgres { "PostgreSQL" } else { "SQLite" };
        let tell = || {
            println!("Whole: {} files of {}, version {}, of {kind}.", manifest.files.len(), manifest.made_at, manifest.version);
            if !manifest.absent.is_empty() {
                println!("{} files of citizens that its database names were not there when it was made.", manifest.absent.len());
            }
        };
        if self.verify {
            tell();
            if is_postgres != address.contains("://") {
                println!("The settings here are for the other kind of database: put back here, it will be refused.");
            }
            return Ok(());
        }
        if is_postgres {
            ensure!(
                address.contains("://"),
                "the backup is of PostgreSQL: set MOTCUA_DATABASE=postgres://… to an empty database"
            );
            let mut restore = postgres("pg_restore", address)?;
            restore.args(["--no-owner", "--exit-on-error", "--single-transaction"]).arg(self.backup.join(POSTGRES));
            run(restore, "pg_restore")?;
            copy_folder(&self.backup.join(FILES), &config.files)?;
        } else {
            ensure!(!address.contains("://"), "the backup is of SQLite: set MOTCUA_DATABASE to a file, and `motcua move` later");
            let place = Path::new(address);
            // An old journal beside a restored file would be played into it.
            for ending in ["", "-wal", "-shm", "-journal"] {
                let beside = PathBuf::from(format!("{address}{ending}"));
                ensure!(!beside.exists(), "{} is there: stop the program and move it away first", beside.display());
            }
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            copy_folder(&self.backup.join(FILES), &config.files)?;
            let part = PathBuf::from(format!("{address}.part"));
            fs::copy(self.backup.join(SQLITE), &part).with_context(|| format!("cannot write {}", part.display()))?;
            fs::File::open(&part)?.sync_all()?;
            fs::rename(&part, place)?;
        }
        // Not before: whoever does not listen gets it back all the same.
        tell();
        println!("Put in its place. Start the program, then run `motcua doctor`.");
        Ok(())
    }
}

/// What is wrong with a backup.
async fn verify(config: &Config, backup: &Path, manifest: &Manifest) -> anyhow::Result<Vec<String>> {
    let keys = config.key.as_ref().map(Keyring::read).transpose()?;
    let held: Vec<&str> = keys.iter().flat_map(|keys| keys.names()).collect();
    let missing = manifest.keys.iter().filter(|name| !held.contains(&name.as_str()));
    let mut wrong: Vec<String> =
        missing.map(|name| format!("it is sealed with the key “{name}”, which MOTCUA_KEY does not hold")).collect();
    for (path, (size, hash)) in &manifest.files {
        ensure!(Path::new(path).components().all(|part| matches!(part, Component::Normal(_))), "{path} leads elsewhere");
        match summed(&backup.join(path)) {
            Ok((found, sum)) if found == *size && sum == *hash => {}
            Ok(_) => wrong.push(format!("{path} is not what it was")),
            Err(error) => wrong.push(format!("{path}: {error}")),
        }
    }
    if manifest.files.contains_key(POSTGRES) && wrong.is_empty() {
        let mut list = Command::new("pg_restore");
        list.arg("--list").arg(backup.join(POSTGRES)).stdout(std::process::Stdio::null());
        run(list, "pg_restore")?;
    } else if wrong.is_empty() {
        wrong.extend(database_of(&backup.join(SQLITE), manifest).await?);
    }
    Ok(wrong)
}

async fn database_of(file: &Path, manifest: &Manifest) -> anyhow::Result<Vec<String>> {
    let store = Store::open_as_it_is(file.to_str().unwrap_or_default()).await?;
    let mut wrong = store.integrity().await?;
    if counted(&store).await? != manifest.rows {
        wrong.push("the database has other rows than were counted".to_owned());
    }
    store.close().await;
    Ok(wrong)
}

/// A tool of PostgreSQL, told where the database is without anybody seeing the password among the processes.
fn postgres(tool: &str, address: &str) -> anyhow::Result<Command> {
    let mut url = url::Url::parse(address).context("MOTCUA_DATABASE is no address")?;
    let mut command = Command::new(tool);
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", percent_decode_str(password).decode_utf8_lossy().as_ref());
    }
    url.set_password(None).map_err(|()| anyhow::anyhow!("MOTCUA_DATABASE is no address of a server"))?;
    command.args(["--no-password", "--dbname"]).arg(url.as_str());
    Ok(command)
}

fn run(mut command: Command, tool: &str) -> anyhow::Result<()> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("{tool} failed ({status})"),
        Err(error) => bail!("{tool} cannot be run ({error}): install the package postgresql-client"),
    }
}

/// Copies a folder with all below it; files that are there already stay.
fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else if !target.exists() {
            match fs::copy(&path, &target) {
                // Deleted on time while we copied.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                done => drop(done.with_context(|| format!("cannot copy {}", path.display()))?),
            }
        }
    }
    Ok(())
}

fn list(root: &Path, below: &Path, files: &mut BTreeMap<String, (u64, String)>) -> anyhow::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let path = below.join(entry?.file_name());
        if root.join(&path).is_dir() {
            list(root, &path, files)?;
        } else {
            let sum = summed(&root.join(&path)).with_context(|| format!("cannot read {}", root.join(&path).display()))?;
            files.insert(path.to_string_lossy().into_owned(), sum);
        }
    }
    Ok(())
}

fn summed(path: &Path) -> std::io::Result<(u64, String)> {
    let mut hasher = Sha256::new();
    let size = std::io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    Ok((size, hex::encode(hasher.finalize())))
}
