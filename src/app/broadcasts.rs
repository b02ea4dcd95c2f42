//! Broadcasts: their channels, and the task that looks after them.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::channel::Channel;
use crate::config::Config;
use crate::domain::{ChannelName, Tariff};
use crate::seal::Keyring;
use crate::service::Conversations;
use crate::service::broadcast::Broadcasts;

/// Broadcasts over `channels`; `wake` is notified when something was approved.
pub(super) fn broadcasts(
    config: &Config,
    keys: Keyring,
    conversations: &Conversations,
    channels: &[Arc<dyn Channel>],
    wake: &Arc<Notify>,
) -> Broadcasts {
    let tariff = |channel: ChannelName| match channel {
        ChannelName::Zalo => config.zalo.tariff(None),
        _ => Tariff::default(),
    };
    let mut written = conversations.written.clone();
    written.push(Arc::clone(wake));
    Broadcasts {
        store: conversations.store.clone(),
        clock: Arc::clone(&conversations.clock),
        keys,
        library: Arc::clone(&conversations.library),
        wording: Arc::clone(&conversations.wording),
        office: Arc::clone(&conversations.office),
        site: config.public_url.clone(),
        channels: channels.iter().map(|channel| (channel.name(), tariff(channel.name()))).collect(),
        written,
    }
}
