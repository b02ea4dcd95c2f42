//! Builds the house, starts it, and stops it. The only place that holds everything.
//!
//! **Invariants.** Nothing is started before everything that can fail at the start has succeeded. Stopping goes from
//! the street inwards and out again: nothing new is taken in, turns in hand are finished, sends under way are marked. What
//! only one process may do is begun where it is led (`lead`), and led until its work has ended.

mod banner;
mod bells;
mod broadcasts;
mod calls;
mod clock;
mod console;
mod crew;
mod database;
mod desk;
mod gauges;
mod ground;
mod lead;
mod lines;
mod pages;
mod reload;
mod services;
mod telegram;
mod workers;
mod zalo;
mod zalo_bot;

use std::io::ErrorKind;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;

use crate::channel::Inbox;
use crate::config::Config;
use crate::http;
use crate::service::StoreInbox;

use self::bells::Bells;
use self::crew::{Crew, LAST_CALL};
use self::ground::Ground;
use self::lines::Lines;
use self::services::Services;
pub use clock::SystemClock;
pub use database::{look_into, open_store};
pub use zalo::tokens as zalo_tokens;

/// Serves until the process is told to stop.
///
/// # Errors
/// When something that is needed cannot be had: one sentence that says what, and nothing is left half-started.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        let why = if error.kind() == ErrorKind::AddrInUse { "another program uses it".to_owned() } else { error.to_string() };
        anyhow!("cannot listen on {}: {why} (set MOTCUA_LISTEN)", config.listen)
    })?;
    let (ground, faults) = Ground::laid(config).await?;
    let (lines, pages) = Lines::open(&ground).await?;
    let bells = Bells::of(lines.channels().len());
    let services = Services::of(&ground, &bells, &lines);
    let console = console::describe(&ground.config, services.sealed.as_ref().map(|sealed| &sealed.officers)).await?;
    print!("{}", banner::banner(&ground.config, &ground.library.load(), &lines, &console));
    reload::warn(&faults);

    let metrics = PrometheusBuilder::new().install_recorder().ok();
    let crew = Crew::gathered(ground.config.role, &ground.store);
    let (inbox, inbox_task) = StoreInbox::start(ground.store.clone(), Arc::clone(&ground.clock), bells.arrival_here());
    let turns = workers::start(&ground, &lines, &bells, &services, pages, &crew);
    crew.spawn(gauges::take(metrics.clone(), ground.store.clone(), Arc::clone(&ground.clock), crew.street.clone()));
    let (inbox, hub): (Arc<dyn Inbox>, _) = (Arc::new(inbox), Arc::clone(&lines.hub));
    let router = pages::opened(&ground, lines, services, &inbox, metrics, &crew);
    let server = tokio::spawn(http::serve(listener, router, crew.street.clone()));

    let failed = crew.has_failed().await?;
    tracing::info!("stopping");
    crew.street.cancel();
    hub.close();
    drop(inbox);
    let server_stop = server.abort_handle();
    if tokio::time::timeout(LAST_CALL, server).await.is_err() {
        server_stop.abort();
    }
    let _ = tokio::time::timeout(LAST_CALL, inbox_task).await;
    crew.turns.cancel();
    let _ = tokio::time::timeout(LAST_CALL, turns).await;
    crew.leaves().await;
    let _ = tokio::time::timeout(LAST_CALL, ground.store.close()).await;
    if failed { bail!("a part of the program failed, see the log") } else { Ok(()) }
}
