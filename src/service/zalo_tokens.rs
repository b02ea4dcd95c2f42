//! The tokens of the Official Account: sealed in the database, replaced by one process at a time, stored before they are used.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::channel::zalo::{OAuth, OAuthError, Pair, Token, TokenError, Tokens};
use crate::domain::{Clock, Timestamp};
use crate::seal::{Keyring, purpose};
use crate::store::credential::{self, Stored};
use crate::store::{Result, Store, StoreError};

/// Its name among credentials; also what it is sealed for.
const NAME: &str = purpose::ZALO_TOKENS;
/// What a verifier is sealed for.
const VERIFIER: &str = purpose::ZALO_VERIFIER;
/// Replaced so long before it ends.
const AHEAD: Duration = Duration::from_secs(10 * 60);
/// A process that replaces it and is not heard of for so long has died; longer than the service may take to answer.
const LEASE: Duration = Duration::from_secs(60);
/// How long another process is waited for; after that the send is tried again later.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between looks at what another process does.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// Between looks whether it is time to replace it.
const EVERY: Duration = Duration::from_secs(60);
/// A consent has to be given within so long; Zalo's codes live as long.
const CONSENT_WITHIN: Duration = Duration::from_secs(10 * 60);

/// The tokens, and the consents that bring them. Clones share what they know.
#[derive(Clone)]
pub struct ZaloTokens {
    store: Store,
    keys: Keyring,
    clock: Arc<dyn Clock>,
    oauth: OAuth,
    known: Arc<ArcSwapOption<Token>>,
    /// Held while this process replaces them.
    turn: Arc<Mutex<()>>,
}

/// How they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has consented yet.
    NotConnected,
    /// They work until then, and are replaced before.
    Until(Timestamp),
    /// They are not replaced any more since then.
    LostSince(Timestamp),
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    access: String,
    refresh: String,
}

impl ZaloTokens {
    /// Tokens in `store`, sealed with `keys`, replaced by `oauth`.
    pub fn new(store: Store, keys: Keyring, clock: Arc<dyn Clock>, oauth: OAuth) -> Self {
        Self { store, keys, clock, oauth, known: Arc::default(), turn: Arc::default() }
    }

    /// How they stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self) -> Result<Standing> {
        Ok(match self.load().await? {
            None => Standing::NotConnected,
            Some(Stored { lost_since: Some(since), .. }) => Standing::LostSince(since),
            Some(stored) => Standing::Until(stored.expires_at),
        })
    }

    /// Which of the tokens we had is the present one; 0 before the first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn version(&self) -> Result<i64> {
        Ok(self.load().await?.map_or(0, |stored| stored.version))
    }

    /// Begins a consent: the page that an administrator has to open. Its answer is taken by [`ZaloTokens::connect`], once, within
    /// ten minutes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_consent(&self, redirect: &Url) -> Result<Url> {
        let verifier = OAuth::verifier([self.clock.secret(), self.clock.secret()]);
        let state = self.clock.secret().simple().to_string();
        let sealed = self.keys.seal(VERIFIER, verifier.expose_secret());
        let mut tx = self.store.write().await?;
        credential::offer(&mut tx, &state, &sealed, self.clock.now().plus(CONSENT_WITHIN)).await?;
        tx.commit().await?;
        Ok(self.oauth.consent_page(redirect, &verifier, &state))
    }

    /// Ends a consent: exchanges `code` for the first pair. `state` must be one that was asked for.
    ///
    /// # Errors
    /// When it was not, or Zalo refuses.
    pub async fn connect(&self, state: &str, code: &str) -> anyhow::Result<()> {
        let mut tx = self.store.write().await?;
        let sealed = credential::take_offer(&mut tx, state, self.clock.now()).await?;
        tx.commit().await?;
        let Some(sealed) = sealed else {
            anyhow::bail!("this consent was not asked for, or more than ten minutes ago: run `motcua zalo connect` again");
        };
        let verifier = self.keys.open(VERIFIER, &sealed)?;
        let pair = self.oauth.exchange(code, &verifier).await?;
        self.keep(&pair).await?;
        Ok(())
    }

    /// Replaces the tokens in time, until `stop`, and tells when a person has to consent again.
    pub async fn keep_fresh(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.look_after().await {
                tracing::error!(%error, "Zalo's token");
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// Replaces the tokens when they end soon.
    ///
    /// # Errors
    /// When they are lost, not there, or cannot be replaced right now.
    pub async fn look_after(&self) -> Result<(), TokenError> {
        let stored = self.load().await.map_err(not_now)?;
        let lost = stored.as_ref().is_some_and(|stored| stored.lost_since.is_some());
        metrics::gauge!("motcua_zalo_token_lost").set(f64::from(u8::from(lost)));
        let Some(stored) = stored else { return Err(TokenError::NotConnected) };
        if lost {
            return Err(TokenError::Lost);
        }
        if stored.expires_at <= self.clock.now().plus(AHEAD) {
            self.replaced(stored.version).await?;
        }
        Ok(())
    }

    async fn load(&self) -> Result<Option<Stored>> {
        credential::load(&mut self.store.read().await?, NAME).await
    }

    fn open(&self, stored: &Stored) -> Result<Sealed, TokenError> {
        let text = self.keys.open(NAME, &stored.sealed).map_err(not_now)?;
        serde_json::from_str(text.expose_secret()).map_err(not_now)
    }

    fn token(&self, stored: &Stored) -> Result<Token, TokenError> {
        let token = Token { version: stored.version, access: self.open(stored)?.access.into() };
        self.known.store(Some(Arc::new(token.clone())));
        Ok(token)
    }

    /// Another token than the one of `version`: replaced by us, or by whoever does it.
    async fn replaced(&self, version: i64) -> Result<Token, TokenError> {
        let this = self.clone();
        // On its own: whoever asked may give up, and the new pair must be stored all the same.
        let replacing = tokio::spawn(async move { this.replace_once(version).await });
        replacing.await.map_err(not_now)?
    }

    async fn replace_once(&self, version: i64) -> Result<Token, TokenError> {
        let _turn = self.turn.lock().await;
        for _ in 0..PATIENCE.as_millis() / LOOK_AGAIN.as_millis() {
            let stored = self.load().await.map_err(not_now)?.ok_or(TokenError::NotConnected)?;
            if stored.version != version {
                return self.token(&stored);
            }
            if stored.lost_since.is_some() {
                return Err(TokenError::Lost);
            }
            if self.lease(version).await.map_err(not_now)? {
                return self.replace(&stored).await;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Err(TokenError::NotNow("another process replaces the token".to_owned()))
    }

    async fn lease(&self, version: i64) -> Result<bool> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let ours = credential::lease(&mut tx, NAME, version, now, now.plus(LEASE)).await?;
        tx.commit().await?;
        Ok(ours)
    }

    async fn replace(&self, stored: &Stored) -> Result<Token, TokenError> {
        let refresh: SecretString = self.open(stored)?.refresh.into();
        let pair = match self.oauth.refresh(&refresh).await {
            Ok(pair) => pair,
            Err(error) => {
                let lost = matches!(error, OAuthError::UsedUp(_));
                let since = lost.then(|| self.clock.now());
                self.release(stored.version, since).await.map_err(not_now)?;
                return Err(if lost { TokenError::Lost } else { TokenError::NotNow(error.to_string()) });
            }
        };
        // The old pair is dead already: this one must be on disk before anything else happens.
        while let Err(error) = self.keep(&pair).await {
            tracing::error!(%error, "the new token is not stored; trying again");
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        let stored = self.load().await.map_err(not_now)?.ok_or(TokenError::NotConnected)?;
        self.token(&stored)
    }

    async fn release(&self, version: i64, lost: Option<Timestamp>) -> Result<()> {
        let mut tx = self.store.write().await?;
        credential::release(&mut tx, NAME, version, lost).await?;
        tx.commit().await
    }

    async fn keep(&self, pair: &Pair) -> Result<()> {
        let sealed = Sealed { access: pair.access.expose_secret().to_owned(), refresh: pair.refresh.expose_secret().to_owned() };
        let text =
            serde_json::to_string(&sealed).map_err(|cause| StoreError::Unreadable { what: "token", cause: cause.to_string() })?;
        let expires_at = self.clock.now().plus(Duration::from_secs(pair.expires_in));
        let mut tx = self.store.write().await?;
        credential::replace(&mut tx, NAME, &self.keys.seal(NAME, &text), expires_at).await?;
        tx.commit().await
    }
}

#[async_trait]
impl Tokens for ZaloTokens {
    async fn current(&self) -> Result<Token, TokenError> {
        if let Some(token) = self.known.load().as_deref() {
            return Ok(token.clone());
        }
        let stored = self.load().await.map_err(not_now)?.ok_or(TokenError::NotConnected)?;
        if stored.lost_since.is_some() && stored.expires_at <= self.clock.now() {
            return Err(TokenError::Lost);
        }
        self.token(&stored)
    }

    async fn after(&self, used: &Token) -> Result<Token, TokenError> {
        self.known.store(None);
        self.replaced(used.version).await
    }
}

fn not_now(error: impl ToString) -> TokenError {
    TokenError::NotNow(error.to_string())
}
