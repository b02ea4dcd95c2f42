//! The `motcua` command: reads what was typed, runs it, prints what went wrong.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    end_quietly_when_the_reader_leaves();
    match motcua::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `motcua ask … | head -1` closes our output early: that is no error, and not worth a backtrace.
fn end_quietly_when_the_reader_leaves() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.payload_as_str().is_some_and(|text| text.starts_with("failed printing to stdout")) {
            std::process::exit(0);
        }
        usual(panic);
    }));
}
