use crate::settings::Settings;
use crate::words::Language;

/// Display settings of a page.
pub(crate) struct View<'v> {
    pub(crate) language: Language,
    /// The chosen theme; `None` is that of the system.
    pub(crate) theme: Option<&'static str>,
    /// The query without the language: parameters, each followed by `&`.
    pub(crate) query: String,
    pub(crate) settings: &'v Settings,
}

impl View<'_> {
    pub(super) fn text(&self, key: &'static str) -> &'static str {
        self.language.text(key)
    }
}
