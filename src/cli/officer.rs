//! `motcua officer`: who works behind the bot.

use std::sync::Arc;

use super::CLERK;
use super::agency::key;
use crate::app::SystemClock;
use crate::config::Config;
use crate::domain::officer::{Grant, Officer as Person, Role};
use crate::service::officers::Officers;
use crate::store::{Store, officer};

/// Officers: add, reset, end, list.
#[derive(Debug, clap::Args)]
pub struct Officer {
    #[command(flatten)]
    settings: super::SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add an officer; prints the link of the invitation.
    Add {
        /// What is typed to sign in.
        login: String,
        /// What colleagues and citizens read.
        #[arg(long)]
        name: String,
        /// administrator, editor, broadcaster, approver, agent, dossier-officer, data-officer or viewer; `@AGENCY` behind it limits it.
        #[arg(long = "role", required = true)]
        grants: Vec<Grant>,
    },
    /// Invite an officer anew: password, codes and sessions end at once.
    Reset {
        /// Whom.
        login: String,
    },
    /// End an officer and all their sessions.
    End {
        /// Whom.
        login: String,
    },
    /// Who there is.
    List,
}

impl Officer {
    pub(super) fn run(self) -> anyhow::Result<()> {
        self.settings.with_store(async |config, store| {
            let officers = Officers::new(store.clone(), Arc::new(SystemClock), key(config)?);
            match self.command {
                Command::Add { login, name, grants } => {
                    invite(config, &login, &officers.add(&login, &name, grants, CLERK).await?);
                    warn(&officers, store).await?;
                }
                Command::Reset { login } => invite(config, &login, &officers.reset(&login, CLERK).await?),
                Command::End { login } => {
                    officers.end(&login, CLERK).await?;
                    println!("{login} is out");
                }
                Command::List => {
                    for officer::Stored { officer, password, ended_at, .. } in officer::all(&mut store.read().await?).await? {
                        let grants: Vec<String> = officer.grants.iter().map(Grant::to_string).collect();
                        let state = match (ended_at, password) {
                            (Some(at), _) => format!("ended {at}"),
                            (None, None) => "invited".to_owned(),
                            (None, Some(_)) => "at work".to_owned(),
                        };
                        println!("{}  {}  {}  {state}", officer.login, officer.name, grants.join(" "));
                    }
                    warn(&officers, store).await?;
                }
            }
            Ok(())
        })
    }
}

/// Names places at which nobody will see any work, and administrators who do other work as well.
async fn warn(officers: &Officers, store: &Store) -> anyhow::Result<()> {
    let all = officer::all(&mut store.read().await?).await?;
    for place in officers.places_without_agency(&all).await? {
        eprintln!("no agency is called “{place}”: roles there see nothing (`motcua agency list`)");
    }
    let at_work = all.iter().filter(|stored| stored.ended_at.is_none());
    for officer in at_work.map(|stored| &stored.officer).filter(|officer| is_more_than_administrator(officer)) {
        eprintln!("{} looks after officers and has other roles as well: better two persons", officer.login);
    }
    Ok(())
}

/// Whether an administrator has other roles, which see what administrators are not to see.
fn is_more_than_administrator(officer: &Person) -> bool {
    let (looks_after, other): (Vec<_>, Vec<_>) = officer.grants.iter().partition(|grant| grant.role == Role::Administrator);
    !looks_after.is_empty() && !other.is_empty()
}

fn invite(config: &Config, login: &str, token: &str) {
    println!("{login} sets a password here, once, within three days:\n{}", link(config, token));
}

/// Where an invitation is taken.
pub(crate) fn link(config: &Config, token: &str) -> String {
    let base = config
        .public_url
        .as_ref()
        .map_or_else(|| format!("http://{}", config.listen), |url| url.as_str().trim_end_matches('/').to_owned());
    format!("{base}/console/join?token={token}")
}
