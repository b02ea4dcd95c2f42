//! What is posted in the hotline's group: everything that officers there must know of a conversation, as it happens.
//!
//! The group is of the officers of everywhere: conversations that were passed on to an agency are not posted.

use uuid::Uuid;

use crate::channel::{Capabilities, fit};
use crate::domain::file::Kept;
use crate::domain::forum::Document;
use crate::domain::ticket::Ticket;
use crate::domain::{
    Block, ChannelName, Choice, Clock, Inbound, Lang, Link, Media, Message, Priority, Said, Span, Text, Timestamp,
};
use crate::engine::World;
use crate::i18n::Wording;
use crate::store::{Result, Tx, forum, ticket};

/// The language of officers.
pub(super) const LANG: Lang = Lang::Vi;

/// Buttons under what is posted.
pub(super) const CLAIM: &str = "group/claim";
pub(super) const RETURN: &str = "group/return";
pub(super) const CLOSE: &str = "group/close";

/// The first post: what is asked, where, of what.
pub(super) async fn opened(tx: &mut Tx, world: &World<'_>, clock: &dyn Clock, ticket: &Ticket) -> Result<()> {
    if world.office.group.is_none() {
        return Ok(());
    }
    let word = |key: &str| world.wording.get(LANG, key);
    let guide = ticket.topic.as_deref().and_then(|slug| world.library.by_slug(slug));
    let mut lines = vec![said_by(&word("group-citizen"), &ticket.question)];
    let place = word(&format!("place-{}", ticket.from.channel.as_str().replace('_', "-")));
    lines.push(Block::quiet(match guide {
        Some(guide) => format!("{place} · {}", guide.text(LANG).title),
        None => place,
    }));
    let page = world.site.and_then(|site| site.join(&format!("console/inbox/{}", ticket.id)).ok());
    let links = page.map(|url| Link { url: url.into(), label: word("group-page") }).into_iter().collect();
    let choices = vec![Choice::new(CLAIM, &word("ticket-claim"))];
    let message = Message { text: Text(lines), choices, links, ..Message::default() };
    put(tx, ticket.id, &clock.fresh_id().to_string(), message, Priority::Reply, world.now).await
}

/// What a citizen says while officers have the conversation.
pub(in crate::service) async fn relayed(tx: &mut Tx, world: &World<'_>, inbound: &Inbound, ticket: &Ticket) -> Result<()> {
    if world.office.group.is_none() || ticket.at.is_some() {
        return Ok(());
    }
    let word = |key: &str| world.wording.get(LANG, key);
    let words = match &inbound.said {
        Said::Text(words) => words.clone(),
        Said::Edited(words) => format!("{} {words}", word("group-edited")),
        // The file itself is posted when it was looked at.
        Said::Attached(file) => match &file.caption {
            Some(caption) => caption.clone(),
            None => return Ok(()),
        },
        Said::Sent(Media::Photo | Media::File) => word("page-file-sent"),
        Said::Chose(_) => word("ticket-pressed"),
        _ => word("ticket-sent-other"),
    };
    let message = Message { text: Text(vec![said_by(&word("group-citizen"), &words)]), ..Message::default() };
    put(tx, ticket.id, &format!("{}.g", inbound.id), message, Priority::Notice, world.now).await
}

/// A photo or a file of the citizen.
pub(in crate::service) async fn enclosed(
    tx: &mut Tx,
    world: &World<'_>,
    inbound: &Inbound,
    ticket: &Ticket,
    file: &Kept,
) -> Result<()> {
    if world.office.group.is_none() || ticket.at.is_some() {
        return Ok(());
    }
    let text = Text(vec![Block::Paragraph(vec![Span::Bold(world.wording.get(LANG, "group-citizen"))])]);
    let document = Some(Document { stored: file.stored.clone(), kind: file.kind });
    let message = Message { text, document, ..Message::default() };
    put(tx, ticket.id, &format!("{}.g", inbound.id), message, Priority::Notice, world.now).await
}

/// The citizen took the conversation back.
pub(in crate::service) async fn left(tx: &mut Tx, world: &World<'_>, inbound: &Inbound, ticket: Uuid) -> Result<()> {
    let of = ticket::load(tx, ticket).await?.filter(|of| of.at.is_none() && world.office.group.is_some());
    let Some(of) = of else { return Ok(()) };
    put(tx, of.id, &format!("{}.h", inbound.id), line(world.wording, "group-left", []), Priority::Reply, world.now).await
}

/// Words of somebody, as they stand in the group.
pub(super) fn said_by(who: &str, words: &str) -> Block {
    Block::Paragraph(vec![Span::Bold(format!("{who}: ")), Span::Plain(words.to_owned())])
}

/// A line of the program's own.
pub(super) fn line<const N: usize>(wording: &Wording, key: &str, args: [(&'static str, String); N]) -> Message {
    let args = args.map(|(name, value)| (name, value.into()));
    Message { text: Text(vec![Block::quiet(wording.with(LANG, key, args))]), ..Message::default() }
}

/// Posts a message in as many parts as it takes. What citizens write goes behind what officers wait for: one who writes without end
/// does not hold up the questions of others.
pub(super) async fn put(tx: &mut Tx, ticket: Uuid, id: &str, message: Message, priority: Priority, now: Timestamp) -> Result<()> {
    for (n, part) in fit(message, Capabilities::of(ChannelName::Telegram)).into_iter().enumerate() {
        forum::post(tx, ticket, format!("{id}.{n:02}"), part, priority, now).await?;
    }
    Ok(())
}

/// When a post is made; its id sorts behind those made before.
pub(super) fn fresh(clock: &dyn Clock) -> (String, Timestamp) {
    (clock.fresh_id().to_string(), clock.now())
}
