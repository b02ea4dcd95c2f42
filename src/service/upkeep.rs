//! Forgetting in time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::audit::forget_before as forget_audit;
use super::kept::KEPT_FOR;
use super::privacy::Privacy;
use crate::domain::{ChannelName, Clock, Inbound, Said, Timestamp};
use crate::engine::dossier::PAPERS_KEPT_DAYS;
use crate::seal::Keyring;
use crate::store::{
    Result, Store, agency, audit, broadcast, citizen, conversation, dossier, edition, enclosure, follow, forum, inbox, lesson,
    officer, outbox, paper, privacy, rating, receipt, request, session, subscriber, tally, ticket, walk,
};

/// How often old conversations are looked for.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Days for which lessons are kept: long enough for two rounds of work on the content.
const LESSONS_KEPT: u32 = 180;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Days for which somebody waits for an answer.
const ASKERS_KEPT: u32 = 90;
/// Days for which passages of walks are kept: a year to compare with the one before.
const PASSAGES_KEPT: u32 = 730;
/// Days for which a dossier is kept after it ended, and one that is not heard of any more.
const DOSSIERS_KEPT: u32 = 90;
const SILENT_DOSSIERS_KEPT: u32 = 730;
/// Days for which papers that were sent are kept after their dossier ended.
const CLOSED_PAPERS_KEPT: u32 = 7;
/// Days for which tickets are kept after they ended; what was said goes with its conversation.
const TICKETS_KEPT: u32 = 90;
/// Days for which the ledger of a broadcast is kept after it ended, its numbers stay; and what was said to it, and asked by those who
/// want to be told of that.
const RECIPIENTS_KEPT: u32 = 90;
/// Days for which it is kept who looked at what: twelve months (Decree 333/2026/NĐ-CP, article 16, read in compliance notes).
const AUDIT_KEPT: u32 = 366;
/// Days for which it is kept what was agreed to, after it was taken back, and what was asked about data: five years, as proof (our
/// proposal; no law names a time).
const PROOF_KEPT: u32 = 5 * 366;
/// Rows that go in one transaction: a citizen's turn waits for no more than these (SQLite has one writer).
const PART: u32 = 500;
/// Rows that are looked for at once, where others must be passed over that are kept for longer: reading keeps nobody waiting.
const FOUND: u32 = 20_000;
/// How often conversations are looked for whose time has come.
const WAKE_EVERY: Duration = Duration::from_secs(30);

/// Deletes what is older than may be kept.
#[derive(Clone)]
pub struct Upkeep {
    /// The database.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// What the audit is chained with.
    pub keys: Option<Keyring>,
    /// Days a conversation is kept after its last message.
    pub keep_days: u16,
}

impl Upkeep {
    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut told = None;
        loop {
            match self.forget().await {
                Ok(0) => {}
                Ok(gone) => tracing::info!(gone, "old conversations deleted"),
                Err(error) => tracing::error!(%error, "upkeep"),
            }
            let today = self.clock.now().date();
            if told != Some(today) && self.tell_head().await.is_ok() {
                told = Some(today);
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// Tells the log where the audit ends: `motcua audit verify --expect` takes it.
    async fn tell_head(&self) -> Result<()> {
        let head = audit::head(&mut self.store.read().await?).await?;
        tracing::info!(head = format!("{}:{}", head.seq, head.chain), "the audit of today begins here");
        Ok(())
    }

    /// Deletes what is too old now. Returns how many conversations went.
    ///
    /// # Errors
    /// When the database fails; what went before that is gone.
    pub async fn forget(&self) -> Result<u64> {
        let now = self.clock.now();
        let keep = now.minus(DAY * u32::from(self.keep_days));
        self.forget_recipients(now).await?;
        self.forget_dossiers(now).await?;
        self.forget_said(keep).await?;
        let gone = self.forget_silent(now, keep).await?;
        self.forget_little(now, keep).await?;
        let privacy = Privacy { store: self.store.clone(), clock: Arc::clone(&self.clock), keys: self.keys.clone() };
        privacy.settle().await?;
        Ok(gone)
    }

    async fn forget_recipients(&self, now: Timestamp) -> Result<()> {
        let mut more = true;
        while more {
            let mut tx = self.store.write().await?;
            more = broadcast::forget_before(&mut tx, now.minus(DAY * RECIPIENTS_KEPT), PART).await? == u64::from(PART);
            tx.commit().await?;
        }
        Ok(())
    }

    async fn forget_dossiers(&self, now: Timestamp) -> Result<()> {
        let (ended, silent) = (now.minus(DAY * DOSSIERS_KEPT), now.minus(DAY * SILENT_DOSSIERS_KEPT));
        loop {
            let over = dossier::over(&mut self.store.read().await?, ended, silent, FOUND).await?;
            for keys in over.chunks(PART as usize) {
                let mut tx = self.store.write().await?;
                let gone = dossier::forget(&mut tx, keys, ended, silent).await?;
                privacy::deleted(&mut tx, &now.date().to_string(), "dossiers", gone).await?;
                tx.commit().await?;
            }
            if over.len() < FOUND as usize {
                return Ok(());
            }
        }
    }

    /// Forgets what was said by both sides.
    async fn forget_said(&self, keep: Timestamp) -> Result<()> {
        let mut more = true;
        while more {
            let mut tx = self.store.write().await?;
            more = conversation::forget_heard(&mut tx, keep, PART).await? == u64::from(PART);
            tx.commit().await?;
        }
        for channel in ChannelName::ALL {
            loop {
                let sent = conversation::sent_before(&mut self.store.read().await?, channel, keep, FOUND).await?;
                for ids in sent.chunks(PART as usize) {
                    let mut tx = self.store.write().await?;
                    conversation::forget_sent(&mut tx, ids).await?;
                    tx.commit().await?;
                }
                if sent.len() < FOUND as usize {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Forgets what is remembered of conversations. Returns how many.
    async fn forget_silent(&self, now: Timestamp, keep: Timestamp) -> Result<u64> {
        let mut all = 0;
        loop {
            let silent = conversation::silent(&mut self.store.read().await?, keep, FOUND).await?;
            for some in silent.chunks(PART as usize) {
                let mut tx = self.store.write().await?;
                let gone = conversation::forget_silent(&mut tx, some, keep).await?;
                privacy::deleted(&mut tx, &now.date().to_string(), "talk", gone).await?;
                tx.commit().await?;
                all += gone;
            }
            if silent.len() < FOUND as usize {
                return Ok(all);
            }
        }
    }

    /// Forgets all of which an hour makes few.
    async fn forget_little(&self, now: Timestamp, keep: Timestamp) -> Result<()> {
        let mut tx = self.store.write().await?;
        let day = |days: u32| now.minus(DAY * days).date().to_string();
        let (sent, closed) = (now.minus(DAY * PAPERS_KEPT_DAYS), now.minus(DAY * CLOSED_PAPERS_KEPT));
        let gone = [
            (
                "files",
                enclosure::forget_before(&mut tx, sent, closed).await? + paper::forget_before(&mut tx, sent, closed).await?,
            ),
            ("questions", edition::forget_before(&mut tx, now.minus(DAY * ASKERS_KEPT)).await?),
            ("interests", subscriber::forget_before(&mut tx, now.minus(DAY * RECIPIENTS_KEPT)).await?),
            ("tickets", ticket::forget_before(&mut tx, now.minus(DAY * TICKETS_KEPT)).await?),
            ("walks", walk::forget_before(&mut tx, now, &day(PASSAGES_KEPT)).await?),
            ("consents", privacy::forget_before(&mut tx, now.minus(DAY * PROOF_KEPT), now).await?),
            ("requests", request::forget_before(&mut tx, now.minus(DAY * PROOF_KEPT)).await?),
        ];
        tally::forget_before(&mut tx, &day(PASSAGES_KEPT)).await?;
        lesson::forget_before(&mut tx, &day(LESSONS_KEPT)).await?;
        receipt::forget_before(&mut tx, keep).await?;
        citizen::forget_before(&mut tx, now).await?;
        forum::forget_before(&mut tx, keep).await?;
        // For a channel that is not there any more; nobody wants old news when it is back.
        outbox::give_up_before(&mut tx, now.minus(KEPT_FOR), now).await?;
        follow::forget_before(&mut tx, &now.date().to_string(), now).await?;
        rating::forget_before(&mut tx, &day(PASSAGES_KEPT)).await?;
        agency::forget_before(&mut tx, now).await?;
        officer::forget_before(&mut tx, now).await?;
        session::forget_before(&mut tx, now.minus(DAY)).await?;
        privacy::forget_deletions(&mut tx, &day(PASSAGES_KEPT)).await?;
        if let Some(keys) = &self.keys {
            forget_audit(&mut tx, keys, now.minus(DAY * AUDIT_KEPT)).await?;
        }
        let today = now.date().to_string();
        for (purpose, count) in gone.into_iter().filter(|(_, count)| *count > 0) {
            privacy::deleted(&mut tx, &today, purpose, count).await?;
        }
        tx.commit().await
    }
}

/// Takes up conversations whose time has come though nobody says anything.
#[derive(Clone)]
pub struct Waker {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Notified when some were found.
    pub arrived: Arc<Notify>,
}

impl Waker {
    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.store.in_time(self.wake()).await {
                tracing::error!(%error, "waking conversations");
            }
            tokio::select! {
                () = tokio::time::sleep(WAKE_EVERY) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// Puts a [`Said::Quiet`] into the inbox for each conversation whose time has come. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wake(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let due = conversation::wake(&mut tx, now).await?;
        for from in &due {
            // Named after itself: if its turn fails, another one must be able to follow.
            let id = self.clock.fresh_id();
            let inbound = Inbound {
                id,
                external_id: format!("quiet:{id}"),
                from: from.clone(),
                at: now,
                said: Said::Quiet,
                lang_hint: None,
            };
            inbox::add(&mut tx, &inbound, None).await?;
        }
        tx.commit().await?;
        if !due.is_empty() {
            self.arrived.notify_one();
        }
        Ok(due.len())
    }
}
