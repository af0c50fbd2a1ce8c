//! A test folder and a test clock.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tc3_fetch::{Event, FetchError, Settings, Start, Summary, Target, TimeSource, fetch};
use tempfile::TempDir;

use crate::site::Site;

/// 2020-01-02T03:04:05Z, the start of a clock.
pub(crate) const START: u64 = 1_577_934_245;

/// A clock that advances only by pauses.
pub(crate) struct TestClock {
    now: Cell<SystemTime>,
    /// The pauses since the last query.
    pauses: RefCell<Vec<Duration>>,
}

impl TestClock {
    pub(crate) fn advance(&self, seconds: u64) {
        self.now.set(self.now.get() + Duration::from_secs(seconds));
    }

    /// Returns the pauses since the last query, in seconds.
    pub(crate) fn pauses(&self) -> Vec<f64> {
        let pauses = self.pauses.take().into_iter();
        pauses.map(|pause| pause.as_secs_f64()).collect()
    }
}

impl TimeSource for TestClock {
    fn now(&self) -> SystemTime {
        self.now.get()
    }

    fn pause(&self, duration: Duration) {
        self.now.set(self.now.get() + duration);
        self.pauses.borrow_mut().push(duration);
    }
}

/// A service's folder, with settings and a clock.
pub(crate) struct TestFolder {
    _temporary: TempDir,
    pub(crate) root: PathBuf,
    pub(crate) settings: Settings,
    pub(crate) clock: TestClock,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct RunResult {
    pub(crate) summary: Summary,
    /// The events, as `path: outcome` for pages.
    pub(crate) lines: Vec<String>,
}

impl TestFolder {
    pub(crate) fn new() -> TestFolder {
        let folder = TempDir::new().expect("a folder");
        TestFolder {
            root: folder.path().join("thing"),
            _temporary: folder,
            settings: Settings::default(),
            clock: TestClock {
                now: Cell::new(UNIX_EPOCH + Duration::from_secs(START)),
                pauses: RefCell::default(),
            },
        }
    }

    /// Fetches the pages at these paths of the site.
    pub(crate) fn urls(&self, site: &Site, paths: &[&str]) -> RunResult {
        let urls = paths
            .iter()
            .map(|path| site.url(path).parse().expect("a URL"));
        self.run(site, &Start::Urls(urls.collect())).expect("a run")
    }

    /// Fetches the pages listed by the index at this path.
    pub(crate) fn index(&self, site: &Site, path: &str) -> RunResult {
        let start = Start::Index(site.url(path).parse().expect("a URL"));
        self.run(site, &start).expect("a run")
    }

    pub(crate) fn run(&self, site: &Site, start: &Start) -> Result<RunResult, FetchError> {
        let target = Target {
            folder: &self.root,
            service: "thing",
            version: "2020-01-02",
        };
        let lines = RefCell::new(Vec::new());
        let line = |url: &url::Url, words: String| {
            let text = format!("{url}: {words}").replace(&site.url("/"), "/");
            lines.borrow_mut().push(text);
        };
        let notify = |event: Event<'_>| match event {
            Event::Planned(_) => {}
            Event::Waiting { url, cause, wait } => {
                line(url, format!("{cause}, waits {} s", wait.as_secs()));
            }
            Event::Page { url, outcome } => line(url, words(outcome)),
            Event::NotFollowed(url) => line(url, "not followed".to_owned()),
            Event::Unlisted(path) => lines.borrow_mut().push(format!("unlisted {path}")),
        };
        let summary = fetch(&target, start, &self.settings, &self.clock, &notify)?;
        let lines = lines.into_inner();
        Ok(RunResult { summary, lines })
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("a file")
    }

    /// Returns the pages by name; checks that the folder contains nothing else but the origins.
    pub(crate) fn pages(&self) -> BTreeMap<String, String> {
        let mut pages = BTreeMap::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.expect("an entry").path();
                let name = path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if name != "pages.json" {
                    pages.insert(name, fs::read_to_string(path).expect("a page"));
                }
            }
        }
        pages
    }
}

fn words(outcome: &tc3_fetch::Outcome) -> String {
    use tc3_fetch::Outcome;
    match outcome {
        Outcome::Fetched {
            path,
            is_new,
            errors,
        } => {
            let new = if *is_new { "new" } else { "changed" };
            match errors {
                0 => format!("{new} {path}"),
                errors => format!("{new} {path} with {errors} errors"),
            }
        }
        Outcome::Unchanged => "unchanged".to_owned(),
        Outcome::Fresh => "fresh".to_owned(),
        Outcome::Rejected(rejection) => format!("rejected: {rejection}"),
        Outcome::Failed(failure) => format!("failed: {failure}"),
        Outcome::NotRequested => "not requested".to_owned(),
    }
}
