//! Whether an event comes from Zalo.
//!
//! `X-ZEvent-Signature: mac=<hex>` is the plain SHA-256 of app id, raw body, timestamp and secret, one after the other (not an
//! HMAC). Sources disagree whether the secret is the one of the Official Account's webhook page or of the app, and whether the
//! first term is the id of the app or of the account: every pair of those that are set is tried.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// What a signature is checked against.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Ids that may stand first.
    pub ids: Vec<String>,
    /// Secrets that may stand last.
    pub secrets: Vec<SecretString>,
}

impl Signature {
    /// Whether `given` (the header) signs `body`, whose own timestamp is `timestamp`. All pairs are tried, in the same time.
    pub fn fits(&self, given: &str, body: &[u8], timestamp: &str) -> bool {
        let given = given.trim();
        let given = given.strip_prefix("mac=").unwrap_or(given).to_ascii_lowercase();
        let mut fits = Choice::from(0);
        for id in &self.ids {
            for secret in &self.secrets {
                let hash = Sha256::new()
                    .chain_update(id)
                    .chain_update(body)
                    .chain_update(timestamp)
                    .chain_update(secret.expose_secret())
                    .finalize();
                fits |= hex::encode(hash).as_bytes().ct_eq(given.as_bytes());
            }
        }
        fits.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_format_fits_and_nothing_else_does() {
        let of = |ids: &[&str], secrets: &[&str]| Signature {
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            secrets: secrets.iter().map(|secret| (*secret).to_owned().into()).collect(),
        };
        let mac = "mac=9d8b7a703447a117465d7d97fa0101d1f4fafaefc6e4c2ada58b317a2073276c";
        let body = br#"{"timestamp":"2"}"#;
        assert!(of(&["1"], &["s"]).fits(mac, body, "2"));
        assert!(of(&["oa", "1"], &["other", "s"]).fits(&mac["mac=".len()..], body, "2"), "the prefix may be missing");
        assert!(!of(&["1"], &["other"]).fits(mac, body, "2"));
        assert!(!of(&["1"], &["s"]).fits(mac, br#"{"timestamp":"3"}"#, "3"));
        assert!(!of(&["1"], &["s"]).fits("mac=", body, "2"));
        assert!(!of(&["1"], &[]).fits(mac, body, "2"), "nothing fits no secret");
    }
}
