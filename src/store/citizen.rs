//! One citizen at several places: who they are, what they share, and the codes that link.

use uuid::Uuid;

use super::sealed::SHARED;
use super::{Result, StoreError, Tx, address, on};
use crate::domain::{Address, Place, ResumeCode, Timestamp};

/// A citizen, as stored. What they share is the engine's JSON; the store does not read it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Citizen {
    /// Their id.
    pub id: String,
    /// Grows by one whenever what they share changes.
    pub version: i64,
    /// What they share, JSON.
    pub shared: String,
}

/// A place that somebody linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Names it in buttons.
    pub id: Uuid,
    /// What is known of it.
    pub place: Place,
    /// Since when.
    pub linked_at: Timestamp,
}

/// The citizen who linked `at`, if anybody did.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, at: &Address) -> Result<Option<Citizen>> {
    const SQL: &str = "SELECT citizen.id, citizen.version, citizen.shared FROM citizen_place
        JOIN citizen ON citizen.id = citizen_place.citizen WHERE citizen_place.channel = $1 AND citizen_place.peer = $2";
    let found: Option<Citizen> = on!(&mut *tx, connection => sqlx::query_as(SQL).bind(at.channel.as_str()).bind(&at.peer).fetch_optional(connection).await?);
    found.map(|found| Ok(Citizen { shared: tx.seal.read(SHARED, found.shared)?, ..found })).transpose()
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    channel: String,
    peer: String,
    preferred: bool,
    linked_at: i64,
    last_interaction: Option<i64>,
    unreachable_since: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Linked> {
        let id = Uuid::parse_str(&self.id)
            .map_err(|cause| StoreError::Unreadable { what: "id of a place", cause: cause.to_string() })?;
        let place = Place {
            address: address(&self.channel, self.peer)?,
            last: self.last_interaction.map(Timestamp),
            unreachable: self.unreachable_since.is_some(),
            preferred: self.preferred,
        };
        Ok(Linked { id, place, linked_at: Timestamp(self.linked_at) })
    }
}

/// The places of a citizen, in the order in which they were linked.
///
/// # Errors
/// When the database fails.
pub async fn places(tx: &mut Tx, citizen: &str) -> Result<Vec<Linked>> {
    const SQL: &str =
        "SELECT place.id, place.channel, place.peer, place.preferred, place.linked_at, conversation.last_interaction,
            conversation.unreachable_since
        FROM citizen_place AS place
        LEFT JOIN conversation ON conversation.channel = place.channel AND conversation.peer = place.peer
        WHERE place.citizen = $1 ORDER BY place.linked_at, place.id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(citizen).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// A place, and the other places of whoever linked it.
///
/// # Errors
/// When the database fails.
pub async fn addresses(tx: &mut Tx, here: &Address) -> Result<Vec<Address>> {
    let mut all = vec![here.clone()];
    if let Some(citizen) = of(tx, here).await? {
        let linked = places(tx, &citizen.id).await?.into_iter().map(|linked| linked.place.address);
        all.extend(linked.filter(|place| place != here));
    }
    Ok(all)
}

/// Makes a citizen who shares `shared`.
///
/// # Errors
/// When the database fails.
pub async fn create(tx: &mut Tx, id: Uuid, shared: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO citizen (id, version, shared, created_at) VALUES ($1, 1, $2, $3)";
    let shared = tx.seal.text(SHARED, shared);
    on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(shared).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Holds what a citizen shares until the end of the transaction. False when it is no longer as it was at `version`.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, id: &str, version: i64) -> Result<bool> {
    const SQL: &str = "UPDATE citizen SET version = version WHERE id = $1 AND version = $2";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(id).bind(version).execute(connection).await?.rows_affected()) > 0)
}

/// Writes what a citizen shares from now on.
///
/// # Errors
/// When the database fails.
pub async fn share(tx: &mut Tx, id: &str, shared: &str) -> Result<()> {
    const SQL: &str = "UPDATE citizen SET version = version + 1, shared = $2 WHERE id = $1";
    let shared = tx.seal.text(SHARED, shared);
    on!(tx, connection => sqlx::query(SQL).bind(id).bind(shared).execute(connection).await?.rows_affected());
    Ok(())
}

/// Adds a place to a citizen, or moves it to them. `consent` is the wording they agreed to.
///
/// # Errors
/// When the database fails.
pub async fn add_place(tx: &mut Tx, citizen: &str, at: &Address, id: Uuid, consent: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO citizen_place (channel, peer, citizen, id, linked_at, consent, preferred)
        VALUES ($1, $2, $3, $4, $5, $6, FALSE) ON CONFLICT (channel, peer) DO UPDATE SET citizen = excluded.citizen";
    on!(tx, connection => sqlx::query(SQL).bind(at.channel.as_str()).bind(&at.peer).bind(citizen).bind(id.to_string())
        .bind(now.0).bind(consent).execute(connection).await?.rows_affected());
    Ok(())
}

/// All places of `from` become those of `to`, none of them preferred; `from` is gone.
///
/// # Errors
/// When the database fails.
pub async fn merge(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    const MOVE: &str = "UPDATE citizen_place SET citizen = $2, preferred = FALSE WHERE citizen = $1";
    on!(&mut *tx, connection => sqlx::query(MOVE).bind(from).bind(to).execute(connection).await?.rows_affected());
    forget_lonely(tx, from).await
}

/// Makes one place of a citizen the preferred one.
///
/// # Errors
/// When the database fails.
pub async fn prefer(tx: &mut Tx, citizen: &str, place: Uuid) -> Result<()> {
    const SQL: &str = "UPDATE citizen_place SET preferred = (id = $2) WHERE citizen = $1";
    on!(tx, connection => sqlx::query(SQL).bind(citizen).bind(place.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}

/// Takes a place away from a citizen. What was shared stays with the others, be it one.
///
/// # Errors
/// When the database fails.
pub async fn remove_place(tx: &mut Tx, citizen: &str, place: Uuid) -> Result<()> {
    const SQL: &str = "DELETE FROM citizen_place WHERE citizen = $1 AND id = $2";
    on!(&mut *tx, connection => sqlx::query(SQL).bind(citizen).bind(place.to_string()).execute(connection).await?.rows_affected());
    forget_lonely(tx, citizen).await
}

/// Takes away the place `at`, whoever linked it, and the codes offered there.
///
/// # Errors
/// When the database fails.
pub async fn forget_place(tx: &mut Tx, at: &Address) -> Result<()> {
    const OFFERS: &str = "DELETE FROM link_offer WHERE channel = $1 AND peer = $2";
    const PLACE: &str = "DELETE FROM citizen_place WHERE channel = $1 AND peer = $2";
    let citizen = of(tx, at).await?;
    for sql in [OFFERS, PLACE] {
        on!(&mut *tx, connection => sqlx::query(sql).bind(at.channel.as_str()).bind(&at.peer).execute(connection).await?.rows_affected());
    }
    match citizen {
        Some(citizen) => forget_lonely(tx, &citizen.id).await,
        None => Ok(()),
    }
}

/// Forgets a citizen who has no place left.
async fn forget_lonely(tx: &mut Tx, citizen: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM citizen WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM citizen_place WHERE citizen_place.citizen = $1)";
    on!(tx, connection => sqlx::query(SQL).bind(citizen).execute(connection).await?.rows_affected());
    Ok(())
}

/// Offers to link `at` to wherever `code` is typed until then. A place has one offer. False when the code is taken.
///
/// # Errors
/// When the database fails.
pub async fn offer(tx: &mut Tx, code: &ResumeCode, at: &Address, until: Timestamp) -> Result<bool> {
    const OLD: &str = "DELETE FROM link_offer WHERE channel = $1 AND peer = $2";
    const SQL: &str =
        "INSERT INTO link_offer (code, channel, peer, offered_until) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING";
    let (channel, peer) = (at.channel.as_str(), &at.peer);
    on!(&mut *tx, connection => sqlx::query(OLD).bind(channel).bind(peer).execute(connection).await?.rows_affected());
    let added = on!(tx, connection => sqlx::query(SQL).bind(code.as_str()).bind(channel).bind(peer).bind(until.0)
        .execute(connection).await?.rows_affected());
    Ok(added > 0)
}

/// Where `code` was offered, if it still is.
///
/// # Errors
/// When the database fails.
pub async fn offered(tx: &mut Tx, code: &ResumeCode, now: Timestamp) -> Result<Option<Address>> {
    const SQL: &str = "SELECT channel, peer FROM link_offer WHERE code = $1 AND offered_until > $2";
    let found: Option<(String, String)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(code.as_str()).bind(now.0).fetch_optional(connection).await?);
    found.map(|(channel, peer)| address(&channel, peer)).transpose()
}

/// Takes an offer: nobody else can. Where it was made, if it still was there.
///
/// # Errors
/// When the database fails.
pub async fn take_offer(tx: &mut Tx, code: &ResumeCode, now: Timestamp) -> Result<Option<Address>> {
    const SQL: &str = "DELETE FROM link_offer WHERE code = $1 AND offered_until > $2 RETURNING channel, peer";
    let taken: Option<(String, String)> =
        on!(tx, connection => sqlx::query_as(SQL).bind(code.as_str()).bind(now.0).fetch_optional(connection).await?);
    taken.map(|(channel, peer)| address(&channel, peer)).transpose()
}

/// Forgets whoever linked `at` to other places, when there is no conversation left at any of them.
///
/// # Errors
/// When the database fails.
pub async fn forget_silent(tx: &mut Tx, at: &Address) -> Result<()> {
    const PLACES: &str = "DELETE FROM citizen_place WHERE citizen = $1 AND NOT EXISTS (SELECT 1 FROM citizen_place AS place
        JOIN conversation ON conversation.channel = place.channel AND conversation.peer = place.peer WHERE place.citizen = $1)";
    let Some(citizen) = of(tx, at).await? else { return Ok(()) };
    on!(&mut *tx, connection => sqlx::query(PLACES).bind(&citizen.id).execute(connection).await?.rows_affected());
    forget_lonely(tx, &citizen.id).await
}

/// Forgets offers that are over.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, now: Timestamp) -> Result<()> {
    const OFFERS: &str = "DELETE FROM link_offer WHERE offered_until <= $1";
    on!(tx, connection => sqlx::query(OFFERS).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}
