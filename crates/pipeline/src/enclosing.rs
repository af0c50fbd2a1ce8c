//! The cargo workspace around a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path};

use anyhow::{Context, Result};
use glob::{MatchOptions, Pattern};
use toml::{Table, Value};

use crate::changes::is_marked;
use crate::files::read;

/// Whether subfolders of a folder are members of a handwritten workspace in the folder or of the nearest one around it. If
/// so, a generated workspace in the folder would be nested, which cargo rejects.
///
/// # Errors
/// Fails if a manifest cannot be read.
pub(crate) fn has_members(folder: &Path, names: &BTreeSet<String>) -> Result<bool> {
    let context = || format!("cannot find {}", folder.display());
    let folder = fs::canonicalize(folder).with_context(context)?;
    for root in folder.ancestors() {
        let path = root.join("Cargo.toml");
        let text = read(&path)?.unwrap_or_default();
        if root == folder && is_marked(&text, "@generated") {
            continue;
        }
        let context = || format!("cannot read {}", path.display());
        let manifest: Table = toml::from_str(&text).with_context(context)?;
        // Cargo also uses only the nearest workspace.
        if let Some(workspace) = manifest.get("workspace") {
            let inside = folder.strip_prefix(root).unwrap_or(&folder);
            let (members, excluded) = (paths(workspace, "members"), paths(workspace, "exclude"));
            let patterns = members.iter().filter_map(|path| Pattern::new(path).ok());
            let patterns: Vec<_> = patterns.collect();
            let is_member = |name: &String| {
                let path = inside.join(name);
                let is_below = |folders: &[String]| folders.iter().any(|of| path.starts_with(of));
                let is_excluded = is_below(&excluded) && !is_below(&members);
                let mut patterns = patterns.iter();
                !is_excluded && patterns.any(|it| it.matches_path_with(&path, OPTIONS))
            };
            return Ok(names.iter().any(is_member));
        }
    }
    Ok(false)
}

/// A `*` stands for one folder.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// Returns the paths in a list of a workspace, without `.` and final separators.
fn paths(workspace: &Value, key: &str) -> Vec<String> {
    let paths = workspace.get(key).and_then(Value::as_array);
    let paths = paths.into_iter().flatten().filter_map(Value::as_str);
    let paths = paths.map(|path| {
        let parts = Path::new(path).components();
        let parts = parts.filter(|part| *part != Component::CurDir);
        let parts: Vec<_> = parts
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    });
    paths.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_the_nearest_workspace() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("inner/clients");
        fs::create_dir_all(&out).expect("a folder");
        let write = |path: &str, text: &str| {
            fs::write(root.path().join(path), text).expect("a file");
        };
        let names = BTreeSet::from(["shop".to_owned()]);
        let has_members = || has_members(&out, &names).expect("manifests");
        assert!(!has_members());
        for (members, expect) in [
            ("inner/clients/*", true),
            ("./inner/clients/shop/", true),
            ("*/*/shop", true),
            ("inner/*", false),
            ("inner/clients/bank", false),
            ("[", false),
        ] {
            let manifest = format!("[workspace]\nmembers = [\"crates/*\", \"{members}\"]\n");
            write("Cargo.toml", &manifest);
            assert_eq!(has_members(), expect, "{members}");
        }
        for (exclude, expect) in [
            ("inner/clients/shop", false),
            ("./inner/", false),
            ("inner/clients/bank", true),
        ] {
            let manifest =
                format!("[workspace]\nmembers = [\"*/clients/*\"]\nexclude = [\"{exclude}\"]\n");
            write("Cargo.toml", &manifest);
            assert_eq!(has_members(), expect, "{exclude}");
        }
        write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"inner/clients/*\"]\n",
        );
        write("inner/clients/Cargo.toml", "# @generated\n[workspace]\n");
        assert!(has_members(), "a generated workspace does not count");
        write(
            "inner/clients/Cargo.toml",
            "[workspace]\nmembers = [\"*\"]\n",
        );
        assert!(has_members());
        write("inner/Cargo.toml", "[package]\nname = \"inner\"\n");
        fs::remove_file(out.join("Cargo.toml")).expect("the file");
        assert!(has_members(), "a package is no workspace");
        write("inner/Cargo.toml", "[workspace]\n");
        assert!(!has_members());
    }
}
