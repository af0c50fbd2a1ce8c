//! What changed from some specs to others, and what that does to callers.

mod git;
mod json;
mod markdown;
mod release;
mod service_diff;
mod side;
mod since;
mod text;

pub use json::print as json;
pub use markdown::print as markdown;
pub use service_diff::ServiceDiff;
pub(crate) use since::{changes_since, specs_before};
pub use text::print as text;

use std::path::Path;

use anyhow::Result;

use side::{Side, pair};

/// What changed from some specs to others, service by service. Each side is a spec file, a folder of a service's specs or of
/// many services', or what git has of that name. The crates below `root` say which version is followed.
///
/// # Errors
/// If one side cannot be read, is no spec, or is of another service than the other.
pub fn diff(root: &Path, old: &str, new: &str) -> Result<Vec<ServiceDiff>> {
    let services = pair(Side::read(old)?, Side::read(new)?)?.into_iter();
    let diffs = services.map(|(service, specs)| ServiceDiff::new(root, service, specs));
    diffs.collect()
}
