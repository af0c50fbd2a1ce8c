//! Checks the generated types against all documented responses.

mod compare;
mod table;

pub(crate) use compare::losses;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fmt, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tc3_codegen::{GeneratedCrate, Runtime};
use tc3_import::{Options, Package, Release};
use tc3_spec::Spec;

use table::Deviations;

use crate::generate::{crates, manifest};
use crate::import::{select, site};
use crate::plan::Plan;
use crate::runtime::of_crates;
use crate::text::count;
use crate::workers;

/// The documented responses of one service.
struct Service {
    name: String,
    specs: Vec<Spec>,
    /// The invalid responses, one line each.
    unreadable: Vec<String>,
}

/// The result of the check. Its text lists every exception and a summary.
#[derive(Default)]
pub struct Conformance {
    services: usize,
    versions: usize,
    responses: usize,
    unreadable: usize,
    /// Responses that are errors of the service.
    errors: usize,
    whole: usize,
    nulls: usize,
    undocumented_nulls: usize,
    other_types: usize,
    unknown_fields: usize,
    exceptions: Vec<String>,
}

/// Decodes every documented response of a package into its generated type, encodes it again, and compares the two.
///
/// Generates and builds the programs that do so in the folder `out`, with the runtime and the locked dependencies of
/// `workspace`.
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
    let made = crates(&mut plan, out, &releases, |_| 0, make)?;
    let (names, services): (BTreeSet<String>, Vec<Service>) = made.into_iter().unzip();
    manifest(&mut plan, out, &names)?;
    plan.write()?;
    let lock = out.join("Cargo.lock");
    if !lock.exists() {
        // Builds with the dependency versions that the workspace was tested with.
        let from = workspace.join("Cargo.lock");
        fs::copy(&from, &lock).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    build(out)?;
    let echoes = workers::map(&services, |service| echo(service, out));
    let mut total = Conformance::default();
    for (service, echoes) in services.iter().zip(echoes) {
        total.count(service);
        for (response, echo) in service.well_formed().zip(echoes?) {
            total.judge(&response, &echo);
        }
    }
    Ok(total)
}

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

/// Builds all programs.
fn build(out: &Path) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "build",
            "--workspace",
            "--no-default-features",
            "--manifest-path",
        ])
        .arg(out.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", out.join("target"))
        // These many programs are never debugged, so the build skips debug information.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("the generated crates in {} do not build", out.display());
    }
    Ok(())
}

/// A documented response.
struct Response<'a> {
    spec: &'a Spec,
    action: &'a str,
    index: usize,
    /// `None` if it is not JSON.
    value: Option<&'a Value>,
    /// Whether it is an error of the service.
    is_error: bool,
}

impl Response<'_> {
    fn name(&self) -> String {
        let (service, version) = (&self.spec.service, &self.spec.version);
        format!("{service} {version} {}[{}]", self.action, self.index)
    }
}

impl Service {
    fn responses(&self) -> impl Iterator<Item = Response<'_>> {
        let actions = self.specs.iter().flat_map(|spec| {
            let actions = spec.actions.iter();
            actions.map(move |(name, action)| (spec, name, action))
        });
        actions.flat_map(|(spec, name, action)| {
            let examples = action.examples.iter().enumerate();
            examples.map(move |(index, example)| Response {
                spec,
                action: name,
                index,
                value: example.response.as_ref(),
                is_error: example
                    .response
                    .as_ref()
                    .is_some_and(|of| of.get("Error").is_some())
                    && !action.response.iter().any(|of| of.name == "Error"),
            })
        })
    }

    fn well_formed(&self) -> impl Iterator<Item = Response<'_>> {
        self.responses()
            .filter(|of| of.value.is_some() && !of.is_error)
    }
}

/// Runs a service's program. Returns each re-encoded response, or why it could not be decoded.
fn echo(service: &Service, out: &Path) -> Result<Vec<Result<Value, String>>> {
    let name = format!("tencentcloud-{}", service.name) + std::env::consts::EXE_SUFFIX;
    let program = out.join("target/debug").join(name);
    let context = || format!("cannot run {}", program.display());
    let mut child = Command::new(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(context)?;
    let mut input = String::new();
    for response in service.well_formed() {
        let value = response.value.unwrap_or(&Value::Null);
        let (version, action) = (&response.spec.version, response.action);
        let _ = writeln!(input, "{version}\t{action}\t{value}");
    }
    let mut stdin = child.stdin.take().with_context(context)?;
    // Writes from another thread, because the program writes while it reads and a full pipe would block both.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().with_context(context)?;
    let written = writer.join().unwrap_or(Ok(()));
    written.with_context(context)?;
    let text = String::from_utf8(output.stdout).with_context(context)?;
    let lines: Vec<&str> = text.lines().collect();
    if !output.status.success() || lines.len() != service.well_formed().count() {
        let (program, status) = (program.display(), output.status);
        bail!("{program} exited early: {status}");
    }
    let echoes = lines.into_iter().map(|line| match line.strip_prefix('\t') {
        Some(error) => Ok(Err(error.to_owned())),
        None => serde_json::from_str(line).map(Ok).with_context(context),
    });
    echoes.collect()
}

impl Conformance {
    fn except(&mut self, kind: &str, line: String) {
        self.exceptions.push(format!("{kind:<10} {line}"));
    }

    /// Counts the responses of a service, and lists the invalid ones.
    fn count(&mut self, service: &Service) {
        self.services += 1;
        self.versions += service.specs.len();
        for line in &service.unreadable {
            self.except("unreadable", line.clone());
        }
        for response in service.responses() {
            self.responses += 1;
            if response.value.is_none() {
                self.unreadable += 1;
            } else if response.is_error {
                self.errors += 1;
                let line = format!("{}: an error of the service", response.name());
                self.except("error", line);
            }
        }
    }

    fn judge(&mut self, response: &Response<'_>, echo: &Result<Value, String>) {
        let name = response.name();
        let value = response.value.unwrap_or(&Value::Null);
        let losses = match echo {
            Ok(written) => losses(value, written),
            Err(error) => vec![format!("cannot be decoded: {error}")],
        };
        if losses.is_empty() {
            self.whole += 1;
        }
        for loss in losses {
            self.except("lost", format!("{name}: {loss}"));
        }
        let found = Deviations::of(response.spec, response.action, value);
        self.nulls += usize::from(found.nulls > 0);
        let nulls = found.undocumented_nulls;
        for (kind, found, count) in [
            ("null", nulls, &mut self.undocumented_nulls),
            ("type", found.other_types, &mut self.other_types),
            ("field", found.unknown_fields, &mut self.unknown_fields),
        ] {
            *count += usize::from(!found.is_empty());
            let lines = found.iter();
            let lines = lines.map(|line| format!("{kind:<10} {name}: {line}"));
            self.exceptions.extend(lines);
        }
    }

    /// Whether all well-formed responses were decoded and encoded without loss.
    pub fn is_whole(&self) -> bool {
        self.whole == self.well_formed()
    }

    fn well_formed(&self) -> usize {
        self.responses - self.unreadable - self.errors
    }
}

impl fmt::Display for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let well_formed = self.well_formed();
        for line in &self.exceptions {
            writeln!(f, "{line}")?;
        }
        writeln!(
            f,
            "read  {} of {}: {}",
            count(self.versions, "version"),
            count(self.services, "service"),
            count(self.responses, "documented response"),
        )?;
        writeln!(
            f,
            "      {} unreadable, {} errors of the service, {well_formed} well-formed",
            self.unreadable, self.errors
        )?;
        writeln!(
            f,
            "whole {} of {well_formed}: decoded into the generated types and encoded again without loss",
            self.whole
        )?;
        write!(
            f,
            "      {} contain nulls, {} of them where the table does not allow it; {} contain a value of the wrong \
             type; {} contain a field that is not in the table",
            self.nulls, self.undocumented_nulls, self.other_types, self.unknown_fields
        )
    }
}
