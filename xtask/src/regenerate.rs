//! `cargo xtask regenerate`: pages to specs, specs to generated crates.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use tc3_docs::{Page, Severity};
use tc3_spec::{Fragment, Kept, Spec};

use crate::changes::Changes;
use crate::files::{files, say, tell};

/// The folder of the generated crates. What is marked as generated there and is not generated any more goes, also
/// where a whole service is gone.
const GENERATED: &str = "generated";

/// What was read, for the summary.
#[derive(Default)]
struct Tally {
    services: usize,
    pages: usize,
    actions: usize,
    types: usize,
    rows: usize,
    errors: usize,
    warnings: usize,
    /// Derived facts that somebody corrected in a spec, a line for each.
    overrides: Vec<String>,
}

/// Regenerates all specs and crates below `root`; with `check`, only says whether that would change anything.
///
/// Gives 1 if a page has an error (then nothing is written), or if `check` found a difference.
///
/// # Errors
/// If a file cannot be read or written, or if the pages of a service contradict each other.
pub(crate) fn run(root: &Path, check: bool) -> Result<ExitCode> {
    let mut tally = Tally::default();
    let mut plan = BTreeMap::new();
    let services = services(root)?;
    let progress = progress(&services);
    for service in &services {
        let specs = service.specs(root, &mut tally, &progress)?;
        tally.services += 1;
        if tally.errors > 0 {
            continue;
        }
        for spec in &specs {
            let text = spec
                .to_json()
                .with_context(|| format!("cannot write the spec of {}", service.name))?;
            plan.insert(
                Path::new("specs")
                    .join(&service.name)
                    .join(format!("{}.json", spec.version)),
                text,
            );
        }
        let folder = Path::new(GENERATED).join(&service.name);
        let generated = tc3_codegen::generate_crate(&specs)
            .with_context(|| format!("cannot generate the crate of {}", service.name))?;
        for undefined in &generated.undefined {
            tally.warnings += 1;
            tell(&format!("warning: {undefined}\n\n"));
        }
        plan.extend(
            generated
                .files
                .into_iter()
                .map(|(path, text)| (folder.join(path), text)),
        );
    }
    progress.finish_and_clear();
    say(&format!(
        "read  {} of {}: {}, {}, {}; {}, {}",
        count(tally.pages, "page"),
        count(tally.services, "service"),
        count(tally.actions, "action"),
        count(tally.types, "data type"),
        count(tally.rows, "row"),
        count(tally.errors, "error"),
        count(tally.warnings, "warning"),
    ));
    for line in &tally.overrides {
        say(&format!("kept  {line}"));
    }
    if tally.errors > 0 {
        tell("error: pages with errors cannot be trusted, so nothing was written\n");
        return Ok(ExitCode::from(1));
    }
    let changes = Changes::find(root, plan, Path::new(GENERATED))?;
    if check {
        if changes.is_empty() {
            say(&format!("check {}", changes.summary()));
            return Ok(ExitCode::SUCCESS);
        }
        say(changes.diff().trim_end());
        say(&format!("check {}", changes.summary()));
        tell(
            "error: specs or generated code are stale: run `cargo xtask regenerate` and commit what it changes\n",
        );
        return Ok(ExitCode::from(1));
    }
    changes.write()?;
    say(&format!("wrote {}", changes.summary()));
    Ok(ExitCode::SUCCESS)
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A service that has a folder in `specs`.
struct Service {
    name: String,
    /// The pages of each version that has a folder of pages, in sorted order.
    pages: BTreeMap<String, Vec<PathBuf>>,
    /// The versions that have a spec and no pages.
    imported: Vec<PathBuf>,
}

/// The services below `root`, in sorted order.
fn services(root: &Path) -> Result<Vec<Service>> {
    let folder = root.join("specs");
    let mut services = Vec::new();
    for path in folders(&folder)? {
        let pages_folder = path.join("pages");
        let mut pages = BTreeMap::new();
        if pages_folder.is_dir() {
            for version in folders(&pages_folder)? {
                let pages_of_version = files(&version)?;
                if !pages_of_version.is_empty() {
                    pages.insert(name(&version), pages_of_version);
                }
            }
        }
        let mut imported =
            Spec::files(&path).with_context(|| format!("cannot list {}", path.display()))?;
        imported.retain(|file| !pages.contains_key(&stem(file)));
        services.push(Service {
            name: name(&path),
            pages,
            imported,
        });
    }
    if services.is_empty() {
        bail!("no service has a folder in {}", folder.display());
    }
    Ok(services)
}

/// The folders in a folder that are not hidden, in sorted order.
fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", path.display());
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.path().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The version that a spec file is named after.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// A bar where somebody watches and there is enough to do for it to be seen.
fn progress(services: &[Service]) -> ProgressBar {
    const ENOUGH: usize = 200;
    let pages: usize = services
        .iter()
        .flat_map(|service| service.pages.values())
        .map(Vec::len)
        .sum();
    if pages < ENOUGH || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages  {msg}");
    let bar = ProgressBar::new(u64::try_from(pages).unwrap_or(u64::MAX));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// What somebody may have corrected in the spec `name`, if there is one already.
fn kept(root: &Path, name: &str) -> Result<Kept> {
    let text = match fs::read_to_string(root.join(name)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
    };
    Kept::from_json(&text).with_context(|| {
        format!("cannot keep what was corrected in {name}: mend the file, or remove it")
    })
}

/// Writes the derived facts into a spec, and tells where they are not what is derived.
fn derive(spec: &mut Spec, kept: &Kept, tally: &mut Tally, progress: &ProgressBar) {
    let derivation = spec.derive(kept);
    let version = format!("{} {}", spec.service, spec.version);
    for misfit in derivation.misfits {
        tally.warnings += 1;
        let text = format!("warning: {version} {misfit}; what is derived takes its place\n\n");
        progress.suspend(|| tell(&text));
    }
    let overrides = derivation.overrides.into_iter();
    tally
        .overrides
        .extend(overrides.map(|kept| format!("{version} {kept}")));
}

impl Service {
    /// The specs of all versions; incomplete where a page has an error, which `tally` then counts.
    fn specs(&self, root: &Path, tally: &mut Tally, progress: &ProgressBar) -> Result<Vec<Spec>> {
        let mut specs = Vec::new();
        for (version, paths) in &self.pages {
            // What the folders say is a source too: pages of data types and error codes name no version.
            let mut fragments = vec![Fragment {
                origin: format!("the folder specs/{}/pages/{version}", self.name),
                service: Some(self.name.clone()),
                version: Some(version.clone()),
                ..Fragment::default()
            }];
            for path in paths {
                progress.set_message(self.name.clone());
                let page = self.page(root, path, tally, progress)?;
                progress.inc(1);
                fragments.push(page.into_fragment());
            }
            if tally.errors > 0 {
                continue;
            }
            let name = format!("specs/{}/{version}.json", self.name);
            match Spec::merge(&name, &fragments) {
                Ok(mut spec) => {
                    derive(&mut spec, &kept(root, &name)?, tally, progress);
                    specs.push(spec);
                }
                Err(conflicts) => {
                    tally.errors += conflicts.len();
                    for conflict in conflicts {
                        progress.suspend(|| tell(&format!("error: {conflict}\n\n")));
                    }
                }
            }
        }
        for path in &self.imported {
            let mut spec = Spec::load(path)?;
            let expected = format!("specs/{}/{}.json", spec.service, spec.version);
            if !path.ends_with(&expected) {
                bail!(
                    "{} is the spec of {expected}: its name must say so",
                    path.display()
                );
            }
            tally.actions += spec.actions.len();
            tally.types += spec.types.len();
            derive(&mut spec, &Kept::default(), tally, progress);
            specs.push(spec);
        }
        specs.sort_by(|a, b| a.version.cmp(&b.version));
        Ok(specs)
    }

    /// Reads one page, prints its diagnostics and counts it.
    fn page(
        &self,
        root: &Path,
        path: &Path,
        tally: &mut Tally,
        progress: &ProgressBar,
    ) -> Result<Page> {
        let shown = path
            .strip_prefix(root)
            .unwrap_or(path)
            .display()
            .to_string()
            .replace('\\', "/");
        // In a spec, paths are relative to its own folder.
        let service = format!("specs/{}/", self.name);
        let relative = shown.strip_prefix(&service).unwrap_or(&shown);
        let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        let mut page = tc3_docs::parse(relative, &bytes);
        page.path = shown;
        let text = tc3_docs::render(&page, &bytes, io::stderr().is_terminal());
        if !text.is_empty() {
            progress.suspend(|| tell(&text));
        }
        let of = |severity: Severity| {
            page.diagnostics
                .iter()
                .filter(|found| found.severity == severity)
                .count()
        };
        tally.pages += 1;
        tally.actions += page.actions.len();
        tally.types += page.types.len();
        tally.rows += page.rows();
        tally.errors += of(Severity::Error);
        tally.warnings += of(Severity::Warning);
        Ok(page)
    }
}
