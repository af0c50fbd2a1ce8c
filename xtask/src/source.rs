//! Options of commands that take services from a folder of specs or from the catalogue.

use std::path::{Path, PathBuf};

use tc3_catalogue::Catalogue;
use tc3_pipeline::SpecSource;
use tc3_spec::Site;

use crate::usage::existing;
use crate::workspace::in_workspace;

/// Source of specs.
#[derive(clap::Args)]
pub(crate) struct Source {
    /// Use only this folder of specs (`<service>/<version>.json`); default: `specs` of this workspace, and the catalogue of
    /// the international site for services that it lacks.
    #[arg(long, value_name = "DIR", value_parser = existing())]
    specs: Option<PathBuf>,
    /// Use only the catalogue of this site, and no folder of specs.
    #[arg(long, value_name = "intl|mainland", conflicts_with = "specs")]
    site: Option<Site>,
}

impl Source {
    /// Returns the folder of specs.
    pub(crate) fn folder(&self) -> PathBuf {
        let folder = self.specs.clone();
        folder.unwrap_or_else(|| in_workspace("specs"))
    }

    /// Returns the source, whose folder is that of [`Self::folder`].
    pub(crate) fn of<'a>(&self, folder: &'a Path) -> SpecSource<'a> {
        let site = self.site.unwrap_or(Site::Intl);
        SpecSource {
            folder: self.site.is_none().then_some(folder),
            catalogue: self.specs.is_none().then(|| Catalogue::of_site(site)),
        }
    }
}
