//! Reads imported texts.

use std::collections::BTreeMap;
use std::path::Path;

use tc3_spec::{Example, Imported, Site, Spec};

use super::described::Described;
use super::item::{item, key, summaries_key};
use super::table::Table;
use super::{TextHit, TextsError, search};

/// The imported texts of a site. They are read from the file on demand and not cached.
#[derive(Debug)]
pub struct Texts {
    table: Table,
    site: Site,
    imported: Imported,
}

impl Texts {
    /// Opens the file of a site; `None` if it does not exist.
    ///
    /// # Errors
    /// Fails if the file cannot be read, or its directory is damaged.
    pub fn open(path: &Path) -> Result<Option<Texts>, TextsError> {
        let Some(table) = Table::open(path)? else {
            return Ok(None);
        };
        let mut head = table.head().split(' ');
        let (site, package, version) = (head.next(), head.next(), head.next());
        match (site.and_then(|site| site.parse().ok()), package) {
            (Some(site), Some(package)) => Ok(Some(Texts {
                site,
                imported: Imported {
                    package: package.to_owned(),
                    version: version.map(str::to_owned),
                },
                table,
            })),
            _ => Err(table.damaged("it does not name the package of its texts")),
        }
    }

    /// Returns the site.
    pub fn site(&self) -> Site {
        self.site
    }

    /// Returns the package of the vendor that the texts come from.
    pub fn imported(&self) -> &Imported {
        &self.imported
    }

    /// Adds descriptions to the actions, data types and fields of a spec that have none.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is damaged.
    pub fn describe(&self, spec: &mut Spec) -> Result<(), TextsError> {
        let mut reader = self.table.reader();
        let (service, version) = (&spec.service, &spec.version);
        for (name, action) in &mut spec.actions {
            let key = key('a', service, version, name);
            if let Some(described) = item::<Described>(&mut reader, &key)? {
                described.add_to_action(action);
            }
        }
        for (name, data_type) in &mut spec.types {
            let key = key('t', service, version, name);
            if let Some(described) = item::<Described>(&mut reader, &key)? {
                described.add_to_type(data_type);
            }
        }
        Ok(())
    }

    /// Returns the first sentences of the descriptions of a service version's actions, by their names.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is damaged.
    pub fn summaries(
        &self,
        service: &str,
        version: &str,
    ) -> Result<BTreeMap<String, String>, TextsError> {
        let key = summaries_key(service, version);
        Ok(item(&mut self.table.reader(), &key)?.unwrap_or_default())
    }

    /// Returns the examples of an action.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is damaged.
    pub fn examples(
        &self,
        service: &str,
        version: &str,
        action: &str,
    ) -> Result<Vec<Example>, TextsError> {
        let key = key('x', service, version, action);
        Ok(item(&mut self.table.reader(), &key)?.unwrap_or_default())
    }

    /// Searches for actions and data types whose descriptions contain all these words or prefixes, at most `limit`. A word
    /// ranks higher in the description of the item than in that of a parameter or field.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is damaged.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<TextHit>, TextsError> {
        search::search(&self.table, words, limit)
    }
}
