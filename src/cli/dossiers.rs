//! `motcua dossiers`: take an export in, see what is overdue, look into one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use super::CLERK;
use super::agency::key;
use super::apology::{Apology, pusher};
use super::papers::Papers;
use super::simulate::Simulate;
use crate::api::MOST_ROWS;
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::officer::Places;
use crate::domain::rating::LEAST_SHOWN;
use crate::domain::{Clock, DossierCode};
use crate::service::audit::note;
use crate::service::dossier::mapping::Mapping;
use crate::service::dossier::table;
use crate::service::dossier::{Intake, Outcome};
use crate::store::dossier::Which;
use crate::store::{Store, agency, audit, dossier, letter, rating};

/// Work on dossiers.
#[derive(Debug, clap::Args)]
pub struct Dossiers {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Take in an export (.csv, .xlsx). Run twice it does no harm.
    Import {
        /// The export.
        file: PathBuf,
        /// The agency it is from (`motcua agency add`).
        #[arg(long)]
        agency: String,
    },
    /// The dossiers whose appointment is over while the office is at work.
    Overdue {
        /// Only those of this agency.
        #[arg(long)]
        agency: Option<String>,
    },
    /// How citizens rated: averages by agency and procedure, where at least five did.
    Ratings {
        /// Since this day, such as 2026-01-01.
        #[arg(long, default_value = "2000-01-01")]
        since: jiff::civil::Date,
    },
    /// The closed dossiers of which a source says that they are open again: `reopen` believes it.
    Disputed,
    /// Believe a source that says that a closed dossier is open again.
    Reopen {
        /// Its code.
        code: String,
    },
    /// What was told of a dossier, and who looked at it.
    Show {
        /// Its code.
        code: String,
    },
    /// The letter of apology with a new date: draft, sign, send.
    #[command(subcommand)]
    Apology(Apology),
    /// Missing papers that citizens sent.
    #[command(subcommand)]
    Papers(Papers),
    Simulate(Simulate),
}

impl Dossiers {
    pub(super) fn run(self) -> anyhow::Result<()> {
        if let Command::Simulate(simulate) = self.command {
            return tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(simulate.run());
        }
        self.settings.with_store(async |config, store| match self.command {
            Command::Import { file, agency } => import(config, store, &file, &agency).await,
            Command::Overdue { agency } => overdue(store, agency.as_deref()).await,
            Command::Disputed => disputed(store).await,
            Command::Ratings { since } => ratings(store, since).await,
            Command::Reopen { code } => reopen(config, store, &code).await,
            Command::Show { code } => show(config, store, &code).await,
            Command::Apology(apology) => apology.run(config, store).await,
            Command::Papers(papers) => papers.run(config, store).await,
            Command::Simulate(_) => Ok(()),
        })
    }
}

async fn import(config: &Config, store: &Store, file: &Path, slug: &str) -> anyhow::Result<()> {
    let found = agency::load(&mut store.read().await?, slug).await?;
    let found = found.with_context(|| format!("there is no agency “{slug}”: `motcua agency add {slug} --name …`"))?;
    let mapping = Mapping::named(&found.mapping, config.mappings.as_deref())?;
    let rows = table::read(file, &mapping)?;
    let keys = key(config)?;
    let intake = Intake {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        keys: keys.clone(),
        gather: Duration::from_secs(config.gather_seconds.into()),
    };
    let bar = ProgressBar::new(rows.len() as u64);
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} rows, {eta} left")?);
    let (mut accepted, mut before, mut refused) = (0, 0, Vec::new());
    for rows in rows.chunks(MOST_ROWS) {
        let (good, spoiled): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.spoiled.is_none());
        for row in spoiled {
            let cell = row.spoiled.as_deref().unwrap_or_default();
            refused.push((
                row.line,
                "cell".to_owned(),
                format!("{cell} was spoiled by a spreadsheet: make the column text and export again"),
            ));
        }
        let cells = good.iter().map(|row| row.cells.clone()).collect();
        for answer in intake.take(slug, mapping.clone(), cells).await? {
            match answer.outcome {
                Outcome::Accepted => accepted += 1,
                Outcome::Duplicate => before += 1,
                Outcome::Refused(why) => refused.push((good[answer.row].line, why.field.to_owned(), why.reason)),
            }
        }
        bar.inc(rows.len() as u64);
    }
    bar.finish_and_clear();
    let mut tx = store.write().await?;
    note(&mut tx, &keys, &SystemClock, CLERK, &format!("dossiers imported: {accepted}"), slug).await?;
    tx.commit().await?;
    println!("{accepted} taken in, {before} known before, {} refused", refused.len());
    if refused.is_empty() {
        return Ok(());
    }
    let count = refused.len();
    refused.sort();
    let report = file.with_extension("refused.csv");
    let mut csv = csv::Writer::from_path(&report).with_context(|| format!("cannot write {}", report.display()))?;
    csv.write_record(["line", "field", "reason"])?;
    for (line, field, reason) in refused {
        csv.write_record([line.to_string(), field, reason])?;
    }
    csv.flush()?;
    // Whoever imports by a timer sees it by the exit code.
    anyhow::bail!("{count} rows were refused; why, row by row: {}", report.display())
}

async fn overdue(store: &Store, agency: Option<&str>) -> anyhow::Result<()> {
    known(store, agency).await?;
    let mut csv = csv::Writer::from_writer(std::io::stdout());
    csv.write_record(["agency", "code", "procedure", "office", "appointment", "status"])?;
    let agencies = agency.map_or(Places::All, |agency| Places::Some(vec![agency.to_owned()]));
    for stored in dossier::list(&mut store.read().await?, Which::Overdue(SystemClock.now()), &agencies, u32::MAX).await? {
        let dossier = stored.dossier;
        let appointment = dossier.appointment.map(|at| at.to_string()).unwrap_or_default();
        csv.write_record([
            stored.agency.as_str(),
            dossier.code.as_str(),
            dossier.procedure_name.as_deref().unwrap_or_default(),
            dossier.office.as_deref().unwrap_or_default(),
            &appointment,
            &dossier.status.number().to_string(),
        ])?;
    }
    csv.flush()?;
    Ok(())
}

/// Makes sure that there is, or was, such an agency: a slip must not read as «nothing there».
pub(super) async fn known(store: &Store, agency: Option<&str>) -> anyhow::Result<()> {
    let Some(agency) = agency else { return Ok(()) };
    let names = agency::names(&mut store.read().await?).await?;
    anyhow::ensure!(names.contains(agency), "there is no agency “{agency}”; see `motcua agency list`");
    Ok(())
}

async fn disputed(store: &Store) -> anyhow::Result<()> {
    let disputed = dossier::list(&mut store.read().await?, Which::Disputed, &Places::All, u32::MAX).await?;
    for dossier::Stored { agency, dossier, .. } in &disputed {
        let said = dossier.disputed.map(|status| status.name()).unwrap_or_default();
        println!("{}  {agency}  {} since {}, told to be {said}", dossier.code.as_str(), dossier.status.name(), dossier.since);
    }
    println!("{} disputed", disputed.len());
    Ok(())
}

async fn ratings(store: &Store, since: jiff::civil::Date) -> anyhow::Result<()> {
    let mut groups: BTreeMap<(String, String), Vec<rating::Stored>> = BTreeMap::new();
    for given in rating::since(&mut store.read().await?, &since.to_string()).await? {
        groups.entry((given.agency.clone(), given.procedure.clone())).or_default().push(given);
    }
    let mut csv = csv::Writer::from_writer(std::io::stdout());
    csv.write_record(["agency", "procedure", "ratings", "attitude", "time", "clarity"])?;
    for ((agency, procedure), given) in groups.into_iter().filter(|(_, given)| given.len() >= LEAST_SHOWN) {
        #[expect(clippy::cast_precision_loss, reason = "an average of small numbers")]
        let average = |score: fn(&rating::Stored) -> i64| {
            format!("{:.2}", given.iter().map(score).sum::<i64>() as f64 / given.len() as f64)
        };
        let (attitude, time, clarity) =
            (average(|given| given.attitude), average(|given| given.time), average(|given| given.clarity));
        csv.write_record([agency, procedure, given.len().to_string(), attitude, time, clarity])?;
    }
    csv.flush()?;
    Ok(())
}

async fn reopen(config: &Config, store: &Store, code: &str) -> anyhow::Result<()> {
    let key = DossierCode::read(code).with_context(|| format!("“{code}” is no code of a dossier"))?.key();
    pusher(config, store).await?.reopen(&key, None, CLERK).await.with_context(|| code.to_owned())?;
    println!("open again; whoever follows is told");
    Ok(())
}

async fn show(config: &Config, store: &Store, code: &str) -> anyhow::Result<()> {
    let key = DossierCode::read(code).with_context(|| format!("“{code}” is no code of a dossier"))?.key();
    let stored = dossier::load(&mut store.read().await?, &key).await?.with_context(|| format!("no agency told of {code}"))?;
    // Noted before it is shown, as in the console.
    let mut tx = store.write().await?;
    note(&mut tx, &self::key(config)?, &SystemClock, CLERK, "looked at", &key).await?;
    tx.commit().await?;
    let mut tx = store.read().await?;
    println!(
        "{} of {}, status {} since {}",
        stored.dossier.code,
        stored.agency,
        stored.dossier.status.number(),
        stored.dossier.since
    );
    if let Some(status) = stored.dossier.disputed {
        println!("DISPUTED: a source says that it is open again, status {}", status.number());
    }
    println!("its followers were told {} times", stored.told);
    for (agency, arrived, claim) in dossier::claims(&mut tx, &key).await? {
        println!("  {}  status {:>2}  by {agency}, arrived {arrived}, event {}", claim.at, claim.status.number(), claim.event);
    }
    for told in letter::notices(&mut tx, &key).await? {
        let outcome = told.receipt.or(told.outcome).unwrap_or_else(|| "waits".to_owned());
        let why = told.error.map_or_else(String::new, |error| format!(" ({error})"));
        println!("  {}  told by {}: {}, {outcome}{why}", crate::domain::Timestamp(told.at), told.channel, told.occasion);
    }
    for audit::Entry { at, actor, action, .. } in audit::of(&mut tx, &key).await? {
        println!("  {}  {actor}: {action}", crate::domain::Timestamp(at));
    }
    Ok(())
}
