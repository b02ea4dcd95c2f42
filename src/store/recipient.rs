//! The ledger of broadcasts, a row for each recipient. Whoever changes a row's state changes the numbers in the same transaction
//! ([`Deltas`]): no page counts a million rows.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::{Result, Tx, address, broadcast, on};
use crate::domain::broadcast::{BroadcastId, Count, Outcome, Recipient, Ring};
use crate::domain::{Address, ChannelName, Lang, Timestamp};

/// Rows changed in one transaction where there may be many.
const ROWS: i64 = 2_000;
/// Why of those who were taken out of the ledger: they have no row.
pub const ERASED: &str = "erased";

/// What changed in the ledger: to be written before the transaction ends.
#[derive(Debug, Default)]
pub struct Deltas(BTreeMap<(BroadcastId, Ring, String, Outcome, String), i64>);

impl Deltas {
    /// So many people of a kind more, or less.
    pub fn add(&mut self, id: BroadcastId, ring: Ring, channel: &str, outcome: Outcome, cause: &str, people: i64) {
        *self.0.entry((id, ring, channel.to_owned(), outcome, cause.to_owned())).or_default() += people;
    }

    /// Somebody who waited does so no more.
    pub fn ended(&mut self, id: BroadcastId, ring: Ring, channel: &str, outcome: Outcome, cause: &str) {
        self.add(id, ring, channel, Outcome::Waiting, "", -1);
        self.add(id, ring, channel, outcome, cause, 1);
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        for ((id, ring, channel, outcome, cause), people) in self.0.into_iter().filter(|(_, people)| *people != 0) {
            broadcast::add_count(tx, id, &Count { ring, channel, outcome, cause, people }).await?;
        }
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    peer: String,
    ring: i64,
    lang: String,
    place: String,
    replaces: Option<String>,
    tries: i64,
    agreed: bool,
}

/// Takes on up to `limit` recipients of a broadcast on `channel` until `lease_until`, and whether each still agrees to be told.
/// Whoever talks with an officer right now waits, but for an emergency.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    of: &broadcast::Running,
    channel: ChannelName,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<(Recipient, bool)>> {
    macro_rules! sql {
        ($lock:literal) => {
            concat!(
                "UPDATE recipient SET state = 1, lease_until = $5 WHERE state = 0 AND (channel, peer, broadcast) IN (
                    SELECT channel, peer, broadcast FROM recipient AS due
                    WHERE broadcast = $1 AND channel = $2 AND ring <= $3 AND state = 0 AND not_before <= $4
                    AND ($7 OR NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.channel = due.channel AND ticket.peer = due.peer
                        AND ticket.closed_at IS NULL AND ticket.officer IS NOT NULL))
                    ORDER BY ring, peer LIMIT $6 ",
                $lock,
                ") RETURNING peer, ring, lang, place, replaces, tries, EXISTS (SELECT 1 FROM subscriber
                    WHERE subscriber.channel = recipient.channel AND subscriber.peer = recipient.peer) AS agreed"
            )
        };
    }
    let sql = if tx.is_shared() { sql!("FOR UPDATE SKIP LOCKED") } else { sql!("") };
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(sql).bind(of.id).bind(channel.as_str()).bind(of.ring.number())
        .bind(now.0).bind(lease_until.0).bind(i64::from(limit)).bind(of.urgent).fetch_all(connection).await?);
    let read = |row: Row| {
        let recipient = Recipient {
            broadcast: of.id,
            to: Address::new(channel, row.peer),
            lang: Lang::from_tag(&row.lang),
            place: row.place,
            ring: Ring::from_number(row.ring),
            replaces: row.replaces,
            tries: row.tries,
        };
        (recipient, row.agreed)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Notes that these were sent: peer, and the channel's id of the message. The rings of those who were being sent to: whom another
/// process called uncertain meanwhile stays that.
///
/// # Errors
/// When the database fails.
pub async fn sent(
    tx: &mut Tx,
    id: BroadcastId,
    channel: ChannelName,
    done: &[(&str, Option<&str>)],
    now: Timestamp,
) -> Result<Vec<Ring>> {
    let rings: Vec<(i64,)> = on!(tx, connection => {
        let mut sql = QueryBuilder::new("WITH done (peer, external_id) AS (");
        sql.push_values(done, |mut row, (peer, external_id)| { row.push_bind(*peer).push_bind(*external_id); });
        sql.push(") UPDATE recipient SET state = 2, external_id = done.external_id, settled_at = ").push_bind(now.0);
        sql.push(" FROM done WHERE recipient.peer = done.peer AND recipient.channel = ").push_bind(channel.as_str());
        sql.push(" AND recipient.broadcast = ").push_bind(id).push(" AND recipient.state = 1 RETURNING recipient.ring");
        sql.build_query_as().fetch_all(connection).await?
    });
    Ok(rings.into_iter().map(|(ring,)| Ring::from_number(ring)).collect())
}

/// Ends a recipient who waits. False when they waited no more.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, of: &Recipient, outcome: Outcome, cause: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE recipient SET state = $4, cause = $5, settled_at = $6
        WHERE channel = $1 AND peer = $2 AND broadcast = $3 AND state IN (0, 1)";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(of.to.channel.as_str()).bind(&of.to.peer).bind(of.broadcast)
        .bind(outcome.number()).bind(cause).bind(now.0).execute(connection).await?.rows_affected())
        > 0)
}

/// Puts a recipient back who certainly did not get it, to be tried again from `not_before`.
///
/// # Errors
/// When the database fails.
pub async fn put_back(tx: &mut Tx, of: &Recipient, not_before: Timestamp, failed: bool) -> Result<()> {
    const SQL: &str = "UPDATE recipient SET state = 0, not_before = $4, tries = tries + $5
        WHERE channel = $1 AND peer = $2 AND broadcast = $3 AND state = 1";
    on!(tx, connection => sqlx::query(SQL).bind(of.to.channel.as_str()).bind(&of.to.peer).bind(of.broadcast)
        .bind(not_before.0).bind(i64::from(failed)).execute(connection).await?.rows_affected());
    Ok(())
}

/// Gives a recipient who moved their new address; false when somebody is there who has it already.
///
/// # Errors
/// When the database fails.
pub async fn relocate(tx: &mut Tx, of: &Recipient, peer: &str) -> Result<bool> {
    const SQL: &str = "UPDATE recipient SET peer = $4 WHERE channel = $1 AND peer = $2 AND broadcast = $3 AND NOT EXISTS
        (SELECT 1 FROM recipient AS there WHERE there.channel = $1 AND there.peer = $4 AND there.broadcast = $3)";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(of.to.channel.as_str()).bind(&of.to.peer).bind(of.broadcast).bind(peer)
        .execute(connection).await?.rows_affected())
        > 0)
}

/// Whether a process died with sends under way.
///
/// # Errors
/// When the database fails.
pub async fn is_expired(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    const SQL: &str = "SELECT broadcast FROM recipient WHERE state = 1 AND lease_until <= $1 LIMIT 1";
    let found: Option<i64> = on!(tx, connection => sqlx::query_scalar(SQL).bind(now.0).fetch_optional(connection).await?);
    Ok(found.is_some())
}

/// Ends sends of a process that died: they may have arrived.
///
/// # Errors
/// When the database fails.
pub async fn expire(tx: &mut Tx, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE recipient SET state = 5, cause = 'interrupted', settled_at = $1
        WHERE state = 1 AND lease_until <= $1 RETURNING broadcast, ring, channel";
    let over: Vec<(i64, i64, String)> = on!(&mut *tx, connection => sqlx::query_as(SQL).bind(now.0).fetch_all(connection).await?);
    let mut deltas = Deltas::default();
    for (id, ring, channel) in over {
        deltas.ended(id, Ring::from_number(ring), &channel, Outcome::Uncertain, "interrupted");
    }
    deltas.write(tx).await
}

/// Skips those who have been with an officer all the time that a broadcast was sent.
///
/// # Errors
/// When the database fails.
pub async fn skip_waiting(tx: &mut Tx, id: BroadcastId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE recipient SET state = 4, cause = 'officer', settled_at = $2 WHERE broadcast = $1 AND state = 0
        RETURNING ring, channel";
    let over: Vec<(i64, String)> =
        on!(&mut *tx, connection => sqlx::query_as(SQL).bind(id).bind(now.0).fetch_all(connection).await?);
    let mut deltas = Deltas::default();
    for (ring, channel) in over {
        deltas.ended(id, Ring::from_number(ring), &channel, Outcome::Skipped, "officer");
    }
    deltas.write(tx).await
}

/// Skips some of those who still wait for a broadcast that was cancelled. False when nobody did.
///
/// # Errors
/// When the database fails.
pub async fn cancel(tx: &mut Tx, id: BroadcastId, now: Timestamp) -> Result<bool> {
    const SQL: &str =
        "UPDATE recipient SET state = 4, cause = 'cancelled', settled_at = $2 WHERE state = 0 AND (channel, peer, broadcast) IN
            (SELECT channel, peer, broadcast FROM recipient WHERE broadcast = $1 AND state = 0 LIMIT $3)
        RETURNING channel, ring";
    let over: Vec<(String, i64)> =
        on!(&mut *tx, connection => sqlx::query_as(SQL).bind(id).bind(now.0).bind(ROWS).fetch_all(connection).await?);
    let some = !over.is_empty();
    let mut deltas = Deltas::default();
    for (channel, ring) in over {
        deltas.ended(id, Ring::from_number(ring), &channel, Outcome::Skipped, "cancelled");
    }
    deltas.write(tx).await?;
    Ok(some)
}

/// Whoever wants no more broadcasts gets none that waits for them, but for emergencies; where they live is forgotten.
///
/// # Errors
/// When the database fails.
pub async fn stop(tx: &mut Tx, who: &Address, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE recipient SET state = 4, cause = 'stopped', settled_at = $3 WHERE channel = $1 AND peer = $2
        AND state = 0 AND broadcast IN (SELECT id FROM broadcast WHERE NOT urgent) RETURNING broadcast, ring";
    const PLACE: &str = "UPDATE recipient SET place = '' WHERE channel = $1 AND peer = $2";
    on!(&mut *tx, connection => sqlx::query(PLACE).bind(who.channel.as_str()).bind(&who.peer).execute(connection).await?.rows_affected());
    let over: Vec<(i64, i64)> = on!(&mut *tx, connection => sqlx::query_as(SQL)
        .bind(who.channel.as_str()).bind(&who.peer).bind(now.0).fetch_all(connection).await?);
    let mut deltas = Deltas::default();
    for (id, ring) in over {
        deltas.ended(id, Ring::from_number(ring), who.channel.as_str(), Outcome::Skipped, "stopped");
    }
    deltas.write(tx).await
}

/// Takes somebody out of the ledger: that there was somebody, and what became of them, stays counted.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, who: &Address) -> Result<()> {
    const SQL: &str = "DELETE FROM recipient WHERE channel = $1 AND peer = $2 RETURNING broadcast, ring, state, cause";
    let gone: Vec<(i64, i64, i64, String)> = on!(&mut *tx, connection => sqlx::query_as(SQL)
        .bind(who.channel.as_str()).bind(&who.peer).fetch_all(connection).await?);
    let mut deltas = Deltas::default();
    for (id, ring, state, cause) in gone {
        let (ring, outcome, channel) = (Ring::from_number(ring), Outcome::from_number(state), who.channel.as_str());
        let after = if outcome == Outcome::Waiting { Outcome::Skipped } else { outcome };
        deltas.add(id, ring, channel, outcome, &cause, -1);
        deltas.add(id, ring, channel, after, ERASED, 1);
    }
    deltas.write(tx).await
}

/// Whether somebody in these rings is still to be tried, or is being tried.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx, id: BroadcastId, up_to: Ring) -> Result<bool> {
    // PostgreSQL sums BIGINT to NUMERIC.
    const SQL: &str = "SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) FROM broadcast_count WHERE broadcast = $1 AND ring <= $2 AND outcome = 0";
    let open: i64 = on!(tx, connection => sqlx::query_scalar(SQL).bind(id).bind(up_to.number()).fetch_one(connection).await?);
    Ok(open > 0)
}

/// Whether somebody in these rings can be tried now, or is being tried: not those who only wait for an officer's leave.
///
/// # Errors
/// When the database fails.
pub async fn is_moving(tx: &mut Tx, id: BroadcastId, up_to: Ring) -> Result<bool> {
    const WAITING: &str = "SELECT peer FROM recipient AS due WHERE broadcast = $1 AND ring <= $2 AND state = 0
        AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.channel = due.channel AND ticket.peer = due.peer
            AND ticket.closed_at IS NULL AND ticket.officer IS NOT NULL) LIMIT 1";
    const GOING: &str = "SELECT peer FROM recipient WHERE broadcast = $1 AND ring <= $2 AND state = 1 LIMIT 1";
    for sql in [WAITING, GOING] {
        let found: Option<String> =
            on!(&mut *tx, connection => sqlx::query_scalar(sql).bind(id).bind(up_to.number()).fetch_optional(connection).await?);
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A row of the ledger, to be read by people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where they are.
    pub to: Address,
    /// In which ring.
    pub ring: Ring,
    /// What became of them.
    pub outcome: Outcome,
    /// Why.
    pub cause: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// As a line of a file: where they are stays masked.
impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = self.at.map(|at| at.to_string()).unwrap_or_default();
        write!(f, "{},{},{},{},{at}", self.to.masked(), self.ring.name(), self.outcome.name(), self.cause)
    }
}

impl Line {
    /// What stands above such lines.
    pub const HEAD: &str = "where,ring,outcome,cause,at";
}

/// Some rows of the ledger after that address, in order.
///
/// # Errors
/// When the database fails.
pub async fn lines(tx: &mut Tx, id: BroadcastId, after: &(String, String), limit: u32) -> Result<Vec<Line>> {
    const SQL: &str = "SELECT channel, peer, ring, state, cause, settled_at FROM recipient
        WHERE broadcast = $1 AND (channel, peer) > ($2, $3) ORDER BY channel, peer LIMIT $4";
    let rows: Vec<(String, String, i64, i64, String, Option<i64>)> = on!(tx, connection => sqlx::query_as(SQL)
        .bind(id).bind(&after.0).bind(&after.1).bind(i64::from(limit)).fetch_all(connection).await?);
    let read = |(channel, peer, ring, state, cause, at): (String, String, i64, i64, String, Option<i64>)| {
        Ok(Line {
            to: address(&channel, peer)?,
            ring: Ring::from_number(ring),
            outcome: Outcome::from_number(state),
            cause,
            at: at.map(Timestamp),
        })
    };
    rows.into_iter().map(read).collect()
}

/// The same counted from the rows themselves, to prove the numbers.
///
/// # Errors
/// When the database fails.
pub async fn recount(tx: &mut Tx, id: BroadcastId) -> Result<Vec<Count>> {
    const SQL: &str = "SELECT ring, channel, CASE WHEN state = 1 THEN 0 ELSE state END, cause, COUNT(*) FROM recipient
        WHERE broadcast = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";
    let rows: Vec<(i64, String, i64, String, i64)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(id).fetch_all(connection).await?);
    let read = |(ring, channel, outcome, cause, people)| {
        let (ring, outcome) = (Ring::from_number(ring), Outcome::from_number(outcome));
        Count { ring, channel, outcome, cause, people }
    };
    Ok(rows.into_iter().map(read).collect())
}
