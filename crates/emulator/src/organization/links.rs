//! Paths and tokens of confirmation and invitation links.

/// The path prefix of links.
pub(crate) const PATH: &str = "/links/";

/// Returns the path of a link.
pub(super) fn path(token: &str) -> String {
    format!("{PATH}{token}")
}

/// Creates an unguessable token for a link.
pub(super) fn token() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
