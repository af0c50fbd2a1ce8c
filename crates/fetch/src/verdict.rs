//! Whether what came is the page that was asked for.

use tc3_parse::{Page, Severity, Subject};

use crate::Refusal;
use crate::folder::Existing;
use crate::html::{Glance, has_end};

/// What a page has to be.
pub(crate) struct Wanted<'a> {
    pub(crate) service: &'a str,
    pub(crate) version: &'a str,
    /// What the index says that it is about.
    pub(crate) listed: Option<&'a Subject>,
    /// What the page from the same address was about before, and where it is.
    pub(crate) before: Option<(&'a Subject, &'a str)>,
}

impl Wanted<'_> {
    /// Judges a page by itself; gives what it is about.
    pub(crate) fn judge(&self, page: &Page, bytes: &[u8]) -> Result<Subject, Refusal> {
        let Some(found) = page.subject() else {
            let glance = Glance::at(bytes);
            return Err(if glance.asks_for_password {
                Refusal::Login(glance.title)
            } else if glance.has_text {
                Refusal::NoPage(glance.title)
            } else {
                Refusal::Empty
            });
        };
        // Pages of data types and error codes name neither service nor version.
        let is_action = matches!(found, Subject::Action(_));
        let is_other = |found: &Option<String>, wanted: &str| match found {
            Some(found) => found != wanted,
            None => is_action,
        };
        if is_other(&page.service, self.service) {
            return Err(Refusal::OtherService {
                found: page.service.clone(),
                wanted: self.service.to_owned(),
            });
        }
        if is_other(&page.version, self.version) {
            return Err(Refusal::OtherVersion {
                found: page.version.clone(),
                wanted: self.version.to_owned(),
            });
        }
        match (self.listed, self.before) {
            // If the index knows of a new name, it is right.
            (Some(listed), _) if *listed != found => Err(Refusal::NotAsListed {
                found,
                wanted: listed.clone(),
            }),
            (None, Some((before, path))) if *before != found => Err(Refusal::NotAsBefore {
                found,
                wanted: before.clone(),
                path: path.to_owned(),
            }),
            _ => Ok(found),
        }
    }
}

/// Judges a page by the one whose place it would take, of the same subject.
pub(crate) fn may_replace(page: &Page, bytes: &[u8], before: &Existing) -> Result<(), Refusal> {
    let error = page
        .diagnostics
        .iter()
        .find(|of| of.severity == Severity::Error);
    if let Some(error) = error
        && !before.page.has_errors()
    {
        return Err(Refusal::Broken {
            path: before.path.clone(),
            line: error.line,
            message: error.message.clone(),
        });
    }
    if before.has_end && !has_end(bytes) {
        return Err(Refusal::CutOff {
            path: before.path.clone(),
        });
    }
    let known = &before.page.types;
    if !known.is_empty() && !known.keys().any(|name| page.types.contains_key(name)) {
        return Err(Refusal::OtherTypes {
            path: before.path.clone(),
        });
    }
    match lost(page, &before.page) {
        Some(lost) => Err(Refusal::Lost {
            lost,
            path: before.path.clone(),
        }),
        None => Ok(()),
    }
}

/// The part that a page had before and has no more. Single rows may go; a whole part, or half of what there was, hardly
/// goes without being cut off.
fn lost(page: &Page, before: &Page) -> Option<&'static str> {
    let kept = before.types.keys();
    let kept = kept.filter(|name| page.types.contains_key(*name)).count();
    if kept * 2 < before.types.len() {
        return Some("half of the data types");
    }
    if page.errors.len() * 2 < before.errors.len() {
        return Some("half of the error codes");
    }
    before.actions.iter().find_map(|(name, before)| {
        let action = page.actions.get(name)?;
        let parts = [
            (
                "all input parameters",
                before.request.len(),
                action.request.len(),
            ),
            (
                "all output parameters",
                before.response.len(),
                action.response.len(),
            ),
            ("all error codes", before.errors.len(), action.errors.len()),
            ("all examples", before.examples.len(), action.examples.len()),
        ];
        let mut lost = parts
            .into_iter()
            .filter(|(_, had, has)| *had > 0 && *has == 0);
        lost.next().map(|(part, ..)| part)
    })
}
