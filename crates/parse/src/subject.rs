//! The subject of a page.

use std::fmt;

use crate::cell::is_compound;
use crate::page::Page;
use crate::words::{self, Section};

/// The subject of a page. Its `Display` is the name of the page's file without extension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The action of this name.
    Action(String),
    /// The data types of a service version.
    DataTypes,
    /// The error codes of a service version.
    ErrorCodes,
}

impl Subject {
    /// Returns the subject of a page with this name, in a list of pages or as a file.
    ///
    /// A compound word such as `ListUsers` is assumed to be an action, because hardly any other page has such a name.
    pub fn named(name: &str) -> Option<Subject> {
        let name = words::unmarked(name);
        if words::is_data_types(name) {
            return Some(Subject::DataTypes);
        }
        if name == Subject::ErrorCodes.to_string() || words::section(name) == Some(Section::Errors)
        {
            return Some(Subject::ErrorCodes);
        }
        let is_action = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
            && is_compound(name);
        is_action.then(|| Subject::Action(name.to_owned()))
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Subject::Action(name) => name,
            Subject::DataTypes => "DataTypes",
            Subject::ErrorCodes => "ErrorCodes",
        })
    }
}

impl Page {
    /// Returns the subject of the page, if it was recognized.
    pub fn subject(&self) -> Option<Subject> {
        if let Some(name) = self.actions.keys().next() {
            Some(Subject::Action(name.clone()))
        } else if !self.types.is_empty() {
            Some(Subject::DataTypes)
        } else if !self.errors.is_empty() {
            Some(Subject::ErrorCodes)
        } else {
            None
        }
    }
}
