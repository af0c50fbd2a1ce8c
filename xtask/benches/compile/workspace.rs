//! Workspaces of a client and programs that call it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use tc3_codegen::GeneratedCrate;

use crate::measure::Seconds;

pub(crate) const OURS: &str = "tencentcloud-organization";

/// A workspace of a client and programs that call it, with its own target folder.
pub(crate) struct Workspace(PathBuf);

impl Workspace {
    pub(crate) fn new(name: &str, members: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("compile")
            .join(name);
        // Build results are kept and rebuilt only where the code changed.
        for member in members {
            let _ = fs::remove_dir_all(folder.join(member));
        }
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.release]\nstrip = true\n"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        Self(folder)
    }

    /// Creates a workspace of one of our crates with programs.
    pub(crate) fn ours(name: &str, client: &GeneratedCrate, programs: &[(&str, String)]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let members: Vec<&str> = programs.iter().map(|(name, _)| *name).collect();
        let members = [&["client"], &members[..]].concat();
        let workspace = Self::new(name, &members);
        fs::copy(root.join("Cargo.lock"), workspace.0.join("Cargo.lock"))
            .expect("the versions are the repository's");
        for (path, text) in &client.files {
            write(&workspace.0.join("client").join(path), text);
        }
        let dependencies = format!(
            "{OURS} = {{ path = \"../client\", default-features = false, features = [\"hyper\"] }}\n\
             tokio = {{ version = \"1.54\", features = [\"rt\"] }}\n\n[features]\nserde = [\"{OURS}/serde\"]\n"
        );
        workspace.with_programs(&dependencies, programs)
    }

    pub(crate) fn with_programs(self, dependencies: &str, programs: &[(&str, String)]) -> Self {
        for (name, text) in programs {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
            );
            write(&self.0.join(name).join("Cargo.toml"), &manifest);
            write(&self.0.join(name).join("src/main.rs"), text);
        }
        self
    }

    fn target(&self) -> PathBuf {
        self.0.join("target")
    }

    pub(crate) fn cargo<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env::var_os("CARGO").expect("cargo runs benchmarks"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Returns the CPU seconds of building only these packages.
    pub(crate) fn seconds(&self, packages: &[&str], arguments: &[&str]) -> f64 {
        for package in packages {
            let profile = match arguments[0] {
                "check" => "dev",
                _ => "release",
            };
            run(&mut self.cargo(["clean", "--profile", profile, "--package", package]));
        }
        let before = Seconds::of_children();
        run(&mut self.cargo(arguments));
        let seconds = Seconds::since(before);
        seconds.user + seconds.system
    }

    /// Returns the CPU seconds of the release build of a program.
    pub(crate) fn program(&self, packages: &[&str], program: &str, feature: &str) -> f64 {
        let mut arguments = vec!["build", "--release", "--package", program];
        if !feature.is_empty() {
            arguments.extend(["--features", feature]);
        }
        self.seconds(packages, &arguments)
    }

    /// Returns the CPU seconds of a full build of a program.
    pub(crate) fn program_from_nothing(&self, program: &str, feature: &str) -> f64 {
        fs::remove_dir_all(self.target()).expect("something was built before");
        self.program(&[], program, feature)
    }

    pub(crate) fn size(&self, program: &str) -> u64 {
        let path = self.target().join("release").join(program);
        fs::metadata(path).expect("the program was built").len()
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
