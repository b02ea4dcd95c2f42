//! New content without a restart: on `SIGHUP`, and when a content folder changed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use notify::{RecursiveMode, Watcher};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::domain::Clock;
use crate::knowledge::{ContentError, Fault, Library, Origin};

/// An editor saves in several steps, and an import writes thousands of files: wait until nothing happened for so long.
const QUIET: Duration = Duration::from_millis(700);

/// Faults that are named in the log.
const MOST_WARNINGS: usize = 10;

/// Swaps in new content until `stop`. Content with a fault is refused with its faults in the log; the old stays.
pub(super) async fn watch(
    library: Arc<ArcSwap<Library>>,
    layers: Vec<Origin>,
    index: PathBuf,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    let (changed, mut changes) = mpsc::unbounded_channel();
    let watcher = watcher(&layers, changed);
    if let Err(error) = &watcher {
        tracing::warn!(%error, "content folders cannot be watched; send SIGHUP after a change");
    }
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = hangup.recv() => {}
            Some(()) = changes.recv() => {
                while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|more| more.is_some()) {}
            }
        }
        let today = clock.now().date();
        let (from, index, now) = (layers.clone(), index.clone(), library.load().fingerprint().to_owned());
        let loaded = tokio::task::spawn_blocking(move || Library::load_changed(&from, &index, &now, today)).await;
        match loaded {
            Ok(Ok(Some((new, faults)))) => {
                tracing::info!(guides = new.len(), "content reloaded");
                library.store(Arc::new(new));
                warn(&faults);
            }
            Ok(Ok(None)) => tracing::debug!("content unchanged"),
            Ok(Err(ContentError::Faults(faults))) => {
                tracing::error!(count = faults.len(), "the new content has faults; the old stays in use");
                for fault in faults.iter().take(20) {
                    tracing::error!("{fault}");
                }
            }
            Ok(Err(error)) => tracing::error!(%error, "content not reloaded; the old stays in use"),
            Err(error) => tracing::error!(%error, "reload failed; the old content stays in use"),
        }
    }
}

/// Warns of what `motcua check` would say: such content can be served, but its author should know.
pub(super) fn warn(faults: &[Fault]) {
    for fault in faults.iter().take(MOST_WARNINGS) {
        tracing::warn!("content: {fault}");
    }
    if faults.len() > MOST_WARNINGS {
        tracing::warn!(more = faults.len() - MOST_WARNINGS, "content: see `motcua check`");
    }
}

fn watcher(layers: &[Origin], changed: mpsc::UnboundedSender<()>) -> notify::Result<notify::RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // Nobody listens any more when the program stops.
            let _ = changed.send(());
        }
    })?;
    for layer in layers {
        if let Origin::Folder(folder) = layer {
            // The whole folder: the vocabulary lies beside the guides, and a deployment may move a new `guides/` into place.
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}
