//! The list of papers that one person needs: out of a guide and their answers, ticked off by tapping, kept until done.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Talk, answer};
use crate::domain::{Block, Choice, Lang, Link, Message, Span, Text};
use crate::knowledge::Guide;
use crate::knowledge::walk::Answers;
use crate::knowledge::walk::papers::Need;

/// Lists that are kept at one time.
const MOST_LISTS: usize = 3;

/// One list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperList {
    /// Slug of the guide.
    pub guide: String,
    /// Answers to its questions.
    #[serde(default)]
    pub answers: Answers,
    /// Papers that are at hand.
    #[serde(default)]
    pub ticked: Vec<String>,
}

/// The papers of `guide` for somebody who answered so: those to be brought, then those that need not be.
pub fn list(page: &answer::Page<'_>, answers: &Answers) -> Vec<Block> {
    let documents = &page.guide.facts.documents;
    let of = |need: Need| documents.iter().filter(move |document| document.need(answers) == need);
    let mut blocks = vec![Block::heading(page.word("papers-needed"))];
    blocks.extend(of(Need::Needed).map(|document| page.document(document)));
    if of(Need::Spared).next().is_some() {
        blocks.push(Block::heading(page.word("papers-spared")));
        blocks.extend(of(Need::Spared).map(|document| {
            let why = document.not_needed.as_ref().map(|text| text.get(page.lang)).unwrap_or_default();
            Block::Bullet(vec![Span::Plain(document.name.get(page.lang).to_owned()), Span::Quiet(format!(". {why}"))])
        }));
    }
    blocks
}

/// The page of a list, to be printed; it holds nothing but the answers.
fn address(site: &Url, lang: Lang, list: &PaperList) -> Option<String> {
    let mut url = site.join(&format!("guides/{}/papers", list.guide)).ok()?;
    url.query_pairs_mut().append_pair("lang", lang.code()).extend_pairs(&list.answers);
    Some(url.into())
}

impl Talk<'_> {
    /// The button that begins to find out somebody's papers.
    pub(super) fn papers_button(&self, guide: &Guide) -> Choice {
        answer::Page { world: self.world, lang: self.lang, guide }.papers_button()
    }

    /// The list that the answers make, before the others.
    pub(super) fn make_list(&mut self, guide: &str, answers: Answers) {
        let before = self.state.lists.iter().position(|list| list.guide == guide);
        // Papers that are at hand are at hand, whatever is answered now.
        let ticked = before.map(|at| self.state.lists.remove(at).ticked).unwrap_or_default();
        self.state.lists.insert(0, PaperList { guide: guide.to_owned(), answers, ticked });
        self.state.lists.truncate(MOST_LISTS);
        self.show_list(guide, true);
    }

    /// A button of a list: `list/<guide>`, `list/<guide>/<paper>`, `list/<guide>/-done`.
    pub(super) fn list_pressed(&mut self, guide: &str, rest: Option<&str>) {
        let known = self.world.library.by_slug(guide);
        let Some(list) = self.state.lists.iter_mut().find(|list| list.guide == guide) else { return self.stale() };
        match rest {
            None => {}
            Some("-done") => {
                self.state.lists.retain(|list| list.guide != guide);
                let choices = known.map(|guide| {
                    let labels = [("place", "facet-place"), ("fee", "facet-fee"), ("steps", "facet-steps")];
                    labels.map(|(facet, key)| Choice::new(format!("guide/{}/{facet}", guide.slug), &self.words(key)))
                });
                return self.say_words("papers-done", choices.map(Vec::from).unwrap_or_else(|| self.ways_on()));
            }
            Some(paper) => {
                match list.ticked.iter().position(|ticked| ticked == paper) {
                    Some(at) => {
                        list.ticked.remove(at);
                    }
                    None if known.is_some_and(|guide| guide.facts.documents.iter().any(|known| known.id == paper)) => {
                        list.ticked.push(paper.to_owned())
                    }
                    None => return self.stale(),
                }
                return self.show_list(guide, false);
            }
        }
        self.show_list(guide, true);
    }

    /// Buttons that lead back to lists that are kept.
    pub(super) fn kept_lists(&self) -> Vec<Choice> {
        let known = self.state.lists.iter().filter_map(|list| self.world.library.by_slug(&list.guide));
        known
            .map(|guide| {
                let title = guide.text(self.lang).title.as_str();
                let label = self.world.wording.with(self.lang, "papers-title", [("title", title.into())]);
                Choice::new(format!("list/{}", guide.slug), &label)
            })
            .collect()
    }

    /// The lists that are kept; or the way to make one.
    pub(super) fn show_lists(&mut self) {
        match self.state.lists.iter().map(|list| list.guide.clone()).collect::<Vec<_>>().as_slice() {
            [] => self.say_words("papers-none", self.starters()),
            [only] => self.show_list(only, true),
            several => {
                let guides = several.iter().filter_map(|slug| self.world.library.by_slug(slug));
                let choices =
                    guides.map(|guide| Choice::new(format!("list/{}", guide.slug), &guide.text(self.lang).title)).collect();
                self.say_words("papers-which", choices);
            }
        }
    }

    /// A list, whole, or just what has become of it: its papers stand on the buttons.
    fn show_list(&mut self, slug: &str, whole: bool) {
        let list = self.state.lists.iter().find(|list| list.guide == slug).cloned();
        let (Some(guide), Some(list)) = (self.world.library.by_slug(slug), list) else { return self.stale() };
        if self.guide_is_off(&guide) {
            return;
        }
        if self.world.library.walk(&guide.papers_slug()).is_none() {
            return self.stale();
        }
        let page = answer::Page { world: self.world, lang: self.lang, guide: &guide };
        let needed: Vec<_> =
            guide.facts.documents.iter().filter(|document| document.need(&list.answers) == Need::Needed).collect();
        let left = needed.iter().filter(|document| !list.ticked.contains(&document.id)).count();
        let mut blocks = vec![Block::heading(page.say("papers-title", [("title", guide.text(self.lang).title.as_str().into())]))];
        if whole {
            blocks.extend(self::list(&page, &list.answers));
        }
        blocks.push(Block::plain(match left {
            0 => self.words("papers-all"),
            _ => page.say("papers-left", [("left", left.into())]),
        }));
        if whole {
            blocks.extend(page.source(false));
        }
        let tick = |document: &&crate::knowledge::Document| {
            let mark = if list.ticked.contains(&document.id) { "☑" } else { "☐" };
            Choice::new(format!("list/{slug}/{}", document.id), &format!("{mark} {}", document.name.get(self.lang)))
        };
        let mut choices: Vec<Choice> = needed.iter().map(tick).collect();
        choices.push(Choice::new(format!("list/{slug}/-done"), &self.words("papers-end")));
        if !guide.facts.questions.is_empty() {
            choices.push(Choice::new(format!("walk/{}/-again", guide.papers_slug()), &self.words("papers-again")));
        }
        let print = self.world.site.and_then(|site| address(site, self.lang, &list));
        let links = print.filter(|_| whole).map(|url| Link { url, label: self.words("papers-print") }).into_iter().collect();
        let choices = self.helper_choices(choices);
        self.say(Message { text: Text(blocks), choices, links, ..Message::default() });
    }
}
