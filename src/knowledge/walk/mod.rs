//! A walk: something people do step by step, with somebody beside them. `knowledge/walks/<slug>/` holds one.
//!
//! **Invariants.** Steps stand in the order in which they are taken. Whether one is taken follows from choices made at
//! earlier steps and from nothing else, so a walk always ends, and what a person still has to do can be worked out anew from
//! their answers alone ([`Walk::route`]): going back, correcting, resuming elsewhere and a walk that its author changed
//! meanwhile need no memory of their own. What a comparison of choices cannot say is a function in
//! [`rules`](super::rules).

pub mod answer;
pub(super) mod check;
pub mod graph;
pub mod papers;
mod route;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use self::answer::Kind;
pub use self::route::{Answers, Next, Route};
pub use self::words::Words;
use super::error::Fault;
use super::guide::Source;
use super::rules::Rule;
use crate::domain::Lang;

/// A condition on earlier answers: each question named was answered with one of the choices named. Without a row it holds.
pub type When = BTreeMap<String, Vec<String>>;

/// One walk, ready to be walked.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The folder's name: its identity in buttons and conversations.
    pub slug: String,
    /// What `walk.toml` says.
    pub plan: Plan,
    /// The guide whose papers it finds out, for a walk made of a guide's questions.
    pub papers_of: Option<String>,
    /// A name for this order of steps: another one tells that the author changed the walk.
    pub shape: String,
    vi: Words,
    en: Words,
}

/// The contents of `walk.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its place in the list of walks: what people need first comes first.
    #[serde(default)]
    pub order: u8,
    /// The day somebody compared it with its source.
    pub checked_on: Date,
    /// Where it was read.
    pub source: Source,
    /// Guides it helps with: they offer it, the first is talked about afterwards.
    #[serde(default)]
    pub guides: Vec<String>,
    /// The steps, in their order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Where it may lead. Exits are looked at after each step, the others at the end; the first that holds is taken.
    #[serde(rename = "outcome")]
    pub outcomes: Vec<Outcome>,
}

/// One step: one message.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name.
    pub id: String,
    /// A question with these answers.
    #[serde(default)]
    pub choices: Vec<String>,
    /// A question whose answer is typed.
    pub ask: Option<Kind>,
    /// Not asked: worked out from the answer to `of`.
    pub rule: Option<Rule>,
    /// What a rule looks at.
    pub of: Option<String>,
    /// Taken only then.
    #[serde(default)]
    pub when: When,
    /// What often goes wrong here.
    #[serde(default)]
    pub troubles: Vec<String>,
    /// The https address of a picture of what is seen here.
    pub picture: Option<String>,
}

/// An end.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Its name.
    pub id: String,
    /// Reached only then.
    #[serde(default)]
    pub when: When,
    /// The way is closed: said at once, with where to go instead.
    #[serde(default)]
    pub exit: bool,
    /// Guides it leads to.
    #[serde(default)]
    pub guides: Vec<String>,
    /// Walks it leads to.
    #[serde(default)]
    pub walks: Vec<String>,
    /// Guides whose list of papers it leads to.
    #[serde(default)]
    pub papers: Vec<String>,
}

impl Step {
    /// Whether something is asked, so that the answer is worth reading again at the end.
    pub fn is_question(&self) -> bool {
        !self.choices.is_empty() || self.ask.is_some()
    }
}

/// What an instruction is answered with.
pub const DONE: &str = "done";

impl Walk {
    /// Reads a walk from its files.
    ///
    /// # Errors
    /// What is wrong with them; all of it, not only the first.
    pub(super) fn read(slug: &str, toml: &str, vi: &str, en: &str) -> Result<Self, Vec<Fault>> {
        let file = |name: &str| format!("walks/{slug}/{name}");
        let plan: Plan = toml::from_str(toml)
            .map_err(|error| vec![Fault::of_toml(toml, &error, "fault-toml-guide").in_file(&file("walk.toml"))])?;
        let read = |name: &str, source: &str| Words::read(source).map_err(|fault| fault.in_file(&file(name)));
        let (vi, en) = match (read("vi.ftl", vi), read("en.ftl", en)) {
            (Ok(vi), Ok(en)) => (vi, en),
            (vi, en) => return Err([vi.err(), en.err()].into_iter().flatten().collect()),
        };
        let walk = Self::new(slug.to_owned(), plan, [vi, en], None);
        let faults = check::faults(&walk, toml);
        if faults.is_empty() { Ok(walk) } else { Err(faults) }
    }

    fn new(slug: String, plan: Plan, [vi, en]: [Words; 2], papers_of: Option<String>) -> Self {
        let order: Vec<_> =
            plan.steps.iter().map(|step| (&step.id, &step.choices, &step.ask, &step.rule, &step.of, &step.when)).collect();
        let hash = Sha256::digest(format!("{order:?}"));
        let shape = hex::encode(&hash[..4]);
        Self { slug, plan, papers_of, shape, vi, en }
    }

    /// The text of `key` (`<step>`, `<step>.<choice>`, `trouble-<id>`) in `lang`.
    pub fn text(&self, lang: Lang, key: &str) -> &str {
        let words = match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        };
        words.get(key).unwrap_or_default()
    }

    /// Everything it says in `lang`, by key.
    pub fn texts(&self, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
        match lang {
            Lang::Vi => self.vi.texts(),
            Lang::En => self.en.texts(),
        }
    }

    /// What it is called.
    pub fn title(&self, lang: Lang) -> &str {
        self.text(lang, "title")
    }

    /// The step of that name.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.plan.steps.iter().find(|step| step.id == id)
    }

    /// The steps whose being taken, or whose answer, hangs on the answer to `id`.
    pub fn dependents(&self, id: &str) -> Vec<&str> {
        let mut hanging: Vec<&str> = Vec::new();
        for step in &self.plan.steps {
            let hangs = |on: &str| step.when.contains_key(on) || step.of.as_deref() == Some(on);
            if hangs(id) || hanging.iter().copied().any(hangs) {
                hanging.push(&step.id);
            }
        }
        hanging
    }
}
