//! The imported texts of a site.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tc3_catalogue::Texts;
pub(crate) use tc3_catalogue::summary;
use tc3_spec::{Site, Spec};

use crate::folders;
use crate::terminal::{print_stderr, visible};

/// Instructions for importing texts, for messages.
pub(crate) const IMPORT_HINT: &str = "get the vendor's package with `pip download --no-deps tccli-intl-en` (`tccli` for the site mainland) and import it with \
     `tc3 docs import FILE.whl`";

/// Returns the folder of the texts; `None` if the user has no home.
pub(crate) fn folder() -> Option<PathBuf> {
    Some(folders::data()?.join("texts"))
}

/// Returns the path of the texts of a site; `None` if the user has no home.
pub(crate) fn path(site: Site) -> Option<PathBuf> {
    Some(folder()?.join(site.name()).with_extension("bin"))
}

/// Opens the texts of a site; `None` if there are none. A damaged file is reported and ignored.
pub(crate) fn open(site: Site) -> Option<Texts> {
    Texts::open(&path(site)?).unwrap_or_else(|error| {
        warn(error);
        None
    })
}

/// Adds descriptions to a spec, if there are any.
pub(crate) fn describe(site: Site, spec: &mut Spec) {
    if let Some(texts) = open(site)
        && let Err(error) = texts.describe(spec)
    {
        warn(error);
    }
}

/// Returns the first sentences of the descriptions of a service version's actions, if there are any.
pub(crate) fn summaries(site: Site, service: &str, version: &str) -> BTreeMap<String, String> {
    let texts = open(site);
    let summaries = texts.map(|texts| texts.summaries(service, version));
    summaries
        .unwrap_or(Ok(BTreeMap::new()))
        .unwrap_or_else(|error| {
            warn(error);
            BTreeMap::new()
        })
}

/// Reports damaged texts.
pub(crate) fn warn(error: tc3_catalogue::TextsError) {
    print_stderr(visible(&format!("warning: {error}")));
}
