//! Figures that nobody counts as they happen: what waits, whether the database answers, what the process takes.

use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use metrics_process::Collector;
use tokio_util::sync::CancellationToken;

use crate::domain::{Clock, Timestamp};
use crate::store::{Result, Store, outbox};

/// How often they are taken, and the samples of metrics folded together; without that they pile up while nobody scrapes.
const EVERY: Duration = Duration::from_secs(10);
/// How long the database may take to say what waits.
const PATIENCE: Duration = Duration::from_secs(3);

/// Takes figures until `stop`.
pub(super) async fn take(
    metrics: Option<PrometheusHandle>,
    store: Store,
    clock: std::sync::Arc<dyn Clock>,
    stop: CancellationToken,
) {
    let Some(metrics) = metrics else { return };
    let process = Collector::default();
    loop {
        // One that does not answer is as good as gone.
        let waiting = tokio::time::timeout(PATIENCE, waiting(&store, clock.now())).await;
        metrics::gauge!("motcua_database_up").set(if matches!(waiting, Ok(Ok(_))) { 1.0 } else { 0.0 });
        if let Ok(Ok((messages, seconds))) = waiting {
            metrics::gauge!("motcua_outbox_waiting").set(messages);
            metrics::gauge!("motcua_outbox_oldest_seconds").set(seconds);
        }
        process.collect();
        metrics.run_upkeep();
        if tokio::time::timeout(EVERY, stop.cancelled()).await.is_ok() {
            return;
        }
    }
}

/// How many messages wait, and for how many seconds the first of those has that could have been sent.
#[expect(clippy::cast_precision_loss, reason = "messages are far below 2^52")]
async fn waiting(store: &Store, now: Timestamp) -> Result<(f64, f64)> {
    let mut tx = store.read().await?;
    let messages = outbox::open_count(&mut tx).await?;
    let oldest = outbox::oldest_due(&mut tx, now).await?;
    Ok((messages as f64, oldest.map_or(0.0, |since| since.until(now).as_secs_f64())))
}
