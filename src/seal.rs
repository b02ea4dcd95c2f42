//! Secrets at rest: sealed with a key from the environment, and hashes that only that key can make.
//!
//! XChaCha20-Poly1305 (the `chacha20poly1305` crate, audited): its nonce is long enough to be made of chance alone. What is
//! sealed for one purpose cannot be opened for another. A sealed text names the key it needs, so that keys can be replaced:
//! the first of the ring seals, all of them open. Besides the clock this is the only place that asks for chance.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// What things are sealed for by more than one place: by those who seal them, and where keys are replaced.
pub mod purpose {
    /// Tokens of the Official Account.
    pub const ZALO_TOKENS: &str = "zalo";
    /// What a consent to use the Official Account is checked with.
    pub const ZALO_VERIFIER: &str = "zalo verifier";
    /// Secrets of officers' code apps.
    pub const TOTP: &str = "officer totp";
    /// Keys by which agencies sign requests.
    pub const AGENCY: &str = "agency";
    /// Photos and files.
    pub const FILE: &str = "file";
}

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Why something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The setting is no key.
    #[error("MOTCUA_KEY must be keys of 32 bytes in base64, the newest first, separated by commas; `motcua key` makes one")]
    BadKey,
    /// It was sealed with a key that is not in the ring.
    #[error("sealed with the key {0}, which MOTCUA_KEY does not hold")]
    UnknownKey(String),
    /// It is no sealed text, was changed, or was sealed for something else.
    #[error("the sealed text is damaged")]
    Damaged,
}

/// The keys: the first seals, all open.
#[derive(Clone)]
pub struct Keyring(Vec<Key>);

#[derive(Clone)]
struct Key {
    /// Names it in what it sealed; says nothing about it.
    name: String,
    bytes: [u8; KEY_BYTES],
}

impl Keyring {
    /// The ring that a setting tells: keys in base64, separated by commas, the newest first.
    ///
    /// # Errors
    /// When one of them is not 32 bytes in base64, or there is none.
    pub fn read(setting: &SecretString) -> Result<Self, SealError> {
        let keys = setting.expose_secret().split(',').map(str::trim).filter(|key| !key.is_empty());
        let keys = keys.map(Key::read).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(SealError::BadKey) } else { Ok(Self(keys)) }
    }

    /// A new key, as it is written in the setting.
    pub fn fresh() -> SecretString {
        STANDARD.encode(XChaCha20Poly1305::generate_key(&mut OsRng)).into()
    }

    /// The names of the keys, the newest first; they say nothing about them.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|key| key.name.as_str()).collect()
    }

    /// Seals `text` for `purpose`.
    pub fn seal(&self, purpose: &str, text: &str) -> String {
        let key = &self.0[0];
        format!("{}.{}", key.name, URL_SAFE_NO_PAD.encode(key.seal(purpose, text.as_bytes())))
    }

    /// Seals `bytes` for `purpose`: the name of the key, a dot, and what only that key opens.
    pub fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> Vec<u8> {
        let key = &self.0[0];
        [key.name.as_bytes(), b".", &key.seal(purpose, bytes)].concat()
    }

    /// Opens what was sealed for `purpose`.
    ///
    /// # Errors
    /// When the key is not there, or the text is not what was sealed.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<SecretString, SealError> {
        let (name, body) = sealed.split_once('.').ok_or(SealError::Damaged)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| SealError::Damaged)?;
        let text = self.named(name)?.open(purpose, &body)?;
        Ok(String::from_utf8(text).map_err(|_| SealError::Damaged)?.into())
    }

    /// Opens what [`Keyring::seal_bytes`] sealed for `purpose`.
    ///
    /// # Errors
    /// When the key is not there, or the bytes are not what was sealed.
    pub fn open_bytes(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let dot = sealed.iter().position(|byte| *byte == b'.').ok_or(SealError::Damaged)?;
        let name = std::str::from_utf8(&sealed[..dot]).map_err(|_| SealError::Damaged)?;
        self.named(name)?.open(purpose, &sealed[dot + 1..])
    }

    fn named(&self, name: &str) -> Result<&Key, SealError> {
        self.0.iter().find(|key| key.name == name).ok_or_else(|| SealError::UnknownKey(name.chars().take(16).collect()))
    }

    /// The hashes of `text` for `purpose` by each key, the newest first, 64 letters of `[0-9a-f]`: to be compared with one that
    /// was stored. Without a key nobody can make or try them.
    pub fn digests(&self, purpose: &str, text: &str) -> Vec<String> {
        self.0.iter().map(|key| key.digest(purpose, text)).collect()
    }
}

impl Key {
    fn read(text: &str) -> Result<Self, SealError> {
        let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).map_err(|_| SealError::BadKey)?;
        let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| SealError::BadKey)?;
        let unnamed = Self { name: String::new(), bytes };
        Ok(Self { name: unnamed.digest("name", "")[..8].to_owned(), bytes })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.bytes.into())
    }

    fn seal(&self, purpose: &str, bytes: &[u8]) -> Vec<u8> {
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce, payload).unwrap_or_else(|_| unreachable!("nothing of ours is that long"));
        [&nonce[..], &sealed].concat()
    }

    fn open(&self, purpose: &str, body: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, body) = body.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::Damaged)?;
        let payload = Payload { msg: body, aad: purpose.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError::Damaged)
    }

    fn digest(&self, purpose: &str, text: &str) -> String {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.bytes).unwrap_or_else(|_| unreachable!("any length is a key"));
        for part in [purpose.as_bytes(), &[0], text.as_bytes()] {
            mac.update(part);
        }
        hex::encode(mac.finalize().into_bytes())
    }
}

/// What is kept of a secret that somebody is to bring again: a token of a link, a bearer key. It is long and by chance, so nothing slower
/// is needed, and who reads the database cannot use it.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(keys: &[&SecretString]) -> Keyring {
        let keys: Vec<&str> = keys.iter().map(|key| key.expose_secret()).collect();
        Keyring::read(&keys.join(", ").into()).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_with_an_older_key_and_for_its_purpose_only() {
        let (old, new) = (Keyring::fresh(), Keyring::fresh());
        let sealed = ring(&[&old]).seal("zalo", "bí mật");
        assert_eq!(ring(&[&new, &old]).open("zalo", &sealed).unwrap().expose_secret(), "bí mật");
        assert!(matches!(ring(&[&old]).open("other", &sealed), Err(SealError::Damaged)));
        assert!(matches!(ring(&[&new]).open("zalo", &sealed), Err(SealError::UnknownKey(_))));
        assert_ne!(ring(&[&old]).seal("zalo", "bí mật"), sealed, "no two are alike");
        let bytes = ring(&[&old]).seal_bytes("file", &[0, b'.', 255]);
        assert_eq!(ring(&[&new, &old]).open_bytes("file", &bytes).unwrap(), [0, b'.', 255]);
        assert!(ring(&[&new, &old]).open_bytes("other", &bytes).is_err() && ring(&[&new]).open_bytes("file", b"x").is_err());
        let spoiled = format!("{}A", &sealed[..sealed.len() - 1]);
        assert!(spoiled == sealed || ring(&[&old]).open("zalo", &spoiled).is_err());
    }

    #[test]
    fn hashes_hang_on_key_and_purpose() {
        let ring = ring(&[&Keyring::fresh(), &Keyring::fresh()]);
        let hashes = ring.digests("phone", "0912345678");
        assert_eq!((hashes.len(), hashes[0].len()), (2, 64));
        assert_ne!(hashes[0], hashes[1]);
        assert_ne!(hashes, ring.digests("identity", "0912345678"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for setting in ["", "secret", "AAAA", " , "] {
            assert!(Keyring::read(&setting.to_owned().into()).is_err(), "{setting}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_not_ours_opens(text in "\\PC{0,80}") {
            proptest::prop_assert!(ring(&[&Keyring::fresh()]).open("zalo", &text).is_err());
        }
    }
}
