//! Who did what: entries that cannot be changed, taken out or put in without it being seen.
//!
//! Each entry's hash covers the hash of the one before it and is made with a key that is not in the database: whoever can write
//! there cannot make one. The ends of the chain are sealed by the same key. What can be done unseen is to put the whole database back to an earlier day; against that the head
//! (number and hash of the last entry) is written down elsewhere: the log tells it every day, and `motcua audit verify` takes it.

use crate::domain::{Clock, Timestamp};
use crate::seal::Keyring;
use crate::store::audit::{self, Entry, Head};
use crate::store::{Result, Store, Tx};

/// What the hashes are made for.
const PURPOSE: &str = "audit";
const HEAD: &str = "audit head";
/// Entries checked at a time.
const BATCH: u32 = 5_000;

/// Notes that `actor` did `action` to `subject`, in the transaction in which it is done.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, keys: &Keyring, clock: &dyn Clock, actor: &str, action: &str, subject: &str) -> Result<()> {
    let mut head = audit::hold_head(tx).await?;
    let mut entry = Entry {
        seq: head.seq + 1,
        at: clock.now().0,
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        chain: String::new(),
    };
    entry.chain = keys.digests(PURPOSE, &covered(&entry, &head.chain)).swap_remove(0);
    audit::append(tx, &entry).await?;
    (head.seq, head.chain) = (entry.seq, entry.chain);
    seal(tx, keys, head).await
}

/// Forgets what was noted before `kept`; where that ended is sealed as the chain's beginning.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, keys: &Keyring, kept: Timestamp) -> Result<()> {
    let mut head = audit::hold_head(tx).await?;
    if let Some(last) = audit::cut_before(tx, kept).await? {
        (head.anchor_seq, head.anchor_chain) = (last.seq, last.chain);
        seal(tx, keys, head).await?;
    }
    Ok(())
}

async fn seal(tx: &mut Tx, keys: &Keyring, mut head: Head) -> Result<()> {
    head.seal = keys.digests(HEAD, &ends(&head)).swap_remove(0);
    audit::save_head(tx, &head).await
}

/// What the seal of a head covers.
fn ends(head: &Head) -> String {
    let Head { seq, chain, anchor_seq, anchor_chain, .. } = head;
    serde_json::json!([seq, chain, anchor_seq, anchor_chain]).to_string()
}

/// What an entry's hash covers.
fn covered(entry: &Entry, before: &str) -> String {
    let Entry { seq, at, actor, action, subject, .. } = entry;
    serde_json::json!([before, seq, at, actor, action, subject]).to_string()
}

/// What is wrong with the chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is not what it was when it was written, or the one before it is not.
    #[error("entry {0} was changed, or was not written by this program with these keys")]
    Changed(i64),
    /// An entry is not there.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// The chain does not end where its head says.
    #[error("the chain ends at {end}, its head says {head}")]
    End {
        /// Number of the last entry.
        end: i64,
        /// Number that the head tells.
        head: i64,
    },
    /// The ends of the chain are not those that this program wrote.
    #[error("the head was changed, or was not written by this program with these keys")]
    Head,
    /// The head that was written down is not in the chain.
    #[error("entry {0} is not the one that was written down: the database was put back to an earlier day, or another one")]
    Expected(i64),
}

/// A chain that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries were checked.
    pub entries: u64,
    /// Number of the last one.
    pub seq: i64,
    /// Its hash.
    pub chain: String,
}

/// Checks all entries, from what was deleted on time to the end; `expected` is a head that was written down elsewhere.
///
/// # Errors
/// When the database fails; within, the first thing that is wrong.
pub async fn verify(
    store: &Store,
    keys: &Keyring,
    expected: Option<(i64, &str)>,
) -> Result<std::result::Result<Verified, Broken>> {
    let mut tx = store.read().await?;
    let head = audit::head(&mut tx).await?;
    let untouched = head.seq == 0 && head.seal.is_empty();
    if !untouched && !keys.digests(HEAD, &ends(&head)).contains(&head.seal) {
        return Ok(Err(Broken::Head));
    }
    let (mut seq, mut chain) = (head.anchor_seq, head.anchor_chain.clone());
    let mut entries = 0;
    let mut met = expected.is_none_or(|(at, hash)| at == seq && hash == chain);
    loop {
        let batch = audit::since(&mut tx, seq, BATCH).await?;
        if batch.is_empty() {
            break;
        }
        for entry in batch {
            if entry.seq != seq + 1 {
                return Ok(Err(Broken::Missing(seq + 1)));
            }
            if !keys.digests(PURPOSE, &covered(&entry, &chain)).contains(&entry.chain) {
                return Ok(Err(Broken::Changed(entry.seq)));
            }
            (seq, chain) = (entry.seq, entry.chain);
            entries += 1;
            if let Some((at, hash)) = expected.filter(|(at, _)| *at == seq) {
                if hash != chain {
                    return Ok(Err(Broken::Expected(at)));
                }
                met = true;
            }
        }
    }
    Ok(match (seq == head.seq && chain == head.chain, met, expected) {
        (false, ..) => Err(Broken::End { end: seq, head: head.seq }),
        // Deleted on time since it was written down: nothing to compare any more.
        (true, false, Some((at, _))) if at > head.anchor_seq => Err(Broken::Expected(at)),
        _ => Ok(Verified { entries, seq, chain }),
    })
}
