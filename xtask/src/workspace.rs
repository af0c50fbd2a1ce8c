//! Paths in this workspace.

use std::env;
use std::path::{Path, PathBuf};

/// Returns a path in this workspace: relative to the current folder if that is inside the workspace, otherwise
/// absolute.
pub(crate) fn in_workspace(path: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = root.parent().unwrap_or(root);
    let here = env::current_dir().unwrap_or_default();
    match here.strip_prefix(root) {
        Ok(below) => {
            let up: PathBuf = below.components().map(|_| "..").collect();
            up.join(path)
        }
        Err(_) => root.join(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_is_relative_inside_the_workspace() {
        // Tests run in the folder of their package.
        assert_eq!(in_workspace("specs"), Path::new("../specs"));
    }
}
