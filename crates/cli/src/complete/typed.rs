//! A command line up to the word that is completed.

use tc3_spec::{Site, Spec};

/// What was typed of an action's parameters.
pub(super) struct Typed<'t> {
    pub(super) site: Site,
    /// The spec of the action.
    pub(super) spec: &'t Spec,
    pub(super) action: &'t str,
    /// The words before the one that is completed; parameters begin at `first`.
    pub(super) before: &'t [String],
    pub(super) first: usize,
    /// The word that is completed.
    pub(super) current: &'t str,
}
