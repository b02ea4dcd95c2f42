//! Builds the house, starts it, and stops it. The only place that holds everything.
//!
//! **Invariants.** Nothing is started before everything that can fail at the start has succeeded. Stopping goes from
//! the street inwards and out again: nothing new is taken in, turns in hand are finished, sends under way are marked.

mod broadcasts;
mod clock;
mod console;
mod database;
mod desk;
mod dossiers;
mod reload;
mod telegram;
mod zalo;
mod zalo_bot;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use arc_swap::ArcSwap;
use axum::Router;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::channel::web::{Hub, Limits, Web};
use crate::channel::{Channel, Inbox, Spool, web};
use crate::config::Config;
use crate::delivery::Courier;
use crate::domain::edition::Edition;
use crate::domain::{Clock, Lang};
use crate::engine::Office;
use crate::http;
use crate::i18n::Wording;
use crate::knowledge::{ContentError, Fault, Library, Origin};
use crate::media::{Eyes, Files, Looker};
use crate::seal::Keyring;
use crate::service::editing::{Editing, live_editions};
use crate::service::handoff::{Handoff, Hotline, Trouble};
use crate::service::privacy::Privacy;
use crate::service::{Conversations, History, StoreInbox, Upkeep, Waker};
use crate::site::{self, Site};

pub use clock::SystemClock;
use database::database_name;
pub use database::open_store;
pub use zalo::tokens as zalo_tokens;

/// Paths of our own, which no webhook can have.
const OURS: [&str; 15] = [
    "/my-data",
    "/transcripts",
    "/files",
    "/console",
    "/",
    "/say",
    "/send",
    "/language",
    "/forget",
    "/events",
    "/chat.css",
    "/chat.js",
    "/guides",
    "/healthz",
    "/metrics",
];
/// Pings kept for a slow page; it reads everything new at the first one anyway.
const PINGS: usize = 4;
/// How often the samples of metrics are folded together.
const TIDY_METRICS: Duration = Duration::from_secs(10);
/// How long open requests and sends may take to end when the program stops.
const LAST_CALL: Duration = Duration::from_secs(15);

/// Serves until the process is told to stop.
///
/// # Errors
/// When something that is needed cannot be had: one sentence that says what, and nothing is left half-started.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {} (another program may use it; set MOTCUA_LISTEN)", config.listen))?;
    let layers = Origin::layers(&config.knowledge);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = open_store(&config).await?;
    let edited = live_editions(&store, clock.now()).await?;
    let (library, faults) = load_edited(&layers, edited, &config, clock.as_ref())?;
    let wording = Arc::new(Wording::default());
    let keys = config.key.as_ref().map(Keyring::read).transpose()?;
    let files = keys.clone().map(|keys| Files::new(config.files.clone(), keys, Arc::clone(&clock)));
    let spool = files.clone().map(|files| Arc::new(files) as Arc<dyn Spool>);
    // Without a key there is no console for officers to answer in, and no group either; without Telegram no group.
    let desk = config.office.desk.clone().filter(|_| keys.is_some());
    let group = config.office.group.clone().filter(|_| desk.is_some() && config.telegram.token.is_some());
    let telegram = telegram::Line::open(&config.telegram, group.clone(), spool.clone()).await?;
    let zalo = zalo::Line::open(&config, &store, &clock).await?;
    let zalo_bot = zalo_bot::Line::open(&config.zalo_bot).await?;
    let officers = keys.as_ref().map(|keys| console::officers(&store, &clock, keys));
    let console = console::describe(&config, officers.as_ref()).await?;
    print!("{}", banner(&config, &library, telegram.as_ref(), zalo.as_ref(), zalo_bot.as_ref(), &console));

    reload::warn(&faults);

    let metrics = PrometheusBuilder::new().install_recorder().ok();
    let library = Arc::new(ArcSwap::from_pointee(library));
    let office = Arc::new(Office { desk, group, ..config.office.clone() });
    let hub = Arc::new(Hub::default());

    let arrived = Arc::new(Notify::new());
    let wake_group = Arc::new(Notify::new());
    let mut channels: Vec<Arc<dyn Channel>> = vec![Arc::clone(&hub) as Arc<dyn Channel>];
    channels.extend(telegram.as_ref().map(telegram::Line::channel));
    channels.extend(zalo.as_ref().map(zalo::Line::channel));
    channels.extend(zalo_bot.as_ref().map(zalo_bot::Line::channel));
    let mut written: Vec<Arc<Notify>> = channels.iter().map(|_| Arc::new(Notify::new())).collect();
    let (inbox, inbox_task) =
        StoreInbox::start(store.clone(), Arc::clone(&clock), vec![Arc::clone(&arrived), Arc::clone(&wake_group)]);

    let (street, turns, sends) = (CancellationToken::new(), CancellationToken::new(), CancellationToken::new());
    let (tasks, died) = (TaskTracker::new(), CancellationToken::new());
    let lease = Duration::from_secs(config.lease_seconds.into());
    for (channel, wake) in channels.iter().zip(&written) {
        let courier = Courier::new(Arc::clone(channel), store.clone(), Arc::clone(&clock), Arc::clone(wake), lease);
        tasks.spawn(vital(courier.run(sends.clone()), &died));
    }
    let open = channels.clone();
    if let Some(files) = files.clone() {
        let wanted = Arc::new(Notify::new());
        written.push(Arc::clone(&wanted));
        let (store, clock, arrived) = (store.clone(), Arc::clone(&clock), Arc::clone(&arrived));
        tasks.spawn(vital(
            Looker { store, files, eyes: Eyes::ours(), clock, channels, wanted, arrived }.run(turns.clone()),
            &died,
        ));
    }
    written.push(Arc::clone(&wake_group));
    let (upkeep_keys, desk_keys) = (keys.clone(), keys.clone());
    let turned = Arc::new(Notify::new());
    written.push(Arc::clone(&turned));
    let conversations = Conversations {
        store: store.clone(),
        library: Arc::clone(&library),
        wording: Arc::clone(&wording),
        office: Arc::clone(&office),
        site: config.public_url.clone(),
        keys: keys.clone(),
        clock: Arc::clone(&clock),
        arrived: Arc::clone(&arrived),
        written: written.clone(),
    };
    let announced = Arc::new(Notify::new());
    let broadcasts = keys.clone().map(|keys| broadcasts::broadcasts(&config, keys, &conversations, &open, &announced));
    if let Some(broadcasts) = broadcasts.clone() {
        tasks.spawn(vital(broadcasts.run(announced, street.clone()), &died));
    }
    let turn_task = tasks.spawn(vital(conversations.run(turns.clone()), &died));
    let handoff = keys.clone().map(|keys| Handoff {
        store: store.clone(),
        clock: Arc::clone(&clock),
        office: Arc::clone(&office),
        library: Arc::clone(&library),
        wording: Arc::clone(&wording),
        site: config.public_url.clone(),
        keys,
        arrived: Arc::clone(&arrived),
        written: written.clone(),
        news: broadcast::channel(PINGS).0,
    });
    if let Some(handoff) = handoff.clone() {
        tasks.spawn(vital(handoff.watch(turned, street.clone()), &died));
    }
    let trouble = Trouble::default();
    let forum = telegram.as_ref().and_then(telegram::Line::forum);
    if let (Some(handoff), Some(forum), Some(configured)) = (handoff.clone(), forum, office.group.clone()) {
        let hotline = Hotline { handoff, forum, configured, wake: wake_group, trouble: Arc::clone(&trouble) };
        tasks.spawn(vital(hotline.run(street.clone()), &died));
    }
    let gather = Duration::from_secs(config.gather_seconds.into());
    let mut pushing = None;
    let api = keys.zip(broadcasts.clone()).map(|(keys, broadcasts)| {
        let dossiers = dossiers::Dossiers {
            store: &store,
            clock: &clock,
            keys,
            public_url: config.public_url.clone(),
            gather,
            mappings: config.mappings.clone(),
        };
        let pusher = dossiers.pusher(Arc::clone(&library), Arc::clone(&wording), written.clone());
        tasks.spawn(vital(pusher.clone().run(street.clone()), &died));
        pushing = Some(pusher);
        dossiers.letters(Arc::clone(&library), Arc::clone(&wording)).merge(dossiers.routes(broadcasts))
    });
    let upkeep =
        Upkeep { store: store.clone(), clock: Arc::clone(&clock), keys: upkeep_keys.clone(), keep_days: config.keep_days };
    tasks.spawn(upkeep.run(street.clone()));
    let waker = Waker { store: store.clone(), clock: Arc::clone(&clock), arrived: Arc::clone(&arrived) };
    tasks.spawn(waker.run(street.clone()));
    tasks.spawn(tidy_metrics(metrics.clone(), street.clone()));
    let changed = Arc::new(Notify::new());
    let editing = upkeep_keys.map(|keys| Editing {
        store: store.clone(),
        clock: Arc::clone(&clock),
        keys,
        library: Arc::clone(&library),
        layers: layers.clone(),
        changed: Arc::clone(&changed),
        arrived: Arc::clone(&arrived),
        trouble: Arc::default(),
    });
    let (index, content_clock) = (config.index.clone(), Arc::clone(&clock));
    let content =
        reload::Content { library: Arc::clone(&library), layers, index, clock: content_clock, store: store.clone(), changed };
    tasks.spawn(content.watch(editing.clone(), street.clone()));

    let pages = Site {
        library: Arc::clone(&library),
        wording: Arc::clone(&wording),
        office: Arc::clone(&office),
        clock: Arc::clone(&clock),
        public_url: config.public_url.clone(),
    };
    let privacy = Privacy { store: store.clone(), clock: Arc::clone(&clock), keys: desk_keys };
    let desk = desk::WebDesk {
        history: History { store: store.clone() },
        privacy,
        library,
        wording: Arc::clone(&wording),
        office,
        clock,
    };
    let secure = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let inbox_dyn: Arc<dyn Inbox> = Arc::new(inbox);
    let offices = officers.zip(pushing).zip(files).zip(handoff).zip(editing).zip(broadcasts);
    let page = Arc::new(Web {
        inbox: Arc::clone(&inbox_dyn),
        desk: Arc::new(desk),
        hub: Arc::clone(&hub),
        secure,
        spool,
        limits: Limits::default(),
    });
    let mut large = api.into_iter().fold(web::uploads(Arc::clone(&page)), Router::merge);
    let mut parts = vec![web::routes(page), site::routes(Arc::new(pages))];
    if let Some((((((officers, pusher), files), handoff), editing), broadcasts)) = offices {
        let offices = console::Offices {
            officers,
            pusher,
            files,
            handoff,
            wording: Arc::clone(&wording),
            stop: street.clone(),
            trouble,
            editing,
            broadcasts,
            zalo: zalo.as_ref().map(zalo::Line::tokens),
        };
        let (pages, uploads) = console::routes(&config, offices);
        parts.push(pages);
        large = large.merge(uploads);
    }
    if let Some(line) = zalo {
        parts.push(line.start(Arc::clone(&inbox_dyn), Arc::clone(&wording), &tasks, &street));
    }
    if let Some(line) = zalo_bot {
        parts.extend(line.start(Arc::clone(&inbox_dyn), &tasks, &street, &died));
    }
    if let Some(line) = telegram {
        parts.extend(line.start(Arc::clone(&inbox_dyn), wording, &tasks, &street, &died));
    }
    let router = http::router(store.clone(), metrics, parts, large, secure);
    let server = tokio::spawn(http::serve(listener, router, street.clone()));

    tokio::select! {
        told = told_to_stop() => told?,
        () = died.cancelled() => tracing::error!("a part of the program ended by itself; stopping, to be started anew"),
    }
    let failed = died.is_cancelled();
    tracing::info!("stopping");
    street.cancel();
    hub.close();
    drop(inbox_dyn);
    let server_stop = server.abort_handle();
    if tokio::time::timeout(LAST_CALL, server).await.is_err() {
        server_stop.abort();
    }
    let _ = tokio::time::timeout(LAST_CALL, inbox_task).await;
    turns.cancel();
    let _ = tokio::time::timeout(LAST_CALL, turn_task).await;
    sends.cancel();
    tasks.close();
    if tokio::time::timeout(LAST_CALL, tasks.wait()).await.is_err() {
        tracing::warn!("some sends did not end in time; they are repeated at the next start");
    }
    let _ = tokio::time::timeout(LAST_CALL, store.close()).await;
    if failed { bail!("a part of the program failed, see the log") } else { Ok(()) }
}

/// A task that must not end before it is told to: when it does, by a bug, the whole program stops and its supervisor
/// starts it again, instead of looking healthy while it is deaf.
fn vital(work: impl Future<Output = ()> + Send + 'static, died: &CancellationToken) -> impl Future<Output = ()> + Send + 'static {
    let alarm = died.clone().drop_guard();
    async move {
        let _alarm = alarm;
        work.await;
    }
}

/// Loads the content with what officers edited; without it when that cannot be read any more, so that citizens are answered.
fn load_edited(
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
            bail!("the content has {} fault(s), see `motcua check`:{}", faults.len(), list.concat())
        }
        Err(error) => Err(error.into()),
    }
}

/// What is on, what is off, and how to switch it on.
fn banner(
    config: &Config,
    library: &Library,
    telegram: Option<&telegram::Line>,
    zalo: Option<&zalo::Line>,
    zalo_bot: Option<&zalo_bot::Line>,
    console: &str,
) -> String {
    let telegram = telegram
        .map_or_else(|| "off  set TELEGRAM_BOT_TOKEN=… (ask @BotFather for a token)".to_owned(), telegram::Line::describe);
    let zalo = zalo.map_or_else(
        || "off  set ZALO_APP_ID and ZALO_APP_SECRET, then run `motcua zalo connect`".to_owned(),
        zalo::Line::describe,
    );
    let zalo_bot = zalo_bot
        .map_or_else(|| "off  set ZALO_BOT_TOKEN=… (the Zalo Bot Manager gives a token)".to_owned(), zalo_bot::Line::describe);
    let public = match &config.public_url {
        Some(url) => format!("on   {url}"),
        None => format!("on   http://{}/  (set MOTCUA_PUBLIC_URL=https://… behind a proxy)", config.listen),
    };
    let hotline = match &config.office.hotline {
        Some(number) => format!("on   {number}"),
        None => "off  set [office] hotline, hours, address in motcua.toml".to_owned(),
    };
    let languages = Lang::ALL.map(Lang::code).join(", ");
    format!(
        "motcua {}: {} guides, languages {languages}\n  web chat   {public}\n  telegram   {telegram}\n  zalo       {zalo}\n  zalo bot   {zalo_bot}\n  console    {console}\n  database   on   {}\n  hotline    {hotline}\n",
        env!("CARGO_PKG_VERSION"),
        library.len(),
        database_name(config),
    )
}

/// Folds the samples of histograms together; without it they pile up while nobody scrapes.
async fn tidy_metrics(metrics: Option<PrometheusHandle>, stop: CancellationToken) {
    let Some(metrics) = metrics else { return };
    while tokio::time::timeout(TIDY_METRICS, stop.cancelled()).await.is_err() {
        metrics.run_upkeep();
    }
}

async fn told_to_stop() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
