//! Search for error codes, which the catalogue's index does not have.

use std::sync::OnceLock;

use tc3_catalogue::Catalogue;
use tc3_spec::Site;

/// An error code of a service version.
pub(crate) struct Code {
    pub(super) code: String,
    pub(super) service: &'static str,
    pub(super) version: &'static str,
    /// The code in lower case.
    lower: String,
}

/// Returns the codes of a site. Loads them once, which takes a tenth of a second.
pub(crate) fn of_site(site: Site) -> &'static [Code] {
    static INTL: OnceLock<Vec<Code>> = OnceLock::new();
    static MAINLAND: OnceLock<Vec<Code>> = OnceLock::new();
    let codes = match site {
        Site::Intl => &INTL,
        Site::Mainland => &MAINLAND,
    };
    codes.get_or_init(|| read(site))
}

fn read(site: Site) -> Vec<Code> {
    let catalogue = Catalogue::of_site(site);
    let mut codes = Vec::new();
    for service in catalogue.services() {
        for version in catalogue.versions(service) {
            // Skips a damaged spec; its pages show the error.
            let spec = catalogue.load(service, version).ok();
            let errors = spec.into_iter().flat_map(|spec| spec.errors);
            codes.extend(errors.map(|error| Code {
                lower: error.code.to_ascii_lowercase(),
                code: error.code,
                service,
                version,
            }));
        }
    }
    codes
}

/// Returns at most `limit` codes that match all words, the shortest first. A word matches a part of the code, or the whole
/// name of the service. At least one word must match the code.
pub(super) fn search(site: Site, words: &str, limit: usize) -> Vec<&'static Code> {
    let words = words.to_ascii_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    let matches = |code: &&Code| {
        let is_own = |word: &&str| code.lower.contains(word);
        words.iter().any(is_own)
            && words
                .iter()
                .all(|word| is_own(word) || code.service == *word)
    };
    let mut found: Vec<&Code> = of_site(site).iter().filter(matches).collect();
    found.sort_by_key(|code| (code.code.len(), &code.code, code.service));
    found.truncate(limit);
    found
}
