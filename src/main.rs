//! The `motcua` command: reads what was typed, runs it, prints what went wrong.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match motcua::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua: {error:#}");
            ExitCode::FAILURE
        }
    }
}
