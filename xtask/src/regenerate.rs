//! `cargo xtask regenerate`: pages to specs, specs to generated crates.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use tc3_spec::Spec;

use crate::changes::Changes;
use crate::diff;
use crate::files::{count, folders, say, tell};
use crate::lock::FolderLock;
use crate::removal;
use crate::service::{Service, SpecsFolder, Tally};
use crate::workers;

/// The folder of the generated crates. What is marked as generated there and is not generated any more goes, also
/// where a whole service is gone.
const GENERATED: &str = "generated";

/// Regenerates all specs and crates below `root`; with `check`, only says whether that would change anything.
///
/// Gives 1 if a page has an error or, without `allow_removal`, an action is gone (then nothing is written), or if `check`
/// found a difference.
///
/// # Errors
/// If a file cannot be read or written, or if the pages of a service contradict each other.
pub(crate) fn run(root: &Path, check: bool, allow_removal: bool) -> Result<ExitCode> {
    let specs = SpecsFolder {
        path: root.join("specs"),
        shown: "specs".to_owned(),
    };
    let generated = root.join(GENERATED);
    let written: &[&Path] = if check {
        &[]
    } else {
        &[&specs.path, &generated]
    };
    // A lock would make the folder.
    folders(&specs.path)?;
    let locks = written.iter().map(|folder| FolderLock::take(folder));
    let _locks = locks.collect::<Result<Vec<_>>>()?;
    let services = specs.services()?;
    let progress = progress(&services);
    let made = workers::map(&services, |service| make(service, &progress));
    progress.finish_and_clear();
    let mut tally = Tally::default();
    let mut plan = BTreeMap::new();
    let mut stale = Vec::new();
    let mut after = Vec::new();
    for (service, made) in services.iter().zip(made) {
        let made = made?;
        after.push((service.name.clone(), made.specs));
        for message in made.messages {
            tell(&message);
        }
        tally.add(made.tally);
        plan.extend(made.files);
        stale.extend(made.stale);
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
    for line in &tally.fixed {
        say(&format!("fixed {line}"));
    }
    for line in &tally.overrides {
        say(&format!("kept  {line}"));
    }
    for line in &tally.moved {
        say(&format!("moved {line}"));
    }
    let refusal = tally.refusal();
    let mut removals = tally.removals;
    if let Some(refusal) = refusal {
        removal::tell_errors(&removals);
        tell(refusal);
        return Ok(ExitCode::from(1));
    }
    let mut changes = Changes::find(root, plan, Some(Path::new(GENERATED)))?;
    changes.remove(stale)?;
    removals.extend(removal::of_generated(&changes, &removals));
    let may_go = removal::may_go(&removals, allow_removal, check);
    if !may_go && !check {
        return Ok(ExitCode::from(1));
    }
    let summary = changes.count();
    let changed = diff::changes_since(root, diff::specs_before(&specs.path)?, after, &removals)?;
    if check {
        if changes.is_empty() && may_go {
            say(&format!("check {summary}"));
            return Ok(ExitCode::SUCCESS);
        }
        say_lines(&changed);
        say_lines(&changes.diff());
        say(&format!("check {summary}"));
        // Where actions would go, what to do about that is told already.
        if may_go {
            tell(
                "error: specs or generated code are stale: run `cargo xtask regenerate` and commit what it changes\n",
            );
        }
        return Ok(ExitCode::from(1));
    }
    changes.write()?;
    say(&format!("wrote {summary}"));
    say_lines(&changed);
    Ok(ExitCode::SUCCESS)
}

/// Prints lines, if there are any.
fn say_lines(lines: &str) {
    if !lines.is_empty() {
        say(lines.trim_end());
    }
}

/// What came of one service.
struct Made {
    /// The specs and the crate, by their path below the root.
    files: BTreeMap<PathBuf, String>,
    /// Specs that nothing makes any more, by their path below the root.
    stale: Vec<PathBuf>,
    specs: Vec<Spec>,
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
    let stale = reading.stale.iter().map(|path| specs.join(path)).collect();
    Ok(Made {
        files,
        stale,
        specs: reading.specs,
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
