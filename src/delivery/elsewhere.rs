//! What becomes of a message that cannot reach somebody where it was sent.

use crate::channel::{Capabilities, fit_notice};
use crate::domain::{Address, ChannelName, Place, Priority, Route, Tariff, Timestamp, route};
use crate::store::outbox::{self, Outbound, Outcome};
use crate::store::{Result, Tx, citizen, conversation};

/// Ends `outbound` where it is: nobody can be reached there, or their window is closed. A notice goes to another place that the
/// same citizen linked and that it was not tried at; where there is none, it is kept until they write again.
pub(super) async fn pass_on(tx: &mut Tx, outbound: &Outbound, error: Option<&str>, now: Timestamp) -> Result<()> {
    let (id, priority) = (&outbound.id, outbound.priority);
    let next = if priority == Priority::Notice { another_place(tx, outbound, now).await? } else { None };
    let Some((origin, to, nth)) = next else {
        if outbox::settle(tx, id, Outcome::Unreachable, None, error, now).await? {
            keep(tx, outbound).await?;
        }
        return Ok(());
    };
    // Marked before, by a transaction whose end nobody heard of.
    if !outbox::settle(tx, id, Outcome::Elsewhere, None, error, now).await? {
        return Ok(());
    }
    outbox::note(tx, id, now, "elsewhere", &to.masked()).await?;
    for (part, message) in fit_notice(outbound.message.clone(), Capabilities::of(to.channel)).into_iter().enumerate() {
        let instead = Outbound { id: format!("{origin}~{nth}.{part}"), to: to.clone(), priority, message };
        outbox::add_instead(tx, &origin, &instead, now).await?;
        // Somebody else may be helped on that phone just now.
        if conversation::holds_notices(tx, &to).await? {
            outbox::hold_back(tx, &instead.id).await?;
        }
    }
    Ok(())
}

/// Notes at every place of theirs that something is kept for them.
async fn keep(tx: &mut Tx, outbound: &Outbound) -> Result<()> {
    for place in citizen::addresses(tx, &outbound.to).await? {
        conversation::keep_notices(tx, &place, true).await?;
    }
    Ok(())
}

/// The first message of the row of tries, where to go next, and the how-manieth try that is.
async fn another_place(tx: &mut Tx, outbound: &Outbound, now: Timestamp) -> Result<Option<(String, Address, usize)>> {
    let Some(citizen) = citizen::of(tx, &outbound.to).await? else { return Ok(None) };
    let Some((origin, tried)) = outbox::tries(tx, &outbound.id).await? else { return Ok(None) };
    let places = citizen::places(tx, &citizen.id).await?;
    // On a web page nobody may be looking: what is kept is shown there, too, when they come back.
    let worth = |place: &Place| place.address.channel != ChannelName::Web && !tried.contains(&place.address);
    let untried: Vec<_> = places.into_iter().map(|linked| linked.place).filter(worth).collect();
    // Windows of the next channel are its own courier's business: it passes the message on again.
    let way = route(&untried, |_| Tariff::default(), now);
    Ok(match way {
        Route::Words(to, _) | Route::Template(to, _) => Some((origin, to, tried.len())),
        Route::Nowhere => None,
    })
}
