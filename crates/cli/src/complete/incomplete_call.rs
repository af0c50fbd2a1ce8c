//! Call of an action in an incomplete command line.

use tc3_spec::{Site, Spec};

/// An action, and the words of the command line around the word to complete.
pub(super) struct IncompleteCall<'t> {
    pub(super) site: Site,
    /// The spec of the action.
    pub(super) spec: &'t Spec,
    pub(super) action: &'t str,
    /// The words before the completed one; parameters begin at `first`.
    pub(super) before: &'t [String],
    pub(super) first: usize,
    /// The word to complete.
    pub(super) current: &'t str,
}
