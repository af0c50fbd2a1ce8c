//! Changes between two sets of specs, and their effect on callers.

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

/// Compares two sets of specs service by service. Each side is a spec file, a folder of one or many services, or a name
/// that git resolves. The crates below `root` provide the current versions.
///
/// # Errors
/// Fails if a side cannot be read or is not a spec, or if the sides are of different services.
pub fn diff(root: &Path, old: &str, new: &str) -> Result<Vec<ServiceDiff>> {
    let services = pair(Side::read(old)?, Side::read(new)?)?.into_iter();
    let diffs = services.map(|(service, specs)| ServiceDiff::new(root, service, specs));
    diffs.collect()
}
