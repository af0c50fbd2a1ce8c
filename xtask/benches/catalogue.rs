//! Measures importing the vendor's metadata and generating all crates. Prints, for about 10 %, 50 % and 100 % of the
//! actions, wall seconds, CPU seconds of the program and of the system, peak resident memory, seconds per thousand
//! actions, and the numbers of generated files and lines.
//!
//! Run with `cargo bench -p xtask --bench catalogue -- WHEEL [FOLDER]`; WHEEL is the package `tccli-intl-en` or
//! `tccli`. Times and memory are those of the commands `import` and `generate` on Linux. If the user seconds per
//! thousand actions are equal for all shares, the cost is linear.
//!
//! Wall and system time depend on the disk. To exclude it, choose an existing FOLDER in memory; files are written to
//! its subfolder `catalogue`.

mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use measure::{Lines, Seconds, load};
use tc3_spec::Spec;

/// The repetitions of each command; the minimum time and the maximum memory count. Shares take turns.
const RUNS: usize = 5;

fn main() {
    let mut arguments = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let Some(wheel) = arguments.next() else {
        eprintln!("expected a wheel: cargo bench -p xtask --bench catalogue -- WHEEL [FOLDER]");
        return;
    };
    let wheel = from_here(&wheel);
    let folder = arguments.next();
    let folder = folder.map_or_else(
        || env!("CARGO_TARGET_TMPDIR").into(),
        |path| from_here(&path),
    );
    let folder = folder.join("catalogue");
    println!("load of the machine: {}", load());
    println!(
        "{:<10}{:>8}{:>9}{:>9}{:>9}{:>7}{:>14}{:>14}{:>9}{:>10}",
        "",
        "actions",
        "wall s",
        "user s",
        "system s",
        "MB",
        "wall s / 1000",
        "user s / 1000",
        "files",
        "lines"
    );
    // The numbers of actions are known only after an import.
    let mut all = Share::default();
    all.run(&wheel, &folder);
    let services = actions(&folder.join("specs"));
    let total: usize = services.iter().map(|(_, actions)| actions).sum();
    let mut shares = [10, 50].map(|percent| Share::new(&services, total * percent / 100));
    for _ in 1..RUNS {
        for share in &mut shares {
            share.run(&wheel, &folder);
        }
        all.run(&wheel, &folder);
    }
    for share in &mut shares {
        share.run(&wheel, &folder);
    }
    for share in shares.iter().chain([&all]) {
        share.print();
    }
    println!("load of the machine: {}", load());
}

/// Some services and their costs.
#[derive(Default)]
struct Share {
    /// The names; empty for all services.
    services: Vec<String>,
    import: Cost,
    generate: Cost,
    actions: usize,
    files: usize,
    lines: Lines,
}

impl Share {
    /// Selects services in name order that together have about so many actions.
    fn new(services: &[(String, usize)], wanted: usize) -> Self {
        let mut share = Self::default();
        let mut actions = 0;
        for (name, of) in services {
            if actions + of <= wanted {
                actions += of;
                share.services.push(name.clone());
            }
        }
        share
    }

    /// Imports and generates the services once more.
    fn run(&mut self, wheel: &Path, folder: &Path) {
        let (specs, out) = (folder.join("specs"), folder.join("generated"));
        // Removes existing files, which the command would compare instead of write.
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(&specs).expect("a folder");
        fs::create_dir_all(&out).expect("a folder");
        let mut import = xtask("import");
        import.arg(wheel).arg("--specs").arg(&specs);
        for service in &self.services {
            import.args(["--service", service]);
        }
        if self.services.is_empty() {
            import.arg("--all");
        }
        self.import.improve(Cost::of(&mut import));
        let mut generate = xtask("generate");
        generate.arg("--specs").arg(&specs).arg("--out").arg(&out);
        self.generate.improve(Cost::of(&mut generate));
        self.actions = actions(&specs).iter().map(|(_, actions)| actions).sum();
        (self.files, self.lines) = count(&out);
    }

    fn print(&self) {
        let both = Cost {
            wall: self.import.wall + self.generate.wall,
            user: self.import.user + self.generate.user,
            system: self.import.system + self.generate.system,
            kilobytes: self.import.kilobytes.max(self.generate.kilobytes),
        };
        let thousands = self.actions as f64 / 1000.0;
        let print = |name: &str, cost: Cost, made: String| {
            println!(
                "{name:<10}{:>8}{:>9.2}{:>9.2}{:>9.2}{:>7.0}{:>14.3}{:>14.3}{made}",
                self.actions,
                cost.wall,
                cost.user,
                cost.system,
                cost.kilobytes as f64 / 1024.0,
                cost.wall / thousands,
                cost.user / thousands,
            );
        };
        print("import", self.import, String::new());
        print("generate", self.generate, String::new());
        print(
            "together",
            both,
            format!("{:>9}{:>10}", self.files, self.lines.all),
        );
    }
}

/// Resolves a path of the command line. Benchmarks run in the folder of the package, not of the caller.
fn from_here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn xtask(command: &str) -> Command {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask
        .arg(command)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    xtask
}

/// The costs of a command.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    user: f64,
    system: f64,
    kilobytes: u64,
}

impl Cost {
    fn of(command: &mut Command) -> Self {
        let (start, before) = (Instant::now(), Seconds::of_children());
        let mut child = command.spawn().expect("the command starts");
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        let mut kilobytes = 0;
        let end = loop {
            if let Some(end) = child.try_wait().expect("the command is ours") {
                break end;
            }
            // The system records the peak, so only growth after the last sample is missed.
            kilobytes = kilobytes.max(peak(&status).unwrap_or(0));
            thread::sleep(Duration::from_millis(2));
        };
        assert!(end.success(), "{command:?} failed");
        let wall = start.elapsed().as_secs_f64();
        let Seconds { user, system } = Seconds::since(before);
        Self {
            wall,
            user,
            system,
            kilobytes,
        }
    }

    /// Keeps the minimum of each time, and the maximum memory.
    fn improve(&mut self, other: Self) {
        self.wall = self.wall.min(other.wall);
        self.user = self.user.min(other.user);
        self.system = self.system.min(other.system);
        self.kilobytes = self.kilobytes.max(other.kilobytes);
    }
}

impl Default for Cost {
    fn default() -> Self {
        Self {
            wall: f64::INFINITY,
            user: f64::INFINITY,
            system: f64::INFINITY,
            kilobytes: 0,
        }
    }
}

/// Returns the peak memory of a process from its status; `None` if it has ended.
fn peak(status: &Path) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Returns the services in a folder of specs with their numbers of actions.
fn actions(specs: &Path) -> Vec<(String, usize)> {
    let mut services: Vec<_> = entries(specs)
        .into_iter()
        .map(|folder| {
            let name = folder.file_name().expect("folders have names");
            let files = Spec::files(&folder).expect("the specs are there");
            let specs = files.iter().map(|path| Spec::load(path).expect("a spec"));
            let actions = specs.map(|spec| spec.actions.len()).sum();
            (name.to_string_lossy().into_owned(), actions)
        })
        .collect();
    services.sort();
    services
}

/// Counts the files below a folder, and the lines of Rust files.
fn count(folder: &Path) -> (usize, Lines) {
    let (mut files, mut lines) = (0, Lines::default());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            if path.extension().is_some_and(|extension| extension == "rs") {
                lines.add(&fs::read_to_string(&path).expect("Rust is text"));
            }
        }
    }
    (files, lines)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}
