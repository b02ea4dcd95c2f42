//! Agencies whose software may talk to us, and whether a request is theirs.
//!
//! Two ways: a bearer key, of which only a hash is kept; or a signature, HMAC-SHA256 over time, method, path and raw body, which is
//! believed for five minutes and once.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::audit::note;
use crate::domain::{Clock, DossierCode};
use crate::seal::{Keyring, purpose, token_hash};
use crate::store::agency::{self, Agency};
use crate::store::{Result, Store};

/// What signing keys are sealed for.
const PURPOSE: &str = purpose::AGENCY;
/// How far a signed time may be from ours.
const BELIEVED: Duration = Duration::from_secs(5 * 60);
/// How a bearer key begins.
const PREFIX: &str = "mc_";
/// Longest short name, and longest name, in letters.
const LONGEST_SLUG: usize = 40;
const LONGEST_NAME: usize = 200;

/// The agencies.
#[derive(Clone)]
pub struct Agencies {
    /// The database.
    pub store: Store,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
    /// What signing keys are sealed with.
    pub keys: Keyring,
}

/// The keys of an agency, shown once.
pub struct Issued {
    /// For the header `Authorization: Bearer …`.
    pub bearer: SecretString,
    /// To sign requests with.
    pub signing: SecretString,
}

/// Why a request is not believed.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// Neither a key nor a signature.
    #[error("send the header Authorization: Bearer mc_…, or X-Agency, X-Timestamp and X-Signature")]
    Missing,
    /// No agency has it.
    #[error("the key or the signature is not known")]
    Unknown,
    /// Signed too long ago, or ahead.
    #[error("X-Timestamp must be the time now in seconds since 1970, five minutes at most beside ours")]
    Late,
    /// Signed and sent before.
    #[error("this signed request was sent before: sign it again with the time now")]
    Replayed,
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] crate::store::StoreError),
}

/// An agency that is to get keys.
#[derive(Clone, Debug, Default)]
pub struct NewAgency<'a> {
    /// Its short name: letters, digits and dashes.
    pub slug: &'a str,
    /// Its name, as citizens know it.
    pub name: &'a str,
    /// Its telephone for questions about dossiers.
    pub hotline: Option<&'a str>,
    /// How its software names fields.
    pub mapping: &'a str,
    /// How the codes of its dossiers begin: nobody else tells of such, and it tells of no others.
    pub prefixes: Vec<String>,
}

/// Why an agency gets no keys.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// Not a short name.
    #[error("“{0}” is no short name: at most {LONGEST_SLUG} letters, digits and dashes")]
    Slug(String),
    /// Another has it, in capitals or not.
    #[error("“{0}” would be taken for “{1}”, which is there already: write it as it stands there, or choose another")]
    SlugTaken(String, String),
    /// No name, or a long one.
    #[error("the name is read by citizens: 1 to {LONGEST_NAME} letters")]
    Name,
    /// Not the beginning of a code.
    #[error("“{0}” is no beginning of a code: letters, digits and dots, as H44.101")]
    Prefix(String),
    /// Another agency tells of such codes.
    #[error("codes that begin with {0} are told of by “{1}”: end its keys first, or give a longer beginning")]
    PrefixTaken(String, String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

/// What a request brings to be believed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Credentials<'a> {
    /// The bearer key.
    pub bearer: Option<&'a str>,
    /// `X-Agency`.
    pub agency: Option<&'a str>,
    /// `X-Timestamp`, in seconds.
    pub timestamp: Option<&'a str>,
    /// `X-Signature`, in hexadecimal.
    pub signature: Option<&'a str>,
}

impl Agencies {
    /// Gives an agency new keys; those it had end. `by` stands in the audit.
    ///
    /// # Errors
    /// When what is told of it cannot be, or the database fails.
    pub async fn issue(&self, new: NewAgency<'_>, by: &str) -> Result<Issued, IssueError> {
        let NewAgency { slug, name, hotline, mapping, prefixes } = new;
        if !(1..=LONGEST_SLUG).contains(&slug.len()) || !slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(IssueError::Slug(slug.to_owned()));
        }
        let name = name.trim();
        if !(1..=LONGEST_NAME).contains(&name.chars().count()) {
            return Err(IssueError::Name);
        }
        if let Some(bad) = prefixes.iter().find(|prefix| !DossierCode::is_prefix(prefix)) {
            return Err(IssueError::Prefix(bad.clone()));
        }
        let mut tx = self.store.write().await?;
        let names = agency::names(&mut tx).await?;
        let like = names.iter().find(|other| other.eq_ignore_ascii_case(slug)).filter(|_| !names.contains(slug));
        if let Some(other) = like.cloned() {
            return Err(IssueError::SlugTaken(slug.to_owned(), other));
        }
        for (other, theirs) in agency::prefixes(&mut tx).await?.into_iter().filter(|(other, _)| other != slug) {
            if let Some(prefix) = prefixes.iter().find(|prefix| theirs.contains(prefix)) {
                return Err(IssueError::PrefixTaken(prefix.clone(), other));
            }
        }
        let secret = || URL_SAFE_NO_PAD.encode([self.clock.secret().into_bytes(), self.clock.secret().into_bytes()].concat());
        let (bearer, signing) = (format!("{PREFIX}{slug}.{}", secret()), secret());
        let row = Agency {
            slug: slug.to_owned(),
            name: name.to_owned(),
            hotline: hotline.map(str::to_owned),
            mapping: mapping.to_owned(),
            key_hash: token_hash(&bearer),
            hmac_key: self.keys.seal(PURPOSE, &signing),
            prefixes: serde_json::json!(prefixes).to_string(),
        };
        agency::put(&mut tx, &row, self.clock.now()).await?;
        note(&mut tx, &self.keys, self.clock.as_ref(), by, "agency's keys made", slug).await?;
        tx.commit().await?;
        Ok(Issued { bearer: bearer.into(), signing: signing.into() })
    }

    /// Ends the keys of an agency. False when it has none that work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, slug: &str, by: &str) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let ended = agency::end(&mut tx, slug, self.clock.now()).await?;
        if ended {
            note(&mut tx, &self.keys, self.clock.as_ref(), by, "agency's keys ended", slug).await?;
        }
        tx.commit().await?;
        Ok(ended)
    }

    /// The agency that a request with `body` for `target` (method and path, `POST /api/v1/…`) is from.
    ///
    /// # Errors
    /// When it cannot be believed.
    pub async fn believe(&self, given: Credentials<'_>, target: &str, body: &[u8]) -> Result<Agency, Denied> {
        match given {
            Credentials { bearer: Some(key), .. } => self.by_key(key).await,
            Credentials { agency: Some(slug), timestamp: Some(at), signature: Some(signature), .. } => {
                self.by_signature(slug, at, signature, (target, body)).await
            }
            _ => Err(Denied::Missing),
        }
    }

    /// Whether a signed request can be an agency's, by what is known before its body: neither too old nor of nobody.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn may_be(&self, given: Credentials<'_>) -> Result<(), Denied> {
        let Credentials { agency: Some(slug), timestamp: Some(at), signature: Some(_), .. } = given else {
            return Err(Denied::Missing);
        };
        self.on_time(at)?;
        agency::load(&mut self.store.read().await?, slug).await?.map(drop).ok_or(Denied::Unknown)
    }

    fn on_time(&self, at: &str) -> Result<(), Denied> {
        let signed_at = at.parse::<i64>().map_err(|_| Denied::Late)?.saturating_mul(1000);
        if signed_at.abs_diff(self.clock.now().0) > BELIEVED.as_millis() as u64 { Err(Denied::Late) } else { Ok(()) }
    }

    async fn by_key(&self, key: &str) -> Result<Agency, Denied> {
        let slug = key.strip_prefix(PREFIX).and_then(|rest| rest.split_once('.')).map(|(slug, _)| slug).unwrap_or_default();
        let found = agency::load(&mut self.store.read().await?, slug).await?.ok_or(Denied::Unknown)?;
        let fits = bool::from(token_hash(key).as_bytes().ct_eq(found.key_hash.as_bytes()));
        if fits { Ok(found) } else { Err(Denied::Unknown) }
    }

    async fn by_signature(&self, slug: &str, at: &str, signature: &str, (target, body): (&str, &[u8])) -> Result<Agency, Denied> {
        self.on_time(at)?;
        let found = agency::load(&mut self.store.read().await?, slug).await?.ok_or(Denied::Unknown)?;
        let key = self.keys.open(PURPOSE, &found.hmac_key).map_err(|error| {
            tracing::error!(%error, slug, "the signing key of an agency cannot be opened");
            Denied::Unknown
        })?;
        let expected = sign(&key, at, target, body);
        if !bool::from(expected.as_bytes().ct_eq(signature.trim().to_ascii_lowercase().as_bytes())) {
            return Err(Denied::Unknown);
        }
        let mut tx = self.store.write().await?;
        let first = agency::first_seen(&mut tx, &expected, self.clock.now().plus(BELIEVED * 2)).await?;
        tx.commit().await?;
        if first { Ok(found) } else { Err(Denied::Replayed) }
    }
}

/// The signature of a request: HMAC-SHA256 over the timestamp, the method and path, and the raw body, with line breaks between, in
/// hexadecimal.
pub fn sign(key: &SecretString, timestamp: &str, target: &str, body: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key.expose_secret().as_bytes())
        .unwrap_or_else(|_| unreachable!("any length is a key"));
    for part in [timestamp.as_bytes(), b"\n", target.as_bytes(), b"\n", body] {
        mac.update(part);
    }
    hex::encode(mac.finalize().into_bytes())
}
