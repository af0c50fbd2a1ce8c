//! Measures reading and searching the catalogues: the minimum of some runs, in milliseconds, with the limit after `≤`.
//!
//! Run with `cargo bench -p tc3-catalogue`.

use std::hint::black_box;
use std::time::Instant;

use tc3_catalogue::Catalogue;

/// Number of runs of each measurement; the minimum counts.
const RUNS: usize = 20;
/// Limit of the median time to load a version.
const MEDIAN: f64 = 0.2;
/// Limit of the time to load the slowest version.
const SLOWEST: f64 = 2.0;
/// Limit of the time of a search.
const SEARCH: f64 = 20.0;

fn main() {
    let sites: [(_, &'static [u8]); 2] = [
        ("international", include_bytes!("../data/intl.bin")),
        ("mainland", include_bytes!("../data/mainland.bin")),
    ];
    for (name, bytes) in sites {
        let new = || Catalogue::new(bytes).expect("a catalogue");
        let open = milliseconds(RUNS, new);
        let first = milliseconds(RUNS, || new().search("cvm", 20).expect("an index").len());
        let catalogue = new();
        let versions = catalogue.services().flat_map(|service| {
            let versions = catalogue.versions(service);
            versions.map(move |version| (service, version))
        });
        let versions: Vec<_> = versions.collect();
        let mut loads: Vec<_> = versions
            .iter()
            .map(|(service, version)| {
                let load = || catalogue.load(service, version).expect("a spec");
                (milliseconds(RUNS, load), *service)
            })
            .collect();
        loads.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (median, (most, slowest)) = (loads[loads.len() / 2].0, loads[loads.len() - 1]);
        println!("{name}: {} versions, open {open:.2}", versions.len());
        println!(
            "  load: median {median:.3} ≤ {MEDIAN}, slowest {most:.2} ≤ {SLOWEST} ({slowest})"
        );
        let (service, action) = ("cvm", "RunInstances");
        let version = catalogue.versions(service).last().expect("a version");
        let one = || {
            catalogue
                .action(service, version, action)
                .expect("an action")
        };
        let one = milliseconds(RUNS, one);
        println!("  action {service} {action}: {one:.2}");
        println!("  open and first search: {first:.2} ≤ {SEARCH}");
        for words in [
            "runinstances",
            "describe instance",
            "descirbe instnaces cvm",
            "id",
            "modify security group policies instance",
        ] {
            let time = milliseconds(RUNS, || catalogue.search(words, 20).expect("an index"));
            println!("  search `{words}`: {time:.2} ≤ {SEARCH}");
        }
    }
}

/// Returns the minimum time of some runs, without the time to drop the result.
fn milliseconds<R>(runs: usize, run: impl Fn() -> R) -> f64 {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        let result = black_box(run());
        let time = start.elapsed();
        drop(result);
        time.as_secs_f64() * 1e3
    });
    times.fold(f64::INFINITY, f64::min)
}
