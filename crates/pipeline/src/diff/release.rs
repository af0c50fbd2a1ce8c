//! The current and the next version of a generated crate.

use std::path::Path;

use anyhow::{Context, Result};
use semver::{Prerelease, Version};
use tc3_spec::diff::Consequence;
use toml::{Table, Value};

use crate::files::read;

/// The current version of a crate, and the version to publish next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Release {
    pub(super) current: Version,
    pub(super) next: Version,
}

impl Release {
    /// Returns the release of a service's crate below `root`, or `None` if there is no crate.
    ///
    /// # Errors
    /// Fails if the manifest of the crate or of its workspace cannot be read.
    pub(super) fn of(
        root: &Path,
        service: &str,
        consequence: Option<Consequence>,
    ) -> Result<Option<Release>> {
        let path = root.join("generated").join(service).join("Cargo.toml");
        let Some(manifest) = manifest(&path)? else {
            return Ok(None);
        };
        let package = manifest.get("package");
        let version = match package.and_then(|package| package.get("version")) {
            Some(Value::String(version)) => Some(version.clone()),
            // `version.workspace = true`
            Some(_) => workspace_version(root)?,
            None => None,
        };
        let Some(version) = version else {
            return Ok(None);
        };
        let current = Version::parse(&version)
            .with_context(|| format!("{}: `{version}` is not a version", path.display()))?;
        let next = next(&current, consequence);
        Ok(Some(Release { current, next }))
    }
}

fn workspace_version(root: &Path) -> Result<Option<String>> {
    let manifest = manifest(&root.join("Cargo.toml"))?;
    let workspace = manifest.as_ref().and_then(|of| of.get("workspace"));
    let package = workspace.and_then(|of| of.get("package"));
    let version = package.and_then(|of| of.get("version"));
    Ok(version.and_then(Value::as_str).map(str::to_owned))
}

fn manifest(path: &Path) -> Result<Option<Table>> {
    let Some(text) = read(path)? else {
        return Ok(None);
    };
    let manifest: Table =
        toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some(manifest))
}

/// Returns the next version by semver. Before 1.0, a breaking change raises the minor version and others the patch
/// version.
fn next(current: &Version, consequence: Option<Consequence>) -> Version {
    let Some(consequence) = consequence else {
        return current.clone();
    };
    // A pre-release has no compatibility promise.
    if !current.pre.is_empty() {
        return Version {
            pre: Prerelease::EMPTY,
            ..Version::new(current.major, current.minor, current.patch)
        };
    }
    let Version {
        major,
        minor,
        patch,
        ..
    } = *current;
    match consequence {
        Consequence::Breaking if major > 0 => Version::new(major.saturating_add(1), 0, 0),
        Consequence::Breaking => Version::new(0, minor.saturating_add(1), 0),
        Consequence::Addition if major > 0 => Version::new(major, minor.saturating_add(1), 0),
        Consequence::Addition | Consequence::Documentation => {
            Version::new(major, minor, patch.saturating_add(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_version_by_consequence() {
        let [breaking, addition, documentation] = [
            Some(Consequence::Breaking),
            Some(Consequence::Addition),
            Some(Consequence::Documentation),
        ];
        for (current, consequence, expect) in [
            ("0.0.0", breaking, "0.1.0"),
            ("0.0.0", addition, "0.0.1"),
            ("0.3.4", breaking, "0.4.0"),
            ("0.3.4", addition, "0.3.5"),
            ("0.3.4", documentation, "0.3.5"),
            ("0.3.4", None, "0.3.4"),
            ("1.2.3", breaking, "2.0.0"),
            ("1.2.3", addition, "1.3.0"),
            ("1.2.3", documentation, "1.2.4"),
            ("1.0.0-rc.1", breaking, "1.0.0"),
        ] {
            let current = Version::parse(current).expect("a version");
            assert_eq!(next(&current, consequence).to_string(), expect, "{current}");
        }
    }
}
