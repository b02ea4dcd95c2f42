//! Notices that reached nobody: kept, and sent when the citizen is heard of again.

use std::time::Duration;

use crate::channel::{Capabilities, fit_notice};
use crate::domain::{Address, Timestamp};
use crate::store::outbox::{self, Outbound};
use crate::store::{Result, Tx, citizen, conversation};

/// A notice older than that is news no more.
pub const KEPT_FOR: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Sends what was kept for somebody at any of their places, now that they are `here`.
pub(super) async fn take_up(tx: &mut Tx, here: &Address, now: Timestamp) -> Result<()> {
    for place in citizen::addresses(tx, here).await? {
        conversation::keep_notices(tx, &place, false).await?;
        for notice in outbox::kept_for(tx, &place, now.minus(KEPT_FOR)).await? {
            outbox::taken_up(tx, &notice.id, now).await?;
            let parts = fit_notice(notice.message, Capabilities::of(here.channel));
            for (part, message) in parts.into_iter().enumerate() {
                let id = format!("{}+{}.{part}", notice.id, now.0);
                outbox::add(tx, &Outbound { id, to: here.clone(), priority: notice.priority, message }, now).await?;
            }
        }
    }
    Ok(())
}
