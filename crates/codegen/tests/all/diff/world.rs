//! Generates a crate with a version for each spec, and compiles callers of these versions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use tc3_codegen::{generate_client, workspace_manifest};
use tc3_spec::Spec;

use crate::diff::caller::caller;

/// The specs before and after a change; `None` if the version does not exist.
pub(crate) type Pair = [Option<Spec>; 2];

/// A program that uses everything in one version, compiled against the same or another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Caller {
    /// Number of the version that the program was written for.
    written_for: usize,
    /// Number of the version that it is compiled against; `None` if the version was removed.
    against: Option<usize>,
}

impl Caller {
    fn module(self) -> String {
        let against = self
            .against
            .map_or("none".to_owned(), |number| number.to_string());
        format!("calls_{}_{against}", self.written_for)
    }

    fn text(self, spec: &Spec) -> String {
        let module = self.against.map_or("none".to_owned(), |number| {
            format!("v{}", version(number).replace('-', ""))
        });
        format!(
            "use shop::tc3;\nuse shop::{module} as api;\nuse tc3::builder::{{NoClient, Set, Unset}};\n\n\
             fn value<T>() -> T {{\n    loop {{}}\n}}\n\n{}",
            caller(spec)
        )
    }
}

/// Returns the numbers of the pairs whose old caller does not compile against the new spec, with or without the feature
/// `testing`. Panics if a caller does not compile against its own spec.
pub(crate) fn broken(name: &str, pairs: &[Pair]) -> BTreeSet<usize> {
    let mut specs: Vec<&Spec> = Vec::new();
    let mut callers = BTreeSet::new();
    let mut old_callers = Vec::new();
    for (pair, [old, new]) in pairs.iter().enumerate() {
        // Many pairs share a spec, which is compiled once.
        let [old, new] = [old, new].map(|spec| {
            let spec = spec.as_ref()?;
            let known = specs.iter().position(|known| *known == spec);
            Some(known.unwrap_or_else(|| {
                specs.push(spec);
                specs.len() - 1
            }))
        });
        // A new version has no old caller.
        let Some(written_for) = old else { continue };
        let [unchanged, changed] = [old, new].map(|against| Caller {
            written_for,
            against,
        });
        callers.extend([unchanged, changed]);
        old_callers.push((pair, changed));
    }
    let folder = write_workspace(name, &specs, &callers);
    let mut failed = BTreeMap::new();
    for features in [&["--features", "testing"][..], &[]] {
        failed.extend(compile(&folder, &callers, features));
        callers.retain(|caller| !failed.contains_key(caller));
    }
    for (caller, message) in &failed {
        assert_ne!(caller.against, Some(caller.written_for), "{message}");
    }
    let broken = old_callers
        .into_iter()
        .filter(|(_, caller)| failed.contains_key(caller));
    broken.map(|(pair, _)| pair).collect()
}

/// Writes the crate `shop`, and the crate `callers` with a module for each caller.
fn write_workspace(name: &str, specs: &[&Spec], callers: &BTreeSet<Caller>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Files of an earlier run would be compiled too.
    let _ = fs::remove_dir_all(&folder);
    let versions = specs.iter().enumerate().map(|(number, spec)| Spec {
        service: "shop".to_owned(),
        version: version(number),
        ..(*spec).clone()
    });
    let shop = generate_client(&versions.collect::<Vec<_>>(), &[]).expect("the crate is generated");
    for (path, text) in shop.files {
        write(&folder.join("shop").join(path), &text);
    }
    for caller in callers {
        let path = format!("callers/src/{}.rs", caller.module());
        write(&folder.join(path), &caller.text(specs[caller.written_for]));
    }
    let manifest = "[package]\nname = \"callers\"\nedition = \"2024\"\n\n[dependencies]\n\
         shop = { package = \"tencentcloud-shop\", path = \"../shop\", default-features = false }\n\n\
         [features]\ntesting = [\"shop/testing\"]\n";
    write(&folder.join("callers/Cargo.toml"), manifest);
    let manifest = workspace_manifest(&["shop", "callers"], &runtime().to_string_lossy());
    write(&folder.join("Cargo.toml"), &manifest);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a copy");
    folder
}

/// Compiles callers together, and returns those with errors, each with its first message.
///
/// The compiler does not report all errors at once. So the other callers are compiled again, until there are no errors.
fn compile(
    folder: &Path,
    callers: &BTreeSet<Caller>,
    features: &[&str],
) -> BTreeMap<Caller, String> {
    let mut left = callers.clone();
    let mut failed = BTreeMap::new();
    loop {
        let modules = left
            .iter()
            .map(|caller| format!("mod {};\n", caller.module()));
        let root = format!("#![allow(warnings)]\n\n{}", modules.collect::<String>());
        write(&folder.join("callers/src/lib.rs"), &root);
        let errors = errors(folder, features);
        if errors.is_empty() {
            return failed;
        }
        for (file, message) in errors {
            let is_in_file =
                |caller: &&Caller| file.ends_with(&format!("src/{}.rs", caller.module()));
            let caller = left.iter().find(is_in_file).copied();
            let caller = caller.unwrap_or_else(|| panic!("{message}"));
            left.remove(&caller);
            failed.insert(caller, message);
        }
    }
}

/// Compiles the crate `callers`, and returns the files with errors, each with its first message.
fn errors(folder: &Path, features: &[&str]) -> BTreeMap<String, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    let output = Command::new(env::var_os("CARGO").expect("cargo runs tests"))
        .args([
            "check",
            "--offline",
            "--message-format=json",
            "--package",
            "callers",
        ])
        .args(features)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo starts");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    let mut errors = BTreeMap::new();
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let message = &line["message"];
        if message["level"] != "error" {
            continue;
        }
        let text = message["rendered"].as_str().unwrap_or_default();
        let spans = message["spans"].as_array().into_iter().flatten();
        let mut places = spans.filter(|span| span["is_primary"] == true);
        // The last error only counts the others.
        let Some(file) = places.find_map(|span| span["file_name"].as_str()) else {
            continue;
        };
        errors
            .entry(file.to_owned())
            .or_insert_with(|| text.to_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), errors.is_empty(), "{stderr}");
    errors
}

/// Returns a different version for each number.
fn version(number: usize) -> String {
    format!("{}-01-01", 2000 + number)
}

/// Returns the folder of the runtime.
pub(crate) fn runtime() -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    fs::canonicalize(runtime).expect("the runtime")
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
