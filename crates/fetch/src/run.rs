//! One run: from addresses to pages in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use tc3_parse::Subject;
use url::Url;

use crate::folder::Folder;
use crate::html::{is_web, links};
use crate::origins::{Origin, Timestamp, sha256};
use crate::site::{Answer, Site, Validators, without_fragment};
use crate::verdict::{Wanted, may_replace};
use crate::{Clock, Failure, FetchError, Refusal, Settings};

/// After this many pages in a row that the site did not answer for, it is left alone.
const MOST_SILENT: usize = 3;

/// Where pages are put.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The service's folder. It is made if it is not there. Nobody else may write pages there during a run.
    pub folder: &'a Path,
    /// The service's name.
    pub service: &'a str,
    /// The version whose pages are wanted.
    pub version: &'a str,
}

/// Where pages are found.
#[derive(Clone, Debug)]
pub enum Start {
    /// At these addresses.
    Urls(Vec<Url>),
    /// Where the page at this address links to.
    Index(Url),
}

/// What happens in a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many pages are looked at.
    Planned(usize),
    /// The site is asked again for an address behind some time.
    Waiting {
        /// The address.
        url: &'a Url,
        /// Why.
        cause: &'a str,
        /// How long.
        time: Duration,
    },
    /// A page is done with.
    Page {
        /// Its address.
        url: &'a Url,
        /// What came of it.
        outcome: &'a Outcome,
    },
    /// The index links a page of another site, which is not followed.
    NotFollowed(&'a Url),
    /// A page is there that the index does not list. It stays.
    Unlisted(&'a str),
}

/// What came of a page. Paths are those in the service's folder.
#[derive(Debug)]
pub enum Outcome {
    /// It was fetched, and it is another one than before.
    Fetched {
        /// Its path.
        path: String,
        /// Whether there was no page before.
        is_new: bool,
        /// In how many places it cannot be read. It is kept because there is no better one.
        errors: usize,
    },
    /// It is as it was.
    Unchanged,
    /// It was not asked for, as that was done a short time ago.
    Fresh,
    /// It was not taken.
    Refused(Refusal),
    /// It did not come.
    Failed(Failure),
    /// It was not asked for, as the site is to be left alone.
    NotAsked,
}

/// How many pages came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages that were fetched, and are others than before.
    pub fetched: usize,
    /// Those of them that were not there before.
    pub new: usize,
    /// Pages that are as they were.
    pub unchanged: usize,
    /// Pages that were not asked for, as that was done a short time ago.
    pub fresh: usize,
    /// Pages that were not taken.
    pub refused: usize,
    /// Pages that did not come.
    pub failed: usize,
    /// Pages that were not asked for, as the site is to be left alone.
    pub not_asked: usize,
    /// Pages that are there and that the index does not list.
    pub unlisted: usize,
}

impl Summary {
    /// Whether all pages that were wanted are there as the site has them.
    pub fn is_complete(&self) -> bool {
        self.refused + self.failed + self.not_asked == 0
    }

    fn count(&mut self, outcome: &Outcome) {
        let number = match outcome {
            Outcome::Fetched { is_new, .. } => {
                self.new += usize::from(*is_new);
                &mut self.fetched
            }
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Fresh => &mut self.fresh,
            Outcome::Refused(_) => &mut self.refused,
            Outcome::Failed(_) => &mut self.failed,
            Outcome::NotAsked => &mut self.not_asked,
        };
        *number += 1;
    }
}

/// A page that is wanted.
struct Item {
    url: Url,
    /// What the index says that it is about.
    listed: Option<Subject>,
}

/// Fetches pages. `tell` is called as things happen.
///
/// All that was fetched before an error stays.
///
/// # Errors
/// If there is nothing to fetch, if the site's `robots.txt` or the index page cannot be read, or if a file of the folder
/// cannot be read or written.
pub fn fetch(
    target: &Target<'_>,
    start: &Start,
    settings: &Settings,
    clock: &dyn Clock,
    tell: &dyn Fn(Event<'_>),
) -> Result<Summary, FetchError> {
    let first = match start {
        Start::Urls(urls) => urls.first().ok_or(FetchError::NoUrl)?,
        Start::Index(url) => url,
    };
    if !is_web(first) {
        return Err(FetchError::NoSite(first.clone()));
    }
    let mut run = Run {
        target,
        settings,
        clock,
        tell,
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
    tell(Event::Planned(items.len()));
    run.pages(&items)?;
    if matches!(start, Start::Index(_)) {
        run.unlisted(&items);
    }
    Ok(run.summary)
}

/// Each of the addresses once.
fn listed(urls: &[Url]) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let urls = urls.iter().cloned().map(without_fragment);
    let urls = urls.filter(|url| seen.insert(url.clone()));
    urls.map(|url| Item { url, listed: None }).collect()
}

struct Run<'a> {
    target: &'a Target<'a>,
    settings: &'a Settings,
    clock: &'a dyn Clock,
    tell: &'a dyn Fn(Event<'_>),
    /// An address of the one site that is asked.
    home: &'a Url,
    folder: Folder,
    /// Once something is to be asked of it.
    site: Option<Site<'a>>,
    /// Which address has the page of a subject.
    claims: BTreeMap<Subject, Url>,
    summary: Summary,
}

impl<'a> Run<'a> {
    fn site(&mut self) -> Result<&mut Site<'a>, FetchError> {
        if self.site.is_none() {
            let site = Site::open(self.home, self.settings, self.clock, self.tell)?;
            self.site = Some(site);
        }
        self.site
            .as_mut()
            .ok_or_else(|| FetchError::NoSite(self.home.clone()))
    }

    /// The pages that the index at an address links to.
    fn index(&mut self, url: &Url) -> Result<Vec<Item>, FetchError> {
        let answer = self.site()?.get(url, &Validators::default());
        let unusable = |cause: &dyn std::fmt::Display| FetchError::Index {
            url: url.clone(),
            cause: cause.to_string(),
        };
        let links = match answer {
            Answer::Page(bytes, _) => links(url, &bytes),
            Answer::Refused(refusal) => return Err(unusable(&refusal)),
            Answer::Failed(failure) => return Err(unusable(&failure)),
            Answer::Unchanged(_) => Vec::new(),
        };
        let (own, foreign): (Vec<_>, Vec<_>) = links
            .into_iter()
            .partition(|link| link.url.origin() == url.origin());
        for link in foreign {
            (self.tell)(Event::NotFollowed(&link.url));
        }
        if own.is_empty() {
            return Err(unusable(
                &"it links no page of an action, of data types or of error codes",
            ));
        }
        let items = own.into_iter().map(|link| Item {
            url: link.url,
            listed: Some(link.subject),
        });
        Ok(items.collect())
    }

    fn pages(&mut self, items: &[Item]) -> Result<(), FetchError> {
        // An address that had the page of a subject has it until the site says otherwise, as an index does.
        for item in items {
            if let Some((subject, ..)) = self.folder.known(&item.url)
                && item.listed.as_ref().is_none_or(|listed| listed == subject)
            {
                self.claims.insert(subject.clone(), item.url.clone());
            }
        }
        let ambiguous = self.ambiguous(items);
        let mut silent = 0;
        for item in items {
            let outcome = if silent >= MOST_SILENT {
                Outcome::NotAsked
            } else if let Some(subject) = item.listed.as_ref().filter(|of| ambiguous.contains(of)) {
                Outcome::Refused(Refusal::Ambiguous(subject.clone()))
            } else {
                self.page(item)?
            };
            match &outcome {
                Outcome::Failed(Failure::LeftAlone { .. }) => silent = MOST_SILENT,
                Outcome::Failed(Failure::Busy { .. } | Failure::Unreachable { .. }) => silent += 1,
                Outcome::NotAsked | Outcome::Fresh => {}
                _ => silent = 0,
            }
            self.summary.count(&outcome);
            (self.tell)(Event::Page {
                url: &item.url,
                outcome: &outcome,
            });
        }
        Ok(())
    }

    /// What the index lists at several addresses, where neither the pages nor what was fetched before tell which one it is.
    fn ambiguous<'i>(&self, items: &'i [Item]) -> BTreeSet<&'i Subject> {
        let mut seen = BTreeSet::new();
        let listed = items.iter().filter_map(|item| item.listed.as_ref());
        let unsaid =
            listed.filter(|of| !matches!(of, Subject::Action(_)) && !self.claims.contains_key(of));
        unsaid.filter(|subject| !seen.insert(*subject)).collect()
    }

    fn page(&mut self, item: &Item) -> Result<Outcome, FetchError> {
        if item.url.origin() != self.home.origin() {
            return Ok(Outcome::Refused(Refusal::OtherSite));
        }
        let now = Timestamp::new(self.clock.now());
        let known = self.folder.intact(&item.url);
        let known = known.map(|(subject, origin)| (subject.clone(), origin.clone()));
        let validators = known
            .as_ref()
            .map_or(Validators::default(), |(_, origin)| Validators {
                etag: origin.etag.clone(),
                last_modified: origin.last_modified.clone(),
            });
        if let Some((_, origin)) = &known
            && self.is_fresh(origin, now)
        {
            return Ok(Outcome::Fresh);
        }
        match (self.site()?.get(&item.url, &validators), known) {
            (Answer::Refused(refusal), _) => Ok(Outcome::Refused(refusal)),
            (Answer::Failed(failure), _) => Ok(Outcome::Failed(failure)),
            (Answer::Page(bytes, validators), _) => self.take(item, &bytes, validators),
            (Answer::Unchanged(new), Some((subject, mut origin))) => {
                origin.checked = Timestamp::new(self.clock.now());
                origin.etag = new.etag.or(origin.etag);
                origin.last_modified = new.last_modified.or(origin.last_modified);
                self.folder.confirm(&subject, origin)?;
                Ok(Outcome::Unchanged)
            }
            (Answer::Unchanged(_), None) => Ok(Outcome::Failed(Failure::Status(304))),
        }
    }

    fn is_fresh(&self, origin: &Origin, now: Timestamp) -> bool {
        let age = u64::try_from(origin.checked.seconds_to(now));
        age.is_ok_and(|age| age < self.settings.max_age.as_secs())
    }

    /// Judges a page, and keeps it if it is what it should be.
    fn take(
        &mut self,
        item: &Item,
        bytes: &[u8],
        validators: Validators,
    ) -> Result<Outcome, FetchError> {
        let page = tc3_parse::parse(item.url.as_str(), bytes);
        let subject = match self.judge(item, &page, bytes) {
            Ok(subject) => subject,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
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
        let of = page.diagnostics.iter();
        let errors = of
            .filter(|of| of.severity == tc3_parse::Severity::Error)
            .count();
        let is_new = !self.folder.pages().contains_key(&subject);
        let path = self.folder.place(&subject);
        self.claims.insert(subject.clone(), item.url.clone());
        let is_other = self.folder.put(subject, page, bytes, origin)?;
        if !is_other {
            return Ok(Outcome::Unchanged);
        }
        Ok(Outcome::Fetched {
            path,
            is_new,
            errors,
        })
    }

    /// Gives what the page is about, if it may be kept.
    fn judge(&self, item: &Item, page: &tc3_parse::Page, bytes: &[u8]) -> Result<Subject, Refusal> {
        let known = self.folder.known(&item.url);
        let wanted = Wanted {
            service: self.target.service,
            version: self.target.version,
            listed: item.listed.as_ref(),
            before: known.map(|(subject, existing, _)| (subject, existing.path.as_str())),
        };
        let subject = wanted.judge(page, bytes)?;
        if let Some(other) = self
            .claims
            .get(&subject)
            .filter(|other| **other != item.url)
        {
            return Err(Refusal::Twice {
                subject,
                other: other.clone(),
            });
        }
        if let Some(before) = self.folder.pages().get(&subject) {
            may_replace(page, bytes, before)?;
        }
        let place = self.folder.place(&subject);
        if self.folder.is_taken(&place, &subject) {
            return Err(Refusal::Taken {
                subject,
                path: place,
            });
        }
        Ok(subject)
    }

    /// Tells of the pages that are there and that the index does not list.
    fn unlisted(&mut self, items: &[Item]) {
        let listed: BTreeSet<&Subject> = items.iter().filter_map(|of| of.listed.as_ref()).collect();
        for (subject, existing) in self.folder.pages() {
            if !listed.contains(subject) {
                self.summary.unlisted += 1;
                (self.tell)(Event::Unlisted(&existing.path));
            }
        }
    }
}
