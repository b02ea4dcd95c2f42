//! Who a notice reaches, by which way, and for how much: counted before anything is approved.

use crate::domain::{ChannelName, Place, Route, Tariff, Timestamp, route};
use crate::store::{Result, Tx, conversation};

/// How many people a notice reaches by each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// In our own words, for nothing.
    pub free: u64,
    /// In our own words, for money.
    pub paid: u64,
    /// By an approved template.
    pub template: u64,
    /// Not at all until they write again.
    pub nowhere: u64,
    /// In đồng; `None` when a price that counts is not set.
    pub cost: Option<u64>,
}

impl Reach {
    /// Nobody yet, for nothing.
    pub fn none() -> Self {
        Self { cost: Some(0), ..Self::default() }
    }

    /// Counts one citizen who is at `places`.
    pub fn count(&mut self, places: &[Place], tariff: impl Fn(ChannelName) -> Tariff, now: Timestamp) {
        match route(places, tariff, now) {
            Route::Words(_, Some(0)) => self.free += 1,
            Route::Words(_, price) => self.pay(|reach| &mut reach.paid, 1, price),
            Route::Template(_, price) => self.pay(|reach| &mut reach.template, 1, price),
            Route::Nowhere => self.nowhere += 1,
        }
    }

    fn pay(&mut self, way: impl Fn(&mut Self) -> &mut u64, people: u64, price: Option<u64>) {
        *way(self) += people;
        if people > 0 {
            self.cost = self.cost.zip(price).map(|(cost, price)| cost + price * people);
        }
    }
}

/// The reach of a notice to everybody on one channel, by counting windows in the store, however many there are.
///
/// # Errors
/// When the database fails.
pub async fn of_channel(tx: &mut Tx, channel: ChannelName, tariff: Tariff, now: Timestamp) -> Result<Reach> {
    let count = |people: i64| u64::try_from(people).unwrap_or_default();
    let Some(windows) = tariff.windows else {
        let (all, _, never) = conversation::count_windows(tx, channel, Timestamp(0), Timestamp(0)).await?;
        return Ok(Reach { free: count(all) + count(never), ..Reach::none() });
    };
    let (free, paid, closed) = conversation::count_windows(tx, channel, now.minus(windows.free), now.minus(windows.paid)).await?;
    let mut reach = Reach { free: count(free), ..Reach::none() };
    reach.pay(|reach| &mut reach.paid, count(paid), tariff.paid);
    match tariff.template {
        Some(price) => reach.pay(|reach| &mut reach.template, count(closed), price),
        None => reach.nowhere = count(closed),
    }
    Ok(reach)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::{Address, Windows};

    #[test]
    fn costs_are_summed_and_unknown_when_a_price_is() {
        let windows = Windows { free: Duration::from_millis(10), paid: Duration::from_millis(20) };
        let at = |last| {
            vec![Place {
                address: Address::new(ChannelName::Zalo, "a"),
                last: Some(Timestamp(last)),
                unreachable: false,
                preferred: false,
            }]
        };
        let count = |tariff: Tariff| {
            let mut reach = Reach::none();
            for last in [100, 95, 85, 50] {
                reach.count(&at(last), |_| tariff, Timestamp(100));
            }
            reach
        };
        let tariff = Tariff { windows: Some(windows), paid: Some(55), template: Some(Some(200)) };
        assert_eq!(count(tariff), Reach { free: 2, paid: 1, template: 1, nowhere: 0, cost: Some(255) });
        assert_eq!(count(Tariff { template: None, ..tariff }).nowhere, 1);
        assert_eq!(count(Tariff { paid: None, ..tariff }).cost, None);
    }
}
