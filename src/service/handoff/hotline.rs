//! The hotline's group at work: what officers do there is carried out, topics are made, closed and deleted, and whoever wrote
//! something that does not reach the citizen is told.
//!
//! **Rules.** Each word of the group is carried out once: in the transaction that marks it. A word that is not sent on is
//! answered in the topic, so that nobody believes it was. Who is not known as an officer is nobody.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::act::Via;
use super::group::{CLAIM, CLOSE, LANG, RETURN, fresh, line, put};
use super::{Act, Handoff, LONGEST_ANSWER};
use crate::channel::Forum;
use crate::domain::forum::{ForumSaid, ForumWord};
use crate::domain::officer::{Officer, Right};
use crate::domain::ticket::{Ending, Stage, Ticket};
use crate::domain::{Address, Attachment, ChannelName, Choice, Priority, Purpose, Seen, Timestamp, shorten};
use crate::seal::token_hash;
use crate::store::forum;
use crate::store::outbox::{Outbound, add};
use crate::store::{Result, Tx, follow, look, officer, ticket};

/// How often topics are looked after, and the group's health is asked for.
const TEND_EVERY: Duration = Duration::from_secs(2);
const CHECK_EVERY: Duration = Duration::from_secs(120);
/// What is quoted of a word that was not sent, in letters.
pub(super) const QUOTED: usize = 40;

/// What is wrong with the group, for operators; nothing while it works.
pub type Trouble = Arc<ArcSwapOption<String>>;

/// The group at work.
pub struct Hotline {
    /// What officers do.
    pub handoff: Handoff,
    /// The group.
    pub forum: Arc<dyn Forum>,
    /// Its id, as the operator set it.
    pub configured: String,
    /// Notified when something happened in the group, or is to be posted.
    pub wake: Arc<Notify>,
    /// What is wrong with it.
    pub trouble: Trouble,
}

/// What somebody wants who wrote or pressed something.
enum Wish {
    Do(Act),
    Enclose(Attachment),
    Link(String),
    /// Nothing that can be done; the key of what to say.
    No(&'static str),
}

impl Hotline {
    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut checked = Timestamp(0);
        while !stop.is_cancelled() {
            let now = self.handoff.clock.now();
            if checked.until(now) >= CHECK_EVERY {
                checked = now;
                self.check().await;
            }
            let done = async {
                self.carry_out().await?;
                self.tend().await
            };
            if let Err(error) = done.await {
                tracing::error!(%error, "the hotline's group");
            }
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(TEND_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
        // Whoever leads the group from now on says how it stands.
        metrics::gauge!("motcua_group_trouble").set(0.0);
    }

    /// Asks whether the group can be used, and says so when that changes.
    pub async fn check(&self) {
        let found = match self.forum.check().await {
            Ok(()) => None,
            Err(error) => Some(error.to_string()),
        };
        let before = self.trouble.load();
        match (&found, before.as_deref()) {
            (Some(now), before) if before != Some(now) => {
                tracing::error!(
                    trouble = now,
                    "the hotline's group cannot be used: the bot must be an administrator who may manage topics and delete messages"
                );
            }
            (None, Some(_)) => tracing::info!("the hotline's group works again"),
            _ => {}
        }
        metrics::gauge!("motcua_group_trouble").set(if found.is_some() { 1.0 } else { 0.0 });
        self.trouble.store(found.map(Arc::new));
    }

    /// Carries out what was done in the group, in order. Returns how many words.
    ///
    /// # Errors
    /// When the database fails; what is left is carried out later.
    pub async fn carry_out(&self) -> Result<usize> {
        let mut done = 0;
        loop {
            // A look without a lock first: there is nothing most of the time.
            if !forum::is_waiting(&mut self.handoff.store.read().await?).await? {
                return Ok(done);
            }
            let mut tx = self.handoff.store.write().await?;
            let Some((id, word)) = forum::next(&mut tx).await? else { return Ok(done) };
            if forum::heard(&mut tx, id, self.handoff.clock.now()).await?
                && let Some(word) = word
            {
                self.hear(&mut tx, id, word).await?;
            }
            self.handoff.commit(tx).await?;
            done += 1;
        }
    }

    async fn hear(&self, tx: &mut Tx, id: Uuid, word: ForumWord) -> Result<()> {
        if let ForumSaid::Moved(chat) = &word.said {
            self.forum.follow(chat);
            tracing::warn!(chat, "the hotline's group has another id now: set it as TELEGRAM_DESK_GROUP");
            return forum::moved(tx, &self.configured, chat).await;
        }
        let officer = officer::by_telegram(tx, &word.by).await?;
        let of = match &word.topic {
            Some(topic) => forum::ticket_at(tx, topic).await?,
            None => None,
        };
        let of = match of {
            Some(id) => ticket::load(tx, id).await?,
            None => None,
        };
        // Closed or opened by hand, by whomever: it is put right unless its ticket is over by that.
        match (&word.said, &word.topic) {
            (ForumSaid::Closed, Some(topic)) => forum::set_open(tx, topic, false).await?,
            (ForumSaid::Reopened, Some(topic)) => forum::set_open(tx, topic, true).await?,
            _ => {}
        }
        let Some(wish) = wish(&word.said) else { return Ok(()) };
        match (wish, officer, of) {
            (Wish::Link(code), _, of) => {
                // Whoever writes in the name of the group would be everybody who does.
                let key = if word.by.is_empty() {
                    "group-anonymous"
                } else if self.linked(tx, &word.by, &code).await? {
                    "group-linked"
                } else {
                    "group-not-linked"
                };
                match of {
                    Some(of) => self.answer(tx, &word, &of, key, []).await,
                    None => self.answer_outside(tx, &word, key).await,
                }
            }
            // Talk in topics that are not ours is people's own.
            (_, _, None) => Ok(()),
            (_, None, Some(of)) => self.answer_stranger(tx, &word, &of).await,
            (Wish::No(key), Some(_), Some(of)) => self.answer(tx, &word, &of, key, []).await,
            // It is another office's now, and nothing of it is posted here.
            (_, Some(officer), Some(of)) if of.at.is_some() => self.refuse(tx, &word, &of, &officer).await,
            (_, Some(officer), Some(of)) if !officer.may(Right::Answer, None) => self.answer_stranger(tx, &word, &of).await,
            (Wish::Enclose(file), Some(officer), Some(of)) => self.fetch(tx, id, &word, &of, &officer, &file).await,
            (Wish::Do(act), Some(officer), Some(of)) => {
                if self.handoff.act_in(tx, &of, &officer, &act, Via::Group).await? {
                    return Ok(());
                }
                self.refuse(tx, &word, &of, &officer).await
            }
        }
    }

    /// Says why something was not done.
    async fn refuse(&self, tx: &mut Tx, word: &ForumWord, of: &Ticket, by: &Officer) -> Result<()> {
        let key = match (of.stage, of.officer.as_deref()) {
            (Stage::Waiting | Stage::Taken, _) if of.at.is_some() => "group-elsewhere",
            (Stage::Waiting, _) if matches!(word.said, ForumSaid::Pressed(_)) => "ticket-not-claimed",
            (Stage::Waiting, _) if word.said == ForumSaid::Closed => "group-opened-again",
            (Stage::Waiting, _) => "group-claim-first",
            (Stage::Taken, Some(has)) if has != by.login => {
                let name = officer::by_login(tx, has).await?.map_or_else(|| has.to_owned(), |stored| stored.officer.name);
                return self.answer(tx, word, of, "group-has-another", [("officer", name)]).await;
            }
            (Stage::Taken, _) => "group-not-sent",
            (Stage::Closed, _) => "group-closed",
        };
        self.answer(tx, word, of, key, []).await
    }

    /// Answers in the topic where something was said; with what was said, when it did not go to the citizen.
    async fn answer<const N: usize>(
        &self,
        tx: &mut Tx,
        word: &ForumWord,
        of: &Ticket,
        key: &str,
        args: [(&'static str, String); N],
    ) -> Result<()> {
        let mut message = line(&self.handoff.wording, key, args);
        if let ForumSaid::Text(words) = &word.said
            && !words.starts_with('/')
        {
            let quoted = line(&self.handoff.wording, "group-unsent", [("words", shorten(words, QUOTED))]);
            message.text.0.splice(0..0, quoted.text.0);
        }
        if of.stage == Stage::Waiting && of.at.is_none() {
            message.choices = vec![Choice::new(CLAIM, &self.handoff.wording.get(LANG, "ticket-claim"))];
        }
        let (id, now) = fresh(self.handoff.clock.as_ref());
        put(tx, of.id, &id, message, Priority::Reply, now).await
    }

    /// Somebody who is no officer of everywhere: told once a day in a topic, so that one person does not fill the group.
    async fn answer_stranger(&self, tx: &mut Tx, word: &ForumWord, of: &Ticket) -> Result<()> {
        let (subject, day) = (format!("group {} {}", of.id, word.by), self.handoff.clock.now().date().to_string());
        if follow::misses(tx, &subject, &day).await? > 0 {
            return Ok(());
        }
        follow::missed(tx, &subject, &day).await?;
        let key = if word.by.is_empty() { "group-anonymous" } else { "group-unknown-officer" };
        self.answer(tx, word, of, key, []).await
    }

    /// Answers outside of our topics: where it was said, or to the whole group.
    async fn answer_outside(&self, tx: &mut Tx, word: &ForumWord, key: &str) -> Result<()> {
        let (id, now) = fresh(self.handoff.clock.as_ref());
        let group = forum::present(tx, &self.configured).await?;
        let to = Address::new(ChannelName::Telegram, word.topic.clone().unwrap_or(group));
        let message = line(&self.handoff.wording, key, []);
        add(tx, &Outbound { id, to, priority: Priority::Reply, message }, now).await
    }

    /// Whether the code makes this user of Telegram a known officer.
    async fn linked(&self, tx: &mut Tx, by: &str, code: &str) -> Result<bool> {
        let now = self.handoff.clock.now();
        let Some(login) = officer::take_code(tx, &token_hash(code), now).await? else { return Ok(false) };
        if !officer::set_telegram(tx, &login, Some(by)).await? {
            return Ok(false);
        }
        let keys = &self.handoff.keys;
        crate::service::audit::note(tx, keys, self.handoff.clock.as_ref(), &login, "telegram linked", &login).await?;
        Ok(true)
    }

    /// A file of an officer is fetched and looked at before it goes on.
    async fn fetch(&self, tx: &mut Tx, id: Uuid, word: &ForumWord, of: &Ticket, by: &Officer, file: &Attachment) -> Result<()> {
        if of.stage != Stage::Taken || of.officer.as_deref() != Some(by.login.as_str()) {
            return self.refuse(tx, word, of, by).await;
        }
        if !self.handoff.can_enclose(of) {
            return self.answer(tx, word, of, "group-no-way-for-files", []).await;
        }
        let topic = word.topic.clone().unwrap_or_default();
        let purpose = Purpose::Answer { by: word.by.clone(), caption: file.caption.clone() };
        let here = Address::new(ChannelName::Telegram, topic);
        look::add(tx, id, &here, file, &purpose, self.handoff.clock.now()).await
    }
}

/// What is wished; `None` when nothing is.
fn wish(said: &ForumSaid) -> Option<Wish> {
    let answered = || Wish::Do(Act::Close(Ending::Answered));
    Some(match said {
        ForumSaid::Text(words) => typed(words.trim()),
        ForumSaid::Pressed(id) => match id.as_str() {
            CLAIM => Wish::Do(Act::Claim),
            RETURN => Wish::Do(Act::PutBack(None)),
            CLOSE => answered(),
            _ => return None,
        },
        // What is under a file may be a note or a command, and then the file goes nowhere.
        ForumSaid::File(file) => match typed(file.caption.as_deref().unwrap_or_default().trim()) {
            Wish::Do(Act::Say(_)) => Wish::Enclose(file.clone()),
            other => other,
        },
        ForumSaid::Looked(Seen::File(kept), caption) => Wish::Do(Act::Enclose(kept.clone(), caption.clone().unwrap_or_default())),
        ForumSaid::Looked(..) => Wish::No("group-bad-file"),
        ForumSaid::Edited(_) => Wish::No("group-not-edited"),
        ForumSaid::Other => Wish::No("group-words-only"),
        ForumSaid::Closed => answered(),
        ForumSaid::Reopened | ForumSaid::Moved(_) => return None,
    })
}

fn typed(words: &str) -> Wish {
    if let Some(note) = words.strip_prefix("//") {
        return Wish::Do(Act::Note(note.to_owned()));
    }
    let Some(command) = words.strip_prefix('/') else {
        let long = words.chars().count() > LONGEST_ANSWER;
        return if long { Wish::No("group-too-long") } else { Wish::Do(Act::Say(words.to_owned())) };
    };
    let (command, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
    match command {
        "nhan" | "claim" => Wish::Do(Act::Claim),
        "tra" | "return" => Wish::Do(Act::PutBack(None)),
        "xong" | "close" => Wish::Do(Act::Close(Ending::Answered)),
        "xucpham" | "abuse" => Wish::Do(Act::Close(Ending::Abused)),
        "ghichu" | "note" => Wish::Do(Act::Note(rest.to_owned())),
        "noi" | "link" => Wish::Link(rest.trim().to_owned()),
        _ => Wish::No("group-help"),
    }
}
