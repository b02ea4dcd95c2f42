//! One-time links that an agency prints on a receipt: whoever opens one may follow without typing.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::{Clock, DossierCode, Timestamp};
use crate::engine::dossier::LINK;
use crate::seal::token_hash;
use crate::store::{Result, Store, dossier, follow};

/// How long a printed link works.
const GOOD_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Makes links.
#[derive(Clone)]
pub struct FollowLinks {
    /// The database.
    pub store: Store,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
}

impl FollowLinks {
    /// A word that `/start` may carry, and until when; `None` when `agency` has not told of such a dossier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make(&self, agency: &str, code: &str) -> Result<Option<(String, Timestamp)>> {
        let Some(code) = DossierCode::read(code) else { return Ok(None) };
        let mut tx = self.store.write().await?;
        let Some(stored) = dossier::load(&mut tx, &code.key()).await?.filter(|stored| stored.agency == agency) else {
            return Ok(None);
        };
        let token = format!("{LINK}{}", URL_SAFE_NO_PAD.encode(self.clock.secret().into_bytes()));
        let until = self.clock.now().plus(GOOD_FOR);
        follow::add_link(&mut tx, &token_hash(&token), &stored.key, until).await?;
        tx.commit().await?;
        Ok(Some((token, until)))
    }
}
