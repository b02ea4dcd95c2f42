//! Who works behind the street: turns, couriers, upkeep, and what only one process does.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::bells::Bells;
use super::calls::Calls;
use super::crew::Crew;
use super::ground::Ground;
use super::lines::Lines;
use super::services::{Sealed, Services};
use super::{database, lead, reload, telegram};
use crate::delivery::Courier;
use crate::media::{Eyes, Looker};
use crate::service::handoff::Hotline;
use crate::service::{Upkeep, Waker};

/// Starts them. Returns the task that takes turns, which is waited for before sending ends.
pub(super) fn start(
    ground: &Ground,
    lines: &Lines,
    bells: &Bells,
    services: &Services,
    pages: mpsc::Receiver<String>,
    crew: &Crew,
) -> JoinHandle<()> {
    let Ground { clock, store, .. } = ground;
    let calls = Calls {
        store: store.clone(),
        me: clock.fresh_id(),
        arrived_here: Arc::clone(&bells.arrived_here),
        written_here: Arc::clone(&bells.written_here),
        pages,
        arrived: bells.arrival(),
        written: bells.writing(),
        hub: Arc::clone(&lines.hub),
    };
    crew.spawn(calls.run(crew.sends.clone()));
    crew.spawn(ground.switchboard.clone().watch(Arc::clone(&ground.switches), crew.street.clone()));
    let content = reload::Content {
        library: Arc::clone(&ground.library),
        layers: ground.layers.clone(),
        index: ground.config.index.clone(),
        clock: Arc::clone(clock),
        store: store.clone(),
        changed: Arc::clone(&bells.changed),
    };
    let sealed = services.sealed.as_ref();
    crew.spawn(content.watch(sealed.map(|sealed| sealed.editing.clone()), crew.street.clone()));
    if let Some(sealed) = sealed {
        crew.vital(sealed.handoff.clone().watch(Arc::clone(&bells.turned), crew.street.clone()));
    }
    if !crew.role.works() {
        return tokio::spawn(async {});
    }
    couriers(ground, lines, bells, crew);
    upkeep(ground, bells, crew);
    if let Some(sealed) = sealed {
        behind_the_key(ground, lines, bells, sealed, crew);
    }
    crew.vital(services.conversations.clone().run(crew.turns.clone()))
}

/// A courier for each channel.
fn couriers(ground: &Ground, lines: &Lines, bells: &Bells, crew: &Crew) {
    let lease = Duration::from_secs(ground.config.lease_seconds.into());
    for (channel, wake) in lines.channels().into_iter().zip(bells.couriers.clone()) {
        let name = channel.name();
        let (store, clock, switches) = (ground.store.clone(), Arc::clone(&ground.clock), Arc::clone(&ground.switches));
        let journal = database::beside(&ground.config, &format!("sent-{name}"));
        let courier = move |stop| {
            let courier = Courier::new(Arc::clone(&channel), store.clone(), Arc::clone(&clock), Arc::clone(&wake), lease);
            courier.heeding(Arc::clone(&switches)).with_journal(journal.clone()).run(stop)
        };
        crew.alone(lead::courier(name), &crew.sends, courier);
    }
}

/// Forgetting in time, and turns whose time has come.
fn upkeep(ground: &Ground, bells: &Bells, crew: &Crew) {
    let Ground { clock, store, keys, .. } = ground;
    let keep_days = ground.config.keep_days;
    let upkeep = Upkeep { store: store.clone(), clock: Arc::clone(clock), keys: keys.clone(), keep_days };
    crew.alone("upkeep", &crew.street, move |stop| upkeep.clone().run(stop));
    let waker = Waker { store: store.clone(), clock: Arc::clone(clock), arrived: Arc::clone(&bells.arrived) };
    crew.alone("waker", &crew.street, move |stop| waker.clone().run(stop));
}

/// What there is with a key: files, broadcasts, news of dossiers, the hotline.
fn behind_the_key(ground: &Ground, lines: &Lines, bells: &Bells, sealed: &Sealed, crew: &Crew) {
    let looker = Looker {
        store: ground.store.clone(),
        files: sealed.files.clone(),
        eyes: Eyes::ours(),
        clock: Arc::clone(&ground.clock),
        channels: lines.channels(),
        wanted: Arc::clone(&bells.wanted),
        arrived: Arc::clone(&bells.arrived),
    };
    crew.vital(looker.run(crew.turns.clone()));
    let (broadcasts, announced) = (sealed.broadcasts.clone(), Arc::clone(&bells.announced));
    crew.alone("broadcasts", &crew.street, move |stop| broadcasts.clone().run(Arc::clone(&announced), stop));
    let pusher = sealed.pusher.clone();
    crew.alone("pusher", &crew.street, move |stop| pusher.clone().run(stop));
    let forum = lines.telegram.as_ref().and_then(telegram::Line::forum);
    if let (Some(forum), Some(configured)) = (forum, ground.office.group.clone()) {
        let (handoff, wake, trouble) = (sealed.handoff.clone(), Arc::clone(&bells.group), Arc::clone(&sealed.trouble));
        let hotline = move |stop| {
            let (handoff, forum, configured) = (handoff.clone(), Arc::clone(&forum), configured.clone());
            Hotline { handoff, forum, configured, wake: Arc::clone(&wake), trouble: Arc::clone(&trouble) }.run(stop)
        };
        crew.alone("hotline", &crew.street, hotline);
    }
}
