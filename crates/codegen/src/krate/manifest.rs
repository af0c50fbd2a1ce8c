//! Generates manifests.
//!
//! Crates in this project's folder `generated` inherit keys from its workspace. Other crates have all keys, so that
//! they work in any workspace.

use super::examples;
use super::kind::Kind;
use crate::runtime::Runtime;

/// Maximum length of a keyword that registries accept.
const MAX_KEYWORD: usize = 20;

/// Returns the manifest of a crate. In this repository it inherits keys from the workspace. Elsewhere it has all keys,
/// because it may be a member of any workspace or of none.
pub(super) fn package(name: &str, service: &str, kind: &Kind<'_>) -> String {
    let mark = kind.mark();
    let keys = keys(kind);
    let keywords = keywords(service);
    let (tests, lints) = match kind {
        // The tests read the specs of the repository.
        Kind::InRepository => ("exclude = [\"/tests\"]\n", "[lints]\nworkspace = true\n\n"),
        Kind::Elsewhere(_) | Kind::Echo(_) => ("", ""),
    };
    let dependencies = match kind {
        Kind::InRepository => format!("tc3.workspace = true\n{}", examples::DEPENDENCIES),
        Kind::Elsewhere(runtime) | Kind::Echo(runtime) => dependency(runtime),
    };
    format!(
        r#"# {mark} change the generator.
[package]
name = "{name}"
description = "A typed client for Tencent Cloud's API 3.0: the service {service}."
{keys}keywords = [{keywords}]
categories = ["api-bindings"]
{tests}
[package.metadata.docs.rs]
all-features = true

[lib]
# Samples in descriptions are foreign code, which must not run.
doctest = false
# It has no unit tests, so cargo need not compile it for them.
test = false

{lints}[features]
default = ["hyper", "serde"]
# Transports of the runtime; see the features of tc3.
blocking = ["tc3/blocking"]
http2 = ["tc3/http2"]
hyper = ["tc3/hyper"]
reqwest = ["tc3/reqwest"]
# `Stream` for pages and items.
stream = ["tc3/stream"]
# serde's traits for requests, responses and data types.
serde = []
# Builders of responses and of the data types in them, for tests.
testing = []

[dependencies]
{dependencies}"#
    )
}

/// Returns the manifest of a workspace of crates in folders of these names.
pub(crate) fn workspace(crates: &[&str], mark: &str) -> String {
    let members: String = crates
        .iter()
        .map(|name| format!("    {},\n", toml(name)))
        .collect();
    format!("# {mark} run it again.\n[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n")
}

/// Returns the URL of this repository, if the generator's manifest has it.
pub(super) fn repository() -> Option<&'static str> {
    Some(env!("CARGO_PKG_REPOSITORY")).filter(|url| !url.is_empty())
}

/// Returns the keys that all crates of this repository share. Their values are those of the generator, which inherits them.
fn keys(kind: &Kind<'_>) -> String {
    let inherited = |key: &str| format!("{key}.workspace = true\n");
    let own = |key: &str, value: &str| format!("{key} = {}\n", toml(value));
    let key = |key: &str, value: &str| match kind {
        Kind::InRepository => inherited(key),
        Kind::Elsewhere(_) | Kind::Echo(_) => own(key, value),
    };
    let publish = match kind {
        Kind::InRepository => inherited("publish"),
        Kind::Elsewhere(_) | Kind::Echo(_) => "publish = false\n".to_owned(),
    };
    [
        key("version", env!("CARGO_PKG_VERSION")),
        key("edition", "2024"),
        key("rust-version", env!("CARGO_PKG_RUST_VERSION")),
        key("license", env!("CARGO_PKG_LICENSE")),
        repository().map_or(String::new(), |address| key("repository", address)),
        publish,
    ]
    .concat()
}

fn keywords(service: &str) -> String {
    let own = Some(service).filter(|service| {
        service.len() <= MAX_KEYWORD && service.starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    let mut keywords = vec!["api", "client", "tencent-cloud", "tencentcloud"];
    keywords.extend(own.filter(|own| !["api", "client"].contains(own)));
    let keywords: Vec<String> = keywords.into_iter().map(toml).collect();
    keywords.join(", ")
}

/// Returns the dependency on the runtime.
fn dependency(runtime: &Runtime) -> String {
    let source = match runtime {
        Runtime::Path(path) => format!("path = {}", toml(path)),
        Runtime::Git { url, revision } => {
            let revision = revision.as_ref();
            let revision = revision.map(|revision| format!(", rev = {}", toml(revision)));
            format!("git = {}{}", toml(url), revision.unwrap_or_default())
        }
        Runtime::Version(version) => format!("version = {}", toml(version)),
    };
    format!("tc3 = {{ {source}, default-features = false }}\n")
}

/// Formats a TOML string, which has fewer escapes than Rust.
fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_toml_strings() {
        let runtime = Runtime::Path("../e\u{301}/\"a\"\\b\tc".to_owned());
        assert_eq!(
            dependency(&runtime),
            "tc3 = { path = \"../e\u{301}/\\\"a\\\"\\\\b\\u0009c\", default-features = false }\n"
        );
        let manifest = workspace(&["shop"], "@generated");
        assert!(manifest.contains("members = [\n    \"shop\",\n]\n"));
    }

    #[test]
    fn keywords_are_valid() {
        assert!(keywords("shop").ends_with("\"tencentcloud\", \"shop\""));
        for service in ["api", "-shop", "a-service-with-a-long-name"] {
            assert!(keywords(service).ends_with("\"tencentcloud\""), "{service}");
        }
    }
}
