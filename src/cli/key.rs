//! `motcua key`: a new key for what is sealed at rest.

use secrecy::ExposeSecret;

use crate::seal::Keyring;

/// Make a new key for MOTCUA_KEY. Put it before the old one, with a comma between them, to replace that.
#[derive(Debug, clap::Args)]
pub struct Key {}

impl Key {
    #[expect(clippy::unused_self, reason = "all commands are run alike")]
    pub(super) fn run(self) {
        println!("{}", Keyring::fresh().expose_secret());
    }
}
