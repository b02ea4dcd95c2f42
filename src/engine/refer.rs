//! Where the bot sends people whom no guide helps: to a person, to the office, to the police, to the place a name means now.

use crate::domain::{Block, Choice, Secret};
use crate::knowledge::Shop;
use crate::knowledge::places::{Meaning, Unit};

use super::Talk;

/// The guide on people who pretend to be officials.
const SCAMS: &str = "phong-tranh-lua-dao";

impl<'a> Talk<'a> {
    pub(super) fn human(&mut self) {
        if self.state.handed.is_some() && self.world.office.desk.is_some() {
            return self.still_waiting();
        }
        let office = self.world.office;
        let mut lines = vec![Block::plain(self.words("human"))];
        if let Some(number) = &office.hotline {
            let name = office.name.clone().unwrap_or_else(|| "hotline".to_owned());
            let values = [("number", number.as_str().into()), ("name", name.into())];
            lines.push(Block::bullet(self.world.wording.with(self.lang, "human-hotline", values)));
        }
        lines.extend(["human-desk", "human-national"].map(|key| Block::bullet(self.words(key))));
        lines.push(Block::quiet(self.words("human-scam")));
        let mut choices: Vec<_> = self.desk_button().into_iter().collect();
        choices.push(self.button("help"));
        self.say_lines(lines, choices);
    }

    /// Hours, address, telephone: of the place that was named, of the only shop there is, or what the operator told.
    pub(super) fn office(&mut self, named: &[Meaning]) {
        let places = self.world.library.places();
        let office = self.world.office;
        let known = [
            ("office-phone", "number", &office.hotline),
            ("office-hours", "hours", &office.hours),
            ("office-address", "address", &office.address),
        ];
        let told = known.into_iter().filter_map(|(key, variable, value)| {
            let value = value.as_deref()?;
            Some(Block::plain(self.world.wording.with(self.lang, key, [(variable, value.into())])))
        });
        let mut lines = vec![Block::plain(self.words("office"))];
        lines.extend(told);
        let shops = if named.is_empty() && lines.len() == 1 { self.only_shop() } else { places.shops_of(named) };
        lines.extend(shops.iter().flat_map(|shop| self.shop(shop)));
        if lines.len() == 1 {
            // No heading over nothing, and somewhere to ask.
            lines = ["office-missing", "human-national"].map(|key| Block::plain(self.words(key))).into();
        }
        if shops.is_empty() && places.shops.iter().any(|shop| !shop.example) {
            lines.push(Block::plain(self.words("office-which")));
        }
        let mut choices: Vec<_> = self.desk_button().into_iter().collect();
        choices.push(self.button("human"));
        self.say_lines(lines, choices);
    }

    /// The shop of a deployment that has one.
    fn only_shop(&self) -> Vec<&'a Shop> {
        let real: Vec<&Shop> = self.world.library.places().shops.iter().filter(|shop| !shop.example).collect();
        if real.len() == 1 { real } else { Vec::new() }
    }

    /// A one-stop shop, with the departments for the procedure that is talked about.
    fn shop(&self, shop: &Shop) -> Vec<Block> {
        let tell = |key: &str, variable: &'static str, value: &str| {
            Block::bullet(self.world.wording.with(self.lang, key, [(variable, value.into())]))
        };
        let mut lines = vec![Block::heading(&shop.name)];
        if shop.example {
            lines.push(Block::quiet(self.words("shop-example")));
        }
        lines.extend(shop.address.as_deref().map(|address| tell("office-address", "address", address)));
        lines.extend(shop.hours.as_ref().map(|hours| tell("office-hours", "hours", hours.get(self.lang))));
        for department in shop.departments_for(self.topic_guide().as_deref()) {
            let name = department.name.get(self.lang);
            let number = department.hotline.clone().unwrap_or_else(|| self.words("shop-no-number"));
            let values = [("name", name.into()), ("number", number.into())];
            lines.push(Block::bullet(self.world.wording.with(self.lang, "shop-department", values)));
        }
        lines
    }

    pub(super) fn emergency(&mut self) {
        let lines = vec![Block::heading(self.words("emergency")), Block::plain(self.words("emergency-after"))];
        self.say_lines(lines, vec![self.button("human")]);
    }

    /// Somebody is being cheated, or was.
    pub(super) fn fraud(&mut self) {
        let guide = self.world.library.by_slug(SCAMS);
        let of_guide = guide.map(|guide| Choice::new(format!("guide/{SCAMS}"), &guide.text(self.lang).title));
        let lines = ["fraud", "fraud-then", "human-scam"].map(|key| Block::plain(self.words(key)));
        self.say_lines(lines.into(), of_guide.into_iter().chain([self.button("human")]).collect());
    }

    /// Somebody sent what nobody may ask for.
    pub(super) fn warn(&mut self, secret: Secret) {
        let key = match secret {
            Secret::OneTimeCode => "secret-one-time-code",
            Secret::Card => "secret-card",
            Secret::Password => "secret-password",
        };
        let lines = vec![Block::plain(self.words(key)), Block::quiet(self.words("secret-scam"))];
        self.say_lines(lines, self.ways_on());
    }

    /// Somebody asks what has become of a place; every meaning is told, since old names clash.
    pub(super) fn place(&mut self, meanings: &[Meaning]) {
        let units = &self.world.library.places().units;
        let mut told: Vec<Block> = Vec::new();
        let mut districts: Vec<&str> = Vec::new();
        for meaning in meanings {
            let line = match *meaning {
                Meaning::Unit(at) => self.place_line("place-unit", &units[at].name, &units[at].name, &units[at]),
                Meaning::Former(at, former) => {
                    self.place_line("place-former", &units[at].former[former], &units[at].name, &units[at])
                }
                Meaning::District(at) => {
                    let district = units[at].district.as_str();
                    if districts.contains(&district) {
                        continue;
                    }
                    districts.push(district);
                    let within = units.iter().filter(|unit| unit.district == district).map(|unit| unit.name.as_str());
                    self.place_line("place-district", district, &within.collect::<Vec<_>>().join(", "), &units[at])
                }
            };
            told.push(line);
        }
        told.insert(0, Block::plain(self.words(if told.len() > 1 { "place-several" } else { "place-one" })));
        // Nobody asked for an address here: a sample of one would only confuse.
        let shops = self.world.library.places().shops_of(meanings).into_iter().filter(|shop| !shop.example);
        told.extend(shops.flat_map(|shop| self.shop(shop)));
        self.say_lines(told, self.ways_on());
    }

    fn place_line(&self, key: &str, name: &str, now: &str, unit: &Unit) -> Block {
        let values = [
            ("name", name.into()),
            ("now", now.into()),
            ("former", unit.former.join(", ").into()),
            ("district", unit.district.as_str().into()),
            ("province", unit.former_province.as_str().into()),
        ];
        Block::bullet(self.world.wording.with(self.lang, key, values))
    }
}
