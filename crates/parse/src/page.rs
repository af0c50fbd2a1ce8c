//! The contents of a page.

use std::ops::{Deref, DerefMut};

use serde::Serialize;
use tc3_spec::{Action, Fragment};

use crate::diagnostic::{Diagnostic, Severity};

/// The contents of a page as types of a spec, with diagnostics. Its JSON is the output of `cargo xtask parse`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Page {
    /// The contents. Their origin is the path of the page.
    #[serde(flatten)]
    pub fragment: Fragment,
    /// The diagnostics in page order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Deref for Page {
    type Target = Fragment;

    fn deref(&self) -> &Fragment {
        &self.fragment
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut Fragment {
        &mut self.fragment
    }
}

impl Page {
    /// Whether part of the page could not be parsed.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the number of parameters, fields and error codes, each of which is a table row.
    pub fn rows(&self) -> usize {
        let of_action =
            |action: &Action| action.request.len() + action.response.len() + action.errors.len();
        self.actions.values().map(of_action).sum::<usize>()
            + self
                .types
                .values()
                .map(|data_type| data_type.fields.len())
                .sum::<usize>()
            + self.errors.len()
    }
}
