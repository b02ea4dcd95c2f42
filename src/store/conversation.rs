//! What we remember of each conversation.

use std::collections::{HashMap, HashSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::citizen::{self, Citizen};
use super::sealed::{SHARED, STATE, Seal};
use super::{Result, Tx, on, wanted};
use crate::domain::{Address, ChannelName, Priority, Timestamp};

/// A conversation as stored. The state is the engine's JSON; the store does not read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Stored {
    /// Grows by one with every turn; 0 before the first.
    pub version: i64,
    /// The engine's state.
    pub state: String,
    /// A notice is kept for them.
    pub notices_kept: bool,
}

#[derive(sqlx::FromRow)]
struct Loaded {
    channel: String,
    peer: String,
    version: Option<i64>,
    state: Option<String>,
    notices_kept: Option<bool>,
    citizen: Option<String>,
    citizen_version: Option<i64>,
    shared: Option<String>,
}

impl Loaded {
    fn read(self, seal: &Seal) -> Result<(Address, (Stored, Option<Citizen>))> {
        let stored = match self.version.zip(self.state).zip(self.notices_kept) {
            Some(((version, state), notices_kept)) => Stored { version, state: seal.read(STATE, state)?, notices_kept },
            None => Stored::default(),
        };
        let citizen = match self.citizen.zip(self.citizen_version).zip(self.shared) {
            Some(((id, version), shared)) => Some(Citizen { id, version, shared: seal.read(SHARED, shared)? }),
            None => None,
        };
        Ok((super::address(&self.channel, self.peer)?, (stored, citizen)))
    }
}

/// The conversations at these addresses and who linked each place, in one look: every turn begins with it. A place outlives a
/// conversation that went quiet.
///
/// # Errors
/// When the database fails.
pub async fn load_all(tx: &mut Tx, addresses: &[&Address]) -> Result<HashMap<Address, (Stored, Option<Citizen>)>> {
    const SQL: &str = "SELECT wanted.channel, wanted.peer, conversation.version, conversation.state, conversation.notices_kept,
            citizen.id AS citizen, citizen.version AS citizen_version, citizen.shared
        FROM wanted
        LEFT JOIN conversation ON conversation.channel = wanted.channel AND conversation.peer = wanted.peer
        LEFT JOIN citizen_place AS place ON place.channel = wanted.channel AND place.peer = wanted.peer
        LEFT JOIN citizen ON citizen.id = place.citizen";
    if addresses.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Loaded> =
        on!(&mut *tx, connection => wanted(addresses).push(SQL).build_query_as().persistent(false).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// A state after a turn.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewState<'a> {
    /// The engine's state.
    pub json: &'a str,
    /// When they said something, if they did: windows are counted from then.
    pub spoke: Option<Timestamp>,
    /// The citizen cannot be reached any more.
    pub left: bool,
    /// When a turn is to be taken though nobody says anything.
    pub wake_at: Option<Timestamp>,
    /// Notices for whoever the place belongs to wait: another sits there, or an officer speaks.
    pub holds_notices: bool,
}

/// Conversations whose time has come. They are told once: the next turn sets a new time, or none.
///
/// # Errors
/// When the database fails.
pub async fn wake(tx: &mut Tx, now: Timestamp) -> Result<Vec<Address>> {
    const SQL: &str = "UPDATE conversation SET wake_at = NULL WHERE wake_at <= $1 RETURNING channel, peer";
    let due: Vec<(String, String)> = on!(tx, connection => sqlx::query_as(SQL).bind(now.0).fetch_all(connection).await?);
    due.into_iter().map(|(channel, peer)| super::address(&channel, peer)).collect()
}

/// Deletes what was answered in a conversation since then, and the answers; not `but`, the inbound whose turn it is, nor what
/// still waits for its turn. Notices and announcements are for whoever owns the phone, and stay.
///
/// # Errors
/// When the database fails.
pub async fn wipe(tx: &mut Tx, address: &Address, since: Timestamp, but: Uuid) -> Result<()> {
    const ATTEMPTS: &str = "DELETE FROM delivery_attempt WHERE outbox_id IN
        (SELECT id FROM outbox WHERE channel = $1 AND peer = $2 AND created_at >= $3 AND priority = $4)";
    const OUTBOX: &str = "DELETE FROM outbox WHERE channel = $1 AND peer = $2 AND created_at >= $3 AND priority = $4";
    const INBOUND: &str = "DELETE FROM inbound WHERE channel = $1 AND peer = $2 AND done_at >= $3 AND id <> $4";
    for sql in [ATTEMPTS, OUTBOX] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(address.channel.as_str()).bind(&address.peer).bind(since.0)
            .bind(Priority::Reply.rank()).execute(connection).await?.rows_affected());
    }
    on!(tx, connection => sqlx::query(INBOUND).bind(address.channel.as_str()).bind(&address.peer).bind(since.0)
        .bind(but.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// The conversation at `address`, if there was one.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, address: &Address) -> Result<Option<Stored>> {
    const SQL: &str = "SELECT version, state, notices_kept FROM conversation WHERE channel = $1 AND peer = $2";
    let stored = on!(&mut *tx, connection => sqlx::query_as::<_, Stored>(SQL)
        .bind(address.channel.as_str()).bind(&address.peer).fetch_optional(connection).await?);
    stored.map(|stored| Ok(Stored { state: tx.seal.read(STATE, stored.state)?, ..stored })).transpose()
}

/// The same, held until the end of the transaction: a turn under way is waited for, and the next one waits.
///
/// # Errors
/// When the database fails.
pub async fn load_held(tx: &mut Tx, address: &Address) -> Result<Option<Stored>> {
    const SQL: &str = "UPDATE conversation SET version = version WHERE channel = $1 AND peer = $2";
    on!(&mut *tx, connection => sqlx::query(SQL).bind(address.channel.as_str()).bind(&address.peer).execute(connection).await?.rows_affected());
    load(tx, address).await
}

/// Writes the state after a turn that read `version`. False when another turn was faster: nothing is written then, and
/// the turn is to be taken again. Whoever talks to us is reachable; whoever left is not.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, address: &Address, version: i64, state: &NewState<'_>, now: Timestamp) -> Result<bool> {
    Ok(!save_all(tx, [(address, version, *state)], now).await?.is_empty())
}

/// The same for many conversations, each once. Where it was written.
///
/// # Errors
/// When the database fails.
pub async fn save_all<'a>(
    tx: &mut Tx,
    states: impl IntoIterator<Item = (&'a Address, i64, NewState<'a>)>,
    now: Timestamp,
) -> Result<HashSet<Address>> {
    let seal = tx.seal.clone();
    let states: Vec<_> =
        states.into_iter().map(|(at, version, state)| (at, version, seal.text(STATE, state.json), state)).collect();
    if states.is_empty() {
        return Ok(HashSet::new());
    }
    let written: Vec<(String, String)> = on!(tx, connection => {
        let mut sql = QueryBuilder::new(
            "INSERT INTO conversation
            (channel, peer, version, state, updated_at, unreachable_since, wake_at, last_interaction, holds_notices) ",
        );
        sql.push_values(states, |mut row, (at, version, json, state)| {
            row.push_bind(at.channel.as_str())
                .push_bind(&at.peer)
                .push_bind(version + 1)
                .push_bind(json)
                .push_bind(now.0)
                .push_bind(state.left.then_some(now.0))
                .push_bind(state.wake_at.map(|at| at.0))
                .push_bind(state.spoke.map(|at| at.0))
                .push_bind(state.holds_notices);
        });
        sql.push(
            " ON CONFLICT (channel, peer) DO UPDATE SET version = excluded.version, state = excluded.state,
                updated_at = excluded.updated_at, unreachable_since = excluded.unreachable_since, wake_at = excluded.wake_at,
                holds_notices = excluded.holds_notices,
                last_interaction = COALESCE(excluded.last_interaction, conversation.last_interaction)
            WHERE conversation.version = excluded.version - 1 RETURNING channel, peer",
        );
        sql.build_query_as().persistent(false).fetch_all(connection).await?
    });
    written.into_iter().map(|(channel, peer)| super::address(&channel, peer)).collect()
}

/// Holds a conversation until the end of the transaction. False when another turn was faster.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, address: &Address, version: i64) -> Result<bool> {
    const SQL: &str = "UPDATE conversation SET version = version WHERE channel = $1 AND peer = $2 AND version = $3";
    let held = on!(tx, connection => sqlx::query(SQL)
        .bind(address.channel.as_str()).bind(&address.peer).bind(version).execute(connection).await?.rows_affected());
    Ok(held > 0)
}

/// Makes turns that were read before lose their race, and holds the conversation until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn outdate(tx: &mut Tx, address: &Address) -> Result<()> {
    const SQL: &str = "UPDATE conversation SET version = version + 1 WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(address.channel.as_str()).bind(&address.peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes that nobody can be reached there until they write again.
///
/// # Errors
/// When the database fails.
pub async fn mark_unreachable(tx: &mut Tx, address: &Address, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "UPDATE conversation SET unreachable_since = $3 WHERE channel = $1 AND peer = $2 AND unreachable_since IS NULL";
    on!(tx, connection => sqlx::query(SQL).bind(address.channel.as_str()).bind(&address.peer).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Whether notices wait there; the conversation is held until the end of the transaction, so that what lets them go comes after it.
///
/// # Errors
/// When the database fails.
pub async fn holds_notices(tx: &mut Tx, address: &Address) -> Result<bool> {
    const SQL: &str =
        "UPDATE conversation SET holds_notices = holds_notices WHERE channel = $1 AND peer = $2 RETURNING holds_notices";
    let holds: Option<bool> = on!(tx, connection => sqlx::query_scalar(SQL)
        .bind(address.channel.as_str()).bind(&address.peer).fetch_optional(connection).await?);
    Ok(holds.unwrap_or(false))
}

/// Since when nobody can be reached there.
///
/// # Errors
/// When the database fails.
pub async fn unreachable_since(tx: &mut Tx, address: &Address) -> Result<Option<Timestamp>> {
    const SQL: &str = "SELECT unreachable_since FROM conversation WHERE channel = $1 AND peer = $2";
    let since: Option<Option<i64>> = on!(tx, connection => sqlx::query_scalar(SQL)
        .bind(address.channel.as_str()).bind(&address.peer).fetch_optional(connection).await?);
    Ok(since.flatten().map(Timestamp))
}

/// When they last said something there.
///
/// # Errors
/// When the database fails.
pub async fn last_interaction(tx: &mut Tx, address: &Address) -> Result<Option<Timestamp>> {
    const SQL: &str = "SELECT last_interaction FROM conversation WHERE channel = $1 AND peer = $2";
    let last: Option<Option<i64>> = on!(tx, connection => sqlx::query_scalar(SQL)
        .bind(address.channel.as_str()).bind(&address.peer).fetch_optional(connection).await?);
    Ok(last.flatten().map(Timestamp))
}

/// The vendor said at `then` that the window is closed: it is, until they say something, or if they have since.
///
/// # Errors
/// When the database fails.
pub async fn close_window(tx: &mut Tx, address: &Address, then: Timestamp) -> Result<()> {
    const SQL: &str =
        "UPDATE conversation SET last_interaction = NULL WHERE channel = $1 AND peer = $2 AND last_interaction <= $3";
    on!(tx, connection => sqlx::query(SQL).bind(address.channel.as_str()).bind(&address.peer).bind(then.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// How many conversations of `channel` last spoke after `free`, between `paid` and `free`, and before; those who cannot be
/// reached are not counted.
///
/// # Errors
/// When the database fails.
pub async fn count_windows(tx: &mut Tx, channel: ChannelName, free: Timestamp, paid: Timestamp) -> Result<(i64, i64, i64)> {
    const SQL: &str = "SELECT COUNT(CASE WHEN last_interaction >= $2 THEN 1 END),
            COUNT(CASE WHEN last_interaction >= $3 AND last_interaction < $2 THEN 1 END),
            COUNT(CASE WHEN last_interaction IS NULL OR last_interaction < $3 THEN 1 END)
        FROM conversation WHERE channel = $1 AND unreachable_since IS NULL";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(channel.as_str()).bind(free.0).bind(paid.0).fetch_one(connection).await?))
}

/// Notes whether a notice is kept for whoever is there.
///
/// # Errors
/// When the database fails.
pub async fn keep_notices(tx: &mut Tx, address: &Address, kept: bool) -> Result<()> {
    const SQL: &str = "UPDATE conversation SET notices_kept = $3 WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(address.channel.as_str()).bind(&address.peer).bind(kept).execute(connection).await?.rows_affected());
    Ok(())
}

/// Gives a conversation that moved its new address, unless one is already there.
///
/// # Errors
/// When the database fails.
pub async fn relocate(tx: &mut Tx, from: &Address, peer: &str) -> Result<()> {
    const SQL: &str = "UPDATE conversation SET peer = $3 WHERE channel = $1 AND peer = $2
        AND NOT EXISTS (SELECT 1 FROM conversation AS there WHERE there.channel = $1 AND there.peer = $3)";
    on!(tx, connection => sqlx::query(SQL).bind(from.channel.as_str()).bind(&from.peer).bind(peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets a conversation and everything said in it. What is still to be sent goes too.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, address: &Address) -> Result<()> {
    const ATTEMPTS: &str =
        "DELETE FROM delivery_attempt WHERE outbox_id IN (SELECT id FROM outbox WHERE channel = $1 AND peer = $2)";
    const OUTBOX: &str = "DELETE FROM outbox WHERE channel = $1 AND peer = $2";
    const INBOUND: &str = "DELETE FROM inbound WHERE channel = $1 AND peer = $2";
    const CONVERSATION: &str = "DELETE FROM conversation WHERE channel = $1 AND peer = $2";
    // A turn that is under way is waited for first: what it says goes too.
    for sql in [INBOUND, ATTEMPTS, OUTBOX, CONVERSATION] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(address.channel.as_str()).bind(&address.peer).execute(connection).await?.rows_affected());
    }
    Ok(())
}

/// Up to `limit` ids of what was answered and sent on `channel` before `before`. What followers of a dossier were told is proof for as
/// long as the dossier is kept.
///
/// # Errors
/// When the database fails.
pub async fn sent_before(tx: &mut Tx, channel: ChannelName, before: Timestamp, limit: u32) -> Result<Vec<String>> {
    const SQL: &str = "SELECT id FROM outbox WHERE channel = $1 AND settled_at < $2 AND NOT EXISTS (SELECT 1 FROM dossier_notice
        WHERE dossier_notice.notice = outbox.id OR dossier_notice.notice = outbox.origin) LIMIT $3";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(channel.as_str()).bind(before.0).bind(i64::from(limit))
        .fetch_all(connection).await?))
}

/// Forgets these messages that were sent.
///
/// # Errors
/// When the database fails.
pub async fn forget_sent(tx: &mut Tx, ids: &[String]) -> Result<()> {
    on!(tx, connection => {
        let mut sql = QueryBuilder::new("DELETE FROM outbox WHERE settled_at IS NOT NULL AND id IN ");
        sql.push_tuples(ids, |mut row, id| { row.push_bind(id); });
        sql.build().execute(connection).await?.rows_affected()
    });
    Ok(())
}

/// Forgets up to `limit` things that citizens said and that were answered before `before`, and failed sends of before. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_heard(tx: &mut Tx, before: Timestamp, limit: u32) -> Result<u64> {
    const ATTEMPTS: &str = "DELETE FROM delivery_attempt WHERE at < $1";
    // What is done was there before it was done, and ids tell when they were made: no index of its own is needed.
    const INBOUND: &str =
        "DELETE FROM inbound WHERE id IN (SELECT id FROM inbound WHERE id < $2 AND done_at < $1 ORDER BY id LIMIT $3)";
    on!(&mut *tx, connection => sqlx::query(ATTEMPTS).bind(before.0).execute(connection).await?.rows_affected());
    Ok(on!(tx, connection => sqlx::query(INBOUND).bind(before.0).bind(before.first_id().to_string()).bind(i64::from(limit))
        .execute(connection).await?.rows_affected()))
}

/// Up to `limit` conversations silent since `before`, unless a dossier is followed there, staff have it, or news was agreed to.
///
/// # Errors
/// When the database fails.
pub async fn silent(tx: &mut Tx, before: Timestamp, limit: u32) -> Result<Vec<Address>> {
    const SQL: &str = "SELECT channel, peer FROM conversation AS talk WHERE updated_at < $1
        AND NOT EXISTS (SELECT 1 FROM follow WHERE follow.channel = talk.channel AND follow.peer = talk.peer)
        AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.channel = talk.channel AND ticket.peer = talk.peer
            AND ticket.closed_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM subscriber WHERE subscriber.channel = talk.channel AND subscriber.peer = talk.peer)
        LIMIT $2";
    let rows: Vec<(String, String)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(before.0).bind(i64::from(limit)).fetch_all(connection).await?);
    rows.into_iter().map(|(channel, peer)| super::address(&channel, peer)).collect()
}

/// Forgets those of them that are silent still (whoever began something meanwhile has spoken), and who linked their places, when they
/// have no conversation left. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_silent(tx: &mut Tx, silent: &[Address], before: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM conversation WHERE channel = $1 AND peer = $2 AND updated_at < $3";
    let mut all = 0;
    for address in silent {
        let gone = on!(&mut *tx, connection => sqlx::query(SQL).bind(address.channel.as_str()).bind(&address.peer).bind(before.0)
            .execute(connection).await?.rows_affected());
        if gone > 0 {
            citizen::forget_silent(tx, address).await?;
        }
        all += gone;
    }
    Ok(all)
}
