//! The pages, as HTML.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::qr;
use crate::channel::web::blocks;
use crate::domain::Lang;
use crate::engine::ask::understand;
use crate::engine::{Page, World, list, sheet};
use crate::knowledge::Guide;
use crate::knowledge::walk::{Answers, Next};

/// Guides a search shows.
const MOST_FOUND: usize = 20;

/// Share of the best guide's score from which another is shown beside it.
const WORTH_SHOWING: f32 = 0.45;

/// Pages in one language.
pub(super) struct Pages<'a> {
    pub world: &'a World<'a>,
    pub lang: Lang,
}

impl Pages<'_> {
    fn word(&self, key: &str) -> String {
        self.world.wording.get(self.lang, key)
    }

    /// `here` is the address of the page, and what stands in it besides the language.
    fn frame(&self, title: &str, (here, more): (&str, &str), body: Markup) -> Markup {
        let other = if self.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    link rel="stylesheet" href="/guides.css";
                    link rel="icon" href="data:,";
                }
                body {
                    nav {
                        a href="/" { "Một Cửa" }
                        a href={ "/guides?lang=" (self.lang) } { (self.word("guides-title")) }
                        a href={ (here) "?lang=" (other) (more) } lang=(other) hreflang=(other) { (self.word("page-language")) }
                    }
                    main { (body) }
                }
            }
        }
    }

    /// All guides that people wrote, by field; or what a search finds, among imported ones too.
    pub(super) fn list(&self, asked: &str) -> Markup {
        let body = html! {
            h1 { (self.word("guides-title")) }
            form action="/guides" role="search" {
                input type="hidden" name="lang" value=(self.lang);
                label for="q" { (self.word("guides-search")) }
                input #q type="search" name="q" value=(asked) maxlength=(super::LONGEST) placeholder=(self.word("page-placeholder"));
                button { (self.word("guides-find")) }
            }
            @if asked.is_empty() { (self.by_field()) } @else { (self.found(asked)) }
        };
        self.frame(&self.word("guides-title"), ("/guides", ""), body)
    }

    fn by_field(&self) -> Markup {
        let mut fields: BTreeMap<&str, Vec<&Guide>> = BTreeMap::new();
        for guide in self.world.library.written() {
            fields.entry(guide.facts.field.get(self.lang)).or_default().push(guide);
        }
        html! {
            @for (field, guides) in fields {
                section { h2 { (field) } (self.links(&guides)) }
            }
        }
    }

    fn found(&self, asked: &str) -> Markup {
        let decision = understand(self.world.library, asked, None, MOST_FOUND);
        let least = decision.hits.iter().map(|hit| hit.score).fold(0.0, f32::max) * WORTH_SHOWING;
        let near = decision.hits.iter().filter(|hit| hit.score >= least);
        let guides: Vec<Arc<Guide>> = near.map(|hit| self.world.library.guide(hit.guide)).collect();
        html! {
            section aria-live="polite" {
                h2 { (self.world.wording.with(self.lang, "guides-found", [("count", guides.len().into())])) }
                @if guides.is_empty() { p { (self.word("guides-none")) } }
                (self.links(&guides))
            }
        }
    }

    fn links(&self, guides: &[impl Deref<Target = Guide>]) -> Markup {
        html! {
            ul {
                @for guide in guides {
                    li {
                        a href={ "/guides/" (guide.slug) "?lang=" (self.lang) } { (guide.text(self.lang).title) }
                        @if !guide.facts.codes.is_empty() { " " small { (guide.facts.codes.join(", ")) } }
                    }
                }
            }
        }
    }

    /// One guide, whole; `address` is where the code on it leads.
    pub(super) fn guide(&self, guide: &Guide, address: Option<&str>) -> Markup {
        let message = sheet(self.world, self.lang, guide);
        let code = address.and_then(|address| Some((address, qr::svg(address)?)));
        let title = &guide.text(self.lang).title;
        let library = self.world.library;
        let next: Vec<Arc<Guide>> = library.successor(guide).into_iter().chain(library.related(guide)).collect();
        let body = html! {
            header {
                div {
                    h1 { (title) }
                    p { small { (guide.facts.codes.join(", ")) } }
                }
                @if let Some((address, picture)) = &code {
                    figure {
                        a href=(address) aria-label=(self.word("guides-ask")) { (PreEscaped(picture)) }
                        figcaption { (self.word("guides-ask")) }
                    }
                }
            }
            @if library.walk(&guide.papers_slug()).is_some() {
                p.lead { a href={ "/guides/" (guide.slug) "/papers?lang=" (self.lang) } { (self.word("papers-button")) } }
            }
            (blocks(&message.text.0))
            @for link in &message.links { p { a href=(link.url) rel="noopener noreferrer" { (link.label) } } }
            @if !next.is_empty() { aside { h2 { (self.word("guides-next")) } (self.links(&next)) } }
        };
        self.frame(title, (&format!("/guides/{}", guide.slug), ""), body)
    }

    /// The list of papers for `answers`, with the questions above it; `None` for a guide that makes no list.
    pub(super) fn papers(&self, guide: &Guide, answers: &Answers) -> Option<Markup> {
        let walk = self.world.library.walk(&guide.papers_slug())?;
        let route = walk.route(answers, self.world.today());
        let given: Answers = route.passed.iter().map(|(step, answer)| (step.id.clone(), answer.clone())).collect();
        let page = Page { world: self.world, lang: self.lang, guide };
        let title = self.world.wording.with(self.lang, "papers-title", [("title", guide.text(self.lang).title.as_str().into())]);
        let asked = route.passed.iter().map(|(step, _)| *step).chain(match route.next {
            Next::Step(step) => Some(step),
            Next::End(_) => None,
        });
        let here = format!("/guides/{}/papers", guide.slug);
        let body = html! {
            h1 { (title) }
            @if !guide.facts.questions.is_empty() {
                form action=(here) {
                    input type="hidden" name="lang" value=(self.lang);
                    @for step in asked {
                        fieldset {
                            legend { (walk.text(self.lang, &step.id)) }
                            @for choice in &step.choices {
                                label {
                                    input type="radio" name=(step.id) value=(choice) checked[given.get(&step.id) == Some(choice)];
                                    " " (walk.text(self.lang, &format!("{}.{choice}", step.id)))
                                }
                            }
                        }
                    }
                    button { (self.word("papers-make")) }
                }
            }
            @if matches!(route.next, Next::End(_)) {
                section.ticks { (blocks(&list(&page, &given))) }
                (blocks(&page.source(true)))
            }
            p { a href={ "/guides/" (guide.slug) "?lang=" (self.lang) } { (guide.text(self.lang).title) } }
        };
        let more: String = given.iter().map(|(question, answer)| format!("&{question}={answer}")).collect();
        Some(self.frame(&title, (&here, &more), body))
    }

    /// The page for an address that no guide has.
    pub(super) fn missing(&self) -> Markup {
        let body = html! { h1 { (self.word("guides-missing")) } p { a href="/guides" { (self.word("guides-title")) } } };
        self.frame(&self.word("guides-missing"), ("/guides", ""), body)
    }
}
