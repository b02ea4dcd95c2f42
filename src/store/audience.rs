//! Gathering an audience into the ledger, part by part: each is a short transaction, so that answers go on meanwhile.

use sqlx::QueryBuilder;

use super::{Result, Tx, address, on};
use crate::domain::broadcast::{Audience, BroadcastId, Outcome, Ring, Topic};
use crate::domain::{Address, Timestamp};

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

/// The conditions of an audience, over `who` (a subscriber, perhaps) and `talk` (a conversation, perhaps).
macro_rules! conditions {
    ($sql:ident, $source:ident, $audience:ident, $now:ident) => {
        if !$audience.places.is_empty() {
            $sql.push(" AND (who.place IN ");
            $sql.push_tuples(&$audience.places, |mut row, place| {
                row.push_bind(place);
            });
            $sql.push(if $audience.unplaced { " OR COALESCE(who.place, '') = '')" } else { ")" });
        }
        if !$audience.topics.is_empty() {
            $sql.push(" AND (who.topics & ").push_bind(Topic::bits(&$audience.topics)).push(") <> 0");
        }
        if let Some(lang) = $audience.lang {
            $sql.push(" AND who.lang = ").push_bind(lang.code());
        }
        if !$audience.channels.is_empty() {
            $sql.push(" AND base.channel IN ");
            $sql.push_tuples(&$audience.channels, |mut row, channel| {
                row.push_bind(channel.as_str());
            });
        }
        if let Some(code) = &$audience.dossier_of {
            // Open: not refused, withdrawn, stopped or handed over (see `Status`).
            $sql.push(
                " AND EXISTS (SELECT 1 FROM follow JOIN dossier ON dossier.key = follow.dossier
                    WHERE follow.channel = base.channel AND follow.peer = base.peer AND dossier.status NOT IN (3, 7, 8, 10)
                    AND dossier.procedure_code = ",
            )
            .push_bind(code)
            .push(")");
        }
        if let Some(asked) = &$audience.asked {
            let since = $now.minus(std::time::Duration::from_secs(u64::from(asked.days) * 86_400));
            $sql.push(
                " AND EXISTS (SELECT 1 FROM interest WHERE interest.channel = base.channel AND interest.peer = base.peer
                    AND interest.guide = ",
            )
            .push_bind(&asked.guide)
            .push(" AND interest.at >= ")
            .push_bind(since.0)
            .push(")");
        }
        // Somebody who linked several places is told at one of them: the one they prefer, else the first.
        $sql.push(
            " AND NOT EXISTS (SELECT 1 FROM citizen_place AS here JOIN citizen_place AS there ON there.citizen = here.citizen JOIN ",
        );
        $sql.push(if $source == Source::Everybody { "conversation" } else { "subscriber" });
        $sql.push(
            " AS other ON other.channel = there.channel AND other.peer = there.peer
            WHERE here.channel = base.channel AND here.peer = base.peer
            AND ((there.preferred AND NOT here.preferred) OR (there.preferred = here.preferred
                AND (there.channel < here.channel OR (there.channel = here.channel AND there.peer < here.peer))))",
        );
        if !$audience.channels.is_empty() {
            $sql.push(" AND there.channel IN ");
            $sql.push_tuples(&$audience.channels, |mut row, channel| {
                row.push_bind(channel.as_str());
            });
        }
        $sql.push(")");
    };
}

/// The tables an audience is taken from: `base` has channel and peer.
fn tables(source: Source) -> &'static str {
    match source {
        Source::Subscribers => {
            " FROM subscriber AS base JOIN subscriber AS who ON who.channel = base.channel AND who.peer = base.peer
            LEFT JOIN conversation AS talk ON talk.channel = base.channel AND talk.peer = base.peer"
        }
        Source::Everybody => {
            " FROM conversation AS base JOIN conversation AS talk ON talk.channel = base.channel AND talk.peer = base.peer
            LEFT JOIN subscriber AS who ON who.channel = base.channel AND who.peer = base.peer"
        }
        Source::Had(_) => {
            " FROM recipient AS base LEFT JOIN subscriber AS who ON who.channel = base.channel AND who.peer = base.peer
            LEFT JOIN conversation AS talk ON talk.channel = base.channel AND talk.peer = base.peer"
        }
    }
}

/// Not to be written to: they blocked us, or are gone. A conversation that went quiet was forgotten, and its place can be written to.
const GONE: &str = "talk.unreachable_since IS NOT NULL";

/// Puts a part of an audience into the ledger of `id`. Whoever is there already stays what they are.
///
/// # Errors
/// When the database fails.
pub async fn gather(
    tx: &mut Tx,
    id: BroadcastId,
    source: Source,
    audience: &Audience,
    part: &Part,
    now: Timestamp,
) -> Result<()> {
    let pilot = audience.pilot.clone().unwrap_or_default();
    let had = matches!(source, Source::Had(_));
    on!(&mut *tx, connection => {
        let mut sql = QueryBuilder::new("INSERT INTO recipient
            (channel, peer, broadcast, ring, state, lang, place, replaces, not_before, lease_until, tries, settled_at, cause)
            SELECT base.channel, base.peer, ");
        sql.push_bind(id);
        if pilot.is_empty() {
            sql.push(", 2");
        } else {
            sql.push(", CASE WHEN who.place = ").push_bind(&pilot).push(" OR who.hamlet = ").push_bind(&pilot).push(" THEN 1 ELSE 2 END");
        }
        sql.push(", CASE WHEN ").push(GONE).push(" THEN 4 ELSE 0 END, ");
        sql.push(if had { "base.lang, base.place, base.external_id" } else { "COALESCE(who.lang, ''), COALESCE(who.place, ''), NULL" });
        sql.push(", 0, 0, 0, CASE WHEN ").push(GONE).push(" THEN ").push_bind(now.0);
        sql.push(" END, CASE WHEN ").push(GONE).push(" THEN 'unreachable' ELSE '' END").push(tables(source));
        sql.push(" WHERE base.channel = ").push_bind(&part.channel).push(" AND base.peer > ").push_bind(&part.after);
        sql.push(" AND base.peer <= ").push_bind(&part.until);
        match source {
            Source::Had(of) => { sql.push(" AND base.state IN (2, 5) AND base.broadcast = ").push_bind(of); }
            Source::Subscribers => {}
            // Groups have negative ids on Telegram: an emergency is told to people.
            Source::Everybody => { sql.push(" AND SUBSTR(base.peer, 1, 1) <> '-'"); }
        }
        if !had {
            conditions!(sql, source, audience, now);
        }
        sql.push(" ON CONFLICT (channel, peer, broadcast) DO NOTHING");
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

/// Puts officers who told who they are on Telegram, and have talked with the bot there, into the first ring.
///
/// # Errors
/// When the database fails.
pub async fn gather_staff(tx: &mut Tx, id: BroadcastId) -> Result<()> {
    const SQL: &str = "INSERT INTO recipient
            (channel, peer, broadcast, ring, state, lang, place, not_before, lease_until, tries, cause)
        SELECT talk.channel, talk.peer, $1, 0, 0, 'vi', '', 0, 0, 0, '' FROM officer
        JOIN conversation AS talk ON talk.channel = 'telegram' AND talk.peer = officer.telegram AND talk.unreachable_since IS NULL
        WHERE officer.ended_at IS NULL ON CONFLICT (channel, peer, broadcast) DO NOTHING";
    const COUNT: &str = "INSERT INTO broadcast_count (broadcast, ring, channel, outcome, cause, people)
        SELECT broadcast, ring, channel, state, cause, COUNT(*) FROM recipient WHERE broadcast = $1 AND ring = 0
        GROUP BY broadcast, ring, channel, state, cause
        ON CONFLICT (broadcast, ring, channel, outcome, cause) DO UPDATE SET people = excluded.people";
    for sql in [SQL, COUNT] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(id).execute(connection).await?.rows_affected());
    }
    Ok(())
}

/// Makes the first `people` who wait the pilot ring of a broadcast that names none.
///
/// # Errors
/// When the database fails.
pub async fn choose_pilot(tx: &mut Tx, id: BroadcastId, people: u32) -> Result<()> {
    const SQL: &str = "UPDATE recipient SET ring = 1 WHERE (channel, peer, broadcast) IN
            (SELECT channel, peer, broadcast FROM recipient WHERE broadcast = $1 AND ring = 2 AND state = 0 LIMIT $2)
        RETURNING channel";
    let moved: Vec<(String,)> =
        on!(&mut *tx, connection => sqlx::query_as(SQL).bind(id).bind(i64::from(people)).fetch_all(connection).await?);
    let mut deltas = super::recipient::Deltas::default();
    for (channel,) in moved {
        deltas.add(id, Ring::All, &channel, Outcome::Waiting, "", -1);
        deltas.add(id, Ring::Pilot, &channel, Outcome::Waiting, "", 1);
    }
    deltas.write(tx).await
}

/// How many people of an audience are on each channel, and of them how many are gone, last wrote before `free`, and before `paid`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reached {
    /// The channel.
    pub channel: String,
    /// Everybody.
    pub people: i64,
    /// They blocked us or are gone.
    pub gone: i64,
    /// Not gone, and wrote since `free`.
    pub free: i64,
    /// Not gone, and wrote between `paid` and `free`.
    pub paid: i64,
}

/// Counts an audience, before anything is sent.
///
/// # Errors
/// When the database fails.
pub async fn reached(
    tx: &mut Tx,
    source: Source,
    audience: &Audience,
    free: Timestamp,
    paid: Timestamp,
    now: Timestamp,
) -> Result<Vec<Reached>> {
    Ok(on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT base.channel, COUNT(*) AS people, COUNT(CASE WHEN ");
        sql.push(GONE).push(" THEN 1 END) AS gone, COUNT(CASE WHEN NOT (").push(GONE).push(") AND talk.last_interaction >= ").push_bind(free.0);
        sql.push(" THEN 1 END) AS free, COUNT(CASE WHEN NOT (").push(GONE).push(") AND talk.last_interaction < ").push_bind(free.0);
        sql.push(" AND talk.last_interaction >= ").push_bind(paid.0).push(" THEN 1 END) AS paid").push(tables(source)).push(" WHERE ");
        match source {
            Source::Had(of) => { sql.push("base.state IN (2, 5) AND base.broadcast = ").push_bind(of); }
            Source::Subscribers => { sql.push("base.peer <> ''"); conditions!(sql, source, audience, now); }
            Source::Everybody => { sql.push("SUBSTR(base.peer, 1, 1) <> '-'"); conditions!(sql, source, audience, now); }
        }
        sql.push(" GROUP BY base.channel ORDER BY base.channel");
        sql.build_query_as().fetch_all(connection).await?
    }))
}

/// Some people of an audience: where, and their commune.
///
/// # Errors
/// When the database fails.
pub async fn sample(
    tx: &mut Tx,
    source: Source,
    audience: &Audience,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<(Address, String)>> {
    let rows: Vec<(String, String, String)> = on!(tx, connection => {
        let mut sql = QueryBuilder::new("SELECT base.channel, base.peer, COALESCE(who.place, '')");
        sql.push(tables(source)).push(" WHERE ");
        match source {
            Source::Had(of) => { sql.push("base.state IN (2, 5) AND base.broadcast = ").push_bind(of); }
            Source::Subscribers => { sql.push("base.peer <> ''"); conditions!(sql, source, audience, now); }
            Source::Everybody => { sql.push("SUBSTR(base.peer, 1, 1) <> '-'"); conditions!(sql, source, audience, now); }
        }
        sql.push(" LIMIT ").push_bind(i64::from(limit));
        sql.build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(|(channel, peer, place)| Ok((address(&channel, peer)?, place))).collect()
}
