use crate::calls::Calls;
use crate::gate::Gate;
use crate::settings::Settings;

/// What all requests use.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    /// The path of the page that is shown first.
    pub(crate) start: String,
    pub(crate) gate: Gate,
    pub(crate) calls: Calls,
}
