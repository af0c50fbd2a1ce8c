//! Formats the items of a module.

use proc_macro2::{Ident, TokenStream};

use crate::error::Error;
use crate::ir::Version;
use crate::names::bare;
use crate::print;

/// Returns the text of a module's items.
pub(crate) fn items(
    version: &Version,
    module: &Ident,
    items: TokenStream,
) -> Result<String, Error> {
    print::items(items).map_err(|problem| Error::NotRust {
        service: version.service.clone(),
        version: version.version.clone(),
        module: bare(module),
        problem: problem.to_string(),
    })
}
