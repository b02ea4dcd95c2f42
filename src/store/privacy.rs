//! Consents, and what is kept of one person.

use super::{Result, Tx, on};
use crate::domain::privacy::{Consent, Holding, Use};
use crate::domain::{Address, Timestamp};

/// Notes that somebody agreed, unless they did before to the same wording and have not taken it back.
///
/// # Errors
/// When the database fails.
pub async fn agree(tx: &mut Tx, who: &Address, to: Use, wording: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO consent (channel, peer, purpose, wording, agreed_at)
        SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM consent
            WHERE channel = $1 AND peer = $2 AND purpose = $3 AND wording = $4 AND withdrawn_at IS NULL)
        ON CONFLICT DO NOTHING";
    on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).bind(to.name()).bind(wording).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes that somebody took it back.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, who: &Address, from: Use, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE consent SET withdrawn_at = $4
        WHERE channel = $1 AND peer = $2 AND purpose = $3 AND withdrawn_at IS NULL";
    on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).bind(from.name()).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// What somebody agreed to, in order; also what they took back.
///
/// # Errors
/// When the database fails.
pub async fn consents(tx: &mut Tx, who: &Address) -> Result<Vec<Consent>> {
    const SQL: &str = "SELECT purpose, wording, agreed_at, withdrawn_at FROM consent WHERE channel = $1 AND peer = $2
        ORDER BY agreed_at, purpose";
    let rows: Vec<(String, String, i64, Option<i64>)> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(who.channel.as_str()).bind(&who.peer).fetch_all(connection).await?);
    let read = |(purpose, wording, agreed_at, withdrawn_at): (String, String, i64, Option<i64>)| {
        let to = Use::from_name(&purpose)?;
        Some(Consent { to, wording, agreed_at: Timestamp(agreed_at), withdrawn_at: withdrawn_at.map(Timestamp) })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Ends the consents of somebody who has everything deleted. As proof they stay under `alias`, which names nobody; without one they go.
///
/// # Errors
/// When the database fails.
pub async fn forget_consents(tx: &mut Tx, who: &Address, alias: Option<&str>, now: Timestamp) -> Result<()> {
    const KEEP: &str = "UPDATE consent SET peer = $3, withdrawn_at = COALESCE(withdrawn_at, $4) WHERE channel = $1 AND peer = $2";
    const GO: &str = "DELETE FROM consent WHERE channel = $1 AND peer = $2";
    const LINKS: &str = "DELETE FROM data_link WHERE channel = $1 AND peer = $2";
    let (channel, peer) = (who.channel.as_str(), &who.peer);
    match alias {
        Some(alias) => {
            on!(&mut *tx, connection => sqlx::query(KEEP).bind(channel).bind(peer).bind(alias).bind(now.0)
            .execute(connection).await?.rows_affected())
        }
        None => on!(&mut *tx, connection => sqlx::query(GO).bind(channel).bind(peer).execute(connection).await?.rows_affected()),
    };
    on!(tx, connection => sqlx::query(LINKS).bind(channel).bind(peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// What is kept at one place, in numbers; consents and requests are left empty.
///
/// # Errors
/// When the database fails.
pub async fn holding(tx: &mut Tx, who: &Address) -> Result<Holding> {
    const SQL: &str = "SELECT
        (SELECT COUNT(*) FROM inbound WHERE channel = $1 AND peer = $2)
            + (SELECT COUNT(*) FROM outbox WHERE channel = $1 AND peer = $2),
        (SELECT MIN(received_at) FROM inbound WHERE channel = $1 AND peer = $2),
        (SELECT COUNT(*) FROM ticket WHERE channel = $1 AND peer = $2),
        (SELECT COUNT(*) FROM enclosure JOIN ticket ON ticket.id = enclosure.ticket
            WHERE ticket.channel = $1 AND ticket.peer = $2 AND enclosure.officer IS NULL)
            + (SELECT COUNT(*) FROM paper WHERE channel = $1 AND peer = $2 AND stored <> ''),
        (SELECT COUNT(*) FROM follow WHERE channel = $1 AND peer = $2),
        (SELECT COUNT(*) FROM asker WHERE channel = $1 AND peer = $2)";
    let (messages, since, tickets, files, dossiers, questions): (i64, Option<i64>, i64, i64, i64, i64) =
        on!(tx, connection => sqlx::query_as(SQL).bind(who.channel.as_str()).bind(&who.peer).fetch_one(connection).await?);
    let since = since.map(Timestamp);
    Ok(Holding { messages, since, tickets, files, dossiers, questions, consents: Vec::new(), requests: Vec::new() })
}

/// What of a conversation is outside the database: tickets with a topic in the group, and files on the disk.
///
/// # Errors
/// When the database fails.
pub async fn outside(tx: &mut Tx, who: &Address) -> Result<(Vec<String>, Vec<String>)> {
    const TOPICS: &str = "SELECT topic.ticket FROM topic JOIN ticket ON ticket.id = topic.ticket
        WHERE ticket.channel = $1 AND ticket.peer = $2";
    const FILES: &str = "SELECT enclosure.stored FROM enclosure JOIN ticket ON ticket.id = enclosure.ticket
            WHERE ticket.channel = $1 AND ticket.peer = $2
        UNION SELECT stored FROM paper WHERE channel = $1 AND peer = $2 AND stored <> ''";
    let (channel, peer) = (who.channel.as_str(), &who.peer);
    let topics = on!(&mut *tx, connection => sqlx::query_scalar(TOPICS).bind(channel).bind(peer).fetch_all(connection).await?);
    let files = on!(tx, connection => sqlx::query_scalar(FILES).bind(channel).bind(peer).fetch_all(connection).await?);
    Ok((topics, files))
}

/// Whether the topic of this ticket, or this file, is still there.
///
/// # Errors
/// When the database fails.
pub async fn remains(tx: &mut Tx, topics: &[String], files: &[String]) -> Result<bool> {
    const TOPIC: &str = "SELECT COUNT(*) FROM topic WHERE ticket = $1";
    const FILE: &str = "SELECT COUNT(*) FROM file_gone WHERE stored = $1";
    for (sql, ids) in [(TOPIC, topics), (FILE, files)] {
        for id in ids {
            let count: i64 = on!(&mut *tx, connection => sqlx::query_scalar(sql).bind(id).fetch_one(connection).await?);
            if count > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Makes a link to what is kept at one place, good until then; the one before it ends.
///
/// # Errors
/// When the database fails.
pub async fn link(tx: &mut Tx, who: &Address, hash: &str, until: Timestamp) -> Result<()> {
    const OLD: &str = "DELETE FROM data_link WHERE channel = $1 AND peer = $2";
    const SQL: &str = "INSERT INTO data_link (token_hash, channel, peer, good_until) VALUES ($3, $1, $2, $4)";
    let (channel, peer) = (who.channel.as_str(), &who.peer);
    on!(&mut *tx, connection => sqlx::query(OLD).bind(channel).bind(peer).execute(connection).await?.rows_affected());
    on!(tx, connection => sqlx::query(SQL).bind(channel).bind(peer).bind(hash).bind(until.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Whose link this is, while it is good.
///
/// # Errors
/// When the database fails.
pub async fn by_link(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<Address>> {
    const SQL: &str = "SELECT channel, peer FROM data_link WHERE token_hash = $1 AND good_until > $2";
    let found: Option<(String, String)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(hash).bind(now.0).fetch_optional(connection).await?);
    found.map(|(channel, peer)| super::address(&channel, peer)).transpose()
}

/// Forgets consents that were taken back before `proof`, and links that are over. Returns how many consents.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, proof: Timestamp, now: Timestamp) -> Result<u64> {
    const LINKS: &str = "DELETE FROM data_link WHERE good_until <= $1";
    const CONSENTS: &str = "DELETE FROM consent WHERE withdrawn_at < $1";
    on!(&mut *tx, connection => sqlx::query(LINKS).bind(now.0).execute(connection).await?.rows_affected());
    Ok(on!(tx, connection => sqlx::query(CONSENTS).bind(proof.0).execute(connection).await?.rows_affected()))
}

/// Adds to what was deleted on time on `day` (`2026-11-22`) for a purpose.
///
/// # Errors
/// When the database fails.
pub async fn deleted(tx: &mut Tx, day: &str, purpose: &str, gone: u64) -> Result<()> {
    const SQL: &str = "INSERT INTO retention (day, purpose, gone) VALUES ($1, $2, $3)
        ON CONFLICT (day, purpose) DO UPDATE SET gone = retention.gone + excluded.gone";
    if gone == 0 {
        return Ok(());
    }
    let gone = i64::try_from(gone).unwrap_or(i64::MAX);
    on!(tx, connection => sqlx::query(SQL).bind(day).bind(purpose).bind(gone).execute(connection).await?.rows_affected());
    Ok(())
}

/// What was deleted on time since `day`, the newest first: day, purpose, how many.
///
/// # Errors
/// When the database fails.
pub async fn deletions(tx: &mut Tx, day: &str) -> Result<Vec<(String, String, i64)>> {
    const SQL: &str = "SELECT day, purpose, gone FROM retention WHERE day >= $1 ORDER BY day DESC, purpose";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(day).fetch_all(connection).await?))
}

/// Forgets reports of before `day`.
///
/// # Errors
/// When the database fails.
pub async fn forget_deletions(tx: &mut Tx, day: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM retention WHERE day < $1";
    on!(tx, connection => sqlx::query(SQL).bind(day).execute(connection).await?.rows_affected());
    Ok(())
}
