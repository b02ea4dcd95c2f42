//! `motcua broadcast`: announcements for the clerk, by the same rules as in the console. Approving is done there, by somebody signed in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::agency::key;
use super::settings::served;
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::broadcast::{BroadcastId, Draft, Progress};
use crate::domain::officer::{Officer, Places};
use crate::domain::{ChannelName, Tariff};
use crate::i18n::Wording;
use crate::service::broadcast::{BroadcastError, Broadcasts, By};
use crate::store::recipient::Line;
use crate::store::{Store, officer};

/// Announcements: propose, pause, go on, cancel, report.
#[derive(Debug, clap::Args)]
pub struct Broadcast {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// The newest ones, and how far they are.
    List,
    /// Writes one from a file and proposes it; it is approved in the console.
    Propose {
        /// A TOML file: title, vi, en, and under audience places, topics …
        file: PathBuf,
        /// The officer for whom it is written; they need the role broadcaster.
        #[arg(long = "as", value_name = "LOGIN")]
        login: String,
        /// The agency whose officers look after it.
        #[arg(long)]
        place: Option<String>,
    },
    /// Stops sending for now.
    Pause(Which),
    /// Goes on sending.
    Resume(Which),
    /// Ends it; whoever has it not yet is skipped.
    Cancel(Which),
    /// What became of it; with `--csv` each recipient on a line, masked.
    Report {
        /// Which one.
        id: BroadcastId,
        /// A line for each recipient.
        #[arg(long)]
        csv: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Which {
    /// Which one.
    id: BroadcastId,
    /// The officer for whom it is done.
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
}

impl Broadcast {
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.settings.with_store(async |config, store| {
            let work = open(config, store).await?;
            match self.command {
                Command::List => {
                    for (broadcast, progress) in work.list(&Places::All).await? {
                        let (id, standing) = (broadcast.id, broadcast.standing.name());
                        println!("{id}  {standing:<9}  {} of {}  {}", progress.sent, progress.audience(), broadcast.draft.title);
                    }
                }
                Command::Propose { file, login, place } => {
                    let officer = known(&work, &login).await?;
                    let draft = read(&file)?;
                    said(work.examine(&draft, place.as_deref()).await)?;
                    let by = By::Clerk(&officer);
                    let id = said(work.write(draft, place.as_deref(), by).await)?;
                    said(work.propose(id, by).await)?;
                    println!("{id} waits for approval: another officer opens /console/broadcasts/{id}");
                }
                Command::Pause(Which { id, login }) => said(work.pause(id, "", By::Clerk(&known(&work, &login).await?)).await)?,
                Command::Resume(Which { id, login }) => said(work.resume(id, By::Clerk(&known(&work, &login).await?)).await)?,
                Command::Cancel(Which { id, login }) => said(work.cancel(id, By::Clerk(&known(&work, &login).await?)).await)?,
                Command::Report { id, csv } => {
                    let report = said(work.report(id).await)?;
                    if csv {
                        return ledger(&work, id).await;
                    }
                    for count in &report.counts {
                        let (ring, outcome) = (count.ring.name(), count.outcome.name());
                        println!("{ring:<6} {:<9} {outcome:<10} {:<14} {:>9}", count.channel, count.cause, count.people);
                    }
                    println!("{} in all", Progress::of(&report.counts).audience());
                }
            }
            Ok(())
        })
    }
}

async fn ledger(work: &Broadcasts, id: BroadcastId) -> anyhow::Result<()> {
    println!("{}", Line::HEAD);
    let mut after = (String::new(), String::new());
    loop {
        let lines = work.ledger(id, &after).await?;
        let Some(last) = lines.last() else { return Ok(()) };
        after = (last.to.channel.as_str().to_owned(), last.to.peer.clone());
        for line in lines {
            println!("{line}");
        }
    }
}

async fn open(config: &Config, store: &Store) -> anyhow::Result<Broadcasts> {
    Ok(Broadcasts {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        keys: key(config)?,
        library: served(config, store).await?,
        wording: Arc::new(Wording::default()),
        office: Arc::new(config.office.clone()),
        site: config.public_url.clone(),
        channels: ChannelName::ALL.map(|channel| (channel, Tariff::default())).into(),
        written: Vec::new(),
    })
}

async fn known(work: &Broadcasts, login: &str) -> anyhow::Result<Officer> {
    let stored = officer::by_login(&mut work.store.read().await?, login).await?;
    let at_work = stored.filter(|stored| stored.ended_at.is_none());
    Ok(at_work.with_context(|| format!("there is no officer “{login}”; see `motcua officer list`"))?.officer)
}

fn read(file: &Path) -> anyhow::Result<Draft> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let given: toml::Table = toml::from_str(&text).with_context(|| format!("{} is no TOML", file.display()))?;
    let given = serde_json::to_vec(&given)?;
    crate::api::announcement(&given).map_err(|why| anyhow::anyhow!("{} is no announcement: {why}", file.display()))
}

/// Faults one a line, in words for whoever typed the command.
fn said<T>(done: Result<T, BroadcastError>) -> anyhow::Result<T> {
    match done {
        Err(BroadcastError::Faulty(problems)) => {
            let lines: Vec<String> = problems.iter().map(|problem| format!("\n  {problem}")).collect();
            bail!("it cannot be sent like this:{}", lines.concat())
        }
        other => Ok(other?),
    }
}
