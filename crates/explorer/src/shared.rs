use crate::calls::Calls;
use crate::gate::Gate;
use crate::settings::Settings;

/// State shared by all requests.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    /// The path of the first page.
    pub(crate) start: String,
    pub(crate) gate: Gate,
    pub(crate) calls: Calls,
}
