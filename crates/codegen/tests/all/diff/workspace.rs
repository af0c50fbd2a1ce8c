//! A crate with a version for each spec, and callers that are compiled against these versions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use tc3_codegen::{Runtime, generate_client};
use tc3_spec::Spec;

use crate::diff::caller::caller;
use crate::target::target;

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
        let module = self.against.map_or("none".to_owned(), module);
        format!(
            "use shop::tc3;\nuse shop::{module} as api;\nuse tc3::builder::{{NoClient, Set, Unset}};\n\n\
             fn value<T>() -> T {{\n    loop {{}}\n}}\n\n{}",
            caller(spec)
        )
    }
}

/// Returns the numbers of the pairs whose old caller does not compile against the new spec, with or without the feature
/// `testing`. Panics if a caller does not compile against its own spec.
///
/// `expected` are the numbers that are likely returned. Only the time depends on it.
pub(crate) fn broken(
    name: &str,
    pairs: &[Pair],
    expected: impl Fn(usize) -> bool,
) -> BTreeSet<usize> {
    let mut workspace = Workspace::new(name);
    let mut callers = Callers::new();
    let mut old_callers = Vec::new();
    for (pair, [old, new]) in pairs.iter().enumerate() {
        let [old, new] = [old, new].map(|spec| spec.as_ref().map(|spec| workspace.number(spec)));
        // A new version has no old caller.
        let Some(written_for) = old else { continue };
        let [unchanged, changed] = [old, new].map(|against| Caller {
            written_for,
            against,
        });
        callers.entry(unchanged).or_insert(false);
        callers.insert(changed, expected(pair));
        old_callers.push((pair, changed));
    }
    let files = workspace.write_shop(&callers);
    let mut failed = workspace.compile(&callers, Some("testing"));
    for (caller, message) in &failed {
        assert_ne!(caller.against, Some(caller.written_for), "{message}");
    }
    // Without the feature, only what it adds can be missing too.
    callers.retain(|caller, _| !failed.contains_key(caller) && hides_more(&files, *caller));
    if !callers.is_empty() {
        workspace.write_shop(&callers);
        failed.extend(workspace.compile(&callers, None));
    }
    let broken = old_callers
        .into_iter()
        .filter(|(_, caller)| failed.contains_key(caller));
    broken.map(|(pair, _)| pair).collect()
}

/// Returns whether the feature `testing` adds items to the version that the caller is compiled against which it does not
/// add to the version that the caller was written for.
fn hides_more(files: &BTreeMap<PathBuf, String>, caller: Caller) -> bool {
    let hidden = |number| {
        let path = Path::new("src").join(module(number)).join("testing.rs");
        let text = files.get(&path).map_or("", String::as_str);
        let builders = text.lines().filter(|line| line.starts_with("pub struct "));
        builders.collect::<BTreeSet<_>>()
    };
    let against = caller.against.map(hidden).unwrap_or_default();
    !against.is_subset(&hidden(caller.written_for))
}

/// Programs, and whether they are likely rejected.
type Callers = BTreeMap<Caller, bool>;

/// A folder with a crate `shop` that has a version for each spec, and programs that call it.
struct Workspace<'a> {
    folder: PathBuf,
    /// Metadata of the runtime.
    runtime: PathBuf,
    /// Different specs.
    specs: Vec<&'a Spec>,
}

impl<'a> Workspace<'a> {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // Files of an earlier run would be compiled too.
        let _ = fs::remove_dir_all(&folder);
        Workspace {
            runtime: check_runtime(&folder),
            folder,
            specs: Vec::new(),
        }
    }

    /// Returns the number of a spec. Many pairs share a spec, which is compiled once.
    fn number(&mut self, spec: &'a Spec) -> usize {
        let known = self.specs.iter().position(|known| *known == spec);
        known.unwrap_or_else(|| {
            self.specs.push(spec);
            self.specs.len() - 1
        })
    }

    /// Writes the callers, and the crate `shop` with the versions that they need. Returns its files.
    fn write_shop(&self, callers: &Callers) -> BTreeMap<PathBuf, String> {
        for caller in callers.keys() {
            let text = caller.text(self.specs[caller.written_for]);
            let path = format!("callers/{}.rs", caller.module());
            write(&self.folder.join(path), &text);
        }
        let numbers = callers.keys().flat_map(|caller| {
            let written_for = Some(caller.written_for);
            [written_for, caller.against].into_iter().flatten()
        });
        let versions = numbers.collect::<BTreeSet<_>>().into_iter();
        let versions = versions.map(|number| Spec {
            service: "shop".to_owned(),
            version: version(number),
            ..self.specs[number].clone()
        });
        // The compiler is called without cargo.
        let runtime = Runtime::Version("*".to_owned());
        let shop = generate_client(&versions.collect::<Vec<_>>(), &[], &runtime);
        let shop = shop.expect("the crate is generated");
        for (path, text) in &shop.files {
            write(&self.folder.join("shop").join(path), text);
        }
        shop.files
    }

    /// Compiles the crate `shop` and the callers with or without a feature. Returns the callers with errors, each with
    /// its first message.
    fn compile(&self, callers: &Callers, feature: Option<&str>) -> BTreeMap<Caller, String> {
        let mut shop = rustc(&self.folder.join("shop/src"), "shop", feature);
        shop.args(extern_crate("tc3", &self.runtime));
        let output = shop.output().expect("the compiler starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        let mut failed = BTreeMap::new();
        // An error has all other callers of a group compiled again.
        for group in [false, true] {
            let group = callers.iter().filter(|(_, expected)| **expected == group);
            let group = group.map(|(caller, _)| *caller).collect();
            failed.extend(self.compile_group(group, feature));
        }
        failed
    }

    /// Compiles callers together. The compiler does not report all errors at once, so those without errors are compiled
    /// again, until there are no errors.
    fn compile_group(
        &self,
        mut callers: BTreeSet<Caller>,
        feature: Option<&str>,
    ) -> BTreeMap<Caller, String> {
        let mut failed = BTreeMap::new();
        loop {
            let modules = callers
                .iter()
                .map(|caller| format!("mod {};\n", caller.module()));
            let root = format!("#![allow(warnings)]\n\n{}", modules.collect::<String>());
            write(&self.folder.join("callers/lib.rs"), &root);
            let errors = self.errors(feature);
            if errors.is_empty() {
                return failed;
            }
            for (file, message) in errors {
                let is_in_file = |caller: &&Caller| file == format!("{}.rs", caller.module());
                let caller = callers.iter().find(is_in_file).copied();
                let caller = caller.unwrap_or_else(|| panic!("{message}"));
                callers.remove(&caller);
                failed.insert(caller, message);
            }
        }
    }

    /// Compiles the callers, and returns the files with errors, each with its first message.
    fn errors(&self, feature: Option<&str>) -> BTreeMap<String, String> {
        let mut command = rustc(&self.folder.join("callers"), "callers", feature);
        command.args(extern_crate("tc3", &self.runtime));
        command.args(extern_crate(
            "shop",
            &self.folder.join("shop/src/libshop.rmeta"),
        ));
        let output = command.output().expect("the compiler starts");
        let mut errors = BTreeMap::new();
        for message in messages(&output.stderr) {
            if message["level"] != "error" {
                continue;
            }
            let text = message["rendered"].as_str().unwrap_or_default();
            let spans = message["spans"].as_array().into_iter().flatten();
            let mut primary_spans = spans.filter(|span| span["is_primary"] == true);
            // The last error only counts the others.
            let Some(file) = primary_spans.find_map(|span| span["file_name"].as_str()) else {
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
}

/// Checks the runtime as a dependency of a package in this folder, and returns its metadata.
fn check_runtime(folder: &Path) -> PathBuf {
    let manifest = format!(
        "[package]\nname = \"workspace\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ntc3 = {{ path = {:?}, default-features = false }}\n",
        runtime()
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("src/lib.rs"), "");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a copy");
    let output = Command::new(env::var_os("CARGO").expect("cargo runs tests"))
        .args(["check", "--offline", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let mut artifacts = messages(&output.stdout);
    let runtime = artifacts.find(|message| message["target"]["name"] == "tc3");
    let file = runtime.and_then(|runtime| runtime["filenames"][0].as_str().map(PathBuf::from));
    file.unwrap_or_else(|| panic!("no file of the runtime: {stderr}"))
}

/// Returns the command that checks a crate in a folder. Cargo would let only one test compile at a time.
fn rustc(folder: &Path, name: &str, feature: Option<&str>) -> Command {
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()));
    command.current_dir(folder);
    command.args(["lib.rs", "--crate-type=lib", "--edition=2024"]);
    command.args(["--crate-name", name, "--emit=metadata"]);
    command.arg("--error-format=json");
    if let Some(feature) = feature {
        command.args(["--cfg", &format!("feature={feature:?}")]);
    }
    command
}

/// Returns the arguments for a dependency.
fn extern_crate(name: &str, metadata: &Path) -> [String; 4] {
    let folder = metadata.parent().expect("a folder");
    [
        "--extern".to_owned(),
        format!("{name}={}", metadata.display()),
        "-L".to_owned(),
        folder.display().to_string(),
    ]
}

/// Parses the output of cargo or the compiler: a message in each line.
fn messages(output: &[u8]) -> impl Iterator<Item = Value> {
    let lines = output.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("JSON"))
}

/// Returns a different version for each number.
fn version(number: usize) -> String {
    format!("{}-01-01", 2000 + number)
}

/// Returns the module of the version with a number.
fn module(number: usize) -> String {
    format!("v{}", version(number).replace('-', ""))
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
