//! `motcua doctor`: whether everything that the program needs is there, in words for whoever looks after the machine, with what to do.

mod certificate;
mod channels;

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;

use anyhow::{bail, ensure};
use fluent_bundle::FluentValue;
use reqwest::StatusCode;
use reqwest::redirect::Policy;
use secrecy::ExposeSecret;

use super::settings::told;
use crate::app::{SystemClock, look_into};
use crate::config::Config;
use crate::domain::{Clock, Lang, Timestamp};
use crate::i18n::Wording;
use crate::knowledge::{Contents, Library, Origin, check, is_placeholder};
use crate::seal::Keyring;
use crate::store::{Store, StoreError, inbox, outbox};

/// Room on a disk, in MB, under which one should act, and under which nothing works for long.
const LITTLE: u64 = 2_000;
const TOO_LITTLE: u64 = 200;
/// How far two clocks may be apart: codes of telephones change every 30 seconds.
const APART: u64 = 20;
/// Work that waits for so long is stuck.
const STUCK: Duration = Duration::from_secs(5 * 60);
/// Longest wait for whoever is asked.
const PATIENCE: Duration = Duration::from_secs(10);

/// Check configuration, whether the program runs, database, disk, clock, channels, content and certificate, and say what to do. Nothing is
/// changed.
#[derive(Debug, clap::Args)]
pub struct Doctor {
    #[command(flatten)]
    settings: super::SettingsArgs,
    /// In English.
    #[arg(long)]
    english: bool,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Good,
    Off,
    Warning,
    Bad,
}

/// What was found, one line each.
struct Found {
    wording: Wording,
    lang: Lang,
    bad: usize,
    warnings: usize,
}

impl Found {
    fn say<const N: usize>(&mut self, state: State, key: &str, args: [(&'static str, FluentValue<'_>); N]) {
        let sign = match state {
            State::Good => self.wording.get(self.lang, "doctor-good"),
            State::Off => self.wording.get(self.lang, "doctor-off"),
            State::Warning => self.wording.get(self.lang, "doctor-warning"),
            State::Bad => self.wording.get(self.lang, "doctor-bad"),
        };
        self.bad += usize::from(state == State::Bad);
        self.warnings += usize::from(state == State::Warning);
        println!("{sign}  {}", self.wording.with(self.lang, key, args));
    }

    fn sum(&self) -> String {
        let numbers = [("bad", self.bad.into()), ("warnings", self.warnings.into())];
        self.wording.with(self.lang, "doctor-sum", numbers)
    }

    fn word(&self, key: &str) -> String {
        self.wording.get(self.lang, key)
    }
}

impl Doctor {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let lang = if self.english { Lang::En } else { Lang::Vi };
        let mut found = Found { wording: Wording::default(), lang, bad: 0, warnings: 0 };
        let config = match self.settings.load() {
            Ok(config) => config,
            Err(error) => {
                found.say(State::Bad, "doctor-config-bad", [("cause", told(&error).into())]);
                bail!(found.sum());
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            settings(&config, &mut found);
            disk(&config, &mut found);
            let store = database(&config, &mut found).await;
            let runs = program(&config, store.is_some(), &mut found).await;
            if let (true, None, Some(file)) = (runs, &store, no_database(&config)) {
                let whole = std::path::absolute(&file).map_or(file, |whole| whole.display().to_string());
                found.say(State::Bad, "doctor-database-gone", [("file", whole.into())]);
            }
            channels::telegram(&config, &mut found).await;
            channels::zalo(&config, store.clone(), &mut found).await;
            certificate::look(&config, &mut found).await;
            if let Some(store) = store {
                store.close().await;
            }
        });
        content(&config, &mut found);
        let sum = found.sum();
        // Whoever runs this by a timer sees it by the exit code.
        ensure!(found.bad == 0, sum);
        println!("{sum}");
        Ok(())
    }
}

fn settings(config: &Config, found: &mut Found) {
    found.say(State::Good, "doctor-config-good", []);
    match &config.public_url {
        Some(url) if url.scheme() == "https" => found.say(State::Good, "doctor-public-good", [("url", url.as_str().into())]),
        Some(url) => found.say(State::Warning, "doctor-public-http", [("url", url.as_str().into())]),
        None => found.say(State::Warning, "doctor-public-none", []),
    }
    match config.key.as_ref().map(Keyring::read) {
        Some(Ok(keys)) => found.say(State::Good, "doctor-key-good", [("names", keys.names().join(", ").into())]),
        Some(Err(error)) => found.say(State::Bad, "doctor-key-bad", [("cause", error.to_string().into())]),
        None => found.say(State::Warning, "doctor-key-none", []),
    }
    let office = &config.office;
    let told = [&office.name, &office.hotline, &office.hours, &office.duty, &office.address];
    for text in told.into_iter().flatten().filter(|text| is_placeholder(text)) {
        found.say(State::Warning, "doctor-placeholder", [("text", text.as_str().into())]);
    }
}

/// Room where the program writes, and whether it can.
fn disk(config: &Config, found: &mut Found) {
    let database = config.database.expose_secret();
    let database = Path::new(database).parent().filter(|_| !database.contains("://"));
    for folder in database.into_iter().chain([config.index.as_path(), config.files.as_path()]) {
        // A folder that is made at the first start is on the disk of the one it is made in.
        let there = folder.ancestors().find(|above| above.is_dir()).unwrap_or(Path::new("."));
        let name = || ("folder", folder.display().to_string().into());
        match fs4::available_space(there) {
            Ok(bytes) if bytes >> 20 < TOO_LITTLE => {
                found.say(State::Bad, "doctor-disk-full", [name(), ("free", (bytes >> 20).into())])
            }
            Ok(bytes) if bytes >> 20 < LITTLE => {
                found.say(State::Warning, "doctor-disk-little", [name(), ("free", (bytes >> 20).into())]);
            }
            Ok(bytes) => match can_write(folder) {
                Ok(()) => found.say(State::Good, "doctor-disk-good", [name(), ("free", (bytes >> 20).into())]),
                Err(error) => found.say(State::Bad, "doctor-disk-shut", [name(), ("cause", error.to_string().into())]),
            },
            Err(error) => found.say(State::Bad, "doctor-disk-bad", [name(), ("cause", error.to_string().into())]),
        }
    }
}

/// Makes a file in a folder, if it is there yet, and takes it away again.
fn can_write(folder: &Path) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let file = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::write(&file, "").and_then(|()| std::fs::remove_file(&file))
}

/// Whether the program runs, asked where it listens: true when it answers, well or not. Without a database it cannot: it was never started, or that is what is wrong.
async fn program(config: &Config, has_database: bool, found: &mut Found) -> bool {
    let mut at = config.listen;
    if at.ip().is_unspecified() {
        at.set_ip(if at.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    let asked = async {
        // Not through a proxy to the Internet, whatever the environment says.
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build()?;
        let answer = client.get(format!("http://{at}/readyz")).send().await?;
        Ok::<_, reqwest::Error>((answer.status(), answer.text().await?))
    };
    let at = ("at", at.to_string().into());
    match tokio::time::timeout(PATIENCE, asked).await.map(|asked| asked.ok()) {
        Ok(Some((StatusCode::OK, said))) if said.trim() == "ready" => found.say(State::Good, "doctor-program-good", [at]),
        Ok(Some((StatusCode::SERVICE_UNAVAILABLE, _))) => found.say(State::Bad, "doctor-program-not-ready", [at]),
        Ok(Some(_)) => {
            found.say(State::Bad, "doctor-program-other", [at]);
            return false;
        }
        Ok(None) | Err(_) => {
            let state = if has_database { State::Bad } else { State::Warning };
            found.say(state, "doctor-program-none", [at]);
            return false;
        }
    }
    true
}

/// The SQLite file that is set and not there.
fn no_database(config: &Config) -> Option<String> {
    let address = config.database.expose_secret();
    (!address.contains("://") && matches!(Path::new(address).try_exists(), Ok(false))).then(|| address.to_owned())
}

async fn database(config: &Config, found: &mut Found) -> Option<Store> {
    let address = config.database.expose_secret();
    if !address.contains("://") {
        match Path::new(address).try_exists() {
            Ok(true) => {}
            Ok(false) => {
                found.say(State::Warning, "doctor-database-none", [("file", address.into())]);
                return None;
            }
            // Another owner's folder looks like an empty one.
            Err(error) => {
                let cause = format!("{address}: {error}");
                found.say(State::Bad, "doctor-database-bad", [("cause", cause.into())]);
                return None;
            }
        }
    }
    let store = match tokio::time::timeout(PATIENCE, look_into(config)).await {
        Ok(Ok(store)) => store,
        Ok(Err(error)) => {
            let (key, cause) = (why(&error), told(&error));
            found.say(State::Bad, key, [("cause", cause.into())]);
            return None;
        }
        Err(_) => {
            let cause = found.word("doctor-no-answer");
            found.say(State::Bad, "doctor-database-bad", [("cause", cause.into())]);
            return None;
        }
    };
    let now = SystemClock.now();
    let looked = async {
        let wrong = store.integrity().await?;
        // What cannot be written to is of no use: another owner's file, a disk that is full.
        drop(store.write().await?);
        let server = store.clock().await?;
        let mut tx = store.read().await?;
        let waits = inbox::pending(&mut tx, 1).await?.first().map(|inbound| inbound.at);
        let unsent = outbox::oldest_due(&mut tx, now).await?;
        Ok::<_, StoreError>((wrong, server, waits, unsent, outbox::open_count(&mut tx).await?))
    };
    match looked.await {
        Ok((wrong, server, waits, unsent, open)) => {
            match wrong.first() {
                None => found.say(State::Good, "doctor-database-good", [("open", open.into())]),
                Some(first) => found.say(State::Bad, "doctor-database-damaged", [("cause", first.clone().into())]),
            }
            if let Some(since) = waits.filter(|since| since.until(now) > STUCK) {
                found.say(State::Bad, "doctor-stuck", [("minutes", (since.until(now).as_secs() / 60).into())]);
            }
            if let Some(since) = unsent.filter(|since| since.until(now) > STUCK) {
                found.say(State::Bad, "doctor-unsent", [("minutes", (since.until(now).as_secs() / 60).into())]);
            }
            clock(now, server, found);
        }
        Err(error) => {
            let error = anyhow::Error::from(error);
            let (key, cause) = (why(&error), told(&error));
            found.say(State::Bad, key, [("cause", cause.into())]);
        }
    }
    Some(store)
}

/// What is to be done about a database that gives this error. SQLite's 11 and 26, and those made of 11, are a file that is damaged; 8 is
/// one that cannot be written, 13 a full disk.
fn why(error: &anyhow::Error) -> &'static str {
    match error.downcast_ref::<StoreError>() {
        Some(StoreError::Version { .. }) => "doctor-database-version",
        Some(StoreError::KeyMissing(_)) => "doctor-database-key",
        Some(StoreError::Sql(sqlx::Error::Database(error))) => {
            match error.code().and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff) {
                Some(11 | 26) => "doctor-database-damaged",
                Some(8 | 13) => "doctor-database-shut",
                _ => "doctor-database-bad",
            }
        }
        _ => "doctor-database-bad",
    }
}

/// Our clock against that of the database's server, where it is another machine.
fn clock(now: Timestamp, server: Option<Timestamp>, found: &mut Found) {
    let apart = server.map(|server| server.0.abs_diff(now.0) / 1_000);
    match apart {
        Some(seconds) if seconds > APART => found.say(State::Bad, "doctor-clock-apart", [("seconds", seconds.into())]),
        _ => found.say(
            State::Good,
            "doctor-clock-good",
            [("time", format!("{} {}", now.date(), now.time().strftime("%H:%M")).into())],
        ),
    }
}

fn content(config: &Config, found: &mut Found) {
    let today = SystemClock.now().date();
    let read = Contents::read(&Origin::layers(&config.knowledge));
    let gaps = read.as_ref().map(|contents| check::to_fill_in(contents, today)).unwrap_or_default();
    if let Some(first) = gaps.first().map(|gap| gap.say(&found.wording, found.lang)) {
        found.say(State::Warning, "doctor-content-gaps", [("count", gaps.len().into()), ("first", first.into())]);
    }
    match read.map(|contents| check::check_written(&contents, today)) {
        Err(error) => found.say(State::Bad, "doctor-content-bad", [("cause", error.to_string().into())]),
        Ok(checked) if checked.faults.is_empty() => {
            found.say(State::Good, "doctor-content-good", [("guides", checked.written.into()), ("walks", checked.walks.into())]);
        }
        Ok(checked) => {
            let first = checked.faults.first().map(|fault| fault.say(&found.wording, found.lang)).unwrap_or_default();
            // With some faults the program serves, with others it does not start.
            let serves = Library::load(&Origin::layers(&config.knowledge), None).is_ok();
            let state = if serves { State::Warning } else { State::Bad };
            found.say(state, "doctor-content-faults", [("count", checked.faults.len().into()), ("first", first.into())]);
        }
    }
}
