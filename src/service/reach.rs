//! Who a notice reaches, by which way, and for how much: counted before anything is approved.

use crate::domain::{ChannelName, Tariff, Timestamp};
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

    /// Counts `people` who are reached by a way that costs `price` each; the whole is known as long as each price is that counts.
    pub fn pay(&mut self, way: impl Fn(&mut Self) -> &mut u64, people: u64, price: Option<u64>) {
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
    use super::*;

    #[test]
    fn costs_are_summed_and_unknown_when_a_price_is() {
        let mut reach = Reach::none();
        reach.pay(|reach| &mut reach.paid, 3, Some(55));
        reach.pay(|reach| &mut reach.template, 1, Some(200));
        reach.pay(|reach| &mut reach.template, 0, None);
        assert_eq!(reach, Reach { paid: 3, template: 1, cost: Some(365), ..Reach::default() });
        reach.pay(|reach| &mut reach.template, 1, None);
        assert_eq!((reach.template, reach.cost), (2, None));
    }
}
