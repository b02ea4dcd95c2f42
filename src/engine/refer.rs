//! Where the bot sends people whom no guide helps: to a person, to the office, to the police, to the place a name means now.

use crate::domain::{Block, Choice, Secret};
use crate::knowledge::places::{Meaning, Unit};

use super::Talk;

/// The guide on people who pretend to be officials.
const SCAMS: &str = "phong-tranh-lua-dao";

impl Talk<'_> {
    pub(super) fn human(&mut self) {
        let office = self.world.office;
        let mut lines = vec![Block::plain(self.words("human"))];
        if let Some(number) = &office.hotline {
            let name = office.name.clone().unwrap_or_else(|| "hotline".to_owned());
            let values = [("number", number.as_str().into()), ("name", name.into())];
            lines.push(Block::bullet(self.world.wording.with(self.lang, "human-hotline", values)));
        }
        lines.extend(["human-desk", "human-national"].map(|key| Block::bullet(self.words(key))));
        lines.push(Block::quiet(self.words("human-scam")));
        self.say_lines(lines, vec![self.button("help")]);
    }

    pub(super) fn office(&mut self) {
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
        if lines.len() == 1 {
            lines.push(Block::plain(self.words("office-missing")));
        }
        self.say_lines(lines, vec![self.button("human")]);
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

    /// Somebody asks how far a dossier is.
    pub(super) fn dossier(&mut self) {
        let lines = ["dossier", "dossier-where"].map(|key| Block::plain(self.words(key)));
        self.say_lines(lines.into(), vec![self.button("human"), self.button("help")]);
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
