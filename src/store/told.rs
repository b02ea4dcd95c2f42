//! What broadcasts told somebody last: a question may be about it.

use std::collections::HashMap;

use super::{Result, Tx, address, from_json, on, wanted};
use crate::domain::broadcast::{BroadcastId, Draft};
use crate::domain::{Address, Timestamp};

/// The last broadcast that reached somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub id: BroadcastId,
    /// What it says.
    pub draft: Draft,
    /// When it reached them.
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    channel: String,
    peer: String,
    id: i64,
    draft: String,
    settled_at: i64,
}

/// The last broadcast that reached each of these since then, if one did.
///
/// # Errors
/// When the database fails.
pub async fn last(tx: &mut Tx, to: &[&Address], since: Timestamp) -> Result<HashMap<Address, Told>> {
    if to.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = on!(tx, connection => {
        let mut sql = wanted(to);
        sql.push("SELECT recipient.channel, recipient.peer, broadcast.id, broadcast.draft, recipient.settled_at FROM wanted
            JOIN recipient ON recipient.channel = wanted.channel AND recipient.peer = wanted.peer AND recipient.broadcast =
                (SELECT MAX(had.broadcast) FROM recipient AS had WHERE had.channel = wanted.channel AND had.peer = wanted.peer
                AND had.state IN (2, 5) AND had.settled_at + 0 >= ");
        sql.push_bind(since.0).push(") JOIN broadcast ON broadcast.id = recipient.broadcast");
        sql.build_query_as().persistent(false).fetch_all(connection).await?
    });
    let read = |row: Row| {
        let told = Told { id: row.id, draft: from_json("draft", &row.draft)?, at: Timestamp(row.settled_at) };
        Ok((address(&row.channel, row.peer)?, told))
    };
    rows.into_iter().map(read).collect()
}
