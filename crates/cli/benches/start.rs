//! Measures what a user waits for: the start of the program, the help of an action, a dry run, a completion, a search.
//!
//! Run with `cargo bench -p tc3-cli`. Prints the least time and the most memory of some runs, and the ratio to `true` and, if
//! it is installed, to the vendor's `tccli`. Fails if a limit is exceeded.

use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use wait4::Wait4 as _;

/// The least of so many runs counts.
const RUNS: u32 = 20;
/// The limits of time, of a search, and of memory.
const TIME: Duration = Duration::from_millis(10);
const SEARCH: Duration = Duration::from_millis(50);
const MEMORY: u64 = 20 * 1024 * 1024;
/// The limit of the program's size.
const SIZE: u64 = 14 * 1024 * 1024;

/// What is before the words of a line that is completed.
const COMPLETE: &str = "--";

/// The least time and the most memory of some runs.
struct Cost {
    time: Duration,
    memory: u64,
}

fn main() -> ExitCode {
    let program = env!("CARGO_BIN_EXE_tc3");
    let size = stripped_size(program);
    println!(
        "size: {:.1} MB stripped (≤ {:.0})",
        megabytes(size),
        megabytes(SIZE)
    );
    let floor = measure("true", &[]).expect("the command `true`");
    println!("true: {:.2} ms", milliseconds(floor.time));
    let mut is_within = size <= SIZE;
    let help = ["cvm", "RunInstances", "--help"];
    let cases: [(&[&str], &[&str]); 9] = [
        (&["--version"], &["--version"]),
        (&["--help"], &["help"]),
        (&help, &["cvm", "RunInstances", "help"]),
        (
            &["cvm", "DescribeInstances", "--Limit", "5", "--dry-run"],
            &[],
        ),
        (&[COMPLETE, "tc3", ""], &[]),
        (&[COMPLETE, "tc3", "csip", ""], &[]),
        (&[COMPLETE, "tc3", "mps", "ProcessMedia", "--"], &[]),
        (&["explain", "cvm.Placement"], &[]),
        (&["search", "descirbe", "instance", "cvm"], &[]),
    ];
    for (arguments, peer) in cases {
        let cost = measure(program, arguments).expect("the program");
        let limit = match arguments[0] {
            "search" => SEARCH,
            _ => TIME,
        };
        is_within &= cost.time <= limit && cost.memory <= MEMORY;
        let mut line = format!(
            "{}: {:.2} ms (≤ {}), {:.1} times `true`, {:.1} MB (≤ {:.0})",
            label(arguments),
            milliseconds(cost.time),
            limit.as_millis(),
            cost.time.as_secs_f64() / floor.time.as_secs_f64(),
            megabytes(cost.memory),
            megabytes(MEMORY),
        );
        if let Some(of_peer) = measure("tccli", peer).filter(|_| !peer.is_empty()) {
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

/// Returns what a user types.
fn label(arguments: &[&str]) -> String {
    match arguments {
        [COMPLETE, line @ ..] => format!("{}<TAB>", line.join(" ")),
        arguments => format!("tc3 {}", arguments.join(" ")),
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

/// Returns the size of a program without its symbols; with them where there is no `strip`.
fn stripped_size(program: &str) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("tc3");
    let strip = Command::new("strip")
        .arg("-o")
        .arg(&copy)
        .arg(program)
        .status();
    let is_stripped = strip.is_ok_and(|status| status.success());
    let measured = if is_stripped { copy } else { program.into() };
    fs::metadata(measured).expect("the program").len()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Runs a command some times; `None` if there is no such command.
fn measure(program: &str, arguments: &[&str]) -> Option<Cost> {
    let mut cost = Cost {
        time: Duration::MAX,
        memory: 0,
    };
    let runs = if program == "tccli" { RUNS / 4 } else { RUNS };
    for _ in 0..runs {
        let start = Instant::now();
        let mut child = Command::new(program)
            .args(arguments)
            .env("TENCENTCLOUD_SECRET_ID", "AKIDBENCH")
            .env("TENCENTCLOUD_SECRET_KEY", "bench")
            .env("HOME", env::temp_dir())
            .envs((arguments.first() == Some(&COMPLETE)).then_some(("TC3_COMPLETE", "fish")))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let used = child.wait4().ok()?;
        cost.time = cost.time.min(start.elapsed());
        cost.memory = cost.memory.max(used.rusage.maxrss);
    }
    Some(cost)
}
