//! Linking a citizen's places, and taking them apart again.

use uuid::Uuid;

use crate::domain::privacy::Use;
use crate::domain::{Address, ChannelName, Clock, Inbound, Lang, Message, Priority, ResumeCode, Timestamp};
use crate::engine::link::{CONSENT, KnownPlace, MOST_PLACES, Shared, linked_notice, unlinked_notice};
use crate::engine::{Found, State, World};
use crate::service::state::state_at;
use crate::store::citizen::{self, Citizen, Linked};
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, Tx, conversation, privacy};

/// The state of a conversation with what the places of its citizen share.
pub(super) async fn overlaid(tx: &mut Tx, at: &Address, citizen: &Citizen, state: State) -> Result<State> {
    let shared = serde_json::from_str(&citizen.shared).unwrap_or_default();
    let places = known_places(tx, &citizen.id, at).await?;
    Ok(State { places, ..state.with_shared(shared) })
}

async fn known_places(tx: &mut Tx, citizen: &str, here: &Address) -> Result<Vec<KnownPlace>> {
    let places = citizen::places(tx, citizen).await?;
    let known = |linked: Linked| KnownPlace {
        id: linked.id,
        channel: linked.place.address.channel,
        preferred: linked.place.preferred,
        linked_at: linked.linked_at,
        here: linked.place.address == *here,
    };
    Ok(places.into_iter().map(known).collect())
}

/// What a code offers to somebody at `here`. A place cannot be linked with itself.
pub(super) async fn offered(tx: &mut Tx, code: &ResumeCode, here: &Address, now: Timestamp) -> Result<Found> {
    let there = citizen::offered(tx, code, now).await?;
    Ok(match there.filter(|there| can_link(there, here)) {
        Some(there) => Found::Offer(code.clone(), there.channel),
        None => Found::Nothing,
    })
}

/// Two places of one person each: a place is not linked with itself, and a group is nobody.
fn can_link(there: &Address, here: &Address) -> bool {
    there != here && there.is_private() && here.is_private()
}

/// Links `here` with the place that offered `code`; all other places of theirs are told. Everything either had is shared from
/// now on.
pub(super) async fn link(
    tx: &mut Tx,
    world: &World<'_>,
    clock: &dyn Clock,
    inbound: &Inbound,
    code: &ResumeCode,
    ours: Shared,
) -> Result<Found> {
    let (here, now) = (&inbound.from, world.now);
    let Some(there) = citizen::take_offer(tx, code, now).await?.filter(|there| can_link(there, here)) else {
        return Ok(Found::Nothing);
    };
    // A turn that is being taken there was read without the link: it must be taken again.
    conversation::outdate(tx, &there).await?;
    let their_state = state_at(tx, &there).await?;
    let Some(their_shared) = their_state.shared() else { return Ok(Found::Nothing) };
    let theirs = match held(tx, &there).await? {
        Some(citizen) => citizen,
        None => {
            let id = clock.fresh_id();
            citizen::create(tx, id, &json(&their_shared), now).await?;
            add_place(tx, clock, &id.to_string(), &there, now).await?;
            Citizen { id: id.to_string(), version: 1, shared: json(&their_shared) }
        }
    };
    match citizen::of(tx, here).await? {
        Some(ours) if ours.id == theirs.id => {}
        Some(ours) => citizen::merge(tx, &ours.id, &theirs.id).await?,
        None => add_place(tx, clock, &theirs.id, here, now).await?,
    }
    let shared = serde_json::from_str::<Shared>(&theirs.shared).unwrap_or_default().joined(ours);
    citizen::share(tx, &theirs.id, &json(&shared)).await?;
    let places = known_places(tx, &theirs.id, here).await?;
    if places.len() > MOST_PLACES {
        tracing::warn!(places = places.len(), "a citizen linked more places than are offered");
    }
    for place in citizen::places(tx, &theirs.id).await? {
        tell(tx, world, inbound, &place, linked_notice).await?;
    }
    Ok(Found::Linked(shared, places))
}

/// Adds a place to a citizen; both agreed before.
async fn add_place(tx: &mut Tx, clock: &dyn Clock, citizen: &str, at: &Address, now: Timestamp) -> Result<()> {
    privacy::agree(tx, at, Use::Places, CONSENT, now).await?;
    citizen::add_place(tx, citizen, at, clock.secret(), CONSENT, now).await
}

/// The citizen at a place, held as they are until the end of the transaction.
async fn held(tx: &mut Tx, at: &Address) -> Result<Option<Citizen>> {
    loop {
        match citizen::of(tx, at).await? {
            Some(citizen) if citizen::hold(tx, &citizen.id, citizen.version).await? => return Ok(Some(citizen)),
            Some(_) => {}
            None => return Ok(None),
        }
    }
}

/// Takes a place out of the link; it is told, unless it is the one that asked.
pub(super) async fn unlink(tx: &mut Tx, world: &World<'_>, inbound: &Inbound, citizen: &str, place: Uuid) -> Result<()> {
    let gone = citizen::places(tx, citizen).await?.into_iter().find(|linked| linked.id == place);
    citizen::remove_place(tx, citizen, place).await?;
    if let Some(gone) = &gone {
        privacy::withdraw(tx, &gone.place.address, Use::Places, world.now).await?;
    }
    match gone {
        Some(gone) => tell(tx, world, inbound, &gone, unlinked_notice).await,
        None => Ok(()),
    }
}

/// Tells a place, unless it is the one that asked.
async fn tell(
    tx: &mut Tx,
    world: &World<'_>,
    inbound: &Inbound,
    to: &Linked,
    notice: fn(&World<'_>, Lang, ChannelName) -> Message,
) -> Result<()> {
    let address = &to.place.address;
    if *address == inbound.from {
        return Ok(());
    }
    let lang = state_at(tx, address).await?.lang.unwrap_or_default();
    let message = notice(world, lang, inbound.from.channel);
    let id = format!("{}.link.{}", inbound.id, to.id.simple());
    add(tx, &Outbound { id, to: address.clone(), priority: Priority::Notice, message }, world.now).await
}

/// What is shared, as it is stored.
pub(super) fn json(shared: &Shared) -> String {
    serde_json::to_string(shared).unwrap_or_default()
}
