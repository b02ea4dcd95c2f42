//! What an officer does with a ticket: each act one transaction, each by compare-and-set.

use uuid::Uuid;

use super::group::{CLAIM, CLOSE, LANG, RETURN, fresh, line, put, said_by};
use super::{Handoff, LONGEST_ANSWER, MOST_TAKEN};
use crate::channel::{Capabilities, fit};
use crate::domain::file::Kept;
use crate::domain::forum::Document;
use crate::domain::officer::{Officer, Right};
use crate::domain::ticket::{ABUSE_COUNTS, DeskEvent, Enclosure, Ending, MOST_ENCLOSURES, Ticket, shut_until};
use crate::domain::{Block, ChannelName, Choice, Link, Message, Priority, Span, Text, shorten};
use crate::engine::handoff::DESK;
use crate::seal::token_hash;
use crate::service::again::persistently;
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, Tx, agency, enclosure, forum, officer, paper, ticket};

/// Longest words under a file, in letters: Telegram takes 1,024 with the officer's name (Bot API, sendPhoto).
const LONGEST_CAPTION: usize = 900;

/// Something that an officer does with a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Takes one that waits.
    Claim,
    /// Writes to its citizen.
    Say(String),
    /// Adds a note that only officers read.
    Note(String),
    /// Gives it labels, in the place of those it had.
    Label(Vec<String>),
    /// Offers it to a colleague of that login, who has to say yes.
    Offer(String),
    /// Says yes or no to one that was offered.
    Decide(bool),
    /// Lets it wait again, for everybody or for the officers of an agency.
    PutBack(Option<String>),
    /// Ends it: the conversation is the program's again.
    Close(Ending),
    /// Opens the desk again to whoever it was shut to.
    Pardon,
    /// Sends its citizen a photo or a file, with words.
    Enclose(Kept, String),
}

/// Where it is done. What is done in the group stands there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    Page,
    Group,
}

impl Handoff {
    /// Does it. False when it cannot be done (any more): the ticket is not this officer's, somebody was faster, they have as many
    /// as one can look after, or nothing was said; nothing is changed then, but a file that was to be sent is forgotten.
    ///
    /// # Errors
    /// When the database fails; nothing is changed then.
    pub async fn act(&self, id: Uuid, officer: &Officer, act: &Act) -> Result<bool> {
        persistently(|| self.act_at_once(id, officer, act)).await
    }

    async fn act_at_once(&self, id: Uuid, officer: &Officer, act: &Act) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        let done = self.act_in(&mut tx, &found, officer, act, Via::Page).await?;
        self.commit(tx).await?;
        Ok(done)
    }

    /// The same within a transaction. Where it answers false, it has written nothing but that a file is to be forgotten.
    pub(super) async fn act_in(&self, tx: &mut Tx, of: &Ticket, officer: &Officer, act: &Act, via: Via) -> Result<bool> {
        let done = self.done(tx, of, officer, act).await?;
        if done {
            self.announce(tx, of, officer, act, via).await?;
        }
        Ok(done)
    }

    async fn done(&self, tx: &mut Tx, of: &Ticket, officer: &Officer, act: &Act) -> Result<bool> {
        let (id, login, now) = (of.id, officer.login.as_str(), self.clock.now());
        let (done, told, noted) = match act {
            Act::Claim => {
                let may = officer.may(Right::Answer, of.at.as_deref());
                officer::hold(tx, login).await?;
                let done = may && ticket::claim(tx, id, login, MOST_TAKEN, now).await?;
                (done, Some(taken(id, officer)), "ticket taken".to_owned())
            }
            Act::Say(words) => return self.say(tx, of, officer, words).await,
            Act::Enclose(file, words) => return self.enclose(tx, of, officer, file, words).await,
            Act::Note(body) => {
                let body = written(body);
                if body.is_empty() || !officer.may(Right::Answer, of.at.as_deref()) {
                    return Ok(false);
                }
                ticket::add_note(tx, self.clock.fresh_id(), id, login, &body, now).await?;
                (true, None, "note added".to_owned())
            }
            Act::Label(labels) => {
                if !officer.may(Right::Answer, of.at.as_deref()) {
                    return Ok(false);
                }
                ticket::label(tx, id, labels, now).await?;
                (true, None, format!("labelled {}", labels.join(", ")))
            }
            Act::Offer(to) => {
                let colleague = officer::by_login(tx, to).await?.filter(|stored| stored.ended_at.is_none());
                let can = colleague.is_some_and(|stored| stored.officer.may(Right::Answer, of.at.as_deref()));
                (can && ticket::offer(tx, id, login, to, now).await?, None, format!("ticket offered to {to}"))
            }
            Act::Decide(yes) => {
                officer::hold(tx, login).await?;
                let done = ticket::decide_offer(tx, id, login, *yes, MOST_TAKEN, now).await?;
                let noted = if *yes { "ticket accepted" } else { "ticket declined" };
                (done, yes.then(|| taken(id, officer)), noted.to_owned())
            }
            Act::PutBack(place) => {
                // A place that nobody looks after would hide it from everybody.
                let known = match place {
                    Some(place) => agency::load(tx, place).await?.is_some(),
                    None => true,
                };
                let done = known && ticket::put_back(tx, id, login, place.as_deref(), now).await?;
                let to =
                    place.as_ref().map_or_else(|| "ticket put back".to_owned(), |place| format!("ticket put back for {place}"));
                (done, Some(DeskEvent::Returned { ticket: id }), to)
            }
            Act::Close(ending) => {
                let mut done = ticket::close(tx, id, Some(login), *ending, now).await?;
                // Whoever insults and leaves is not let off by leaving.
                if !done && *ending == Ending::Abused && of.officer.as_deref() == Some(login) {
                    done = ticket::end_otherwise(tx, id, *ending, now).await?;
                }
                let event = match ending {
                    Ending::Abused => {
                        let ended = ticket::abused(tx, &of.from, now.minus(ABUSE_COUNTS)).await?;
                        DeskEvent::Shut { ticket: id, until: shut_until(&ended).unwrap_or(now) }
                    }
                    _ => DeskEvent::Closed { ticket: id },
                };
                (done, Some(event), format!("ticket closed: {}", ending.name()))
            }
            Act::Pardon => {
                let may = of.ending == Some(Ending::Abused) && officer.may(Right::Answer, of.at.as_deref());
                let done = may && ticket::end_otherwise(tx, id, Ending::Idle, now).await?;
                (done, Some(DeskEvent::Pardoned), "desk opened again".to_owned())
            }
        };
        if done {
            if let Some(event) = told {
                self.tell(tx, &of.from, event).await?;
            }
            self.noted(tx, officer, &noted, id).await?;
        }
        Ok(done)
    }

    async fn say(&self, tx: &mut Tx, of: &Ticket, officer: &Officer, words: &str) -> Result<bool> {
        let (words, now) = (written(words), self.clock.now());
        if words.is_empty() || !ticket::answered(tx, of.id, &officer.login, now).await? {
            return Ok(false);
        }
        let fresh = self.clock.fresh_id();
        for (n, message) in fit(answer_of(officer, &words), Capabilities::of(of.from.channel)).into_iter().enumerate() {
            let outbound = Outbound { id: format!("{fresh}.s{n:02}"), to: of.from.clone(), priority: Priority::Reply, message };
            add(tx, &outbound, now).await?;
            self.ask_after(tx, &outbound.id, of).await?;
        }
        self.noted(tx, officer, &format!("answered by message {fresh}"), of.id).await?;
        Ok(true)
    }
}

impl Handoff {
    /// Whether there is a way for files to this citizen: Telegram and our own page have them, elsewhere they
    /// need an address to open.
    pub fn can_enclose(&self, of: &Ticket) -> bool {
        matches!(of.from.channel, ChannelName::Telegram | ChannelName::Web) || self.site.is_some()
    }

    async fn enclose(&self, tx: &mut Tx, of: &Ticket, officer: &Officer, file: &Kept, words: &str) -> Result<bool> {
        let now = self.clock.now();
        let full = enclosure::of(tx, of.id).await?.len() >= MOST_ENCLOSURES;
        if full || !self.can_enclose(of) || !ticket::answered(tx, of.id, &officer.login, now).await? {
            paper::discard(tx, &file.stored).await?;
            return Ok(false);
        }
        let (fresh, token) = (self.clock.fresh_id(), self.clock.secret().simple().to_string());
        let sent = Document { stored: file.stored.clone(), kind: file.kind };
        let new = Enclosure {
            id: fresh,
            ticket: of.id,
            officer: Some(officer.login.clone()),
            file: sent.clone(),
            bytes: file.bytes,
            sent_at: now,
        };
        enclosure::add(tx, &new, Some(&token_hash(&token))).await?;
        let mut message = answer_of(officer, &shorten(&written(words), LONGEST_CAPTION));
        if of.from.channel == ChannelName::Telegram {
            message.document = Some(sent);
        } else {
            // The page is where the file is, under whatever address they opened it.
            let site = self.site.as_ref().filter(|_| of.from.channel != ChannelName::Web);
            let url = site.and_then(|site| site.join(&format!("files/{token}")).ok()).map(String::from);
            let label = self.wording.get(LANG, "desk-file");
            message.links = vec![Link { url: url.unwrap_or_else(|| format!("/files/{token}")), label }];
        }
        let outbound = Outbound { id: format!("{fresh}.s00"), to: of.from.clone(), priority: Priority::Reply, message };
        add(tx, &outbound, now).await?;
        self.ask_after(tx, &outbound.id, of).await?;
        self.noted(tx, officer, &format!("sent a file by message {fresh}"), of.id).await?;
        Ok(true)
    }

    /// Says in the group what came about by itself.
    pub(super) async fn post(&self, tx: &mut Tx, of: &Ticket, key: &str, claimable: bool) -> Result<()> {
        if self.office.group.is_none() || of.at.is_some() {
            return Ok(());
        }
        let (id, now) = fresh(self.clock.as_ref());
        let choices = claimable.then(|| Choice::new(CLAIM, &self.wording.get(LANG, "ticket-claim"))).into_iter().collect();
        put(tx, of.id, &id, line(&self.wording, key, []).with_choices(choices), Priority::Reply, now).await
    }

    /// Whoever wrote it is to be told when it does not arrive.
    async fn ask_after(&self, tx: &mut Tx, message: &str, of: &Ticket) -> Result<()> {
        if self.office.group.is_some() { forum::answered(tx, message, of.id).await } else { Ok(()) }
    }

    /// Says in the group what was done; what was written there stands there already.
    async fn announce(&self, tx: &mut Tx, of: &Ticket, officer: &Officer, act: &Act, via: Via) -> Result<()> {
        let back = matches!(act, Act::PutBack(None));
        if self.office.group.is_none() || (of.at.is_some() && !back) {
            return Ok(());
        }
        let say = |key: &str| line(&self.wording, key, [("officer", officer.name.clone())]);
        let button = |id: &str, key: &str| Choice::new(id, &self.wording.get(LANG, key));
        let message = match act {
            Act::Claim | Act::Decide(true) => {
                let choices = vec![button(CLOSE, "group-close-button"), button(RETURN, "ticket-return")];
                say("group-taken").with_choices(choices)
            }
            Act::PutBack(None) => say("group-returned").with_choices(vec![button(CLAIM, "ticket-claim")]),
            Act::PutBack(Some(_)) => say("group-passed-on"),
            Act::Close(_) => say("group-over"),
            Act::Note(_) if via == Via::Group => say("group-noted"),
            Act::Say(_) | Act::Enclose(..) if via == Via::Group => return Ok(()),
            Act::Note(body) => {
                let words = self.wording.get(LANG, "group-note");
                Message { text: Text(vec![said_by(&format!("{words} {}", officer.name), body)]), ..Message::default() }
            }
            Act::Say(words) => Message { text: Text(vec![said_by(&officer.name, words)]), ..Message::default() },
            Act::Enclose(file, words) => {
                let document = Some(Document { stored: file.stored.clone(), kind: file.kind });
                Message { document, ..answer_of(officer, words) }
            }
            Act::Pardon => say("group-pardoned"),
            Act::Offer(_) | Act::Label(_) | Act::Decide(false) => return Ok(()),
        };
        let (id, now) = fresh(self.clock.as_ref());
        put(tx, of.id, &id, message, Priority::Reply, now).await
    }
}

fn taken(ticket: Uuid, officer: &Officer) -> DeskEvent {
    DeskEvent::Taken { ticket, officer: officer.name.clone() }
}

/// What was typed, as it is kept.
fn written(words: &str) -> String {
    words.trim().replace('\0', " ").chars().take(LONGEST_ANSWER).collect()
}

/// What an officer wrote, with their name before it.
fn answer_of(officer: &Officer, words: &str) -> Message {
    let mut blocks: Vec<Block> = vec![Block::Paragraph(vec![Span::Bold(format!("{}:", officer.name))])];
    blocks.extend(words.lines().filter(|line| !line.trim().is_empty()).map(Block::plain));
    Message { text: Text(blocks), asks_file: Some(DESK.to_owned()), ..Message::default() }
}
