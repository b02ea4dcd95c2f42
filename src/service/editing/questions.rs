//! Questions that guides bring with them, and whether they find their guide.

use rayon::prelude::*;

use crate::engine::ask::{Action, understand};
use crate::knowledge::{Fault, Guide, Library};

/// Among how many a question must find its guide: some words belong to several.
const SHARED: usize = 3;

/// A question of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The guide, by its slug.
    pub guide: String,
    /// The file that it stands in.
    pub lang: &'static str,
    /// The question, or a name of the guide.
    pub question: String,
    /// The guide that is found first in its stead.
    pub first: Option<String>,
}

impl Own {
    /// The same as a fault of its file.
    pub fn fault(&self) -> Fault {
        let file = format!("guides/{}/{}.md", self.guide, self.lang);
        match &self.first {
            Some(first) => Fault::of(file, "fault-question-elsewhere").value("question", &self.question).value("first", first),
            None => Fault::of(file, "fault-question-unfound").value("question", &self.question),
        }
    }
}

/// The questions of guides that people wrote which do not find their guide among the first three. A cry for help and the name
/// of a place are answered as such, whatever guide is on the same matter.
pub fn unfound(library: &Library) -> Vec<Own> {
    let guides: Vec<&Guide> = library.written().collect();
    guides.into_par_iter().flat_map_iter(|guide| unfound_of(library, guide)).collect()
}

/// The same of one guide.
pub fn unfound_of(library: &Library, guide: &Guide) -> Vec<Own> {
    let mut unfound = Vec::new();
    for (lang, text) in std::iter::once(("vi", &guide.vi)).chain(guide.en.iter().map(|text| ("en", text))) {
        for question in text.questions.iter().chain(&text.names).chain([&text.title]) {
            let decision = understand(library, question, None, SHARED);
            let helped = matches!(decision.action, Action::Danger | Action::Fraud | Action::Place);
            let mut found = decision.hits.iter().map(|hit| library.slug(hit.guide));
            let first = found.clone().next().map(str::to_owned);
            if !helped && !found.any(|found| found == guide.slug) {
                unfound.push(Own { guide: guide.slug.clone(), lang, question: question.clone(), first });
            }
        }
    }
    unfound
}
