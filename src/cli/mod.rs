//! The commands. Each file is one of them; this one only tells them apart.

mod agency;
mod apology;
mod ask;
mod audit;
mod backup;
mod broadcast;
mod check;
mod doctor;
mod dossiers;
mod eval;
mod key;
mod knowledge;
mod lessons;
mod log;
mod look;
mod move_to;
mod officer;
mod papers;
mod questions;
mod rank;
mod serve;
mod settings;
mod simulate;
mod switch;
mod talk;
mod walk;
mod zalo;

use clap::{Parser, Subcommand};

pub(crate) use officer::link as officer_link;
pub use settings::told;

use settings::{CLERK, KnowledgeArgs, SettingsArgs};

/// A chat-bot that guides citizens through administrative procedures.
#[derive(Debug, Parser)]
#[command(name = "motcua", version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Without a command it serves.
    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Talk(talk::Talk),
    Ask(ask::Ask),
    Check(check::Check),
    Rank(rank::Rank),
    Eval(eval::Eval),
    Lessons(lessons::Lessons),
    Key(key::Key),
    Look(look::Look),
    Officer(officer::Officer),
    Move(move_to::Move),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Doctor(doctor::Doctor),
    Agency(agency::Agency),
    Audit(audit::Audit),
    Dossiers(dossiers::Dossiers),
    Broadcast(broadcast::Broadcast),
    Switch(switch::Switch),
    Zalo(zalo::Zalo),
    /// Work on content.
    #[command(subcommand)]
    Knowledge(knowledge::Knowledge),
    /// Look at walks: what there is, how one goes, where people leave it.
    #[command(subcommand)]
    Walk(walk::Walk),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// Whatever stopped it, in words for the person who typed it.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command.unwrap_or(Command::Serve(self.serve)) {
            Command::Serve(command) => command.run(),
            Command::Talk(command) => command.run(),
            Command::Ask(command) => command.run(),
            Command::Check(command) => command.run(),
            Command::Rank(command) => command.run(),
            Command::Eval(command) => command.run(),
            Command::Lessons(command) => command.run(),
            Command::Key(command) => command.run(),
            Command::Look(command) => command.run(),
            Command::Officer(command) => command.run(),
            Command::Move(command) => command.run(),
            Command::Backup(command) => command.run(),
            Command::Restore(command) => command.run(),
            Command::Doctor(command) => command.run(),
            Command::Zalo(command) => command.run(),
            Command::Agency(command) => command.run(),
            Command::Audit(command) => command.run(),
            Command::Dossiers(command) => command.run(),
            Command::Broadcast(command) => command.run(),
            Command::Switch(command) => command.run(),
            Command::Knowledge(command) => command.run(),
            Command::Walk(command) => command.run(),
        }
    }
}
