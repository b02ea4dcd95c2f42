//! `motcua dossiers apology`: the letter of apology with a new date.

use std::sync::Arc;

use anyhow::Context;
use jiff::civil::Date;
use uuid::Uuid;

use super::CLERK;
use super::agency::key;
use super::settings::served;
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::DossierCode;
use crate::i18n::Wording;
use crate::service::dossier::Pusher;
use crate::store::Store;

/// Draft the letter of apology of a dossier that is late; then sign and send it.
#[derive(Debug, clap::Subcommand)]
pub enum Apology {
    /// Write a draft, to be looked at and printed.
    Draft {
        /// The dossier's code.
        code: String,
        /// Why it is late, in words for the citizen.
        #[arg(long)]
        reason: String,
        /// The new date, such as 2026-12-01.
        #[arg(long)]
        date: Date,
    },
    /// Sign a draft in the name of an officer, and send it to whoever follows.
    Sign {
        /// The draft's id.
        id: Uuid,
        /// The officer who signs.
        #[arg(long)]
        by: String,
    },
}

impl Apology {
    pub(super) async fn run(self, config: &Config, store: &Store) -> anyhow::Result<()> {
        match self {
            Self::Draft { code, reason, date } => {
                let key = DossierCode::read(&code).with_context(|| format!("“{code}” is no code of a dossier"))?.key();
                let id = pusher(config, store).await?.draft_apology(&key, None, &reason, date, CLERK).await?;
                println!("draft {}", id.simple());
                match config.public_url.as_ref().and_then(|url| url.join(&format!("letters/{}", id.simple())).ok()) {
                    Some(page) => println!("to look at and print: {page}"),
                    None => println!("to look at and print: /letters/{} of the server", id.simple()),
                }
                println!("to sign and send: motcua dossiers apology sign {} --by …", id.simple());
            }
            Self::Sign { id, by } => {
                let signed = pusher(config, store).await?.sign(id, &by, &by).await?;
                anyhow::ensure!(
                    signed,
                    "there is no such draft, it is signed already, or it is not true any more: draft another"
                );
                println!("signed; whoever follows is told (`motcua dossiers show` says what became of it)");
            }
        }
        Ok(())
    }
}

/// Tells followers from the command line; a running server sends what this writes.
pub(super) async fn pusher(config: &Config, store: &Store) -> anyhow::Result<Pusher> {
    Ok(Pusher {
        store: store.clone(),
        keys: key(config)?,
        library: served(config, store).await?,
        wording: Arc::new(Wording::default()),
        clock: Arc::new(SystemClock),
        written: Vec::new(),
    })
}
