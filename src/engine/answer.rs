//! A guide as an answer: the part that was asked for, its source, and buttons for the other parts.

use std::sync::Arc;

use fluent_bundle::FluentValue;

use crate::domain::time::written;
use crate::domain::{Block, Choice, Lang, Link, Message, Span, Text};
use crate::knowledge::search::Facet;
use crate::knowledge::{Answer, CopyKind, Document, Guide, Online, Review};

use super::World;
use super::figures::month;
use super::switched::instead;

/// Papers and steps beyond this stay on the portal's page: an imported procedure lists up to a hundred.
const MOST_ITEMS: usize = 14;
/// An item of an imported text is cut here, in letters.
const LONGEST_ITEM: usize = 400;
/// Mistakes to avoid that are shown under the steps.
const MOST_TIPS: usize = 4;
/// Buttons for walks.
const MOST_WALKS: usize = 2;
/// Buttons for guides that people need next.
const MOST_RELATED: usize = 2;
/// Buttons for other parts.
const MOST_FACETS: usize = 5;
/// Fees and time limits that the front page shows: it fits one screen of a phone, and a button leads to the others.
const MOST_FIGURES: usize = 2;
/// Letters of places that the front page shows: three lines of a phone.
const ROOM_FOR_PLACES: usize = 110;
/// Legal texts named under an answer; «legal basis» lists them all.
const MOST_LAWS: usize = 2;

/// One guide, ready to be shown in one language.
pub struct Page<'a> {
    /// What it may look at.
    pub world: &'a World<'a>,
    /// The language.
    pub lang: Lang,
    /// The guide.
    pub guide: &'a Guide,
}

/// A whole guide, to be read or printed: every part under its heading, its own questions, its sources.
pub fn sheet(world: &World<'_>, lang: Lang, guide: &Guide) -> Message {
    if let Some(off) = instead(world, lang, guide) {
        return off;
    }
    let page = Page { world, lang, guide };
    let text = guide.text(lang);
    let mut blocks: Vec<Block> = page.validity().into_iter().collect();
    blocks.extend(text.summary.iter().map(Block::plain));
    for facet in Facet::ALL.into_iter().filter(|facet| *facet != Facet::Form) {
        blocks.push(Block::heading(page.word(&format!("facet-{}", facet.key()))));
        blocks.extend(page.facet(facet));
    }
    for answer in &text.answers {
        blocks.push(Block::heading(&answer.question));
        blocks.extend(answer.answer.iter().map(Block::plain));
    }
    blocks.extend(page.source(true));
    Message { text: Text(blocks), links: page.links(), ..Message::default() }
}

impl Page<'_> {
    /// The answer to a question for `facets` (none: the front page), led by the guide's own answer to that very
    /// question if it has one. `follows` tells that the procedure was not named but understood.
    pub(super) fn answer(&self, facets: &[Facet], own: Option<&Answer>, follows: bool) -> Message {
        let title = &self.guide.text(self.lang).title;
        let mut blocks =
            vec![Block::heading(if follows { self.say("about", [("title", title.as_str().into())]) } else { title.clone() })];
        blocks.extend(self.validity());
        if let Some(own) = own {
            blocks.push(Block::Paragraph(vec![Span::Bold(own.question.clone())]));
            blocks.extend(own.answer.iter().map(Block::plain));
        }
        if facets.is_empty() && own.is_none() {
            blocks.extend(self.front());
        }
        for facet in facets {
            blocks.push(Block::heading(self.word(&format!("facet-{}", facet.key()))));
            blocks.extend(self.facet(*facet));
        }
        blocks.extend(self.source(facets.contains(&Facet::Law)));
        let front = facets.is_empty() && own.is_none();
        let shown = if front { self.shown_whole() } else { facets.to_vec() };
        let mut choices = self.next_guides(facets);
        choices.extend(self.guidance(facets, own));
        choices.extend(self.choices(&shown));
        Message { text: Text(blocks), choices, links: self.links(), ..Message::default() }
    }

    fn links(&self) -> Vec<Link> {
        self.guide.facts.portal.iter().map(|url| Link { url: url.clone(), label: self.word("portal") }).collect()
    }

    /// The parts that the front page shows whole: a button for them would lead nowhere.
    fn shown_whole(&self) -> Vec<Facet> {
        let facts = &self.guide.facts;
        let plain = facts.waivers.is_empty() && facts.fees.iter().all(|fee| fee.exempt.is_none());
        let place =
            facts.place.as_ref().is_none_or(|place| facts.authority.is_none() && self.nearest_place() == place.get(self.lang));
        let whole = [
            (Facet::Fee, plain && facts.fees.len() <= MOST_FIGURES),
            (Facet::Time, facts.times.len() <= MOST_FIGURES),
            (Facet::Place, place),
        ];
        whole.into_iter().filter_map(|(facet, whole)| whole.then_some(facet)).collect()
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.world.wording.get(self.lang, key)
    }

    pub(super) fn say<'v, const N: usize>(&'v self, key: &str, values: [(&'v str, FluentValue<'v>); N]) -> String {
        self.world.wording.with(self.lang, key, values)
    }

    /// The other parts as buttons, and the way to another procedure.
    fn choices(&self, shown: &[Facet]) -> Vec<Choice> {
        let known = Facet::ALL.into_iter().filter(|facet| !shown.contains(facet) && self.knows(*facet));
        let mut choices: Vec<Choice> = known
            .take(MOST_FACETS)
            .map(|facet| {
                Choice::new(format!("guide/{}/{}", self.guide.slug, facet.key()), &self.word(&format!("facet-{}", facet.key())))
            })
            .collect();
        choices.push(Choice::new("change", &self.word("change")));
        choices
    }

    /// What stands in for a procedure that is no longer in force; and, for whoever asks what they will get, what people
    /// need next.
    fn next_guides(&self, facets: &[Facet]) -> Vec<Choice> {
        let library = self.world.library;
        let successor = library.successor(self.guide).filter(|_| !self.guide.valid_on(self.world.today()));
        let asked = facets == [Facet::Result];
        let related = library.related(self.guide).take(if asked { MOST_RELATED } else { 0 });
        let choice = |guide: Arc<Guide>| Choice::new(format!("guide/{}", guide.slug), &guide.text(self.lang).title);
        successor.into_iter().chain(related).map(choice).collect()
    }

    /// The button that begins to find out which of its papers somebody needs.
    pub(super) fn papers_button(&self) -> Choice {
        Choice::new(format!("walk/{}", self.guide.papers_slug()), &self.word("papers-button"))
    }

    /// Walks that help with it, for whoever wants to know how; the list of one's own papers, for whoever asks for papers.
    fn guidance(&self, facets: &[Facet], own: Option<&Answer>) -> Vec<Choice> {
        let library = self.world.library;
        let front = facets.is_empty() && own.is_none();
        let how = front || facets.contains(&Facet::Steps);
        let walks = library.walks_of(self.guide).take(if how { MOST_WALKS } else { 0 });
        let mut choices: Vec<Choice> = walks
            .map(|walk| {
                Choice::new(format!("walk/{}", walk.slug), &self.say("walk-button", [("title", walk.title(self.lang).into())]))
            })
            .collect();
        let asks = !self.guide.facts.questions.is_empty() && (front || facets.contains(&Facet::Documents));
        let papers = library.walk(&self.guide.papers_slug()).filter(|_| asks || facets.contains(&Facet::Documents));
        choices.extend(papers.map(|_| self.papers_button()));
        choices
    }

    fn knows(&self, facet: Facet) -> bool {
        let facts = &self.guide.facts;
        match facet {
            Facet::Documents => !facts.documents.is_empty(),
            Facet::Steps => !self.guide.text(self.lang).steps.is_empty(),
            Facet::Fee => !facts.fees.is_empty(),
            Facet::Time => !facts.times.is_empty() || facts.deadline.is_some(),
            Facet::Place => facts.place.is_some() || facts.authority.is_some(),
            Facet::Form => {
                facts.documents.iter().any(|document| document.form.is_some() || document.copy == Some(CopyKind::Form))
            }
            Facet::Result => facts.result.is_some(),
            Facet::Law => !facts.law.is_empty(),
        }
    }

    /// The front page: what it is for, then the figures people want most.
    fn front(&self) -> Vec<Block> {
        let facts = &self.guide.facts;
        let mut blocks: Vec<Block> = self.guide.text(self.lang).summary.iter().map(Block::plain).collect();
        blocks.extend(
            facts.deadline.as_ref().map(|text| Block::plain(self.say("deadline", [("text", text.get(self.lang).into())]))),
        );
        for facet in [Facet::Fee, Facet::Time, Facet::Place] {
            if self.knows(facet) {
                blocks.push(Block::heading(self.word(&format!("facet-{}", facet.key()))));
                let figures: Vec<Block> = match facet {
                    Facet::Fee => facts.fees.iter().take(MOST_FIGURES).map(|fee| self.fee(fee)).collect(),
                    Facet::Time => facts.times.iter().take(MOST_FIGURES).map(|time| self.time(time)).collect(),
                    _ => vec![Block::plain(self.nearest_place())],
                };
                blocks.extend(figures);
                if facet == Facet::Fee && self.fee_has_more(MOST_FIGURES) {
                    blocks.push(Block::plain(self.word("fee-more")));
                }
            }
        }
        blocks.retain(|block| block.spans().iter().any(|span| !span.as_str().is_empty()));
        blocks
    }

    fn facet(&self, facet: Facet) -> Vec<Block> {
        if !self.knows(facet) {
            return vec![Block::plain(self.word(&format!("missing-{}", facet.key())))];
        }
        let facts = &self.guide.facts;
        match facet {
            Facet::Documents => self.documents(|_| true),
            Facet::Form => self.documents(|document| document.form.is_some() || document.copy == Some(CopyKind::Form)),
            Facet::Steps => self.steps(),
            Facet::Fee => self.fees(),
            Facet::Time => {
                let limits = facts.times.iter().map(|time| self.time(time));
                let own =
                    facts.deadline.iter().map(|text| Block::plain(self.say("deadline", [("text", text.get(self.lang).into())])));
                limits.chain(own).collect()
            }
            Facet::Place => self.place(),
            Facet::Result => facts.result.iter().map(|result| Block::plain(result.get(self.lang))).collect(),
            Facet::Law => facts.law.iter().map(|law| Block::bullet(self.law(law))).collect(),
        }
    }

    fn documents(&self, wanted: impl Fn(&Document) -> bool) -> Vec<Block> {
        let wanted: Vec<&Document> = self.guide.facts.documents.iter().filter(|document| wanted(document)).collect();
        let mut blocks: Vec<Block> = wanted.iter().take(MOST_ITEMS).map(|document| self.document(document)).collect();
        if wanted.len() > MOST_ITEMS {
            blocks.push(Block::plain(self.say("documents-more", [("count", (wanted.len() - MOST_ITEMS).into())])));
        }
        blocks
    }

    pub(super) fn document(&self, document: &Document) -> Block {
        let mut remarks: Vec<String> = Vec::new();
        remarks.extend(document.copy.map(|copy| self.copy(copy, document.count)));
        remarks.extend(document.form.as_ref().map(|form| self.say("documents-form-name", [("form", form.as_str().into())])));
        remarks.extend(document.when.as_ref().map(|when| short(when.get(self.lang))));
        let mut spans = vec![Span::Plain(short(document.name.get(self.lang)))];
        if !remarks.is_empty() {
            spans.push(Span::Quiet(format!(" ({})", remarks.join("; "))));
        }
        if let Some(text) = &document.not_needed {
            spans.push(Span::Quiet(format!(". {}", text.get(self.lang))));
        }
        Block::Bullet(spans)
    }

    fn copy(&self, copy: CopyKind, count: Option<u32>) -> String {
        let word = self.word(match copy {
            CopyKind::Original => "documents-original",
            CopyKind::Copy => "documents-copy",
            CopyKind::Certified => "documents-certified",
            CopyKind::Form => "documents-form",
            CopyKind::Show => "documents-show",
        });
        match count {
            Some(count) if count > 1 || self.lang == Lang::Vi => format!("{count} {word}"),
            _ => word,
        }
    }

    fn steps(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let groups = &self.guide.text(self.lang).steps;
        let all: usize = groups.iter().map(|group| group.steps.len()).sum();
        // A written guide is short and shown whole; an imported one is cut.
        let most = if self.guide.is_written() { all } else { MOST_ITEMS };
        let mut left = most;
        for group in groups {
            blocks.extend(group.heading.as_ref().map(Block::heading));
            for (number, step) in (1u32..).zip(group.steps.iter().take(left)) {
                blocks.push(Block::Numbered(number, vec![Span::Plain(short(step))]));
            }
            left = left.saturating_sub(group.steps.len());
        }
        if all > most {
            blocks.push(Block::plain(self.say("steps-more", [("count", (all - most).into())])));
        }
        let tips = &self.guide.text(self.lang).tips;
        blocks.extend((!tips.is_empty()).then(|| Block::heading(self.word("tips"))));
        blocks.extend(tips.iter().take(MOST_TIPS).map(|tip| Block::bullet(short(tip))));
        blocks
    }

    fn place(&self) -> Vec<Block> {
        let facts = &self.guide.facts;
        let mut blocks: Vec<Block> = facts.place.iter().map(|place| Block::plain(short(place.get(self.lang)))).collect();
        blocks.extend(
            facts
                .authority
                .as_ref()
                .map(|name| Block::plain(self.say("place-authority", [("name", name.get(self.lang).into())]))),
        );
        blocks.extend(facts.online.map(|online| {
            Block::plain(self.word(match online {
                Online::None => "online-none",
                Online::Partial => "online-partial",
                Online::Full => "online-full",
            }))
        }));
        blocks
    }

    /// The places that are named first, as many as the front page has room for; a button leads to all.
    fn nearest_place(&self) -> String {
        let facts = &self.guide.facts;
        let Some(place) = &facts.place else {
            let named = facts.authority.as_ref();
            return named.map_or_else(String::new, |name| self.say("place-authority", [("name", name.get(self.lang).into())]));
        };
        let whole = place.get(self.lang);
        let ends = whole.match_indices("; ").chain(whole.match_indices(". ")).map(|(at, _)| at).chain([whole.len()]);
        let fitting = ends.clone().filter(|end| whole[..*end].chars().count() <= ROOM_FOR_PLACES).max();
        let end = fitting.or_else(|| ends.min()).unwrap_or(whole.len());
        whole[..end].to_owned()
    }

    fn law(&self, law: &crate::knowledge::Law) -> String {
        let name = law.name.as_ref().map(|name| format!("{} ", name.get(self.lang))).unwrap_or_default();
        // Articles are written once, as the gazette does: «Điều 5, 18».
        let word = |article: &String| if self.lang == Lang::En { article.replace("Điều", "art.") } else { article.clone() };
        let article = law.article.as_ref().map(|article| format!(", {}", word(article))).unwrap_or_default();
        format!("{name}{}{article}", law.number)
    }

    fn validity(&self) -> Option<Block> {
        let facts = &self.guide.facts;
        let today = self.world.today();
        if let Some(until) = facts.valid_until.filter(|until| *until < today) {
            return Some(Block::heading(self.say("expired", [("date", written(until).into())])));
        }
        let from = facts.valid_from.filter(|from| *from > today)?;
        Some(Block::heading(self.say("not-yet", [("date", written(from).into())])))
    }

    /// Whom to believe: legal source, the day of the last check, and who checked.
    pub fn source(&self, law_shown: bool) -> Vec<Block> {
        let facts = &self.guide.facts;
        let laws: Vec<&str> = facts.law.iter().take(MOST_LAWS).map(|law| law.number.as_str()).collect();
        let law = match (laws.is_empty(), law_shown) {
            (true, _) => Some(self.word("source-law-missing")),
            (false, false) => Some(self.say("source-law", [("laws", laws.join("; ").into())])),
            (false, true) => None,
        };
        let source = [("source", facts.source.name.as_str().into()), ("asof", month(&facts.source.as_of).into())];
        let review = match facts.review {
            Review::Officer => self.word("source-officer"),
            Review::Desk => self.say("source-desk", source),
            Review::Imported => self.say("source-imported", source),
        };
        let checked = self.guide.is_written().then(|| self.say("source-checked", [("date", written(facts.checked_on).into())]));
        let line: Vec<String> = [law, checked, Some(review)].into_iter().flatten().collect();
        vec![Block::quiet(line.join(" "))]
    }
}

fn short(text: &str) -> String {
    crate::domain::message::shorten(text, LONGEST_ITEM)
}
