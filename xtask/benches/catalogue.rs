//! What it costs to import the vendor's metadata and to generate all its crates: prints, for about 10 %, 50 % and 100 % of
//! the actions, wall seconds, CPU seconds of the program and of the system, the peak of resident memory, the seconds for
//! each thousand actions, and how many files and lines were generated.
//!
//! `cargo bench -p xtask --bench catalogue -- WHEEL [FOLDER]`, where WHEEL is that of the package `tccli-intl-en` or
//! `tccli`. Time and memory are those of the commands `import` and `generate`, as Linux tells them. If the user's seconds
//! for each thousand actions are the same in all shares, the cost grows with the actions and no faster.
//!
//! Wall and system time are partly the disk's. To see the program's own, let FOLDER, which must be there, lie in memory:
//! the files are put into a folder `catalogue` in it.

mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use measure::{Lines, Seconds, load};
use tc3_spec::Spec;

/// How often each command runs; the least time counts, and the most memory. Shares take turns.
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
    // Nobody knows the actions of the services before they are imported.
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

/// Some of the services and what they cost.
#[derive(Default)]
struct Share {
    /// Their names; all of them if there is none.
    services: Vec<String>,
    import: Cost,
    generate: Cost,
    actions: usize,
    files: usize,
    lines: Lines,
}

impl Share {
    /// Services in the order of their names that have about so many actions together.
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

    /// Imports and generates them once more.
    fn run(&mut self, wheel: &Path, folder: &Path) {
        let (specs, out) = (folder.join("specs"), folder.join("generated"));
        // What is there already would be compared, and not written.
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

/// The path of what the caller names. Benchmarks run in their package's folder, and their callers in the repository's.
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

/// What a command took.
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
            // The system keeps the peak, so that what is missed is what was added since the last look.
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

    /// Keeps what is less of each time, and the most memory.
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

/// The most memory that a process has had, as its status tells it; none of one that has ended.
fn peak(status: &Path) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The services in a folder of specs, by name, with how many actions each has.
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

/// How many files there are below a folder, and the lines of those in Rust.
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
