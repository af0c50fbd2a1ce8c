//! A catalogue: the facts of every service of a site.

use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;
use std::{fmt, fs};

use tc3_spec::{Imported, Site, Spec, did_you_mean};

use crate::error::OpenError;
use crate::file::{self, Layout};
use crate::index::Index;
use crate::manifest::Entry;
use crate::search::{self, Hit};
use crate::{Error, facts};

/// The facts of every service of a site.
///
/// A service version is decompressed on demand and not cached. The index of names is cached after the first search.
pub struct Catalogue {
    bytes: Cow<'static, [u8]>,
    layout: Layout,
    index: OnceLock<Result<Index, Error>>,
}

impl Catalogue {
    /// Returns the catalogue of the international site.
    pub fn international() -> &'static Catalogue {
        Catalogue::of_site(Site::Intl)
    }

    /// Returns the catalogue of the site of mainland China.
    pub fn mainland() -> &'static Catalogue {
        Catalogue::of_site(Site::Mainland)
    }

    /// Returns the catalogue of a site.
    pub fn of_site(site: Site) -> &'static Catalogue {
        static INTL: OnceLock<Catalogue> = OnceLock::new();
        static MAINLAND: OnceLock<Catalogue> = OnceLock::new();
        let (catalogue, bytes): (_, &[u8]) = match site {
            Site::Intl => (&INTL, include_bytes!("../data/intl.bin")),
            Site::Mainland => (&MAINLAND, include_bytes!("../data/mainland.bin")),
        };
        // Tests read the whole catalogue, so it is valid unless the crate was modified.
        catalogue
            .get_or_init(|| Catalogue::new(bytes).expect("the catalogue in this crate is whole"))
    }

    /// Reads a catalogue file. Its sections are checked when they are read.
    ///
    /// # Errors
    /// Fails if the bytes are not a catalogue, or its manifest is damaged.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Catalogue, Error> {
        let bytes = bytes.into();
        let layout = file::read(&bytes)?;
        Ok(Catalogue {
            bytes,
            layout,
            index: OnceLock::new(),
        })
    }

    /// Reads the catalogue file at a path, which ends with `.bin`, and checks that the manifest beside it fits.
    ///
    /// # Errors
    /// Fails if a file cannot be read or is not a catalogue, or the manifest does not fit the file.
    pub fn open(path: &Path) -> Result<Catalogue, OpenError> {
        let read = |path: &Path| {
            fs::read(path).map_err(|cause| OpenError::Read {
                path: path.to_owned(),
                cause,
            })
        };
        let catalogue = Catalogue::new(read(path)?).map_err(|cause| OpenError::Catalogue {
            path: path.to_owned(),
            cause,
        })?;
        let manifest = path.with_extension("txt");
        if read(&manifest)? != catalogue.manifest().as_bytes() {
            return Err(OpenError::Mismatch {
                data: path.to_owned(),
                manifest,
            });
        }
        Ok(catalogue)
    }

    /// Returns the site.
    pub fn site(&self) -> Site {
        self.layout.manifest.site
    }

    /// Returns the packages of the vendor that the facts come from. The first has the actions.
    pub fn packages(&self) -> &[Imported] {
        &self.layout.manifest.packages
    }

    /// Returns the manifest, which is equal to the text file beside the data file.
    pub fn manifest(&self) -> &str {
        &self.layout.text
    }

    /// Returns the services, sorted.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        let entries = &self.layout.manifest.entries;
        let services = entries.chunk_by(|one, other| one.service == other.service);
        services.map(|versions| versions[0].service.as_str())
    }

    /// Returns the versions of a service, the newest last; nothing if the service is unknown.
    pub fn versions(&self, service: &str) -> impl Iterator<Item = &str> {
        let versions = self.of_service(service).iter();
        versions.map(|entry| entry.version.as_str())
    }

    /// Returns the given version, by default the newest.
    ///
    /// # Errors
    /// Fails if the service or the version is unknown; the error suggests similar names.
    pub fn version(&self, service: &str, version: Option<&str>) -> Result<&str, Error> {
        self.entry(service, version)
            .map(|(_, entry)| entry.version.as_str())
    }

    /// Reads the spec of a service version. It has no descriptions and examples.
    ///
    /// # Errors
    /// Fails if the service or the version is unknown, or the catalogue is damaged.
    pub fn load(&self, service: &str, version: &str) -> Result<Spec, Error> {
        let (text, entry) = self.text(service, version)?;
        let spec = facts::read(&text, service, version, None);
        match spec.map_err(|problem| damaged(entry, problem))? {
            Some(spec) => Ok(self.imported(spec)),
            None => Err(damaged(entry, "the section is empty".to_owned())),
        }
    }

    /// Reads the endpoint and the actions of a service version, without their parameters, in a fraction of the time of
    /// [`load`](Self::load).
    ///
    /// # Errors
    /// Fails if the service or the version is unknown, or the catalogue is damaged.
    pub fn outline(&self, service: &str, version: &str) -> Result<Spec, Error> {
        let (text, _) = self.text(service, version)?;
        Ok(facts::outline(&text, service, version))
    }

    /// Reads the spec of one action, with the data types that it reaches.
    ///
    /// # Errors
    /// Fails if the service, the version or the action is unknown, or the catalogue is damaged.
    pub fn action(&self, service: &str, version: &str, action: &str) -> Result<Spec, Error> {
        let (text, entry) = self.text(service, version)?;
        let spec = facts::read(&text, service, version, Some(action));
        if let Some(spec) = spec.map_err(|problem| damaged(entry, problem))? {
            return Ok(self.imported(spec));
        }
        let all = facts::outline(&text, service, version);
        Err(Error::UnknownAction {
            service: service.to_owned(),
            version: version.to_owned(),
            action: action.to_owned(),
            hint: did_you_mean(action, all.actions.keys().map(String::as_str)),
        })
    }

    /// Searches for services, actions, parameters of requests and data types, and returns the best hits, at most `limit`.
    ///
    /// Each word may be a part of a name in any case, or misspelled. All words must be in the name of an item, of its
    /// action or of its service. The order is deterministic: better hits first, then services, actions, data types and
    /// parameters.
    ///
    /// # Errors
    /// Fails if the index of names is damaged.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit<'_>>, Error> {
        let index = self.index.get_or_init(|| {
            let bytes = &self.bytes[self.layout.index.clone()];
            let text = file::unpack(bytes, &self.layout.manifest.index);
            let index = text.and_then(|text| Index::read(&text));
            index.map_err(|problem| Error::damaged("the index of names", problem))
        });
        match index {
            Ok(index) => Ok(search::search(index, words, limit)),
            Err(error) => Err(error.clone()),
        }
    }

    fn imported(&self, mut spec: Spec) -> Spec {
        spec.imported = self.packages().first().cloned();
        spec
    }

    fn of_service(&self, service: &str) -> &[Entry] {
        let entries = &self.layout.manifest.entries;
        let start = entries.partition_point(|entry| *entry.service < *service);
        let rest = &entries[start..];
        &rest[..rest.partition_point(|entry| entry.service == service)]
    }

    fn text(&self, service: &str, version: &str) -> Result<(String, &Entry), Error> {
        let (number, entry) = self.entry(service, Some(version))?;
        let bytes = &self.bytes[self.layout.entries[number].clone()];
        let text = file::unpack(bytes, &entry.section);
        Ok((text.map_err(|problem| damaged(entry, problem))?, entry))
    }

    /// Returns an entry and its number.
    fn entry(&self, service: &str, version: Option<&str>) -> Result<(usize, &Entry), Error> {
        let of_service = self.of_service(service);
        let found = match version {
            Some(version) => of_service.iter().find(|entry| entry.version == version),
            None => of_service.last(),
        };
        let entries = &self.layout.manifest.entries;
        let place = |entry: &Entry| entries.iter().position(|of| std::ptr::eq(of, entry));
        if let Some((number, entry)) = found.and_then(|entry| Some((place(entry)?, entry))) {
            return Ok((number, entry));
        }
        let (site, service) = (self.site(), service.to_owned());
        Err(match version {
            Some(version) if !of_service.is_empty() => Error::UnknownVersion {
                site,
                version: version.to_owned(),
                versions: self.versions(&service).map(str::to_owned).collect(),
                service,
            },
            _ => Error::UnknownService {
                hint: self.service_hint(&service),
                site,
                service,
            },
        })
    }

    fn service_hint(&self, service: &str) -> String {
        let others = Site::ALL.into_iter().filter(|site| *site != self.site());
        let mut others = others.filter(|site| {
            let mut versions = Catalogue::of_site(*site).versions(service);
            versions.next().is_some()
        });
        match others.next() {
            Some(site) => format!(", but {site} has it: choose the site `{}`", site.name()),
            None => did_you_mean(service, self.services()),
        }
    }
}

fn damaged(entry: &Entry, problem: String) -> Error {
    Error::damaged(format!("{} {}", entry.service, entry.version), problem)
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let manifest = &self.layout.manifest;
        f.debug_struct("Catalogue")
            .field("site", &manifest.site)
            .field("packages", &manifest.packages)
            .field("versions", &manifest.entries.len())
            .finish_non_exhaustive()
    }
}
