//! Walks as part of the content: what they lead to is there, and what they say is plain.

use std::collections::HashSet;

use super::Fault;
use super::plain;
use crate::domain::Lang;
use crate::knowledge::guide::Guide;
use crate::knowledge::walk::Walk;

/// What is wrong with a walk beside the rest of the content: guides as they were read, and the slugs of all that are there.
pub(super) fn faults(walk: &Walk, (guides, slugs): (&[Guide], &HashSet<&str>), walks: &[Walk]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut named = |slug: &String, known: bool, what: &'static str| {
        let fault = Fault::of(format!("walks/{}/walk.toml", walk.slug), what).value("slug", slug);
        if !known && !faults.contains(&fault) {
            faults.push(fault);
        }
    };
    // One that is there and cannot be read is a fault of its own.
    let unread = |slug: &String| !guides.iter().any(|guide| guide.slug == *slug) && slugs.contains(slug.as_str());
    let known_guide = |slug: &String| slugs.contains(slug.as_str());
    for slug in walk.plan.guides.iter().chain(walk.plan.outcomes.iter().flat_map(|outcome| &outcome.guides)) {
        named(slug, known_guide(slug), "fault-walk-guide");
    }
    for outcome in &walk.plan.outcomes {
        for slug in &outcome.walks {
            named(slug, walks.iter().any(|walk| walk.slug == *slug), "fault-walk-walk");
        }
        for slug in &outcome.papers {
            let has_list = unread(slug) || guides.iter().any(|guide| guide.slug == *slug && Walk::of_papers(guide).is_some());
            named(slug, has_list, "fault-walk-papers");
        }
    }
    for lang in Lang::ALL {
        let file = format!("walks/{}/{lang}.ftl", walk.slug);
        for (_, text) in walk.texts(lang) {
            faults.extend(plain::wrong(lang.code(), text).map(|fault| fault.in_file(&file)));
        }
    }
    faults
}
