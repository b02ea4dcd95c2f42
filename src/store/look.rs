//! Files that are to be fetched and looked at.

use std::time::Duration;

use uuid::Uuid;

use super::sealed::{ATTACHMENT, Seal};
use super::{Result, Tx, address, from_json, on, to_json};
use crate::domain::{Address, Attachment, ChannelName, Purpose, Timestamp};

/// Files of one place that may wait to be looked at: one citizen's hundred photos do not hold up everybody else's.
pub const MOST_OPEN: i64 = 12;
/// The same of all browsers together; files from people with an account are looked at first.
const MOST_OPEN_OF_WEB: i64 = 40;
/// How often a file is tried; one that stopped the program every time is left alone.
pub const MOST_TRIES: i64 = 4;

/// A file to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The message that it came with.
    pub inbound: Uuid,
    /// Who sent it.
    pub from: Address,
    /// Where it is.
    pub attachment: Attachment,
    /// What it is wanted for.
    pub purpose: Purpose,
    /// How often somebody tried, this time included.
    pub tries: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    inbound: String,
    channel: String,
    peer: String,
    attachment: String,
    purpose: String,
    tries: i64,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Look> {
        Ok(Look {
            inbound: super::id("look", &self.inbound)?,
            from: address(&self.channel, self.peer)?,
            attachment: seal.read_json(ATTACHMENT, self.attachment)?,
            purpose: from_json("purpose", &self.purpose)?,
            tries: self.tries,
        })
    }
}

/// Notes that a file is to be looked at. More than [`MOST_OPEN`] of one place are not fetched any more.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    inbound: Uuid,
    from: &Address,
    attachment: &Attachment,
    purpose: &Purpose,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "INSERT INTO look (inbound, channel, peer, attachment, purpose, tries, due_at, made_at)
        VALUES ($1, $2, $3, $4, $5, (SELECT CASE WHEN COUNT(*) < $7 THEN 0 ELSE $8 END FROM look WHERE channel = $2 AND (peer = $3 OR $9)),
            $6, $6) ON CONFLICT (inbound) DO NOTHING";
    let attachment = tx.seal.json(ATTACHMENT, attachment);
    // Browsers can be had for nothing: they have one allowance together.
    let web = from.channel == ChannelName::Web;
    let most = if web { MOST_OPEN_OF_WEB } else { MOST_OPEN };
    on!(tx, connection => sqlx::query(SQL).bind(inbound.to_string()).bind(from.channel.as_str()).bind(&from.peer)
        .bind(attachment).bind(to_json(purpose)).bind(now.0).bind(most).bind(MOST_TRIES).bind(web).execute(connection).await?.rows_affected());
    Ok(())
}

/// Takes on files whose time has come; nobody else does for `lease`.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, now: Timestamp, lease: Duration, limit: u32) -> Result<Vec<Look>> {
    macro_rules! sql {
        ($lock:literal) => {
            concat!(
                "UPDATE look SET tries = tries + 1, due_at = $2 WHERE inbound IN
                    (SELECT inbound FROM look WHERE due_at <= $1
                    ORDER BY CASE channel WHEN 'web' THEN 1 ELSE 0 END, due_at, inbound LIMIT $3",
                $lock,
                ") RETURNING inbound, channel, peer, attachment, purpose, tries"
            )
        };
    }
    let sql = if tx.is_shared() { sql!(" FOR UPDATE SKIP LOCKED") } else { sql!("") };
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(sql).bind(now.0).bind(now.plus(lease).0).bind(i64::from(limit))
        .fetch_all(connection).await?);
    // One that a newer program wrote waits for it, and stops nobody else's.
    let read = |row: Row| row.read(&tx.seal).map_err(|error| tracing::warn!(%error, "a file to look at is skipped")).ok();
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Lets a file be tried again then.
///
/// # Errors
/// When the database fails.
pub async fn postpone(tx: &mut Tx, inbound: Uuid, until: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE look SET due_at = $2 WHERE inbound = $1";
    on!(tx, connection => sqlx::query(SQL).bind(inbound.to_string()).bind(until.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// It was looked at. False when somebody else was faster, or the citizen had everything deleted meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn finish(tx: &mut Tx, inbound: Uuid) -> Result<bool> {
    const SQL: &str = "DELETE FROM look WHERE inbound = $1";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(inbound.to_string()).execute(connection).await?.rows_affected()) > 0)
}

/// Whether something of this conversation is to be looked at.
///
/// # Errors
/// When the database fails.
pub async fn is_waiting(tx: &mut Tx, of: &Address) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM look WHERE channel = $1 AND peer = $2";
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(SQL).bind(of.channel.as_str()).bind(&of.peer).fetch_one(connection).await?);
    Ok(count > 0)
}

/// Forgets what is to be looked at of a conversation.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, of: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM look WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(of.channel.as_str()).bind(&of.peer).execute(connection).await?.rows_affected());
    Ok(())
}
