//! Measures the time of common commands: start, help, dry run, completion, search.
//!
//! Run it with `cargo bench -p tc3-cli`, which builds the release. It prints the minimum time and the maximum memory of some
//! runs, and their ratio to `true` and to the vendor's `tccli` if it is installed. If `perf` or `valgrind` is available, it
//! also prints the number of instructions, which does not depend on the load of the machine. Fails if a limit is exceeded.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use wait4::Wait4 as _;

/// Number of runs, of which the fastest counts.
const RUNS: u32 = 20;
/// Limits of the time of a command and of a search, and of memory.
const MAX_TIME: Duration = Duration::from_millis(10);
const MAX_SEARCH_TIME: Duration = Duration::from_millis(50);
const MAX_MEMORY: u64 = 20 * 1024 * 1024;
/// Limit of the size of the program.
const MAX_SIZE: u64 = 14 * 1024 * 1024;

/// Separator before the words of a line for completion.
const COMPLETE: &str = "--";

/// The minimum time and the maximum memory of some runs.
struct Cost {
    time: Duration,
    memory: u64,
}

/// Counter of instructions: a command before the program's, and the name of the count in its output.
struct Counter {
    command: &'static [&'static str],
    name: &'static str,
}

const COUNTERS: [Counter; 2] = [
    Counter {
        command: &[
            "perf",
            "stat",
            "--field-separator",
            " ",
            "--event",
            "instructions:u",
        ],
        name: "instructions",
    },
    Counter {
        command: &[
            "valgrind",
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
        ],
        name: "refs:",
    },
];

fn main() -> ExitCode {
    let program = release_build();
    let program = program.to_str().expect("a path in UTF-8");
    let size = fs::metadata(program).expect("the program").len();
    println!(
        "size: {:.1} MB (≤ {:.0})",
        megabytes(size),
        megabytes(MAX_SIZE)
    );
    let floor = measure(Command::new("true"), RUNS).expect("the command `true`");
    println!("true: {:.2} ms", milliseconds(floor.time));
    let tccli = tccli(Path::new(env!("CARGO_BIN_EXE_tc3")));
    if tccli.is_none() {
        println!("tccli is not installed; .ci/run installs it for comparison");
    }
    let counter = COUNTERS
        .iter()
        .find(|counter| counter.count(Command::new("true")).is_some());
    if counter.is_none() {
        println!("instructions are not counted; install perf or valgrind");
    }
    let mut is_within = size <= MAX_SIZE;
    // Arguments of tc3, and those of tccli, which are empty if it lacks the command.
    let cases: [(&[&str], &[&str]); 12] = [
        (&["--version"], &["--version"]),
        (&["--help"], &["help"]),
        (&["cvm", "--help"], &["cvm", "help"]),
        (&["csip", "--help"], &["csip", "help"]),
        (
            &["cvm", "RunInstances", "--help"],
            &["cvm", "RunInstances", "help"],
        ),
        (
            &["cvm", "DescribeInstances", "--Limit", "5", "--dry-run"],
            &[],
        ),
        (&[COMPLETE, "tc3", ""], &[COMPLETE, "tccli", "c"]),
        (
            &[COMPLETE, "tc3", "cvm", "RunInst"],
            &[COMPLETE, "tccli", "cvm", "RunInst"],
        ),
        // tccli's completion of large services takes minutes.
        (&[COMPLETE, "tc3", "csip", ""], &[]),
        (&[COMPLETE, "tc3", "mps", "ProcessMedia", "--"], &[]),
        (&["explain", "cvm.Placement"], &[]),
        (&["search", "descirbe", "instance", "cvm"], &[]),
    ];
    for (arguments, peer) in cases {
        let cost = measure(tc3_command(program, arguments), RUNS).expect("the program");
        let limit = match arguments[0] {
            "search" => MAX_SEARCH_TIME,
            _ => MAX_TIME,
        };
        is_within &= cost.time <= limit && cost.memory <= MAX_MEMORY;
        let mut line = format!(
            "{}: {:.2} ms (≤ {}), {:.1} times `true`, {:.1} MB (≤ {:.0})",
            label(arguments),
            milliseconds(cost.time),
            limit.as_millis(),
            cost.time.as_secs_f64() / floor.time.as_secs_f64(),
            megabytes(cost.memory),
            megabytes(MAX_MEMORY),
        );
        let instructions =
            counter.and_then(|counter| counter.count(tc3_command(program, arguments)));
        if let Some(instructions) = instructions {
            line += &format!(", {:.1} million instructions", instructions / 1e6);
        }
        let peer = tccli
            .as_ref()
            .filter(|_| !peer.is_empty())
            .map(|tccli| tccli_command(tccli, peer));
        if let Some(of_peer) = peer.and_then(|command| measure(command, RUNS / 4)) {
            let ratio = of_peer.time.as_secs_f64() / cost.time.as_secs_f64();
            line += &format!(
                "; tccli {:.0} ms, {ratio:.0} times",
                milliseconds(of_peer.time)
            );
        }
        println!("{line}");
    }
    match is_within {
        true => ExitCode::SUCCESS,
        false => {
            println!("a limit is exceeded");
            ExitCode::FAILURE
        }
    }
}

/// Returns the command line as a user types it.
fn label(arguments: &[&str]) -> String {
    match arguments {
        [COMPLETE, line @ ..] => format!("{}<TAB>", line.join(" ")),
        arguments => format!("tc3 {}", arguments.join(" ")),
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Builds the release of the program. The first build takes minutes.
fn release_build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("released");
    let mut build = Command::new(env::var_os("CARGO").expect("cargo runs the benchmark"));
    build.args(["build", "--quiet", "--release", "--package", "tc3-cli"]);
    let status = build.arg("--target-dir").arg(&target).status();
    assert!(status.expect("cargo starts").success());
    target
        .join("release/tc3")
        .with_extension(env::consts::EXE_EXTENSION)
}

/// Finds tccli: the user's, or the one that `.ci/run` installs.
fn tccli(program: &Path) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let target = program
        .ancestors()
        .nth(2)
        .map(|target| target.join("python-sdk/bin"));
    let folders = env::split_paths(&path).chain(target);
    let mut programs = folders.map(|folder| folder.join("tccli"));
    programs.find(|path| path.is_file())
}

/// Returns a command of this program.
fn tc3_command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("TENCENTCLOUD_SECRET_ID", "AKIDBENCH")
        .env("TENCENTCLOUD_SECRET_KEY", "bench")
        .env("HOME", env::temp_dir());
    if arguments.first() == Some(&COMPLETE) {
        command.env("TC3_COMPLETE", "fish");
    }
    command
}

/// Returns a command of tccli, which has a separate program for completion.
fn tccli_command(tccli: &Path, arguments: &[&str]) -> Command {
    let mut command = match arguments {
        [COMPLETE, line @ ..] => {
            let mut command = Command::new(tccli.with_file_name("tccli_completer"));
            command.env("COMP_LINE", line.join(" "));
            command
        }
        arguments => {
            let mut command = Command::new(tccli);
            command.args(arguments);
            command
        }
    };
    command.env("HOME", env::temp_dir());
    command
}

/// Runs a command some times; `None` if it cannot be run.
fn measure(mut command: Command, runs: u32) -> Option<Cost> {
    let mut cost = Cost {
        time: Duration::MAX,
        memory: 0,
    };
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for _ in 0..runs {
        let start = Instant::now();
        let mut child = command.spawn().ok()?;
        let used = child.wait4().ok()?;
        cost.time = cost.time.min(start.elapsed());
        cost.memory = cost.memory.max(used.rusage.maxrss);
    }
    Some(cost)
}

impl Counter {
    /// Counts the instructions of a command; `None` if that is impossible.
    fn count(&self, command: Command) -> Option<f64> {
        let [counter, arguments @ ..] = self.command else {
            return None;
        };
        let mut counting = Command::new(counter);
        counting
            .args(arguments)
            .arg(command.get_program())
            .args(command.get_args());
        counting.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        let output = counting.stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stderr);
        let (before, after) = text.lines().find_map(|line| line.split_once(self.name))?;
        // perf prints the count before the name, valgrind after it and with commas.
        let mut counts = [before, after].into_iter();
        counts.find_map(|count| count.replace(',', "").trim().parse().ok())
    }
}
