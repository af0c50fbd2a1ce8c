//! `tc3 docs`: descriptions and examples of the vendor's package.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tc3_catalogue::{Texts, TextsBuilder};
use tc3_import::{Options as Importing, Package};
use tc3_spec::{Imported, Site};

use crate::failure::Failure;
use crate::progress::Progress;
use crate::terminal::{print_data, print_stderr, print_text};
use crate::texts;

/// The commands of `tc3 docs`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Import descriptions and examples from the vendor's package on PyPI, tccli-intl-en or tccli.
    ///
    /// Replaces earlier imports for the site. Without `--site`, the name of the package determines the site.
    Import(Import),
    /// List the imported texts of all sites.
    List(List),
    /// Remove the imported texts of a site.
    Remove,
}

/// Arguments of `tc3 docs import`.
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The wheel, or a folder with its content.
    #[arg(value_name = "WHEEL")]
    wheel: PathBuf,
}

/// Arguments of `tc3 docs list`.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs a command. `option` is the value of `--site`; `site` also considers the profile and the environment.
pub(crate) fn run(
    command: &Command,
    option: Option<Site>,
    site: impl FnOnce() -> Result<Site, Failure>,
) -> Result<ExitCode, Failure> {
    match command {
        Command::Import(arguments) => import(option, &arguments.wheel)?,
        Command::List(arguments) => list(arguments.json)?,
        Command::Remove => remove(site()?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Imports a package.
fn import(site: Option<Site>, wheel: &Path) -> Result<(), Failure> {
    let failed = |error: tc3_import::Error| Failure::not_sent(error.to_string());
    let package = Package::open(wheel).map_err(failed)?;
    let releases = package.releases().map_err(failed)?;
    let distribution = package.distribution().map_err(failed)?;
    let site = match (site, &distribution) {
        (Some(site), _) => site,
        (None, Some(distribution)) => distribution.site(),
        (None, None) => {
            let problem = "the metadata of the package has no name; set the site with --site";
            return Err(Failure::usage(problem));
        }
    };
    let path = file(site)?;
    let options = Importing {
        site,
        facts_only: false,
    };
    let progress = Progress::new();
    let mut builder = TextsBuilder::new();
    let mut ignored = 0;
    for (done, release) in releases.iter().enumerate() {
        progress.show(&format!(
            "reading {} ({}/{})",
            release.folder,
            done + 1,
            releases.len()
        ));
        let import = package.import(release, options);
        let import = import.map_err(failed)?;
        ignored += import.warnings.len();
        builder.add(&import.spec);
    }
    progress.show("writing");
    let from = distribution.map_or_else(
        || Imported {
            package: "tccli".to_owned(),
            version: None,
        },
        |of| Imported {
            package: of.name,
            version: Some(of.version),
        },
    );
    let content = builder.build(site, &from);
    let content = content.map_err(|error| Failure::not_sent(error.to_string()))?;
    tc3_files::sweep_file(&path)
        .and_then(|()| tc3_files::replace(&path, content))
        .map_err(|error| Failure::not_sent(format!("cannot write {}: {error}", path.display())))?;
    drop(progress);
    if ignored > 0 {
        print_stderr(format_args!(
            "{ignored} parts of examples are invalid and left out"
        ));
    }
    Ok(print_text(&format!(
        "imported the texts of {} service versions of {site} from {from} to {}\n",
        releases.len(),
        path.display()
    ))?)
}

/// Lists the imported texts of each site.
fn list(is_json: bool) -> Result<(), Failure> {
    let mut lines = String::new();
    let mut values = Vec::new();
    for site in Site::ALL {
        let path = file(site)?;
        let (from, problem) = match Texts::open(&path) {
            Ok(None) => continue,
            Ok(Some(texts)) => (Some(texts.imported().to_string()), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        let status = from.as_ref().or(problem.as_ref());
        let status = status.map_or("", String::as_str);
        let (site_name, path_shown) = (site.name(), path.display());
        lines += &format!("{site_name}\t{status}\t{bytes} bytes\t{path_shown}\n");
        values.push(json!({
            "site": site.name(),
            "package": from,
            "problem": problem,
            "bytes": bytes,
            "path": path,
        }));
    }
    if is_json {
        return Ok(print_data(&format!("{:#}\n", Value::Array(values)))?);
    }
    if values.is_empty() {
        print_stderr(format_args!("nothing is imported; {}", texts::IMPORT_HINT));
    }
    Ok(print_text(&lines)?)
}

/// Removes the imported texts of a site.
fn remove(site: Site) -> Result<(), Failure> {
    let path = file(site)?;
    match fs::remove_file(&path) {
        Ok(()) => Ok(print_text(&format!("removed {}\n", path.display()))?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            print_stderr(format_args!("nothing is imported for {site}"));
            Ok(())
        }
        Err(error) => Err(Failure::not_sent(format!(
            "cannot remove {}: {error}",
            path.display()
        ))),
    }
}

fn file(site: Site) -> Result<PathBuf, Failure> {
    texts::path(site)
        .ok_or_else(|| Failure::not_sent("the home folder is unknown; set HOME or XDG_DATA_HOME"))
}
