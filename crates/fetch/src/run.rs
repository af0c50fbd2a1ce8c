//! A fetch run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tc3_parse::Subject;
use url::Url;

use crate::folder::Folder;
use crate::html::{is_web, links};
use crate::origins::{Origin, Timestamp, sha256};
use crate::site::{PageResponse, RequestError, Site, Validators, without_fragment};
use crate::validation::{Expected, check_replacement};
use crate::{Event, Failure, FetchError, Outcome, Rejection, Settings, TimeSource};

/// The number of consecutive unanswered pages after which the run stops sending requests.
const MAX_UNANSWERED: usize = 3;

/// The destination of pages.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The service's folder, created if missing. No other process may write there during a run.
    pub folder: &'a Path,
    /// The service's name.
    pub service: &'a str,
    /// The expected version.
    pub version: &'a str,
}

/// The source of page URLs.
#[derive(Clone, Debug)]
pub enum Start {
    /// A list of URLs.
    Urls(Vec<Url>),
    /// The links of the index page at this URL.
    Index(Url),
}

/// The number of pages per outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Fetched pages with new content.
    pub fetched: usize,
    /// Fetched pages that did not exist before.
    pub new: usize,
    /// Unchanged pages.
    pub unchanged: usize,
    /// Pages not requested, because they were checked recently.
    pub fresh: usize,
    /// Rejected pages.
    pub rejected: usize,
    /// Pages that could not be fetched.
    pub failed: usize,
    /// Pages not requested, because the run stopped sending requests.
    pub not_requested: usize,
    /// Stored pages that are not in the index.
    pub unlisted: usize,
}

impl Summary {
    /// Whether all requested pages are stored and current.
    pub fn is_complete(&self) -> bool {
        self.rejected + self.failed + self.not_requested == 0
    }

    fn count(&mut self, outcome: &Outcome) {
        let number = match outcome {
            Outcome::Fetched { is_new, .. } => {
                self.new += usize::from(*is_new);
                &mut self.fetched
            }
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Fresh => &mut self.fresh,
            Outcome::Rejected(_) => &mut self.rejected,
            Outcome::Failed(_) => &mut self.failed,
            Outcome::NotRequested => &mut self.not_requested,
        };
        *number += 1;
    }
}

/// A requested page.
struct Item {
    url: Url,
    /// The subject in the index.
    listed: Option<Subject>,
}

/// Fetches pages and reports progress to `notify`.
///
/// Pages fetched before an error are kept. No other process may write to the folder, because temporary files in it are
/// removed.
///
/// # Errors
/// Fails if there is no HTTP URL, if the certificate authorities, `robots.txt` or the index page cannot be used, or if a
/// file of the folder cannot be read or written.
pub fn fetch(
    target: &Target<'_>,
    start: &Start,
    settings: &Settings,
    clock: &dyn TimeSource,
    notify: &dyn Fn(Event<'_>),
) -> Result<Summary, FetchError> {
    let first = match start {
        Start::Urls(urls) => urls.first().ok_or(FetchError::NoUrl)?,
        Start::Index(url) => url,
    };
    if !is_web(first) {
        return Err(FetchError::NotHttp(first.clone()));
    }
    let mut run = Run {
        target,
        settings,
        clock,
        notify,
        home: first,
        folder: Folder::open(target.folder, target.version)?,
        site: None,
        claims: BTreeMap::new(),
        summary: Summary::default(),
    };
    let items = match start {
        Start::Urls(urls) => listed(urls),
        Start::Index(url) => run.index(&without_fragment(url.clone()))?,
    };
    notify(Event::Planned(items.len()));
    run.pages(&items)?;
    if matches!(start, Start::Index(_)) {
        run.unlisted(&items);
    }
    Ok(run.summary)
}

/// Returns the pages at these URLs, without duplicates.
fn listed(urls: &[Url]) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let urls = urls.iter().cloned().map(without_fragment);
    let urls = urls.filter(|url| seen.insert(url.clone()));
    urls.map(|url| Item { url, listed: None }).collect()
}

struct Run<'a> {
    target: &'a Target<'a>,
    settings: &'a Settings,
    clock: &'a dyn TimeSource,
    notify: &'a dyn Fn(Event<'_>),
    /// The first URL, which determines the site.
    home: &'a Url,
    folder: Folder,
    /// The site; `None` before the first request.
    site: Option<Site<'a>>,
    /// The URL of each subject's page.
    claims: BTreeMap<Subject, Url>,
    summary: Summary,
}

impl<'a> Run<'a> {
    fn site(&mut self) -> Result<&mut Site<'a>, FetchError> {
        let site = match self.site.take() {
            Some(site) => site,
            None => Site::open(self.home, self.settings, self.clock, self.notify)?,
        };
        Ok(self.site.insert(site))
    }

    /// Returns the pages linked by an index page.
    fn index(&mut self, url: &Url) -> Result<Vec<Item>, FetchError> {
        let unusable = |cause: String| FetchError::Index {
            url: url.clone(),
            cause,
        };
        let links = match self.site()?.get(url, &Validators::default()) {
            Ok(PageResponse::Page(bytes, _)) => links(url, &bytes),
            // A request without validators has no such response.
            Ok(PageResponse::Unchanged(_)) => Vec::new(),
            Err(error) => return Err(unusable(error.to_string())),
        };
        let (own, foreign): (Vec<_>, Vec<_>) = links
            .into_iter()
            .partition(|link| link.url.origin() == url.origin());
        for link in foreign {
            (self.notify)(Event::NotFollowed(&link.url));
        }
        if own.is_empty() {
            let cause = "it has no link to a page of an action, data types or error codes";
            return Err(unusable(cause.to_owned()));
        }
        let items = own.into_iter().map(|link| Item {
            url: link.url,
            listed: Some(link.subject),
        });
        Ok(items.collect())
    }

    /// Fetches the pages.
    fn pages(&mut self, items: &[Item]) -> Result<(), FetchError> {
        // A URL keeps its subject from the last run, unless the index says otherwise.
        for item in items {
            if let Some((subject, ..)) = self.folder.fetched_from(&item.url)
                && item.listed.as_ref().is_none_or(|listed| listed == subject)
            {
                self.claims.insert(subject.clone(), item.url.clone());
            }
        }
        let ambiguous = self.ambiguous(items);
        let mut unanswered = 0;
        for item in items {
            let outcome = if unanswered >= MAX_UNANSWERED {
                Outcome::NotRequested
            } else if let Some(subject) = item
                .listed
                .as_ref()
                .filter(|subject| ambiguous.contains(subject))
            {
                Outcome::Rejected(Rejection::Ambiguous(subject.clone()))
            } else {
                self.page(item)?
            };
            match &outcome {
                Outcome::Failed(Failure::LongRetryAfter { .. }) => unanswered = MAX_UNANSWERED,
                Outcome::Failed(Failure::Busy { .. } | Failure::Unreachable { .. }) => {
                    unanswered += 1
                }
                Outcome::NotRequested | Outcome::Fresh => {}
                _ => unanswered = 0,
            }
            self.summary.count(&outcome);
            (self.notify)(Event::Page {
                url: &item.url,
                outcome: &outcome,
            });
        }
        Ok(())
    }

    /// Returns the subjects that the index lists several times, if their pages name no version and no earlier run selected
    /// one of them.
    fn ambiguous<'i>(&self, items: &'i [Item]) -> BTreeSet<&'i Subject> {
        let mut seen = BTreeSet::new();
        let listed = items.iter().filter_map(|item| item.listed.as_ref());
        let unknown = listed.filter(|subject| {
            !matches!(subject, Subject::Action(_)) && !self.claims.contains_key(subject)
        });
        unknown.filter(|subject| !seen.insert(*subject)).collect()
    }

    /// Fetches a page, unless it is fresh.
    fn page(&mut self, item: &Item) -> Result<Outcome, FetchError> {
        if item.url.origin() != self.home.origin() {
            return Ok(Outcome::Rejected(Rejection::OtherSite));
        }
        let now = Timestamp::new(self.clock.now());
        let known = self.folder.unmodified(&item.url);
        let known = known.map(|(subject, origin)| (subject.clone(), origin.clone()));
        if let Some((_, origin)) = &known
            && self.is_fresh(origin, now)
        {
            return Ok(Outcome::Fresh);
        }
        let validators = known
            .as_ref()
            .map_or(Validators::default(), |(_, origin)| Validators {
                etag: origin.etag.clone(),
                last_modified: origin.last_modified.clone(),
            });
        let response = match self.site()?.get(&item.url, &validators) {
            Ok(response) => response,
            Err(RequestError::Rejected(rejection)) => return Ok(Outcome::Rejected(rejection)),
            Err(RequestError::Failed(failure)) => return Ok(Outcome::Failed(failure)),
        };
        match (response, known) {
            (PageResponse::Page(bytes, validators), _) => self.store(item, &bytes, validators),
            (PageResponse::Unchanged(new), Some((subject, mut origin))) => {
                origin.checked = Timestamp::new(self.clock.now());
                origin.etag = new.etag.or(origin.etag);
                origin.last_modified = new.last_modified.or(origin.last_modified);
                self.folder.confirm(&subject, origin)?;
                Ok(Outcome::Unchanged)
            }
            (PageResponse::Unchanged(_), None) => Ok(Outcome::Failed(Failure::Status(304))),
        }
    }

    fn is_fresh(&self, origin: &Origin, now: Timestamp) -> bool {
        let age = u64::try_from(origin.checked.seconds_to(now));
        age.is_ok_and(|age| age < self.settings.max_age.as_secs())
    }

    /// Validates a page and stores it.
    fn store(
        &mut self,
        item: &Item,
        bytes: &[u8],
        validators: Validators,
    ) -> Result<Outcome, FetchError> {
        let page = tc3_parse::parse(item.url.as_str(), bytes);
        let subject = match self.validate(item, &page, bytes) {
            Ok(subject) => subject,
            Err(rejection) => return Ok(Outcome::Rejected(rejection)),
        };
        let now = Timestamp::new(self.clock.now());
        let origin = Origin {
            url: item.url.to_string(),
            fetched: now,
            checked: now,
            etag: validators.etag,
            last_modified: validators.last_modified,
            sha256: sha256(bytes),
        };
        let diagnostics = page.diagnostics.iter();
        let errors = diagnostics
            .filter(|diagnostic| diagnostic.severity == tc3_parse::Severity::Error)
            .count();
        let is_new = !self.folder.pages().contains_key(&subject);
        let path = self.folder.path_of(&subject);
        self.claims.insert(subject.clone(), item.url.clone());
        let has_changed = self.folder.put(subject, page, bytes, origin)?;
        if !has_changed {
            return Ok(Outcome::Unchanged);
        }
        Ok(Outcome::Fetched {
            path,
            is_new,
            errors,
        })
    }

    /// Returns the subject of the page if it may be stored.
    fn validate(
        &self,
        item: &Item,
        page: &tc3_parse::Page,
        bytes: &[u8],
    ) -> Result<Subject, Rejection> {
        let known = self.folder.fetched_from(&item.url);
        let expected = Expected {
            service: self.target.service,
            version: self.target.version,
            listed: item.listed.as_ref(),
            before: known.map(|(subject, existing, _)| (subject, existing.path.as_str())),
        };
        let subject = expected.validate(page, bytes)?;
        if let Some(other) = self
            .claims
            .get(&subject)
            .filter(|other| **other != item.url)
        {
            return Err(Rejection::Duplicate {
                subject,
                other: other.clone(),
            });
        }
        if let Some(before) = self.folder.pages().get(&subject) {
            check_replacement(page, bytes, before)?;
        }
        let path = self.folder.path_of(&subject);
        if self.folder.is_taken(&path, &subject) {
            return Err(Rejection::PathTaken { subject, path });
        }
        Ok(subject)
    }

    /// Reports stored pages that are not in the index.
    fn unlisted(&mut self, items: &[Item]) {
        let listed: BTreeSet<&Subject> = items
            .iter()
            .filter_map(|item| item.listed.as_ref())
            .collect();
        for (subject, existing) in self.folder.pages() {
            if !listed.contains(subject) {
                self.summary.unlisted += 1;
                (self.notify)(Event::Unlisted(&existing.path));
            }
        }
    }
}
