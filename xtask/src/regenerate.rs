//! `cargo xtask regenerate`: pages to specs, specs to generated crates.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};

use crate::changes::Changes;
use crate::files::{count, say, tell};
use crate::service::{Service, SpecsFolder, Tally};
use crate::workers;

/// The folder of the generated crates. What is marked as generated there and is not generated any more goes, also
/// where a whole service is gone.
const GENERATED: &str = "generated";

/// Regenerates all specs and crates below `root`; with `check`, only says whether that would change anything.
///
/// Gives 1 if a page has an error (then nothing is written), or if `check` found a difference.
///
/// # Errors
/// If a file cannot be read or written, or if the pages of a service contradict each other.
pub(crate) fn run(root: &Path, check: bool) -> Result<ExitCode> {
    let specs = SpecsFolder {
        path: root.join("specs"),
        shown: "specs".to_owned(),
    };
    let services = specs.services()?;
    let progress = progress(&services);
    let made = workers::map(&services, |service| make(service, &progress));
    progress.finish_and_clear();
    let mut tally = Tally::default();
    let mut plan = BTreeMap::new();
    for made in made {
        let made = made?;
        for message in made.messages {
            tell(&message);
        }
        tally.add(made.tally);
        plan.extend(made.files);
    }
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
    let changes = Changes::find(root, plan, Some(Path::new(GENERATED)))?;
    let summary = changes.count();
    if check {
        if changes.is_empty() {
            say(&format!("check {summary}"));
            return Ok(ExitCode::SUCCESS);
        }
        say(changes.diff().trim_end());
        say(&format!("check {summary}"));
        tell(
            "error: specs or generated code are stale: run `cargo xtask regenerate` and commit what it changes\n",
        );
        return Ok(ExitCode::from(1));
    }
    changes.write()?;
    say(&format!("wrote {summary}"));
    Ok(ExitCode::SUCCESS)
}

/// What came of one service.
struct Made {
    /// The specs and the crate, by their path below the root.
    files: BTreeMap<PathBuf, String>,
    messages: Vec<String>,
    tally: Tally,
}

fn make(service: &Service, progress: &ProgressBar) -> Result<Made> {
    let mut reading = service.read(&|| progress.inc(1))?;
    let specs = Path::new("specs");
    let files = std::mem::take(&mut reading.files).into_iter();
    let mut files: BTreeMap<_, _> = files.map(|(path, text)| (specs.join(path), text)).collect();
    if reading.tally.errors == 0 && !reading.specs.is_empty() {
        let generated = tc3_codegen::generate_crate(&reading.specs)
            .with_context(|| format!("cannot generate the crate of {}", service.name))?;
        for undefined in &generated.undefined {
            reading.warn(undefined.to_string());
        }
        let folder = Path::new(GENERATED).join(&service.name);
        let generated = generated.files.into_iter();
        files.extend(generated.map(|(path, text)| (folder.join(path), text)));
    }
    Ok(Made {
        files,
        messages: reading.messages,
        tally: reading.tally,
    })
}

/// A bar where somebody watches and there is enough to do for it to be seen.
fn progress(services: &[Service]) -> ProgressBar {
    const ENOUGH: usize = 200;
    let pages: usize = services.iter().map(Service::pages).sum();
    if pages < ENOUGH || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages");
    let bar = ProgressBar::new(u64::try_from(pages).unwrap_or(u64::MAX));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
