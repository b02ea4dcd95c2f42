//! What a conversation asks about dossiers: within the transaction of its turn.

use crate::domain::privacy::Use;
use crate::domain::{Address, ChannelName, Clock, DossierCode, Inbound, Status, Timestamp};
use crate::engine::dossier::{CONSENT, LookedUp, MOST_FOLLOWED, Submitted, View, handle};
use crate::engine::{Effect, Found};
use crate::seal::{Keyring, token_hash};
use crate::service::audit::note;
use crate::store::dossier::Stored;
use crate::store::{Result, Tx, agency, citizen, dossier, follow, inbox, privacy, rating};

use super::intake::{IDENTITY, PHONE};
use super::papers;

/// Second facts that may miss in a day, at one place, for one dossier, and over all browsers.
const MISSES_HERE: i64 = 5;
const MISSES_OF_DOSSIER: i64 = 10;
const MISSES_OF_WEB: i64 = 300;

/// Answers an effect that asks about dossiers; `None` when it asks about something else.
///
/// # Errors
/// When the database fails.
pub async fn answer(
    tx: &mut Tx,
    keys: &Keyring,
    clock: &dyn Clock,
    inbound: &Inbound,
    asks: &Effect,
    now: Timestamp,
) -> Result<Option<Found>> {
    let here = &inbound.from;
    let audit = async |tx: &mut Tx, action: &str, key: &str| note(tx, keys, clock, &here.masked(), action, key).await;
    Ok(Some(match asks {
        // Who is in a group today, and who joins tomorrow, is not for us to know.
        Effect::LookUp(..) | Effect::OpenLink(_) | Effect::Follow(_) if !here.is_private() => {
            inbox::redact(tx, inbound.id).await?;
            Found::LookedUp(LookedUp::NotHere)
        }
        Effect::LookUp(code, digits) => {
            // The digits are needed no more.
            inbox::redact(tx, inbound.id).await?;
            let found = look_up(tx, keys, here, code, digits, now).await?;
            let action = match &found {
                LookedUp::Seen(_) => "look-up",
                LookedUp::Nothing => "look-up in vain",
                LookedUp::TooMany | LookedUp::NotHere => "look-up refused",
            };
            audit(tx, action, &code.key()).await?;
            Found::LookedUp(found)
        }
        Effect::OpenLink(token) => {
            // Not used up by looking: an app that shows a picture of a page opens it before its reader does.
            let key = follow::link(tx, &token_hash(token), now).await?;
            let view = match key {
                Some(key) => {
                    audit(tx, "opened by link", &key).await?;
                    match dossier::load(tx, &key).await? {
                        Some(stored) => Some(view(tx, stored, here).await?),
                        None => None,
                    }
                }
                None => None,
            };
            Found::LookedUp(view.map_or(LookedUp::Nothing, |view| LookedUp::Seen(Box::new(view))))
        }
        Effect::Follow(key) => {
            // Held, so that no change goes by between what was shown and the first news.
            let held = dossier::hold(tx, std::slice::from_ref(key)).await?.remove(key);
            let followed = follow::of(tx, here).await?;
            match held {
                Some(stored) if followed.len() < MOST_FOLLOWED || followed.contains(key) => {
                    follow::add(tx, key, here, CONSENT, now).await?;
                    privacy::agree(tx, here, Use::Dossiers, CONSENT, now).await?;
                    follow::use_links(tx, key).await?;
                    audit(tx, "followed", key).await?;
                    Found::Followed(Some(Box::new(view(tx, stored, here).await?)))
                }
                _ => Found::Followed(None),
            }
        }
        Effect::Unfollow(which) => {
            let keys = keys_of(tx, here, which).await?;
            for key in &keys {
                for place in citizen::addresses(tx, here).await? {
                    follow::remove(tx, key, &place).await?;
                }
                audit(tx, "stopped", key).await?;
            }
            if follow::of(tx, here).await?.is_empty() {
                privacy::withdraw(tx, here, Use::Dossiers, now).await?;
            }
            if keys.is_empty() { Found::Dossiers(followed(tx, here).await?) } else { Found::Unfollowed }
        }
        Effect::ShowFollowed(which) => {
            let key = keys_of(tx, here, which).await?.into_iter().next();
            let stored = match key {
                Some(key) => dossier::load(tx, &key).await?,
                None => None,
            };
            match stored {
                Some(stored) => Found::LookedUp(LookedUp::Seen(Box::new(view(tx, stored, here).await?))),
                None => Found::Dossiers(followed(tx, here).await?),
            }
        }
        Effect::Rated(which, given) => {
            let key = keys_of(tx, here, which).await?.into_iter().next();
            let stored = match &key {
                Some(key) => dossier::load(tx, key).await?,
                None => None,
            };
            let Some(stored) = stored.filter(|stored| stored.dossier.status == Status::HandedOver) else {
                return Ok(Some(Found::RatingTaken(false)));
            };
            let about = rating::About {
                agency: &stored.agency,
                office: stored.dossier.office.as_deref().unwrap_or_default(),
                procedure: stored.dossier.procedure.as_deref().unwrap_or_default(),
            };
            let day = now.date().to_string();
            Found::RatingTaken(rating::add(tx, clock.fresh_id(), &day, (&stored.key, here), about, given).await?)
        }
        Effect::ListPapers(which) => {
            let followed_here = all_followed(tx, here).await?;
            match papers::asked(tx, &followed_here, which).await? {
                Some(stored) => {
                    let sent = papers::sent(tx, &stored.key).await?;
                    Found::Papers(Box::new(view(tx, stored, here).await?), sent)
                }
                None => Found::Dossiers(followed(tx, here).await?),
            }
        }
        Effect::Submit { dossier: which, paper, file } => {
            let key = keys_of(tx, here, which).await?.into_iter().next();
            let submitted = papers::submit(tx, clock, here, key.as_deref(), paper, file, now).await?;
            if let (Some(key), Submitted::Taken(_)) = (&key, &submitted) {
                audit(tx, "paper sent", key).await?;
            }
            Found::Submitted { dossier: which.clone(), paper: paper.clone(), became: submitted }
        }
        Effect::ListFollowed => Found::Dossiers(followed(tx, here).await?),
        _ => return Ok(None),
    }))
}

async fn look_up(
    tx: &mut Tx,
    keys: &Keyring,
    here: &Address,
    code: &DossierCode,
    digits: &str,
    now: Timestamp,
) -> Result<LookedUp> {
    let (key, day, place) = (code.key(), now.date().to_string(), here.to_string());
    // Browsers can be had for nothing: all together they have one allowance, and cannot use up that of people with an account.
    let web = here.channel == ChannelName::Web;
    let (of_dossier, all) = if web { (format!("{key}@web"), Some("@web")) } else { (key.clone(), None) };
    let mut limits = vec![(place.as_str(), MISSES_HERE), (of_dossier.as_str(), MISSES_OF_DOSSIER)];
    limits.extend(all.map(|all| (all, MISSES_OF_WEB)));
    for (subject, most) in &limits {
        if follow::misses(tx, subject, &day).await? >= *most {
            if all == Some(*subject) {
                tracing::warn!("no more look-ups from browsers today: somebody is trying out codes");
            }
            return Ok(LookedUp::TooMany);
        }
    }
    let stored = dossier::load(tx, &key).await?;
    let facts = [PHONE, IDENTITY].map(|purpose| keys.digests(purpose, &format!("{key} {digits}")));
    let fits = stored.as_ref().is_some_and(|stored| {
        let known = [&stored.phone, &stored.identity];
        known.into_iter().zip(&facts).any(|(known, told)| known.as_ref().is_some_and(|known| told.contains(known)))
    });
    match stored.filter(|_| fits) {
        Some(stored) => Ok(LookedUp::Seen(Box::new(view(tx, stored, here).await?))),
        None => {
            // Counted for codes that nobody has as well: the answers and the limits tell nothing.
            for (subject, _) in limits {
                follow::missed(tx, subject, &day).await?;
            }
            Ok(LookedUp::Nothing)
        }
    }
}

/// A dossier as somebody at `here` sees it.
pub(super) async fn view(tx: &mut Tx, stored: Stored, here: &Address) -> Result<View> {
    let followed = all_followed(tx, here).await?.contains(&stored.key);
    let (agency, hotline) = match agency::load(tx, &stored.agency).await? {
        Some(agency) => (agency.name, agency.hotline),
        None => (stored.agency.clone(), None),
    };
    Ok(View { dossier: stored.dossier, agency, hotline, followed })
}

async fn followed(tx: &mut Tx, here: &Address) -> Result<Vec<View>> {
    let mut views = Vec::new();
    for key in all_followed(tx, here).await? {
        if let Some(stored) = dossier::load(tx, &key).await? {
            views.push(view(tx, stored, here).await?);
        }
    }
    Ok(views)
}

/// What a citizen follows, here or at a place that they linked.
async fn all_followed(tx: &mut Tx, here: &Address) -> Result<Vec<String>> {
    let mut keys = Vec::new();
    for place in citizen::addresses(tx, here).await? {
        for key in follow::of(tx, &place).await? {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Ok(keys)
}

/// The followed dossiers that a button's name may mean.
async fn keys_of(tx: &mut Tx, here: &Address, which: &str) -> Result<Vec<String>> {
    Ok(all_followed(tx, here).await?.into_iter().filter(|key| handle(key) == which).collect())
}
