//! Officers and their invitations.

use uuid::Uuid;

use super::sealed::{PASSWORD, Seal};
use super::{Result, Tx, from_json, id, on, to_json};
use crate::domain::Timestamp;
use crate::domain::officer::Officer;

/// An officer with what proves that it is them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Who.
    pub officer: Officer,
    /// Hash of the password; none before the invitation was taken.
    pub password: Option<String>,
    /// The secret of the codes, sealed.
    pub totp: Option<String>,
    /// The last step of time whose code was used.
    pub totp_step: i64,
    /// Hashes of recovery codes that are still good.
    pub recovery: Vec<String>,
    /// Grows with every change.
    pub version: i64,
    /// When they ended.
    pub ended_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    login: String,
    name: String,
    grants: String,
    password: Option<String>,
    totp: Option<String>,
    totp_step: i64,
    recovery: String,
    version: i64,
    ended_at: Option<i64>,
}

impl Row {
    fn read(self, seal: &Seal) -> Result<Stored> {
        Ok(Stored {
            officer: Officer {
                id: id("officer", &self.id)?,
                login: self.login,
                name: self.name,
                grants: from_json("grants", &self.grants)?,
            },
            password: self.password.map(|sealed| seal.read(PASSWORD, sealed)).transpose()?,
            totp: self.totp,
            totp_step: self.totp_step,
            recovery: from_json("recovery codes", &self.recovery)?,
            version: self.version,
            ended_at: self.ended_at.map(Timestamp),
        })
    }
}

/// Adds an officer who has no password yet. False when the login is taken.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, officer: &Officer, now: Timestamp) -> Result<bool> {
    const SQL: &str = "INSERT INTO officer (id, login, name, grants, totp_step, recovery, version, created_at)
        VALUES ($1, $2, $3, $4, 0, '[]', 0, $5) ON CONFLICT (login) DO NOTHING";
    let added = on!(tx, connection => sqlx::query(SQL).bind(officer.id.to_string()).bind(&officer.login).bind(&officer.name)
        .bind(to_json(&officer.grants)).bind(now.0).execute(connection).await?.rows_affected());
    Ok(added > 0)
}

/// The officer of that login, ended or not.
///
/// # Errors
/// When the database fails.
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Stored>> {
    const SQL: &str =
        "SELECT id, login, name, grants, password, totp, totp_step, recovery, version, ended_at FROM officer WHERE login = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(login).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// All officers, by their logins.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx) -> Result<Vec<Stored>> {
    const SQL: &str =
        "SELECT id, login, name, grants, password, totp, totp_step, recovery, version, ended_at FROM officer ORDER BY login";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    rows.into_iter().map(|row| row.read(&tx.seal)).collect()
}

/// Writes what can change of an officer, as it was read. False when it was changed meanwhile: nothing is written then.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, stored: &Stored) -> Result<bool> {
    const SQL: &str = "UPDATE officer SET name = $2, grants = $3, password = $4, totp = $5, totp_step = $6, recovery = $7,
        ended_at = $8, version = version + 1 WHERE id = $1 AND version = $9";
    let Stored { officer, password, totp, totp_step, recovery, version, ended_at } = stored;
    let sealed = password.as_deref().map(|hash| tx.seal.text(PASSWORD, hash));
    let saved = on!(tx, connection => sqlx::query(SQL).bind(officer.id.to_string()).bind(&officer.name)
        .bind(to_json(&officer.grants)).bind(sealed).bind(totp).bind(totp_step).bind(to_json(recovery))
        .bind(ended_at.map(|at| at.0)).bind(version).execute(connection).await?.rows_affected());
    Ok(saved > 0)
}

/// Holds an officer until the end of the transaction: what they have is counted while nobody gives them more.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, login: &str) -> Result<()> {
    const SQL: &str = "UPDATE officer SET name = name WHERE login = $1";
    on!(tx, connection => sqlx::query(SQL).bind(login).execute(connection).await?.rows_affected());
    Ok(())
}

/// Notes that something about how an officer signs in is to be told to them.
///
/// # Errors
/// When the database fails.
pub async fn alert(tx: &mut Tx, login: &str) -> Result<()> {
    const SQL: &str = "UPDATE officer SET alerts = alerts + 1 WHERE login = $1";
    on!(tx, connection => sqlx::query(SQL).bind(login).execute(connection).await?.rows_affected());
    Ok(())
}

/// They have looked at it: at so many, and there may be more since.
///
/// # Errors
/// When the database fails.
pub async fn alerts_seen(tx: &mut Tx, login: &str, seen: i64) -> Result<()> {
    const SQL: &str = "UPDATE officer SET alerts = alerts - $2 WHERE login = $1 AND alerts >= $2";
    on!(tx, connection => sqlx::query(SQL).bind(login).bind(seen).execute(connection).await?.rows_affected());
    Ok(())
}

/// Makes an invitation; those made before for the same officer end.
///
/// # Errors
/// When the database fails.
pub async fn invite(tx: &mut Tx, officer: Uuid, token_hash: &str, until: Timestamp) -> Result<()> {
    const OLD: &str = "DELETE FROM invitation WHERE officer = $1";
    const NEW: &str = "INSERT INTO invitation (token_hash, officer, good_until) VALUES ($1, $2, $3)";
    on!(&mut *tx, connection => sqlx::query(OLD).bind(officer.to_string()).execute(connection).await?.rows_affected());
    on!(tx, connection => sqlx::query(NEW).bind(token_hash).bind(officer.to_string()).bind(until.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The officer who is invited by a link that is still good.
///
/// # Errors
/// When the database fails.
pub async fn invited(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<Option<Stored>> {
    const SQL: &str = "SELECT officer.id, login, name, grants, password, totp, totp_step, recovery, version, ended_at
        FROM invitation JOIN officer ON officer.id = invitation.officer
        WHERE token_hash = $1 AND good_until > $2 AND ended_at IS NULL";
    let row: Option<Row> =
        on!(tx, connection => sqlx::query_as(SQL).bind(token_hash).bind(now.0).fetch_optional(connection).await?);
    row.map(|row| row.read(&tx.seal)).transpose()
}

/// Uses up an invitation. False when it was.
///
/// # Errors
/// When the database fails.
pub async fn take_invitation(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    const SQL: &str = "DELETE FROM invitation WHERE token_hash = $1";
    Ok(on!(tx, connection => sqlx::query(SQL).bind(token_hash).execute(connection).await?.rows_affected()) > 0)
}

/// Forgets invitations that are over.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, now: Timestamp) -> Result<()> {
    const INVITATIONS: &str = "DELETE FROM invitation WHERE good_until < $1";
    on!(tx, connection => sqlx::query(INVITATIONS).bind(now.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// The officer who is known as this on Telegram, unless they ended.
///
/// # Errors
/// When the database fails.
pub async fn by_telegram(tx: &mut Tx, telegram: &str) -> Result<Option<Officer>> {
    const SQL: &str = "SELECT id, login, name, grants, password, totp, totp_step, recovery, version, ended_at FROM officer
        WHERE telegram = $1 AND ended_at IS NULL";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(telegram).fetch_optional(connection).await?);
    Ok(row.map(|row| row.read(&tx.seal)).transpose()?.map(|stored| stored.officer))
}

/// Who an officer is on Telegram, if they said.
///
/// # Errors
/// When the database fails.
pub async fn telegram_of(tx: &mut Tx, login: &str) -> Result<Option<String>> {
    const SQL: &str = "SELECT telegram FROM officer WHERE login = $1";
    let row: Option<Option<String>> =
        on!(tx, connection => sqlx::query_scalar(SQL).bind(login).fetch_optional(connection).await?);
    Ok(row.flatten())
}

/// Writes down who an officer is on Telegram, or that they are nobody there; a code that is offered ends. Whoever was known as
/// that before is so no more. False when there is no such officer.
///
/// # Errors
/// When the database fails.
pub async fn set_telegram(tx: &mut Tx, login: &str, telegram: Option<&str>) -> Result<bool> {
    const FREE: &str = "UPDATE officer SET telegram = NULL WHERE telegram = $1";
    const CODE: &str = "DELETE FROM officer_code WHERE officer = $1";
    const SQL: &str = "UPDATE officer SET telegram = $2 WHERE login = $1 AND (ended_at IS NULL OR $2 IS NULL)";
    on!(&mut *tx, connection => sqlx::query(CODE).bind(login).execute(connection).await?.rows_affected());
    on!(&mut *tx, connection => sqlx::query(FREE).bind(telegram).execute(connection).await?.rows_affected());
    Ok(on!(tx, connection => sqlx::query(SQL).bind(login).bind(telegram).execute(connection).await?.rows_affected()) > 0)
}

/// Keeps the hash of a code by which an officer says who they are on Telegram; the one before it ends.
///
/// # Errors
/// When the database fails.
pub async fn offer_code(tx: &mut Tx, login: &str, code_hash: &str, good_until: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO officer_code (officer, code_hash, good_until) VALUES ($1, $2, $3)
        ON CONFLICT (officer) DO UPDATE SET code_hash = excluded.code_hash, good_until = excluded.good_until";
    on!(tx, connection => sqlx::query(SQL).bind(login).bind(code_hash).bind(good_until.0).execute(connection).await?.rows_affected());
    Ok(())
}

/// Takes a code that is still good, once: whose it is.
///
/// # Errors
/// When the database fails.
pub async fn take_code(tx: &mut Tx, code_hash: &str, now: Timestamp) -> Result<Option<String>> {
    const SQL: &str = "DELETE FROM officer_code WHERE code_hash = $1 AND good_until > $2 RETURNING officer";
    Ok(on!(tx, connection => sqlx::query_scalar(SQL).bind(code_hash).bind(now.0).fetch_optional(connection).await?))
}
