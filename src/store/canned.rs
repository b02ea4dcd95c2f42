//! Replies that officers use again.

use uuid::Uuid;

use super::{Result, Tx, id, on};
use crate::domain::Timestamp;

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canned {
    /// Its id.
    pub id: Uuid,
    /// The guide it belongs to, by its slug; any matter without one.
    pub guide: Option<String>,
    /// What officers find it by.
    pub title: String,
    /// What it says.
    pub body: String,
    /// The login of whoever wrote it.
    pub author: String,
    /// When it was written or looked over.
    pub made_at: Timestamp,
    /// A hash of the guide as it was then.
    pub edition: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    guide: String,
    title: String,
    body: String,
    author: String,
    made_at: i64,
    edition: String,
}

/// Writes a reply, or writes it anew.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, reply: &Canned) -> Result<()> {
    const SQL: &str = "INSERT INTO canned (id, guide, title, body, author, made_at, edition) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET guide = excluded.guide, title = excluded.title, body = excluded.body,
            author = excluded.author, made_at = excluded.made_at, edition = excluded.edition";
    on!(tx, connection => sqlx::query(SQL).bind(reply.id.to_string()).bind(reply.guide.as_deref().unwrap_or_default())
        .bind(&reply.title).bind(&reply.body).bind(&reply.author).bind(reply.made_at.0).bind(&reply.edition)
        .execute(connection).await?.rows_affected());
    Ok(())
}

/// All replies, by guide and title.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx) -> Result<Vec<Canned>> {
    const SQL: &str = "SELECT id, guide, title, body, author, made_at, edition FROM canned ORDER BY guide, id";
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(SQL).fetch_all(connection).await?);
    let read = |row: Row| {
        Ok(Canned {
            id: id("reply", &row.id)?,
            guide: Some(row.guide).filter(|guide| !guide.is_empty()),
            title: row.title,
            body: row.body,
            author: row.author,
            made_at: Timestamp(row.made_at),
            edition: row.edition,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Takes a reply away.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, reply: Uuid) -> Result<()> {
    const SQL: &str = "DELETE FROM canned WHERE id = $1";
    on!(tx, connection => sqlx::query(SQL).bind(reply.to_string()).execute(connection).await?.rows_affected());
    Ok(())
}
