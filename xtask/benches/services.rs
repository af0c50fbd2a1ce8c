//! Measures what services of the catalogue cost to check. Prints for each the number of actions, the generated lines, the
//! CPU seconds of `cargo check` of its crate, with all versions, the same per action, and the ratio to a floor: the types of
//! the service as plain structs that derive `Clone`, `Debug`, `Default` and `PartialEq`, without anything to call. The floor
//! is checked in turns with the crate, so that the ratio depends little on the machine and its load.
//!
//! Run with `cargo bench -p xtask --bench services [-- [--site mainland] [--all | SERVICE…]]`. The default are the services of
//! the international site with the fewest actions, the median and the most. `--all` checks every service once and takes up to
//! an hour. CPU times come from the system, so this runs on Linux.

mod measure;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use measure::{Lines, Seconds, load};
use tc3_catalogue::Catalogue;
use tc3_codegen::Runtime;
use tc3_spec::{Field, Site, Spec, TypeRef};

/// The repetitions of each check; the minimum counts.
const RUNS: usize = 3;

/// The selection of services on the command line.
struct Arguments {
    site: Site,
    all: bool,
    services: Vec<String>,
}

fn main() {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!(
                "{problem}: cargo bench -p xtask --bench services -- [--site intl|mainland] [--all | SERVICE…]"
            );
            return;
        }
    };
    let catalogue = Catalogue::of_site(arguments.site);
    let specs_of = |service: &str| -> Vec<Spec> {
        let versions = catalogue.versions(service);
        let specs = versions.map(|version| catalogue.load(service, version).expect("a spec"));
        specs.collect()
    };
    let mut services: Vec<Vec<Spec>> = if arguments.services.is_empty() {
        catalogue.services().map(specs_of).collect()
    } else {
        let services = arguments.services.iter();
        services.map(|service| specs_of(service)).collect()
    };
    services.sort_by_key(|specs| actions(specs));
    if arguments.services.is_empty() && !arguments.all {
        let (middle, last) = (services.len() / 2, services.len() - 1);
        services = [0, middle, last].map(|at| services[at].clone()).to_vec();
    }
    let runs = if arguments.all { 1 } else { RUNS };

    println!("load of the machine: {}", load());
    println!(
        "{:<16}{:>8}{:>10}{:>10}{:>13}{:>10}{:>8}",
        "", "actions", "lines", "check s", "ms / action", "floor s", "ratio"
    );
    let workspace = Workspace::new();
    let mut total = Row::default();
    for specs in &services {
        let row = workspace.row(specs, runs);
        row.print(&specs[0].service);
        total.add(&row);
    }
    if services.len() > 1 {
        total.print("together");
    }
    println!("load of the machine: {}", load());
}

fn arguments() -> Result<Arguments, String> {
    let mut arguments = Arguments {
        site: Site::Intl,
        all: false,
        services: Vec::new(),
    };
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        match &*word {
            "--all" => arguments.all = true,
            "--site" => {
                let site = words.next().unwrap_or_default().parse();
                arguments.site = site.map_err(|error| format!("{error}"))?;
            }
            // `cargo bench` adds this argument.
            "--bench" => {}
            _ if word.starts_with('-') => return Err(format!("unknown option `{word}`")),
            _ => arguments.services.push(word),
        }
    }
    let catalogue = Catalogue::of_site(arguments.site);
    for service in &arguments.services {
        let found = catalogue.version(service, None);
        found.map_err(|error| format!("{error}"))?;
    }
    Ok(arguments)
}

fn actions(specs: &[Spec]) -> usize {
    specs.iter().map(|spec| spec.actions.len()).sum()
}

/// The costs of a service.
#[derive(Default)]
struct Row {
    actions: usize,
    lines: usize,
    check: f64,
    floor: f64,
}

impl Row {
    fn add(&mut self, other: &Row) {
        self.actions += other.actions;
        self.lines += other.lines;
        self.check += other.check;
        self.floor += other.floor;
    }

    fn print(&self, name: &str) {
        println!(
            "{name:<16}{:>8}{:>10}{:>10.2}{:>13.2}{:>10.2}{:>8.1}",
            self.actions,
            self.lines,
            self.check,
            self.check * 1e3 / self.actions as f64,
            self.floor,
            self.check / self.floor,
        );
    }
}

/// A workspace with the crate of a service and its floor. All services share a target folder.
struct Workspace(PathBuf);

impl Workspace {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("services");
        let manifest = tc3_codegen::workspace_manifest(&["client", "floor"]);
        write(&folder.join("Cargo.toml"), &manifest);
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
            .expect("the versions are the repository's");
        let manifest = "[package]\nname = \"floor\"\nedition = \"2024\"\n";
        write(&folder.join("floor/Cargo.toml"), manifest);
        Self(folder)
    }

    /// Measures a service.
    fn row(&self, specs: &[Spec], runs: usize) -> Row {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/runtime");
        let runtime = Runtime::Path(runtime.to_str().expect("the path is text").to_owned());
        let generated =
            tc3_codegen::generate_client(specs, &[], &runtime).expect("specs are valid");
        let _ = fs::remove_dir_all(self.0.join("client"));
        let mut lines = Lines::default();
        for (path, text) in &generated.files {
            write(&self.0.join("client").join(path), text);
            if path.starts_with("src") {
                lines.add(text);
            }
        }
        write(&self.0.join("floor/src/lib.rs"), &floor(specs));
        let package = format!("tencentcloud-{}", specs[0].service);
        // Checks the dependencies first, which do not count.
        self.check(&package);
        let mut row = Row {
            actions: actions(specs),
            lines: lines.all,
            check: f64::INFINITY,
            floor: f64::INFINITY,
        };
        for _ in 0..runs {
            row.check = row.check.min(self.seconds("client", &package));
            row.floor = row.floor.min(self.seconds("floor", "floor"));
        }
        // Removes the results to save space.
        run(&mut self.cargo(&["clean", "--package", &package]));
        row
    }

    /// Returns the CPU seconds of checking a package again, without those of Cargo itself.
    fn seconds(&self, folder: &str, package: &str) -> f64 {
        let root = self.0.join(folder).join("src/lib.rs");
        let text = fs::read_to_string(&root).expect("the package has a root");
        fs::write(&root, text + "// changed\n").expect("the root is written");
        let all = self.check(package);
        let cargo = self.check(package);
        (all - cargo).max(0.01)
    }

    fn check(&self, package: &str) -> f64 {
        let before = Seconds::of_children();
        // Builds no transport, which is not part of the crate's own cost.
        let features: &[&str] = match package {
            "floor" => &[],
            _ => &["--no-default-features", "--features", "serde"],
        };
        let arguments = ["check", "--offline", "--package", package];
        run(&mut self.cargo(&[&arguments[..], features].concat()));
        let seconds = Seconds::since(before);
        seconds.user + seconds.system
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").expect("cargo runs benchmarks"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

fn run(command: &mut Command) {
    let status = command.status().expect("cargo starts");
    assert!(status.success(), "{command:?} failed");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files have folders")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

/// Returns the types of a service as plain structs.
fn floor(specs: &[Spec]) -> String {
    let mut text = String::new();
    for (number, spec) in specs.iter().enumerate() {
        let types = spec.types.keys().zip(0..).collect();
        let _ = writeln!(text, "pub mod v{number} {{");
        for (number, data_type) in spec.types.values().enumerate() {
            structure(&mut text, &format!("T{number}"), &data_type.fields, &types);
        }
        for (number, action) in spec.actions.values().enumerate() {
            structure(
                &mut text,
                &format!("Request{number}"),
                &action.request,
                &types,
            );
            structure(
                &mut text,
                &format!("Response{number}"),
                &action.response,
                &types,
            );
        }
        text.push_str("}\n");
    }
    text
}

/// The numbers of data types by name.
type Types<'a> = BTreeMap<&'a String, usize>;

fn structure(text: &mut String, name: &str, fields: &[Field], types: &Types<'_>) {
    let _ = writeln!(
        text,
        "#[derive(Clone, Debug, Default, PartialEq)]\npub struct {name} {{"
    );
    for (number, field) in fields.iter().enumerate() {
        let of = type_of(&field.type_ref, types);
        let _ = writeln!(text, "    pub f{number}: Option<{of}>,");
    }
    text.push_str("}\n");
}

fn type_of(of: &TypeRef, types: &Types<'_>) -> String {
    match of {
        TypeRef::Integer => "i64".to_owned(),
        TypeRef::Boolean => "bool".to_owned(),
        TypeRef::Float | TypeRef::Double => "f64".to_owned(),
        TypeRef::Array(element) => format!("Vec<{}>", type_of(element, types)),
        TypeRef::Named(name) => match types.get(name) {
            // Types may contain themselves.
            Some(number) => format!("Box<T{number}>"),
            None => "String".to_owned(),
        },
        _ => "String".to_owned(),
    }
}
