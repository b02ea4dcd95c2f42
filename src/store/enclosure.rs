//! Files that go between citizens and officers.

use uuid::Uuid;

use super::{Result, StoreError, Tx, id, on};
use crate::domain::Timestamp;
use crate::domain::file::FileKind;
use crate::domain::forum::Document;
use crate::domain::ticket::Enclosure;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    ticket: String,
    officer: Option<String>,
    stored: String,
    kind: String,
    bytes: i64,
    sent_at: i64,
}

impl Row {
    fn read(self) -> Result<Enclosure> {
        let kind = [FileKind::Jpeg, FileKind::Pdf].into_iter().find(|kind| kind.extension() == self.kind);
        let kind = kind.ok_or_else(|| StoreError::Unreadable { what: "kind of file", cause: self.kind.clone() })?;
        Ok(Enclosure {
            id: id("enclosure", &self.id)?,
            ticket: id("ticket", &self.ticket)?,
            officer: self.officer,
            file: Document { stored: self.stored, kind },
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
            sent_at: Timestamp(self.sent_at),
        })
    }
}

/// Adds a file. `token_hash` is of the link by which the citizen opens one that an officer sent.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, enclosure: &Enclosure, token_hash: Option<&str>) -> Result<()> {
    const SQL: &str = "INSERT INTO enclosure (id, ticket, officer, stored, kind, bytes, sent_at, token_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Enclosure { id, ticket, officer, file, bytes, sent_at } = enclosure;
    on!(tx, connection => sqlx::query(SQL).bind(id.to_string()).bind(ticket.to_string()).bind(officer).bind(&file.stored)
        .bind(file.kind.extension()).bind(i64::try_from(*bytes).unwrap_or(i64::MAX)).bind(sent_at.0).bind(token_hash)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// The files of a ticket, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, ticket: Uuid) -> Result<Vec<Enclosure>> {
    const SQL: &str =
        "SELECT id, ticket, officer, stored, kind, bytes, sent_at FROM enclosure WHERE ticket = $1 ORDER BY sent_at, id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(ticket.to_string()).fetch_all(connection).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The file that a link opens.
///
/// # Errors
/// When the database fails.
pub async fn by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<Enclosure>> {
    const SQL: &str = "SELECT id, ticket, officer, stored, kind, bytes, sent_at FROM enclosure WHERE token_hash = $1";
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(SQL).bind(token_hash).fetch_optional(connection).await?);
    row.map(Row::read).transpose()
}

/// Forgets files that were sent before `sent`, and those of tickets that are gone or ended before `closed`.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, sent: Timestamp, closed: Timestamp) -> Result<u64> {
    macro_rules! old {
        ($head:literal, $tail:literal) => {
            concat!(
                $head,
                " FROM enclosure WHERE (sent_at < $1 OR NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.id = enclosure.ticket
                AND (ticket.closed_at IS NULL OR ticket.closed_at >= $2)))",
                $tail
            )
        };
    }
    const FILES: &str = old!("INSERT INTO file_gone (stored) SELECT stored", " ON CONFLICT DO NOTHING");
    const SQL: &str = old!("DELETE", "");
    let mut gone = 0;
    for sql in [FILES, SQL] {
        gone =
            on!(&mut *tx, connection => sqlx::query(sql).bind(sent.0).bind(closed.0).execute(connection).await?.rows_affected());
    }
    Ok(gone)
}
