//! What an officer does with a ticket: each act one transaction, each by compare-and-set.

use uuid::Uuid;

use super::{Handoff, LONGEST_ANSWER, MOST_TAKEN};
use crate::channel::{Capabilities, fit};
use crate::domain::officer::{Officer, Right};
use crate::domain::ticket::{DeskEvent, Ending, Ticket};
use crate::domain::{Block, Message, Priority, Span, Text};
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, Tx, agency, officer, ticket};

/// Something that an officer does with a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Takes one that waits.
    Claim,
    /// Writes to its citizen.
    Say(String),
    /// Adds a note that only officers read.
    Note(String),
    /// Offers it to a colleague of that login, who has to say yes.
    Offer(String),
    /// Says yes or no to one that was offered.
    Decide(bool),
    /// Lets it wait again, for everybody or for the officers of an agency.
    PutBack(Option<String>),
    /// Ends it: the conversation is the program's again.
    Close(Ending),
}

impl Handoff {
    /// Does it. False when it cannot be done (any more): the ticket is not this officer's, somebody was faster, they have as many
    /// as one can look after, or nothing was said; nothing is changed then.
    ///
    /// # Errors
    /// When the database fails; nothing is changed then.
    pub async fn act(&self, id: Uuid, officer: &Officer, act: &Act) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let Some(found) = ticket::load(&mut tx, id).await? else { return Ok(false) };
        let done = self.act_in(&mut tx, &found, officer, act).await?;
        if done {
            self.commit(tx).await?;
        }
        Ok(done)
    }

    /// The same within a transaction. Where it answers false, it has written nothing.
    pub(super) async fn act_in(&self, tx: &mut Tx, of: &Ticket, officer: &Officer, act: &Act) -> Result<bool> {
        let (id, login, now) = (of.id, officer.login.as_str(), self.clock.now());
        let (done, told, noted) = match act {
            Act::Claim => {
                let may = officer.may(Right::Answer, of.at.as_deref());
                let done = may && ticket::claim(tx, id, login, MOST_TAKEN, now).await?;
                (done, Some(taken(id, officer)), "ticket taken".to_owned())
            }
            Act::Say(words) => return self.say(tx, of, officer, words).await,
            Act::Note(body) => {
                let body = written(body);
                if body.is_empty() {
                    return Ok(false);
                }
                ticket::add_note(tx, self.clock.fresh_id(), id, login, &body, now).await?;
                return Ok(true);
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
                let to = place.as_ref().map_or_else(|| "ticket put back".to_owned(), |place| format!("ticket put back for {place}"));
                (done, Some(DeskEvent::Returned { ticket: id }), to)
            }
            Act::Close(ending) => {
                let done = ticket::close(tx, id, Some(login), *ending, now).await?;
                (done, Some(DeskEvent::Closed { ticket: id }), format!("ticket closed: {}", ending.name()))
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
        }
        self.noted(tx, officer, &format!("answered by message {fresh}"), of.id).await?;
        Ok(true)
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
    Message { text: Text(blocks), ..Message::default() }
}
