//! Looking at broadcasts: before, as each channel shows them and whom they reach; after, what became of it.

use super::conduct::source;
use super::{BroadcastError, Broadcasts, Result};
use crate::channel::{Capabilities, fit, plain};
use crate::domain::broadcast::{Approval, Broadcast, BroadcastId, Count, Draft, Progress};
use crate::domain::officer::{Officer, Places, Right};
use crate::domain::ticket::Ticket;
use crate::domain::{ChannelName, Lang, Message, Span, Tariff, Timestamp, Windows};
use crate::engine::announce::{LINK, draw};
use crate::knowledge::aloud::aloud;
use crate::knowledge::search::unmarked;
use crate::service::reach::Reach;
use crate::store::audience::Gathering;
use crate::store::broadcast::Reply;
use crate::store::recipient::{Line, lines};
use crate::store::{audience, broadcast, subscriber, ticket};

/// Broadcasts that are listed.
const LISTED: u32 = 100;
/// People shown of an audience.
const SAMPLE: u32 = 8;
/// Replies that are shown.
const REPLIES: u32 = 50;
/// Rows of the ledger read at a time.
const ROWS: u32 = 2_000;

/// As each channel shows it, as it is read aloud, and whom it reaches.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// As on Telegram and the web page.
    pub buttons: Message,
    /// The same in English.
    pub english: Option<Message>,
    /// As on Zalo, where the language is not known: the longest of all.
    pub plain: Vec<String>,
    /// For the loudspeaker.
    pub aloud: String,
    /// Each channel: everybody, and how they are reached.
    pub reach: Vec<(ChannelName, u64, Reach)>,
    /// Of them, gone.
    pub gone: u64,
    /// Of them, on channels that are not open.
    pub closed: u64,
    /// People who write to us and never agreed to be told: they are not among them.
    pub never_agreed: i64,
    /// Some of them: where they are, masked, and their commune.
    pub sample: Vec<(String, String)>,
}

/// A broadcast with everything around it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The broadcast.
    pub broadcast: Broadcast,
    /// Who approved what it says now.
    pub approvals: Vec<Approval>,
    /// How far it has come.
    pub progress: Progress,
    /// Approvers of its agency are enough: it stays within that agency's place.
    pub local: bool,
}

/// What became of a broadcast.
#[derive(Clone, Debug)]
pub struct Report {
    /// By ring, channel, outcome and cause.
    pub counts: Vec<Count>,
    /// How often each button was pressed.
    pub taps: Vec<(i64, i64)>,
    /// The newest replies.
    pub replies: Vec<Reply>,
    /// How many there are, and how many its own answers had one for.
    pub replied: (i64, i64),
    /// Questions to officers that it led to, of all places.
    pub tickets: Vec<Ticket>,
}

impl Broadcasts {
    /// The broadcasts that an officer may see, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, places: &Places) -> Result<Vec<(Broadcast, Progress)>> {
        let mut tx = self.store.read().await?;
        let mut listed = Vec::new();
        for broadcast in broadcast::newest(&mut tx, places, LISTED).await? {
            let progress = Progress::of(&broadcast::counts(&mut tx, broadcast.id).await?);
            listed.push((broadcast, progress));
        }
        Ok(listed)
    }

    /// A broadcast that an officer may see.
    ///
    /// # Errors
    /// When there is none that they may see, or the database fails.
    pub async fn see(&self, id: BroadcastId, officer: &Officer) -> Result<Seen> {
        let broadcast = self.load(id).await?;
        if !officer.may(Right::SeeBroadcasts, broadcast.place.as_deref()) {
            return Err(BroadcastError::Unknown);
        }
        self.with_progress(broadcast).await
    }

    /// A broadcast of an agency, for its software.
    ///
    /// # Errors
    /// When it has no such broadcast, or the database fails.
    pub async fn see_of(&self, id: BroadcastId, agency: &str) -> Result<Seen> {
        let broadcast = self.load(id).await?;
        if broadcast.place.as_deref() != Some(agency) {
            return Err(BroadcastError::Unknown);
        }
        self.with_progress(broadcast).await
    }

    async fn with_progress(&self, broadcast: Broadcast) -> Result<Seen> {
        let id = broadcast.id;
        let mut tx = self.store.read().await?;
        let now = broadcast.draft.fingerprint();
        let mut approvals = broadcast::approvals(&mut tx, id).await?;
        approvals.retain(|approval| approval.fingerprint == now && !broadcast.authors.contains(&approval.officer));
        let progress = Progress::of(&broadcast::counts(&mut tx, id).await?);
        let local = self.is_local(&broadcast, self.unit_of(&mut tx, broadcast.place.as_deref()).await?);
        Ok(Seen { broadcast, approvals, progress, local })
    }

    /// How it looks.
    pub fn looks(&self, of: &Broadcast) -> Preview {
        let draft = &of.draft;
        let library = self.library.load_full();
        let world = self.world(&library);
        let place = draft.audience.places.first().cloned().unwrap_or_default();
        let shown = |lang, buttons| draw(&world, of.id, draft, lang, buttons).filled(&place);
        let zalo = fit(shown(None, false), Capabilities::of(ChannelName::Zalo));
        Preview {
            buttons: shown(Some(Lang::Vi), true),
            english: (!draft.en.is_empty()).then(|| shown(Some(Lang::En), true)),
            plain: zalo.iter().map(plain).collect(),
            aloud: self.script(draft),
            ..Preview::default()
        }
    }

    /// How it looks, and whom it reaches: everybody is counted, which takes a while for a million.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn preview(&self, of: &Broadcast) -> Result<Preview> {
        let mut preview = self.looks(of);
        let now = self.clock.now();
        let open = self.open_channels(of.draft.pays, now);
        let hamlet = of.draft.audience.pilot.as_deref().map(unmarked).unwrap_or_default();
        let gathering = Gathering { source: source(of), audience: &of.draft.audience, hamlet: &hamlet, open: &open, now };
        let free = self.tariff(ChannelName::Zalo).unwrap_or_default().windows;
        let free = free.map_or(Timestamp(0), |windows| now.minus(windows.free));
        let mut tx = self.store.read().await?;
        for reached in audience::reached(&mut tx, gathering, free).await? {
            let count = |people: i64| u64::try_from(people).unwrap_or_default();
            let (people, Ok(channel)) = (count(reached.people), reached.channel.parse::<ChannelName>()) else { continue };
            let at = preview.reach.iter().position(|(known, ..)| *known == channel).unwrap_or_else(|| {
                preview.reach.push((channel, 0, Reach::none()));
                preview.reach.len() - 1
            });
            let (_, all, reach) = &mut preview.reach[at];
            *all += people;
            let tariff = self.tariff(channel).unwrap_or_default();
            match reached.cause.as_str() {
                "unreachable" => preview.gone += people,
                "closed" => preview.closed += people,
                "window" => reach.nowhere += people,
                _ if tariff.windows.is_some() => {
                    reach.free += count(reached.free);
                    reach.pay(|reach| &mut reach.paid, people - count(reached.free), tariff.paid);
                }
                _ => reach.free += people,
            }
        }
        preview.never_agreed = subscriber::count_others(&mut tx).await?;
        let sample = audience::sample(&mut tx, gathering, SAMPLE).await?;
        preview.sample = sample.into_iter().map(|(to, place)| (to.masked(), place)).collect();
        Ok(preview)
    }

    /// Channels that are open, and since when somebody must have spoken there; `pays` also to people whom a channel charges for.
    pub(super) fn open_channels(&self, pays: bool, now: Timestamp) -> Vec<(ChannelName, Option<Timestamp>)> {
        let since = |windows: Windows| now.minus(if pays { windows.paid } else { windows.free });
        self.channels.iter().map(|(name, tariff)| (*name, tariff.windows.map(since))).collect()
    }

    fn tariff(&self, channel: ChannelName) -> Option<Tariff> {
        self.channels.iter().find(|(name, _)| *name == channel).map(|(_, tariff)| *tariff)
    }

    /// What is read into a loudspeaker.
    pub fn script(&self, draft: &Draft) -> String {
        let mut message = self.without_phone(draft);
        message.links.clear();
        aloud(&message.to_plain())
    }

    /// What stands on paper under the title.
    pub fn paper(&self, draft: &Draft) -> String {
        let mut message = self.without_phone(draft);
        message.text.0.retain(|block| !matches!(block.spans(), [Span::Bold(_)]));
        message.to_plain()
    }

    /// The words in Vietnamese, without what is to be typed on a phone.
    fn without_phone(&self, draft: &Draft) -> Message {
        let library = self.library.load_full();
        let draft = Draft { en: String::new(), ..draft.clone() };
        let place = draft.audience.places.first().cloned().unwrap_or_default();
        let mut message = draw(&self.world(&library), 0, &draft, Some(Lang::Vi), false).filled(&place);
        message.text.0.retain(|block| !matches!(block.spans(), [Span::Quiet(_)]));
        message
    }

    /// The address by which a broadcast is opened from paper; none without a public address.
    pub fn address(&self, id: BroadcastId) -> Option<String> {
        self.site.as_ref()?.join(&format!("open/{LINK}{id}")).ok().map(String::from)
    }

    /// What became of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report(&self, id: BroadcastId) -> Result<Report> {
        let mut tx = self.store.read().await?;
        Ok(Report {
            counts: broadcast::counts(&mut tx, id).await?,
            taps: broadcast::taps(&mut tx, id).await?,
            replies: broadcast::replies(&mut tx, id, REPLIES).await?,
            replied: broadcast::count_replies(&mut tx, id).await?,
            tickets: ticket::led_by_broadcast(&mut tx, id).await?,
        })
    }

    /// The ledger from a row on, some rows at a time; where to go on, and nothing when it is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ledger(&self, id: BroadcastId, after: &(String, String)) -> Result<Vec<Line>> {
        Ok(lines(&mut self.store.read().await?, id, after, ROWS).await?)
    }
}
