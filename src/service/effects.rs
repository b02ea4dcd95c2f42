//! What a turn wants done besides talking.

use super::handoff::group;
use super::links;
use crate::domain::Inbound;
use crate::domain::file::Kept;
use crate::domain::forum::Document;
use crate::domain::privacy::Use;
use crate::domain::ticket::{Enclosure, Ending, MOST_ENCLOSURES, Stage};
use crate::engine::{Effect, TELL_CONSENT, Turn, World};
use crate::knowledge::search::unmarked;
use crate::seal::token_hash;
use crate::store::broadcast::Reply;
use crate::store::citizen::Citizen;
use crate::store::{
    Result, Tx, broadcast, citizen, conversation, edition, enclosure, look, paper, privacy, recipient, subscriber, tally, ticket,
    walk,
};
use uuid::Uuid;

/// Carries out the effects of a turn, in its transaction, before its replies are written; what is only counted is put to `counts`.
///
/// # Errors
/// When the database fails.
pub(super) async fn carry_out(
    tx: &mut Tx,
    world: &World<'_>,
    inbound: &Inbound,
    of: Option<&Citizen>,
    turn: &Turn,
    counts: &mut tally::Counts,
) -> Result<()> {
    let day = world.today().to_string();
    for effect in &turn.effects {
        match (effect, of) {
            (Effect::Learn(learned), _) => counts.learn(learned),
            (Effect::Tally(outcome, guide), _) => {
                metrics::counter!("motcua_questions_total", "outcome" => *outcome).increment(1);
                counts.ask(inbound.from.channel, outcome, guide.as_deref());
                let told = turn.state.helper.is_none() && turn.state.news.as_ref().is_some_and(|news| news.asked);
                if let Some(guide) = guide.as_ref().filter(|_| told) {
                    subscriber::interested(tx, &inbound.from, guide, world.now).await?;
                }
            }
            (Effect::Subscribe(news), _) => {
                let hamlet = news.hamlet.as_deref().map(unmarked).unwrap_or_default();
                privacy::agree(tx, &inbound.from, Use::News, &news.consent, world.now).await?;
                subscriber::put(tx, &inbound.from, news, &hamlet, turn.state.lang.unwrap_or_default()).await?;
            }
            (Effect::Unsubscribe, _) => {
                privacy::withdraw(tx, &inbound.from, Use::News, world.now).await?;
                subscriber::remove(tx, &inbound.from).await?;
                recipient::stop(tx, &inbound.from, world.now).await?;
            }
            (Effect::Tapped(id, button), _) => counts.tap(*id, *button),
            (Effect::Replied { broadcast: id, words, answered }, _) => {
                let reply = Reply { at: world.now.0, words: words.clone(), answered: *answered };
                broadcast::replied(tx, inbound.id, *id, &reply).await?;
            }
            (Effect::TellNoMore, _) => {
                privacy::withdraw(tx, &inbound.from, Use::Answers, world.now).await?;
                edition::forget(tx, &inbound.from).await?;
            }
            (Effect::TellMe(question), _) => {
                privacy::agree(tx, &inbound.from, Use::Answers, TELL_CONSENT, world.now).await?;
                edition::ask(tx, &inbound.from, question, world.now).await?;
            }
            (Effect::ForgetWalk(run), _) => {
                walk::forget(tx, *run).await?;
                privacy::withdraw(tx, &inbound.from, Use::Walks, world.now).await?;
            }
            (Effect::ExportData(token, until), _) => privacy::link(tx, &inbound.from, &token_hash(token), *until).await?,
            (Effect::Passed(passage), _) => walk::pass(tx, passage, &day).await?,
            (Effect::Helped(help, consent), _) => walk::helped(tx, *help, consent, &day).await?,
            (Effect::Look(file, purpose), _) => look::add(tx, inbound.id, &inbound.from, file, purpose, world.now).await?,
            (Effect::Leave(id), _) => {
                if ticket::close(tx, *id, None, Ending::Withdrawn, world.now).await? {
                    group::left(tx, world, inbound, *id).await?;
                }
            }
            (Effect::ForDesk(id), _) => {
                ticket::spoken(tx, *id, world.now).await?;
                if let Some(of) = ticket::load(tx, *id).await?.filter(|_| world.office.group.is_some()) {
                    group::relayed(tx, world, inbound, &of).await?;
                }
            }
            (Effect::Enclose(id, file), _) => enclose(tx, world, inbound, *id, file).await?,
            (Effect::Transcribe(id, token, until), _) => {
                let _ours = ticket::transcribe(tx, *id, &inbound.from, &token_hash(token), *until).await?;
            }
            (Effect::ScoreDesk(id, score), _) => ticket::score(tx, *id, &inbound.from, *score, world.now).await?,
            (Effect::Wipe(since), _) => conversation::wipe(tx, &inbound.from, *since, inbound.id).await?,
            (Effect::Unlink(place), Some(citizen)) => links::unlink(tx, world, inbound, &citizen.id, *place).await?,
            (Effect::Prefer(place), Some(citizen)) => citizen::prefer(tx, &citizen.id, *place).await?,
            // Nobody is linked any more.
            (Effect::Unlink(_) | Effect::Prefer(_), None) => {}
            // These are part of the turn itself: it is taken again, or gone on with, by what they find.
            (effect, _) if effect.asks() => {}
            (effect, _) => debug_assert!(matches!(effect, Effect::Keep(_) | Effect::Offer(..))),
        }
    }
    Ok(())
}

/// Keeps a file of a citizen with their ticket; one that nobody takes any more goes.
async fn enclose(tx: &mut Tx, world: &World<'_>, inbound: &Inbound, ticket: Uuid, file: &Kept) -> Result<()> {
    let open = ticket::load(tx, ticket).await?.filter(|of| of.stage != Stage::Closed && of.from == inbound.from);
    let room = enclosure::of(tx, ticket).await?.len() < MOST_ENCLOSURES;
    let Some(of) = open.filter(|_| room) else { return paper::discard(tx, &file.stored).await };
    let new = Enclosure {
        id: inbound.id,
        ticket,
        officer: None,
        file: Document { stored: file.stored.clone(), kind: file.kind },
        bytes: file.bytes,
        sent_at: world.now,
    };
    enclosure::add(tx, &new, None).await?;
    ticket::spoken(tx, ticket, world.now).await?;
    group::enclosed(tx, world, inbound, &of, file).await
}
