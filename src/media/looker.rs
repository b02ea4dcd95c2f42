//! Fetching what conversations want looked at, and telling them what was seen.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::eyes::Eyes;
use super::files::{FileError, Files};
use crate::channel::{Channel, FetchError};
use crate::domain::file::MOST_BYTES;
use crate::domain::forum::{ForumSaid, ForumWord};
use crate::domain::{ChannelName, Clock, Inbound, Purpose, Refusal, Said, Seen, Timestamp};
use crate::store::look::{self as looks, Look};
use crate::store::{Result, Store, forum, inbox, paper};

/// How often it is looked whether another process left work.
const EVERY: Duration = Duration::from_secs(2);
/// How often files are looked for that nobody names.
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);
/// Longer than fetching and looking takes.
const LEASE: Duration = Duration::from_secs(120);
/// Files are looked at one after another: a decoded photo is large.
const BATCH: u32 = 1;
/// Files taken off the disk at a time.
const DISCARDED: u32 = 100;
/// The pause between tries.
const PAUSE: Duration = Duration::from_secs(5);

/// Looks at files.
pub struct Looker {
    /// The database.
    pub store: Store,
    /// Where files are kept.
    pub files: Files,
    /// Where they are looked at.
    pub eyes: Eyes,
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
            if let Err(error) = self.discard().await {
                tracing::error!(%error, "files to take off the disk");
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
                Err(cause) if look.tries < looks::MOST_TRIES => {
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
        if wanted.tries > looks::MOST_TRIES || wanted.purpose == Purpose::Nothing {
            return Ok(Seen::Refused(Refusal::Gone));
        }
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
        Ok(match (self.eyes.look(bytes).await, &wanted.purpose) {
            (Err(refusal), _) => Seen::Refused(refusal),
            (Ok(sight), Purpose::Paper { .. } | Purpose::Desk(_) | Purpose::Answer { .. }) => {
                let kept = self.files.keep(wanted.inbound, &sight.copy, sight.kind).await;
                Seen::File(kept.map_err(|error| error.to_string())?)
            }
            (Ok(sight), _) => sight.code.map_or(Seen::Refused(Refusal::NoCode), Seen::Code),
        })
    }

    /// Puts what was seen into the inbox; the address of the file is needed no more.
    async fn tell(&self, look: &Look, seen: Seen) -> Result<()> {
        let mut tx = self.store.write().await?;
        if let Purpose::Answer { by, caption } = &look.purpose {
            if looks::finish(&mut tx, look.inbound).await? {
                let word = ForumWord {
                    topic: Some(look.from.peer.clone()),
                    by: by.clone(),
                    said: ForumSaid::Looked(seen, caption.clone()),
                };
                let (id, key) = (self.clock.fresh_id(), format!("looked:{}", look.inbound));
                forum::hear(&mut tx, id, &key, &word, self.clock.now()).await?;
            }
            tx.commit().await?;
            self.arrived.notify_one();
            return Ok(());
        }
        if looks::finish(&mut tx, look.inbound).await? {
            let inbound = Inbound {
                id: self.clock.fresh_id(),
                external_id: format!("looked:{}", look.inbound),
                from: look.from.clone(),
                at: self.clock.now(),
                said: Said::Looked(look.purpose.clone(), seen),
                lang_hint: None,
            };
            if look.purpose != Purpose::Nothing {
                inbox::add(&mut tx, &inbound, None).await?;
            }
            inbox::replace(&mut tx, look.inbound, &Said::Sent(look.attachment.media)).await?;
        }
        tx.commit().await?;
        if look.from.channel == ChannelName::Web {
            self.files.forget_arrived(&look.attachment.source).await;
        }
        self.arrived.notify_one();
        Ok(())
    }

    /// Takes files off the disk that nothing names any more. Returns how many.
    ///
    /// # Errors
    /// When the database or the disk fails; it is tried again. A file that cannot be deleted keeps no other.
    pub async fn discard(&self) -> anyhow::Result<usize> {
        let (mut gone, mut stuck, mut last) = (0, 0, String::new());
        loop {
            let named = paper::discarded(&mut self.store.read().await?, &last, DISCARDED).await?;
            let Some(next) = named.last() else { break };
            last.clone_from(next);
            for stored in &named {
                if let Err(error) = self.files.remove(stored).await {
                    tracing::error!(%error, stored, "a file that is to be deleted cannot be");
                    stuck += 1;
                    continue;
                }
                let mut tx = self.store.write().await?;
                paper::gone(&mut tx, stored).await?;
                tx.commit().await?;
                gone += 1;
            }
        }
        anyhow::ensure!(stuck == 0, "{stuck} files cannot be deleted: look whose they are, and whether the disk can be written");
        Ok(gone)
    }

    /// Deletes what a crash left.
    async fn sweep(&self) -> anyhow::Result<usize> {
        let named = paper::stored(&mut self.store.read().await?).await?;
        Ok(self.files.sweep(&named).await?)
    }
}
