//! `motcua audit`: who did what, and whether anybody changed what was noted.

use anyhow::Context;

use super::agency::key;
use crate::domain::Timestamp;
use crate::service::audit::verify;
use crate::store::audit;

/// Look into the audit, or check it.
#[derive(Debug, clap::Args)]
pub struct Audit {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// The newest entries.
    List {
        /// Of this subject only: a dossier's key, a login.
        #[arg(long, default_value = "")]
        of: String,
        /// How many.
        #[arg(long, default_value_t = 50)]
        last: u32,
    },
    /// Check that nothing was changed, taken out or put in.
    Verify {
        /// A head that was written down elsewhere, `NUMBER:HASH`, as this command and the log tell it.
        #[arg(long)]
        expect: Option<String>,
    },
}

impl Audit {
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.settings.with_store(async |config, store| match self.command {
            Command::List { of, last } => {
                for entry in audit::newest(&mut store.read().await?, &of, i64::MAX, last).await?.iter().rev() {
                    println!("{:>7}  {}  {}  {}  {}", entry.seq, Timestamp(entry.at), entry.actor, entry.action, entry.subject);
                }
                Ok(())
            }
            Command::Verify { expect } => {
                let expected = expect.as_deref().map(head).transpose()?;
                let verified = verify(store, &key(config)?, expected).await??;
                println!("{} entries hold; the head is {}:{}", verified.entries, verified.seq, verified.chain);
                Ok(())
            }
        })
    }
}

fn head(text: &str) -> anyhow::Result<(i64, &str)> {
    let (seq, hash) = text.split_once(':').context("--expect is NUMBER:HASH, as `motcua audit verify` tells it")?;
    Ok((seq.parse().context("--expect begins with a number")?, hash))
}
