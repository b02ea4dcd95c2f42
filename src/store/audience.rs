//! Gathering an audience into the ledger, part by part: each is a short transaction, so that answers go on meanwhile.

use std::time::Duration;

use sqlx::QueryBuilder;

use super::{Result, Tx, address, on};
use crate::domain::broadcast::{Audience, BroadcastId, Outcome, Ring, Topic};
use crate::domain::{Address, ChannelName, Timestamp};

/// Whom a broadcast is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Those who agreed to be told.
    Subscribers,
    /// Everybody who ever wrote to us: for emergencies.
    Everybody,
    /// Whoever had that broadcast.
    Had(BroadcastId),
}

/// How far an audience was gathered: channel and peer, in their order.
pub type Cursor = (String, String);

/// The next candidates: those of one channel behind a peer, up to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The channel.
    pub channel: String,
    /// Behind this peer.
    pub after: String,
    /// Up to this one.
    pub until: String,
}

/// The next `rows` candidates behind `after`, of one channel; `None` when there is none.
///
/// Bounds over both columns at once would be shorter to write, but PostgreSQL reads from the lower one to the end of the index then.
///
/// # Errors
/// When the database fails.
pub async fn part(tx: &mut Tx, source: Source, after: &Cursor, rows: u32) -> Result<Option<Part>> {
    macro_rules! next {
        ($table:literal, $only:literal) => {
            (
                concat!(
                    "SELECT channel FROM ",
                    $table,
                    " WHERE (channel, peer) > ($1, $2) ",
                    $only,
                    " ORDER BY channel, peer LIMIT 1"
                ),
                concat!(
                    "SELECT MAX(peer) FROM (SELECT peer FROM ",
                    $table,
                    " WHERE channel = $1 AND peer > $2 ",
                    $only,
                    " ORDER BY peer LIMIT $3) AS part"
                ),
            )
        };
    }
    let ((channel, until), had) = match source {
        Source::Subscribers => (next!("subscriber", ""), None),
        Source::Everybody => (next!("conversation", ""), None),
        Source::Had(id) => (next!("recipient", "AND broadcast = $4"), Some(id)),
    };
    // Every parameter has its place, whether it is used or not: PostgreSQL wants to know the type of each.
    let channel = if had.is_some() { channel.replace("$4", "$3") } else { channel.to_owned() };
    let channel: Option<String> = on!(&mut *tx, connection => {
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(channel)).bind(&after.0).bind(&after.1);
        let query = if let Some(id) = had { query.bind(id) } else { query };
        query.fetch_optional(connection).await?
    });
    let Some(channel) = channel else { return Ok(None) };
    let after = if channel == after.0 { after.1.clone() } else { String::new() };
    let until: Option<String> = on!(tx, connection => {
        let query = sqlx::query_scalar(until).bind(&channel).bind(&after).bind(i64::from(rows));
        let query = if let Some(id) = had { query.bind(id) } else { query };
        query.fetch_one(connection).await?
    });
    Ok(until.map(|until| Part { channel, after, until }))
}

/// A broadcast whose recipients are gathered, or counted before they are.
#[derive(Clone, Copy, Debug)]
pub struct Gathering<'a> {
    /// From whom they are chosen.
    pub source: Source,
    /// By what.
    pub audience: &'a Audience,
    /// The hamlet that has it first, folded; empty for none.
    pub hamlet: &'a str,
    /// Channels that are open, and since when somebody must have spoken there to be written to.
    pub open: &'a [(ChannelName, Option<Timestamp>)],
    /// Now.
    pub now: Timestamp,
}

/// The conditions of an audience over a subscriber: `$who` is its name in the statement.
macro_rules! conditions {
    ($sql:ident, $who:literal, $of:ident) => {
        if !$of.audience.places.is_empty() {
            $sql.push(concat!(" AND (", $who, ".place IN "));
            $sql.push_tuples(&$of.audience.places, |mut row, place| {
                row.push_bind(place);
            });
            $sql.push(if $of.audience.unplaced { concat!(" OR COALESCE(", $who, ".place, '') = '')") } else { ")" });
        }
        if !$of.audience.topics.is_empty() {
            $sql.push(concat!(" AND (", $who, ".topics & ")).push_bind(Topic::bits(&$of.audience.topics)).push(") <> 0");
        }
        if let Some(lang) = $of.audience.lang {
            $sql.push(concat!(" AND ", $who, ".lang = ")).push_bind(lang.code());
        }
        if let Some(code) = &$of.audience.dossier_of {
            // Open: not refused, withdrawn, stopped or handed over (see `Status`).
            $sql.push(concat!(
                " AND EXISTS (SELECT 1 FROM follow JOIN dossier ON dossier.key = follow.dossier WHERE follow.channel = ",
                $who,
                ".channel AND follow.peer = ",
                $who,
                ".peer AND dossier.status NOT IN (3, 7, 8, 10) AND dossier.procedure_code = "
            ))
            .push_bind(code)
            .push(")");
        }
        if let Some(asked) = &$of.audience.asked {
            let since = $of.now.minus(Duration::from_secs(u64::from(asked.days) * 86_400));
            $sql.push(concat!(
                " AND EXISTS (SELECT 1 FROM interest WHERE interest.channel = ",
                $who,
                ".channel AND interest.peer = ",
                $who,
                ".peer AND interest.guide = "
            ))
            .push_bind(&asked.guide)
            .push(" AND interest.at >= ")
            .push_bind(since.0)
            .push(")");
        }
    };
}

/// `base` is on one of the channels that were chosen.
macro_rules! channels {
    ($sql:ident, $column:literal, $of:ident) => {
        if !$of.audience.channels.is_empty() {
            $sql.push(concat!(" AND ", $column, " IN "));
            $sql.push_tuples(&$of.audience.channels, |mut row, channel| {
                row.push_bind(channel.as_str());
            });
        }
    };
}

/// Somebody who linked several places is told at one of them: the one they prefer, else the first. Only places count at which
/// they would be told.
macro_rules! told_elsewhere {
    ($sql:ident, $of:ident) => {
        $sql.push(
            " AND NOT EXISTS (SELECT 1 FROM citizen_place AS here JOIN citizen_place AS there ON there.citizen = here.citizen
                JOIN subscriber AS other ON other.channel = there.channel AND other.peer = there.peer
                LEFT JOIN conversation AS heard ON heard.channel = other.channel AND heard.peer = other.peer
            WHERE here.channel = base.channel AND here.peer = base.peer AND heard.unreachable_since IS NULL
            AND ((there.preferred AND NOT here.preferred) OR (there.preferred = here.preferred
                AND (there.channel < here.channel OR (there.channel = here.channel AND there.peer < here.peer))))",
        );
        for (channel, since) in $of.open {
            if let Some(since) = since {
                $sql.push(" AND (other.channel <> ").push_bind(channel.as_str());
                $sql.push(" OR COALESCE(heard.last_interaction, 0) >= ").push_bind(since.0).push(")");
            }
        }
        $sql.push(" AND other.channel IN ");
        $sql.push_tuples($of.open, |mut row, (channel, _)| {
            row.push_bind(channel.as_str());
        });
        channels!($sql, "other.channel", $of);
        conditions!($sql, "other", $of);
        $sql.push(")");
    };
}

/// Why somebody is not written to, or nothing: blocked or gone, on a channel that is not open, or silent for too long.
macro_rules! cause {
    ($sql:ident, $of:ident) => {
        $sql.push("CASE WHEN talk.unreachable_since IS NOT NULL THEN 'unreachable' WHEN base.channel NOT IN ");
        $sql.push_tuples($of.open, |mut row, (channel, _)| {
            row.push_bind(channel.as_str());
        });
        $sql.push(" THEN 'closed'");
        for (channel, since) in $of.open {
            if let Some(since) = since {
                $sql.push(" WHEN base.channel = ").push_bind(channel.as_str());
                $sql.push(" AND COALESCE(talk.last_interaction, 0) < ").push_bind(since.0).push(" THEN 'window'");
            }
        }
        $sql.push(" ELSE '' END AS cause");
    };
}

/// Whoever is chosen: tables and conditions. `base` has channel and peer.
macro_rules! chosen {
    ($sql:ident, $of:ident) => {
        match $of.source {
            Source::Subscribers => {
                $sql.push(
                    " FROM subscriber AS base JOIN subscriber AS who ON who.channel = base.channel AND who.peer = base.peer
                    LEFT JOIN conversation AS talk ON talk.channel = base.channel AND talk.peer = base.peer WHERE base.peer <> ''",
                );
                channels!($sql, "base.channel", $of);
                conditions!($sql, "who", $of);
                told_elsewhere!($sql, $of);
            }
            // In danger it is told at every place. Groups have negative ids on Telegram: it is told to people.
            Source::Everybody => {
                $sql.push(
                    " FROM conversation AS base JOIN conversation AS talk ON talk.channel = base.channel AND talk.peer = base.peer
                    LEFT JOIN subscriber AS who ON who.channel = base.channel AND who.peer = base.peer
                    WHERE SUBSTR(base.peer, 1, 1) <> '-'",
                );
                channels!($sql, "base.channel", $of);
                conditions!($sql, "who", $of);
            }
            Source::Had(of) => {
                $sql.push(
                    " FROM recipient AS base LEFT JOIN subscriber AS who ON who.channel = base.channel AND who.peer = base.peer
                    LEFT JOIN conversation AS talk ON talk.channel = base.channel AND talk.peer = base.peer
                    WHERE base.state IN (2, 5) AND base.broadcast = ",
                )
                .push_bind(of);
            }
        }
    };
}

/// Puts a part of an audience into the ledger of `id`. Whoever is there already stays what they are.
///
/// # Errors
/// When the database fails.
pub async fn gather(tx: &mut Tx, id: BroadcastId, of: Gathering<'_>, part: &Part) -> Result<()> {
    let pilot = of.audience.pilot.clone().unwrap_or_default();
    let had = matches!(of.source, Source::Had(_));
    on!(&mut *tx, connection => {
        let mut sql = QueryBuilder::new("INSERT INTO recipient
            (channel, peer, broadcast, ring, state, lang, place, replaces, not_before, lease_until, tries, settled_at, cause)
            SELECT channel, peer, ");
        sql.push_bind(id);
        sql.push(", ring, CASE WHEN cause = '' THEN 0 ELSE 4 END, lang, place, replaces, 0, 0, 0, CASE WHEN cause <> '' THEN ");
        sql.push_bind(of.now.0).push(" END, cause FROM (SELECT base.channel, base.peer, ");
        if pilot.is_empty() {
            sql.push("2");
        } else {
            sql.push("CASE WHEN who.place = ").push_bind(&pilot).push(" OR who.hamlet = ").push_bind(of.hamlet).push(" THEN 1 ELSE 2 END");
        }
        sql.push(" AS ring, ");
        sql.push(if had { "base.lang AS lang, base.place AS place, base.external_id AS replaces, " }
            else { "COALESCE(who.lang, '') AS lang, COALESCE(who.place, '') AS place, NULL AS replaces, " });
        cause!(sql, of);
        chosen!(sql, of);
        sql.push(" AND base.channel = ").push_bind(&part.channel).push(" AND base.peer > ").push_bind(&part.after);
        sql.push(" AND base.peer <= ").push_bind(&part.until);
        sql.push(") AS found WHERE peer <> '' ON CONFLICT (channel, peer, broadcast) DO NOTHING");
        sql.build().execute(connection).await?.rows_affected()
    });
    count(tx, id, part).await
}

/// Counts what was put into the ledger of a part; the ring of staff is counted by itself.
async fn count(tx: &mut Tx, id: BroadcastId, part: &Part) -> Result<()> {
    const SQL: &str = "INSERT INTO broadcast_count (broadcast, ring, channel, outcome, cause, people)
        SELECT broadcast, ring, channel, state, cause, COUNT(*) FROM recipient
        WHERE broadcast = $1 AND ring > 0 AND channel = $2 AND peer > $3 AND peer <= $4
        GROUP BY broadcast, ring, channel, state, cause
        ON CONFLICT (broadcast, ring, channel, outcome, cause) DO UPDATE SET people = broadcast_count.people + excluded.people";
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(&part.channel).bind(&part.after).bind(&part.until)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// Puts these officers into the first ring, if they told who they are on Telegram and have talked with the bot there.
///
/// # Errors
/// When the database fails.
pub async fn gather_staff(tx: &mut Tx, id: BroadcastId, logins: &[String]) -> Result<()> {
    const COUNT: &str = "INSERT INTO broadcast_count (broadcast, ring, channel, outcome, cause, people)
        SELECT broadcast, ring, channel, state, cause, COUNT(*) FROM recipient WHERE broadcast = $1 AND ring = 0
        GROUP BY broadcast, ring, channel, state, cause
        ON CONFLICT (broadcast, ring, channel, outcome, cause) DO UPDATE SET people = excluded.people";
    if logins.is_empty() {
        return Ok(());
    }
    on!(&mut *tx, connection => {
        let mut sql = QueryBuilder::new("INSERT INTO recipient
                (channel, peer, broadcast, ring, state, lang, place, not_before, lease_until, tries, cause)
            SELECT talk.channel, talk.peer, ");
        sql.push_bind(id).push(", 0, 0, 'vi', '', 0, 0, 0, '' FROM officer
            JOIN conversation AS talk ON talk.channel = 'telegram' AND talk.peer = officer.telegram AND talk.unreachable_since IS NULL
            WHERE officer.ended_at IS NULL AND officer.login IN ");
        sql.push_tuples(logins, |mut row, login| { row.push_bind(login); });
        sql.push(" ON CONFLICT (channel, peer, broadcast) DO NOTHING");
        sql.build().execute(connection).await?.rows_affected()
    });
    on!(tx, connection => sqlx::query(COUNT).bind(id).execute(connection).await?.rows_affected());
    Ok(())
}

/// Makes the first `people` who wait the pilot ring of a broadcast, where nobody is in it.
///
/// # Errors
/// When the database fails.
pub async fn choose_pilot(tx: &mut Tx, id: BroadcastId, people: u32) -> Result<()> {
    const THERE: &str = "SELECT COUNT(*) FROM broadcast_count WHERE broadcast = $1 AND ring = 1 AND people > 0";
    const SQL: &str = "UPDATE recipient SET ring = 1 WHERE state = 0 AND (channel, peer, broadcast) IN
            (SELECT channel, peer, broadcast FROM recipient WHERE broadcast = $1 AND ring = 2 AND state = 0 LIMIT $2)
        RETURNING channel";
    let there: i64 = on!(&mut *tx, connection => sqlx::query_scalar(THERE).bind(id).fetch_one(connection).await?);
    if there > 0 {
        return Ok(());
    }
    let moved: Vec<(String,)> =
        on!(&mut *tx, connection => sqlx::query_as(SQL).bind(id).bind(i64::from(people)).fetch_all(connection).await?);
    let mut deltas = super::recipient::Deltas::default();
    for (channel,) in moved {
        deltas.add(id, Ring::All, &channel, Outcome::Waiting, "", -1);
        deltas.add(id, Ring::Pilot, &channel, Outcome::Waiting, "", 1);
    }
    deltas.write(tx).await
}

/// How many people of an audience are on a channel, and of them how many are not written to, and why.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reached {
    /// The channel.
    pub channel: String,
    /// Why not; empty for those who can be reached.
    pub cause: String,
    /// So many.
    pub people: i64,
    /// Of them, those who wrote since `free`.
    pub free: i64,
}

/// Counts an audience, before anything is sent. Who wrote since `free` costs nothing on a channel that charges.
///
/// # Errors
/// When the database fails.
pub async fn reached(tx: &mut Tx, of: Gathering<'_>, free: Timestamp) -> Result<Vec<Reached>> {
    Ok(on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT channel, cause, COUNT(*) AS people, COUNT(CASE WHEN spoke >= ");
        sql.push_bind(free.0).push(" THEN 1 END) AS free FROM (SELECT base.channel, talk.last_interaction AS spoke, ");
        cause!(sql, of);
        chosen!(sql, of);
        sql.push(") AS found GROUP BY channel, cause ORDER BY channel, cause");
        sql.build_query_as().fetch_all(connection).await?
    }))
}

/// Some people of an audience: where, and their commune.
///
/// # Errors
/// When the database fails.
pub async fn sample(tx: &mut Tx, of: Gathering<'_>, limit: u32) -> Result<Vec<(Address, String)>> {
    let rows: Vec<(String, String, String)> = on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT base.channel, base.peer, COALESCE(who.place, '')");
        chosen!(sql, of);
        sql.push(" LIMIT ").push_bind(i64::from(limit));
        sql.build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(|(channel, peer, place)| Ok((address(&channel, peer)?, place))).collect()
}
