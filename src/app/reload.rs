//! New content without a restart: on `SIGHUP`, when a content folder changed, and when something was published in the console.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use arc_swap::ArcSwap;
use notify::{RecursiveMode, Watcher};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::domain::edition::Edition;
use crate::domain::{Clock, Timestamp};
use crate::knowledge::{ContentError, Fault, Library, Origin};
use crate::service::editing::{Editing, live_editions};
use crate::store::{Store, StoreError, edition};

/// An editor saves in several steps, and an import writes thousands of files: wait until nothing happened for so long.
const QUIET: Duration = Duration::from_millis(700);

/// Faults that are named in the log.
const MOST_WARNINGS: usize = 10;

/// How often it is looked whether content was published, also by another process, or its time has come.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often it is tried again to answer those who wait for an answer.
const TELL_EVERY: Duration = Duration::from_secs(60 * 60);

/// The content in use, and where it comes from.
pub(super) struct Content {
    pub library: Arc<ArcSwap<Library>>,
    /// On disk, the lowest first.
    pub layers: Vec<Origin>,
    pub index: PathBuf,
    pub clock: Arc<dyn Clock>,
    /// Where what was edited in the console is.
    pub store: Store,
    /// Notified when something was published.
    pub changed: Arc<Notify>,
}

impl Content {
    /// Swaps in new content until `stop`. Content with a fault is refused with its faults in the log; the old stays. Whoever
    /// waited for an answer that is there now is told.
    pub(super) async fn watch(self, editing: Option<Editing>, stop: CancellationToken) {
        let (changed, mut changes) = mpsc::unbounded_channel();
        let watcher = watcher(&self.layers, changed);
        if let Err(error) = &watcher {
            tracing::warn!(%error, "content folders cannot be watched; send SIGHUP after a change");
        }
        let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
        // What was published while the program started is not in the library yet.
        let mut due = Vec::new();
        let mut told = Timestamp(0);
        loop {
            let now = self.clock.now();
            if let Some(editing) = editing.as_ref().filter(|_| told.until(now) >= TELL_EVERY) {
                told = now;
                if let Err(error) = editing.tell_askers().await {
                    tracing::error!(%error, "who waits for an answer");
                }
            }
            let mut on_disk = false;
            tokio::select! {
                () = stop.cancelled() => return,
                _ = hangup.recv() => on_disk = true,
                Some(()) = changes.recv() => {
                    while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|more| more.is_some()) {}
                    on_disk = true;
                }
                () = self.changed.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            let now = match self.due().await {
                Ok(now) if on_disk || now != due => now,
                Ok(_) => continue,
                Err(error) => {
                    tracing::error!(%error, "content that was edited");
                    continue;
                }
            };
            // What failed for another reason than the content is tried again.
            match self.swap(editing.as_ref()).await {
                Swapped::New => (due, told) = (now, Timestamp(0)),
                Swapped::Same | Swapped::Refused => due = now,
                Swapped::Failed => {}
            }
        }
    }

    async fn due(&self) -> Result<Vec<String>, StoreError> {
        edition::due(&mut self.store.read().await?, self.clock.now()).await
    }

    /// Loads what is there now.
    async fn swap(&self, editing: Option<&Editing>) -> Swapped {
        let edited = match live_editions(&self.store, self.clock.now()).await {
            Ok(edited) => edited,
            Err(error) => {
                tracing::error!(%error, "content that was edited");
                return Swapped::Failed;
            }
        };
        let from: Vec<Origin> = self.layers.iter().cloned().chain([Origin::Edited(edited)]).collect();
        let (index, now) = (self.index.clone(), self.library.load().fingerprint().to_owned());
        let today = self.clock.now().date();
        let loaded = tokio::task::spawn_blocking(move || Library::load_changed(&from, &index, &now, today)).await;
        match loaded {
            Ok(Ok(Some((new, faults)))) => {
                tracing::info!(guides = new.len(), "content reloaded");
                self.library.store(Arc::new(new));
                warn(&faults);
                told(editing, None);
                Swapped::New
            }
            Ok(Ok(None)) => {
                told(editing, None);
                Swapped::Same
            }
            Ok(Err(ContentError::Faults(faults))) => {
                tracing::error!(count = faults.len(), "the new content has faults; the old stays in use");
                for fault in faults.iter().take(20) {
                    tracing::error!("{fault}");
                }
                told(editing, faults.into_iter().next());
                Swapped::Refused
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "content not reloaded; the old stays in use");
                Swapped::Failed
            }
            Err(error) => {
                tracing::error!(%error, "reload failed; the old content stays in use");
                Swapped::Failed
            }
        }
    }
}

/// What came of loading content.
enum Swapped {
    /// Citizens are answered from it.
    New,
    /// It is what they are answered from.
    Same,
    /// It has faults.
    Refused,
    /// It could not be read or indexed this time.
    Failed,
}

/// Tells the knowledge desk whether what was published is in use.
fn told(editing: Option<&Editing>, trouble: Option<Fault>) {
    if let Some(editing) = editing {
        editing.trouble.store(trouble.map(Arc::new));
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

/// Loads the content with what officers edited; without it when that cannot be read any more, so that citizens are answered.
pub(super) fn load_edited(
    layers: &[Origin],
    edited: Vec<Edition>,
    config: &Config,
    clock: &dyn Clock,
) -> anyhow::Result<(Library, Vec<Fault>)> {
    if edited.is_empty() {
        return load(layers, config, clock);
    }
    let all: Vec<Origin> = layers.iter().cloned().chain([Origin::Edited(edited)]).collect();
    load(&all, config, clock).or_else(|error| {
        tracing::error!(%error, "what was edited in the console cannot be read; going on without it");
        load(layers, config, clock)
    })
}

/// Loads the content; each fault is printed with its place.
fn load(layers: &[Origin], config: &Config, clock: &dyn Clock) -> anyhow::Result<(Library, Vec<Fault>)> {
    std::fs::create_dir_all(&config.index)
        .with_context(|| format!("cannot make the index folder {} (set MOTCUA_INDEX)", config.index.display()))?;
    match Library::load_changed(layers, &config.index, "", clock.now().date()) {
        Ok(loaded) => loaded.context("content has a fingerprint"),
        Err(ContentError::Faults(faults)) => {
            let list: Vec<String> = faults.iter().take(10).map(|fault| format!("\n  {fault}")).collect();
            bail!("the content has {} fault(s), `motcua check` names them all:{}", faults.len(), list.concat())
        }
        Err(error) => Err(error.into()),
    }
}
