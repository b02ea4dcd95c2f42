//! The lines to citizens: the web page, Telegram, Zalo.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::calls;
use super::ground::Ground;
use super::{telegram, zalo, zalo_bot};
use crate::channel::web::Hub;
use crate::channel::{Channel, Spool};

/// The lines that are open.
pub(super) struct Lines {
    pub hub: Arc<Hub>,
    pub telegram: Option<telegram::Line>,
    pub zalo: Option<zalo::Line>,
    pub zalo_bot: Option<zalo_bot::Line>,
}

impl Lines {
    /// Opens those that are set. Returns as well what pages, open anywhere, have something new.
    ///
    /// # Errors
    /// When a vendor refuses us, or a setting is missing.
    pub(super) async fn open(ground: &Ground) -> anyhow::Result<(Self, mpsc::Receiver<String>)> {
        let Ground { config, store, clock, office, .. } = ground;
        let spool = ground.files.clone().map(|files| Arc::new(files) as Arc<dyn Spool>);
        let telegram = telegram::Line::open(&config.telegram, office.group.clone(), spool).await?;
        let zalo = zalo::Line::open(config, store, clock).await?;
        let zalo_bot = zalo_bot::Line::open(&config.zalo_bot).await?;
        let (far, pages) = mpsc::channel(calls::WAITING);
        let hub = Arc::new(if store.is_shared() { Hub::with_others(far) } else { Hub::default() });
        Ok((Self { hub, telegram, zalo, zalo_bot }, pages))
    }

    /// The channels, always in the same order.
    pub(super) fn channels(&self) -> Vec<Arc<dyn Channel>> {
        let mut channels: Vec<Arc<dyn Channel>> = vec![Arc::clone(&self.hub) as Arc<dyn Channel>];
        channels.extend(self.telegram.as_ref().map(telegram::Line::channel));
        channels.extend(self.zalo.as_ref().map(zalo::Line::channel));
        channels.extend(self.zalo_bot.as_ref().map(zalo_bot::Line::channel));
        channels
    }
}
