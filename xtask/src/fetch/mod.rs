//! `cargo xtask fetch`: downloads documentation pages from the vendor's site.

mod report;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};
use tc3_fetch::{Event, Settings, Start, SystemClock, Target};
use tc3_pipeline::{FolderLock, SpecsFolder};
use url::Url;

use report::{print_event, summary_line};

use crate::print::{print_line, print_message};
use crate::progress::bar;
use crate::usage::existing;
use crate::workspace::in_workspace;

/// The options of `fetch`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Service of the pages: the first label of its domain name.
    #[arg(long, value_name = "NAME", value_parser = service)]
    service: String,
    /// Service version of the pages.
    #[arg(long, value_name = "DATE", value_parser = version)]
    version: String,
    #[command(flatten)]
    from: From,
    /// Folder of specs; default: `specs` of this workspace.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Maximum requests per second. The site's robots.txt may require fewer.
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = rate)]
    rate: Duration,
    /// Timeout of a request in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// Hours after which a page is checked for changes again.
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    max_age: u32,
}

/// The source of page URLs.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct From {
    /// URL of a page. Repeatable.
    #[arg(long = "url", value_name = "URL")]
    urls: Vec<Url>,
    /// File of page URLs, one per line; `#` starts a comment.
    #[arg(long, value_name = "FILE", value_parser = existing())]
    list: Option<PathBuf>,
    /// URL of a product's index page. Links are followed if their text is the name of an action, or the title of a page
    /// of data types or error codes.
    #[arg(long, value_name = "URL")]
    index: Option<Url>,
}

fn service(text: &str) -> Result<String> {
    if !tc3_spec::is_service(text) {
        bail!("expected lower-case letters and digits, like `organization`");
    }
    Ok(text.to_owned())
}

fn version(text: &str) -> Result<String> {
    if !tc3_spec::is_version(text) {
        bail!("expected a date, like 2021-03-31");
    }
    Ok(text.to_owned())
}

/// Parses requests per second into the interval between requests.
fn rate(text: &str) -> Result<Duration> {
    let rate: f64 = text.parse()?;
    if !(0.001..=1000.0).contains(&rate) {
        bail!("expected a number from 0.001 to 1000");
    }
    Ok(Duration::from_secs_f64(1.0 / rate))
}

/// Runs the command. Fails if a page was rejected or failed.
///
/// # Errors
/// Fails if nothing can be fetched from the site, or a file cannot be read or written. Pages fetched before are kept.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let start = arguments.from.start()?;
    let specs = match &arguments.specs {
        Some(path) => SpecsFolder::new(path),
        None => SpecsFolder::in_root(&in_workspace("")),
    };
    let shown = Path::new(&specs.shown).join(&arguments.service);
    let lock = FolderLock::take(&specs.path)?;
    lock.warning().into_iter().for_each(print_message);
    let settings = Settings {
        interval: arguments.rate,
        timeout: Duration::from_secs(arguments.timeout),
        max_age: Duration::from_secs(u64::from(arguments.max_age) * 60 * 60),
        root_certificates: env::var_os("SSL_CERT_FILE")
            .filter(|file| !file.is_empty())
            .map(PathBuf::from),
        ..Settings::default()
    };
    let target = Target {
        folder: &specs.path.join(&arguments.service),
        service: &arguments.service,
        version: &arguments.version,
    };
    let bar = bar();
    let report = |event: Event<'_>| {
        if let Event::Planned(pages) = event {
            bar.set_length(u64::try_from(pages).unwrap_or(u64::MAX));
        }
        if let Event::Page { .. } = event {
            bar.inc(1);
        }
        bar.suspend(|| print_event(&event, &shown));
    };
    let summary = tc3_fetch::fetch(&target, &start, &settings, &SystemClock, &report);
    bar.finish_and_clear();
    let summary = summary?;
    print_line(&summary_line(&summary));
    if summary.is_complete() {
        return Ok(ExitCode::SUCCESS);
    }
    print_message(
        "error: some pages are missing: existing pages are kept; run this again to fetch only the others\n",
    );
    Ok(ExitCode::from(1))
}

impl From {
    fn start(&self) -> Result<Start> {
        Ok(match (&self.index, &self.list) {
            (Some(index), _) => Start::Index(index.clone()),
            (None, Some(path)) => Start::Urls(tc3_fetch::read_list(path)?),
            (None, None) => Start::Urls(self.urls.clone()),
        })
    }
}
