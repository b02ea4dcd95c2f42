//! Long polling, for machines that have no public address.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};
use teloxide::Bot;
use teloxide::requests::Requester;
use tokio_util::sync::CancellationToken;

use super::forum::Group;
use super::setup::{POLL_SECONDS, allowed_updates};
use super::webhook::Intake;
use crate::channel::Inbox;

/// Waits after a failure: doubled each time, from one second to one minute.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// The last confirmation only saves work at the next start: a repeat does nothing.
const CONFIRM: Duration = Duration::from_secs(3);

/// Takes updates until `stop`. An update is confirmed to Telegram only after it is stored: the next poll's offset is
/// one above the last that was.
pub async fn poll(bot: Bot, name: Arc<OnceLock<String>>, inbox: Arc<dyn Inbox>, group: Option<Group>, stop: CancellationToken) {
    let intake = Intake { bot: bot.clone(), name, inbox, group };
    let mut offset: i64 = 0;
    let mut wait = SHORTEST_WAIT;
    let mut webhook_gone = false;
    while !stop.is_cancelled() {
        // A webhook that is still set makes every poll fail with 409.
        if !webhook_gone {
            webhook_gone =
                bot.delete_webhook().await.map_err(|error| tracing::warn!(%error, "cannot remove the webhook")).is_ok();
        }
        let updates = tokio::select! {
            updates = updates(&bot, offset) => updates,
            () = stop.cancelled() => break,
        };
        let problem = match updates {
            Ok(updates) => take_all(&intake, &updates, &mut offset).await.err(),
            Err(problem) => Some(problem),
        };
        let Some(problem) = problem else {
            wait = SHORTEST_WAIT;
            continue;
        };
        tracing::warn!(problem, "cannot take updates; trying again");
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => break,
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
    // Confirms what was stored since the last poll, so that the next start does not get it again.
    if offset > 0 {
        let confirm = ask(&bot, json!({ "offset": offset, "limit": 1, "timeout": 0 }));
        let _ = tokio::time::timeout(CONFIRM, confirm).await;
    }
}

/// Stores updates in order, up to the first that cannot be stored: that one is asked for again.
async fn take_all(intake: &Intake, updates: &[Value], offset: &mut i64) -> Result<(), String> {
    for update in updates {
        intake.take(update).await.map_err(|error| error.to_string())?;
        *offset = update.get("update_id").and_then(Value::as_i64).map_or(*offset, |id| id + 1);
    }
    Ok(())
}

async fn updates(bot: &Bot, offset: i64) -> Result<Vec<Value>, String> {
    let answer = ask(bot, json!({ "offset": offset, "timeout": POLL_SECONDS, "allowed_updates": allowed_updates() })).await?;
    match answer.get("result").and_then(Value::as_array) {
        Some(updates) => Ok(updates.clone()),
        None => Err(answer.get("description").and_then(Value::as_str).unwrap_or("no result").to_owned()),
    }
}

/// `getUpdates` as raw JSON: teloxide's types would keep only the id of updates they do not know.
async fn ask(bot: &Bot, parameters: Value) -> Result<Value, String> {
    let mut url = bot.api_url();
    // Not `join`: in `bot123:AA/getUpdates` the token's colon would make it an address with the scheme `bot123`.
    url.set_path(&format!("{}bot{}/getUpdates", url.path(), bot.token()));
    let answer = bot.client().post(url).json(&parameters).send().await.map_err(|error| error.without_url().to_string())?;
    answer.json().await.map_err(|error| error.without_url().to_string())
}
