//! Who agreed to be told of what, and what they asked about if they agreed to that.

use super::{Result, Tx, on};
use crate::domain::broadcast::{Subscription, Topic};
use crate::domain::{Address, Lang, Timestamp};

/// Writes down what somebody agreed to; `hamlet` is folded. What they agreed to before is replaced.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, who: &Address, subscription: &Subscription, hamlet: &str, lang: Lang) -> Result<()> {
    const SQL: &str = "INSERT INTO subscriber (channel, peer, place, hamlet, topics, asked, lang, consent, since)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (channel, peer) DO UPDATE SET place = excluded.place, hamlet = excluded.hamlet, topics = excluded.topics,
            asked = excluded.asked, lang = excluded.lang, consent = excluded.consent, since = excluded.since";
    on!(&mut *tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer)
        .bind(subscription.place.as_deref().unwrap_or_default()).bind(hamlet).bind(Topic::bits(&subscription.topics))
        .bind(subscription.asked).bind(lang.code()).bind(&subscription.consent).bind(subscription.since.0)
        .execute(connection).await?.rows_affected());
    if subscription.asked { Ok(()) } else { forget_interests(tx, who).await }
}

/// Forgets what somebody agreed to.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, who: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM subscriber WHERE channel = $1 AND peer = $2";
    on!(&mut *tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).execute(connection).await?.rows_affected());
    forget_interests(tx, who).await
}

async fn forget_interests(tx: &mut Tx, who: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM interest WHERE channel = $1 AND peer = $2";
    on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes that somebody asked about a guide, if they agreed to that.
///
/// # Errors
/// When the database fails.
pub async fn interested(tx: &mut Tx, who: &Address, guide: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO interest (channel, peer, guide, at)
        SELECT channel, peer, $3, $4 FROM subscriber WHERE channel = $1 AND peer = $2 AND asked
        ON CONFLICT (channel, peer, guide) DO UPDATE SET at = excluded.at";
    on!(tx, connection => sqlx::query(SQL).bind(who.channel.as_str()).bind(&who.peer).bind(guide).bind(now.0)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// What somebody asked about, who agreed to that: guide, and when they last did.
///
/// # Errors
/// When the database fails.
pub async fn interests(tx: &mut Tx, who: &Address) -> Result<Vec<(String, Timestamp)>> {
    const SQL: &str = "SELECT guide, at FROM interest WHERE channel = $1 AND peer = $2 ORDER BY guide";
    let rows: Vec<(String, i64)> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(who.channel.as_str()).bind(&who.peer).fetch_all(connection).await?);
    Ok(rows.into_iter().map(|(guide, at)| (guide, Timestamp(at))).collect())
}

/// How many people write to us who never agreed to be told.
///
/// # Errors
/// When the database fails.
pub async fn count_others(tx: &mut Tx) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM conversation AS talk WHERE unreachable_since IS NULL AND SUBSTR(peer, 1, 1) <> '-'
        AND NOT EXISTS (SELECT 1 FROM subscriber WHERE subscriber.channel = talk.channel AND subscriber.peer = talk.peer)";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).fetch_one(connection).await?))
}

/// Gives somebody who moved their new address.
///
/// # Errors
/// When the database fails.
pub async fn relocate(tx: &mut Tx, from: &Address, peer: &str) -> Result<()> {
    const SQL: &str = "UPDATE subscriber SET peer = $3 WHERE channel = $1 AND peer = $2
        AND NOT EXISTS (SELECT 1 FROM subscriber AS there WHERE there.channel = $1 AND there.peer = $3)";
    on!(tx, connection => sqlx::query(SQL).bind(from.channel.as_str()).bind(&from.peer).bind(peer).execute(connection).await?.rows_affected());
    Ok(())
}

/// Forgets what was asked before then.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, asked: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM interest WHERE at < $1";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(asked.0).execute(connection).await?.rows_affected()))
}
