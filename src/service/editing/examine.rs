//! What would become of questions if an edition were published. Slow, and without a database.

use std::collections::{BTreeMap, HashSet};

use uuid::Uuid;

use super::EditError;
use super::questions::{Own, unfound};
use crate::domain::Timestamp;
use crate::domain::edition::{Edition, Standing};
use crate::engine::ask::understand;
use crate::knowledge::{ContentError, Fault, Library, Origin, check};

/// A question that would not find its guide any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The question.
    pub question: String,
    /// Its guide, by its slug.
    pub guide: String,
    /// What it would find instead.
    pub instead: Option<String>,
}

/// An edition that is only tried.
pub(super) fn tried(piece: &str, files: &BTreeMap<String, String>, now: Timestamp) -> Edition {
    Edition {
        id: Uuid::nil(),
        piece: piece.to_owned(),
        files: files.clone(),
        author: String::new(),
        note: String::new(),
        made_at: now,
        standing: Standing::Published,
        live_from: Some(now),
        live_until: None,
    }
}

/// The questions that find their guide in `current` and would not with these files; `judged` are questions of citizens who said
/// that the guide was right. Questions of the guide itself must be found in any case.
pub(super) fn lost(
    current: &Library,
    layers: &[Origin],
    piece: &str,
    files: &BTreeMap<String, String>,
    judged: Vec<(String, String)>,
    now: Timestamp,
) -> Result<Vec<Lost>, EditError> {
    let over = Origin::Edited(vec![tried(piece, files, now)]);
    let all: Vec<Origin> = layers.iter().cloned().chain([over]).collect();
    let then = match Library::load(&all, None) {
        Ok(library) => library,
        Err(ContentError::Faults(faults)) => return Err(EditError::Faulty(faults)),
        Err(error) => return Err(error.into()),
    };
    let of_piece = piece.strip_prefix(crate::domain::edition::GUIDES);
    // A guide that was hollow before may be mended step by step: one wrong fee less is better than none.
    let missing = |library: &Library| {
        of_piece.and_then(|slug| library.by_slug(slug)).map(|guide| check::essentials(&guide)).unwrap_or_default()
    };
    let before: Vec<&str> = missing(current).iter().map(|(.., fault)| fault.what).collect();
    let new = missing(&then).into_iter().filter(|(.., fault)| !before.contains(&fault.what));
    let new: Vec<Fault> = new.map(|(file, _, fault)| fault.in_file(&format!("{piece}/{file}"))).collect();
    if !new.is_empty() {
        return Err(EditError::Faulty(new));
    }
    let known: HashSet<(String, String)> = unfound(current).into_iter().map(|own| (own.guide, own.question)).collect();
    let is_new = |own: &Own| of_piece == Some(own.guide.as_str()) || !known.contains(&(own.guide.clone(), own.question.clone()));
    let own = unfound(&then).into_iter().filter(is_new);
    let mut lost: Vec<Lost> = own.map(|own| Lost { question: own.question, guide: own.guide, instead: own.first }).collect();
    for (question, guide) in judged {
        let first = |library: &Library| {
            understand(library, &question, None, 1).hits.first().map(|hit| library.slug(hit.guide).to_owned())
        };
        let found = first(&then);
        if found.as_ref() != Some(&guide) && first(current).as_ref() == Some(&guide) {
            lost.push(Lost { question, guide, instead: found });
        }
    }
    Ok(lost)
}
