//! `motcua doctor`: whether everything that the program needs is there, in words for whoever looks after the machine, with what to do.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{bail, ensure};
use fluent_bundle::FluentValue;
use reqwest::StatusCode;
use reqwest::redirect::Policy;
use secrecy::ExposeSecret;
use serde_json::json;
use teloxide::requests::Requester;

use super::certificate;
use crate::app::{SystemClock, look_into, zalo_tokens};
use crate::channel::{telegram, zalo_bot};
use crate::config::Config;
use crate::domain::{Clock, Lang, Timestamp};
use crate::i18n::Wording;
use crate::knowledge::{Contents, Library, Origin, check};
use crate::service::Standing;
use crate::store::{Store, inbox, outbox};

/// Room on a disk, in MB, under which one should act, and under which nothing works for long.
const LITTLE: u64 = 2_000;
const TOO_LITTLE: u64 = 200;
/// How far two clocks may be apart: codes of telephones change every 30 seconds.
const APART: u64 = 20;
/// Work that waits for so long is stuck.
const STUCK: Duration = Duration::from_secs(5 * 60);
/// Days before its end in which a certificate should have been renewed.
const RENEW: i64 = 14;
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
}

impl Doctor {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let lang = if self.english { Lang::En } else { Lang::Vi };
        let mut found = Found { wording: Wording::default(), lang, bad: 0, warnings: 0 };
        let config = match self.settings.load() {
            Ok(config) => config,
            Err(error) => {
                found.say(State::Bad, "doctor-config-bad", [("cause", format!("{error:#}").into())]);
                bail!("the settings cannot be read");
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            settings(&config, &mut found);
            disk(&config, &mut found);
            let store = database(&config, &mut found).await;
            program(&config, store.is_some(), &mut found).await;
            telegram(&config, &mut found).await;
            zalo(&config, store.clone(), &mut found).await;
            certificate(&config, &mut found).await;
            if let Some(store) = store {
                store.close().await;
            }
        });
        content(&config, &mut found);
        let numbers = [("bad", found.bad.into()), ("warnings", found.warnings.into())];
        let sum = found.wording.with(lang, "doctor-sum", numbers);
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
    match &config.key {
        Some(_) => found.say(State::Good, "doctor-key-good", []),
        None => found.say(State::Warning, "doctor-key-none", []),
    }
}

/// Room where the program writes.
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
            Ok(bytes) => found.say(State::Good, "doctor-disk-good", [name(), ("free", (bytes >> 20).into())]),
            Err(error) => found.say(State::Bad, "doctor-disk-bad", [name(), ("cause", error.to_string().into())]),
        }
    }
}

/// Whether the program runs, asked where it listens. Without a database it cannot: it was never started, or that is what is wrong.
async fn program(config: &Config, has_database: bool, found: &mut Found) {
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
        Ok(Some(_)) => found.say(State::Bad, "doctor-program-other", [at]),
        Ok(None) | Err(_) => {
            let state = if has_database { State::Bad } else { State::Warning };
            found.say(state, "doctor-program-none", [at]);
        }
    }
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
    let opened = match tokio::time::timeout(PATIENCE, look_into(config)).await {
        Ok(opened) => opened.map_err(|error| format!("{error:#}")),
        Err(_) => Err("no answer".to_owned()),
    };
    let store = match opened {
        Ok(store) => store,
        Err(cause) => {
            found.say(State::Bad, why(&cause), [("cause", cause.into())]);
            return None;
        }
    };
    let now = SystemClock.now();
    let looked = async {
        let wrong = store.integrity().await?;
        let server = store.clock().await?;
        let mut tx = store.read().await?;
        let waits = inbox::pending(&mut tx, 1).await?.first().map(|inbound| inbound.at);
        let unsent = outbox::oldest_due(&mut tx, now).await?;
        Ok::<_, crate::store::StoreError>((wrong, server, waits, unsent, outbox::open_count(&mut tx).await?))
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
            let cause = error.to_string();
            found.say(State::Bad, why(&cause), [("cause", cause.into())]);
        }
    }
    Some(store)
}

/// What is to be done about a database that gives this error: SQLite's 11 and 26, and those made of 11, are a file that is damaged.
fn why(cause: &str) -> &'static str {
    let code = cause.split_once("(code: ").and_then(|(_, rest)| rest.split(')').next()?.parse::<u32>().ok());
    if code.is_some_and(|code| matches!(code & 0xff, 11 | 26)) { "doctor-database-damaged" } else { "doctor-database-bad" }
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

async fn telegram(config: &Config, found: &mut Found) {
    let Some(token) = &config.telegram.token else { return found.say(State::Off, "doctor-telegram-off", []) };
    let asked = async {
        let bot = telegram::connect(token, config.telegram.api_url.as_ref())?;
        let name = bot.get_me().await?.user.username.clone().unwrap_or_default();
        let webhook = bot.get_webhook_info().await?;
        let trouble = webhook.last_error_message.filter(|_| webhook.pending_update_count > 0);
        Ok::<_, telegram::SetupError>((name, webhook.url, trouble))
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Err(_) => found.say(State::Bad, "doctor-telegram-bad", [("cause", "Telegram: no answer".into())]),
        Ok(Err(error)) => found.say(State::Bad, "doctor-telegram-bad", [("cause", error.to_string().into())]),
        Ok(Ok((name, set, trouble))) => {
            found.say(State::Good, "doctor-telegram-good", [("name", name.into())]);
            if let Some(cause) = trouble {
                found.say(State::Bad, "doctor-telegram-webhook", [("cause", cause.into())]);
            } else if set.map(String::from) != config.telegram.webhook_url.clone().map(String::from) {
                found.say(State::Warning, "doctor-telegram-other", []);
            }
        }
    }
}

async fn zalo(config: &Config, store: Option<Store>, found: &mut Found) {
    let tokens = match store {
        Some(store) => zalo_tokens(config, store, Arc::new(SystemClock)).map_err(|error| error.to_string()),
        None => Ok(None),
    };
    match tokens {
        Ok(None) => found.say(State::Off, "doctor-zalo-off", []),
        Err(cause) => found.say(State::Bad, "doctor-zalo-bad", [("cause", cause.into())]),
        Ok(Some(tokens)) => match tokens.standing().await {
            Ok(Standing::Until(_)) => found.say(State::Good, "doctor-zalo-good", []),
            Ok(Standing::NotConnected) => found.say(State::Warning, "doctor-zalo-not-connected", []),
            Ok(Standing::LostSince(since)) => found.say(State::Bad, "doctor-zalo-lost", [("since", since.to_string().into())]),
            Err(error) => found.say(State::Bad, "doctor-zalo-bad", [("cause", error.to_string().into())]),
        },
    }
    if let Some(token) = &config.zalo_bot.token {
        let asked = async {
            let api = zalo_bot::Api::new(token, config.zalo_bot.api_url.as_ref())?;
            Ok::<_, anyhow::Error>(api.call("getMe", &json!({})).await?)
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(_)) => found.say(State::Good, "doctor-zalo-bot-good", []),
            Ok(Err(error)) => found.say(State::Bad, "doctor-zalo-bot-bad", [("cause", error.to_string().into())]),
            Err(_) => found.say(State::Bad, "doctor-zalo-bot-bad", [("cause", "no answer".into())]),
        }
    }
}

async fn certificate(config: &Config, found: &mut Found) {
    let Some(url) = config.public_url.as_ref().filter(|url| url.scheme() == "https") else { return };
    match tokio::time::timeout(PATIENCE, certificate::days_left(url, SystemClock.now())).await {
        Ok(Ok(days)) if days < RENEW => found.say(State::Warning, "doctor-certificate-soon", [("days", days.into())]),
        Ok(Ok(days)) => found.say(State::Good, "doctor-certificate-good", [("days", days.into())]),
        Ok(Err(error)) => found.say(State::Bad, "doctor-certificate-bad", [("cause", innermost(&error).into())]),
        Err(_) => found.say(State::Bad, "doctor-certificate-bad", [("cause", "no answer".into())]),
    }
}

/// What is said first, and its last cause: those between only repeat them.
fn innermost(error: &anyhow::Error) -> String {
    let (first, last) = (error.to_string(), error.root_cause().to_string());
    if first == last { first } else { format!("{first} ({last})") }
}

fn content(config: &Config, found: &mut Found) {
    let read = Contents::read(&Origin::layers(&config.knowledge));
    match read.map(|contents| check::check_written(&contents, SystemClock.now().date())) {
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
