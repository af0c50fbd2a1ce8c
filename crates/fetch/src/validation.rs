//! Validation of fetched pages.

use tc3_parse::{Page, Severity, Subject};

use crate::Rejection;
use crate::folder::Existing;
use crate::html::{UnknownPage, has_end};

/// The expected properties of a page.
pub(crate) struct Expected<'a> {
    pub(crate) service: &'a str,
    pub(crate) version: &'a str,
    /// The subject in the index.
    pub(crate) listed: Option<&'a Subject>,
    /// The subject and path of the previous page of this URL.
    pub(crate) before: Option<(&'a Subject, &'a str)>,
}

impl Expected<'_> {
    /// Validates a page by itself and returns its subject.
    pub(crate) fn validate(&self, page: &Page, bytes: &[u8]) -> Result<Subject, Rejection> {
        let Some(found) = page.subject() else {
            let unknown = UnknownPage::parse(bytes);
            return Err(if unknown.asks_for_password {
                Rejection::Login(unknown.title)
            } else if unknown.has_text {
                Rejection::NotDocumentation(unknown.title)
            } else {
                Rejection::Empty
            });
        };
        // Pages of data types and error codes may omit service and version.
        let is_action = matches!(found, Subject::Action(_));
        let is_other = |found: &Option<String>, wanted: &str| match found {
            Some(found) => found != wanted,
            None => is_action,
        };
        if is_other(&page.service, self.service) {
            return Err(Rejection::OtherService {
                found: page.service.clone(),
                wanted: self.service.to_owned(),
            });
        }
        if is_other(&page.version, self.version) {
            return Err(Rejection::OtherVersion {
                found: page.version.clone(),
                wanted: self.version.to_owned(),
            });
        }
        match (self.listed, self.before) {
            // The index takes precedence over the previous subject.
            (Some(listed), _) if *listed != found => Err(Rejection::NotAsListed {
                found,
                wanted: listed.clone(),
            }),
            (None, Some((before, path))) if *before != found => Err(Rejection::NotAsBefore {
                found,
                wanted: before.clone(),
                path: path.to_owned(),
            }),
            _ => Ok(found),
        }
    }
}

/// Validates a page against the previous page of the same subject.
pub(crate) fn check_replacement(
    page: &Page,
    bytes: &[u8],
    before: &Existing,
) -> Result<(), Rejection> {
    let error = page
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity == Severity::Error);
    if let Some(error) = error
        && !before.page.has_errors()
    {
        return Err(Rejection::ParseErrors {
            path: before.path.clone(),
            line: error.line,
            message: error.message.clone(),
        });
    }
    if before.has_end && !has_end(bytes) {
        return Err(Rejection::Truncated {
            path: before.path.clone(),
        });
    }
    let known = &before.page.types;
    if !known.is_empty() && !known.keys().any(|name| page.types.contains_key(name)) {
        return Err(Rejection::OtherTypes {
            path: before.path.clone(),
        });
    }
    match missing_part(page, &before.page) {
        Some(part) => Err(Rejection::MissingPart {
            part,
            path: before.path.clone(),
        }),
        None => Ok(()),
    }
}

/// Returns the part of the previous page that this one lacks. Single rows may disappear, but a missing part or half of
/// one suggests truncation.
fn missing_part(page: &Page, before: &Page) -> Option<&'static str> {
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
