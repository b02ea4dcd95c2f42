//! The `motcua` command: reads what was typed, runs it, prints what went wrong.

use std::process::ExitCode;

use clap::Parser;

/// Gives memory back to the system after a reload, where the system's own allocator keeps it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match motcua::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua: {error:#}");
            ExitCode::FAILURE
        }
    }
}
