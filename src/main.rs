//! The `motcua` command: reads what was typed, runs it, prints what went wrong.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use tikv_jemallocator::Jemalloc;

/// Turns are thought about on all processors and their words freed elsewhere: with the system's allocator the threads wait for one another, or each
/// takes a heap of its own (figures in `benches/peers/README.md`). How it is set stands in `.cargo/config.toml`.
#[global_allocator]
static MEMORY: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    end_when_nobody_reads();
    match motcua::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua: {}", motcua::cli::told(&error));
            ExitCode::FAILURE
        }
    }
}

/// `motcua ask … | head -1` closes our output early: not worth a backtrace, and what everybody else is ended by (SIGPIPE). Any other
/// output that cannot be written is a failure, since nobody knows what the command has told and what not.
fn end_when_nobody_reads() {
    const CLOSED: i32 = 128 + 13;
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let Some(cause) = panic.payload_as_str().and_then(|text| text.strip_prefix("failed printing to stdout: ")) else {
            return usual(panic);
        };
        if cause.starts_with("Broken pipe") {
            std::process::exit(CLOSED);
        }
        // Where errors go may be closed as well.
        let _ = writeln!(std::io::stderr(), "motcua: the output cannot be written, the command was ended by it: {cause}");
        std::process::exit(1);
    }));
}
