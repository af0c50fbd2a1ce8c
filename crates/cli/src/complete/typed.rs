//! Command line before the word to complete.

use tc3_spec::{Site, Spec};

/// The parameters of an action in an incomplete line.
pub(super) struct Typed<'t> {
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
