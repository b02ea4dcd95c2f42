//! Looking at strangers' bytes in a process of its own: with little memory, little time, no secrets, and nothing to lose.
//!
//! Decoders of images are where attackers look first, and a search for QR codes can be made to take hours by an image of a few
//! kilobytes. What goes wrong in there costs one file.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::look::{Sight, look};
use crate::domain::Refusal;
use crate::domain::file::{Code, FileKind, MOST_BYTES};

/// Longest answer, in bytes: a copy may be longer than the file it is of, but not by much.
const LONGEST_ANSWER: u64 = 2 * MOST_BYTES as u64;

/// The command of this program that looks.
pub const COMMAND: &str = "look";
/// How long it may take altogether; the process itself gets less of the processor.
const PATIENCE: Duration = Duration::from_secs(30);

/// What stands before the copy.
#[derive(Serialize, Deserialize)]
enum Told {
    Seen { code: Option<Code>, kind: FileKind },
    Refused(Refusal),
}

/// Where to look.
#[derive(Clone, Debug)]
pub struct Eyes {
    program: PathBuf,
}

impl Eyes {
    /// Looks with `program`, which is this one.
    pub fn new(program: PathBuf) -> Self {
        Self { program }
    }

    /// This program as it runs, also when a newer one lies in its place on disk.
    pub fn ours() -> Self {
        let running = PathBuf::from("/proc/self/exe");
        Self { program: if running.exists() { running } else { std::env::current_exe().unwrap_or_default() } }
    }

    /// Looks at a file.
    ///
    /// # Errors
    /// Why it cannot be taken; a process that fails or takes too long has met a file that is not to be taken either.
    pub async fn look(&self, bytes: Vec<u8>) -> Result<Sight, Refusal> {
        match tokio::time::timeout(PATIENCE, self.ask(bytes)).await {
            Ok(Ok(answer)) => read(&answer).unwrap_or(Err(Refusal::Damaged)),
            Ok(Err(error)) => {
                tracing::error!(%error, "the process that looks at files cannot be used");
                Err(Refusal::Gone)
            }
            Err(_) => Err(Refusal::Damaged),
        }
    }

    async fn ask(&self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let mut stdin = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let feed = async move {
            // A process that ended early says why in its answer, or in having none.
            let _ = stdin.write_all(&bytes).await;
            drop(stdin);
        };
        let mut answer = Vec::new();
        let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut stdout = stdout.take(LONGEST_ANSWER + 1);
        let (heard, ()) = tokio::join!(stdout.read_to_end(&mut answer), feed);
        heard?;
        // Whoever took it over would fill our memory. It is killed with `child`.
        Ok(if answer.len() as u64 > LONGEST_ANSWER { Vec::new() } else { answer })
    }
}

/// What the process does: a file from `input`, what is seen of it to `output`.
///
/// # Errors
/// When either is cut off.
pub fn see(input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let (told, copy) = match look(bytes) {
        Ok(Sight { code, copy, kind }) => (Told::Seen { code, kind }, copy),
        Err(refusal) => (Told::Refused(refusal), Vec::new()),
    };
    serde_json::to_writer(&mut output, &told)?;
    output.write_all(b"\n")?;
    output.write_all(&copy)?;
    output.flush()
}

/// The answer of the process; `None` when it did not come to an end.
fn read(answer: &[u8]) -> Option<Result<Sight, Refusal>> {
    let mut answer = BufReader::new(answer);
    let mut line = String::new();
    answer.read_line(&mut line).ok()?;
    let told = serde_json::from_str(&line).ok()?;
    let mut copy = Vec::new();
    answer.read_to_end(&mut copy).ok()?;
    Some(match told {
        Told::Seen { code, kind } => Ok(Sight { code, copy, kind }),
        Told::Refused(refusal) => Err(refusal),
    })
}
