//! The state of resolving a spec.

use tc3_spec::{Cycles, Reach, Spec};

use super::names::Names;
use crate::docs::Docs;

pub(super) struct Resolver<'a> {
    pub(super) spec: &'a Spec,
    /// The base URL of relative links in descriptions.
    pub(super) site: &'static str,
    pub(super) cycles: Cycles<'a>,
    pub(super) names: Names<'a>,
    pub(super) reach: Reach<'a>,
}

impl Resolver<'_> {
    pub(super) fn text(&self, text: &str) -> Docs {
        Docs::of_text(text, self.site)
    }
}
