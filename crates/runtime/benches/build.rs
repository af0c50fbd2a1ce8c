//! Build cost of a program that makes one call, compared with a plain POST by hyper-util and rustls, with their fewest
//! features and with all, and with a POST that is signed by hand and whose response is read as JSON:
//! `cargo bench -p tc3 --bench build`.
//!
//! Builds each program from scratch, in release, and prints the ratios of CPU time, crates and stripped size. CPU time is
//! read from `/proc`, so it is 0 on systems other than Linux. It takes minutes.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Dependencies of the plain program, with the features that it needs.
const PLAIN: &str = r#"
http-body-util = "0.1"
hyper = { version = "1.12", features = ["client", "http1"] }
hyper-rustls = { version = "0.27.10", default-features = false, features = ["http1", "ring", "tls12", "webpki-tokio"] }
hyper-util = { version = "0.1.21", features = ["client-legacy", "http1", "tokio"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
tokio = { version = "1.54", features = ["rt", "net", "time"] }
"#;

/// The same with all features, as the guides of these crates show them.
const FULL: &str = r#"
http-body-util = "0.1"
hyper = { version = "1.12", features = ["full"] }
hyper-rustls = { version = "0.27.10", default-features = false, features = ["http1", "http2", "logging", "ring", "tls12", "webpki-tokio"] }
hyper-util = { version = "0.1.21", features = ["full"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
tokio = { version = "1.54", features = ["full"] }
"#;

/// Additional dependencies of the program that signs by hand.
const BY_HAND: &str = r#"
hmac = "0.13"
serde_json = "1"
sha2 = { version = "0.11", default-features = false }
"#;

struct Cost {
    seconds: f64,
    crates: usize,
    bytes: u64,
}

fn main() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dependencies = format!(
        "tc3 = {{ path = {runtime:?} }}\ntokio = {{ version = \"1.54\", features = [\"rt\", \"net\", \"time\"] }}\n"
    );
    let plain = build("plain", PLAIN, include_str!("programs/plain.rs"));
    let full = build("full", FULL, include_str!("programs/plain.rs"));
    let client = build("client", &dependencies, include_str!("programs/client.rs"));
    let by_hand = build(
        "by-hand",
        &format!("{}{BY_HAND}", PLAIN.trim_end()),
        include_str!("programs/by_hand.rs"),
    );
    compare(&client, "a plain POST", &plain);
    compare(&client, "a plain POST with all features", &full);
    compare(&client, "a call that is signed by hand", &by_hand);
}

fn compare(client: &Cost, baseline: &str, other: &Cost) {
    println!(
        "a program that makes one call takes {:.2} times the CPU of {baseline} to build ({:.0} and {:.0} s), \
         {:.2} times the crates ({} and {}), {:.2} times the size ({:.2} and {:.2} MB)",
        client.seconds / other.seconds,
        client.seconds,
        other.seconds,
        client.crates as f64 / other.crates as f64,
        client.crates,
        other.crates,
        client.bytes as f64 / other.bytes as f64,
        client.bytes as f64 / 1e6,
        other.bytes as f64 / 1e6,
    );
}

/// Builds a program from scratch in its own folder.
fn build(name: &str, dependencies: &str, source: &str) -> Cost {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    // The folder does not exist the first time.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.release]\nstrip = true\n\n[dependencies]\n{}\n",
        dependencies.trim()
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(folder.join("src/main.rs"), source).expect("a program");
    // With the versions of this repository, nothing is downloaded.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the versions");

    let before = child_cpu_seconds();
    cargo(&folder, &["build", "--release", "--quiet"]);
    let seconds = child_cpu_seconds() - before;
    let tree = cargo(&folder, &["tree", "-e", "normal", "--prefix", "none"]);
    let mut crates: Vec<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    crates.sort_unstable();
    crates.dedup();
    let program = folder
        .join("target/release")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX));
    Cost {
        seconds,
        // Without the program itself.
        crates: crates.len() - 1,
        bytes: fs::metadata(program).expect("a program").len(),
    }
}

fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns the CPU time of all terminated child processes and their children, or 0 without `/proc`.
fn child_cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name, which may contain spaces, fields 14 and 15 are user and system time in 1/100 s.
    let fields: Vec<&str> = text
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok());
    (ticks(13).unwrap_or_default() + ticks(14).unwrap_or_default()) / 100.0
}
