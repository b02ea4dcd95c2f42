//! `motcua dossiers papers`: missing papers that citizens sent.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use uuid::Uuid;

use super::agency::key;
use super::apology::pusher;
use super::dossiers::known;
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::DossierCode;
use crate::domain::dossier::{Paper, Verdict};
use crate::media::Files;
use crate::store::{Store, paper};

/// Look at missing papers that citizens sent; take them, or ask for them again.
#[derive(Debug, clap::Subcommand)]
pub enum Papers {
    /// List those that wait, or all of one dossier.
    List {
        /// Only those sent to this agency.
        #[arg(long)]
        agency: Option<String>,
        /// All papers of this dossier, decided or not.
        #[arg(long)]
        code: Option<String>,
    },
    /// Write one into a new file that only you can read. It is noted who looked.
    Open {
        /// Its id.
        id: Uuid,
        /// The file to make.
        file: PathBuf,
        /// The officer who looks.
        #[arg(long)]
        by: String,
    },
    /// It will do; whoever sent it is told.
    Accept {
        /// Its id.
        id: Uuid,
        /// The officer who decides.
        #[arg(long)]
        by: String,
    },
    /// It must be sent again; whoever sent it is told why, and the file is deleted.
    Again {
        /// Its id.
        id: Uuid,
        /// Why, in words for the citizen.
        #[arg(long)]
        reason: String,
        /// The officer who decides.
        #[arg(long)]
        by: String,
    },
}

impl Papers {
    pub(super) async fn run(self, config: &Config, store: &Store) -> anyhow::Result<()> {
        match self {
            Self::List { agency, code } => list(store, agency.as_deref(), code.as_deref()).await,
            Self::Open { id, file, by } => {
                let paper = pusher(config, store).await?.open_paper(id, None, &by).await?.context("there is no such paper")?;
                let files = Files::new(config.files.clone(), key(config)?, Arc::new(SystemClock));
                let bytes = files.read(&paper.file.stored).await?;
                let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file);
                let written = written.and_then(|mut written| written.write_all(&bytes));
                written.with_context(|| format!("cannot write {}", file.display()))?;
                println!("{} of {}, {} bytes, {}", paper.name, paper.dossier, paper.file.bytes, paper.file.kind.media_type());
                Ok(())
            }
            Self::Accept { id, by } => decide(config, store, id, &Verdict::Accepted, &by).await,
            Self::Again { id, reason, by } => decide(config, store, id, &Verdict::Again(reason), &by).await,
        }
    }
}

async fn list(store: &Store, agency: Option<&str>, code: Option<&str>) -> anyhow::Result<()> {
    known(store, agency).await?;
    let mut tx = store.read().await?;
    let papers = match code {
        Some(code) => {
            let key = DossierCode::read(code).with_context(|| format!("“{code}” is no code of a dossier"))?.key();
            paper::of(&mut tx, &key).await?
        }
        None => paper::waiting(&mut tx, agency).await?,
    };
    for Paper { id, dossier, name, file, sent_at, verdict, .. } in &papers {
        let verdict = match verdict {
            None => "waits".to_owned(),
            Some(Verdict::Accepted) => "accepted".to_owned(),
            Some(Verdict::Again(reason)) => format!("asked for again: {reason}"),
        };
        println!("{id}  {sent_at}  {dossier}  {name}  {}, {} KB  {verdict}", file.kind.media_type(), file.bytes / 1024);
    }
    println!("{} paper(s)", papers.len());
    Ok(())
}

async fn decide(config: &Config, store: &Store, id: Uuid, verdict: &Verdict, by: &str) -> anyhow::Result<()> {
    let decided = pusher(config, store).await?.decide_paper(id, verdict, by).await?;
    anyhow::ensure!(decided, "there is no such paper, or it was decided before");
    println!("done; whoever sent it is told");
    Ok(())
}
