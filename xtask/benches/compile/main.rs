//! Measures the costs of the crate `tencentcloud-organization`, with all actions of all versions, for callers. Prints
//!
//! - the CPU seconds of `cargo check` of the crate, of its release build, and of the release build of the crate with a
//!   program that makes every call, with and without the feature `serde`; dependencies are built before;
//! - the lines per action, without comments, and the bytes that each action after the first adds to a stripped program;
//! - for a program that makes one call, the crate of all actions against a crate of this action only: the ratios of
//!   stripped size, of the CPU seconds of crate and program, and of those of a full build, both as measured and with the
//!   same time for the common dependencies.
//!
//! Run with `cargo bench -p xtask --bench compile [-- --aws]`. `--aws` also measures the crate `aws-sdk-organizations`,
//! fetched from the registry, in turns with ours, and prints the ratios per action. It takes minutes, with `--aws` a
//! quarter of an hour. CPU times come from the system, so this runs on Linux.

mod aws;
#[path = "../measure/mod.rs"]
mod measure;
mod programs;
mod service;
mod workspace;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use aws::{AWS, aws};
use measure::{Lines, load};
use programs::{Call, calls, program};
use service::{Compilation, Service};
use tc3_codegen::{GeneratedCrate, Runtime};
use tc3_spec::Spec;
use workspace::{OURS, Workspace};

/// The repetitions of each compilation; the minimum counts. All take turns.
const RUNS: usize = 3;
/// The repetitions of a full build.
const RUNS_FROM_NOTHING: usize = 2;
/// The call of one-call programs.
const ACTION: &str = "AddOrganizationMemberEmail";

fn main() {
    let with_aws = env::args().any(|argument| argument == "--aws");
    println!("load of the machine: {}", load());
    let specs = specs();
    let runtime = runtime();
    let crate_of = |actions: &[&str]| {
        tc3_codegen::generate_client(&specs, actions, &runtime).expect("specs are valid")
    };
    let whole = crate_of(&[]);
    let calls = calls(&specs, &whole);
    let one: Vec<Call> = calls
        .iter()
        .filter(|call| call.name == ACTION)
        .cloned()
        .collect();
    assert_eq!(one.len(), 1, "one action is called {ACTION}");
    let programs = [("all", program(&calls)), ("one", program(&one))];
    let ours = Workspace::ours("ours", &whole, &programs);
    let ours = Service {
        package: OURS,
        actions: calls.len(),
        lines: lines(&whole),
        workspace: ours,
    };
    let small = crate_of(&[ACTION]);
    let small = Workspace::ours("small", &small, &programs[1..]);
    let aws = with_aws.then(aws);

    let cost = costs(&ours, aws.as_ref());
    report(&ours, &cost);
    println!();
    one_call(&ours.workspace, &small);
    if let Some(aws) = &aws {
        println!();
        against(&ours, aws, &cost);
    }
    println!("load of the machine: {}", load());
}

type Costs = BTreeMap<(&'static str, Compilation, &'static str), f64>;

/// Returns the minimum CPU seconds of all compilations.
fn costs(ours: &Service, aws: Option<&Service>) -> Costs {
    let mut costs = Costs::new();
    // The first run builds the dependencies.
    for run in 0..=RUNS {
        for service in [Some(ours), aws].into_iter().flatten() {
            let features: &[&str] = if service.package == OURS {
                &["", "serde"]
            } else {
                &[""]
            };
            for feature in features {
                for compilation in [
                    Compilation::Check,
                    Compilation::Release,
                    Compilation::Program,
                ] {
                    let seconds = service.seconds(compilation, feature);
                    let key = (service.package, compilation, *feature);
                    let least = costs.entry(key).or_insert(f64::INFINITY);
                    if run > 0 {
                        *least = least.min(seconds);
                    }
                }
            }
        }
    }
    costs
}

/// Prints the costs of our crate.
fn report(ours: &Service, costs: &Costs) {
    println!("{OURS}, {} actions", ours.actions);
    let print = |what: &str, feature: &str, compilation| {
        let seconds = costs[&(OURS, compilation, feature)];
        let milliseconds = seconds * 1000.0 / ours.actions as f64;
        print_line(
            what,
            format!("{seconds:.2} CPU s, {milliseconds:.2} ms an action"),
        );
    };
    for (with, feature) in [("without serde", ""), ("with serde", "serde")] {
        print(
            &format!("check of the crate, {with}"),
            feature,
            Compilation::Check,
        );
        print(
            &format!("release of the crate, {with}"),
            feature,
            Compilation::Release,
        );
        print(
            &format!("release of crate and program, {with}"),
            feature,
            Compilation::Program,
        );
    }
    let an_action = |lines: usize| lines as f64 / ours.actions as f64;
    print_line(
        "lines an action without comments",
        format!(
            "{:.1}, without blank ones {:.1}",
            an_action(ours.lines.uncommented),
            an_action(ours.lines.code)
        ),
    );
    let [one, all] = ours.sizes();
    print_line(
        "stripped program",
        format!("{one} bytes with one call, {all} with all"),
    );
    print_line(
        "an action beyond the first",
        format!("{:.0} bytes", ours.bytes_an_action()),
    );
}

/// Prints the costs of the crate of all actions for a program that makes one call.
fn one_call(whole: &Workspace, small: &Workspace) {
    println!("one call, with the crate of all actions against that of one");
    let mut packages = [f64::INFINITY; 2];
    let mut everything = [f64::INFINITY; 2];
    let mut sizes = [0; 2];
    // Callers use the default features, which include serde.
    for run in 0..=RUNS {
        for (at, workspace) in [whole, small].into_iter().enumerate() {
            let seconds = workspace.program(&[OURS, "one"], "one", "serde");
            sizes[at] = workspace.size("one");
            if run > 0 {
                packages[at] = packages[at].min(seconds);
            }
        }
    }
    for _ in 0..RUNS_FROM_NOTHING {
        for (at, workspace) in [whole, small].into_iter().enumerate() {
            everything[at] = everything[at].min(workspace.program_from_nothing("one", "serde"));
        }
    }
    let ratio = |of: [f64; 2]| of[0] / of[1];
    let bytes = sizes.map(|bytes| bytes as f64);
    print_line(
        "stripped size",
        format!(
            "{:.3} times ({} and {} bytes)",
            ratio(bytes),
            sizes[0],
            sizes[1]
        ),
    );
    let seconds = |of: [f64; 2]| {
        format!(
            "{:.2} times ({:.2} and {:.2} CPU s)",
            ratio(of),
            of[0],
            of[1]
        )
    };
    print_line("release of crate and program", seconds(packages));
    print_line("release of everything from nothing", seconds(everything));
    // The rest is the same on both sides, and its variance is larger than the difference.
    let steady = (everything[1] + packages[0] - packages[1]) / everything[1];
    print_line(
        "the same, if all else takes the same",
        format!("{steady:.3} times"),
    );
}

/// Prints the costs per action, and the ratios to the AWS crate.
fn against(ours: &Service, aws: &Service, costs: &Costs) {
    println!(
        "an action of {OURS} ({}) against one of {AWS} ({})",
        ours.actions, aws.actions
    );
    let print = |what: &str, figures: [f64; 2], unit: &str| {
        let [ours, theirs] = figures;
        print_line(
            what,
            format!("1/{:.1} ({ours:.2} and {theirs:.2} {unit})", theirs / ours),
        );
    };
    for (what, compilation) in [
        ("check of the crate", Compilation::Check),
        ("release of the crate", Compilation::Release),
        ("release of crate and program", Compilation::Program),
    ] {
        let an_action = |service: &Service| {
            costs[&(service.package, compilation, "")] * 1000.0 / service.actions as f64
        };
        print(what, [an_action(ours), an_action(aws)], "CPU ms");
    }
    let lines = |service: &Service| service.lines.code as f64 / service.actions as f64;
    print("lines of code", [lines(ours), lines(aws)], "");
    let bytes = [ours.bytes_an_action(), aws.bytes_an_action()];
    print("an action beyond the first", bytes, "bytes");
}

fn print_line(what: &str, value: String) {
    println!("  {what:<48}{value}");
}

/// Returns the runtime of this repository.
fn runtime() -> Runtime {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/runtime");
    Runtime::Path(path.to_str().expect("the path is text").to_owned())
}

/// Loads the specs of all versions of the service.
fn specs() -> Vec<Spec> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/organization");
    let files = Spec::files(&folder).expect("the specs are there");
    let specs = files.iter().map(|path| Spec::load(path).expect("a spec"));
    specs.collect()
}

fn lines(generated: &GeneratedCrate) -> Lines {
    let mut lines = Lines::default();
    for (path, text) in &generated.files {
        if path.starts_with("src") {
            lines.add(text);
        }
    }
    lines
}
