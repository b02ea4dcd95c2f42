//! Builds the house, starts it, and stops it. The only place that holds everything.
//!
//! **Invariants.** Nothing is started before everything that can fail at the start has succeeded. Stopping goes from
//! the street inwards and out again: nothing new is taken in, turns in hand are finished, sends under way are marked. What
//! only one process may do is begun where it is led (`lead`), and led until its work has ended.

mod banner;
mod broadcasts;
mod calls;
mod clock;
mod console;
mod database;
mod desk;
mod dossiers;
mod gauges;
mod lead;
mod reload;
mod telegram;
mod zalo;
mod zalo_bot;

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};
use arc_swap::ArcSwap;
use axum::Router;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, broadcast, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::channel::web::{Hub, Limits, Web};
use crate::channel::{Channel, Inbox, Spool, web};
use crate::config::{Config, Role};
use crate::delivery::Courier;
use crate::domain::Clock;
use crate::engine::Office;
use crate::http;
use crate::i18n::Wording;
use crate::knowledge::Origin;
use crate::media::{Eyes, Files, Looker};
use crate::seal::Keyring;
use crate::service::editing::{Editing, live_editions};
use crate::service::handoff::{Handoff, Hotline, Trouble};
use crate::service::privacy::Privacy;
use crate::service::{Conversations, History, InHand, StoreInbox, Switchboard, Upkeep, Waker};
use crate::site::{self, Site};

use self::calls::Calls;
use self::lead::Leading;
pub use clock::SystemClock;
pub use database::{look_into, open_store};
pub use zalo::tokens as zalo_tokens;

/// Paths of our own, which no webhook can have.
const OURS: [&str; 16] = [
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
    "/readyz",
    "/metrics",
];
/// Pings kept for a slow page; it reads everything new at the first one anyway.
const PINGS: usize = 4;
/// How long open requests and sends may take to end when the program stops.
const LAST_CALL: Duration = Duration::from_secs(15);

/// Serves until the process is told to stop.
///
/// # Errors
/// When something that is needed cannot be had: one sentence that says what, and nothing is left half-started.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        let why = if error.kind() == ErrorKind::AddrInUse { "another program uses it".to_owned() } else { error.to_string() };
        anyhow!("cannot listen on {}: {why} (set MOTCUA_LISTEN)", config.listen)
    })?;
    let layers = Origin::layers(&config.knowledge);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = open_store(&config).await?;
    let edited = live_editions(&store, clock.now()).await?;
    let (library, faults) = reload::load_edited(&layers, edited, &config, clock.as_ref())?;
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
    print!("{}", banner::banner(&config, &library, telegram.as_ref(), zalo.as_ref(), zalo_bot.as_ref(), &console));

    reload::warn(&faults);

    let metrics = PrometheusBuilder::new().install_recorder().ok();
    let library = Arc::new(ArcSwap::from_pointee(library));
    let office = Arc::new(Office { desk, group, ..config.office.clone() });
    let (far, pages) = mpsc::channel(calls::WAITING);
    let hub = Arc::new(if store.is_shared() { Hub::with_others(far) } else { Hub::default() });
    let role = config.role;

    let arrived = Arc::new(Notify::new());
    let wake_group = Arc::new(Notify::new());
    let (arrived_here, written_here) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut channels: Vec<Arc<dyn Channel>> = vec![Arc::clone(&hub) as Arc<dyn Channel>];
    channels.extend(telegram.as_ref().map(telegram::Line::channel));
    channels.extend(zalo.as_ref().map(zalo::Line::channel));
    channels.extend(zalo_bot.as_ref().map(zalo_bot::Line::channel));
    let mut written: Vec<Arc<Notify>> = channels.iter().map(|_| Arc::new(Notify::new())).collect();
    let wakes = vec![Arc::clone(&arrived), Arc::clone(&wake_group)];
    let (inbox, inbox_task) =
        StoreInbox::start(store.clone(), Arc::clone(&clock), [wakes.clone(), vec![Arc::clone(&arrived_here)]].concat());

    let (street, turns, sends, leads) = <(CancellationToken, CancellationToken, CancellationToken, CancellationToken)>::default();
    let (tasks, died) = (TaskTracker::new(), CancellationToken::new());
    let (leading, asking) = Leading::start(&store, leads.clone());
    let switchboard = Switchboard { store: store.clone(), clock: Arc::clone(&clock), keys: keys.clone() };
    let switches = Arc::new(ArcSwap::from_pointee(switchboard.all().await?));
    let lease = Duration::from_secs(config.lease_seconds.into());
    for (channel, wake) in channels.iter().zip(&written).filter(|_| role.works()) {
        let name = lead::courier(channel.name());
        let (channel, store, clock, wake) = (Arc::clone(channel), store.clone(), Arc::clone(&clock), Arc::clone(wake));
        let switches = Arc::clone(&switches);
        let journal = database::beside(&config, &format!("sent-{}", channel.name()));
        let courier = move |stop| {
            let courier = Courier::new(Arc::clone(&channel), store.clone(), Arc::clone(&clock), Arc::clone(&wake), lease);
            courier.heeding(Arc::clone(&switches)).with_journal(journal.clone()).run(stop)
        };
        tasks.spawn(vital(leading.clone().alone(name, sends.clone(), courier), &died));
    }
    let open = channels.clone();
    if let Some(files) = files.clone().filter(|_| role.works()) {
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
    let calls = Calls {
        store: store.clone(),
        me: clock.fresh_id(),
        arrived_here: Arc::clone(&arrived_here),
        written_here: Arc::clone(&written_here),
        pages,
        arrived: wakes,
        written: written.clone(),
        hub: Arc::clone(&hub),
    };
    tasks.spawn(calls.run(sends.clone()));
    written.push(written_here);
    tasks.spawn(switchboard.clone().watch(Arc::clone(&switches), street.clone()));
    let conversations = Conversations {
        in_hand: InHand::default(),
        store: store.clone(),
        switches: Arc::clone(&switches),
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
    if let Some(broadcasts) = broadcasts.clone().filter(|_| role.works()) {
        let conduct = move |stop| broadcasts.clone().run(Arc::clone(&announced), stop);
        tasks.spawn(vital(leading.clone().alone("broadcasts", street.clone(), conduct), &died));
    }
    let turn_task = match role.works() {
        true => tasks.spawn(vital(conversations.run(turns.clone()), &died)),
        false => tasks.spawn(async {}),
    };
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
    if let (true, Some(handoff), Some(forum), Some(configured)) = (role.works(), handoff.clone(), forum, office.group.clone()) {
        let trouble = Arc::clone(&trouble);
        let hotline = move |stop| {
            let (handoff, forum, configured) = (handoff.clone(), Arc::clone(&forum), configured.clone());
            Hotline { handoff, forum, configured, wake: Arc::clone(&wake_group), trouble: Arc::clone(&trouble) }.run(stop)
        };
        tasks.spawn(vital(leading.clone().alone("hotline", street.clone(), hotline), &died));
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
        pushing = Some(pusher);
        dossiers.letters(Arc::clone(&library), Arc::clone(&wording)).merge(dossiers.routes(broadcasts))
    });
    if role.works() {
        if let Some(pusher) = pushing.clone() {
            let push = move |stop| pusher.clone().run(stop);
            tasks.spawn(vital(leading.clone().alone("pusher", street.clone(), push), &died));
        }
        let upkeep =
            Upkeep { store: store.clone(), clock: Arc::clone(&clock), keys: upkeep_keys.clone(), keep_days: config.keep_days };
        let upkeep = move |stop| upkeep.clone().run(stop);
        tasks.spawn(vital(leading.clone().alone("upkeep", street.clone(), upkeep), &died));
        let waker = Waker { store: store.clone(), clock: Arc::clone(&clock), arrived: Arc::clone(&arrived) };
        let waker = move |stop| waker.clone().run(stop);
        tasks.spawn(vital(leading.clone().alone("waker", street.clone(), waker), &died));
    }
    tasks.spawn(gauges::take(metrics.clone(), store.clone(), Arc::clone(&clock), street.clone()));
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
        switches,
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
    let street_work = Street { role, leading, tasks: &tasks, stop: &street, died: &died };
    if let Some(line) = zalo_bot {
        parts.extend(line.start(Arc::clone(&inbox_dyn), &street_work));
    }
    if let Some(line) = telegram {
        parts.extend(line.start(Arc::clone(&inbox_dyn), wording, &street_work));
    }
    if !role.serves() {
        (parts, large) = (Vec::new(), Router::new());
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
    leads.cancel();
    let _ = tokio::time::timeout(LAST_CALL, asking).await;
    let _ = tokio::time::timeout(LAST_CALL, store.close()).await;
    if failed { bail!("a part of the program failed, see the log") } else { Ok(()) }
}

/// What a line needs to begin its work.
struct Street<'a> {
    role: Role,
    leading: Leading,
    tasks: &'a TaskTracker,
    stop: &'a CancellationToken,
    died: &'a CancellationToken,
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

async fn told_to_stop() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
