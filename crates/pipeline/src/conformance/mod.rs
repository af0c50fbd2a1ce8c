//! Checks the generated types against all documented responses.

mod compare;
mod program;
mod report;
mod responses;
mod table;

pub(crate) use compare::losses;
pub use report::Conformance;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use tc3_codegen::{GeneratedCrate, Runtime};
use tc3_import::{Options, Package, Release};

use program::{build, echo};
use responses::Service;

use crate::crates::{plan_crates, plan_manifest};
use crate::plan::Plan;
use crate::releases::{select, site};
use crate::runtime::of_crates;
use crate::workers;

/// Decodes every documented response of a package into its generated type, encodes it again, and compares the two.
///
/// The programs that decode and encode are generated and built in the folder `out`, with the runtime and the locked
/// dependencies of `workspace`.
///
/// # Errors
/// Fails if the package cannot be read, a file that is not generated would be overwritten, or the generated crates
/// cannot be built and run.
pub fn conformance(
    package: &Path,
    services: &[String],
    out: &Path,
    workspace: &Path,
) -> Result<Conformance> {
    let path = package;
    let package = Package::open(path)?;
    let releases = select(&package, services, path)?;
    let options = Options {
        site: site(&package)?,
        facts_only: false,
    };
    // The lock is kept until the crates have been built and run.
    let mut plan = Plan::default();
    plan.lock(out)?;
    let runtime = workspace.join("crates/runtime").display().to_string();
    let runtime = of_crates(&Runtime::Path(runtime), out)?;
    let make = |of: &(String, Vec<Release>)| make(&package, options, of, &runtime);
    let planned = plan_crates(&mut plan, out, &releases, |_| 0, make)?;
    let (names, services): (BTreeSet<String>, Vec<Service>) = planned.into_iter().unzip();
    plan_manifest(&mut plan, out, &names)?;
    plan.write()?;
    let lock = out.join("Cargo.lock");
    if !lock.exists() {
        // Builds with the dependency versions that the workspace was tested with.
        let from = workspace.join("Cargo.lock");
        fs::read(&from)
            .and_then(|text| tc3_files::replace(&lock, text))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    build(out)?;
    let echoes = workers::map(&services, |service| echo(service, out));
    let mut total = Conformance::default();
    for (service, echoes) in services.iter().zip(echoes) {
        total.count(service);
        for (response, echo) in service.well_formed().zip(echoes?) {
            total.add(&response, &echo);
        }
    }
    Ok(total)
}

/// Imports the versions of a service, and generates its program.
fn make(
    package: &Package,
    options: Options,
    (name, releases): &(String, Vec<Release>),
    runtime: &Runtime,
) -> Result<(String, GeneratedCrate, Service)> {
    let mut service = Service {
        name: name.clone(),
        specs: Vec::new(),
        unreadable: Vec::new(),
    };
    for release in releases {
        let import = package.import(release, options)?;
        let responses = import.warnings.iter();
        let responses = responses.filter(|warning| warning.at.ends_with("].output"));
        let lines = responses.map(|warning| format!("{name} {} {warning}", release.version));
        service.unreadable.extend(lines);
        service.specs.push(import.spec);
    }
    let generated = tc3_codegen::generate_echo(&service.specs, runtime)
        .with_context(|| format!("cannot generate the crate of {name}"))?;
    Ok((name.clone(), generated, service))
}
