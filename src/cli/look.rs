//! `motcua look`: what is seen of a file, for the server, which does not open strangers' files itself.

use rlimit::Resource;

use crate::media;

/// Memory of one look, in bytes: the largest photo that is decoded, twice, and room to work.
const MEMORY: u64 = 640 * 1024 * 1024;
/// Seconds of the processor.
const SECONDS: u64 = 15;

/// Look at a file on standard input. The server starts this by itself.
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub struct Look {}

impl Look {
    pub(super) fn run(self) -> anyhow::Result<()> {
        // Not even a decoder that a stranger took over writes, or goes on for long.
        for (resource, most) in [(Resource::AS, MEMORY), (Resource::CPU, SECONDS), (Resource::FSIZE, 0), (Resource::CORE, 0)] {
            resource.set(most, most)?;
        }
        Ok(media::see(std::io::stdin().lock(), std::io::stdout().lock())?)
    }
}
