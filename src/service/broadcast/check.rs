//! What a draft must be before anybody is asked to approve it.

use std::collections::HashSet;
use std::time::Duration;

use super::{BroadcastError, Broadcasts};
use crate::domain::broadcast::{
    AMENDED_FOR, Amendment, Broadcast, Class, Draft, HOTLINE, LONGEST_TEXT, LONGEST_TITLE, MOST_ANSWERS, MOST_BUTTONS,
    MOST_LINKS, OFFICE, Standing, Target,
};
use crate::engine::announce::unknown_placeholder;
use crate::knowledge::Library;
use crate::knowledge::search::unmarked;
use crate::store::broadcast;

/// Longest label of a button, in letters: it is also typed by hand.
const LONGEST_LABEL: usize = 40;
/// How far back «asked about» looks, in days: for as long as that is kept.
pub(super) const MOST_DAYS: u32 = 90;

/// A beginning that lies no further back was meant as now.
const LATE: Duration = Duration::from_secs(60 * 60);
/// Longest code of a procedure or name of a hamlet, in letters.
const LONGEST_NAME: usize = 80;

/// A fault of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: &'static str,
    /// What is wrong: a key of the wording.
    pub key: &'static str,
    /// The value it is about.
    pub what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.key.trim_start_matches("cast-bad-"))?;
        if self.what.is_empty() { Ok(()) } else { write!(f, " “{}”", self.what) }
    }
}

fn problem(field: &'static str, key: &'static str, what: impl Into<String>) -> Problem {
    Problem { field, key, what: what.into() }
}

impl Broadcasts {
    /// What is wrong with a broadcast.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn problems(&self, of: &Broadcast) -> Result<Vec<Problem>, BroadcastError> {
        let draft = &of.draft;
        let mut problems = faults(&self.library.load(), draft);
        problems.extend(self.unset(draft));
        let mut tx = self.store.read().await?;
        match (draft.amends, self.unit_of(&mut tx, of.place.as_deref()).await?) {
            // It goes to whoever had the other one: of theirs, which is over, not too long ago, and no less urgent.
            (Some(amends), _) => {
                let before = broadcast::load(&mut tx, amends.of).await?;
                let fits = before.is_some_and(|before| {
                    let ours = of.place.is_none() || before.place == of.place;
                    let recent = before.ended_at.is_some_and(|ended| ended.plus(AMENDED_FOR) >= self.clock.now());
                    ours && recent && before.draft.class == draft.class
                });
                if !fits {
                    problems.push(problem("amends", "cast-bad-amends", amends.of.to_string()));
                }
            }
            (None, Some(unit)) => {
                if draft.audience.unplaced {
                    problems.push(problem("unplaced", "cast-bad-not-yours", unit.clone()));
                }
                if draft.audience.places != [unit.clone()] {
                    problems.push(problem("places", "cast-bad-not-yours", unit));
                }
            }
            (None, None) => {}
        }
        let past = draft.starts_at.is_some_and(|starts| starts.plus(LATE) < self.clock.now());
        if past && of.is_open() {
            problems.push(problem("starts", "cast-bad-past", ""));
        }
        Ok(problems)
    }

    /// What is wrong with a draft, before it is written down.
    ///
    /// # Errors
    /// Its faults; or the database fails.
    pub async fn examine(&self, draft: &Draft, place: Option<&str>) -> Result<(), BroadcastError> {
        let of = Broadcast::new(self.spelled(draft.clone()), place, String::new(), self.clock.now());
        let problems = self.problems(&of).await?;
        if problems.is_empty() { Ok(()) } else { Err(BroadcastError::Faulty(problems)) }
    }

    /// What must be true of one that begins now: guides may have gone since it was approved.
    pub(super) fn still_fits(&self, of: &Broadcast) -> bool {
        debug_assert_eq!(of.standing, Standing::Approved);
        faults(&self.library.load(), &of.draft).is_empty() && self.unset(&of.draft).is_empty()
    }

    /// Placeholders that this office has nothing for: «(chưa có)» helps nobody who is to call.
    fn unset(&self, draft: &Draft) -> Vec<Problem> {
        let empty = [(HOTLINE, &self.office.hotline), (OFFICE, &self.office.name)];
        let empty = empty.iter().filter(|(_, value)| value.is_none()).map(|(placeholder, _)| *placeholder);
        let texts = [("vi", &draft.vi), ("en", &draft.en)];
        empty
            .flat_map(|placeholder| texts.map(|(field, text)| (field, text, placeholder)))
            .filter(|(_, text, placeholder)| text.contains(placeholder))
            .map(|(field, _, placeholder)| problem(field, "cast-bad-unset", placeholder))
            .collect()
    }

    /// The same with communes and wards spelled as they are called, each once, where what was typed names one without a doubt. The
    /// pilot place stays as it is: a hamlet may be called like a commune elsewhere.
    pub fn spelled(&self, mut draft: Draft) -> Draft {
        let library = self.library.load();
        let mut seen = HashSet::new();
        for name in &mut draft.audience.places {
            if let [unit] = library.places().units_called(name)[..] {
                name.clone_from(&unit.name);
            }
        }
        draft.audience.places.retain(|name| seen.insert(name.clone()));
        draft
    }
}

fn faults(library: &Library, draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let taken_back = draft.amends.is_some_and(|amends| amends.how == Amendment::Delete);
    for (field, text, longest, needed) in [
        ("title", &draft.title, LONGEST_TITLE, true),
        ("vi", &draft.vi, LONGEST_TEXT, !taken_back),
        ("en", &draft.en, LONGEST_TEXT, false),
    ] {
        let length = text.chars().count();
        if needed && text.trim().is_empty() {
            problems.push(problem(field, "cast-bad-empty", ""));
        }
        if length > longest {
            problems.push(problem(field, "cast-bad-long", format!("{length} > {longest}")));
        }
        // A title also stands where nothing fills it in.
        let unknown = if field == "title" { text.contains('{').then_some("{") } else { unknown_placeholder(text) };
        problems.extend(unknown.map(|unknown| problem(field, "cast-bad-placeholder", unknown)));
    }
    let everything = serde_json::to_value(draft).unwrap_or_default();
    if has_control(&everything) {
        problems.push(problem("vi", "cast-bad-control", ""));
    }
    for own in &draft.answers {
        problems.extend(own.answer.contains('{').then(|| problem("answers", "cast-bad-placeholder", "{")));
        if own.question.trim().is_empty() || own.answer.trim().is_empty() {
            problems.push(problem("answers", "cast-bad-empty", own.question.clone()));
        }
        if own.answer.chars().count() > LONGEST_TEXT {
            problems.push(problem("answers", "cast-bad-long", own.question.clone()));
        }
    }
    for (field, count, most) in [
        ("buttons", draft.buttons.len(), MOST_BUTTONS),
        ("links", draft.links.len(), MOST_LINKS),
        ("answers", draft.answers.len(), MOST_ANSWERS),
    ] {
        if count > most {
            problems.push(problem(field, "cast-bad-many", format!("{count} > {most}")));
        }
    }
    problems.extend(buttons(library, draft));
    for link in &draft.links {
        let secure = url::Url::parse(&link.url).is_ok_and(|url| url.scheme() == "https" && url.host_str().is_some());
        if !secure {
            problems.push(problem("links", "cast-bad-link", link.url.clone()));
        }
        if link.label.trim().is_empty() || link.label.chars().count() > LONGEST_LABEL {
            problems.push(problem("links", "cast-bad-label", link.label.clone()));
        }
    }
    problems.extend(audience(library, draft));
    problems
}

fn buttons(library: &Library, draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut labels = HashSet::new();
    for button in &draft.buttons {
        let label = unmarked(&button.label);
        if label.is_empty() || button.label.chars().count() > LONGEST_LABEL || !labels.insert(label) {
            problems.push(problem("buttons", "cast-bad-label", button.label.clone()));
        }
        let (known, what) = match &button.target {
            Target::Guide(slug) => (library.has(slug), slug),
            Target::Walk(slug) => (library.walk(slug).is_some(), slug),
            Target::Question(question) => (!question.trim().is_empty() && question.chars().count() <= LONGEST_TITLE, question),
        };
        if !known {
            problems.push(problem("buttons", "cast-bad-target", what.clone()));
        }
    }
    problems
}

fn audience(library: &Library, draft: &Draft) -> Vec<Problem> {
    let audience = &draft.audience;
    let mut problems = Vec::new();
    for name in &audience.places {
        let key = match library.places().units_called(name)[..] {
            [unit] if unit.name == *name => continue,
            [_, _, ..] => "cast-bad-several",
            _ => "cast-bad-place",
        };
        problems.push(problem("places", key, name.clone()));
    }
    if let Some(asked) = &audience.asked {
        if !library.has(&asked.guide) {
            problems.push(problem("asked", "cast-bad-target", asked.guide.clone()));
        }
        if !(1..=MOST_DAYS).contains(&asked.days) {
            problems.push(problem("asked", "cast-bad-days", asked.days.to_string()));
        }
    }
    for (field, name) in [("dossier", &audience.dossier_of), ("pilot", &audience.pilot)] {
        let long = name.as_ref().filter(|name| name.chars().count() > LONGEST_NAME);
        problems.extend(long.map(|name| problem(field, "cast-bad-long", name.chars().take(LONGEST_NAME).collect::<String>())));
    }
    let chosen = !audience.topics.is_empty() || audience.asked.is_some() || audience.dossier_of.is_some();
    if draft.class == Class::Emergency && (chosen || audience.lang.is_some()) {
        problems.push(problem("class", "cast-bad-emergency", ""));
    }
    problems
}

/// Whether a text holds signs that are no writing: a database refuses some of them.
fn has_control(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.chars().any(|letter| letter.is_control() && letter != '\n'),
        serde_json::Value::Array(all) => all.iter().any(has_control),
        serde_json::Value::Object(fields) => fields.values().any(has_control),
        _ => false,
    }
}

/// The commune or ward that an agency's name holds.
pub(super) fn unit_in(library: &Library, agency: &str) -> Option<String> {
    let agency = format!(" {} ", unmarked(agency));
    let units = library.places().units.iter().filter(|unit| agency.contains(&format!(" {} ", unmarked(&unit.name))));
    units.max_by_key(|unit| unit.name.len()).map(|unit| unit.name.clone())
}
