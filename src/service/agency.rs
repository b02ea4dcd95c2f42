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
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::domain::Clock;
use crate::seal::{Keyring, purpose};
use crate::store::agency::{self, Agency};
use crate::store::{Result, Store};

/// What signing keys are sealed for.
const PURPOSE: &str = purpose::AGENCY;
/// How far a signed time may be from ours.
const BELIEVED: Duration = Duration::from_secs(5 * 60);
/// How a bearer key begins.
const PREFIX: &str = "mc_";

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
    /// Gives an agency new keys; those it had end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue(&self, slug: &str, name: &str, hotline: Option<String>, mapping: &str) -> Result<Issued> {
        self.issue_for(slug, name, hotline, mapping, Vec::new()).await
    }

    /// The same, and says how the codes of its dossiers begin: nobody else tells of such, and it tells of no others.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue_for(
        &self,
        slug: &str,
        name: &str,
        hotline: Option<String>,
        mapping: &str,
        prefixes: Vec<String>,
    ) -> Result<Issued> {
        let secret = || URL_SAFE_NO_PAD.encode([self.clock.secret().into_bytes(), self.clock.secret().into_bytes()].concat());
        let (bearer, signing) = (format!("{PREFIX}{slug}.{}", secret()), secret());
        let row = Agency {
            slug: slug.to_owned(),
            name: name.to_owned(),
            hotline,
            mapping: mapping.to_owned(),
            key_hash: hash(&bearer),
            hmac_key: self.keys.seal(PURPOSE, &signing),
            prefixes: serde_json::json!(prefixes).to_string(),
        };
        let mut tx = self.store.write().await?;
        agency::put(&mut tx, &row, self.clock.now()).await?;
        tx.commit().await?;
        Ok(Issued { bearer: bearer.into(), signing: signing.into() })
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
        let fits = bool::from(hash(key).as_bytes().ct_eq(found.key_hash.as_bytes()));
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

fn hash(key: &str) -> String {
    hex::encode(Sha256::digest(key))
}
