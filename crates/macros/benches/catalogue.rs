//! Measures what a program pays for naming a service instead of a spec file: `cargo bench -p tc3-macros`.
//!
//! Checks two programs with the same actions, and prints CPU seconds from `/proc`, so this runs on Linux. It takes minutes.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use tc3_catalogue::Catalogue;

/// The repetitions of a check after the dependencies; the minimum counts.
const RUNS: usize = 5;

fn main() {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost");
    // The folder does not exist the first time.
    let _ = fs::remove_dir_all(&package);
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let manifest = format!(
        "[package]\nname = \"cost\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         tc3 = {{ path = {:?}, default-features = false }}\ntc3-macros = {{ path = {:?} }}\n",
        crates.join("runtime"),
        crates.join("macros"),
    );
    let catalogue = Catalogue::international();
    let version = catalogue.version("cvm", None).expect("a version");
    let spec = catalogue.load("cvm", version).expect("a spec");
    write(&package.join("Cargo.toml"), &manifest);
    write(
        &package.join("cvm.json"),
        &spec.to_json().expect("a valid spec"),
    );
    fs::copy(crates.join("../Cargo.lock"), package.join("Cargo.lock")).expect("the versions");

    let cargo = |target: &str, arguments: &[&str]| {
        let before = child_cpu_seconds();
        let status = Command::new(env::var_os("CARGO").expect("cargo runs benchmarks"))
            .args(arguments)
            .args(["--quiet", "--offline"])
            .current_dir(&package)
            .env("CARGO_TARGET_DIR", package.join(target))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .status();
        assert!(status.expect("cargo starts").success());
        child_cpu_seconds() - before
    };
    let program = |source: &str, run: usize| {
        let text = format!(
            "tc3_macros::client! {{ {source}, actions: [RunInstances, DescribeInstances] }}\nfn main() {{}} // {run}\n"
        );
        write(&package.join("src/main.rs"), &text);
        cargo("program", &["check"])
    };
    let warm = |source: &str| {
        (0..RUNS)
            .map(|run| program(source, run))
            .fold(f64::MAX, f64::min)
    };
    let (service, file) = (r#"service: "cvm""#, r#"spec: "cvm.json""#);
    let cold = program(file, RUNS);
    let (service, file) = (warm(service), warm(file));
    // The catalogue's part of the dependencies.
    cargo("catalogue", &["build", "--package", "tc3-spec"]);
    let part = cargo("catalogue", &["build", "--package", "tc3-catalogue"]);
    let by_name = cold - file + service;
    let by_file = cold - part;
    println!(
        "two actions of `cvm`, `cargo check`, CPU seconds by name, by spec file without the catalogue in the macro, ratio:\n\
         cold {by_name:.1} {by_file:.1} {:.2}\n\
         warm {service:.2} {file:.2} {:.2}\n\
         of the cold check, the catalogue {part:.2}",
        by_name / by_file,
        service / file
    );
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
