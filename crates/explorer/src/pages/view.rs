use crate::settings::Settings;
use crate::words::Language;

/// How a page is shown.
pub(crate) struct View<'v> {
    pub(crate) language: Language,
    /// The chosen theme; `None` is that of the system.
    pub(crate) theme: Option<&'static str>,
    /// What the query has besides the language: nothing, or parameters with `&` behind them.
    pub(crate) query: String,
    pub(crate) settings: &'v Settings,
}

impl View<'_> {
    pub(super) fn text(&self, key: &'static str) -> &'static str {
        self.language.text(key)
    }
}
