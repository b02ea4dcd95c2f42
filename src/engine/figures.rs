//! Fees and time limits in words, with money and dates as they are written in Viet Nam.

use fluent_bundle::FluentValue;

use super::answer::Page;
use crate::domain::time::written;
use crate::domain::{Block, Lang};
use crate::knowledge::{Fee, TimeLimit, TimeUnit, Via};

impl Page<'_> {
    pub(super) fn fees(&self) -> Vec<Block> {
        let facts = &self.guide.facts;
        let mut blocks: Vec<Block> = Vec::new();
        blocks.extend(facts.fees.iter().map(|fee| self.fee(fee)));
        let mut exempt: Vec<&str> =
            facts.fees.iter().filter_map(|fee| fee.exempt.as_ref()).map(|who| who.get(self.lang)).collect();
        exempt.dedup();
        blocks.extend(exempt.into_iter().map(|who| Block::quiet(self.say("fee-exempt", [("who", who.into())]))));
        for waiver in
            facts.waivers.iter().filter(|waiver| waiver.from <= self.world.today() && self.world.today() <= waiver.until)
        {
            let key = if waiver.off >= 100 { "fee-waiver-whole" } else { "fee-waiver" };
            blocks.push(Block::plain(self.say(
                key,
                [
                    ("percent", u32::from(waiver.off).into()),
                    ("from", written(waiver.from).into()),
                    ("until", written(waiver.until).into()),
                    ("condition", waiver.condition.get(self.lang).trim_end_matches('.').into()),
                    ("law", waiver.law.as_str().into()),
                ],
            )));
        }
        if facts.fees.iter().any(|fee| fee.amount.is_none()) {
            blocks.push(Block::plain(self.word("fee-ask")));
        }
        if facts.fees.iter().any(|fee| fee.amount != Some(0)) {
            blocks.push(Block::quiet(self.word("fee-pay")));
        }
        blocks
    }

    /// Whether more is to be said of the fee than its first `shown` amounts: others, or what is taken off today.
    pub(super) fn fee_has_more(&self, shown: usize) -> bool {
        let facts = &self.guide.facts;
        let today = self.world.today();
        facts.fees.len() > shown || facts.waivers.iter().any(|waiver| waiver.from <= today && today <= waiver.until)
    }

    pub(super) fn fee(&self, fee: &Fee) -> Block {
        let amount = match fee.amount {
            Some(0) => self.word("fee-free"),
            Some(amount) => self.say("fee-amount", [("amount", money(amount, self.lang).into())]),
            None => fee.note.as_ref().map_or_else(|| self.word("fee-elsewhere"), |note| note.get(self.lang).to_owned()),
        };
        let note = fee.note.as_ref().filter(|_| fee.amount.is_some()).map(|note| note.get(self.lang).to_owned());
        Block::bullet(self.figure(&fee.via, amount, note))
    }

    pub(super) fn time(&self, time: &TimeLimit) -> Block {
        let amount = FluentValue::from(time.amount.unwrap_or(0));
        let limit = match time.unit {
            TimeUnit::WorkingDays => self.say("time-working-days", [("amount", amount)]),
            TimeUnit::Days => self.say("time-days", [("amount", amount)]),
            TimeUnit::Hours => self.say("time-hours", [("amount", amount)]),
            TimeUnit::SameDay => self.word("time-same-day"),
        };
        Block::bullet(self.figure(&time.via, limit, time.note.as_ref().map(|note| note.get(self.lang).to_owned())))
    }

    /// `20.000 đ (tại quầy; theo lần)`
    fn figure(&self, via: &[Via], figure: String, note: Option<String>) -> String {
        let ways: Vec<String> = via.iter().map(|via| self.word(via_key(*via))).collect();
        let ways = (!ways.is_empty()).then(|| ways.join(", "));
        let remarks: Vec<String> = [ways, note].into_iter().flatten().collect();
        if remarks.is_empty() { figure } else { format!("{figure} ({})", remarks.join("; ")) }
    }
}

fn via_key(via: Via) -> &'static str {
    match via {
        Via::Counter => "via-counter",
        Via::Online => "via-online",
        Via::Post => "via-post",
    }
}

/// `2026-07` as `07/2026`.
pub(super) fn month(as_of: &str) -> String {
    as_of.split('-').rev().collect::<Vec<_>>().join("/")
}

/// `20.000` in Vietnamese, `20,000` in English.
pub(super) fn money(amount: u64, lang: Lang) -> String {
    let separator = if lang == Lang::Vi { '.' } else { ',' };
    let digits = amount.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_as_people_write_it() {
        assert_eq!(money(1_200_000, Lang::Vi), "1.200.000");
        assert_eq!(money(20_000, Lang::En), "20,000");
        assert_eq!(money(500, Lang::Vi), "500");
    }
}
