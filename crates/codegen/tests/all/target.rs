//! The target folder in which tests compile packages.

use std::path::{Path, PathBuf};

/// Returns the target folder of packages that tests compile: that of trybuild, so that shared dependencies are built once.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild")
}
