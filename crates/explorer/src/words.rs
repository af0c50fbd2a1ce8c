//! The texts of the interface.

mod table;

use hyper::HeaderMap;
use hyper::header::ACCEPT_LANGUAGE;
use serde_json::{Map, Value};

use self::table::{SCRIPTS, WORDS};
use crate::query::Query;
use crate::session::cookies;

/// Cookie with the chosen language.
const COOKIE: &str = "tc3-lang";

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Returns the tag of the language.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Returns the name of the language in that language.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
        }
    }

    /// Returns the value of `Set-Cookie` that stores the language.
    pub(crate) fn cookie(self) -> String {
        format!(
            "{COOKIE}={}; Path=/; SameSite=Strict; Max-Age=31536000",
            self.tag()
        )
    }

    /// Returns the text of a key.
    pub(crate) fn text(self, key: &'static str) -> &'static str {
        let found = WORDS.iter().find(|(known, ..)| *known == key);
        found.map_or(key, |word| self.of(word))
    }

    /// Returns the texts that scripts show, as a JSON object.
    pub(crate) fn of_scripts(self) -> Value {
        let words = SCRIPTS.iter();
        let words = words.map(|word| (word.0.to_owned(), Value::from(self.of(word))));
        Value::Object(words.collect::<Map<_, _>>())
    }

    fn of(self, (_, english, chinese): &(&str, &'static str, &'static str)) -> &'static str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    fn find(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', ';']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

/// Returns the language that a request selects, which a cookie stores.
pub(crate) fn chosen(query: Query<'_>) -> Option<Language> {
    Language::find(&query.value("lang")?)
}

/// Returns the language of a request: the chosen one, or the first supported one of the browser.
pub(crate) fn language(query: Query<'_>, headers: &HeaderMap) -> Language {
    let kept = || {
        let mut cookies = cookies(headers);
        let (_, tag) = cookies.find(|(name, _)| *name == COOKIE)?;
        Language::find(tag)
    };
    let accepted = || {
        let value = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        value.split(',').find_map(Language::find)
    };
    chosen(query)
        .or_else(kept)
        .or_else(accepted)
        .unwrap_or(Language::English)
}
