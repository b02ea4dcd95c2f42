//! Linking a citizen's places, and taking them apart again.

use uuid::Uuid;

use crate::domain::{Address, Clock, Inbound, Message, Priority, ResumeCode, Timestamp};
use crate::engine::link::{CONSENT, KnownPlace, MOST_PLACES, Shared, linked_notice, unlinked_notice};
use crate::engine::{Found, State, World};
use crate::store::citizen::{self, Citizen};
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, Tx, conversation};

/// The state of a conversation with what its linked places share, and the citizen they belong to.
pub(super) async fn overlaid(tx: &mut Tx, at: &Address, state: State) -> Result<(State, Option<Citizen>)> {
    let Some(citizen) = citizen::of(tx, at).await? else { return Ok((state, None)) };
    let shared = serde_json::from_str(&citizen.shared).unwrap_or_default();
    let places = known_places(tx, &citizen.id, at).await?;
    Ok((State { places, ..state.with_shared(shared) }, Some(citizen)))
}

async fn known_places(tx: &mut Tx, citizen: &str, here: &Address) -> Result<Vec<KnownPlace>> {
    let places = citizen::places(tx, citizen).await?;
    let known = |linked: citizen::Linked| KnownPlace {
        id: linked.id,
        channel: linked.place.address.channel,
        preferred: linked.place.preferred,
        here: linked.place.address == *here,
    };
    Ok(places.into_iter().map(known).collect())
}

/// What a code offers to somebody at `here`. A place cannot be linked with itself.
pub(super) async fn offered(tx: &mut Tx, code: &ResumeCode, here: &Address, now: Timestamp) -> Result<Found> {
    let there = citizen::offered(tx, code, now).await?.filter(|there| there != here);
    Ok(match there.filter(|_| here.is_private()) {
        Some(there) => Found::Offer(code.clone(), there.channel),
        None => Found::Nothing,
    })
}

/// Links `here` with the place that offered `code`; that one is told. Everything either had is shared from now on.
pub(super) async fn link(
    tx: &mut Tx,
    world: &World<'_>,
    clock: &dyn Clock,
    inbound: &Inbound,
    code: &ResumeCode,
    ours: Shared,
) -> Result<Found> {
    let (here, now) = (&inbound.from, world.now);
    let there = citizen::take_offer(tx, code, now).await?.filter(|there| there != here && here.is_private());
    let Some(there) = there else { return Ok(Found::Nothing) };
    let their_state = state_of(tx, &there).await?;
    let lang = their_state.lang.unwrap_or_default();
    let theirs = match citizen::of(tx, &there).await? {
        Some(citizen) => citizen,
        None => {
            let id = clock.fresh_id();
            citizen::create(tx, id, &json(&their_state.shared().unwrap_or_default()), now).await?;
            citizen::add_place(tx, &id.to_string(), &there, clock.secret(), CONSENT, now).await?;
            Citizen { id: id.to_string(), version: 1, shared: json(&their_state.shared().unwrap_or_default()) }
        }
    };
    match citizen::of(tx, here).await? {
        Some(ours) if ours.id == theirs.id => {}
        Some(ours) => citizen::merge(tx, &ours.id, &theirs.id).await?,
        None => citizen::add_place(tx, &theirs.id, here, clock.secret(), CONSENT, now).await?,
    }
    let shared = serde_json::from_str::<Shared>(&theirs.shared).unwrap_or_default().joined(ours);
    citizen::share(tx, &theirs.id, &json(&shared)).await?;
    let places = known_places(tx, &theirs.id, here).await?;
    if places.len() > MOST_PLACES {
        tracing::warn!(places = places.len(), "a citizen linked more places than are offered");
    }
    tell(tx, inbound, &there, linked_notice(world, lang, here.channel), now).await?;
    Ok(Found::Linked(shared, places))
}

/// Takes a place out of the link; it is told, unless it is the one that asked.
pub(super) async fn unlink(tx: &mut Tx, world: &World<'_>, inbound: &Inbound, citizen: &str, place: Uuid) -> Result<()> {
    let gone = citizen::places(tx, citizen).await?.into_iter().find(|linked| linked.id == place);
    citizen::remove_place(tx, citizen, place).await?;
    let Some(there) = gone.map(|linked| linked.place.address).filter(|there| *there != inbound.from) else { return Ok(()) };
    let lang = state_of(tx, &there).await?.lang.unwrap_or_default();
    tell(tx, inbound, &there, unlinked_notice(world, lang, inbound.from.channel), world.now).await
}

async fn state_of(tx: &mut Tx, at: &Address) -> Result<State> {
    let stored = conversation::load(tx, at).await?.unwrap_or_default();
    Ok(serde_json::from_str(&stored.state).unwrap_or_default())
}

async fn tell(tx: &mut Tx, inbound: &Inbound, to: &Address, message: Message, now: Timestamp) -> Result<()> {
    let id = format!("{}.link", inbound.id);
    add(tx, &Outbound { id, to: to.clone(), priority: Priority::Notice, message }, now).await
}

/// What is shared, as it is stored.
pub(super) fn json(shared: &Shared) -> String {
    serde_json::to_string(shared).unwrap_or_default()
}
