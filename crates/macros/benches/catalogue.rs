//! Compares the compile time of a service's name with that of a spec file: `cargo bench -p tc3-macros`.
//!
//! Checks two programs with the same actions, and prints CPU seconds from `/proc`, so it needs Linux. It takes minutes.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use tc3_catalogue::Catalogue;

/// The repetitions of a check after the dependencies; the minimum counts.
const RUNS: usize = 5;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost");
    // The folder does not exist the first time.
    let _ = fs::remove_dir_all(&folder);
    let catalogue = Catalogue::international();
    let version = catalogue.version("cvm", None).expect("a version");
    let spec = catalogue.load("cvm", version).expect("a spec");
    let spec = spec.to_json().expect("a valid spec");

    let program = folder.join("program");
    write(&program.join("cvm.json"), &spec);
    package(&program, &["runtime", "macros"]);
    let check = |source: &str, run: usize| {
        let text = format!(
            "tc3_macros::client! {{ {source}, actions: [RunInstances, DescribeInstances] }}\nfn main() {{}} // {run}\n"
        );
        write(&program.join("src/main.rs"), &text);
        cpu_seconds(&program, "check")
    };
    let least = |source| {
        let runs = (0..RUNS).map(|run| check(source, run));
        runs.fold(f64::MAX, f64::min)
    };
    let (name, file) = (r#"service: "cvm""#, r#"spec: "cvm.json""#);
    let cold = check(file, RUNS);
    let (name, file) = (least(name), least(file));
    println!("two actions of `cvm`: CPU seconds of `cargo check` by name, by spec file, and ratio");
    println!("  again: {name:.2} {file:.2} {:.2}", name / file);

    // A spec file needs no catalogue, so the time to build the catalogue is subtracted.
    let part = folder.join("part");
    write(&part.join("src/lib.rs"), "");
    package(&part, &["spec"]);
    cpu_seconds(&part, "build");
    package(&part, &["catalogue"]);
    let part = cpu_seconds(&part, "build");
    let (by_name, by_file) = (cold - file + name, cold - part);
    println!(
        "  clean: {by_name:.1} {by_file:.1} {:.2}, of it {part:.2} for the catalogue",
        by_name / by_file
    );
}

/// Writes the manifest of a package that depends on crates of this repository.
fn package(folder: &Path, crates: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Without debug information, as cargo builds the dependencies of macros.
    let mut manifest = "[package]\nname = \"cost\"\nedition = \"2024\"\n\n[workspace]\n\n[profile.dev]\ndebug = false\n\n\
                        [dependencies]\n"
        .to_owned();
    for name in crates {
        let package = match *name {
            "runtime" => "tc3".to_owned(),
            name => format!("tc3-{name}"),
        };
        let path = root.join("crates").join(name);
        let _ = writeln!(manifest, "{package} = {{ path = {path:?} }}");
    }
    write(&folder.join("Cargo.toml"), &manifest);
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the versions");
}

/// Returns the CPU seconds of a command of cargo.
fn cpu_seconds(package: &Path, command: &str) -> f64 {
    let before = child_cpu_seconds();
    let status = Command::new(env::var_os("CARGO").expect("cargo runs benchmarks"))
        .args([command, "--quiet", "--offline"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .status();
    assert!(status.expect("cargo starts").success());
    child_cpu_seconds() - before
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, text).expect("the file is written");
}

/// Returns the CPU time of all terminated child processes and their children.
fn child_cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").expect("`/proc`");
    // After the name, which may contain spaces, fields 14 and 15 are user and system time in 1/100 s.
    let fields = text
        .rsplit(')')
        .next()
        .into_iter()
        .flat_map(str::split_whitespace);
    let ticks = fields
        .skip(13)
        .take(2)
        .map(|text| text.parse::<f64>().expect("a number"));
    ticks.sum::<f64>() / 100.0
}
