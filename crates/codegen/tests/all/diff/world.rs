//! Both crates with a version for each case, and a caller of each version of the old one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use tc3_codegen::{generate_client, workspace_manifest};
use tc3_spec::Spec;

use crate::diff::caller::caller;

/// A spec before and after, where there is one.
pub(crate) struct Pair {
    pub(crate) specs: [Option<Spec>; 2],
    /// Whether a change is said to be breaking.
    pub(crate) is_breaking: bool,
}

/// A workspace of callers and the crates that they call.
pub(crate) struct World {
    folder: PathBuf,
    callers: Vec<String>,
}

/// Which of the crates a caller is compiled against.
const SIDES: [&str; 2] = ["old", "new"];

impl World {
    /// All cases are versions of two crates, so that these are compiled once. Callers that are to compile are modules of one
    /// crate for each side; each of the others has a crate to itself, since the compiler does not find all mistakes at once.
    pub(crate) fn of(name: &str, cases: &[Pair]) -> World {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an older state of the cases left there would be compiled as well.
        let _ = fs::remove_dir_all(&folder);
        let mut world = World {
            folder,
            callers: Vec::new(),
        };
        let mut sides: [Vec<Spec>; 2] = Default::default();
        let mut whole: [Vec<(usize, String)>; 2] = Default::default();
        for (number, case) in cases.iter().enumerate() {
            let specs = case.specs.clone();
            let text = specs[0].as_ref().map_or(String::new(), caller);
            for ((side, name), spec) in sides.iter_mut().zip(SIDES).zip(specs) {
                side.extend(spec.map(|spec| Spec {
                    service: name.to_owned(),
                    version: version(number),
                    ..spec
                }));
            }
            whole[0].push((number, text.clone()));
            if case.is_breaking {
                world.caller(&format!("case-{number}"), "new", &[(number, text)]);
            } else {
                whole[1].push((number, text));
            }
        }
        for ((name, specs), modules) in SIDES.iter().zip(sides).zip(whole) {
            let krate = generate_client(&specs, &[]).expect("the crate is generated");
            for (path, text) in krate.files {
                write(&world.folder.join(name).join(path), &text);
            }
            world.caller(&format!("all-{name}"), name, &modules);
        }
        let members = SIDES
            .into_iter()
            .chain(world.callers.iter().map(String::as_str));
        let members: Vec<&str> = members.collect();
        let manifest = workspace_manifest(&members, &runtime().to_string_lossy());
        write(&world.folder.join("Cargo.toml"), &manifest);
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        fs::copy(lock, world.folder.join("Cargo.lock")).expect("a copy");
        world
    }

    /// Adds a crate that calls the one of this side.
    fn caller(&mut self, name: &str, side: &str, modules: &[(usize, String)]) {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n\
             shop = {{ package = \"tencentcloud-{side}\", path = \"../{side}\", default-features = false }}\n\n\
             [features]\ntesting = [\"shop/testing\"]\n"
        );
        let folder = self.folder.join(name);
        write(&folder.join("Cargo.toml"), &manifest);
        let mut root = "#![allow(warnings)]\n\n".to_owned();
        for (number, text) in modules {
            root.push_str(&format!("mod case_{number};\n"));
            let head = "use shop::tc3;\nuse tc3::builder::{NoClient, Set, Unset};\n";
            let module = version(*number).replace('-', "");
            // A version that is not there has no caller.
            let text = match text.is_empty() {
                true => String::new(),
                false => format!(
                    "{head}use shop::v{module} as api;\n\nfn value<T>() -> T {{\n    loop {{}}\n}}\n\n{text}"
                ),
            };
            write(&folder.join(format!("src/case_{number}.rs")), &text);
        }
        write(&folder.join("src/lib.rs"), &root);
        self.callers.push(name.to_owned());
    }

    /// Compiles all callers, with the feature `testing` and without it; gives the numbers of the cases whose callers do not
    /// compile against the new crate.
    ///
    /// All of them have to against the old one.
    pub(crate) fn check(&self) -> BTreeSet<usize> {
        let callers: Vec<&str> = self.callers.iter().map(String::as_str).collect();
        let mut failed = compile(&self.folder, &callers, &["--features", "testing"]);
        let has_failed = |caller: &&str| {
            let number = caller
                .strip_prefix("case-")
                .and_then(|number| number.parse().ok());
            number.is_some_and(|number: usize| failed.contains(&number))
        };
        let rest: Vec<&str> = callers
            .into_iter()
            .filter(|caller| !has_failed(caller))
            .collect();
        failed.extend(compile(&self.folder, &rest, &[]));
        failed
    }
}

/// Compiles callers; gives the numbers of the cases whose callers do not compile.
fn compile(folder: &Path, callers: &[&str], features: &[&str]) -> BTreeSet<usize> {
    let mut command = Command::new(env::var_os("CARGO").expect("cargo runs tests"));
    command
        .args([
            "check",
            "--offline",
            "--keep-going",
            "--message-format=json",
        ])
        .args(features)
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages"),
        );
    for caller in callers {
        command.args(["--package", caller]);
    }
    let output = command.output().expect("cargo starts");
    let told = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    let messages = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut failed = BTreeSet::new();
    let mut is_whole = false;
    for message in messages {
        is_whole |= message["reason"] == "build-finished";
        if message["message"]["level"] != "error" {
            continue;
        }
        let krate = message["target"]["name"].as_str().unwrap_or_default();
        let number = krate
            .strip_prefix("case_")
            .and_then(|number| number.parse().ok());
        let rendered = &message["message"]["rendered"];
        failed.insert(
            number.unwrap_or_else(|| panic!("{krate}: {}", rendered.as_str().unwrap_or_default())),
        );
    }
    assert!(is_whole, "{told}");
    failed
}

/// A version for each case.
fn version(number: usize) -> String {
    format!("{}-01-01", 2000 + number)
}

/// The folder of the runtime.
pub(crate) fn runtime() -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    fs::canonicalize(runtime).expect("the runtime")
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
