//! Agencies whose software talks to us, the requests they signed, and who looked at what.

use std::collections::BTreeSet;

use super::{Result, Tx, from_json, on};
use crate::domain::Timestamp;

/// An agency, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Agency {
    /// Its short name, in keys and headers.
    pub slug: String,
    /// Its name, as citizens know it.
    pub name: String,
    /// Its telephone.
    pub hotline: Option<String>,
    /// How its software names fields.
    pub mapping: String,
    /// SHA-256 of its bearer key.
    pub key_hash: String,
    /// The key it signs with, sealed.
    pub hmac_key: String,
    /// How the codes of its dossiers begin: JSON, a list.
    pub prefixes: String,
}

/// Writes an agency, in the place of what there was under its slug.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, agency: &Agency, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO agency (slug, name, hotline, mapping, key_hash, hmac_key, prefixes, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (slug) DO UPDATE SET name = excluded.name, hotline = excluded.hotline,
            mapping = excluded.mapping, key_hash = excluded.key_hash, hmac_key = excluded.hmac_key, prefixes = excluded.prefixes, ended_at = NULL";
    on!(tx, connection => sqlx::query(SQL).bind(&agency.slug).bind(&agency.name).bind(&agency.hotline).bind(&agency.mapping)
        .bind(&agency.key_hash).bind(&agency.hmac_key).bind(&agency.prefixes).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The agency of that slug, if its keys still work.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, slug: &str) -> Result<Option<Agency>> {
    const SQL: &str = "SELECT slug, name, hotline, mapping, key_hash, hmac_key, prefixes FROM agency
        WHERE slug = $1 AND ended_at IS NULL";
    Ok(on!(tx, connection => sqlx::query_as(SQL).bind(slug).fetch_optional(connection).await?))
}

/// All agencies whose keys work.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx) -> Result<Vec<Agency>> {
    const SQL: &str = "SELECT slug, name, hotline, mapping, key_hash, hmac_key, prefixes FROM agency
        WHERE ended_at IS NULL ORDER BY slug";
    Ok(on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?))
}

/// The short names of all agencies, of those whose keys were ended as well: their dossiers and conversations are still there.
///
/// # Errors
/// When the database fails.
pub async fn names(tx: &mut Tx) -> Result<BTreeSet<String>> {
    let names: Vec<String> = on!(tx, connection => sqlx::query_scalar("SELECT slug FROM agency").fetch_all(connection).await?);
    Ok(names.into_iter().collect())
}

/// Whose dossiers' codes begin how, of agencies that said so.
///
/// # Errors
/// When the database fails.
pub async fn prefixes(tx: &mut Tx) -> Result<Vec<(String, Vec<String>)>> {
    const SQL: &str = "SELECT slug, prefixes FROM agency WHERE prefixes <> '[]' AND ended_at IS NULL";
    let rows: Vec<(String, String)> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    rows.into_iter().map(|(slug, list)| Ok((slug, from_json("prefixes", &list)?))).collect()
}

/// Ends the keys of an agency. False when there is none.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, slug: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE agency SET ended_at = $2 WHERE slug = $1 AND ended_at IS NULL";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(slug).bind(now.0).execute(connection).await?.rows_affected()) > 0)
}

/// Notes a signature that is believed until then. False when it was seen before.
///
/// # Errors
/// When the database fails.
pub async fn first_seen(tx: &mut Tx, signature: &str, until: Timestamp) -> Result<bool> {
    const SQL: &str = "INSERT INTO request_seen (signature, good_until) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(signature).bind(until.0).execute(connection).await?.rows_affected()) > 0)
}

/// Forgets signatures that nobody would believe again.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, now: Timestamp) -> Result<()> {
    const SEEN: &str = "DELETE FROM request_seen WHERE good_until < $1";
    on!(tx, connection => sqlx::query(SEEN).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}
