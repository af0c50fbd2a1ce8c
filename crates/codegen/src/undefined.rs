//! Data types that are not documented.

use std::fmt;

/// A data type that a spec names and does not define, so that its fields are generated as `tc3::Json`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UndefinedType {
    /// The service.
    pub service: String,
    /// The version of the service, as `2021-03-31`.
    pub version: String,
    /// The data type's name.
    pub name: String,
    /// The field that first names it, as `actions.CreateUser.request.Tags`.
    pub at: String,
}

impl fmt::Display for UndefinedType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            service,
            version,
            name,
            at,
        } = self;
        write!(
            f,
            "the spec of `{service}` {version} does not define `{name}`, so that {at} and its like are untyped"
        )
    }
}
