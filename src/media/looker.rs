//! Fetching what conversations want looked at, and telling them what was seen.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::files::{FileError, Files};
use super::look::look;
use crate::channel::{Channel, FetchError};
use crate::domain::file::MOST_BYTES;
use crate::domain::{ChannelName, Clock, Inbound, Purpose, Refusal, Said, Seen, Timestamp};
use crate::store::look::{self as looks, Look};
use crate::store::{Result, Store, inbox, paper};

/// How often it is looked whether another process left work.
const EVERY: Duration = Duration::from_secs(2);
/// How often files are looked for that nobody names.
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);
/// Longer than fetching and looking takes.
const LEASE: Duration = Duration::from_secs(120);
/// Files taken on at a time. They are looked at one after another: a decoded photo is large.
const BATCH: u32 = 4;
/// Tries, and the pause between them.
const TRIES: i64 = 4;
const PAUSE: Duration = Duration::from_secs(5);

/// Looks at files.
pub struct Looker {
    /// The database.
    pub store: Store,
    /// Where files are kept.
    pub files: Files,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Where files are fetched from.
    pub channels: Vec<Arc<dyn Channel>>,
    /// Notified when a turn wants something looked at.
    pub wanted: Arc<Notify>,
    /// Notified when something was seen.
    pub arrived: Arc<Notify>,
}

impl Looker {
    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut swept = Timestamp(0);
        while !stop.is_cancelled() {
            let now = self.clock.now();
            if swept.until(now) >= SWEEP_EVERY {
                match self.sweep().await {
                    Ok(gone) => tracing::debug!(gone, "files that nobody names"),
                    Err(error) => tracing::error!(%error, "files"),
                }
                swept = now;
            }
            let looked = self.look().await.unwrap_or_else(|error| {
                tracing::error!(%error, "files to look at");
                0
            });
            if looked == 0 {
                tokio::select! {
                    () = self.wanted.notified() => {}
                    () = tokio::time::sleep(EVERY) => {}
                    () = stop.cancelled() => {}
                }
            }
        }
    }

    /// Looks at files whose time has come, a few. Returns how many.
    ///
    /// # Errors
    /// When the database fails; they are looked at again when the lease is over.
    pub async fn look(&self) -> Result<usize> {
        let mut tx = self.store.write().await?;
        let claimed = looks::claim(&mut tx, self.clock.now(), LEASE, BATCH).await?;
        tx.commit().await?;
        for look in &claimed {
            let seen = match self.see(look).await {
                Ok(seen) => seen,
                Err(cause) if look.tries < TRIES => {
                    tracing::warn!(id = %look.inbound, cause, "a file cannot be fetched yet");
                    let mut tx = self.store.write().await?;
                    looks::postpone(&mut tx, look.inbound, self.clock.now().plus(PAUSE)).await?;
                    tx.commit().await?;
                    continue;
                }
                Err(cause) => {
                    tracing::warn!(id = %look.inbound, cause, "a file cannot be fetched");
                    Seen::Refused(Refusal::Gone)
                }
            };
            self.tell(look, seen).await?;
        }
        Ok(claimed.len())
    }

    /// What is seen of a file. An error when it may be tried again.
    async fn see(&self, wanted: &Look) -> std::result::Result<Seen, String> {
        let source = &wanted.attachment.source;
        let bytes = if wanted.from.channel == ChannelName::Web {
            self.files.arrived(source).await.map_err(|error| match error {
                FileError::Gone => FetchError::Gone,
                other => FetchError::NotNow(other.to_string()),
            })
        } else {
            let channel = self.channels.iter().find(|channel| channel.name() == wanted.from.channel);
            match channel {
                Some(channel) => channel.fetch(source, MOST_BYTES).await,
                None => Err(FetchError::Gone),
            }
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(FetchError::Gone) => return Ok(Seen::Refused(Refusal::Gone)),
            Err(FetchError::TooLarge) => return Ok(Seen::Refused(Refusal::TooLarge)),
            Err(FetchError::NotNow(cause)) => return Err(cause),
        };
        // A bug in a decoder costs this file, not the program.
        let sight = tokio::task::spawn_blocking(move || look(bytes)).await.unwrap_or(Err(Refusal::Damaged));
        Ok(match (sight, &wanted.purpose) {
            (Err(refusal), _) => Seen::Refused(refusal),
            (Ok(sight), Purpose::Code) => sight.code.map_or(Seen::Refused(Refusal::NoCode), Seen::Words),
            (Ok(sight), Purpose::Paper { .. }) => {
                Seen::File(self.files.keep(&sight.copy, sight.kind).await.map_err(|error| error.to_string())?)
            }
        })
    }

    /// Puts what was seen into the inbox; the address of the file is needed no more.
    async fn tell(&self, look: &Look, seen: Seen) -> Result<()> {
        let mut tx = self.store.write().await?;
        if looks::finish(&mut tx, look.inbound).await? {
            let inbound = Inbound {
                id: self.clock.fresh_id(),
                external_id: format!("looked:{}", look.inbound),
                from: look.from.clone(),
                at: self.clock.now(),
                said: Said::Looked(look.purpose.clone(), seen),
                lang_hint: None,
            };
            inbox::add(&mut tx, &inbound, None).await?;
            inbox::replace(&mut tx, look.inbound, &Said::Sent(look.attachment.media)).await?;
        }
        tx.commit().await?;
        if look.from.channel == ChannelName::Web {
            self.files.forget_arrived(&look.attachment.source).await;
        }
        self.arrived.notify_one();
        Ok(())
    }

    /// Deletes files that no paper names any more.
    async fn sweep(&self) -> anyhow::Result<usize> {
        let named = paper::hashes(&mut self.store.read().await?).await?;
        Ok(self.files.sweep(&named).await?)
    }
}
