//! Whether somebody can be written to, what it costs, and which of their channels is taken.

use std::cmp::Reverse;
use std::time::Duration;

use super::{Address, ChannelName, Timestamp};

/// What may be sent to somebody on a channel that counts from their last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Window {
    /// Anything, for nothing.
    Free,
    /// Anything, for money.
    Paid,
    /// Only what the vendor approved before: templates.
    Closed,
}

/// How long the windows of a channel stay open after somebody's last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// Messages are free until then.
    pub free: Duration,
    /// Messages cost money until then; as long as `free` where nothing can be paid.
    pub paid: Duration,
}

impl Windows {
    /// The window at `now` of somebody who last spoke then, or never.
    pub fn at(self, last: Option<Timestamp>, now: Timestamp) -> Window {
        match last {
            Some(last) if now <= last.plus(self.free) => Window::Free,
            Some(last) if now <= last.plus(self.paid) => Window::Paid,
            _ => Window::Closed,
        }
    }
}

/// One place where a citizen can be, as far as the store knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub address: Address,
    /// When they last said something there.
    pub last: Option<Timestamp>,
    /// They blocked us or left.
    pub unreachable: bool,
    /// They want their notices there.
    pub preferred: bool,
}

/// How a notice gets to somebody, and for how many đồng if that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// In our own words.
    Words(Address, Option<u64>),
    /// By an approved template.
    Template(Address, Option<u64>),
    /// Not at all until they write again.
    Nowhere,
}

/// What a notice costs and which ways there are, on one channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tariff {
    /// Its windows, where it has any.
    pub windows: Option<Windows>,
    /// Đồng for one message in the paid window, if the operator told.
    pub paid: Option<u64>,
    /// Whether there is an approved template for the notice at hand, and what one costs in đồng, if the operator told.
    pub template: Option<Option<u64>>,
}

/// The way of a notice to somebody who is at `places`: the preferred place first, then where they spoke last, the web page
/// last of all, since nobody may be looking at it.
pub fn route(places: &[Place], tariff: impl Fn(ChannelName) -> Tariff, now: Timestamp) -> Route {
    let mut ordered: Vec<&Place> = places.iter().filter(|place| !place.unreachable).collect();
    ordered.sort_by_key(|place| (!place.preferred, place.address.channel == ChannelName::Web, Reverse(place.last)));
    let way = |place: &&Place| {
        let tariff = tariff(place.address.channel);
        let window = tariff.windows.map_or(Window::Free, |windows| windows.at(place.last, now));
        match (window, tariff.template) {
            (Window::Free, _) => Some(Route::Words(place.address.clone(), Some(0))),
            (Window::Paid, _) => Some(Route::Words(place.address.clone(), tariff.paid)),
            (Window::Closed, Some(price)) => Some(Route::Template(place.address.clone(), price)),
            (Window::Closed, None) => None,
        }
    };
    ordered.iter().find_map(way).unwrap_or(Route::Nowhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const ZALO: Windows = Windows { free: Duration::from_secs(48 * 3600), paid: Duration::from_secs(168 * 3600) };

    fn place(channel: ChannelName, last: Option<i64>, preferred: bool) -> Place {
        let last = last.map(|hours| Timestamp(hours * HOUR));
        Place { address: Address::new(channel, "a"), last, unreachable: false, preferred }
    }

    fn tariff(template: Option<Option<u64>>) -> impl Fn(ChannelName) -> Tariff {
        move |channel| match channel {
            ChannelName::Zalo => Tariff { windows: Some(ZALO), paid: Some(55), template },
            _ => Tariff::default(),
        }
    }

    #[test]
    fn the_window_closes_seven_days_after_the_last_word() {
        let at = |hours: i64| ZALO.at(Some(Timestamp(0)), Timestamp(hours * HOUR));
        assert_eq!([at(0), at(48), at(49), at(168), at(169)].map(|window| window as u8), [0, 0, 1, 1, 2]);
        assert_eq!(ZALO.at(None, Timestamp(0)), Window::Closed);
    }

    #[test]
    fn a_closed_window_leads_to_a_template_else_to_another_channel_else_nowhere() {
        let now = Timestamp(400 * HOUR);
        let zalo = place(ChannelName::Zalo, Some(0), true);
        let telegram = place(ChannelName::Telegram, Some(0), false);
        let both = [telegram.clone(), zalo.clone()];
        assert_eq!(route(&both, tariff(Some(Some(200))), now), Route::Template(zalo.address.clone(), Some(200)));
        assert_eq!(route(&both, tariff(None), now), Route::Words(telegram.address.clone(), Some(0)));
        assert_eq!(route(&both[1..], tariff(None), now), Route::Nowhere);
        let gone = Place { unreachable: true, ..telegram };
        assert_eq!(route(&[gone, zalo], tariff(None), now), Route::Nowhere);
    }

    #[test]
    fn the_preferred_place_comes_first_and_the_page_nobody_may_look_at_last() {
        let now = Timestamp(100 * HOUR);
        let web = place(ChannelName::Web, Some(99), false);
        let telegram = place(ChannelName::Telegram, Some(10), false);
        let zalo = place(ChannelName::Zalo, Some(20), true);
        let all = [web.clone(), telegram.clone(), zalo.clone()];
        assert_eq!(route(&all, tariff(None), now), Route::Words(zalo.address, Some(55)));
        assert_eq!(route(&all[..2], tariff(None), now), Route::Words(telegram.address.clone(), Some(0)));
        // Where they never said anything, or not since the vendor shut the door, is no better than where they spoke.
        let silent = Place { address: Address::new(ChannelName::Zalo, "b"), ..place(ChannelName::Zalo, None, false) };
        assert_eq!(route(&[silent, telegram.clone()], |_| Tariff::default(), now), Route::Words(telegram.address, Some(0)));
    }
}
