//! The two languages of the bot.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language the bot speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese: the default, and what is shown when a text has no other language.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The ISO 639-1 code, as it is in file names and in HTML.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The first language of ours in a browser's `Accept-Language`.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split([',', ';']).find_map(Self::from_tag)
    }

    /// The language for an ISO 639-1 tag such as `en-GB`; `None` when we do not speak it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A short text in both languages. Imported content has Vietnamese only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// The Vietnamese text.
    pub vi: String,
    /// The English text; empty when it was never translated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Bilingual {
    /// A text that exists in Vietnamese only.
    pub fn vietnamese(text: impl Into<String>) -> Self {
        Self { vi: text.into(), en: String::new() }
    }

    /// The text in `lang`, or in Vietnamese when there is no translation: a fact in the wrong language helps more
    /// than no fact.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            Lang::En | Lang::Vi => &self.vi,
        }
    }
}
