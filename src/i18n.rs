//! The wording of the interface, in Fluent, in every language.
//!
//! **Invariant:** every key exists in every language, and every key the program names exists (`tests/wording.rs`).
//! Guides have their own words; nothing about procedures stands here.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::Lang;

/// The files of one language.
const VI: [&str; 12] = [
    include_str!("../locales/vi/chat.ftl"),
    include_str!("../locales/vi/answer.ftl"),
    include_str!("../locales/vi/broadcast.ftl"),
    include_str!("../locales/vi/check.ftl"),
    include_str!("../locales/vi/console.ftl"),
    include_str!("../locales/vi/deeds.ftl"),
    include_str!("../locales/vi/doctor.ftl"),
    include_str!("../locales/vi/dossier.ftl"),
    include_str!("../locales/vi/faults.ftl"),
    include_str!("../locales/vi/link.ftl"),
    include_str!("../locales/vi/walk.ftl"),
    include_str!("../locales/vi/web.ftl"),
];
const EN: [&str; 12] = [
    include_str!("../locales/en/chat.ftl"),
    include_str!("../locales/en/answer.ftl"),
    include_str!("../locales/en/broadcast.ftl"),
    include_str!("../locales/en/check.ftl"),
    include_str!("../locales/en/console.ftl"),
    include_str!("../locales/en/deeds.ftl"),
    include_str!("../locales/en/doctor.ftl"),
    include_str!("../locales/en/dossier.ftl"),
    include_str!("../locales/en/faults.ftl"),
    include_str!("../locales/en/link.ftl"),
    include_str!("../locales/en/walk.ftl"),
    include_str!("../locales/en/web.ftl"),
];

/// All wording.
pub struct Wording {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Default for Wording {
    fn default() -> Self {
        Self { vi: bundle(Lang::Vi), en: bundle(Lang::En) }
    }
}

impl Wording {
    /// The text of `key` without variables.
    pub fn get(&self, lang: Lang, key: &str) -> String {
        self.with(lang, key, std::iter::empty())
    }

    /// The text of `key`, its variables filled in. A key that does not exist shows itself, and is logged.
    pub fn with<'a>(&'a self, lang: Lang, key: &str, values: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>) -> String {
        let bundle = match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, %lang, "wording is missing");
            return key.to_owned();
        };
        let args: FluentArgs<'_> = values.into_iter().collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, %lang, ?errors, "wording does not fit its variables");
        }
        text
    }

    /// Whether `key` exists in `lang`.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        match lang {
            Lang::Vi => self.vi.has_message(key),
            Lang::En => self.en.has_message(key),
        }
    }

    /// Every key of a language, for the tests that compare languages.
    pub fn keys(lang: Lang) -> Vec<String> {
        sources(lang)
            .iter()
            .flat_map(|source| resource(source).entries().filter_map(key_of).map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }
}

fn sources(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    }
}

fn key_of<'s>(entry: &fluent_syntax::ast::Entry<&'s str>) -> Option<&'s str> {
    match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name),
        _ => None,
    }
}

/// The files are part of the program, so a mistake in one is caught by the first test that says anything.
fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| unreachable!("wording files parse: {errors:?}"))
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks Fluent puts around variables for right-to-left scripts show up as boxes on old phones.
    bundle.set_use_isolating(false);
    for source in sources(lang) {
        bundle.add_resource_overriding(resource(source));
    }
    bundle
}
