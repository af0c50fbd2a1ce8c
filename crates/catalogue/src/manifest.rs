//! The manifest: the contents of the file.
//!
//! ```text
//! intl tccli-intl-en 3.1.193.1
//! service version actions types parameters codes packed unpacked hash
//! advisor 2020-07-21 6 9 12 15 812 2904 8f3e0c7a5b1d2e46
//! index of names 43182 569812 0a1b2c3d4e5f6071
//! ```
//! The first line has the site and the packages of the vendor that the facts come from. Service versions are sorted. `packed`
//! and `unpacked` are the lengths of the section in bytes; the hash is that of the packed section.

use std::fmt::Write as _;
use std::str::{FromStr, SplitAsciiWhitespace};

use tc3_spec::{Imported, Site, is_service, is_version};

/// The manifest of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) site: Site,
    /// The packages that the facts come from; the first has the actions.
    pub(crate) packages: Vec<Imported>,
    /// The service versions, sorted.
    pub(crate) entries: Vec<Entry>,
    /// The index of names.
    pub(crate) index: Section,
}

/// A service version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) counts: Counts,
    pub(crate) section: Section,
}

/// The numbers of items in a service version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) actions: usize,
    pub(crate) types: usize,
    /// The parameters of all requests.
    pub(crate) parameters: usize,
    pub(crate) codes: usize,
}

/// A compressed part of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) packed: usize,
    pub(crate) unpacked: usize,
    pub(crate) hash: u64,
}

const COLUMNS: &str = "service version actions types parameters codes packed unpacked hash";
const INDEX: &str = "index of names ";

impl Manifest {
    /// Formats the manifest.
    pub(crate) fn to_text(&self) -> String {
        let mut text = self.site.name().to_owned();
        for package in &self.packages {
            let _ = write!(text, " {package}");
        }
        let _ = writeln!(text, "\n{COLUMNS}");
        for entry in &self.entries {
            let Counts {
                actions,
                types,
                parameters,
                codes,
            } = entry.counts;
            let _ = write!(text, "{} {} ", entry.service, entry.version);
            let _ = write!(text, "{actions} {types} {parameters} {codes} ");
            section_line(&mut text, &entry.section);
        }
        text.push_str(INDEX);
        section_line(&mut text, &self.index);
        text
    }

    /// Parses a manifest; fails with the number of the malformed line.
    pub(crate) fn parse(text: &str) -> Result<Manifest, String> {
        let invalid = |line: usize| format!("line {line} of the manifest cannot be read");
        let mut lines = text.lines();
        let (site, packages) = lines.next().and_then(head).ok_or_else(|| invalid(1))?;
        if lines.next() != Some(COLUMNS) {
            return Err(invalid(2));
        }
        let mut entries: Vec<Entry> = Vec::new();
        for (number, line) in (3..).zip(lines) {
            if let Some(rest) = line.strip_prefix(INDEX) {
                let index = section(&mut rest.split_ascii_whitespace());
                let index = index.ok_or_else(|| invalid(number))?;
                return Ok(Manifest {
                    site,
                    packages,
                    entries,
                    index,
                });
            }
            let entry = entry(line).ok_or_else(|| invalid(number))?;
            let key = |entry: &Entry| (entry.service.clone(), entry.version.clone());
            if entries.last().is_some_and(|last| key(last) >= key(&entry)) {
                return Err(format!("line {number} of the manifest is not sorted"));
            }
            entries.push(entry);
        }
        Err("the manifest has no end".to_owned())
    }
}

fn section_line(text: &mut String, section: &Section) {
    let Section {
        packed,
        unpacked,
        hash,
    } = section;
    let _ = writeln!(text, "{packed} {unpacked} {hash:016x}");
}

fn head(line: &str) -> Option<(Site, Vec<Imported>)> {
    let mut words = line.split_ascii_whitespace();
    let site = words.next()?.parse().ok()?;
    let mut packages = Vec::new();
    while let Some(package) = words.next() {
        packages.push(Imported {
            package: package.to_owned(),
            version: Some(words.next()?.to_owned()),
        });
    }
    (!packages.is_empty()).then_some((site, packages))
}

fn entry(line: &str) -> Option<Entry> {
    let mut words = line.split_ascii_whitespace();
    let service = words.next().filter(|name| is_service(name))?.to_owned();
    let version = words.next().filter(|date| is_version(date))?.to_owned();
    let counts = Counts {
        actions: number(&mut words)?,
        types: number(&mut words)?,
        parameters: number(&mut words)?,
        codes: number(&mut words)?,
    };
    let section = section(&mut words)?;
    Some(Entry {
        service,
        version,
        counts,
        section,
    })
}

fn section(words: &mut SplitAsciiWhitespace<'_>) -> Option<Section> {
    let section = Section {
        packed: number(words)?,
        unpacked: number(words)?,
        hash: u64::from_str_radix(words.next()?, 16).ok()?,
    };
    words.next().is_none().then_some(section)
}

fn number<N: FromStr>(words: &mut SplitAsciiWhitespace<'_>) -> Option<N> {
    words.next()?.parse().ok()
}
