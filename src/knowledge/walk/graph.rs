//! A walk as a drawing: every way through it, found by taking all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Answers, DONE, Next, Step, Walk};
use crate::domain::Lang;
use crate::knowledge::rules::Rule;
use crate::knowledge::walk::answer::Kind;
use jiff::civil::Date;

/// Ways beyond this are not followed: a walk for people has far fewer.
const MOST_WAYS: usize = 2_000;

/// What can happen on a walk.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// From, with which answer, to: names of steps and outcomes; `None` where it begins.
    pub edges: BTreeSet<(Option<String>, String, String)>,
    /// Every step and outcome that is reached.
    pub reached: BTreeSet<String>,
    /// There are more ways than could be followed.
    pub too_many: bool,
}

/// Answers that lead different ways: all choices; of typed answers one for each result of a rule on it.
fn answers(walk: &Walk, step: &Step, today: Date) -> Vec<(String, String)> {
    let rules = || walk.plan.steps.iter().filter(|other| other.of.as_deref() == Some(&step.id)).filter_map(|other| other.rule);
    match step.ask {
        None if step.choices.is_empty() => vec![(DONE.to_owned(), String::new())],
        None => step.choices.iter().map(|choice| (choice.clone(), choice.clone())).collect(),
        Some(Kind::Date) => {
            let days = rules().flat_map(Rule::days_apart).chain(&[0]);
            let days: Vec<Date> = days.map(|ago| today.saturating_sub(jiff::Span::new().days(*ago))).collect();
            let mut seen = BTreeSet::new();
            let results = |day: &Date| rules().map(|rule| rule.of(&day.to_string(), today)).collect::<Vec<_>>();
            days.iter().filter(|day| seen.insert(results(day))).map(|day| (day.to_string(), results(day).join(", "))).collect()
        }
        Some(kind) => {
            let example = match kind {
                Kind::Phone => "*******678",
                Kind::Identity => "*********345",
                Kind::Dossier => "H25.44.12-260115-0003",
                Kind::Email | Kind::Date => "an@example.vn",
            };
            vec![(example.to_owned(), kind.key().to_owned())]
        }
    }
}

impl Walk {
    /// Takes every way. Answers that nothing later looks at are not told apart, so there are few of them.
    pub fn ways(&self, today: Date) -> Ways {
        let mut ways = Ways::default();
        let mut seen: BTreeSet<(&str, Answers)> = BTreeSet::new();
        let mut open: Vec<(Option<String>, String, Answers)> = vec![(None, String::new(), Answers::new())];
        while let Some((from, label, given)) = open.pop() {
            let next = self.route(&given, today).next;
            let to = match next {
                Next::Step(step) => &step.id,
                Next::End(outcome) => &outcome.id,
            };
            ways.edges.insert((from, label, to.clone()));
            ways.reached.insert(to.clone());
            let Next::Step(step) = next else { continue };
            if !seen.insert((&step.id, self.mattering(&given, step))) {
                continue;
            }
            if seen.len() > MOST_WAYS {
                ways.too_many = true;
                return ways;
            }
            for (answer, label) in answers(self, step, today) {
                let mut given = given.clone();
                given.insert(step.id.clone(), answer);
                open.push((Some(step.id.clone()), label, given));
            }
        }
        ways
    }

    /// Steps on the longest way that begins with `given`, the ones taken included.
    pub fn longest(&self, given: &Answers, today: Date) -> usize {
        let passed = self.route(given, today).passed;
        let taken = passed.iter().map(|(step, answer)| (step.id.clone(), answer.clone())).collect();
        passed.len() + self.left(&taken, today, &mut BTreeMap::new())
    }

    /// Steps on the longest way on from there.
    fn left<'w>(&'w self, given: &Answers, today: Date, known: &mut BTreeMap<(&'w str, Answers), usize>) -> usize {
        let Next::Step(step) = self.route(given, today).next else { return 0 };
        let here = (step.id.as_str(), self.mattering(given, step));
        if let Some(left) = known.get(&here) {
            return *left;
        }
        if known.len() > MOST_WAYS {
            return 1;
        }
        // A step that accepts none of its own answers would be asked for ever.
        known.insert(here.clone(), 0);
        let further = answers(self, step, today).into_iter().map(|(answer, _)| {
            let mut given = given.clone();
            given.insert(step.id.clone(), answer);
            self.left(&given, today, known)
        });
        let left = 1 + further.max().unwrap_or_default();
        known.insert(here, left);
        left
    }

    /// The answers that `step`, those behind it, or an outcome look at.
    fn mattering(&self, given: &Answers, step: &Step) -> Answers {
        let behind = self.plan.steps.iter().skip_while(|other| other.id != step.id);
        let of_steps = behind.flat_map(|step| step.when.keys().chain(step.of.as_ref()));
        let looked_at: BTreeSet<&String> =
            of_steps.chain(self.plan.outcomes.iter().flat_map(|outcome| outcome.when.keys())).collect();
        let behind_rules = self.plan.steps.iter().filter(|step| looked_at.contains(&step.id)).filter_map(|step| step.of.as_ref());
        let looked_at: BTreeSet<&String> = behind_rules.chain(looked_at.iter().copied()).collect();
        given.iter().filter(|(id, _)| looked_at.contains(id)).map(|(id, answer)| (id.clone(), answer.clone())).collect()
    }

    /// The drawing in Graphviz' notation.
    pub fn graphviz(&self, lang: Lang, today: Date) -> String {
        let mut out = format!("digraph \"{}\" {{\n  rankdir=TB; node [shape=box, style=rounded];\n", self.slug);
        let quoted = |text: &str| text.replace('"', "\\\"").replace('\n', "\\n");
        for (name, ends) in self.nodes() {
            let shape = if ends { ", shape=ellipse" } else { "" };
            let _ = writeln!(out, "  \"{name}\" [label=\"{}\"{shape}];", quoted(&self.label(lang, name)));
        }
        for ((from, to), labels) in self.arrows(lang, today) {
            let _ = writeln!(out, "  \"{from}\" -> \"{to}\" [label=\"{}\"];", quoted(&labels.join(" / ")));
        }
        out + "}\n"
    }

    /// The drawing in Mermaid's notation.
    pub fn mermaid(&self, lang: Lang, today: Date) -> String {
        let mut out = "flowchart TD\n".to_owned();
        let quoted = |text: &str| text.replace('"', "#quot;").replace('\n', "<br>");
        for (name, ends) in self.nodes() {
            let (open, close) = if ends { ("([", "])") } else { ("[", "]") };
            let _ = writeln!(out, "  {name}{open}\"{}\"{close}", quoted(&self.label(lang, name)));
        }
        for ((from, to), labels) in self.arrows(lang, today) {
            let label = quoted(&labels.join(" / "));
            let _ = if label.is_empty() {
                writeln!(out, "  {from} --> {to}")
            } else {
                writeln!(out, "  {from} -->|\"{label}\"| {to}")
            };
        }
        out
    }

    fn nodes(&self) -> impl Iterator<Item = (&str, bool)> {
        let steps = self.plan.steps.iter().filter(|step| step.rule.is_none()).map(|step| (step.id.as_str(), false));
        steps.chain(self.plan.outcomes.iter().map(|outcome| (outcome.id.as_str(), true)))
    }

    /// The first line of a step, short enough for a box.
    fn label(&self, lang: Lang, name: &str) -> String {
        crate::domain::message::shorten(self.text(lang, name).lines().next().unwrap_or(name), 50)
    }

    /// From where to where, with the words of every answer that leads there.
    fn arrows(&self, lang: Lang, today: Date) -> BTreeMap<(String, String), Vec<String>> {
        let mut arrows: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (from, answer, to) in self.ways(today).edges {
            let Some(from) = from else { continue };
            let words = self.text(lang, &format!("{from}.{answer}"));
            let label = if words.is_empty() { answer } else { words.to_owned() };
            let labels = arrows.entry((from, to)).or_default();
            if !label.is_empty() && !labels.contains(&label) {
                labels.push(label);
            }
        }
        arrows
    }
}
