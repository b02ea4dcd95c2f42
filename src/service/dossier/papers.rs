//! Missing papers that citizens send: taking them, and telling them what the officer says.

use uuid::Uuid;

use super::desk::view;
use super::push::{Pusher, preferred};
use crate::domain::dossier::{Paper, Verdict};
use crate::domain::file::{Kept, is_identity_paper};
use crate::domain::{Address, Clock, Status, Timestamp};
use crate::engine::dossier::{SentPaper, Submitted, decision, handle};
use crate::engine::{Office, World};
use crate::service::again::persistently;
use crate::service::audit::note;
use crate::service::state::held_at;
use crate::store::dossier::Stored;
use crate::store::{Result, Tx, dossier, paper};

/// Files of one paper that may wait for the officer.
const MOST_OF_PAPER: usize = 10;
/// Files that one place may send in a day.
const MOST_A_DAY: i64 = 40;

/// Takes a file that somebody who follows the dossier of `key` sent as `name`.
///
/// # Errors
/// When the database fails.
pub(super) async fn submit(
    tx: &mut Tx,
    clock: &dyn Clock,
    here: &Address,
    key: Option<&str>,
    name: &str,
    file: &Kept,
    now: Timestamp,
) -> Result<Submitted> {
    let stored = match key {
        Some(key) => dossier::load(tx, key).await?,
        None => None,
    };
    let asked = stored.filter(|stored| {
        let dossier = &stored.dossier;
        dossier.status == Status::PapersMissing && dossier.missing.iter().any(|paper| paper == name) && !is_identity_paper(name)
    });
    let Some(stored) = asked else {
        paper::discard(tx, &file.stored).await?;
        return Ok(Submitted::NotAsked);
    };
    let waiting = |papers: &[Paper]| papers.iter().filter(|paper| paper.name == name && paper.verdict.is_none()).count();
    let of = paper::of(tx, &stored.key).await?;
    if waiting(&of) >= MOST_OF_PAPER || paper::sent_since(tx, here, Timestamp::midnight(now.date())).await? >= MOST_A_DAY {
        paper::discard(tx, &file.stored).await?;
        return Ok(Submitted::Full);
    }
    let new = Paper {
        id: clock.fresh_id(),
        dossier: stored.key.clone(),
        name: name.to_owned(),
        from: here.clone(),
        file: file.clone(),
        sent_at: now,
        verdict: None,
    };
    if !paper::add(tx, &new).await? {
        paper::discard(tx, &file.stored).await?;
    }
    Ok(Submitted::Taken(u32::try_from(waiting(&paper::of(tx, &stored.key).await?)).unwrap_or(u32::MAX)))
}

/// The dossier among `followed` that a button means; without a button the only one that misses papers.
///
/// # Errors
/// When the database fails.
pub(super) async fn asked(tx: &mut Tx, followed: &[String], which: &str) -> Result<Option<Stored>> {
    let mut found = Vec::new();
    for key in followed.iter().filter(|key| which.is_empty() || handle(key) == which) {
        found.extend(dossier::load(tx, key).await?);
    }
    if which.is_empty() {
        found.retain(|stored| stored.dossier.status == Status::PapersMissing);
    }
    Ok(found.pop().filter(|_| found.is_empty()))
}

/// How the papers of a dossier stand of which something was sent.
///
/// # Errors
/// When the database fails.
pub(super) async fn sent(tx: &mut Tx, key: &str) -> Result<Vec<SentPaper>> {
    let mut stand: Vec<SentPaper> = Vec::new();
    for paper in paper::of(tx, key).await? {
        let at = stand.iter().position(|sent| sent.paper == paper.name).unwrap_or_else(|| {
            stand.push(SentPaper { paper: paper.name.clone(), waiting: 0, verdict: None });
            stand.len() - 1
        });
        match paper.verdict {
            None => stand[at].waiting += 1,
            verdict => stand[at].verdict = verdict,
        }
    }
    Ok(stand)
}

impl Pusher {
    /// An officer looks at a paper: noted in the audit before anything is shown. `None` when there is none any more, or it was
    /// sent to another agency than `of`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_paper(&self, id: Uuid, of: Option<&str>, by: &str) -> Result<Option<Paper>> {
        let mut tx = self.store.write().await?;
        let Some(paper) = paper::load(&mut tx, id).await? else { return Ok(None) };
        let Some(stored) = dossier::load(&mut tx, &paper.dossier).await? else { return Ok(None) };
        if of.is_some_and(|agency| agency != stored.agency) || paper.file.stored.is_empty() {
            return Ok(None);
        }
        note(&mut tx, &self.keys, self.clock.as_ref(), by, "paper opened", &paper.dossier).await?;
        tx.commit().await?;
        Ok(Some(paper))
    }

    /// Says what an officer decided of a paper, and tells whoever sent it. The file of one that will not do is forgotten. False
    /// when it was decided before, or is not there.
    ///
    /// # Errors
    /// When the database fails; nothing was decided then.
    pub async fn decide_paper(&self, id: Uuid, verdict: &Verdict, by: &str) -> Result<bool> {
        persistently(|| self.decide_at_once(id, verdict, by)).await
    }

    async fn decide_at_once(&self, id: Uuid, verdict: &Verdict, by: &str) -> Result<bool> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let Some(paper) = paper::load(&mut tx, id).await? else { return Ok(false) };
        let Some(stored) = dossier::load(&mut tx, &paper.dossier).await? else { return Ok(false) };
        if !paper::decide(&mut tx, id, verdict, by, now).await? {
            return Ok(false);
        }
        if *verdict != Verdict::Accepted {
            paper::drop_file(&mut tx, &paper).await?;
        }
        let to = preferred(&mut tx, &paper.from, now).await?;
        let state = held_at(&mut tx, &to).await?;
        let seen = view(&mut tx, stored, &to).await?;
        let (library, office, chance) = (self.library.load(), Office::default(), self.clock.secret());
        let world = World::of_notices(&library, &self.wording, &office, now, chance);
        let message = decision(&world, state.lang.unwrap_or_default(), &seen, &paper.name, verdict);
        self.notice(&mut tx, &paper.dossier, &to, &state, "paper", message).await?;
        // After the conversation, as turns do.
        let action = if *verdict == Verdict::Accepted { "paper accepted" } else { "paper asked for again" };
        note(&mut tx, &self.keys, self.clock.as_ref(), by, action, &paper.dossier).await?;
        tx.commit().await?;
        self.wake();
        Ok(true)
    }
}
