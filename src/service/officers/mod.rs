//! Officers: invited, signing in, and what they may do.
//!
//! **Rules.** A password is hashed with Argon2id and must be hard to guess; a code of the telephone is asked for always, each is
//! good once; a session ends after half an hour without work and twelve in all; whoever is reset or ended is out at once. Wrong tries
//! are counted for each login; a browser that somebody signed in with before has an allowance of its own, so that strangers
//! cannot keep an officer out. What is answered to a wrong try tells nothing.

mod account;
mod door;
mod manage;

use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;
use tokio::sync::Semaphore;
use totp_rs::{Builder, Totp};

use crate::domain::officer::Officer;
use crate::domain::{Clock, Timestamp};
use crate::seal::{Keyring, purpose};
use crate::store::{Store, StoreError};

pub use account::{Account, Event};

/// How long an invitation is good.
const INVITED: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How long a session lasts in all, and without anything being done.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
const IDLE: Duration = Duration::from_secs(30 * 60);
/// A session is noted as in use no more often than that.
const NOTED: Duration = Duration::from_secs(60);
/// Wrong tries in an hour: of strangers for one login, and of a browser that is known.
const MISSES: i64 = 10;
const MISSES_OF_KNOWN: i64 = 20;
/// Recovery codes that are made.
const CODES: usize = 10;
/// Shortest and longest password, in letters (OWASP ASVS 2.1.1, 2.1.2).
const SHORTEST: usize = 12;
const LONGEST_PASSWORD: usize = 128;
/// Least strength by zxcvbn, from 0 to 4: 10^8 tries and more.
const STRONG: u8 = 3;
/// Passwords hashed at once: each takes 19 MB (the crate's default, that of OWASP).
const HASHING: usize = 2;
/// What sealed and hashed things are for.
const TOTP: &str = purpose::TOTP;
const ENROL: &str = "officer enrolment";
const RECOVERY: &str = "officer recovery";
const KNOWN: &str = "officer browser";
const FORMS: &str = "officer forms";

/// Why something about officers cannot be done; what is said to whoever tried.
#[derive(Debug, thiserror::Error)]
pub enum OfficerError {
    /// The login has other signs, or is too short.
    #[error("a login has 2 to 40 of a-z, 0-9, dot, hyphen and underscore")]
    BadLogin,
    /// No name, or a long one.
    #[error("a name is read by colleagues and citizens: 1 to {LONGEST_NAME} letters")]
    BadName,
    /// Somebody has it.
    #[error("there is an officer of that login")]
    Taken,
    /// There is none.
    #[error("there is no officer of that login")]
    Unknown,
    /// The link of an invitation is over, or was used.
    #[error("the invitation is over or was used: ask for another")]
    NotInvited,
    /// The password is short, long, or easy to guess.
    #[error("the password must have {SHORTEST} letters or more and be hard to guess")]
    WeakPassword,
    /// The code of the telephone is wrong.
    #[error("the code is wrong: type the one that the app shows now")]
    WrongCode,
    /// Login, password and code do not fit together.
    #[error("login, password or code is wrong")]
    Denied,
    /// Too many wrong tries.
    #[error("too many wrong tries: wait an hour, or ask for an invitation")]
    TooMany,
    /// The last administrator stays.
    #[error("somebody must look after officers: make another administrator first")]
    LastAdministrator,
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

type Result<T, E = OfficerError> = std::result::Result<T, E>;

/// Longest name of an officer, in letters.
const LONGEST_NAME: usize = 80;

/// Officers.
#[derive(Clone)]
pub struct Officers {
    /// The database.
    pub store: Store,
    /// Time and secrets.
    pub clock: Arc<dyn Clock>,
    /// What codes are sealed with, and the audit chained.
    pub keys: Keyring,
    hashing: Arc<Semaphore>,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose.
    pub officer: Officer,
    /// What every form of theirs carries: another site does not know it.
    pub form_key: String,
    /// The hash of its secret: what it is called in the database.
    pub key: String,
    /// How many changes to how they sign in they have not looked at.
    pub alerts: i64,
}

/// What an officer who was invited sees.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Who was invited.
    pub officer: Officer,
    /// The address that an app for codes reads from a QR code.
    pub url: String,
    /// The secret in it, to be typed.
    pub secret: String,
    /// The same, sealed: the form brings it back.
    pub sealed: String,
}

/// What somebody who signed in gets.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret of the session, for a cookie.
    pub session: String,
    /// What tells this browser from a stranger's, for another cookie.
    pub known: String,
}

impl Officers {
    /// Officers in `store`.
    pub fn new(store: Store, clock: Arc<dyn Clock>, keys: Keyring) -> Self {
        Self { store, clock, keys, hashing: Arc::new(Semaphore::new(HASHING)) }
    }

    /// Whether a browser was given this when `login` signed in with it.
    pub fn is_known(&self, known: &str, login: &str) -> bool {
        self.keys.open(KNOWN, known).is_ok_and(|of| of.expose_secret() == login)
    }

    fn totp(&self, secret: &[u8], login: &str) -> Result<Totp> {
        let built = Builder::new().with_secret(secret.to_vec()).with_account_name(login).with_issuer(Some("Motcua")).build();
        built.map_err(|error| {
            tracing::error!(%error, "codes for officers cannot be made");
            OfficerError::Denied
        })
    }

    fn recovery(&self, code: &str) -> String {
        self.keys.digests(RECOVERY, &plain(code)).swap_remove(0)
    }

    fn secret(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.clock.secret().into_bytes(), self.clock.secret().into_bytes()].concat())
    }

    async fn hashed(&self, password: String) -> Result<String> {
        let _room = self.hashing.acquire().await;
        let hashed = tokio::task::spawn_blocking(move || {
            Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).ok()
        });
        hashed.await.ok().flatten().ok_or(OfficerError::WeakPassword)
    }

    /// Whether the password has this hash; without a hash the same work is done.
    async fn verified(&self, hash: Option<String>, password: String) -> Result<bool> {
        let _room = self.hashing.acquire().await;
        let verify = move || match hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok()) {
            Some(hash) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
            None => {
                let _ = Argon2::default().hash_password(password.as_bytes());
                false
            }
        };
        Ok(tokio::task::spawn_blocking(verify).await.unwrap_or(false))
    }
}

fn is_strong(password: &str, of: &Officer) -> bool {
    let letters = password.chars().count();
    // Their own login in it counts for nothing, however often it stands there.
    let besides = password.to_lowercase().replace(&of.login, "").chars().count();
    let known = [of.login.as_str(), of.name.as_str(), "motcua", "mot cua", "một cửa"];
    letters <= LONGEST_PASSWORD && besides >= SHORTEST && u8::from(zxcvbn::zxcvbn(password, &known).score()) >= STRONG
}

/// Under what name wrong tries to sign in with this login are counted.
fn tries(login: &str) -> String {
    format!("sign-in {login}")
}

/// A recovery code without what people type between its signs.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.0 / 1000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn passwords_are_long_and_hard_to_guess() {
        let of = Officer { id: Uuid::nil(), login: "nguyen.lan".into(), name: "Nguyễn Thị Lan".into(), grants: Vec::new() };
        for weak in ["ngan", "password12345", "123456789012", "nguyen.lan.nguyen.lan", "qwertyuiopasdf", "aaaaaaaaaaaaaaaa"] {
            assert!(!is_strong(weak, &of), "{weak}");
        }
        for strong in ["con trau di cay sang som", "Tb7#kQ2m!xPw9", "mưa rào tháng bảy ướt áo"] {
            assert!(is_strong(strong, &of), "{strong}");
        }
        assert!(!is_strong(&"con trau di cay sang som ".repeat(6), &of), "too long");
    }
}
