//! What one page says.

use std::ops::{Deref, DerefMut};

use serde::Serialize;
use tc3_spec::{Action, Fragment};

use crate::diagnostic::{Diagnostic, Severity};

/// What one page says, in the terms of a spec, and what is wrong with it. As JSON, it is what `cargo xtask parse` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Page {
    /// What it says. Its origin is the path that the page was read under.
    #[serde(flatten)]
    pub fragment: Fragment,
    /// What is wrong with the page, in its order.
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
    /// Whether some part of the page could not be read.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many rows of its tables stand in the page's facts, common parameters not counted.
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
