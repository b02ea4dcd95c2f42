//! What every page has around it.

use maud::{DOCTYPE, Markup, html};

use super::{Console, Signed};
use crate::domain::officer::Right;
use crate::domain::time::written;
use crate::domain::{Lang, Timestamp};

/// A page before anybody signed in.
pub(super) fn bare(console: &Console, lang: Lang, title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            (head(title))
            body.bare {
                main #main {
                    h1 { (title) }
                    (content)
                    p.aside { (console.word(lang, "console-what")) }
                }
            }
        }
    }
}

/// A page that a citizen opens by a link of their own: nothing of the console around it, and no script.
pub(super) fn by_link(lang: Lang, title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="stylesheet" href="/console/console.css";
                link rel="icon" href="data:,";
            }
            body { main #main { h1 { (title) } (content) } }
        }
    }
}

/// A moment as officers read it: `22/11/2026 20:49`.
pub(super) fn when(at: Timestamp) -> String {
    format!("{} {}", written(at.date()), at.time().strftime("%H:%M"))
}

/// A day of the database, `2026-11-22`, as officers read it: `22/11/2026`.
pub(super) fn written_day(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), written)
}

/// The same to the second.
pub(super) fn when_exactly(at: Timestamp) -> String {
    format!("{} {}", written(at.date()), at.time().strftime("%H:%M:%S"))
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) " · Một Cửa" }
            link rel="stylesheet" href="/console/console.css";
            link rel="icon" href="data:,";
            script src="/console/console.js" defer {}
        }
    }
}

impl Signed {
    /// A page of somebody who is signed in.
    pub(super) fn page(&self, title: &str, content: Markup) -> Markup {
        let other = if self.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                (head(title))
                body {
                    a.skip href="#main" { (self.word("console-skip")) }
                    header {
                        nav aria-label=(self.word("console-nav")) {
                            @for (path, key) in self.sections() {
                                a href=(path) aria-current=[self.path.starts_with(path).then_some("page")] { (self.word(key)) }
                            }
                        }
                        div.who {
                            a href="/console/me" { (self.officer.name) }
                            form method="post" action="/console/language" { (self.key())
                                input type="hidden" name="back" value=(self.page_path());
                                button.quiet name="to" value=(other) lang=(other) { (self.word("page-language")) } }
                            form method="post" action="/console/sign-out" { (self.key())
                                button.quiet { (self.word("console-sign-out")) } }
                        }
                    }
                    main #main tabindex="-1" {
                        @if self.alerts > 0 && self.path != "/console/me" {
                            div.problem role="status" { p { (self.word("me-alert")) " " a href="/console/me#account" { (self.word("me-alert-look")) } } }
                        }
                        h1 { (title) }
                        (content)
                    }
                    (self.keys())
                }
            }
        }
    }

    /// What the keyboard does, shown by "?".
    fn keys(&self) -> Markup {
        html! {
            dialog #keys aria-label=(self.word("keys-title")) {
                h2 { (self.word("keys-title")) }
                dl { @for (key, what) in [("j k", "keys-rows"), ("/", "keys-search"), ("g", "keys-inbox"), ("c", "keys-claim"), ("r", "keys-answer"), ("Ctrl Enter", "keys-send"), ("?", "keys-help")] {
                    dt { kbd { (key) } } dd { (self.word(what)) }
                } }
                form method="dialog" { button { (self.word("keys-close")) } }
            }
        }
    }

    /// The field by which a form is theirs.
    pub(super) fn key(&self) -> Markup {
        html! { input type="hidden" name=(super::signed::FORM_KEY) value=(self.form_key); }
    }

    /// The parts of the console that they may see.
    pub(super) fn sections(&self) -> Vec<(&'static str, &'static str)> {
        let all = [
            ("/console/inbox", "console-inbox", Right::SeeTickets),
            ("/console/replies", "console-replies", Right::Answer),
            ("/console/broadcasts", "console-broadcasts", Right::SeeBroadcasts),
            ("/console/papers", "console-papers", Right::DecidePapers),
            ("/console/dossiers", "console-dossiers", Right::SeeDossiers),
            ("/console/requests", "console-requests", Right::HandleData),
            ("/console/knowledge", "console-knowledge", Right::Edit),
            ("/console/figures", "console-figures", Right::SeeFigures),
            ("/console/officers", "console-officers", Right::ManageOfficers),
            ("/console/channels", "console-channels", Right::ManageOfficers),
            ("/console/switches", "console-switches", Right::ManageOfficers),
            ("/console/audit", "console-audit", Right::ReadAudit),
        ];
        // These belong to no place.
        let may = |right| match right {
            Right::Edit | Right::ManageOfficers | Right::ReadAudit | Right::HandleData => self.officer.may(right, None),
            _ => !self.officer.places(right).is_nowhere(),
        };
        all.into_iter().filter(|(_, _, right)| may(*right)).map(|(path, key, _)| (path, key)).collect()
    }
}
